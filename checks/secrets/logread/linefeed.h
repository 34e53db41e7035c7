// A stream of bytes as lines.
#pragma once

#include "checks/secrets/wipedmemory.h"
#include "checks/values/span.h"

#include <QtGlobal>

#include <functional>
#include <string_view>

namespace cockpit {

// A line, or a piece of one that is longer than is held at a time: with some of what stands before and behind it, so
// that what lies across its edges is seen whole. What begins in `own` is of this piece; each byte of a line is of one.
struct LinePiece
{
    std::string_view text; // until the visitor returns; without the end of the line
    qint64 line = 1;       // from 1
    qint64 offset = 0;     // of the text, in bytes
    bool isBeginning = true;
    ValueSpan own; // of the text

    bool isEnd() const { return own.end == text.size(); } // of the line: else something of it stands behind
    std::string_view ownText() const { return text.substr(own.start, own.end - own.start); }
};

// One stream, one thread. What it holds is overwritten when it goes.
class LineFeed
{
public:
    static constexpr size_t kLongestPiece = size_t(256) << 10; // of what is its own
    // Before and behind it, in bytes: a name and a key, or a header of a request.
    static constexpr size_t kAround = size_t(4) << 10;

    using OnPiece = std::function<void(const LinePiece &)>;
    explicit LineFeed(OnPiece onPiece) : m_onPiece(std::move(onPiece)) {}

    void feed(std::string_view bytes);
    void finish(); // the last line, when no line end follows it
    qint64 lines() const { return m_lines; }

private:
    void take(std::string_view text, bool isEnd);
    void hand(std::string_view text, ValueSpan own);

    const OnPiece m_onPiece;
    WipedBytes m_held;
    size_t m_before = 0; // of what is held: the end of the piece before
    qint64 m_line = 1;
    qint64 m_lines = 0;  // begun
    qint64 m_offset = 0; // of what was not handed over yet
    bool m_isBeginning = true;
};

} // namespace cockpit
