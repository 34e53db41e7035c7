// The cards of figures, side by side, and in more rows where the window is narrow.
#pragma once

#include "ui/monitoring/summarycards.h"

#include <QWidget>

class QGridLayout;

namespace cockpit {

class Card;
class PlainLabel;

class SummaryRow : public QWidget
{
    Q_OBJECT

public:
    explicit SummaryRow(QWidget *parent = nullptr);

    void setCards(const std::vector<SummaryCard> &cards);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Place
    {
        Card *card;
        PlainLabel *title;
        PlainLabel *value;
        PlainLabel *note;
    };

    Place addPlace(const QString &id);
    void arrange();

    QGridLayout *m_grid;
    std::vector<Place> m_places;
    int m_columns = 0;
};

} // namespace cockpit
