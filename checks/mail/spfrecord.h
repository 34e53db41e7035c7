// SPF records as text (RFC 7208 sections 4.6, 5, 6 and 12).
#pragma once

#include "models/ipnetwork.h"

#include <tl/expected.hpp>

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace cockpit {

enum class SpfQualifier { Pass, Fail, SoftFail, Neutral };
enum class SpfMechanism { All, Include, A, Mx, Ptr, Ip4, Ip6, Exists };

struct SpfTerm
{
    SpfQualifier qualifier = SpfQualifier::Pass;
    SpfMechanism mechanism = SpfMechanism::All;
    QString domain;                   // domain-spec as written, macros and all; empty: the record's own domain
    std::optional<IpNetwork> network; // ip4, ip6
    int v4Prefix = 32;                // a, mx
    int v6Prefix = 128;
    QString text; // as written

    // include, a, mx, ptr and exists count towards the limit of section 4.6.4.
    bool costsLookup() const;
    bool operator==(const SpfTerm &) const = default;
};

struct SpfRecord
{
    QString text;
    std::vector<SpfTerm> terms;   // mechanisms in order; those behind "all" too, though they have no effect
    QString redirect;             // domain-spec; empty when there is none
    QString explanation;          // exp=
    QStringList unknownModifiers; // as written; evaluation ignores them (section 6)

    const SpfTerm *all() const; // null when there is none
    // What evaluation can reach: section 5.1 ignores what stands behind "all", section 6.1 the redirect beside it.
    std::vector<SpfTerm> reachableTerms() const;
    QString reachableRedirect() const;
    bool operator==(const SpfRecord &) const = default;
};

struct SpfSyntaxError
{
    qsizetype position = 0; // in the record's text
    QString message;        // a sentence for people

    bool operator==(const SpfSyntaxError &) const = default;
};

// Section 4.5: "v=spf1", case aside, followed by a blank or the end. A blank in front disqualifies.
bool isSpfRecord(const QByteArray &text);

// Checks the whole record, as section 4.6 wants: an error far right spoils the terms left of it.
[[nodiscard]] tl::expected<SpfRecord, SpfSyntaxError> parseSpf(const QByteArray &text);

// "include=example.com": a modifier by its form, so that it is ignored, and surely meant as a mechanism.
bool looksLikeMechanism(const QString &modifier);

// The name that a domain-spec stands for, where that does not depend on who sends: without macros, or with %{d} alone.
std::optional<QString> senderIndependentDomain(const QString &domainSpec, const QString &recordDomain);

} // namespace cockpit
