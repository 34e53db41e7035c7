#include "ui/handover/sectionmodel.h"

#include "ui/widgets/rowdelegate.h"
#include "ui/widgets/stateicon.h"

#include <algorithm>

namespace cockpit {

namespace {

StateShape shapeOf(Completeness completeness)
{
    switch (completeness) {
    case Completeness::Complete:
        return StateShape::Pass;
    case Completeness::AnswersMissing:
        return StateShape::Warn;
    case Completeness::NotStarted:
        return StateShape::NotRun;
    }
    Q_UNREACHABLE();
}

QString stateText(const SectionLine &line)
{
    switch (line.completeness) {
    case Completeness::Complete:
        return SectionModel::tr("complete");
    case Completeness::AnswersMissing:
        return SectionModel::tr("%n answer(s) missing", nullptr, line.answersMissing);
    case Completeness::NotStarted:
        return SectionModel::tr("not started");
    }
    Q_UNREACHABLE();
}

} // namespace

void SectionModel::setDocument(const HandoverDocument &document)
{
    std::vector<SectionLine> lines;
    for (const Section &section : document.sections)
        lines.push_back({section.id, section.title, section.completeness, section.answersMissing});
    const bool sameRows = std::ranges::equal(lines, m_lines, {}, &SectionLine::id, &SectionLine::id);
    if (sameRows) {
        m_lines = std::move(lines);
        if (!m_lines.empty())
            emit dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    m_lines = std::move(lines);
    endResetModel();
}

int SectionModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

QVariant SectionModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const SectionLine &line = m_lines[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return tr("%1. %2").arg(QString::number(index.row() + 1), line.title);
    case Qt::AccessibleTextRole:
        return tr("%1, %2").arg(line.title, stateText(line));
    case RowShapeRole:
        return QVariant::fromValue(shapeOf(line.completeness));
    case RowTrailingRole:
        return stateText(line);
    case SectionIdRole:
        return line.id;
    }
    return {};
}

} // namespace cockpit
