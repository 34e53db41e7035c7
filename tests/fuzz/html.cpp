// Pages: whatever a server sends as HTML.
#include "fuzz/fuzz.h"

#include "checks/web/htmlpage.h"
#include "checks/web/nesting.h"

#include <gumbo.h>

#include <algorithm>
#include <memory>
#include <vector>

using namespace cockpit;

namespace {

struct FreeOutput
{
    void operator()(GumboOutput *output) const { gumbo_destroy_output(&kGumboDefaultOptions, output); }
};

int realDepth(const QByteArray &html)
{
    const std::unique_ptr<GumboOutput, FreeOutput> output(
        gumbo_parse_with_options(&kGumboDefaultOptions, html.constData(), static_cast<std::size_t>(html.size())));
    std::vector<std::pair<const GumboNode *, int>> open{{output->root, 1}};
    int deepest = 0;
    while (!open.empty()) {
        const auto [node, depth] = open.back();
        open.pop_back();
        if (node->type != GUMBO_NODE_ELEMENT && node->type != GUMBO_NODE_TEMPLATE)
            continue;
        deepest = std::max(deepest, depth);
        const GumboVector &children = node->v.element.children;
        for (unsigned i = 0; i < children.length; ++i)
            open.emplace_back(static_cast<const GumboNode *>(children.data[i]), depth + 1);
    }
    return deepest;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const QByteArray html = inputOf(bytes, size);
    const HtmlCost estimate = estimatedCost(html);
    const auto page = parseHtml(html, QUrl(QStringLiteral("https://example.com/a/b?c")));
    promise(page.has_value() != estimate.isTooMuch(), "only a page that nests too deeply cannot be read");
    if (!page)
        return 0;
    constexpr int kOwnElements = 3; // html, head or body, and what a parser adds by itself
    promise(realDepth(html) <= 3 * estimate.depth + kOwnElements, "no page nests deeper than it is estimated to");
    for (const PagePart &part : page->parts)
        promise(!part.url.isRelative() || !part.url.isValid(), "a part's address is whole");
    std::size_t inside = 0;
    for (const ScriptTag &script : page->scripts)
        inside += script.source.isEmpty() ? 1 : 0;
    promise(inside >= static_cast<std::size_t>(page->inlineScripts.size()), "each inline script is a script");
    promise(page->inlineHandlers >= 0, "handlers are counted");
    return 0;
}
