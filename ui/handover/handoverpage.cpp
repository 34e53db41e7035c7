#include "ui/handover/handoverpage.h"

#include "ui/handover/exportpanel.h"
#include "ui/handover/ownerscard.h"
#include "ui/handover/previewpane.h"
#include "ui/handover/questionscard.h"
#include "ui/handover/sectionmodel.h"
#include "ui/session.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/rowlist.h"
#include "ui/widgets/tables.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLocale>
#include <QStackedWidget>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr std::chrono::milliseconds kPreviewDelay{250};

QPushButton *makeTab(const QString &text, const QString &objectName)
{
    QPushButton *tab = makeSecondaryButton(text, objectName);
    tab->setProperty("kind", u"tab"_s);
    tab->setCheckable(true);
    return tab;
}

HandoverCollector collectorOf(Session &session)
{
    return [&session](QObject *context, auto done) { session.collectHandover(context, std::move(done)); };
}

} // namespace

HandoverPage::HandoverPage(Session &session, QWidget *parent)
    : Page(pages::kHandover, session, parent), m_sections(new SectionModel(this)), m_previewSoon(new QTimer(this))
{
    setTitle(tr("Handover"));
    setSubtitle(tr("Everything the next person needs, from what was checked and what you know."));
    createHeader();
    m_export = new ExportPanel(collectorOf(session), this);
    content()->addLayout(m_export);
    auto *row = new QHBoxLayout;
    row->setSpacing(space::kLarge);
    row->addWidget(createLeft(), 2);
    m_pane = new PreviewPane(this);
    row->addWidget(m_pane, 3);
    content()->addLayout(row, 1);
    m_previewSoon->setSingleShot(true);
    m_previewSoon->setInterval(kPreviewDelay);
    bindWork();
    follow(&Session::projectOpened, &Session::projectClosed, &Session::settingsChanged, &Session::findingsChanged,
           &Session::answersChanged, &Session::ownershipChanged, &Session::monitorsChanged);
}

void HandoverPage::createHeader()
{
    m_size = new QComboBox(this);
    m_size->setObjectName(u"paperSize"_s);
    m_size->setAccessibleName(tr("Paper size"));
    m_size->addItem(tr("A4"), static_cast<int>(PageSize::A4));
    m_size->addItem(tr("US Letter"), static_cast<int>(PageSize::Letter));
    m_size->setCurrentIndex(m_size->findData(static_cast<int>(usualPageSize(QLocale()))));
    m_exportButton = makePrimaryButton(tr("Export PDF pack…"), u"exportPdf"_s, this);
    addHeaderWidget(m_size);
    addHeaderWidget(m_exportButton);
    connect(m_size, &QComboBox::currentIndexChanged, this, &HandoverPage::refreshPreview);
    connect(m_exportButton, &QPushButton::clicked, this, &HandoverPage::choosePath);
}

QWidget *HandoverPage::createLeft()
{
    auto *left = new QWidget(this);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kSmall);
    auto *tabs = new QHBoxLayout;
    tabs->setSpacing(space::kSmall);
    auto *group = new QButtonGroup(this);
    auto *lists = new QStackedWidget(left);
    m_questions = new QuestionsCard(session());
    m_owners = new OwnersCard(session());
    const std::pair<QPushButton *, QWidget *> views[] = {
        {makeTab(tr("Sections"), u"showSections"_s), createSections()},
        {makeTab(tr("Your answers"), u"showQuestions"_s), m_questions},
        {makeTab(tr("Who owns what"), u"showOwners"_s), m_owners},
    };
    for (const auto &[tab, view] : views) {
        group->addButton(tab, lists->addWidget(view));
        tabs->addWidget(tab);
    }
    tabs->addStretch();
    views[0].first->setChecked(true);
    connect(group, &QButtonGroup::idClicked, lists, &QStackedWidget::setCurrentIndex);
    column->addLayout(tabs);
    column->addWidget(lists, 1);
    return left;
}

QWidget *HandoverPage::createSections()
{
    auto *card = new Card;
    card->setPadding(0);
    card->column()->setContentsMargins(1, kCardRadius / 2, 1, kCardRadius / 2);
    RowList *list = makeRowList(m_sections, u"handoverSections"_s, tr("Sections of the pack"), {}, card);
    card->column()->addWidget(list);
    connect(list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &current) {
        m_pane->showPage(m_preview.pageOf(current.data(SectionModel::SectionIdRole).toString()));
    });
    return card;
}

void HandoverPage::bindWork()
{
    connect(m_previewSoon, &QTimer::timeout, this, &HandoverPage::refreshPreview);
    connect(&m_preview, &PackPreview::built, this, [this] {
        m_sections->setDocument(m_preview.document());
        m_pane->setPageCount(m_preview.pageCount());
    });
    connect(&m_preview, &PackPreview::failed, m_export, &ExportPanel::showError);
    connect(&session(), &Session::projectOpened, this, &HandoverPage::forgetPack);
    connect(&session(), &Session::projectClosed, this, &HandoverPage::forgetPack);
    connect(m_pane, &PreviewPane::pageWanted, &m_preview, &PackPreview::paintPage);
    connect(&m_preview, &PackPreview::pageReady, m_pane, &PreviewPane::setImage);
    connect(m_export, &ExportPanel::runningChanged, this, &HandoverPage::showButtons);
    connect(m_owners, &OwnersCard::edited, this, &HandoverPage::bringUpToDate); // before the next cell is edited
}

void HandoverPage::refresh()
{
    m_questions->refresh();
    m_owners->refresh();
    showButtons();
    m_previewSoon->start();
}

void HandoverPage::showButtons()
{
    m_exportButton->setEnabled(session().isOpen() && !m_export->isRunning());
}

// At once, also while the page is hidden: the pages are of a project that is not this one.
void HandoverPage::forgetPack()
{
    ++m_project;
    m_previewSoon->stop();
    m_preview.forget();
    m_sections->setDocument({});
    m_pane->setPageCount(0);
}

void HandoverPage::refreshPreview()
{
    if (!session().isOpen())
        return;
    session().collectHandover(this, [this, of = m_project](const Result<HandoverInput> &input) {
        if (of != m_project)
            return;
        if (input)
            m_preview.build(*input, chosenSize());
        else
            m_export->showError(input.error());
    });
}

PageSize HandoverPage::chosenSize() const
{
    return static_cast<PageSize>(m_size->currentData().toInt());
}

void HandoverPage::choosePath()
{
    const QString name = u"%1 handover.pdf"_s.arg(QFileInfo(session().path()).completeBaseName());
    auto *dialog = new QFileDialog(this, tr("Export the handover pack"), QFileInfo(session().path()).absolutePath(),
                                   tr("PDF document (*.pdf)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"pdf"_s);
    dialog->selectFile(name);
    connect(dialog, &QFileDialog::fileSelected, this, &HandoverPage::exportTo);
    dialog->open();
}

void HandoverPage::exportTo(const QString &path)
{
    m_export->exportTo(path, {.pageSize = chosenSize()});
}

} // namespace cockpit
