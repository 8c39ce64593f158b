// SPDX-License-Identifier: GPL-3.0-or-later
// The door's tones are clean samples, volume is heard in steps, and a machine without a loudspeaker is no trouble.
#include "resources/tokens.h"
#include "ui/sounds.h"

#include <QTest>

#include <cmath>

using namespace facelatch::ui;

namespace {

struct Played {
    std::vector<QByteArray> samples;
    bool works = true;
};

class RecordingSink : public SoundSink {
public:
    explicit RecordingSink(Played& played) : m_played(played) {}
    bool play(const QByteArray& samples) override {
        m_played.samples.push_back(samples);
        return m_played.works;
    }
    QString device() const override { return QStringLiteral("a recorder"); }

private:
    Played& m_played;
};

int loudest(const std::vector<std::int16_t>& samples) {
    int most = 0;
    for (const std::int16_t sample : samples)
        most = std::max(most, std::abs(static_cast<int>(sample)));
    return most;
}

/// How strong one frequency is in the samples, 0..1 (Goertzel's sum, plainly).
double strength(const std::vector<std::int16_t>& samples, double hertz) {
    double re = 0, im = 0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const double turn = 2 * 3.14159265358979 * hertz * static_cast<double>(i) / toneRate();
        re += samples[i] * std::cos(turn);
        im += samples[i] * std::sin(turn);
    }
    return std::hypot(re, im) / (static_cast<double>(samples.size()) * INT16_MAX);
}

} // namespace

class TstSounds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tonesAreCleanSamples_data() {
        QTest::addColumn<int>("sound");
        QTest::addColumn<int>("least");
        QTest::addColumn<int>("most");
        QTest::newRow("granted") << static_cast<int>(Sound::Granted) << 200 << 600;
        QTest::newRow("refused") << static_cast<int>(Sound::Refused) << 200 << 600;
        QTest::newRow("error") << static_cast<int>(Sound::Error) << 200 << 700;
        QTest::newRow("key") << static_cast<int>(Sound::Key) << 10 << 60;
    }
    void tonesAreCleanSamples() {
        QFETCH(int, sound);
        QFETCH(int, least);
        QFETCH(int, most);
        const auto samples = tone(static_cast<Sound>(sound), 100);
        const auto ms = static_cast<int>(samples.size()) * 1000 / toneRate();
        QVERIFY2(ms >= least && ms <= most, qPrintable(QString::number(ms)));
        QVERIFY(std::abs(static_cast<int>(samples.front())) < 400);
        QCOMPARE(samples.back(), std::int16_t{0});
        QVERIFY(loudest(samples) > INT16_MAX / 4);
        QVERIFY(loudest(samples) <= INT16_MAX);
        double sum = 0;
        for (std::size_t i = 1; i < samples.size(); ++i) { // nothing jumps: a jump is a crackle
            QVERIFY(std::abs(samples[i] - samples[i - 1]) < INT16_MAX / 2);
            sum += samples[i];
        }
        QVERIFY(std::abs(sum / static_cast<double>(samples.size())) < INT16_MAX * 0.02); // no direct current
    }

    void theyAreToldApart() {
        using namespace facelatch::resources;
        const auto granted = tone(Sound::Granted, 100), refused = tone(Sound::Refused, 100);
        QVERIFY(strength(granted, grantedNotes[1].hertz) > 4 * strength(granted, refusedNotes[1].hertz));
        QVERIFY(strength(refused, refusedNotes[1].hertz) > 4 * strength(refused, grantedNotes[1].hertz));
        QVERIFY(grantedNotes[1].hertz > grantedNotes[0].hertz); // up
        QVERIFY(refusedNotes[1].hertz < refusedNotes[0].hertz); // down
    }

    void volumeIsHeardInSteps() {
        int before = -1;
        for (const int volume : {0, 10, 30, 60, 100}) {
            const int now = loudest(tone(Sound::Granted, volume));
            QVERIFY(now > before || volume == 0);
            before = now;
        }
        QCOMPARE(loudest(tone(Sound::Granted, 0)), 0);
        QCOMPARE(tone(Sound::Granted, 1000), tone(Sound::Granted, 100));
        QCOMPARE(loudest(tone(Sound::Granted, -5)), 0);
    }

    void playsWhatItIsTold() {
        Played played;
        Sounds sounds(50, [&] { return std::make_unique<RecordingSink>(played); });
        QVERIFY(sounds.play(Sound::Refused));
        QCOMPARE(played.samples.size(), 1U);
        QCOMPARE(static_cast<std::size_t>(played.samples[0].size()), 2 * tone(Sound::Refused, 50).size());
        sounds.setVolume(0);
        QVERIFY(!sounds.play(Sound::Granted));
        QCOMPARE(played.samples.size(), 1U);
        sounds.setVolume(100);
        played.works = false;
        QVERIFY(!sounds.play(Sound::Granted));
        QCOMPARE(played.samples.size(), 2U);
        QCOMPARE(sounds.device(), QStringLiteral("a recorder"));
    }

    void aMachineWithoutALoudspeakerIsNoTrouble() {
        Sounds sounds(60); // the system's, whatever there is
        for (int i = 0; i < 3; ++i)
            sounds.play(Sound::Key);
        sounds.device();
    }
};

QTEST_GUILESS_MAIN(TstSounds)
#include "tst_sounds.moc"
