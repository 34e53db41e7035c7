// packages.lock.json: "dependencies" by target framework, {"Newtonsoft.Json": {"type": "Direct", "resolved":
// "13.0.1"}}.
#include "checks/secrets/dependencies/lockparsers.h"

namespace cockpit {

using namespace Qt::StringLiterals;

Result<LockReading> readNuGetLock(const LockText &text)
{
    const auto json = jsonObjectIn(text.bytes, u"packages.lock.json"_s, {u"dependencies"_s, u"version"_s});
    if (!json)
        return tl::unexpected(json.error());
    const LineIndex lines(text);
    LockReading reading;
    QSet<QString> seen; // a product for two frameworks lists most packages twice
    const QJsonObject frameworks = (*json)["dependencies"_L1].toObject();
    for (auto framework = frameworks.begin(); framework != frameworks.end(); ++framework) {
        const int behind = lines.lineOfObject(framework.key());
        const QJsonObject packages = framework.value().toObject();
        for (auto one = packages.begin(); one != packages.end(); ++one) {
            const QString type = one.value()["type"_L1].toString();
            const QString version = one.value()["resolved"_L1].toString();
            if (type == "Project"_L1 || seen.contains(one.key() + u'@' + version))
                continue;
            seen.insert(one.key() + u'@' + version);
            reading.add({Ecosystem::NuGet,
                         one.key(),
                         version,
                         PackageUse::Unknown,
                         type == "Direct"_L1 ? PackageReach::Direct : PackageReach::Transitive,
                         {},
                         lines.lineOfObject(one.key(), behind)});
        }
    }
    return reading;
}

} // namespace cockpit
