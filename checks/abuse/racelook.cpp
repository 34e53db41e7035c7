#include "checks/abuse/racelook.h"

#include "checks/actors/limitsignal.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/writeanswer.h"
#include "checks/net/statusclass.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RaceLook)
};

// So many others have to be refused beside the one that got it: fewer may have come one after the other.
constexpr int kFewestRivals = 4;
constexpr std::chrono::milliseconds kUntilBooked{500};

QDateTime now()
{
    return QDateTime::currentDateTimeUtc();
}

// Whoever says when to come again has a limit, and not a fault (RFC 9110 section 15.6.4).
bool isHeldBack(const HttpResponse &answer, const QDateTime &at)
{
    return limitIn(answer, at) || (answer.status == 503 && answer.header("retry-after"));
}

bool isAccepted(const HttpResponse &answer)
{
    return isSuccess(answer) && !saysNo(answer);
}

bool isRefused(const HttpResponse &answer, const EntryPoint &entry)
{
    return (answer.status >= 400 && answer.status < 500) || (isSuccess(answer) && saysNo(answer)) ||
           isSentBack(entry, answer);
}

void noteQuota(const HttpResponse &answer, const QDateTime &at, RaceLook &race)
{
    for (const AnnouncedLimit &limit : announcedLimitsIn(answer, at)) {
        if (limit.quota)
            race.quota = std::max(race.quota.value_or(0), *limit.quota);
    }
}

// One more by itself, when what was taken is booked.
class Afterwards
{
public:
    Afterwards(EntryCaller &caller, QString mail, Wire &wire, const BlockPatience &patience)
        : m_caller(caller), m_mail(std::move(mail)), m_wire(wire), m_patience(patience)
    {
    }

    Result<void> look(RaceLook &race);

private:
    Result<void> ask(RaceLook &race);
    // A limit of unknown size says nothing of what counts once: what comes behind it may.
    bool waitsForTheEnd(const RaceLook &race) const;

    EntryCaller &m_caller;
    const QString m_mail;
    Wire &m_wire;
    const BlockPatience &m_patience;
};

Result<void> Afterwards::ask(RaceLook &race)
{
    auto request = m_caller.request({.user = m_mail});
    auto answer = request ? m_caller.send(*request) : Result<HttpResponse>(tl::unexpected<Error>(request.error()));
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    race.after = raceAfterIn(*answer, m_caller.entry(), now());
    noteQuota(*answer, now(), race);
    race.afterwards = AbuseTry{std::move(*request), std::move(*answer)};
    return {};
}

bool Afterwards::waitsForTheEnd(const RaceLook &race) const
{
    if (race.after != RaceAfter::HeldBack || race.successes < 2 || race.quota)
        return false;
    const auto sign = limitIn(race.afterwards->answer, now());
    const auto span = sign && sign->retryAfter ? *sign->retryAfter : m_patience.unnamed;
    const auto left = m_wire.seen().deadline().remaining() - std::chrono::seconds(5);
    if (span > m_patience.longest || span > left)
        return false;
    return !waitsOut(m_patience, span + kClockSlack, m_wire.seen(), m_wire.gate());
}

Result<void> Afterwards::look(RaceLook &race)
{
    if (waitsOut(m_patience, kUntilBooked, m_wire.seen(), m_wire.gate()))
        return {};
    if (const auto asked = ask(race); !asked || !waitsForTheEnd(race))
        return asked;
    RaceLook behind = race;
    if (const auto asked = ask(behind); !asked)
        return asked;
    if (behind.after == RaceAfter::Refused) // else it was a limit of so many in a time: how many is not known
        race = std::move(behind);
    return {};
}

std::vector<Result<HttpResponse>> sendTogether(const ActiveRequest &request, EntryCaller &caller, Wire &wire,
                                               ActorSession *session)
{
    ActiveRequest one = request;
    if (const Secret cookies = caller.cookies().headerFor(request.url, now()); !session && !cookies.isEmpty())
        one.headers.push_back({"Cookie", cookies.reveal()});
    const std::vector<ActiveRequest> all(kRaceTries, one);
    return session ? session->askAll(all, true) : wire.sendAll(all, true);
}

bool wasNeverSent(const Result<HttpResponse> &answer)
{
    return !answer && (answer.error().kind == ErrorKind::Cancelled || answer.error().kind == ErrorKind::NotPermitted);
}

} // namespace

std::chrono::seconds waitsOfRace(const BlockPatience &patience)
{
    return std::chrono::ceil<std::chrono::seconds>(kUntilBooked + patience.longest + kClockSlack);
}

RaceAfter raceAfterIn(const HttpResponse &answer, const EntryPoint &entry, const QDateTime &at)
{
    if (isHeldBack(answer, at))
        return RaceAfter::HeldBack;
    if (isAccepted(answer))
        return RaceAfter::Accepted;
    return isRefused(answer, entry) ? RaceAfter::Refused : RaceAfter::NotTold;
}

void countRaceAnswer(const Result<HttpResponse> &answer, const EntryPoint &entry, const QDateTime &at, RaceLook &race)
{
    ++race.tries;
    if (!answer) {
        ++(answer.error().kind == ErrorKind::TimedOut ? race.waited : race.broken);
        return;
    }
    noteQuota(*answer, at, race);
    if (isHeldBack(*answer, at))
        ++race.limited;
    else if (isAccepted(*answer))
        ++race.successes;
    else if (isRefused(*answer, entry))
        ++race.refused;
    else
        ++(answer->status >= 500 ? race.broken : race.odd);
}

RaceVerdict verdictOf(const RaceLook &race)
{
    using enum RaceVerdict;
    if (race.successes == 0)
        return NotTold;
    if (race.after == RaceAfter::Accepted)
        return Repeats;
    if (race.successes == 1) {
        if (race.unknown() > 0)
            return NotTold;
        const bool isOneByLimit = race.after == RaceAfter::HeldBack && race.quota == 1;
        const int rivals = race.refused + (isOneByLimit ? race.limited : 0);
        return rivals >= kFewestRivals ? Once : TooFewMet;
    }
    switch (race.after) {
    case RaceAfter::Refused:
        return Raced;
    case RaceAfter::HeldBack:
        if (race.quota)
            return race.successes > *race.quota ? Raced : KeepsTo;
        return Perhaps;
    case RaceAfter::Accepted:
    case RaceAfter::NotTold:
        break;
    }
    return NotTold;
}

Result<RaceLook> raceAt(const EntryPoint &entry, const QString &mail, Wire &wire, ActorSession *session,
                        const BlockPatience &patience)
{
    RaceLook race{.route = routeName(entry.route)};
    EntryCaller caller(entry, wire, session);
    const auto request = caller.request({.user = mail});
    if (!request)
        return tl::unexpected<Error>(request.error());
    if (const auto ready = session ? session->signIn() : Result<void>(); !ready)
        return tl::unexpected<Error>(ready.error());
    for (const auto &answer : sendTogether(*request, caller, wire, session)) {
        if (wasNeverSent(answer))
            return tl::unexpected<Error>(answer.error());
        countRaceAnswer(answer, entry, now(), race);
        if (answer && isAccepted(*answer) && !isHeldBack(*answer, now()))
            race.success = AbuseTry{*request, *answer};
    }
    if (race.successes == 0) {
        race.notTested =
            race.limited > 0
                ? Text::tr("%1 was held back at once, so that ten at the same moment tell nothing.").arg(race.route)
                : Text::tr("%1 does not take our example: put a code that was not used yet into it.").arg(race.route);
        return race;
    }
    if (const auto asked = Afterwards(caller, mail, wire, patience).look(race); !asked)
        return tl::unexpected<Error>(asked.error());
    return race;
}

} // namespace cockpit
