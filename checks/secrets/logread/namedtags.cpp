// What a text gives to names in the tags of XML: "<ns:Password Type="…">value</", also where the text stands in a page
// ("&lt;") or in JSON of an encoder that writes such signs as numbers ("\u003c").
#include "checks/secrets/logread/escapedsigns.h"
#include "checks/secrets/logread/namedvalues.h"

#include "checks/values/bytekinds.h"

#include <algorithm>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view kEscaped = "\\u003"; // then c or e

// How a sign of a tag is written; the last sign of a tag tells.
struct TagForm
{
    std::string_view open;
    std::string_view close;
    size_t size = 1; // of both, in bytes
};

TagForm formOf(std::string_view closingSign)
{
    if (closingSign.starts_with('&'))
        return {"&lt;"sv, "&gt;"sv, 4};
    if (closingSign.starts_with('\\'))
        return {kEscaped, kEscaped, kEscaped.size() + 1};
    return {"<"sv, ">"sv, 1};
}

// Both cases of the last digit are in use.
bool isSign(std::string_view text, size_t at, std::string_view sign, char digit)
{
    return text.substr(at).starts_with(sign) &&
           (sign != kEscaped || lowerByte(byteAt(text, at + sign.size())) == digit);
}

// Where the last tag begins that is not closed; npos: there is none.
size_t openBefore(std::string_view text, const TagForm &form)
{
    for (size_t at = text.size(); at-- > 0;) {
        if (isSign(text, at, form.close, 'e'))
            return std::string_view::npos;
        if (isSign(text, at, form.open, 'c'))
            return at;
    }
    return std::string_view::npos;
}

size_t nextOpen(std::string_view text, const TagForm &form)
{
    size_t at = text.find(form.open);
    while (at != std::string_view::npos && !isSign(text, at, form.open, 'c'))
        at = text.find(form.open, at + 1);
    return at;
}

std::string_view withoutSlashes(std::string_view text)
{
    while (text.ends_with('\\'))
        text.remove_suffix(1);
    return text;
}

// "/" or "\/", as PHP writes it.
bool beginsWithSlash(std::string_view text)
{
    return byteAt(text, std::min(text.find_first_not_of('\\'), text.size())) == '/';
}

} // namespace

bool NamedValues::takeTag(const Sign &sign, NamedValue &found) const
{
    constexpr std::string_view cdata = "![CDATA[";
    constexpr size_t longestTag = 256;
    const TagForm form = formOf(m_text.substr(sign.start, sign.end - sign.start));
    const size_t from = sign.start - std::min(sign.start, longestTag);
    const std::string_view before = m_text.substr(from, sign.start - from);
    const size_t open = openBefore(before, form);
    if (open == std::string_view::npos || before.ends_with('/'))
        return false;
    std::string_view name = before.substr(open + form.size);
    name = name.substr(0, name.find_first_of(" \t\r\n"));
    if (const size_t colon = name.rfind(':'); colon != std::string_view::npos)
        name.remove_prefix(colon + 1);
    if (name.empty() || !std::ranges::all_of(name, isNameByte))
        return false;
    const std::string_view rest = m_text.substr(sign.end, kLongestValue);
    const size_t length = nextOpen(rest, form);
    if (length == std::string_view::npos)
        return false;
    const std::string_view behind = rest.substr(length + form.size);
    if (length == 0 && behind.starts_with(cdata)) {
        const size_t skipped = form.size + cdata.size();
        const size_t end = rest.find("]]", skipped);
        if (end == std::string_view::npos)
            return false;
        found = {name, rest.substr(skipped, end - skipped), sign.end + skipped, true, false, '>'};
        return true;
    }
    found = {name, withoutSlashes(rest.substr(0, length)), sign.end, true, false, '>'};
    // An element with others in it has no value of its own.
    return beginsWithSlash(behind);
}

} // namespace cockpit
