#include "checks/http/canonical.h"
#include "checks/http/openredirect.h"
#include "checks/net/dnsclient.h"
#include "tests/checks/web/pages.h"
#include "tests/lab/hostileserver.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QString kApex = u"https://example.com/"_s;
const QString kDeepWww = u"https://www.example.com/pricing?lc=1"_s;

Entry arrived(const QString &from, const QStringList &way)
{
    return entryOf(QUrl(from), arrivedAt(answer(200, {}, {}, way.last()), way.mid(0, way.size() - 1)));
}

// From www with one redirect of that status.
Entry movedBy(int status, const QString &from, const QString &to)
{
    RedirectChain chain = arrivedAt(answer(200, {}, {}, to), {from});
    chain.hops.front().status = status;
    chain.hops.front().location = to.toUtf8();
    return entryOf(QUrl(from), chain);
}

Entry circling(const QString &from, const QByteArray &location, bool setsCookie = false)
{
    RedirectChain chain;
    chain.hops = {{QUrl(from), 301, location, {}, setsCookie}};
    chain.last = answer(301, "Location: " + location, {}, from);
    chain.end = RedirectEnd::Loop;
    return entryOf(QUrl(from), chain);
}

Entry page(const QString &url, const QByteArray &body)
{
    return entryOf(QUrl(url), arrivedAt(answer(200, "Content-Type: text/html", body, url)));
}

// The value of the parameter, decoded; as an app reads it.
QByteArray valueOf(const QByteArray &request, const QByteArray &parameter)
{
    const QByteArray query = request.split(' ').value(1).split('?').value(1);
    for (const QByteArray &pair : query.split('&')) {
        if (pair.startsWith(parameter + '='))
            return QByteArray::fromPercentEncoding(pair.mid(parameter.size() + 1));
    }
    return {};
}

// A sign-in page that leads where returnTo says, unless it looks like another site to it.
Script careless()
{
    return answering([](const QByteArray &request) {
        const QByteArray path = request.split(' ').value(1).split('?').value(0);
        if (path == "/")
            return httpAnswer(200, {"Content-Type: text/html"}, "<a href=\"/login\">Sign in</a>");
        if (path != "/login")
            return httpAnswer(404, {}, "No");
        const QByteArray to = valueOf(request, "returnTo");
        if (to.isEmpty() || to.startsWith("http"))
            return httpAnswer(200, {"Content-Type: text/html"}, "<input type=password>");
        return httpAnswer(302, {"Location: " + to}, {});
    });
}

// The same, behind a redirect that drops what stands in the query.
Script carelessBehindASlash()
{
    return answering([](const QByteArray &request) {
        const QByteArray path = request.split(' ').value(1).split('?').value(0);
        if (path == "/")
            return httpAnswer(200, {"Content-Type: text/html"}, "<a href=\"/login\">Sign in</a>");
        if (path == "/login")
            return httpAnswer(301, {"Location: /login/"}, {});
        const QByteArray to = valueOf(request, "returnTo");
        if (path != "/login/" || to.isEmpty())
            return httpAnswer(200, {"Content-Type: text/html"}, "<input type=password>");
        return httpAnswer(302, {"Location: " + to}, {});
    });
}

Script careful()
{
    return answering([](const QByteArray &request) {
        const QByteArray path = request.split(' ').value(1).split('?').value(0);
        if (path == "/login" && request.contains("next="))
            return httpAnswer(302, {"Location: /signin?next=https%3A%2F%2Fexample.org%2F"}, {});
        return httpAnswer(200, {"Content-Type: text/html"}, "<a href=\"/login\">Sign in</a>");
    });
}

} // namespace

class CanonicalTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<QStringList>("ends"); // of the two entries: apex, and the deep link of www
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QString &end, const char *expected) {
            QTest::newRow(name) << QStringList{kApex, end} << QString::fromLatin1(expected);
        };
        row("one place, path kept", u"https://example.com/pricing?lc=1"_s, "pass");
        row("a slash more", u"https://example.com/pricing/?lc=1"_s, "pass");
        row("path lost", kApex, "path_lost:medium");
        row("path lost, query kept", u"https://example.com/?lc=1"_s, "path_lost:medium");
        row("query lost", u"https://example.com/pricing"_s, "query_lost:medium");
        row("more in the query", u"https://example.com/pricing?lc=1&lang=en"_s, "pass");
        row("another query", u"https://example.com/pricing?lc=2"_s, "query_lost:medium");
        row("query lost on the way to a login page", u"https://example.com/login"_s, "pass");
    }

    void judges()
    {
        QFETCH(QStringList, ends);
        QTEST(said(judgeCanonical({arrived(kApex, {ends[0]}), arrived(kDeepWww, {kDeepWww, ends[1]})})), "expected");
    }

    void judgesManners_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("expected");
        const QString www = u"https://www.example.com/"_s;
        QTest::newRow("301 to the main form") << 301 << www << u"pass"_s;
        QTest::newRow("308 to the main form") << 308 << www << u"pass"_s;
        QTest::newRow("302 to the main form") << 302 << www << u"temporary:low"_s;
        QTest::newRow("303 to the main form") << 303 << www << u"temporary:low"_s;
        QTest::newRow("307 to the main form") << 307 << www << u"temporary:low"_s;
        QTest::newRow("302 within the main form") << 302 << kApex << u"pass"_s;
    }

    void judgesManners()
    {
        QFETCH(int, status);
        QFETCH(QString, from);
        const QString to = from == kApex ? u"https://example.com/en"_s : kApex;
        QTEST(said(judgeCanonical({movedBy(status, from, to)})), "expected");
    }

    void countsHops_data()
    {
        QTest::addColumn<int>("hops");
        QTest::addColumn<QString>("expected");
        QTest::newRow("three") << 3 << u"pass"_s;
        QTest::newRow("four") << 4 << u"many_hops:low"_s;
    }

    void countsHops()
    {
        QFETCH(int, hops);
        QStringList way;
        for (int i = 0; i <= hops; ++i)
            way << u"https://example.com/%1"_s.arg(i);
        QTEST(said(judgeCanonical({arrived(kApex, way)})), "expected");
    }

    void namesLoops_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QByteArray>("location");
        QTest::addColumn<bool>("setsCookie");
        QTest::addColumn<QString>("expected");
        const QString www = u"https://www.example.com/"_s;
        QTest::newRow("by HTTPS") << www << "https://www.example.com/"_ba << false << u"loop:high"_s;
        QTest::newRow("a deep link") << u"http://www.example.com/pricing?lc=1"_s << "/pricing?lc=1"_ba << false
                                     << u"loop:high"_s;
        QTest::newRow("a cookie might end it") << www << "/"_ba << true << u"loop:medium"_s;
        QTest::newRow("the front page by HTTP is http.https-redirect's")
            << u"http://www.example.com/"_s << "/"_ba << false << u"pass"_s;
    }

    void namesLoops()
    {
        QFETCH(QString, from);
        QFETCH(QByteArray, location);
        QFETCH(bool, setsCookie);
        const Entry good = arrived(kApex, {kApex});
        QTEST(said(judgeCanonical({good, circling(from, location, setsCookie)})), "expected");
    }

    void namesLoopsWhereNothingArrives()
    {
        const QString www = u"https://www.example.com/"_s;
        QCOMPARE(said(judgeCanonical({circling(www, "/")})), u"loop:high"_s);
        QCOMPARE(said(judgeCanonical({circling(u"http://www.example.com/"_s, "/")})), u"error"_s);
    }

    void namesPagesThatMove()
    {
        const QString www = u"https://www.example.com/"_s;
        const Entry apex = page(kApex, "<p>Home</p>");
        QCOMPARE(said(judgeCanonical({apex, page(www, "<script>location.href='https://example.com/'</script>")})),
                 u"soft_redirect:low"_s);
        QCOMPARE(said(judgeCanonical({apex, page(www, "<meta http-equiv=refresh content='0;url=/home'>")})),
                 u"two_addresses:medium"_s); // moves within its own site
    }

    void seesTwoSites()
    {
        const QString www = u"https://www.example.com/"_s;
        QCOMPARE(said(judgeCanonical({arrived(kApex, {kApex}), arrived(www, {www})})), u"two_addresses:medium"_s);
    }

    void tellsEveryHop()
    {
        const Judged judged = judgeCanonical({movedBy(308, u"https://www.example.com/"_s, kApex)});
        QVERIFY(judged.evidence.front().title.contains(u"https://www.example.com/"_s));
        QVERIFY2(judged.evidence.front().body.startsWith(u"308 (for good"_s), qPrintable(judged.evidence.front().body));
        const QJsonObject entry = judged.observed["entries"_L1].toArray().at(0).toObject();
        QCOMPARE(entry["end"_L1].toString(), u"arrived"_s);
        QCOMPARE(entry["hops"_L1].toInt(), 1);
    }

    void passesNothingOffAsAPage()
    {
        const std::vector<Entry> entries{{QUrl(kApex), arrivedAt(answer(404, {}, {}, kApex))}};
        QCOMPARE(said(judgeCanonical(entries)), u"not_run"_s);
    }

    void namesFormsThatLeadNowhere_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<RedirectEnd>("end");
        QTest::addColumn<QString>("expected");
        const QString www = u"https://www.example.com/"_s;
        QTest::newRow("too many steps") << www << RedirectEnd::TooManyHops << u"endless:medium"_s;
        QTest::newRow("too many steps of the front page by HTTP")
            << u"http://www.example.com/"_s << RedirectEnd::TooManyHops << u"pass"_s;
        QTest::newRow("no address") << www << RedirectEnd::BadLocation << u"bad_location:medium"_s;
        QTest::newRow("an app") << www << RedirectEnd::NotHttp << u"bad_location:medium"_s;
        QTest::newRow("the front page by HTTP is http.https-redirect's")
            << u"http://www.example.com/"_s << RedirectEnd::NotHttp << u"pass"_s;
    }

    void namesFormsThatLeadNowhere()
    {
        QFETCH(QString, from);
        QFETCH(RedirectEnd, end);
        Entry entry = circling(from, "myapp://open");
        entry.walk->end = end;
        QTEST(said(judgeCanonical({arrived(kApex, {kApex}), entry})), "expected");
    }

    // A form that nobody saw is no pass.
    void namesDeadForms_data()
    {
        QTest::addColumn<QStringList>("silent");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("expected");
        const QString www = u"https://www.example.com/"_s;
        const QString plainWww = u"http://www.example.com/"_s;
        QTest::newRow("www refuses") << QStringList{www, kDeepWww, plainWww} << ErrorKind::Unreachable
                                     << u"dead_form:medium"_s;
        QTest::newRow("www speaks no TLS") << QStringList{www} << ErrorKind::Protocol << u"dead_form:medium"_s;
        QTest::newRow("www is silent") << QStringList{www, kDeepWww} << ErrorKind::TimedOut << u"dead_form:medium"_s;
        QTest::newRow("port 80 is closed") << QStringList{plainWww} << ErrorKind::Unreachable << u"pass"_s;
        QTest::newRow("a deep link alone is silent") << QStringList{kDeepWww} << ErrorKind::TimedOut << u"info"_s;
        QTest::newRow("not our fault") << QStringList{www} << ErrorKind::NotPermitted << u"info"_s;
    }

    void namesDeadForms()
    {
        QFETCH(QStringList, silent);
        QFETCH(ErrorKind, kind);
        std::vector<Entry> entries{arrived(kApex, {kApex}), arrived(u"https://www.example.com/"_s, {kApex})};
        if (silent.front() != kDeepWww && silent.front().startsWith("https"_L1))
            entries.pop_back();
        for (const QString &from : silent)
            entries.push_back({QUrl(from), failure(kind, u"No answer."_s), {}});
        const Judged judged = judgeCanonical(entries);
        QTEST(said(judged), "expected");
        if (!judged.findings.empty())
            QCOMPARE(judged.findings.front().proof, kind == ErrorKind::TimedOut ? Proof::Lead : Proof::Strong);
        QCOMPARE(judged.reason.isEmpty(), judged.outcome != Outcome::Info);
        QCOMPARE(judged.observed.contains("not_seen"_L1), judged.outcome == Outcome::Info);
    }

    // dns.resolution speaks of names; www is a courtesy there.
    void leavesNamesToDns_data()
    {
        QTest::addColumn<NameLookup>("name");
        QTest::addColumn<QString>("expected");
        QTest::newRow("an address that refuses") << NameLookup::Known << u"dead_form:medium"_s;
        QTest::newRow("no such name") << NameLookup::Absent << u"pass"_s;
        QTest::newRow("DNS gave no answer") << NameLookup::Unknown << u"info"_s;
    }

    void leavesNamesToDns()
    {
        QFETCH(NameLookup, name);
        std::vector<Entry> entries{arrived(kApex, {kApex})};
        for (const QString &from : {u"https://www.example.com/"_s, kDeepWww, u"http://www.example.com/"_s})
            entries.push_back({QUrl(from), failure(ErrorKind::Unreachable, u"No answer."_s), {}, name});
        const Judged judged = judgeCanonical(entries);
        QTEST(said(judged), "expected");
        QCOMPARE(judged.observed.contains("not_seen"_L1), name == NameLookup::Unknown);
    }

    void asksForNamesFirst_data()
    {
        QTest::addColumn<DnsStatus>("status");
        QTest::addColumn<QString>("expected");
        QTest::newRow("no such name") << DnsStatus::NxDomain << u"pass"_s;
        QTest::newRow("no address") << DnsStatus::NoData << u"pass"_s;
        QTest::newRow("servers that fail") << DnsStatus::ServFail << u"info"_s;
    }

    void asksForNamesFirst()
    {
        QFETCH(DnsStatus, status);
        const HostileServer server(answering(httpAnswer(200, {"Content-Type: text/html"}, "<p>Home</p>")),
                                   TlsSetup{{makeSelfSigned({.names = {u"example.com"_s}})}});
        NetOptions options;
        options.connects = {{u"example.com"_s, 443, {u"127.0.0.1"_s, server.port()}},
                            {u"example.com"_s, 80, {u"127.0.0.1"_s, server.port()}}};
        Observations seen(options, CancelToken(), Deadline::in(20s), nullptr);
        for (const RrType type : {RrType::A, RrType::Aaaa}) {
            DnsAnswer none;
            none.status = status;
            seen.put(DnsLookup{.name = u"www.example.com"_s, .type = type}, none);
        }
        const Target target{u"example.com"_s,
                            {{HostRole::Site, u"example.com"_s, 443}, {HostRole::Www, u"www.example.com"_s, 443}}};
        const Judged judged = canonicalCheck().look({seen, target, nullptr, Policy(), ProjectFacts(), {}});
        QTEST(said(judged), "expected");
    }

    void saysWhichFormWasRefused()
    {
        const Entry refused{
            QUrl(u"https://www.example.com/"_s), arrivedAt(answer(403, {}, {}, u"https://www.example.com/"_s)), {}};
        const Judged judged = judgeCanonical({arrived(kApex, {kApex}), refused});
        QCOMPARE(said(judged), u"info"_s);
        QVERIFY2(judged.reason.contains("https://www.example.com/"_L1), qPrintable(judged.reason));
    }

    void reportsSilence()
    {
        const std::vector<Entry> entries{{QUrl(kApex), failure(ErrorKind::TimedOut, u"silent"_s)}};
        QCOMPARE(said(judgeCanonical(entries)), u"error"_s);
    }

    void provesByLocationAlone_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("location");
        QTest::addColumn<bool>("expected");
        QTest::newRow("whole") << 302 << "https://example.org/"_ba << true;
        QTest::newRow("without a scheme") << 303 << "//example.org"_ba << true;
        QTest::newRow("a backslash") << 302 << "/\\example.org"_ba << true;
        QTest::newRow("two backslashes") << 302 << "\\\\example.org"_ba << true;
        QTest::newRow("too many slashes") << 302 << "https:///example.org"_ba << true;
        QTest::newRow("a user name before it") << 302 << "https://app.example.com@example.org/"_ba << true;
        QTest::newRow("a page of its own with the address in it")
            << 302 << "/login?next=https://example.org/"_ba << false;
        QTest::newRow("a path of that name") << 302 << "/example.org"_ba << false;
        QTest::newRow("a name that only begins so") << 302 << "https://example.org.app.example.com/"_ba << false;
        QTest::newRow("a name that only ends so") << 302 << "https://notexample.org/"_ba << false;
        QTest::newRow("no redirect") << 200 << "https://example.org/"_ba << false;
        QTest::newRow("no Location") << 302 << ""_ba << false;
    }

    void provesByLocationAlone()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, location);
        QTEST(leadsToStranger(answer(status, location.isEmpty() ? QByteArray() : "Location: " + location)), "expected");
    }

    void findsOpenRedirects_data()
    {
        QTest::addColumn<QString>("manners");
        QTest::addColumn<QString>("expected");
        QTest::newRow("careless") << u"careless"_s << u"open_redirect:medium"_s;
        QTest::newRow("careless behind a slash") << u"slash"_s << u"open_redirect:medium"_s;
        QTest::newRow("careful") << u"careful"_s << u"not_applicable"_s; // no public site, and nothing found
    }

    void findsOpenRedirects()
    {
        QFETCH(QString, manners);
        const Script script = manners == "careless"_L1 ? careless()
                              : manners == "slash"_L1  ? carelessBehindASlash()
                                                       : careful();
        const HostileServer server(script, TlsSetup{{makeSelfSigned({.names = {u"app.example.com"_s}})}});
        const HostileServer stranger(answering(httpAnswer(200, {}, "I")));
        NetOptions options;
        options.connects = {{u"app.example.com"_s, 443, {u"127.0.0.1"_s, server.port()}},
                            {u"example.org"_s, 0, {u"127.0.0.1"_s, stranger.port()}}};
        Observations seen(options, CancelToken(), Deadline::in(20s), nullptr);
        const Target target{u"example.com"_s, {{HostRole::App, u"app.example.com"_s, 443}}};
        const Judged judged = canonicalCheck().look({seen, target, nullptr, Policy(), ProjectFacts(), {}});
        QTEST(said(judged), "expected");
        QCOMPARE(stranger.connections(), 0); // never followed
        if (manners == "careful"_L1)
            return;
        const Finding &finding = judged.findings.front();
        QCOMPARE(finding.host, u"app.example.com"_s);
        QVERIFY2(finding.whatWeSaw.contains(u"returnTo"_s), qPrintable(finding.whatWeSaw));
        QCOMPARE(judged.observed["open_redirects"_L1].toArray().at(0)["accepts"_L1].toArray(),
                 QJsonArray{u"returnTo"_s});
    }
};

QTEST_GUILESS_MAIN(CanonicalTest)
#include "tst_canonical.moc"
