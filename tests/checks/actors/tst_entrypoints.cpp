#include "checks/actors/entrypoints.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestEntryPoints : public QObject
{
    Q_OBJECT

private slots:
    void knowsKinds_data();
    void knowsKinds();
    void makesHoles_data();
    void makesHoles();
    void listsWhatCanBeAsked();
};

void TestEntryPoints::knowsKinds_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *path, const char *kind, const char *method = "POST") {
        QTest::newRow(path) << QString::fromLatin1(method) << QString::fromLatin1(kind);
    };
    row("/api/login", "login");
    row("/auth/sign-in", "login");
    row("/api/sign-up", "sign_up");
    row("/register", "sign_up");
    row("/api/password/forgot", "forgot");
    row("/forgot-password", "forgot");
    row("/auth/request-password-reset", "forgot");
    row("/api/magic-link", "magic_link");
    row("/auth/login/email", "magic_link");
    row("/auth/v1/otp", "magic_link");
    row("/api/otp/send", "magic_link");
    row("/auth/passwordless/start", "magic_link");
    row("/api/otp/verify", "none");
    row("/sso/discover", "discovery");
    row("/api/check-email", "discovery");
    row("/login/identifier", "discovery");
    row("/api/checkout", "none");
    row("/api/password/reset", "reset_password");
    row("/reset", "reset_password");
    row("/api/invitations", "invite");
    row("/api/invitations/accept", "accept_invite");
    row("/api/invitations/{token}/accept", "accept_invite");
    row("/api/coupons/redeem", "once_only");
    row("/polls/{id}/vote", "once_only");
    row("/api/webhooks/payments", "webhook");
    row("/api/chat", "chat");
    row("/v1/completions", "chat");
    row("/api/uploads", "upload");
    row("/api/customers/export.csv", "heavy", "GET");
    row("/api/search", "heavy", "GET");
    row("/api/blogin", "none");
    row("/api/customers", "none");
    row("/login", "none", "GET");
    row("/api/research", "none", "GET");
}

void TestEntryPoints::knowsKinds()
{
    QFETCH(QString, method);
    QFETCH(QString, expected);
    Route route;
    route.method = method;
    route.path = QString::fromLatin1(QTest::currentDataTag());
    const auto kind = entryKindOf(route);
    QCOMPARE(kind ? toWord(*kind) : u"none"_s, expected);
}

void TestEntryPoints::makesHoles_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected");
    QTest::newRow("JSON") << QByteArray("application/json")
                          << QByteArray(R"({"email":"person@example.com","password":"<value>"})")
                          << uR"({"email":"{{user}}","password":"{{password}}"})"_s;
    QTest::newRow("form") << QByteArray("application/x-www-form-urlencoded")
                          << QByteArray("csrf_token=x&email=a%40example.com")
                          << u"csrf_token={{csrf}}&email={{user}}"_s;
    QTest::newRow("link") << QByteArray("application/json") << QByteArray(R"({"password":"<value>","token":"abc"})")
                          << uR"({"password":"{{password}}","token":"{{token}}"})"_s;
    QTest::newRow("plain") << QByteArray("application/json") << QByteArray(R"({"code":"SPRING-1"})")
                           << uR"({"code":"SPRING-1"})"_s;
}

void TestEntryPoints::makesHoles()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(QString, expected);
    QCOMPARE(bodyWithHoles(type, body), expected);
}

void TestEntryPoints::listsWhatCanBeAsked()
{
    const Target target{.domain = u"example.com"_s, .hosts = {{HostRole::Api, u"api.example.com"_s, 443}}};
    ProjectFacts facts;
    const auto add = [&](const char *method, const char *path, const char *host = "") {
        Route route;
        route.method = QString::fromLatin1(method);
        route.path = QString::fromLatin1(path);
        route.host = QString::fromLatin1(host);
        facts.routes.push_back(route);
    };
    add("POST", "/login");
    add("POST", "/forgot");
    add("POST", "/sign-up", "other.example.org");
    add("GET", "/export");
    add("GET", "/search");
    add("POST", "/webhooks/pay");
    add("GET", "/forgot");
    facts.samples = {{u"POST"_s, u"/forgot"_s, {}, "application/x-www-form-urlencoded", "email=a%40example.com", {}},
                     {u"POST"_s, u"/sign-up"_s, u"other.example.org"_s, "application/json", "{}", {}}};
    QStringList listed;
    for (const EntryPoint &point : entryPointsOf(target, facts))
        listed.append(toWord(point.kind) + u' ' + point.url.toString() +
                      (point.formPage.isEmpty() ? QString() : u" with its form"_s));
    QCOMPARE(listed,
             (QStringList{u"forgot https://api.example.com/forgot with its form"_s,
                          u"heavy https://api.example.com/export"_s, u"heavy https://api.example.com/search?q=test"_s,
                          u"webhook https://api.example.com/webhooks/pay"_s}));
    // Each door where people sign in, once: those of accounts, and a route with an example.
    for (const char *path : {"/login", "/login", "/partners/login"}) {
        TestActor actor;
        actor.signIn.kind = SignInKind::Json;
        actor.signIn.url = u"https://api.example.com"_s + QString::fromLatin1(path);
        facts.actors.push_back(actor);
    }
    add("POST", "/account/login");
    add("POST", "/old/login");
    facts.samples.push_back({u"POST"_s, u"/account/login"_s, {}, "application/x-www-form-urlencoded", "email=a", {}});
    QStringList doors;
    for (const EntryPoint &door : loginDoorsOf(target, facts))
        doors.append(door.url.path());
    QCOMPARE(doors.join(u' '), u"/login /partners/login /account/login"_s);
}

QTEST_GUILESS_MAIN(TestEntryPoints)
#include "tst_entrypoints.moc"
