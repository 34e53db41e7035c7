// The file of secrets that somebody has accepted.
#include "fuzz/fuzz.h"

#include "checks/secrets/leakbaseline.h"

using namespace cockpit;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const auto baseline = parseLeakBaseline(inputOf(bytes, size), QStringLiteral("baseline.json"));
    if (!baseline) {
        promise(baseline.error().kind == ErrorKind::BadInput && !baseline.error().message.isEmpty(), "it says why");
        return 0;
    }
    promise(baseline->key.size() == 32, "a key to compare with");
    for (const QByteArray &fingerprint : baseline->fingerprints)
        promise(fingerprint.size() == 64 && QByteArray::fromHex(fingerprint).toHex() == fingerprint, "a fingerprint");
    const SlowHashing &hashing = baseline->hashing;
    promise(baseline->slow.empty() || hashing.salt.size() == SlowHashing::kSaltBytes, "a salt to hash with");
    promise(128 * hashing.cost * hashing.blockSize <= (64U << 20) && hashing.parallel <= 4, "nobody is held up");
    return 0;
}
