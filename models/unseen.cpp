#include "models/unseen.h"

#include "models/jsonfields.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kPlace = "not_seen"_L1;

bool isHidden(const Finding &finding, const QJsonArray &gaps)
{
    return std::ranges::any_of(gaps, [&](const QJsonValue &gap) {
        const QString subject = gap["subject"_L1].toString();
        const QString code = gap["code"_L1].toString();
        return (subject.isEmpty() || subject == finding.subject) && (code.isEmpty() || code == finding.code);
    });
}

} // namespace

void noteUnseen(const std::vector<Unseen> &gaps, QJsonObject &observed)
{
    QJsonArray array;
    for (const Unseen &gap : gaps)
        array.append(
            QJsonObject{{u"subject"_s, json::textOrNull(gap.subject)}, {u"code"_s, json::textOrNull(gap.code)}});
    if (array.isEmpty())
        observed.remove(kPlace);
    else
        observed.insert(kPlace, array);
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
