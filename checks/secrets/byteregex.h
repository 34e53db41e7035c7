// Regular expressions on bytes (PCRE2, compiled to machine code): no copy of the text is made, so none is left in
// memory, and a file need not be UTF-8.
#pragma once

#include "models/result.h"

#include <QByteArray>

#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

struct pcre2_real_code_8;
struct pcre2_real_match_data_8;
struct pcre2_real_match_context_8;
struct pcre2_real_jit_stack_8;

namespace cockpit {

// What matching needs to write to. One per thread.
class MatchRoom
{
public:
    MatchRoom();
    ~MatchRoom();
    Q_DISABLE_COPY_MOVE(MatchRoom)

private:
    friend class ByteRegex;
    pcre2_real_match_data_8 *m_groups = nullptr;
    pcre2_real_match_context_8 *m_limits = nullptr;
    pcre2_real_jit_stack_8 *m_stack = nullptr;
};

// Places in the text, in bytes.
struct ByteMatch
{
    size_t start = 0;
    size_t end = 0;
    size_t valueStart = 0; // of the group that took part (the last one), else of the whole match
    size_t valueEnd = 0;
};

// Any thread may match, each with its own room.
class ByteRegex
{
public:
    enum class Case { Sensitive, Insensitive };

    // BadInput: what is wrong with the pattern, and at which of its bytes.
    [[nodiscard]] static Result<ByteRegex> compile(const QByteArray &pattern, Case sensitivity);

    // The first match at or after `from`. Empty, too, for a text on which the search would take longer than is worth it
    // (PCRE2's match limit): what is searched here is a window of kilobytes.
    std::optional<ByteMatch> match(std::string_view text, size_t from, MatchRoom &room) const;

private:
    struct Free
    {
        void operator()(pcre2_real_code_8 *code) const;
    };
    std::unique_ptr<pcre2_real_code_8, Free> m_code;
    // Machine code is made before the first match: of hundreds of patterns a search needs a few.
    std::unique_ptr<std::once_flag> m_isFast = std::make_unique<std::once_flag>();
};

} // namespace cockpit
