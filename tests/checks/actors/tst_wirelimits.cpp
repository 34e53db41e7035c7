// Whether anything is sent at all, and until when: the budget, the permission, Stop, and several at once.
#include "tests/checks/actors/actorlab.h"
#include "tests/checks/actors/wirewords.h"
#include "tests/lab/hostileserver.h"

#include <QTest>

#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestWireLimits : public QObject
{
    Q_OBJECT

private slots:
    void budgetIsCountedExactly()
    {
        WebLab lab;
        lab.on("", "*", WebAnswer{.body = "{}"});
        ActorRun run(20, {});
        Wire wire(run.seen, kCheck, 7);
        int answered = 0;
        for (int i = 0; i < 12; ++i)
            answered += wire.send(get(lab.url())) ? 1 : 0;
        QCOMPARE(answered, 7);
        QCOMPARE(lab.count(), 7);
        QCOMPARE(wire.sent(), 7);
        QCOMPARE(wire.left(), 0);
        QCOMPARE(run.gate->sentBy(kCheck), 7);
        QCOMPARE(run.gate->log().size(), 7u);
        Wire other(run.seen, u"access.invite"_s, 14); // thirteen are left
        QVERIFY(!other.isReady());
        QVERIFY(!other.send(get(lab.url())));
        QCOMPARE(lab.count(), 7);
    }

    void whatWasNotSentIsFreeAgain()
    {
        WebLab lab;
        lab.on("", "*", WebAnswer{.body = "{}"});
        ActorRun run(10, {});
        {
            Wire wire(run.seen, kCheck, 10);
            QVERIFY(wire.send(get(lab.url())));
        }
        QCOMPARE(run.gate->left(), 9);
        QVERIFY(Wire(run.seen, u"access.invite"_s, 9).isReady());
    }

    void withoutPermissionNothingIsSent()
    {
        WebLab lab;
        Observations seen({}, CancelToken(), Deadline::in(10s), nullptr);
        Wire wire(seen, kCheck, 5);
        QVERIFY(!wire.isReady());
        const auto answer = wire.send(get(lab.url()));
        QCOMPARE(int(answer.error().kind), int(ErrorKind::NotPermitted));
        QCOMPARE(lab.count(), 0);
    }

    // Leave that rests on where a name is led holds for no port at which it is led elsewhere, or nowhere.
    void leaveForThisComputerEndsThere_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("isHere"); // else the name was proven
        QTest::addColumn<int>("kind");
        const QString here = u"https://acme.example/"_s;
        const QString away = u"https://acme.example:8443/"_s;
        QTest::newRow("led here") << here << true << int(ErrorKind::Unreachable);
        QTest::newRow("another port") << away << true << int(ErrorKind::NotPermitted);
        QTest::newRow("proven, led here") << here << false << int(ErrorKind::Unreachable);
        QTest::newRow("proven, led away") << away << false << int(ErrorKind::NotPermitted);
    }

    void leaveForThisComputerEndsThere()
    {
        QFETCH(QString, url);
        QFETCH(bool, isHere);
        QFETCH(int, kind);
        NetOptions options;
        options.connects = {{u"acme.example"_s, 443, {u"127.0.0.1"_s, 1}},
                            {u"acme.example"_s, 8443, {u"192.0.2.1"_s, 8443}}};
        const auto gate = std::make_shared<ActiveGate>(
            ActiveTerms{.budget = {.requests = 10, .perSecond = 50}, .hosts = {u"acme.example"_s}, .isHere = isHere});
        Observations seen(options, CancelToken(), Deadline::in(10s), nullptr, passiveBudget(1), gate);
        Wire wire(seen, kCheck, 5);
        const auto answer = wire.send(get(QUrl(url)));
        QVERIFY(!answer);
        QCOMPARE(int(answer.error().kind), kind);
        QCOMPARE(gate->sent(), kind == int(ErrorKind::NotPermitted) ? 0 : 1);
    }

    // A server on a shared address answers as whom the Host field names.
    void anotherHostIsNotNamed()
    {
        WebLab lab;
        lab.on("", "*", WebAnswer{.body = "{}"});
        ActorRun run;
        Wire wire(run.seen, kCheck, 5);
        ActiveRequest request = get(lab.url());
        request.headers = {{"host", "victim.test"}};
        const auto answer = wire.send(request);
        QVERIFY(!answer && answer.error().kind == ErrorKind::NotPermitted);
        QCOMPARE(lab.count(), 0);
        request.headers = {{"host", "127.0.0.1"}};
        QVERIFY(wire.send(request));
    }

    void otherHostsAreRefused()
    {
        WebLab lab;
        ActorRun run;
        Wire wire(run.seen, kCheck, 5);
        QUrl other = lab.url();
        other.setHost(u"localhost"_s);
        const auto answer = wire.send(get(other));
        QCOMPARE(int(answer.error().kind), int(ErrorKind::NotPermitted));
        QCOMPARE(lab.count(), 0);
        QCOMPARE(wire.sent(), 0);
        QVERIFY(run.gate->log().empty());
    }

    void redirectsAreNotFollowed()
    {
        WebLab lab;
        lab.on("GET", "/a", redirectTo("/b"));
        ActorRun run;
        Wire wire(run.seen, kCheck, 5);
        QCOMPARE(outcome(wire.send(get(lab.url(u"/a"_s)))), u"302"_s);
        QCOMPARE(lab.count(), 1);
    }

    void stopAndKillEndWithinASecond_data()
    {
        QTest::addColumn<bool>("isKill");
        QTest::newRow("stop") << false;
        QTest::newRow("kill switch") << true;
    }

    void stopAndKillEndWithinASecond()
    {
        QFETCH(bool, isKill);
        WebLab lab({.slowness = 4s});
        lab.on("", "*", WebAnswer{.body = "{}"});
        ActorRun run;
        Wire wire(run.seen, kCheck, 5);
        const auto began = Clock::now();
        std::jthread stopper([&] {
            // Once the request is on its way; the answer takes longer than any test waits for it here.
            while (lab.count() == 0 && elapsedMs(began) < 3000)
                std::this_thread::yield();
            if (isKill)
                *run.killed = true;
            else
                run.token.cancel();
        });
        const auto answer = wire.send(get(lab.url()));
        QVERIFY(elapsedMs(began) < 1000);
        QCOMPARE(int(answer.error().kind), int(ErrorKind::Cancelled)); // it was sent: what came of it is not known
        QCOMPARE(run.gate->log().size(), 1u);
        QCOMPARE(run.gate->log().front().status, 0);
        QVERIFY(!wire.send(get(lab.url()))); // and nothing after it
        QCOMPARE(run.gate->sent(), 1);
    }

    void undoingGoesOutAfterStop()
    {
        WebLab lab;
        lab.on("", "*", WebAnswer{.body = "{}"});
        ActorRun run;
        Wire wire(run.seen, kCheck, 5);
        QVERIFY(wire.send(send("POST", lab.url(u"/notes"_s), "{}")));
        run.token.cancel();
        QVERIFY(!wire.send(get(lab.url(u"/notes"_s))));
        ActiveRequest undo = send("DELETE", lab.url(u"/notes/7"_s));
        undo.errand = ActiveErrand::Undo;
        undo.writes = true;
        const auto answer = wire.send(undo);
        QVERIFY2(answer, qPrintable(outcome(answer)));
        QCOMPARE(lab.count("/notes/7"), 1);
        QCOMPARE(run.gate->log().back().note, u"undo, may change data"_s);
    }

    // Undoing has three seconds for all of it, however slow the product is.
    void undoingEnds()
    {
        WebLab lab;
        lab.on("", "*", WebAnswer{.body = "{}"});
        ActorRun run;
        Wire wire(run.seen, kCheck, 5);
        QVERIFY(wire.send(get(lab.url())));
        lab.setManners({.slowness = 20s});
        run.token.cancel();
        ActiveRequest undo = send("DELETE", lab.url(u"/notes/7"_s));
        undo.errand = ActiveErrand::Undo;
        const auto began = Clock::now();
        QVERIFY(!wire.send(undo));
        QVERIFY(!wire.send(undo));
        QVERIFY(elapsedMs(began) < 4000);
    }

    // Ten at once arrive together: the last byte of each is held back until all others are there.
    void manyAtOnce()
    {
        WebLab lab;
        std::atomic_int inside = 0;
        std::atomic_int most = 0;
        lab.parallel();
        lab.on("POST", "/redeem", [&](const WebRequest &) {
            most = std::max(most.load(), ++inside);
            const auto until = Clock::now() + 2s; // until the others are here
            while (inside < 10 && most < 10 && Clock::now() < until)
                std::this_thread::yield();
            return WebAnswer{.body = "{}"};
        });
        ActorRun run;
        Wire wire(run.seen, kCheck, 10);
        const std::vector<ActiveRequest> requests(10, send("POST", lab.url(u"/redeem"_s), R"({"code":"X"})"));
        const auto answers = wire.sendAll(requests, true);
        for (const auto &answer : answers)
            QCOMPARE(outcome(answer), u"200"_s);
        QCOMPARE(most.load(), 10);
        QCOMPARE(lab.count(), 10);
        QCOMPARE(run.gate->log().size(), 10u);
    }

    void tooManyAtOnce()
    {
        ActorRun run;
        Wire wire(run.seen, kCheck, 50);
        const std::vector<ActiveRequest> requests(kMostAtOnce + 1, get(QUrl(u"http://127.0.0.1:1/"_s)));
        const auto answers = wire.sendAll(requests, true);
        QCOMPARE(answers.size(), requests.size());
        QCOMPARE(int(answers.front().error().kind), int(ErrorKind::BadInput));
        QCOMPARE(wire.sent(), 0);
    }

    void oneAfterTheOther()
    {
        WebLab lab;
        lab.on("", "*", WebAnswer{.body = "{}"});
        ActorRun run;
        Wire wire(run.seen, kCheck, 3);
        const std::vector<ActiveRequest> requests(4, get(lab.url()));
        const auto answers = wire.sendAll(requests, false);
        QCOMPARE(outcome(answers[2]), u"200"_s);
        QVERIFY(!answers[3]); // one more than was announced
        QCOMPARE(lab.count(), 3);
    }
};

QTEST_GUILESS_MAIN(TestWireLimits)
#include "tst_wirelimits.moc"
