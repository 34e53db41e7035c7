// What Hyperscan searches with for the patterns of a few rules: read back or compiled when the first text asks for it.
// Internal to the folder.
//
// To compile the patterns of all rules takes seconds of a processor. Most texts hold the keywords of a few, so a start
// that looks at a change alone compiles what it needs.
#pragma once

#include "checks/secrets/leakrule.h"
#include "checks/secrets/patternkeep.h"

#include <QtGlobal>

#include <atomic>
#include <functional>
#include <mutex>
#include <span>

struct hs_database;

namespace cockpit {

// The width of the longest match of a rule's pattern in bytes; UINT_MAX: without end. Fails with BadInput, naming the
// rule, for a pattern that matches an empty text, or that Hyperscan cannot search for.
[[nodiscard]] Result<unsigned> widthOf(const LeakRule &rule);

class PatternGroup
{
public:
    enum class Wait { No, Yes };

    // rules: must outlive it. number: of the group, under which it is kept. first: the number of the first rule among
    // all, by which matches are reported.
    PatternGroup(std::span<const LeakRule> rules, size_t number, size_t first);
    ~PatternGroup();
    Q_DISABLE_COPY_MOVE(PatternGroup)

    bool isAlwaysOn() const { return m_isAlwaysOn; } // a rule without keywords: everything is searched
    const hs_database *database() const { return m_database.load(std::memory_order_acquire); } // null: not made yet

    // Reads it back from where it was kept of these very rules by this version of Hyperscan for this kind of
    // processor; else compiles it, which takes a tenth of a second and cannot be interrupted, and keeps it as soon as
    // it is done. Any thread may call. Wait::No: where another one is about to, nothing is done. onCompile: called
    // before it compiles. Fails as it does, and with BadInput for a pattern that does not compile, or where there is no
    // memory.
    [[nodiscard]] Result<void> make(Wait wait, const PatternKeeping &keeping, const OnDatabase &onCompile) const;

private:
    QByteArray identity() const;
    [[nodiscard]] Result<hs_database *> compiled() const;

    const std::span<const LeakRule> m_rules;
    const size_t m_number;
    const size_t m_first;
    const bool m_isAlwaysOn;
    mutable std::mutex m_making;
    mutable std::atomic<hs_database *> m_database{nullptr};
};

} // namespace cockpit
