#include "ui/surface/surfacepage.h"

#include "ui/session.h"
#include "ui/surface/certificatemodel.h"
#include "ui/surface/surfacedetail.h"
#include "ui/surface/surfacemodel.h"
#include "ui/surface/surfacetable.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/card.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/scrollcolumn.h"
#include "ui/widgets/tables.h"

#include <QHeaderView>
#include <QItemSelectionModel>
#include <QPushButton>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr int kRest = 10; // below the last row, for the round corners of the card

} // namespace

SurfacePage::SurfacePage(Session &session, QWidget *parent)
    : Page(pages::kSurface, session, parent),
      m_model(new SurfaceModel(this)),
      m_table(new SurfaceTable(m_model, u"surface"_s)),
      m_detail(new SurfaceDetail(session.catalog())),
      m_certificates(new CertificateModel(this)),
      m_certificateTable(makeTable(
          m_certificates, u"certificates"_s,
          tr("Certificates: which one each address shows, who issued it, how long it lasts, who renews it"), nullptr)),
      m_certificateCard(createCertificates()),
      m_empty(new EmptyState(tr("Nothing looked at yet"),
                             tr("Run the checks; what strangers see of each address is shown here."))),
      m_stack(new QStackedLayout)
{
    setTitle(tr("Surface"));
    setSubtitle(tr("What strangers see of your product: each address, and what was looked at there."));
    createLinks();
    auto *emptyCard = new Card(this);
    emptyCard->column()->addWidget(m_empty, 1);
    QPushButton *run = m_empty->setAction(tr("Run the checks"), u"runFirst"_s);
    connect(run, &QPushButton::clicked, &session, &Session::runAll);
    m_stack->addWidget(emptyCard);
    m_stack->addWidget(createBoard());
    content()->addLayout(m_stack, 1);
    follow(&Session::projectOpened, &Session::projectClosed, &Session::settingsChanged, &Session::findingsChanged,
           &Session::resultsChanged, &Session::runStarted, &Session::runFinished);
}

void SurfacePage::createLinks()
{
    auto *redirects = makeLinkButton(tr("Old addresses…"), u"openRedirects"_s);
    auto *addresses = makeLinkButton(tr("Addresses and routes…"), u"openAddresses"_s);
    connect(redirects, &QPushButton::clicked, this, [this] { emit navigate(pages::kRedirects); });
    connect(addresses, &QPushButton::clicked, this, [this] { emit navigate(pages::kAddresses); });
    addHeaderWidget(redirects);
    addHeaderWidget(addresses);
}

QWidget *SurfacePage::createBoard()
{
    auto *board = new QWidget(this);
    auto *outer = new QVBoxLayout(board);
    outer->setContentsMargins(0, 0, 0, 0);
    QVBoxLayout *column = addScrollColumn(outer, board);
    auto *card = new Card(board);
    card->setPadding(0);
    card->column()->setContentsMargins(1, kCardRadius / 2, 1, kCardRadius / 2);
    card->column()->addWidget(m_table);
    column->addWidget(card);
    column->addWidget(m_detail);
    column->addWidget(m_certificateCard);
    column->addStretch(1);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &SurfacePage::showChosen);
    connect(m_table, &QAbstractItemView::activated, this, &SurfacePage::openChosen);
    connect(m_detail, &SurfaceDetail::findingChosen, this, &Page::showFinding);
    return board;
}

// As high as its rows: the page scrolls, and not the table.
Card *SurfacePage::createCertificates()
{
    auto *card = new Card(this);
    card->setPadding(0);
    card->column()->setSpacing(0);
    auto *title = new PlainLabel(tr("Certificates"), card);
    title->setContentsMargins(space::kMedium, space::kMedium, space::kMedium, space::kSmall);
    card->column()->addWidget(&title->setScale(TextSize::Section, QFont::DemiBold));
    card->column()->addWidget(m_certificateTable);
    return card;
}

void SurfacePage::showCertificates()
{
    m_certificates->setRows(handover::certificates(session().project()));
    const int rows = m_certificates->rowCount();
    m_certificateCard->setVisible(rows > 0);
    m_certificateTable->setFixedHeight(m_certificateTable->horizontalHeader()->sizeHint().height() +
                                       rows * m_certificateTable->verticalHeader()->defaultSectionSize() + kRest);
}

void SurfacePage::showChosen()
{
    const QModelIndex index = m_table->currentIndex();
    if (const SurfaceCell *cell = m_model->cellAt(index))
        m_detail->show(*m_model->hostAt(index), *cell);
    else
        m_detail->showNothing();
}

void SurfacePage::openChosen(const QModelIndex &index)
{
    const SurfaceCell *cell = m_model->cellAt(index);
    if (cell && !cell->findingId.isEmpty())
        emit showFinding(cell->findingId);
}

void SurfacePage::refresh()
{
    const bool isEmpty = session().verdict().nothingLookedAt && !session().isRunning();
    m_model->setRows(surfaceMatrix(session().project()));
    showCertificates();
    m_stack->setCurrentIndex(isEmpty ? 0 : 1);
    if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(0, 1));
    showChosen();
}

} // namespace cockpit
