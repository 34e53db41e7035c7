#include "checks/secrets/encodedparts.h"

#include "checks/secrets/base64parts.h"
#include "checks/secrets/joinedliterals.h"

#include <QtGlobal>

#include <cstring>

namespace cockpit {

namespace {

int hexOf(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// The number in so many hexadecimal digits, -1 when they are none.
int hexNumber(std::string_view digits)
{
    int number = 0;
    for (const char c : digits) {
        const int value = hexOf(c);
        if (value < 0)
            return -1;
        number = number * 16 + value;
    }
    return number;
}

void appendUtf8(WipedBytes &out, int code)
{
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xc0 | (code >> 6));
        out += static_cast<char>(0x80 | (code & 0x3f));
    } else { // halves of surrogate pairs too: no key has them
        out += static_cast<char>(0xe0 | (code >> 12));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3f));
        out += static_cast<char>(0x80 | (code & 0x3f));
    }
}

// The next escape of one kind at or after a place.
class EscapeFinder
{
public:
    explicit EscapeFinder(std::string_view text) : m_text(text) {}

    std::optional<EncodedPart> next(size_t from, char sign)
    {
        while (from < m_text.size()) {
            const void *found = std::memchr(m_text.data() + from, sign, m_text.size() - from);
            if (!found)
                return std::nullopt;
            const auto at = static_cast<size_t>(static_cast<const char *>(found) - m_text.data());
            if (const size_t length = sign == '%' ? percentLength(at) : backslashLength(at); length > 0)
                return EncodedPart{at, at + length, sign == '%' ? Through::UrlEncoded : Through::Escaped};
            // Of "\\u0041" the first backslash escapes the second one.
            from = at + (sign == '\\' ? 2 : 1);
        }
        return std::nullopt;
    }

private:
    size_t percentLength(size_t at) const { return isHex(at + 1, 2) ? 3 : 0; }

    size_t backslashLength(size_t at) const
    {
        if (at + 1 >= m_text.size())
            return 0;
        switch (m_text[at + 1]) {
        case 'u':
            return isHex(at + 2, 4) ? 6 : 0;
        case 'x':
            return isHex(at + 2, 2) ? 4 : 0;
        case '/':
        case '"':
        case 'n':
            return 2;
        default:
            return 0;
        }
    }

    bool isHex(size_t at, size_t digits) const
    {
        return at + digits <= m_text.size() && hexNumber(m_text.substr(at, digits)) >= 0;
    }

    const std::string_view m_text;
};

void decodeEscape(std::string_view escape, WipedBytes &out)
{
    if (escape.front() == '%')
        out += static_cast<char>(hexNumber(escape.substr(1)));
    else if (escape.size() == 2)
        out += escape[1] == 'n' ? '\n' : escape[1];
    else
        appendUtf8(out, hexNumber(escape.substr(2)));
}

} // namespace

struct EncodedParts::Finders
{
    explicit Finders(std::string_view text)
        : escapes(text),
          runs(text),
          joints(text),
          percent(escapes.next(0, '%')),
          backslash(escapes.next(0, '\\')),
          run(runs.next(0)),
          joint(joints.next(0))
    {
    }

    EscapeFinder escapes;
    Base64Finder runs;
    JointFinder joints;
    // The next of each kind.
    std::optional<EncodedPart> percent;
    std::optional<EncodedPart> backslash;
    std::optional<EncodedPart> run;
    std::optional<EncodedPart> joint;
};

EncodedParts::EncodedParts(std::string_view text) : m_finders(std::make_unique<Finders>(text)) {}
EncodedParts::~EncodedParts() = default;

std::optional<EncodedPart> EncodedParts::next()
{
    // The first that begins; what overlaps it is not looked at.
    Finders &of = *m_finders;
    std::optional<EncodedPart> first;
    for (const auto *candidate : {&of.percent, &of.backslash, &of.run, &of.joint}) {
        if (*candidate && (!first || (*candidate)->start < first->start))
            first = *candidate;
    }
    if (!first)
        return first;
    if (of.percent && of.percent->start < first->end)
        of.percent = of.escapes.next(first->end, '%');
    if (of.backslash && of.backslash->start < first->end)
        of.backslash = of.escapes.next(first->end, '\\');
    if (of.run && of.run->start < first->end)
        of.run = of.runs.next(first->end);
    if (of.joint && of.joint->start < first->end)
        of.joint = of.joints.next(first->end);
    return first;
}

void decodePart(std::string_view encoded, Through through, WipedBytes &out)
{
    out.clear();
    if (through == Through::Base64)
        decodeBase64Into(encoded, out);
    else if (through != Through::Joined)
        decodeEscape(encoded, out);
}

} // namespace cockpit
