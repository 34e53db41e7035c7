#include "checks/secrets/pdfstrings.h"

#include "checks/values/bytekinds.h"

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view kBlanks("\0\t\n\f\r ", 6);
constexpr size_t kLongestBetween = 256;
// Of the state of graphics and text (annex A of the standard).
constexpr std::array kStill{"Tc"sv, "Tw"sv, "Tz"sv, "Tf"sv, "Ts"sv, "Tr"sv, "TL"sv,  "g"sv,   "G"sv,  "rg"sv, "RG"sv,
                            "k"sv,  "K"sv,  "cs"sv, "CS"sv, "sc"sv, "SC"sv, "scn"sv, "SCN"sv, "gs"sv, "EMC"sv};

int digitOf(char c)
{
    if (isDigitByte(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool isOctal(char c)
{
    return c >= '0' && c <= '7';
}

size_t endOfLiteral(std::string_view text, size_t at, size_t end)
{
    size_t depth = 0;
    for (; at < end; ++at) {
        const char c = text[at];
        if (c == '\\')
            ++at;
        else if (c == '(')
            ++depth;
        else if (c == ')' && --depth == 0)
            return at + 1;
    }
    return kNoPdfPlace;
}

size_t endOfDigits(std::string_view text, size_t at, size_t end)
{
    for (++at; at < end && text[at] != '>'; ++at) {
        if (digitOf(text[at]) < 0 && !isPdfBlank(text[at]))
            return kNoPdfPlace;
    }
    return at < end ? at + 1 : kNoPdfPlace;
}

// Bytes of the escape at a place that the finder of escapes passes over; 0: none. Behind the backslash of a line that
// goes on nothing comes out.
EncodedPart escapeAt(std::string_view text, size_t at)
{
    const char next = byteAt(text, at + 1);
    const auto part = [at](size_t length, Through through) {
        return EncodedPart{.start = at, .end = at + length, .through = through};
    };
    if (next == '(' || next == ')' || next == '\\')
        return part(2, Through::Escaped);
    if (next == '\n' || next == '\r')
        return part(next == '\r' && byteAt(text, at + 2) == '\n' ? 3 : 2, Through::Joined);
    const bool isShort = isOctal(next) && isOctal(byteAt(text, at + 2)) && !isOctal(byteAt(text, at + 3));
    return part(isShort ? 3 : 0, Through::Escaped);
}

void addEscapes(std::string_view text, size_t at, size_t end, std::vector<EncodedPart> &parts)
{
    text = text.substr(0, end);
    for (at = text.find('\\', at); at < end; at = text.find('\\', at)) {
        const EncodedPart part = escapeAt(text, at);
        if (part.end > part.start)
            parts.push_back(part);
        at += std::max<size_t>(2, part.end - part.start);
    }
}

// The blanks before a byte are part of it.
void addBytes(std::string_view text, size_t at, size_t end, std::vector<EncodedPart> &parts)
{
    size_t digits = 0;
    for (size_t from = at; at < end; ++at) {
        digits += digitOf(text[at]) < 0 ? 0 : 1;
        if (digits == 2 || (digits == 1 && at + 1 == end)) {
            parts.push_back({.start = from, .end = at + 1, .through = Through::Escaped});
            from = at + 1;
            digits = 0;
        }
    }
}

} // namespace

bool isPdfBlank(char c)
{
    return kBlanks.find(c) != std::string_view::npos;
}

size_t endOfPdfString(std::string_view text, size_t at, size_t end)
{
    if (byteAt(text, at) == '(')
        return endOfLiteral(text, at, end);
    return byteAt(text, at) == '<' ? endOfDigits(text, at, end) : kNoPdfPlace;
}

void addPdfParts(std::string_view text, size_t at, size_t end, std::vector<EncodedPart> &parts)
{
    if (text[at] == '(')
        addEscapes(text, at + 1, end - 1, parts);
    else
        addBytes(text, at + 1, end - 1, parts);
}

bool isPdfByte(std::string_view encoded)
{
    return !encoded.empty() && (digitOf(encoded.front()) >= 0 || isPdfBlank(encoded.front()));
}

char pdfByteOf(std::string_view encoded)
{
    unsigned byte = 0;
    unsigned shift = 4;
    for (const char c : encoded) {
        if (const int digit = digitOf(c); digit >= 0) {
            byte |= static_cast<unsigned>(digit) << shift;
            shift = 0;
        }
    }
    return static_cast<char>(byte);
}

bool movesNoText(std::string_view between)
{
    if (between.size() > kLongestBetween)
        return false;
    for (size_t at = 0; at < between.size();) {
        if (isPdfBlank(between[at])) {
            ++at;
            continue;
        }
        const size_t from = at;
        while (at < between.size() && !isPdfBlank(between[at]) && (at == from || between[at] != '/'))
            ++at;
        const std::string_view word = between.substr(from, at - from);
        const bool isNumber = word.find_first_not_of("+-.0123456789") == std::string_view::npos;
        if (word.front() != '/' && !isNumber && std::ranges::find(kStill, word) == kStill.end())
            return false;
    }
    return true;
}

} // namespace cockpit
