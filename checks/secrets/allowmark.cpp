#include "checks/secrets/allowmark.h"

#include "checks/secrets/linestate.h"
#include "checks/values/bytekinds.h"
#include "models/redactor.h"

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

using namespace std::string_view_literals;

constexpr auto kOwn = "launch-cockpit:allow"sv;
constexpr auto kOther = "gitleaks:allow"sv;
constexpr std::array kCommentEnds{
    "\n"sv, "\r"sv, "*/"sv, "-->"sv, "#}"sv, "--%>"sv, "--}}"sv, "--~}}"sv,         "}}"sv,
    "%>"sv, "?>"sv, "*@"sv, "#>"sv,  "-}"sv, "|#"sv,   "]]"sv,   "{% endcomment"sv, "{%- endcomment"sv};
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

// "allowed" and "allow-list" are other words; before it stands a hyphen in "--launch-cockpit:allow".
bool isWholeWord(std::string_view text, size_t at, size_t length)
{
    const auto isOfWord = [](char c) { return isWordByte(c) || c == '_'; };
    const char behind = byteAt(text, at + length);
    return !isOfWord(byteBefore(text, at)) && !isOfWord(behind) && behind != '-';
}

struct FoundMark
{
    size_t at = 0;
    bool isOwn = false;
    bool isWhole = true;

    size_t length() const { return isOwn ? kOwn.size() : kOther.size(); }
};

std::vector<FoundMark> marksIn(std::string_view text, size_t from = 0)
{
    std::vector<FoundMark> found;
    for (const std::string_view word : {kOwn, kOther}) {
        for (size_t at = text.find(word, from); at != std::string_view::npos; at = text.find(word, at + word.size()))
            found.push_back({at, word == kOwn, isWholeWord(text, at, word.size())});
    }
    std::ranges::sort(found, {}, &FoundMark::at);
    return found;
}

MarkTrouble troubleOf(Stand stand)
{
    switch (stand) {
    case Stand::Comment:
        return MarkTrouble::None;
    case Stand::Code:
        return MarkTrouble::InCode;
    case Stand::Text:
        return MarkTrouble::InText;
    case Stand::Undecided:
        return MarkTrouble::Undecided;
    case Stand::TooFar:
        return MarkTrouble::TooFar;
    }
    Q_UNREACHABLE();
}

Language languageAt(size_t index, const std::optional<Language> &only)
{
    return only ? *only : static_cast<Language>(index);
}

} // namespace

// Our own counts before the other program's, and says what it lacks.
AllowMark MarkReading::in(Language language) const
{
    MarkTrouble trouble = m_otherwise;
    for (const bool isOwn : {true, false}) {
        for (const Mark &mark : m_marks) {
            if (mark.isOwn != isOwn)
                continue;
            const size_t index = mark.stands.size() == 1 ? 0 : static_cast<size_t>(language);
            const MarkTrouble its = troubleOf(mark.stands[index]);
            if (its == MarkTrouble::None && isOwn && mark.reason.isEmpty())
                return {std::nullopt, MarkTrouble::NoReason};
            if (its == MarkTrouble::None)
                return {mark.reason, MarkTrouble::None};
            trouble = trouble == MarkTrouble::None ? its : trouble;
        }
    }
    return {std::nullopt, trouble};
}

BlockMarks::BlockMarks(std::string_view block, bool isFromStart, std::optional<Language> language,
                       std::vector<ValueRange> values, bool mayHaveComments)
    : m_block(block),
      m_isFromStart(isFromStart),
      m_language(language),
      m_ofFirstLine(isFromStart ? languageOfFirstLine(block) : Language::Unknown),
      m_values(std::move(values)),
      m_mayHaveComments(mayHaveComments)
{
}

// Each language goes over the block once, however many marks there are.
void BlockMarks::readAll()
{
    m_isRead = true;
    for (const FoundMark &mark : marksIn(m_block))
        m_places.push_back({mark.at, {}});
    for (size_t i = 0; i < (m_language ? 1 : kLanguages); ++i) {
        const Language named = languageAt(i, m_language);
        const Language language = named == Language::Unknown ? m_ofFirstLine : named;
        const bool isFollowed = language != Language::Unknown && m_isFromStart;
        CommentWalk walk(isFollowed ? m_block : std::string_view(), language, m_values);
        for (Place &place : m_places) {
            if (isFollowed)
                walk.goTo(place.at);
            place.stands.push_back(isFollowed ? walk.stand() : Stand::TooFar);
        }
    }
}

std::vector<Stand> BlockMarks::standsIn(const MarkedLine &line, size_t mark)
{
    if (!m_mayHaveComments)
        return {Stand::Code};
    if (line.isCut)
        return {Stand::TooFar};
    if (!m_isRead)
        readAll();
    const auto place = std::ranges::lower_bound(m_places, line.start + mark, {}, &Place::at);
    std::vector<Stand> stands = place->stands;
    if (languageAt(0, m_language) == Language::Unknown && m_ofFirstLine == Language::Unknown) {
        LineState state(line.text);
        state.goTo(line.valueStart);
        state.skipTo(line.valueEnd);
        state.goTo(mark);
        stands.front() = state.stand();
    }
    return stands;
}

std::shared_ptr<const MarkReading> BlockMarks::on(const MarkedLine &line)
{
    std::vector<MarkReading::Mark> marks;
    MarkTrouble otherwise = MarkTrouble::None;
    for (const FoundMark &mark : marksIn(line.text)) {
        const bool isBehind = mark.at >= line.valueEnd;
        if (isBehind && mark.isWhole)
            marks.push_back(
                {mark.isOwn, reasonBehind(line.text, mark.at + mark.length(), line.values), standsIn(line, mark.at)});
        else if (otherwise != MarkTrouble::LongerWord)
            otherwise = isBehind ? MarkTrouble::LongerWord : MarkTrouble::BeforeValue;
    }
    if (marks.empty() && otherwise == MarkTrouble::None)
        return nullptr;
    if (!marks.empty())
        otherwise = MarkTrouble::None;
    return std::make_shared<const MarkReading>(std::move(marks), otherwise);
}

} // namespace cockpit
