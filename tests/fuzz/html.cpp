// Pages: whatever a server sends as HTML.
#include "fuzz/fuzz.h"

#include "checks/web/htmlpage.h"
#include "checks/web/nesting.h"

using namespace cockpit;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const QByteArray html = inputOf(bytes, size);
    const bool isDeep = estimatedDepth(html) > kDeepestHtml;
    const auto page = parseHtml(html, QUrl(QStringLiteral("https://example.com/a/b?c")));
    promise(page.has_value() != isDeep, "only a page that nests too deeply cannot be read");
    if (!page)
        return 0;
    for (const PagePart &part : page->parts)
        promise(!part.url.isRelative() || !part.url.isValid(), "a part's address is whole");
    std::size_t inside = 0;
    for (const ScriptTag &script : page->scripts)
        inside += script.source.isEmpty() ? 1 : 0;
    promise(inside >= static_cast<std::size_t>(page->inlineScripts.size()), "each inline script is a script");
    promise(page->inlineHandlers >= 0, "handlers are counted");
    return 0;
}
