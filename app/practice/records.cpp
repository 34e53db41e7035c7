#include "app/practice/records.h"

#include "app/practice/certificates.h"
#include "app/practice/names.h"

#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kSpfIncludes = 11;        // RFC 7208 section 4.6.4 allows ten look-ups
constexpr unsigned kWeakKeyBits = 1024; // RFC 8301 section 3.2 asks for 2048
constexpr unsigned kGoodKeyBits = 2048;
constexpr qsizetype kLongestString = 255; // RFC 1035 section 3.3

QString record(const QByteArray &name, const char *type, const QString &rdata)
{
    return u"%1. 300 IN %2 %3"_s.arg(QString::fromLatin1(name), QLatin1StringView(type), rdata);
}

QString quoted(const QString &text)
{
    QStringList strings;
    for (qsizetype at = 0; at < text.size(); at += kLongestString)
        strings << u'"' + text.mid(at, kLongestString) + u'"';
    return strings.join(u' ');
}

QString dkim(unsigned bits)
{
    return quoted(u"v=DKIM1; k=rsa; p="_s + QString::fromLatin1(freshDkimPublicKey(bits)));
}

QStringList nameServerRecords()
{
    const QString first = QString::fromLatin1(kFirstNameServer) + u'.';
    const QString lame = QString::fromLatin1(kLameNameServer) + u'.';
    return {record(kDomain, "SOA", first + u" hostmaster.acme-ops.example. 2026010101 7200 3600 1209600 300"_s),
            record(kDomain, "NS", first), record(kDomain, "NS", lame), record(kFirstNameServer, "A", u"127.0.0.1"_s),
            record(kLameNameServer, "A", u"127.0.0.1"_s)};
}

// One supplier after another was added and none removed, until the record broke.
QStringList spfRecords()
{
    QStringList records;
    QString policy = u"v=spf1"_s;
    for (int supplier = 1; supplier <= kSpfIncludes; ++supplier) {
        const QByteArray name = "spf" + QByteArray::number(supplier) + "." + kDomain;
        policy += u" include:"_s + QString::fromLatin1(name);
        records << record(name, "TXT", quoted(u"v=spf1 ip4:192.0.2.%1 -all"_s.arg(supplier)));
    }
    records << record(kDomain, "TXT", quoted(policy + u" -all"_s));
    return records;
}

QStringList mailRecords()
{
    return QStringList{
               record(kDomain, "MX", u"10 %1."_s.arg(QString::fromLatin1(kMailHost))),
               record("1.0.0.127.in-addr.arpa", "PTR", QString::fromLatin1(kMailHost) + u'.'),
               record("_dmarc." + kDomain, "TXT", quoted(u"v=DMARC1; p=none; rua=mailto:dmarc@acme-ops.example"_s)),
               record("default._domainkey." + kDomain, "TXT", dkim(kWeakKeyBits)),
               record("s1._domainkey." + kDomain, "TXT", dkim(kGoodKeyBits))} +
           spfRecords();
}

} // namespace

QStringList practiceRecords()
{
    QStringList records = nameServerRecords();
    const std::array hosts{kDomain,   kWwwHost,     kAppHost, kApiHost, kDeskHost,
                           kBetaHost, kStagingHost, kOldHost, kMailHost};
    for (const QByteArray &host : hosts)
        records << record(host, "A", u"127.0.0.1"_s);
    return records + mailRecords();
}

} // namespace cockpit
