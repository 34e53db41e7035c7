#include "ui/pdf/textlines.h"

#include <QFontMetricsF>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit::print {

using namespace Qt::StringLiterals;

namespace {

constexpr qreal kLeading = 1.18;

bool isBidirectionalControl(QChar c)
{
    const ushort code = c.unicode();
    return code == 0x061C || code == 0x200E || code == 0x200F || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069);
}

// Where a line may end inside of a word, beside what the layout knows itself: behind the joints of a name like
// STRIPE_SECRET_KEY, and only where it is too wide for a line anyway. The mark has no width and no glyph.
QString withBreaksInNames(const QString &text, Face face, qreal width)
{
    static const QRegularExpression names(u"[^\\s_]+(?:_+[^\\s_]+)+"_s);
    static const QString mayBreak(QChar(0x200B)); // ZERO WIDTH SPACE
    const QFontMetricsF metrics(fontOf(face));
    QString broken;
    qsizetype taken = 0;
    for (auto it = names.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch name = it.next();
        QString whole = name.captured();
        if (metrics.horizontalAdvance(whole) > width)
            whole.replace(u"_"_s, u"_"_s + mayBreak);
        broken += text.mid(taken, name.capturedStart() - taken) + whole;
        taken = name.capturedEnd();
    }
    return taken == 0 ? text : broken + text.mid(taken);
}

} // namespace

QString printable(const QString &text)
{
    // Pages of nothing help nobody: of many empty lines in a row one is kept.
    static const QRegularExpression emptyLines(u"\\n[ \\t\\r]*(?:\\n[ \\t\\r]*){2,}"_s);
    QString clean = text;
    clean.replace(emptyLines, u"\n\n"_s);
    for (QChar &c : clean) {
        if (c == u'\n')
            c = QChar::LineSeparator; // what QTextLayout breaks at
        else if (c.category() == QChar::Other_Control || isBidirectionalControl(c))
            c = u' ';
    }
    return clean;
}

TextLines::TextLines(const QString &text, Face face, const QColor &color, qreal width, Qt::Alignment alignment)
    : m_layout(std::make_shared<QTextLayout>(withBreaksInNames(printable(text), face, width), fontOf(face))),
      m_color(color)
{
    QTextOption option(alignment);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_layout->setTextOption(option);
    m_layout->setCacheEnabled(true);
    m_layout->beginLayout();
    for (QTextLine line = m_layout->createLine(); line.isValid(); line = m_layout->createLine()) {
        line.setLineWidth(std::max(width, points(8)));
        line.setPosition(QPointF(0, 0));
    }
    m_layout->endLayout();
}

qreal TextLines::height(int line) const
{
    return m_layout->lineAt(line).height() * kLeading;
}

qreal TextLines::totalHeight() const
{
    qreal total = 0;
    for (int i = 0; i < count(); ++i)
        total += height(i);
    return total;
}

void TextLines::draw(QPainter &painter, int line, const QPointF &topLeft) const
{
    painter.setPen(m_color);
    m_layout->lineAt(line).draw(&painter, topLeft);
}

void TextLines::drawAll(QPainter &painter, const QPointF &topLeft) const
{
    QPointF at = topLeft;
    for (int i = 0; i < count(); ++i) {
        draw(painter, i, at);
        at.ry() += height(i);
    }
}

qreal naturalWidth(const QString &text, Face face)
{
    return QFontMetricsF(fontOf(face)).horizontalAdvance(printable(text.left(200)));
}

qreal longestWordWidth(const QString &text, Face face)
{
    static const QRegularExpression breaks(u" |(?<=-)(?=\\p{L})"_s); // a line may end behind a hyphen
    const QFontMetricsF metrics(fontOf(face));
    qreal widest = 0;
    for (const QString &word : printable(text.left(600)).split(breaks, Qt::SkipEmptyParts))
        widest = std::max(widest, metrics.horizontalAdvance(word));
    return widest;
}

void drawElided(QPainter &painter, const QString &text, Face face, const QColor &color, const QRectF &box,
                Qt::Alignment alignment)
{
    const QFont font = fontOf(face);
    painter.setFont(font);
    painter.setPen(color);
    const QString line = QFontMetricsF(font).elidedText(printable(text).replace(QChar::LineSeparator, u' '),
                                                        Qt::ElideRight, box.width());
    painter.drawText(box, static_cast<int>(alignment | Qt::AlignVCenter) | Qt::TextSingleLine, line);
}

} // namespace cockpit::print
