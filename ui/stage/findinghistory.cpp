#include "ui/stage/findinghistory.h"

#include "checks/engine/keytester.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

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

QString carried(const QString &note)
{
    const auto kind = decisionKindFromWord(note);
    return kind ? Text::tr("Decided before, when the same secret stood elsewhere: %1").arg(labelOf(*kind))
                : Text::tr("Decided before, when the same secret stood elsewhere");
}

QString standingText(KeyStanding standing)
{
    switch (standing) {
    case KeyStanding::Live:
        return Text::tr("The key works: its provider took it");
    case KeyStanding::Dead:
        return Text::tr("The key does not work any more: its provider refused it");
    case KeyStanding::Unknown:
        return Text::tr("It is not clear whether the key works: what its provider answered tells nothing");
    }
    Q_UNREACHABLE();
}

QString tried(const QString &note)
{
    return standingText(keyStandingFromWord(note).value_or(KeyStanding::Unknown));
}

// An event that this version does not know is shown as it stands in the file.
QString wordsOf(const HistoryEntry &entry)
{
    if (entry.event == "found"_L1)
        return Text::tr("Found");
    if (entry.event == "closed"_L1)
        return Text::tr("Closed: a look found it fixed");
    if (entry.event == "replaced"_L1)
        return Text::tr("Closed: it is told of each route on its own now");
    if (entry.event == "reopened"_L1)
        return Text::tr("Came back");
    if (entry.event == "tried"_L1)
        return tried(entry.note);
    if (entry.event == "carried"_L1)
        return carried(entry.note);
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

QString lastKeyTrial(const QString &findingId, const ProjectState &project)
{
    const auto isTrial = [&](const HistoryEntry &entry) {
        return entry.findingId == findingId && entry.event == "tried"_L1;
    };
    const auto last = std::find_if(project.history.rbegin(), project.history.rend(), isTrial);
    if (last == project.history.rend())
        return {};
    return Text::tr("%1 (asked on %2).")
        .arg(tried(last->note), QLocale().toString(last->at.toLocalTime(), QLocale::ShortFormat));
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
