#include "checks/exposure/baseline.h"
#include "checks/exposure/files.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class FilesTest : public QObject
{
    Q_OBJECT

private slots:
    void shippedRulesLoad_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("paths"); // at least
        QTest::newRow("files") << u"exposed-paths"_s << 180;
        QTest::newRow("debug pages") << u"debug-paths"_s << 50;
        QTest::newRow("tools of administrators") << u"admin-paths"_s << 45;
        QTest::newRow("instructions") << u"api-consoles"_s << 20;
    }

    void shippedRulesLoad()
    {
        QFETCH(QString, name);
        const auto rules = loadPathRules(name);
        QVERIFY2(rules, rules ? "" : qPrintable(rules.error().message));
        qsizetype count = 0;
        for (const PathRule &rule : *rules)
            count += rule.paths.size();
        QFETCH(int, paths);
        QVERIFY2(count >= paths, qPrintable(QString::number(count)));
    }

    void judges_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("baseline");
        QTest::addColumn<QString>("expected");
        const QByteArray app = "<!doctype html><title>App</title><div id=root>Welcome to the app</div>";
        const QByteArray env = "DATABASE_URL=postgres://a\nSTRIPE_KEY=abc\n";
        QTest::newRow("settings file") << u"/.env"_s << env << QByteArray("not found") << u"env:critical"_s;
        QTest::newRow("one setting is not enough")
            << u"/.env"_s << QByteArray("DATABASE_URL=x\n") << QByteArray("not found") << u"pass"_s;
        QTest::newRow("single-page app") << u"/.env"_s << app << app << u"pass"_s;
        QTest::newRow("every path gives settings") << u"/.env"_s << env << env << u"pass"_s;
        QTest::newRow("echo of the path") << u"/.git/HEAD"_s << QByteArray("You asked for /.git/HEAD")
                                          << QByteArray("You asked for /lc-1") << u"pass"_s;
        QTest::newRow("repository") << u"/.git/HEAD"_s << QByteArray("ref: refs/heads/main\n")
                                    << QByteArray("not found") << u"git:critical"_s;
        QTest::newRow("key") << u"/server.key"_s << QByteArray("-----BEGIN PRIVATE KEY-----\nMIIE\n")
                             << QByteArray("not found") << u"private-key:critical"_s;
        QTest::newRow("soft 404 page about keys")
            << u"/server.key"_s << QByteArray("<html>No -----BEGIN PRIVATE KEY----- here</html>") << QByteArray("x")
            << u"pass"_s;
        QTest::newRow("archive") << u"/backup.zip"_s << QByteArray("PK\x03\x04zzzz") << QByteArray("not found")
                                 << u"archive:critical"_s;
        const QByteArray none = "not found";
        const auto row = [&](const char *name, const QString &asked, const QByteArray &content,
                             const QString &expected) { QTest::newRow(name) << asked << content << none << expected; };
        row("a page that quotes a repository's head", u"/.git/HEAD"_s, "How to: cat .git/HEAD\nref: refs/heads/main\n",
            u"pass"_s);
        row("settings of a repository", u"/.git/config"_s, "[core]\n\tbare = false\n", u"git-config:critical"_s);
        row("another file with a core", u"/.git/config"_s, "[core]\nvalue\n", u"pass"_s);
        row("lock file of npm", u"/package-lock.json"_s, R"({"name":"x","lockfileVersion":3,"packages":{}})",
            u"lockfile:low"_s);
        row("history of a shell", u"/.bash_history"_s, "cd /srv\nls -la\nmysql -u root\n", u"shell-history:high"_s);
        row("two commands are a text", u"/.bash_history"_s, "cd /srv\nls -la\n", u"pass"_s);
        row("settings without a secret", u"/env.js"_s, "window.env={A:'b'}", u"pass"_s);
        row("settings with a publishable key", u"/env.js"_s, "window.env={K:'pk_live_a1B2c3D4e5F6g7H8i9J0k1L2'}",
            u"pass"_s);
        row("settings with a secret key", u"/env.js"_s,
            "window.env={K:'sk_"
            "live_a1B2c3D4e5F6g7H8i9J0k1L2'}",
            u"browser-settings:critical"_s);
        row("a bucket with nothing in it", u"/"_s, "<?xml?><ListBucketResult><Name>b</Name></ListBucketResult>",
            u"pass"_s);
        row("a bucket of Google", u"/o?maxResults=5"_s, R"({"kind":"storage#objects","items":[{"name":"a"}]})",
            u"bucket:high"_s);
        row("source of PHP", u"/index.php.bak"_s, "<?php $password = 'x';", u"source-backup:critical"_s);
        row("rules for an AI tool", u"/.windsurfrules"_s, "You are an expert in Next.js", u"ai-leftovers:low"_s);
        row("a text of another kind", u"/.windsurfrules"_s, "nothing", u"pass"_s);
        QTest::newRow("JSON shell for secrets")
            << u"/secrets.json"_s << QByteArray("{\"ok\":true}") << QByteArray("x") << u"pass"_s;
    }

    void judges()
    {
        QFETCH(QString, path);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, baseline);
        const auto rules = loadPathRules();
        QVERIFY(rules);
        const auto rule = std::ranges::find_if(*rules, [&](const PathRule &r) { return r.paths.contains(path); });
        QVERIFY(rule != rules->end());
        const HttpResponse got = answer(200, "Content-Type: text/plain", body);
        const AskedPath asked{path, &*rule, got, got};
        QTEST(said(judgeFiles({asked}, {answer(200, {}, baseline)})), "expected");
    }

    void wantsASecondAgreement()
    {
        const auto rules = loadPathRules();
        const HttpResponse got = answer(200, {}, "A_KEY=1\nB_KEY=2\n");
        const AskedPath asked{u"/.env"_s, &rules->front(), got, answer(404)};
        QCOMPARE(said(judgeFiles({asked}, {answer(404)})), u"pass"_s);
    }

    void refusesRules_data()
    {
        QTest::addColumn<QByteArray>("rule");
        QTest::newRow("says nothing about the content")
            << QByteArray(R"({"id":"a","paths":["/a"],"severity":"low","impact":"downtime","title":"A"})");
        QTest::newRow("unknown severity")
            << QByteArray(R"({"id":"a","paths":["/a"],"severity":"x","impact":"downtime","title":"A","pattern":"a"})");
        QTest::newRow("no path") << QByteArray(
            R"({"id":"a","paths":[],"severity":"low","impact":"downtime","title":"A","pattern":"a"})");
        QTest::newRow("pattern that cannot be read") << QByteArray(
            "{\"id\":\"a\",\"paths\":[\"/a\"],\"severity\":\"low\",\"impact\":\"downtime\",\"title\":\"A\","
            "\"pattern\":\"(\"}"); // no raw text: the code generator of Qt counts its brackets
        QTest::newRow("misspelt member") << QByteArray(
            R"({"id":"a","paths":["/a"],"severity":"low","impact":"downtime","title":"A","patern":"a"})");
    }

    void refusesRules()
    {
        QFETCH(QByteArray, rule);
        const auto rules = parsePathRules("{\"rules\":[" + rule + "]}");
        QVERIFY(!rules);
        QVERIFY(rules.error().message.contains(u"\"a\""_s));
    }

    void everyPathBeginsAtTheRoot()
    {
        const auto rules = loadPathRules();
        QVERIFY(rules);
        QSet<QString> paths;
        for (const PathRule &rule : *rules) {
            for (const QString &path : rule.paths) {
                QVERIFY2(path.startsWith(u'/') && !paths.contains(path), qPrintable(path));
                paths.insert(path);
            }
        }
    }

    void doesNotPassOverSilence()
    {
        const auto rules = loadPathRules();
        const PathRule *rule = &rules->front();
        const AskedPath absent{u"/.env"_s, rule, answer(404), std::nullopt};
        const AskedPath limited{u"/.env"_s, rule, answer(429), std::nullopt};
        const AskedPath silent{u"/.env"_s, rule, std::nullopt, std::nullopt};
        QCOMPARE(said(judgeFiles({absent, limited}, {answer(404)})), u"error"_s);
        QCOMPARE(said(judgeFiles({absent, silent}, {answer(404)})), u"error"_s);
        std::vector<AskedPath> many(40, absent);
        many.push_back(silent); // an edge that cuts a connection here and there
        QCOMPARE(said(judgeFiles(many, {answer(404)})), u"pass"_s);
    }

    void knowsAnEcho_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("baseline"); // of /lc-deadbeef
        QTest::addColumn<bool>("same");
        QTest::newRow("the same words") << u"/a"_s << QByteArray("one two three four")
                                        << QByteArray("one two three four") << true;
        QTest::newRow("only the path differs")
            << u"/swagger"_s << QByteArray("no /swagger here") << QByteArray("no /lc-deadbeef here") << true;
        QTest::newRow("only the name differs") << u"/docs/swagger"_s << QByteArray("{\"file\":\"swagger\"}")
                                               << QByteArray("{\"file\":\"lc-deadbeef\"}") << true;
        QTest::newRow("other words") << u"/a"_s << QByteArray("settings of the whole product")
                                     << QByteArray("not found") << false;
    }

    void knowsAnEcho()
    {
        QFETCH(QString, path);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, baseline);
        const QString host = u"https://app.example.com"_s;
        const HttpResponse candidate = answer(200, {}, body, host + path);
        QTEST(isBaseline(candidate, {answer(200, {}, baseline, host + u"/lc-deadbeef"_s)}), "same");
        QVERIFY(!isBaseline(candidate, {answer(404, {}, body, host + u"/lc-deadbeef"_s)}));
    }

    // Plain, dotted, .js, .json, folder, /api: each path is compared with the invented address of its own class.
    void comparesWithItsClass_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("status"); // of its invented neighbour
        QTest::newRow("plain") << u"/server-status"_s << 401;
        QTest::newRow("dotted") << u"/.env"_s << 402;
        QTest::newRow("dotted folder") << u"/.git/config"_s << 402;
        QTest::newRow("script") << u"/env.js"_s << 403;
        QTest::newRow("JSON") << u"/config.json"_s << 404;
        QTest::newRow("folder") << u"/uploads/"_s << 405;
        QTest::newRow("API") << u"/api/docs"_s << 406;
        QTest::newRow("API, dotted") << u"/api/.env"_s << 402;
        QTest::newRow("root") << u"/"_s << 401;
        QTest::newRow("query") << u"/?list-type=2"_s << 401;
    }

    void comparesWithItsClass()
    {
        QFETCH(QString, path);
        std::vector<HttpResponse> baselines;
        for (int status = 401; status <= 406; ++status)
            baselines.push_back(answer(status));
        const HttpResponse *own = ownBaseline(path, baselines);
        QVERIFY(own);
        QTEST(own->status, "status");
        QVERIFY(!isSelective(answer(own->status), path, baselines));
        QVERIFY(isSelective(answer(200), path, baselines));
    }

    void tellsAnEdgeFromAServer()
    {
        const auto rules = loadPathRules();
        const AskedPath refused{u"/.env"_s, &rules->front(), answer(403), std::nullopt};
        const std::vector<HttpResponse> everywhere(6, answer(403));
        const std::vector<HttpResponse> nowhere(6, answer(404));
        QCOMPARE(said(judgeFiles({refused}, everywhere)), u"pass"_s);
        const Judged judged = judgeFiles({refused}, nowhere);
        QCOMPARE(said(judged), u"info"_s);
        QVERIFY(judged.reason.contains(u"/.env"_s));
    }

    void masksValues() { QVERIFY(!maskedExcerpt("PASSWORD=correct-horse-battery\n").contains("horse"_L1)); }
};

QTEST_GUILESS_MAIN(FilesTest)
#include "tst_files.moc"
