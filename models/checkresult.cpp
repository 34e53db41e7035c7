#include "models/checkresult.h"

#include "models/jsonfields.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kNothingToTry = "nothing_to_try"_L1;

} // namespace

std::optional<Severity> CheckResult::worstSeverity() const
{
    const auto worst = std::ranges::min_element(findings, {}, &Finding::severity); // ordered worst first
    return worst == findings.end() ? std::nullopt : std::optional(worst->severity);
}

QString CheckResult::key() const
{
    return host.isEmpty() ? checkId : checkId + u'@' + host;
}

QJsonObject toReportJson(const CheckResult &result)
{
    const auto worst = result.worstSeverity();
    return {
        {u"id"_s, result.checkId},
        {u"host"_s, json::textOrNull(result.host)},
        {u"outcome"_s, toWord(result.outcome)},
        {u"severity"_s, worst ? QJsonValue(toWord(*worst)) : QJsonValue(QJsonValue::Null)},
        {u"reason"_s, json::textOrNull(result.reason)},
        {u"summary"_s, json::textOrNull(result.summary)},
        {kNothingToTry, result.hasNothingToTry},
        {u"duration_ms"_s, static_cast<qint64>(result.duration.count())},
        {u"observed"_s, result.observed},
    };
}

QJsonObject toJson(const CheckResult &result)
{
    QJsonObject object = toReportJson(result);
    QJsonArray findings;
    for (const Finding &finding : result.findings)
        findings.append(toJson(finding));
    object.insert(u"findings"_s, findings);
    object.insert(u"evidence"_s, json::fromEvidence(result.evidence));
    return object;
}

std::optional<CheckResult> checkResultFromJson(const QJsonObject &object)
{
    const auto outcome = fromWord<Outcome>(object["outcome"_L1].toString());
    CheckResult result;
    result.checkId = object["id"_L1].toString();
    if (!outcome || result.checkId.isEmpty())
        return std::nullopt;

    result.host = object["host"_L1].toString();
    result.outcome = *outcome;
    result.summary = object["summary"_L1].toString();
    result.reason = object["reason"_L1].toString();
    result.duration = std::chrono::milliseconds(object["duration_ms"_L1].toInteger());
    result.observed = object["observed"_L1].toObject();
    result.hasNothingToTry = object[kNothingToTry].toBool() || result.observed.value(kNothingToTry).toBool();
    result.observed.remove(kNothingToTry); // where it stood in files of earlier versions
    for (const QJsonValue value : object["findings"_L1].toArray()) {
        const auto finding = findingFromJson(value.toObject());
        if (!finding)
            return std::nullopt; // half a result would look like a clean one
        result.findings.push_back(*finding);
    }
    result.evidence = json::toEvidence(object["evidence"_L1]);
    return result;
}

} // namespace cockpit
