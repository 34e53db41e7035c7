// Proof of control: the token in the zone or on the site, and the words for what stands there instead.
#include "checks/dns/controlproof.h"
#include "lab/zonescript.h"
#include "tests/lab/hostileserver.h"
#include "tests/lab/knotserver.h"
#include "tests/lab/realserver.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryFile>
#include <QTest>

#include <thread>

using namespace cockpit;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString kToken = u"AbCdEfGhIjKlMnOpQrStUvWxYz012345"_s;
const QString kOther = u"999999999999999999999999999999__"_s;
const Target kTarget{
    u"example.com"_s,
    {{HostRole::App, u"app.example.com"_s}, {HostRole::Site, u"example.com"_s}, {HostRole::Www, u"www.example.com"_s}}};
const QStringList kServers{u"example.com. 300 IN NS ns1.example.com."_s, u"example.com. 300 IN NS ns2.example.com."_s};

QString txt(const QString &text, const QString &name = u"_launch-cockpit.example.com"_s)
{
    return u"%1. 300 IN TXT \"%2\""_s.arg(name, text);
}

NetOptions optionsFor(const ScriptedDns &resolver, const ScriptedDns &first, const ScriptedDns &second)
{
    NetOptions options;
    options.resolvers = {resolver.address()};
    options.connects = {{u"ns1.example.com"_s, 53, first.address()}, {u"ns2.example.com"_s, 53, second.address()}};
    options.operationTimeout = 600ms;
    return options;
}

QString shown(const Result<ControlLook> &look)
{
    return look ? look->what : u"error: "_s + look.error().message;
}

// A site that answers one host with one thing, behind a certificate of its own authority.
class Site
{
public:
    explicit Site(const QByteArray &answer, const QStringList &names = {u"example.com"_s})
        : m_root(lab::makeRoot(u"Lab root"_s)),
          m_server(lab::answering([answer](const QByteArray &) { return answer; }),
                   lab::TlsSetup{.chain = {lab::makeSigned({.commonName = names.front(), .names = names}, m_root)}})
    {
        if (m_file.open()) {
            m_file.write(m_root.certificatePem());
            m_file.flush();
        }
    }

    QString caFile() const { return m_file.fileName(); }
    SocketAddress address() const { return {u"127.0.0.1"_s, m_server.port()}; }

private:
    lab::Identity m_root;
    QTemporaryFile m_file;
    lab::HostileServer m_server;
};

NetOptions ledTo(const Site &site)
{
    NetOptions options;
    options.caFile = site.caFile();
    options.connects = {{u"example.com"_s, 443, site.address()},
                        {{}, 0, {u"127.0.0.1"_s, lab::unusedPort()}}}; // nobody else is there
    options.operationTimeout = 3s;
    return options;
}

} // namespace

class ControlProofTest : public QObject
{
    Q_OBJECT

private slots:
    void asksAsEverybodyDoes_data();
    void asksAsEverybodyDoes();
    void readsTheRecord_data();
    void readsTheRecord();
    void everyServerThatAnswersMustHaveIt();
    void doesNotAskTheMemoryOfResolvers();
    void saysWhenNobodyCanBeAsked();
    void asksARealNameServer();
    void readsTheFile_data();
    void readsTheFile();
    void provesTheHostThatWasAsked();
    void asksARealWebServer();
    void trustsNoBadCertificate();
    void nobodyHoldsAPublicSuffix();
    void stopsAtOnce();
};

void ControlProofTest::readsTheRecord_data()
{
    QTest::addColumn<QStringList>("records");
    QTest::addColumn<QString>("words"); // empty: proven
    const QString value = txtRecordValue(kToken);
    QTest::newRow("there") << QStringList{txt(value)} << u""_s;
    QTest::newRow("the token alone") << QStringList{txt(kToken)} << u""_s;
    QTest::newRow("blanks around it") << QStringList{txt(u"  "_s + value + u' ')} << u""_s;
    QTest::newRow("beside another text") << QStringList{txt(u"v=spf1 -all"_s), txt(value)} << u""_s;
    QTest::newRow("beside another project's") << QStringList{txt(txtRecordValue(kOther)), txt(value)} << u""_s;
    QTest::newRow("in two strings") << QStringList{u"_launch-cockpit.example.com. 300 IN TXT \"%1\" \"%2\""_s.arg(
                                           value.left(20), value.mid(20))}
                                    << u""_s;
    QTest::newRow("nothing") << QStringList() << u"There is no TXT record at _launch-cockpit.example.com yet."_s;
    QTest::newRow("another project's") << QStringList{txt(txtRecordValue(kOther))} << u"the token of another project"_s;
    QTest::newRow("another text") << QStringList{txt(u"v=spf1 -all"_s)} << u"says something else: \"v=spf1 -all\""_s;
    QTest::newRow("quotation marks in it")
        << QStringList{txt(u"\\\"%1\\\""_s.arg(value))} << u"more than the token, such as quotation marks"_s;
    QTest::newRow("other capitals") << QStringList{txt(txtRecordValue(kToken.toLower()))}
                                    << u"the token of another project"_s;
    QTest::newRow("a part of it") << QStringList{txt(txtRecordValue(kToken.left(31)))}
                                  << u"the token of another project"_s;
    QTest::newRow("at the domain itself")
        << QStringList{txt(value, u"example.com"_s)} << u"stands at example.com itself. Its name must be"_s;
    QTest::newRow("at the doubled name") << QStringList{txt(value, u"_launch-cockpit.example.com.example.com"_s)}
                                         << u"Type only \"_launch-cockpit\" as its name"_s;
    QTest::newRow("behind an alias") << QStringList{u"_launch-cockpit.example.com. 300 IN CNAME x.stranger.test."_s,
                                                    txt(value, u"x.stranger.test"_s)}
                                     << u"is an alias (CNAME) for x.stranger.test"_s;
}

void ControlProofTest::readsTheRecord()
{
    QFETCH(QStringList, records);
    QFETCH(QString, words);
    const ScriptedDns server(zoneScript(records));
    const ScriptedDns resolver(zoneScript(kServers));
    const auto look =
        lookForControl(ControlMethod::TxtRecord, kTarget, kToken, optionsFor(resolver, server, server), {});
    QVERIFY2(look, qPrintable(shown(look)));
    QVERIFY2(look->isProven == words.isEmpty(), qPrintable(shown(look)));
    QVERIFY2(look->what.contains(words), qPrintable(shown(look)));
    QCOMPARE(look->domain, words.isEmpty() ? u"example.com"_s : u""_s);
}

void ControlProofTest::everyServerThatAnswersMustHaveIt()
{
    const ScriptedDns resolver(zoneScript(kServers));
    const ScriptedDns has(zoneScript({txt(txtRecordValue(kToken))}));
    const ScriptedDns lags(zoneScript({}));
    const auto half = lookForControl(ControlMethod::TxtRecord, kTarget, kToken, optionsFor(resolver, has, lags), {});
    QVERIFY(half);
    QVERIFY(!half->isProven);
    QCOMPARE(half->what,
             u"1 of 2 name servers have the record; ns2.example.com does not have it yet. Try again in a few "
             u"minutes."_s);
    // A server that is not in charge says nothing either way.
    const ScriptedDns stranger([](const DnsQuestionSeen &) {
        return DnsReply{.answers = {txt(txtRecordValue(kToken))}}; // AA=0
    });
    const auto one = lookForControl(ControlMethod::TxtRecord, kTarget, kToken, optionsFor(resolver, has, stranger), {});
    QVERIFY(one && one->isProven);
    const auto none =
        lookForControl(ControlMethod::TxtRecord, kTarget, kToken, optionsFor(resolver, stranger, stranger), {});
    QVERIFY(!none);
    QCOMPARE(none.error().kind, ErrorKind::Unreachable);
}

void ControlProofTest::doesNotAskTheMemoryOfResolvers()
{
    const ScriptedDns resolver(zoneScript(kServers + QStringList{txt(txtRecordValue(kToken))}));
    const ScriptedDns server(zoneScript({}));
    const auto look =
        lookForControl(ControlMethod::TxtRecord, kTarget, kToken, optionsFor(resolver, server, server), {});
    QVERIFY(look && !look->isProven);
    for (const DnsQuestionSeen &question : resolver.seen())
        QVERIFY2(!question.name.startsWith("_launch"_L1), qPrintable(question.name));
}

void ControlProofTest::saysWhenNobodyCanBeAsked()
{
    const ScriptedDns resolver(zoneScript({kServers.front()}));
    const ScriptedDns mute([](const DnsQuestionSeen &) { return DnsReply{.silent = true}; });
    const auto look = lookForControl(ControlMethod::TxtRecord, kTarget, kToken, optionsFor(resolver, mute, mute), {});
    QVERIFY(!look);
    QVERIFY2(look.error().message.startsWith("None of the name servers of example.com could be asked."_L1),
             qPrintable(look.error().message));
    const ScriptedDns nobody(zoneScript({u"example.net. 300 IN A 192.0.2.1"_s}));
    const auto unknown = lookForControl(ControlMethod::TxtRecord, kTarget, kToken, optionsFor(nobody, mute, mute), {});
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().kind, ErrorKind::NotFound);
}

void ControlProofTest::asksARealNameServer()
{
    if (lab::serverProgram(u"knotd"_s).isEmpty())
        QSKIP("knotd is not installed");
    const QByteArray zone = "$TTL 300\n@ SOA ns1 hostmaster 1 7200 3600 1209600 300\n@ NS ns1\nns1 A 127.0.0.1\n"
                            "_launch-cockpit TXT \"" +
                            txtRecordValue(kToken).toLatin1() + "\"\n";
    const lab::KnotServer knot(u"example.com"_s, zone);
    QVERIFY(knot.isReady());
    NetOptions options;
    options.resolvers = {knot.address()};
    options.connects = {{u"ns1.example.com"_s, 53, knot.address()}};
    const auto look = lookForControl(ControlMethod::TxtRecord, kTarget, kToken, options, {});
    QVERIFY2(look && look->isProven, qPrintable(shown(look)));
    const auto other = lookForControl(ControlMethod::TxtRecord, kTarget, kOther, options, {});
    QVERIFY2(other && !other->isProven, qPrintable(shown(other)));
}

void ControlProofTest::readsTheFile_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("words"); // empty: proven
    const QByteArray value = txtRecordValue(kToken).toLatin1();
    const QByteArrayList text{"Content-Type: text/plain"};
    const auto redirect = [](const QByteArray &to) { return lab::httpAnswer(302, {"Location: " + to}, {}); };
    QTest::newRow("there") << lab::httpAnswer(200, text, value) << u""_s;
    QTest::newRow("with a line end of Windows") << lab::httpAnswer(200, text, value + "\r\n") << u""_s;
    QTest::newRow("with the mark of an editor") << lab::httpAnswer(200, text, "\xef\xbb\xbf" + value + '\n') << u""_s;
    QTest::newRow("the token alone") << lab::httpAnswer(200, text, kToken.toLatin1()) << u""_s;
    QTest::newRow("a page of a single-page app")
        << lab::httpAnswer(200, {"Content-Type: text/html"}, "<!DOCTYPE html><html><body><div id=app></div>")
        << u"most single-page apps do"_s;
    QTest::newRow("a page that shows the token")
        << lab::httpAnswer(200, {"Content-Type: text/html"}, "<html><body>\n" + value + "\n</body></html>")
        << u"a web page and not with the file"_s;
    QTest::newRow("more than the line") << lab::httpAnswer(200, text, "Hello\n" + value + '\n')
                                        << u"holds more than the line with the token"_s;
    QTest::newRow("another project's") << lab::httpAnswer(200, text, txtRecordValue(kOther).toLatin1())
                                       << u"the token of another project"_s;
    QTest::newRow("something else") << lab::httpAnswer(200, text, "google-site-verification")
                                    << u"says something else: \"google-site-verification\""_s;
    QTest::newRow("empty") << lab::httpAnswer(200, text, {}) << u"is empty"_s;
    QTest::newRow("not there") << lab::httpAnswer(404, {}, value) << u"There is no file at"_s;
    QTest::newRow("behind a sign-in") << lab::httpAnswer(401, {}, value) << u"the status 401"_s;
    QTest::newRow("the server fails") << lab::httpAnswer(500, {}, value) << u"the status 500"_s;
    QTest::newRow("redirects to a stranger") << redirect("https://stranger.test/") << u"not part of example.com"_s;
    QTest::newRow("redirects to a name that ends alike")
        << redirect("https://notexample.com/") << u"not part of example.com"_s;
    QTest::newRow("redirects without encryption") << redirect("http://example.com/x") << u"without encryption"_s;
    QTest::newRow("redirects to itself") << redirect("/.well-known/launch-cockpit.txt")
                                         << u"redirects again and again"_s;
    QTest::newRow("redirects nowhere") << lab::httpAnswer(302, {}, {}) << u"without saying where to"_s;
}

void ControlProofTest::readsTheFile()
{
    QFETCH(QByteArray, answer);
    QFETCH(QString, words);
    const Site site(answer);
    const auto look = lookForControl(ControlMethod::WellKnownFile, kTarget, kToken, ledTo(site), {});
    QVERIFY2(look, qPrintable(shown(look)));
    QVERIFY2(look->isProven == words.isEmpty(), qPrintable(shown(look)));
    QVERIFY2(look->what.contains(words), qPrintable(shown(look)));
    QCOMPARE(look->domain, words.isEmpty() ? u"example.com"_s : u""_s);
}

// Who serves www alone has not shown that api.example.com is theirs; who serves the domain may send it to www.
void ControlProofTest::provesTheHostThatWasAsked()
{
    const Site file(lab::httpAnswer(200, {}, txtRecordValue(kToken).toLatin1()),
                    {u"www.example.com"_s, u"example.com"_s});
    NetOptions options;
    options.caFile = file.caFile();
    options.operationTimeout = 3s;
    const ConnectOverride nobody{u"example.com"_s, 443, {u"127.0.0.1"_s, lab::unusedPort()}};
    options.connects = {nobody, {u"www.example.com"_s, 443, file.address()}};
    const auto www = lookForControl(ControlMethod::WellKnownFile, kTarget, kToken, options, {});
    QVERIFY2(www && www->isProven, qPrintable(shown(www)));
    QCOMPARE(www->domain, u"www.example.com"_s);
    const Site redirect(lab::httpAnswer(301, {"Location: https://www.example.com/.well-known/launch-cockpit.txt"}, {}),
                        {u"example.com"_s});
    QFile roots(file.caFile());
    QVERIFY(roots.open(QIODevice::Append)); // both are trusted
    QFile second(redirect.caFile());
    QVERIFY(second.open(QIODevice::ReadOnly));
    roots.write(second.readAll());
    roots.close();
    options.connects = {{u"example.com"_s, 443, redirect.address()}, {u"www.example.com"_s, 443, file.address()}};
    const auto whole = lookForControl(ControlMethod::WellKnownFile, kTarget, kToken, options, {});
    QVERIFY2(whole && whole->isProven, qPrintable(shown(whole)));
    QCOMPARE(whole->domain, u"example.com"_s);
}

void ControlProofTest::asksARealWebServer()
{
    if (lab::serverProgram(u"nginx"_s).isEmpty())
        QSKIP("nginx is not installed");
    const lab::Identity root = lab::makeRoot(u"Lab root"_s);
    const QByteArray page = "<!doctype html><title>Acme</title><div id=root></div>";
    const std::vector<lab::NginxHost> hosts{
        {u"example.com"_s,
         "location / { try_files $uri /index.html; }",
         page,
         {{u".well-known/launch-cockpit.txt"_s, txtRecordValue(kToken).toLatin1() + '\n'}}},
        {u"app.example.org"_s, "location / { try_files $uri /index.html; }", page}};
    const lab::NginxServer nginx(hosts, root);
    QVERIFY(nginx.isReady());
    QTemporaryFile roots;
    QVERIFY(roots.open());
    roots.write(root.certificatePem());
    roots.flush();
    NetOptions options;
    options.caFile = roots.fileName();
    options.connects = {{{}, 443, {u"127.0.0.1"_s, nginx.httpsPort()}}};
    const auto there = lookForControl(ControlMethod::WellKnownFile, kTarget, kToken, options, {});
    QVERIFY2(there && there->isProven, qPrintable(shown(there)));
    const Target app{u"example.org"_s, {{HostRole::Site, u"app.example.org"_s}}};
    const auto page404 = lookForControl(ControlMethod::WellKnownFile, app, kToken, options, {});
    QVERIFY2(page404 && !page404->isProven && page404->what.contains(u"single-page"_s), qPrintable(shown(page404)));
}

void ControlProofTest::trustsNoBadCertificate()
{
    const Site site(lab::httpAnswer(200, {}, txtRecordValue(kToken).toLatin1()), {u"stranger.test"_s});
    const auto wrongName = lookForControl(ControlMethod::WellKnownFile, kTarget, kToken, ledTo(site), {});
    QVERIFY(!wrongName);
    NetOptions untrusted = ledTo(site);
    untrusted.caFile.clear();
    const auto noRoot = lookForControl(ControlMethod::WellKnownFile, kTarget, kToken, untrusted, {});
    QVERIFY(!noRoot);
    QVERIFY2(noRoot.error().message.contains(u"certificate"_s), qPrintable(noRoot.error().message));
}

void ControlProofTest::nobodyHoldsAPublicSuffix()
{
    const Target shared{u"github.io"_s, {{HostRole::Site, u"github.io"_s}}};
    for (const ControlMethod method : {ControlMethod::TxtRecord, ControlMethod::WellKnownFile}) {
        const auto look = lookForControl(method, shared, kToken, {}, {});
        QVERIFY(!look);
        QCOMPARE(look.error().kind, ErrorKind::NotPermitted);
    }
}

void ControlProofTest::stopsAtOnce()
{
    const ScriptedDns mute([](const DnsQuestionSeen &) { return DnsReply{.silent = true}; });
    NetOptions options;
    options.resolvers = {mute.address()};
    options.operationTimeout = 60s;
    const CancelToken cancel;
    QElapsedTimer clock;
    std::thread stopper([&] {
        while (mute.seen().empty())
            std::this_thread::yield();
        clock.start();
        cancel.cancel();
    });
    const auto look = lookForControl(ControlMethod::TxtRecord, kTarget, kToken, options, cancel);
    stopper.join();
    QVERIFY(!look);
    QCOMPARE(look.error().kind, ErrorKind::Cancelled);
    QVERIFY2(clock.elapsed() < 1000, qPrintable(QString::number(clock.elapsed())));
}

void ControlProofTest::asksAsEverybodyDoes_data()
{
    QTest::addColumn<QString>("domain");
    QTest::addColumn<bool>("isLed");
    QTest::newRow("somebody's") << u"acme.io"_s << false;
    QTest::newRow("below somebody's") << u"app.acme.io"_s << false;
    QTest::newRow("nobody's") << u"acme.test"_s << true;
    QTest::newRow("of documents") << u"app.example.com"_s << true;
    QTest::newRow("ends alike") << u"myexample.com"_s << false;
    QTest::newRow("this computer") << u"localhost"_s << true;
}

// Else whoever starts a run with --connect, --resolver and --ca-file has proved that anything is theirs.
void ControlProofTest::asksAsEverybodyDoes()
{
    QFETCH(QString, domain);
    QFETCH(bool, isLed);
    NetOptions options;
    options.connects = {{domain, 443, {u"127.0.0.1"_s, 8443}}};
    options.resolvers = {{u"127.0.0.1"_s, 5353}};
    options.caFile = u"own.pem"_s;
    const NetOptions asked = asEverybodyAsks(options, domain);
    QCOMPARE(asked.connects.empty() && asked.resolvers.empty() && asked.caFile.isEmpty(), !isLed);
    QCOMPARE(asked.connects == options.connects && asked.caFile == options.caFile, isLed);
}

QTEST_GUILESS_MAIN(ControlProofTest)
#include "tst_controlproof.moc"
