#include "ui/pdf/blockstrips.h"
#include "ui/pdf/printpalette.h"
#include "ui/pdf/stateshape.h"
#include "ui/pdf/textlines.h"

#include <algorithm>

namespace cockpit::print {

namespace {

constexpr qreal kShapeSize = points(9);
constexpr qreal kTextIndent = points(18);
constexpr qreal kStateColumn = points(104);
constexpr qreal kLabelColumn = points(92);
constexpr qreal kLabelGap = points(10);
constexpr qreal kSmallBesideBody = points(0.8); // lowers a small line to the base line of the body beside it
constexpr qreal kCodePadding = points(8);
constexpr std::size_t kShortEnoughToStayWhole = 8;
constexpr std::size_t kCodeShortEnoughToStayWhole = 10;
constexpr qreal kCodeShade = points(4); // above and below the lines

Strips stripsOfLines(const TextLines &lines, qreal indent = 0)
{
    Strips strips;
    for (int i = 0; i < lines.count(); ++i)
        strips.push_back({lines.height(i), 0, false,
                          [lines, i, indent](QPainter &painter, const QPointF &at) {
                              lines.draw(painter, i, at + QPointF(indent, 0));
                          },
                          nullptr});
    avoidLonelyLines(strips);
    return strips;
}

// Two texts one below the other (a line and its note), seen as one list of lines.
struct Column
{
    std::vector<std::pair<TextLines, int>> lines;

    void add(const TextLines &text)
    {
        for (int i = 0; i < text.count(); ++i)
            lines.emplace_back(text, i);
    }
    qreal height(std::size_t i) const { return i < lines.size() ? lines[i].first.height(lines[i].second) : 0; }
    void draw(QPainter &painter, std::size_t i, const QPointF &at) const
    {
        if (i < lines.size())
            lines[i].first.draw(painter, lines[i].second, at);
    }
};

Strips labelledStrips(const Paragraph &block, qreal width)
{
    auto label = std::make_shared<Column>();
    label->add(TextLines(block.label, Face::Small, kMuted, kLabelColumn - kLabelGap));
    auto text = std::make_shared<Column>();
    text->add(TextLines(block.text, Face::Body, kText, width - kLabelColumn));
    Strips strips;
    for (std::size_t i = 0; i < std::max(label->lines.size(), text->lines.size()); ++i)
        strips.push_back({std::max(label->height(i), text->height(i)), 0, false,
                          [label, text, i](QPainter &painter, const QPointF &at) {
                              label->draw(painter, i, at + QPointF(0, kSmallBesideBody));
                              text->draw(painter, i, at + QPointF(kLabelColumn, 0));
                          },
                          nullptr});
    avoidLonelyLines(strips);
    strips.front().gapBefore = points(4);
    return strips;
}

struct Look
{
    Shape shape;
    QColor color;
    QString word;
};

Look lookOf(const StatusLine &line)
{
    if (line.severity)
        return {shapeOf(*line.severity), colorOf(*line.severity), labelOf(*line.severity)};
    return {shapeOf(line.state), colorOf(line.state), labelOf(line.state)};
}

Strip codeLine(const TextLines &lines, int i, qreal width)
{
    const qreal height = lines.height(i);
    return {height, 0, false,
            [lines, i, width, height](QPainter &painter, const QPointF &at) {
                painter.fillRect(QRectF(at, QSizeF(width, height)), kShade);
                lines.draw(painter, i, at + QPointF(kCodePadding, 0));
            },
            nullptr};
}

Strip shade(qreal height, qreal width, bool keepWithNext)
{
    return {height, 0, keepWithNext,
            [height, width](QPainter &painter, const QPointF &at) {
                painter.fillRect(QRectF(at, QSizeF(width, height)), kShade);
            },
            nullptr};
}

} // namespace

Strips stripsOf(const Paragraph &block, qreal width)
{
    if (block.text.isEmpty())
        return {};
    if (!block.label.isEmpty())
        return labelledStrips(block, width);
    Strips strips = block.muted ? stripsOfLines(TextLines(block.text, Face::Small, kMuted, width))
                                : stripsOfLines(TextLines(block.text, Face::Body, kText, width));
    if (!strips.empty())
        strips.front().gapBefore = points(5);
    return strips;
}

Strips stripsOf(const Heading &block, qreal width)
{
    const bool isMajor = block.level <= 2;
    Strips strips = stripsOfLines(TextLines(block.text, isMajor ? Face::Heading : Face::Subheading, kText, width));
    for (Strip &strip : strips)
        strip.keepWithNext = true;
    if (!strips.empty())
        strips.front().gapBefore = points(isMajor ? 18 : 10);
    return strips;
}

Strips stripsOf(const StatusLine &block, qreal width)
{
    const Look look = lookOf(block);
    const qreal textWidth = width - kTextIndent - kStateColumn - points(12);
    auto left = std::make_shared<Column>(); // shared by the strips: a copy in each would be quadratic
    left->add(TextLines(block.text, block.keepWithNext ? Face::Strong : Face::Body, kText, textWidth));
    if (!block.note.isEmpty())
        left->add(TextLines(block.note, Face::Small, kMuted, textWidth));
    auto right = std::make_shared<Column>();
    right->add(TextLines(look.word, Face::Small, look.color, kStateColumn, Qt::AlignRight));
    if (!block.trailing.isEmpty())
        right->add(TextLines(block.trailing, Face::Small, kMuted, kStateColumn, Qt::AlignRight));

    Strips strips;
    const qreal rightEdge = width - kStateColumn;
    for (std::size_t i = 0; i < std::max(left->lines.size(), right->lines.size()); ++i)
        strips.push_back({std::max(left->height(i), right->height(i)), 0, false,
                          [left, right, i, look, rightEdge](QPainter &painter, const QPointF &at) {
                              if (i == 0)
                                  drawShape(
                                      painter, look.shape, look.color,
                                      QRectF(at + QPointF(points(1), points(1.5)), QSizeF(kShapeSize, kShapeSize)));
                              left->draw(painter, i, at + QPointF(kTextIndent, 0));
                              right->draw(painter, i, at + QPointF(rightEdge, i == 0 ? kSmallBesideBody : 0));
                          },
                          nullptr});
    avoidLonelyLines(strips, kShortEnoughToStayWhole);
    strips.front().gapBefore = block.keepWithNext ? points(14) : points(6);
    strips.back().keepWithNext = block.keepWithNext;
    return strips;
}

Strips stripsOf(const CodeBlock &block, qreal width)
{
    Strips strips;
    if (!block.title.isEmpty())
        append(strips, stripsOfLines(TextLines(block.title, Face::Small, kMuted, width)));
    for (Strip &strip : strips)
        strip.keepWithNext = true;
    const TextLines lines(block.text, Face::Code, kText, width - 2 * kCodePadding);
    strips.push_back(shade(kCodeShade, width, true));
    if (strips.size() > 1)
        strips.back().gapBefore = points(3);
    Strips code;
    for (int i = 0; i < lines.count(); ++i)
        code.push_back(codeLine(lines, i, width));
    avoidLonelyLines(code, kCodeShortEnoughToStayWhole);
    append(strips, std::move(code));
    strips.back().keepWithNext = true;
    strips.push_back(shade(kCodeShade, width, false));
    strips.front().gapBefore = points(6);
    return strips;
}

Strips sectionTitle(const QString &title, qreal width)
{
    Strips strips = stripsOfLines(TextLines(title, Face::Title, kText, width));
    for (Strip &strip : strips)
        strip.keepWithNext = true;
    return strips;
}

Strips stripsOf(const Block &block, qreal width)
{
    return std::visit([width](const auto &kind) { return stripsOf(kind, width); }, block);
}

} // namespace cockpit::print
