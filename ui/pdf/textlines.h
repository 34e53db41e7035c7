// A text broken into lines of a width; lines are measured and drawn one by one, so that a page may end between any two.
#pragma once

#include "ui/pdf/typography.h"

#include <QPainter>
#include <QTextLayout>

#include <memory>

namespace cockpit::print {

// What can be printed: control and bidirectional formatting characters become blanks, and of many empty lines in a row
// one is left, whatever the caller has done.
QString printable(const QString &text);

class TextLines
{
public:
    TextLines(const QString &text, Face face, const QColor &color, qreal width,
              Qt::Alignment alignment = Qt::AlignLeft);

    int count() const { return m_layout->lineCount(); }
    qreal height(int line) const;
    void draw(QPainter &painter, int line, const QPointF &topLeft) const;
    qreal totalHeight() const;
    void drawAll(QPainter &painter, const QPointF &topLeft) const;

private:
    std::shared_ptr<QTextLayout> m_layout; // copies share it; it does not change any more
    QColor m_color;
};

// Widths for choosing columns.
qreal naturalWidth(const QString &text, Face face);
qreal longestWordWidth(const QString &text, Face face);

// One line, shortened with "…" where it does not fit.
void drawElided(QPainter &painter, const QString &text, Face face, const QColor &color, const QRectF &box,
                Qt::Alignment alignment = Qt::AlignLeft);

} // namespace cockpit::print
