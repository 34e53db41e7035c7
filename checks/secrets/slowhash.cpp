#include "checks/secrets/slowhash.h"
#include "models/freedmemory.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <QRandomGenerator>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <set>
#include <system_error>
#include <thread>

#include <openssl/evp.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SlowHash)
};

constexpr quint64 kLeastCost = 1 << 12;
constexpr quint64 kMostRounds = 4;
constexpr quint64 kMostMemory = quint64(64) << 20; // bytes, that all rounds of one hash go through
constexpr unsigned kMostThreads = 4;               // each with memory of its own

// Section 6 of RFC 7914: N blocks of 128 r bytes, beside p blocks to begin with.
quint64 memoryOf(const SlowHashing &hashing)
{
    return 128 * hashing.blockSize * (hashing.cost + hashing.parallel + 2);
}

// Empty: there is not the memory.
QByteArray slowHashOf(const QByteArray &input, const SlowHashing &hashing)
{
    std::array<unsigned char, SlowHashing::kHashBytes> hash{};
    const int isDone = EVP_PBE_scrypt(input.constData(), static_cast<size_t>(input.size()),
                                      reinterpret_cast<const unsigned char *>(hashing.salt.constData()),
                                      static_cast<size_t>(hashing.salt.size()), hashing.cost, hashing.blockSize,
                                      hashing.parallel, 2 * memoryOf(hashing), hash.data(), hash.size());
    if (isDone != 1)
        return {};
    return QByteArray(reinterpret_cast<const char *>(hash.data()), SlowHashing::kHashBytes).toHex();
}

} // namespace

SlowHashing newSlowHashing()
{
    std::array<quint32, SlowHashing::kSaltBytes / sizeof(quint32)> words{};
    QRandomGenerator::system()->fillRange(words.data(), static_cast<qsizetype>(words.size()));
    return {.salt = QByteArray(reinterpret_cast<const char *>(words.data()), SlowHashing::kSaltBytes)};
}

QJsonObject toJson(const SlowHashing &hashing)
{
    return {{u"n"_s, static_cast<qint64>(hashing.cost)},
            {u"r"_s, static_cast<qint64>(hashing.blockSize)},
            {u"p"_s, static_cast<qint64>(hashing.parallel)},
            {u"salt"_s, QString::fromLatin1(hashing.salt.toHex())}};
}

std::optional<SlowHashing> slowHashingIn(const QJsonObject &json)
{
    const auto number = [&json](QLatin1StringView member) {
        return static_cast<quint64>(std::clamp<qint64>(json.value(member).toInteger(), 0, qint64(1) << 30));
    };
    const SlowHashing hashing{.salt = QByteArray::fromHex(json.value("salt"_L1).toString().toLatin1()),
                              .cost = number("n"_L1),
                              .blockSize = number("r"_L1),
                              .parallel = number("p"_L1)};
    const bool isUsable = hashing.salt.size() == SlowHashing::kSaltBytes && std::has_single_bit(hashing.cost) &&
                          hashing.cost >= kLeastCost && hashing.cost <= kMostMemory && hashing.blockSize >= 1 &&
                          hashing.blockSize <= 64 && hashing.parallel >= 1 && hashing.parallel <= kMostRounds &&
                          128 * hashing.blockSize * hashing.cost * hashing.parallel <= kMostMemory;
    return isUsable ? std::optional(hashing) : std::nullopt;
}

SlowHashes::SlowHashes(CancelToken token, SlowHashProgress *progress) : m_token(std::move(token)), m_progress(progress)
{
}

SlowHashes::Known &SlowHashes::knownOf(const SlowHashing &hashing)
{
    const auto known = std::ranges::find(m_known, hashing, &Known::hashing);
    return known != m_known.end() ? *known : m_known.emplace_back(Known{hashing, {}});
}

Result<std::vector<QByteArray>> SlowHashes::of(std::span<const QByteArray> inputs, const SlowHashing &hashing)
{
    Known &known = knownOf(hashing);
    std::set<QByteArray> fresh;
    for (const QByteArray &input : inputs) {
        if (!known.hashes.contains(input))
            fresh.insert(input);
    }
    if (auto added = add({fresh.begin(), fresh.end()}, known); !added)
        return tl::unexpected(added.error());
    std::vector<QByteArray> hashes;
    hashes.reserve(inputs.size());
    for (const QByteArray &input : inputs)
        hashes.push_back(known.hashes.at(input));
    return hashes;
}

Result<void> SlowHashes::add(const std::vector<QByteArray> &inputs, Known &known)
{
    if (m_progress)
        m_progress->wanted += static_cast<qint64>(inputs.size());
    std::vector<QByteArray> hashes(inputs.size());
    std::atomic<size_t> next{0};
    std::atomic<bool> hasFailed{false};
    const auto work = [&] {
        for (size_t at = next++; at < inputs.size() && !hasFailed && !m_token.isCancelled(); at = next++) {
            hashes[at] = slowHashOf(inputs[at], known.hashing);
            if (hashes[at].isEmpty())
                hasFailed = true;
            if (m_progress)
                ++m_progress->done;
        }
    };
    const auto most =
        std::min<size_t>(inputs.size(), std::clamp(std::thread::hardware_concurrency(), 1U, kMostThreads));
    std::vector<std::thread> others;
    try {
        for (size_t more = 1; more < most; ++more)
            others.emplace_back([&work] {
                work();
                wipeUnusedStack();
            });
    } catch (const std::system_error &) {
        // Fewer threads take longer, nothing else.
    }
    work();
    for (std::thread &thread : others)
        thread.join();
    if (m_token.isCancelled())
        return failure(ErrorKind::Cancelled, Text::tr("The comparison with the baseline was stopped."));
    if (hasFailed)
        return failure(ErrorKind::Unsupported, Text::tr("There is not the memory to compare with the baseline."));
    for (size_t i = 0; i < inputs.size(); ++i)
        known.hashes.emplace(inputs[i], hashes[i]);
    return {};
}

} // namespace cockpit
