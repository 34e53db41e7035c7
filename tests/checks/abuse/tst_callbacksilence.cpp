// What abuse.callback-url makes of a server that does not answer, and of bodies with several addresses.
#include "checks/abuse/callback.h"
#include "models/unseen.h"
#include "tests/checks/abuse/activeproof.h"
#include "tests/checks/abuse/moodyshop.h"

#include <QTest>

#include <future>
#include <mutex>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kJson = "Content-Type: application/json";

} // namespace

class TestCallbackSilence : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void judgesSilence_data();
    void judgesSilence();
    void findsAServerThatWaits_data();
    void findsAServerThatWaits();

private:
    ShopLab m_shop;
};

void TestCallbackSilence::initTestCase()
{
    QVERIFY2(m_shop.isReady(), qPrintable(m_shop.problem()));
}

// A refusal needs no time. Whether nothing comes as the server waits for what it calls, nobody knows for sure.
void TestCallbackSilence::judgesSilence_data()
{
    QTest::addColumn<bool>("isHungUp"); // else it is late
    QTest::addColumn<bool>("stillTakes");
    QTest::addColumn<bool>("isOtherRefused");
    QTest::addColumn<QString>("expected");
    QTest::newRow("late, and the good one is not") << false << true << false << u"inner_connection:high"_s;
    QTest::newRow("late, and others are refused") << false << true << true << u"inner_connection:high"_s;
    QTest::newRow("late, and the good one is not taken any more") << false << false << true << u"info"_s;
    QTest::newRow("hung up, and others are refused") << true << true << true << u"info"_s;
    QTest::newRow("hung up alone") << true << true << false << u"not_run"_s;
}

void TestCallbackSilence::judgesSilence()
{
    QFETCH(bool, isHungUp);
    QFETCH(bool, stillTakes);
    QFETCH(bool, isOtherRefused);
    QFETCH(QString, expected);
    CallbackRun run;
    run.place.write.route.method = u"PATCH"_s;
    run.place.write.route.path = u"/settings"_s;
    run.control = TriedBody{.request = {}, .answer = answer(200, kJson, "{}"), .wasTaken = true};
    run.stillTakes = stillTakes;
    TriedAddress silent{{CallbackKind::Private, u"http://10.0.0.1/LC-CANARY-abcdefghij23"_s}, {}};
    silent.tried.request.url = QUrl(u"https://api.example.com/settings"_s);
    (isHungUp ? run.hungUp : run.unanswered) = {silent};
    if (isOtherRefused) {
        TriedAddress refused{{CallbackKind::Loopback, u"http://127.0.0.1/LC-CANARY-abcdefghij23"_s}, {}};
        refused.tried.answer = answer(422, kJson, "{}");
        run.tried = {refused};
    }
    CallbackLook look;
    look.routes = {run};
    const Judged judged = judgeCallbacks(look);
    QCOMPARE(said(judged), expected);
    if (!judged.findings.empty()) {
        const Finding &found = judged.findings.front();
        QVERIFY(found.proof == Proof::Lead && !found.evidence.empty() && found.host == u"api.example.com"_s);
        QVERIFY2(found.whatWeSaw.contains(u"PATCH /settings: http://10.0.0.1/"_s), qPrintable(found.whatWeSaw));
        return;
    }
    QVERIFY2(judged.reason.contains(u"http://10.0.0.1/"_s), qPrintable(judged.reason));
    QVERIFY(!unseenIn(judged.observed).empty()); // what was found there before stays open
}

// A setting that the server tries at once: addresses of the own machine are refused, and one of the network is waited
// for. Each of two fields of the body has its turn, and what was there comes back.
void TestCallbackSilence::findsAServerThatWaits_data()
{
    QTest::addColumn<bool>("waits");
    QTest::addColumn<QString>("expected");
    QTest::newRow("refuses all") << false << u"pass"_s;
    QTest::newRow("waits for the network") << true << u"inner_connection:high"_s;
}

void TestCallbackSilence::findsAServerThatWaits()
{
    QFETCH(bool, waits);
    QFETCH(QString, expected);
    const QByteArray before =
        R"({"first_url":"https://hooks.example.com/a","second_url":"https://hooks.example.com/b"})";
    std::mutex mutex;
    QByteArray kept = before;
    std::promise<void> end;
    const std::shared_future<void> isOver(end.get_future());
    PageLab site(
        [&](const PageRequest &request) -> PageReply {
            if (request.path() != "/api/hook")
                return m_shop.shop().answer(request);
            const QJsonObject sent = QJsonDocument::fromJson(request.body).object();
            for (const QJsonValue address : sent) {
                const QString host = QUrl(address.toString()).host();
                if (waits && host.startsWith(u"10."_s))
                    isOver.wait_for(std::chrono::milliseconds(4000)); // as long as it waits for what it calls
                if (host != u"hooks.example.com"_s)
                    return jsonWith(422, R"({"error":"not public"})");
            }
            const std::lock_guard lock(mutex);
            if (request.method == "PATCH")
                kept = QJsonDocument(sent).toJson(QJsonDocument::Compact);
            return jsonWith(200, kept);
        },
        QList<QByteArray>{m_shop.shop().apiHost()},
        cockpit::Manners{.workers = 40}); // one that waits keeps nobody else waiting
    QVERIFY2(site.isReady(), qPrintable(site.problem()));
    BadShop scene(m_shop, [](const ShopRouteLine &) { return false; });
    Route read;
    read.path = u"/api/hook"_s;
    read.host = scene.host;
    read.access = AccessClass::SignedIn;
    Route write = read;
    write.method = u"PATCH"_s;
    write.safeToWrite = true;
    scene.facts.routes = {read, write};
    scene.facts.samples = {{u"PATCH"_s, write.path, scene.host, "application/json", before, {}}};
    NetOptions net = site.netOptions();
    net.operationTimeout = std::chrono::milliseconds(waits ? 3000 : 5000);
    AttackRun run(net, {scene.host}, secretsOf(m_shop.shop()), 600);
    const Judged judged = scene.judged(run, callbackUrlCheck());
    end.set_value();
    QVERIFY2(said(judged) == expected, qPrintable(told(judged)));
    QCOMPARE(judged.observed["routes"_L1].toArray().size(), 2);
    QCOMPARE(judged.observed["routes"_L1][1]["field"_L1].toString(), u"second_url"_s);
    QCOMPARE(judged.observed["requests"_L1].toInt(), run.gate->sentBy(u"abuse.callback-url"_s));
    QCOMPARE(QJsonDocument::fromJson(kept), QJsonDocument::fromJson(before));
}

QTEST_GUILESS_MAIN(TestCallbackSilence)
#include "tst_callbacksilence.moc"
