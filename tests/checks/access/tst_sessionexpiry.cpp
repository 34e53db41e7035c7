// access.session-expiry: both practice products, and servers that misbehave.
#include "checks/access/sessionexpiry.h"
#include "checks/engine/runner.h"
#include "tests/checks/access/sessionscene.h"
#include "tests/checks/engine/fakechecks.h"

#include <QSignalSpy>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QString kId = u"access.session-expiry"_s;
constexpr std::chrono::hours kAMonth{31 * 24};

// An account that may be spoilt, and the route that changes its password, marked as safe.
template<typename Scene, typename Product>
void mayChangePassword(Scene &scene, const Product &product, const QString &path, const QByteArray &type,
                       const QByteArray &body)
{
    const PracticeAccount account = throwAwayOf(product.accounts(), kBirch);
    TestActor actor = scene.facts.actors.front();
    actor.id = u'a' + account.id;
    actor.name = account.name;
    actor.role = account.role;
    actor.tenant = account.tenant;
    actor.userName = account.email;
    actor.isThrowAway = true;
    scene.facts.actors.push_back(actor);
    for (Route &route : scene.facts.routes) {
        if (route.path == path && route.method == "POST"_L1)
            route.safeToWrite = true;
    }
    std::erase_if(scene.facts.samples, [&](const RouteSample &sample) { return sample.path == path; });
    scene.facts.samples.push_back({u"POST"_s, path, scene.host, type, body, {}});
}

TestActor pastedActor(const TestActor &like, SignInKind kind)
{
    TestActor actor = like;
    actor.id = u"pasted"_s;
    actor.name = u"Pasted"_s;
    actor.signIn = {};
    actor.signIn.kind = kind;
    return actor;
}

} // namespace

class TestSessionExpiry : public QObject
{
    Q_OBJECT

private slots:
    void remembersPastedSessions();
    void shop_data();
    void shop();
    void desk_data();
    void desk();
    void sessionForEver_data();
    void sessionForEver();
    void followsPastedSessionsInARun_data();
    void followsPastedSessionsInARun();
    void hostile_data();
    void hostile();
    void stops();
    void stopsAndChangesBack();
    void refusesLittleBudget();
};

void TestSessionExpiry::remembersPastedSessions()
{
    const QString since = u"2026-01-02T03:04:05Z"_s;
    const QDateTime then(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC);
    const auto noted = [](const QJsonObject &row) { return QJsonObject{{u"pasted"_s, QJsonArray{row}}}; };
    QJsonObject row{{u"account"_s, u"a"_s}, {u"mark"_s, u"01ff"_s}, {u"since"_s, since}};
    QCOMPARE(pastedBefore(noted(row), u"a"_s, "01ff"), (PastedBefore{then, {}})); // of a version that noted no more
    QVERIFY(!pastedBefore(noted(row), u"a"_s, "02ff"));                           // another value
    QVERIFY(!pastedBefore(noted(row), u"b"_s, "01ff"));
    QVERIFY(!pastedBefore({}, u"a"_s, "01ff"));
    row.insert(u"seen"_s, u"2026-01-02T05:04:05Z"_s);
    QCOMPARE(pastedBefore(noted(row), u"a"_s, "01ff"), (PastedBefore{then, then.addSecs(7200)}));
    row.insert(u"since"_s, u"yesterday"_s);
    QVERIFY(!pastedBefore(noted(row), u"a"_s, "01ff"));
}

void TestSessionExpiry::shop_data()
{
    QTest::addColumn<QList<ShopFault>>("faults");
    QTest::addColumn<QString>("codes");
    QTest::newRow("clean") << QList<ShopFault>() << QString();
    QTest::newRow("no end") << QList<ShopFault>{ShopFault::NoExpiry} << u"no_expiry"_s;
    QTest::newRow("long life") << QList<ShopFault>{ShopFault::LongLife} << u"long_life"_s;
    QTest::newRow("expired") << QList<ShopFault>{ShopFault::ExpiredAccepted} << u"expired_accepted"_s;
    QTest::newRow("password") << QList<ShopFault>{ShopFault::PasswordChangeKeepsSessions}
                              << u"password_keeps_sessions"_s;
    QTest::newRow("shared") << QList<ShopFault>{ShopFault::SessionByAddress}
                            << u"password_keeps_sessions same_session"_s; // it outlives the password as well
}

void TestSessionExpiry::shop()
{
    QFETCH(QList<ShopFault>, faults);
    QFETCH(QString, codes);
    ShopSetup setup;
    for (const ShopFault fault : faults)
        setup.faults.add(fault);
    ShopLab lab(setup);
    QVERIFY2(lab.isReady(), qPrintable(lab.problem()));
    ShopSessions scene(lab);
    mayChangePassword(scene, lab.shop(), u"/api/me/password"_s, "application/json",
                      "{\"old_password\":\"\",\"new_password\":\"\"}");
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    scene.facts.actors.push_back(pastedActor(scene.facts.actors.front(), SignInKind::BearerToken));
    const PracticeAccount account = lab.shop().account(kBirch, scene.facts.actors.front().role);
    scene.secrets.emplace(u"pasted"_s, Secret(lab.shop().tokenWith(account, {{u"exp"_s, now - 7200}})));
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run, sessionExpiryCheck());
    QVERIFY2(codesIn(judged).join(u' ') == codes, qPrintable(toldIn(judged)));
    QVERIFY2(!codes.isEmpty() || judged.outcome == Outcome::Pass, qPrintable(toldIn(judged)));
    QVERIFY2(judged.observed["password_change"_L1].toString() == (codes.startsWith(u"password"_s) ? u"in"_s : u"out"_s),
             qPrintable(toldIn(judged)));
    QCOMPARE(lab.shop().journal().count("POST", "/api/me/password"), 2); // there and back
    QVERIFY(isFreeOfSecrets(judged, *run.gate));
    QVERIFY(run.gate->sentBy(kId) <= kSessionExpiryCeiling + kPasswordChangeRequests + 1);
}

void TestSessionExpiry::desk_data()
{
    QTest::addColumn<QList<DeskFault>>("faults");
    QTest::addColumn<QString>("codes");
    QTest::newRow("clean") << QList<DeskFault>() << QString();
    QTest::newRow("fixation") << QList<DeskFault>{DeskFault::SessionFixation} << u"fixation"_s;
    QTest::newRow("shared") << QList<DeskFault>{DeskFault::SessionByAddress}
                            << u"password_keeps_sessions same_session"_s; // it outlives the password as well
    QTest::newRow("password") << QList<DeskFault>{DeskFault::PasswordChangeKeepsSessions}
                              << u"password_keeps_sessions"_s;
}

void TestSessionExpiry::desk()
{
    QFETCH(QList<DeskFault>, faults);
    QFETCH(QString, codes);
    DeskSetup setup;
    for (const DeskFault fault : faults)
        setup.faults.add(fault);
    DeskLab lab(setup);
    QVERIFY2(lab.isReady(), qPrintable(lab.problem()));
    DeskSessions scene(lab);
    mayChangePassword(scene, lab.desk(), u"/account/password"_s, "application/x-www-form-urlencoded",
                      "old_password=a&new_password=b");
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run, sessionExpiryCheck());
    QVERIFY2(codesIn(judged).join(u' ') == codes, qPrintable(toldIn(judged)));
    // Its cookies do not say when the server forgets them.
    QVERIFY2(!codes.isEmpty() || judged.outcome == Outcome::Info, qPrintable(toldIn(judged)));
    QVERIFY(judged.observed["fixation"_L1].toString() != "not_tried"_L1);
    QCOMPARE(lab.desk().journal().count("POST", "/account/password"), 2);
    QVERIFY(isFreeOfSecrets(judged, *run.gate));
}

void TestSessionExpiry::sessionForEver_data()
{
    QTest::addColumn<bool>("isFaulty");
    QTest::addColumn<QString>("expected");
    QTest::newRow("clean") << false << u"pass"_s;
    QTest::newRow("for ever") << true << u"lives_on:high"_s;
}

// Two runs with a month between them; the account administers its product.
void TestSessionExpiry::sessionForEver()
{
    QFETCH(bool, isFaulty);
    QFETCH(QString, expected);
    DeskLab lab(isFaulty ? DeskSetup{.faults = {DeskFault::SessionForEver}} : DeskSetup{});
    QVERIFY2(lab.isReady(), qPrintable(lab.problem()));
    DeskSessions scene(lab);
    scene.facts.fingerprintKey = QByteArray(32, 'k');
    AttackRun first = scene.newRun();
    const TestActor &member = scene.facts.actors.front();
    {
        Wire wire(first.seen, u"access.account"_s, kSignInRequests);
        const auto session = sessionOf(member, wire);
        QVERIFY(session);
        const QByteArray value = session->jar.valueOf(QString::fromLatin1(kDeskCookie))->reveal();
        scene.secrets.emplace(u"pasted"_s, Secret(kDeskCookie + '=' + value));
    }
    scene.facts.actors.push_back(pastedActor(member, SignInKind::Cookie));
    AttackRun second = scene.newRun();
    const Judged earlier = scene.judged(second, sessionExpiryCheck());
    QVERIFY2(earlier.outcome == Outcome::Info, qPrintable(toldIn(earlier)));
    QVERIFY2(earlier.observed["pasted"_L1].toArray().size() == 1, qPrintable(toldIn(earlier)));
    CheckResult key;
    key.checkId = kId;
    scene.facts.observedBefore[key.key()] = earlier.observed;
    lab.desk().clock().advance(kAMonth);
    AttackRun third = scene.newRun();
    const Target target = targetOf({scene.host});
    const qint64 month = std::chrono::seconds(kAMonth).count();
    const Judged later = sessionExpiryCheck().look({.seen = third.seen,
                                                    .target = target,
                                                    .policy = third.policy,
                                                    .facts = scene.facts,
                                                    .startedAt = QDateTime::currentDateTimeUtc().addSecs(month)});
    QVERIFY2(said(later) == expected, qPrintable(toldIn(later)));
}

void TestSessionExpiry::followsPastedSessionsInARun_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<int>("followed");
    QTest::newRow("this computer has a key") << QByteArray(32, 'k') << 1;
    QTest::newRow("it has none") << QByteArray() << 0;
}

// As the program looks: the project names no files, and the key comes from the machine.
void TestSessionExpiry::followsPastedSessionsInARun()
{
    QFETCH(QByteArray, key);
    QFETCH(int, followed);
    SoundProduct product;
    ProjectFacts facts = product.facts();
    TestActor pasted = pastedActor(product.actor(), SignInKind::BearerToken);
    AttackRun first = product.run();
    std::map<QString, Secret> secrets{{product.actor().id, *first.gate->secretOf(product.actor().id)}};
    {
        Wire wire(first.seen, u"access.account"_s, kSignInRequests);
        const auto session = sessionOf(product.actor(), wire);
        QVERIFY(session && session->token);
        secrets.emplace(pasted.id, *session->token);
    }
    facts.actors.push_back(pasted);
    const CheckCatalog catalog = shippedCatalog();
    CheckRegistry registry;
    registry.add(sessionExpiryCheck());
    Runner runner(
        {.catalog = &catalog, .registry = &registry, .detectProviders = {}, .fingerprintKey = [=] { return key; }});
    RunRequest request;
    request.plan.target = product.target();
    request.plan.facts = facts;
    request.plan.only = {kId};
    request.plan.active = ActiveTerms{.budget = {.requests = 400, .perSecond = 2000},
                                      .hosts = {product.target().hosts.front().name},
                                      .secrets = secrets};
    QSignalSpy finished(&runner, &Runner::finished);
    const auto started = runner.start(request);
    QVERIFY2(started, started ? "" : qPrintable(started.error().message));
    QVERIFY(finished.wait(30000));
    const CheckResult result = finished.front().front().value<Run>().results.front();
    QVERIFY2(result.observed["pasted"_L1].toArray().size() == followed, qPrintable(result.reason));
    QCOMPARE(result.reason.contains("no key"_L1), followed == 0);
}
void TestSessionExpiry::hostile_data()
{
    addHostileRows(6);
}

void TestSessionExpiry::hostile()
{
    QFETCH(int, row);
    const QString wrong = wrongUnder(hostileRows(6)[static_cast<std::size_t>(row)], sessionExpiryCheck());
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestSessionExpiry::stops()
{
    const QString wrong = wrongWhenStopped(sessionExpiryCheck());
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestSessionExpiry::stopsAndChangesBack()
{
    ShopLab lab;
    QVERIFY2(lab.isReady(), qPrintable(lab.problem()));
    ShopSessions scene(lab);
    mayChangePassword(scene, lab.shop(), u"/api/me/password"_s, "application/json",
                      "{\"old_password\":\"\",\"new_password\":\"\"}");
    AttackRun run = scene.newRun();
    std::jthread stopper([&] {
        while (lab.shop().journal().count("POST", "/api/me/password") == 0)
            std::this_thread::yield();
        run.token.cancel();
    });
    const Judged judged = scene.judged(run, sessionExpiryCheck());
    stopper.join();
    QVERIFY2(judged.findings.empty(), qPrintable(toldIn(judged)));
    QCOMPARE(lab.shop().journal().count("POST", "/api/me/password"), 2);
    AttackRun again = scene.newRun(); // the old password opens the account again
    Wire wire(again.seen, u"access.account"_s, kSignInRequests);
    QVERIFY(sessionOf(scene.facts.actors.back(), wire));
}

void TestSessionExpiry::refusesLittleBudget()
{
    SoundProduct product;
    AttackRun poor = product.run(30);
    QCOMPARE(poor.run(sessionExpiryCheck(), product.target(), product.facts()).outcome, Outcome::NotRun);
    QCOMPARE(product.lab().count(), 0);
}

QTEST_GUILESS_MAIN(TestSessionExpiry)
#include "tst_sessionexpiry.moc"
