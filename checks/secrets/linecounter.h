// Lines and columns of a text that is looked at in blocks. Internal to the folder.
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <string_view>

namespace cockpit {

// A piece of a text. What begins in [ownFrom, ownTo) is found here; the rest is there to be seen.
struct TextBlock
{
    std::string_view text;
    qint64 base = 0; // where it begins in the text
    size_t ownFrom = 0;
    size_t ownTo = 0;
};

inline qint64 lineEndsIn(std::string_view text)
{
    qint64 count = 0;
    for (size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1))
        ++count;
    return count;
}

// The bytes of a line that begin no character of UTF-8. Of the beginning of a line alone: nobody looks for the
// millionth character of one, and to count them would take longer than to search them.
class ContinuationCount
{
public:
    void add(std::string_view part)
    {
        m_bytes += part.size();
        if (m_bytes <= kMost)
            m_count +=
                std::ranges::count_if(part, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; });
    }
    // Of a column in bytes, from 1; 0: too far from the beginning.
    qint64 characterOf(qint64 column) const { return m_bytes <= kMost ? column - m_count : 0; }

private:
    static constexpr size_t kMost = size_t(64) << 10;

    size_t m_bytes = 0;
    qint64 m_count = 0;
};

// Counts lines while blocks go by.
class LineCounter
{
public:
    // The lines of what comes before the next block.
    void pass(std::string_view text, qint64 base)
    {
        m_line += lineEndsIn(text);
        if (const size_t last = text.rfind('\n'); last != std::string_view::npos) {
            m_lineStart = base + static_cast<qint64>(last) + 1;
            m_continuations = {};
            text.remove_prefix(last + 1);
        }
        m_continuations.add(text);
    }

    struct Place
    {
        qint64 line = 1;
        qint64 column = 1;    // in bytes
        qint64 character = 1; // in characters; 0: too far from the beginning of a long line
    };
    // Of a place in a block that begins where pass() ended. Places are asked for in order.
    Place placeOf(const TextBlock &block, size_t at)
    {
        const size_t from = static_cast<size_t>(std::max<qint64>(m_passedTo - block.base, 0));
        std::string_view between = block.text.substr(from, at - std::min(at, from));
        m_lineHere += lineEndsIn(between);
        if (const size_t last = between.rfind('\n'); last != std::string_view::npos) {
            m_lineStartHere = block.base + static_cast<qint64>(from + last) + 1;
            m_continuationsHere = {};
            between.remove_prefix(last + 1);
        }
        m_continuationsHere.add(between);
        m_passedTo = block.base + static_cast<qint64>(std::max(at, from));
        const qint64 column = block.base + static_cast<qint64>(at) - m_lineStartHere + 1;
        return {m_lineHere, column, m_continuationsHere.characterOf(column)};
    }
    void begin(const TextBlock &block)
    {
        m_passedTo = block.base;
        m_lineHere = m_line;
        m_lineStartHere = m_lineStart;
        m_continuationsHere = m_continuations;
    }

private:
    qint64 m_line = 1;
    qint64 m_lineStart = 0;
    ContinuationCount m_continuations; // of that line
    qint64 m_passedTo = 0;
    qint64 m_lineHere = 1;
    qint64 m_lineStartHere = 0;
    ContinuationCount m_continuationsHere;
};

} // namespace cockpit
