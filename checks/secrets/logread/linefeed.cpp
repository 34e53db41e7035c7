#include "checks/secrets/logread/linefeed.h"

#include <algorithm>

namespace cockpit {

namespace {

// Between two words, where there are some: what has no place of its own (an address) is counted by the piece.
size_t endOfPiece(std::string_view text)
{
    constexpr size_t searched = 2048;
    const std::string_view whole = text.substr(0, LineFeed::kLongestPiece);
    const size_t cut = whole.find_last_of(" ,;&\t");
    return cut == std::string_view::npos || cut + searched < whole.size() ? whole.size() : cut + 1;
}

} // namespace

void LineFeed::hand(std::string_view text, ValueSpan own)
{
    const auto size = static_cast<qint64>(own.end - own.start);
    m_lines += m_isBeginning ? 1 : 0;
    if (!text.empty() && text.back() == '\r')
        text.remove_suffix(1);
    own.end = std::min(own.end, text.size());
    m_onPiece({text, m_line, m_offset - static_cast<qint64>(own.start), m_isBeginning, own});
    m_offset += size;
    m_isBeginning = false;
}

// A line or what is there of it, behind m_before bytes that were handed over; isEnd: its end was reached. A piece waits
// for what stands behind it.
void LineFeed::take(std::string_view text, bool isEnd)
{
    while (text.size() - m_before > kLongestPiece + (isEnd ? 0 : kAround)) {
        const size_t end = m_before + endOfPiece(text.substr(m_before));
        hand(text.substr(0, end + kAround), {m_before, end});
        m_before = std::min(end, kAround);
        text.remove_prefix(end - m_before);
    }
    if (!isEnd) {
        WipedBytes rest(text);
        m_held = std::move(rest);
        return;
    }
    if (text.size() > m_before || m_isBeginning)
        hand(text, {m_before, text.size()});
    m_held.clear();
    m_before = 0;
    ++m_line;
    ++m_offset;
    m_isBeginning = true;
}

void LineFeed::feed(std::string_view bytes)
{
    while (!bytes.empty()) {
        const size_t end = bytes.find('\n');
        const bool isEnd = end != std::string_view::npos;
        const std::string_view part = bytes.substr(0, end);
        if (m_held.empty()) {
            take(part, isEnd);
        } else {
            const WipedBytes held = std::move(m_held.append(part));
            m_held = {};
            take(held, isEnd);
        }
        bytes.remove_prefix(isEnd ? end + 1 : bytes.size());
    }
}

void LineFeed::finish()
{
    if (m_held.empty())
        return;
    const WipedBytes held = std::move(m_held);
    m_held = {};
    take(held, true);
}

} // namespace cockpit
