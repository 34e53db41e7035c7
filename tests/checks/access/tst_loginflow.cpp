#include "checks/access/loginflow.h"
#include "checks/access/oauthflow.h"
#include "tests/checks/access/sessionscene.h"

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kJson = "Content-Type: application/json";
const QByteArray kMine = "{\"email\":\"mia.lund@acme.example\"}";
const QString kId = u"access.login-flow"_s;

SeenStanding seenAs(SessionStanding standing)
{
    SeenStanding seen{.standing = standing};
    seen.request.url = QUrl(u"https://app.example.com/me"_s);
    seen.answer = answer(200, kJson, kMine);
    return seen;
}

DeviceFlow goodFlow(Device device)
{
    DeviceFlow flow{.device = device};
    flow.answers = {
        answer(303, "Location: /home\nSet-Cookie: sid=abcdefabcdef; Path=/; Secure; HttpOnly; SameSite=Lax")};
    flow.inside = seenAs(SessionStanding::In);
    flow.signOut = answer(303, "Location: /login");
    flow.afterSignOut = seenAs(SessionStanding::Out);
    return flow;
}

LoginFlowLook goodLook()
{
    LoginFlowLook look;
    look.actor = u"Mia"_s;
    look.page.request.url = QUrl(u"https://app.example.com/me"_s);
    look.devices = {goodFlow(Device::Computer), goodFlow(Device::Phone)};
    look.wrongPassword.end = TryEnd::Refused;
    look.control = SessionStanding::In;
    return look;
}

using Change = std::function<void(LoginFlowLook &)>;

enum class FormFault {
    None,
    LedAway,
    AnyPassword,
    NoPhones,
    SignOutDoesNothing,
    TokenInAddress,
    CrossSite,
    NoOAuthState,
    LooksAtOrigin
};

// A product with a page to sign in at, and one fault.
class FormProduct
{
public:
    explicit FormProduct(FormFault fault) : m_fault(fault)
    {
        m_lab.on("GET", "/login", [](const WebRequest &request) {
            const auto next = request.query.find("next");
            const QByteArray to = next == request.query.end() ? QByteArray("/home") : next->second;
            return page(
                "<form method=post><input type=hidden name=next value=\"" + to.toPercentEncoding("/:\\") +
                "\"><input name=email><input type=password name=password></form><a href=/auth/google>Google</a>");
        });
        m_lab.on("GET", "/auth/google", [this](const WebRequest &) {
            const QByteArray state =
                m_fault == FormFault::NoOAuthState ? QByteArray() : "&state=" + QByteArray::number(++m_count);
            WebAnswer answer =
                redirectTo("https://accounts.elsewhere.example/auth?client_id=7&response_type=code" + state);
            answer.headers.emplace_back("Set-Cookie", "flow=1; Path=/");
            return answer;
        });
        m_lab.on("GET", "/form",
                 page("<form method=post><input type=hidden name=csrf value=T-4f1d20aa><input name=email>"
                      "<input type=password name=password></form>"));
        m_lab.on("POST", "/login", [this](const WebRequest &request) { return signIn(request); });
        m_lab.on("GET", "/home", page("<h1>Home</h1><p>Your projects</p>"));
        m_lab.on("GET", "/account", [this](const WebRequest &request) {
            return isIn(request) ? page("<h1>Account</h1><p>mia.lund@acme.example</p><p>Your plan is Team</p>")
                                 : redirectTo("/login");
        });
        m_lab.on("POST", "/logout", [this](const WebRequest &request) {
            WebAnswer answer = redirectTo("/login", 303);
            if (m_fault == FormFault::SignOutDoesNothing)
                return answer;
            m_sessions.erase(request.cookie("sid"));
            answer.headers.emplace_back("Set-Cookie", "sid=; Path=/; Max-Age=0");
            return answer;
        });
    }

    Judged judged()
    {
        TestActor actor;
        actor.id = u"a1"_s;
        actor.name = u"Mia Lund"_s;
        actor.role = u"member"_s;
        actor.tenant = u"Acme"_s;
        actor.userName = u"mia.lund@acme.example"_s;
        actor.signIn.kind = SignInKind::Form;
        actor.signIn.url = m_lab.url(u"/login"_s).toString();
        actor.signIn.bodyTemplate = u"email={{user}}&password={{password}}"_s;
        actor.signIn.logoutUrl = m_lab.url(u"/logout"_s).toString();
        actor.whoAmIUrl = m_lab.url(u"/account"_s).toString();
        if (m_fault == FormFault::LooksAtOrigin)
            actor.signIn.csrfSource = m_lab.url(u"/form"_s).toString();
        ProjectFacts facts;
        facts.actors = {actor};
        AttackRun run({}, {m_lab.host()}, {{u"a1"_s, Secret("correct-horse-battery")}});
        return run.run(loginFlowCheck(), targetOf({m_lab.host()}), facts);
    }

private:
    bool isIn(const WebRequest &request) const { return m_sessions.count(request.cookie("sid")) > 0; }
    WebAnswer signIn(const WebRequest &request)
    {
        if (m_fault == FormFault::LooksAtOrigin && request.header("origin").contains("example.org"))
            return {.status = 403, .body = "<p>From elsewhere</p>", .type = "text/html"};
        if (m_fault == FormFault::NoPhones && request.header("user-agent").contains("iPhone"))
            return {.status = 400, .body = "<p>This browser is not supported</p>", .type = "text/html"};
        if (request.form()["password"] != "correct-horse-battery" && m_fault != FormFault::AnyPassword)
            return {.status = 401, .body = "<p>Wrong</p>", .type = "text/html"};
        const QByteArray session = "session-" + QByteArray::number(++m_count) + "-8c1f2a77";
        m_sessions.insert(session);
        const auto next = request.query.find("next");
        QByteArray to =
            m_fault == FormFault::LedAway && next != request.query.end() ? next->second : QByteArray("/home");
        if (m_fault == FormFault::TokenInAddress)
            to += "?sid=" + session;
        WebAnswer answer = redirectTo(to, 303);
        answer.headers.emplace_back("Set-Cookie", "sid=" + session + "; Path=/; HttpOnly; SameSite=" +
                                                      (m_fault == FormFault::CrossSite ? "None; Secure" : "Lax"));
        return answer;
    }

    WebLab m_lab;
    const FormFault m_fault;
    std::set<QByteArray> m_sessions;
    int m_count = 0;
};

} // namespace

Q_DECLARE_METATYPE(Change)
Q_DECLARE_METATYPE(FormFault)

class TestLoginFlow : public QObject
{
    Q_OBJECT

private slots:
    void judges_data();
    void judges();
    void cleanShop();
    void desk_data();
    void desk();
    void formFaults_data();
    void formFaults();
    void hostile_data();
    void hostile();
    void stops();
    void refusesLittleBudget();
    void needsAPage();
};

void TestLoginFlow::judges_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const Change &change, const QString &expected) {
        QTest::newRow(name) << change << expected;
    };
    const auto withCookie = [](const QByteArray &line) {
        return [line](LoginFlowLook &look) {
            for (DeviceFlow &flow : look.devices)
                flow.answers = {answer(303, "Set-Cookie: " + line)};
        };
    };
    const auto withLocation = [](const QByteArray &location) {
        return [location](LoginFlowLook &look) {
            look.tokens = {Secret("token-5d0c1e99a7f3")};
            look.devices[0].answers = {answer(303, "Location: " + location)};
        };
    };
    row(
        "as it should be", [](LoginFlowLook &) {}, u"pass"_s);
    row(
        "not on the phone",
        [](LoginFlowLook &look) {
            look.devices[1].inside.reset();
            look.devices[1].problem = u"It said no."_s;
        },
        u"device_refused:high"_s);
    row(
        "on no device",
        [](LoginFlowLook &look) {
            for (DeviceFlow &flow : look.devices) {
                flow.inside.reset();
                flow.problem = u"It said no."_s;
            }
            look.control = SessionStanding::Out;
        },
        u"not_run"_s);
    row(
        "unclear on the phone", [](LoginFlowLook &look) { look.devices[1].inside = seenAs(SessionStanding::Unclear); },
        u"info"_s);
    row(
        "wrong password",
        [](LoginFlowLook &look) {
            look.wrongPassword = {TryEnd::Taken, seenAs(SessionStanding::In)};
        },
        u"wrong_password_accepted:critical"_s);
    row(
        "wrong anti-forgery token",
        [](LoginFlowLook &look) {
            look.wrongCsrf = {TryEnd::Taken, seenAs(SessionStanding::In)};
        },
        u"csrf_unchecked:medium"_s);
    row(
        "led away",
        [](LoginFlowLook &look) {
            look.ledAway = answer(302, "Location: https://example.org/");
            look.ledBy = u"https://example.org/"_s;
        },
        u"led_away:medium"_s);
    row(
        "still in after signing out",
        [](LoginFlowLook &look) { look.devices[0].afterSignOut = seenAs(SessionStanding::In); },
        u"sign_out_without_effect:high"_s);
    row(
        "signing out was refused",
        [](LoginFlowLook &look) {
            look.devices[0].signOut = answer(403);
            look.devices[0].afterSignOut = seenAs(SessionStanding::In);
        },
        u"info"_s);
    row(
        "no address to sign out",
        [](LoginFlowLook &look) {
            look.devices[0].signOut.reset();
            look.devices[0].afterSignOut.reset();
        },
        u"info"_s);
    row("cookie without Secure", withCookie("sid=abcdefabcdef; HttpOnly; SameSite=Lax"), u"cookie_not_secure:medium"_s);
    row("cookie without HttpOnly", withCookie("sid=abcdefabcdef; Secure; SameSite=Lax"), u"cookie_readable:medium"_s);
    row("a session that scripts read by design", withCookie("sb-x-auth-token=abcdef; Secure; SameSite=Lax"), u"pass"_s);
    row("cookie for other sites", withCookie("sid=abcdefabcdef; Secure; HttpOnly; SameSite=None"),
        u"cookie_cross_site:low"_s);
    row("another cookie", withCookie("theme=dark"), u"pass"_s);
    row("token in the address", withLocation("/home?token=token-5d0c1e99a7f3"), u"token_in_url:high"_s);
    row("token behind the hash", withLocation("/home#access_token=token-5d0c1e99a7f3"), u"token_in_url:high"_s);
    row("unencrypted step", withLocation("http://app.example.com/home"), u"plain_step:high"_s);
    row(
        "broken off", [](LoginFlowLook &look) { look.brokenOff = u"Stopped."_s; }, u"not_run"_s);
    row(
        "not let in at the end", [](LoginFlowLook &look) { look.control = SessionStanding::Out; }, u"not_run"_s);
}

void TestLoginFlow::judges()
{
    QFETCH(Change, change);
    QFETCH(QString, expected);
    LoginFlowLook look = goodLook();
    change(look);
    const Judged judged = judgeLoginFlow(look);
    QCOMPARE(said(judged), expected);
    const bool isOpen = judged.outcome == Outcome::NotRun || judged.outcome == Outcome::Info;
    QVERIFY(!isOpen || !judged.reason.isEmpty());
}

void TestLoginFlow::cleanShop()
{
    ShopLab lab({.setsCookie = true});
    QVERIFY2(lab.isReady(), qPrintable(lab.problem()));
    const ShopSessions scene(lab);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run, loginFlowCheck());
    QVERIFY2(judged.outcome == Outcome::Pass, qPrintable(toldIn(judged)));
    QCOMPARE(judged.observed["cookies"_L1].toArray().size(), 1);
    QCOMPARE(judged.observed["wrong_password"_L1].toString(), u"refused"_s);
    QVERIFY(run.gate->sentBy(kId) > 12);
    QVERIFY(run.gate->sentBy(kId) <= kLoginFlowCeiling + kOAuthPageReads);
    QVERIFY(isFreeOfSecrets(judged, *run.gate));
}

void TestLoginFlow::desk_data()
{
    QTest::addColumn<QList<DeskFault>>("faults");
    QTest::addColumn<QString>("expected");
    QTest::newRow("clean") << QList<DeskFault>() << u"pass"_s;
    QTest::newRow("cookie readable") << QList<DeskFault>{DeskFault::CookieReadable} << u"cookie_readable:medium"_s;
    QTest::newRow("csrf unchecked") << QList<DeskFault>{DeskFault::CsrfUnchecked} << u"csrf_unchecked:medium"_s;
    // Its own authorization server.
    QTest::newRow("no state") << QList<DeskFault>{DeskFault::SignOnUnbound} << u"oauth_no_state:medium"_s;
    QTest::newRow("redirect_uri by its beginning")
        << QList<DeskFault>{DeskFault::SignOnRedirectByBeginning} << u"oauth_redirect_taken:high"_s;
    QTest::newRow("both") << QList<DeskFault>{DeskFault::SignOnUnbound, DeskFault::SignOnRedirectByBeginning}
                          << u"oauth_no_state:medium oauth_redirect_taken:high"_s;
}

void TestLoginFlow::desk()
{
    QFETCH(QList<DeskFault>, faults);
    QFETCH(QString, expected);
    DeskSetup setup;
    for (const DeskFault fault : faults)
        setup.faults.add(fault);
    DeskLab lab(setup);
    QVERIFY2(lab.isReady(), qPrintable(lab.problem()));
    const DeskSessions scene(lab);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run, loginFlowCheck());
    QVERIFY2(said(judged) == expected, qPrintable(toldIn(judged)));
    QVERIFY(isFreeOfSecrets(judged, *run.gate));
    QVERIFY(run.gate->sentBy(kId) <= kLoginFlowCeiling + kOAuthPageReads + kOAuthStartRequests);
    const QJsonArray seen = judged.observed["oauth"_L1].toArray();
    QVERIFY2(seen.size() == 1 && seen[0]["redirect_tries"_L1].toArray().size() == 4, qPrintable(toldIn(judged)));
}

void TestLoginFlow::formFaults_data()
{
    QTest::addColumn<FormFault>("fault");
    QTest::addColumn<QString>("expected");
    QTest::newRow("none") << FormFault::None << u"pass"_s;
    QTest::newRow("led away") << FormFault::LedAway << u"led_away:medium"_s;
    QTest::newRow("any password") << FormFault::AnyPassword << u"wrong_password_accepted:critical"_s;
    QTest::newRow("no phones") << FormFault::NoPhones << u"device_refused:high"_s;
    QTest::newRow("sign-out does nothing") << FormFault::SignOutDoesNothing << u"sign_out_without_effect:high"_s;
    QTest::newRow("session in the address") << FormFault::TokenInAddress << u"token_in_url:high"_s;
    QTest::newRow("looks at the origin, not at the token") << FormFault::LooksAtOrigin << u"pass"_s;
    QTest::newRow("cross site") << FormFault::CrossSite << u"cookie_cross_site:low"_s;
    QTest::newRow("by another service without a state") << FormFault::NoOAuthState << u"oauth_no_state:medium"_s;
}

void TestLoginFlow::formFaults()
{
    QFETCH(FormFault, fault);
    QFETCH(QString, expected);
    FormProduct product(fault);
    const Judged judged = product.judged();
    QVERIFY2(said(judged) == expected, qPrintable(toldIn(judged)));
}

void TestLoginFlow::hostile_data()
{
    addHostileRows(6);
}

void TestLoginFlow::hostile()
{
    QFETCH(int, row);
    const QString wrong = wrongUnder(hostileRows(6)[static_cast<std::size_t>(row)], loginFlowCheck());
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestLoginFlow::stops()
{
    const QString wrong = wrongWhenStopped(loginFlowCheck());
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestLoginFlow::refusesLittleBudget()
{
    SoundProduct product;
    AttackRun poor = product.run(40);
    QCOMPARE(poor.run(loginFlowCheck(), product.target(), product.facts()).outcome, Outcome::NotRun);
    QCOMPARE(product.lab().count(), 0);
}

void TestLoginFlow::needsAPage()
{
    SoundProduct product;
    ProjectFacts facts = product.facts();
    facts.actors[0].signIn.kind = SignInKind::OAuthPassword;
    AttackRun run = product.run();
    QCOMPARE(run.run(loginFlowCheck(), product.target(), facts).outcome, Outcome::NotRun);
    QCOMPARE(product.lab().count(), 0);
}

QTEST_GUILESS_MAIN(TestLoginFlow)
#include "tst_loginflow.moc"
