// Pipfile.lock: "default" for production, "develop" beside it, {"django": {"version": "==3.2.1"}}.
#include "checks/secrets/dependencies/lockparsers.h"

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

void addSection(LockReading &reading, const QJsonObject &section, PackageUse use, const LineIndex &lines)
{
    for (auto one = section.begin(); one != section.end(); ++one) {
        const QString version = one.value()["version"_L1].toString();
        if (!version.startsWith("=="_L1)) {
            reading.skip(one.key());
            continue;
        }
        reading.add({Ecosystem::PyPi,
                     one.key(),
                     version.sliced(version.startsWith("==="_L1) ? 3 : 2).trimmed(),
                     use,
                     PackageReach::Unknown,
                     {},
                     lines.lineOf('"' + one.key().toUtf8() + "\": {")});
    }
}

} // namespace

Result<LockReading> readPipfileLock(const LockText &text)
{
    const auto json = jsonObjectIn(text.bytes, u"Pipfile.lock"_s);
    if (!json)
        return tl::unexpected(json.error());
    const LineIndex lines(text.bytes);
    LockReading reading;
    addSection(reading, (*json)["default"_L1].toObject(), PackageUse::Production, lines);
    addSection(reading, (*json)["develop"_L1].toObject(), PackageUse::Development, lines);
    return reading;
}

} // namespace cockpit
