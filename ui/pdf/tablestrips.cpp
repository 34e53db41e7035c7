#include "ui/pdf/blockstrips.h"
#include "ui/pdf/printpalette.h"
#include "ui/pdf/textlines.h"

#include <algorithm>
#include <numeric>

namespace cockpit::print {

namespace {

constexpr qreal kCellGap = points(10);
constexpr qreal kRowPadding = points(3.5);
constexpr qreal kWidestWordHonoured = points(110);
constexpr qreal kWidening = points(2);
constexpr std::size_t kShortEnoughToStayWhole = 30; // lines: about half a page

constexpr std::size_t kFewRows = 6;

int columnCount(const Table &table)
{
    qsizetype count = table.header.size();
    for (const QStringList &row : table.rows)
        count = std::max(count, row.size());
    return static_cast<int>(count);
}

struct ColumnNeed
{
    qreal least = points(20);   // the longest word, so that words break only when they must
    std::vector<qreal> natural; // of each cell, all on one line; the narrowest first
};

std::vector<ColumnNeed> needsOf(const Table &table, int columns)
{
    std::vector<ColumnNeed> needs(static_cast<std::size_t>(columns));
    const auto look = [&](const QStringList &row, Face face) {
        for (qsizetype c = 0; c < row.size(); ++c) {
            ColumnNeed &need = needs[static_cast<std::size_t>(c)];
            need.least = std::max(need.least, std::min(longestWordWidth(row[c], face), kWidestWordHonoured));
            need.natural.push_back(naturalWidth(row[c], face));
        }
    };
    look(table.header, Face::Small);
    for (const QStringList &row : table.rows)
        look(row, Face::Small);
    for (ColumnNeed &need : needs)
        std::ranges::sort(need.natural);
    return needs;
}

// How many lines, of all cells together, a column saves by becoming a little wider. One long text in a column of short
// ones saves few, and so does a column of long texts that is wide already.
qreal savedByWidening(const ColumnNeed &need, qreal width)
{
    const auto broken = std::ranges::upper_bound(need.natural, width);
    return std::accumulate(broken, need.natural.end(), 0.0) / (width * width);
}

// What is left goes where it saves most, and evenly to all once no cell is broken any more.
void widen(std::vector<qreal> &widths, const std::vector<ColumnNeed> &needs, qreal left)
{
    while (left >= kWidening) {
        std::size_t best = 0;
        qreal most = 0;
        for (std::size_t c = 0; c < widths.size(); ++c) {
            const qreal saved = savedByWidening(needs[c], widths[c]);
            if (saved > most) {
                best = c;
                most = saved;
            }
        }
        if (most <= 0)
            break;
        widths[best] += kWidening;
        left -= kWidening;
    }
    for (qreal &column : widths)
        column += left / static_cast<qreal>(widths.size());
}

// Each column gets its least width at least.
std::vector<qreal> columnWidths(const Table &table, qreal width)
{
    const int columns = columnCount(table);
    const qreal available = width - kCellGap * (columns - 1);
    const std::vector<ColumnNeed> needs = needsOf(table, columns);
    std::vector<qreal> widths;
    std::ranges::transform(needs, std::back_inserter(widths), &ColumnNeed::least);
    const qreal least = std::accumulate(widths.begin(), widths.end(), 0.0);
    if (least < available)
        widen(widths, needs, available - least);
    else
        for (qreal &column : widths)
            column *= available / least;
    return widths;
}

struct Cells
{
    std::vector<TextLines> columns;
    std::vector<qreal> widths;

    int lineCount() const
    {
        int count = 0;
        for (const TextLines &column : columns)
            count = std::max(count, column.count());
        return count;
    }
    qreal height(int line) const
    {
        qreal height = 0;
        for (const TextLines &column : columns)
            if (line < column.count())
                height = std::max(height, column.height(line));
        return height;
    }
    void draw(QPainter &painter, int line, QPointF at) const
    {
        for (std::size_t c = 0; c < columns.size(); ++c) {
            if (line < columns[c].count())
                columns[c].draw(painter, line, at);
            at.rx() += widths[c] + kCellGap;
        }
    }
};

Cells cellsOf(const QStringList &row, const std::vector<qreal> &widths, Face face, const QColor &color)
{
    Cells cells{{}, widths};
    for (std::size_t c = 0; c < widths.size(); ++c)
        cells.columns.emplace_back(row.value(static_cast<qsizetype>(c)), face, color, widths[c]);
    return cells;
}

// A row as strips, one per line, so that a long row can go on over the page; the last one carries the hairline.
Strips rowStrips(const std::shared_ptr<const Cells> &cells, qreal width, const std::shared_ptr<const Strip> &header)
{
    Strips strips;
    const int last = cells->lineCount() - 1;
    for (int line = 0; line <= last; ++line) {
        const qreal above = line == 0 ? kRowPadding : 0;
        const qreal below = line == last ? kRowPadding : 0;
        const qreal height = above + cells->height(line) + below;
        strips.push_back({height, 0, false,
                          [cells, line, above, below, height, width](QPainter &painter, const QPointF &at) {
                              cells->draw(painter, line, at + QPointF(0, above));
                              if (below > 0) {
                                  painter.setPen(QPen(kLine, points(0.6)));
                                  painter.drawLine(at + QPointF(0, height), at + QPointF(width, height));
                              }
                          },
                          header});
    }
    avoidLonelyLines(strips, kShortEnoughToStayWhole);
    return strips;
}

// The header as one strip: it is short, and it is repeated.
Strip headerStrip(const Table &table, const std::vector<qreal> &widths, qreal width)
{
    auto cells = std::make_shared<const Cells>(cellsOf(table.header, widths, Face::Small, kMuted));
    Strips lines = rowStrips(cells, width, nullptr);
    qreal height = 0;
    for (const Strip &line : lines)
        height += line.height;
    return {height, points(8), true,
            [lines = std::move(lines)](QPainter &painter, QPointF at) {
                for (const Strip &line : lines) {
                    line.draw(painter, at);
                    at.ry() += line.height;
                }
            },
            nullptr};
}

} // namespace

Strips stripsOf(const Table &block, qreal width)
{
    if (block.rows.empty())
        return stripsOf(Paragraph{block.emptyText, true}, width);
    const std::vector<qreal> widths = columnWidths(block, width);
    Strips strips;
    std::shared_ptr<const Strip> header;
    if (!block.header.isEmpty()) {
        header = std::make_shared<const Strip>(headerStrip(block, widths, width));
        strips.push_back(*header);
    }
    const std::size_t last = block.rows.size() - 1;
    for (std::size_t row = 0; row <= last; ++row) {
        const auto cells = std::make_shared<const Cells>(cellsOf(block.rows[row], widths, Face::Small, kText));
        append(strips, rowStrips(cells, width, header));
        // The first and the last row are not left alone on a page; a short table stays whole.
        strips.back().keepWithNext = row < last && (row == 0 || row + 1 == last || last < kFewRows);
    }
    return strips;
}

} // namespace cockpit::print
