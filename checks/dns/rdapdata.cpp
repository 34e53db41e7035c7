#include "checks/dns/rdap.h"

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
    Q_DECLARE_TR_FUNCTIONS(Rdap)
};

constexpr qsizetype kLongestText = 200;
constexpr qsizetype kMostStatuses = 30;

// Only web servers, and a secure one where there is a choice (RFC 9224 section 3).
QUrl preferred(const QJsonArray &urls)
{
    QUrl best;
    for (const QJsonValue value : urls) {
        QUrl url(value.toString());
        if (url.scheme() == "https"_L1)
            return url;
        if (url.scheme() == "http"_L1 && best.isEmpty())
            best = url;
    }
    return best;
}

QDateTime eventTime(const QJsonObject &domain, QLatin1StringView action)
{
    for (const QJsonValue value : domain.value("events"_L1).toArray()) {
        const QJsonObject event = value.toObject();
        if (event.value("eventAction"_L1).toString().compare(action, Qt::CaseInsensitive) == 0)
            return QDateTime::fromString(event.value("eventDate"_L1).toString(), Qt::ISODate).toUTC();
    }
    return {};
}

// jCard (RFC 7095): ["vcard", [["fn", {}, "text", "Example Registrar"], …]]
QString nameOnCard(const QJsonArray &card)
{
    for (const QJsonValue value : card.at(1).toArray()) {
        const QJsonArray property = value.toArray();
        if (property.at(0).toString() == "fn"_L1)
            return property.at(3).toString().simplified().left(kLongestText);
    }
    return {};
}

QString registrarOf(const QJsonObject &domain)
{
    for (const QJsonValue value : domain.value("entities"_L1).toArray()) {
        const QJsonObject entity = value.toObject();
        if (!entity.value("roles"_L1).toArray().contains(u"registrar"_s))
            continue;
        const QString name = nameOnCard(entity.value("vcardArray"_L1).toArray());
        return name.isEmpty() ? entity.value("handle"_L1).toString().left(kLongestText) : name;
    }
    return {};
}

QUrl relatedServer(const QJsonObject &domain)
{
    for (const QJsonValue value : domain.value("links"_L1).toArray()) {
        const QJsonObject link = value.toObject();
        QUrl url(link.value("href"_L1).toString());
        if (link.value("rel"_L1).toString() == "related"_L1 && url.scheme() == "https"_L1 &&
            link.value("type"_L1).toString().contains("rdap"_L1))
            return url;
    }
    return {};
}

} // namespace

Result<RdapBootstrap> RdapBootstrap::parse(const QByteArray &json)
{
    const QJsonValue services = QJsonDocument::fromJson(json).object().value("services"_L1);
    if (!services.isArray())
        return failure(ErrorKind::BadInput, Text::tr("The list of registries cannot be read."));
    RdapBootstrap bootstrap;
    for (const QJsonValue service : services.toArray()) {
        const QUrl server = preferred(service.toArray().at(1).toArray());
        if (!server.isValid() || server.isEmpty())
            continue;
        for (const QJsonValue suffix : service.toArray().at(0).toArray())
            bootstrap.m_servers[suffix.toString().toLower()] = server;
    }
    return bootstrap;
}

const RdapBootstrap &RdapBootstrap::shipped()
{
    static const RdapBootstrap bootstrap = [] {
        QFile file(u":/rdap/dns.json"_s);
        const bool opened = file.open(QIODevice::ReadOnly);
        Q_ASSERT(opened);
        return parse(opened ? file.readAll() : QByteArray()).value_or(RdapBootstrap{});
    }();
    return bootstrap;
}

std::optional<QUrl> RdapBootstrap::serverFor(const QString &domain) const
{
    for (QString suffix = domain; !suffix.isEmpty();) {
        if (const auto it = m_servers.find(suffix); it != m_servers.end())
            return it->second;
        const qsizetype dot = suffix.indexOf(u'.');
        suffix = dot < 0 ? QString() : suffix.mid(dot + 1);
    }
    return std::nullopt;
}

Result<Registration> parseRegistration(const QByteArray &json)
{
    const QJsonObject domain = QJsonDocument::fromJson(json).object();
    if (domain.value("objectClassName"_L1).toString() != "domain"_L1)
        return failure(ErrorKind::Protocol, Text::tr("The registry's answer is no record of a domain."));
    Registration registration;
    registration.domain = domain.value("ldhName"_L1).toString().toLower().left(kLongestText);
    registration.registrar = registrarOf(domain);
    registration.registered = eventTime(domain, "registration"_L1);
    registration.expires = eventTime(domain, "expiration"_L1);
    registration.changed = eventTime(domain, "last changed"_L1);
    for (const QJsonValue status : domain.value("status"_L1).toArray()) {
        if (registration.statuses.size() < kMostStatuses)
            registration.statuses << status.toString().simplified().toLower().left(kLongestText);
    }
    registration.isSigned = domain.value("secureDNS"_L1)["delegationSigned"_L1].toBool();
    registration.registrarServer = relatedServer(domain);
    return registration;
}

} // namespace cockpit
