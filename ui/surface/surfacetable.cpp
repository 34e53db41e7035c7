#include "ui/surface/surfacetable.h"

#include "ui/surface/surfacemodel.h"
#include "ui/theme/typescale.h"
#include "ui/widgets/statecelldelegate.h"

#include <QEvent>
#include <QHeaderView>
#include <QScrollBar>

namespace cockpit {

namespace {

constexpr int kRowPadding = 22;
constexpr int kCellCharacters = 12; // with its shape: "Not here" and "1 200 ms" fit
constexpr int kHostCharacters = 22;
constexpr int kFewestRows = 3;

} // namespace

SurfaceTable::SurfaceTable(SurfaceModel *model, const QString &objectName, QWidget *parent) : QTableView(parent)
{
    setModel(model);
    setObjectName(objectName);
    setAccessibleName(tr("Addresses of the product, and what was looked at on each"));
    setProperty("frame", QStringLiteral("none"));
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setSelectionBehavior(QAbstractItemView::SelectItems);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setShowGrid(false);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setItemDelegate(new StateCellDelegate(this));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    verticalHeader()->hide();
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    fitFont();
    connect(model, &QAbstractItemModel::modelReset, this, [this] { updateGeometry(); });
    connect(horizontalScrollBar(), &QScrollBar::rangeChanged, this, [this] { updateGeometry(); });
}

void SurfaceTable::fitFont()
{
    QFont head = font();
    head.setWeight(QFont::DemiBold);
    horizontalHeader()->setFont(head);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + kRowPadding);
    horizontalHeader()->setMinimumSectionSize(fontMetrics().averageCharWidth() * kCellCharacters);
    horizontalHeader()->setSectionResizeMode(SurfaceModel::kHostColumn, QHeaderView::Fixed);
    horizontalHeader()->resizeSection(SurfaceModel::kHostColumn, fontMetrics().averageCharWidth() * kHostCharacters);
    updateGeometry();
}

int SurfaceTable::heightOf(int rows) const
{
    const int bar = horizontalScrollBar()->maximum() > 0 ? horizontalScrollBar()->sizeHint().height() : 0;
    return horizontalHeader()->sizeHint().height() + rows * verticalHeader()->defaultSectionSize() + bar + 2;
}

QSize SurfaceTable::sizeHint() const
{
    return {QTableView::sizeHint().width(), heightOf(model()->rowCount())};
}

QSize SurfaceTable::minimumSizeHint() const
{
    return {QTableView::minimumSizeHint().width(), heightOf(std::min(kFewestRows, model()->rowCount()))};
}

void SurfaceTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitFont();
}

} // namespace cockpit
