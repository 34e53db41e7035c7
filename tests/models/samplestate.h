// Small states that the tests of ranking, verdict and plan share.
#pragma once

#include "models/projectstate.h"
#include "models/roadmap.h"

namespace cockpit::sample {

inline QDateTime noon()
{
    return QDateTime::fromString(QStringLiteral("2026-03-01T12:00:00Z"), Qt::ISODate);
}

inline Finding finding(const QString &checkId, Severity severity, Proof proof = Proof::Proven,
                       Impact impact = Impact::DataExposure, const QString &code = QStringLiteral("broken"))
{
    Finding finding;
    finding.checkId = checkId;
    finding.code = code;
    finding.severity = severity;
    finding.proof = proof;
    finding.impact = impact;
    finding.title = checkId + QStringLiteral(" is broken");
    return finding;
}

inline CheckResult result(const QString &checkId, Outcome outcome, const QString &host = {},
                          const std::vector<Finding> &findings = {})
{
    CheckResult result;
    result.checkId = checkId;
    result.host = host;
    result.outcome = outcome;
    result.findings = findings;
    return result;
}

inline Answer answer(const QString &subject, AnswerValue value)
{
    Answer answer;
    answer.subject = subject;
    answer.value = value;
    answer.by = QStringLiteral("Jo");
    return answer;
}

inline Decision decision(const QString &findingId, DecisionKind kind)
{
    Decision decision;
    decision.findingId = findingId;
    decision.kind = kind;
    return decision;
}

inline void open(ProjectState &state, const Finding &finding)
{
    applyResults(state, {result(finding.checkId, Outcome::Fail, finding.host, {finding})}, noon());
}

inline Item item(const QString &id, ItemKind kind, const QStringList &checks = {})
{
    Item item;
    item.id = id;
    item.kind = kind;
    item.text = id;
    item.checks = checks;
    return item;
}

// One line in the minimum bar (bar.one), one stage check (stage.one) and one failure signal (stage.two).
inline Roadmap roadmap()
{
    Roadmap roadmap;
    roadmap.id = QStringLiteral("r");
    roadmap.minimumBar = {item(QStringLiteral("r.bar.1"), ItemKind::MinimumBar, {QStringLiteral("bar.one")})};
    Stage stage;
    stage.number = 1;
    stage.checks = {item(QStringLiteral("r.1.c1"), ItemKind::Check, {QStringLiteral("stage.one")})};
    stage.failureSignals = {item(QStringLiteral("r.1.f1"), ItemKind::FailureSignal, {QStringLiteral("stage.two")})};
    roadmap.stages = {stage};
    return roadmap;
}

inline ProjectState allPassed()
{
    ProjectState state;
    applyResults(state,
                 {result(QStringLiteral("bar.one"), Outcome::Pass), result(QStringLiteral("stage.one"), Outcome::Pass),
                  result(QStringLiteral("stage.two"), Outcome::Pass)},
                 noon());
    return state;
}

} // namespace cockpit::sample
