// DKIM key records.
#include "fuzz/fuzz.h"

#include "checks/mail/dkimkey.h"
#include "checks/mail/taglist.h"

using namespace cockpit;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const QByteArray text = inputOf(bytes, size);
    if (const auto tags = parseTagList(text)) {
        for (const Tag &tag : *tags)
            promise(!tag.name.isEmpty(), "a tag has a name");
    } else {
        promise(!tags.error().isEmpty(), "an error in a tag list has a sentence");
    }
    resemblesDkimKey(text);
    const DkimKey key = readDkimKey(text);
    switch (key.status) {
    case DkimKeyStatus::Valid:
    case DkimKeyStatus::Weak:
        promise(key.keyBits > 0 && !key.publicKey.isEmpty(), "a usable key has bits");
        break;
    case DkimKeyStatus::Invalid:
        promise(!key.problem.isEmpty(), "an invalid key says why");
        break;
    case DkimKeyStatus::Revoked:
        break;
    }
    return 0;
}
