#include "models/unseen.h"

#include "models/jsonfields.h"
#include "models/toldbyroute.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kPlace = "not_seen"_L1;

// A place that was not looked at hides whatever may be in it.
bool isIn(const QString &subject, const QString &place, bool isExact)
{
    return place.isEmpty() || subject == place || (!isExact && subject.startsWith(place + u' '));
}

bool isHidden(const Finding &finding, const QJsonArray &gaps)
{
    return std::ranges::any_of(gaps, [&](const QJsonValue &gap) {
        const QString subject = gap["subject"_L1].toString();
        const QString code = gap["code"_L1].toString();
        const QString host = gap["host"_L1].toString();
        const bool isOfIt = isIn(finding.subject, subject, gap["exact"_L1].toBool()) || isOfAllRoutes(finding);
        return isOfIt && (code.isEmpty() || code == finding.code) && (host.isEmpty() || host == finding.host);
    });
}

} // namespace

void noteUnseen(const std::vector<Unseen> &gaps, QJsonObject &observed)
{
    QJsonArray array;
    for (const Unseen &gap : gaps) {
        QJsonObject row{{u"subject"_s, json::textOrNull(gap.subject)}, {u"code"_s, json::textOrNull(gap.code)}};
        if (!gap.host.isEmpty())
            row.insert(u"host"_s, gap.host);
        if (gap.isExact)
            row.insert(u"exact"_s, true);
        array.append(row);
    }
    if (array.isEmpty())
        observed.remove(kPlace);
    else
        observed.insert(kPlace, array);
}

void addUnseen(const std::vector<Unseen> &gaps, QJsonObject &observed)
{
    std::vector<Unseen> all = unseenIn(observed);
    all.insert(all.end(), gaps.begin(), gaps.end());
    noteUnseen(all, observed);
}

std::vector<Unseen> unseenIn(const QJsonObject &observed)
{
    std::vector<Unseen> gaps;
    for (const QJsonValue gap : observed.value(kPlace).toArray())
        gaps.push_back({gap["subject"_L1].toString(), gap["code"_L1].toString(), gap["host"_L1].toString(),
                        gap["exact"_L1].toBool()});
    return gaps;
}

QStringList unseenSubjects(const QJsonObject &before)
{
    QStringList subjects;
    for (const QJsonValue gap : before.value(kPlace).toArray())
        subjects << gap["subject"_L1].toString();
    return subjects;
}

bool hasSeen(const CheckResult &result, const Finding &finding)
{
    switch (result.outcome) {
    case Outcome::NotRun:
    case Outcome::Error:
        return false;
    case Outcome::NotApplicable:
        return true;
    case Outcome::Pass:
    case Outcome::Warn:
    case Outcome::Fail:
    case Outcome::Info:
        break;
    }
    return !isHidden(finding, result.observed.value(kPlace).toArray());
}

} // namespace cockpit
