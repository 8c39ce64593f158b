// SPDX-License-Identifier: GPL-3.0-or-later
// Result<T>: a value, or an Error that says what failed, where, and what to do about it.
#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace facelatch::core {

/// Why a call failed, as far as a caller acts on it. exitCode() maps it to the process exit codes all programs share.
enum class ErrorKind {
    Failed,         ///< the operation did not succeed, or a check refused it
    Usage,          ///< the request itself is wrong: a bad option, key or value
    OutOfService,   ///< a device, model or service that is needed is missing
    NewerVersion,   ///< the data was written by a newer version of Facelatch
    AlreadyRunning, ///< another process owns the data folder
    NotFound,       ///< the named thing does not exist
    Refused,        ///< whoever asks may not, or the secret was wrong
    Conflict,       ///< somebody else changed the same thing meanwhile; nothing was changed
};

struct Error {
    ErrorKind kind = ErrorKind::Failed;
    std::string what;   ///< what failed, in one plain sentence without a full stop
    std::string where;  ///< file, line, device or address; may be empty
    std::string remedy; ///< what the reader can do; may be empty

    /// One line: "what (where). remedy".
    std::string text() const;
};

/// 0 done, 1 refused or failed, 2 usage, 3 out of service, 4 data of a newer version, 5 already running.
int exitCode(ErrorKind kind);

inline Error fail(std::string what, std::string where = {}, std::string remedy = {}) {
    return {ErrorKind::Failed, std::move(what), std::move(where), std::move(remedy)};
}

template<typename T>
class [[nodiscard]] Result {
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    explicit operator bool() const { return m_state.index() == 0; }
    T& value() & {
        assert(*this);
        return std::get<0>(m_state);
    }
    const T& value() const& {
        assert(*this);
        return std::get<0>(m_state);
    }
    T&& value() && {
        assert(*this);
        return std::get<0>(std::move(m_state));
    }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    const Error& error() const {
        assert(!*this);
        return std::get<1>(m_state);
    }

private:
    std::variant<T, Error> m_state;
};

/// A call that yields nothing but may fail.
struct Done {};
using Status = Result<Done>;

} // namespace facelatch::core
