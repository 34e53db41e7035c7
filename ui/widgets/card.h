// A rounded surface on the window's ground: the frame of everything that belongs together.
#pragma once

#include <QFrame>

class QVBoxLayout;

namespace cockpit {

class Card : public QFrame
{
    Q_OBJECT

public:
    explicit Card(QWidget *parent = nullptr);

    // A column with the card's padding. Cards that hold one list call setPadding(0).
    QVBoxLayout *column() const { return m_column; }
    void setPadding(int pixels);

    // The accent border of a chosen card.
    void setHighlighted(bool highlighted);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QVBoxLayout *m_column;
    bool m_highlighted = false;
};

} // namespace cockpit
