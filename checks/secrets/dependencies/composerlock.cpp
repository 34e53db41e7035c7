// getcomposer.org/doc/01-basic-usage.md: "packages" and "packages-dev", each {"name", "version"}.
#include "checks/secrets/dependencies/lockparsers.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// What composer.json asks for; empty where it is not there.
QSet<QString> askedIn(const QByteArray &composerJson)
{
    const QJsonObject json = QJsonDocument::fromJson(composerJson).object();
    QSet<QString> names;
    for (const auto member : {"require"_L1, "require-dev"_L1}) {
        for (const QString &name : json[member].toObject().keys())
            names.insert(name.toLower());
    }
    return names;
}

} // namespace

Result<LockReading> readComposerLock(const LockText &text)
{
    const auto json = jsonObjectIn(text.bytes, u"composer.lock"_s, {u"packages"_s, u"packages-dev"_s});
    if (!json)
        return tl::unexpected(json.error());
    const LineIndex lines(text);
    const QSet<QString> asked = askedIn(text.beside[u"composer.json"_s]);
    LockReading reading;
    const auto add = [&](QLatin1StringView member, PackageUse use) {
        for (const QJsonValue package : (*json)[member].toArray()) {
            const QString name = package["name"_L1].toString();
            const QString version = withoutV(package["version"_L1].toString());
            if (version.startsWith("dev-"_L1) || version.endsWith("-dev"_L1)) { // a branch
                reading.skip(Ecosystem::Packagist, name);
                continue;
            }
            const PackageReach known = asked.contains(name.toLower()) ? PackageReach::Direct : PackageReach::Transitive;
            reading.add({Ecosystem::Packagist,
                         name,
                         version,
                         use,
                         asked.isEmpty() ? PackageReach::Unknown : known,
                         {},
                         lines.lineOf("\"name\": \"" + name.toUtf8() + "\",")});
        }
    };
    add("packages"_L1, PackageUse::Production);
    add("packages-dev"_L1, PackageUse::Development);
    return reading;
}

} // namespace cockpit
