#include "checks/web/nesting.h"

#include <QByteArray>
#include <QHash>

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

// Elements without content, and those that a parser closes by itself when the next of their kind begins.
constexpr std::array kNotCounted{"area"sv, "base"sv,  "br"sv,    "col"sv,    "dd"sv,    "dt"sv,   "embed"sv,
                                 "hr"sv,   "img"sv,   "input"sv, "li"sv,     "link"sv,  "meta"sv, "option"sv,
                                 "p"sv,    "param"sv, "path"sv,  "source"sv, "tbody"sv, "td"sv,   "tfoot"sv,
                                 "th"sv,   "thead"sv, "tr"sv,    "track"sv,  "wbr"sv};
// Their content is text: tags inside do not count.
constexpr std::array kRawText{"iframe"sv, "noembed"sv,  "noframes"sv, "script"sv,
                              "style"sv,  "textarea"sv, "title"sv,    "xmp"sv};

template<size_t N>
bool holds(const std::array<std::string_view, N> &names, const QByteArray &name)
{
    return std::ranges::find(names, std::string_view(name.constData(), static_cast<size_t>(name.size()))) !=
           names.end();
}

qsizetype indexAfter(QByteArrayView html, QByteArrayView mark, qsizetype from)
{
    const qsizetype at = html.indexOf(mark, from);
    return at < 0 ? html.size() : at + mark.size();
}

// The end of a tag that starts at `from`, quotes respected.
qsizetype endOfTag(QByteArrayView html, qsizetype from)
{
    char quote = 0;
    for (qsizetype i = from; i < html.size(); ++i) {
        const char c = html[i];
        if (quote) {
            if (c == quote)
                quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '>') {
            return i + 1;
        }
    }
    return html.size();
}

QByteArray nameAt(QByteArrayView html, qsizetype from)
{
    qsizetype end = from;
    while (end < html.size() && std::isalnum(static_cast<unsigned char>(html[end])))
        ++end;
    return html.sliced(from, end - from).toByteArray().toLower();
}

qsizetype endOfRawText(QByteArrayView html, const QByteArray &name, qsizetype from)
{
    for (qsizetype at = html.indexOf("</", from); at >= 0; at = html.indexOf("</", at + 2)) {
        if (nameAt(html, at + 2) == name)
            return at;
    }
    return html.size();
}

} // namespace

int estimatedDepth(QByteArrayView html)
{
    QHash<QByteArray, int> open;
    int depth = 0;
    int deepest = 0;
    for (qsizetype at = html.indexOf('<'); at >= 0 && at + 1 < html.size(); at = html.indexOf('<', at)) {
        const char next = html[at + 1];
        if (html.sliced(at).startsWith("<!--")) {
            at = indexAfter(html, "-->", at + 4);
        } else if (next == '/') {
            int &count = open[nameAt(html, at + 2)];
            if (count > 0) {
                --count;
                --depth;
            }
            at = endOfTag(html, at);
        } else if (std::isalpha(static_cast<unsigned char>(next))) {
            const QByteArray name = nameAt(html, at + 1);
            const qsizetype end = endOfTag(html, at);
            at = holds(kRawText, name) ? endOfRawText(html, name, end) : end;
            if (!holds(kNotCounted, name) && !holds(kRawText, name)) {
                ++open[name];
                deepest = std::max(deepest, ++depth);
            }
        } else {
            ++at;
        }
    }
    return deepest;
}

} // namespace cockpit
