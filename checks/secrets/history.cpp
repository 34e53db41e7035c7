#include "checks/secrets/history.h"

#include "checks/secrets/leakjudge.h"
#include "checks/secrets/leaklook.h"
#include "checks/secrets/runfingerprint.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SecretsHistory)
};

struct Histories
{
    LeakReport all;
    int repositories = 0;
};

Result<Histories> historiesOf(const Look &look, const std::vector<LocalSource> &sources, const QByteArray &key)
{
    std::vector<LeaksInHistory> questions;
    questions.reserve(sources.size());
    for (const LocalSource &source : sources)
        questions.push_back({source.path, key});
    Histories histories;
    for (const auto &answer : look.seen.askAll(questions)) {
        if (!*answer && answer->error().kind == ErrorKind::NotFound)
            continue; // a folder without a repository has no history
        if (!*answer)
            return tl::unexpected(answer->error());
        ++histories.repositories;
        LeakReport &all = histories.all;
        all.leaks = mergedLeaks(std::move(all.leaks), (*answer)->leaks);
        all.files += (*answer)->files;
        all.bytes += (*answer)->bytes;
        all.gaps += (*answer)->gaps;
    }
    return histories;
}

Judged look(const Look &look)
{
    const std::vector<LocalSource> sources = sourcesOf(SourceKind::Code, look.facts.sources);
    auto histories = historiesOf(look, sources, fingerprintKeyOf(look));
    if (!histories)
        return couldNotLook(histories.error());
    if (histories->repositories == 0)
        return notApplicable(Text::tr("The code is not in a git repository, so it has no history here."));
    const auto files = leaksInSources(look, SourceKind::Code); // a bare repository has none
    const qsizetype before = static_cast<qsizetype>(histories->all.leaks.size());
    LeakReport past = onlyInHistory(std::move(histories->all), files ? files->leaks : std::vector<Leak>());
    Judged judged = judgeLeaks(past, LeakGround::History);
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
