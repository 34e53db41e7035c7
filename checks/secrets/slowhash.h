// A hash that takes time and memory (scrypt, RFC 7914): who has it can try out passwords, and gets through a few a
// second in place of millions.
#pragma once

#include "checks/engine/canceltoken.h"
#include "models/result.h"

#include <QByteArray>

#include <optional>
#include <span>
#include <vector>

class QJsonObject;

namespace cockpit {

struct SlowHashing
{
    static constexpr qsizetype kSaltBytes = 16;
    static constexpr qsizetype kHashBytes = 32;
    static constexpr quint64 kCost = 1 << 15; // with blocks of 8: 32 MiB and about a tenth of a second

    QByteArray salt;
    quint64 cost = kCost;  // N of RFC 7914
    quint64 blockSize = 8; // r
    quint64 parallel = 1;  // p

    bool operator==(const SlowHashing &) const = default;
};

// With a salt of its own.
SlowHashing newSlowHashing();

// {"n","r","p","salt"}.
QJsonObject toJson(const SlowHashing &hashing);
// Nothing: a member is missing or of a wrong form, or the numbers ask for less than 2^12 (which is no hindrance) or
// more than 64 MiB and four rounds of them (which would let the file hold up whoever reads it).
std::optional<SlowHashing> slowHashingIn(const QJsonObject &json);

// Of each, in hexadecimal digits, in their order; several at a time. Fails with Cancelled when it is stopped, with
// Unsupported when there is not the memory.
[[nodiscard]] Result<std::vector<QByteArray>> slowHashesOf(std::span<const QByteArray> inputs,
                                                           const SlowHashing &hashing, const CancelToken &token);

} // namespace cockpit
