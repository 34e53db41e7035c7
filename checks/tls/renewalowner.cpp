#include "checks/tls/renewalowner.h"

#include "checks/dns/authorities.h"
#include "models/providers.h"
#include "models/redactor.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RenewalOwner)
};

// An ACME client renews by the calendar of weeks; longer lives are bought (facts: Let's Encrypt, Google and ZeroSSL
// give 90 days at most).
constexpr qint64 kLongestAcmeLife = 100LL * 24 * 60 * 60;

// Their addresses lead to machines whose owners care for certificates themselves.
bool isMereCloud(const QString &providerId)
{
    static const QStringList clouds{u"aws"_s, u"google-cloud"_s, u"azure"_s, u"digitalocean"_s};
    return clouds.contains(providerId);
}

const Provider *platformAt(const QStringList &aliases, const QString &address)
{
    for (const Provider &provider : knownProviders()) {
        const bool serves = provider.is(ProviderKind::Edge) || provider.is(ProviderKind::Hosting);
        if (!serves || isMereCloud(provider.id))
            continue;
        const bool isNamed =
            std::ranges::any_of(aliases, [&](const QString &alias) { return matchesHost(provider.cname, alias); });
        if (isNamed || matchesAddress(provider.addresses, address))
            return &provider;
    }
    return nullptr;
}

} // namespace

QString toWord(RenewalOwnerKind kind)
{
    switch (kind) {
    case RenewalOwnerKind::Platform:
        return u"platform"_s;
    case RenewalOwnerKind::AcmeClient:
        return u"acme_client"_s;
    case RenewalOwnerKind::Person:
        return u"person"_s;
    case RenewalOwnerKind::OwnAuthority:
        return u"own_authority"_s;
    case RenewalOwnerKind::Unknown:
        return u"unknown"_s;
    }
    Q_UNREACHABLE();
}

RenewalOwner guessRenewalOwner(const Certificate &leaf, TrustKind trust, const QStringList &aliases,
                               const QString &address)
{
    const KnownAuthority *authority = knownAuthorities().byOrganization(leaf.issuerOrganization);
    const QString issuer = authority ? authority->name : plainText(leaf.issuerOrganization, 80);
    if (trust == TrustKind::Private)
        return {RenewalOwnerKind::OwnAuthority, plainText(leaf.issuer, 80)};
    // Amazon gives certificates to its own services alone, and renews them.
    if (authority && authority->id == "amazon"_L1)
        return {RenewalOwnerKind::Platform, u"AWS Certificate Manager"_s};
    const bool isAcme = leaf.notBefore.secsTo(leaf.notAfter) <= kLongestAcmeLife;
    if (const Provider *platform = platformAt(aliases, address); platform && isAcme)
        return {RenewalOwnerKind::Platform, platform->name};
    if (isAcme && authority)
        return {RenewalOwnerKind::AcmeClient, issuer};
    // A long life at a platform: uploaded by somebody.
    return {isAcme ? RenewalOwnerKind::Unknown : RenewalOwnerKind::Person, issuer};
}

QString sentenceFor(const RenewalOwner &owner)
{
    switch (owner.kind) {
    case RenewalOwnerKind::Platform:
        return Text::tr("%1 should renew it by itself.").arg(owner.name);
    case RenewalOwnerKind::AcmeClient:
        return Text::tr("A program on your server, such as certbot or Caddy, should renew it with %1.").arg(owner.name);
    case RenewalOwnerKind::Person:
        return Text::tr("It looks as if a person has to buy and install the next one.");
    case RenewalOwnerKind::OwnAuthority:
        return Text::tr("It comes from an authority of your own (\"%1\").").arg(owner.name);
    case RenewalOwnerKind::Unknown:
        return Text::tr("Who renews it could not be guessed.");
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
