// DMARC records as text (RFC 9989 section 4.7, with the tags that RFC 7489 had and it removed).
#pragma once

#include "models/dmarcpolicy.h"

#include <tl/expected.hpp>

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>

namespace cockpit {

// How a receiver reads: by the standard of 2026, or by the one of 2015, which many have not left yet.
enum class DmarcStandard { Rfc9989, Rfc7489 };

// "u": it is not said whether this name is a public suffix.
enum class DmarcPsd { Yes, No, Unsaid };

struct DmarcRecord
{
    QString text;
    DmarcPolicy policy = DmarcPolicy::None;       // absent counts as none
    bool hasPolicy = false;                       // p= is there and valid
    std::optional<DmarcPolicy> subdomainPolicy;   // sp
    std::optional<DmarcPolicy> nonexistentPolicy; // np
    bool strictDkim = false;
    bool strictSpf = false;
    bool isTest = false; // t=y: receivers apply one level less
    DmarcPsd psd = DmarcPsd::Unsaid;
    QString failureOptions;
    QStringList aggregateReports;  // rua, valid mailto addresses without their scheme and size suffix
    QStringList failureReports;    // ruf
    QStringList removedTags;       // pct, rf, ri: without effect since RFC 9989
    QStringList sizeLimits;        // "!10m" behind report addresses: removed as well
    std::optional<int> percentage; // pct, which receivers of the old standard still obey
    bool policyIsSecond = false;   // right behind the version, where RFC 7489 section 6.4 wants it
    QStringList oddities;          // sentences on values that receivers ignore
    QStringList notes;             // sentences on what is harmless and without effect

    // What RFC 9989 receivers do with mail that fails: from the domain of the record, from an existing subdomain, from
    // a made-up one. With t=y one level less.
    DmarcPolicy effectivePolicy() const;
    DmarcPolicy effectiveSubdomainPolicy() const;
    DmarcPolicy effectiveNonexistentPolicy() const;

    bool operator==(const DmarcRecord &) const = default;
};

// "v=DMARC1" as first tag, the value in capitals. All other texts at the name are passed over.
bool isDmarcRecord(const QByteArray &text);
// Meant as one, to all appearance: "v=dmarc1", "V = DMARC 1", a blank in front, p= without a version.
bool resemblesDmarcRecord(const QByteArray &text);

// The error is a sentence for people. RFC 7489 knows neither np, t nor psd, and wants a p.
[[nodiscard]] tl::expected<DmarcRecord, QString> parseDmarc(const QByteArray &text,
                                                            DmarcStandard standard = DmarcStandard::Rfc9989);

} // namespace cockpit
