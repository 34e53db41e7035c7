#include "ui/stage/findinghistory.h"

#include <QCoreApplication>
#include <QLocale>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(FindingHistory)
};

QString decided(const QString &note)
{
    const auto kind = decisionKindFromWord(note);
    return kind ? Text::tr("Decided: %1").arg(labelOf(*kind)) : Text::tr("Decision taken back");
}

// An event that this version does not know is shown as it stands in the file.
QString wordsOf(const HistoryEntry &entry)
{
    if (entry.event == "found"_L1)
        return Text::tr("Found");
    if (entry.event == "closed"_L1)
        return Text::tr("Closed: a look found it fixed");
    if (entry.event == "reopened"_L1)
        return Text::tr("Came back");
    return entry.event == "decided"_L1 ? decided(entry.note) : entry.event;
}

} // namespace

QString historyOf(const QString &findingId, const ProjectState &project)
{
    QStringList lines;
    for (const HistoryEntry &entry : project.history) {
        if (entry.findingId == findingId)
            lines << Text::tr("%1: %2").arg(QLocale().toString(entry.at.toLocalTime(), QLocale::ShortFormat),
                                            wordsOf(entry));
    }
    return lines.join(u'\n');
}

QString historyOfClosed(const QString &checkId, const ProjectState &project)
{
    QStringList parts;
    for (const auto &[id, record] : project.findings) {
        if (record.finding.checkId == checkId && !record.isOpen())
            parts << record.finding.title + u'\n' + historyOf(id, project);
    }
    return parts.join(u"\n\n"_s);
}

} // namespace cockpit
