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

// Counts lines while blocks go by.
class LineCounter
{
public:
    // The lines of what comes before the next block.
    void pass(std::string_view text, qint64 base)
    {
        m_line += lineEndsIn(text);
        if (const size_t last = text.rfind('\n'); last != std::string_view::npos)
            m_lineStart = base + static_cast<qint64>(last) + 1;
    }

    struct Place
    {
        qint64 line = 1;
        qint64 column = 1;
    };
    // Of a place in a block that begins where pass() ended. Places are asked for in order.
    Place placeOf(const TextBlock &block, size_t at)
    {
        const size_t from = static_cast<size_t>(std::max<qint64>(m_passedTo - block.base, 0));
        const std::string_view between = block.text.substr(from, at - std::min(at, from));
        m_lineHere += lineEndsIn(between);
        if (const size_t last = between.rfind('\n'); last != std::string_view::npos)
            m_lineStartHere = block.base + static_cast<qint64>(from + last) + 1;
        m_passedTo = block.base + static_cast<qint64>(std::max(at, from));
        return {m_lineHere, block.base + static_cast<qint64>(at) - m_lineStartHere + 1};
    }
    void begin(const TextBlock &block)
    {
        m_passedTo = block.base;
        m_lineHere = m_line;
        m_lineStartHere = m_lineStart;
    }

private:
    qint64 m_line = 1;
    qint64 m_lineStart = 0;
    qint64 m_passedTo = 0;
    qint64 m_lineHere = 1;
    qint64 m_lineStartHere = 0;
};

} // namespace cockpit
