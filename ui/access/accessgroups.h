// What the results of the access page are about, a tab each: who reaches what, and what the product takes from anybody.
#pragma once

#include <QStringList>
#include <QWidget>

#include <vector>

class QPushButton;

namespace cockpit {

class CheckCatalog;
struct ResultRow;

enum class AccessGroup {
    Access, // access.*, and what else is tried as the test accounts: edge.cache-leak, deploy.smoke
    Abuse,  // abuse.*: limits and bad input
};

// In the order of the catalogue.
QStringList checksOf(AccessGroup group, const CheckCatalog &catalog);
// How many of the rows are findings.
int findingsIn(const std::vector<ResultRow> &rows);

class AccessGroupTabs : public QWidget
{
    Q_OBJECT

public:
    explicit AccessGroupTabs(QWidget *parent = nullptr);

    AccessGroup current() const { return m_current; }
    void setCurrent(AccessGroup group); // tells of a change as a click does
    // Beside the name, so that nothing bad hides behind the other tab.
    void setFindings(AccessGroup group, int count);

signals:
    void changed();

private:
    QPushButton *tabOf(AccessGroup group) const;

    AccessGroup m_current = AccessGroup::Access;
    QPushButton *m_access, *m_abuse;
};

} // namespace cockpit
