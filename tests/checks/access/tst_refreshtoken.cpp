#include "checks/access/refreshtoken.h"
#include "tests/checks/access/sessionscene.h"

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const Check kCheck = refreshTokenCheck(std::chrono::milliseconds(30));
const QByteArray kJson = "Content-Type: application/json";

Renewal ended(RenewalEnd end)
{
    Renewal renewal{.end = end};
    renewal.seen.answer = answer(200, kJson, "{\"email\":\"mia.lund@acme.example\"}");
    renewal.seen.request.url = QUrl(u"https://app.example.com/me"_s);
    return renewal;
}

RefreshTokenLook goodLook()
{
    RefreshTokenLook look;
    look.actor = u"Mia"_s;
    look.page.request.url = QUrl(u"https://app.example.com/me"_s);
    look.rotates = true;
    look.reused = look.family = look.afterSignOut = look.invented = ended(RenewalEnd::Refused);
    look.control = look.lastControl = ended(RenewalEnd::Taken);
    return look;
}

using Change = std::function<void(RefreshTokenLook &)>;

} // namespace

Q_DECLARE_METATYPE(Change)

class TestRefreshToken : public QObject
{
    Q_OBJECT

private slots:
    void judges_data();
    void judges();
    void cleanShop();
    void shopFaults_data();
    void shopFaults();
    void withoutRenewal();
    void whereRenewalFails();
    void hostile_data();
    void hostile();
    void stops();
    void stopsWhileItWaits_data();
    void stopsWhileItWaits();
    void doesNotWaitBeyondTheRun();
    void refusesLittleBudget();
};

void TestRefreshToken::judges_data()
{
    using enum RenewalEnd;
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const Change &change, const QString &expected) {
        QTest::newRow(name) << change << expected;
    };
    row(
        "as it should be", [](RefreshTokenLook &) {}, u"pass"_s);
    row(
        "does not rotate", [](RefreshTokenLook &look) { look.rotates = false; }, u"not_rotating:medium"_s);
    row(
        "taken at once, refused later",
        [](RefreshTokenLook &look) {
            look.reused = ended(Taken);
            look.reusedLater = ended(Refused);
        },
        u"pass"_s);
    row(
        "taken at once and later", [](RefreshTokenLook &look) { look.reused = look.reusedLater = ended(Taken); },
        u"reusable:high"_s);
    row(
        "the family goes on", [](RefreshTokenLook &look) { look.family = ended(Taken); }, u"reuse_not_noticed:low"_s);
    row(
        "after signing out", [](RefreshTokenLook &look) { look.afterSignOut = ended(Taken); },
        u"survives_sign_out:high"_s);
    row(
        "invented", [](RefreshTokenLook &look) { look.invented = ended(Taken); }, u"invented_accepted:critical"_s);
    row(
        "as an access token",
        [](RefreshTokenLook &look) {
            look.asAccess = ended(Taken).seen;
            look.asAccess->standing = SessionStanding::In;
        },
        u"used_as_access:high"_s);
    row(
        "as an access token, refused",
        [](RefreshTokenLook &look) { look.asAccess = SeenStanding{.standing = SessionStanding::Out}; }, u"pass"_s);
    row(
        "lives for 90 days", [](RefreshTokenLook &look) { look.life = 90LL * 86400; }, u"pass"_s);
    row(
        "lives for 91 days", [](RefreshTokenLook &look) { look.life = 91LL * 86400; }, u"long_refresh:low"_s);
    row(
        "no address to sign out", [](RefreshTokenLook &look) { look.noSignOut = u"None."_s; }, u"info"_s);
    row(
        "the control in between failed", [](RefreshTokenLook &look) { look.control = ended(Refused); }, u"not_run"_s);
    row(
        "the last control failed", [](RefreshTokenLook &look) { look.lastControl = ended(Refused); }, u"not_run"_s);
    row(
        "the last control failed, and one was taken",
        [](RefreshTokenLook &look) {
            look.lastControl = ended(Refused);
            look.afterSignOut = ended(Taken);
        },
        u"survives_sign_out:high"_s);
}

void TestRefreshToken::judges()
{
    QFETCH(Change, change);
    QFETCH(QString, expected);
    RefreshTokenLook look = goodLook();
    change(look);
    const Judged judged = judgeRefreshToken(look);
    QCOMPARE(said(judged), expected);
    QVERIFY(judged.outcome != Outcome::NotRun || !judged.reason.isEmpty());
}

void TestRefreshToken::cleanShop()
{
    ShopLab lab;
    QVERIFY2(lab.isReady(), qPrintable(lab.problem()));
    const ShopSessions scene(lab);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run, kCheck);
    QVERIFY2(judged.outcome == Outcome::Pass, qPrintable(toldIn(judged)));
    QVERIFY(judged.observed["rotates"_L1].toBool());
    QVERIFY(judged.observed["family_ends"_L1].toBool());
    QVERIFY(lab.shop().journal().count("POST", "/api/refresh") >= 6);
    QVERIFY(run.gate->sentBy(u"access.refresh-token"_s) <= kRefreshTokenCeiling);
    QVERIFY(isFreeOfSecrets(judged, *run.gate));
}

void TestRefreshToken::shopFaults_data()
{
    QTest::addColumn<ShopFault>("fault");
    QTest::addColumn<QString>("codes");
    QTest::newRow("reusable") << ShopFault::RefreshReusable << u"reusable"_s;
    QTest::newRow("not rotating") << ShopFault::RefreshNotRotating << u"not_rotating"_s;
    QTest::newRow("after signing out") << ShopFault::LogoutKeepsRefresh << u"survives_sign_out"_s;
    QTest::newRow("signing out ends nothing") << ShopFault::LogoutKeepsSession << u"survives_sign_out"_s;
}

void TestRefreshToken::shopFaults()
{
    QFETCH(ShopFault, fault);
    QFETCH(QString, codes);
    ShopLab lab({.faults = {fault}});
    QVERIFY2(lab.isReady(), qPrintable(lab.problem()));
    const ShopSessions scene(lab);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run, kCheck);
    // A product that brings the whole session back to life does not end its family either.
    QStringList found = codesIn(judged);
    found.removeAll(u"reuse_not_noticed"_s);
    QVERIFY2(found.join(u' ') == codes, qPrintable(toldIn(judged)));
    for (const Finding &finding : judged.findings)
        QCOMPARE(finding.proof, Proof::Proven);
    QVERIFY(isFreeOfSecrets(judged, *run.gate));
}

void TestRefreshToken::withoutRenewal()
{
    SoundProduct product;
    ProjectFacts facts = product.facts();
    facts.actors[0].signIn.refreshUrl.clear();
    AttackRun run = product.run();
    QCOMPARE(run.run(kCheck, product.target(), facts).outcome, Outcome::NotApplicable);
    QCOMPARE(product.lab().count(), 0);
}

void TestRefreshToken::whereRenewalFails()
{
    SoundProduct product;
    ProjectFacts facts = product.facts();
    facts.actors[0].signIn.refreshUrl = product.lab().url(u"/elsewhere"_s).toString();
    AttackRun run = product.run();
    const Judged judged = run.run(kCheck, product.target(), facts);
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QVERIFY(judged.reason.contains(u"/elsewhere"_s));
}

void TestRefreshToken::hostile_data()
{
    addHostileRows(7);
}

void TestRefreshToken::hostile()
{
    QFETCH(int, row);
    const QString wrong = wrongUnder(hostileRows(7)[static_cast<std::size_t>(row)], kCheck);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestRefreshToken::stops()
{
    const QString wrong = wrongWhenStopped(kCheck);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
}

void TestRefreshToken::stopsWhileItWaits_data()
{
    QTest::addColumn<bool>("isKilled");
    QTest::newRow("stopped") << false;
    QTest::newRow("by the kill switch") << true;
}

// The leeway is a long time to wait.
void TestRefreshToken::stopsWhileItWaits()
{
    QFETCH(bool, isKilled);
    ShopLab lab({.faults = {ShopFault::RefreshReusable}});
    const ShopSessions scene(lab);
    AttackRun run = scene.newRun();
    std::jthread stopper([&] {
        while (lab.shop().journal().count("POST", "/api/refresh") < 2)
            std::this_thread::yield();
        if (isKilled)
            run.killed->store(true);
        else
            run.token.cancel();
    });
    QElapsedTimer timer;
    timer.start();
    const Judged judged = scene.judged(run, refreshTokenCheck());
    QVERIFY2(timer.elapsed() < 6000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY2(judged.outcome == Outcome::NotRun, qPrintable(toldIn(judged)));
}

// 10 seconds are left, and the leeway is 12.
void TestRefreshToken::doesNotWaitBeyondTheRun()
{
    ShopLab lab({.faults = {ShopFault::RefreshReusable}});
    const ShopSessions scene(lab);
    AttackRun run = scene.newRun();
    Observations seen(lab.netOptions(), run.token, Deadline::in(std::chrono::seconds(10)), nullptr, passiveBudget(1),
                      run.gate);
    const Target target = targetOf({scene.host});
    QElapsedTimer timer;
    timer.start();
    const Judged judged = refreshTokenCheck().look({.seen = seen,
                                                    .target = target,
                                                    .policy = run.policy,
                                                    .facts = scene.facts,
                                                    .startedAt = QDateTime::currentDateTimeUtc()});
    QVERIFY2(timer.elapsed() < 9000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY2(judged.outcome == Outcome::NotRun && judged.reason.contains(u"leeway"_s), qPrintable(toldIn(judged)));
}

void TestRefreshToken::refusesLittleBudget()
{
    SoundProduct product;
    AttackRun poor = product.run(30);
    QCOMPARE(poor.run(kCheck, product.target(), product.facts()).outcome, Outcome::NotRun);
    QCOMPARE(product.lab().count(), 0);
}

QTEST_GUILESS_MAIN(TestRefreshToken)
#include "tst_refreshtoken.moc"
