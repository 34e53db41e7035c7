#include "checks/tls/key.h"

#include "checks/web/report.h"
#include "models/redactor.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TlsKey)
};

constexpr int kBrokenRsaBits = 1024;
constexpr int kSafeRsaBits = 2048; // what browsers and CA/Browser Forum rules ask for
constexpr int kGoodRsaBits = 3072;
constexpr int kSafeCurveBits = 224;
constexpr int kGoodCurveBits = 256;

KeyGrade rsaGrade(int bits, qulonglong exponent)
{
    // With 1 the message is its own signature; an even number is no exponent at all. 0: not known.
    if (exponent == 1 || (exponent != 0 && exponent % 2 == 0) || bits < kBrokenRsaBits)
        return KeyGrade::Broken;
    if (bits < kSafeRsaBits)
        return KeyGrade::PhaseOut;
    return bits < kGoodRsaBits ? KeyGrade::Enough : KeyGrade::Good;
}

KeyGrade curveGrade(int bits, const QString &curve)
{
    if (bits < kSafeCurveBits)
        return KeyGrade::Broken;
    // A good curve, but for coins: no browser takes it.
    return bits < kGoodCurveBits || curve == "secp256k1"_L1 ? KeyGrade::PhaseOut : KeyGrade::Good;
}

QString saidKey(const KeyedCertificate &one)
{
    const Certificate &certificate = one.certificate;
    return one.fields.curve.isEmpty()
               ? Text::tr("%1 with %2 bits")
                     .arg(plainText(certificate.keyType, 40), QString::number(certificate.keyBits))
               : Text::tr("%1 on the curve %2").arg(plainText(certificate.keyType, 40), one.fields.curve);
}

QString shownSubject(const Certificate &certificate)
{
    return plainText(certificate.subject, 200);
}

Finding weakKey(const Host &host, const KeyedCertificate &leaf, KeyGrade grade)
{
    Finding finding = makeFinding(
        u"weak_key"_s, grade == KeyGrade::Broken ? Severity::Critical : Severity::High, Proof::Proven,
        Impact::DataExposure, Text::tr("The key behind %1 is too weak").arg(host.name),
        Text::tr("The certificate's key is %1. Browsers ask for RSA with at least 2048 bits, or a curve such as P-256.")
            .arg(saidKey(leaf)));
    finding.effortMinutes = 30;
    return finding;
}

Finding brokenExponent(const Host &host, qulonglong exponent)
{
    Finding finding =
        makeFinding(u"broken_exponent"_s, Severity::Critical, Proof::Proven, Impact::DataExposure,
                    Text::tr("The key behind %1 protects nothing").arg(host.name),
                    Text::tr("The public exponent of the RSA key is %1, where 65537 is usual.").arg(exponent));
    finding.effortMinutes = 45;
    return finding;
}

Finding weakIssuer(const Host &host, const KeyedCertificate &issuer)
{
    Finding finding =
        makeFinding(u"weak_issuer_key"_s, Severity::Medium, Proof::Proven, Impact::Downtime,
                    Text::tr("An authority behind the certificate of %1 has a weak key").arg(host.name),
                    Text::tr("The key of \"%1\" is %2.").arg(shownSubject(issuer.certificate), saidKey(issuer)));
    finding.effortMinutes = 45;
    return finding;
}

Finding oldSignature(const Host &host, const Certificate &certificate)
{
    Finding finding = makeFinding(u"old_signature"_s, Severity::High, Proof::Proven, Impact::Downtime,
                                  Text::tr("Browsers refuse the signature under the certificate of %1").arg(host.name),
                                  Text::tr("The certificate \"%1\" is signed with %2. Only SHA-2 is accepted today.")
                                      .arg(shownSubject(certificate), plainText(certificate.signature, 80)));
    finding.effortMinutes = 45;
    return finding;
}

std::vector<Finding> findingsFor(const Host &host, std::span<const KeyedCertificate> chain)
{
    std::vector<Finding> findings;
    const KeyedCertificate &leaf = chain.front();
    const KeyGrade grade = gradeOf(leaf);
    const qulonglong exponent = leaf.fields.exponent;
    if (exponent == 1 || (exponent != 0 && exponent % 2 == 0))
        findings.push_back(brokenExponent(host, exponent));
    else if (grade == KeyGrade::Broken || grade == KeyGrade::PhaseOut)
        findings.push_back(weakKey(host, leaf, grade));
    // A root's signature is not looked at by anybody: it is trusted as it is.
    const auto isOld = [](const KeyedCertificate &one) {
        return !one.certificate.isSelfSigned && hasOldSignature(one.certificate);
    };
    if (const auto old = std::ranges::find_if(chain, isOld); old != chain.end())
        findings.push_back(oldSignature(host, old->certificate));
    const auto issuers = chain.subspan(1);
    const auto isWeak = [](const KeyedCertificate &one) { return gradeOf(one) >= KeyGrade::PhaseOut; };
    if (const auto weak = std::ranges::find_if(issuers, isWeak); weak != issuers.end())
        findings.push_back(weakIssuer(host, *weak));
    return findings;
}

QJsonArray chainJson(std::span<const KeyedCertificate> chain)
{
    QJsonArray all;
    for (const KeyedCertificate &one : chain) {
        all.append(QJsonObject{{u"subject"_s, one.certificate.subject},
                               {u"key_type"_s, one.certificate.keyType},
                               {u"key_bits"_s, one.certificate.keyBits},
                               {u"signature"_s, one.certificate.signature}});
    }
    return all;
}

Judged lookAtKey(const Look &look)
{
    const auto session = sessionFor(look);
    if (!session)
        return session.error();
    std::vector<KeyedCertificate> chain;
    chain.reserve(session->chain.size());
    for (const Certificate &certificate : session->chain)
        chain.push_back({certificate, readFields(certificate.der)});
    Judged judged = judgeKey(*look.host, chain);
    judged.evidence = {chainEvidence(*session)};
    return judged;
}

} // namespace

QString toWord(KeyGrade grade)
{
    switch (grade) {
    case KeyGrade::Good:
        return u"good"_s;
    case KeyGrade::Enough:
        return u"enough"_s;
    case KeyGrade::PhaseOut:
        return u"phase_out"_s;
    case KeyGrade::Broken:
        return u"broken"_s;
    }
    Q_UNREACHABLE();
}

KeyGrade gradeOf(const KeyedCertificate &one)
{
    const QString &type = one.certificate.keyType;
    if (type == "RSA"_L1 || type == "RSA-PSS"_L1)
        return rsaGrade(one.certificate.keyBits, one.fields.exponent);
    if (type == "EC"_L1)
        return curveGrade(one.certificate.keyBits, one.fields.curve);
    return type == "DSA"_L1 ? KeyGrade::Broken : KeyGrade::Good; // Ed25519, Ed448, and what comes after them
}

bool hasOldSignature(const Certificate &certificate)
{
    static constexpr std::array kOld = {"sha1"_L1, "md5"_L1, "md4"_L1, "md2"_L1};
    return std::ranges::any_of(
        kOld, [&](QLatin1StringView word) { return certificate.signature.contains(word, Qt::CaseInsensitive); });
}

Judged judgeKey(const Host &host, std::span<const KeyedCertificate> chain)
{
    const KeyedCertificate &leaf = chain.front();
    const KeyGrade grade = gradeOf(leaf);
    const QJsonObject observed{{u"certificate"_s, certificateJson(leaf.certificate)},
                               {u"curve"_s, leaf.fields.curve.isEmpty() ? QJsonValue() : QJsonValue(leaf.fields.curve)},
                               {u"exponent"_s, leaf.fields.exponent == 0
                                                   ? QJsonValue()
                                                   : QJsonValue(static_cast<qint64>(leaf.fields.exponent))},
                               {u"grade"_s, toWord(grade)},
                               {u"chain"_s, chainJson(chain)}};
    const QString summary = grade == KeyGrade::Enough
                                ? Text::tr("The key is %1, which is enough for today.").arg(saidKey(leaf))
                                : Text::tr("The key is %1.").arg(saidKey(leaf));
    std::vector<Finding> findings = findingsFor(host, chain);
    return concluded(findings, findings.empty() ? summary : findings.front().whatWeSaw, observed, {});
}

Check tlsKey()
{
    return {.id = u"tls.key"_s,
            .scope = Scope::EachHost,
            .roles = {},
            .impacts = {Impact::DataExposure, Impact::Downtime},
            .needs = {},
            .look = &lookAtKey};
}

} // namespace cockpit
