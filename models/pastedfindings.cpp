#include "models/pastedfindings.h"

#include "models/jsonfields.h"

#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kPlace = "pasted"_L1;

} // namespace

void notePasted(const std::vector<Finding> &findings, QJsonObject &observed)
{
    QJsonArray rows;
    for (const Finding &finding : findings)
        rows.append(QJsonObject{{u"code"_s, finding.code}, {u"subject"_s, json::textOrNull(finding.subject)}});
    if (rows.isEmpty())
        observed.remove(kPlace);
    else
        observed.insert(kPlace, rows);
}

std::vector<Unseen> pastedIn(const QJsonObject &observed)
{
    std::vector<Unseen> gaps;
    for (const QJsonValue row : observed[kPlace].toArray())
        gaps.push_back({row["subject"_L1].toString(), row["code"_L1].toString(), {}});
    return gaps;
}

bool isOfPasted(const Finding &finding, const QJsonObject &observed)
{
    return std::ranges::any_of(pastedIn(observed), [&](const Unseen &one) {
        return one.code == finding.code && one.subject == finding.subject;
    });
}

void keepPasted(const QJsonObject &before, QJsonObject &observed)
{
    if (const QJsonValue rows = before[kPlace]; !rows.toArray().isEmpty()) {
        observed.insert(kPlace, rows);
        addUnseen(pastedIn(before), observed);
    }
}

} // namespace cockpit
