// What the judge makes of references, and looks at sites on loopback.
#include "danglinglab.h"
#include "models/unseen.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestDangling : public QObject
{
    Q_OBJECT

private slots:
    void judges_data();
    void judges();
    void cookiesWeighMore();
    void saysOneThingOnce();
    void looks_data();
    void looks();
    void needsSuffixAndText_data();
    void needsSuffixAndText();
    void aLivingSiteIsNoMissingOne_data();
    void aLivingSiteIsNoMissingOne();
    void aPageThatDoesNotComeSaysNothing_data();
    void aPageThatDoesNotComeSaysNothing();
    void toleratesABadCertificate();
    void keepsTheHops();
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

// The page that did not come may have said that there is no such site.
void TestDangling::aPageThatDoesNotComeSaysNothing_data()
{
    QTest::addColumn<QByteArray>("http");
    QTest::addColumn<bool>("isSilent"); // by https; refuses otherwise
    QTest::addColumn<Outcome>("outcome");
    const QByteArray page = lab::httpAnswer(200, {}, "welcome");
    const QByteArray upgrade = lab::httpAnswer(301, {"Location: https://blog.example.com/"}, {});
    const QByteArray other = lab::httpAnswer(404, {}, "no such page");
    QTest::newRow("a page by http") << page << true << Outcome::Pass;
    QTest::newRow("led to https, which is silent") << upgrade << true << Outcome::Info;
    QTest::newRow("led to https, which refuses") << upgrade << false << Outcome::Info;
    QTest::newRow("another error, and https is silent") << other << true << Outcome::Info;
    QTest::newRow("another error, and https refuses") << other << false << Outcome::Pass;
}

void TestDangling::aPageThatDoesNotComeSaysNothing()
{
    QFETCH(QByteArray, http);
    QFETCH(bool, isSilent);
    const lab::HostileServer plain(lab::answering(http));
    const lab::HostileServer silent([](lab::Connection &connection) { connection.hang(); });
    const SocketAddress secure{u"127.0.0.1"_s, isSilent ? silent.port() : lab::unusedPort()};
    const Judged result =
        Lab{.zone = {kApex, u"blog.example.com. 60 IN CNAME a.surge.sh."_s, u"a.surge.sh. 60 IN A 192.0.2.8"_s},
            .connects = {{u"blog.example.com"_s, 80, {u"127.0.0.1"_s, plain.port()}},
                         {u"blog.example.com"_s, 443, secure}},
            .patience = isSilent ? kShortPatience : Lab().patience}
            .run();
    QTEST(result.outcome, "outcome");
    QCOMPARE(codesOf(result), QStringList());
    QCOMPARE(unseenSubjects(result.observed),
             result.outcome == Outcome::Info ? QStringList{u"cname blog.example.com a.surge.sh"_s} : QStringList());
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

void TestDangling::keepsTheHops()
{
    const Judged result = Lab{.zone = {kApex, u"blog.example.com. 60 IN CNAME one.held.com."_s,
                                       u"one.held.com. 60 IN CNAME two.held.com."_s}}
                              .run();
    const QJsonObject seen = result.observed["references"_L1][0].toObject();
    QCOMPARE(seen["hops"_L1].toArray(), (QJsonArray{u"one.held.com"_s, u"two.held.com"_s}));
    QCOMPARE(seen["state"_L1].toString(), u"missing_name"_s);
}

void TestDangling::endsWhenCancelled()
{
    CancelToken token;
    token.cancel();
    QCOMPARE(Lab{.zone = {kApex}}.run(token).outcome, Outcome::NotRun);
}

QTEST_GUILESS_MAIN(TestDangling)
#include "tst_dangling.moc"
