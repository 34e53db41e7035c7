#include "checks/secrets/base64parts.h"

#include <algorithm>
#include <span>

namespace cockpit {

namespace {

constexpr size_t kShortestBase64 = 24;
constexpr size_t kShortestFullLine = 60; // base64 in lines, as in mails and PEM, goes on behind one of these

constexpr std::string_view kBetweenWords = "/-_";

constexpr std::array<signed char, 256> makeBase64Table()
{
    std::array<signed char, 256> table{};
    for (auto &value : table)
        value = -1;
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < alphabet.size(); ++i)
        table[static_cast<unsigned char>(alphabet[i])] = static_cast<signed char>(i);
    table['-'] = 62; // the alphabet for URLs
    table['_'] = 63;
    return table;
}

constexpr std::array<signed char, 256> kBase64 = makeBase64Table();

bool isBase64(char c)
{
    return kBase64[static_cast<unsigned char>(c)] >= 0;
}

// Fills at most the room and says how many bytes. What is not of the alphabet, the end of a line, is passed over.
size_t decodeBase64(std::string_view encoded, std::span<char> room)
{
    size_t done = 0;
    unsigned bits = 0;
    int held = 0;
    for (const char c : encoded) {
        const signed char value = kBase64[static_cast<unsigned char>(c)];
        if (value < 0)
            continue;
        bits = (bits << 6 | static_cast<unsigned>(value)) & 0xffffff;
        held += 6;
        if (held >= 8) {
            if (done == room.size())
                break;
            held -= 8;
            room[done++] = static_cast<char>((bits >> held) & 0xff);
        }
    }
    return done;
}

// Words, keys and lines, not what random bytes look like: letters of other scripts are few in what we look for.
bool isText(std::string_view bytes)
{
    size_t other = 0;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        const bool isControl = byte < 0x20 && byte != '\n' && byte != '\r' && byte != '\t';
        if (isControl || byte == 0x7f)
            return false;
        other += byte >= 0x80 ? 1 : 0;
    }
    return other * 8 <= bytes.size();
}

// UTF-16 of the same, the low byte first; few letters of other scripts.
bool isWideText(std::string_view bytes)
{
    constexpr size_t fewest = 8;
    if (bytes.size() < fewest || bytes[1] != 0)
        return false;
    size_t other = 0;
    for (size_t low = 0; low + 1 < bytes.size(); low += 2) {
        const bool isAscii = bytes[low + 1] == 0 && static_cast<unsigned char>(bytes[low]) < 0x80;
        if (isAscii && !isText(bytes.substr(low, 1)))
            return false;
        other += isAscii ? 0 : 1;
    }
    return other * 8 <= bytes.size() / 2;
}

} // namespace

std::optional<EncodedPart> Base64Finder::next(size_t from)
{
    for (size_t start = from; start + kShortestBase64 <= m_text.size();) {
        size_t last = start + kShortestBase64;
        while (last > start && isBase64(m_text[last - 1]))
            --last;
        if (last > start) {
            start = last; // the character before is outside the alphabet
            continue;
        }
        const size_t lineEnd = endOfLine(start + kShortestBase64);
        const size_t end = endOfRunAt(start, lineEnd);
        if (const Holds holds = whatIsIn(start, end); holds != Holds::Nothing)
            return EncodedPart{start, endOfPadding(end), Through::Base64, holds == Holds::WideText};
        // What follows may have been a line of words.
        const Holds holds = end > lineEnd ? whatIsIn(start, lineEnd) : Holds::Nothing;
        if (holds != Holds::Nothing)
            return EncodedPart{start, lineEnd, Through::Base64, holds == Holds::WideText};
        if (const auto part = behindWords(start, lineEnd))
            return part;
        start = end;
    }
    return std::nullopt;
}

// "/cb/UE9TVEdSRVM6…", "backup-UE9TVEdSRVM6…": the signs that part words are of an alphabet as well, and what begins
// with a word decodes out of step.
std::optional<EncodedPart> Base64Finder::behindWords(size_t start, size_t end)
{
    const std::string_view line = m_text.substr(0, end);
    for (size_t at = line.find_first_of(kBetweenWords, start); at != std::string_view::npos;
         at = line.find_first_of(kBetweenWords, at + 1)) {
        const size_t begin = at + 1;
        if (begin + kShortestBase64 > end)
            break;
        // No text begins with one of them, and each place of a ruled line would be tried.
        if (kBetweenWords.find(m_text[begin]) != std::string_view::npos)
            continue;
        if (const Holds holds = whatIsIn(begin, end); holds != Holds::Nothing)
            return EncodedPart{begin, endOfPadding(end), Through::Base64, holds == Holds::WideText};
    }
    return std::nullopt;
}

size_t Base64Finder::endOfLine(size_t at) const
{
    while (at < m_text.size() && isBase64(m_text[at]))
        ++at;
    return at;
}

// A run of which only the first line is text is asked about again at each of its lines, and walked once.
size_t Base64Finder::endOfRunAt(size_t start, size_t lineEnd)
{
    if (start <= m_walkedLine || start >= m_walkedTo) {
        m_walkedLine = lineEnd;
        m_walkedTo = endOfRun(start, lineEnd);
    }
    return m_walkedTo;
}

// With the lines that follow, when these are as full as a mailer makes them and hold nothing else.
size_t Base64Finder::endOfRun(size_t lineStart, size_t end) const
{
    for (;;) {
        size_t next = end;
        while (next < m_text.size() && (m_text[next] == '\r' || m_text[next] == '\n' || m_text[next] == ' '))
            ++next;
        const size_t length = end - lineStart;
        const bool goesOn = length >= kShortestFullLine && length % 4 == 0 && next > end && next - end < 40 &&
                            m_text.substr(end, next - end).find('\n') != std::string_view::npos;
        const size_t nextEnd = goesOn ? endOfLine(next) : next;
        if (nextEnd == next || !endsLine(endOfPadding(nextEnd)))
            return end;
        lineStart = next;
        end = nextEnd;
    }
}

bool Base64Finder::endsLine(size_t at) const
{
    return at == m_text.size() || std::string_view("\r\n\"'`\\<)").find(m_text[at]) != std::string_view::npos;
}

size_t Base64Finder::endOfPadding(size_t at) const
{
    constexpr size_t most = 2;
    size_t end = at;
    while (end < m_text.size() && m_text[end] == '=' && end < at + most)
        ++end;
    return end;
}

Base64Finder::Holds Base64Finder::whatIsIn(size_t start, size_t end)
{
    // Most runs are names and paths, which a few bytes tell.
    const std::string_view run = m_text.substr(start, std::min(end - start, 2 * kTestedForText));
    const Holds begins = whatIsWithin(run, kShortestBase64 / 2);
    return begins == Holds::Nothing ? begins : whatIsWithin(run, kTestedForText);
}

Base64Finder::Holds Base64Finder::whatIsWithin(std::string_view run, size_t bytes)
{
    const std::string_view decoded(m_beginning.data(), decodeBase64(run, std::span(m_beginning).first(bytes)));
    if (isText(decoded))
        return Holds::Text;
    return isWideText(decoded) ? Holds::WideText : Holds::Nothing;
}

bool isBase64OfText(std::string_view value)
{
    const std::string_view encoded = value.substr(0, value.find_last_not_of('=') + 1);
    if (encoded.empty() || !std::ranges::all_of(encoded, isBase64))
        return false;
    WipedBytes decoded;
    decodeBase64Into(encoded, decoded);
    const bool isIt = isText(std::string_view(decoded.data(), decoded.size()));
    wipeMemory(decoded.data(), decoded.size()); // a short one stands in the string itself, which nobody gives back
    return isIt;
}

void decodeBase64Into(std::string_view encoded, WipedBytes &out)
{
    out.resize(encoded.size() / 4 * 3 + 3);
    out.resize(decodeBase64(encoded, std::span(out)));
}

std::string_view lineOfBase64(std::string_view encoded)
{
    size_t end = 0;
    while (end < encoded.size() && isBase64(encoded[end]))
        ++end;
    return encoded.substr(0, end);
}

} // namespace cockpit
