#include "checks/mail/dane.h"

#include <QCryptographicHash>

#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <memory>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kTrustAnchor = 2;
constexpr int kEndEntity = 3;

struct X509Deleter
{
    void operator()(X509 *x509) const { X509_free(x509); }
};

using X509Pointer = std::unique_ptr<X509, X509Deleter>;

X509Pointer parsed(const Certificate &certificate)
{
    const auto *bytes = reinterpret_cast<const unsigned char *>(certificate.der.constData());
    return X509Pointer(d2i_X509(nullptr, &bytes, certificate.der.size()));
}

// SubjectPublicKeyInfo (RFC 6698 section 2.1.2).
QByteArray publicKeyOf(const Certificate &certificate)
{
    const X509Pointer x509 = parsed(certificate);
    if (!x509)
        return {};
    unsigned char *key = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(x509.get()), &key);
    QByteArray der(reinterpret_cast<const char *>(key), std::max(size, 0));
    OPENSSL_free(key);
    return der;
}

bool hasSigned(const Certificate &issuer, const Certificate &certificate)
{
    const X509Pointer above = parsed(issuer);
    const X509Pointer below = parsed(certificate);
    return above && below && X509_check_issued(above.get(), below.get()) == X509_V_OK &&
           X509_verify(below.get(), X509_get0_pubkey(above.get())) == 1;
}

QByteArray associationOf(const Certificate &certificate, const TlsaRecord &record)
{
    QByteArray bytes = record.selector == 0 ? certificate.der : publicKeyOf(certificate);
    if (record.matchingType == 0)
        return bytes;
    return QCryptographicHash::hash(bytes,
                                    record.matchingType == 1 ? QCryptographicHash::Sha256 : QCryptographicHash::Sha512);
}

bool names(const TlsaRecord &record, const Certificate &certificate)
{
    const QByteArray association = associationOf(certificate, record);
    return !association.isEmpty() && association == record.association;
}

} // namespace

bool TlsaRecord::isUsable() const
{
    constexpr qsizetype sha256 = 32;
    constexpr qsizetype sha512 = 64;
    const bool isWhole =
        matchingType == 0 ? !association.isEmpty() : association.size() == (matchingType == 1 ? sha256 : sha512);
    return (usage == kTrustAnchor || usage == kEndEntity) && (selector == 0 || selector == 1) && matchingType >= 0 &&
           matchingType <= 2 && isWhole;
}

std::optional<TlsaRecord> parseTlsa(const QString &presentation)
{
    const QStringList fields = presentation.split(u' ', Qt::SkipEmptyParts);
    if (fields.size() < 4)
        return std::nullopt;
    bool areNumbers[3]{};
    TlsaRecord record{fields[0].toInt(&areNumbers[0]), fields[1].toInt(&areNumbers[1]), fields[2].toInt(&areNumbers[2]),
                      QByteArray::fromHex(fields.mid(3).join(QString()).toLatin1())};
    return std::ranges::all_of(areNumbers, std::identity()) ? std::optional(record) : std::nullopt;
}

std::vector<Certificate> pathTo(const TlsaRecord &record, const std::vector<Certificate> &chain)
{
    if (!record.isUsable() || chain.empty())
        return {};
    // RFC 7671 section 5.2: a trust anchor has to be sent along; a server may name its own certificate as one.
    std::vector<Certificate> path{chain.front()};
    while (!names(record, path.back())) {
        const auto issuer = std::ranges::find_if(chain, [&](const Certificate &other) {
            return std::ranges::find(path, other) == path.end() && hasSigned(other, path.back());
        });
        if (record.usage == kEndEntity || issuer == chain.end())
            return {};
        path.push_back(*issuer);
    }
    return path;
}

bool fits(const TlsaRecord &record, const std::vector<Certificate> &chain)
{
    return !pathTo(record, chain).empty();
}

bool DaneLook::isBinding() const
{
    return state == DaneState::Secure && std::ranges::any_of(records, &TlsaRecord::isUsable);
}

DaneLook readDane(const ProvenAnswer &answer)
{
    DaneLook look;
    for (const DnsRecord &record : answer.answer.records(RrType::Tlsa)) {
        if (const auto tlsa = parseTlsa(record.presentation))
            look.records.push_back(*tlsa);
    }
    // That there are none counts only where the proof of it does not fail (RFC 7672 section 2.1.3).
    const bool isAbsent = look.records.empty();
    switch (answer.proof) {
    case SecurityStatus::Secure:
        look.state = isAbsent ? DaneState::Absent : DaneState::Secure;
        break;
    case SecurityStatus::Insecure:
        look.state = isAbsent ? DaneState::Absent : DaneState::Unsigned;
        break;
    case SecurityStatus::Bogus:
        look.state = DaneState::Bogus;
        break;
    case SecurityStatus::Unknown:
        look.state = DaneState::Unknown;
        break;
    }
    return look;
}

DanePin pinOf(const DaneLook &look, const std::vector<Certificate> &chain)
{
    DanePin pin = DanePin::None;
    for (const TlsaRecord &record : look.records) {
        if (look.state == DaneState::Secure && fits(record, chain))
            pin = std::max(pin, record.usage == kEndEntity ? DanePin::Certificate : DanePin::Authority);
    }
    return pin;
}

bool hasValidDates(const DaneLook &look, const std::vector<Certificate> &chain, const QDateTime &now)
{
    const auto isValid = [&](const Certificate &c) { return c.notBefore <= now && now <= c.notAfter; };
    return std::ranges::any_of(look.records, [&](const TlsaRecord &record) {
        std::vector<Certificate> path = pathTo(record, chain);
        if (path.size() > 1)
            path.pop_back();
        return !path.empty() && std::ranges::all_of(path, isValid);
    });
}

bool isRollOver(const DaneLook &look, const std::vector<Certificate> &chain)
{
    const auto usable = std::ranges::count_if(look.records, &TlsaRecord::isUsable);
    const auto fitting = std::ranges::count_if(look.records, [&](const TlsaRecord &r) { return fits(r, chain); });
    return look.state == DaneState::Secure && fitting > 0 && fitting < usable;
}

QString daneWord(const DaneLook &look, const std::vector<Certificate> &chain)
{
    switch (look.state) {
    case DaneState::Absent:
        return u"absent"_s;
    case DaneState::Unsigned:
        return u"unsigned"_s;
    case DaneState::Bogus:
        return u"bogus"_s;
    case DaneState::Unknown:
        return u"unknown"_s;
    case DaneState::Secure:
        break;
    }
    if (!look.isBinding())
        return u"unusable"_s;
    const bool matches = std::ranges::any_of(look.records, [&](const TlsaRecord &r) { return fits(r, chain); });
    return matches ? u"matches"_s : u"mismatch"_s;
}

} // namespace cockpit
