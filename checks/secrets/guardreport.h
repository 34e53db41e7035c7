// What the two checks of guards say alike.
#pragma once

#include "checks/engine/check.h"
#include "checks/secrets/secretguards.h"

#include <QJsonObject>

namespace cockpit {

// {"id","name","covers","file","line"|null,"stops","each_change","narrow","weakness"|null}
QJsonObject observedGuard(const GuardUse &use);
// "gitleaks in .github/workflows/scan.yml covers keys of…"
QString describedGuard(const GuardUse &use);
// One line for each, for evidence.
Evidence guardEvidence(const QString &title, const std::vector<GuardUse> &uses);

struct GuardFault
{
    QString code;
    Severity severity = Severity::Medium;
    QString title;
    QString saw;
};
// subject: which code, where there are several. At the first use, if there is any.
Finding guardFinding(const GuardFault &fault, const QString &subject, const std::vector<GuardUse> &uses);

// Completes a judgement: gaps are its reason, and it passes only without any.
Judged withGaps(Judged judged, const QStringList &gaps);

} // namespace cockpit
