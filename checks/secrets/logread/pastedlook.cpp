#include "checks/secrets/logread/pastedlook.h"

#include "checks/engine/lookgaps.h"
#include "models/pastedfindings.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LogReading)
};

} // namespace

QString pastedName()
{
    return Text::tr("pasted text");
}

Judged withPasted(const Look &look, const QString &checkId, Judged judged, const std::optional<Judged> &alone)
{
    if (alone) {
        notePasted(alone->findings, judged.observed);
        return judged;
    }
    const QJsonObject before = look.facts.lastObserved(checkId);
    if (pastedIn(before).empty())
        return judged;
    keepPasted(before, judged.observed); // also for the look after this one
    if (judged.outcome == Outcome::NotRun || judged.outcome == Outcome::Error)
        return judged;
    const QString gap = Text::tr("What was pasted on an earlier look was not read again: paste it anew to see whether "
                                 "it still shows what was found.");
    leaveOpen(judged, LookGap{.sentence = gap}); // its findings are kept
    return judged;
}

} // namespace cockpit
