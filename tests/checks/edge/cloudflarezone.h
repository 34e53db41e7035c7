// Zones of Cloudflare as its API shows them.
#pragma once

#include "checks/edge/cloudflareconfig.h"
#include "tests/checks/edge/cloudflarelook.h"
#include "tests/checks/web/pages.h"

namespace cockpit::test {

// The list of the API with one setting changed.
inline QJsonArray settingsWith(const QString &id, const QJsonValue &value, bool isEditable = true)
{
    QJsonArray items;
    const lab::LabZone zone = lab::wellSetZone();
    for (const QString &known : zone.settings.keys()) {
        const bool isIt = known == id;
        items.append(QJsonObject{{QStringLiteral("id"), known},
                                 {QStringLiteral("value"), isIt ? value : zone.settings[known]},
                                 {QStringLiteral("editable"), isIt ? isEditable : true}});
    }
    return items;
}

inline QJsonObject pack(const QString &status, const QStringList &hosts,
                        const QString &type = QStringLiteral("universal"))
{
    return {{QStringLiteral("type"), type},
            {QStringLiteral("status"), status},
            {QStringLiteral("hosts"), QJsonArray::fromStringList(hosts)}};
}

inline const QDateTime kNow(QDate(2026, 11, 29), QTime(12, 0), Qt::UTC);

inline ZoneCertificates certificatesWith(const QJsonArray &packs, bool isUniversal = true,
                                         const QString &dnssec = QStringLiteral("active"))
{
    return {{QStringLiteral("certificates"), packs},
            {QStringLiteral("universal"), QJsonObject{{QStringLiteral("enabled"), isUniversal}}},
            {QStringLiteral("dnssec"), QJsonObject{{QStringLiteral("status"), dnssec}}},
            kNow};
}

inline QJsonObject record(const QString &name, const QString &type, const QString &content, const QJsonValue &proxied,
                          bool isProxiable = true)
{
    return {{QStringLiteral("name"), name},
            {QStringLiteral("type"), type},
            {QStringLiteral("content"), content},
            {QStringLiteral("proxied"), proxied},
            {QStringLiteral("proxiable"), isProxiable}};
}

inline CloudflareConfig configWith(const QJsonArray &settings)
{
    return {{QStringLiteral("023e105f4ecef8ad9ca31a8372d0c353"), QStringLiteral("example.com"),
             QStringLiteral("Free Website"), QStringLiteral("active")},
            settings,
            QJsonArray(),
            {},
            {QStringLiteral("example.com"), QStringLiteral("app.example.com")},
            certificatesWith(
                {pack(QStringLiteral("active"), {QStringLiteral("example.com"), QStringLiteral("*.example.com")})})};
}

} // namespace cockpit::test
