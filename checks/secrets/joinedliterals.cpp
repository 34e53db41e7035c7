#include "checks/secrets/joinedliterals.h"

#include "checks/values/bytekinds.h"

#include <algorithm>
#include <utility>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view kQuotes = "\"'`";
constexpr size_t kLongestGap = 200; // between two literals, with the indent of the second one
constexpr size_t kLongestInTemplate = 256;
// JavaScript, Java, C#, Python; PHP; Lua; Elixir; Visual Basic; Haskell and Erlang; what compilers make of templates.
constexpr std::array kOperators{"++"sv, "+"sv, ".concat("sv, ".."sv, "."sv, "<>"sv, "&"sv};

bool isOfKey(char c)
{
    return isWordByte(c) || "_-+/=.:@%"sv.find(c) != std::string_view::npos;
}

bool isQuote(std::string_view text, size_t at)
{
    return at < text.size() && kQuotes.find(text[at]) != std::string_view::npos;
}

} // namespace

size_t JointFinder::nextQuote(size_t from)
{
    for (size_t kind = 0; kind < kQuotes.size(); ++kind) {
        if (m_isKnown[kind] && m_quotes[kind] >= from)
            continue;
        m_quotes[kind] = m_text.find(kQuotes[kind], from); // the end, when there is none, is behind every place
        m_isKnown[kind] = true;
    }
    return *std::ranges::min_element(m_quotes);
}

std::optional<EncodedPart> JointFinder::next(size_t from)
{
    if (m_closing && m_closing->start >= from)
        return std::exchange(m_closing, std::nullopt);
    m_closing.reset();
    for (size_t quote = nextQuote(from); quote != std::string_view::npos; quote = nextQuote(quote + 1)) {
        if (const auto joint = jointAt(quote))
            return joint;
        if (const auto joint = templateAt(quote); joint && joint->start >= from)
            return joint;
        m_closing.reset();
    }
    return std::nullopt;
}

// Also over the end of a line that a backslash takes back. True when there was an end of a line.
bool JointFinder::skipBlanks(size_t &at, size_t end) const
{
    bool isAcross = false;
    for (; at < end; ++at) {
        const char c = m_text[at];
        const bool isTakenBack = c == '\\' && at + 1 < end && (m_text[at + 1] == '\n' || m_text[at + 1] == '\r');
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r' && !isTakenBack)
            break;
        isAcross = isAcross || c == '\n';
    }
    return isAcross;
}

size_t JointFinder::operatorAt(size_t at) const
{
    const auto *const known =
        std::ranges::find_if(kOperators, [&](std::string_view one) { return m_text.substr(at).starts_with(one); });
    return known == kOperators.end() ? 0 : known->size();
}

std::optional<EncodedPart> JointFinder::jointAt(size_t quote) const
{
    if (quote == 0 || !isOfKey(m_text[quote - 1]))
        return std::nullopt;
    const size_t end = std::min(m_text.size(), quote + kLongestGap);
    size_t at = quote + 1;
    const bool isAcross = skipBlanks(at, end);
    const size_t joining = operatorAt(at);
    at += joining;
    skipBlanks(at, end);
    if (at + 1 >= end || kQuotes.find(m_text[at]) == std::string_view::npos || !isOfKey(m_text[at + 1]))
        return std::nullopt;
    // Beside each other: also the columns of a log ("-" is an empty one), and what a shell is given. Without a blank
    // between them C and Python join them, and SQL writes a quote twice: what ends like the prefix of a key goes on.
    const char before = m_text[quote - 1];
    const bool isEndOfPiece = isWordByte(before) || before == '_' || (before == '-' && !isQuote(m_text, quote - 2));
    const bool isBeside =
        joining == 0 && m_text[at] == m_text[quote] && (isAcross || (isEndOfPiece && isWordByte(m_text[at + 1])));
    if (joining == 0 && !isBeside)
        return std::nullopt;
    return EncodedPart{quote, at + 1, Through::Joined};
}

// The opening quote of  `sk_${"live_…"}`, "sk_#{'live_…'}"; its closing one comes next.
std::optional<EncodedPart> JointFinder::templateAt(size_t quote)
{
    const bool isInTemplate = quote >= 3 && m_text[quote - 1] == '{' &&
                              (m_text[quote - 2] == '$' || m_text[quote - 2] == '#') && isOfKey(m_text[quote - 3]) &&
                              quote + 1 < m_text.size() && isOfKey(m_text[quote + 1]);
    if (!isInTemplate)
        return std::nullopt;
    const size_t close = m_text.substr(0, quote + kLongestInTemplate).find(m_text[quote], quote + 1);
    if (close == std::string_view::npos || close + 1 >= m_text.size() || m_text[close + 1] != '}')
        return std::nullopt;
    m_closing = EncodedPart{close, close + 2, Through::Joined};
    return EncodedPart{quote - 2, quote + 1, Through::Joined};
}

} // namespace cockpit
