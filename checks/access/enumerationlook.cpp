#include "checks/access/enumerationlook.h"

#include "checks/actors/limitsignal.h"
#include "checks/actors/routeaddress.h"
#include "checks/net/urlhost.h"
#include "checks/web/obstacle.h"

#include <QCoreApplication>
#include <QUuid>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Enumeration)
};

QDateTime now()
{
    return QDateTime::currentDateTimeUtc();
}

// Many products make an account of whoever asks for a link to sign in with, and send a letter.
bool makesAccounts(EntryKind kind)
{
    return kind == EntryKind::SignUp || kind == EntryKind::Invite || kind == EntryKind::MagicLink;
}

// As long as the other, at the same domain; where mail would be sent, at a domain that has none (RFC 2606).
QString unknownLike(const QString &mail, EntryKind kind)
{
    const qsizetype at = mail.lastIndexOf(u'@');
    const qsizetype length = std::clamp<qsizetype>(at < 0 ? mail.size() : at, 6, 30);
    const QString local = (u"lc"_s + QUuid::createUuid().toString(QUuid::Id128)).left(length);
    if (makesAccounts(kind))
        return local + u"@example.com"_s;
    return at < 0 ? local : local + mail.mid(at);
}

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

EnumerationRun::EnumerationRun(const EnumerationPlan &plan, Wire &wire) : m_plan(plan), m_wire(wire)
{
    if (plan.inviter)
        m_session.emplace(*plan.inviter, wire);
}

ActorSession *EnumerationRun::sessionFor(const EntryPoint &entry)
{
    return entry.kind == EntryKind::Invite && m_session ? &*m_session : nullptr;
}

Result<HttpResponse> EnumerationRun::askRight(EntryCaller &caller)
{
    const Secret *entry = m_wire.gate()->secretOf(m_plan.control->id);
    const HoleValues values = entry ? holeValuesOf(*entry) : HoleValues();
    const auto password = values.find(u"password"_s);
    if (password == values.end())
        return failure(ErrorKind::NotFound, Text::tr("No password is known for %1.").arg(m_plan.control->name));
    auto request = caller.request({.user = m_plan.control->userName, .password = password->second, .more = values});
    if (!request)
        return tl::unexpected<Error>(request.error());
    request->carriesSecret = true;
    request->actor = m_plan.control->name;
    return caller.send(std::move(*request));
}

QString EnumerationRun::controlAtTheEnd(const EnumerationEntry &entry, EntryCaller &caller)
{
    const auto answer = askRight(caller);
    if (!answer)
        return answer.error().message;
    // With a sign, the limit came after the answers that were compared: those before it had none.
    if (limitIn(*answer, now()))
        return {};
    const AnswerFeatures features = featuresOf(*answer, m_plan.control->userName);
    const bool isRefused = answer->status >= 400 || std::ranges::any_of(entry.samples, [&](const auto &one) {
                               return one.features == features;
                           });
    return isRefused ? Text::tr("%1 did not let %2 in with its own password after the tries (status %3): what it "
                                "answered may be a block, which tells nothing.")
                           .arg(entry.route, m_plan.control->name)
                           .arg(answer->status)
                     : QString();
}

// The right password has to be answered differently, or the answers are no login's.
QString EnumerationRun::controlOfLogin(const EnumerationPlan::Series &series, EntryCaller &caller)
{
    const auto welcome = askRight(caller);
    caller.forgetVisit();
    if (!welcome)
        return welcome.error().message;
    const QString nobody = unknownLike(series.like, EntryKind::Login);
    const auto refusal = caller.ask({.user = nobody, .password = Secret("Lc-wrong-password-3")});
    if (!refusal)
        return refusal.error().message;
    const bool isAlike = featuresOf(*welcome, m_plan.control->userName) == featuresOf(*refusal, nobody);
    if (isAlike || welcome->status >= 400 || refusal->status >= 500 || limitIn(*refusal, now()))
        return Text::tr("%1 answers a right password with status %2 and a wrong one with status %3, which tells "
                        "nothing.")
            .arg(routeName(series.entry.route))
            .arg(welcome->status)
            .arg(refusal->status);
    return {};
}

QString EnumerationRun::control(const EnumerationPlan::Series &series, EntryCaller &caller)
{
    if (series.entry.kind == EntryKind::Login)
        return controlOfLogin(series, caller);
    const auto why = whyItTellsNothing(series.entry, m_wire, sessionFor(series.entry));
    return why ? *why : why.error().message;
}

bool EnumerationRun::sample(EntryCaller &caller, bool isKnown, const QString &name, EnumerationEntry &entry)
{
    const Secret wrong("Lc-" + QUuid::createUuid().toByteArray(QUuid::Id128).left(16) + "-9");
    auto request = caller.request({.user = name, .password = wrong});
    auto answer = request ? caller.send(*request) : Result<HttpResponse>(tl::unexpected<Error>(request.error()));
    if (!request) {
        entry.stopped = request.error().message;
        return false;
    }
    const bool isBack = answer && entry.kind == EntryKind::SignUp && isSentBack(caller.entry(), *answer);
    if (!keep(entry, {name, isKnown}, std::move(*request), std::move(answer)))
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
    if (limitIn(*answer, now())) {
        entry.stopped = Text::tr("After %n answer(s) %1 was limited.", nullptr, static_cast<int>(entry.samples.size()))
                            .arg(entry.route);
        return false;
    }
    if (answer->status >= 500) {
        entry.stopped = describe(Obstacle::ServerError, *answer);
        return false;
    }
    const HttpTimings &times = answer->timings;
    // What the connection took says nothing about the account.
    const double milliseconds =
        std::chrono::duration<double, std::milli>(times.total - times.connect - times.tls).count();
    entry.samples.push_back({asked.isKnown, featuresOf(*answer, asked.name), milliseconds, answer->status >= 400});
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
                                      .arg(entry.route)
                                      .arg(entry.samples.front().features.status);
                return entry;
            }
        }
    }
    if (std::ranges::all_of(entry.samples, isNotUnderstood))
        entry.notTested = Text::tr("%1 does not take our example (status %2).")
                              .arg(entry.route)
                              .arg(entry.samples.front().features.status);
    return entry;
}

// As often as each known name, so that what counts by the name that was sent counts both alike.
void EnumerationRun::askInTurn(const EnumerationPlan::Series &series, EntryCaller &caller, EnumerationEntry &entry)
{
    const bool makes = makesAccounts(entry.kind);
    QStringList known;
    QStringList unknown;
    for (const KnownName &one : series.known) {
        const QString nobody = unknownLike(series.like, entry.kind);
        for (int i = 0; i < one.times; ++i) {
            known.append(one.name);
            unknown.append(nobody);
        }
    }
    if (makes) { // each once, then each again
        QStringList few;
        for (int i = 0; i < kMostNewNames; ++i)
            few.append(unknownLike(series.like, entry.kind));
        for (qsizetype i = 0; i < unknown.size(); ++i)
            unknown[i] = few.at(i % few.size());
    }
    const qsizetype most = makes ? kMostNewNames * kLettersEach : m_plan.pairs;
    const qsizetype pairs = std::min({known.size(), qsizetype(m_plan.pairs), most});
    // Known, unknown, unknown, known: what grows with time hits both alike.
    for (qsizetype pair = 0; pair < pairs; ++pair) {
        for (const bool isKnown : {pair % 2 == 0, pair % 2 != 0}) {
            if (!sample(caller, isKnown, isKnown ? known.at(pair) : unknown.at(pair), entry))
                return;
            // The way back to the form is what success looks like as well: "/sign-up?step=verify".
            const bool mayBeMade = makes && !isKnown && entry.samples.back().features.status < 400;
            if (mayBeMade && !entry.made.contains(unknown.at(pair)))
                entry.made.append(unknown.at(pair));
            if (makes && !isKnown && pair >= kMostNewNames && hasBecomeKnown(entry)) {
                entry.samples.pop_back();
                entry.stopped =
                    Text::tr("%1 answers a new address otherwise when it comes again, as it may have an account now.")
                        .arg(entry.route);
                return;
            }
        }
    }
}

EnumerationEntry EnumerationRun::ask(const EnumerationPlan::Series &series)
{
    EnumerationEntry entry{
        .kind = series.entry.kind, .route = routeName(series.entry.route), .host = hostOf(series.entry.url)};
    EntryCaller caller(series.entry, m_wire, sessionFor(series.entry));
    entry.notTested = control(series, caller);
    if (!entry.notTested.isEmpty())
        return entry;
    askInTurn(series, caller, entry);
    if (entry.samples.empty())
        return entry;
    if (entry.kind == EntryKind::Login) {
        if (entry.stopped.isEmpty())
            entry.notTested = controlAtTheEnd(entry, caller);
        return entry;
    }
    // An address that was refused for its own sake, such as one whose domain takes no mail, tells nothing about
    // accounts.
    const auto isTaken = [&](const EnumerationSample &one) {
        return !one.isRefused && !(makesAccounts(entry.kind) && one.isKnown);
    };
    if (std::ranges::none_of(entry.samples, isTaken) && !saysThatThereIsNobody(entry))
        entry.notTested = Text::tr("%1 does not take our example (status %2).")
                              .arg(entry.route)
                              .arg(statusOfUnknown(entry).value_or(entry.samples.front().features.status));
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
