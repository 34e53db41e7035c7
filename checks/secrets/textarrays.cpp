#include "checks/secrets/textarrays.h"

#include "checks/values/bytekinds.h"

#include <algorithm>

namespace cockpit {

namespace {

constexpr size_t kNone = std::string_view::npos;
constexpr std::string_view kBlanks("\0\t\n\f\r ", 6); // table 1 of the standard
constexpr size_t kLongestArray = size_t(64) << 10;
constexpr size_t kMostBlanks = 16; // before the operator
// In thousandths of the size of the letters: a blank of the usual fonts is 250 to 280 wide, and justified text makes it
// narrower; kerning moves letters by less.
constexpr int kBlank = -200;
constexpr int kFarthest = 100'000;

bool isBlank(char c)
{
    return kBlanks.find(c) != kNone;
}

} // namespace

std::optional<EncodedPart> TextArrayFinder::next(size_t from)
{
    do {
        for (; m_next < m_joints.size(); ++m_next) {
            if (m_joints[m_next].start >= from)
                return m_joints[m_next++];
        }
    } while (takeNextArray());
    return std::nullopt;
}

// By the second letter of the operator, which is rare in other texts.
bool TextArrayFinder::takeNextArray()
{
    m_joints.clear();
    m_next = 0;
    for (size_t at = m_text.find('J', m_at); at != kNone; at = m_text.find('J', at + 1)) {
        const size_t close = byteBefore(m_text, at) == 'T' ? closeBefore(at - 1) : kNone;
        if (close == kNone)
            continue;
        const size_t from = std::max(m_shown, close - std::min(close, kLongestArray));
        m_shown = at + 1;
        // Where the text does not begin between two operators its parentheses tell nothing.
        const size_t open = openOf(from, close);
        const size_t last = m_text.substr(from, close - from).rfind('[');
        const bool isTaken = open != kNone && takeJoints(open, close);
        if (isTaken || (last != kNone && from + last != open && takeJoints(from + last, close))) {
            m_at = at + 1;
            return true;
        }
    }
    m_at = m_text.size();
    m_joints.clear();
    return false;
}

// kNone: no array ends before the operator.
size_t TextArrayFinder::closeBefore(size_t shown) const
{
    const size_t earliest = shown - std::min(shown, kMostBlanks);
    size_t at = shown;
    while (at > earliest && isBlank(m_text[at - 1]))
        --at;
    return byteBefore(m_text, at) == ']' ? at - 1 : kNone;
}

// Where the array begins that ends there; kNone: it is in a text.
size_t TextArrayFinder::openOf(size_t from, size_t close) const
{
    size_t open = kNone;
    for (size_t at = from; at < close;) {
        const char c = m_text[at];
        if (c == '(') {
            at = endOfText(at, close);
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

// Behind the parenthesis that is the partner of this one (7.3.4.2); kNone: it is not before the end.
size_t TextArrayFinder::endOfText(size_t at, size_t end) const
{
    size_t depth = 0;
    for (; at < end; ++at) {
        const char c = m_text[at];
        if (c == '\\')
            ++at;
        else if (c == '(')
            ++depth;
        else if (c == ')' && --depth == 0)
            return at + 1;
    }
    return kNone;
}

// False for what is no array of texts and distances.
bool TextArrayFinder::takeJoints(size_t open, size_t close)
{
    m_joints.clear();
    size_t textEnd = 0; // of the text before; 0: there is none
    int distance = 0;
    for (size_t at = open + 1; at < close;) {
        const char c = m_text[at];
        if (isBlank(c)) {
            ++at;
        } else if (c == '(') {
            if (textEnd > 0)
                m_joints.push_back(
                    {.start = textEnd - 1, .end = at + 1, .through = Through::Joined, .isBlank = distance <= kBlank});
            at = endOfText(at, close);
            if (at == kNone)
                return false;
            textEnd = at;
            distance = 0;
        } else if (c == '<') {
            at = m_text.substr(0, close).find('>', at);
            if (at == kNone)
                return false;
            ++at;
            textEnd = 0;
        } else if (!takeDistance(at, close, distance)) {
            return false;
        }
    }
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
