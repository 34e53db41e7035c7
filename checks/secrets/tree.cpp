#include "checks/secrets/tree.h"

#include "checks/secrets/leakjudge.h"
#include "checks/secrets/leaklook.h"

#include <algorithm>
#include <map>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// Who brought a value, whether HEAD has it and how it is taken out: what the history knows, and all of it: the commit
// that brought a value may have done so in another file, and of a file that git does not have none of its commits may
// have the value. It is read once in a run, whoever asks, and not for keys that are no finding. Where it could not be
// read, the value is a finding all the same, and secrets.history says why.
void addHistories(LeakReport &report, const Look &look)
{
    if (std::ranges::none_of(report.leaks, isOpenLeak))
        return;
    const auto histories = leaksInHistories(look);
    std::map<QByteArray, const Leak *> known;
    if (histories) {
        for (const Leak &leak : histories->all.leaks)
            known.emplace(leak.fingerprint, &leak);
    }
    const bool isWhole = histories && histories->all.gaps.isEmpty();
    for (Leak &leak : report.leaks) {
        if (const auto past = known.find(leak.fingerprint); past != known.end())
            leak.history = past->second->history;
        else
            leak.isHalfLookedUp = leak.outsideGit && !isWhole;
    }
}

Judged look(const Look &look)
{
    auto report = leaksInSources(look, SourceKind::Code);
    if (!report)
        return couldNotLook(report.error());
    addHistories(*report, look);
    return judgeLeaks(*report, LeakGround::Tree, look.facts.codeAudience);
}

} // namespace

Check secretsTreeCheck()
{
    return {.id = u"secrets.tree"_s,
            .impacts = leakImpacts(),
            .needs = {Need::Folder},
            .sources = {SourceKind::Code},
            .look = look};
}

} // namespace cockpit
