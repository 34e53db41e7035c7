// Lists of known holes, as the OSV database answers with them. The first byte says how many packages were asked for.
#include "fuzz/fuzz.h"

#include "checks/secrets/dependencies/osvpages.h"

using namespace cockpit;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::size_t queries = bytes[0] % 8;
    const QByteArray json = inputOf(bytes + 1, size - 1);
    const auto pages = readOsvPages(json, queries);
    if (!pages) {
        promise(pages.error().kind == ErrorKind::Protocol && !pages.error().message.isEmpty(), "it says what is wrong");
        return 0;
    }
    promise(pages->size() == queries, "a page for each query");
    for (const OsvPage &page : *pages) {
        for (const QString &id : page.ids)
            promise(!id.isEmpty() && !id.contains(u'\n') && id == id.simplified(), "an id is one line");
        promise(page.nextToken.size() <= json.size(), "a token of the answer");
    }
    return 0;
}
