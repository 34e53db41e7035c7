#include "ui/access/chipdelegate.h"

#include "ui/access/matrixmodel.h"
#include "ui/widgets/pill.h"

#include <QComboBox>
#include <QPainter>
#include <QStyle>

namespace cockpit {

namespace {

constexpr int kBefore = 15; // as texts of a table begin
constexpr int kInside = 9;  // of the chip, before the shape and after the word

struct ChipLook
{
    QString text;
    QFont font;
    int extent = 0; // of the shape
    QSize size;
};

ChipLook lookOf(const QModelIndex &index)
{
    ChipLook look{index.data().toString(), Pill::fontOf(), 0, {}};
    look.font.setItalic(index.data(MatrixModel::GuessRole).toBool());
    const QFontMetrics metrics(look.font);
    look.extent = metrics.height() - 2;
    look.size = {metrics.horizontalAdvance(look.text) + look.extent + 2 * kInside + space::kTiny,
                 metrics.height() + 2 * space::kTiny};
    return look;
}

void paintGround(QPainter &painter, const QStyleOptionViewItem &option, const Tokens &tokens)
{
    if (option.state & QStyle::State_Selected)
        painter.fillRect(option.rect, tokens.accentSoft);
    if (!(option.state & QStyle::State_HasFocus))
        return;
    painter.setPen(QPen(tokens.accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(option.rect).adjusted(2, 2, -2, -2), kControlRadius, kControlRadius);
}

} // namespace

QWidget *ChipDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QWidget *editor = ChoiceDelegate::createEditor(parent, option, index);
    editor->setAccessibleName(index.data(Qt::AccessibleTextRole).toString()); // the route as well as the role
    // What is chosen counts at once: nobody has to leave the cell first.
    if (auto *box = qobject_cast<QComboBox *>(editor))
        connect(box, &QComboBox::activated, this, [this, box] {
            auto *self = const_cast<ChipDelegate *>(this);
            emit self->commitData(box);
            emit self->closeEditor(box);
        });
    return editor;
}

void ChipDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Tokens &tokens = tokensFor(option.palette);
    const ChipLook look = lookOf(index);
    const StateShape shape = index.data(RowShapeRole).value<StateShape>();
    const ToneColors colors = toneColors(tokens, toneFor(shape));
    const int room = option.rect.width() - kBefore - space::kTiny;
    const QRect chip(option.rect.left() + kBefore, option.rect.center().y() - look.size.height() / 2,
                     std::min(look.size.width(), room), look.size.height());
    const QRect icon(chip.left() + kInside, chip.center().y() - look.extent / 2, look.extent, look.extent);
    const QRect word(icon.right() + space::kTiny, chip.top(), chip.right() - icon.right() - kInside, chip.height());
    const auto mirrored = [&](const QRect &rect) { return QStyle::visualRect(option.direction, option.rect, rect); };
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintGround(*painter, option, tokens);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colors.soft);
    painter->drawRoundedRect(mirrored(chip), chip.height() / 2.0, chip.height() / 2.0);
    paintState(*painter, mirrored(icon), shape, tokens);
    painter->setFont(look.font);
    painter->setPen(colors.ink);
    const QString text = QFontMetrics(look.font).elidedText(look.text, Qt::ElideRight, std::max(0, word.width()));
    painter->drawText(mirrored(word), int(QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter)),
                      text);
    painter->restore();
}

QSize ChipDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const ChipLook look = lookOf(index);
    return {look.size.width() + kBefore + space::kSmall,
            std::max(look.size.height() + space::kSmall, ChoiceDelegate::sizeHint(option, index).height())};
}

} // namespace cockpit
