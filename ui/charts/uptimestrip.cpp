#include "ui/charts/uptimestrip.h"

#include "ui/theme/tokens.h"

#include <QPainter>

namespace cockpit {

namespace {

constexpr qreal kBarShare = 0.68; // of a cell; the rest is the gap to the next
constexpr qreal kWidestBar = 8;

void paintCell(QPainter &painter, const QRectF &bar, CellState state, const Tokens &tokens)
{
    const qreal radius = qMin(2.0, bar.width() / 2);
    painter.setPen(Qt::NoPen);
    switch (state) {
    case CellState::Up:
        painter.setBrush(tokens.pass);
        painter.drawRoundedRect(bar, radius, radius);
        return;
    case CellState::Down: {
        painter.setBrush(tokens.fail);
        const qreal part = bar.height() * 0.44;
        painter.drawRoundedRect(QRectF(bar.left(), bar.top(), bar.width(), part), radius, radius);
        painter.drawRoundedRect(QRectF(bar.left(), bar.bottom() - part, bar.width(), part), radius, radius);
        return;
    }
    case CellState::Unknown: {
        painter.setBrush(tokens.line);
        const qreal height = bar.height() * 0.25;
        painter.drawRoundedRect(QRectF(bar.left(), bar.bottom() - height, bar.width(), height), radius, radius);
        return;
    }
    }
}

} // namespace

void paintUptimeStrip(QPainter &painter, const QRectF &rect, const std::vector<UptimeCell> &cells, const Tokens &tokens,
                      Qt::LayoutDirection direction)
{
    if (cells.empty())
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const qreal step = rect.width() / double(cells.size());
    const qreal width = qMin(step * kBarShare, kWidestBar);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const qreal offset = double(i) * step;
        const qreal x = direction == Qt::RightToLeft ? rect.right() - offset - width : rect.left() + offset;
        paintCell(painter, {x, rect.top(), width, rect.height()}, cells[i].state, tokens);
    }
    painter.restore();
}

} // namespace cockpit
