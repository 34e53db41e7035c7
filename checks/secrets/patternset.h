// All patterns of all rules over a text at once (Hyperscan), each match confirmed by PCRE2, which alone knows groups.
//
// Three steps, each on less text than the one before: the keywords of the rules (literal search at memory speed), the
// patterns of all rules in one pass over what stands near a keyword (as near as its rules' matches can be: those of
// most rules hold it), and then the one pattern that Hyperscan reported, in a window of a kilobyte before and after.
// Each step is linear in the text.
#pragma once

#include "checks/engine/canceltoken.h"
#include "checks/secrets/byteregex.h"
#include "checks/secrets/leakrule.h"
#include "checks/secrets/patternkeep.h"

#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

struct hs_database;
struct hs_scratch;

namespace cockpit {

class PatternGroup;

// A place that looks like a rule says, with a keyword beside it and what must be near near.
struct PatternMatch
{
    size_t rule = 0; // index into rules()
    ByteMatch at;
};

// All threads share one: what a search finds depends on nothing that another one did. What was compiled stays as long
// as the set does.
class PatternSet
{
public:
    // What a search writes to. One per thread; it must not outlive its set.
    class Room;

    // Hyperscan looks at this much at a time at most.
    static constexpr size_t kLargestText = 64 << 20;
    // Before and after a match: where its keyword stands, and what must be near.
    static constexpr size_t kWindow = 1024;
    // Each database searches around the keywords of its own rules alone, so that many small ones take no longer than a
    // large one.
    static constexpr size_t kRulesInDatabase = 16;

    // BadInput names the rule whose pattern does not compile. Unsupported: this processor cannot run Hyperscan (SSSE3
    // is needed). What Hyperscan searches with is made when a text first holds one of the keywords, a database for
    // each kRulesInDatabase rules. With a place to keep what was compiled, each is read from there when it was kept of
    // these very rules by this version of Hyperscan for this kind of processor, else it is compiled and kept as soon
    // as it is done: a start that is stopped or killed leaves the next one less to do. Cancelled within a second of the
    // stop. onDatabase: called when a database of patterns is about to be compiled, by any of the threads that search,
    // which fail as it does.
    [[nodiscard]] static Result<std::shared_ptr<const PatternSet>> compile(std::vector<LeakRule> rules,
                                                                           const PatternKeeping &keeping = {},
                                                                           const CancelToken &cancel = CancelToken(),
                                                                           const OnDatabase &onDatabase = {});
    ~PatternSet();
    Q_DISABLE_COPY_MOVE(PatternSet)

    const std::vector<LeakRule> &rules() const { return m_rules; }
    // Storage: no memory for it. cancel: heard before a database is compiled.
    [[nodiscard]] Result<std::unique_ptr<Room>> makeRoom(const CancelToken &cancel = CancelToken()) const;

    // Appends the matches of a text of at most kLargestText bytes. Each rule's matches come in order and do not
    // overlap each other; those of different rules may. At most `most` of them are found. Fails before it searches,
    // where a database that the text needs is not there: Cancelled, Storage (no memory), and BadInput as compile().
    [[nodiscard]] Result<void> search(std::string_view text, Room &room, std::vector<PatternMatch> &found,
                                      size_t most = 10000) const;

private:
    struct Compiled
    {
        ByteRegex pattern;
        ByteRegex near; // of a rule that has one
        bool hasNear = false;
        unsigned width = 0;             // of the longest match, in bytes
        std::vector<unsigned> keywords; // ids of the literals
    };
    // What is searched around the end of a keyword.
    struct Reach
    {
        size_t group = 0;
        size_t before = 0;
        size_t behind = 0;
    };
    class Search;

    PatternSet() = default;
    Result<void> makeKeywords();
    Result<void> compileKeywords();
    Result<void> measure();
    Result<void> compileRule(const LeakRule &rule);
    Result<void> numberKeywords();
    void makeGroups();
    void measureReaches();
    QByteArray identityOfAll() const;
    void takeWidths(const QList<quint32> &widths);

    std::vector<LeakRule> m_rules;
    std::vector<Compiled> m_compiled;
    std::vector<QByteArray> m_words;           // the keywords, each once, by id
    std::vector<std::vector<Reach>> m_reaches; // of the keywords, one for each group that has rules with it
    std::vector<std::unique_ptr<const PatternGroup>> m_groups;
    PatternKeeping m_keeping;
    OnDatabase m_onDatabase;
    hs_database *m_keywords = nullptr; // none when no rule has any
};

class PatternSet::Room
{
public:
    ~Room();
    Q_DISABLE_COPY_MOVE(Room)

private:
    friend class PatternSet;
    friend class PatternSet::Search;
    Room() = default;

    CancelToken m_cancel;
    MatchRoom m_match;
    hs_scratch *m_scratch = nullptr;
    std::vector<bool> m_isReady;                      // by group: it is made, and the scratch is large enough for it
    std::vector<std::vector<unsigned>> m_keywordEnds; // by keyword, ascending
    std::vector<unsigned> m_keywordsSeen;
    std::vector<std::vector<std::pair<size_t, size_t>>> m_windows; // by group
    std::vector<size_t> m_searchedTo;                              // by rule: PCRE2 has seen the text up to here
    std::vector<size_t> m_lastMatch;                               // by rule: where its last match ended
};

} // namespace cockpit
