#include "checks/access/enumerationlook.h"

#include "checks/actors/limitsignal.h"
#include "checks/actors/routeaddress.h"
#include "checks/net/urlhost.h"
#include "checks/web/obstacle.h"

#include <QCoreApplication>
#include <QRandomGenerator>
#include <QUuid>

#include <algorithm>
#include <map>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Enumeration)
};

std::optional<int> statusOfUnknown(const EnumerationEntry &entry)
{
    const auto first = std::ranges::find_if(entry.samples, [](const auto &one) { return !one.isKnown; });
    return first == entry.samples.end() ? std::nullopt : std::optional(first->features.status);
}

// Nobody was found by a name that has no account, and somebody by one that has. Another refusal may be about the domain
// of our example, which takes no mail.
bool saysThatThereIsNobody(const EnumerationEntry &entry)
{
    const bool knowsSomebody =
        std::ranges::any_of(entry.samples, [](const auto &one) { return one.isKnown && !one.isRefused; });
    return entry.kind == EntryKind::MagicLink && knowsSomebody && statusOfUnknown(entry) == 404;
}

// The last sample, of an address that was sent before, has an answer that none of the new ones had.
bool hasBecomeKnown(const EnumerationEntry &entry)
{
    int fresh = 0;
    for (const EnumerationSample &one : entry.samples) {
        if (!one.isKnown && fresh++ < kMostNewNames && one.features == entry.samples.back().features)
            return false;
    }
    return true;
}

// "A field is missing" says nothing about accounts, unlike a refusal of whoever is signed out.
bool isNotUnderstood(const EnumerationSample &sample)
{
    const int status = sample.features.status;
    return status >= 400 && status != 401 && status != 403 && status != 404;
}

} // namespace

EnumerationRun::EnumerationRun(const EnumerationPlan &plan, Wire &wire, AnswerTime timeOf)
    : m_plan(plan), m_wire(wire), m_timeOf(std::move(timeOf))
{
    if (plan.inviter)
        m_session.emplace(*plan.inviter, wire);
}

ActorSession *EnumerationRun::sessionFor(const EntryPoint &entry)
{
    return entry.kind == EntryKind::Invite && m_session ? &*m_session : nullptr;
}

bool EnumerationRun::isLimited(const HttpResponse &answer)
{
    return limitIn(answer, QDateTime::currentDateTimeUtc()).has_value();
}

bool EnumerationRun::sample(EntryCaller &caller, const AskedName &asked, EnumerationEntry &entry)
{
    const Secret wrong("Lc-" + QUuid::createUuid().toByteArray(QUuid::Id128).left(16) + "-9");
    auto request = caller.request({.user = asked.name, .password = wrong});
    auto answer = request ? caller.send(*request) : Result<HttpResponse>(tl::unexpected<Error>(request.error()));
    if (!request) {
        entry.stopped = request.error().message;
        return false;
    }
    if (m_signUps && answer)
        m_signUps->heard(asked.name, *answer);
    else if (m_signUps)
        m_signUps->heard(asked.name, answer.error());
    const bool isBack = answer && entry.kind == EntryKind::SignUp && isSentBack(caller.entry(), *answer);
    if (!keep(entry, asked, std::move(*request), std::move(answer)))
        return false;
    entry.samples.back().isRefused = entry.samples.back().isRefused || isBack;
    return true;
}

bool EnumerationRun::keep(EnumerationEntry &entry, const AskedName &asked, ActiveRequest request,
                          Result<HttpResponse> answer)
{
    if (!answer) {
        entry.stopped = answer.error().message;
        return false;
    }
    // "This account is locked" is what a locked one may be answered, and no limit of ours.
    const bool isItsLock = asked.state == AccountState::Locked && answer->status != 429;
    if (!isItsLock && isLimited(*answer)) {
        entry.stopped = Text::tr("After %n answer(s) %1 was limited.", nullptr, static_cast<int>(entry.samples.size()))
                            .arg(entry.route);
        return false;
    }
    if (answer->status >= 500) {
        entry.stopped = describe(Obstacle::ServerError, *answer);
        return false;
    }
    const double milliseconds = m_timeOf(*answer);
    entry.samples.push_back({.isKnown = asked.isKnown,
                             .features = featuresOf(*answer, asked.name),
                             .milliseconds = milliseconds,
                             .isRefused = answer->status >= 400,
                             .isTimed = asked.isTimed,
                             .state = asked.state,
                             .name = asked.name,
                             .traces = tracesOf(*answer, asked.name)});
    if (asked.state != AccountState::Usual) {
        entry.states.try_emplace(asked.state, std::move(request), std::move(*answer));
        return true;
    }
    auto &example = asked.isKnown ? entry.known : entry.unknown;
    if (!example)
        example.emplace(std::move(request), std::move(*answer));
    return true;
}

// Without an answer it is taken for another one: the question itself tells.
bool EnumerationRun::isLikeAnywhere(const EnumerationPlan::Inquiry &inquiry, const EnumerationEntry &entry)
{
    const QString word = u"lc-"_s + QUuid::createUuid().toString(QUuid::Id128).left(10);
    const auto beside = m_wire.send(besideLookup(inquiry.lookup, inquiry.known, word));
    return beside && featuresOf(*beside, inquiry.known) == entry.samples.front().features;
}

// Signed out, as whoever collects addresses would. The known one is asked for again and again, each unknown one once:
// what all of those have in common and it has not is the account.
EnumerationEntry EnumerationRun::lookUp(const EnumerationPlan::Inquiry &inquiry)
{
    EnumerationEntry entry{.kind = EntryKind::Lookup,
                           .route = lookupName(inquiry.lookup),
                           .host = hostOf(lookupRequest(inquiry.lookup, inquiry.known).url)};
    entry.byMail = inquiry.lookup.byMail;
    for (int pair = 0; pair < kLookupPairs; ++pair) {
        for (const bool isKnown : {pair % 2 == 0, pair % 2 != 0}) {
            const QString name = isKnown ? inquiry.known : unknownLike(inquiry.known, EntryKind::Lookup);
            ActiveRequest request = lookupRequest(inquiry.lookup, name);
            auto answer = m_wire.send(request);
            if (!keep(entry, {name, isKnown}, std::move(request), std::move(answer)))
                return entry;
            if (entry.samples.size() == 1 && isLikeAnywhere(inquiry, entry)) {
                entry.isClosed = true;
                entry.notTested = Text::tr("%1 answers strangers as an address does that nobody has (status %2).")
                                      .arg(entry.route, QString::number(entry.samples.front().features.status));
                return entry;
            }
        }
    }
    if (std::ranges::all_of(entry.samples, isNotUnderstood))
        entry.notTested = Text::tr("%1 does not take our example (status %2).")
                              .arg(entry.route, QString::number(entry.samples.front().features.status));
    return entry;
}

void EnumerationRun::askTurns(const EnumerationPlan::Series &series, EntryCaller &caller, EnumerationEntry &entry)
{
    const bool makes = makesAccounts(entry.kind);
    std::map<QString, int> asked;
    for (const AskedName &turn : turnsOf(series, [] { return QRandomGenerator::global()->bounded(2) == 1; })) {
        if (auto begun = makes && !turn.isKnown ? m_signUps->begin(series.entry.route, turn.name) : Result<void>();
            !begun) {
            entry.stopped = begun.error().message;
            return;
        }
        if (!sample(caller, turn, entry))
            return;
        if (turn.isKnown || !makes)
            continue;
        // The way back to the form is what success looks like as well: "/sign-up?step=verify".
        if (entry.samples.back().features.status < 400 && !entry.made.contains(turn.name))
            entry.made.append(turn.name);
        if (++asked[turn.name] > 1 && hasBecomeKnown(entry)) {
            entry.samples.pop_back();
            entry.stopped =
                Text::tr("%1 answers a new address otherwise when it comes again, as it may have an account now.")
                    .arg(entry.route);
            return;
        }
    }
}

void EnumerationRun::askInTurn(const EnumerationPlan::Series &series, EntryCaller &caller, EnumerationEntry &entry)
{
    m_signUps.emplace(m_wire);
    askTurns(series, caller, entry);
    m_signUps->end(entry.made);
    m_signUps.reset();
}

// Before the others, which may be limited.
void EnumerationRun::askForStates(const EnumerationPlan::Series &series, EntryCaller &caller, EnumerationEntry &entry)
{
    for (const KnownName &one : series.states) {
        entry.asksStates.insert(one.state);
        for (int i = 0; i < one.times && entry.stopped.isEmpty(); ++i)
            (void)sample(caller, {one.name, true, one.state, false}, entry);
    }
}

EnumerationEntry EnumerationRun::ask(const EnumerationPlan::Series &series)
{
    EnumerationEntry entry{.kind = series.entry.kind, .route = series.name(), .host = hostOf(series.entry.url)};
    EntryCaller caller(series.entry, m_wire, sessionFor(series.entry));
    entry.notTested = control(series, caller, entry);
    if (!entry.notTested.isEmpty())
        return entry;
    askForStates(series, caller, entry);
    if (entry.stopped.isEmpty())
        askInTurn(series, caller, entry);
    if (entry.samples.empty())
        return entry;
    if (entry.kind == EntryKind::Login) {
        if (entry.stopped.isEmpty())
            entry.notTested = controlAtTheEnd(*series.control, entry, caller);
        return entry;
    }
    // An address that was refused for its own sake, such as one whose domain takes no mail, tells nothing about
    // accounts.
    const auto isTaken = [&](const EnumerationSample &one) {
        const bool isUsual = one.state == AccountState::Usual;
        return isUsual && !one.isRefused && !(makesAccounts(entry.kind) && one.isKnown);
    };
    if (std::ranges::none_of(entry.samples, isTaken) && !saysThatThereIsNobody(entry))
        entry.notTested =
            Text::tr("%1 does not take our example (status %2).")
                .arg(entry.route,
                     QString::number(statusOfUnknown(entry).value_or(entry.samples.front().features.status)));
    return entry;
}

EnumerationLook EnumerationRun::run()
{
    EnumerationLook look{.entries = m_plan.skipped};
    for (const EnumerationPlan::Series &series : m_plan.series) {
        if (m_wire.seen().isOver())
            break;
        look.entries.push_back(ask(series));
    }
    for (const EnumerationPlan::Inquiry &inquiry : m_plan.inquiries) {
        if (m_wire.seen().isOver())
            break;
        look.entries.push_back(lookUp(inquiry));
    }
    look.requests = m_wire.sent();
    look.knownSecrets = m_wire.gate()->knownSecrets();
    return look;
}

} // namespace cockpit
