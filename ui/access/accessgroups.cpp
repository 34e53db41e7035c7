#include "ui/access/accessgroups.h"

#include "models/checkcatalog.h"
#include "ui/stage/resultsmodel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/buttons.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

bool belongsTo(AccessGroup group, const CatalogEntry &entry)
{
    switch (group) {
    case AccessGroup::Access:
        return entry.family() == "access"_L1 || entry.id == "edge.cache-leak"_L1 || entry.id == "deploy.smoke"_L1;
    case AccessGroup::Abuse:
        return entry.family() == "abuse"_L1;
    }
    Q_UNREACHABLE();
}

QPushButton *makeTab(const QString &objectName)
{
    QPushButton *tab = makeSecondaryButton({}, objectName);
    tab->setProperty("kind", u"tab"_s);
    tab->setCheckable(true);
    return tab;
}

} // namespace

QStringList checksOf(AccessGroup group, const CheckCatalog &catalog)
{
    QStringList ids;
    for (const CatalogEntry &entry : catalog.entries()) {
        if (belongsTo(group, entry))
            ids.append(entry.id);
    }
    return ids;
}

int findingsIn(const std::vector<ResultRow> &rows)
{
    return static_cast<int>(std::ranges::count_if(rows, [](const ResultRow &row) { return !row.findingId.isEmpty(); }));
}

AccessGroupTabs::AccessGroupTabs(QWidget *parent)
    : QWidget(parent), m_access(makeTab(u"showAccess"_s)), m_abuse(makeTab(u"showAbuse"_s))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space::kMedium, 0, space::kMedium, 0);
    row->setSpacing(space::kSmall);
    auto *group = new QButtonGroup(this);
    for (const AccessGroup one : {AccessGroup::Access, AccessGroup::Abuse}) {
        group->addButton(tabOf(one), static_cast<int>(one));
        row->addWidget(tabOf(one));
        setFindings(one, 0);
    }
    row->addStretch();
    m_access->setChecked(true);
    connect(group, &QButtonGroup::idToggled, this, [this](int id, bool isOn) {
        if (!isOn || id == static_cast<int>(m_current))
            return;
        m_current = static_cast<AccessGroup>(id);
        emit changed();
    });
}

QPushButton *AccessGroupTabs::tabOf(AccessGroup group) const
{
    return group == AccessGroup::Access ? m_access : m_abuse;
}

void AccessGroupTabs::setCurrent(AccessGroup group)
{
    tabOf(group)->setChecked(true);
}

void AccessGroupTabs::setFindings(AccessGroup group, int count)
{
    const QString name = group == AccessGroup::Access ? tr("Access") : tr("Limits and bad input");
    const QString text =
        count == 0 ? name
                   : tr("%1 (%2)", "what results are about, how many findings").arg(name, QLocale().toString(count));
    QPushButton *tab = tabOf(group);
    tab->setText(text);
    tab->setAccessibleName(count == 0 ? name : tr("%1, findings: %2").arg(name, QLocale().toString(count)));
}

} // namespace cockpit
