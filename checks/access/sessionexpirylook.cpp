#include "checks/access/sessionexpirylook.h"

#include "checks/access/tokenspot.h"
#include "checks/actors/signinattempt.h"
#include "checks/actors/signinparts.h"
#include "checks/secrets/fingerprintkey.h"
#include "checks/tokens/forgery.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SessionExpiry)
};

bool isSessionCookie(const StoredCookie &cookie)
{
    return holdsSession(cookie.name, cookie.value);
}

// The page from which somebody signs in.
QUrl entranceOf(const TestActor &actor)
{
    const SignIn &how = actor.signIn;
    if (!how.csrfSource.isEmpty())
        return QUrl(how.csrfSource);
    return how.kind == SignInKind::Form ? QUrl(how.url) : QUrl(how.url).resolved(QUrl(u"/"_s));
}

std::vector<Secret> valuesInCommon(const Session &a, const Session &b)
{
    std::vector<Secret> common;
    if (a.token && b.token) {
        if (*a.token == *b.token)
            common.push_back(*a.token);
        return common;
    }
    for (const StoredCookie &cookie : a.jar.cookies()) {
        const auto other = b.jar.valueOf(cookie.name);
        if (isSessionCookie(cookie) && other && *other == cookie.value)
            common.push_back(cookie.value);
    }
    return common;
}

} // namespace

std::optional<PastedBefore> pastedBefore(const QJsonObject &before, const QString &account, const QByteArray &mark)
{
    const auto timeIn = [](const QJsonObject &row, QLatin1StringView name) {
        return QDateTime::fromString(row[name].toString(), Qt::ISODate);
    };
    for (const QJsonValue one : before["pasted"_L1].toArray()) {
        const QJsonObject row = one.toObject();
        const PastedBefore found{timeIn(row, "since"_L1), timeIn(row, "seen"_L1)};
        const bool isIt = row["account"_L1].toString() == account && row["mark"_L1].toString().toLatin1() == mark;
        if (isIt && found.since.isValid())
            return found;
    }
    return std::nullopt;
}

std::optional<qint64> idleOf(const PastedSession &pasted, const QDateTime &at)
{
    const qint64 seconds = pasted.seen.isValid() ? pasted.seen.secsTo(at) : 0;
    return seconds > 0 ? std::optional(seconds) : std::nullopt;
}

SessionExpiryRun::SessionExpiryRun(const Look &look, const TestActor &actor, Wire &wire)
    : m_look(look), m_trial(look, actor, wire), m_wire(wire)
{
    m_result.actor = actor.name;
    m_result.isAdmin = isAdminRole(actor.role);
    m_result.at = look.startedAt;
}

void SessionExpiryRun::readLives()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    m_result.hasToken = m_session.token.has_value();
    std::optional<Secret> token = m_session.token;
    for (const StoredCookie &cookie : m_session.jar.cookies()) {
        if (!isSessionCookie(cookie))
            continue;
        CookieLife life{.name = cookie.name, .seconds = {}};
        if (!cookie.expires.isNull())
            life.seconds = now.secsTo(cookie.expires);
        m_result.cookies.push_back(life);
        if (!token && jwtIn(cookie.value))
            token = cookie.value;
    }
    m_result.jwt = token ? jwtIn(*token) : std::nullopt;
    if (m_result.jwt)
        m_result.tokenLife = lifeOf(m_result.jwt->claims, now);
    else if (!m_session.expiresAt.isNull())
        m_result.tokenLife = now.secsTo(m_session.expiresAt);
}

// What a visitor has before signing in; where the product gives nothing, values of our making under its own names.
Result<CookieJar> SessionExpiryRun::cookiesOfVisitor()
{
    ActiveRequest request = signInRequest(m_trial.actor(), "GET", entranceOf(m_trial.actor()));
    const auto page = m_wire.send(request);
    if (!page)
        return tl::unexpected<Error>(page.error());
    CookieJar jar;
    jar.take(*page, QDateTime::currentDateTimeUtc());
    const bool hasSession = std::ranges::any_of(jar.cookies(), isSessionCookie);
    m_result.wasPlanted = !hasSession;
    for (StoredCookie cookie : m_session.jar.cookies()) {
        if (hasSession || !isSessionCookie(cookie))
            continue;
        cookie.value = inventedLike(cookie.value);
        jar.put(cookie);
    }
    return jar;
}

Result<void> SessionExpiryRun::tryFixation()
{
    const SignInKind kind = m_trial.actor().signIn.kind;
    const bool hasCookie = std::ranges::any_of(m_session.jar.cookies(), isSessionCookie);
    const Secret *secret = m_wire.gate()->secretOf(m_trial.actor().id);
    if (!hasCookie || !secret || (kind != SignInKind::Form && kind != SignInKind::Json))
        return {};
    const auto visitor = cookiesOfVisitor();
    if (!visitor)
        return tl::unexpected<Error>(visitor.error());
    SignInAttempt attempt(m_trial.actor(), holeValuesFor(m_trial.actor(), *secret), m_wire);
    attempt.startWith(*visitor);
    const auto session = attempt.byLogin();
    if (!session && session.error().kind != ErrorKind::Protocol && session.error().kind != ErrorKind::NotPermitted)
        return tl::unexpected<Error>(session.error());
    for (const StoredCookie &cookie : attempt.before().cookies())
        m_wire.gate()->learnSecret(cookie.value);
    auto seen = m_trial.ask(Session{.jar = attempt.before()});
    if (!seen)
        return tl::unexpected<Error>(seen.error());
    m_result.fixed = std::move(*seen);
    return {};
}

// A signed token without an id of its own says the same twice when both sign-ins fall into one second (RFC 7519 section
// 2: its times are whole seconds). Only what is still the same a second later counts.
Result<void> SessionExpiryRun::compareWith(const Session &second)
{
    const std::vector<Secret> common = valuesInCommon(m_session, second);
    const auto isSigned = [](const Secret &value) { return jwtIn(value).has_value(); };
    if (common.empty() || !std::ranges::all_of(common, isSigned)) {
        m_result.isSameTwice = !common.empty();
        return {};
    }
    if (!m_trial.pause(kNextSecond))
        return {};
    const auto third = m_trial.another();
    if (!third)
        return tl::unexpected<Error>(third.error());
    m_result.isSameTwice = !valuesInCommon(m_session, third->session()).empty();
    return {};
}

Result<void> SessionExpiryRun::signInTwice()
{
    const auto second = m_trial.another();
    if (!second)
        return tl::unexpected<Error>(second.error());
    if (auto compared = compareWith(second->session()); !compared)
        return compared;
    const auto first = m_trial.ask(m_session);
    if (!first)
        return tl::unexpected<Error>(first.error());
    m_result.isConcurrent = first->standing == SessionStanding::In;
    return {};
}

bool SessionExpiryRun::hasEnded(const Jwt &token, const QDateTime &now) const
{
    const auto end = timeClaim(token.claims, u"exp"_s);
    const qint64 leeway = std::chrono::seconds(kUsualLeeway).count();
    return end && end->addSecs(leeway) < nowByBoth(m_result.page, now).earliest;
}

// A sign-in that gives what has ended already, and a product that does not mind.
Result<void> SessionExpiryRun::tryOwn()
{
    if (!m_result.jwt || !hasEnded(*m_result.jwt, QDateTime::currentDateTimeUtc()))
        return {};
    auto seen = m_trial.ask(m_session);
    if (!seen)
        return tl::unexpected<Error>(seen.error());
    m_result.expired.push_back({Text::tr("its own token after its end"), std::move(*seen)});
    return {};
}

Result<void> SessionExpiryRun::tryExpired(const TestActor &actor, const Secret &token)
{
    Session session = partOf(m_session, SessionForm::Token);
    session.token = token;
    auto seen = m_trial.ask(session);
    if (!seen)
        return tl::unexpected<Error>(seen.error());
    if (seen->standing != SessionStanding::In) {
        // The token may be of another account than the one whose private texts are known.
        PrivateAnswer theirs = m_result.page;
        // Of that account alone: what stands in the answer that is judged proves nothing about it.
        const std::vector<HttpResponse> others{m_result.page.stranger};
        theirs.markers = markersOf(actor, {}, others);
        if (!theirs.markers.isEmpty())
            seen->standing = standingOf(seen->answer, theirs);
    }
    m_result.expired.push_back({Text::tr("a pasted token of %1 that has expired").arg(actor.name), std::move(*seen)});
    return {};
}

Result<void> SessionExpiryRun::trySession(const TestActor &actor, const Secret &value)
{
    const auto session = sessionOf(actor, m_wire);
    PastedSession pasted{.account = actor.id,
                         .name = actor.name,
                         .mark = fingerprintOf(std::string_view(value.reveal().constData(),
                                                                static_cast<std::size_t>(value.reveal().size())),
                                               m_look.facts.fingerprintKey),
                         .since = m_look.startedAt,
                         .seen = {},
                         .isAdmin = isAdminRole(actor.role)};
    const QJsonObject before = m_look.facts.lastObserved(u"access.session-expiry"_s);
    if (const auto known = pastedBefore(before, actor.id, pasted.mark)) {
        pasted.since = known->since;
        pasted.seen = known->seen;
    }
    if (!session && session.error().kind != ErrorKind::NotPermitted)
        return tl::unexpected<Error>(session.error());
    pasted.standing = session ? SessionStanding::In : SessionStanding::Out;
    m_result.pasted.push_back(std::move(pasted));
    return {};
}

// Empty: it can be asked whether it still works, and recognised the next time.
QString SessionExpiryRun::whyNotFollowed(const TestActor &actor) const
{
    if (actor.whoAmIUrl.isEmpty())
        return Text::tr("How long the pasted session of %1 lives could not be seen: name the address that says who is "
                        "signed in.")
            .arg(actor.name);
    if (m_look.facts.fingerprintKey.isEmpty())
        return Text::tr("How long the pasted session of %1 lives could not be seen: this computer has no key by which "
                        "it would be recognised the next time.")
            .arg(actor.name);
    return {};
}

Result<void> SessionExpiryRun::tryPasted()
{
    int tried = 0;
    for (const TestActor &actor : m_look.facts.actors) {
        const bool isSession = actor.signIn.kind == SignInKind::Cookie || actor.signIn.kind == SignInKind::BearerToken;
        const Secret *value = m_wire.gate()->secretOf(actor.id);
        if (!isSession || !value)
            continue;
        const auto token = jwtIn(*value);
        const bool isEnded = token && hasEnded(*token, m_look.startedAt);
        const QString why = isEnded ? QString() : whyNotFollowed(actor);
        if (!why.isEmpty() || tried == kMostPastedTries) {
            m_result.unfollowed.push_back(
                {actor.id, why.isEmpty()
                               ? Text::tr("%1: there are more pasted sessions than one run tries.").arg(actor.name)
                               : why});
            continue;
        }
        ++tried;
        const auto done = isEnded ? tryExpired(actor, *value) : trySession(actor, *value);
        if (!done)
            return done;
    }
    return {};
}

Result<void> SessionExpiryRun::changePassword(UndoList &undo)
{
    const auto plan = passwordChangePlan({m_look.target, m_look.facts});
    if (!plan)
        return {};
    auto seen = tryPasswordChange(m_look, *plan, m_wire, undo);
    if (!seen)
        return tl::unexpected<Error>(seen.error());
    m_result.password = std::move(*seen);
    return {};
}

Result<void> SessionExpiryRun::control()
{
    const auto last = m_trial.another();
    if (!last)
        return tl::unexpected<Error>(last.error());
    const auto seen = m_trial.ask(last->session());
    if (!seen)
        return tl::unexpected<Error>(seen.error());
    m_result.control = seen->standing;
    return {};
}

Result<SessionExpiryLook> SessionExpiryRun::run(UndoList &undo)
{
    if (auto ready = m_trial.begin(); !ready)
        return tl::unexpected<Error>(ready.error());
    m_session = m_trial.first().session();
    m_result.page = m_trial.page();
    readLives();
    const auto done = tryFixation()
                          .and_then([this] { return signInTwice(); })
                          .and_then([this] { return tryOwn(); })
                          .and_then([this] { return tryPasted(); })
                          .and_then([this] { return control(); })
                          .and_then([&] { return changePassword(undo); }); // last: it may end every session
    if (!done)
        return tl::unexpected<Error>(done.error());
    m_result.known = m_trial.known();
    m_result.requests = m_wire.sent();
    return std::move(m_result);
}

} // namespace cockpit
