#include "models/projectstore.h"
#include "models/roadmap.h"
#include "models/store/connection.h"
#include "tests/app/builtprogram.h"
#include "tests/app/warmhome.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>
#include <QUdpSocket>

#include <algorithm>
#include <csignal>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <valijson/adapters/qtjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

constexpr int kLongestMs = 60000;

QJsonValue readJson(const QByteArray &text)
{
    return QJsonDocument::fromJson(text).object();
}

// What is wrong with it; empty when it is as the schema says.
QString problemsOf(const QJsonValue &value, const QJsonValue &schemaJson)
{
    valijson::Schema schema;
    valijson::SchemaParser().populateSchema(valijson::adapters::QtJsonAdapter(schemaJson), schema);
    valijson::ValidationResults errors;
    valijson::Validator().validate(schema, valijson::adapters::QtJsonAdapter(value), &errors);
    QString problems;
    for (const auto &error : errors) {
        for (const auto &part : error.context)
            problems += QString::fromStdString(part);
        problems += u": "_s + QString::fromStdString(error.description) + u'\n';
    }
    return problems;
}

QByteArray textOf(const QString &pdf)
{
    QProcess reader;
    reader.start(u"pdftotext"_s, {u"-layout"_s, pdf, u"-"_s});
    reader.waitForFinished();
    return reader.readAllStandardOutput();
}

} // namespace

// What the command line promises, held against the built program.
class TestCli : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void refusesInOneLine_data();
    void refusesInOneLine();
    void listsChecks();
    void listsRoadmaps();
    void auditsThePracticeCompany();
    void tellsTheFixedFacts_data();
    void tellsTheFixedFacts();
    void narrowsARun();
    void obeysTheThreshold_data();
    void obeysTheThreshold();
    void writesFiles();
    void leavesAPipeInItsPlace();
    void saysThatNobodyReads();
    void keepsTheHostsThatItWasGiven();
    void tellsWhatItCannotSave();
    void saysWhyAFileCannotBeWritten_data();
    void saysWhyAFileCannotBeWritten();
    void stopsOnInterrupt();
    void refusesBrokenProjects_data();
    void refusesBrokenProjects();

private:
    Ended run(const QStringList &arguments) const { return m_program->run(arguments); }

    WarmHome m_warm;
    std::unique_ptr<BuiltProgram> m_program; // with a home of its own for each test
    Ended m_demo;
};

void TestCli::initTestCase()
{
    QVERIFY(m_warm.make());
    const BuiltProgram program;
    QVERIFY(m_warm.copyTo(program));
    m_demo = program.run({u"audit"_s, u"--demo"_s, u"--format"_s, u"json"_s});
}

void TestCli::init()
{
    m_program = std::make_unique<BuiltProgram>();
    QVERIFY(m_warm.copyTo(*m_program));
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
    QTest::newRow("an IP address") << u"audit 192.0.2.7"_s << u"IP address"_s;
    QTest::newRow("a single label") << u"audit intranet"_s << u"intranet"_s;
    QTest::newRow("nonsense") << u"audit !!"_s << u"!!"_s;
    QTest::newRow("secrets of a pipe's history") << u"secrets - --history"_s << u"no history"_s;
    QTest::newRow("spf without an address") << u"spf --mail-from a@b.example"_s << u"--ip"_s;
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
    for (const QJsonValue check : checks) {
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
    for (const QJsonValue roadmap : roadmaps) {
        QVERIFY(!roadmap.toObject().value("minimum_bar"_L1).toArray().isEmpty());
        QCOMPARE(roadmap.toObject().value("stages"_L1).toArray().size(), 7);
    }
    QCOMPARE(run({u"roadmaps"_s}).status, 0);
}

void TestCli::auditsThePracticeCompany()
{
    QCOMPARE(m_demo.status, 1);
    QCOMPARE(m_demo.complaint, QByteArray());
    QFile file(QStringLiteral(AUDIT_SCHEMA));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(problemsOf(m_demo.json(), readJson(file.readAll())), QString());
    QVERIFY(!m_demo.json().value("findings"_L1).toArray().isEmpty());
}

// The facts that other programs rely on: a schema for what each check has observed.
void TestCli::tellsTheFixedFacts_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::newRow("mail.spf") << QByteArray(R"({"required": ["status", "record", "lookups", "void_lookups", "error"],
        "properties": {"status": {"enum": ["none", "valid", "permerror", "temperror"]},
        "record": {"type": ["string", "null"]}, "lookups": {"type": "integer"}, "void_lookups": {"type": "integer"},
        "error": {"type": ["string", "null"]}}})");
    QTest::newRow("mail.dkim") << QByteArray(
        R"({"required": ["selectors"], "properties": {"selectors": {"type": "array",
        "minItems": 1, "items": {"required": ["selector", "status", "key_type", "key_bits"], "properties": {
        "selector": {"type": "string"}, "key_type": {"type": ["string", "null"]}, "key_bits": {"type": ["integer", "null"]},
        "status": {"enum": ["valid", "weak", "invalid", "revoked", "missing", "temperror", "unknown"]}}}}}})");
    QTest::newRow("mail.dmarc") << QByteArray(R"({"required": ["status", "record", "policy", "organizational_domain",
        "rfc7489"], "properties": {"status": {"enum": ["none", "valid", "invalid", "temperror"]},
        "record": {"type": ["string", "null"]}, "policy": {"required": ["apex", "subdomain", "nonexistent"],
        "additionalProperties": {"enum": ["none", "quarantine", "reject", null]}},
        "organizational_domain": {"type": "string"},
        "rfc7489": {"required": ["policy", "organizational_domain"]}}})");
    const QByteArray certificate(R"({"required": ["certificate"], "properties": {"certificate": {
        "required": ["subject", "issuer", "names", "not_before", "not_after", "key_type", "key_bits", "signature"],
        "properties": {"subject": {"type": "string"}, "issuer": {"type": "string"}, "names": {"type": "array",
        "items": {"type": "string"}}, "not_before": {"type": "string", "minLength": 20}, "not_after": {"type": "string",
        "minLength": 20}, "key_type": {"type": "string"}, "key_bits": {"type": "integer"},
        "signature": {"type": "string"}}}}})");
    for (const char *check :
         {"tls.chain", "tls.hostname", "tls.expiry", "tls.renewal", "tls.key", "tls.revocation", "tls.transparency"})
        QTest::newRow(check) << certificate;
    QTest::newRow("tls.chain, its verdict") << QByteArray(R"({"required": ["chain"], "properties": {"chain": {"enum": [
        "trusted", "expired", "not_yet_valid", "self_signed", "untrusted_root", "incomplete", "wrong_order",
        "revoked"]}}})");
    QTest::newRow("tls.protocols") << QByteArray(R"({"required": ["protocols", "groups"], "properties": {"protocols": {
        "type": "array", "minItems": 1, "items": {"type": "string"}}, "groups": {"type": "array",
        "items": {"type": "string"}}}})");
    QTest::newRow("tls.ciphers") << QByteArray(R"({"required": ["weak_ciphers"], "properties": {"weak_ciphers": {
        "type": "array", "items": {"type": "string"}}}})");
    const QByteArray answer(R"({"required": ["url", "status", "headers"], "properties": {"url": {"type": "string"},
        "status": {"type": "integer"}, "headers": {"type": "object", "additionalProperties": {"type": "string"}}}})");
    for (const char *check : {"http.https-redirect", "http.hsts", "http.csp", "http.framing", "http.nosniff",
                              "http.cookies", "http.cors", "http.version-leak", "http.mixed-content", "http.latency"})
        QTest::newRow(check) << answer;
    const QByteArray walk(R"({"required": ["chain"], "properties": {"chain": {"type": "array", "minItems": 1, "items": {
        "required": ["url", "status", "location"], "properties": {"url": {"type": "string"},
        "status": {"type": "integer"}, "location": {"type": ["string", "null"]}}}}}})");
    for (const char *check : {"http.https-redirect, its walk", "http.canonical, its walk", "http.csp, its walk"})
        QTest::newRow(check) << walk;
}

void TestCli::tellsTheFixedFacts()
{
    QFETCH(QByteArray, schema);
    const QString check = QString::fromLatin1(QTest::currentDataTag()).section(u',', 0, 0);
    const auto results = m_demo.results(check);
    QVERIFY(!results.empty());
    for (const QJsonObject &result : results) {
        if (result.value("outcome"_L1) == "not_applicable"_L1)
            continue; // nothing was there to be observed
        QCOMPARE(problemsOf(result.value("observed"_L1), readJson(schema)), QString());
    }
}

void TestCli::narrowsARun()
{
    const Ended ended =
        run({u"audit"_s, u"--demo"_s, u"--only"_s, u"mail.*"_s, u"--skip"_s, u"mail.spf"_s, u"--format"_s, u"json"_s});
    const QJsonArray checks = ended.json().value("checks"_L1).toArray();
    QVERIFY(!checks.isEmpty());
    for (const QJsonValue check : checks) {
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
    const QString report = m_program->path(u"report.json"_s);
    const QString pack = m_program->path(u"pack.pdf"_s);
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
    const QByteArray words = textOf(pack);
    QVERIFY(words.contains("Last looked at"));
    QVERIFY(!words.contains("No check has run yet"));
}

void TestCli::leavesAPipeInItsPlace()
{
    const QByteArray pipe = QFile::encodeName(m_program->path(u"report.pipe"_s));
    QCOMPARE(::mkfifo(pipe.constData(), 0600), 0);
    const int reader = ::open(pipe.constData(), O_RDONLY | O_NONBLOCK);
    const Ended ended = run({u"roadmaps"_s, u"--out"_s, QFile::decodeName(pipe)});
    QVERIFY2(ended.status == 0, ended.complaint.constData());
    QByteArray words(100, ' ');
    QVERIFY(::read(reader, words.data(), static_cast<size_t>(words.size())) > 0);
    ::close(reader);
    QVERIFY2(words.startsWith("internal-ops-saas"), words.constData());
}

void TestCli::saysThatNobodyReads()
{
    const Ended ended = m_program->runInside({u"sh"_s, u"-c"_s, u"exec \"$@\" >&-"_s, u"sh"_s}, {u"roadmaps"_s});
    QCOMPARE(ended.status, 3);
    QVERIFY2(ended.complaint.contains("standard output"), ended.complaint.constData());
}

// What is found on a host must belong to one of the project's: no later run would look at it again.
void TestCli::keepsTheHostsThatItWasGiven()
{
    const QString path = m_program->path(u"acme.cockpit"_s);
    ProjectSettings settings;
    settings.target = {u"acme.example"_s, {{HostRole::Site, u"acme.example"_s}}};
    settings.roadmapId = QString::fromLatin1(kDefaultRoadmapId);
    QVERIFY(ProjectStore::create(path, settings));
    run({u"audit"_s, u"--project"_s, path, u"--host"_s, u"other=old.acme.example:8443"_s, u"--only"_s, u"http.hsts"_s,
         u"--connect"_s, u"::127.0.0.1:1"_s});
    const auto store = ProjectStore::open(path, OpenMode::ReadOnly);
    QVERIFY(store);
    const Result<ProjectState> state = (*store)->load();
    QVERIFY(state);
    settings.target.hosts.push_back({HostRole::Other, u"old.acme.example"_s, 8443});
    QCOMPARE(state->settings.target, settings.target);
    for (const auto &[key, result] : state->latest)
        QVERIFY2(std::ranges::count(settings.target.hosts, result.host, &Host::name) == 1, qPrintable(key));
    QVERIFY(!state->latest.empty());
}

// Somebody else is writing to it: what was found is told all the same.
void TestCli::tellsWhatItCannotSave()
{
    const QString path = m_program->path(u"acme.cockpit"_s);
    ProjectSettings settings;
    settings.target = {u"acme.example"_s, {{HostRole::Site, u"acme.example"_s}}};
    settings.roadmapId = QString::fromLatin1(kDefaultRoadmapId);
    QVERIFY(ProjectStore::create(path, settings));
    const auto other = store::Connection::open(path, store::Access::Write);
    QVERIFY(other);
    store::Statements statements = (*other)->statements();
    statements.run(u"BEGIN IMMEDIATE"_s);
    const Ended ended = run({u"audit"_s, u"--project"_s, path, u"--only"_s, u"http.hsts"_s, u"--connect"_s,
                             u"::127.0.0.1:1"_s, u"--format"_s, u"json"_s});
    QCOMPARE(ended.status, 3);
    QCOMPARE(ended.results(u"http.hsts"_s).size(), size_t(1));
    QVERIFY2(ended.complaint.contains("acme.cockpit is in use"), ended.complaint.constData());
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
    const std::unique_ptr<QProcess> process = m_program->prepared(
        {u"audit"_s, u"example.com"_s, u"--resolver"_s, resolver, u"--timeout"_s, u"30"_s, u"--format"_s, u"json"_s});
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

void TestCli::refusesBrokenProjects_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("missing") << QByteArray();
    QTest::newRow("not a database") << QByteArray("this is no project\n").repeated(100);
}

void TestCli::refusesBrokenProjects()
{
    QFETCH(QByteArray, bytes);
    const QString path = m_program->path(u"acme.cockpit"_s);
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
