#include "app/cli/nearest.h"
#include "app/cli/parse.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestOptions : public QObject
{
    Q_OBJECT

private slots:
    void recognisesCommands_data();
    void recognisesCommands();
    void refusesInOneLine_data();
    void refusesInOneLine();
    void readsNetworkOptions();
    void readsAuditOptions();
    void failOnNeverHasNoThreshold();
    void takesValuesAfterAnEqualsSign();
    void repeatsAddUp();
    void findsTheNearestWord_data();
    void findsTheNearestWord();
};

void TestOptions::recognisesCommands_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<Command>("command");
    QTest::newRow("nothing opens the window") << QStringList{} << Command::Window;
    QTest::newRow("a project opens the window") << QStringList{u"acme.cockpit"_s} << Command::Window;
    QTest::newRow("the practice company in the window") << QStringList{u"--demo"_s} << Command::Window;
    QTest::newRow("an address") << QStringList{u"audit"_s, u"example.com"_s} << Command::Audit;
    QTest::newRow("the practice company") << QStringList{u"audit"_s, u"--demo"_s} << Command::Audit;
    QTest::newRow("a project") << QStringList{u"audit"_s, u"--project"_s, u"a.cockpit"_s} << Command::Audit;
    QTest::newRow("monitor") << QStringList{u"monitor"_s, u"--project"_s, u"a.cockpit"_s} << Command::Monitor;
    QTest::newRow("handover") << QStringList{u"handover"_s, u"--project"_s, u"a"_s, u"--out"_s, u"b"_s}
                              << Command::Handover;
    QTest::newRow("checks") << QStringList{u"checks"_s} << Command::Checks;
    QTest::newRow("roadmaps") << QStringList{u"roadmaps"_s, u"--format"_s, u"json"_s} << Command::Roadmaps;
    QTest::newRow("spf") << QStringList{u"spf"_s, u"--ip"_s, u"192.0.2.1"_s, u"--mail-from"_s, u"a@example.com"_s}
                         << Command::Spf;
    QTest::newRow("spf for a bounce") << QStringList{u"spf"_s,  u"--ip"_s,   u"2001:db8::1"_s, u"--mail-from"_s,
                                                     QString(), u"--helo"_s, u"mx.example"_s}
                                      << Command::Spf;
    QTest::newRow("help") << QStringList{u"--help"_s} << Command::Help;
    QTest::newRow("help about a command") << QStringList{u"audit"_s, u"--help"_s} << Command::Help;
    QTest::newRow("version") << QStringList{u"--version"_s} << Command::Version;
}

void TestOptions::recognisesCommands()
{
    QFETCH(QStringList, words);
    const auto options = parseOptions(words);
    QVERIFY2(options, options ? "" : qPrintable(options.error().message));
    QTEST(options->command, "command");
}

void TestOptions::refusesInOneLine_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("mentions");
    const auto row = [](const char *name, const QString &line, const QString &mentions) {
        QTest::newRow(name) << line.split(u' ', Qt::SkipEmptyParts) << mentions;
    };
    row("a mistyped command", u"audti"_s, u"\"audit\""_s);
    row("a mistyped option", u"audit example.com --resolvr 1.1.1.1"_s, u"--resolver"_s);
    row("an option of another command", u"checks --stage 1"_s, u"--stage does not go with \"checks\""_s);
    row("an option without its value", u"audit example.com --stage"_s, u"--stage wants a value"_s);
    row("an option in place of a value", u"audit example.com --stage --quiet"_s, u"--stage wants a value"_s);
    row("an empty value", u"audit example.com --only="_s, u"--only wants a value"_s);
    row("a list with a hole", u"audit example.com --only mail.spf,,mail.mx"_s, u"\"mail.spf,,mail.mx\""_s);
    row("a list of nothing", u"audit example.com --skip ,"_s, u"\",\""_s);
    row("a value for a flag", u"audit example.com --quiet=1"_s, u"--quiet takes no value"_s);
    row("nothing to audit", u"audit"_s, u"--demo"_s);
    row("two things to audit", u"audit example.com --demo"_s, u"not several"_s);
    row("two addresses", u"audit a.example b.example"_s, u"b.example"_s);
    row("a removal without leave to send", u"audit --project a.cockpit --remove-left"_s, u"--active"_s);
    row("a removal without a project", u"audit a.example --active --remove-left"_s, u"--project"_s);
    row("stage nought", u"audit a.example --stage 0"_s, u"1 to 7"_s);
    row("stage eight", u"audit a.example --stage 8"_s, u"1 to 7"_s);
    row("a stage in words", u"audit a.example --stage two"_s, u"1 to 7"_s);
    row("a mistyped format", u"audit a.example --format jsn"_s, u"\"json\""_s);
    row("a mistyped severity", u"audit a.example --fail-on hihg"_s, u"\"high\""_s);
    row("a mistyped role", u"audit a.example --host ap=x.example"_s, u"\"app\""_s);
    row("a mistyped kind of source", u"audit a.example --source cod=."_s, u"\"code\""_s);
    row("a mistyped environment", u"audit a.example --source settings:stagin=.env"_s, u"\"staging\""_s);
    row("a source without a kind", u"audit a.example --source ."_s, u"KIND=PATH"_s);
    row("a source without a path", u"audit a.example --source code="_s, u"file or folder"_s);
    row("a host without a role", u"audit a.example --host x.example"_s, u"ROLE=NAME"_s);
    row("a resolver that is a name", u"audit a.example --resolver dns.example"_s, u"IP:PORT"_s);
    row("half an override", u"audit a.example --connect a.example:443"_s, u"HOST:PORT:ADDRESS:PORT"_s);
    row("no time at all", u"audit a.example --timeout 0"_s, u"--timeout"_s);
    row("a negative time", u"audit a.example --deadline -5"_s, u"--deadline"_s);
    row("not a time", u"audit a.example --deadline nan"_s, u"--deadline"_s);
    row("a host for the window", u"--demo --host app=app.example.com"_s, u"--host does not go with the window"_s);
    row("a host for the monitors", u"monitor --project a.cockpit --host app=app.example.com"_s, u"\"monitor\""_s);
    row("more words about the pack", u"handover --project a.cockpit --out a.pdf --verbose"_s, u"\"handover\""_s);
    row("monitor without a project", u"monitor"_s, u"--project"_s);
    row("handover without a project", u"handover --out a.pdf"_s, u"--project"_s);
    row("handover without a file", u"handover --project a.cockpit"_s, u"--out"_s);
    row("staged and history", u"secrets . --staged --history"_s, u"neither --history nor --since"_s);
    row("staged and since", u"secrets . --staged --since HEAD"_s, u"neither --history nor --since"_s);
    row("the history of a pipe", u"secrets - --history"_s, u"no history"_s);
    row("what is staged in a pipe", u"secrets - --staged"_s, u"no history"_s);
    row("since nothing", u"secrets . --since"_s, u"--since"_s);
    row("a list in sarif", u"checks --format sarif"_s, u"text or json"_s);

    row("spf without an address", u"spf --mail-from a@example.com"_s, u"--ip"_s);
    row("spf with a name as address", u"spf --ip example.com --mail-from a@example.com"_s, u"192.0.2.1"_s);
    row("spf without a sender", u"spf --ip 192.0.2.1"_s, u"--mail-from"_s);
    row("spf in a format for audits", u"spf --ip 192.0.2.1 --mail-from a@example.com --format sarif"_s, u"json"_s);
    row("spf with a domain", u"spf example.com --ip 192.0.2.1 --mail-from a@example.com"_s, u"options only"_s);
}

void TestOptions::refusesInOneLine()
{
    QFETCH(QStringList, words);
    QFETCH(QString, mentions);
    const auto options = parseOptions(words);
    QVERIFY(!options);
    QCOMPARE(options.error().kind, ErrorKind::BadInput);
    const QString &sentence = options.error().message;
    QVERIFY2(sentence.contains(mentions), qPrintable(sentence));
    QVERIFY2(!sentence.contains(u'\n'), qPrintable(sentence));
}

void TestOptions::readsNetworkOptions()
{
    const auto options = parseOptions({u"audit"_s, u"example.com"_s, u"--resolver"_s, u"[::1]:5353"_s, u"--connect"_s,
                                       u":443:127.0.0.1:8443"_s, u"--ca-file"_s, u"roots.pem"_s, u"--host"_s,
                                       u"app=app.example.com"_s, u"--timeout"_s, u"1.5"_s, u"--deadline"_s, u"60"_s});
    QVERIFY(options);
    QCOMPARE(options->net.resolvers, std::vector({SocketAddress{u"::1"_s, 5353}}));
    QCOMPARE(options->net.connects, std::vector({ConnectOverride{{}, 443, {u"127.0.0.1"_s, 8443}}}));
    QCOMPARE(options->net.caFile, u"roots.pem"_s);
    QCOMPARE(options->hosts, std::vector({HostOption{HostRole::App, u"app.example.com"_s}}));
    QCOMPARE(options->net.operationTimeout.count(), 1500);
    QCOMPARE(options->net.runDeadline.count(), 60000);
}

void TestOptions::readsAuditOptions()
{
    const auto options = parseOptions({u"audit"_s, u"example.com"_s, u"--roadmap"_s, u"ai-marketplace"_s, u"--stage"_s,
                                       u"7"_s, u"--only"_s, u"mail.*,tls.chain"_s, u"--skip"_s, u"mail.spf"_s,
                                       u"--routes"_s, u"r.json"_s, u"--source"_s, u"settings:staging=/srv/.env"_s,
                                       u"--format"_s, u"sarif"_s, u"--fail-on"_s, u"low"_s, u"--no-progress"_s});
    QVERIFY(options);
    QCOMPARE(options->subject, u"example.com"_s);
    QCOMPARE(options->roadmapId, u"ai-marketplace"_s);
    QCOMPARE(options->stage, 7);
    QCOMPARE(options->only, QStringList({u"mail.*"_s, u"tls.chain"_s}));
    QCOMPARE(options->skip, QStringList{u"mail.spf"_s});
    QCOMPARE(options->routesFile, u"r.json"_s);
    QCOMPARE(options->sources, (std::vector{LocalSource{SourceKind::Settings, u"/srv/.env"_s, Environment::Staging}}));
    QCOMPARE(options->format, ReportFormat::Sarif);
    QCOMPARE(options->failOn, Severity::Low);
    QVERIFY(!options->progress);
}

void TestOptions::failOnNeverHasNoThreshold()
{
    QCOMPARE(parseOptions({u"audit"_s, u"--demo"_s})->failOn, Severity::High);
    QCOMPARE(parseOptions({u"audit"_s, u"--demo"_s, u"--fail-on"_s, u"never"_s})->failOn, std::nullopt);
}

void TestOptions::takesValuesAfterAnEqualsSign()
{
    const auto options = parseOptions({u"audit"_s, u"--demo"_s, u"--out=a=b.json"_s});
    QVERIFY(options);
    QCOMPARE(options->outFile, u"a=b.json"_s);
}

void TestOptions::repeatsAddUp()
{
    const auto options = parseOptions({u"audit"_s, u"--demo"_s, u"--dkim-selector"_s, u"one"_s, u"--dkim-selector"_s,
                                       u"two"_s, u"--resolver"_s, u"192.0.2.1"_s, u"--resolver"_s, u"192.0.2.2:54"_s});
    QVERIFY(options);
    QCOMPARE(options->dkimSelectors, QStringList({u"one"_s, u"two"_s}));
    QCOMPARE(options->net.resolvers.size(), 2U);
}

void TestOptions::findsTheNearestWord_data()
{
    QTest::addColumn<QString>("mistyped");
    QTest::addColumn<QString>("nearest");
    QTest::newRow("the word itself") << u"audit"_s << u"audit"_s;
    QTest::newRow("a letter too many") << u"auditt"_s << u"audit"_s;
    QTest::newRow("two letters swapped") << u"chekcs"_s << u"checks"_s;
    QTest::newRow("nothing typed") << QString() << u"audit"_s;
}

void TestOptions::findsTheNearestWord()
{
    QFETCH(QString, mistyped);
    QTEST(nearestWord(mistyped, {u"roadmaps"_s, u"checks"_s, u"audit"_s}), "nearest");
}

QTEST_GUILESS_MAIN(TestOptions)
#include "tst_options.moc"
