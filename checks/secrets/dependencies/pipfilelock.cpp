// Pipfile.lock: "default" for production, "develop" beside it, and sections of one's own (pipenv.pypa.io,
// "categories"),
// {"django": {"version": "==3.2.1"}}.
#include "checks/secrets/dependencies/lockparsers.h"

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

void addSection(LockReading &reading, const LockText &text, const QString &name, const QJsonObject &section,
                const LineIndex &lines)
{
    const int behind = lines.lineOfObject(name);
    const PackageUse use = isDevelopmentWord(name) ? PackageUse::Development : PackageUse::Production;
    for (auto one = section.begin(); one != section.end(); ++one) {
        const QJsonValue entry = one.value();
        const QString version = entry["version"_L1].toString();
        if (isOwnPath(text, entry["path"_L1].toString()))
            continue;
        if (!version.startsWith("=="_L1)) {
            reading.skip(Ecosystem::PyPi, one.key());
            continue;
        }
        reading.add({Ecosystem::PyPi,
                     one.key(),
                     version.sliced(version.startsWith("==="_L1) ? 3 : 2).trimmed(),
                     use,
                     PackageReach::Unknown,
                     {},
                     lines.lineOfObject(one.key(), behind)});
    }
}

} // namespace

Result<LockReading> readPipfileLock(const LockText &text)
{
    const auto json = jsonObjectIn(text.bytes, u"Pipfile.lock"_s, {u"_meta"_s, u"default"_s, u"develop"_s});
    if (!json)
        return tl::unexpected(json.error());
    const LineIndex lines(text);
    LockReading reading;
    for (auto section = json->begin(); section != json->end(); ++section) {
        if (section.key() != "_meta"_L1)
            addSection(reading, text, section.key(), section.value().toObject(), lines);
    }
    return reading;
}

} // namespace cockpit
