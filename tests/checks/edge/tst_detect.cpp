// Who answers for a host: the list of companies does what its own examples say, and the signs are ordered by the
// connection.
#include "checks/edge/detect.h"
#include "tests/checks/web/pages.h"
#include "tests/jsonschema.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

EdgeSeen nowhere()
{
    return {.peerAddress = u"192.0.2.1"_s, .aliases = {}, .headers = {}, .cookies = {}};
}

// "header server: cloudflare", "cname x.fly.dev" … as what was seen.
EdgeSeen seenIn(const QString &example)
{
    EdgeSeen seen = nowhere();
    const QString kind = example.section(u' ', 0, 0);
    const QString what = example.section(u' ', 1);
    if (kind == "header"_L1)
        seen.headers.push_back({what.section(u": "_s, 0, 0).toLatin1(), what.section(u": "_s, 1).toLatin1()});
    else if (kind == "cookie"_L1)
        seen.cookies << what;
    else if (kind == "cname"_L1)
        seen.aliases << what;
    else if (kind == "ns"_L1)
        seen.nameServers << what;
    else if (kind == "address"_L1)
        seen.peerAddress = what;
    else
        seen.page = "<html>" + what.toUtf8() + "</html>";
    return seen;
}

bool isTaken(const QString &example, const QString &id)
{
    const auto found = signalsFrom(seenIn(example), knownProviders());
    return std::ranges::find(found, id, &EdgeSignal::providerId) != found.end();
}

std::vector<EdgeSignal> signs(const QStringList &words)
{
    std::vector<EdgeSignal> found;
    for (const QString &word : words) {
        const QString source = word.section(u'/', 1);
        for (const SignalSource s :
             {SignalSource::Header, SignalSource::Cookie, SignalSource::Alias, SignalSource::Address,
              SignalSource::NameServer, SignalSource::Trace, SignalSource::Page}) {
            if (toWord(s) == source)
                found.push_back({word.section(u'/', 0, 0), s, word});
        }
    }
    return found;
}

QString nameOf(const std::optional<EdgeClaim> &claim)
{
    if (!claim)
        return u"-"_s;
    return claim->provider->id + (claim->isSure() ? u"!"_s : u"?"_s);
}

} // namespace

class DetectTest : public QObject
{
    Q_OBJECT

private slots:
    void theListIsAsItsSchemaSays();
    void examples_data();
    void examples();
    void reads_data();
    void reads();
    void judges_data();
    void judges();
    void blamesOneCauseOnce();
    void provesCloudflareByItsTrace();
};

void DetectTest::theListIsAsItsSchemaSays()
{
    QCOMPARE(schemaProblems(u":/providers.json"_s, u":/schemas/providers.schema.json"_s), QString());
    for (const Provider &provider : knownProviders()) {
        const bool isWeb = provider.is(ProviderKind::Edge) || provider.is(ProviderKind::Hosting);
        QVERIFY2(!isWeb || (!provider.takes.isEmpty() && !provider.leaves.isEmpty()), qPrintable(provider.id));
    }
}

void DetectTest::examples_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("example");
    QTest::addColumn<bool>("taken");
    for (const Provider &provider : knownProviders()) {
        const auto row = [&](const QString &example, bool taken) {
            QTest::addRow("%s %s %s", qPrintable(provider.id), taken ? "takes" : "leaves", qPrintable(example))
                << provider.id << example << taken;
        };
        for (const QString &example : provider.takes)
            row(example, true);
        for (const QString &example : provider.leaves)
            row(example, false);
    }
}

void DetectTest::examples()
{
    QFETCH(QString, id);
    QFETCH(QString, example);
    QTEST(isTaken(example, id), "taken");
}

void DetectTest::reads_data()
{
    QTest::addColumn<QStringList>("found");
    QTest::addColumn<QString>("edge");
    QTest::addColumn<QString>("hosting");
    QTest::addColumn<QString>("dnsOnly");
    const auto row = [](const char *name, const QStringList &found, const QString &edge, const QString &hosting,
                        const QString &dnsOnly = u"-"_s) {
        QTest::newRow(name) << found << edge << hosting << dnsOnly;
    };
    const QString no = u"-"_s;
    row("nothing", {}, no, no);
    row("one sign", {u"cloudflare/header"_s}, u"cloudflare?"_s, no);
    row("the same sign twice", {u"cloudflare/header"_s, u"cloudflare/header"_s}, u"cloudflare?"_s, no);
    row("two signs", {u"cloudflare/header"_s, u"cloudflare/address"_s}, u"cloudflare!"_s, no);
    row("two headers are one source, a cookie is another", {u"cloudflare/header"_s, u"cloudflare/cookie"_s},
        u"cloudflare!"_s, no);
    row("a platform behind an edge", {u"cloudflare/address"_s, u"cloudflare/header"_s, u"vercel/header"_s},
        u"cloudflare!"_s, u"vercel?"_s);
    row("headers of an edge passed through by a platform",
        {u"vercel/address"_s, u"vercel/header"_s, u"cloudflare/header"_s, u"cloudflare/cookie"_s}, no, u"vercel!"_s);
    row("an edge whose address nobody knows", {u"akamai/header"_s, u"akamai/cname"_s}, u"akamai!"_s, no);
    row("the better supported of two edges", {u"fastly/header"_s, u"akamai/header"_s, u"akamai/cname"_s}, u"akamai!"_s,
        no);
    row("edge and host are one company", {u"azure/header"_s, u"azure/cname"_s}, u"azure!"_s, no);
    row("name servers alone", {u"cloudflare/ns"_s}, no, no, u"cloudflare"_s);
    row("name servers, and a platform beside it", {u"cloudflare/ns"_s, u"vercel/address"_s, u"vercel/header"_s}, no,
        u"vercel!"_s, u"cloudflare"_s);
    row("name servers and the network", {u"cloudflare/ns"_s, u"cloudflare/address"_s}, u"cloudflare!"_s, no);
    row("name servers of a company whose blocks are not known", {u"bunny/ns"_s}, no, no);
    row("a text of the page alone", {u"shopify/page"_s}, no, no);
    row("a text of the page beside an address", {u"shopify/page"_s, u"shopify/address"_s}, no, u"shopify!"_s);
    row("page and name servers", {u"squarespace/page"_s, u"squarespace/ns"_s}, no, no);
}

void DetectTest::reads()
{
    QFETCH(QStringList, found);
    const EdgeReading reading = readEdge(signs(found), knownProviders());
    QTEST(nameOf(reading.edge), "edge");
    QTEST(nameOf(reading.hosting), "hosting");
    QTEST(reading.dnsOnly ? reading.dnsOnly->id : u"-"_s, "dnsOnly");
}

void DetectTest::judges_data()
{
    QTest::addColumn<QStringList>("found");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QStringList>("shielded");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QStringList &found, const QString &expected,
                        const QStringList &shielded = {}, int status = 200, const QByteArray &headers = {}) {
        QTest::newRow(name) << found << status << headers << shielded << expected;
    };
    row("an edge", {u"cloudflare/header"_s, u"cloudflare/address"_s}, u"pass"_s);
    row("probably an edge", {u"cloudflare/header"_s}, u"info"_s);
    row("a platform shields itself", {u"vercel/header"_s, u"vercel/address"_s}, u"pass"_s);
    row("a sign of a platform that a server may pass on", {u"vercel/header"_s}, u"info"_s);
    row("probably an edge before a platform", {u"akamai/header"_s, u"vercel/header"_s, u"vercel/cname"_s}, u"pass"_s);
    row("nothing", {}, u"no_edge:low"_s);
    row("nothing, and others have one", {}, u"no_edge:low"_s, {u"www.example.com"_s});
    row("grey cloud", {u"cloudflare/ns"_s}, u"grey_cloud:low"_s);
    row("grey cloud beside an orange one", {u"cloudflare/ns"_s}, u"grey_cloud:medium"_s, {u"www.example.com"_s});
    row("grey cloud before a platform", {u"cloudflare/ns"_s, u"vercel/header"_s, u"vercel/address"_s}, u"pass"_s);
    row("grey cloud, and a sign of a platform", {u"cloudflare/ns"_s, u"vercel/header"_s}, u"info"_s);
    row("a test for robots by somebody unknown", {}, u"error"_s, {}, 403, "x-amzn-waf-action: challenge");
    row("a test for robots by an edge", {u"cloudflare/header"_s, u"cloudflare/address"_s}, u"pass"_s, {}, 403,
        "cf-mitigated: challenge");
    row("a refusal by a server", {}, u"no_edge:low"_s, {}, 403);
}

void DetectTest::judges()
{
    QFETCH(QStringList, found);
    QFETCH(int, status);
    QFETCH(QByteArray, headers);
    QFETCH(QStringList, shielded);
    const HttpResponse got = answer(status, headers);
    const Judged judged = judgeEdge(signs(found), knownProviders(), got, {{}, shielded});
    QTEST(said(judged), "expected");
    QVERIFY(!judged.summary.isEmpty() || !judged.reason.isEmpty());
}

void DetectTest::blamesOneCauseOnce()
{
    const HttpResponse got = answer(200, {}, {}, u"https://api.example.com/"_s);
    const auto hosts = [](const QString &first) { return EdgeNeighbours{{first, u"other.example.com"_s}, {}}; };
    const Judged second = judgeEdge({}, knownProviders(), got, hosts(u"example.com"_s));
    QVERIFY(second.findings.empty());
    QCOMPARE(second.outcome, Outcome::Info);
    const Judged first = judgeEdge({}, knownProviders(), got, hosts(u"api.example.com"_s));
    QCOMPARE(first.findings.size(), size_t(1));
    QVERIFY(first.findings.at(0).whatWeSaw.contains(u"other.example.com"_s));
}

void DetectTest::provesCloudflareByItsTrace()
{
    EdgeSeen seen = nowhere();
    seen.nameServers = {u"ada.ns.cloudflare.com"_s};
    const auto edgeOf = [&] { return nameOf(readEdge(signalsFrom(seen, knownProviders()), knownProviders()).edge); };
    QCOMPARE(edgeOf(), u"-"_s);
    seen.trace = "fl=1f1\nh=app.example.com\nip=192.0.2.7\ncolo=FRA\n";
    QCOMPARE(edgeOf(), u"cloudflare!"_s);
    seen.trace = "<html>index.html for every path, fl=1</html>";
    QCOMPARE(edgeOf(), u"-"_s);
}

QTEST_GUILESS_MAIN(DetectTest)
#include "tst_detect.moc"
