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
    void shippedRulesLoad()
    {
        const auto rules = loadPathRules();
        QVERIFY2(rules, rules ? "" : qPrintable(rules.error().message));
        QVERIFY(rules->size() > 40);
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

    void masksValues() { QVERIFY(!maskedExcerpt("PASSWORD=correct-horse-battery\n").contains("horse"_L1)); }
};

QTEST_GUILESS_MAIN(FilesTest)
#include "tst_files.moc"
