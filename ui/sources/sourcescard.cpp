#include "ui/sources/sourcescard.h"

#include "ui/sources/sourcemodel.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/choicedelegate.h"
#include "ui/widgets/columnfit.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/statecelldelegate.h"
#include "ui/widgets/tablefile.h"
#include "ui/widgets/tables.h"

#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QMimeData>
#include <QStackedLayout>
#include <QTableView>

#include <iterator>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr int kRowsShown = 6;

std::vector<Choice> kindChoices()
{
    std::vector<Choice> choices;
    for (const auto kind : {SourceKind::Code, SourceKind::Build, SourceKind::Package, SourceKind::Settings,
                            SourceKind::CiLog, SourceKind::Log, SourceKind::Prompts, SourceKind::Advisories})
        choices.push_back({labelOf(kind), static_cast<int>(kind)});
    return choices;
}

std::vector<Choice> environmentChoices()
{
    std::vector<Choice> choices{{SourcesCard::tr("not said"), -1}};
    for (const auto environment : {Environment::Local, Environment::Staging, Environment::Production})
        choices.push_back({labelOf(environment), static_cast<int>(environment)});
    return choices;
}

Result<std::vector<SourceStanding>> standingsOf(const std::vector<LocalSource> &sources)
{
    std::vector<SourceStanding> standings;
    standings.reserve(sources.size());
    std::ranges::transform(sources, std::back_inserter(standings),
                           [](const LocalSource &source) { return standingOf(source); });
    return standings;
}

} // namespace

SourcesCard::SourcesCard(QWidget *parent)
    : Card(parent),
      m_model(new SourceModel(this)),
      m_table(makeTable(m_model, u"sources"_s,
                        tr("Code and files on this computer, what each is and whether it is there"), nullptr)),
      m_empty(new EmptyState(tr("No code or files yet"),
                             tr("Add the folder with your code, and what else you have: built files, the app package, "
                                "settings of each environment, logs. They are read on this computer, and nothing of "
                                "them is sent anywhere or kept. You can drop them here, too, or paste a log."))),
      m_folder(makeSecondaryButton(tr("Add a folder…"), u"addFolder"_s)),
      m_files(makeSecondaryButton(tr("Add files…"), u"addFiles"_s)),
      m_paste(makeSecondaryButton(tr("Paste a log…"), u"pasteSource"_s)),
      m_remove(makeSecondaryButton(tr("Remove from the list"), u"removeSource"_s))
{
    setAcceptDrops(true);
    column()->setSpacing(space::kSmall);
    column()->addWidget(makeTableArea(), 1);
    column()->addWidget(makeActions());
    connect(m_model, &SourceModel::edited, this, &SourcesCard::edited);
    connect(m_model, &SourceModel::refused, this, &SourcesCard::refused);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &SourcesCard::updateButtons);
    updateButtons();
}

QWidget *SourcesCard::makeTableArea()
{
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                             QAbstractItemView::SelectedClicked);
    m_table->setItemDelegateForColumn(SourceModel::KindColumn, new ChoiceDelegate(kindChoices(), m_table));
    m_table->setItemDelegateForColumn(SourceModel::EnvironmentColumn,
                                      new ChoiceDelegate(environmentChoices(), m_table));
    m_table->setItemDelegateForColumn(SourceModel::FoundColumn, new StateCellDelegate(m_table));
    std::vector<ColumnKind> kinds(SourceModel::ColumnCount, ColumnKind::Firm);
    kinds[SourceModel::PathColumn] = ColumnKind::Elastic;
    new ColumnFit(m_table, kinds);
    m_table->setTextElideMode(Qt::ElideMiddle); // paths differ at their ends
    m_table->setMinimumHeight(m_table->verticalHeader()->defaultSectionSize() * (kRowsShown + 1));
    m_folderFirst = m_empty->setAction(tr("Add the folder with the code…"), u"addFirstFolder"_s);
    connect(m_empty, &EmptyState::actionTriggered, this, &SourcesCard::chooseFolder);
    auto *area = new QWidget;
    m_stack = new QStackedLayout(area);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_table);
    return area;
}

QWidget *SourcesCard::makeActions()
{
    auto *holder = new QWidget;
    auto *row = new QHBoxLayout(holder);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::kSmall);
    row->addWidget(m_folder);
    row->addWidget(m_files);
    row->addWidget(m_paste);
    row->addStretch(1);
    row->addWidget(m_remove);
    connect(m_folder, &QPushButton::clicked, this, &SourcesCard::chooseFolder);
    connect(m_files, &QPushButton::clicked, this, &SourcesCard::chooseFiles);
    connect(m_paste, &QPushButton::clicked, this, &SourcesCard::pasteWanted);
    connect(m_remove, &QPushButton::clicked, this, [this] { m_model->remove(m_table->currentIndex().row()); });
    return holder;
}

void SourcesCard::chooseFolder()
{
    chooseFolderToRead(this, tr("Add a folder"), [this](const QString &path) { addPath(path); });
}

void SourcesCard::chooseFiles()
{
    chooseFilesToRead(this, tr("Add files"), [this](const QStringList &paths) { addPaths(paths); });
}

void SourcesCard::addPaths(const QStringList &paths)
{
    for (const QString &path : paths)
        addPath(path);
}

// Whether it is a folder is asked of the disk, and a disk may be slow.
void SourcesCard::addPath(const QString &path)
{
    const auto work = [path]() -> Result<LocalSource> { return guessedSource(path, isFolder(path)); };
    workAside(this, work, [this](const Result<LocalSource> &guess) {
        if (!guess)
            emit refused(guess.error().message);
        else if (!m_readOnly)
            m_model->add(*guess);
    });
}

void SourcesCard::dragEnterEvent(QDragEnterEvent *event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (!m_readOnly && std::ranges::any_of(urls, &QUrl::isLocalFile))
        event->acceptProposedAction();
}

void SourcesCard::dropEvent(QDropEvent *event)
{
    for (const QUrl &url : event->mimeData()->urls()) {
        if (url.isLocalFile())
            addPath(url.toLocalFile());
    }
    event->acceptProposedAction();
}

void SourcesCard::setSources(const std::vector<LocalSource> &sources)
{
    const bool isNew = sources != m_model->sources();
    const int row = m_table->currentIndex().row();
    m_model->setSources(sources);
    m_stack->setCurrentIndex(sources.empty() ? 0 : 1);
    if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(std::clamp(row, 0, m_model->rowCount() - 1), 0));
    updateButtons();
    if (isNew)
        lookAgain();
}

void SourcesCard::lookAgain()
{
    const auto work = [sources = m_model->sources()] { return standingsOf(sources); };
    workAside(this, work, [this, look = ++m_look](const Result<std::vector<SourceStanding>> &standings) {
        if (look == m_look && standings)
            m_model->setStandings(*standings);
    });
}

void SourcesCard::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    m_model->setReadOnly(readOnly);
    updateButtons();
}

void SourcesCard::updateButtons()
{
    const bool hasRows = m_model->rowCount() > 0;
    for (QPushButton *button : {m_folder, m_files, m_paste, m_folderFirst})
        button->setEnabled(!m_readOnly);
    m_folder->setVisible(hasRows); // the empty table has a button of its own
    m_remove->setEnabled(!m_readOnly && hasRows && m_table->currentIndex().isValid());
}

} // namespace cockpit
