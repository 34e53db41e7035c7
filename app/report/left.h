// What an earlier run left in the product, in the reports of an audit.
#pragma once

#include "checks/engine/leftremoval.h"

#include <QJsonArray>
#include <QString>

#include <vector>

class QXmlStreamWriter;

namespace cockpit {

struct LeftInReport
{
    std::vector<JournalEntry> before = {};  // that the project had when the audit began
    std::vector<LeftOutcome> outcomes = {}; // of the removal, where one was asked for; else empty
    QString notAsked = {};                  // a removal was asked for, and nothing could be sent: why
    QString tookAll = {};                   // the removal left no request for test attacks: a sentence
};

// [{"kind","text"|null,"check","account"|null,"route","host"|null,"record"|null,"at","run_cut_off","removed","reason"|null}]
QJsonArray leftJson(const LeftInReport &left);
// Empty where nothing was left. Lines are not wrapped.
QStringList leftLines(const LeftInReport &left);
// SARIF 2.1.0, section 3.58: what may still be there as a warning, what was removed now as a note. A test record of
// ours in a product is nothing that the product does wrong, and so no result. Empty where nothing was left.
QJsonArray leftNotifications(const LeftInReport &left);
// A suite of JUnit, with a case for each: passed where it was removed now, else skipped with the reason, as it is no
// failure of the product and no passed test either. Nothing where nothing was left.
void writeLeftSuite(QXmlStreamWriter &xml, const LeftInReport &left);

} // namespace cockpit
