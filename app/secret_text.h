// SPDX-License-Identifier: GPL-3.0-or-later
// SecretText: a PIN on its way through the threads, overwritten when the last of its holders is gone.
#pragma once

#include "storage/pin_hash.h"

#include <memory>
#include <string>
#include <string_view>

namespace facelatch::app {

/// Copies share the one text, so that none stays behind in a queue.
class SecretText {
public:
    /// Takes the text over and overwrites `text`.
    explicit SecretText(std::string& text)
        : m_text(new std::string(text), [](std::string* secret) {
              storage::wipe(*secret);
              delete secret; // NOLINT(cppcoreguidelines-owning-memory): this is the owner's deleter
          }) {
        storage::wipe(text);
    }
    std::string_view view() const { return *m_text; }

private:
    std::shared_ptr<std::string> m_text;
};

} // namespace facelatch::app
