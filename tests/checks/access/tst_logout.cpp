#include "checks/access/logout.h"
#include "tests/checks/access/sessionscene.h"

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kJson = "Content-Type: application/json";
const QByteArray kMine = "{\"email\":\"mia.lund@acme.example\"}";

LogoutLook lookWith(const QString &form, SessionStanding standing)
{
    LogoutLook look;
    look.actor = u"Mia"_s;
    look.page.request.url = QUrl(u"https://app.example.com/me"_s);
    look.page.good = answer(200, kJson, kMine);
    look.page.stranger = answer(401, kJson, "{}");
    look.signOut = answer(204);
    look.afterwards = SessionStanding::In;
    look.replays = {{form, {standing, look.page.request, look.page.good}}};
    return look;
}

} // namespace

class TestLogout : public QObject
{
    Q_OBJECT

private slots:
    void judges_data();
    void judges();
    void findsASignOutRoute_data();
    void findsASignOutRoute();
    void choosesTheAccount_data();
    void choosesTheAccount();
    void cleanShop();
    void shopFaults_data();
    void shopFaults();
    void desk_data();
    void desk();
    void renewalAfterwards_data();
    void renewalAfterwards();
    void hostile_data();
    void hostile();
    void stops();
    void refusesLittleBudget();
    void needsAnAccountThatSignsIn();
};

void TestLogout::judges_data()
{
    using enum SessionStanding;
    QTest::addColumn<QString>("form");
    QTest::addColumn<int>("standing");
    QTest::addColumn<int>("signOut");
    QTest::addColumn<int>("afterwards");
    QTest::addColumn<qint64>("tokenLeft"); // -1: not known
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *form, SessionStanding standing, int signOut,
                        SessionStanding afterwards, qint64 left, const QString &expected) {
        QTest::newRow(name) << QString::fromLatin1(form) << int(standing) << signOut << int(afterwards) << left
                            << expected;
    };
    row("dead", "token", Out, 204, In, -1, u"pass"_s);
    row("token lives, its end not known", "token", In, 204, In, -1, u"token_survives:high"_s);
    row("token lives for a quarter of an hour", "token", In, 204, In, 900, u"token_survives:medium"_s);
    row("token lives for a day", "token", In, 204, In, 86400, u"token_survives:high"_s);
    row("cookie lives", "cookies", In, 302, In, -1, u"session_survives:high"_s);
    row("both live", "both", In, 200, In, -1, u"session_survives:high"_s);
    row("refresh lives", "refresh", In, 204, In, 900, u"refresh_survives:high"_s);
    row("signing out was refused", "token", In, 403, In, -1, u"not_run"_s);
    row("signing out was refused, the session is dead", "token", Out, 403, In, -1, u"pass"_s);
    row("not let in again", "token", Out, 204, Out, -1, u"not_run"_s);
    row("lives, and not let in again", "token", In, 204, Out, -1, u"token_survives:high"_s);
    row("unclear", "token", Unclear, 204, In, -1, u"not_run"_s);
}

void TestLogout::judges()
{
    QFETCH(QString, form);
    QFETCH(int, standing);
    QFETCH(int, signOut);
    QFETCH(int, afterwards);
    QFETCH(qint64, tokenLeft);
    QFETCH(QString, expected);
    LogoutLook look = lookWith(form, static_cast<SessionStanding>(standing));
    look.signOut.status = signOut;
    look.afterwards = static_cast<SessionStanding>(afterwards);
    if (tokenLeft >= 0)
        look.tokenLeft = tokenLeft;
    const Judged judged = judgeLogout(look);
    QCOMPARE(said(judged), expected);
    QVERIFY(judged.outcome != Outcome::NotRun || !judged.reason.isEmpty());
}

void TestLogout::findsASignOutRoute_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("url");
    const QString base = u"https://api.example.com"_s;
    QTest::newRow("logout") << u"POST"_s << u"/api/logout"_s << base + u"/api/logout"_s;
    QTest::newRow("sign-out") << u"DELETE"_s << u"/users/sign_out"_s << base + u"/users/sign_out"_s;
    QTest::newRow("SignOut") << u"GET"_s << u"/auth/SignOut"_s << base + u"/auth/SignOut"_s;
    QTest::newRow("a report about it") << u"GET"_s << u"/logout/report"_s << QString();
    QTest::newRow("something else") << u"POST"_s << u"/api/blogout"_s << QString();
    QTest::newRow("a method that asks nothing") << u"OPTIONS"_s << u"/logout"_s << QString();
}

void TestLogout::findsASignOutRoute()
{
    QFETCH(QString, method);
    QFETCH(QString, path);
    QFETCH(QString, url);
    AttackRun run({}, {}, {});
    const Target target{.domain = u"example.com"_s, .hosts = {{HostRole::Api, u"api.example.com"_s, kHttpsPort}}};
    ProjectFacts facts;
    Route route;
    route.method = method;
    route.path = path;
    facts.routes = {route};
    const Look look{.seen = run.seen, .target = target, .policy = run.policy, .facts = facts, .startedAt = {}};
    QCOMPARE(withSignOut({}, look).signIn.logoutUrl, url);
    TestActor own;
    own.signIn.logoutUrl = u"https://example.com/bye"_s;
    QCOMPARE(withSignOut(own, look).signIn.logoutUrl, own.signIn.logoutUrl);
}

void TestLogout::choosesTheAccount_data()
{
    // Each "name role tenant", with ! for a throw-away one.
    QTest::addColumn<QStringList>("accounts");
    QTest::addColumn<QString>("chosen");
    const QStringList four{u"ada admin A"_s, u"mia member A"_s, u"bea admin B"_s, u"max member B"_s};
    QTest::newRow("none") << QStringList() << QString();
    QTest::newRow("one") << QStringList{u"ada admin A"_s} << u"ada"_s;
    QTest::newRow("the lowest role of the four") << four << u"mia"_s;
    QTest::newRow("one that nobody else needs") << four + QStringList{u"vic viewer A"_s} << u"vic"_s;
    QTest::newRow("not a throw-away one") << four + QStringList{u"!tom member A"_s} << u"mia"_s;
    QTest::newRow("the throw-away one alone") << QStringList{u"!tom member A"_s} << u"tom"_s;
}

void TestLogout::choosesTheAccount()
{
    QFETCH(QStringList, accounts);
    QFETCH(QString, chosen);
    std::vector<TestActor> actors;
    for (QString line : accounts) {
        TestActor actor;
        actor.isThrowAway = line.startsWith(u'!');
        line.remove(u'!');
        actor.id = actor.name = line.section(u' ', 0, 0);
        actor.role = line.section(u' ', 1, 1);
        actor.tenant = line.section(u' ', 2, 2);
        actors.push_back(actor);
    }
    const TestActor *found = actorToEnd(actors);
    QCOMPARE(found ? found->name : QString(), chosen);
}

void TestLogout::cleanShop()
{
    ShopLab lab;
    QVERIFY2(lab.isReady(), qPrintable(lab.problem()));
    const ShopSessions scene(lab);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run, logoutCheck());
    QVERIFY2(judged.outcome == Outcome::Pass, qPrintable(toldIn(judged)));
    QCOMPARE(judged.observed["replays"_L1].toArray().size(), 1);
    QCOMPARE(lab.shop().journal().count("POST", "/api/logout"), 1);
    QCOMPARE(lab.shop().journal().count("POST", "/api/refresh"), 1);
    QVERIFY(run.gate->sentBy(u"access.logout"_s) > 8);
    QVERIFY(run.gate->sentBy(u"access.logout"_s) <= kLogoutCeiling);
}

void TestLogout::shopFaults_data()
{
    QTest::addColumn<ShopFault>("fault");
    QTest::addColumn<bool>("setsCookie");
    QTest::addColumn<QString>("codes");
    QTest::newRow("session") << ShopFault::LogoutKeepsSession << false << u"refresh_survives token_survives"_s;
    QTest::newRow("session, with a cookie")
        << ShopFault::LogoutKeepsSession << true << u"refresh_survives session_survives token_survives"_s;
    QTest::newRow("refresh") << ShopFault::LogoutKeepsRefresh << false << u"refresh_survives"_s;
}

void TestLogout::shopFaults()
{
    QFETCH(ShopFault, fault);
    QFETCH(bool, setsCookie);
    QFETCH(QString, codes);
    ShopLab lab({.faults = {fault}, .setsCookie = setsCookie});
    QVERIFY2(lab.isReady(), qPrintable(lab.problem()));
    const ShopSessions scene(lab);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run, logoutCheck());
    QVERIFY2(codesIn(judged).join(u' ') == codes, qPrintable(toldIn(judged)));
    for (const Finding &finding : judged.findings)
        QVERIFY(finding.proof == Proof::Proven && !finding.evidence.empty());
    QVERIFY(isFreeOfSecrets(judged, *run.gate));
}

void TestLogout::desk_data()
{
    QTest::addColumn<bool>("isFaulty");
    QTest::addColumn<QString>("expected");
    QTest::newRow("clean") << false << u"pass"_s;
    QTest::newRow("keeps the session") << true << u"session_survives:high"_s;
}

void TestLogout::desk()
{
    QFETCH(bool, isFaulty);
    QFETCH(QString, expected);
    DeskLab lab;
    QVERIFY2(lab.isReady(), qPrintable(lab.problem()));
    if (isFaulty)
        lab.setFaults({DeskFault::LogoutKeepsSession});
    const DeskSessions scene(lab);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run, logoutCheck());
    QVERIFY2(said(judged) == expected, qPrintable(toldIn(judged)));
    QVERIFY(judged.observed["clears_cookies"_L1].toBool());
}

void TestLogout::renewalAfterwards_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("expected");
    QTest::newRow("refused") << 401 << u"pass"_s;
    QTest::newRow("a bad request") << 400 << u"pass"_s;
    QTest::newRow("a limit") << 429 << u"not_run"_s;
    QTest::newRow("broken") << 500 << u"not_run"_s;
    QTest::newRow("for maintenance") << 503 << u"not_run"_s;
}

// Only a refusal says that the refresh token is worth nothing any more.
void TestLogout::renewalAfterwards()
{
    QFETCH(int, status);
    QFETCH(QString, expected);
    SoundProduct product;
    product.lab().on("POST", "/refresh", WebAnswer{.status = status, .body = "{\"error\":\"invalid_grant\"}"});
    AttackRun run = product.run();
    const Judged judged = run.run(logoutCheck(), product.target(), product.facts());
    QVERIFY2(said(judged) == expected, qPrintable(toldIn(judged)));
    QVERIFY(judged.outcome == Outcome::Pass || !judged.reason.isEmpty());
}

void TestLogout::hostile_data()
{
    addHostileRows(6);
}

void TestLogout::hostile()
{
    QFETCH(int, row);
    const QString wrong = wrongUnder(hostileRows(6)[static_cast<std::size_t>(row)], logoutCheck());
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestLogout::stops()
{
    const QString wrong = wrongWhenStopped(logoutCheck());
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestLogout::refusesLittleBudget()
{
    SoundProduct product;
    AttackRun poor = product.run(20);
    QCOMPARE(poor.run(logoutCheck(), product.target(), product.facts()).outcome, Outcome::NotRun);
    QCOMPARE(product.lab().count(), 0);
}

void TestLogout::needsAnAccountThatSignsIn()
{
    SoundProduct product;
    ProjectFacts facts = product.facts();
    facts.actors[0].signIn.kind = SignInKind::BearerToken;
    AttackRun run = product.run();
    const Judged judged = run.run(logoutCheck(), product.target(), facts);
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QVERIFY(judged.reason.contains(u"pasted"_s));
    QCOMPARE(product.lab().count(), 0);
}

QTEST_GUILESS_MAIN(TestLogout)
#include "tst_logout.moc"
