#include "ui/shell/projectview.h"

#include "ui/rail/rail.h"
#include "ui/session.h"
#include "ui/shell/bottombar.h"
#include "ui/stage/stagepage.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/page.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QStackedWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr int kStages = 7;

// Side by side with the rail: a frame gives the scroll area its ground and edge.
QFrame *sidePane(QWidget *inside)
{
    auto *pane = new QFrame;
    pane->setProperty("pane", u"side"_s);
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(0, 0, 1, 0);
    column->addWidget(inside);
    return pane;
}

QString noteOf(SaveState state)
{
    switch (state) {
    case SaveState::Saved:
        return ProjectView::tr("You can leave and come back; everything is saved.");
    case SaveState::Saving:
        return ProjectView::tr("Saving…");
    case SaveState::Failed:
        return ProjectView::tr("The last change is not saved.");
    }
    Q_UNREACHABLE();
}

} // namespace

ProjectView::ProjectView(const PageContext &context, QWidget *parent)
    : QWidget(parent),
      m_context(context),
      m_rail(new Rail(context.session, this)),
      m_banner(new Banner(this)),
      m_stack(new QStackedWidget(this)),
      m_bottom(new BottomBar(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(sidePane(m_rail));
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    auto *bannerRow = new QVBoxLayout;
    bannerRow->setContentsMargins(28, space::kMedium, 28, 0);
    bannerRow->addWidget(m_banner);
    column->addLayout(bannerRow);
    column->addWidget(m_stack, 1);
    column->addWidget(m_bottom);
    row->addLayout(column, 1);

    for (int number = 1; number <= kStages; ++number)
        addPage([&](QWidget *place) { return new StagePage(number, m_context.session, place); });
    for (const PageEntry &entry : overviewPages())
        addPage([&](QWidget *place) { return entry.make(m_context, place); });
    connect(m_rail, &Rail::chosen, this, &ProjectView::openPage);
    connect(m_bottom, &BottomBar::back, this, &ProjectView::goBack);
    connect(m_bottom, &BottomBar::next, this, &ProjectView::goNext);
    connect(&m_context.session, &Session::settingsChanged, this, &ProjectView::nameNeighbours);
    connect(&m_context.session, &Session::projectOpened, this, &ProjectView::nameNeighbours);
    watchForTrouble();
    openPage(pages::stage(1));
}

void ProjectView::addPage(const std::function<Page *(QWidget *parent)> &make)
{
    // A page never squeezes its content: what does not fit is scrolled to.
    auto *area = new QScrollArea(m_stack);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    Page *page = make(area->viewport());
    page->setProperty("plain", true);
    area->setWidget(page);
    m_pages.push_back(page);
    m_stack->addWidget(area);
    connect(page, &Page::navigate, this, &ProjectView::openPage);
    connect(page, &Page::showFinding, this, &ProjectView::showFinding);
}

void ProjectView::watchForTrouble()
{
    Session &session = m_context.session;
    connect(&session, &Session::saveFailed, this, [this, &session](const Error &error) {
        m_banner->showError(error);
        m_banner->setAction(session.isReadOnly() ? QString() : tr("Try saving again"));
    });
    connect(&session, &Session::runFailed, this, [this](const Error &error) {
        m_banner->showError(error);
        m_banner->setAction({});
    });
    connect(m_banner, &Banner::actionTriggered, &session, &Session::retrySaving);
    connect(&session, &Session::saveStateChanged, this, [this](SaveState state) {
        m_bottom->setNote(noteOf(state));
        if (state == SaveState::Saved)
            m_banner->dismiss();
    });
    connect(&session, &Session::projectOpened, this, &ProjectView::showOpened);
    showOpened(); // the view is made when the first project has opened
}

int ProjectView::indexOf(const QString &pageId) const
{
    const auto found = std::ranges::find(m_pages, pageId, &Page::pageId);
    return found == m_pages.end() ? -1 : static_cast<int>(found - m_pages.begin());
}

void ProjectView::showOpened()
{
    m_banner->dismiss();
    m_bottom->setNote(noteOf(m_context.session.saveState()));
    if (m_context.session.isReadOnly()) {
        m_banner->showMessage(Tone::Warn, tr("This project is open for reading only."),
                              tr("Another window may have it open, or the file may not be changed."));
        m_banner->setAction({});
    }
}

void ProjectView::openPage(const QString &pageId)
{
    const int index = indexOf(pageId);
    if (index < 0)
        return;
    m_current = pageId;
    m_pages[size_t(index)]->aboutToShow();
    m_pages[size_t(index)]->bringUpToDate();
    m_stack->setCurrentIndex(index);
    m_rail->setCurrent(pageId);
    nameNeighbours();
}

void ProjectView::showFinding(const QString &findingId)
{
    if (page(m_current)->select(findingId))
        return;
    openPage(pages::kRisks);
    page(m_current)->select(findingId);
}

QString ProjectView::currentPageId() const
{
    return m_current;
}

Page *ProjectView::page(const QString &pageId) const
{
    const int index = indexOf(pageId);
    return index < 0 ? nullptr : m_pages[size_t(index)];
}

QStringList ProjectView::pageIds() const
{
    QStringList ids;
    for (const Page *page : m_pages)
        ids.push_back(page->pageId());
    return ids;
}

void ProjectView::nameNeighbours()
{
    const int index = indexOf(m_current);
    const auto nameOf = [this](int i) {
        return i >= 0 && i < int(m_pages.size()) ? m_pages[size_t(i)]->title() : QString();
    };
    m_bottom->setNames(index == 0 ? tr("Start") : nameOf(index - 1), nameOf(index + 1));
}

void ProjectView::goBack()
{
    const int index = indexOf(m_current);
    if (index == 0)
        emit startRequested();
    else
        openPage(m_pages[size_t(index - 1)]->pageId());
}

void ProjectView::goNext()
{
    const int index = indexOf(m_current);
    if (index + 1 < int(m_pages.size()))
        openPage(m_pages[size_t(index + 1)]->pageId());
}

} // namespace cockpit
