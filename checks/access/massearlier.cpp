#include "checks/access/massearlier.h"

#include <QJsonArray>
#include <QJsonObject>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

const QString kId = u"access.mass-assignment"_s;

// Found then, or found before and not shown then either.
QStringList fieldsIn(const QJsonValue &row)
{
    QStringList names;
    for (const QJsonValue field : row["fields"_L1].toArray()) {
        const QString verdict = field["verdict"_L1].toString();
        if (verdict == "changed"_L1 || verdict == "moved"_L1)
            names.append(field["name"_L1].toString());
    }
    for (const QJsonValue name : row["not_shown"_L1].toArray())
        names.append(name.toString());
    return names;
}

} // namespace

QStringList earlierMassFields(const ProjectFacts &facts, const QString &route)
{
    QStringList names;
    for (const QJsonValue row : facts.lastObserved(kId)["routes"_L1].toArray()) {
        if (row["route"_L1].toString() == route)
            names.append(fieldsIn(row));
    }
    for (const Finding &finding : facts.openProblems) {
        if (finding.checkId == kId && finding.subject.startsWith(route + u' '))
            names.append(finding.subject.mid(route.size() + 1));
    }
    names.removeAll(QString());
    names.removeDuplicates();
    return names;
}

} // namespace cockpit
