// A stream of bytes as lines.
#pragma once

#include "checks/secrets/wipedmemory.h"

#include <QtGlobal>

#include <functional>
#include <string_view>

namespace cockpit {

// A line, or a piece of one that is longer than is held at a time.
struct LinePiece
{
    std::string_view text; // until the visitor returns; without the end of the line
    qint64 line = 1;       // from 1
    qint64 offset = 0;     // of the text, in bytes
    bool isBeginning = true;
};

// One stream, one thread. What it holds is overwritten when it goes.
class LineFeed
{
public:
    static constexpr size_t kLongestPiece = size_t(256) << 10;

    using OnPiece = std::function<void(const LinePiece &)>;
    explicit LineFeed(OnPiece onPiece) : m_onPiece(std::move(onPiece)) {}

    void feed(std::string_view bytes);
    void finish(); // the last line, when no line end follows it
    qint64 lines() const { return m_lines; }

private:
    void take(std::string_view text, bool isEnd);
    void hand(std::string_view text);

    const OnPiece m_onPiece;
    WipedBytes m_held;
    qint64 m_line = 1;
    qint64 m_lines = 0; // begun
    qint64 m_offset = 0;
    bool m_isBeginning = true;
};

} // namespace cockpit
