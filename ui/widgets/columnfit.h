// Keeps the columns of a table within its width: nothing is ever off to the side, and what does not fit is elided.
#pragma once

#include <QObject>

#include <vector>

class QTableView;

namespace cockpit {

enum class ColumnKind {
    Firm,     // as wide as what is in it, while there is room
    Elastic,  // gives way first, and takes what is left over
    Optional, // is left out where the elastic ones could not be read any more
};

class ColumnFit : public QObject
{
public:
    // kinds: of all columns. The table's model is set.
    ColumnFit(QTableView *table, std::vector<ColumnKind> kinds);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fit();

    QTableView *m_table; // its parent
    const std::vector<ColumnKind> m_kinds;
    bool m_isFitting = false;
};

struct ColumnWish
{
    int width = 0; // that shows all
    ColumnKind kind = ColumnKind::Firm;
};
// The widths that fill the room; 0: left out. least: of any column; readable: of an elastic one.
std::vector<int> fittedColumns(const std::vector<ColumnWish> &wishes, int room, int least, int readable);

} // namespace cockpit
