// The search with what was compiled: keywords, then patterns near them, then the one pattern by PCRE2.
#include "checks/secrets/patternset.h"

#include "checks/secrets/patterngroup.h"

#include <QCoreApplication>

#include <algorithm>

#include <hs/hs.h>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LeakRules)
};

// Windows that are no farther from each other are one: each costs a start of Hyperscan.
constexpr size_t kNextWindow = 64;
// A private key or a long token may begin this far before Hyperscan sees enough of it.
constexpr size_t kLongestLookBack = 16 << 10;
constexpr size_t kLongestValue = 16 << 10;

tl::unexpected<Error> noMemory()
{
    return failure(ErrorKind::Storage, Text::tr("There is not enough memory for the search for secrets."));
}

} // namespace

PatternSet::Room::~Room()
{
    hs_free_scratch(m_scratch);
}

Result<std::unique_ptr<PatternSet::Room>> PatternSet::makeRoom(const CancelToken &cancel) const
{
    std::unique_ptr<Room> room(new Room);
    room->m_cancel = cancel;
    if (m_keywords && hs_alloc_scratch(m_keywords, &room->m_scratch) != HS_SUCCESS)
        return noMemory();
    room->m_isReady.resize(m_groups.size());
    room->m_windows.resize(m_groups.size());
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
        for (auto &windows : room.m_windows)
            windows.clear();
    }

    Result<void> run()
    {
        findKeywords();
        // What another thread is making is there by the time that all others are.
        for (const auto wait : {PatternGroup::Wait::No, PatternGroup::Wait::Yes}) {
            for (size_t group = 0; group < m_set.m_groups.size(); ++group) {
                if (auto ready = makeReady(group, wait); !ready)
                    return ready;
            }
        }
        for (size_t group = 0; group < m_set.m_groups.size(); ++group) {
            for (const auto &[from, to] : m_room.m_windows[group]) {
                m_base = from;
                scan(m_set.m_groups[group]->database(), m_text.substr(from, to - from), onPattern);
            }
        }
        return {};
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

    // Of a group that the text needs.
    Result<void> makeReady(size_t group, PatternGroup::Wait wait)
    {
        if (m_room.m_windows[group].empty() || m_room.m_isReady[group])
            return {};
        const PatternGroup &patterns = *m_set.m_groups[group];
        if (!patterns.database()) {
            if (m_room.m_cancel.isCancelled())
                return failure(ErrorKind::Cancelled, Text::tr("The search for secrets was stopped."));
            if (auto made = patterns.make(wait, m_set.m_keeping, m_set.m_onDatabase); !made)
                return made;
        }
        if (!patterns.database())
            return {}; // another thread is at it
        if (hs_alloc_scratch(patterns.database(), &m_room.m_scratch) != HS_SUCCESS)
            return noMemory();
        m_room.m_isReady[group] = true;
        return {};
    }

    void scan(const hs_database *database, std::string_view text, match_event_handler handler)
    {
        hs_scan(database, text.data(), static_cast<unsigned>(text.size()), 0, m_room.m_scratch, handler, this);
    }

    void findKeywords()
    {
        if (m_set.m_keywords)
            scan(m_set.m_keywords, m_text, onKeyword);
        for (size_t group = 0; group < m_set.m_groups.size(); ++group) {
            if (m_set.m_groups[group]->isAlwaysOn())
                m_room.m_windows[group].assign(1, {0, m_text.size()});
        }
    }

    // The windows around the keywords, as few and as long ones as there are.
    void noteKeyword(unsigned id, size_t end)
    {
        auto &ends = m_room.m_keywordEnds[id];
        if (ends.empty())
            m_room.m_keywordsSeen.push_back(id);
        const size_t row = rowBefore(ends, end);
        ends.push_back(static_cast<unsigned>(end));
        // In a row of one sign "--" ends at each place: one window holds what follows up to the next one that is made.
        if (row > 1 && end % kNextWindow != 0)
            return;
        for (const Reach &reach : m_set.m_reaches[id])
            addWindow({reach.group, reach.before, reach.behind + (row > 0 ? kNextWindow : 0)}, end);
    }

    // How many of the last ends, two at most, lead to this one without a byte between them.
    static size_t rowBefore(const std::vector<unsigned> &ends, size_t end)
    {
        size_t row = 0;
        while (row < std::min<size_t>(2, ends.size()) && ends[ends.size() - 1 - row] + row + 1 == end)
            ++row;
        return row;
    }

    void addWindow(const Reach &reach, size_t end)
    {
        size_t from = end > reach.before ? end - reach.before : 0;
        size_t to = std::min(m_text.size(), end + reach.behind);
        // Keywords come by their ends, so it is the last windows that a new one may reach back into.
        auto &windows = m_room.m_windows[reach.group];
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

Result<void> PatternSet::search(std::string_view text, Room &room, std::vector<PatternMatch> &found, size_t most) const
{
    Q_ASSERT(text.size() <= kLargestText);
    return text.empty() ? Result<void>() : Search(*this, text, room, found, most).run();
}

} // namespace cockpit
