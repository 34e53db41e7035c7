// What the judges of settings have in common.
#pragma once

#include "checks/engine/check.h"
#include "checks/secrets/settings/readsettings.h"

namespace cockpit::env {

struct Fault
{
    QString code;
    Severity severity = Severity::Medium;
    Proof proof = Proof::Strong;
    Impact impact = Impact::Downtime;
    QString title;
    QString saw;
};

// About one name: its subject and its place are the setting's.
Finding settingFinding(const Fault &fault, const Setting &setting);
// With the places of the others as evidence; names and places, never values.
Finding withPlaces(Finding finding, const std::vector<const Setting *> &others);

// What its own file calls its environment, or else what we do. Empty: nobody said whose it is.
QString environmentLabel(const Setting &setting);

// The outcome from findings; what was not read becomes the reason, and a pass becomes info.
Judged concludedFrom(std::vector<Finding> findings, const QString &summary, QJsonObject observed,
                     const QStringList &gaps);
void addGap(Judged &judged, const QString &sentence);

// All sources of settings of the project: asked once a run by three checks.
ReadSettings settingsQuestion(const Look &look);

} // namespace cockpit::env
