// Known vulnerabilities as OSV writes them: one record, and an export of them.
#include "fuzz/fuzz.h"

#include "checks/secrets/advisoryexport.h"
#include "checks/secrets/dependencies/cvss.h"

#include <QFile>
#include <QTemporaryDir>

using namespace cockpit;
using namespace std::chrono_literals;

namespace {

void lookAtRecord(const Advisory &advisory)
{
    promise(!advisory.id.isEmpty(), "it has an id");
    promise(!advisory.summary.contains(u'\n'), "a summary is one line");
    promise(!advisory.score || (*advisory.score >= 0 && *advisory.score <= 10), "a score of CVSS");
    for (const AffectedPackage &affected : advisory.affected) {
        for (const char *version : {"0", "1.2.3", "2.0.0-rc.1"}) {
            const Dependency package{affected.ecosystem,
                                     affected.name,
                                     QString::fromLatin1(version),
                                     PackageUse::Unknown,
                                     PackageReach::Unknown,
                                     {},
                                     0};
            const VersionVerdict verdict = judgeVersion(advisory, package);
            promise(!advisory.isWithdrawn || verdict.affects == Affects::No, "a withdrawn one affects nothing");
            promise(verdict.affects == Affects::Yes || verdict.fixed.isEmpty(), "what is not affected needs no repair");
        }
    }
}

// One for all: the rules that mask names take a second to compile.
Observations &seen()
{
    static Observations all({}, {}, Deadline::in(24h), nullptr);
    return all;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const QByteArray json = inputOf(bytes, size);
    if (const auto advisory = readAdvisory(json))
        lookAtRecord(*advisory);
    cvssBaseScore(QString::fromUtf8(json));
    static const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.json"));
    QFile file(path);
    promise(file.open(QIODevice::WriteOnly) && file.write(json) == json.size(), "a place for the export");
    file.close();
    const auto read = readAdvisoryExport(path, {QStringLiteral("npm:lodash")}, seen());
    if (!read)
        return 0;
    for (const auto &[id, advisory] : read->advisories)
        promise(id == advisory.id && !advisory.isWithdrawn, "those that hold, by their ids");
    return 0;
}
