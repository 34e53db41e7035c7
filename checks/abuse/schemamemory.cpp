#include "checks/abuse/schemamemory.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kFound = "found"_L1;

void addOnce(std::vector<SchemaFound> &all, const SchemaFound &one)
{
    if (std::ranges::find(all, one) == all.end())
        all.push_back(one);
}

bool isVast(const QString &by)
{
    using enum MutationKind;
    const QString word = by.section(u' ', 0, 0);
    return std::ranges::any_of(std::initializer_list<MutationKind>{HugeBody, VastBody, DeepBody, ManyItems},
                               [&](MutationKind kind) { return word == toWord(kind); });
}

bool isByRead(const QString &by)
{
    return by == kBySearch || by == kByPage || by == kByAnswer;
}

} // namespace

std::vector<SchemaFound> foundIn(const QJsonObject &observed)
{
    std::vector<SchemaFound> all;
    if (!observed.contains(kFound)) {
        for (const QJsonValue row : observed.value("routes"_L1).toArray())
            addOnce(all, {.route = row["route"_L1].toString()});
        return all;
    }
    for (const auto key : {kFound, "not_tried_again"_L1}) {
        for (const QJsonValue row : observed.value(key).toArray()) {
            SchemaFound one{row["route"_L1].toString(), row["code"_L1].toString(), row["host"_L1].toString()};
            const QJsonArray by = row["by"_L1].toArray();
            for (const QJsonValue name : by) {
                one.by = name.toString();
                addOnce(all, one);
            }
            if (by.isEmpty())
                addOnce(all, one);
        }
    }
    return all;
}

QJsonArray rowsOf(const std::vector<SchemaFound> &found)
{
    std::vector<SchemaFound> heads; // without what it was found by
    for (const SchemaFound &one : found)
        addOnce(heads, {one.route, one.code, one.host});
    QJsonArray rows;
    for (const SchemaFound &head : heads) {
        QStringList by;
        for (const SchemaFound &one : found) {
            if (SchemaFound{one.route, one.code, one.host} == head && !one.by.isEmpty())
                by.append(one.by);
        }
        rows.append(QJsonObject{{u"route"_s, head.route},
                                {u"code"_s, head.code},
                                {u"host"_s, head.host},
                                {u"by"_s, QJsonArray::fromStringList(by)}});
    }
    return rows;
}

QStringList leftOutIn(const QJsonObject &before)
{
    QStringList names;
    for (const QJsonValue name : before.value("left_out"_L1).toArray())
        names.append(name.toString());
    return names;
}

QStringList readsToAskFirst(const QJsonObject &before)
{
    QStringList names = leftOutIn(before);
    for (const SchemaFound &one : foundIn(before)) {
        if (isByRead(one.by))
            names.append(one.route);
    }
    names.removeDuplicates();
    return names;
}

QStringList placesOfVastBodies(const QJsonObject &before)
{
    QStringList names;
    for (const SchemaFound &one : foundIn(before)) {
        if (isVast(one.by))
            names.append(one.route);
    }
    names.removeDuplicates();
    return names;
}

} // namespace cockpit
