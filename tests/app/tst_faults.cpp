#include "lab/zonescript.h"
#include "models/projectstore.h"
#include "tests/app/builtprogram.h"
#include "tests/app/labproduct.h"
#include "tests/app/warmhome.h"

#include <QTest>
#include <QUdpSocket>

using namespace cockpit;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kDeadline = 10s; // LabProduct::audit()
// For ending, and for saying so, in a program that is not optimised.
constexpr auto kGrace = 3s;

// Where a server ends what it does, or a limit of ours that is none of time: each step has its time then, also on a
// machine that is busy.
constexpr auto kPatience = 45s;

QStringList patient(QStringList audit)
{
    audit[audit.indexOf(u"--timeout"_s) + 1] = u"20"_s;
    audit[audit.indexOf(u"--deadline"_s) + 1] = QString::number(kPatience.count());
    return audit;
}

bool isSettled(const QJsonObject &check)
{
    static const QStringList settled{u"pass"_s, u"warn"_s, u"fail"_s, u"info"_s};
    return settled.contains(check.value("outcome"_L1).toString());
}

// "pass", "error: why" of the first host.
QString outcomeOf(const Ended &ended, const QString &checkId)
{
    const auto results = ended.results(checkId);
    if (results.empty())
        return u"missing"_s;
    const QString outcome = results.front().value("outcome"_L1).toString();
    const QString reason = results.front().value("reason"_L1).toString();
    return reason.isEmpty() ? outcome : outcome + u": "_s + reason;
}

// Whatever happened: each check that was to be looked at says what came of it.
QString withoutReason(const Ended &ended)
{
    for (const QJsonValue value : ended.json().value("checks"_L1).toArray()) {
        const QJsonObject check = value.toObject();
        if (!isSettled(check) && check.value("reason"_L1).toString().isEmpty())
            return check.value("id"_L1).toString();
    }
    return {};
}

DnsReply silent(const DnsQuestionSeen &)
{
    return {.silent = true};
}

DnsReply fails(const DnsQuestionSeen &)
{
    return {.rcode = 2};
}

// Says that its record is far longer than what follows.
DnsReply lies(const DnsQuestionSeen &question)
{
    DnsReply reply{.answers = {question.name + u". 300 IN TXT \"short\""_s}};
    reply.mangle = [](QByteArray &bytes) { bytes[bytes.size() - 8] = '\x7f'; };
    return reply;
}

lab::Script drips()
{
    return [](lab::Connection &connection) {
        connection.readRequest();
        connection.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n");
        while (connection.write("x") && connection.pause(1s)) {
        }
    };
}

lab::Script neverEnds()
{
    return [](lab::Connection &connection) {
        connection.readRequest();
        connection.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
        const QByteArray part(64 * 1024, 'x');
        while (connection.write(part)) {
        }
    };
}

lab::Script answersOnceAndCloses(const QByteArray &answer)
{
    return [answer](lab::Connection &connection) {
        connection.readRequest();
        connection.write(answer);
    };
}

} // namespace

// What the built program makes of servers, files and machines that do not behave.
class TestFaults : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(m_warm.make()); }
    void readsAddresses_data();
    void readsAddresses();
    void survivesBadNameServers_data();
    void survivesBadNameServers();
    void survivesBadWebServers_data();
    void survivesBadWebServers();
    void tlsThatHangs();
    void unregisteredNames();
    void noNetwork();
    void wrongRoots_data();
    void wrongRoots();
    void brokenDisks_data();
    void brokenDisks();
    void worksWithoutALog();
    void killedHalfWay();

private:
    WarmHome m_warm;
};

void TestFaults::readsAddresses_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("domain");
    QTest::newRow("a name") << u"example.com"_s << u"example.com"_s;
    QTest::newRow("a scheme") << u"https://example.com"_s << u"example.com"_s;
    QTest::newRow("a path") << u"example.com/login?next=/#top"_s << u"example.com"_s;
    QTest::newRow("a port") << u"https://example.com:8443/"_s << u"example.com"_s;
    QTest::newRow("spaces around") << u"  example.com "_s << u"example.com"_s;
    QTest::newRow("capitals") << u"Example.COM"_s << u"example.com"_s;
    QTest::newRow("a trailing dot") << u"example.com."_s << u"example.com"_s;
    QTest::newRow("an international name") << u"Bücher.example"_s << u"xn--bcher-kva.example"_s;
    QTest::newRow("a host below") << u"www.example.com"_s << u"example.com"_s;
}

void TestFaults::readsAddresses()
{
    QFETCH(QString, typed);
    const LabProduct product(zoneScript(healthyZone()), healthySite());
    QStringList line = product.audit();
    line[1] = typed;
    const Ended ended = BuiltProgram().run(line << u"--only"_s << u"mail.mx"_s);
    QVERIFY2(ended.status == 0, ended.complaint.constData());
    QTEST(ended.json().value("target"_L1).toObject().value("domain"_L1).toString(), "domain");
    QCOMPARE(outcomeOf(ended, u"mail.mx"_s), u"pass"_s);
}

void TestFaults::survivesBadNameServers_data()
{
    QTest::addColumn<ScriptedDns::Script>("dns");
    QTest::addColumn<QString>("says");
    QTest::newRow("silent") << ScriptedDns::Script(silent) << u"No answer within 1 s"_s;
    QTest::newRow("fails") << ScriptedDns::Script(fails) << u"fail"_s; // a finding of its own
    QTest::newRow("lies about length") << ScriptedDns::Script(lies) << u"DNS"_s;
}

// Where the servers are is given by --connect, so that the web can be looked at all the same.
void TestFaults::survivesBadNameServers()
{
    QFETCH(ScriptedDns::Script, dns);
    QFETCH(QString, says);
    const LabProduct product(dns, healthySite());
    const BuiltProgram program;
    QVERIFY(m_warm.copyTo(program));
    const Ended whole = program.run(product.audit());
    QVERIFY2(whole.status == 0 || whole.status == 1, whole.complaint.constData());
    QVERIFY2(whole.took < kDeadline + kGrace, qPrintable(QString::number(whole.took.count())));
    QCOMPARE(withoutReason(whole), QString());
    QVERIFY2(outcomeOf(whole, u"mail.mx"_s).contains(says, Qt::CaseInsensitive),
             qPrintable(outcomeOf(whole, u"mail.mx"_s)));
    QCOMPARE(outcomeOf(whole, u"http.nosniff"_s), u"pass"_s);
    QCOMPARE(outcomeOf(whole, u"tls.chain"_s), u"pass"_s);

    const Ended mailOnly = program.run(product.audit() << u"--only"_s << u"dns.*,mail.*"_s);
    QCOMPARE(mailOnly.status, 3);
    QCOMPARE(mailOnly.complaint.count('\n'), 1);
    QVERIFY2(mailOnly.complaint.contains("example.com"), mailOnly.complaint.constData());
    QVERIFY(!mailOnly.results(u"mail.mx"_s).empty());
}

void TestFaults::survivesBadWebServers_data()
{
    QTest::addColumn<lab::Script>("site");
    QTest::addColumn<QString>("says");
    QTest::newRow("drips a byte a second") << drips() << u"error: example.com began to answer"_s; // time ends it
    QTest::newRow("never ends") << neverEnds() << u"warn"_s; // the part that was read has no such header
    QByteArrayList flood;
    for (int i = 0; i < 10000; ++i)
        flood << "X-Flood-" + QByteArray::number(i) + ": 1";
    QTest::newRow("sends 10,000 headers") << answersOnceAndCloses(lab::httpAnswer(200, flood, "hello"))
                                          << u"error: example.com on port 443 sent more header lines"_s;
    QTest::newRow("redirects in a circle") << lab::answering(lab::httpAnswer(302, {"Location: /"}, {}))
                                           << u"error: example.com sends visitors in a circle"_s;
    QTest::newRow("breaks its compression")
        << lab::answering(
               lab::httpAnswer(200, {"Content-Type: text/html", "Content-Encoding: gzip"}, "this was never compressed"))
        << u"error: example.com on port 443 sent a page whose compression"_s;
    QTest::newRow("closes half way")
        << answersOnceAndCloses("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 900\r\n\r\nhal")
        << u"error: example.com on port 443 closed the connection"_s;
    QTest::newRow("is no web server") << answersOnceAndCloses("220 mail.example.com ESMTP\r\n")
                                      << u"error: The answer of example.com on port 443 is not valid HTTP"_s;
}

void TestFaults::survivesBadWebServers()
{
    QFETCH(lab::Script, site);
    QFETCH(QString, says);
    const LabProduct product(zoneScript(healthyZone()), site);
    const BuiltProgram program;
    QVERIFY(m_warm.copyTo(program));
    const bool endsByTime = QByteArray(QTest::currentDataTag()).startsWith("drips");
    const Ended ended = program.run(endsByTime ? product.audit() : patient(product.audit()));
    QVERIFY2(ended.status == 0 || ended.status == 1, ended.complaint.constData());
    QVERIFY2(ended.took < (endsByTime ? kDeadline : kPatience) + kGrace,
             qPrintable(QString::number(ended.took.count())));
    QCOMPARE(withoutReason(ended), QString());
    QVERIFY2(outcomeOf(ended, u"http.nosniff"_s).startsWith(says), qPrintable(outcomeOf(ended, u"http.nosniff"_s)));
    QCOMPARE(outcomeOf(ended, u"mail.mx"_s), u"pass"_s);
    QCOMPARE(outcomeOf(ended, u"tls.chain"_s), u"pass"_s);
}

void TestFaults::tlsThatHangs()
{
    const LabProduct product(
        zoneScript(healthyZone()), [](lab::Connection &connection) { connection.hang(); }, LabProduct::Web::BareTcp);
    const BuiltProgram program;
    QVERIFY(m_warm.copyTo(program));
    const Ended ended = program.run(product.audit());
    QVERIFY2(ended.took < kDeadline + kGrace, qPrintable(QString::number(ended.took.count())));
    QCOMPARE(withoutReason(ended), QString());
    for (const QString &check : {u"tls.chain"_s, u"tls.protocols"_s, u"http.nosniff"_s})
        QVERIFY2(outcomeOf(ended, check).startsWith(u"error: example.com did not answer on port 443 within 1 s"_s),
                 qPrintable(check + u' ' + outcomeOf(ended, check)));
    QCOMPARE(outcomeOf(ended, u"mail.mx"_s), u"pass"_s);
}

void TestFaults::unregisteredNames()
{
    const ScriptedDns dns(zoneScript({u"example. 300 IN SOA ns.example. h.example. 1 7200 3600 1209600 300"_s}));
    const Ended ended = BuiltProgram().run(
        {u"audit"_s, u"not-registered.example"_s, u"--resolver"_s, dns.address().toString(), u"--format"_s, u"json"_s});
    QCOMPARE(ended.status, 3);
    QCOMPARE(ended.complaint.count('\n'), 1);
    QVERIFY2(ended.complaint.contains("not-registered.example does not exist"), ended.complaint.constData());
    QCOMPARE(ended.json().value("target"_L1).toObject().value("domain"_L1).toString(), u"not-registered.example"_s);
    QCOMPARE(withoutReason(ended), QString());
}

// In a network namespace of its own there is not even a loopback device that is up.
void TestFaults::noNetwork()
{
    const QStringList alone{u"unshare"_s, u"-rn"_s};
    if (QProcess::execute(u"unshare"_s, {u"-rn"_s, u"true"_s}) != 0)
        QSKIP("This system does not let us take the network away.");
    const Ended ended = BuiltProgram().runInside(alone, {u"audit"_s, u"example.com"_s, u"--timeout"_s, u"1"_s,
                                                         u"--deadline"_s, u"5"_s, u"--format"_s, u"json"_s});
    QVERIFY2(ended.status == 3, ended.complaint.constData());
    QCOMPARE(ended.complaint.count('\n'), 1);
    QVERIFY(ended.took < 5s + kGrace);
    QCOMPARE(withoutReason(ended), QString());
}

void TestFaults::wrongRoots_data()
{
    QTest::addColumn<QByteArray>("pem");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("not there") << QByteArray() << 3 << QByteArray("cannot be read");
    QTest::newRow("not PEM") << QByteArray("roots\n") << 2 << QByteArray("could not be read as PEM");
    QTest::newRow("another root") << lab::makeRoot(u"Another root"_s).certificatePem() << 1 << QByteArray();
}

void TestFaults::wrongRoots()
{
    QFETCH(QByteArray, pem);
    QFETCH(QByteArray, says);
    const LabProduct product(zoneScript(healthyZone()), healthySite());
    const BuiltProgram program;
    const QString file = program.path(u"roots.pem"_s);
    QFile written(file);
    if (!pem.isEmpty())
        QVERIFY(written.open(QIODevice::WriteOnly) && written.write(pem) == pem.size());
    written.close();
    QStringList line = product.audit();
    line[line.indexOf(u"--ca-file"_s) + 1] = file;
    const Ended ended = program.run(line << u"--only"_s << u"tls.chain,mail.mx"_s);
    QTEST(ended.status, "status");
    QVERIFY2(ended.complaint.contains(says), ended.complaint.constData());
    QCOMPARE(ended.complaint.count('\n'), says.isEmpty() ? 0 : 1);
    if (says.isEmpty()) {
        const QJsonObject observed = ended.results(u"tls.chain"_s).front().value("observed"_L1).toObject();
        QVERIFY(observed.value("chain"_L1).toString() != "trusted"_L1);
        QCOMPARE(outcomeOf(ended, u"mail.mx"_s), u"pass"_s);
    }
}

void TestFaults::brokenDisks_data()
{
    QTest::addColumn<QString>("spoil");
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("names");
    // $D is a small disk of its own with acme.cockpit on it.
    const QString full = u"dd if=/dev/zero of=$D/rest bs=4k 2>/dev/null; true"_s;
    const QString readOnly = u"mount -o remount,ro $D"_s;
    const QStringList out{u"--out"_s, u"$D/report.json"_s};
    const QStringList pdf{u"--pdf"_s, u"$D/pack.pdf"_s};
    const QStringList project{u"--project"_s, u"$D/acme.cockpit"_s};
    QTest::newRow("the report on a full disk") << full << out << QByteArray("report.json");
    QTest::newRow("the report on a read-only disk") << readOnly << out << QByteArray("report.json");
    QTest::newRow("the PDF on a full disk") << full << pdf << QByteArray("pack.pdf");
    QTest::newRow("the PDF on a read-only disk") << readOnly << pdf << QByteArray("pack.pdf");
    QTest::newRow("the project on a full disk") << full << project << QByteArray("acme.cockpit");
    QTest::newRow("the project on a read-only disk") << readOnly << project << QByteArray("acme.cockpit");
}

void TestFaults::brokenDisks()
{
    QFETCH(QString, spoil);
    QFETCH(QStringList, options);
    QFETCH(QByteArray, names);
    if (QProcess::execute(u"unshare"_s, {u"-rm"_s, u"mount"_s, u"-t"_s, u"tmpfs"_s, u"none"_s, u"/mnt"_s}) != 0)
        QSKIP("This system does not let us make a disk of our own.");
    const LabProduct product(zoneScript(healthyZone()), healthySite());
    const BuiltProgram program;
    const QString known = program.path(u"acme.cockpit"_s);
    QVERIFY(ProjectStore::create(
        known, {.name = u"Acme"_s, .target = *parseAddress(u"example.com"_s), .roadmapId = u"internal-ops-saas"_s}));
    QStringList line = product.audit();
    if (options.contains(u"--project"_s))
        line.removeAt(1);
    for (QString option : options)
        line << option.replace(u"$D"_s, program.path(u"disk"_s));
    const QString script =
        u"D=%1; mkdir -p $D && mount -t tmpfs -o size=256k none $D && cp %2* $D/ && %3 && exec \"$@\""_s;
    const Ended ended = program.runInside(
        {u"unshare"_s, u"-rm"_s, u"sh"_s, u"-c"_s, script.arg(program.path(u"disk"_s), known, spoil), u"sh"_s},
        line << u"--only"_s << u"mail.mx"_s);
    QVERIFY2(ended.status == 3, ended.complaint + ended.out);
    QVERIFY2(ended.complaint.count('\n') == 1, ended.complaint.constData());
    QVERIFY2(ended.complaint.contains(names), ended.complaint.constData());
}

// The folder for the log is a file: as little can be written there as on a read-only disk.
void TestFaults::worksWithoutALog()
{
    const LabProduct product(zoneScript(healthyZone()), healthySite());
    const BuiltProgram program;
    QFile inTheWay(program.path(u"state"_s));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    const Ended ended = program.run(product.audit() << u"--only"_s << u"mail.mx"_s << u"--pdf"_s << u"pack.pdf"_s);
    QCOMPARE(ended.complaint, QByteArray());
    QCOMPARE(ended.status, 0);
    QVERIFY(QFile::exists(program.path(u"pack.pdf"_s)));
}

void TestFaults::killedHalfWay()
{
    const LabProduct product(zoneScript(healthyZone()), healthySite());
    const BuiltProgram program;
    const QString file = program.path(u"acme.cockpit"_s);
    QVERIFY(ProjectStore::create(
        file, {.name = u"Acme"_s, .target = *parseAddress(u"example.com"_s), .roadmapId = u"internal-ops-saas"_s}));
    QStringList line = product.audit();
    line[1] = u"--project"_s;
    line.insert(2, file);
    line << u"--only"_s << u"mail.*"_s;
    const Ended before = program.run(line);
    QVERIFY2(before.status == 0 || before.status == 1, before.complaint.constData());

    QUdpSocket silence;
    QVERIFY(silence.bind(QHostAddress::LocalHost, 0));
    QStringList hanging = line;
    hanging[hanging.indexOf(u"--resolver"_s) + 1] = u"127.0.0.1:%1"_s.arg(silence.localPort());
    const std::unique_ptr<QProcess> process = program.prepared(hanging);
    process->start();
    QTRY_VERIFY_WITH_TIMEOUT(silence.hasPendingDatagrams(), 30000); // the project is open and the run goes on
    process->kill();
    QVERIFY(process->waitForFinished());
    QCOMPARE(process->exitStatus(), QProcess::CrashExit);

    auto reopened = ProjectStore::open(file, OpenMode::ReadWrite);
    QVERIFY2(reopened, reopened ? "" : qPrintable(reopened.error().message));
    const auto state = (*reopened)->load();
    QVERIFY(state);
    QVERIFY(!state->latest.empty()); // those of the first run
    reopened->reset();
    const Ended after = program.run(line);
    QCOMPARE(after.status, before.status);
    QCOMPARE(outcomeOf(after, u"mail.mx"_s), u"pass"_s);
}

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_faults.moc"
