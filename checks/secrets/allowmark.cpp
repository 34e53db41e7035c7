#include "checks/secrets/allowmark.h"

#include "checks/secrets/linestate.h"
#include "models/redactor.h"

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

constexpr auto kOwn = "launch-cockpit:allow"sv;
constexpr auto kOther = "gitleaks:allow"sv;
constexpr std::array kCommentEnds{"\n"sv, "\r"sv, "*/"sv, "-->"sv, "#}"sv, "--%>"sv};
constexpr size_t kLongestReason = 200;

QString reasonBehind(std::string_view lines, size_t from, const std::vector<size_t> &values)
{
    size_t end = std::min(lines.size(), from + kLongestReason);
    for (const std::string_view comment : kCommentEnds)
        end = std::min(end, lines.find(comment, from));
    for (const size_t value : values) {
        if (value >= from)
            end = std::min(end, value);
    }
    const std::string_view reason = lines.substr(from, end - from);
    return redact(QString::fromUtf8(reason.data(), static_cast<qsizetype>(reason.size())).simplified());
}

// The first of these marks that counts. Most lines have none, and are not gone over.
size_t placeInComment(const MarkedLine &line, std::string_view mark)
{
    size_t at = line.text.find(mark, line.valueEnd);
    if (at == std::string_view::npos || line.isCut)
        return std::string_view::npos;
    LineState state(line.text);
    state.goTo(line.valueStart);
    state.skipTo(line.valueEnd);
    for (; at != std::string_view::npos; at = line.text.find(mark, at + mark.size())) {
        state.goTo(at);
        if (state.isInComment())
            return at;
    }
    return at;
}

} // namespace

AllowMark allowMarkOn(const MarkedLine &line)
{
    const std::string_view text = line.text;
    const size_t own = placeInComment(line, kOwn);
    if (own != std::string_view::npos) {
        const QString reason = reasonBehind(text, own + kOwn.size(), line.values);
        if (!reason.isEmpty())
            return {reason, false};
        return {std::nullopt, true};
    }
    const size_t other = placeInComment(line, kOther);
    if (other != std::string_view::npos)
        return {reasonBehind(text, other + kOther.size(), line.values), false};
    const bool hasMark = text.find(kOwn) != std::string_view::npos || text.find(kOther) != std::string_view::npos;
    return {std::nullopt, hasMark};
}

} // namespace cockpit
