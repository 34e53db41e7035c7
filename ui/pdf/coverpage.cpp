#include "ui/pdf/coverpage.h"

#include "ui/pdf/printpalette.h"
#include "ui/pdf/stateshape.h"
#include "ui/pdf/textlines.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace cockpit::print {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(HandoverPdf)
};

constexpr qreal kPanelPadding = points(22);
constexpr int kLongestName = 120;
constexpr int kLongestReason = 320;
constexpr int kMostReasonLines = 3;

QColor softColorOf(VerdictDecision decision)
{
    switch (decision) {
    case VerdictDecision::Go:
        return kPassSoft;
    case VerdictDecision::GoWithConditions:
        return kWarnSoft;
    case VerdictDecision::NoGo:
        return kFailSoft;
    }
    Q_UNREACHABLE();
}

// At most so many lines: a name of any length must leave room for the verdict.
qreal write(QPainter &painter, const QString &text, Face face, const QColor &color, QPointF at, qreal width,
            int mostLines = 2)
{
    const TextLines lines(text, face, color, width);
    for (int i = 0; i < std::min(lines.count(), mostLines); ++i) {
        lines.draw(painter, i, at);
        at.ry() += lines.height(i);
    }
    return at.y();
}

qreal writeReasons(QPainter &painter, const Verdict &verdict, const QPointF &at, qreal width)
{
    qreal y = at.y();
    for (const QString &reason : verdict.reasons.mid(0, 3)) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colorOf(verdict.decision));
        painter.drawEllipse(QPointF(at.x() + points(2), y + points(7)), points(1.6), points(1.6));
        y = write(painter, reason.left(kLongestReason), Face::Body, kText, QPointF(at.x() + points(12), y),
                  width - points(12), kMostReasonLines);
        y += points(5);
    }
    return y;
}

// The panel's height follows its content, so the content is drawn twice: once to nowhere, to measure it.
qreal paintVerdictContent(QPainter &painter, const HandoverDocument &document, const QPointF &at, qreal width)
{
    const Verdict &verdict = document.verdict;
    const QColor color = colorOf(verdict.decision);
    drawShape(painter, shapeOf(verdict.decision), color,
              QRectF(at + QPointF(points(1), points(3)), QSizeF(points(20), points(20))));
    const qreal left = at.x() + points(34);
    write(painter, Text::tr("%1 / 100").arg(verdict.score), Face::Title, color,
          QPointF(at.x() + width - points(90), at.y()), points(90));
    qreal y = write(painter, labelOf(verdict.decision), Face::Title, color, QPointF(left, at.y()), width - points(140));
    y = write(painter, document.verdictMeaning, Face::Strong, kText, QPointF(left, y + points(4)), width - points(34),
              3);
    y += points(8);
    return writeReasons(painter, verdict, QPointF(left, y), width - points(34));
}

qreal paintVerdict(QPainter &painter, const HandoverDocument &document, const QPointF &at, qreal width)
{
    const QPointF inside = at + QPointF(kPanelPadding, kPanelPadding);
    const qreal innerWidth = width - 2 * kPanelPadding;
    QImage nowhere(1, 1, QImage::Format_RGB32);
    QPainter measuring(&nowhere);
    const qreal bottom = paintVerdictContent(measuring, document, inside, innerWidth) + kPanelPadding - points(5);
    painter.setPen(Qt::NoPen);
    painter.setBrush(softColorOf(document.verdict.decision));
    painter.drawRoundedRect(QRectF(at, QPointF(at.x() + width, bottom)), points(10), points(10));
    paintVerdictContent(painter, document, inside, innerWidth);
    return bottom;
}

void paintFacts(QPainter &painter, const std::vector<CoverFact> &facts, const QPointF &at, qreal width)
{
    const qreal column = width / static_cast<qreal>(std::max<std::size_t>(facts.size(), 1));
    for (std::size_t i = 0; i < facts.size(); ++i) {
        const QPointF corner = at + QPointF(static_cast<qreal>(i) * column, 0);
        const qreal textWidth = column - points(12);
        const qreal below = write(painter, facts[i].value, Face::Title, kText, corner, textWidth, 1);
        write(painter, facts[i].label, Face::Small, kMuted, QPointF(corner.x(), below), textWidth);
    }
}

} // namespace

void paintCover(QPainter &painter, const HandoverDocument &document, const QSizeF &pageSize)
{
    const qreal width = pageSize.width() - 2 * kMargin;
    drawElided(painter, Text::tr("LAUNCH HANDOVER"), Face::Caption, kMuted,
               QRectF(kMargin, kMargin, width, points(12)));
    qreal y = pageSize.height() * 0.2;
    y = write(painter, document.productName.left(kLongestName), Face::Cover, kText, QPointF(kMargin, y), width);
    y = write(painter, document.domain.left(kLongestName), Face::Heading, kMuted, QPointF(kMargin, y + points(4)),
              width);
    y = write(painter, document.roadmapTitle.left(kLongestName), Face::Body, kMuted, QPointF(kMargin, y + points(4)),
              width);
    y = paintVerdict(painter, document, QPointF(kMargin, y + points(28)), width);
    paintFacts(painter, document.coverFacts, QPointF(kMargin, y + points(26)), width);

    const QString date = QLocale().toString(document.preparedAt.toUTC(), u"d MMMM yyyy, HH:mm 'UTC'"_s);
    const QString made =
        Text::tr("Prepared on %1 with Launch Cockpit %2. Secrets are masked; this document may be passed on.")
            .arg(date, document.toolVersion.left(40));
    const TextLines footer(made, Face::Small, kMuted, width);
    footer.drawAll(painter, QPointF(kMargin, pageSize.height() - kMargin - footer.totalHeight()));
}

} // namespace cockpit::print
