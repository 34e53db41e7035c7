#include "app/practice/dnsserver.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QUdpSocket>

#include <csignal>

#include <valijson/adapters/qtjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

constexpr int kLongestMs = 60000;

struct Ended
{
    int status = -1;
    QByteArray out;
    QByteArray complaint;

    QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
};

} // namespace

// The built program, started the way a deploy gate starts it: no display, no terminal, a home of its own.
class TestCli : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void refusesInOneLine_data();
    void refusesInOneLine();
    void listsChecks();
    void listsRoadmaps();
    void auditsThePracticeCompany();
    void narrowsARun();
    void obeysTheThreshold_data();
    void obeysTheThreshold();
    void writesFiles();
    void saysWhyAFileCannotBeWritten_data();
    void saysWhyAFileCannotBeWritten();
    void stopsOnInterrupt();
    void namesThatDoNotExistCannotBeAudited();
    void silentNameServersCannotBeWaitedOut();
    void worksWithoutAnyNetwork();
    void refusesBrokenProjects_data();
    void refusesBrokenProjects();

private:
    QProcess *prepared(const QStringList &arguments);
    Ended run(const QStringList &arguments);

    std::unique_ptr<QTemporaryDir> m_home;
};

void TestCli::init()
{
    m_home = std::make_unique<QTemporaryDir>();
}

QProcess *TestCli::prepared(const QStringList &arguments)
{
    auto *process = new QProcess(this);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &display :
         {u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"QT_QPA_PLATFORM"_s, u"DBUS_SESSION_BUS_ADDRESS"_s})
        environment.remove(display);
    environment.insert(u"HOME"_s, m_home->path());
    environment.insert(u"XDG_STATE_HOME"_s, m_home->filePath(u"state"_s));
    environment.insert(u"XDG_CONFIG_HOME"_s, m_home->filePath(u"config"_s));
    environment.insert(u"LANG"_s, u"C.UTF-8"_s);
    process->setProcessEnvironment(environment);
    process->setWorkingDirectory(m_home->path());
    process->setProgram(QStringLiteral(LAUNCH_COCKPIT));
    process->setArguments(arguments);
    return process;
}

Ended TestCli::run(const QStringList &arguments)
{
    const std::unique_ptr<QProcess> process(prepared(arguments));
    process->start();
    if (!process->waitForFinished(kLongestMs))
        return {};
    return {process->exitCode(), process->readAllStandardOutput(), process->readAllStandardError()};
}

void TestCli::refusesInOneLine_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("mentions");
    QTest::newRow("a mistyped command") << u"audti"_s << u"audit"_s;
    QTest::newRow("a mistyped option") << u"audit example.com --timout 1"_s << u"--timeout"_s;
    QTest::newRow("a mistyped check") << u"audit --demo --only mail.spff"_s << u"mail.spf"_s;
    QTest::newRow("a mistyped roadmap") << u"audit --demo --roadmap internal-ops-sas"_s << u"internal-ops-saas"_s;
    QTest::newRow("an email address") << u"audit me@example.com"_s << u"example.com"_s;
    QTest::newRow("an IP address") << u"audit 192.0.2.7"_s << u"192.0.2.7"_s;
    QTest::newRow("a single label") << u"audit intranet"_s << u"intranet"_s;
    QTest::newRow("nonsense") << u"audit !!"_s << u"!!"_s;
    QTest::newRow("attacks on a stranger") << u"audit example.com --active"_s << u"example.com"_s;
    QTest::newRow("secrets") << u"secrets ."_s << u"not built yet"_s;
    QTest::newRow("spf") << u"spf --ip 192.0.2.1 --mail-from a@b.example"_s << u"not built yet"_s;
}

void TestCli::refusesInOneLine()
{
    QFETCH(QString, line);
    QFETCH(QString, mentions);
    const Ended ended = run(line.split(u' '));
    QCOMPARE(ended.status, 2);
    QCOMPARE(ended.out, QByteArray());
    QCOMPARE(ended.complaint.count('\n'), 1);
    QVERIFY2(ended.complaint.contains(mentions.toUtf8()), ended.complaint.constData());
}

void TestCli::listsChecks()
{
    const Ended ended = run({u"checks"_s, u"--format"_s, u"json"_s});
    QCOMPARE(ended.status, 0);
    const QJsonArray checks = ended.json().value("checks"_L1).toArray();
    QCOMPARE(checks.size(), 167);
    int built = 0;
    for (const QJsonValue &check : checks) {
        QCOMPARE(check.toObject().keys(),
                 QStringList({u"built"_s, u"id"_s, u"impacts"_s, u"kind"_s, u"needs"_s, u"title"_s}));
        built += check.toObject().value("built"_L1).toBool() ? 1 : 0;
    }
    QVERIFY(built > 0 && built < checks.size());
    QCOMPARE(run({u"checks"_s}).status, 0);
}

void TestCli::listsRoadmaps()
{
    const Ended ended = run({u"roadmaps"_s, u"--format"_s, u"json"_s});
    QCOMPARE(ended.status, 0);
    const QJsonArray roadmaps = ended.json().value("roadmaps"_L1).toArray();
    QCOMPARE(roadmaps.size(), 5);
    for (const QJsonValue &roadmap : roadmaps) {
        QVERIFY(!roadmap.toObject().value("minimum_bar"_L1).toArray().isEmpty());
        QCOMPARE(roadmap.toObject().value("stages"_L1).toArray().size(), 7);
    }
    QCOMPARE(run({u"roadmaps"_s}).status, 0);
}

void TestCli::auditsThePracticeCompany()
{
    const Ended ended = run({u"audit"_s, u"--demo"_s, u"--format"_s, u"json"_s});
    QCOMPARE(ended.status, 1);
    QCOMPARE(ended.complaint, QByteArray());

    QFile file(QStringLiteral(AUDIT_SCHEMA));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonValue schemaJson = QJsonDocument::fromJson(file.readAll()).object();
    valijson::Schema schema;
    valijson::SchemaParser parser;
    parser.populateSchema(valijson::adapters::QtJsonAdapter(schemaJson), schema);
    valijson::ValidationResults errors;
    valijson::Validator validator;
    const QJsonValue report = ended.json();
    const bool valid = validator.validate(schema, valijson::adapters::QtJsonAdapter(report), &errors);
    QString problems;
    for (const auto &error : errors) {
        for (const auto &part : error.context)
            problems += QString::fromStdString(part);
        problems += u": "_s + QString::fromStdString(error.description) + u'\n';
    }
    QVERIFY2(valid, qPrintable(problems));
    QVERIFY(!ended.json().value("findings"_L1).toArray().isEmpty());
}

void TestCli::narrowsARun()
{
    const Ended ended =
        run({u"audit"_s, u"--demo"_s, u"--only"_s, u"mail.*"_s, u"--skip"_s, u"mail.spf"_s, u"--format"_s, u"json"_s});
    const QJsonArray checks = ended.json().value("checks"_L1).toArray();
    QVERIFY(!checks.isEmpty());
    for (const QJsonValue &check : checks) {
        const QString id = check.toObject().value("id"_L1).toString();
        QVERIFY2(id.startsWith("mail."_L1) && id != "mail.spf"_L1, qPrintable(id));
    }
}

void TestCli::obeysTheThreshold_data()
{
    QTest::addColumn<QString>("threshold");
    QTest::addColumn<int>("status");
    QTest::newRow("never") << u"never"_s << 0;
    QTest::newRow("low") << u"low"_s << 1;
}

void TestCli::obeysTheThreshold()
{
    QFETCH(QString, threshold);
    QTEST(run({u"audit"_s, u"--demo"_s, u"--only"_s, u"http.*"_s, u"--fail-on"_s, threshold}).status, "status");
}

void TestCli::writesFiles()
{
    const QString report = m_home->filePath(u"report.json"_s);
    const QString pack = m_home->filePath(u"pack.pdf"_s);
    const Ended ended = run({u"audit"_s, u"--demo"_s, u"--format"_s, u"json"_s, u"--out"_s, report, u"--pdf"_s, pack,
                             u"--fail-on"_s, u"never"_s});
    QVERIFY2(ended.status == 0, ended.complaint.constData());
    QCOMPARE(ended.out, QByteArray());
    QFile json(report);
    QVERIFY(json.open(QIODevice::ReadOnly));
    QVERIFY(QJsonDocument::fromJson(json.readAll()).isObject());
    QFile pdf(pack);
    QVERIFY(pdf.open(QIODevice::ReadOnly));
    QVERIFY(pdf.read(5) == "%PDF-");
}

void TestCli::saysWhyAFileCannotBeWritten_data()
{
    QTest::addColumn<QString>("option");
    QTest::newRow("the report") << u"--out"_s;
    QTest::newRow("the PDF") << u"--pdf"_s;
}

void TestCli::saysWhyAFileCannotBeWritten()
{
    QFETCH(QString, option);
    const QString file = u"/proc/nowhere/report"_s; // not even root can write there
    const Ended ended = run({u"audit"_s, u"--demo"_s, u"--only"_s, u"mail.mx"_s, option, file});
    QCOMPARE(ended.status, 3);
    QCOMPARE(ended.complaint.count('\n'), 1);
    QVERIFY2(ended.complaint.contains(file.toUtf8()), ended.complaint.constData());
}

// A name server that never answers keeps the run busy until it is stopped.
void TestCli::stopsOnInterrupt()
{
    QUdpSocket silence;
    QVERIFY(silence.bind(QHostAddress::LocalHost, 0));
    const QString resolver = u"127.0.0.1:%1"_s.arg(silence.localPort());
    const std::unique_ptr<QProcess> process(prepared(
        {u"audit"_s, u"example.com"_s, u"--resolver"_s, resolver, u"--timeout"_s, u"30"_s, u"--format"_s, u"json"_s}));
    process->start();
    QTRY_VERIFY_WITH_TIMEOUT(silence.hasPendingDatagrams(), kLongestMs); // it asks: the run is going on
    QElapsedTimer clock;
    clock.start();
    QVERIFY(::kill(static_cast<pid_t>(process->processId()), SIGINT) == 0);
    QVERIFY(process->waitForFinished(kLongestMs));
    QVERIFY2(clock.elapsed() < 2000, qPrintable(u"%1 ms"_s.arg(clock.elapsed())));
    QCOMPARE(process->exitStatus(), QProcess::NormalExit);
    QCOMPARE(process->exitCode(), 130);
    const QJsonObject report = QJsonDocument::fromJson(process->readAllStandardOutput()).object();
    QVERIFY(report.value("stopped"_L1).toBool());
    QVERIFY(!report.value("checks"_L1).toArray().isEmpty());
}

void TestCli::namesThatDoNotExistCannotBeAudited()
{
    // Knows the zone of .example and nothing in it.
    auto zone = Zone::parse({u"example. 300 IN SOA ns.example. hostmaster.example. 1 7200 3600 1209600 300"_s});
    QVERIFY(zone);
    const auto server = DnsServer::start(std::move(*zone), std::chrono::milliseconds(0));
    QVERIFY(server);
    const Ended ended = run({u"audit"_s, u"not-registered.example"_s, u"--resolver"_s, (*server)->address().toString(),
                             u"--format"_s, u"json"_s});
    QCOMPARE(ended.status, 3);
    QCOMPARE(ended.complaint.count('\n'), 1);
    QVERIFY2(ended.complaint.contains("not-registered.example does not exist"), ended.complaint.constData());
    QCOMPARE(ended.json().value("target"_L1).toObject().value("domain"_L1).toString(), u"not-registered.example"_s);
    QVERIFY(!ended.json().value("checks"_L1).toArray().isEmpty());
}

void TestCli::silentNameServersCannotBeWaitedOut()
{
    QUdpSocket silence;
    QVERIFY(silence.bind(QHostAddress::LocalHost, 0));
    const QString resolver = u"127.0.0.1:%1"_s.arg(silence.localPort());
    QElapsedTimer clock;
    clock.start();
    const Ended ended = run({u"audit"_s, u"silent.example"_s, u"--resolver"_s, resolver, u"--timeout"_s, u"0.5"_s,
                             u"--deadline"_s, u"4"_s, u"--format"_s, u"json"_s});
    QCOMPARE(ended.status, 3);
    QCOMPARE(ended.complaint.count('\n'), 1);
    QVERIFY2(clock.elapsed() < 8000, qPrintable(u"%1 ms"_s.arg(clock.elapsed())));
    QVERIFY(!ended.json().value("checks"_L1).toArray().isEmpty());
}

// In a network namespace of its own there is not even a loopback device that is up.
void TestCli::worksWithoutAnyNetwork()
{
    QProcess probe;
    probe.start(u"unshare"_s, {u"-rn"_s, u"true"_s});
    if (!probe.waitForFinished() || probe.exitCode() != 0)
        QSKIP("This system does not let us take the network away.");
    const std::unique_ptr<QProcess> process(
        prepared({u"-rn"_s, QStringLiteral(LAUNCH_COCKPIT), u"audit"_s, u"example.com"_s, u"--timeout"_s, u"1"_s,
                  u"--deadline"_s, u"5"_s, u"--format"_s, u"json"_s}));
    process->setProgram(u"unshare"_s);
    process->start();
    QVERIFY(process->waitForFinished(kLongestMs));
    const QByteArray complaint = process->readAllStandardError();
    QVERIFY2(process->exitCode() == 3, complaint.constData());
    QCOMPARE(complaint.count('\n'), 1);
    QVERIFY(QJsonDocument::fromJson(process->readAllStandardOutput()).isObject());
}

void TestCli::refusesBrokenProjects_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("missing") << QByteArray();
    QTest::newRow("not a database") << QByteArray("this is no project\n").repeated(100);
}

void TestCli::refusesBrokenProjects()
{
    QFETCH(QByteArray, bytes);
    const QString path = m_home->filePath(u"acme.cockpit"_s);
    QFile file(path);
    if (!bytes.isEmpty())
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    file.close();
    for (const QStringList &line :
         {QStringList{u"audit"_s, u"--project"_s, path}, QStringList{u"monitor"_s, u"--project"_s, path},
          QStringList{u"handover"_s, u"--project"_s, path, u"--out"_s, u"pack.pdf"_s}}) {
        const Ended ended = run(line);
        QCOMPARE(ended.status, 3);
        QCOMPARE(ended.complaint.count('\n'), 1);
        QVERIFY2(ended.complaint.contains("acme.cockpit"), ended.complaint.constData());
    }
    if (bytes.isEmpty())
        QVERIFY(!QFile::exists(path));
    else
        QVERIFY(file.open(QIODevice::ReadOnly) && file.readAll() == bytes);
}

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
