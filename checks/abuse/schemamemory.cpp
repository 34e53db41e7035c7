#include "checks/abuse/schemamemory.h"

#include "checks/abuse/schemafindings.h"
#include "models/unseen.h"

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

QStringList keptCodesIn(const QJsonValue &row)
{
    QStringList codes;
    const QJsonArray words = row["kept"_L1].toArray();
    for (int kind = 0; kind <= static_cast<int>(MutationKind::ManyItems); ++kind) {
        const auto one = static_cast<MutationKind>(kind);
        if (words.contains(toWord(one)))
            codes.append(codeOf(one));
    }
    return codes;
}

QStringList codesOfBodies()
{
    QStringList codes{u"template_evaluated"_s, u"sql_error"_s, u"html_stored"_s,
                      u"html_reflected"_s,     u"crash"_s,     u"slow_answer"_s};
    for (int kind = 0; kind <= static_cast<int>(MutationKind::ManyItems); ++kind)
        codes.append(codeOf(static_cast<MutationKind>(kind)));
    codes.removeAll(QString());
    return codes;
}

// As earlier versions wrote them. Where that look could not tell all, what it did not find may be at any route.
std::vector<SchemaFound> foundByRows(const QJsonObject &observed, const QStringList &openOfAll)
{
    const std::vector<Unseen> unseen = unseenIn(observed);
    const bool hidAll = std::ranges::find(unseen, Unseen()) != unseen.end();
    std::vector<SchemaFound> all;
    for (const QJsonValue row : observed.value("routes"_L1).toArray()) {
        QStringList codes = hidAll ? codesOfBodies() : keptCodesIn(row) + openOfAll;
        if (row["crashed"_L1].toInt() > 0)
            codes.append(u"crash"_s);
        for (const QString &code : codes)
            addOnce(all, {.route = row["route"_L1].toString(), .code = code});
    }
    return all;
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

std::vector<SchemaFound> foundIn(const QJsonObject &observed, const QStringList &openOfAll)
{
    std::vector<SchemaFound> all;
    if (!observed.contains(kFound))
        return foundByRows(observed, openOfAll);
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
