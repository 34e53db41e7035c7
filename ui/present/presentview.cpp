#include "ui/present/presentview.h"

#include "ui/present/audience.h"
#include "ui/present/scorering.h"
#include "ui/session.h"
#include "ui/surface/surfacemodel.h"
#include "ui/surface/surfacetable.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/card.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/stateicon.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QRegularExpression>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr int kMargin = 80;
constexpr int kFewestCards = 1;
constexpr int kMostCards = 4;

QString headlineOf(const Verdict &verdict)
{
    if (verdict.nothingLookedAt)
        return labelOf(verdict);
    switch (verdict.decision) {
    case VerdictDecision::NoGo:
        return PresentView::tr("Not ready for customers yet");
    case VerdictDecision::GoWithConditions:
        return PresentView::tr("Ready, with conditions");
    case VerdictDecision::Go:
        return PresentView::tr("Ready for customers");
    }
    Q_UNREACHABLE();
}

QString minutes(int count)
{
    if (count < 60)
        return PresentView::tr("%1 min").arg(count);
    return count % 60 ? PresentView::tr("%1 h %2 min").arg(QString::number(count / 60), QString::number(count % 60))
                      : PresentView::tr("%1 h").arg(count / 60);
}

QFont scaled(TextSize size, QFont::Weight weight, double factor)
{
    QFont font = textFont(size, weight);
    if (font.pixelSize() > 0)
        font.setPixelSize(qRound(font.pixelSize() * factor));
    else
        font.setPointSizeF(font.pointSizeF() * factor);
    return font;
}

// Of masked text: cut short, an address would not be known for one.
QString firstSentence(const QString &text)
{
    static const QRegularExpression end(u"[.!?。](?=\\s|$)"_s); // not the dot in a host name
    const qsizetype at = text.indexOf(end);
    return at < 0 ? text : text.left(at);
}

Card *makeCard(const Risk &risk, const AudienceMask &mask, bool numbers, bool current)
{
    const Finding &finding = risk.finding;
    auto *card = new Card;
    card->setHighlighted(current);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::kWide);
    auto *icon = new StateIcon(shapeFor(finding.severity));
    icon->setExtent(36);
    row->addWidget(icon);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    auto *title = new PlainLabel(mask.apply(finding.title));
    title->setFont(scaled(TextSize::Page, QFont::DemiBold, 0.95));
    texts->addWidget(title);
    auto *why = new PlainLabel(firstSentence(mask.apply(finding.whyItMatters)));
    why->setMuted().setScale(TextSize::Section);
    texts->addWidget(why);
    row->addLayout(texts, 1);
    row->addWidget(new Pill(labelOf(finding.impact), toneFor(finding.severity)));
    if (numbers) {
        auto *effort = new PlainLabel(minutes(finding.effortMinutes));
        effort->setWordWrap(false);
        effort->setMuted().setScale(TextSize::Section);
        row->addWidget(effort);
    }
    card->column()->addLayout(row);
    card->setAccessibleName(title->text());
    return card;
}

// What was seen stays with the people of the project: words and shapes are for everybody, sentences are not.
std::vector<SurfaceRow> forAudience(std::vector<SurfaceRow> rows, const AudienceMask &mask, bool numbers)
{
    for (SurfaceRow &row : rows) {
        row.host.name = mask.apply(displayName(row.host.name));
        for (SurfaceCell &cell : row.cells) {
            cell.words.clear();
            cell.lines.clear();
            if (!numbers)
                cell.figure.clear();
        }
    }
    return rows;
}

} // namespace

PresentView::PresentView(Session &session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_refresher(new Refresher(this, [this] { refresh(); })),
      m_about(new PlainLabel),
      m_ring(new ScoreRing),
      m_headline(new PlainLabel),
      m_sentence(new PlainLabel),
      m_cards(new QWidget),
      m_cardColumn(new QVBoxLayout(m_cards)),
      m_counts(new PlainLabel),
      m_matrix(new SurfaceModel(this)),
      m_table(new SurfaceTable(m_matrix, u"presentSurface"_s)),
      m_previous(makeLinkButton({}, u"previousRisk"_s)),
      m_next(makeLinkButton({}, u"nextRisk"_s)),
      m_switch(makeLinkButton({}, u"switchSurface"_s)),
      m_hide(makeLinkButton({}, u"hideNumbers"_s)),
      m_leave(makeLinkButton(tr("Esc Leave"), u"leavePresent"_s))
{
    setObjectName(u"present"_s);
    setAccessibleName(tr("Presentation of the verdict and the worst risks"));
    setFocusPolicy(Qt::StrongFocus);
    build();
    connect(m_previous, &QPushButton::clicked, this, [this] { step(-1); });
    connect(m_next, &QPushButton::clicked, this, [this] { step(1); });
    connect(m_switch, &QPushButton::clicked, this, &PresentView::toggleSurface);
    connect(m_hide, &QPushButton::clicked, this, &PresentView::toggleNumbers);
    connect(m_leave, &QPushButton::clicked, this, &PresentView::left);
    m_refresher->follow(session, &Session::findingsChanged, &Session::answersChanged, &Session::projectOpened,
                        &Session::settingsChanged);
}

void PresentView::build()
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kMargin, kMargin / 2, kMargin, kMargin / 2);
    column->setSpacing(space::kWide);
    auto *top = new QHBoxLayout;
    m_about->setObjectName(u"presentAbout"_s);
    m_about->setMuted().setScale(TextSize::Section);
    top->addWidget(m_about, 1);
    top->addWidget(new Pill(tr("Presenting · names and secrets hidden"), Tone::Neutral));
    column->addLayout(top);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(56);
    middle->addWidget(m_ring);
    auto *words = new QVBoxLayout;
    words->setSpacing(space::kSmall);
    words->addStretch(1);
    m_headline->setObjectName(u"presentHeadline"_s);
    m_headline->setFont(scaled(TextSize::Start, QFont::Bold, 1.35));
    words->addWidget(m_headline);
    m_sentence->setMuted().setFont(scaled(TextSize::Section, QFont::Normal, 1.35));
    words->addWidget(m_sentence);
    words->addStretch(1);
    middle->addLayout(words, 1);
    column->addLayout(middle);
    m_cardColumn->setContentsMargins(0, 0, 0, 0);
    m_cardColumn->setSpacing(space::kMedium);
    column->addWidget(m_cards);
    m_table->setFont(scaled(TextSize::Section, QFont::Normal, 1.0));
    m_table->setFocusPolicy(Qt::TabFocus);
    m_table->installEventFilter(this);
    column->addWidget(m_table);
    column->addStretch(1);
    column->addWidget(makeFooter());
}

QWidget *PresentView::makeFooter()
{
    auto *footer = new QWidget;
    auto *row = new QHBoxLayout(footer);
    row->setContentsMargins(0, 0, 0, 0);
    for (QPushButton *button : {m_previous, m_next, m_switch, m_hide, m_leave})
        row->addWidget(button);
    m_counts->setMuted();
    m_counts->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    row->addWidget(m_counts, 1);
    return footer;
}

void PresentView::start()
{
    m_current = 0;
    m_surface = false;
    m_refresher->changed();
    m_refresher->bringUpToDate();
    setFocus();
}

int PresentView::fitting() const
{
    const int used = m_ring->sizeHint().height() + kMargin + 130;
    const int each = fontMetrics().height() * 7;
    return std::clamp((height() - used) / std::max(1, each), kFewestCards, kMostCards);
}

void PresentView::refresh()
{
    showVerdict();
    showRisks();
    showSurface();
    // The arrows are keys: in right-to-left, the left one leads on.
    const QString arrows[] = {u"←"_s, u"→"_s};
    m_previous->setText(tr("%1 Previous risk").arg(arrows[isRightToLeft() ? 1 : 0]));
    m_next->setText(tr("%1 Next risk").arg(arrows[isRightToLeft() ? 0 : 1]));
}

void PresentView::showVerdict()
{
    const Verdict &verdict = m_session.verdict();
    const ProjectState &project = m_session.project();
    const int looked = static_cast<int>(std::ranges::count_if(project.latest, [](const auto &entry) {
        return entry.second.outcome != Outcome::NotRun && entry.second.outcome != Outcome::Error;
    }));
    const int passed = static_cast<int>(
        std::ranges::count_if(project.latest, [](const auto &entry) { return entry.second.outcome == Outcome::Pass; }));
    m_about->setText(
        tr("%1 · %n check(s) looked at", nullptr, looked).arg(displayName(project.settings.target.domain)));
    m_ring->setScore(verdict.score, toneFor(verdict));
    m_ring->setNumberShown(m_numbers);
    m_headline->setText(headlineOf(verdict));
    const int open = static_cast<int>(m_session.risks().size());
    const QString count = verdict.blockers > 0 ? tr("%n thing(s) could hurt you on day one.", nullptr, verdict.blockers)
                                               : tr("%n thing(s) to know about.", nullptr, open);
    const QString effort = tr("All known fixes take about %1.").arg(minutes(m_session.fixPlan().totalMinutes));
    if (verdict.nothingLookedAt)
        m_sentence->setText(tr("Run the checks to see what could hurt you on day one."));
    else
        m_sentence->setText(m_numbers && open > 0 ? count + u' ' + effort : count);
    m_counts->setText(m_numbers ? tr("%n check(s) passed", nullptr, passed) : QString());
    m_hide->setText(m_numbers ? tr("H Hide numbers") : tr("H Show numbers"));
}

void PresentView::showRisks()
{
    while (QLayoutItem *item = m_cardColumn->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const auto &risks = m_session.risks();
    m_current = std::clamp(m_current, 0, std::max(0, int(risks.size()) - 1));
    m_shownCards = fitting();
    const AudienceMask mask(m_session.project());
    const int first = std::clamp(m_current - m_shownCards / 2, 0, std::max(0, int(risks.size()) - m_shownCards));
    const int last = std::min(int(risks.size()), first + m_shownCards);
    for (int i = first; i < last; ++i)
        m_cardColumn->addWidget(makeCard(risks[size_t(i)], mask, m_numbers, i == m_current));
    m_previous->setEnabled(m_current > 0);
    m_next->setEnabled(m_current + 1 < int(risks.size()));
}

void PresentView::step(int by)
{
    if (m_surface)
        return;
    m_current += by;
    showRisks();
}

void PresentView::showSurface()
{
    const AudienceMask mask(m_session.project());
    m_matrix->setRows(forAudience(surfaceMatrix(m_session.project()), mask, m_numbers));
    m_cards->setVisible(!m_surface);
    m_previous->setVisible(!m_surface);
    m_next->setVisible(!m_surface);
    m_table->setVisible(m_surface);
    m_switch->setText(m_surface ? tr("S Show risks") : tr("S Show surface"));
}

void PresentView::toggleSurface()
{
    m_surface = !m_surface;
    refresh();
}

void PresentView::toggleNumbers()
{
    m_numbers = !m_numbers;
    refresh();
}

void PresentView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (isVisible() && fitting() != m_shownCards)
        showRisks();
}

// A table takes letters for the beginning of a row's name.
bool PresentView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_table || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    auto *key = static_cast<QKeyEvent *>(event);
    const bool isOurs = key->key() == Qt::Key_H || key->key() == Qt::Key_S || key->key() == Qt::Key_Escape;
    if (isOurs)
        keyPressEvent(key);
    return isOurs;
}

void PresentView::keyPressEvent(QKeyEvent *event)
{
    // In right-to-left, the left arrow leads on.
    const int forward = layoutDirection() == Qt::RightToLeft ? -1 : 1;
    switch (event->key()) {
    case Qt::Key_Right:
        return step(forward);
    case Qt::Key_Left:
        return step(-forward);
    case Qt::Key_H:
        return toggleNumbers();
    case Qt::Key_S:
        return toggleSurface();
    case Qt::Key_Escape:
        emit left();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace cockpit
