#include "ui/widgets/rowlayout.h"

#include "ui/theme/typescale.h"
#include "ui/widgets/pill.h"

#include <QStyle>

#include <algorithm>

namespace cockpit {

namespace {

constexpr int kIcon = 22;
constexpr int kSide = space::kLarge;
constexpr int kGap = space::kMedium;
constexpr int kTop = 11;
constexpr int kLineGap = 2;
constexpr int kNarrowestText = 40;
constexpr int kActionPadding = space::kMedium;
constexpr int kUnbounded = 10000;

QSize textSize(const QFont &font, const QString &text)
{
    const QFontMetrics metrics(font);
    return {metrics.horizontalAdvance(text) + 1, metrics.height()};
}

// Takes the part's width off the end; its height is centred later.
QRect takeEnd(int &right, const QSize &size)
{
    const QRect part(right - size.width(), 0, size.width(), size.height());
    right -= size.width() + kGap;
    return part;
}

int wrappedHeight(const QFont &font, int width, const QString &text)
{
    return QFontMetrics(font).boundingRect(QRect(0, 0, width, kUnbounded), Qt::TextWordWrap, text).height();
}

} // namespace

RowLayout::RowLayout(const QStyleOptionViewItem &option, const QModelIndex &index, const QString &leadSample, int width)
    : font(option.font)
{
    read(index);
    titleFont = textFont(heading ? TextSize::Small : TextSize::Body, QFont::DemiBold);
    int left = kSide;
    int right = width - kSide;
    if (!heading)
        placeStart(leadSample, left);
    placeEnd(left, right);
    placeTexts(left, right);
    centre();
}

void RowLayout::read(const QModelIndex &index)
{
    heading = index.data(RowHeadingRole).toBool();
    title = index.data(Qt::DisplayRole).toString();
    trailing = index.data(RowTrailingRole).toString();
    if (heading)
        return;
    const QVariant given = index.data(RowShapeRole);
    hasShape = given.isValid();
    shape = hasShape ? given.value<StateShape>() : StateShape::NotRun;
    lead = index.data(RowLeadRole).toString();
    note = index.data(RowNoteRole).toString();
    pill = index.data(RowPillRole).toString();
    pillTone = pill.isEmpty() ? Tone::Neutral : index.data(RowPillToneRole).value<Tone>();
    secondPill = index.data(RowSecondPillRole).toString();
    action = index.data(RowActionRole).toString();
}

void RowLayout::placeStart(const QString &leadSample, int &left)
{
    if (!leadSample.isEmpty()) {
        leadRect = QRect({left, 0}, textSize(font, leadSample));
        left += leadRect.width() + kGap;
    }
    if (hasShape) {
        shapeRect = QRect(left, 0, kIcon, kIcon);
        left += kIcon + kGap;
    }
}

void RowLayout::placeEnd(int left, int &right)
{
    const int room = right - left;
    if (!action.isEmpty())
        actionRect = takeEnd(right, textSize(font, action) + QSize(2 * kActionPadding, space::kMedium));
    if (!trailing.isEmpty())
        trailingRect = takeEnd(right, textSize(font, trailing));
    if (!pill.isEmpty())
        pillRect = takeEnd(right, Pill::sizeFor(pill));
    if (!secondPill.isEmpty() && right - left - Pill::sizeFor(secondPill).width() > room / 2)
        secondPillRect = takeEnd(right, Pill::sizeFor(secondPill));
}

void RowLayout::placeTexts(int left, int right)
{
    const int width = std::max(kNarrowestText, right - left);
    titleRect = QRect(left, kTop, width, wrappedHeight(titleFont, width, title));
    if (!note.isEmpty())
        noteRect =
            QRect(left, titleRect.top() + titleRect.height() + kLineGap, width, wrappedHeight(font, width, note));
    const int texts = note.isEmpty() ? titleRect.height() : titleRect.height() + kLineGap + noteRect.height();
    const int parts = std::max({texts, shapeRect.height(), actionRect.height()});
    height = parts + 2 * kTop;
    const int down = (parts - texts) / 2;
    titleRect.translate(0, down);
    noteRect.translate(0, down);
}

void RowLayout::centre()
{
    for (QRect *part : {&leadRect, &shapeRect, &pillRect, &secondPillRect, &trailingRect, &actionRect})
        part->moveTop((height - part->height()) / 2);
}

QRect RowLayout::visual(const QStyleOptionViewItem &option, const QRect &rect)
{
    return QStyle::visualRect(option.direction, option.rect, rect.translated(option.rect.topLeft()));
}

} // namespace cockpit
