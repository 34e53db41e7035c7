#include "checks/dns/providers.h"
#include "lab/lookwithzone.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

QStringList idsAndKinds(const std::vector<SeenProvider> &seen)
{
    QStringList list;
    for (const SeenProvider &s : seen)
        list << s.provider->id + u' ' + toWord(s.kind);
    return list;
}

const QStringList kZone{u"example.com. 60 IN NS ada.ns.cloudflare.com."_s,
                        u"example.com. 60 IN MX 1 aspmx.l.google.com."_s,
                        u"example.com. 60 IN TXT \"v=spf1 include:_spf.google.com include:sendgrid.net ~all\""_s,
                        u"example.com. 60 IN TXT \"stripe-verification=abc\""_s,
                        u"example.com. 60 IN A 76.76.21.21"_s,
                        u"www.example.com. 60 IN CNAME cname.vercel-dns.com."_s,
                        u"cname.vercel-dns.com. 60 IN A 76.76.21.22"_s};

} // namespace

class DnsProvidersTest : public QObject
{
    Q_OBJECT

private slots:
    void recognisesByEachMark();
    void reportsWhatWasSeen();
    void putsTheDnsCompanyFirst();
    void keepsSilenceApart();
};

void DnsProvidersTest::recognisesByEachMark()
{
    QCOMPARE(idsAndKinds(recogniseProviders({.ns = {u"ns-12.awsdns-34.co.uk"_s}})), QStringList{u"route53 dns"_s});
    QCOMPARE(idsAndKinds(recogniseProviders({.mx = {u"mx.zoho.eu"_s}})), QStringList{u"zoho mail_in"_s});
    QCOMPARE(idsAndKinds(recogniseProviders({.spf = {u"spf.mtasv.net"_s}})), QStringList{u"postmark mail_out"_s});
    QCOMPARE(idsAndKinds(recogniseProviders({.txt = {u"openai-domain-verification=dv"_s}})),
             QStringList{u"openai service"_s});
    QCOMPARE(idsAndKinds(recogniseProviders({.cname = {u"x.onrender.com"_s}})), QStringList{u"render hosting"_s});
    QCOMPARE(idsAndKinds(recogniseProviders({.addresses = {u"104.16.1.1"_s}})), QStringList{u"cloudflare edge"_s});
    QCOMPARE(idsAndKinds(recogniseProviders({.ns = {u"dns1.p01.nsone.net"_s}})), QStringList{u"netlify dns"_s});
    QVERIFY(recogniseProviders({}).empty());
}

void DnsProvidersTest::reportsWhatWasSeen()
{
    const Judged judged = ZoneLook{kZone}.run(providersCheck());
    QCOMPARE(judged.outcome, Outcome::Info);
    QStringList lines;
    for (const QJsonValue p : judged.observed["providers"_L1].toArray())
        lines << p["id"_L1].toString() + u' ' + p["kind"_L1].toString() + u' ' +
                     QString::number(p["evidence"_L1].toArray().size());
    QCOMPARE(lines, (QStringList{u"cloudflare dns 1"_s, u"vercel hosting 3"_s, u"google-workspace mail_in 1"_s,
                                 u"google-workspace mail_out 1"_s, u"sendgrid mail_out 1"_s, u"stripe service 1"_s}));
    QVERIFY(judged.summary.contains(u"Cloudflare"));
}

void DnsProvidersTest::putsTheDnsCompanyFirst()
{
    const ScriptedDns server(zoneScript(kZone));
    NetOptions options;
    options.resolvers = {server.address()};
    Observations seen(options, CancelToken(), Deadline::never(), nullptr);
    const Target target = ZoneLook{}.target;
    QCOMPARE(detectProviders(seen, target).mid(0, 2), (QStringList{u"cloudflare"_s, u"vercel"_s}));
    const int asked = seen.probesSent();
    detectProviders(seen, target);
    QCOMPARE(seen.probesSent(), asked);
}

void DnsProvidersTest::keepsSilenceApart()
{
    const Judged judged = ZoneLook{{u"example.com. SILENT"_s, u"www.example.com. SILENT"_s}}.run(providersCheck());
    QCOMPARE(judged.outcome, Outcome::Error);
}

QTEST_GUILESS_MAIN(DnsProvidersTest)
#include "tst_dnsproviders.moc"
