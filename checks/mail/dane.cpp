#include "checks/mail/dane.h"

#include "checks/net/opensslhandles.h"

#include <QCryptographicHash>

#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <span>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kTrustAnchor = 2;
constexpr int kEndEntity = 3;

X509Ptr parsed(const Certificate &certificate)
{
    const auto *bytes = reinterpret_cast<const unsigned char *>(certificate.der.constData());
    return X509Ptr(d2i_X509(nullptr, &bytes, certificate.der.size()));
}

// SubjectPublicKeyInfo (RFC 6698 section 2.1.2).
QByteArray publicKeyOf(X509 *x509)
{
    if (!x509)
        return {};
    unsigned char *key = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(x509), &key);
    QByteArray der(reinterpret_cast<const char *>(key), std::max(size, 0));
    OPENSSL_free(key);
    return der;
}

bool hasSigned(X509 *above, X509 *below)
{
    return above && below && X509_check_issued(above, below) == X509_V_OK &&
           X509_verify(below, X509_get0_pubkey(above)) == 1;
}

// What the records name, of one certificate: by selector, then by matching type.
using Associations = std::array<std::array<QByteArray, 3>, 2>;

std::array<QByteArray, 3> formsOf(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return {};
    return {bytes, QCryptographicHash::hash(bytes, QCryptographicHash::Sha256),
            QCryptographicHash::hash(bytes, QCryptographicHash::Sha512)};
}

// The certificates from the server's own upwards, each signed by the next, whatever the order in which they were sent
// (RFC 7671 section 5.2: an authority has to be sent along). Followed once, however many records there are: a chain is
// foreign, and each step costs signatures.
class Path
{
public:
    explicit Path(std::span<const Certificate> sent) : m_sent(sent.first(std::min(sent.size(), kMostDaneCertificates)))
    {
        m_parsed.reserve(m_sent.size());
        for (const Certificate &certificate : m_sent)
            m_parsed.push_back(parsed(certificate));
        for (auto next = m_sent.empty() ? std::nullopt : std::optional<std::size_t>(0); next; next = issuerOfLast())
            add(*next);
    }

    // How many steps above the server's own certificate the one is that the record names.
    std::optional<std::size_t> placeOf(const TlsaRecord &record) const
    {
        if (!record.isUsable())
            return std::nullopt;
        const std::size_t reach =
            record.usage == kEndEntity ? std::min<std::size_t>(m_steps.size(), 1) : m_steps.size();
        for (std::size_t place = 0; place < reach; ++place) {
            if (m_forms[place][static_cast<std::size_t>(record.selector)]
                       [static_cast<std::size_t>(record.matchingType)] == record.association)
                return place;
        }
        return std::nullopt;
    }

    bool hasValidDates(std::size_t upTo, const QDateTime &now) const
    {
        const auto isValid = [&](std::size_t step) {
            return m_sent[step].notBefore <= now && now <= m_sent[step].notAfter;
        };
        const bool doesLastCount = upTo == 0 || m_sent[m_steps[upTo]].isSelfSigned;
        const auto counted = std::span(m_steps).first(upTo + (doesLastCount ? 1 : 0));
        return std::ranges::all_of(counted, isValid);
    }

private:
    void add(std::size_t index)
    {
        m_steps.push_back(index);
        m_forms.push_back({formsOf(m_sent[index].der), formsOf(publicKeyOf(m_parsed[index].get()))});
    }

    std::optional<std::size_t> issuerOfLast() const
    {
        for (std::size_t i = 0; i < m_sent.size(); ++i) {
            const bool isOnPath =
                std::ranges::any_of(m_steps, [&](std::size_t step) { return m_sent[step].der == m_sent[i].der; });
            if (!isOnPath && hasSigned(m_parsed[i].get(), m_parsed[m_steps.back()].get()))
                return i;
        }
        return std::nullopt;
    }

    std::span<const Certificate> m_sent;
    std::vector<X509Ptr> m_parsed;
    std::vector<std::size_t> m_steps;  // places in m_sent
    std::vector<Associations> m_forms; // of each step
};

QString wordOf(DaneState state)
{
    switch (state) {
    case DaneState::Absent:
        return u"absent"_s;
    case DaneState::Unsigned:
        return u"unsigned"_s;
    case DaneState::Bogus:
        return u"bogus"_s;
    case DaneState::Unknown:
        return u"unknown"_s;
    case DaneState::Secure:
        return {}; // the certificates decide
    }
    Q_UNREACHABLE();
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

DaneMatch matchDane(const DaneLook &look, const std::vector<Certificate> &chain, const QDateTime &now)
{
    if (!look.isBinding())
        return {.word = look.state == DaneState::Secure ? u"unusable"_s : wordOf(look.state)};
    const bool namesAuthority = std::ranges::find(look.records, kTrustAnchor, &TlsaRecord::usage) != look.records.end();
    const std::size_t reach = namesAuthority ? chain.size() : std::min<std::size_t>(chain.size(), 1);
    const Path path{std::span<const Certificate>(chain).first(reach)};
    DaneMatch match;
    std::ptrdiff_t fitting = 0;
    for (const TlsaRecord &record : look.records) {
        const auto place = path.placeOf(record);
        if (!place)
            continue;
        ++fitting;
        match.pin = std::max(match.pin, record.usage == kEndEntity ? DanePin::Certificate : DanePin::Authority);
        match.hasValidDates = match.hasValidDates || path.hasValidDates(*place, now);
    }
    match.word = fitting > 0 ? u"matches"_s : u"mismatch"_s;
    match.isRollOver = fitting > 0 && fitting < std::ranges::count_if(look.records, &TlsaRecord::isUsable);
    return match;
}

} // namespace cockpit
