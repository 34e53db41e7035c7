#include "ui/secrets/secretfilter.h"

#include "ui/secrets/secretmodel.h"

namespace cockpit {

void SecretFilter::setShown(Shown shown)
{
    if (shown == m_shown)
        return;
    m_shown = shown;
    invalidateFilter();
}

bool SecretFilter::holds(Shown shown, const SecretEntry &entry, const QDate &today)
{
    switch (shown) {
    case Shown::All:
        return true;
    case Shown::Exposed:
        return isOpenlyExposed(entry);
    case Shown::Overdue:
        return isOverdue(entry, today);
    case Shown::WithoutOwner:
        return entry.owner.isEmpty();
    case Shown::NotComplete:
        return !missingParts(entry).isEmpty();
    }
    Q_UNREACHABLE();
}

bool SecretFilter::filterAcceptsRow(int row, const QModelIndex &) const
{
    const auto *model = qobject_cast<const SecretModel *>(sourceModel());
    const SecretEntry *entry = model ? model->entry(row) : nullptr;
    return entry && holds(m_shown, *entry, model->today());
}

} // namespace cockpit
