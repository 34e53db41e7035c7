#include "checks/dns/authorities.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Authorities)
};

QStringList stringsOf(const QJsonValue &value)
{
    QStringList strings;
    for (const QJsonValue item : value.toArray())
        strings << item.toString();
    strings.removeAll(QString());
    return strings;
}

tl::unexpected<Error> badEntry(const QString &id, const QString &why)
{
    return failure(ErrorKind::BadInput, Text::tr("Certificate authority \"%1\" is not usable: %2").arg(id, why));
}

Result<KnownAuthority> parseAuthority(const QJsonObject &json, const AuthorityRules &before)
{
    const KnownAuthority authority{json.value("id"_L1).toString(), json.value("name"_L1).toString(),
                                   stringsOf(json.value("organizations"_L1)), stringsOf(json.value("caa"_L1)),
                                   json.value("acme_directory"_L1).toString()};
    if (authority.id.isEmpty() || authority.name.isEmpty() || authority.organizations.isEmpty() ||
        authority.caa.isEmpty())
        return badEntry(authority.id, Text::tr("id, name, organizations and caa are all needed."));
    if (before.byId(authority.id))
        return badEntry(authority.id, Text::tr("the id is used twice."));
    for (const QString &organization : authority.organizations) {
        if (before.byOrganization(organization))
            return badEntry(authority.id, Text::tr("\"%1\" belongs to another one too.").arg(organization));
    }
    return authority;
}

Result<EdgeAuthorities> parseEdge(const QJsonObject &json, const AuthorityRules &rules)
{
    const EdgeAuthorities edge{json.value("provider"_L1).toString(), json.value("name"_L1).toString(),
                               stringsOf(json.value("authorities"_L1))};
    for (const QString &id : edge.authorityIds) {
        if (!rules.byId(id))
            return badEntry(id, Text::tr("\"%1\" names it, but it is not in the list.").arg(edge.providerId));
    }
    return edge;
}

} // namespace

const KnownAuthority *AuthorityRules::byOrganization(const QString &organization) const
{
    const auto it = std::ranges::find_if(authorities, [&](const KnownAuthority &authority) {
        return authority.organizations.contains(organization, Qt::CaseInsensitive);
    });
    return it == authorities.end() ? nullptr : &*it;
}

const KnownAuthority *AuthorityRules::byId(const QString &id) const
{
    const auto it = std::ranges::find(authorities, id, &KnownAuthority::id);
    return it == authorities.end() ? nullptr : &*it;
}

const KnownAuthority *AuthorityRules::byCaaDomain(const QString &domain) const
{
    const auto it = std::ranges::find_if(
        authorities, [&](const KnownAuthority &authority) { return authority.caa.contains(domain); });
    return it == authorities.end() ? nullptr : &*it;
}

Result<AuthorityRules> parseAuthorities(const QByteArray &json)
{
    const QJsonObject root = QJsonDocument::fromJson(json).object();
    AuthorityRules rules;
    for (const QJsonValue value : root.value("authorities"_L1).toArray()) {
        auto authority = parseAuthority(value.toObject(), rules);
        if (!authority)
            return tl::unexpected(authority.error());
        rules.authorities.push_back(std::move(*authority));
    }
    for (const QJsonValue value : root.value("edges"_L1).toArray()) {
        auto edge = parseEdge(value.toObject(), rules);
        if (!edge)
            return tl::unexpected(edge.error());
        rules.edges.push_back(std::move(*edge));
    }
    if (rules.authorities.empty())
        return failure(ErrorKind::BadInput, Text::tr("The list of certificate authorities is empty."));
    return rules;
}

const AuthorityRules &knownAuthorities()
{
    static const AuthorityRules rules = [] {
        QFile file(u":/rules/certificate-authorities.json"_s);
        const bool opened = file.open(QIODevice::ReadOnly);
        Q_ASSERT(opened);
        const auto parsed = parseAuthorities(opened ? file.readAll() : QByteArray());
        Q_ASSERT(parsed); // a test reads the file that is compiled in
        return parsed.value_or(AuthorityRules{});
    }();
    return rules;
}

} // namespace cockpit
