// The cases of an active look (routes, files, tokens, crossings): what was found in them, how many told anything, what
// stays open, and how that becomes one judgement.
#pragma once

#include "checks/actors/writeplace.h"
#include "checks/engine/lookgaps.h"

#include <QJsonArray>

#include <algorithm>
#include <vector>

namespace cockpit {

// What several cases may have in common: one finding speaks of them all.
struct CaseFault
{
    QString code;
    Severity severity;
    Proof proof;
    Impact impact;
    QString title;
    QString wanted; // sentences: what was seen in all of them, and what should have been
};

struct CaseTally
{
    std::vector<Finding> findings = {};
    int told = 0;         // cases with an answer that tells, good or bad
    LookGaps gaps = {};   // what was not tried, or did not tell
    QJsonArray rows = {}; // for observed: one a case

    // With "not_tested" when there is such a sentence, which stays open; else the case has told something.
    void addRow(QJsonObject row, const QString &notTested);
    // Writes that nobody may try stay open. For observed: [{"route","why"}].
    QJsonArray addNotTried(const std::vector<UntriedWrite> &writes);
};

// Findings decide the outcome. Without any the look has not run when no case told or it was broken off, is Info when
// something stays open, and passes else. What stays open is told by leaveOpen() (lookgaps.h).
Judged judgedFrom(CaseTally tally, const QString &summary, QJsonObject observed);

// Of two findings with one id the surer one is kept.
void addOnce(std::vector<Finding> &findings, Finding finding);

// Those of one code together, in the order in which the codes came up. They point into `cases`; codeOf takes a case and
// gives its code.
template<typename Case, typename CodeOf>
std::vector<std::vector<const Case *>> groupedByCode(const std::vector<Case> &cases, CodeOf codeOf)
{
    std::vector<std::vector<const Case *>> groups;
    for (const Case &one : cases) {
        const auto same =
            std::ranges::find_if(groups, [&](const auto &group) { return codeOf(*group.front()) == codeOf(one); });
        if (same == groups.end())
            groups.push_back({&one});
        else
            same->push_back(&one);
    }
    return groups;
}

} // namespace cockpit
