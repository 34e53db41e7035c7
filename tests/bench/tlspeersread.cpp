#include "tests/bench/tlspeersread.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QXmlStreamReader>

#include <array>
#include <utility>

namespace cockpit::bench {

using namespace Qt::StringLiterals;

namespace {

// Parts of OpenSSL's names of suites.
constexpr std::array<std::pair<const char *, const char *>, 4> kSslscanMarks = {
    {{"null", "NULL"}, {"rc4", "RC4"}, {"export", "EXP"}, {"3des", "3DES"}}};

QString yesNo(bool value)
{
    return value ? u"yes"_s : u"no"_s;
}

const QMap<QString, QString> &testsslVersions()
{
    static const QMap<QString, QString> versions{{u"SSLv3"_s, u"SSL 3"_s},
                                                 {u"TLS1"_s, u"TLS 1.0"_s},
                                                 {u"TLS1_1"_s, u"TLS 1.1"_s},
                                                 {u"TLS1_2"_s, u"TLS 1.2"_s},
                                                 {u"TLS1_3"_s, u"TLS 1.3"_s}};
    return versions;
}

const QMap<QString, QString> &testsslFamilies()
{
    static const QMap<QString, QString> families{{u"cipherlist_NULL"_s, u"null"_s},
                                                 {u"cipherlist_aNULL"_s, u"anonymous"_s},
                                                 {u"cipherlist_EXPORT"_s, u"export"_s},
                                                 {u"cipherlist_3DES_IDEA"_s, u"3des"_s}};
    return families;
}

bool isOffered(const QString &finding)
{
    return finding.startsWith("offered"_L1) || finding.startsWith("supported"_L1);
}

// "RSA 2048 bits (exponent is 65537)", "EC 256 bits (curve P-256)"
QString keyIn(const QString &finding)
{
    static const QRegularExpression form(u"(RSA|EC|EdDSA)\\w* (\\d+) bits"_s);
    const auto match = form.match(finding);
    return match.hasMatch() ? match.captured(1) + u' ' + match.captured(2) : QString();
}

void readTestsslEntry(const QString &id, const QString &finding, Verdicts &verdicts)
{
    if (const QString version = testsslVersions().value(id); !version.isEmpty())
        verdicts[version] = yesNo(isOffered(finding));
    else if (const QString family = testsslFamilies().value(id); !family.isEmpty())
        verdicts[family] = yesNo(isOffered(finding));
    else if (id == "FS"_L1 || id == "PFS"_L1) // 3.2 and 3.0
        verdicts[u"forward"_s] = yesNo(isOffered(finding));
    else if (id == "cert_chain_of_trust"_L1)
        verdicts[u"trusted"_s] = yesNo(finding.contains("passed"_L1));
    else if (id == "cert_trust"_L1)
        verdicts[u"name"_s] = yesNo(finding.startsWith("Ok"_L1, Qt::CaseInsensitive));
    else if (id == "cert_keySize"_L1)
        verdicts[u"key"_s] = keyIn(finding);
}

} // namespace

Verdicts readOurs(const std::map<QString, QJsonObject> &observed)
{
    const auto fact = [&](const char *check, const QString &key) {
        const auto it = observed.find(QString::fromLatin1(check));
        return it == observed.end() ? QJsonValue() : it->second.value(key);
    };
    Verdicts verdicts;
    for (const QString &version : testsslVersions())
        verdicts[version] = yesNo(fact("tls.protocols", u"protocols"_s).toArray().contains(version));
    const QJsonArray families = fact("tls.ciphers", u"weak_families"_s).toArray();
    for (const QString &family : {u"null"_s, u"anonymous"_s, u"export"_s, u"rc4"_s, u"3des"_s})
        verdicts[family] = yesNo(families.contains(family));
    const bool has13 = verdicts.value(u"TLS 1.3"_s) == "yes"_L1;
    verdicts[u"forward"_s] = yesNo(has13 || fact("tls.ciphers", u"forward_secrecy"_s).toBool());
    const QJsonObject certificate = fact("tls.chain", u"certificate"_s).toObject();
    if (certificate.isEmpty())
        return verdicts; // no handshake to be had
    verdicts[u"trusted"_s] = yesNo(fact("tls.chain", u"chain"_s).toString() == "trusted"_L1);
    verdicts[u"name"_s] = yesNo(fact("tls.hostname", u"covers_host"_s).toBool());
    verdicts[u"key"_s] =
        u"%1 %2"_s.arg(certificate.value("key_type"_L1).toString()).arg(certificate.value("key_bits"_L1).toInt());
    return verdicts;
}

Verdicts readTestssl(const QByteArray &json)
{
    Verdicts verdicts;
    for (const QJsonValue entry : QJsonDocument::fromJson(json).array())
        readTestsslEntry(entry["id"_L1].toString(), entry["finding"_L1].toString(), verdicts);
    return verdicts;
}

Verdicts readSslscan(const QByteArray &xml)
{
    Verdicts verdicts;
    bool hasForward = false;
    QXmlStreamReader reader(xml);
    while (!reader.atEnd()) {
        if (reader.readNext() != QXmlStreamReader::StartElement)
            continue;
        const auto attribute = [&](const char *name) {
            return reader.attributes().value(QLatin1StringView(name)).toString();
        };
        if (reader.name() == "protocol"_L1) {
            const QString version = attribute("type") == "ssl"_L1 ? u"SSL "_s : u"TLS "_s;
            verdicts[version + attribute("version")] = yesNo(attribute("enabled") == "1"_L1);
        } else if (reader.name() == "cipher"_L1) {
            const QString cipher = attribute("cipher");
            hasForward |=
                cipher.startsWith("ECDHE"_L1) || cipher.startsWith("DHE"_L1) || attribute("sslversion") == "TLSv1.3"_L1;
            for (const auto &[family, mark] : kSslscanMarks) {
                const QString word = QString::fromLatin1(family);
                verdicts[word] = yesNo(verdicts.value(word) == "yes"_L1 || cipher.contains(QLatin1StringView(mark)));
            }
            const bool isAnonymous = cipher.startsWith("AECDH"_L1) || cipher.startsWith("ADH"_L1);
            verdicts[u"anonymous"_s] = yesNo(verdicts.value(u"anonymous"_s) == "yes"_L1 || isAnonymous);
        } else if (reader.name() == "pk"_L1) {
            verdicts[u"key"_s] = attribute("type") + u' ' + attribute("bits");
        }
    }
    if (!verdicts.isEmpty())
        verdicts[u"forward"_s] = yesNo(hasForward);
    return verdicts;
}

} // namespace cockpit::bench
