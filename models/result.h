// Expected failures as values: what can go wrong is part of a function's type.
#pragma once

#include <QString>

#include <tl/expected.hpp>

namespace cockpit {

// What program code may branch on. The sentence for people is Error::message.
enum class ErrorKind {
    BadInput,     // what the user typed or a file contains is not usable
    NotFound,     // the thing asked for does not exist (a missing file, an unknown id)
    Unreachable,  // refused, no resolver
    NoRoute,      // no way from this network, or a firewall that says so: tells nothing about the other side
    TimedOut,     // no (complete) answer before the deadline
    Cancelled,    // the user pressed Stop
    TooLarge,     // more than the size cap allows
    Protocol,     // an answer came, but it breaks the protocol
    NotPermitted, // read-only, locked, refused by the system
    Storage,      // disk full, database damaged, newer than this program
    Unsupported,  // cannot be done on this machine (no keychain)
};

// message is a translated sentence that names the target and what was tried; detail is for engineers.
struct Error
{
    ErrorKind kind = ErrorKind::Protocol;
    QString message;
    QString detail = {};

    bool operator==(const Error &) const = default;
};

template<typename T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> failure(ErrorKind kind, QString message, QString detail = {})
{
    return tl::unexpected<Error>(Error{kind, std::move(message), std::move(detail)});
}

} // namespace cockpit
