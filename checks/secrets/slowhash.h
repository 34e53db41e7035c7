// A hash that takes time and memory (scrypt, RFC 7914): who has it can try out passwords, and gets through a few a
// second in place of millions.
#pragma once

#include "checks/engine/canceltoken.h"
#include "models/result.h"

#include <QByteArray>

#include <atomic>
#include <map>
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
// Nothing: a member is missing or of a wrong form, or the numbers ask for less than 2^12 (which is no hindrance), or
// for more than 64 MiB in all rounds together: twice what ours take. Nothing stops one hash that is under way, and with
// more the file would hold up whoever reads it, and whoever stops it.
std::optional<SlowHashing> slowHashingIn(const QJsonObject &json);

// Written by the workers while they go on.
struct SlowHashProgress
{
    std::atomic<qint64> wanted{0};
    std::atomic<qint64> done{0};
};

// Hashes each input once for each way of hashing, however often and by whom it is asked for. Belongs to one thread.
class SlowHashes
{
public:
    // progress: outlives it.
    explicit SlowHashes(CancelToken token = CancelToken(), SlowHashProgress *progress = nullptr);

    // Of each, in hexadecimal digits, in their order; several at a time. Fails with Cancelled when it is stopped, as
    // soon as those are done that are under way, with Unsupported when there is not the memory.
    [[nodiscard]] Result<std::vector<QByteArray>> of(std::span<const QByteArray> inputs, const SlowHashing &hashing);

private:
    struct Known
    {
        SlowHashing hashing;
        std::map<QByteArray, QByteArray> hashes; // by input
    };
    Known &knownOf(const SlowHashing &hashing);
    [[nodiscard]] Result<void> add(const std::vector<QByteArray> &inputs, Known &known);

    CancelToken m_token;
    SlowHashProgress *m_progress;
    std::vector<Known> m_known; // a few
};

} // namespace cockpit
