// What a name of the domain is worth to a stranger: the reasons, and the API that is asked for its permissions.
#include "checks/dns/dangling.h"
#include "checks/http/cors.h"
#include "lab/lookwithzone.h"
#include "tests/lab/hostileserver.h"

#include <QTest>

#include <atomic>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QString kOld = u"old.example.com"_s;

// The value of a header of a request; empty without one.
QByteArray headerOf(const QByteArray &request, const QByteArray &name)
{
    for (const QByteArray &line : request.split('\n')) {
        if (line.toLower().startsWith(name.toLower() + ':'))
            return line.mid(name.size() + 1).trimmed();
    }
    return {};
}

// An API, and what it lets pages of a subdomain do.
class Api
{
public:
    explicit Api(const QString &manner)
        : m_server(lab::answering([this, manner](const QByteArray &request) { return reply(manner, request); }),
                   lab::TlsSetup{{lab::makeSelfSigned({.commonName = u"api.example.com"_s})}})
    {
    }
    quint16 port() const { return m_server.port(); }
    int asked() const { return m_asked; } // from a foreign origin

private:
    QByteArray reply(const QString &manner, const QByteArray &request)
    {
        const QByteArray origin = headerOf(request, "Origin");
        m_asked += origin.isEmpty() ? 0 : 1;
        const bool isBelow = origin.startsWith("https://") && origin.endsWith(".example.com");
        const bool isRoute = request.startsWith("GET /v1/");
        QByteArrayList headers{"Vary: Origin"};
        if (manner == "star"_L1)
            headers << "Access-Control-Allow-Origin: *";
        else if (isBelow && (manner != "on a route"_L1 || isRoute) && manner != "closed"_L1)
            headers << "Access-Control-Allow-Origin: " + origin;
        if (manner != "without credentials"_L1)
            headers << "Access-Control-Allow-Credentials: true";
        return lab::httpAnswer(manner == "an error"_L1 ? 401 : 200, headers, "{}");
    }

    std::atomic_int m_asked = 0;
    lab::HostileServer m_server;
};

struct Lab
{
    explicit Lab(quint16 port)
    {
        options.resolvers = {dns.address()};
        options.connects = {{u"api.example.com"_s, 443, {u"127.0.0.1"_s, port}},
                            {u"app.example.com"_s, 443, {u"127.0.0.1"_s, port}},
                            {QString(), 443, {u"127.0.0.1"_s, lab::unusedPort()}}};
        options.operationTimeout = std::chrono::milliseconds(1000);
        seen = std::make_unique<Observations>(options, CancelToken(), Deadline::never(), nullptr);
    }
    Look look(const Host *host = nullptr) { return {*seen, target, host, policy, facts, startedAt}; }

    ScriptedDns dns{zoneScript({u"example.com. 60 IN A 192.0.2.1"_s})};
    NetOptions options;
    std::unique_ptr<Observations> seen;
    Target target{u"example.com"_s, {{HostRole::Site, u"example.com"_s}, {HostRole::Api, u"api.example.com"_s}}};
    Policy policy;
    ProjectFacts facts;
    QDateTime startedAt = QDateTime::currentDateTimeUtc();
};

SeenReference siteless(const QString &from)
{
    SeenReference seen{
        .reference = {
            .kind = ReferenceKind::Alias, .from = from, .target = u"acme.surge.sh"_s, .hops = {u"acme.surge.sh"_s}}};
    seen.state = ReferenceState::NoSuchSite;
    seen.service = takeoverServiceOf(seen.reference.hops, TakeoverKind::Web);
    return seen;
}

} // namespace

class TestNameReach : public QObject
{
    Q_OBJECT

private slots:
    void weighsAName_data();
    void weighsAName();
    void whatNobodyCanTakeWeighsNoMore();
    void asksTheApi_data();
    void asksTheApi();
    void asksWhoStandsInForTheApi();
    void asksNothingTwice();
    void asksTheApiOnlyWhereItMatters_data();
    void asksTheApiOnlyWhereItMatters();
};

void TestNameReach::weighsAName_data()
{
    QTest::addColumn<NameReach>("reach");
    QTest::addColumn<int>("reasons");
    QTest::addColumn<QString>("says"); // a part of what was seen
    QTest::addColumn<Severity>("severity");
    const auto row = [](const char *name, const NameReach &reach, int reasons, const QString &says) {
        QTest::newRow(name) << reach << reasons << says << (reasons > 0 ? Severity::Critical : Severity::High);
    };
    row("a name and nothing else", {}, 0, {});
    row("cookies", {.setsWideCookies = true}, 1, u"sets cookies"_s);
    row("an API", {.openApi = u"https://api.example.com/"_s}, 1, u"https://api.example.com/ lets every name"_s);
    row("a sign-in", {.signInReturns = {u"x.example.com"_s, kOld}}, 1, u"sends people back to that very name"_s);
    row("a sign-in to another name", {.signInReturns = {u"x.example.com"_s}}, 0, {});
    row("all of it", {true, u"https://api.example.com/"_s, {kOld}}, 3, u"sets cookies"_s);
}

void TestNameReach::weighsAName()
{
    QFETCH(NameReach, reach);
    QFETCH(QString, says);
    QTEST(static_cast<int>(reach.reasonsAt(kOld).size()), "reasons");
    const Judged judged = judgeDangling({.domain = u"example.com"_s, .references = {siteless(kOld)}, .reach = reach});
    QCOMPARE(judged.findings.size(), size_t(1));
    const Finding &finding = judged.findings.front();
    QTEST(finding.severity, "severity");
    QVERIFY2(finding.whatWeSaw.contains(says), qPrintable(finding.whatWeSaw));
    const Judged plain = judgeDangling({.domain = u"example.com"_s, .references = {siteless(kOld)}});
    QCOMPARE(finding.id(), plain.findings.front().id());
}

void TestNameReach::whatNobodyCanTakeWeighsNoMore()
{
    SeenReference proofAsked = siteless(kOld);
    proofAsked.service = takeoverServiceOf({u"acme.fastly.net"_s}, TakeoverKind::Web);
    const NameReach all{true, u"https://api.example.com/"_s, {kOld}};
    const Judged judged = judgeDangling({.domain = u"example.com"_s, .references = {proofAsked}, .reach = all});
    QCOMPARE(judged.findings.front().severity, Severity::Medium);
}

void TestNameReach::asksTheApi_data()
{
    QTest::addColumn<QString>("manner");
    QTest::addColumn<QString>("open");
    QTest::newRow("lets subdomains in") << u"open"_s << u"https://api.example.com/"_s;
    QTest::newRow("lets them in, with an error") << u"an error"_s << u"https://api.example.com/"_s;
    QTest::newRow("on a route alone") << u"on a route"_s << u"https://api.example.com/v1/me"_s;
    QTest::newRow("lets them in without credentials") << u"without credentials"_s << QString();
    QTest::newRow("lets everybody read") << u"star"_s << QString();
    QTest::newRow("lets nobody in") << u"closed"_s << QString();
}

void TestNameReach::asksTheApi()
{
    QFETCH(QString, manner);
    const Api api(manner);
    Lab lab(api.port());
    lab.facts.routes = {{.path = u"/v1/me"_s}, {.method = u"DELETE"_s, .path = u"/v1/me"_s}, {.path = u"/v1/{id}"_s}};
    QTEST(apiOpenToSubdomains(lab.look()), "open");
    QCOMPARE(api.asked(), 2); // the front page and one route
}

void TestNameReach::asksWhoStandsInForTheApi()
{
    const Api api(u"open"_s);
    Lab lab(api.port());
    lab.target.hosts = {{HostRole::Site, u"example.com"_s}, {HostRole::App, u"app.example.com"_s}};
    QCOMPARE(apiOpenToSubdomains(lab.look()), u"https://app.example.com/"_s);
    lab.target.hosts = {{HostRole::Mail, u"mail.example.com"_s}};
    QCOMPARE(apiOpenToSubdomains(lab.look()), QString());
    Lab silent(lab::unusedPort());
    QCOMPARE(apiOpenToSubdomains(silent.look()), QString());
}

void TestNameReach::asksNothingTwice()
{
    const Api api(u"open"_s);
    Lab lab(api.port());
    const Host host = lab.target.hosts.back();
    corsCheck().look(lab.look(&host));
    const int sent = lab.seen->probesSent();
    QCOMPARE(apiOpenToSubdomains(lab.look()), u"https://api.example.com/"_s);
    QCOMPARE(lab.seen->probesSent(), sent);
}

void TestNameReach::asksTheApiOnlyWhereItMatters_data()
{
    QTest::addColumn<QString>("leadsTo"); // the alias; its page says that there is no such site
    QTest::addColumn<int>("asked");
    QTest::addColumn<QString>("said");
    QTest::newRow("a name that anybody may take") << u"acme.surge.sh"_s << 1 << u"free_name critical"_s;
    QTest::newRow("a name that leads to nobody's site") << u"acme.hosting.example"_s << 0 << QString();
}

void TestNameReach::asksTheApiOnlyWhereItMatters()
{
    QFETCH(QString, leadsTo);
    QFETCH(int, asked);
    const Api api(u"open"_s);
    const lab::HostileServer web(lab::answering(lab::httpAnswer(404, {}, "project not found")));
    Lab lab(api.port());
    const ScriptedDns zone(
        zoneScript({u"example.com. 60 IN A 192.0.2.1"_s, u"api.example.com. 60 IN A 192.0.2.2"_s,
                    kOld + u". 60 IN CNAME "_s + leadsTo + u'.', leadsTo + u". 60 IN A 192.0.2.8"_s}));
    lab.options.resolvers = {zone.address()};
    lab.options.connects.insert(lab.options.connects.begin(), {kOld, 80, {u"127.0.0.1"_s, web.port()}});
    lab.seen = std::make_unique<Observations>(lab.options, CancelToken(), Deadline::never(), nullptr);
    lab.facts.listedNames = {kOld};
    const Judged judged = danglingCheck().look(lab.look());
    QCOMPARE(api.asked(), asked);
    QTEST(judged.findings.empty() ? QString()
                                  : judged.findings.front().code + u' ' + toWord(judged.findings.front().severity),
          "said");
}

QTEST_GUILESS_MAIN(TestNameReach)
#include "tst_namereach.moc"
