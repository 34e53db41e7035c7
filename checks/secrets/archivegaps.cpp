// What of an archive was not looked at, for people.
#include "checks/secrets/archivewalk.h"

#include <QCoreApplication>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ArchiveWalk)
};

} // namespace

QStringList gapSentences(const ArchiveReport &report, const QString &name)
{
    QStringList sentences;
    if (!report.isWhole)
        sentences += Text::tr("%1 was not read to its end. %2").arg(name, report.stoppedBy);
    if (report.cut > 0)
        sentences +=
            Text::tr("%n file(s) in %1 were read in part: they are too large.", nullptr, static_cast<int>(report.cut))
                .arg(name);
    if (report.encrypted > 0)
        sentences +=
            Text::tr("%n file(s) in %1 are encrypted and were not read.", nullptr, static_cast<int>(report.encrypted))
                .arg(name);
    if (report.broken > 0)
        sentences += Text::tr("%n part(s) of %1 are damaged.", nullptr, static_cast<int>(report.broken)).arg(name);
    if (report.tooDeep > 0)
        sentences += Text::tr("%n archive(s) in %1 are nested too deep and were not opened.", nullptr,
                              static_cast<int>(report.tooDeep))
                         .arg(name);
    if (report.oddPaths > 0)
        sentences += Text::tr("%n name(s) in %1 lead out of the folder that it would be unpacked to.", nullptr,
                              static_cast<int>(report.oddPaths))
                         .arg(name);
    return sentences;
}

} // namespace cockpit
