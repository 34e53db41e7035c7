#include "checks/http/redirectmap.h"
#include "checks/http/redirectturns.h"
#include "models/unseen.h"
#include "tests/checks/web/pages.h"
#include "tests/lab/hostileserver.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QString kFrom = u"https://example.com/old?id=5"_s;

// "301 https://…" for each hop, the last one with a status alone.
RedirectChain chainOf(const QStringList &hops, const QByteArray &body = {})
{
    RedirectChain chain;
    QString at = kFrom;
    for (const QString &hop : hops) {
        const int status = hop.section(u' ', 0, 0).toInt();
        const QString to = hop.section(u' ', 1);
        chain.hops.push_back({QUrl(at), status, to.toUtf8()});
        chain.last = answer(status, {}, body, at);
        if (!to.isEmpty())
            at = to;
    }
    return chain;
}

Replay replayOf(const RedirectChain &chain, const QString &wanted)
{
    return cockpit::replayOf({u"/old?id=5"_s, wanted}, QUrl(kFrom),
                             wanted.isEmpty() ? QUrl() : QUrl(kFrom).resolved(QUrl(wanted)), chain);
}

Script site()
{
    return answering([](const QByteArray &request) {
        const QByteArray path = request.split(' ').value(1);
        const auto moved = [](int status, const QByteArray &to) { return httpAnswer(status, {"Location: " + to}, {}); };
        if (path == "/new" || path == "/new?id=5")
            return httpAnswer(200, {"Content-Type: text/html"}, "<p>The new page</p>");
        if (path == "/good")
            return moved(308, "/new");
        if (path == "/for-now")
            return moved(302, "/new");
        if (path == "/round")
            return moved(301, "/round/");
        if (path == "/round/")
            return moved(301, "/round");
        if (path == "/app")
            return moved(301, "myapp://open");
        return httpAnswer(404, {"Content-Type: text/plain"}, "Nothing here");
    });
}

} // namespace

class RedirectMapTest : public QObject
{
    Q_OBJECT

private slots:
    void judgesOne_data()
    {
        QTest::addColumn<QStringList>("hops");
        QTest::addColumn<QString>("wanted");
        QTest::addColumn<QString>("expected");
        const QString wanted = u"/new"_s;
        const QString there = u"https://example.com/new"_s;
        const auto row = [&](const char *name, const QStringList &hops, const QString &to, const char *expected) {
            QTest::newRow(name) << hops << to << QString::fromLatin1(expected);
        };
        row("one step for good", {u"301 "_s + there, u"200"_s}, wanted, "right");
        row("a slash more", {u"301 "_s + there + u'/', u"200"_s}, wanted, "right");
        row("through the wanted page to its login", {u"308 "_s + there, u"301 https://example.com/login"_s, u"200"_s},
            wanted, "right");
        row("through the wanted page to the front page", {u"301 "_s + there, u"301 https://example.com/"_s, u"200"_s},
            wanted, "front_page");
        row("three steps", {u"301 /a"_s, u"301 /b"_s, u"301 "_s + there, u"200"_s}, wanted, "right");
        row("four steps", {u"301 /a"_s, u"301 /b"_s, u"301 /c"_s, u"301 "_s + there, u"200"_s}, wanted, "many_hops");
        row("for now", {u"302 "_s + there, u"200"_s}, wanted, "temporary");
        row("for now on the way", {u"301 /a"_s, u"307 "_s + there, u"200"_s}, wanted, "temporary");
        row("not found at the end", {u"301 "_s + there, u"404"_s}, wanted, "broken");
        row("gone at once", {u"410"_s}, wanted, "broken");
        row("the worst that is no error", {u"301 "_s + there, u"299"_s}, wanted, "right");
        row("not modified is no page", {u"304"_s}, wanted, "broken");
        row("a page of its own", {u"200"_s}, wanted, "not_moved");
        row("another page", {u"301 https://example.com/other"_s, u"200"_s}, wanted, "wrong_page");
        row("the front page", {u"301 https://example.com/"_s, u"200"_s}, wanted, "front_page");
        row("the front page, as wanted", {u"301 https://example.com/"_s, u"200"_s}, u"/"_s, "right");
        row("another host", {u"301 https://shop.example/new"_s, u"200"_s}, wanted, "wrong_page");
        row("without the query", {u"301 "_s + there, u"200"_s}, u"/new?id=5"_s, "query_lost");
        row("with the query", {u"301 "_s + there + u"?id=5"_s, u"200"_s}, u"/new?id=5"_s, "right");
        row("with more in the query", {u"301 "_s + there + u"?lang=en&id=5"_s, u"200"_s}, u"/new?id=5"_s, "right");
        row("a query where none was wanted", {u"301 "_s + there + u"?lang=en"_s, u"200"_s}, wanted, "right");
        row("without encryption", {u"301 http://example.com/new"_s, u"200"_s}, wanted, "insecure");
        row("refused", {u"301 "_s + there, u"403"_s}, wanted, "silent");
        row("a broken server", {u"503"_s}, wanted, "silent");
        row("any page will do", {u"200"_s}, QString(), "right");
        row("any page, and there is none", {u"404"_s}, QString(), "broken");
    }

    void judgesOne()
    {
        QFETCH(QStringList, hops);
        QFETCH(QString, wanted);
        QTEST(toWord(judgeReplay(replayOf(chainOf(hops), wanted))), "expected");
    }

    void judgesEnds_data()
    {
        QTest::addColumn<RedirectEnd>("end");
        QTest::addColumn<QString>("expected");
        QTest::newRow("loop") << RedirectEnd::Loop << u"loop"_s;
        QTest::newRow("too many") << RedirectEnd::TooManyHops << u"loop"_s;
        QTest::newRow("no address") << RedirectEnd::BadLocation << u"broken"_s;
        QTest::newRow("an app") << RedirectEnd::NotHttp << u"broken"_s;
    }

    void judgesEnds()
    {
        QFETCH(RedirectEnd, end);
        RedirectChain chain = chainOf({u"301 /old?id=5"_s});
        chain.end = end;
        QTEST(toWord(judgeReplay(replayOf(chain, u"/new"_s))), "expected");
    }

    void namesAPageThatMoves()
    {
        const RedirectChain chain =
            chainOf({u"200"_s}, "<meta http-equiv=refresh content='0; url=https://example.com/new'>");
        QCOMPARE(judgeReplay(replayOf(chain, u"/new"_s)), RedirectState::ByPage);
    }

    // We stop at ten steps, browsers at twenty: what goes on and on may arrive there.
    void saysHowSureItIsOfCircles()
    {
        RedirectChain chain = chainOf({u"301 /old?id=5"_s});
        RedirectChain cookie = chain;
        cookie.hops.front().setsCookie = true;
        cookie.end = RedirectEnd::Loop;
        const auto found = [&](const std::vector<RedirectEnd> &ends, bool hasCookie = false) {
            std::vector<Replay> replays;
            for (const RedirectEnd end : ends) {
                chain.end = end;
                replays.push_back(replayOf(chain, u"/new"_s));
            }
            if (hasCookie)
                replays.push_back(replayOf(cookie, u"/new"_s));
            const Finding finding = judgeRedirectMap(replays, {replays.size()}).findings.front();
            return toWord(finding.proof) + u' ' + toWord(finding.severity);
        };
        using enum RedirectEnd;
        QCOMPARE(found({Loop}), u"proven high"_s);
        QCOMPARE(found({TooManyHops}), u"strong medium"_s);
        QCOMPARE(found({TooManyHops, Loop}), u"proven high"_s);
        QCOMPARE(found({}, true), u"lead medium"_s);
        QCOMPARE(found({TooManyHops}, true), u"strong medium"_s);
        QCOMPARE(found({Loop}, true), u"proven high"_s);
    }

    // A page is parsed once for each old address, and not again for each question about it.
    void readsLongPagesOnce()
    {
        QByteArray body = "<script>var location;</script>";
        for (int i = 0; i < 2000; ++i)
            body += "<p class=a><a href=/page-" + QByteArray::number(i) + ">A page of many words</a></p>\n";
        std::vector<Replay> replays;
        replays.reserve(20);
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 20; ++i)
            replays.push_back(replayOf(chainOf({u"301 https://example.com/other"_s, u"200"_s}, body), u"/new"_s));
        const qint64 reading = timer.restart();
        QCOMPARE(said(judgeRedirectMap(replays, {20})), u"wrong_page:medium"_s);
        QVERIFY2(timer.elapsed() <= reading + 200, qPrintable(u"%1 ms"_s.arg(timer.elapsed())));
    }

    void makesOneFindingOfAKind()
    {
        const QString there = u"https://example.com/new"_s;
        const Replay broken = replayOf(chainOf({u"404"_s}), u"/new"_s);
        const Replay temporary = replayOf(chainOf({u"302 "_s + there, u"200"_s}), u"/new"_s);
        const Replay right = replayOf(chainOf({u"301 "_s + there, u"200"_s}), u"/new"_s);
        const Judged judged = judgeRedirectMap({broken, right, temporary, broken}, {4});
        QCOMPARE(said(judged), u"broken:medium temporary:low"_s);
        QCOMPARE(judged.findings.front().evidence.size(), 2u);
        QCOMPARE(judged.observed["entries"_L1].toArray().size(), 4);
        QCOMPARE(judged.observed["entries"_L1].toArray().at(0)["state"_L1].toString(), u"broken"_s);
        QCOMPARE(said(judgeRedirectMap({right}, {1})), u"pass"_s);
    }

    // What could not be looked at never passes.
    void saysWhatIsOpen()
    {
        const Replay right = replayOf(chainOf({u"301 https://example.com/new"_s, u"200"_s}), u"/new"_s);
        Replay silent = right;
        silent.walk = failure(ErrorKind::TimedOut, u"silent"_s);
        const Replay refused = replayOf(chainOf({u"403"_s}), u"/new"_s);
        QCOMPARE(said(judgeRedirectMap({right, silent}, {2})), u"info"_s);
        QCOMPARE(said(judgeRedirectMap({right}, {2})), u"info"_s); // there was no room for the other one
        QCOMPARE(said(judgeRedirectMap({silent}, {1})), u"error"_s);
        QCOMPARE(said(judgeRedirectMap({refused}, {1})), u"error"_s);
        QCOMPARE(said(judgeRedirectMap({}, {3})), u"not_run"_s);
        QVERIFY(!judgeRedirectMap({right}, {2}).reason.isEmpty());
    }

    // A page that an address that nobody uses gets as well tells nothing about the old one.
    void tellsNothingByAnyPage()
    {
        const auto stateOf = [](const QStringList &hops, const QString &wanted) {
            Replay replay = replayOf(chainOf(hops), wanted);
            replay.isAnyPage = true;
            return judgeReplay(replay);
        };
        QCOMPARE(stateOf({u"200"_s}, {}), RedirectState::Silent);
        QCOMPARE(stateOf({u"200"_s}, u"/new"_s), RedirectState::Silent);
        QCOMPARE(stateOf({u"301 https://example.com/new"_s, u"200"_s}, u"/new"_s), RedirectState::Right);
        Replay any = replayOf(chainOf({u"200"_s}), {});
        any.isAnyPage = true;
        const Judged judged = judgeRedirectMap({any}, {1});
        QCOMPARE(said(judged), u"info"_s);
        QVERIFY2(judged.reason.contains("nobody uses"_L1), qPrintable(judged.reason));
        QVERIFY(!judged.observed["entries"_L1][0]["reason"_L1].toString().isEmpty());
    }

    void seesAppsThatAnswerEverything()
    {
        const HostileServer server(answering([](const QByteArray &request) {
                                       const bool isThere = request.startsWith("GET /there ");
                                       return httpAnswer(200, {"Content-Type: text/html"},
                                                         isThere ? "<p>A page about prices and terms of sale</p>"
                                                                 : "<title>Acme</title><div id=root></div>");
                                   }),
                                   TlsSetup{{makeSelfSigned({.names = {u"example.com"_s}})}});
        NetOptions options;
        options.connects = {{u"example.com"_s, 443, {u"127.0.0.1"_s, server.port()}}};
        Observations seen(options, CancelToken(), Deadline::in(20s), nullptr);
        const Target target{u"example.com"_s, {{HostRole::Site, u"example.com"_s, 443}}};
        ProjectFacts facts;
        facts.redirects = {{u"/old"_s, {}}, {u"/older"_s, u"/new"_s}, {u"/there"_s, {}}, {u"/there"_s, u"/new"_s}};
        const Judged judged = redirectMapCheck().look({seen, target, nullptr, Policy(), facts, {}});
        QStringList states;
        for (const QJsonValue entry : judged.observed["entries"_L1].toArray())
            states << entry["state"_L1].toString();
        QCOMPARE(states, (QStringList{u"silent"_s, u"silent"_s, u"right"_s, u"not_moved"_s}));
    }

    // What was not asked for long comes first, and what was seen of the others stays.
    void takesTurns()
    {
        const std::vector<RedirectEntry> map{
            {u"/a"_s, {}}, {u"/b"_s, u"/x"_s}, {u"/c"_s, {}}, {u"/d"_s, {}}, {u"/e"_s, u"/y"_s}};
        const auto seen = [](const QString &from, const QString &wanted, const QString &when) {
            return QJsonObject{{u"from"_s, from},
                               {u"wanted"_s, wanted},
                               {u"seen"_s, when},
                               {u"state"_s, u"right"_s},
                               {u"chain"_s, QJsonArray{1}}};
        };
        const QJsonObject before{
            {u"entries"_s,
             QJsonArray{seen(u"/a"_s, {}, u"2026-02-02T00:00:00Z"_s), seen(u"/b"_s, u"/x"_s, u"2026-01-01T00:00:00Z"_s),
                        seen(u"/c"_s, {}, {}), seen(u"/e"_s, u"/other"_s, u"2026-01-01T00:00:00Z"_s),
                        seen(u"/gone"_s, {}, u"2026-01-01T00:00:00Z"_s)}}};
        const RedirectTurns turns(map, before);
        QStringList order;
        for (const RedirectEntry &entry : turns.next(10))
            order << entry.from;
        // d was never seen, e not with its new aim, c before dates were kept.
        QCOMPARE(order, (QStringList{u"/d"_s, u"/e"_s, u"/c"_s, u"/b"_s, u"/a"_s}));
        QCOMPARE(turns.next(2).size(), 2u);
        QCOMPARE(turns.next(2).back().from, u"/e"_s);
        const auto known = turns.knownBeside({u"/d"_s, u"/e"_s, u"/c"_s});
        QCOMPARE(known.size(), 2u);
        QCOMPARE(known[0]["from"_L1].toString(), u"/a"_s);
        QVERIFY(!known[0].contains("chain"_L1));
        QCOMPARE(RedirectTurns(map, {}).next(1).front().from, u"/a"_s);
    }

    // What this run did not ask for may still be wrong, in the way that the last look saw.
    void keepsWhatWasSeen()
    {
        const Replay right = replayOf(chainOf({u"301 https://example.com/new"_s, u"200"_s}), u"/new"_s);
        const auto known = [](const QString &state) {
            return QJsonObject{{u"from"_s, u"/k"_s}, {u"wanted"_s, u""_s}, {u"state"_s, state}};
        };
        const Finding broken = judgeRedirectMap({replayOf(chainOf({u"404"_s}), u"/new"_s)}, {1}).findings.front();
        const auto closes = [&](const MapStanding &standing) {
            const Judged judged = judgeRedirectMap({right}, standing);
            CheckResult result;
            result.outcome = judged.outcome;
            result.observed = judged.observed;
            return hasSeen(result, broken);
        };
        QVERIFY(closes({1}));
        QVERIFY(closes({2, {known(u"right"_s)}}));
        QVERIFY(closes({2, {known(u"temporary"_s)}}));
        QVERIFY(!closes({2, {known(u"broken"_s)}}));
        QVERIFY(!closes({2, {known(u"silent"_s)}}));
        QVERIFY(!closes({2})); // nobody has ever asked for the other one
        const Judged judged = judgeRedirectMap({right}, {2, {known(u"broken"_s)}});
        QCOMPARE(judged.observed["entries"_L1].toArray().size(), 2);
        QCOMPARE(said(judged), u"info"_s);
    }

    void needsAList()
    {
        const Check check = redirectMapCheck();
        QCOMPARE(check.needs, std::vector<Need>{Need::Redirects});
        Observations seen(NetOptions(), CancelToken(), Deadline::in(5s), nullptr);
        const Target target{u"example.com"_s, {{HostRole::Site, u"example.com"_s, 443}}};
        QCOMPARE(said(check.look({seen, target, nullptr, Policy(), ProjectFacts(), {}})), u"not_run"_s);
    }

    void asksARealServer()
    {
        const HostileServer server(site(), TlsSetup{{makeSelfSigned({.names = {u"example.com"_s}})}});
        NetOptions options;
        options.connects = {{u"example.com"_s, 443, {u"127.0.0.1"_s, server.port()}}};
        options.operationTimeout = 2s;
        Observations seen(options, CancelToken(), Deadline::in(20s), nullptr);
        const Target target{u"example.com"_s, {{HostRole::Site, u"example.com"_s, 443}}};
        ProjectFacts facts;
        facts.redirects = {{u"/good"_s, u"/new"_s},   {u"/for-now"_s, u"/new"_s},  {u"/round"_s, u"/new"_s},
                           {u"/gone"_s, u"/new"_s},   {u"/app"_s, u"/new"_s},      {u"/new"_s, {}},
                           {u"/good?x"_s, u"/new"_s}, {u"http://10.0.0.1/x"_s, {}}};
        const Judged judged = redirectMapCheck().look({seen, target, nullptr, Policy(), facts, {}});
        QStringList states;
        for (const QJsonValue entry : judged.observed["entries"_L1].toArray())
            states << entry["state"_L1].toString();
        QCOMPARE(states, (QStringList{u"right"_s, u"temporary"_s, u"loop"_s, u"broken"_s, u"broken"_s, u"right"_s,
                                      u"broken"_s, u"silent"_s}));
        const auto loop = std::ranges::find(judged.findings, u"loop"_s, &Finding::code);
        QVERIFY(loop != judged.findings.end());
        QVERIFY2(loop->whatWeSaw.contains(u"slash"_s), qPrintable(loop->whatWeSaw));
    }

    void leavesATroubledServerAlone()
    {
        const HostileServer server(answering(httpAnswer(500, {}, "No")),
                                   TlsSetup{{makeSelfSigned({.names = {u"example.com"_s}})}});
        NetOptions options;
        options.connects = {{u"example.com"_s, 443, {u"127.0.0.1"_s, server.port()}}};
        Observations seen(options, CancelToken(), Deadline::in(20s), nullptr);
        const Target target{u"example.com"_s, {{HostRole::Site, u"example.com"_s, 443}}};
        ProjectFacts facts;
        for (int i = 0; i < 30; ++i)
            facts.redirects.push_back({u"/old-%1"_s.arg(i), {}});
        const Judged judged = redirectMapCheck().look({seen, target, nullptr, Policy(), facts, {}});
        QCOMPARE(judged.outcome, Outcome::Error);
        QCOMPARE(judged.observed["total"_L1].toInt(), 30);
        QVERIFY2(judged.observed["asked"_L1].toInt() <= 6, qPrintable(judged.summary));
    }

    void stopsWhenToldTo()
    {
        const HostileServer server([](Connection &connection) { connection.hang(); });
        NetOptions options;
        options.connects = {{u"example.com"_s, 443, {u"127.0.0.1"_s, server.port()}}};
        CancelToken token;
        token.cancel();
        Observations seen(options, token, Deadline::in(20s), nullptr);
        const Target target{u"example.com"_s, {{HostRole::Site, u"example.com"_s, 443}}};
        ProjectFacts facts;
        facts.redirects = {{u"/a"_s, {}}};
        QCOMPARE(said(redirectMapCheck().look({seen, target, nullptr, Policy(), facts, {}})), u"not_run"_s);
        QCOMPARE(server.connections(), 0);
    }
};

QTEST_GUILESS_MAIN(RedirectMapTest)
#include "tst_redirectmap.moc"
