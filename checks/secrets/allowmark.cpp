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
constexpr size_t kLongestEnd = 16; // of a comment
// A line is gone over this far for all of the values at its beginning at once.
constexpr size_t kSharedLine = 8 << 10;

// "allowed" and "allow-list" are other words; before it stands a hyphen in "--launch-cockpit:allow".
bool isWholeWord(std::string_view text, size_t at, size_t length)
{
    const auto isOfWord = [](char c) { return isWordByte(c) || c == '_'; };
    const char behind = byteAt(text, at + length);
    return !isOfWord(byteBefore(text, at)) && !isOfWord(behind) && behind != '-';
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

MarkReading::MarkReading(const std::vector<AllowMark> &ofLanguages)
{
    for (const AllowMark &mark : ofLanguages) {
        const auto same = std::ranges::find(m_marks, mark);
        m_ofLanguage.push_back(static_cast<std::uint8_t>(same - m_marks.begin()));
        if (same == m_marks.end())
            m_marks.push_back(mark);
    }
}

AllowMark MarkReading::in(Language language) const
{
    return m_marks[m_ofLanguage[m_ofLanguage.size() == 1 ? 0 : static_cast<size_t>(language)]];
}

size_t BlockMarks::Place::end() const
{
    return at + (isOwn ? kOwn.size() : kOther.size());
}

std::vector<BlockMarks::Place> BlockMarks::placesIn(std::string_view block)
{
    std::vector<Place> found;
    for (const std::string_view word : {kOwn, kOther}) {
        for (size_t at = block.find(word); at != std::string_view::npos; at = block.find(word, at + word.size()))
            found.push_back({.at = at, .isOwn = word == kOwn, .isWhole = isWholeWord(block, at, word.size())});
    }
    std::ranges::sort(found, {}, &Place::at);
    return found;
}

BlockMarks::BlockMarks(std::string_view block, bool isFromStart, std::optional<Language> language,
                       std::vector<ValueRange> values, bool mayHaveComments, CancelToken token)
    : m_block(block),
      m_isFromStart(isFromStart),
      m_language(language),
      m_ofFirstLine(isFromStart ? languageOfFirstLine(block) : Language::Unknown),
      m_values(std::move(values)),
      m_mayHaveComments(mayHaveComments),
      m_token(std::move(token)),
      m_places(placesIn(block))
{
}

// Each language goes over the block once, however many marks there are. All of them together take a second for a block
// of a megabyte: it is asked before each.
void BlockMarks::readAll()
{
    m_isRead = true;
    for (size_t i = 0; i < (m_language ? 1 : kLanguages); ++i) {
        const Language named = languageAt(i, m_language);
        const Language language = named == Language::Unknown ? m_ofFirstLine : named;
        m_isStopped = m_isStopped || m_token.isCancelled();
        const bool isFollowed = language != Language::Unknown && m_isFromStart && !m_isStopped;
        CommentWalk walk(isFollowed ? m_block : std::string_view(), language, m_values);
        for (Place &place : m_places) {
            if (isFollowed)
                walk.goTo(place.at);
            place.stands.push_back(isFollowed ? walk.stand() : Stand::TooFar);
        }
    }
}

// Each line once, however many values and marks are on it.
void BlockMarks::readLine(const MarkedLine &line)
{
    const size_t lineEnd = line.start + line.text.size();
    if (line.start == m_line.start && lineEnd <= m_line.end)
        return;
    const size_t valueEnd = line.start + line.valueEnd;
    const size_t most = std::min(m_block.size(), std::max(lineEnd, line.start + kSharedLine));
    const size_t length = std::min(m_block.substr(valueEnd, most - valueEnd).find_first_of("\r\n"), most - valueEnd);
    m_line = {line.start, valueEnd + length};
    LineState state(m_block.substr(m_line.start, m_line.end - m_line.start));
    auto value = std::ranges::lower_bound(m_values, m_line.start, {}, &ValueRange::start);
    if (value != m_values.begin() && std::prev(value)->end > m_line.start)
        state.skipTo(std::prev(value)->end - m_line.start);
    for (Place &place : placesFrom(m_line.start, m_line.end)) {
        for (; value != m_values.end() && value->start <= place.at; ++value) {
            state.goTo(value->start - m_line.start);
            state.skipTo(value->end - m_line.start);
        }
        state.goTo(place.at - m_line.start);
        place.inLine = state.stand();
    }
    m_lineSteps += state.steps();
}

BlockMarks::Places BlockMarks::placesFrom(size_t from, size_t to)
{
    const auto first = std::ranges::lower_bound(m_places, from, {}, &Place::at);
    return {first, std::ranges::lower_bound(first, m_places.end(), to, {}, &Place::at)};
}

bool BlockMarks::goesByLine() const
{
    return languageAt(0, m_language) == Language::Unknown && m_ofFirstLine == Language::Unknown;
}

Stand BlockMarks::standOf(const Place &place, size_t language, const MarkedLine &line) const
{
    if (!m_mayHaveComments)
        return Stand::Code;
    if (line.isCut)
        return Stand::TooFar;
    return language == 0 && goesByLine() ? place.inLine : place.stands[language];
}

// Our own counts before the other program's, and says what it lacks.
AllowMark BlockMarks::markOf(Places behind, size_t language, const MarkedLine &line)
{
    MarkTrouble trouble = MarkTrouble::None;
    for (const bool isOwn : {true, false}) {
        for (Place &place : behind) {
            if (place.isOwn != isOwn || !place.isWhole)
                continue;
            const MarkTrouble its = troubleOf(standOf(place, language, line));
            if (its == MarkTrouble::None && isOwn && reasonOf(place).isEmpty())
                return {std::nullopt, MarkTrouble::NoReason};
            if (its == MarkTrouble::None)
                return {reasonOf(place), MarkTrouble::None};
            trouble = trouble == MarkTrouble::None ? its : trouble;
        }
    }
    return {std::nullopt, trouble};
}

std::vector<AllowMark> BlockMarks::marksOf(Places behind, const MarkedLine &line)
{
    if (std::ranges::none_of(behind, &Place::isWhole))
        return {{std::nullopt, behind.empty() ? MarkTrouble::BeforeValue : MarkTrouble::LongerWord}};
    const bool isFollowed = m_mayHaveComments && !line.isCut;
    if (isFollowed && !m_isRead)
        readAll();
    if (isFollowed && goesByLine())
        readLine(line);
    std::vector<AllowMark> marks;
    for (size_t i = 0; i < (m_language || !isFollowed ? 1 : kLanguages); ++i)
        marks.push_back(markOf(behind, i, line));
    return marks;
}

// Made of those alone that count: a remark may be on a line a thousand times.
const QString &BlockMarks::reasonOf(Place &place) const
{
    if (place.reason)
        return *place.reason;
    const std::string_view text = m_block.substr(place.end(), kLongestReason + kLongestEnd);
    size_t end = std::min(text.size(), kLongestReason);
    for (const std::string_view comment : kCommentEnds)
        end = std::min(end, text.find(comment));
    const auto value = std::ranges::lower_bound(m_values, place.end(), {}, &ValueRange::start);
    if (value != m_values.end())
        end = std::min(end, value->start - place.end());
    return place.reason.emplace(redact(QString::fromUtf8(text.data(), static_cast<qsizetype>(end)).simplified()));
}

std::shared_ptr<const MarkReading> BlockMarks::on(const MarkedLine &line)
{
    const size_t end = line.start + line.text.size();
    if (placesFrom(line.start, end).empty())
        return nullptr;
    MarkReading reading(marksOf(placesFrom(line.start + line.valueEnd, end), line));
    if (!m_last || *m_last != reading)
        m_last = std::make_shared<const MarkReading>(std::move(reading));
    return m_last;
}

} // namespace cockpit
