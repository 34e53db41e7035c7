#include "checks/abuse/routeseries.h"

#include "checks/abuse/siegeengine.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/signupnotes.h"

#include <QCoreApplication>
#include <QUuid>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RouteSeries)
};

// A product at which several doors fail in a row is in trouble enough.
constexpr int kMostFailedDoors = 2;

QDateTime now()
{
    return QDateTime::currentDateTimeUtc();
}

// Mail to example.com arrives nowhere (RFC 2606).
QString newStranger()
{
    return u"lc-"_s + QUuid::createUuid().toString(QUuid::Id128).left(10) + u"@example.com"_s;
}

// The product's rules about this address or body, and no word about how often somebody asks.
bool isAboutTheContent(const EntryPoint &entry, const AbuseTry &one)
{
    return isSentBack(entry, one.answer) || one.answer.status == 400 || one.answer.status == 409 ||
           one.answer.status == 422;
}

// One series under way.
class SeriesRun
{
public:
    SeriesRun(const SeriesPlan &plan, Wire &wire, const BlockPatience &patience, SeriesReport &report)
        : m_plan(plan), m_wire(wire), m_patience(patience), m_report(report)
    {
        if (plan.asker)
            m_session.emplace(*plan.asker, wire);
    }

    void measure(const EntryPoint &entry);
    void race(const EntryPoint &entry);

private:
    // What a door did not answer ends it alone, unless the run is over or nothing answers any more.
    void noteError(const Error &error);
    void noteEnd(const Error &error); // the part about the run
    void noteFailure(const QString &why);
    ActorSession *sessionFor(const EntryPoint &entry)
    {
        return entry.route.access != AccessClass::Public && m_session ? &*m_session : nullptr;
    }
    // Nothing when it cannot be told what its answers mean; the reason is in `why`.
    bool isWorthTrying(const EntryPoint &entry, QString &why);
    void count(const EntryPoint &entry, EntryCaller &caller, RouteSeries &result);
    void askAtOnce(const EntryPoint &entry, EntryCaller &caller, RouteSeries &result);
    // patience: 0 for that of the run.
    [[nodiscard]] static Result<AbuseTry> send(EntryCaller &caller, const EntryValues &values,
                                               std::chrono::milliseconds patience = std::chrono::milliseconds(0));
    std::optional<AbuseTry> ask(EntryCaller &caller, const EntryValues &values);
    // Twice more, with the same status.
    bool staysRefused(EntryCaller &caller, const EntryValues &values, int status);

    const SeriesPlan &m_plan;
    Wire &m_wire;
    const BlockPatience &m_patience;
    SeriesReport &m_report;
    std::optional<ActorSession> m_session;
    std::optional<SignUpNotes> m_signUps; // of the door that is tried
    QString m_failure;                    // of the door that is tried: a sentence
    int m_failedDoors = 0;                // in a row
};

void SeriesRun::noteEnd(const Error &error)
{
    const bool endsAll = error.kind == ErrorKind::Cancelled || error.kind == ErrorKind::NotPermitted;
    if (endsAll || m_wire.seen().isOver())
        m_report.brokenOff = error.message;
}

void SeriesRun::noteError(const Error &error)
{
    noteEnd(error);
    noteFailure(error.message);
}

void SeriesRun::noteFailure(const QString &why)
{
    m_failure = why;
    if (++m_failedDoors >= kMostFailedDoors && m_report.brokenOff.isEmpty())
        m_report.brokenOff = why;
}

Result<AbuseTry> SeriesRun::send(EntryCaller &caller, const EntryValues &values, std::chrono::milliseconds patience)
{
    auto request = caller.request(values);
    if (!request)
        return tl::unexpected<Error>(request.error());
    request->timeoutMs = static_cast<int>(patience.count());
    auto answer = caller.send(*request);
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    return AbuseTry{std::move(*request), std::move(*answer)};
}

std::optional<AbuseTry> SeriesRun::ask(EntryCaller &caller, const EntryValues &values)
{
    auto one = send(caller, values);
    if (one) {
        m_signUps->heard(values.user, one->answer);
        return std::move(*one);
    }
    m_signUps->heard(values.user, one.error());
    noteError(one.error());
    return std::nullopt;
}

bool SeriesRun::isWorthTrying(const EntryPoint &entry, QString &why)
{
    auto reason = whyItTellsNothing(entry, m_wire, sessionFor(entry));
    if (!reason)
        noteError(reason.error());
    else
        why = std::move(*reason);
    return reason && why.isEmpty();
}

bool SeriesRun::staysRefused(EntryCaller &caller, const EntryValues &values, int status)
{
    for (int i = 0; i < kSeriesConfirmations; ++i) {
        const auto one = ask(caller, values);
        if (!one || one->answer.status != status)
            return false;
    }
    return true;
}

void SeriesRun::count(const EntryPoint &entry, EntryCaller &caller, RouteSeries &result)
{
    const bool isSignUp = entry.kind == EntryKind::SignUp;
    // One address, as each new one may leave an account.
    const EntryValues values{.user = isSignUp ? newStranger() : m_plan.mail,
                             .password = Secret("Lc-" + QUuid::createUuid().toByteArray(QUuid::Id128).left(16) + "-9")};
    if (auto begun = isSignUp ? m_signUps->begin(entry.route, values.user) : Result<void>(); !begun)
        return noteError(begun.error());
    std::vector<std::chrono::milliseconds> times;
    TrySeries &series = result.series;
    while (series.heard < mostTriesOf(entry.kind)) {
        auto one = ask(caller, values);
        if (!one)
            return;
        if (!series.first)
            series.first = one;
        series.sign = limitIn(one->answer, now());
        const bool isAccepted = one->answer.status < 400 && !(isSignUp && isSentBack(entry, one->answer));
        // The way back to the form is what success looks like as well: "/sign-up?step=verify".
        if (isSignUp && one->answer.status < 400 && !series.sign)
            result.made = {values.user};
        const bool isGuarded = entry.kind == EntryKind::Webhook;
        const bool isAnswered = isAccepted || (isGuarded && one->answer.status < 500 && one->answer.status != 404 &&
                                               one->answer.status != 405);
        if (!series.sign && series.heard == 0 && !isAnswered) {
            result.notTested = Text::tr("%1 does not take our example (status %2).")
                                   .arg(result.route, QString::number(one->answer.status));
            return;
        }
        times.push_back(std::chrono::duration_cast<std::chrono::milliseconds>(one->answer.timings.total));
        result.bytes = std::max<qint64>(result.bytes, one->answer.body.size());
        if (isSignUp && !series.sign && isAboutTheContent(entry, *one)) {
            result.notTested = Text::tr("%1 takes an address once and then no more (status %2), which is no sign of a "
                                        "limit. How many accounts one visitor may make was not tried, as each would "
                                        "stay.")
                                   .arg(result.route, QString::number(one->answer.status));
            return;
        }
        // What was taken before, is refused now and stays refused is held back as well.
        if (!series.sign && !isAnswered && one->answer.status < 500) {
            if (!staysRefused(caller, values, one->answer.status)) {
                if (m_failure.isEmpty()) // else no answer came at all
                    result.notTested = Text::tr("%1 answers the same request now so, now so.").arg(result.route);
                return;
            }
            series.sign = LimitSignal{.kind = LimitKind::Edge, .status = one->answer.status};
        }
        series.last = std::move(one);
        if (series.sign)
            break;
        if (!isAnswered) {
            noteFailure(
                Text::tr("%1 fails with status %2.").arg(result.route, QString::number(series.last->answer.status)));
            break;
        }
        ++series.heard;
    }
    std::ranges::sort(times);
    result.typical = times.empty() ? std::chrono::milliseconds(0) : times.at(times.size() / 2);
}

void SeriesRun::askAtOnce(const EntryPoint &entry, EntryCaller &caller, RouteSeries &result)
{
    auto request = caller.request({.user = m_plan.mail});
    if (!request)
        return;
    // As long as the last one would wait where one is answered after the other.
    const auto patience = kAtOnceTries * result.typical + m_wire.seen().options().operationTimeout;
    request->timeoutMs = static_cast<int>(patience.count());
    const std::vector<ActiveRequest> all(kAtOnceTries, *request);
    ActorSession *session = sessionFor(entry);
    AtOnce seen;
    for (auto &answer : session ? session->askAll(all, true) : m_wire.sendAll(all, true)) {
        const bool wasSent =
            answer || (answer.error().kind != ErrorKind::Cancelled && answer.error().kind != ErrorKind::NotPermitted);
        if (!wasSent)
            return; // stopped: nothing was measured
        countAtOnce(answer, *request, seen);
    }
    // The door was measured: that it bears no ten at once is said of it, and is no sign that the product fails.
    if (const auto last = send(caller, {.user = m_plan.mail}, patience))
        seen.servesAfterwards = last->answer.status < 400;
    else
        noteEnd(last.error());
    result.atOnce = std::move(seen);
}

void SeriesRun::measure(const EntryPoint &entry)
{
    RouteSeries result{.kind = entry.kind, .route = routeName(entry.route)};
    EntryCaller caller(entry, m_wire, sessionFor(entry));
    m_signUps.emplace(m_wire);
    m_failure.clear();
    if (entry.route.access != AccessClass::Public && !m_session)
        result.notTested = Text::tr("%1 needs a test account.").arg(result.route);
    else if (isWorthTrying(entry, result.notTested))
        count(entry, caller, result);
    m_signUps->end(result.made);
    if (result.notTested.isEmpty())
        result.notTested = m_failure;
    if (m_failure.isEmpty())
        m_failedDoors = 0;
    const bool isFree = result.notTested.isEmpty() && !result.series.isLimited() && m_report.brokenOff.isEmpty();
    if (isCostly(entry.kind) && isFree && result.series.heard > 0)
        askAtOnce(entry, caller, result);
    m_report.routes.push_back(std::move(result));
}

void SeriesRun::race(const EntryPoint &entry)
{
    m_failure.clear();
    auto look = raceAt(entry, m_plan.mail, m_wire, sessionFor(entry), m_patience);
    if (!look)
        noteError(look.error());
    else if (look->unknown() < look->tries)
        m_failedDoors = 0;
    m_report.races.push_back(look ? std::move(*look)
                                  : RaceLook{.route = routeName(entry.route), .notTested = look.error().message});
}

} // namespace

SeriesReport seriesOf(const SeriesPlan &plan, Wire &wire, const BlockPatience &patience)
{
    SeriesReport report{.notTried = plan.notTried};
    SeriesRun run(plan, wire, patience, report);
    for (const EntryPoint &entry : plan.entries) {
        if (!report.brokenOff.isEmpty() || wire.seen().isOver())
            break;
        if (entry.kind == EntryKind::OnceOnly)
            run.race(entry);
        else
            run.measure(entry);
    }
    return report;
}

} // namespace cockpit
