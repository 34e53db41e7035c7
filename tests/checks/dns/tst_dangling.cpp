// Dangling names: the rules by rows, and the look against servers on loopback.
#include "checks/dns/certificatesearch.h"
#include "checks/dns/dangling.h"
#include "checks/dns/rdap.h"
#include "checks/dns/referencelists.h"
#include "lab/lookwithzone.h"
#include "tests/lab/hostileserver.h"
#include "tests/lab/knotserver.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const TakeoverService *service(const QString &target, TakeoverKind kind = TakeoverKind::Web)
{
    const TakeoverService *found = takeoverServiceOf({target}, kind);
    if (!found)
        qFatal("no service");
    return found;
}

SeenReference reference(ReferenceState state, const QString &target, ReferenceKind kind = ReferenceKind::Alias)
{
    SeenReference seen{.reference = {.kind = kind, .from = u"blog.example.com"_s, .target = target, .hops = {target}}};
    seen.state = state;
    return seen;
}

SeenReference missing(const QString &target, DomainHold hold, ReferenceKind kind = ReferenceKind::Alias)
{
    SeenReference seen = reference(ReferenceState::MissingName, target, kind);
    seen.holding = DomainHolding{.hold = hold, .isConfirmed = hold == DomainHold::Free, .why = u"because."_s};
    return seen;
}

SeenReference at(ReferenceState state, const QString &target, TakeoverKind kind = TakeoverKind::Web)
{
    SeenReference seen =
        reference(state, target, kind == TakeoverKind::Dns ? ReferenceKind::NameServer : ReferenceKind::Alias);
    seen.service = service(target, kind);
    return seen;
}

Judged judged(const std::vector<SeenReference> &references, bool wideCookies = false)
{
    return judgeDangling({u"example.com"_s, references, 5, false, {.setsWideCookies = wideCookies}});
}

QString said(const Judged &judged)
{
    QStringList lines;
    for (const Finding &f : judged.findings)
        lines << u"%1 %2 %3 %4"_s.arg(f.code, toWord(f.severity), toWord(f.proof), toWord(f.impact));
    return lines.isEmpty() ? toWord(judged.outcome) : lines.join(u'\n');
}

// A look at a zone, with what the registry says put in place.
struct Lab
{
    QStringList zone = {};
    std::vector<ConnectOverride> connects = {};
    QStringList freeDomains = {};
    QStringList loggedNames = {};
    QStringList withoutData = {};           // domains whose registry offers none
    ScriptedDns::Script script = {};        // in place of the zone
    QStringList secondZone = {};            // of another resolver; empty: there is none
    std::optional<SourcedNames> pages = {}; // what they say, in place of a look at them
    // Where nobody listens: for every host that is not among the connects.
    QString caFile = {};
    std::vector<ConnectOverride> refused = {{QString(), 443, {u"127.0.0.1"_s, lab::unusedPort()}},
                                            {QString(), 80, {u"127.0.0.1"_s, lab::unusedPort()}}};

    Judged run(CancelToken token = {})
    {
        const ScriptedDns server(script ? script : zoneScript(zone));
        NetOptions options;
        options.resolvers = {server.address()};
        const ScriptedDns second(zoneScript(secondZone));
        if (!secondZone.isEmpty())
            options.resolvers.push_back(second.address());
        options.connects = connects;
        options.connects.insert(options.connects.end(), refused.begin(), refused.end());
        options.caFile = caFile;
        options.operationTimeout = std::chrono::milliseconds(600);
        Observations seen(options, token, Deadline::never(), nullptr);
        seen.put(CertificateSearch{u"example.com"_s}, loggedNames);
        for (const QString &domain : freeDomains)
            seen.put(RdapLookup{domain}, RdapAnswer{.state = RdapState::NotRegistered});
        for (const QString &domain : withoutData)
            seen.put(RdapLookup{domain}, RdapAnswer{.state = RdapState::NoServer});
        const Target target = *parseAddress(u"example.com"_s); // with its www, which need not exist
        if (pages)
            seen.put(NamesFromSource{NameSource::Link, target}, *pages);
        const Policy policy;
        const ProjectFacts facts;
        return danglingCheck().look(Look{seen, target, nullptr, policy, facts, QDateTime::currentDateTimeUtc()});
    }
};

const QString kApex = u"example.com. 60 IN A 192.0.2.1"_s;

} // namespace

class TestDangling : public QObject
{
    Q_OBJECT

private slots:
    void judges_data();
    void judges();
    void cookiesWeighMore();
    void saysOneThingOnce();
    void tellsGapsFromReferences_data();
    void tellsGapsFromReferences();
    void looks_data();
    void looks();
    void needsSuffixAndText_data();
    void needsSuffixAndText();
    void aLivingSiteIsNoMissingOne_data();
    void aLivingSiteIsNoMissingOne();
    void toleratesABadCertificate();
    void looksAtNameServers_data();
    void looksAtNameServers();
    void takesNoFaultForARefusal_data();
    void takesNoFaultForARefusal();
    void aServerWithoutAddressServesNobody_data();
    void aServerWithoutAddressServesNobody();
    void asksTheNextNameServer_data();
    void asksTheNextNameServer();
    void asksRealNameServers_data();
    void asksRealNameServers();
    void keepsTheHops();
    void doesNotTrustAFilter_data();
    void doesNotTrustAFilter();
    void forgivesWildcardsOfPolicies_data();
    void forgivesWildcardsOfPolicies();
    void whatCouldNotBeReadIsNoPass_data();
    void whatCouldNotBeReadIsNoPass();
    void tooMuchIsNoPass_data();
    void tooMuchIsNoPass();
    void saysWhichReferencesDoNotFit();
    void aClearNoIsNoGap_data();
    void aClearNoIsNoGap();
    void silenceIsNoPass();
    void endsWhenCancelled();
};

void TestDangling::judges_data()
{
    QTest::addColumn<SeenReference>("seen");
    QTest::addColumn<QString>("said");
    const auto row = [](const char *name, const SeenReference &seen, const QString &said) {
        QTest::newRow(name) << seen << said;
    };
    using enum ReferenceState;
    row("fine", reference(Fine, u"a.host.example"_s), u"pass"_s);
    row("unclear", reference(Unclear, u"a.host.example"_s), u"info"_s);

    row("the domain is free", missing(u"a.gone.com"_s, DomainHold::Free),
        u"free_domain critical proven account_takeover"_s);
    SeenReference unconfirmed = missing(u"a.gone.com"_s, DomainHold::Free);
    unconfirmed.holding->isConfirmed = false;
    row("free, one witness", unconfirmed, u"free_domain critical strong account_takeover"_s);
    row("free, of the name server", missing(u"ns.gone.com"_s, DomainHold::Free, ReferenceKind::NameServer),
        u"free_domain critical proven account_takeover"_s);
    row("free, of the mail server", missing(u"mx.gone.com"_s, DomainHold::Free, ReferenceKind::MailServer),
        u"free_domain critical proven account_takeover"_s);
    row("free, in SPF", missing(u"gone.com"_s, DomainHold::Free, ReferenceKind::Spf),
        u"free_domain critical proven email_delivery"_s);
    row("free, for reports", missing(u"gone.com"_s, DomainHold::Free, ReferenceKind::Report),
        u"free_domain high proven data_exposure"_s);
    row("free, in a page", missing(u"gone.com"_s, DomainHold::Free, ReferenceKind::Script),
        u"free_domain critical proven account_takeover"_s);
    row("gone, and the domain is held", missing(u"a.held.com"_s, DomainHold::Held),
        u"dangling medium proven maintainability"_s);
    row("gone, and nobody knows who holds it", missing(u"a.gone.com"_s, DomainHold::Unclear),
        u"dangling medium proven maintainability"_s);
    SeenReference own = reference(MissingName, u"gone.example.com"_s);
    own.isOwnName = true;
    row("gone, and ours", own, u"dangling low proven maintainability"_s);

    row("missing at a service that gives names to anybody", at(MissingName, u"acme.azurewebsites.net"_s),
        u"free_name high strong account_takeover"_s);
    row("missing at a service that asks for proof", at(MissingName, u"acme.azurefd.net"_s),
        u"dangling medium proven maintainability"_s);
    row("missing at a service that says so in a page", at(MissingName, u"acme.surge.sh"_s),
        u"dangling medium proven maintainability"_s);
    row("no site, anybody may take it", at(NoSuchSite, u"acme.surge.sh"_s),
        u"free_name high strong account_takeover"_s);
    row("no site, proof is asked for", at(NoSuchSite, u"acme.fastly.net"_s),
        u"dangling medium strong maintainability"_s);
    row("no site, an edge case", at(NoSuchSite, u"acme.github.io"_s), u"dangling medium strong maintainability"_s);

    const auto zone = [](const QString &server, const QString &of, bool whole, bool known) {
        SeenReference seen = known ? at(ZoneRefused, server, TakeoverKind::Dns)
                                   : reference(ZoneRefused, server, ReferenceKind::NameServer);
        seen.reference.from = of;
        seen.isWholeZone = whole;
        return seen;
    };
    row("one server of ours refuses", zone(u"ns2.host.example"_s, u"example.com"_s, false, false), u"pass"_s);
    row("all servers of ours refuse", zone(u"ns2.host.example"_s, u"example.com"_s, true, false), u"pass"_s);
    row("one server of a zone below refuses", zone(u"ns2.host.example"_s, u"dev.example.com"_s, false, false),
        u"pass"_s);
    row("all servers of a zone below refuse", zone(u"ns2.host.example"_s, u"dev.example.com"_s, true, false),
        u"dead_delegation medium proven downtime"_s);
    row("one refuses where anybody may make the zone", zone(u"ns1.digitalocean.com"_s, u"example.com"_s, false, true),
        u"pass"_s);
    SeenReference allThere = zone(u"ns1.digitalocean.com"_s, u"example.com"_s, false, true);
    allThere.isWholeService = true;
    row("all refuse where anybody may make the zone", allThere, u"free_name critical strong account_takeover"_s);
    row("one refuses where it goes by lot", zone(u"ada.ns.cloudflare.com"_s, u"example.com"_s, false, true), u"pass"_s);
    row("all refuse where it goes by lot", zone(u"ada.ns.cloudflare.com"_s, u"dev.example.com"_s, true, true),
        u"dead_delegation medium proven downtime"_s);
}

void TestDangling::judges()
{
    QFETCH(SeenReference, seen);
    QTEST(said(judged({seen})), "said");
}

void TestDangling::cookiesWeighMore()
{
    const auto seen = at(ReferenceState::NoSuchSite, u"acme.surge.sh"_s);
    QCOMPARE(judged({seen}, false).findings.front().severity, Severity::High);
    QCOMPARE(judged({seen}, true).findings.front().severity, Severity::Critical);
    // What nobody can take gets no cookies.
    QCOMPARE(judged({at(ReferenceState::NoSuchSite, u"acme.github.io"_s)}, true).findings.front().severity,
             Severity::Medium);
}

void TestDangling::saysOneThingOnce()
{
    SeenReference one = missing(u"gone.com"_s, DomainHold::Free, ReferenceKind::Spf);
    one.reference.via = u"a:gone.com"_s;
    SeenReference other = one;
    other.reference.via = u"mx:gone.com"_s;
    const Judged both = judged({one, other});
    QCOMPARE(both.findings.size(), size_t(1));
    QCOMPARE(both.observed["references"_L1].toArray().size(), 2);
    QCOMPARE(both.findings.front().subject, u"spf blog.example.com gone.com"_s); // nothing that varies
}

void TestDangling::tellsGapsFromReferences_data()
{
    QTest::addColumn<int>("unclear");
    QTest::addColumn<QStringList>("problems");
    QTest::addColumn<QString>("summary");
    const QStringList slow{u"crt.sh is slow."_s};
    QTest::newRow("nothing open") << 0 << QStringList{} << u"All of 1 reference(s) to other names lead somewhere"_s;
    QTest::newRow("a reference") << 1 << QStringList{}
                                 << u"None of the references that could be followed leads nowhere; "
                                    "1 could not be followed"_s;
    QTest::newRow("a source of names") << 0 << slow
                                       << u"None of the references that were found leads nowhere; not every place "
                                          "could be searched for more of them"_s;
    QTest::newRow("both") << 2 << slow
                          << u"None of the references that could be followed leads nowhere; 2 could not be followed, "
                             "and not every place could be searched for more of them"_s;
}

void TestDangling::tellsGapsFromReferences()
{
    QFETCH(int, unclear);
    QFETCH(QStringList, problems);
    std::vector<SeenReference> references{reference(ReferenceState::Fine, u"a.host.example"_s)};
    references.resize(1 + static_cast<size_t>(unclear), reference(ReferenceState::Unclear, u"b.host.example"_s));
    const Judged result =
        judgeDangling({.domain = u"example.com"_s, .references = references, .names = 5, .problems = problems});
    QTEST(result.summary, "summary");
    QCOMPARE(result.outcome == Outcome::Pass, unclear == 0 && problems.isEmpty());
    QCOMPARE(result.reason, problems.value(0));
}

void TestDangling::looks_data()
{
    QTest::addColumn<QStringList>("zone");
    QTest::addColumn<QStringList>("freeDomains");
    QTest::addColumn<QStringList>("codes");
    const QString held = u"held.com. 60 IN A 192.0.2.5"_s;
    const auto row = [&](const char *name, const QStringList &zone, const QStringList &freeDomains,
                         const QStringList &codes) {
        QTest::newRow(name) << QStringList{kApex, held} + zone << freeDomains << codes;
    };
    const QStringList gone{u"gone.com"_s};
    const QString txt = u"example.com. 60 IN TXT "_s;
    row("nothing", {}, {}, {});
    row("alias to a living name", {u"blog.example.com. 60 IN CNAME held.com."_s}, {}, {});
    row("alias to a free domain", {u"blog.example.com. 60 IN CNAME x.gone.com."_s}, gone, {u"free_domain"_s});
    row("alias over two hops",
        {u"blog.example.com. 60 IN CNAME mid.held.com."_s, u"mid.held.com. 60 IN CNAME gone.com."_s}, gone,
        {u"free_domain"_s});
    row("alias to a missing name of a held domain", {u"blog.example.com. 60 IN CNAME x.held.com."_s}, gone,
        {u"dangling"_s});
    row("alias to a missing name of ours", {u"blog.example.com. 60 IN CNAME x.example.com."_s}, gone, {u"dangling"_s});
    row("alias to a customer's name of a living company",
        {u"blog.example.com. 60 IN CNAME acme.github.io."_s, u"github.io. 60 IN A 192.0.2.6"_s}, {u"acme.github.io"_s},
        {u"dangling"_s}); // registered is github.io
    row("alias to a name that fails", {u"blog.example.com. 60 IN CNAME x.fails.com."_s, u"x.fails.com. SERVFAIL"_s},
        gone, {});
    row("mail server", {u"example.com. 60 IN MX 10 mx.gone.com."_s}, gone, {u"free_domain"_s});
    row("mail server of IPv6 alone",
        {u"example.com. 60 IN MX 10 mx.six.com."_s, u"mx.six.com. 60 IN AAAA 2001:db8::1"_s}, gone, {});
    row("no mail", {u"example.com. 60 IN MX 0 ."_s}, gone, {});
    row("include", {txt + u"\"v=spf1 include:gone.com -all\""_s}, gone, {u"free_domain"_s});
    row("redirect", {txt + u"\"v=spf1 redirect=gone.com\""_s}, gone, {u"free_domain"_s});
    row("a term", {txt + u"\"v=spf1 a:x.gone.com -all\""_s}, gone, {u"free_domain"_s});
    row("mx term", {txt + u"\"v=spf1 mx:gone.com -all\""_s}, gone, {u"free_domain"_s});
    row("exists term", {txt + u"\"v=spf1 exists:x.gone.com -all\""_s}, gone, {u"free_domain"_s});
    row("a term that depends on the sender", {txt + u"\"v=spf1 exists:%{i}.gone.com -all\""_s}, gone, {});
    row("a term that is never reached", {txt + u"\"v=spf1 -all a:gone.com\""_s}, gone, {});
    row("include of an include",
        {txt + u"\"v=spf1 include:held.com -all\""_s, u"held.com. 60 IN TXT \"v=spf1 include:gone.com -all\""_s}, gone,
        {u"free_domain"_s});
    row("reports", {u"_dmarc.example.com. 60 IN TXT \"v=DMARC1; p=none; rua=mailto:a@gone.com\""_s}, gone,
        {u"free_domain"_s});
    row("failure reports", {u"_dmarc.example.com. 60 IN TXT \"v=DMARC1; p=none; ruf=mailto:a@gone.com\""_s}, gone,
        {u"free_domain"_s});
    row("reports to us", {u"_dmarc.example.com. 60 IN TXT \"v=DMARC1; p=none; rua=mailto:a@example.com\""_s}, gone, {});
    row("reports of a record further up",
        {u"_dmarc.com. 60 IN TXT \"v=DMARC1; p=none; psd=y; rua=mailto:a@gone.com\""_s}, gone, {u"free_domain"_s});
    row("reports of a record further up that does not count",
        {u"_dmarc.com. 60 IN TXT \"v=DMARC1; p=none; psd=y; rua=mailto:a@gone.com\""_s,
         u"_dmarc.example.com. 60 IN TXT \"v=DMARC1; p=none\""_s},
        gone, {});
    row("the registry does not answer", {u"blog.example.com. 60 IN CNAME x.gone.com."_s}, {}, {u"dangling"_s});
}

void TestDangling::looks()
{
    QFETCH(QStringList, zone);
    QFETCH(QStringList, freeDomains);
    const Judged result = Lab{.zone = zone, .freeDomains = freeDomains}.run();
    QTEST(codesOf(result), "codes");
    for (const Finding &finding : result.findings)
        QVERIFY(!finding.evidence.empty());
}

void TestDangling::needsSuffixAndText_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<Outcome>("outcome");
    const QByteArray gone = lab::httpAnswer(404, {}, "<h1>project not found</h1>");
    QTest::newRow("both") << u"acme.surge.sh"_s << gone << QStringList{u"free_name"_s} << Outcome::Fail;
    QTest::newRow("text alone") << u"acme.hosting.com"_s << gone << QStringList{} << Outcome::Pass;
    QTest::newRow("suffix alone") << u"acme.surge.sh"_s << lab::httpAnswer(404, {}, "<h1>no such page</h1>")
                                  << QStringList{} << Outcome::Pass;
    QTest::newRow("no web server") << u"acme.surge.sh"_s << QByteArray("garbage\r\n\r\n") << QStringList{}
                                   << Outcome::Info;
}

void TestDangling::needsSuffixAndText()
{
    QFETCH(QString, target);
    QFETCH(QByteArray, body);
    const lab::HostileServer web(lab::answering(body));
    const Judged result =
        Lab{.zone = {kApex, u"blog.example.com. 60 IN CNAME "_s + target + u'.', target + u". 60 IN A 192.0.2.8"_s},
            .connects = {{u"blog.example.com"_s, 80, {u"127.0.0.1"_s, web.port()}}}}
            .run();
    QTEST(codesOf(result), "codes");
    QTEST(result.outcome, "outcome");
}

void TestDangling::aLivingSiteIsNoMissingOne_data()
{
    QTest::addColumn<QByteArray>("http");
    QTest::addColumn<QByteArray>("https");
    QTest::addColumn<bool>("isTrusted"); // the certificate
    QTest::addColumn<QStringList>("codes");
    const QByteArray gone = lab::httpAnswer(404, {}, "project not found");
    const QByteArray page = lab::httpAnswer(200, {}, "welcome");
    const QByteArray article = lab::httpAnswer(200, {}, "an article: project not found");
    const QByteArray upgrade = lab::httpAnswer(301, {"Location: https://blog.example.com/"}, {});
    const QByteArray away = lab::httpAnswer(301, {"Location: https://www.example.com/"}, {});
    const QByteArray other = lab::httpAnswer(404, {}, "no such page");
    const QStringList claim{u"free_name"_s};
    const QByteArray signIn = lab::httpAnswer(401, {}, "who are you?");
    const QStringList none;
    QTest::newRow("gone by both") << gone << gone << false << claim;
    QTest::newRow("gone, and another error by https") << gone << other << false << claim;
    QTest::newRow("gone by https, to which http leads") << upgrade << gone << false << claim;
    QTest::newRow("gone by http, a page by https") << gone << page << false << none;
    QTest::newRow("gone by https, http leads elsewhere") << away << gone << false << none;
    QTest::newRow("a page that has the words") << article << article << false << none;
    // The service has a certificate for the name, so that somebody keeps a site there: by https alone.
    QTest::newRow("gone by both, with a good certificate") << gone << gone << true << claim;
    QTest::newRow("gone by http, and an API without a front page by https") << gone << other << true << none;
    QTest::newRow("gone by http, and an API that wants a key by https") << gone << signIn << true << none;
}

void TestDangling::aLivingSiteIsNoMissingOne()
{
    QFETCH(QByteArray, http);
    QFETCH(QByteArray, https);
    const lab::HostileServer plain(lab::answering(http));
    QFETCH(bool, isTrusted);
    const lab::Identity root = lab::makeRoot(u"Lab"_s);
    const lab::Identity good =
        lab::makeSigned({.commonName = u"blog.example.com"_s, .names = {u"blog.example.com"_s}}, root);
    QTemporaryDir folder;
    QFile roots(folder.filePath(u"root.pem"_s));
    QVERIFY(roots.open(QIODevice::WriteOnly) && roots.write(root.certificatePem()) > 0 && roots.flush());
    const lab::HostileServer secure(
        lab::answering(https),
        lab::TlsSetup{{isTrusted ? good : lab::makeSelfSigned({.commonName = u"else.example"_s})}});
    const Judged result =
        Lab{.zone = {kApex, u"blog.example.com. 60 IN CNAME a.surge.sh."_s, u"a.surge.sh. 60 IN A 192.0.2.8"_s},
            .connects = {{u"blog.example.com"_s, 80, {u"127.0.0.1"_s, plain.port()}},
                         {u"blog.example.com"_s, 443, {u"127.0.0.1"_s, secure.port()}}},
            .caFile = roots.fileName()}
            .run();
    QTEST(codesOf(result), "codes");
}

void TestDangling::toleratesABadCertificate()
{
    const lab::HostileServer web(lab::answering(lab::httpAnswer(404, {}, "project not found")),
                                 lab::TlsSetup{{lab::makeSelfSigned({.commonName = u"else.example"_s})}});
    const Judged result =
        Lab{.zone = {kApex, u"blog.example.com. 60 IN CNAME a.surge.sh."_s, u"a.surge.sh. 60 IN A 192.0.2.8"_s},
            .connects = {{u"blog.example.com"_s, 443, {u"127.0.0.1"_s, web.port()}}}}
            .run();
    QCOMPARE(codesOf(result), QStringList{u"free_name"_s});
}

void TestDangling::looksAtNameServers_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("does");
    QTest::addColumn<QString>("resolver"); // what it has of the zone
    QTest::addColumn<QStringList>("codes");
    const QString fails = u"dev.example.com. SERVFAIL"_s;
    const QString lives = u"dev.example.com. 60 IN A 192.0.2.7"_s;
    const QStringList none;
    const QStringList dead{u"dead_delegation"_s};
    QTest::newRow("serves") << u"ns1.hosting.com"_s << u"serves"_s << fails << none;
    QTest::newRow("refuses") << u"ns1.hosting.com"_s << u"refuses"_s << fails << dead;
    QTest::newRow("refuses, and anybody may make the zone")
        << u"ns1.digitalocean.com"_s << u"refuses"_s << fails << QStringList{u"free_name"_s};
    QTest::newRow("of a free domain") << u"ns1.gone.com"_s << u"serves"_s << fails << QStringList{u"free_domain"_s};
    // It holds only the zone above, or answers for everything.
    QTest::newRow("says that its name does not exist") << u"ns1.hosting.com"_s << u"denies"_s << fails << dead;
    QTest::newRow("has its name in the zone above") << u"ns1.hosting.com"_s << u"is above"_s << fails << dead;
    QTest::newRow("denies it, where anybody may make the zone")
        << u"ns1.digitalocean.com"_s << u"denies"_s << fails << dead; // the service refuses what nobody has
    // A load balancer may know addresses and nothing else.
    QTest::newRow("denies it for this kind of record alone") << u"ns1.hosting.com"_s << u"denies"_s << lives << none;
    QTest::newRow("serves it and has no SOA") << u"ns1.hosting.com"_s << u"is empty"_s << fails << none;
}

// "dev" is handed to another server, which the own name server tells by a referral.
void TestDangling::looksAtNameServers()
{
    QFETCH(QString, server);
    QFETCH(QString, does);
    QFETCH(QString, resolver);
    const ScriptedDns own([server](const DnsQuestionSeen &question) -> DnsReply {
        if (question.name == "dev.example.com"_L1)
            return {.authority = {u"dev.example.com. 60 IN NS "_s + server + u'.'}};
        return {.authoritative = true, .answers = {u"example.com. 60 IN SOA a. b. 1 2 3 4 5"_s}};
    });
    const ScriptedDns below([does](const DnsQuestionSeen &) -> DnsReply {
        const QString soa = u"%1 60 IN SOA a. b. 1 2 3 4 5"_s;
        if (does == "refuses"_L1)
            return {.rcode = 5};
        if (does == "denies"_L1)
            return {.rcode = 3, .authoritative = true, .authority = {soa.arg(u"example.com."_s)}};
        if (does == "is above"_L1)
            return {.authoritative = true, .authority = {soa.arg(u"example.com."_s)}};
        if (does == "is empty"_L1)
            return {.authoritative = true, .authority = {soa.arg(u"dev.example.com."_s)}};
        return {.authoritative = true, .answers = {soa.arg(u"dev.example.com."_s)}};
    });
    QStringList zone{kApex, u"example.com. 60 IN NS ns.example.com."_s, u"ns.example.com. 60 IN A 192.0.2.53"_s,
                     resolver};
    if (!server.endsWith("gone.com"_L1))
        zone << server + u". 60 IN A 192.0.2.54"_s;
    std::vector<ConnectOverride> connects{{u"ns.example.com"_s, 53, own.address()}};
    if (!server.endsWith("gone.com"_L1))
        connects.push_back({server, 53, below.address()});
    const Judged result = Lab{.zone = zone, .connects = connects, .freeDomains = {u"gone.com"_s}}.run();
    QTEST(codesOf(result), "codes");
}

void TestDangling::takesNoFaultForARefusal_data()
{
    QTest::addColumn<QStringList>("servers"); // what each of the zone's servers does
    QTest::addColumn<QString>("resolver");    // what it says about the zone
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<int>("unclear");
    const QString fails = u"example.com. SERVFAIL"_s;
    const QString knows = u"example.com. 60 IN SOA a. b. 1 2 3 4 5"_s;
    const auto row = [](const char *name, const QStringList &servers, const QString &resolver, const QStringList &codes,
                        int unclear) { QTest::newRow(name) << servers << resolver << codes << unclear; };
    // Where none of them answers for the zone, nobody says either which names it hands on: one more.
    row("all serve", {u"serves"_s, u"serves"_s}, knows, {}, 0);
    row("one fails for once", {u"serves"_s, u"fails"_s}, knows, {}, 1);
    row("one is silent", {u"serves"_s, u"silent"_s}, knows, {}, 1);
    row("one refuses", {u"serves"_s, u"refuses"_s}, knows, {}, 0);
    row("one refuses, the other fails", {u"refuses"_s, u"fails"_s}, fails, {}, 2);
    row("all fail", {u"fails"_s, u"fails"_s}, fails, {}, 3);
    row("all refuse, and the resolver fails", {u"refuses"_s, u"refuses"_s}, fails, {u"free_name"_s, u"free_name"_s}, 1);
    row("all answer for somebody else, and the resolver fails", {u"guesses"_s, u"guesses"_s}, fails,
        {u"free_name"_s, u"free_name"_s}, 1);
    // A network that sends all questions to its own resolver.
    row("all refuse, and the resolver knows", {u"refuses"_s, u"refuses"_s}, knows, {}, 3);
    row("all answer for somebody else, and the resolver knows", {u"guesses"_s, u"guesses"_s}, knows, {}, 3);
}

void TestDangling::takesNoFaultForARefusal()
{
    QFETCH(QStringList, servers);
    QFETCH(QString, resolver);
    const QString soa = u"example.com. 60 IN SOA a. b. 1 2 3 4 5"_s;
    std::vector<std::unique_ptr<ScriptedDns>> running;
    std::vector<ConnectOverride> connects;
    QStringList zone;
    for (qsizetype i = 0; i < servers.size(); ++i) {
        const QString name = u"ns%1.digitalocean.com"_s.arg(i + 1);
        running.push_back(std::make_unique<ScriptedDns>([does = servers[i], soa](const DnsQuestionSeen &) -> DnsReply {
            if (does == "serves"_L1)
                return {.authoritative = true, .answers = {soa}};
            return {.rcode = does == "fails"_L1     ? 2
                             : does == "refuses"_L1 ? 5
                                                    : 0,
                    .silent = does == "silent"_L1,
                    .answers = does == "guesses"_L1 ? QStringList{soa} : QStringList()};
        }));
        connects.push_back({name, 53, running.back()->address()});
        zone << name + u". 60 IN A 192.0.2.5%1"_s.arg(i);
    }
    // The resolver's word on the zone is apart from the other records: a name that fails, fails for all types.
    const auto rest = zoneScript(zone + QStringList{kApex, u"example.com. 60 IN NS ns1.digitalocean.com."_s,
                                                    u"example.com. 60 IN NS ns2.digitalocean.com."_s});
    const auto aboutZone = zoneScript({resolver});
    const auto script = [rest, aboutZone](const DnsQuestionSeen &question) {
        constexpr int soaType = 6;
        return question.type == soaType ? aboutZone(question) : rest(question);
    };
    const Judged result = Lab{.connects = connects, .script = script}.run();
    QTEST(codesOf(result), "codes");
    const bool isRemembered = resolver.contains(u"SOA") && !servers.contains(u"serves"_s);
    const QString last = result.evidence.empty() ? QString() : result.evidence.back().body;
    QCOMPARE(last.contains(u"or the resolver remembers"), isRemembered);
    QTEST(result.observed["unclear"_L1].toInt(), "unclear");
}

// "dev" is handed to two servers, of which one refuses it.
void TestDangling::aServerWithoutAddressServesNobody_data()
{
    QTest::addColumn<QString>("other"); // what the DNS has of its name
    QTest::addColumn<QStringList>("codes");
    const QStringList dead{u"dead_delegation"_s};
    QTest::newRow("it has no address") << u"ns2.held.com. 60 IN TXT \"x\""_s << dead;
    QTest::newRow("nobody knows whether it has one") << u"ns2.held.com. SERVFAIL"_s << QStringList{};
}

void TestDangling::aServerWithoutAddressServesNobody()
{
    QFETCH(QString, other);
    const ScriptedDns own([](const DnsQuestionSeen &question) -> DnsReply {
        if (question.name == "dev.example.com"_L1)
            return {.authority = {u"dev.example.com. 60 IN NS ns1.held.com."_s,
                                  u"dev.example.com. 60 IN NS ns2.held.com."_s}};
        return {.authoritative = true, .answers = {u"example.com. 60 IN SOA a. b. 1 2 3 4 5"_s}};
    });
    const ScriptedDns below([](const DnsQuestionSeen &) -> DnsReply { return {.rcode = 5}; });
    const Judged result =
        Lab{.zone = {kApex, u"example.com. 60 IN NS ns.example.com."_s, u"ns.example.com. 60 IN A 192.0.2.53"_s,
                     u"ns1.held.com. 60 IN A 192.0.2.54"_s, other, u"dev.example.com. SERVFAIL"_s},
            .connects = {{u"ns.example.com"_s, 53, own.address()}, {u"ns1.held.com"_s, 53, below.address()}}}
            .run();
    QTEST(codesOf(result), "codes");
}

// "dev" is handed on, and the server there refuses the zone; two name servers of the domain could tell.
void TestDangling::asksTheNextNameServer_data()
{
    QTest::addColumn<QString>("first"); // what it does when asked about "dev"
    QTest::addColumn<QString>("second");
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<QString>("problem"); // in the evidence
    const QStringList dead{u"dead_delegation"_s};
    const QString tells = u"tells"_s;
    const QString nobody = u"None of the name servers of example.com could be asked"_s;
    QTest::newRow("the first tells") << tells << u"silent"_s << dead << QString();
    QTest::newRow("the first refuses") << u"refuses"_s << tells << dead << QString();
    QTest::newRow("the first fails") << u"fails"_s << tells << dead << QString();
    QTest::newRow("the first is silent") << u"silent"_s << tells << dead << QString();
    QTest::newRow("the first leads up") << u"leads up"_s << tells << dead << QString();
    QTest::newRow("the first knows nothing and says so without authority")
        << u"is empty"_s << tells << dead << QString();
    QTest::newRow("all refuse") << u"refuses"_s << u"refuses"_s << QStringList{} << nobody;
    QTest::newRow("all are silent") << u"silent"_s << u"silent"_s << QStringList{} << nobody;
    QTest::newRow("all fail for this name alone")
        << u"fails for dev"_s << u"fails for dev"_s << QStringList{}
        << u"None of the name servers of example.com says whether it hands on: dev.example.com"_s;
}

void TestDangling::asksTheNextNameServer()
{
    const auto server = [](const QString &does) {
        return [does](const DnsQuestionSeen &question) -> DnsReply {
            const QString soa = u"example.com. 60 IN SOA a. b. 1 2 3 4 5"_s;
            if (question.name == "example.com"_L1)
                return {.authoritative = true, .answers = {soa}};
            if (does == "refuses"_L1)
                return {.rcode = 5};
            if (does == "silent"_L1)
                return {.silent = true};
            if (does == "leads up"_L1)
                return {.authority = {u"com. 60 IN NS a.gtld.example."_s}};
            if (does == "is empty"_L1)
                return {};
            if (question.name != "dev.example.com"_L1)
                return {.rcode = does == "fails"_L1 ? 2 : 3, .authoritative = true, .authority = {soa}};
            if (does == "tells"_L1)
                return {.authority = {u"dev.example.com. 60 IN NS ns.held.com."_s}};
            return {.rcode = 2};
        };
    };
    QFETCH(QString, first);
    QFETCH(QString, second);
    const ScriptedDns one(server(first));
    const ScriptedDns two(server(second));
    const ScriptedDns below([](const DnsQuestionSeen &) -> DnsReply { return {.rcode = 5}; });
    const Judged result =
        Lab{.zone = {kApex, u"example.com. 60 IN NS ns1.example.com."_s, u"example.com. 60 IN NS ns2.example.com."_s,
                     u"ns1.example.com. 60 IN A 192.0.2.53"_s, u"ns2.example.com. 60 IN A 192.0.2.54"_s,
                     u"ns.held.com. 60 IN A 192.0.2.55"_s, u"dev.example.com. SERVFAIL"_s},
            .connects = {{u"ns1.example.com"_s, 53, one.address()},
                         {u"ns2.example.com"_s, 53, two.address()},
                         {u"ns.held.com"_s, 53, below.address()}}}
            .run();
    QTEST(codesOf(result), "codes");
    QFETCH(QString, problem);
    const QString gaps = result.evidence.front().body;
    QVERIFY2(gaps.contains(problem), qPrintable(gaps));
    QCOMPARE(gaps.contains(u"None of the name servers"), !problem.isEmpty());
}

void TestDangling::asksRealNameServers_data()
{
    QTest::addColumn<QString>("zoneBelow"); // that the server below has
    QTest::addColumn<QStringList>("codes");
    QTest::newRow("it has the zone") << u"dev.example.com"_s << QStringList{};
    QTest::newRow("it has another") << u"other.example"_s << QStringList{u"dead_delegation"_s};
    QTest::newRow("it has only what is above") << u"example.com"_s << QStringList{u"dead_delegation"_s};
    QTest::newRow("it has only what is below") << u"x.dev.example.com"_s << QStringList{u"dead_delegation"_s};
}

void TestDangling::asksRealNameServers()
{
    QFETCH(QString, zoneBelow);
    const lab::KnotServer own(u"example.com"_s,
                              "@ 60 SOA ns hostmaster 1 60 60 600 60\n@ 60 NS ns\nns 60 A 192.0.2.53\n"
                              "@ 60 A 192.0.2.1\ndev 60 NS ns.held.com.\n");
    const lab::KnotServer below(zoneBelow, "@ 60 SOA ns.held.com. hostmaster 1 60 60 600 60\n@ 60 NS ns.held.com.\n"
                                           "@ 60 A 192.0.2.2\n");
    QVERIFY(own.isReady() && below.isReady());
    const bool isServed = zoneBelow == "dev.example.com"_L1;
    const Judged result =
        Lab{.zone = {kApex, u"example.com. 60 IN NS ns.example.com."_s, u"ns.example.com. 60 IN A 192.0.2.53"_s,
                     u"ns.held.com. 60 IN A 192.0.2.54"_s,
                     isServed ? u"dev.example.com. 60 IN A 192.0.2.2"_s : u"dev.example.com. SERVFAIL"_s},
            .connects = {{u"ns.example.com"_s, 53, own.address()}, {u"ns.held.com"_s, 53, below.address()}}}
            .run();
    QTEST(codesOf(result), "codes");
    const QJsonArray references = result.observed["references"_L1].toArray();
    const bool isSeen = std::ranges::any_of(references, [](const QJsonValue &reference) {
        return reference["from"_L1].toString() == "dev.example.com"_L1 && reference["kind"_L1].toString() == "ns"_L1;
    });
    QVERIFY(isSeen); // the referral was read, whatever came of it
}

void TestDangling::keepsTheHops()
{
    const Judged result = Lab{.zone = {kApex, u"blog.example.com. 60 IN CNAME one.held.com."_s,
                                       u"one.held.com. 60 IN CNAME two.held.com."_s}}
                              .run();
    const QJsonObject seen = result.observed["references"_L1][0].toObject();
    QCOMPARE(seen["hops"_L1].toArray(), (QJsonArray{u"one.held.com"_s, u"two.held.com"_s}));
    QCOMPARE(seen["state"_L1].toString(), u"missing_name"_s);
}

void TestDangling::doesNotTrustAFilter_data()
{
    QTest::addColumn<QString>("leadsTo");
    QTest::addColumn<QString>("second"); // what another resolver has
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<int>("unclear");
    const QString name = u"x.gone.com"_s;
    QTest::newRow("another one knows the name") << name << u"x.gone.com. 60 IN A 192.0.2.9"_s << QStringList{} << 1;
    QTest::newRow("another one knows of other types") << name << u"x.gone.com. 60 IN MX 1 a."_s << QStringList{} << 1;
    QTest::newRow("another one does not know it") << name << kApex << QStringList{u"free_domain"_s} << 0;
    QTest::newRow("another one fails") << name << u"x.gone.com. SERVFAIL"_s << QStringList{u"free_domain"_s} << 0;
    QTest::newRow("a name of ours") << u"x.example.com"_s << u"x.example.com. 60 IN A 192.0.2.9"_s
                                    << QStringList{u"dangling"_s} << 0;
}

void TestDangling::doesNotTrustAFilter()
{
    QFETCH(QString, leadsTo);
    QFETCH(QString, second);
    const QString alias = u"blog.example.com. 60 IN CNAME %1."_s.arg(leadsTo);
    const Judged result =
        Lab{.zone = {kApex, alias}, .freeDomains = {u"gone.com"_s}, .secondZone = {alias, second}}.run();
    QTEST(codesOf(result), "codes");
    QTEST(result.observed["unclear"_L1].toInt(), "unclear");
}

void TestDangling::forgivesWildcardsOfPolicies_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<QString>("why"); // nobody knows; empty: it is known
    const QStringList none;
    QTest::newRow("a name that is gone") << u"x.held.com"_s << QStringList{u"dangling"_s} << QString();
    QTest::newRow("below a name that is gone") << u"*.x.held.com"_s << none << QString();
    QTest::newRow("a free domain") << u"gone.com"_s << QStringList{u"free_domain"_s} << QString();
    QTest::newRow("below a free domain") << u"*.gone.com"_s << QStringList{u"free_domain"_s} << QString();
    QTest::newRow("below a domain whose registry tells nothing")
        << u"*.x.quiet.com"_s << none << u"The registry of quiet.com offers no registration data"_s;
    QTest::newRow("below a domain whose registry does not answer") << u"*.mute.com"_s << none << u"refused"_s;
    QTest::newRow("below a suffix") << u"*.co.uk"_s << none << u"co.uk"_s;
}

void TestDangling::forgivesWildcardsOfPolicies()
{
    QFETCH(QString, host);
    const Judged result = Lab{.zone = {kApex, u"held.com. 60 IN A 192.0.2.5"_s},
                              .freeDomains = {u"gone.com"_s},
                              .withoutData = {u"quiet.com"_s},
                              .pages = SourcedNames{.scriptHosts = {host}}}
                              .run();
    QTEST(codesOf(result), "codes");
    QFETCH(QString, why);
    QCOMPARE(result.observed["unclear"_L1].toInt(), why.isEmpty() ? 0 : 1);
    QCOMPARE(result.outcome == Outcome::Info, !why.isEmpty());
    const QString said = result.evidence.empty() ? QString() : result.evidence.back().body;
    QVERIFY2(why.isEmpty() || said.contains(why), qPrintable(said));
}

// The resolver fails for one type of records alone.
void TestDangling::whatCouldNotBeReadIsNoPass_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("type");
    QTest::addColumn<QStringList>("notes");
    QTest::addColumn<Outcome>("outcome");
    const QString domain = u"example.com"_s;
    QTest::newRow("all is read") << QString() << 0 << QStringList{} << Outcome::Pass;
    QTest::newRow("NS") << domain << 2 << QStringList{} << Outcome::Info;
    QTest::newRow("MX") << domain << 15 << QStringList{} << Outcome::Info;
    QTest::newRow("SPF") << domain << 16 << QStringList{} << Outcome::Info;
    QTest::newRow("DMARC") << u"_dmarc.example.com"_s << 16 << QStringList{} << Outcome::Info;
    QTest::newRow("DMARC of the suffix") << u"_dmarc.com"_s << 16 << QStringList{} << Outcome::Pass;
    QTest::newRow("an address of ours") << u"www.example.com"_s << 1 << QStringList{} << Outcome::Info;
    QTest::newRow("a name that is guessed, whose alias cannot be seen")
        << u"blog.example.com"_s << 1 << QStringList{} << Outcome::Info;
    QTest::newRow("a page") << QString() << 0 << QStringList{u"No page came."_s} << Outcome::Info;
}

void TestDangling::whatCouldNotBeReadIsNoPass()
{
    QFETCH(QString, name);
    QFETCH(int, type);
    QFETCH(QStringList, notes);
    const auto zone = zoneScript({kApex});
    const auto script = [zone, name, type](const DnsQuestionSeen &question) {
        return question.name == name && question.type == type ? DnsReply{.rcode = 2} : zone(question);
    };
    const Judged result = Lab{.script = script, .pages = SourcedNames{.notes = notes}}.run();
    QTEST(result.outcome, "outcome");
    QCOMPARE(result.observed["unclear"_L1].toInt() > 0, result.outcome == Outcome::Info);
    QVERIFY(result.findings.empty());
}

void TestDangling::tooMuchIsNoPass_data()
{
    QTest::addColumn<int>("includes"); // one within the other
    QTest::addColumn<int>("names");    // in the logs, all of them gone
    QTest::addColumn<int>("living");   // names in the logs that exist
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("SPF that is followed to its end") << 11 << 0 << 0 << Outcome::Pass;
    QTest::newRow("SPF that is not") << 12 << 0 << 0 << Outcome::Info;
    QTest::newRow("names that are all looked at") << 1 << 200 << 0 << Outcome::Pass;
    QTest::newRow("names that are not") << 1 << 500 << 0 << Outcome::Info;
    QTest::newRow("names that are all asked about as zones") << 1 << 0 << 55 << Outcome::Pass;
    QTest::newRow("names that are not all asked about as zones") << 1 << 0 << 70 << Outcome::Info;
}

void TestDangling::tooMuchIsNoPass()
{
    QFETCH(int, includes);
    QFETCH(int, names);
    QFETCH(int, living);
    Lab lab{.zone = {kApex, u"example.com. 60 IN TXT \"v=spf1 include:s1.mailer.test -all\""_s}};
    for (int i = 1; i < includes; ++i)
        lab.zone << u"s%1.mailer.test. 60 IN TXT \"v=spf1 include:s%2.mailer.test -all\""_s.arg(i).arg(i + 1);
    lab.zone << u"s%1.mailer.test. 60 IN TXT \"v=spf1 -all\""_s.arg(includes);
    for (int i = 0; i < names; ++i)
        lab.loggedNames << u"old%1.example.com"_s.arg(i);
    for (int i = 0; i < living; ++i) {
        lab.loggedNames << u"new%1.example.com"_s.arg(i);
        lab.zone << u"new%1.example.com. 60 IN A 192.0.2.9"_s.arg(i);
    }
    const ScriptedDns own([](const DnsQuestionSeen &question) -> DnsReply {
        return {.rcode = question.name == "example.com"_L1 ? 0 : 3,
                .authoritative = true,
                .authority = {u"example.com. 60 IN SOA a. b. 1 2 3 4 5"_s}};
    });
    lab.zone << u"example.com. 60 IN NS ns1.example.com."_s << u"ns1.example.com. 60 IN A 192.0.2.53"_s;
    lab.connects = {{u"ns1.example.com"_s, 53, own.address()}};
    QTEST(lab.run().outcome, "outcome");
}

void TestDangling::saysWhichReferencesDoNotFit()
{
    FoundNames names;
    for (int i = 0; i < 60; ++i)
        names.scriptHosts << u"cdn%1.host.example"_s.arg(i);
    QCOMPARE(scriptReferences(u"example.com"_s, names).problems.size(), 0);
    names.scriptHosts << u"cdn60.host.example"_s;
    const OpenReferences cut = scriptReferences(u"example.com"_s, names);
    QCOMPARE(cut.references.size(), size_t(60));
    QCOMPARE(cut.problems.size(), 1);
}

// What a host does not have is no gap in what is known; what it did not say is one.
void TestDangling::aClearNoIsNoGap_data()
{
    QTest::addColumn<QStringList>("zone");
    QTest::addColumn<QString>("listens"); // on the hosts' port of HTTPS
    QTest::addColumn<Outcome>("outcome");
    const QString www = u"www.example.com. 60 IN A 192.0.2.2"_s;
    QTest::newRow("www does not exist") << QStringList{kApex} << u"127.0.0.1"_s << Outcome::Pass;
    QTest::newRow("www has no address") << QStringList{kApex, u"www.example.com. 60 IN TXT \"x\""_s} << u"127.0.0.1"_s
                                        << Outcome::Pass;
    QTest::newRow("both refuse the connection") << QStringList{kApex, www} << u"127.0.0.1"_s << Outcome::Pass;
    QTest::newRow("no way but by IPv6, which this network may not have")
        << QStringList{kApex, www} << u"::1"_s << Outcome::Info;
    QTest::newRow("the certificate does not come in time") << QStringList{kApex, www} << u"silent"_s << Outcome::Info;
    QTest::newRow("nobody knows whether www exists")
        << QStringList{kApex, u"www.example.com. SERVFAIL"_s} << u"127.0.0.1"_s << Outcome::Info;
}

void TestDangling::aClearNoIsNoGap()
{
    QFETCH(QStringList, zone);
    QFETCH(QString, listens);
    const lab::HostileServer silent([](lab::Connection &connection) { connection.hang(); });
    const bool isSilent = listens == "silent"_L1;
    const SocketAddress place =
        isSilent ? SocketAddress{u"127.0.0.1"_s, silent.port()} : SocketAddress{listens, lab::unusedPort()};
    Lab lab{.zone = zone};
    lab.refused = {{u"example.com"_s, 443, place}};
    if (zone.contains(u"www.example.com. 60 IN A 192.0.2.2"_s))
        lab.refused.push_back({u"www.example.com"_s, 443, place});
    QTEST(lab.run().outcome, "outcome");
}

void TestDangling::silenceIsNoPass()
{
    QCOMPARE(Lab{.zone = {u"example.com. SILENT"_s}}.run().outcome, Outcome::Error);
    QCOMPARE(Lab{.zone = {}}.run().outcome, Outcome::NotRun); // no such domain
    // The mail server's name gets no answer: that is neither there nor gone.
    const Judged unclear =
        Lab{.zone = {kApex, u"example.com. 60 IN MX 10 mx.held.com."_s, u"mx.held.com. SILENT"_s}}.run();
    QCOMPARE(unclear.outcome, Outcome::Info);
    QCOMPARE(unclear.observed["unclear"_L1].toInt(), 1);
    QVERIFY(unclear.summary.contains(u"1"));
}

void TestDangling::endsWhenCancelled()
{
    CancelToken token;
    token.cancel();
    QCOMPARE(Lab{.zone = {kApex}}.run(token).outcome, Outcome::NotRun);
}

Q_DECLARE_METATYPE(SeenReference)

QTEST_GUILESS_MAIN(TestDangling)
#include "tst_dangling.moc"
