#include "checks/access/enumeration.h"
#include "checks/access/enumerationlook.h"
#include "tests/checks/access/mailscene.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

AnswerFeatures features(int status, const char *body = "no")
{
    return {.status = status, .body = QString::fromLatin1(body)};
}

EnumerationEntry entry(const std::vector<AnswerFeatures> &known, const std::vector<AnswerFeatures> &unknown,
                       double knownLonger = 0)
{
    EnumerationEntry made{.kind = EntryKind::Login, .route = u"POST /login"_s};
    double jitter = 0;
    for (const AnswerFeatures &one : unknown)
        made.samples.push_back({false, one, 20 + (jitter += 0.1)});
    for (const AnswerFeatures &one : known)
        made.samples.push_back({true, one, 20.05 + knownLonger + (jitter += 0.1)});
    return made;
}

std::vector<AnswerFeatures> times(std::size_t count, const AnswerFeatures &one)
{
    return std::vector<AnswerFeatures>(count, one);
}

bool mayWrite(const ShopRouteLine &line)
{
    return line.path == "/api/sign-up" || line.path == "/api/invitations";
}

void putSamples(ShopAbuse &scene)
{
    for (RouteSample &sample : scene.facts.samples) {
        if (sample.path == "/api/sign-up"_L1)
            sample.body = R"({"company":"Moreau","email":"person@example.com","name":"Alex","password":"<value>"})";
    }
    scene.facts.actors.push_back(
        actorOf(scene.lab.shop().account(kCedar, u"admin"_s), scene.facts.actors.front().signIn));
}

// "tells_by_time POST /api/login"
QStringList found(const Judged &judged)
{
    QStringList words;
    for (const Finding &finding : judged.findings)
        words.append(finding.code + u' ' + finding.subject);
    words.sort();
    return words;
}

} // namespace

class TestEnumeration : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void readsFeatures_data();
    void readsFeatures();
    void judges_data();
    void judges();
    void findsNothingInTheCleanProducts();
    void findsFaultsOfTheShop_data();
    void findsFaultsOfTheShop();
    void findsFaultsOfTheDesk_data();
    void findsFaultsOfTheDesk();
    void believesNoHostileServer_data();
    void believesNoHostileServer();
    void endsWhenStopped();

private:
    std::unique_ptr<ShopLab> m_shop;
    std::unique_ptr<DeskLab> m_desk;
};

void TestEnumeration::initTestCase()
{
    m_shop = std::make_unique<ShopLab>();
    m_desk = std::make_unique<DeskLab>();
    QVERIFY2(m_shop->isReady(), qPrintable(m_shop->problem()));
    QVERIFY2(m_desk->isReady(), qPrintable(m_desk->problem()));
}

void TestEnumeration::readsFeatures_data()
{
    QTest::addColumn<HttpResponse>("one");
    QTest::addColumn<HttpResponse>("other");
    QTest::addColumn<bool>("isSame");
    const auto json = [](int status, const QByteArray &body, const QByteArray &more = {}) {
        return answer(status, "Content-Type: application/json\n" + more, body);
    };
    QTest::newRow("the address comes back")
        << json(200, R"({"sent_to":"a@x.test"})") << json(200, R"({"sent_to":"bb@x.test"})") << true;
    QTest::newRow("the address, escaped")
        << answer(200, {}, "<p>a&#64;x.test</p>") << answer(200, {}, "<p>bb&#64;x.test</p>") << true;
    QTest::newRow("other numbers") << json(201, R"({"id":7,"left":"3 tries"})")
                                   << json(201, R"({"id":81,"left":"2 tries"})") << true;
    QTest::newRow("other tokens in a page") << answer(200, {}, "<input value=\"k2Jd83jdksl2mdkw92kd\">")
                                            << answer(200, {}, "<input value=\"99sJd83jdksl2mdkw9xx\">") << true;
    QTest::newRow("other times and ids of requests")
        << json(401, R"({"request_id":"a1","at":"2026-01-01T10:00:00Z"})", "Date: now\nX-Request-Id: 1")
        << json(401, R"({"request_id":"b2","at":"2026-01-01T10:00:09Z"})", "Date: then\nX-Request-Id: 2") << true;
    QTest::newRow("a counter in a header") << json(401, "{}", "X-RateLimit-Remaining: 4\nX-RateLimit-Limit: 8")
                                           << json(401, "{}", "X-RateLimit-Remaining: 3") << true;
    QTest::newRow("another status") << json(401, "{}") << json(404, "{}") << false;
    QTest::newRow("another text") << json(401, R"({"error":"wrong_password"})")
                                  << json(401, R"({"error":"no_such_account"})") << false;
    QTest::newRow("a member more") << json(201, R"({"id":1,"note":"has one"})") << json(201, R"({"id":2})") << false;
    QTest::newRow("a cookie more") << json(200, "{}", "Set-Cookie: known=1") << json(200, "{}") << false;
    QTest::newRow("leads elsewhere") << answer(302, "Location: /login?error=password")
                                     << answer(302, "Location: /login?error=user") << false;
    QTest::newRow("leads to the same with the address") << answer(302, "Location: /check?email=a%40x.test")
                                                        << answer(302, "Location: /check?email=bb%40x.test") << true;
    QTest::newRow("a header more") << json(200, "{}", "X-User-Exists: 1") << json(200, "{}") << false;
}

void TestEnumeration::readsFeatures()
{
    QFETCH(HttpResponse, one);
    QFETCH(HttpResponse, other);
    QFETCH(bool, isSame);
    const AnswerFeatures a = featuresOf(one, u"a@x.test"_s);
    const AnswerFeatures b = featuresOf(other, u"bb@x.test"_s);
    QVERIFY2((a == b) == isSame,
             qPrintable(a.body + u" | "_s + b.body + u" | "_s + a.location + u" | "_s + b.location));
}

void TestEnumeration::judges_data()
{
    QTest::addColumn<EnumerationEntry>("seen");
    QTest::addColumn<QString>("expected");
    const AnswerFeatures no = features(401);
    QTest::newRow("the same") << entry(times(7, no), times(7, no)) << u"pass"_s;
    QTest::newRow("another status") << entry(times(7, no), times(7, features(404))) << u"tells_by_answer:medium"_s;
    QTest::newRow("another text") << entry(times(2, features(401, "wrong")), times(3, features(401, "none")))
                                  << u"tells_by_answer:medium"_s;
    QTest::newRow("one answer of each is chance")
        << entry(times(1, features(401, "a")), times(3, features(401, "b"))) << u"not_run"_s;
    auto mixed = times(6, features(401, "a"));
    mixed.push_back(features(401, "b"));
    QTest::newRow("unknown ones differ, too") << entry(times(7, features(401, "b")), mixed) << u"not_run"_s;
    QTest::newRow("80 ms longer") << entry(times(7, no), times(7, no), 80) << u"tells_by_time:medium"_s;
    QTest::newRow("80 ms less") << entry(times(7, no), times(7, no), -80) << u"tells_by_time:medium"_s;
    QTest::newRow("10 ms longer") << entry(times(7, no), times(7, no), 10) << u"pass"_s;
    QTest::newRow("too few for the time") << entry(times(6, no), times(6, no), 80) << u"info"_s;
    QTest::newRow("both") << entry(times(7, no), times(7, features(404)), 80)
                          << u"tells_by_answer:medium tells_by_time:medium"_s;
    EnumerationEntry signUp = entry(times(2, features(409)), times(3, features(202)));
    signUp.kind = EntryKind::SignUp;
    QTest::newRow("sign-up says so") << signUp << u"tells_by_answer:low"_s;
    EnumerationEntry made = signUp;
    made.made = {u"lc1@example.com"_s};
    QTest::newRow("sign-up made accounts") << made << u"tells_by_answer:low"_s;
    EnumerationEntry none;
    none.notTested = u"It was not tried."_s;
    QTest::newRow("not tried") << none << u"not_run"_s;
}

void TestEnumeration::judges()
{
    QFETCH(EnumerationEntry, seen);
    QFETCH(QString, expected);
    const Judged judged = judgeEnumeration({.entries = {seen}});
    QVERIFY2(said(judged) == expected, qPrintable(told(judged)));
    for (const QString &address : seen.made)
        QVERIFY2(judged.reason.contains(address), qPrintable(judged.reason));
}

void TestEnumeration::findsNothingInTheCleanProducts()
{
    m_shop->reset();
    ShopAbuse scene(*m_shop, mayWrite);
    putSamples(scene);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(enumerationCheck(), run);
    QVERIFY2(judged.findings.empty() && judged.outcome == Outcome::Pass, qPrintable(told(judged)));
    QCOMPARE(judged.observed["entries"_L1].toArray().size(), 4);
    for (const QJsonValue &one : judged.observed["entries"_L1].toArray())
        QVERIFY2(one["known"_L1].toInt() >= 7 && one["time"_L1].isObject(), qPrintable(told(judged)));
    const int sent = run.gate->sentBy(u"access.enumeration"_s);
    QVERIFY2(sent > 80 && sent <= 4 * (2 * kMostPairs + 6), qPrintable(QString::number(sent)));
    QCOMPARE(judged.observed["requests"_L1].toInt(), sent);
    m_desk->reset();
    DeskAbuse desk(*m_desk);
    AttackRun deskRun = desk.newRun();
    const Judged ofDesk = desk.judged(enumerationCheck(), deskRun);
    QVERIFY2(ofDesk.findings.empty() && ofDesk.outcome == Outcome::Pass, qPrintable(told(ofDesk)));
}

void TestEnumeration::findsFaultsOfTheShop_data()
{
    using enum ShopFault;
    QTest::addColumn<FaultSet<ShopFault>>("faults");
    QTest::addColumn<QStringList>("expected");
    const auto all = [](const char *code) {
        return QStringList{QString::fromLatin1(code) + u" POST /api/invitations"_s,
                           QString::fromLatin1(code) + u" POST /api/login"_s,
                           QString::fromLatin1(code) + u" POST /api/password/forgot"_s,
                           QString::fromLatin1(code) + u" POST /api/sign-up"_s};
    };
    QTest::newRow("by text") << FaultSet<ShopFault>{LoginText, SignUpText, ResetText, InviteText}
                             << all("tells_by_answer");
    QTest::newRow("by status") << FaultSet<ShopFault>{LoginStatus, SignUpStatus, ResetStatus, InviteStatus}
                               << all("tells_by_answer");
    QTest::newRow("by time") << FaultSet<ShopFault>{LoginTime, SignUpTime, ResetTime, InviteTime}
                             << all("tells_by_time");
    QTest::newRow("login alone") << FaultSet<ShopFault>{LoginText} << QStringList{u"tells_by_answer POST /api/login"_s};
}

void TestEnumeration::findsFaultsOfTheShop()
{
    QFETCH(FaultSet<ShopFault>, faults);
    QFETCH(QStringList, expected);
    m_shop->reset();
    m_shop->setFaults(faults);
    ShopAbuse scene(*m_shop, mayWrite);
    putSamples(scene);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(enumerationCheck(), run);
    m_shop->setFaults({});
    QVERIFY2(found(judged) == expected, qPrintable(found(judged).join(u", "_s) + told(judged)));
    for (const Finding &finding : judged.findings) {
        QCOMPARE(finding.proof, finding.code == "tells_by_time"_L1 ? Proof::Strong : Proof::Proven);
        QCOMPARE(finding.evidence.size(), std::size_t(2));
    }
}

void TestEnumeration::findsFaultsOfTheDesk_data()
{
    using enum DeskFault;
    QTest::addColumn<FaultSet<DeskFault>>("faults");
    QTest::addColumn<QStringList>("expected");
    const auto both = [](const char *code) {
        return QStringList{QString::fromLatin1(code) + u" POST /forgot"_s,
                           QString::fromLatin1(code) + u" POST /login"_s};
    };
    QTest::newRow("by text") << FaultSet<DeskFault>{LoginText, ResetText} << both("tells_by_answer");
    QTest::newRow("by status") << FaultSet<DeskFault>{LoginStatus, ResetStatus} << both("tells_by_answer");
    QTest::newRow("by time") << FaultSet<DeskFault>{LoginTime, ResetTime} << both("tells_by_time");
}

void TestEnumeration::findsFaultsOfTheDesk()
{
    QFETCH(FaultSet<DeskFault>, faults);
    QFETCH(QStringList, expected);
    m_desk->reset();
    m_desk->setFaults(faults);
    DeskAbuse scene(*m_desk);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(enumerationCheck(), run);
    m_desk->setFaults({});
    QVERIFY2(found(judged) == expected, qPrintable(found(judged).join(u", "_s) + told(judged)));
}

void TestEnumeration::believesNoHostileServer_data()
{
    QTest::addColumn<lab::Manners>("manners");
    QTest::addColumn<QString>("expected");
    QTest::newRow("always 200") << lab::Manners{.alwaysStatus = 200, .alwaysBody = R"({"ok":true})"} << u"not_run"_s;
    QTest::newRow("always 403") << lab::Manners{.alwaysStatus = 403, .alwaysBody = "no"} << u"not_run"_s;
    QTest::newRow("always broken") << lab::Manners{.alwaysStatus = 500, .alwaysBody = "oops"} << u"not_run"_s;
    QTest::newRow("sends everybody to the login") << lab::Manners{.loginPath = "/sign-in"} << u"not_run"_s;
    QTest::newRow("limits us at once") << lab::Manners{.limitAfter = 1} << u"not_run"_s;
    QTest::newRow("limits us soon") << lab::Manners{.limitAfter = 9} << u"info"_s;
    QTest::newRow("logs us out") << lab::Manners{.logOutAfter = 0} << u"not_run"_s;
    QTest::newRow("changes ids") << lab::Manners{.changesIds = true} << u"pass"_s;
    QTest::newRow("answers slowly") << lab::Manners{.slowness = std::chrono::milliseconds(20)} << u"pass"_s;
    QTest::newRow("cuts its answers off") << lab::Manners{.hangUpAfter = 0} << u"not_run"_s;
}

void TestEnumeration::believesNoHostileServer()
{
    QFETCH(lab::Manners, manners);
    QFETCH(QString, expected);
    const HostileLogin login(manners);
    AttackRun run = login.newRun();
    const Judged judged = login.judged(enumerationCheck(), run);
    QVERIFY2(said(judged) == expected, qPrintable(told(judged)));
    QVERIFY(judged.outcome == Outcome::Pass || !judged.reason.isEmpty());
}

void TestEnumeration::endsWhenStopped()
{
    const HostileLogin login({.slowness = std::chrono::milliseconds(30)});
    AttackRun run = login.newRun();
    QElapsedTimer timer;
    std::jthread stopper([&] {
        while (login.web.count("/login") < 5)
            std::this_thread::yield();
        timer.start();
        run.token.cancel();
    });
    const Judged judged = login.judged(enumerationCheck(), run);
    stopper.join();
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY2(judged.outcome == Outcome::NotRun, qPrintable(told(judged)));
}

QTEST_GUILESS_MAIN(TestEnumeration)
#include "tst_enumeration.moc"
