#include "tests/checks/actors/actorlab.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kSession = "session-8c1f2a77";
const QByteArray kToken = "token-55d0c1e99a";

// Signs in through a wire of its own.
Result<Session> in(ActorRun &run, const TestActor &actor)
{
    Wire wire(run.seen, u"access.roles"_s, kSignInRequests);
    return signIn(actor, *run.gate->secretOf(actor.id), wire);
}

QString problem(const Result<Session> &session)
{
    return session ? u"signed in"_s : session.error().message;
}

TestActor byForm(const WebLab &lab)
{
    TestActor actor = anna(SignInKind::Form);
    actor.signIn.url = lab.url(u"/login"_s).toString();
    actor.signIn.bodyTemplate = u"email={{user}}&password={{password}}"_s;
    return actor;
}

TestActor byJson(const WebLab &lab)
{
    TestActor actor = anna(SignInKind::Json);
    actor.signIn.url = lab.url(u"/api/login"_s).toString();
    actor.signIn.bodyTemplate = u"{\"email\":\"{{user}}\",\"password\":\"{{password}}\"}"_s;
    return actor;
}

const QByteArray kLoginPage = "<html><form method=post><input name=email><input type=password name=password></form>";

// A login by a form, as frameworks do it: in by a redirect, back to the form otherwise.
void serveForm(WebLab &lab)
{
    lab.on("GET", "/login", page(kLoginPage));
    lab.on("GET", "/home", page("<h1>Hello Anna</h1>"));
    lab.on("POST", "/login", [](const WebRequest &request) {
        if (request.form()["password"] != kPassword || request.form()["email"] != "anna@acme.test")
            return page(kLoginPage);
        WebAnswer answer = redirectTo("/home");
        answer.headers.emplace_back("Set-Cookie", "sid=" + kSession + "; HttpOnly; Path=/");
        return answer;
    });
}

} // namespace

class TestSignIn : public QObject
{
    Q_OBJECT

private slots:
    void formThatRedirects()
    {
        WebLab lab;
        serveForm(lab);
        ActorRun run;
        const auto session = in(run, byForm(lab));
        QVERIFY2(session, qPrintable(problem(session)));
        QCOMPARE(session->jar.valueOf(u"sid"_s)->reveal(), kSession);
        QCOMPARE(lab.count(), 2); // the login, and where it leads
        QCOMPARE(lab.requests()[1].path, QByteArray("/home"));
        QCOMPARE(lab.requests()[1].cookie("sid"), kSession);
        QCOMPARE(run.gate->sentBy(u"access.roles"_s), 2);
    }

    // Also a product that gives everybody a cookie.
    void aLoginPageUnderStatus200IsNoSignIn()
    {
        WebLab lab;
        WebAnswer again = page(kLoginPage);
        again.headers.emplace_back("Set-Cookie", "sid=anonymous-12345; Path=/");
        lab.on("", "*", again);
        ActorRun run;
        const auto session = in(run, byForm(lab));
        QVERIFY(!session);
        QCOMPARE(int(session.error().kind), int(ErrorKind::NotPermitted));
        QVERIFY(!session.error().message.contains(QString::fromUtf8(kPassword)));
        QVERIFY(!session.error().detail.contains(QString::fromUtf8(kPassword)));
    }

    void aRedirectBackToTheLoginIsNoSignIn()
    {
        WebLab lab;
        WebAnswer back = redirectTo("/login?error=1");
        back.headers.emplace_back("Set-Cookie", "flash=wrong-password; Path=/");
        lab.on("POST", "/login", back);
        lab.on("GET", "/login", page(kLoginPage));
        ActorRun run;
        QVERIFY(!in(run, byForm(lab)));
    }

    void statuses_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {400, 401, 403, 404, 422, 429, 500})
            QTest::addRow("%d", status) << status;
    }

    void statuses()
    {
        QFETCH(int, status);
        WebLab lab;
        serveForm(lab);
        lab.setManners({.alwaysStatus = status});
        ActorRun run;
        const auto session = in(run, byForm(lab));
        QVERIFY(!session);
        QCOMPARE(int(session.error().kind), int(ErrorKind::NotPermitted));
        QCOMPARE(lab.count(), 1); // nothing is tried again
    }

    void csrf_data()
    {
        QTest::addColumn<QByteArray>("pageBody");
        QTest::addColumn<QByteArray>("pageCookie");
        QTest::addColumn<QString>("body");
        const QString withHole = u"email={{user}}&password={{password}}&csrf={{csrf}}"_s;
        const QString without = u"email={{user}}&password={{password}}"_s;
        QTest::newRow("hidden field, in the recorded body")
            << QByteArray("<form><input type=hidden name=csrf value=T-1><input type=password></form>") << QByteArray()
            << withHole;
        QTest::newRow("hidden field, not in the recorded body")
            << QByteArray("<form><input type=hidden name=csrf value=T-1><input type=password></form>") << QByteArray()
            << without;
        QTest::newRow("meta element") << QByteArray("<meta name=csrf-token content=T-1>") << QByteArray() << withHole;
        QTest::newRow("cookie") << QByteArray("<p>Hi") << QByteArray("XSRF-TOKEN=T-1; Path=/") << withHole;
    }

    void csrf()
    {
        QFETCH(QByteArray, pageBody);
        QFETCH(QByteArray, pageCookie);
        QFETCH(QString, body);
        WebLab lab;
        WebAnswer form = page(pageBody);
        form.headers.emplace_back("Set-Cookie", "pre=before; Path=/");
        if (!pageCookie.isEmpty())
            form.headers.emplace_back("Set-Cookie", pageCookie);
        lab.on("GET", "/login", form);
        lab.on("POST", "/login", [](const WebRequest &request) {
            const bool isGood = request.form()["csrf"] == "T-1" && request.cookie("pre") == "before" &&
                                !request.header("Origin").isEmpty() && !request.header("Referer").isEmpty();
            WebAnswer answer{.status = isGood ? 200 : 419, .body = "{}"};
            answer.headers.emplace_back("Set-Cookie", "sid=" + kSession + "; Path=/");
            return answer;
        });
        ActorRun run;
        TestActor actor = byForm(lab);
        actor.signIn.csrfSource = actor.signIn.url;
        actor.signIn.bodyTemplate = body;
        const auto session = in(run, actor);
        QVERIFY2(session, qPrintable(problem(session)));
        QCOMPARE(lab.count(), 2);
    }

    void saysThatThereIsNoCsrfToken()
    {
        WebLab lab;
        lab.on("GET", "/login", page("<p>Nothing"));
        ActorRun run;
        TestActor actor = byForm(lab);
        actor.signIn.csrfSource = actor.signIn.url;
        const auto session = in(run, actor);
        QVERIFY(!session);
        QCOMPARE(int(session.error().kind), int(ErrorKind::Protocol));
        QCOMPARE(lab.count(), 1); // the password was not sent
    }

    void jsonWithATokenOrACookie_data()
    {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("cookie");
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("wanted"); // what the next request brings
        const QByteArray bearer = "Authorization: Bearer " + kToken;
        QTest::newRow("pointer") << u"/data/jwt"_s << QByteArray("{\"data\":{\"jwt\":\"" + kToken + "\"}}")
                                 << QByteArray() << QByteArray() << bearer;
        QTest::newRow("usual name") << QString() << QByteArray("{\"token\":\"" + kToken + "\"}") << QByteArray()
                                    << QByteArray() << bearer;
        QTest::newRow("header") << u"X-Auth-Token"_s << QByteArray("{}") << QByteArray() << kToken << bearer;
        QTest::newRow("named cookie") << u"sid"_s << QByteArray("{}") << QByteArray("sid=" + kSession) << QByteArray()
                                      << QByteArray("Cookie: sid=" + kSession);
        QTest::newRow("any cookie") << QString() << QByteArray("{\"ok\":true}") << QByteArray("sid=" + kSession)
                                    << QByteArray() << QByteArray("Cookie: sid=" + kSession);
        QTest::newRow("nothing") << QString() << QByteArray("{\"ok\":true}") << QByteArray() << QByteArray()
                                 << QByteArray();
        QTest::newRow("another cookie") << u"sid"_s << QByteArray("{}") << QByteArray("theme=dark") << QByteArray()
                                        << QByteArray();
        QTest::newRow("an error under 200") << QString() << QByteArray("{\"error\":\"Unauthorized\"}")
                                            << QByteArray("sid=anonymous-1") << QByteArray() << QByteArray();
    }

    void jsonWithATokenOrACookie()
    {
        QFETCH(QString, pointer);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, cookie);
        QFETCH(QByteArray, header);
        QFETCH(QByteArray, wanted);
        WebLab lab;
        WebAnswer answer{.body = body};
        if (!cookie.isEmpty())
            answer.headers.emplace_back("Set-Cookie", cookie + "; Path=/");
        if (!header.isEmpty())
            answer.headers.emplace_back("X-Auth-Token", header);
        lab.on("POST", "/api/login", answer);
        ActorRun run;
        TestActor actor = byJson(lab);
        actor.signIn.tokenPointer = pointer;
        const auto session = in(run, actor);
        QCOMPARE(lab.requests().front().body,
                 QByteArray("{\"email\":\"anna@acme.test\",\"password\":\"correct-horse&battery\\\"1\"}"));
        QCOMPARE(lab.requests().front().header("Content-Type"), QByteArray("application/json"));
        QCOMPARE(session.has_value(), !wanted.isEmpty());
        if (!session)
            return;
        const auto headers = session->headersFor(lab.url(), "GET", QDateTime::currentDateTimeUtc());
        QCOMPARE(headers.size(), 1u);
        QCOMPARE(headers.front().name + ": " + headers.front().value, wanted);
    }

    // A balancer in front of the product sets a cookie of its own; the token is what signs in.
    void jsonWithATokenBesideACookie()
    {
        WebLab lab;
        lab.on("POST", "/api/login",
               WebAnswer{.body = "{\"token\":\"" + kToken + "\"}", .headers = {{"Set-Cookie", "AWSALB=x1; Path=/"}}});
        ActorRun run;
        const auto session = in(run, byJson(lab));
        QVERIFY2(session, qPrintable(problem(session)));
        QVERIFY(session->token && session->token->reveal() == kToken);
        QVERIFY(!session->jar.isEmpty());
    }

    // As logins of services are recorded: "client_id" in the body, the key of the project in the address and in a
    // header.
    void fillsAddressAndClient()
    {
        WebLab lab;
        lab.on("POST", "/api/login", WebAnswer{.body = "{\"token\":\"" + kToken + "\"}"});
        ActorRun run(60, R"({"password":"p w","key":"k&1","apikey":"key-of-the-project"})");
        TestActor actor = byJson(lab);
        actor.signIn.clientId = u"web"_s;
        actor.signIn.url += u"?key={{key}}"_s;
        actor.signIn.bodyTemplate = u"{\"c\":\"{{client_id}}\",\"p\":\"{{password}}\"}"_s;
        actor.signIn.headers = {{u"apikey"_s, u"{{apikey}}"_s}, {u"X-Other"_s, u"1"_s}};
        const auto session = in(run, actor);
        QVERIFY2(session, qPrintable(problem(session)));
        const WebRequest request = lab.requests().front();
        QCOMPARE(request.target, QByteArray("/api/login?key=k%261"));
        QCOMPARE(request.body, QByteArray(R"({"c":"web","p":"p w"})"));
        QCOMPARE(request.header("apikey"), QByteArray("key-of-the-project"));
        QVERIFY(!request.header("Referer").contains("k%261"));
        const auto later = session->headersFor(lab.url(), "GET", QDateTime::currentDateTimeUtc());
        QCOMPARE(later.size(), 2u); // the token and the key, and nothing that was of the login alone
        QCOMPARE(later.back().name + ": " + later.back().value, QByteArray("apikey: key-of-the-project"));
    }

    void oauthAsItWasRecorded()
    {
        WebLab lab;
        lab.on("POST", "/token", WebAnswer{.body = "{\"access_token\":\"" + kToken + "\"}"});
        ActorRun run(60, R"({"password":"p w","password2":"of-the-client"})");
        TestActor actor = anna(SignInKind::OAuthPassword);
        actor.signIn.url = lab.url(u"/token"_s).toString();
        actor.signIn.clientId = u"web"_s;
        actor.signIn.bodyTemplate =
            u"grant_type=password&username={{user}}&password={{password}}&client_id={{client_id}}"
            "&client_secret={{password2}}&audience=api"_s;
        const auto session = in(run, actor);
        QVERIFY2(session, qPrintable(problem(session)));
        QCOMPARE(lab.count(), 1);
        const auto form = lab.requests().front().form();
        QCOMPARE(form.at("audience"), QByteArray("api"));
        QCOMPARE(form.at("client_secret"), QByteArray("of-the-client"));
        QCOMPARE(form.at("client_id"), QByteArray("web"));
        QCOMPARE(form.at("username"), QByteArray("anna@acme.test"));
    }

    // RFC 6749 section 6: who has a secret says it again.
    void refreshesAsAClientWithASecret_data()
    {
        QTest::addColumn<bool>("readsHeader");
        QTest::newRow("header") << true;
        QTest::newRow("body") << false;
    }

    void refreshesAsAClientWithASecret()
    {
        QFETCH(bool, readsHeader);
        WebLab lab;
        lab.on("POST", "/token", [readsHeader](const WebRequest &request) {
            auto form = request.form();
            const bool isGood = readsHeader
                                    ? request.header("Authorization") == "Basic " + QByteArray("web:hush").toBase64()
                                    : form["client_id"] == "web" && form["client_secret"] == "hush";
            const bool isRefresh = form["grant_type"] == "refresh_token" && form["refresh_token"] == "refresh-0001";
            if (!isGood)
                return WebAnswer{.status = 401, .body = "{\"error\":\"invalid_client\"}"};
            return isRefresh ? WebAnswer{.body = "{\"access_token\":\"second-token-2\"}"}
                             : WebAnswer{.body = "{\"access_token\":\"first-token-1\","
                                                 "\"refresh_token\":\"refresh-0001\"}"};
        });
        ActorRun run(60, R"({"password":"p","client_secret":"hush"})");
        TestActor actor = anna(SignInKind::OAuthPassword);
        actor.signIn.url = lab.url(u"/token"_s).toString();
        actor.signIn.clientId = u"web"_s;
        Wire wire(run.seen, u"access.refresh-token"_s, 6);
        auto session = signIn(actor, *run.gate->secretOf(actor.id), wire);
        QVERIFY2(session, qPrintable(problem(session)));
        const auto renewed = refresh(*session, actor, wire);
        QVERIFY2(renewed, renewed ? "" : qPrintable(renewed.error().message));
        QCOMPARE(session->token->reveal(), QByteArray("second-token-2"));
    }

    void aPastedTokenBringsItsKey()
    {
        ActorRun run(60, "{\"password\":\"" + kToken + "\",\"apikey\":\"key-of-the-project\"}");
        TestActor actor = anna(SignInKind::BearerToken);
        actor.signIn.headers = {{u"apikey"_s, u"{{apikey}}"_s}};
        const auto session = in(run, actor);
        QVERIFY2(session, qPrintable(problem(session)));
        const auto headers = session->headersFor(QUrl(u"https://x.test/"_s), "GET", QDateTime::currentDateTimeUtc());
        QCOMPARE(headers.size(), 2u);
        QCOMPARE(headers.back().value, QByteArray("key-of-the-project"));
        const auto known = session->secrets();
        QVERIFY(std::ranges::find(known, Secret("key-of-the-project")) != known.end());
    }

    void oauthPassword()
    {
        WebLab lab;
        lab.on("POST", "/token", [](const WebRequest &request) {
            const auto form = request.form();
            const bool isGood = form.at("grant_type") == "password" && form.at("username") == "anna@acme.test" &&
                                form.at("password") == kPassword && form.at("client_id") == "web";
            return WebAnswer{.status = isGood ? 200 : 400,
                             .body = "{\"access_token\":\"" + kToken +
                                     "\",\"refresh_token\":\"refresh-0001\",\"expires_in\":3600}"};
        });
        ActorRun run;
        TestActor actor = anna(SignInKind::OAuthPassword);
        actor.signIn.url = lab.url(u"/token"_s).toString();
        actor.signIn.clientId = u"web"_s;
        auto session = in(run, actor);
        QVERIFY2(session, qPrintable(problem(session)));
        QCOMPARE(session->token->reveal(), kToken);
        QCOMPARE(session->refreshToken->reveal(), QByteArray("refresh-0001"));
        QVERIFY(session->expiresAt > QDateTime::currentDateTimeUtc().addSecs(3500));
    }

    // Some servers read the header alone, some the body alone.
    void oauthClient_data()
    {
        QTest::addColumn<bool>("readsHeader");
        QTest::addColumn<int>("requests");
        QTest::newRow("header") << true << 1;
        QTest::newRow("body") << false << 2;
    }

    void oauthClient()
    {
        QFETCH(bool, readsHeader);
        WebLab lab;
        lab.on("POST", "/token", [readsHeader](const WebRequest &request) {
            auto form = request.form();
            const QByteArray basic = "Basic " + QByteArray("svc:" + kPassword.toPercentEncoding()).toBase64();
            const bool isGood = readsHeader ? request.header("Authorization") == basic
                                            : form["client_id"] == "svc" && form["client_secret"] == kPassword;
            return isGood ? WebAnswer{.body = "{\"access_token\":\"" + kToken + "\"}"}
                          : WebAnswer{.status = 401, .body = "{\"error\":\"invalid_client\"}"};
        });
        ActorRun run;
        TestActor actor = anna(SignInKind::OAuthClient);
        actor.signIn.url = lab.url(u"/token"_s).toString();
        actor.signIn.clientId = u"svc"_s;
        const auto session = in(run, actor);
        QVERIFY2(session, qPrintable(problem(session)));
        QCOMPARE(session->token->reveal(), kToken);
        QTEST(lab.count(), "requests");
    }

    void pastedKinds_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QString>("headerName");
        QTest::addColumn<QByteArray>("wanted");
        QTest::newRow("cookie") << int(SignInKind::Cookie) << QByteArray("sid=" + kSession) << QString()
                                << QByteArray("Cookie: sid=" + kSession);
        QTest::newRow("token") << int(SignInKind::BearerToken) << kToken << QString()
                               << QByteArray("Authorization: Bearer " + kToken);
        QTest::newRow("token with its scheme") << int(SignInKind::BearerToken) << QByteArray("Bearer " + kToken)
                                               << QString() << QByteArray("Authorization: Bearer " + kToken);
        QTest::newRow("key") << int(SignInKind::ApiKey) << kToken << QString() << QByteArray("X-API-Key: " + kToken);
        QTest::newRow("key in its header")
            << int(SignInKind::ApiKey) << kToken << u"apikey"_s << QByteArray("apikey: " + kToken);
    }

    void pastedKinds()
    {
        QFETCH(int, kind);
        QFETCH(QByteArray, value);
        QFETCH(QString, headerName);
        WebLab lab;
        ActorRun run(60, value);
        TestActor actor = anna(SignInKind(kind));
        actor.signIn.headerName = headerName;
        actor.whoAmIUrl = lab.url(u"/me"_s).toString();
        const auto session = in(run, actor);
        QVERIFY2(session, qPrintable(problem(session)));
        const auto headers = session->headersFor(lab.url(u"/x"_s), "GET", QDateTime::currentDateTimeUtc());
        QCOMPARE(headers.size(), 1u);
        QTEST(headers.front().name + ": " + headers.front().value, "wanted");
        QCOMPARE(lab.count(), 0);
    }

    // It is for signing, and goes nowhere.
    void signsNobodyInWithASigningKey()
    {
        WebLab lab;
        ActorRun run(60, kToken);
        TestActor actor = anna(SignInKind::SigningKey);
        actor.signIn.headerName = u"Stripe-Signature"_s;
        actor.whoAmIUrl = lab.url(u"/me"_s).toString();
        const auto session = in(run, actor);
        QVERIFY(!session && session.error().kind == ErrorKind::BadInput);
        QVERIFY2(session.error().message.contains(actor.name), qPrintable(session.error().message));
        QCOMPARE(lab.count(), 0);
    }

    void refreshes()
    {
        WebLab lab;
        lab.on("POST", "/api/login",
               WebAnswer{.body = "{\"token\":\"first-token-1\",\"refreshToken\":\"refresh-0001\"}"});
        lab.on("POST", "/api/refresh", [](const WebRequest &request) {
            if (request.body != "{\"refreshToken\":\"refresh-0001\"}")
                return WebAnswer{.status = 401};
            return WebAnswer{.body = "{\"token\":\"second-token-2\",\"refreshToken\":\"refresh-0002\"}"};
        });
        ActorRun run;
        TestActor actor = byJson(lab);
        actor.signIn.refreshUrl = lab.url(u"/api/refresh"_s).toString();
        actor.signIn.refreshPointer = u"/refreshToken"_s;
        Wire wire(run.seen, u"access.refresh-token"_s, 5);
        auto session = signIn(actor, *run.gate->secretOf(actor.id), wire);
        QVERIFY2(session, qPrintable(problem(session)));
        QVERIFY(refresh(*session, actor, wire));
        QCOMPARE(session->token->reveal(), QByteArray("second-token-2"));
        QCOMPARE(session->refreshToken->reveal(), QByteArray("refresh-0002"));
        const auto again = refresh(*session, actor, wire); // the product knows the first one alone
        QVERIFY(!again);
        QCOMPARE(int(again.error().kind), int(ErrorKind::NotPermitted));
        QVERIFY(!again.error().message.contains(u"refresh-0002"_s));
    }

    void aForeignLandingIsNotFollowed()
    {
        WebLab lab;
        WebAnswer away = redirectTo("http://localhost:" + QByteArray::number(lab.port()) + "/stolen");
        away.headers.emplace_back("Set-Cookie", "sid=" + kSession + "; Path=/");
        lab.on("POST", "/login", away);
        ActorRun run;
        QVERIFY(in(run, byForm(lab)));
        QCOMPARE(lab.count(), 1);
    }

    void signedOutAnswers_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("location");
        QTest::addColumn<bool>("wanted");
        QTest::newRow("401") << 401 << QByteArray() << QByteArray() << true;
        QTest::newRow("403") << 403 << QByteArray() << QByteArray() << false;
        QTest::newRow("to the login") << 302 << QByteArray() << QByteArray("/login?next=/me") << true;
        QTest::newRow("elsewhere") << 302 << QByteArray() << QByteArray("/home") << false;
        QTest::newRow("login page") << 200 << kLoginPage << QByteArray() << true;
        QTest::newRow("login page under 404") << 404 << kLoginPage << QByteArray() << true;
        QTest::newRow("data") << 200 << QByteArray("{\"email\":\"anna@acme.test\"}") << QByteArray() << false;
    }

    void signedOutAnswers()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, location);
        HttpResponse answer;
        answer.url = QUrl(u"https://app.acme.test/me"_s);
        answer.status = status;
        answer.body = body;
        if (!location.isEmpty())
            answer.headers.push_back({"Location", location});
        QTEST(looksSignedOut(answer), "wanted");
    }
};

QTEST_GUILESS_MAIN(TestSignIn)
#include "tst_signin.moc"
