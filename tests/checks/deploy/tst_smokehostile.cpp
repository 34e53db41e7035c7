// The smoke test against servers that do not play along, from the first request on or from any later one.
#include "tests/checks/abuse/moodyshop.h"
#include "tests/checks/deploy/smokescene.h"
#include "tests/checks/stoppedlook.h"

#include <QTest>

#include <algorithm>
#include <utility>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

using Mood = MoodyShop::Mood;
using Scene = SmokeScene<MoodyShop>;

// What a test of the clean shop sends in all.
constexpr int kRequestsOfAll = 13;

PageReply pageReply(int status, const QByteArray &html)
{
    return {.status = status, .body = html};
}

struct HostileRow
{
    const char *name;
    PageReply reply;
    QStringList mayFind; // once signing in has worked
};

// A limit and a refusal tell nothing of the release. Without its session a page does not work for a customer either;
// what fails, and what answers all alike, does not save.
std::vector<HostileRow> hostileRows()
{
    const QByteArray soon = "<html><title>Soon</title><body><h1>We are back soon</h1></body></html>";
    return {
        {"the same page", pageReply(200, soon), {u"write_fails"_s}},
        {"an empty object", jsonWith(200, "{}"), {u"write_fails"_s}},
        {"ok", jsonWith(200, R"({"ok":true})"), {u"write_fails"_s}},
        {"403", jsonWith(403, R"({"error":"forbidden"})"), {}},
        {"403 of a firewall", pageReply(403, "<html><body>Forbidden</body></html>"), {}},
        {"429", jsonWith(429, R"({"error":"slow down"})"), {}},
        {"429 with a time", limitedReply(), {}},
        {"401", jsonWith(401, R"({"error":"sign_in_first"})"), {u"read_fails"_s}},
        {"redirect to the login", toLoginReply(), {u"read_fails"_s}},
        {"500", jsonWith(500, "oops"), {u"read_fails"_s, u"write_fails"_s, u"sign_out_fails"_s}},
    };
}

Mood from(int first, const PageReply &reply)
{
    return
        [first, reply](const PageRequest &, int count) { return count >= first ? std::optional(reply) : std::nullopt; };
}

QStringList codesOf(const Judged &judged)
{
    QStringList codes;
    for (const Finding &finding : judged.findings)
        codes.append(finding.code);
    return codes;
}

bool isLeft(MoodyShop &shop)
{
    return sentTo(shop.shop(), "POST", "/api/notes", 300) != sentTo(shop.shop(), "DELETE", "/api/notes/", 300);
}

} // namespace

class TestSmokeHostile : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void signsInNowhere_data();
    void signsInNowhere();
    void isNotTakenIn_data();
    void isNotTakenIn();
    void sameToEverybody_data();
    void sameToEverybody();
    void signOutThatTellsNothing_data();
    void signOutThatTellsNothing();
    void changedIds();
    void slowAnswers();
    void stopsAndCleansUp_data();
    void stopsAndCleansUp();

private:
    Judged judgedIn(const Mood &mood);

    MoodyShop m_shop;
};

void TestSmokeHostile::initTestCase()
{
    QVERIFY(m_shop.isReady());
}

// Every request that reached the server is one that the run counted.
Judged TestSmokeHostile::judgedIn(const Mood &mood)
{
    m_shop.setMood(mood);
    Scene scene(m_shop);
    std::erase_if(scene.facts.routes, [](const Route &route) { return route.path == u"/api/me"; });
    AttackRun run = scene.newRun();
    Judged judged = scene.judged(run);
    // One that was cut off may have come or not.
    const std::vector<LoggedRequest> sent = run.gate->logSince(0);
    const auto answered = std::ranges::count_if(sent, [](const LoggedRequest &one) { return one.status != 0; });
    const bool isCounted = m_shop.count() >= answered && m_shop.count() <= run.gate->sent();
    if (!isCounted || std::cmp_not_equal(sent.size(), run.gate->sent()))
        QTest::qFail(qPrintable(u"%1 came, %2 answered, %3 counted"_s.arg(QString::number(m_shop.count()),
                                                                          QString::number(answered),
                                                                          QString::number(run.gate->sent()))),
                     __FILE__, __LINE__);
    return judged;
}

void TestSmokeHostile::signsInNowhere_data()
{
    QTest::addColumn<int>("row");
    QTest::addColumn<QString>("expected");
    const QStringList expected{u"sign_in_fails:critical"_s,
                               u"sign_in_fails:critical"_s,
                               u"sign_in_fails:critical"_s,
                               u"sign_in_fails:critical"_s,
                               u"sign_in_fails:critical"_s,
                               u"not_run"_s,
                               u"not_run"_s,
                               u"sign_in_fails:critical"_s,
                               u"sign_in_fails:critical"_s,
                               u"sign_in_fails:critical"_s};
    const auto rows = hostileRows();
    QCOMPARE(expected.size(), qsizetype(rows.size()));
    for (int i = 0; i < int(rows.size()); ++i)
        QTest::newRow(rows[size_t(i)].name) << i << expected[i];
}

void TestSmokeHostile::signsInNowhere()
{
    QFETCH(int, row);
    QFETCH(QString, expected);
    const Judged judged = judgedIn(from(1, hostileRows()[size_t(row)].reply));
    QVERIFY2(said(judged) == expected, qPrintable(told(judged)));
    QVERIFY(m_shop.count() <= 6);
}

void TestSmokeHostile::isNotTakenIn_data()
{
    QTest::addColumn<int>("row");
    QTest::addColumn<int>("first");
    const auto rows = hostileRows();
    for (int i = 0; i < int(rows.size()); ++i) {
        for (int first = 3; first < kRequestsOfAll; ++first)
            QTest::addRow("%s from %d on", rows[size_t(i)].name, first) << i << first;
    }
}

void TestSmokeHostile::isNotTakenIn()
{
    QFETCH(int, row);
    QFETCH(int, first);
    const HostileRow hostile = hostileRows()[size_t(row)];
    const Judged judged = judgedIn(from(first, hostile.reply));
    QStringList codes = codesOf(judged);
    const bool saysLeft = codes.removeAll(u"test_record_left"_s) > 0;
    for (const QString &code : codes)
        QVERIFY2(hostile.mayFind.contains(code), qPrintable(told(judged)));
    QVERIFY2(saysLeft || !isLeft(m_shop), qPrintable(told(judged)));
    QVERIFY(judged.outcome != Outcome::NotRun || !judged.reason.isEmpty());
}

// All that is asked after signing in is answered alike: the app's empty page, a page for the time of a repair.
void TestSmokeHostile::sameToEverybody_data()
{
    QTest::addColumn<PageReply>("reply");
    QTest::newRow("a page") << pageReply(200, "<html><body><div id=\"root\"></div><script src=\"/app.js\"></script>");
    QTest::newRow("a text") << pageReply(200, "<html><body><h1>We are back soon</h1></body></html>");
    QTest::newRow("an object") << jsonWith(200, R"({"status":"maintenance","until":"tomorrow"})");
    QTest::newRow("ok") << jsonWith(200, R"({"ok":true})");
}

void TestSmokeHostile::sameToEverybody()
{
    QFETCH(PageReply, reply);
    const Judged judged = judgedIn([reply](const PageRequest &request, int) {
        const bool isSignIn = request.path() == "/api/login" || request.path() == "/api/me";
        return isSignIn ? std::nullopt : std::optional(reply);
    });
    QStringList codes = codesOf(judged);
    codes.removeAll(u"test_record_left"_s); // nobody knows whether one was made
    QVERIFY2(judged.outcome == Outcome::NotRun && codes.isEmpty(), qPrintable(told(judged)));
    QVERIFY2(endsOf(judged).startsWith(u"sign_in:works read:unclear protected:not_tried write:unclear"_s),
             qPrintable(told(judged)));
    QVERIFY2(!judged.reason.isEmpty(), qPrintable(told(judged)));
}

void TestSmokeHostile::signOutThatTellsNothing_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("expected");
    QTest::newRow("limited") << 429 << u"unclear"_s;
    QTest::newRow("ended before") << 401 << u"unclear"_s;
    QTest::newRow("refused") << 403 << u"unclear"_s;
    QTest::newRow("gone") << 404 << u"broken"_s;
    QTest::newRow("another method") << 405 << u"broken"_s;
    QTest::newRow("fails") << 500 << u"broken"_s;
    QTest::newRow("sent on") << 303 << u"works"_s;
}

void TestSmokeHostile::signOutThatTellsNothing()
{
    QFETCH(int, status);
    QFETCH(QString, expected);
    const Judged judged = judgedIn([status](const PageRequest &request, int) {
        return request.path() == "/api/logout" ? std::optional(jsonWith(status, "{}")) : std::nullopt;
    });
    QVERIFY2(endsOf(judged).endsWith(u"sign_out:"_s + expected), qPrintable(told(judged)));
    QCOMPARE(judged.outcome, expected == u"works"    ? Outcome::Pass
                             : expected == u"broken" ? Outcome::Warn
                                                     : Outcome::NotRun);
}

// The id that was told is not that of the record.
void TestSmokeHostile::changedIds()
{
    const Judged judged = judgedIn([this](const PageRequest &request, int count) -> std::optional<PageReply> {
        if (!request.path().startsWith("/api/notes"))
            return std::nullopt;
        PageReply reply = m_shop.shop().answer(request);
        reply.body.replace("\"id\":\"", "\"id\":\"x" + QByteArray::number(count) + '-');
        return reply;
    });
    QVERIFY2(judged.outcome != Outcome::Pass, qPrintable(told(judged)));
    QVERIFY2(!isLeft(m_shop) || codesOf(judged).contains(u"test_record_left"_s), qPrintable(told(judged)));
}

void TestSmokeHostile::slowAnswers()
{
    MoodyShop slow(cockpit::Manners{.delay = std::chrono::milliseconds(20), .workers = 40});
    QVERIFY(slow.isReady());
    Scene scene(slow);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run);
    QVERIFY2(judged.outcome == Outcome::Pass, qPrintable(told(judged)));
    QCOMPARE(run.gate->sentBy(u"deploy.smoke"_s), judged.observed["requests"_L1].toInt());
    QCOMPARE(run.gate->sent(), slow.count());
    QCOMPARE(slow.count(), kRequestsOfAll);
}

void TestSmokeHostile::stopsAndCleansUp_data()
{
    QTest::addColumn<int>("atRequest");
    for (int at = 1; at < kRequestsOfAll; ++at)
        QTest::addRow("at request %d", at) << at;
}

void TestSmokeHostile::stopsAndCleansUp()
{
    QFETCH(int, atRequest);
    MoodyShop slow(cockpit::Manners{.delay = std::chrono::milliseconds(40), .workers = 40});
    QVERIFY(slow.isReady());
    Scene scene(slow);
    AttackRun run = scene.newRun();
    const StoppedLook stopped = stoppedLook([&] { return slow.count() >= atRequest; }, [&] { run.token.cancel(); },
                                            [&] { return scene.judged(run); });
    QVERIFY2(stopped.problem().isEmpty(), qPrintable(stopped.problem()));
    QVERIFY2(stopped.judged.outcome == Outcome::NotRun && stopped.judged.findings.empty(),
             qPrintable(told(stopped.judged)));
    QVERIFY2(!isLeft(slow), qPrintable(told(stopped.judged)));
}

QTEST_GUILESS_MAIN(TestSmokeHostile)
#include "tst_smokehostile.moc"
