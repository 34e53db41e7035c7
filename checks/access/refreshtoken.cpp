#include "checks/access/refreshtoken.h"

#include "checks/access/logout.h"
#include "checks/actors/signin.h"
#include "checks/tokens/forgery.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RefreshToken)
};

// Some products break over a token that they do not know: whether that was the reason is told by the good renewals
// before and after.
bool isRefusal(const Error &error)
{
    return error.kind == ErrorKind::NotPermitted || error.kind == ErrorKind::Protocol ||
           error.kind == ErrorKind::Unreachable;
}

// What renews: the refresh token, or all cookies.
bool isSameRenewer(const Session &a, const Session &b)
{
    return a.refreshToken ? a.refreshToken == b.refreshToken : a.jar == b.jar;
}

Session withInvented(const Session &session)
{
    Session invented = session;
    invented.token.reset();
    if (session.refreshToken) {
        invented.jar.clear();
        invented.refreshToken = inventedLike(*session.refreshToken);
        return invented;
    }
    for (StoredCookie cookie : session.jar.cookies()) {
        cookie.value = inventedLike(cookie.value);
        invented.jar.put(cookie);
    }
    return invented;
}

class RefreshRun
{
public:
    RefreshRun(const Look &look, const TestActor &actor, Wire &wire, std::chrono::milliseconds leeway)
        : m_look(look), m_trial(look, actor, wire), m_wire(wire), m_leeway(leeway)
    {
    }

    Result<RefreshTokenLook> run();

private:
    Result<Renewal> renew(Session &session);
    Result<void> renewFirst();
    Result<void> reuse();
    Result<void> tryAsAccess();
    Result<void> controlAndSignOut();
    Result<void> tryInvented();
    Result<void> controlLast();

    const Look &m_look;
    SessionTrial m_trial;
    Wire &m_wire;
    const std::chrono::milliseconds m_leeway;
    Session m_old, m_new;
    RefreshTokenLook m_result;
};

Result<Renewal> RefreshRun::renew(Session &session)
{
    if (const auto done = refresh(session, m_trial.actor(), m_wire); !done) {
        if (isRefusal(done.error()))
            return Renewal{.end = RenewalEnd::Refused};
        return tl::unexpected<Error>(done.error());
    }
    for (const Secret &value : session.secrets())
        m_wire.gate()->learnSecret(value);
    auto seen = m_trial.ask(session);
    if (!seen)
        return tl::unexpected<Error>(seen.error());
    const bool isIn = seen->standing == SessionStanding::In;
    return Renewal{isIn ? RenewalEnd::Taken : RenewalEnd::Refused, isIn ? std::move(*seen) : SeenStanding()};
}

Result<void> RefreshRun::renewFirst()
{
    m_new = m_old;
    const auto renewed = renew(m_new);
    if (!renewed)
        return tl::unexpected<Error>(renewed.error());
    if (renewed->end != RenewalEnd::Taken)
        return failure(ErrorKind::NotFound,
                       Text::tr("The session of %1 could not be renewed at %2: record again how it is renewed.")
                           .arg(m_result.actor, m_trial.actor().signIn.refreshUrl));
    m_result.rotates = !isSameRenewer(m_old, m_new);
    return {};
}

Result<void> RefreshRun::reuse()
{
    if (!m_result.rotates)
        return {};
    const auto again = [this](Renewal &to, const Session &with) -> Result<void> {
        Session copy = with;
        auto renewed = renew(copy);
        if (!renewed)
            return tl::unexpected<Error>(renewed.error());
        to = std::move(*renewed);
        return {};
    };
    if (auto done = again(m_result.reused, m_old); !done)
        return done;
    if (m_result.reused.end == RenewalEnd::Refused)
        return again(m_result.family, m_new);
    if (!m_trial.pause(m_leeway))
        return failure(ErrorKind::Cancelled, Text::tr("The run ended before the leeway for used refresh tokens did."));
    return again(m_result.reusedLater, m_old);
}

Result<void> RefreshRun::tryAsAccess()
{
    if (!m_new.refreshToken || !m_new.token)
        return {};
    Session changed = partOf(m_new, SessionForm::Token);
    changed.token = m_new.refreshToken;
    auto seen = m_trial.ask(changed);
    if (!seen)
        return tl::unexpected<Error>(seen.error());
    m_result.asAccess = std::move(*seen);
    return {};
}

Result<void> RefreshRun::controlAndSignOut()
{
    auto second = m_trial.another();
    if (!second)
        return tl::unexpected<Error>(second.error());
    Session session = second->session();
    auto control = renew(session);
    if (!control)
        return tl::unexpected<Error>(control.error());
    m_result.control = std::move(*control);
    second->replaceSession(session);
    auto left = second->signOut();
    if (!left && left.error().kind != ErrorKind::NotFound)
        return tl::unexpected<Error>(left.error());
    if (!left || left->status >= 400) {
        m_result.noSignOut =
            left ? Text::tr("Signing out was answered with %1.").arg(answerWords(*left)) : left.error().message;
        return {};
    }
    auto after = renew(session);
    if (!after)
        return tl::unexpected<Error>(after.error());
    m_result.afterSignOut = std::move(*after);
    return {};
}

Result<void> RefreshRun::tryInvented()
{
    Session invented = withInvented(m_old);
    auto renewed = renew(invented);
    if (!renewed)
        return tl::unexpected<Error>(renewed.error());
    m_result.invented = std::move(*renewed);
    return {};
}

Result<void> RefreshRun::controlLast()
{
    auto third = m_trial.another();
    if (!third)
        return tl::unexpected<Error>(third.error());
    Session session = third->session();
    auto control = renew(session);
    if (!control)
        return tl::unexpected<Error>(control.error());
    m_result.lastControl = std::move(*control);
    return {};
}

Result<RefreshTokenLook> RefreshRun::run()
{
    if (auto ready = m_trial.begin(); !ready)
        return tl::unexpected<Error>(ready.error());
    m_result.actor = m_trial.actor().name;
    m_result.page = m_trial.page();
    m_old = m_trial.first().session();
    m_result.inCookies = !m_old.refreshToken;
    if (const auto token = m_old.refreshToken ? jwtIn(*m_old.refreshToken) : std::nullopt)
        m_result.life = lifeOf(token->claims, m_look.startedAt);
    const auto done = renewFirst()
                          .and_then([this] { return tryAsAccess(); })
                          .and_then([this] { return reuse(); })
                          .and_then([this] { return controlAndSignOut(); })
                          .and_then([this] { return tryInvented(); })
                          .and_then([this] { return controlLast(); });
    if (!done)
        return tl::unexpected<Error>(done.error());
    m_result.known = m_trial.known();
    m_result.requests = m_wire.sent();
    return std::move(m_result);
}

bool canRenew(const TestActor &actor)
{
    const SignInKind kind = actor.signIn.kind;
    return !actor.signIn.refreshUrl.isEmpty() || kind == SignInKind::OAuthPassword;
}

const RequestNeed kNeed{.account = u"access.refresh-token"_s, .most = kRefreshTokenCeiling};

std::vector<RequestNeed> requestsOf(const Outlook &outlook, std::chrono::milliseconds leeway)
{
    RequestNeed need = kNeed;
    need.waits = std::chrono::ceil<std::chrono::seconds>(leeway);
    return needOfSigningActor(outlook, need);
}

Judged look(const Look &look, std::chrono::milliseconds leeway)
{
    const auto chosen = signingActor(look);
    if (const Judged *missing = std::get_if<Judged>(&chosen))
        return *missing;
    const TestActor actor = withSignOut(std::get<TestActor>(chosen), look);
    if (!canRenew(actor))
        return notApplicable(Text::tr("%1 has no address at which its session is renewed. If your product has refresh "
                                      "tokens, record it with the account.")
                                 .arg(actor.name));
    Wire wire(look, kNeed);
    if (!wire.isReady())
        return notRun(wire.isReady().error().message);
    const auto seen = RefreshRun(look, actor, wire, leeway).run();
    return seen ? judgeRefreshToken(*seen) : trialEnded(seen.error());
}

} // namespace

Check refreshTokenCheck(std::chrono::milliseconds leeway)
{
    return {.id = u"access.refresh-token"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::AccountTakeover},
            .needs = {Need::TestAccounts, Need::Consent},
            .look = [leeway](const Look &given) { return look(given, leeway); },
            .requests = [leeway](const Outlook &outlook) { return requestsOf(outlook, leeway); }};
}

} // namespace cockpit
