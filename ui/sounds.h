// SPDX-License-Identifier: GPL-3.0-or-later
// Sounds: plays the door's tones on whatever loudspeaker there is, or on none.
#pragma once

#include "ui/tones.h"

#include <QByteArray>
#include <QString>

#include <array>
#include <functional>
#include <memory>

namespace facelatch::ui {

/// Where samples go. A second one for tests, and for devices without sound.
class SoundSink {
public:
    virtual ~SoundSink() = default;
    /// Begins to play what toneRate() and tones.h say; a sound still playing ends. False when that is impossible; then
    /// it is asked again next time, for a loudspeaker may be plugged in. Must return soon.
    virtual bool play(const QByteArray& samples) = 0;
    /// The device's name, for the admin; empty when there is none.
    virtual QString device() const = 0;
};
/// The system's default audio output.
std::unique_ptr<SoundSink> makeSystemSink();

/// Lives in one thread with an event loop, of its own: an audio system may take its time, and nobody waits for it.
class Sounds {
public:
    explicit Sounds(int volume, const std::function<std::unique_ptr<SoundSink>()>& makeSink = makeSystemSink);
    ~Sounds();
    Sounds(const Sounds&) = delete;
    Sounds& operator=(const Sounds&) = delete;

    /// 0 is silence.
    void setVolume(int volume);
    /// Whether it is being played.
    bool play(Sound sound);
    QString device() const { return m_sink->device(); }

private:
    int m_volume;
    std::array<QByteArray, soundCount> m_samples;
    std::unique_ptr<SoundSink> m_sink;
};

} // namespace facelatch::ui
