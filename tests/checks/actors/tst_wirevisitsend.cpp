// Where what a look reads as a visitor ends: at hosts that nobody allowed, at Stop and the kill switch, without leave.
#include "tests/checks/actors/actorlab.h"
#include "tests/checks/engine/gatescene.h"
#include "tests/lab/hostileserver.h"

#include <QTest>

#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QString kCheck = u"access.roles"_s;

int statusOf(const Observations::Shared<HttpResponse> &answer)
{
    return *answer ? (*answer)->status : 0;
}

} // namespace

class WireVisitsEndTest : public QObject
{
    Q_OBJECT

private slots:
    void goesNowhereElse()
    {
        WebLab lab;
        ActorRun run;
        Wire wire(run.seen, kCheck, 5);
        QUrl other = lab.url(u"/a"_s);
        other.setHost(u"127.0.0.2"_s);
        const auto answer = run.seen.ask(HttpGet{other});
        QVERIFY(!*answer);
        QCOMPARE(int(answer->error().kind), int(ErrorKind::NotPermitted));
        QCOMPARE(wire.sent(), 0);
        QCOMPARE(lab.count(), 0);
        QVERIFY(run.gate->log().empty());
    }

    // The kill switch ends what is on its way within a second; who waited for the same answer asks for himself.
    void theKillSwitchEndsThem()
    {
        WebLab lab;
        lab.parallel();
        ActorRun run;
        std::atomic_int arrived = 0;
        lab.on("GET", "/slow", [&](const WebRequest &) {
            if (++arrived == 1)
                awaitThat([&] { return run.killed->load(); });
            return WebAnswer{.body = "{}"};
        });
        const HttpGet question{lab.url(u"/slow"_s)};
        int other = 0;
        Clock::time_point killedAt;
        std::jthread helper([&] {
            awaitThat([&] { return arrived > 0; });
            std::jthread waiter([&] { other = statusOf(run.seen.ask(question)); });
            killedAt = Clock::now();
            *run.killed = true;
        });
        Clock::time_point ended;
        {
            Wire wire(run.seen, kCheck, 5);
            run.seen.ask(question); // hardly ever answered in the same moment
            ended = Clock::now();
            QVERIFY(!*run.seen.ask(HttpGet{lab.url(u"/more"_s)}));
        }
        helper.join();
        QVERIFY(ended - killedAt < 1s);
        QCOMPARE(other, 200);
        QCOMPARE(lab.count("/more"), 0);
        QCOMPARE(run.gate->log().size(), 1u);
    }

    void stopEndsThem()
    {
        const HostileServer server([](Connection &connection) {
            connection.readRequest();
            connection.hang();
        });
        ActorRun run;
        Wire wire(run.seen, kCheck, 5);
        std::jthread stopper([&] {
            awaitThat([&] { return server.connections() > 0; });
            run.token.cancel();
        });
        const auto began = Clock::now();
        QVERIFY(!*run.seen.ask(HttpGet{server.url(u"/a"_s)}));
        QVERIFY(Clock::now() - began < 1s);
        QCOMPARE(run.gate->log().size(), 1u);
        QCOMPARE(run.gate->log().front().status, 0);
        QCOMPARE(run.gate->log().front().note, u"cut off"_s);
    }

    // Without leave to send anything what visitors read is what it always was.
    void withoutPermissionTheyAreFree()
    {
        WebLab lab;
        lab.on("GET", "/a", WebAnswer{.body = "{}"});
        Observations seen({}, CancelToken(), Deadline::in(10s), nullptr);
        Wire wire(seen, kCheck, 5);
        QVERIFY(!wire.isReady());
        QCOMPARE(statusOf(seen.ask(HttpGet{lab.url(u"/a"_s)})), 200);
    }

    void aWireThatIsNotReadyPaysForNothing()
    {
        WebLab lab;
        ActorRun run(4, {});
        Wire wire(run.seen, kCheck, 10);
        QVERIFY(!wire.isReady());
        QVERIFY(!*run.seen.ask(HttpGet{lab.url(u"/a"_s)}));
        QCOMPARE(lab.count(), 0);
    }
};

QTEST_GUILESS_MAIN(WireVisitsEndTest)
#include "tst_wirevisitsend.moc"
