// A small rounded word: a severity, an impact, a verdict, an effort.
#pragma once

#include "ui/theme/tokens.h"

#include <QWidget>

class QPainter;

namespace cockpit {

class Pill : public QWidget
{
    Q_OBJECT

public:
    explicit Pill(QWidget *parent = nullptr);
    Pill(const QString &text, Tone tone, QWidget *parent = nullptr);

    void setPill(const QString &text, Tone tone);
    QString text() const { return m_text; }
    Tone tone() const { return m_tone; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

    // For delegates.
    static QFont fontOf();
    static QSize sizeFor(const QString &text);
    static void paint(QPainter &painter, const QRect &rect, const QString &text, Tone tone, const Tokens &tokens);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QString m_text;
    Tone m_tone = Tone::Neutral;
};

} // namespace cockpit
