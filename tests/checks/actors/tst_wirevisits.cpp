// What a look reads as a visitor while it has a wire: each request that really goes out is announced, paced, logged and
// ended by the kill switch; and nobody else goes without an answer for that.
#include "checks/net/httpseries.h"
#include "checks/web/bundle.h"
#include "tests/checks/actors/actorlab.h"
#include "tests/checks/engine/gatescene.h"
#include "tests/checks/web/pages.h"
#include "tests/lab/hostileserver.h"

#include <QTest>
#include <QThreadPool>

#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QString kCheck = u"access.roles"_s;

// "GET /a 200", in the order in which they ended.
QStringList linesOf(const ActiveGate &gate)
{
    QStringList lines;
    for (const LoggedRequest &one : gate.log())
        lines.append(u"%1 %2 %3"_s.arg(one.method, one.route).arg(one.status));
    return lines;
}

QStringList linesOf(const WebLab &lab)
{
    QStringList lines;
    for (const WebRequest &one : lab.requests())
        lines.append(QString::fromLatin1(one.method + ' ' + one.path));
    return lines;
}

int statusOf(const Observations::Shared<HttpResponse> &answer)
{
    return *answer ? (*answer)->status : 0;
}

} // namespace

class WireVisitsTest : public QObject
{
    Q_OBJECT

private slots:
    void countsWhatIsSent()
    {
        WebLab lab;
        lab.on("GET", "/a", WebAnswer{.body = "{}"});
        lab.on("HEAD", "/b", WebAnswer{.body = "{}"});
        ActorRun run;
        Wire wire(run.seen, kCheck, 5);
        const HttpGet a{lab.url(u"/a"_s)};
        QCOMPARE(statusOf(run.seen.ask(a)), 200);
        QCOMPARE(statusOf(run.seen.ask(HttpGet{.url = lab.url(u"/b?x=1"_s), .method = "HEAD"})), 200);
        QCOMPARE(statusOf(run.seen.ask(a)), 200); // from memory
        QCOMPARE(linesOf(*run.gate), (QStringList{u"GET /a 200"_s, u"HEAD /b 200"_s}));
        QCOMPARE(lab.count(), 2);
        QCOMPARE(wire.sent(), 2);
        const LoggedRequest line = run.gate->log().front();
        QCOMPARE(line.checkId, kCheck);
        QCOMPARE(line.host, u"127.0.0.1"_s);
        QVERIFY(line.actor.isEmpty() && line.note.isEmpty());
    }

    // Before a look has a wire, after it, and what another look has asked: free, and asked for once.
    void whatOthersAskedIsFree()
    {
        WebLab lab;
        lab.on("GET", "*", WebAnswer{.body = "{}"});
        ActorRun run;
        run.seen.ask(HttpGet{lab.url(u"/before"_s)});
        {
            Wire wire(run.seen, kCheck, 5);
            run.seen.ask(HttpGet{lab.url(u"/before"_s)});
            run.seen.ask(HttpGet{lab.url(u"/mine"_s)});
            QCOMPARE(wire.sent(), 1);
        }
        run.seen.ask(HttpGet{lab.url(u"/mine"_s)});
        run.seen.ask(HttpGet{lab.url(u"/after"_s)});
        QCOMPARE(linesOf(*run.gate), QStringList{u"GET /mine 200"_s});
        QCOMPARE(linesOf(lab), (QStringList{u"GET /before"_s, u"GET /mine"_s, u"GET /after"_s}));
    }

    void aWireWithinAWirePaysForItself()
    {
        WebLab lab;
        lab.on("GET", "*", WebAnswer{.body = "{}"});
        ActorRun run;
        Wire outer(run.seen, kCheck, 5);
        {
            Wire inner(run.seen, u"access.invite"_s, 5);
            run.seen.ask(HttpGet{lab.url(u"/inner"_s)});
        }
        run.seen.ask(HttpGet{lab.url(u"/outer"_s)});
        QCOMPARE(run.gate->sentBy(u"access.invite"_s), 1);
        QCOMPARE(run.gate->sentBy(kCheck), 1);
    }

    // Each hop is a request.
    void countsEachHop()
    {
        WebLab lab;
        lab.on("GET", "/1", redirectTo("/2"));
        lab.on("GET", "/2", redirectTo("/3", 307));
        lab.on("GET", "/3", WebAnswer{.status = 404, .body = "{}"});
        ActorRun run;
        Wire wire(run.seen, kCheck, 5);
        const auto walk = run.seen.ask(FollowRedirects{lab.url(u"/1"_s)});
        QVERIFY(*walk && (*walk)->hops.size() == 3);
        QCOMPARE(linesOf(*run.gate), (QStringList{u"GET /1 302"_s, u"GET /2 307"_s, u"GET /3 404"_s}));
        QCOMPARE(lab.count(), 3);
    }

    // libcurl sends again what a kept connection ended under, without a word: the server had both.
    void countsASecondTry()
    {
        std::atomic_int received = 0;
        const HostileServer server([&](Connection &connection) {
            const auto answerOne = [&] {
                if (connection.readRequest().isEmpty())
                    return false;
                ++received;
                return true;
            };
            if (answerOne() && connection.write(httpAnswer(200, {}, "{}")))
                answerOne(); // and nothing more: the connection ends
        });
        ActorRun run;
        Wire wire(run.seen, kCheck, 5);
        const std::vector<HttpGet> two{HttpGet{server.url(u"/1"_s)}, HttpGet{server.url(u"/2"_s)}};
        const auto answers = run.seen.askAll(two);
        QCOMPARE(statusOf(answers[0]), 200);
        QCOMPARE(statusOf(answers[1]), 200);
        QCOMPARE(linesOf(*run.gate), (QStringList{u"GET /1 200"_s, u"GET /2 0"_s, u"GET /2 200"_s}));
        QCOMPARE(run.gate->log()[1].note, u"no answer"_s);
        QCOMPARE(wire.sent(), 3);
        QCOMPARE(received.load(), 3);
    }

    void countsEachOfASeries()
    {
        WebLab lab;
        lab.on("GET", "/a", WebAnswer{.body = "{}"});
        ActorRun run;
        Wire wire(run.seen, kCheck, 10);
        QVERIFY(*run.seen.ask(HttpSeries{.url = lab.url(u"/a"_s), .count = 3, .atMost = 10s}));
        QCOMPARE(lab.count(), 3);
        QCOMPARE(run.gate->log().size(), 3u);
    }

    void keepsThePace()
    {
        WebLab lab;
        lab.on("GET", "*", WebAnswer{.body = "{}"});
        ActorRun run(60, {}, 20);
        Wire wire(run.seen, kCheck, 7);
        std::vector<HttpGet> questions;
        for (int i = 0; i < 7; ++i)
            questions.push_back(HttpGet{lab.url(u"/%1"_s.arg(i))});
        const auto began = Clock::now();
        run.seen.askAll(questions);
        QVERIFY(Clock::now() - began >= 300ms); // six turns of 50 ms after the first
        QCOMPARE(lab.count(), 7);
        QCOMPARE(lab.connections(), 1);
    }

    // Beyond what was announced nothing goes out; and who asks for himself gets an answer.
    void neverMoreThanAnnounced()
    {
        WebLab lab;
        lab.on("GET", "*", WebAnswer{.body = "{}"});
        ActorRun run;
        std::vector<HttpGet> questions;
        for (int i = 0; i < 5; ++i)
            questions.push_back(HttpGet{lab.url(u"/%1"_s.arg(i))});
        {
            Wire wire(run.seen, kCheck, 3);
            const auto answers = run.seen.askAll(questions);
            QCOMPARE(lab.count(), 3);
            QCOMPARE(statusOf(answers[2]), 200);
            QVERIFY(!*answers[3] && !*answers[4]);
            QCOMPARE(int(answers[4]->error().kind), int(ErrorKind::NotPermitted));
            QVERIFY(!*run.seen.ask(questions[4]));
        }
        for (const auto &answer : run.seen.askAll(questions))
            QCOMPARE(statusOf(answer), 200);
        QCOMPARE(lab.count(), 5);
        QCOMPARE(run.gate->log().size(), 3u);
    }

    // What was put together from less is of use to its asker alone.
    void keepsNothingThatLacksAPart()
    {
        WebLab lab;
        lab.on("GET", "/1.js", WebAnswer{.body = "let a = 1;", .type = "text/javascript"});
        lab.on("GET", "/2.js", WebAnswer{.body = "let b = 2;", .type = "text/javascript"});
        ActorRun run;
        const HttpResponse page =
            answer(200, "Content-Type: text/html", "<script src=/1.js></script><script src=/2.js></script>",
                   lab.url().toString());
        {
            Wire wire(run.seen, kCheck, 1);
            const auto bundle = bundleOf(page, run.seen);
            QVERIFY(*bundle && (*bundle)->skipped > 0);
            QCOMPARE(lab.count(), 1);
        }
        const auto bundle = bundleOf(page, run.seen);
        QVERIFY(*bundle && (*bundle)->skipped == 0);
        QCOMPARE(lab.count("/1.js"), 1);
        QCOMPARE(lab.count("/2.js"), 1);
    }

    // Whoever helps sends on the same account.
    void helpersArePaidFor()
    {
        WebLab lab;
        lab.parallel();
        lab.on("GET", "*", WebAnswer{.body = "{}"});
        QThreadPool pool;
        pool.setMaxThreadCount(4);
        const ActorRun run;
        Observations seen({}, CancelToken(), Deadline::in(60s), &pool, passiveBudget(1), run.gate);
        Wire wire(seen, kCheck, 6);
        std::vector<FollowRedirects> walks;
        for (int i = 0; i < 8; ++i)
            walks.push_back(FollowRedirects{lab.url(u"/%1"_s.arg(i))});
        int answered = 0;
        for (const auto &walk : seen.askAll(walks))
            answered += *walk ? 1 : 0;
        QCOMPARE(answered, 6);
        QCOMPARE(lab.count(), 6);
        QCOMPARE(run.gate->log().size(), 6u);
        pool.waitForDone();
        bool isFree = false;
        pool.start([&] { isFree = !VisitPayer::here(); });
        pool.waitForDone();
        QVERIFY(isFree);
    }
};

QTEST_GUILESS_MAIN(WireVisitsTest)
#include "tst_wirevisits.moc"
