#include "checks/access/logout.h"

#include "checks/actors/routeaddress.h"
#include "checks/actors/signin.h"
#include "checks/engine/nothingtotry.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Logout)
};

bool isSignOutRoute(const Route &route)
{
    static const QRegularExpression words(u"/(?:log-?_?out|sign-?_?out)/?$"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    const bool isMethod = route.method == "POST"_L1 || route.method == "DELETE"_L1 || route.method == "GET"_L1;
    return isMethod && words.match(route.path).hasMatch();
}

// The trial of one account: in order, each step resting on the ones before.
class LogoutRun
{
public:
    LogoutRun(const Look &look, const TestActor &actor, Wire &wire) : m_trial(look, actor, wire), m_wire(wire) {}

    Result<LogoutLook> run();

private:
    Result<void> findForms();
    Result<void> signOut();
    Result<void> replay();
    Result<void> renew();
    Result<void> signInAgain();

    SessionTrial m_trial;
    Wire &m_wire;
    Session m_session; // as it was
    std::vector<SessionForm> m_forms;
    LogoutLook m_result;
};

// What opens the page by itself; both together only where nothing else does.
Result<void> LogoutRun::findForms()
{
    for (const SessionForm form : formsOf(m_session)) {
        if (form == SessionForm::Both && !m_forms.empty())
            break;
        const auto seen = m_trial.ask(partOf(m_session, form));
        if (!seen)
            return tl::unexpected<Error>(seen.error());
        if (seen->standing == SessionStanding::In)
            m_forms.push_back(form);
    }
    if (m_forms.empty())
        return failure(ErrorKind::NotFound,
                       Text::tr("%1 gave the private answer once, and then no more: what signing out does cannot be "
                                "told.")
                           .arg(m_trial.page().request.url.toDisplayString()));
    return {};
}

Result<void> LogoutRun::signOut()
{
    const SignIn &how = m_trial.actor().signIn;
    m_result.signOutRequest.url = QUrl(how.logoutUrl);
    m_result.signOutRequest.method = how.logoutMethod.isEmpty() ? QByteArray("POST") : how.logoutMethod.toLatin1();
    auto answer = m_trial.first().signOut();
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    CookieJar jar = m_session.jar;
    jar.take(*answer, QDateTime::currentDateTimeUtc());
    m_result.clearsCookies = jar.cookies().size() < m_session.jar.cookies().size();
    m_result.signOut = std::move(*answer);
    return {};
}

Result<void> LogoutRun::replay()
{
    for (const SessionForm form : m_forms) {
        auto seen = m_trial.ask(partOf(m_session, form));
        if (!seen)
            return tl::unexpected<Error>(seen.error());
        m_result.replays.push_back({toWord(form), std::move(*seen)});
    }
    return {};
}

// After the replays: a renewal may bring a session back to life.
Result<void> LogoutRun::renew()
{
    m_result.hasRefresh = m_session.refreshToken.has_value();
    if (!m_result.hasRefresh)
        return {};
    Session renewed = m_session;
    if (const auto done = refresh(renewed, m_trial.actor(), m_wire); !done) {
        // A limit, a broken server or a lost answer is no refusal: whether it survives is not known.
        if (done.error().kind != ErrorKind::NotPermitted)
            m_result.replays.push_back({u"refresh"_s, SeenStanding()});
        return {};
    }
    for (const Secret &value : renewed.secrets())
        m_wire.gate()->learnSecret(value);
    auto seen = m_trial.ask(renewed);
    if (!seen)
        return tl::unexpected<Error>(seen.error());
    m_result.replays.push_back({u"refresh"_s, std::move(*seen)});
    return {};
}

Result<void> LogoutRun::signInAgain()
{
    const auto again = m_trial.another();
    if (!again)
        return tl::unexpected<Error>(again.error());
    const auto seen = m_trial.ask(again->session());
    if (!seen)
        return tl::unexpected<Error>(seen.error());
    m_result.afterwards = seen->standing;
    return {};
}

Result<LogoutLook> LogoutRun::run()
{
    if (auto ready = m_trial.begin(); !ready)
        return tl::unexpected<Error>(ready.error());
    m_session = m_trial.first().session();
    m_result.actor = m_trial.actor().name;
    m_result.page = m_trial.page();
    if (!m_session.expiresAt.isNull())
        m_result.tokenLeft = QDateTime::currentDateTimeUtc().secsTo(m_session.expiresAt);
    const auto done = findForms()
                          .and_then([this] { return signOut(); })
                          .and_then([this] { return replay(); })
                          .and_then([this] { return renew(); })
                          .and_then([this] { return signInAgain(); });
    if (!done)
        return tl::unexpected<Error>(done.error());
    m_result.known = m_trial.known();
    m_result.requests = m_wire.sent();
    return std::move(m_result);
}

const RequestNeed kNeed{.account = u"access.logout"_s, .most = kLogoutCeiling};

std::vector<RequestNeed> requestsOf(const Outlook &outlook)
{
    return needOfSigningActor(outlook, kNeed);
}

Judged look(const Look &look)
{
    const auto chosen = signingActor(look);
    if (const Judged *missing = std::get_if<Judged>(&chosen))
        return *missing;
    const TestActor actor = withSignOut(std::get<TestActor>(chosen), look);
    if (actor.signIn.logoutUrl.isEmpty())
        return nothingToTry(Text::tr("%1 has no address to sign out at: record it with the account.").arg(actor.name));
    Wire wire(look, kNeed);
    if (!wire.isReady())
        return notRun(wire.isReady().error().message);
    const auto seen = LogoutRun(look, actor, wire).run();
    return seen ? judgeLogout(*seen) : trialEnded(seen.error());
}

} // namespace

TestActor withSignOut(const TestActor &actor, const Look &look)
{
    if (!actor.signIn.logoutUrl.isEmpty())
        return actor;
    const auto route = std::ranges::find_if(look.facts.routes, isSignOutRoute);
    TestActor found = actor;
    if (route == look.facts.routes.end())
        return found;
    if (const auto address = addressOf(look.target, *route)) {
        found.signIn.logoutUrl = address->toString();
        found.signIn.logoutMethod = route->method;
    }
    return found;
}

Check logoutCheck()
{
    return {.id = u"access.logout"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::AccountTakeover},
            .needs = {Need::TestAccounts, Need::Consent},
            .look = look,
            .requests = requestsOf};
}

} // namespace cockpit
