#include "checks/tls/ciphers.h"

#include "checks/net/ciphersuites.h"
#include "checks/tls/interception.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TlsCiphers)
};

constexpr int kBrokenPrimeBits = 1024; // below: Logjam (weakdh.org)
constexpr int kSafePrimeBits = 2048;   // RFC 9325 section 4.1

bool speaks(const CipherFacts &facts, TlsVersion version)
{
    return std::ranges::find(facts.versions, version) != facts.versions.end();
}

Finding found(const QString &code, Severity severity, const QString &title, const QString &seen)
{
    Finding finding = makeFinding(code, severity, Proof::Proven, Impact::DataExposure, title, seen);
    finding.effortMinutes = 20;
    return finding;
}

QString takenSuite(const WeakSuite &suite)
{
    return Text::tr("The server took %1 from a client that offered nothing better.")
        .arg(QString::fromLatin1(suite.name));
}

Finding weakCipher(const Host &host, const WeakSuite &suite)
{
    const QString seen = takenSuite(suite);
    switch (suite.family) {
    case WeakFamily::NoEncryption:
        return found(u"null_cipher"_s, Severity::High,
                     Text::tr("%1 agrees to connections that are not encrypted at all").arg(host.name), seen);
    case WeakFamily::Anonymous:
        return found(u"anonymous_cipher"_s, Severity::High,
                     Text::tr("%1 agrees to connections without showing who it is").arg(host.name), seen);
    case WeakFamily::Export:
        return found(u"export_cipher"_s, Severity::High,
                     Text::tr("%1 agrees to encryption that anybody can break").arg(host.name), seen);
    case WeakFamily::Des:
        return found(u"des_cipher"_s, Severity::High,
                     Text::tr("%1 agrees to encryption that is broken within a day").arg(host.name), seen);
    case WeakFamily::Rc4:
        return found(u"rc4_cipher"_s, Severity::Medium,
                     Text::tr("%1 still agrees to the broken cipher RC4").arg(host.name), seen);
    case WeakFamily::TripleDes:
        return found(u"triple_des_cipher"_s, Severity::Low,
                     Text::tr("%1 still agrees to the outdated cipher 3DES").arg(host.name), seen);
    }
    Q_UNREACHABLE();
}

void judgeKeyExchange(const Host &host, const CipherFacts &facts, std::vector<Finding> &findings)
{
    if (facts.primeBits && *facts.primeBits < kSafePrimeBits) {
        findings.push_back(found(u"weak_prime"_s,
                                 *facts.primeBits < kBrokenPrimeBits ? Severity::High : Severity::Medium,
                                 Text::tr("The key exchange of %1 uses a number that is too short").arg(host.name),
                                 Text::tr("The prime of its Diffie-Hellman key exchange has %1 bits; 2048 are wanted.")
                                     .arg(*facts.primeBits)));
    }
    if (!facts.hasForwardSecrecy) {
        const bool isModern = speaks(facts, TlsVersion::Tls13);
        findings.push_back(
            found(u"no_forward_secrecy"_s, isModern ? Severity::Low : Severity::Medium,
                  Text::tr("Recorded connections to %1 can be read once its key is stolen").arg(host.name),
                  isModern ? Text::tr("Below TLS 1.3 it takes no cipher with forward secrecy (ECDHE).")
                           : Text::tr("It takes no cipher with forward secrecy (ECDHE), and does not speak TLS 1.3.")));
    }
    // Before TLS 1.2 there is nothing else, and tls.protocols tells of that.
    if (!facts.hasAead && speaks(facts, TlsVersion::Tls12) && !speaks(facts, TlsVersion::Tls13)) {
        findings.push_back(found(u"cbc_only"_s, Severity::Low,
                                 Text::tr("%1 has none of the modern ciphers").arg(host.name),
                                 Text::tr("It takes ciphers in CBC mode only, neither AES-GCM nor ChaCha20.")));
    }
}

std::vector<Finding> findingsFor(const Host &host, const CipherFacts &facts)
{
    std::vector<Finding> findings;
    for (const std::uint16_t id : facts.weakPicks) {
        if (const WeakSuite *suite = weakSuite(id))
            findings.push_back(weakCipher(host, *suite));
    }
    judgeKeyExchange(host, facts, findings);
    return findings;
}

QJsonObject observedOf(const CipherFacts &facts)
{
    QJsonArray protocols;
    for (const TlsVersion version : facts.versions)
        protocols.append(toWord(version));
    QJsonArray names;
    QJsonArray families;
    for (const std::uint16_t id : facts.weakPicks) {
        if (const WeakSuite *suite = weakSuite(id)) {
            names.append(QString::fromLatin1(suite->name));
            families.append(toWord(suite->family));
        }
    }
    return {{u"protocols"_s, protocols},
            {u"weak_ciphers"_s, names},
            {u"weak_families"_s, families},
            {u"forward_secrecy"_s, facts.hasForwardSecrecy},
            {u"aead"_s, facts.hasAead},
            {u"prime_bits"_s, facts.primeBits ? QJsonValue(*facts.primeBits) : QJsonValue()}};
}

Judged lookAtCiphers(const Look &look)
{
    const auto facts = look.seen.ask(TlsCiphers{look.host->name, look.host->httpsPort});
    if (!*facts) {
        const auto session = sessionFor(look); // says better what is wrong with a name that is nowhere to be found
        return session ? couldNotLook(facts->error()) : session.error();
    }
    if (auto intercepted = interceptedAt(look))
        return *intercepted;
    return judgeCiphers(*look.host, **facts);
}

} // namespace

Judged judgeCiphers(const Host &host, const CipherFacts &facts)
{
    const QString good = speaks(facts, TlsVersion::Tls13) && facts.versions.size() == 1
                             ? Text::tr("TLS 1.3 has no weak cipher, and nothing older is spoken.")
                             : Text::tr("No weak cipher was taken.");
    std::vector<Finding> findings = findingsFor(host, facts);
    return concluded(findings, findings.empty() ? good : findings.front().whatWeSaw, observedOf(facts), {});
}

Check tlsCiphers()
{
    return {.id = u"tls.ciphers"_s,
            .scope = Scope::EachHost,
            .roles = {},
            .impacts = {Impact::DataExposure},
            .needs = {},
            .look = &lookAtCiphers};
}

} // namespace cockpit
