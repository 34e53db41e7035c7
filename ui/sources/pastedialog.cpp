#include "ui/sources/pastedialog.h"

#include "ui/session.h"
#include "ui/sources/pastedmodel.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/dialogparts.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/pastefield.h"
#include "ui/widgets/rowlist.h"
#include "ui/widgets/tables.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr int kUsualChars = 96;
constexpr int kLinesOfText = 10;
constexpr int kLinesOfFound = 8;

PasteWords wordsOfField()
{
    return {u"pastedText"_s,
            PasteDialog::tr("The log or the prompts"),
            PasteDialog::tr("Paste some lines of your log here, what a build printed, or a conversation."),
            PasteDialog::tr("A text of %1 is taken, and not shown here. Clear it to take another one."),
            kLinesOfText,
            /*canUndo=*/false};
}

} // namespace

PasteDialog::PasteDialog(Session &session, QWidget *parent)
    : QDialog(parent),
      m_session(session),
      m_banner(new Banner),
      m_kind(new QComboBox),
      m_text(new PasteField(wordsOfField())),
      m_state(new PlainLabel),
      m_model(new PastedModel(this)),
      m_found(makeRowList(m_model, u"pastedFindings"_s, tr("What was found in it"), {}, nullptr)),
      m_read(makePrimaryButton(tr("Read it"), u"readPasted"_s)),
      m_clear(makeSecondaryButton(tr("Clear"), u"clearPasted"_s))
{
    setObjectName(u"pasteDialog"_s);
    setWindowTitle(tr("Paste a log"));
    build();
    bindSession();
    updateButtons();
}

void PasteDialog::build()
{
    QVBoxLayout *column = makeDialogColumn(
        this, tr("Paste a log or prompts"),
        tr("It is read on this computer, once, and then it is gone: no file ever holds it. The project keeps what it "
           "keeps of a file: counts, the numbers of lines, samples with dots in the place of values. What you paste "
           "takes the place of what you pasted before."));
    setMinimumWidth(fontMetrics().averageCharWidth() * kUsualChars);
    for (const SourceKind kind : kPastedKinds)
        m_kind->addItem(labelOf(kind), static_cast<int>(kind));
    addField(column, tr("What it is"), m_kind, u"pastedKind"_s);
    column->addWidget(m_text);
    column->addWidget(m_banner);
    m_state->setObjectName(u"pastedState"_s);
    column->addWidget(&m_state->setMuted());
    m_found->setMinimumHeight(fontMetrics().lineSpacing() * kLinesOfFound);
    m_found->hide();
    column->addWidget(m_found, 1);
    addButtons(column);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &PasteDialog::updateButtons);
    connect(m_text, &PasteField::edited, this, &PasteDialog::updateButtons);
    connect(m_text, &PasteField::fileDropped, this, [this](const QString &path) {
        emit fileDropped(path);
        accept();
    });
    connect(m_found, &RowList::actionTriggered, this, [this](const QModelIndex &index) {
        if (const Finding *finding = m_model->finding(index.row())) {
            emit findingWanted(finding->id());
            accept();
        }
    });
}

void PasteDialog::addButtons(QVBoxLayout *column)
{
    auto *row = new QHBoxLayout;
    auto *close = makeSecondaryButton(tr("Close"), u"closePaste"_s);
    row->addWidget(m_clear);
    row->addStretch(1);
    row->addWidget(close);
    row->addWidget(m_read);
    column->addLayout(row);
    connect(m_clear, &QPushButton::clicked, m_text, &PasteField::forget);
    connect(m_read, &QPushButton::clicked, this, [this] {
        if (m_isReading)
            m_session.stopRun();
        else
            read();
    });
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
}

void PasteDialog::bindSession()
{
    for (const auto left : {&Session::projectOpened, &Session::projectClosed})
        connect(&m_session, left, this, &QDialog::reject);
    connect(&m_session, &Session::runStarted, this, &PasteDialog::updateButtons);
    connect(&m_session, &Session::resultsChanged, this, [this](const QStringList &keys) {
        if (m_isReading)
            m_answered.unite({keys.begin(), keys.end()});
    });
    connect(&m_session, &Session::runFinished, this, &PasteDialog::takeEnd);
    connect(&m_session, &Session::runFailed, this, [this](const Error &error) {
        m_isReading = false;
        m_banner->showError(error);
        updateButtons();
    });
}

SourceKind PasteDialog::kind() const
{
    return static_cast<SourceKind>(m_kind->currentData().toInt());
}

QString PasteDialog::whatIsMissing() const
{
    if (m_session.isReadOnly())
        return tr("This project is open for reading only, so nothing can be read into it.");
    if (m_session.isRunning())
        return tr("Checks are running. Wait for their end, or stop them.");
    if (m_text->isLongerThan(kLargestPaste))
        return tr("This is more than %1 MB. Save it as a file, and add the file to the list.").arg(kLargestPaste >> 20);
    return {};
}

void PasteDialog::updateButtons()
{
    const QString missing = m_isReading ? QString() : whatIsMissing();
    m_state->setText(m_isReading ? tr("Reading…") : missing);
    m_state->setVisible(!m_state->text().isEmpty());
    m_read->setText(m_isReading ? tr("Stop") : tr("Read it"));
    m_read->setEnabled(m_isReading || (missing.isEmpty() && m_text->hasText()));
    m_clear->setEnabled(m_text->hasText());
    m_kind->setEnabled(!m_isReading);
}

void PasteDialog::read()
{
    m_banner->dismiss();
    m_model->setFindings({});
    m_found->hide();
    m_readKind = kind();
    m_answered.clear();
    m_isReading = true;
    auto text = std::make_shared<const Secret>(m_text->text());
    m_text->forget(); // from here on the run alone has it
    m_session.runPasted({m_readKind, std::move(text)});
    updateButtons();
}

void PasteDialog::takeEnd()
{
    if (std::exchange(m_isReading, false))
        showFound();
    updateButtons();
}

void PasteDialog::showFound()
{
    const QStringList readers = readersOf(m_readKind, m_session.registry());
    const std::vector<Finding> found =
        m_answered.isEmpty() ? std::vector<Finding>() : pastedFindings(readers, m_session.project());
    m_model->setFindings(found);
    m_found->setVisible(!found.empty());
    if (found.empty())
        showNothingFound(readers);
    else
        m_banner->showMessage(Tone::Fail, tr("%n thing(s) found in it that should not stand there.", nullptr,
                                             static_cast<int>(found.size())));
}

// A check that could not read it has found nothing, and that is no good news.
void PasteDialog::showNothingFound(const QStringList &readers)
{
    bool isRead = false;
    QStringList words;
    for (const QString &id : readers) {
        for (const CheckResult *result : latestOf(id, m_session.project())) {
            if (!m_answered.contains(result->key()))
                continue;
            isRead = isRead || (result->outcome != Outcome::NotRun && result->outcome != Outcome::Error);
            words << result->summary << result->reason;
        }
    }
    words.removeAll(QString());
    words.removeDuplicates();
    if (isRead)
        m_banner->showMessage(Tone::Neutral, tr("Nothing was found in it that should not stand there."),
                              words.join(u' '));
    else
        m_banner->showMessage(Tone::Warn, tr("It was not read. Paste it again to try once more."), words.join(u' '));
}

} // namespace cockpit
