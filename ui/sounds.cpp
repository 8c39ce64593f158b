// SPDX-License-Identifier: GPL-3.0-or-later
// Samples, once computed, and the system's audio output.
#include "ui/sounds.h"

#include <QAudioDevice>
#include <QAudioFormat>
#include <QAudioSink>
#include <QBuffer>
#include <QMediaDevices>

namespace facelatch::ui {

namespace {

class SystemSink : public SoundSink {
public:
    bool play(const QByteArray& samples) override {
        const QAudioDevice output = QMediaDevices::defaultAudioOutput();
        QAudioFormat format;
        format.setSampleRate(toneRate());
        format.setChannelCount(1);
        format.setSampleFormat(QAudioFormat::Int16);
        if (output.isNull() || !output.isFormatSupported(format))
            return false;
        m_sink.reset(); // before its buffer
        m_buffer.close();
        m_buffer.setData(samples);
        m_buffer.open(QIODevice::ReadOnly);
        m_sink = std::make_unique<QAudioSink>(output, format);
        m_sink->start(&m_buffer);
        return m_sink->error() == QAudio::NoError;
    }
    QString device() const override { return QMediaDevices::defaultAudioOutput().description(); }

private:
    QBuffer m_buffer;
    std::unique_ptr<QAudioSink> m_sink;
};

QByteArray bytesOf(const std::vector<std::int16_t>& samples) {
    return {reinterpret_cast<const char*>(samples.data()),
            static_cast<qsizetype>(samples.size() * sizeof(std::int16_t))};
}

} // namespace

std::unique_ptr<SoundSink> makeSystemSink() {
    return std::make_unique<SystemSink>();
}

Sounds::Sounds(int volume, const std::function<std::unique_ptr<SoundSink>()>& makeSink)
    : m_volume(-1), m_sink(makeSink()) {
    setVolume(volume);
}

Sounds::~Sounds() = default;

void Sounds::setVolume(int volume) {
    if (volume == m_volume)
        return;
    m_volume = volume;
    for (int i = 0; i < soundCount; ++i)
        m_samples[static_cast<std::size_t>(i)] = bytesOf(tone(static_cast<Sound>(i), m_volume));
}

bool Sounds::play(Sound sound) {
    return m_volume > 0 && m_sink->play(m_samples[static_cast<std::size_t>(sound)]);
}

} // namespace facelatch::ui
