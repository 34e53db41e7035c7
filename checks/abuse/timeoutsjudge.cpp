#include "checks/abuse/timeouts.h"
#include "checks/actors/requestproof.h"
#include "checks/engine/lookgaps.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Timeouts)
};

constexpr std::ptrdiff_t kFewestHung = 2; // one that hangs is an accident
constexpr int kSlowerBy = 5;
constexpr std::chrono::milliseconds kLongRead{2000};

QString secondsOf(std::chrono::milliseconds time)
{
    return QString::number(static_cast<double>(time.count()) / 1000, 'f', time.count() < 10'000 ? 1 : 0);
}

std::ptrdiff_t countServed(const std::vector<VisitorRead> &reads)
{
    return std::ranges::count_if(reads, &VisitorRead::isServed);
}

// No answer, an error, or one that came much later than before.
std::ptrdiff_t countHung(const SlowVisits &visits)
{
    const auto before = typicalTime(visits.before);
    return std::ranges::count_if(visits.during, [&](const VisitorRead &read) {
        return read.isFailed() || (read.isServed() && read.took > kLongRead && read.took > kSlowerBy * before);
    });
}

std::ptrdiff_t countHeld(const SlowVisits &visits)
{
    return std::ranges::count_if(visits.bodies, &SlowTry::wasHeld);
}

QJsonArray rowsOf(const std::vector<VisitorRead> &reads)
{
    QJsonArray rows;
    for (const VisitorRead &read : reads)
        rows.append(QJsonObject{{u"end"_s, toWord(read.end)},
                                {u"status"_s, read.status},
                                {u"ms"_s, static_cast<qint64>(read.took.count())}});
    return rows;
}

QJsonObject rowOf(const SlowTry &one)
{
    return {{u"end"_s, toWord(one.end)}, {u"status"_s, one.status}, {u"ms"_s, static_cast<qint64>(one.took.count())}};
}

QJsonObject observedIn(const SlowVisits &visits)
{
    return {{u"slow_route"_s, visits.slowRoute},
            {u"slow_requests"_s, static_cast<int>(visits.bodies.size())},
            {u"held"_s, static_cast<int>(countHeld(visits))},
            {u"read_route"_s, visits.read.routeName},
            {u"before"_s, rowsOf(visits.before)},
            {u"during"_s, rowsOf(visits.during)},
            {u"after"_s, rowsOf(visits.after)},
            {u"slow_body"_s, rowOf(visits.body)},
            {u"slow_head"_s, rowOf(visits.head)},
            {u"waited_ms"_s, static_cast<qint64>(visits.pace.most.count())},
            {u"requests"_s, visits.requests}};
}

QString linesOf(const QString &when, const std::vector<VisitorRead> &reads)
{
    QStringList lines;
    for (const VisitorRead &read : reads)
        lines.append(when + u": "_s + describe(read));
    return lines.join(u'\n');
}

QString lineOf(const QString &what, const SlowTry &one)
{
    return one.end == SlowEnd::Kept ? Text::tr("%1: still waited for after %2 s").arg(what, secondsOf(one.took))
                                    : Text::tr("%1: cut off after %2 s").arg(what, secondsOf(one.took));
}

// What was seen of the ordinary reads, and how to see it again by hand.
Evidence evidenceIn(const SlowVisits &visits)
{
    const QString read = curlLine(visits.read, visits.known);
    // A body from a pipe that stays open is sent as it comes, in chunks.
    const QString slow = u"(printf '{'; sleep 60) | curl -sS -X %1 -T - %2"_s.arg(
        QString::fromLatin1(visits.slow.method), visits.slow.url.toString(QUrl::RemoveQuery | QUrl::FullyEncoded));
    QStringList parts{linesOf(Text::tr("before"), visits.before), linesOf(Text::tr("meanwhile"), visits.during),
                      linesOf(Text::tr("afterwards"), visits.after)};
    if (visits.body.wasHeld())
        parts.append(lineOf(Text::tr("a slow body"), visits.body));
    if (visits.head.wasHeld())
        parts.append(lineOf(Text::tr("a slow head"), visits.head));
    parts.removeAll(QString());
    return {Text::tr("%n slow request(s) to %1, and reads of %2", nullptr, static_cast<int>(visits.bodies.size()))
                .arg(visits.slowRoute, visits.read.routeName),
            parts.join(u'\n') + u"\n\n"_s + slow + u" &\n"_s + read};
}

Finding withPlace(Finding finding, const SlowVisits &visits)
{
    finding.host = visits.host;
    finding.effortMinutes = 45;
    finding.evidence = {evidenceIn(visits)};
    return finding;
}

Finding tiedUp(const SlowVisits &visits)
{
    return withPlace(
        makeFinding(u"slow_requests_tie_up"_s, Severity::High, Proof::Strong, Impact::Downtime,
                    Text::tr("A few slow visitors keep everybody else out"),
                    Text::tr("While %n request(s) to %1 were sent letter by letter, %2 was not answered in time (%3 "
                             "of %4 times). Before and after, it was.",
                             nullptr, static_cast<int>(visits.bodies.size()))
                        .arg(visits.slowRoute, visits.read.routeName, QString::number(countHung(visits)),
                             QString::number(visits.during.size()))),
        visits);
}

Finding keptOpen(const SlowVisits &visits)
{
    QStringList kept;
    if (visits.body.end == SlowEnd::Kept)
        kept.append(Text::tr("a body that does not end"));
    if (visits.head.end == SlowEnd::Kept)
        kept.append(Text::tr("a head that does not end"));
    return withPlace(
        makeFinding(u"slow_request_kept"_s, Severity::Low, Proof::Strong, Impact::Downtime,
                    Text::tr("The server waits very long for a slow request"),
                    Text::tr("After %1 s the server still waited for %2. Others were served meanwhile, so that %n "
                             "such request(s) did no harm; many of them might.",
                             nullptr, static_cast<int>(visits.bodies.size()))
                        .arg(secondsOf(visits.pace.most), kept.join(Text::tr(" and ")))),
        visits);
}

// Why nothing is told about the product; empty when something is.
QString whyNot(const SlowVisits &visits)
{
    if (!visits.brokenOff.isEmpty())
        return visits.brokenOff;
    if (!visits.notTested.isEmpty())
        return visits.notTested;
    if (countServed(visits.before) < static_cast<std::ptrdiff_t>(visits.before.size()) || visits.before.empty())
        return Text::tr("%1 was not always served even before, so that nothing can be compared.")
            .arg(visits.read.routeName);
    const auto isLimited = [](const VisitorRead &read) { return read.end == VisitEnd::Limited; };
    if (std::ranges::any_of(visits.during, isLimited) || std::ranges::any_of(visits.after, isLimited))
        return Text::tr("The product limited our requests. Try again later, or let this program through at your edge.");
    if (countServed(visits.after) < static_cast<std::ptrdiff_t>(visits.before.size()))
        return Text::tr("%1 was not served any more afterwards. Look whether your product still runs.")
            .arg(visits.read.routeName);
    if (visits.during.empty() &&
        std::ranges::any_of(visits.bodies, [](const SlowTry &one) { return one.end == SlowEnd::Kept; }))
        return Text::tr("No ordinary read could be sent while the slow requests were open: other checks had their "
                        "turn. Run this check alone.");
    return {};
}

bool isOdd(const SlowVisits &visits)
{
    return countServed(visits.during) < static_cast<std::ptrdiff_t>(visits.during.size()) || countHung(visits) > 0;
}

QString toldOf(const SlowTry &one, const QString &what)
{
    switch (one.end) {
    case SlowEnd::NotTried:
        return Text::tr("%1 could not be tried: %2", "what; why").arg(what, one.problem);
    case SlowEnd::Answered:
        return Text::tr("%1 was answered before it was whole (status %2), so that nothing is known of how long the "
                        "server waits.")
            .arg(what, QString::number(one.status));
    case SlowEnd::CutOff:
    case SlowEnd::Kept:
        return {};
    }
    Q_UNREACHABLE();
}

Judged withoutFinding(const SlowVisits &visits)
{
    QStringList open{toldOf(visits.body, Text::tr("A slow body")), toldOf(visits.head, Text::tr("A slow head"))};
    if (isOdd(visits))
        open = {Text::tr("One ordinary read was not served in time while the slow requests were open, and others "
                         "were. Run the check again.")};
    open.removeAll(QString());
    if (!visits.body.wasHeld() && !visits.head.wasHeld())
        return notRun(open.join(u' '));
    Judged judged;
    if (!open.isEmpty()) {
        judged.outcome = Outcome::Info;
        judged.reason = open.join(u' ');
    }
    return judged;
}

} // namespace

Judged judgeTimeouts(const SlowVisits &visits)
{
    QJsonObject observed = observedIn(visits);
    const QString summary =
        Text::tr("%n slow request(s) to %1 while %2 was read", nullptr, static_cast<int>(visits.bodies.size()))
            .arg(visits.slowRoute, visits.read.routeName);
    const QString why = whyNot(visits);
    std::vector<Finding> found;
    if (why.isEmpty() && countHung(visits) >= kFewestHung)
        found = {tiedUp(visits)};
    else if (why.isEmpty() && !isOdd(visits) && (visits.body.end == SlowEnd::Kept || visits.head.end == SlowEnd::Kept))
        found = {keptOpen(visits)};
    if (!found.empty())
        return concluded(std::move(found), summary, observed, {});
    Judged judged = why.isEmpty() ? withoutFinding(visits) : notRun(why);
    judged.hasNothingToTry = visits.hasNoRead && visits.brokenOff.isEmpty();
    if (judged.outcome == Outcome::Pass && visits.body.end == SlowEnd::CutOff)
        judged.evidence = {evidenceIn(visits)};
    judged.observed = observed;
    judged.summary = summary;
    if (judged.outcome != Outcome::Pass)
        leaveOpen(judged, LookGap{.hides = {{}}}); // the reason is there
    return judged;
}

} // namespace cockpit
