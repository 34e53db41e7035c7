#include "checks/secrets/history.h"

#include "checks/secrets/leakjudge.h"
#include "checks/secrets/leaklook.h"

#include <QCoreApplication>

#include <set>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SecretsHistory)
};

Judged look(const Look &look)
{
    auto histories = leaksInHistories(look);
    if (!histories)
        return couldNotLook(histories.error());
    if (histories->repositories == 0 && !histories->all.gaps.isEmpty())
        return notRun(histories->all.gaps.join(u' '));
    if (histories->repositories == 0)
        return notApplicable(Text::tr("The code is not in a git repository, so it has no history here."));
    const auto files = leaksInSources(look, SourceKind::Code); // a bare repository has none
    const qsizetype before = static_cast<qsizetype>(histories->all.leaks.size());
    LeakReport past = onlyInHistory(std::move(histories->all), files ? files->leaks : std::vector<Leak>());
    Judged judged = judgeLeaks(past, LeakGround::History, look.facts.codeAudience);
    judged.observed.insert(u"also_in_files"_s, before - static_cast<qsizetype>(past.leaks.size()));
    return judged;
}

} // namespace

LeakReport onlyInHistory(LeakReport history, const std::vector<Leak> &inFiles)
{
    std::set<QByteArray> known;
    for (const Leak &leak : inFiles)
        known.insert(leak.fingerprint);
    std::erase_if(history.leaks, [&](const Leak &leak) { return known.contains(leak.fingerprint); });
    return history;
}

Check secretsHistoryCheck()
{
    return {.id = u"secrets.history"_s,
            .impacts = leakImpacts(),
            .needs = {Need::Folder},
            .sources = {SourceKind::Code},
            .look = look};
}

} // namespace cockpit
