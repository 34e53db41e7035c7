// What the answers for well-known files mean.
#include "checks/exposure/files.h"
#include "checks/exposure/pathreport.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ExposedFiles)
};

// A refusal by name protects as long as nobody goes around whoever refuses (facts 13.3).
void mentionEdge(Judged &judged, const QStringList &blocked)
{
    if (judged.outcome != Outcome::Pass || blocked.isEmpty())
        return;
    judged.outcome = Outcome::Info;
    judged.reason = Text::tr("%n address(es) blocked by the edge, for example %1, while invented ones are "
                             "not. That says nothing about what lies behind: still check the origin server.",
                             nullptr, static_cast<int>(blocked.size()))
                        .arg(blocked.front());
}

} // namespace

Judged judgeFiles(const std::vector<AskedPath> &asked, const std::vector<HttpResponse> &baselines)
{
    const auto answered = std::ranges::count_if(asked, [](const AskedPath &one) { return one.first.has_value(); });
    if (answered == 0)
        return couldNotLook(
            {ErrorKind::Unreachable,
             Text::tr("None of %n file(s) asked for got an answer.", nullptr, static_cast<int>(asked.size())),
             {}});
    const std::vector<const AskedPath *> proven = provenAmong(asked, baselines);
    const QString summary =
        proven.empty()
            ? Text::tr("None of %n well-known file(s) can be downloaded", nullptr, static_cast<int>(answered))
            : Text::tr("%n file(s) can be downloaded", nullptr, static_cast<int>(proven.size()));
    Judged judged = concluded(onePerRule(proven), summary, observedPaths({baselines, asked}, proven),
                              {evidenceOf(baselines.front())});
    mentionEdge(judged, blockedAmong(asked, baselines));
    admitUntold(judged, untoldAmong(asked, baselines));
    return judged;
}

} // namespace cockpit
