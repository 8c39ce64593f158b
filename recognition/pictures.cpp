// SPDX-License-Identifier: GPL-3.0-or-later
// Decoding within limits, encoding, cutting out.
#include "recognition/pictures.h"

#include "core/picture_header.h"
#include "recognition/mat.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace facelatch::recognition {

namespace {

std::string megabytes(std::uintmax_t bytes) {
    return std::to_string(bytes >> 20) + " MB";
}

core::Error tooManyBytes(std::uintmax_t bytes, const std::string& name, const PictureLimits& limits) {
    return core::fail("the picture file is too large: " + megabytes(bytes) + ", at most " + megabytes(limits.maxBytes),
                      name, "Save it smaller");
}

core::Error undecodable(const std::string& name) {
    return core::fail("the picture is damaged and cannot be decoded", name, "Save it again as JPEG or PNG");
}

} // namespace

core::Result<core::Image> decodePicture(std::span<const std::uint8_t> bytes, const std::string& name,
                                        const PictureLimits& limits) {
    if (bytes.size() > limits.maxBytes)
        return tooManyBytes(bytes.size(), name, limits);
    const auto header = core::readPictureHeader(bytes, name);
    if (!header)
        return header.error();
    if (std::int64_t{header->width} * header->height > limits.maxPixels)
        return core::fail("the picture is too large: " + std::to_string(header->width) + " x " +
                              std::to_string(header->height) + " pixels, at most " +
                              std::to_string(limits.maxPixels / 1'000'000) + " million",
                          name, "Save it smaller");
    if (!header->complete)
        return core::fail("the picture ends too early: it was cut off", name, "Copy or take the picture again");
    try {
        const cv::Mat encoded(1, static_cast<int>(bytes.size()), CV_8U, const_cast<std::uint8_t*>(bytes.data()));
        const cv::Mat decoded = cv::imdecode(encoded, cv::IMREAD_COLOR); // 8 bits, BGR, EXIF orientation applied
        if (decoded.empty())
            return undecodable(name);
        core::Image image = imageOf(decoded);
        return limits.longestSide > 0 ? scaledDown(image, limits.longestSide) : image;
    } catch (const std::exception&) {
        return undecodable(name);
    }
}

core::Result<core::Image> readPicture(const std::string& path, const PictureLimits& limits) {
    std::error_code failure;
    if (!std::filesystem::is_regular_file(path, failure))
        return core::Error{core::ErrorKind::NotFound, "there is no such picture file", path, "Check its name"};
    const std::uintmax_t size = std::filesystem::file_size(path, failure);
    if (!failure && size > limits.maxBytes)
        return tooManyBytes(size, path, limits);
    std::ifstream file(path, std::ios::binary);
    std::vector<std::uint8_t> bytes(failure ? 0 : size);
    if (failure || !file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size())))
        return core::fail("the picture cannot be read", path, "Check its permissions");
    return decodePicture(bytes, path, limits);
}

core::Result<std::vector<std::uint8_t>> encodeJpeg(const core::Image& image, int quality, int longestSide) {
    if (image.empty())
        return core::fail("there is no picture to encode");
    try {
        const core::Image fitting = longestSide > 0 ? scaledDown(image, longestSide) : image;
        std::vector<std::uint8_t> bytes;
        if (!cv::imencode(".jpg", viewOf(fitting), bytes, {cv::IMWRITE_JPEG_QUALITY, std::clamp(quality, 1, 100)}))
            return core::fail("the picture could not be encoded as JPEG");
        return bytes;
    } catch (const std::exception& error) {
        return core::fail(std::string("the picture could not be encoded as JPEG: ") + error.what());
    }
}

core::Image crop(const core::Image& image, const core::RectF& box) {
    const auto limited = [](float value, int most) { // false comparisons make "not a number" a 0
        return value > 0 ? static_cast<int>(std::min(value, static_cast<float>(most))) : 0;
    };
    const int left = limited(std::floor(box.x), image.width()),
              right = limited(std::ceil(box.x + box.width), image.width());
    const int top = limited(std::floor(box.y), image.height()),
              bottom = limited(std::ceil(box.y + box.height), image.height());
    if (image.empty() || right <= left || bottom <= top)
        return {};
    const int bytesPerPixel = image.format() == core::PixelFormat::Gray8 ? 1 : 3;
    const std::uint8_t* first = image.data() + top * image.stride() + std::ptrdiff_t{left} * bytesPerPixel;
    return {right - left, bottom - top, image.stride(), image.format(), {image.share(), first}};
}

core::Image scaledDown(const core::Image& image, int longestSide) {
    const double factor = static_cast<double>(longestSide) / std::max({image.width(), image.height(), 1});
    if (image.empty() || factor >= 1 || longestSide <= 0)
        return image;
    cv::Mat smaller;
    const cv::Size size(std::max(1, cvRound(image.width() * factor)), std::max(1, cvRound(image.height() * factor)));
    cv::resize(viewOf(image), smaller, size, 0, 0, cv::INTER_AREA);
    return imageOf(smaller);
}

core::Image faceThumbnail(const core::Image& image, const core::RectF& box, int longestSide) {
    const float dx = box.width / 4, dy = box.height / 4;
    const core::Image part = crop(image, {box.x - dx, box.y - dy, box.width + 2 * dx, box.height + 2 * dy});
    const core::Image small = scaledDown(part, longestSide);
    // A view that was not scaled would keep the whole picture alive.
    return small.share() == part.share() && !part.empty() ? imageOf(viewOf(part).clone()) : small;
}

} // namespace facelatch::recognition
