#include "ui/start/recentmodel.h"

#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/tooltips.h"

#include <QLocale>

namespace cockpit {

namespace {

StateShape shapeOf(const RecentProject &project)
{
    if (!project.verdict)
        return StateShape::NotRun;
    switch (*project.verdict) {
    case VerdictDecision::Go:
        return StateShape::Pass;
    case VerdictDecision::GoWithConditions:
        return StateShape::Warn;
    case VerdictDecision::NoGo:
        return StateShape::Fail;
    }
    Q_UNREACHABLE();
}

} // namespace

void RecentModel::setProjects(std::vector<RecentProject> projects, const QDate &today)
{
    beginResetModel();
    m_projects = std::move(projects);
    m_today = today;
    endResetModel();
}

int RecentModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_projects.size());
}

QVariant RecentModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const RecentProject &project = m_projects[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return project.name;
    case Qt::ToolTipRole:
        return plainToolTip(project.path);
    case PathRole:
        return project.path;
    case RowNoteRole:
        return noteOf(project);
    case RowShapeRole:
        return QVariant::fromValue(shapeOf(project));
    case Qt::AccessibleTextRole:
        return tr("%1, %2").arg(project.name, noteOf(project));
    }
    return {};
}

QString RecentModel::noteOf(const RecentProject &project) const
{
    const QDate day = project.lastOpened.toLocalTime().date();
    const QString when = day == m_today               ? tr("today")
                         : day == m_today.addDays(-1) ? tr("yesterday")
                                                      : QLocale().toString(day, QLocale::ShortFormat);
    if (!project.verdict)
        return tr("Not looked at yet · %1").arg(when);
    if (*project.verdict == VerdictDecision::NoGo)
        return tr("No-go · %n blocker(s) · %1", nullptr, project.blockers).arg(when);
    return tr("%1 · %2").arg(labelOf(*project.verdict), when);
}

} // namespace cockpit
