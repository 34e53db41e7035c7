// Tables of old addresses that a person imports: quotation marks, line ends, headers and addresses of any kind.
#include "fuzz/fuzz.h"

#include "models/redactor.h"
#include "models/redirectmap.h"

using namespace cockpit;

namespace {

void look(const RedirectList &list)
{
    promise(list.entries.size() <= kMostRedirects, "a map has an end");
    for (const RedirectEntry &entry : list.entries) {
        const auto again = checkedRedirect(entry);
        promise(again && *again == entry, "what was taken is taken the same again");
        promise(redact(entry.from) == entry.from && redact(entry.to) == entry.to, "no key stands in a map");
        promise(entry.from != entry.to, "an address does not lead to itself");
    }
    int before = 0;
    for (const BadLine &bad : list.badLines) {
        promise(!bad.why.isEmpty(), "a line that is none says why");
        promise(bad.number >= before, "lines are told in their order");
        before = bad.number;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const QByteArray input = inputOf(bytes, size);
    const auto list = parseRedirectMap(input);
    if (!list)
        return 0;
    look(*list);
    QString written;
    for (const RedirectEntry &entry : list->entries)
        written += csvRecord({entry.from, entry.to});
    const auto again = parseRedirectMap(written.toUtf8());
    promise(again && again->entries == list->entries && again->badLines.empty(), "what is written is read back");
    return 0;
}
