// Labels that never read their text as HTML: much of what they show comes from a stranger's server.
#pragma once

#include "ui/theme/typescale.h"

#include <QLabel>

#include <utility>
#include <vector>

namespace cockpit {

// Plain text, wrapped, that can be selected with the mouse when asked for.
class PlainLabel : public QLabel
{
    Q_OBJECT

public:
    explicit PlainLabel(QWidget *parent = nullptr);
    explicit PlainLabel(const QString &text, QWidget *parent = nullptr);

    PlainLabel &setMuted(bool muted = true);
    PlainLabel &setScale(TextSize size, QFont::Weight weight = QFont::Normal);
    PlainLabel &setSelectable();
    // To the side where the window begins or ends, whatever language the text is in: QLabel goes by the text alone, and
    // a stranger's English sentence would stand at the wrong edge of an Arabic window.
    void setAlignment(Qt::Alignment alignment);

    // Remembered: layouts ask the same again and again, and each answer wraps and shapes the whole text.
    int heightForWidth(int width) const override;

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Measured
    {
        int width = -1;
        bool wraps = false;
        QString text;
        QFont font;
        QMargins margins;
        bool operator==(const Measured &) const = default;
    };

    Qt::Alignment m_alignment = Qt::AlignLeading | Qt::AlignVCenter;
    mutable std::vector<std::pair<Measured, int>> m_heights; // the last few
};

// One line that ends in an ellipsis when there is no room; the whole text is in its tool tip and accessible name.
class ElidedLabel : public QWidget
{
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget *parent = nullptr);

    void setText(const QString &text);
    QString text() const { return m_text; }
    void setMuted(bool muted = true);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    bool m_muted = false;
};

} // namespace cockpit
