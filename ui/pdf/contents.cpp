#include "ui/pdf/contents.h"

#include "ui/pdf/blockstrips.h"
#include "ui/pdf/printpalette.h"
#include "ui/pdf/stateshape.h"
#include "ui/pdf/textlines.h"

#include <QCoreApplication>

namespace cockpit::print {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(HandoverPdf)
};

constexpr qreal kShapeSize = points(9);
constexpr qreal kStateColumn = points(120);
constexpr qreal kNumberColumn = points(36);

Shape shapeOf(Completeness completeness)
{
    switch (completeness) {
    case Completeness::Complete:
        return Shape::Circle;
    case Completeness::AnswersMissing:
        return Shape::Triangle;
    case Completeness::NotStarted:
        return Shape::DashedCircle;
    }
    Q_UNREACHABLE();
}

QColor colorOf(Completeness completeness)
{
    switch (completeness) {
    case Completeness::Complete:
        return kPass;
    case Completeness::AnswersMissing:
        return kWarn;
    case Completeness::NotStarted:
        return kIdle;
    }
    Q_UNREACHABLE();
}

QString wordFor(const Section &section)
{
    switch (section.completeness) {
    case Completeness::Complete:
        return Text::tr("complete");
    case Completeness::AnswersMissing:
        return Text::tr("%n open point(s)", nullptr, section.answersMissing);
    case Completeness::NotStarted:
        return Text::tr("not started");
    }
    Q_UNREACHABLE();
}

struct Entry
{
    QString title;
    QString word;
    Completeness completeness;
    int page;
};

void drawEntry(QPainter &painter, const Entry &entry, const QPointF &at, qreal width)
{
    drawShape(painter, shapeOf(entry.completeness), colorOf(entry.completeness),
              QRectF(at + QPointF(points(1), (kContentsRow - kShapeSize) / 2), QSizeF(kShapeSize, kShapeSize)));
    const qreal titleWidth = width - points(18) - kStateColumn - kNumberColumn;
    drawElided(painter, entry.title, Face::Body, kText,
               QRectF(at + QPointF(points(18), 0), QSizeF(titleWidth, kContentsRow)));
    drawElided(painter, entry.word, Face::Small, kMuted,
               QRectF(at + QPointF(points(18) + titleWidth, 0), QSizeF(kStateColumn, kContentsRow)), Qt::AlignRight);
    drawElided(painter, QString::number(entry.page + 1), Face::Body, kText,
               QRectF(at + QPointF(width - kNumberColumn, 0), QSizeF(kNumberColumn, kContentsRow)), Qt::AlignRight);
    painter.setPen(QPen(kLine, points(0.6)));
    painter.drawLine(at + QPointF(0, kContentsRow), at + QPointF(width, kContentsRow));
}

} // namespace

Strips contentsStrips(const HandoverDocument &document, const std::vector<SectionStart> &sections, qreal width)
{
    Strips strips = sectionTitle(Text::tr("Contents"), width);
    for (std::size_t i = 0; i < sections.size(); ++i) {
        const Section &section = document.sections[i];
        const Entry entry{section.title, wordFor(section), section.completeness, sections[i].page};
        strips.push_back(
            {kContentsRow, i == 0 ? points(10) : 0, false,
             [entry, width](QPainter &painter, const QPointF &at) { drawEntry(painter, entry, at, width); }, nullptr});
    }
    return strips;
}

} // namespace cockpit::print
