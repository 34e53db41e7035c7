#include "checks/secrets/guardreport.h"

#include "checks/engine/lookgaps.h"
#include "checks/web/report.h"
#include "models/jsonfields.h"
#include "models/redactor.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SecretGuards)
};

QString placeOf(const GuardUse &use)
{
    return use.line > 0 ? u"%1:%2"_s.arg(use.file, QString::number(use.line)) : use.file;
}

} // namespace

QJsonObject observedGuard(const GuardUse &use)
{
    return {{u"id"_s, use.guard.id},
            {u"name"_s, use.guard.name},
            {u"covers"_s, use.guard.covers},
            {u"file"_s, use.file},
            {u"line"_s, use.line > 0 ? QJsonValue(use.line) : QJsonValue()},
            {u"stops"_s, use.stops},
            {u"each_change"_s, use.isOnEachChange},
            {u"narrow"_s, use.guard.isNarrow},
            {u"weakness"_s, json::textOrNull(use.weakness)}};
}

QString describedGuard(const GuardUse &use)
{
    return Text::tr("%1 in %2 covers %3.").arg(use.guard.name, use.file, use.guard.covers);
}

Evidence guardEvidence(const QString &title, const std::vector<GuardUse> &uses)
{
    QStringList lines;
    for (const GuardUse &use : uses)
        lines += u"%1  %2  %3"_s.arg(placeOf(use), use.guard.name, use.weakness).trimmed();
    return {title, plainText(lines.join(u'\n'))};
}

Finding guardFinding(const GuardFault &fault, const QString &subject, const std::vector<GuardUse> &uses)
{
    Finding finding;
    finding.code = fault.code;
    finding.subject = subject;
    finding.severity = fault.severity;
    finding.proof = Proof::Strong;
    finding.impact = Impact::DataExposure;
    finding.title = fault.title;
    finding.whatWeSaw = fault.saw;
    finding.effortMinutes = 30;
    if (!uses.empty()) {
        finding.location = Location{uses.front().file, uses.front().line, {}};
        finding.evidence = {guardEvidence(Text::tr("Where guards are called"), uses)};
    }
    return finding;
}

Judged withGaps(Judged judged, const QStringList &gaps)
{
    leaveOpen(judged, anyBehind(gaps));
    return judged;
}

} // namespace cockpit
