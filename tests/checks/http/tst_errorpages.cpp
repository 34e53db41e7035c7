#include "checks/http/errorpages.h"
#include "tests/checks/web/pages.h"
#include "tests/lab/hostileserver.h"

#include <QTest>

#include <algorithm>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

std::vector<PageLeakRule> rules()
{
    auto loaded = loadPageLeakRules();
    return loaded ? *loaded : std::vector<PageLeakRule>();
}

ErrorAnswer failed(int status, const QByteArray &body, const QByteArray &headers = {})
{
    return {Provocation::NotFound, "GET", answer(status, headers, body)};
}

} // namespace

class ErrorPagesTest : public QObject
{
    Q_OBJECT

private slots:
    void readsItsRules();
    void judges_data();
    void judges();
    void judgesOnlyErrors_data();
    void judgesOnlyErrors();
    void saysWhatItDidNotSee();
    void asksARealServer();
};

void ErrorPagesTest::readsItsRules()
{
    const auto loaded = loadPageLeakRules();
    QVERIFY2(loaded, loaded ? "" : qPrintable(loaded.error().message));
    QVERIFY(loaded->size() >= 25);
    const QByteArray one = R"({"id":"a","kind":"trace","name":"x","pattern":"x"})";
    const QByteArray openBracket = R"({"id":"a","kind":"trace","name":"x","pattern":"["})";
    const QByteArray unknownKind = R"({"id":"a","kind":"rumour","name":"x","pattern":"x"})";
    for (const QByteArray &bad : {QByteArray(), openBracket, unknownKind, one + ',' + one})
        QVERIFY2(!parsePageLeakRules("{\"rules\":[" + bad + "]}"), bad.constData());
    QVERIFY(parsePageLeakRules("{\"rules\":[" + one + "]}"));
}

void ErrorPagesTest::judges_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QByteArray &body, const QString &expected) {
        QTest::newRow(name) << body << expected;
    };
    row("plain", "<h1>There is nothing here</h1>", u"pass"_s);
    row("JSON", R"({"error":"not_found"})", u"pass"_s);
    row("Express says what it cannot get", "<pre>Cannot GET /lc-1</pre>", u"pass"_s);
    row("a help page about errors", "<p>If you see \"Internal Server Error\", write to us.</p>", u"pass"_s);
    row("nginx without its version", "<center>nginx</center>", u"pass"_s);
    row("Django", "<p>You&#39;re seeing this error because you have <code>DEBUG = True</code> in your Django settings",
        u"debug_page:high"_s);
    row("Flask",
        "<title>KeyError // Werkzeug Debugger</title>Traceback (most recent call last):", u"debug_page:high"_s);
    row("Laravel", R"({"message":"x","exception":"Illuminate\\Database\\QueryException","file":"/var/www/html/a.php"})",
        u"debug_page:high"_s);
    row("Laravel and Symfony in production", "<h1>Whoops, looks like something went wrong.</h1>", u"pass"_s);
    row("Rails", "<h1>Action Controller: Exception caught</h1>", u"debug_page:high"_s);
    row("ASP.NET Core", "<h1>An unhandled exception occurred while processing the request.</h1>", u"debug_page:high"_s);
    row("ASP.NET",
        "<H1>Server Error in '/' Application.<hr></H1><b>Source Error:</b><br><b>Stack Trace:</b> <br>[NullReference]",
        u"debug_page:high"_s);
    row("ASP.NET as strangers see it",
        "<H1>Server Error in '/' Application.</H1>&lt;customErrors mode=&quot;Off&quot;/&gt; shows the Stack Trace.",
        u"pass"_s);
    row("Next.js", "<script src=\"/_next/static/development/_buildManifest.js\"></script>", u"debug_page:high"_s);
    row("Node.js",
        "<pre>URIError: Failed to decode param<br>at decode_param (/usr/src/app/node_modules/express/lib/"
        "router/layer.js:172:12)</pre>",
        u"server_path:low stack_trace:medium"_s);
    row("Node.js in JSON", R"json({"stack":"Error: x\n    at Object.<anonymous> (file:///app/dist/main.mjs:3:9)"})json",
        u"stack_trace:medium"_s);
    row("Java", "java.lang.NullPointerException\n\tat com.acme.Orders.list(Orders.java:42)", u"stack_trace:medium"_s);
    row(".NET", "at Acme.Orders.List(Int32 id) in C:\\src\\Orders.cs:line 12", u"stack_trace:medium"_s);
    row("PHP", "<b>Warning</b>: include(a.inc): failed in <b>/home/acme/web/index.php</b> on line <b>3</b>",
        u"server_path:low stack_trace:medium"_s);
    row("Ruby", "/usr/lib/a.rb:12:in `call'", u"stack_trace:medium"_s);
    row("Go", "goroutine 1 [running]:\nmain.main()", u"stack_trace:medium"_s);
    row("database", "SQLSTATE[42S02]: Base table or view not found", u"database_message:medium"_s);
    row("Prisma", "PrismaClientKnownRequestError: Invalid", u"database_message:medium"_s);
    row("a folder", "File not found: /var/www/html/acme/x.html", u"server_path:low"_s);
    row("a folder in an address is none", "See https://example.com/home/acme/notes", u"pass"_s);
    row("a link is no folder", R"(<a href="/home/products/shoes">Shoes</a><a href='/srv/team/x'>)", u"pass"_s);
    row("a link without quotes is none", "<a HREF=/opt/plans/yearly>x</a> <form action = /home/a/b>", u"pass"_s);
    row("a script is no folder", R"(<script src="/app/dist/main.js"></script>)", u"pass"_s);
    row("a picture of a style is no folder", "<p style=\"background:url(/workspace/team/a.png)\">", u"pass"_s);
    row("an address in the state of a page", R"({"next":"/home/products/shoes"})", u"pass"_s);
    row("a program in JSON", R"({"file":"/home/acme/web/index.php"})", u"server_path:low"_s);
    row("a folder in a sentence", "cannot open /srv/acme/uploads/x", u"server_path:low"_s);
    row("a folder after a link", "<a href=\"/home/a/b\">x</a> cannot open /home/acme/secret", u"server_path:low"_s);
    row("nginx", "<hr><center>nginx/1.18.0 (Ubuntu)</center>", u"version_on_page:low"_s);
    row("Apache", "<address>Apache/2.4.41 (Ubuntu) Server at example.com Port 443</address>", u"version_on_page:low"_s);
    row("Tomcat", "<h3>Apache Tomcat/9.0.65</h3>", u"version_on_page:low"_s);
}

void ErrorPagesTest::judges()
{
    QFETCH(QByteArray, body);
    QTEST(said(judgeErrorPages({failed(404, body)}, rules())), "expected");
}

void ErrorPagesTest::judgesOnlyErrors_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QString>("expected");
    QTest::newRow("an app that answers 200 to everything") << 200 << QByteArray() << u"info"_s;
    QTest::newRow("399") << 399 << QByteArray() << u"info"_s;
    QTest::newRow("400") << 400 << QByteArray() << u"stack_trace:medium"_s;
    QTest::newRow("500 is what we look for") << 500 << QByteArray() << u"stack_trace:medium"_s;
    QTest::newRow("a challenge") << 403 << QByteArray("cf-mitigated: challenge") << u"error"_s;
    QTest::newRow("too many questions") << 429 << QByteArray() << u"error"_s;
}

void ErrorPagesTest::judgesOnlyErrors()
{
    QFETCH(int, status);
    QFETCH(QByteArray, headers);
    const QByteArray trace = "Traceback (most recent call last):";
    QTEST(said(judgeErrorPages({failed(status, trace, headers)}, rules())), "expected");
}

void ErrorPagesTest::saysWhatItDidNotSee()
{
    const ErrorAnswer plain = failed(404, "nothing");
    const Judged all = judgeErrorPages({plain}, rules());
    QCOMPARE(said(all), u"pass"_s);
    QVERIFY(!all.observed.contains("not_seen"_L1));
    for (const Judged &some : {judgeErrorPages({plain}, rules(), 1), judgeErrorPages({plain, failed(429, {})}, rules()),
                               judgeErrorPages({failed(200, {})}, rules())}) {
        QCOMPARE(said(some), u"info"_s);
        QVERIFY(!some.reason.isEmpty());
        QVERIFY(some.observed.contains("not_seen"_L1));
    }
    const Judged found = judgeErrorPages({failed(404, "goroutine 1 [running]:")}, rules(), 1);
    QCOMPARE(said(found), u"stack_trace:medium"_s);
    QVERIFY(found.observed.contains("not_seen"_L1));
}

// What is asked arrives as it was meant: a broken escape, a method that only reads.
void ErrorPagesTest::asksARealServer()
{
    QByteArrayList seen;
    std::mutex guard;
    lab::HostileServer server(lab::answering([&](const QByteArray &request) {
        const QByteArray line = request.left(request.indexOf('\r')).toLower(); // hex digits in either case
        const std::lock_guard lock(guard);
        seen.append(line);
        if (line.contains("%ff"))
            return lab::httpAnswer(400, {}, "Traceback (most recent call last):");
        return lab::httpAnswer(line.startsWith("propfind") ? 405 : 404, {}, "nothing");
    }));
    Observations observations(NetOptions{}, CancelToken(), Deadline::in(std::chrono::seconds(20)), nullptr);
    std::vector<ErrorAnswer> answers;
    for (ErrorQuestion &question : errorQuestions({HostRole::App, u"127.0.0.1"_s, server.port()}, u"lc-1"_s)) {
        question.get.url.setScheme(u"http"_s);
        const auto reply = observations.ask(question.get);
        QVERIFY2(*reply, *reply ? "" : qPrintable(reply->error().message));
        answers.push_back({question.how, question.get.method, **reply});
    }
    std::ranges::sort(seen);
    QCOMPARE(seen.join("\n"), QByteArray("get / http/1.1\nget /%ff%fe http/1.1\nget /api/lc-1 http/1.1\n"
                                         "get /lc-1 http/1.1\npropfind / http/1.1"));
    QCOMPARE(said(judgeErrorPages(answers, rules())), u"stack_trace:medium"_s);
}

QTEST_GUILESS_MAIN(ErrorPagesTest)
#include "tst_errorpages.moc"
