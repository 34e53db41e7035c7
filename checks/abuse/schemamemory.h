// What looks of abuse.schema found on which route, and by which request: that nobody sent it again is no mend. In
// observed: "found", of this look, and "not_tried_again", of earlier ones: [{"route","code","host","by": [names]}]; and
// "left_out": names of reads that were not asked.
#pragma once

#include "checks/abuse/badinput.h"

#include <QJsonArray>
#include <QJsonObject>

#include <vector>

namespace cockpit {

// What it was found by, beside bodies.
inline const QString kBySearch = QStringLiteral("search"); // words in the address
inline const QString kByPage = QStringLiteral("page");     // the length of a list
inline const QString kByAnswer = QStringLiteral("answer"); // a good one, beside its description

struct SchemaFound
{
    QString route; // "PATCH /me", the finding's subject
    // The finding's. Earlier versions, which raised one of all routes, wrote down no host, and not by what it was
    // found.
    QString code = {};
    QString host = {};
    QString by = {}; // Mutation::name(), or one of those above

    bool operator==(const SchemaFound &) const = default;
};

// All that the look found, and what it owed itself. Each once. openOfAll: codes of open findings of all routes; an
// earlier version's rows do not say at which of them those were.
std::vector<SchemaFound> foundIn(const QJsonObject &observed, const QStringList &openOfAll = {});
// One row for each finding.
QJsonArray rowsOf(const std::vector<SchemaFound> &found);

// For the next look. Names of routes: what was left out, then where something was found by a read or not tried again.
QStringList readsToAskFirst(const QJsonObject &before);
// Where a body that is tried once in a run, being so large, told something.
QStringList placesOfVastBodies(const QJsonObject &before);
QStringList leftOutIn(const QJsonObject &before);

} // namespace cockpit
