#include "checks/secrets/logread/plainline.h"

#include "checks/secrets/logread/logfields.h"
#include "checks/secrets/logread/requestwords.h"
#include "checks/values/bytekinds.h"

#include <algorithm>
#include <array>

namespace cockpit {

using namespace std::string_view_literals;

namespace {

constexpr size_t kHead = 160; // where plain lines have their level and id

// Further lines of a stack trace, in the languages that people deploy.
bool continuesEntry(std::string_view text)
{
    if (text.empty() || text.front() == ' ' || text.front() == '\t' || text.front() == '}' || text.front() == ')')
        return true;
    constexpr std::array beginnings{"at "sv,        "Caused by:"sv,   "Traceback ("sv, "File \""sv,        "... "sv,
                                    "goroutine "sv, "Stack trace:"sv, "#0 "sv,         "During handling"sv};
    return std::ranges::any_of(beginnings, [text](std::string_view one) { return text.starts_with(one); }) ||
           (text.front() == '#' && isDigitByte(byteAt(text, 1)));
}

void takeLevelWord(std::string_view head, LogLine &line)
{
    for (size_t at = 0; at < head.size() && line.level == LogLevel::Unknown;) {
        if (!isLetterByte(head[at])) {
            ++at;
            continue;
        }
        const size_t start = at;
        while (at < head.size() && isLetterByte(head[at]))
            ++at;
        const std::string_view word = head.substr(start, at - start);
        // In running text "error" says little: a level is written large, or in brackets.
        const bool isMarked = byteBefore(head, start) == '[' || byteAt(head, at) == ':' || byteAt(head, at) == ']' ||
                              std::ranges::none_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
        if (isMarked)
            line.level = levelOf(word);
    }
}

// [9c1b2a3d-…] or [req-…] at the front: Rails' tags, and what many write by hand.
void takeTaggedId(std::string_view head, LogLine &line)
{
    for (size_t open = head.find('['); open != std::string_view::npos && line.requestId.empty();
         open = head.find('[', open + 1)) {
        const size_t close = head.find(']', open);
        if (close == std::string_view::npos)
            return;
        const std::string_view tag = head.substr(open + 1, close - open - 1);
        const bool isNamed = tag.starts_with("req-"sv) || tag.starts_with("req_"sv) || tag.starts_with("trace-"sv);
        if (isBareId(tag) || (isNamed && isIdValue(tag)))
            line.requestId = tag;
    }
}

} // namespace

LogLine readPlainLine(std::string_view text)
{
    LogLine line;
    line.goesOn = continuesEntry(text);
    line.time = logTimeAt(text);
    line.words = text;
    takeNamed(text, line);
    const std::string_view head = text.substr(0, kHead);
    takeLevelWord(head, line);
    takeTaggedId(head, line);
    if (line.path.empty() || line.status == 0)
        takeRequestWords(text, line);
    return line;
}

} // namespace cockpit
