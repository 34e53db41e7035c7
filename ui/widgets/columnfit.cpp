#include "ui/widgets/columnfit.h"

#include <QEvent>
#include <QHeaderView>
#include <QTableView>

#include <algorithm>

namespace cockpit {

namespace {

constexpr int kLeastChars = 8;
constexpr int kReadableChars = 16;
constexpr int kWidestChars = 36;

// The widths cut down to a common level, so that together they take no more than the room; narrower ones stay.
std::vector<int> cutTo(std::vector<int> widths, int room, int least)
{
    std::vector<int> sorted = widths;
    std::ranges::sort(sorted);
    int level = sorted.empty() ? 0 : sorted.back();
    for (size_t i = 0; i < sorted.size(); ++i) {
        const int share = room / static_cast<int>(sorted.size() - i);
        if (sorted[i] > share) {
            level = share;
            break;
        }
        room -= sorted[i];
    }
    for (int &width : widths)
        width = std::min(width, std::max(level, least));
    return widths;
}

std::vector<int> widthsOf(const std::vector<ColumnWish> &wishes, ColumnKind kind)
{
    std::vector<int> widths;
    for (const ColumnWish &wish : wishes) {
        if (wish.kind == kind)
            widths.push_back(wish.width);
    }
    return widths;
}

int sumOf(const std::vector<int> &widths)
{
    int sum = 0;
    for (const int width : widths)
        sum += width;
    return sum;
}

} // namespace

std::vector<int> fittedColumns(const std::vector<ColumnWish> &wishes, int room, int least, int readable)
{
    std::vector<int> firm = widthsOf(wishes, ColumnKind::Firm);
    std::vector<int> elastic = widthsOf(wishes, ColumnKind::Elastic);
    const int optional = sumOf(widthsOf(wishes, ColumnKind::Optional));
    const int needed = sumOf(cutTo(elastic, 0, readable)); // what the elastic ones need at least
    const bool isWhole = sumOf(firm) + needed + optional <= room;
    room -= isWhole ? optional : 0;
    firm = cutTo(firm, room - needed, least);
    elastic = cutTo(elastic, room - sumOf(firm), least);
    int spare = std::max(0, room - sumOf(firm) - sumOf(elastic));
    std::vector<int> widths;
    widths.reserve(wishes.size());
    size_t nextFirm = 0;
    size_t nextElastic = 0;
    for (const ColumnWish &wish : wishes) {
        if (wish.kind == ColumnKind::Firm) {
            widths.push_back(firm[nextFirm++]);
        } else if (wish.kind == ColumnKind::Optional) {
            widths.push_back(isWhole ? wish.width : 0);
        } else {
            const int share = spare / static_cast<int>(elastic.size() - nextElastic);
            spare -= share;
            widths.push_back(elastic[nextElastic++] + share);
        }
    }
    return widths;
}

ColumnFit::ColumnFit(QTableView *table, std::vector<ColumnKind> kinds)
    : QObject(table), m_table(table), m_kinds(std::move(kinds))
{
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->viewport()->installEventFilter(this);
    const QAbstractItemModel *model = table->model();
    connect(model, &QAbstractItemModel::modelReset, this, &ColumnFit::fit);
    connect(model, &QAbstractItemModel::dataChanged, this, &ColumnFit::fit);
    connect(model, &QAbstractItemModel::rowsInserted, this, &ColumnFit::fit);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &ColumnFit::fit);
}

bool ColumnFit::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::FontChange)
        fit();
    return QObject::eventFilter(watched, event);
}

void ColumnFit::fit()
{
    if (m_isFitting) // a column that goes may resize the viewport
        return;
    m_isFitting = true;
    const QAbstractItemView *view = m_table; // where the hint is public
    QHeaderView *header = m_table->horizontalHeader();
    const int unit = m_table->fontMetrics().averageCharWidth();
    std::vector<ColumnWish> wishes;
    wishes.reserve(m_kinds.size());
    for (size_t i = 0; i < m_kinds.size(); ++i) {
        const auto column = static_cast<int>(i);
        const int hint = std::max(view->sizeHintForColumn(column), header->sectionSizeHint(column));
        wishes.push_back({std::clamp(hint, kLeastChars * unit, kWidestChars * unit), m_kinds[i]});
    }
    const auto widths = fittedColumns(wishes, m_table->viewport()->width(), kLeastChars * unit, kReadableChars * unit);
    for (size_t i = 0; i < widths.size(); ++i) {
        m_table->setColumnHidden(static_cast<int>(i), widths[i] == 0);
        if (widths[i] > 0)
            header->resizeSection(static_cast<int>(i), widths[i]);
    }
    m_isFitting = false;
}

} // namespace cockpit
