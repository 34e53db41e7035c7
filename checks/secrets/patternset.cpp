#include "checks/secrets/patternset.h"

#include "checks/secrets/patternliterals.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QHash>

#include <algorithm>
#include <utility>

#include <hs/hs.h>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LeakRules)
};

constexpr size_t kWindow = 1024;
// A match that has no end is searched for this far behind its keyword: "BEGIN PRIVATE KEY" stands four kilobytes before
// the end that a pattern may want.
constexpr size_t kBehindKeyword = 4096;
// What stands at the edge of a match decides, too (\b).
constexpr size_t kEdge = 2;
// Windows that are no farther from each other are one: each costs a start of Hyperscan.
constexpr size_t kNextWindow = 64;
// A private key or a long token may begin this far before Hyperscan sees enough of it.
constexpr size_t kLongestLookBack = 16 << 10;
constexpr size_t kLongestValue = 16 << 10;

struct FreeError
{
    void operator()(hs_compile_error_t *error) const { hs_free_compile_error(error); }
};
using CompileError = std::unique_ptr<hs_compile_error_t, FreeError>;

unsigned flagsOf(const LeakRule &rule)
{
    return rule.isCaseless ? HS_FLAG_CASELESS : 0U;
}

// The flags with which Hyperscan takes the pattern: as it is, or as a prefilter that finds a little more.
Result<unsigned> usableFlags(const LeakRule &rule, unsigned &width)
{
    for (const unsigned flags : {flagsOf(rule), flagsOf(rule) | HS_FLAG_PREFILTER}) {
        hs_expr_info_t *info = nullptr;
        hs_compile_error_t *error = nullptr;
        if (hs_expression_info(rule.pattern.constData(), flags, &info, &error) == HS_SUCCESS) {
            width = info->max_width; // UINT_MAX: without end
            const bool isEmptyMatch = info->min_width == 0;
            free(info); // NOLINT(cppcoreguidelines-no-malloc): Hyperscan's allocator is malloc() unless told otherwise
            if (isEmptyMatch)
                return failure(ErrorKind::BadInput,
                               Text::tr("The pattern of rule \"%1\" matches an empty text.").arg(rule.id));
            return flags;
        }
        const CompileError freed(error);
        if ((flags & HS_FLAG_PREFILTER) != 0)
            return failure(ErrorKind::BadInput,
                           Text::tr("The pattern of rule \"%1\" cannot be searched for.").arg(rule.id),
                           error ? QString::fromLatin1(error->message) : QString());
    }
    Q_UNREACHABLE();
}

} // namespace

PatternSet::Room::~Room()
{
    hs_free_scratch(m_scratch);
}

PatternSet::~PatternSet()
{
    hs_free_database(m_patterns);
    hs_free_database(m_keywords);
}

Result<std::shared_ptr<const PatternSet>> PatternSet::compile(std::vector<LeakRule> rules,
                                                              const PatternKeeping &keeping)
{
    if (hs_valid_platform() != HS_SUCCESS)
        return failure(ErrorKind::Unsupported,
                       Text::tr("This processor is too old for the search for secrets: it needs SSSE3, which PC "
                                "processors have had since 2006."));
    if (rules.empty())
        return failure(ErrorKind::BadInput, Text::tr("There are no rules for secrets."));
    const std::shared_ptr<PatternSet> set(new PatternSet);
    set->m_rules = std::move(rules);
    for (const LeakRule &rule : set->m_rules) {
        if (auto compiled = set->compileRule(rule); !compiled)
            return tl::unexpected(compiled.error());
    }
    if (auto numbered = set->numberKeywords(); !numbered)
        return tl::unexpected(numbered.error());
    if (auto compiled = set->compileDatabases(keeping); !compiled)
        return tl::unexpected(compiled.error());
    set->measureReaches();
    return set;
}

Result<void> PatternSet::compileDatabases(const PatternKeeping &keeping)
{
    const QByteArray its = identity();
    if (const auto kept = readKept(keeping, its); kept && takeKept(*kept))
        return {};
    if (auto compiled = compileKeywords(); !compiled)
        return compiled;
    if (auto compiled = compilePatterns(); !compiled)
        return compiled;
    keep(keeping, its);
    return {};
}

void PatternSet::measureReaches()
{
    m_reaches.resize(m_words.size());
    for (size_t rule = 0; rule < m_rules.size(); ++rule) {
        const size_t width = m_compiled[rule].width;
        const bool isLong = width > kWindow;
        const bool isInside = alwaysHolds(m_rules[rule].pattern, m_rules[rule].keywords);
        const size_t farthest = (isInside ? 0 : kWindow) + kEdge;
        const Reach its{farthest + (isLong ? kWindow : width), farthest + (isLong ? kBehindKeyword : width)};
        for (const unsigned keyword : m_compiled[rule].keywords) {
            Reach &reach = m_reaches[keyword];
            reach = {std::max(reach.before, its.before), std::max(reach.behind, its.behind)};
        }
    }
}

// All that a database depends on.
QByteArray PatternSet::identity() const
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const auto add = [&hash](QByteArrayView part) {
        const QByteArray length = QByteArray::number(part.size());
        hash.addData(length);
        hash.addData(QByteArrayView(":"));
        hash.addData(part);
    };
    hs_platform_info_t platform{};
    hs_populate_platform(&platform);
    add(hs_version());
    add(QByteArray::number(platform.tune) + '.' + QByteArray::number(platform.cpu_features));
    for (const LeakRule &rule : m_rules) {
        add(rule.pattern);
        add(rule.isCaseless ? QByteArrayView("i") : QByteArrayView());
    }
    for (const QByteArray &word : m_words)
        add(word);
    return hash.result();
}

bool PatternSet::takeKept(const CompiledPatterns &kept)
{
    const auto read = [](const QByteArray &bytes, hs_database *&database) {
        return hs_deserialize_database(bytes.constData(), static_cast<size_t>(bytes.size()), &database) == HS_SUCCESS;
    };
    m_wasKept = static_cast<size_t>(kept.widths.size()) == m_compiled.size() &&
                kept.keywords.isEmpty() == m_words.empty() && read(kept.patterns, m_patterns) &&
                (m_words.empty() || read(kept.keywords, m_keywords));
    if (!m_wasKept) {
        hs_free_database(std::exchange(m_patterns, nullptr));
        return false;
    }
    for (size_t rule = 0; rule < m_compiled.size(); ++rule)
        m_compiled[rule].width = kept.widths[static_cast<qsizetype>(rule)];
    return true;
}

void PatternSet::keep(const PatternKeeping &keeping, const QByteArray &identity) const
{
    if (keeping.folder.isEmpty())
        return;
    const auto write = [](const hs_database *database) {
        char *bytes = nullptr;
        size_t length = 0;
        if (!database || hs_serialize_database(database, &bytes, &length) != HS_SUCCESS)
            return QByteArray();
        QByteArray written(bytes, static_cast<qsizetype>(length));
        free(bytes); // NOLINT(cppcoreguidelines-no-malloc): Hyperscan's allocator is malloc() unless told otherwise
        return written;
    };
    CompiledPatterns compiled{write(m_patterns), write(m_keywords), {}};
    for (const Compiled &rule : m_compiled)
        compiled.widths.append(rule.width);
    if (!compiled.patterns.isEmpty())
        keepCompiled(keeping, identity, compiled);
}

Result<void> PatternSet::compileRule(const LeakRule &rule)
{
    using enum ByteRegex::Case;
    Compiled compiled;
    auto pattern = ByteRegex::compile(rule.pattern, rule.isCaseless ? Insensitive : Sensitive);
    auto near = ByteRegex::compile(rule.near, Insensitive);
    for (const auto *part : {&pattern, &near}) {
        if (!*part)
            return failure(ErrorKind::BadInput,
                           Text::tr("Rule \"%1\" for secrets: %2").arg(rule.id, part->error().message),
                           part->error().detail);
    }
    compiled.pattern = std::move(*pattern);
    compiled.near = std::move(*near);
    compiled.hasNear = !rule.near.isEmpty();
    m_compiled.push_back(std::move(compiled));
    return {};
}

Result<void> PatternSet::numberKeywords()
{
    QHash<QByteArray, unsigned> ids;
    for (size_t rule = 0; rule < m_rules.size(); ++rule) {
        for (const QByteArray &keyword : m_rules[rule].keywords) {
            if (keyword.isEmpty())
                return failure(ErrorKind::BadInput,
                               Text::tr("Rule \"%1\" for secrets has an empty keyword.").arg(m_rules[rule].id));
            const auto next = static_cast<unsigned>(m_words.size());
            const unsigned id = ids.value(keyword, next);
            if (id == next) {
                ids.insert(keyword, id);
                m_words.push_back(keyword);
            }
            m_compiled[rule].keywords.push_back(id);
        }
        m_isAlwaysOn = m_isAlwaysOn || m_rules[rule].keywords.empty();
    }
    return {};
}

Result<void> PatternSet::compileKeywords()
{
    if (m_words.empty())
        return {};
    std::vector<const char *> words;
    std::vector<size_t> lengths;
    std::vector<unsigned> numbers;
    for (const QByteArray &word : m_words) {
        numbers.push_back(static_cast<unsigned>(words.size()));
        words.push_back(word.constData());
        lengths.push_back(static_cast<size_t>(word.size()));
    }
    const std::vector<unsigned> flags(words.size(), HS_FLAG_CASELESS);
    hs_compile_error_t *error = nullptr;
    if (hs_compile_lit_multi(words.data(), flags.data(), numbers.data(), lengths.data(),
                             static_cast<unsigned>(words.size()), HS_MODE_BLOCK, nullptr, &m_keywords,
                             &error) == HS_SUCCESS)
        return {};
    const CompileError freed(error);
    return failure(ErrorKind::BadInput, Text::tr("The keywords of the rules for secrets cannot be searched for."),
                   error ? QString::fromLatin1(error->message) : QString());
}

Result<void> PatternSet::compilePatterns()
{
    std::vector<const char *> patterns;
    std::vector<unsigned> flags;
    std::vector<unsigned> numbers;
    for (size_t rule = 0; rule < m_rules.size(); ++rule) {
        const auto usable = usableFlags(m_rules[rule], m_compiled[rule].width);
        if (!usable)
            return tl::unexpected(usable.error());
        patterns.push_back(m_rules[rule].pattern.constData());
        flags.push_back(*usable);
        numbers.push_back(static_cast<unsigned>(rule));
    }
    hs_compile_error_t *error = nullptr;
    if (hs_compile_multi(patterns.data(), flags.data(), numbers.data(), static_cast<unsigned>(patterns.size()),
                         HS_MODE_BLOCK, nullptr, &m_patterns, &error) == HS_SUCCESS)
        return {};
    const CompileError freed(error);
    const bool isOfRule = error && error->expression >= 0;
    const QString rule = isOfRule ? m_rules[static_cast<size_t>(error->expression)].id : QString();
    return failure(ErrorKind::BadInput, Text::tr("The pattern of rule \"%1\" cannot be searched for.").arg(rule),
                   error ? QString::fromLatin1(error->message) : QString());
}

Result<std::unique_ptr<PatternSet::Room>> PatternSet::makeRoom() const
{
    std::unique_ptr<Room> room(new Room);
    for (const hs_database *database : {m_patterns, m_keywords}) {
        if (database && hs_alloc_scratch(database, &room->m_scratch) != HS_SUCCESS)
            return failure(ErrorKind::Storage, Text::tr("There is not enough memory for the search for secrets."));
    }
    room->m_keywordEnds.resize(m_words.size());
    room->m_searchedTo.resize(m_rules.size());
    room->m_lastMatch.resize(m_rules.size());
    return room;
}

// One text, one pass.
class PatternSet::Search
{
public:
    Search(const PatternSet &set, std::string_view text, Room &room, std::vector<PatternMatch> &found, size_t most)
        : m_set(set), m_text(text), m_room(room), m_found(found), m_most(found.size() + most)
    {
        std::ranges::fill(room.m_searchedTo, 0);
        std::ranges::fill(room.m_lastMatch, 0);
        for (const unsigned keyword : room.m_keywordsSeen)
            room.m_keywordEnds[keyword].clear();
        room.m_keywordsSeen.clear();
        room.m_windows.clear();
    }

    void run()
    {
        findKeywords();
        for (const auto &[from, to] : m_room.m_windows) {
            m_base = from;
            scan(m_set.m_patterns, m_text.substr(from, to - from), onPattern);
        }
    }

private:
    static int onKeyword(unsigned id, unsigned long long, unsigned long long to, unsigned, void *search)
    {
        static_cast<Search *>(search)->noteKeyword(id, static_cast<size_t>(to));
        return 0;
    }

    static int onPattern(unsigned id, unsigned long long, unsigned long long to, unsigned, void *search)
    {
        auto *self = static_cast<Search *>(search);
        self->confirm(id, self->m_base + static_cast<size_t>(to));
        return self->m_found.size() >= self->m_most ? 1 : 0;
    }

    void scan(const hs_database *database, std::string_view text, match_event_handler handler)
    {
        hs_scan(database, text.data(), static_cast<unsigned>(text.size()), 0, m_room.m_scratch, handler, this);
    }

    void findKeywords()
    {
        if (m_set.m_keywords)
            scan(m_set.m_keywords, m_text, onKeyword);
        if (m_set.m_isAlwaysOn)
            m_room.m_windows.assign(1, {0, m_text.size()});
    }

    // The windows around the keywords, as few and as long ones as there are.
    void noteKeyword(unsigned id, size_t end)
    {
        auto &ends = m_room.m_keywordEnds[id];
        if (ends.empty())
            m_room.m_keywordsSeen.push_back(id);
        ends.push_back(static_cast<unsigned>(end));
        const Reach &reach = m_set.m_reaches[id];
        size_t from = end > reach.before ? end - reach.before : 0;
        size_t to = std::min(m_text.size(), end + reach.behind);
        // Keywords come by their ends, so it is the last windows that a new one may reach back into.
        auto &windows = m_room.m_windows;
        while (!windows.empty() && from <= windows.back().second + kNextWindow) {
            from = std::min(from, windows.back().first);
            to = std::max(to, windows.back().second);
            windows.pop_back();
        }
        windows.emplace_back(from, to);
    }

    // One of the rule's keywords ends within a window of the value.
    bool hasKeyword(const Compiled &rule, const ByteMatch &at) const
    {
        if (rule.keywords.empty())
            return true;
        const size_t from = at.start > kWindow ? at.start - kWindow : 0;
        return std::ranges::any_of(rule.keywords, [&](unsigned keyword) {
            const auto &ends = m_room.m_keywordEnds[keyword];
            const auto first = std::ranges::lower_bound(ends, from);
            return first != ends.end() && *first <= at.end + kWindow;
        });
    }

    bool hasNear(const Compiled &rule, const ByteMatch &at) const
    {
        if (!rule.hasNear)
            return true;
        const size_t from = at.start > kWindow ? at.start - kWindow : 0;
        return rule.near.match(m_text.substr(from, at.end + kWindow - from), 0, m_room.m_match).has_value();
    }

    // Hyperscan saw a match of the rule that ends here. It says so again for each further character of a value that may
    // be longer, so what PCRE2 has seen it does not see again.
    void confirm(size_t rule, size_t end)
    {
        if (end <= m_room.m_searchedTo[rule])
            return;
        const size_t lookedTo = std::min(m_text.size(), end + kWindow);
        bool isCovered = searchWindow(rule, end, kWindow);
        for (size_t back = 4 * kWindow;
             !isCovered && m_set.m_compiled[rule].width > kWindow && back <= kLongestLookBack; back *= 4)
            isCovered = searchWindow(rule, end, back);
        m_room.m_searchedTo[rule] = std::max(lookedTo, m_room.m_lastMatch[rule]);
    }

    // True when one of the matches holds the place.
    bool searchWindow(size_t rule, size_t end, size_t back)
    {
        const size_t from = std::max(end > back ? end - back : 0, m_room.m_lastMatch[rule]);
        size_t to = std::min(m_text.size(), end + kWindow);
        bool isCovered = m_room.m_lastMatch[rule] >= end;
        for (size_t next = from; next < to && m_found.size() < m_most;) {
            auto match = matchIn(rule, to, next);
            // A value that goes on behind the window: a private key, a token of kilobytes.
            while (match && match->end == to && to < m_text.size() && to < end + kLongestValue) {
                to = std::min(m_text.size(), to + 4 * kWindow);
                match = matchIn(rule, to, next);
            }
            if (!match)
                break;
            // What the pattern wants behind the value may be the beginning of the next one: the end of a line.
            next = std::max(match->valueEnd, next + 1);
            m_room.m_lastMatch[rule] = match->valueEnd;
            isCovered = isCovered || (match->start < end && match->end >= end);
            const Compiled &compiled = m_set.m_compiled[rule];
            if (hasKeyword(compiled, *match) && hasNear(compiled, *match))
                m_found.push_back({rule, *match});
        }
        return isCovered;
    }

    // The pattern sees what stands before: "^" is the beginning of the text, and not of where one began to look.
    std::optional<ByteMatch> matchIn(size_t rule, size_t to, size_t next)
    {
        return m_set.m_compiled[rule].pattern.match(m_text.substr(0, to), next, m_room.m_match);
    }

    const PatternSet &m_set;
    const std::string_view m_text;
    Room &m_room;
    std::vector<PatternMatch> &m_found;
    const size_t m_most;
    size_t m_base = 0;
};

void PatternSet::search(std::string_view text, Room &room, std::vector<PatternMatch> &found, size_t most) const
{
    Q_ASSERT(text.size() <= kLargestText);
    if (!text.empty())
        Search(*this, text, room, found, most).run();
}

} // namespace cockpit
