// SPDX-License-Identifier: GPL-3.0-or-later
// Sharing pixels with Qt.
#include "ui/frame_image.h"

#include <memory>

namespace facelatch::ui {

QImage asQImage(const core::Image& image) {
    if (image.empty())
        return {};
    using Owner = std::shared_ptr<const std::uint8_t>;
    auto owner = std::make_unique<Owner>(image.share());
    const auto format = image.format() == core::PixelFormat::Gray8 ? QImage::Format_Grayscale8 : QImage::Format_BGR888;
    QImage shared(
        image.data(), image.width(), image.height(), image.stride(), format,
        [](void* keptAlive) { delete static_cast<Owner*>(keptAlive); }, owner.get());
    if (!shared.isNull())
        static_cast<void>(owner.release()); // the QImage deletes it with its last copy
    return shared;
}

} // namespace facelatch::ui
