#include "checks/exposure/baseline.h"
#include "checks/exposure/files.h"
#include "tests/checks/secrets/smallrules.h"
#include "tests/checks/web/pages.h"

#include <QJsonDocument>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

// JSON that is easier to read in a table, and for the code generator of Qt: single quotes stand for double ones.
QByteArray json(QByteArray text)
{
    return text.replace('\'', '"');
}

// Answered so both times.
AskedPath askedTwice(const PathRule &rule, const QString &path, const HttpResponse &got)
{
    WebKeys keys = WebKeys::make(smallSet(), QByteArray(1, 'k'), CancelToken()).value();
    const HeldKeys held = rule.needsSecret ? heldIn(keys.search(got.body)) : HeldKeys::None;
    return {path, &rule, got, got, held, held};
}

} // namespace

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
        row("settings of a repository", u"/.git/config"_s, "[core]\n\tbare = false\n", u"git:critical"_s);
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
        const auto settings = [&](const char *name, const QByteArray &content, const QString &expected) {
            row(name, u"/credentials.json"_s, content, expected);
        };
        settings("settings whose names have lines", json("{'client_secret':'a1b2c3d4e5'}"),
                 u"settings-json:critical"_s);
        settings("settings whose names begin with another word", json("{'db_password':'hunter22'}"),
                 u"settings-json:critical"_s);
        settings("settings in the form of .NET", json("{'Jwt.SecretKey':'a1b2c3d4e5'}"), u"settings-json:critical"_s);
        settings("address of a database", json("{'ConnectionString':'Server=db;User=a;Password=b'}"),
                 u"settings-json:critical"_s);
        settings("words on a screen", json("{'forgot_password':'Forgot your password?'}"), u"pass"_s);
        settings("where a password is changed", json("{'password_reset_url':'https://a.example/reset'}"), u"pass"_s);
        settings("a page of its own", json("{'passwordPage':'/account/password'}"), u"pass"_s);
        settings("how a field is", json("{'password':'required'}"), u"pass"_s);
        const QByteArray list = "<html><title>Index of /</title><h1>Index of /";
        row("list of what people sent", u"/uploads/"_s, list, u"listing:high"_s);
        row("list of the parts of the pages", u"/static/"_s, list, u"listing-assets:medium"_s);
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
        const AskedPath asked = askedTwice(*rule, path, answer(200, "Content-Type: text/plain", body));
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
        const AskedPath busy{u"/.env"_s, rule, answer(503), std::nullopt};
        QCOMPARE(said(judgeFiles({absent, busy}, {answer(404)})), u"error"_s);
        QCOMPARE(said(judgeFiles({absent, busy}, {answer(503)})), u"pass"_s); // like every address
        const HttpResponse env = answer(200, {}, "A_KEY=1\nB_KEY=2\n");
        const AskedPath once{u"/.env"_s, rule, env, std::nullopt}; // the second look got no answer
        QCOMPARE(said(judgeFiles({absent, once}, {answer(404)})), u"error"_s);
        for (const AskedPath &few : {silent, busy, once}) { // an edge that cuts a connection here and there
            std::vector<AskedPath> many(40, absent);
            many.push_back(few);
            const Judged judged = judgeFiles(many, {answer(404)});
            QCOMPARE(said(judged), u"info"_s);
            QVERIFY2(judged.reason.contains(u"/.env"_s), qPrintable(judged.reason));
            QCOMPARE(judged.observed["not_seen"_L1][0]["code"_L1].toString(), u"env"_s);
        }
    }

    void saysWhatItDidNotSeeBesideWhatItFound()
    {
        const auto rules = loadPathRules();
        const HttpResponse env = answer(200, {}, "A_KEY=1\nB_KEY=2\n");
        const AskedPath found{u"/.env"_s, &rules->front(), env, env};
        const AskedPath silent{u"/.git/HEAD"_s, &rules->at(1), std::nullopt, std::nullopt};
        const Judged judged = judgeFiles({found, silent}, {answer(404)});
        QCOMPARE(said(judged), u"env:critical"_s);
        QVERIFY2(judged.reason.contains(u"/.git/HEAD"_s), qPrintable(judged.reason));
        QCOMPARE(judged.observed["not_seen"_L1][0]["code"_L1].toString(), u"git"_s);
    }

    void inventsNeighbours_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("expected");
        QTest::newRow("text") << u"/CLAUDE.md"_s << u"/lc-1.md"_s;
        QTest::newRow("in a folder") << u"/.github/workflows/ci.yml"_s << u"/lc-1.yml"_s;
        QTest::newRow("dotted") << u"/.env.local"_s << u"/.lc-1.local"_s;
        QTest::newRow("two endings") << u"/index.php.bak"_s << u"/lc-1.bak"_s;
        QTest::newRow("dotted, no ending") << u"/.env"_s << QString();
        QTest::newRow("no ending") << u"/server-status"_s << QString();
        QTest::newRow("folder") << u"/v1.2/"_s << QString();
        QTest::newRow("asked anyway") << u"/config/production.json"_s << QString();
        QTest::newRow("dotted and asked only undotted") << u"/.mcp.json"_s << u"/.lc-1.json"_s;
        QTest::newRow("query") << u"/?a=b.c"_s << QString();
    }

    void inventsNeighbours()
    {
        QFETCH(QString, path);
        QTEST(inventedNeighbour(path, u"lc-1"_s), "expected");
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

    // A file of each kind with something private in it, "horse" or "MIIE": none of it may be quoted.
    void quotesNothingPrivate_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("shown"); // must be there, to say what it is
        const auto row = [](const char *id, const QByteArray &body, const char *shown = "") {
            QTest::newRow(id) << QString::fromLatin1(id) << body << QString::fromLatin1(shown);
        };
        row("env", "A_PASSWORD=horse\nB_KEY=\"line\nhorse battery\nMIIEhorse==\"\nC_KEY=x\n", "A_PASSWORD");
        row("git", "[core]\n\tbare = false\n[remote \"origin\"]\n\turl = https://a:horse@git.example/a.git\n", "[core");
        row("svn", QByteArray("SQLite format 3\0horse", 21));
        row("hg", "dotencode\nhorse\n", "dotencode");
        row("bzr", "Bazaar-NG horse\n", "Bazaar");
        row("aws-credentials", "[default]\naws_access_key_id = horse\naws_secret_access_key = horsebattery\n",
            "aws_secret_access_key");
        row("npmrc", "//registry.npmjs.org/:_authToken=horse-battery\n", "_authToken");
        row("pypirc", "[pypi]\nusername: horse\npassword: horsebattery\n", "password");
        row("netrc", "machine git.example login anna password horse\n", "machine");
        row("docker-config", json("{'auths':{'r.example':{'auth':'horse'}}}"), "auths");
        row("private-key", "-----BEGIN PRIVATE KEY-----\nMIIEhorse\nMIIEhorse\nMIIEhorse\n", "");
        row("sql-dump", "-- MySQL dump\nINSERT INTO `users` VALUES (1,'Anna Horse','horse@a.example','+49 horse');\n",
            "users");
        row("archive", "PK\x03\x04horse.txt");
        row("wp-config", "<?php define('DB_USER', 'horse');\ndefine('DB_PASSWORD', 'horse battery');\n", "DB_PASSWORD");
        row("service-account", json("{'client_email':'horse@a','private_key':'-----BEGIN PRIVATE KEY-----\\nMIIE'}"),
            "client_email");
        row("settings-json", json("{'db_password':'horse-battery'}"), "db_password");
        row("ds-store", QByteArray::fromHex("0000000142756431") + "horse");
        row("editor-sftp", json("{'host':'horse.example','password':'horse'}"), "password");
        row("idea", "<project version=\"4\"><option value=\"horse\"/>", "project");
        row("lockfile", json("{'lockfileVersion':3,'resolved':'https://a:horse@r.example'}"), "lockfileVersion");
        row("package-json", json("{'dependencies':{'a':'git+https://horse@git.example'}}"), "dependencies");
        row("requirements", "flask==3.0\ndjango>=4\n--index-url https://a:horse@r.example\n", "flask");
        row("container", "FROM node\nENV DB_PASSWORD horse\nRUN curl -u a:horse https://a.example\n", "FROM");
        row("pipeline", "jobs:\n  - script: deploy --token horse\n", "jobs");
        row("log", "2026-01-02 10:00 login of horse\n2026-01-02 10:01 password horse\n", "2026-01-02");
        row("ai-leftovers", "# Notes\nThe password of horse is battery\n");
        row("ai-settings", json("{'mcpServers':{'db':{'env':{'TOKEN':'horse'}}}}"), "mcpServers");
        row("supabase-config", "project_id = \"horse\"\n", "project_id");
        row("listing", "<html><title>Index of /files</title><a href=horse.pdf>", "Index of");
        row("listing-assets", "<html><title>Index of /static</title><a href=horse.pdf>", "Index of");
        row("bucket", "<?xml?><ListBucketResult><Contents><Key>horse.pdf</Key>", "ListBucketResult");
        row("browser-settings", "window.env={PASSWORD:'horse',K:'sk_"
                                "live_a1B2c3D4horseF6g7H8i9J0k1L2'}");
        row("htpasswd", "horse:$apr1$MIIEhorse$x/y\n");
        row("kube-config", "apiVersion: v1\nusers:\n- name: horse\n  user:\n    client-key-data: MIIEhorse\n", "users");
        row("terraform-state", "db_password = \"horse\"\n", "db_password");
        row("shell-history", "cd /srv\nls\nmysql -pHorse -u horse\nssh horse@a.example\ngit push\n", "mysql");
        row("s3cfg", "access_key = horse\nsecret_key = horsebattery\n", "secret_key");
        row("sqlite", QByteArray("SQLite format 3\0horse", 21));
        row("firebase-json", json("{'hosting':{'site':'horse'}}"), "hosting");
        row("prisma-schema", "datasource db {\n  url = \"postgres://a:horse@b\"\n}\n", "datasource");
        row("source-backup", "SECRET_KEY = 'horse'\nDATABASES = {'PASSWORD': 'horse'}\n", "SECRET_KEY");
        row("storybook", "<html><title>Shop Storybook</title><p>horse", "Storybook");
        constexpr int kRows = 42; // a new rule needs a row
        const auto rules = loadPathRules();
        QVERIFY(rules);
        QCOMPARE(rules->size(), size_t(kRows));
    }

    void quotesNothingPrivate()
    {
        QFETCH(QString, id);
        QFETCH(QByteArray, body);
        QFETCH(QString, shown);
        const auto rules = loadPathRules();
        const auto rule = std::ranges::find(*rules, id, &PathRule::id);
        QVERIFY(rule != rules->end());
        const Judged judged =
            judgeFiles({askedTwice(*rule, rule->paths.front(), answer(200, {}, body))}, {answer(404)});
        QCOMPARE(judged.findings.size(), size_t(1));
        QString all = QString::fromUtf8(QJsonDocument(judged.observed).toJson()) + judged.findings.front().whatWeSaw;
        for (const Evidence &evidence : judged.findings.front().evidence)
            all += evidence.title + u'\n' + evidence.body;
        QVERIFY2(!all.contains(u"horse"_s, Qt::CaseInsensitive) && !all.contains(u"MIIE"_s), qPrintable(all));
        QVERIFY2(all.contains(shown), qPrintable(all));
    }

    void saysHowLongTheWholeIs()
    {
        PathRule rule;
        const HttpResponse part = answer(206, "Content-Range: bytes 0-4095/50331648", "x");
        QVERIFY2(shownOf(rule, part).contains(u"48"_s), qPrintable(shownOf(rule, part)));
    }
};

QTEST_GUILESS_MAIN(FilesTest)
#include "tst_files.moc"
