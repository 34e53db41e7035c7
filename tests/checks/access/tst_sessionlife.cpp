// access.session-expiry: what tokens and cookies say of their end, and whether a product keeps to it.
#include "checks/access/sessionexpiry.h"
#include "tests/checks/access/sessionscene.h"

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestSessionLife : public QObject
{
    Q_OBJECT

private slots:
    void twoSignIns_data();
    void twoSignIns();
    void provesNothingByTheJudgedAnswer_data() { addGuestPages(); }
    void provesNothingByTheJudgedAnswer();
    void readsTheLifeOfACookie_data();
    void readsTheLifeOfACookie();
    void ownTokenAfterItsEnd_data();
    void ownTokenAfterItsEnd();
};

void TestSessionLife::twoSignIns_data()
{
    QTest::addColumn<int>("differs");
    QTest::addColumn<QString>("twice");
    QTest::addColumn<QString>("codes");
    QTest::newRow("by an id") << int(SoundProduct::Differs::ById) << u"different"_s << QString();
    QTest::newRow("by the second alone") << int(SoundProduct::Differs::BySecond) << u"different"_s << QString();
    QTest::newRow("never") << int(SoundProduct::Differs::Never) << u"same"_s << u"same_session"_s;
}

// Both sign-ins fall into one second.
void TestSessionLife::twoSignIns()
{
    QFETCH(int, differs);
    QFETCH(QString, twice);
    QFETCH(QString, codes);
    SoundProduct product;
    product.setTokensDiffer(static_cast<SoundProduct::Differs>(differs));
    AttackRun run = product.run();
    const Judged judged = run.run(sessionExpiryCheck(), product.target(), product.facts());
    QVERIFY2(judged.observed["two_sign_ins"_L1].toString() == twice, qPrintable(toldIn(judged)));
    QVERIFY2(codesIn(judged).join(u' ') == codes, qPrintable(toldIn(judged)));
    QVERIFY(run.gate->sentBy(sessionExpiryCheck().id) <= kSessionExpiryCeiling);
}

// Only what names the account proves that its token was taken.
void TestSessionLife::provesNothingByTheJudgedAnswer()
{
    QFETCH(QByteArray, page);
    QFETCH(QString, codes);
    const Judged judged = judgedWithEnded(sessionExpiryCheck(), page);
    QVERIFY2(codesIn(judged).join(u' ') == codes, qPrintable(toldIn(judged)));
}

void TestSessionLife::readsTheLifeOfACookie_data()
{
    QTest::addColumn<QByteArray>("attributes");
    QTest::addColumn<QString>("codes");
    const auto expires = [](int days) {
        const QDateTime end = QDateTime::currentDateTimeUtc().addDays(days);
        return "; Expires=" + QLocale::c().toString(end, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
    };
    const QByteArray aQuarter = "; Max-Age=7776000";
    QTest::newRow("until the browser closes") << QByteArray() << QString();
    QTest::newRow("Max-Age of 90 days") << aQuarter << u"long_cookie"_s;
    QTest::newRow("Expires in 90 days") << expires(90) << u"long_cookie"_s;
    QTest::newRow("Expires tomorrow") << expires(1) << QString();
    QTest::newRow("Max-Age goes before Expires (RFC 6265 section 5.3)") << "; Max-Age=3600" + expires(90) << QString();
    QTest::newRow("also where it is the longer one") << aQuarter + expires(1) << u"long_cookie"_s;
}

// As the product hands it out at the sign-in.
void TestSessionLife::readsTheLifeOfACookie()
{
    QFETCH(QByteArray, attributes);
    QFETCH(QString, codes);
    WebLab lab;
    std::atomic_int count = 0;
    const QByteArray prefix = "5d0c1e99a7b34f82-";
    lab.on("POST", "/login", [&](const WebRequest &request) {
        WebAnswer answer{.body = "{}"};
        if (!request.body.contains("correct-horse-battery"))
            return WebAnswer{.status = 401};
        answer.headers.emplace_back("Set-Cookie",
                                    "sid=" + prefix + QByteArray::number(++count) + "; Path=/; HttpOnly" + attributes);
        return answer;
    });
    lab.on("GET", "/me", [&](const WebRequest &request) {
        const bool isIn =
            request.cookie("sid").startsWith(prefix) && request.cookie("sid").mid(prefix.size()).toInt() > 0;
        return isIn ? WebAnswer{.body = "{\"email\":\"mia.lund@acme.example\"}"} : WebAnswer{.status = 401};
    });
    TestActor actor = SoundProduct().actor();
    actor.signIn = jsonSignIn(lab.url(u"/login"_s));
    actor.signIn.tokenPointer.clear();
    actor.whoAmIUrl = lab.url(u"/me"_s).toString();
    ProjectFacts facts;
    facts.actors = {actor};
    AttackRun run({}, {lab.host()}, {{actor.id, Secret("correct-horse-battery")}});
    const Judged judged = run.run(sessionExpiryCheck(), targetOf({lab.host()}), facts);
    QVERIFY2(codesIn(judged).join(u' ') == codes, qPrintable(toldIn(judged)));
    QVERIFY2(judged.outcome != Outcome::NotRun && judged.outcome != Outcome::Error, qPrintable(toldIn(judged)));
}

void TestSessionLife::ownTokenAfterItsEnd_data()
{
    QTest::addColumn<int>("life");
    QTest::addColumn<int>("clockBehind"); // -1: its answers do not tell the time
    QTest::addColumn<QString>("codes");
    QTest::newRow("long over") << -400 << -1 << u"expired_accepted"_s;
    QTest::newRow("long over by both clocks") << -400 << 0 << u"expired_accepted"_s;
    QTest::newRow("over by a clock that is ahead") << -400 << 600 << QString();
    QTest::newRow("within what clocks differ") << -100 << -1 << QString();
}

void TestSessionLife::ownTokenAfterItsEnd()
{
    QFETCH(int, life);
    QFETCH(int, clockBehind);
    QFETCH(QString, codes);
    SoundProduct product;
    product.setTokenLife(life); // and it does not look
    if (clockBehind >= 0)
        product.setClockBehind(clockBehind);
    AttackRun run = product.run();
    const Judged judged = run.run(sessionExpiryCheck(), product.target(), product.facts());
    QVERIFY2(codesIn(judged).join(u' ') == codes, qPrintable(toldIn(judged)));
    QVERIFY2(judged.observed["expired"_L1].toArray().size() == (codes.isEmpty() ? 0 : 1), qPrintable(toldIn(judged)));
}

QTEST_GUILESS_MAIN(TestSessionLife)
#include "tst_sessionlife.moc"
