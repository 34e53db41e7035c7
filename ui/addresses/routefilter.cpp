#include "ui/addresses/routefilter.h"

#include "models/vocabulary.h"
#include "ui/addresses/routemodel.h"

#include <algorithm>

namespace cockpit {

void RouteFilter::setWords(const QString &text)
{
    m_words = text.split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

void RouteFilter::setShown(Shown shown)
{
    m_shown = shown;
    invalidateFilter();
}

bool RouteFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    QString line;
    for (const int column :
         {RouteModel::MethodColumn, RouteModel::PathColumn, RouteModel::HostColumn, RouteModel::SourceColumn})
        line += sourceModel()->index(row, column, parent).data().toString() + u' ';
    const bool hasWords =
        std::ranges::all_of(m_words, [&](const QString &word) { return line.contains(word, Qt::CaseInsensitive); });
    return hasWords && isShown(sourceModel()->index(row, RouteModel::AccessColumn, parent));
}

bool RouteFilter::isShown(const QModelIndex &access) const
{
    const auto is = [&](AccessClass wanted) { return access.data(Qt::EditRole).toInt() == static_cast<int>(wanted); };
    switch (m_shown) {
    case Shown::All:
        return true;
    case Shown::Open:
        return is(AccessClass::Public);
    case Shown::SignedIn:
        return is(AccessClass::SignedIn);
    case Shown::Admin:
        return is(AccessClass::Admin);
    case Shown::Guessed:
        return access.data(RouteModel::GuessRole).toBool();
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
