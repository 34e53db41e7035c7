#include "ui/environments/environmentfilter.h"

#include "ui/environments/environmentmodel.h"

namespace cockpit {

void EnvironmentFilter::setChoice(EnvironmentChoice choice)
{
    if (choice == m_choice)
        return;
    m_choice = choice;
    invalidateFilter();
}

void EnvironmentFilter::setWords(const QString &words)
{
    if (words.trimmed() == m_words)
        return;
    m_words = words.trimmed();
    invalidateFilter();
}

std::vector<EnvironmentRow> EnvironmentFilter::shownRows() const
{
    const auto *model = qobject_cast<const EnvironmentModel *>(sourceModel());
    std::vector<EnvironmentRow> rows;
    for (int row = 0; model && row < rowCount(); ++row)
        rows.push_back(*model->row(mapToSource(index(row, 0)).row()));
    return rows;
}

bool EnvironmentFilter::filterAcceptsRow(int row, const QModelIndex &) const
{
    const auto *model = qobject_cast<const EnvironmentModel *>(sourceModel());
    const EnvironmentRow *setting = model ? model->row(row) : nullptr;
    return setting && fits(m_choice, *setting) && setting->name.contains(m_words, Qt::CaseInsensitive);
}

} // namespace cockpit
