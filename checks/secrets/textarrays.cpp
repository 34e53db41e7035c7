#include "checks/secrets/textarrays.h"

#include "checks/secrets/pdfstrings.h"
#include "checks/values/bytekinds.h"

#include <algorithm>
#include <utility>

namespace cockpit {

namespace {

constexpr size_t kNone = kNoPdfPlace;
constexpr std::string_view kLetters("jJ");
constexpr size_t kLongestArray = size_t(64) << 10;
constexpr size_t kMostBlanks = 16; // before the operator
// In thousandths of the size of the letters: a blank of the usual fonts is 250 to 280 wide, and justified text makes it
// narrower; kerning moves letters by less.
constexpr int kBlank = -200;
constexpr int kFarthest = 100'000;

} // namespace

std::optional<EncodedPart> TextArrayFinder::next(size_t from)
{
    do {
        for (; m_next < m_parts.size(); ++m_next) {
            if (m_parts[m_next].start >= from)
                return m_parts[m_next++];
        }
    } while (takeNextShown());
    return std::nullopt;
}

bool TextArrayFinder::takeNextShown()
{
    m_next = 0;
    for (size_t at = nextOperator(); at != kNone; at = nextOperator()) {
        if (takeShown(at))
            return true;
    }
    m_parts.clear();
    return false;
}

// By its second letter, which is rare in other texts.
size_t TextArrayFinder::nextOperator()
{
    while (true) {
        for (size_t kind = 0; kind < m_letters.size(); ++kind) {
            if (m_letters[kind] < m_at)
                m_letters[kind] = m_text.find(kLetters[kind], m_at);
        }
        const size_t at = std::min(m_letters[0], m_letters[1]);
        if (at == kNone)
            return kNone;
        m_at = at + 1;
        if (byteBefore(m_text, at) == 'T')
            return at;
    }
}

// at: of the operator's second letter.
bool TextArrayFinder::takeShown(size_t at)
{
    m_parts.clear();
    const size_t close = closeBefore(at);
    if (close == kNone)
        return false;
    const size_t from = std::max(m_shown, close - std::min(close, kLongestArray));
    const size_t shown = std::exchange(m_shown, at + 1);
    const End before = std::exchange(m_end, {});
    // Where the text does not begin between two operators its parentheses tell nothing.
    const size_t open = openOf(from, close);
    const size_t last = lastOpenOf(from, close);
    for (const size_t begin : {open, last == open ? kNone : last}) {
        if (begin == kNone)
            continue;
        const bool isJoined = before.at > 0 && movesNoText(m_text.substr(shown, begin - shown));
        if (takeTexts(begin, close, isJoined ? before : End()))
            return true;
    }
    m_parts.clear();
    return false;
}

// Where the array or the text ends that is shown; kNone: none does.
size_t TextArrayFinder::closeBefore(size_t at) const
{
    const bool isArray = m_text[at] == 'J';
    const size_t shown = at - 1;
    const size_t earliest = shown - std::min(shown, kMostBlanks);
    size_t end = shown;
    while (end > earliest && isPdfBlank(m_text[end - 1]))
        --end;
    const char last = byteBefore(m_text, end);
    return (isArray ? last == ']' : last == ')' || last == '>') ? end - 1 : kNone;
}

// Where it begins; kNone: what ends there is in a text.
size_t TextArrayFinder::openOf(size_t from, size_t close) const
{
    if (m_text[close] == ']')
        return openOfArray(from, close);
    if (m_text[close] == '>')
        return lastOpenOf(from, close);
    const std::string_view before = m_text.substr(0, close);
    for (size_t at = before.find('(', from); at < close; at = before.find('(', at)) {
        const size_t end = endOfPdfString(m_text, at, close + 1);
        if (end == kNone || end == close + 1)
            return end == kNone ? kNone : at;
        at = end;
    }
    return kNone;
}

size_t TextArrayFinder::openOfArray(size_t from, size_t close) const
{
    size_t open = kNone;
    for (size_t at = from; at < close;) {
        const char c = m_text[at];
        if (c == '(') {
            at = endOfPdfString(m_text, at, close);
            if (at == kNone)
                return kNone;
            continue;
        }
        if (c == '[')
            open = at;
        else if (c == ']')
            open = kNone;
        ++at;
    }
    return open;
}

size_t TextArrayFinder::lastOpenOf(size_t from, size_t close) const
{
    const char begins = m_text[close] == ']' ? '[' : m_text[close] == '>' ? '<' : '(';
    const size_t last = m_text.substr(from, close - from).rfind(begins);
    return last == kNone ? kNone : from + last;
}

// end: of the text before that this one follows. False for what is no text, or no array of texts and distances.
bool TextArrayFinder::takeTexts(size_t open, size_t close, End end)
{
    m_parts.clear();
    const bool isArray = m_text[close] == ']';
    const size_t stop = isArray ? close : close + 1;
    for (size_t at = isArray ? open + 1 : open; at < stop;) {
        const char c = m_text[at];
        if (isPdfBlank(c)) {
            ++at;
        } else if (c == '(' || c == '<') {
            const size_t behind = endOfPdfString(m_text, at, stop);
            if (behind == kNone)
                return false;
            if (end.at > 0)
                m_parts.push_back({.start = end.at - 1,
                                   .end = at + 1,
                                   .through = Through::Joined,
                                   .isBlank = end.distance <= kBlank});
            addPdfParts(m_text, at, behind, m_parts);
            at = behind;
            end = {behind, 0};
        } else if (!isArray || !takeDistance(at, stop, end.distance)) {
            return false;
        }
    }
    m_end = end;
    return true;
}

// A number: what is behind its point makes no difference.
bool TextArrayFinder::takeDistance(size_t &at, size_t end, int &distance) const
{
    const size_t from = at;
    const bool isNegative = m_text[at] == '-';
    at += isNegative || m_text[at] == '+' ? 1 : 0;
    int number = 0;
    for (; at < end && isDigitByte(m_text[at]); ++at)
        number = std::min(kFarthest, 10 * number + (m_text[at] - '0'));
    if (at < end && m_text[at] == '.') {
        ++at;
        while (at < end && isDigitByte(m_text[at]))
            ++at;
    }
    distance = std::clamp(distance + (isNegative ? -number : number), -kFarthest, kFarthest);
    return at > from;
}

} // namespace cockpit
