#include "ui/start/startpage.h"

#include "ui/rail/railbutton.h"
#include "ui/start/addressfield.h"
#include "ui/start/productcard.h"
#include "ui/start/recentmodel.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/card.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/rowlist.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QScrollArea>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr int kSideWidth = 300;
constexpr int kColumnWidth = 960;
constexpr int kNarrowestCard = 165;
constexpr int kTopMargin = 60;

PlainLabel *label(const QString &text, TextSize size, QFont::Weight weight, QWidget *parent)
{
    auto *made = new PlainLabel(text, parent);
    made->setScale(size, weight);
    return made;
}

PlainLabel *mutedLabel(const QString &text, QWidget *parent, TextSize size = TextSize::Body)
{
    PlainLabel *made = label(text, size, QFont::Normal, parent);
    made->setMuted();
    return made;
}

} // namespace

// From the outside in, like MainWindow::build(): this is the first picture that people wait for.
StartPage::StartPage(const std::vector<Roadmap> &roadmaps, QWidget *parent)
    : QWidget(parent), m_cardGrid(new QGridLayout), m_recent(new RecentModel(this))
{
    setObjectName(u"startPage"_s);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(makeSide());
    row->addWidget(makeMain(roadmaps), 1);
    connect(m_start, &QPushButton::clicked, this, &StartPage::submit);
    connect(m_address, &AddressField::submitted, this, &StartPage::submit);
    const auto openRow = [this](const QModelIndex &index) {
        emit openRequested(index.data(RecentModel::PathRole).toString());
    };
    connect(m_recentList, &QAbstractItemView::clicked, this, openRow);
    connect(m_recentList, &QAbstractItemView::activated, this, openRow);
    connect(m_practice, &QAbstractButton::clicked, this, &StartPage::practiceRequested);
    connect(m_banner, &Banner::actionTriggered, this, [this] {
        m_banner->dismiss();
        emit lookRequested(m_readable);
    });
    setTabOrder(m_address->edit(), m_start);
}

QWidget *StartPage::makeSide()
{
    auto *side = new QFrame(this);
    m_noRecent = mutedLabel(tr("Projects you have looked at will be listed here."), side);
    m_recentList = new RowList({}, side);
    side->setProperty("pane", u"side"_s);
    side->setFixedWidth(kSideWidth);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(space::kSmall, space::kWide, space::kSmall, space::kLarge);
    PlainLabel *caption = label(tr("Recent projects"), TextSize::Small, QFont::DemiBold, side);
    caption->setMuted();
    caption->setContentsMargins(space::kMedium, 0, space::kMedium, 0); // margins do not mirror
    column->addWidget(caption);
    m_noRecent->setContentsMargins(space::kMedium, space::kSmall, space::kMedium, 0);
    column->addWidget(m_noRecent);
    m_recentList->setObjectName(u"recentProjects"_s);
    m_recentList->setAccessibleName(tr("Recent projects"));
    m_recentList->setModel(m_recent);
    column->addWidget(m_recentList, 1);
    column->addStretch(0);
    QPushButton *browse = makeLinkButton(tr("Open a project file…"), u"openProject"_s, side);
    connect(browse, &QPushButton::clicked, this, &StartPage::browseRequested);
    auto *browseRow = new QHBoxLayout;
    browseRow->setContentsMargins(space::kTiny, 0, 0, 0); // its text stands below the caption's
    browseRow->addWidget(browse, 0, Qt::AlignLeading);
    column->addLayout(browseRow);
    m_practice = new RailButton(RailGlyph::Document, tr("Practice company"), side);
    m_practice->setObjectName(u"practice"_s);
    m_practice->setCheckable(false);
    m_practice->setAutoExclusive(false);
    m_practice->setNote(tr("A flawed product, to try it all safely"));
    column->addWidget(m_practice);
    return side;
}

QWidget *StartPage::makeMain(const std::vector<Roadmap> &roadmaps)
{
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *ground = new QWidget;
    ground->setProperty("plain", true);
    scroll->setWidget(ground); // while there is nothing to be measured
    m_column = new QWidget(ground);
    fillColumn(roadmaps);
    auto *row = new QHBoxLayout(ground);
    row->setContentsMargins(space::kHuge, 0, space::kHuge, 0);
    row->addStretch(1);
    row->addWidget(m_column, 100);
    row->addStretch(1);
    return scroll;
}

void StartPage::fillColumn(const std::vector<Roadmap> &roadmaps)
{
    m_address = new AddressField(m_column);
    m_start = makePrimaryButton(tr("Start the first look"), u"startLook"_s, m_column);
    m_banner = new Banner(m_column);
    m_column->setMaximumWidth(kColumnWidth);
    auto *column = new QVBoxLayout(m_column);
    column->setContentsMargins(0, kTopMargin, 0, space::kWide);
    column->setSpacing(space::kSmall);
    auto *bannerRow = new QVBoxLayout; // takes its room with it when nothing is to be said
    bannerRow->setContentsMargins(0, 0, 0, space::kLarge);
    bannerRow->addWidget(m_banner);
    column->addLayout(bannerRow);
    column->addWidget(label(tr("Are you ready for your first customers?"), TextSize::Start, QFont::Bold, m_column));
    column->addWidget(
        mutedLabel(tr("Type the address of your product. The first look only reads what is already public "
                      "and takes about ten seconds."),
                   m_column, TextSize::Section));
    column->addSpacing(space::kLarge);
    auto *addressRow = new QHBoxLayout;
    addressRow->setSpacing(space::kMedium);
    addressRow->addWidget(m_address, 1);
    m_start->setProperty("large", true);
    addressRow->addWidget(m_start, 0, Qt::AlignTop);
    column->addLayout(addressRow);
    column->addSpacing(space::kLarge);
    column->addWidget(label(tr("What are you launching?"), TextSize::Section, QFont::DemiBold, m_column));
    makeCards(roadmaps);
    m_cardGrid->setSpacing(space::kMedium);
    column->addLayout(m_cardGrid);
    column->addSpacing(space::kLarge);
    column->addWidget(makeSteps());
    column->addStretch(1);
}

QWidget *StartPage::makeSteps()
{
    const std::pair<QString, QString> steps[] = {
        {tr("1 · Look"), tr("DNS, email, certificates, redirects, headers, exposed files.")},
        {tr("2 · Prove"), tr("With two test accounts: who can see whose data.")},
        {tr("3 · Fix"), tr("Plain steps, records to paste, prompts for your AI builder.")},
        {tr("4 · Hand over"), tr("A PDF another engineer can use without guessing.")},
    };
    auto *card = new Card(m_column);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::kWide);
    for (const auto &[title, words] : steps) {
        auto *column = new QVBoxLayout;
        column->setSpacing(2);
        column->addWidget(label(title, TextSize::Body, QFont::DemiBold, card));
        column->addWidget(mutedLabel(words, card), 1, Qt::AlignTop);
        row->addLayout(column, 1);
    }
    card->column()->addLayout(row);
    return card;
}

void StartPage::makeCards(const std::vector<Roadmap> &roadmaps)
{
    for (const Roadmap &roadmap : roadmaps) {
        auto *card = new ProductCard(roadmap.id, roadmap.product, roadmap.phase, m_column);
        card->setChecked(roadmap.id == QLatin1StringView(kDefaultRoadmapId));
        m_cards.push_back(card);
    }
    arrangeCards();
}

void StartPage::arrangeCards()
{
    const int room = std::min(kColumnWidth, std::max(0, width() - kSideWidth - 2 * space::kHuge));
    const int fitting = std::clamp(room / kNarrowestCard, 1, std::max(1, int(m_cards.size())));
    if (m_cardGrid->count() > 0 && m_cardGrid->property("columns").toInt() == fitting)
        return;
    m_cardGrid->setProperty("columns", fitting);
    for (int i = 0; i < int(m_cards.size()); ++i) {
        m_cardGrid->removeWidget(m_cards[size_t(i)]);
        m_cardGrid->addWidget(m_cards[size_t(i)], i / fitting, i % fitting);
    }
    for (int c = 0; c < int(m_cards.size()); ++c)
        m_cardGrid->setColumnStretch(c, c < fitting ? 1 : 0);
}

void StartPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrangeCards();
}

void StartPage::setRecent(const std::vector<RecentProject> &recent)
{
    m_recent->setProjects(recent, QDate::currentDate());
    m_noRecent->setVisible(recent.empty());
    m_recentList->setVisible(!recent.empty());
}

QString StartPage::chosenRoadmap() const
{
    const auto chosen = std::ranges::find_if(m_cards, [](const ProductCard *card) { return card->isChecked(); });
    return chosen == m_cards.end() ? QString::fromLatin1(kDefaultRoadmapId) : (*chosen)->roadmapId();
}

void StartPage::setBusy(bool busy)
{
    m_start->setEnabled(!busy);
    m_recentList->setEnabled(!busy);
    m_practice->setEnabled(!busy);
    m_start->setText(busy ? tr("Opening…") : tr("Start the first look"));
}

void StartPage::showError(const Error &error, const QString &readable)
{
    setBusy(false);
    m_readable = readable;
    m_banner->showError(error);
    m_banner->setAction(readable.isEmpty() ? QString() : tr("Open to look only"));
}

void StartPage::submit()
{
    m_banner->dismiss();
    if (const auto target = m_address->target())
        emit startRequested(*target, chosenRoadmap());
    else
        m_address->edit()->setFocus();
}

} // namespace cockpit
