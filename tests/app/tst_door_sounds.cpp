// SPDX-License-Identifier: GPL-3.0-or-later
// Which change of the screen makes which sound, and that the night is silent.
#include "app/door_sounds.h"

#include <QCoreApplication>
#include <QTest>

#include <mutex>

using namespace facelatch;
using namespace facelatch::app;
using core::Screen;
using ui::Sound;

namespace {

/// Thread-safe: sounds have a thread of their own.
struct Heard {
    std::mutex mutex;
    std::vector<qsizetype> lengths;
    std::size_t count() {
        const std::lock_guard lock(mutex);
        return lengths.size();
    }
};

class HeardSink : public ui::SoundSink {
public:
    explicit HeardSink(Heard& heard) : m_heard(heard) {}
    bool play(const QByteArray& samples) override {
        const std::lock_guard lock(m_heard.mutex);
        m_heard.lengths.push_back(samples.size());
        return true;
    }
    QString device() const override { return QStringLiteral("ears"); }

private:
    Heard& m_heard;
};

core::LocalTime at(int hour) {
    core::LocalTime time;
    time.hour = hour;
    return time;
}

std::unique_ptr<DoorSounds> make(Heard& heard, const SoundRules& rules) {
    return std::make_unique<DoorSounds>(rules, [&heard](int volume) {
        return std::make_unique<ui::Sounds>(volume, [&heard] { return std::make_unique<HeardSink>(heard); });
    });
}

qsizetype lengthOf(Sound sound) {
    return static_cast<qsizetype>(2 * ui::tone(sound, 60).size());
}

} // namespace

class TstDoorSounds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachAnswerHasItsSound() {
        for (int before = 0; before <= static_cast<int>(Screen::SecondFactor); ++before)
            for (int after = 0; after <= static_cast<int>(Screen::SecondFactor); ++after) {
                const auto sound = soundOf(static_cast<Screen>(before), static_cast<Screen>(after));
                std::optional<Sound> wanted;
                if (before != after && after == static_cast<int>(Screen::Granted))
                    wanted = Sound::Granted;
                if (before != after && after == static_cast<int>(Screen::Refused))
                    wanted = Sound::Refused;
                if (before != after && after == static_cast<int>(Screen::OutOfService))
                    wanted = Sound::Error;
                QVERIFY(sound == wanted);
            }
    }

    void soundsOnceAChange() {
        Heard heard;
        auto sounds = make(heard, {60, false, {}});
        for (const Screen screen : {Screen::OutOfService, Screen::Idle, Screen::Looking, Screen::Granted,
                                    Screen::Granted, Screen::Looking, Screen::Refused, Screen::Refused})
            sounds->screenIs(screen, at(12));
        sounds->keyPressed(at(12)); // no clicks unless asked for
        sounds.reset();             // ends its thread: everything was played
        QCOMPARE(heard.lengths, (std::vector{lengthOf(Sound::Granted), lengthOf(Sound::Refused)}));
    }

    void silentAtNightButForTheAdmin() {
        Heard heard;
        auto sounds = make(heard, {60, true, core::DaySpan{22 * 60, 7 * 60}});
        for (const int hour : {23, 3}) {
            sounds->screenIs(Screen::Idle, at(hour));
            sounds->screenIs(Screen::Granted, at(hour));
            sounds->keyPressed(at(hour));
        }
        sounds->keyPressed(at(7));
        std::atomic<bool> played = false;
        QString device;
        sounds->test([&](bool playing, const QString& name) {
            device = name;
            played = playing;
        });
        sounds.reset();
        QVERIFY(played);
        QCOMPARE(device, QStringLiteral("ears"));
        QCOMPARE(heard.lengths, (std::vector{lengthOf(Sound::Key), lengthOf(Sound::Granted)}));
    }

    void volumeZeroAsksNoDevice() {
        Heard heard;
        auto sounds = make(heard, {0, true, {}});
        sounds->screenIs(Screen::Idle, at(12));
        sounds->screenIs(Screen::Granted, at(12));
        sounds->keyPressed(at(12));
        sounds.reset();
        QCOMPARE(heard.count(), 0U);
    }

    void theSettingsSayHow() {
        core::Settings settings;
        SoundRules rules = soundRules(settings);
        QCOMPARE(rules.volume, 60);
        QVERIFY(!rules.keys && !rules.night);
        for (const auto& [key, value] :
             {std::pair("sound.volume", "35"), std::pair("sound.keys", "true"),
              std::pair("sound.night_silence", "true"), std::pair("sound.night_from", "21:30")})
            QVERIFY(settings.setText(key, value, core::SettingOrigin::Owner, "test"));
        rules = soundRules(settings);
        QCOMPARE(rules.volume, 35);
        QVERIFY(rules.keys && rules.night);
        QVERIFY(rules.night->contains(at(22)) && rules.night->contains(at(6)) && !rules.night->contains(at(7)));
    }
};

QTEST_GUILESS_MAIN(TstDoorSounds)
#include "tst_door_sounds.moc"
