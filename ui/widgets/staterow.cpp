#include "ui/widgets/staterow.h"

#include "ui/theme/typescale.h"
#include "ui/widgets/pill.h"

#include <QEvent>
#include <QPainter>
#include <QPainterPath>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr int kIcon = 22;
constexpr int kSide = 16;
constexpr int kGap = 12;
constexpr int kTop = 11;
constexpr int kLineGap = 2;
constexpr int kWrap = Qt::TextWordWrap | Qt::AlignLeading | Qt::AlignTop;

// What one row says, and where; shared by painting and measuring so that they never disagree.
struct Row
{
    Row(const QStyleOptionViewItem &option, const QModelIndex &index, int width);

    bool section;
    bool hasShape;
    StateShape shape = StateShape::NotRun;
    QString title, subtitle, pill, trailing;
    Tone pillTone = Tone::Neutral;
    QFont titleFont, subtitleFont;
    int textLeft = 0, textWidth = 0, titleHeight = 0, subtitleHeight = 0, height = 0;

private:
    int endWidth(const QFont &font) const;
};

Row::Row(const QStyleOptionViewItem &option, const QModelIndex &index, int width)
    : section(index.data(SectionRole).toBool()),
      hasShape(index.data(ShapeRole).isValid()),
      title(index.data(Qt::DisplayRole).toString()),
      subtitle(index.data(SubtitleRole).toString()),
      pill(index.data(PillRole).toString()),
      trailing(index.data(TrailingRole).toString()),
      titleFont(option.font),
      subtitleFont(option.font)
{
    if (hasShape)
        shape = index.data(ShapeRole).value<StateShape>();
    if (!pill.isEmpty())
        pillTone = index.data(PillToneRole).value<Tone>();
    titleFont = section ? textFont(TextSize::Small, QFont::DemiBold) : textFont(TextSize::Body, QFont::DemiBold);
    textLeft = kSide + (hasShape ? kIcon + kGap : 0);
    textWidth = std::max(40, width - textLeft - kSide - endWidth(option.font));
    const QRect room(0, 0, textWidth, 10000);
    titleHeight = QFontMetrics(titleFont).boundingRect(room, kWrap, title).height();
    if (!subtitle.isEmpty())
        subtitleHeight = QFontMetrics(subtitleFont).boundingRect(room, kWrap, subtitle).height();
    height = titleHeight + (subtitleHeight ? subtitleHeight + kLineGap : 0) + 2 * kTop;
}

int Row::endWidth(const QFont &font) const
{
    int width = 0;
    if (!pill.isEmpty())
        width += Pill::sizeFor(pill).width() + kGap;
    if (!trailing.isEmpty())
        width += QFontMetrics(font).horizontalAdvance(trailing) + kGap;
    return width;
}

void paintGround(QPainter &painter, const QStyleOptionViewItem &option, const Row &row, const Tokens &tokens)
{
    const bool selected = option.state.testFlag(QStyle::State_Selected) && !row.section;
    if (selected)
        painter.fillRect(option.rect, tokens.accentSoft);
    else if (row.section)
        painter.fillRect(option.rect, tokens.window);
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), tokens.line);
    if (selected && option.widget && option.widget->hasFocus()) {
        painter.setPen(QPen(tokens.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(option.rect).adjusted(2, 2, -2, -3), 6, 6);
    }
}

void paintEnd(QPainter &painter, const QStyleOptionViewItem &option, const Row &row, const Tokens &tokens)
{
    QRect end = option.rect.adjusted(kSide, 0, -kSide, 0);
    const auto place = [&](QSize size) {
        const QRect placed = QStyle::alignedRect(option.direction, Qt::AlignTrailing | Qt::AlignVCenter, size, end);
        if (option.direction == Qt::RightToLeft)
            end.setLeft(placed.right() + kGap);
        else
            end.setRight(placed.left() - kGap);
        return placed;
    };
    if (!row.pill.isEmpty())
        Pill::paint(painter, place(Pill::sizeFor(row.pill)), row.pill, row.pillTone, tokens);
    if (!row.trailing.isEmpty()) {
        const QFontMetrics metrics(option.font);
        painter.setFont(option.font);
        painter.setPen(tokens.muted);
        painter.drawText(place({metrics.horizontalAdvance(row.trailing) + 1, metrics.height()}),
                         Qt::AlignCenter | Qt::TextSingleLine, row.trailing);
    }
}

} // namespace

void StateRowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Row row(option, index, option.rect.width());
    const Tokens &tokens = tokensFor(option.palette);
    const auto placed = [&](const QRect &logical) {
        return QStyle::visualRect(option.direction, option.rect, logical.translated(option.rect.topLeft()));
    };
    painter->save();
    paintGround(*painter, option, row, tokens);
    if (row.hasShape)
        paintState(*painter, placed({kSide, (option.rect.height() - kIcon) / 2, kIcon, kIcon}), row.shape, tokens);
    const Qt::Alignment side = QStyle::visualAlignment(option.direction, Qt::AlignLeading);
    const int flags = Qt::TextWordWrap | int(side) | Qt::AlignTop;
    painter->setFont(row.titleFont);
    painter->setPen(row.section ? tokens.muted : tokens.text);
    painter->drawText(placed({row.textLeft, kTop, row.textWidth, row.titleHeight}), flags, row.title);
    painter->setFont(row.subtitleFont);
    painter->setPen(tokens.muted);
    painter->drawText(placed({row.textLeft, kTop + row.titleHeight + kLineGap, row.textWidth, row.subtitleHeight}),
                      flags, row.subtitle);
    paintEnd(*painter, option, row, tokens);
    painter->restore();
}

QSize StateRowDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *view = qobject_cast<const QListView *>(option.widget);
    const int width = view ? view->viewport()->width() : option.rect.width();
    return {0, Row(option, index, width).height};
}

StateRowList::StateRowList(QWidget *parent) : QListView(parent)
{
    setProperty("frame", u"none"_s);
    setItemDelegate(new StateRowDelegate(this));
    setSelectionMode(QAbstractItemView::SingleSelection);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setResizeMode(QListView::Adjust);
    setFocusPolicy(Qt::StrongFocus);
}

bool StateRowList::viewportEvent(QEvent *event)
{
    const bool enters = event->type() == QEvent::Enter;
    if (enters || event->type() == QEvent::Leave) {
        m_pointerInside = enters;
        emit heldChanged(enters);
    }
    return QListView::viewportEvent(event);
}

void StateRowList::resizeEvent(QResizeEvent *event)
{
    QListView::resizeEvent(event);
    scheduleDelayedItemsLayout(); // wrapped lines follow the width
}

} // namespace cockpit
