#include "checks/monitor/eventlog.h"

#include "checks/engine/lookgaps.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(EventLog)
};

enum class State { Recorded, Missing, NotSeen };

struct Counted
{
    LogEvent event = LogEvent::FailedSignIn;
    qint64 told = 0;
    qint64 answers = 0;
    qint64 inTime = 0;
    State state = State::NotSeen;
};

bool covers(const EventsSeen &seen, qint64 at)
{
    return seen.from && seen.to && at >= *seen.from && at <= *seen.to;
}

Counted counted(LogEvent event, const std::vector<LogDigest> &digests)
{
    Counted sum{.event = event};
    qint64 productLines = 0;
    for (const LogDigest &digest : digests) {
        sum.told += digest.events.of(event).told;
        sum.answers += digest.events.of(event).answers;
        productLines += digest.events.productLines;
        sum.inTime += std::ranges::count_if(digest.events.of(event).answeredAt, [&digests](qint64 at) {
            return std::ranges::any_of(digests, [at](const LogDigest &one) { return covers(one.events, at); });
        });
    }
    if (sum.told > 0)
        sum.state = State::Recorded;
    else if (sum.inTime >= kFewestProvingAnswers && productLines >= kFewestProductLines)
        sum.state = State::Missing;
    return sum;
}

std::array<Counted, kLogEvents> allCounted(const std::vector<LogDigest> &digests)
{
    using enum LogEvent;
    return {counted(FailedSignIn, digests), counted(Refusal, digests), counted(LimitHit, digests),
            counted(FailedRelease, digests)};
}

QString stateWord(State state)
{
    switch (state) {
    case State::Recorded:
        return u"recorded"_s;
    case State::Missing:
        return u"missing"_s;
    case State::NotSeen:
        return u"not_seen"_s;
    }
    Q_UNREACHABLE();
}

QString nameOf(LogEvent event)
{
    switch (event) {
    case LogEvent::FailedSignIn:
        return Text::tr("failed sign-ins");
    case LogEvent::Refusal:
        return Text::tr("refusals");
    case LogEvent::LimitHit:
        return Text::tr("limits hit");
    case LogEvent::FailedRelease:
        return Text::tr("failed releases");
    }
    Q_UNREACHABLE();
}

struct Fault
{
    QString code;
    Severity severity = Severity::Medium;
    Impact impact = Impact::AccountTakeover;
    QString title;
};

// Empty for a failed release: nothing outside its own log tells of one.
Fault faultOf(LogEvent event)
{
    switch (event) {
    case LogEvent::FailedSignIn:
        return {.code = u"sign_ins_not_logged"_s,
                .severity = Severity::Medium,
                .impact = Impact::AccountTakeover,
                .title = Text::tr("Your logs say nothing about failed sign-ins")};
    case LogEvent::Refusal:
        return {.code = u"refusals_not_logged"_s,
                .severity = Severity::Medium,
                .impact = Impact::DataExposure,
                .title = Text::tr("Your logs say nothing about refused requests")};
    case LogEvent::LimitHit:
        return {.code = u"limits_not_logged"_s,
                .severity = Severity::Low,
                .impact = Impact::CostAbuse,
                .title = Text::tr("Your logs say nothing about limits that were hit")};
    case LogEvent::FailedRelease:
        return {};
    }
    Q_UNREACHABLE();
}

Finding findingOf(const Counted &one)
{
    const Fault fault = faultOf(one.event);
    // Two logs that were written apart from each other.
    Finding finding = makeFinding(
        fault.code, fault.severity, Proof::Strong, fault.impact, fault.title,
        Text::tr("The web server refused %n request(s) so in the time that the product's own log covers, and no line "
                 "of that log tells of one. Wanted: a line for each.",
                 nullptr, static_cast<int>(std::min<qint64>(one.inTime, EventSeen::kMostTimes))));
    finding.effortMinutes = 60;
    return finding;
}

QString reasonFor(const QStringList &unseen, const std::vector<LogDigest> &digests)
{
    qint64 productLines = 0;
    for (const LogDigest &digest : digests)
        productLines += digest.events.productLines;
    if (productLines < kFewestProductLines)
        return Text::tr("Only the web server's own log, or a few lines, were there. Name the log that your product "
                        "writes itself, of a busy day.");
    return Text::tr(
               "Not seen in these logs: %1. That may be because nothing of the kind happened. Sign in with a wrong "
               "password, open a page that you may not see, send many requests in a row, and look again; for "
               "releases name the log of a build that failed.")
        .arg(unseen.join(u", "_s));
}

} // namespace

Judged judgeEventLog(const LogsRead &read)
{
    if (read.failed)
        return couldNotLook(*read.failed);
    Judged judged;
    QJsonArray rows;
    QStringList recorded;
    QStringList unseen;
    LookGaps gaps;
    for (const Counted &one : allCounted(read.digests)) {
        rows.append(QJsonObject{{u"event"_s, toWord(one.event)},
                                {u"told"_s, one.told},
                                {u"answers"_s, one.answers},
                                {u"answers_in_time"_s, one.inTime},
                                {u"state"_s, stateWord(one.state)}});
        switch (one.state) {
        case State::Recorded:
            recorded += nameOf(one.event);
            break;
        case State::Missing:
            judged.findings.push_back(findingOf(one));
            break;
        case State::NotSeen:
            unseen += nameOf(one.event);
            if (const QString code = faultOf(one.event).code; !code.isEmpty())
                gaps.hideCodes({code});
            break;
        }
    }
    judged.observed = {{u"sources"_s, sourcesJson(read.digests)}, {u"events"_s, rows}};
    judged.outcome = outcomeFor(judged.findings);
    if (recorded.isEmpty() && judged.findings.empty())
        judged.outcome = Outcome::NotRun;
    else
        judged.summary = recorded.isEmpty() ? Text::tr("None of the events is recorded")
                                            : Text::tr("Recorded: %1").arg(recorded.join(u", "_s));
    if (!unseen.isEmpty())
        gaps.say(reasonFor(unseen, read.digests));
    gaps.add(anyBehind(read.gaps));
    leaveOpen(judged, gaps);
    return judged;
}

Check eventLogCheck()
{
    return {.id = u"monitor.event-log"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::AccountTakeover, Impact::DataExposure, Impact::CostAbuse},
            .needs = {Need::Folder},
            .sources = {SourceKind::Log, SourceKind::CiLog},
            .look = [](const Look &look) {
                return judgeEventLog(readLogs(look, {SourceKind::Log, SourceKind::CiLog}));
            }};
}

} // namespace cockpit
