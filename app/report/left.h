// What an earlier run left in the product, in the reports of an audit.
#pragma once

#include "checks/engine/leftremoval.h"

#include <QJsonArray>
#include <QString>

#include <vector>

namespace cockpit {

struct LeftInReport
{
    std::vector<JournalEntry> before = {};  // that the project had when the audit began
    std::vector<LeftOutcome> outcomes = {}; // of the removal, where one was asked for; else empty
    QString notAsked = {};                  // a removal was asked for, and nothing could be sent: why
};

// [{"kind","text"|null,"check","account"|null,"route","host"|null,"record"|null,"at","run_cut_off","removed","reason"|null}]
QJsonArray leftJson(const LeftInReport &left);
// Empty where nothing was left. Lines are not wrapped.
QStringList leftLines(const LeftInReport &left);

} // namespace cockpit
