#include "ui/handover/handoverpage.h"

#include "models/handover/owners.h"
#include "ui/handover/ownershipmodel.h"
#include "ui/handover/previewpane.h"
#include "ui/handover/questionmodel.h"
#include "ui/handover/sectionmodel.h"
#include "ui/session.h"
#include "ui/stage/askperson.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/card.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/rowlist.h"
#include "ui/widgets/tables.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QProgressBar>
#include <QStackedWidget>
#include <QTableView>
#include <QTimer>
#include <QUrl>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr std::chrono::milliseconds kPreviewDelay{250};

PageSize usualSize()
{
    return QLocale().measurementSystem() == QLocale::ImperialUSSystem ? PageSize::Letter : PageSize::A4;
}

QPushButton *makeTab(const QString &text, const QString &objectName)
{
    QPushButton *tab = makeSecondaryButton(text, objectName);
    tab->setProperty("kind", u"tab"_s);
    tab->setCheckable(true);
    return tab;
}

} // namespace

HandoverPage::HandoverPage(Session &session, QWidget *parent)
    : Page(pages::kHandover, session, parent),
      m_sections(new SectionModel(this)),
      m_questions(new QuestionModel(this)),
      m_owners(new OwnershipModel(this)),
      m_previewSoon(new QTimer(this))
{
    setTitle(tr("Handover"));
    setSubtitle(tr("Everything the next person needs, from what was checked and what you know."));
    createHeader();
    m_banner = new Banner(this);
    content()->addWidget(m_banner);
    content()->addWidget(createProgress());
    auto *row = new QHBoxLayout;
    row->setSpacing(space::kLarge);
    row->addWidget(createLeft(), 2);
    m_pane = new PreviewPane(this);
    row->addWidget(m_pane, 3);
    content()->addLayout(row, 1);
    m_previewSoon->setSingleShot(true);
    m_previewSoon->setInterval(kPreviewDelay);
    bindWork();
    bindSession();
}

void HandoverPage::createHeader()
{
    m_size = new QComboBox(this);
    m_size->setObjectName(u"paperSize"_s);
    m_size->setAccessibleName(tr("Paper size"));
    m_size->addItem(tr("A4"), static_cast<int>(PageSize::A4));
    m_size->addItem(tr("US Letter"), static_cast<int>(PageSize::Letter));
    m_size->setCurrentIndex(m_size->findData(static_cast<int>(usualSize())));
    m_exportButton = makePrimaryButton(tr("Export PDF pack…"), u"exportPdf"_s, this);
    addHeaderWidget(m_size);
    addHeaderWidget(m_exportButton);
    connect(m_size, &QComboBox::currentIndexChanged, this, &HandoverPage::refreshPreview);
    connect(m_exportButton, &QPushButton::clicked, this, &HandoverPage::choosePath);
}

QWidget *HandoverPage::createProgress()
{
    m_progressRow = new QWidget(this);
    auto *row = new QHBoxLayout(m_progressRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kMedium);
    m_progress = new QProgressBar(m_progressRow);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Writing the PDF"));
    m_progressText = new PlainLabel(m_progressRow);
    m_progressText->setMuted().setWordWrap(false);
    auto *stop = makeSecondaryButton(tr("Stop"), u"stopExport"_s, m_progressRow);
    row->addWidget(m_progress, 1);
    row->addWidget(m_progressText);
    row->addWidget(stop);
    connect(stop, &QPushButton::clicked, &m_export, &PackExport::stop);
    m_progressRow->hide();
    return m_progressRow;
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
    m_lists = new QStackedWidget(left);
    const std::pair<QPushButton *, QWidget *> views[] = {
        {makeTab(tr("Sections"), u"showSections"_s), createSections()},
        {makeTab(tr("Your answers"), u"showQuestions"_s), createQuestions()},
        {makeTab(tr("Who owns what"), u"showOwners"_s), createOwners()},
    };
    for (const auto &[tab, view] : views) {
        group->addButton(tab, m_lists->addWidget(view));
        tabs->addWidget(tab);
    }
    tabs->addStretch();
    views[0].first->setChecked(true);
    connect(group, &QButtonGroup::idClicked, m_lists, &QStackedWidget::setCurrentIndex);
    column->addLayout(tabs);
    column->addWidget(m_lists, 1);
    return left;
}

QWidget *HandoverPage::createSections()
{
    auto *card = new Card;
    card->setPadding(0);
    card->column()->setContentsMargins(1, kCardRadius / 2, 1, kCardRadius / 2);
    m_sectionList = makeRowList(m_sections, u"handoverSections"_s, tr("Sections of the pack"), {}, card);
    card->column()->addWidget(m_sectionList);
    connect(m_sectionList->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &current) {
                m_pane->showPage(m_preview.pageOf(current.data(SectionModel::SectionIdRole).toString()));
            });
    return card;
}

QWidget *HandoverPage::createQuestions()
{
    auto *card = new Card;
    card->setPadding(0);
    card->column()->setContentsMargins(1, kCardRadius / 2, 1, 0);
    RowList *list = makeRowList(m_questions, u"handoverQuestions"_s, tr("Questions for the handover"), {}, card);
    auto *answer = makeSecondaryButton(tr("Answer…"), u"answerHandover"_s, card);
    auto *withdraw = makeLinkButton(tr("Take answer back"), u"withdrawHandover"_s, card);
    const auto ask = [this, list] {
        const QModelIndex current = list->currentIndex();
        if (current.isValid() && session().isOpen() && !session().isReadOnly())
            askAnswer(session(), current.data(QuestionModel::SubjectRole).toString(), current.data().toString(), this);
    };
    const auto showButtons = [this, list, answer, withdraw] {
        const QModelIndex current = list->currentIndex();
        const bool canAnswer = current.isValid() && session().isOpen() && !session().isReadOnly();
        answer->setEnabled(canAnswer);
        withdraw->setVisible(canAnswer && current.data(QuestionModel::AnsweredRole).toBool());
    };
    showButtons();
    connect(list, &RowList::activated, this, ask);
    connect(answer, &QPushButton::clicked, this, ask);
    connect(withdraw, &QPushButton::clicked, this, [this, list] {
        session().withdrawAnswer(list->currentIndex().data(QuestionModel::SubjectRole).toString());
    });
    connect(list->selectionModel(), &QItemSelectionModel::currentChanged, answer, showButtons);
    connect(m_questions, &QAbstractItemModel::dataChanged, answer, showButtons);
    connect(m_questions, &QAbstractItemModel::modelReset, answer, showButtons);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(space::kMedium, space::kSmall, space::kMedium, space::kMedium);
    bar->addWidget(answer);
    bar->addWidget(withdraw);
    bar->addStretch();
    card->column()->addWidget(list, 1);
    card->column()->addLayout(bar);
    return card;
}

QWidget *HandoverPage::createOwners()
{
    auto *card = new Card;
    card->setPadding(0);
    card->column()->setContentsMargins(1, kCardRadius / 2, 1, 0);
    QTableView *table = makeTable(m_owners, u"ownership"_s, tr("Who owns what"), card);
    table->setSelectionBehavior(QAbstractItemView::SelectItems);
    table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                           QAbstractItemView::AnyKeyPressed);
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setStretchLastSection(true);
    auto *add = makeSecondaryButton(tr("Add a system"), u"addOwnership"_s, card);
    connect(add, &QPushButton::clicked, this, [this, table] {
        const QModelIndex cell = m_owners->index(m_owners->addRow(), OwnershipModel::SystemColumn);
        table->setCurrentIndex(cell);
        table->edit(cell);
    });
    connect(m_owners, &OwnershipModel::edited, this, [this] {
        session().setOwnership(writtenRows(m_owners->rows()));
        bringUpToDate(); // before the next cell is edited
    });
    auto *hint = new PlainLabel(tr("Press Enter or start typing to fill in a cell."), card);
    hint->setMuted();
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(space::kMedium, space::kSmall, space::kMedium, space::kMedium);
    bar->addWidget(add);
    bar->addWidget(hint, 1);
    card->column()->addWidget(table, 1);
    card->column()->addLayout(bar);
    return card;
}

void HandoverPage::bindWork()
{
    connect(m_previewSoon, &QTimer::timeout, this, &HandoverPage::refreshPreview);
    connect(&m_preview, &PackPreview::built, this, [this] {
        m_sections->setDocument(m_preview.document());
        m_pane->setPageCount(m_preview.pageCount());
    });
    connect(m_pane, &PreviewPane::pageWanted, &m_preview, &PackPreview::paintPage);
    connect(&m_preview, &PackPreview::pageReady, m_pane, &PreviewPane::setImage);
    connect(&m_export, &PackExport::progressed, this, [this](int page, int pages) {
        m_progress->setRange(0, pages);
        m_progress->setValue(page);
        m_progressText->setText(tr("Page %1 of %2").arg(page + 1).arg(pages));
    });
    connect(&m_export, &PackExport::finished, this, &HandoverPage::showExported);
    connect(&m_export, &PackExport::failed, this, [this](const Error &error) {
        setExporting(false);
        m_exportedTo.clear();
        m_banner->setAction({});
        m_banner->showError(error);
    });
    connect(m_banner, &Banner::actionTriggered, this,
            [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(m_exportedTo).absolutePath())); });
}

void HandoverPage::bindSession()
{
    follow(&Session::projectOpened, &Session::projectClosed, &Session::settingsChanged, &Session::findingsChanged,
           &Session::answersChanged, &Session::ownershipChanged, &Session::monitorsChanged);
}

void HandoverPage::refresh()
{
    const ProjectState &project = session().project();
    m_questions->setQuestions(handoverQuestions(project, session().roadmap(), session().catalog()));
    m_owners->setReadOnly(!session().isOpen() || session().isReadOnly());
    m_owners->setRows(ownershipRows(project));
    m_exportButton->setEnabled(session().isOpen() && !m_export.isRunning());
    m_previewSoon->start();
}

void HandoverPage::refreshPreview()
{
    if (!session().isOpen())
        return;
    session().collectHandover(this, [this](const HandoverInput &input) { m_preview.build(input, chosenSize()); });
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
    m_banner->dismiss();
    setExporting(true);
    session().collectHandover(
        this, [this, path](const HandoverInput &input) { m_export.start(input, path, {.pageSize = chosenSize()}); });
}

void HandoverPage::showExported(const QString &path)
{
    setExporting(false);
    m_exportedTo = path;
    m_banner->showMessage(Tone::Pass, tr("The pack is written to %1.").arg(QDir::toNativeSeparators(path)));
    m_banner->setAction(tr("Open folder"));
}

void HandoverPage::setExporting(bool exporting)
{
    m_progressRow->setVisible(exporting);
    m_progress->setRange(0, 0);
    m_progressText->setText(tr("Collecting what is known"));
    m_exportButton->setEnabled(!exporting && session().isOpen());
}

} // namespace cockpit
