#include "ui/monitoring/summaryrow.h"

#include "ui/widgets/card.h"
#include "ui/widgets/labels.h"

#include <QGridLayout>
#include <QStyle>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr int kNarrowestCardInChars = 22; // of the average character: grows with larger text

// Words for QLabel[tone="…"] in the style sheet.
QString toneWord(Tone tone)
{
    switch (tone) {
    case Tone::Neutral:
    case Tone::Accent:
        return {};
    case Tone::Pass:
        return u"pass"_s;
    case Tone::Warn:
        return u"warn"_s;
    case Tone::Fail:
        return u"fail"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

SummaryRow::SummaryRow(QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(space::kMedium);
}

void SummaryRow::setCards(const std::vector<SummaryCard> &cards)
{
    while (m_places.size() < cards.size())
        m_places.push_back(addPlace(cards[m_places.size()].id));
    for (std::size_t i = 0; i < cards.size(); ++i) {
        const SummaryCard &shown = cards[i];
        const Place &place = m_places[i];
        place.title->setText(shown.title);
        place.value->setText(shown.value);
        place.note->setText(shown.note);
        place.card->setAccessibleName(u"%1: %2, %3"_s.arg(shown.title, shown.value, shown.note));
        if (place.value->property("tone").toString() != toneWord(shown.tone)) {
            place.value->setProperty("tone", toneWord(shown.tone));
            place.value->style()->unpolish(place.value);
            place.value->style()->polish(place.value);
        }
    }
    arrange();
}

SummaryRow::Place SummaryRow::addPlace(const QString &id)
{
    auto *card = new Card(this);
    card->setObjectName(id + "Card"_L1);
    const Place place{card, new PlainLabel(card), new PlainLabel(card), new PlainLabel(card)};
    place.title->setMuted();
    place.value->setScale(TextSize::Page, QFont::Bold);
    place.note->setMuted();
    card->setPadding(space::kLarge);
    card->column()->setSpacing(2);
    card->column()->addWidget(place.title);
    card->column()->addWidget(place.value);
    card->column()->addWidget(place.note);
    card->column()->addStretch();
    m_columns = 0;
    return place;
}

void SummaryRow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void SummaryRow::arrange()
{
    if (m_places.empty())
        return;
    const int narrowest = kNarrowestCardInChars * fontMetrics().averageCharWidth();
    const int count = static_cast<int>(m_places.size());
    const int most = std::clamp(width() / narrowest, 1, count);
    const int rows = (count + most - 1) / most;
    const int columns = (count + rows - 1) / rows; // rows of the same length: no card stands alone
    if (columns == m_columns)
        return;
    m_columns = columns;
    for (int i = 0; i < count; ++i) {
        m_grid->addWidget(m_places[static_cast<std::size_t>(i)].card, i / columns, i % columns);
        m_grid->setColumnStretch(i, i < columns ? 1 : 0);
    }
}

} // namespace cockpit
