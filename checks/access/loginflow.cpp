#include "checks/access/loginflow.h"

#include "checks/access/logout.h"
#include "checks/access/oauthflow.h"
#include "checks/actors/signinattempt.h"
#include "checks/actors/signinparts.h"
#include "checks/engine/nothingtotry.h"
#include "checks/http/openredirect.h"
#include "checks/tokens/forgery.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LoginFlow)
};

bool wantsCsrf(const SignIn &how)
{
    return !how.csrfSource.isEmpty() || how.bodyTemplate.contains("{{csrf}}"_L1);
}

bool isRefusal(const Error &error)
{
    return error.kind == ErrorKind::NotPermitted || error.kind == ErrorKind::Protocol;
}

class LoginFlowRun
{
public:
    LoginFlowRun(const Look &look, const TestActor &actor, Wire &wire) : m_trial(look, actor, wire), m_wire(wire) {}

    Result<LoginFlowLook> run();

private:
    Result<void> tryDevice(Device device);
    Result<void> signOut(DeviceFlow &flow, const Session &session);
    Result<void> tryWrongPassword();
    Result<void> tryWrongCsrf();
    Result<void> tempt();
    Result<void> control();
    // The refusals become an empty session; other errors end the look.
    Result<std::optional<Session>> signedInBy(SignInAttempt &attempt, QString *problem = nullptr);
    Result<FlowTry> outcomeOf(SignInAttempt &attempt);
    Result<SeenStanding> ask(const Session &session, Device device);
    HoleValues values() const { return holeValuesFor(m_trial.actor(), *m_wire.gate()->secretOf(m_trial.actor().id)); }

    SessionTrial m_trial;
    Wire &m_wire;
    LoginFlowLook m_result;
};

Result<std::optional<Session>> LoginFlowRun::signedInBy(SignInAttempt &attempt, QString *problem)
{
    auto session = attempt.byLogin();
    const auto &answers = attempt.answers();
    const bool isLimited = !answers.empty() && answers.back().status == 429;
    if (!session && (isLimited || !isRefusal(session.error())))
        return tl::unexpected<Error>(session.error());
    if (!session) {
        if (problem)
            *problem = session.error().message;
        return std::optional<Session>();
    }
    for (const Secret &value : session->secrets())
        m_wire.gate()->learnSecret(value);
    return std::optional<Session>(std::move(*session));
}

Result<SeenStanding> LoginFlowRun::ask(const Session &session, Device device)
{
    SeenStanding seen{.request = m_trial.asSession(m_trial.page().request, session), .answer = {}};
    seen.request.headers.push_back({"User-Agent", userAgentOf(device)});
    auto answer = m_wire.send(seen.request);
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    seen.standing = standingOf(*answer, m_trial.page());
    seen.answer = std::move(*answer);
    return seen;
}

Result<void> LoginFlowRun::signOut(DeviceFlow &flow, const Session &session)
{
    m_trial.first().replaceSession(session);
    auto answer = m_trial.first().signOut();
    if (!answer)
        return answer.error().kind == ErrorKind::NotFound ? Result<void>() : tl::unexpected<Error>(answer.error());
    Session left = session;
    left.jar.take(*answer, QDateTime::currentDateTimeUtc());
    left.token.reset(); // which the app itself throws away
    flow.signOut = std::move(*answer);
    if (session.jar.isEmpty())
        return {};
    auto seen = ask(left, flow.device);
    if (!seen)
        return tl::unexpected<Error>(seen.error());
    flow.afterSignOut = std::move(*seen);
    return {};
}

// A second try where the first is refused: what fails once may fail for another reason than the device.
Result<void> LoginFlowRun::tryDevice(Device device)
{
    DeviceFlow flow{.device = device, .answers = {}, .problem = {}};
    std::optional<Session> session;
    for (flow.tries = 1; flow.tries <= 2 && !session; ++flow.tries) {
        SignInAttempt attempt(m_trial.actor(), values(), m_wire);
        attempt.sendAlso({{"User-Agent", userAgentOf(device)}});
        auto signedIn = signedInBy(attempt, &flow.problem);
        if (!signedIn)
            return tl::unexpected<Error>(signedIn.error());
        session = std::move(*signedIn);
        flow.answers = attempt.answers();
    }
    Result<void> done;
    if (session) {
        flow.problem.clear();
        std::ranges::copy(session->secrets(), std::back_inserter(m_result.tokens));
        auto inside = ask(*session, device);
        if (!inside)
            return tl::unexpected<Error>(inside.error());
        flow.inside = std::move(*inside);
        done = signOut(flow, *session);
    }
    m_result.devices.push_back(std::move(flow));
    return done;
}

Result<FlowTry> LoginFlowRun::outcomeOf(SignInAttempt &attempt)
{
    auto session = signedInBy(attempt);
    if (!session)
        return tl::unexpected<Error>(session.error());
    if (!*session)
        return FlowTry{.end = TryEnd::Refused};
    auto seen = ask(**session, Device::Computer);
    if (!seen)
        return tl::unexpected<Error>(seen.error());
    const bool isIn = seen->standing == SessionStanding::In;
    return FlowTry{isIn ? TryEnd::Taken : TryEnd::Refused, isIn ? std::move(*seen) : SeenStanding()};
}

// One try: an account is not locked by it.
Result<void> LoginFlowRun::tryWrongPassword()
{
    HoleValues wrong = values();
    wrong[u"password"_s] = Secret(inventedLike(wrong[u"password"_s]).reveal() + "-x");
    SignInAttempt attempt(m_trial.actor(), wrong, m_wire);
    auto end = outcomeOf(attempt);
    if (!end)
        return tl::unexpected<Error>(end.error());
    m_result.wrongPassword = std::move(*end);
    return {};
}

Result<void> LoginFlowRun::tryWrongCsrf()
{
    if (!wantsCsrf(m_trial.actor().signIn))
        return {};
    // As another site would send it: products that look at the origin instead of the token are as safe.
    TestActor foreign = m_trial.actor();
    foreign.signIn.headers.emplace_back(u"Origin"_s, u"https://"_s + kStrangerHost);
    foreign.signIn.headers.emplace_back(u"Referer"_s, u"https://"_s + kStrangerHost + u'/');
    SignInAttempt attempt(foreign, values(), m_wire);
    attempt.forgeCsrf(inventedLike(Secret("5f0e7c1b9a3d4e6f8b2a1c0d9e7f6a5b")));
    auto end = outcomeOf(attempt);
    if (!end)
        return tl::unexpected<Error>(end.error());
    m_result.wrongCsrf = std::move(*end);
    return {};
}

// Somebody sends a link to the sign-in with the address to go on to behind it.
Result<void> LoginFlowRun::tempt()
{
    const SignIn &how = m_trial.actor().signIn;
    for (const QString &address : strangerAddresses().first(kMostTemptations)) {
        TestActor tempted = m_trial.actor();
        tempted.signIn.url = temptation(QUrl(how.url), address, returnParameters()).toString(QUrl::FullyEncoded);
        if (!how.csrfSource.isEmpty())
            tempted.signIn.csrfSource =
                temptation(QUrl(how.csrfSource), address, returnParameters()).toString(QUrl::FullyEncoded);
        SignInAttempt attempt(tempted, values(), m_wire);
        const auto session = signedInBy(attempt);
        if (!session)
            return tl::unexpected<Error>(session.error());
        const auto away = std::ranges::find_if(attempt.answers(), leadsToStranger);
        if (away == attempt.answers().end())
            continue;
        m_result.ledAway = *away;
        m_result.ledBy = address;
        return {};
    }
    return {};
}

Result<void> LoginFlowRun::control()
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

Result<LoginFlowLook> LoginFlowRun::run()
{
    if (auto ready = m_trial.begin(); !ready)
        return tl::unexpected<Error>(ready.error());
    m_result.actor = m_trial.actor().name;
    m_result.page = m_trial.page();
    const auto done = tryDevice(Device::Computer)
                          .and_then([this] { return tryDevice(Device::Phone); })
                          .and_then([this] { return tryWrongCsrf(); })
                          .and_then([this] { return tempt(); })
                          .and_then([this] { return tryWrongPassword(); })
                          .and_then([this] { return control(); });
    if (!done && done.error().kind == ErrorKind::Cancelled)
        return tl::unexpected<Error>(done.error());
    if (!done)
        m_result.brokenOff = done.error().message;
    m_result.known = m_trial.known();
    m_result.requests = m_wire.sent();
    return std::move(m_result);
}

const QString kId = u"access.login-flow"_s;
// Where not everybody gets all, the look at sign-ins by other services is shortened.
constexpr int kPartsOfBudget = 4;

bool hasPage(const TestActor &actor)
{
    return actor.signIn.kind == SignInKind::Form || actor.signIn.kind == SignInKind::Json;
}

// Without what is read to find the sign-ins by other services.
int fewestOf(bool withAccount)
{
    return withAccount ? kLoginFlowCeiling : kOAuthStartRequests;
}

// Both looks, or that at the sign-ins by other services alone, which needs no account.
RequestNeed needOf(bool withAccount)
{
    return {.account = kId,
            .most = kOAuthPageReads + kOAuthCeiling + (withAccount ? kLoginFlowCeiling : 0),
            .fewest = kFewestOAuthPageReads + fewestOf(withAccount),
            .parts = withAccount ? kPartsOfBudget : 2 * kPartsOfBudget};
}

// What it takes comes off the share.
Result<OAuthBeginnings> readBeginnings(const Look &look, bool withAccount, int &share)
{
    Wire wire(look, kId, std::clamp(share - fewestOf(withAccount), 0, kOAuthPageReads));
    if (!wire.isReady())
        return tl::unexpected<Error>(wire.isReady().error());
    OAuthBeginnings beginnings = oauthStartsOf(look);
    share -= wire.sent();
    return beginnings;
}

// The account that goes through the whole sign-in; else why there is none.
std::variant<TestActor, Judged> accountFor(const Target &target, const ProjectFacts &facts)
{
    auto chosen = signingActor(target, facts);
    const TestActor *actor = std::get_if<TestActor>(&chosen);
    if (actor && !hasPage(*actor))
        return nothingToTry(Text::tr("%1 signs in without a page: record the sign-in of a browser with a test account.")
                                .arg(actor->name));
    return chosen;
}

std::vector<RequestNeed> requestsOf(const Outlook &outlook)
{
    if (outlook.facts.actors.empty())
        return {};
    return {needOf(std::holds_alternative<TestActor>(accountFor(outlook.target, outlook.facts)))};
}

Judged look(const Look &look)
{
    const auto chosen = accountFor(look.target, look.facts);
    const Judged *missing = std::get_if<Judged>(&chosen);
    if (look.facts.actors.empty())
        return *missing;
    int share = mayAnnounce(look, needOf(!missing));
    const auto beginnings = readBeginnings(look, !missing, share);
    if (!beginnings)
        return notRun(beginnings.error().message);
    if (missing && beginnings->starts.empty())
        return withOAuth(*missing, {.notTried = beginnings->untried});
    Wire wire(look, kId, share);
    if (!wire.isReady())
        return notRun(wire.isReady().error().message);
    Judged judged = missing ? *missing : Judged();
    if (!missing) {
        const auto seen = LoginFlowRun(look, withSignOut(std::get<TestActor>(chosen), look), wire).run();
        judged = seen ? judgeLoginFlow(*seen) : trialEnded(seen.error());
    }
    return look.seen.isOver() ? judged : withOAuth(std::move(judged), lookAtOAuth(look, wire, *beginnings));
}

} // namespace

QString toWord(Device value)
{
    return value == Device::Computer ? u"computer"_s : u"phone"_s;
}

QByteArray userAgentOf(Device value)
{
    return value == Device::Computer
               ? "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 "
                 "Safari/537.36"
               : "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
                 "Version/18.6 Mobile/15E148 Safari/604.1";
}

Check loginFlowCheck()
{
    return {.id = kId,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::BrokenLogin, Impact::AccountTakeover},
            .needs = {Need::TestAccounts, Need::Consent},
            .look = look,
            .requests = requestsOf,
            .turn = LookTurn::AloneLast};
}

} // namespace cockpit
