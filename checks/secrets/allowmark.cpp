#include "checks/secrets/allowmark.h"

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

} // namespace

AllowMark allowMarkIn(std::string_view lines, const std::vector<size_t> &values)
{
    if (const size_t own = lines.find(kOwn); own != std::string_view::npos) {
        const QString reason = reasonBehind(lines, own + kOwn.size(), values);
        if (!reason.isEmpty())
            return {reason, false};
        return {std::nullopt, true};
    }
    if (const size_t other = lines.find(kOther); other != std::string_view::npos)
        return {reasonBehind(lines, other + kOther.size(), values), false};
    return {};
}

} // namespace cockpit
