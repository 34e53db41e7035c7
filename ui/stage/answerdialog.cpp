#include "ui/stage/answerdialog.h"

#include "checks/engine/guarded.h"
#include "ui/stage/filehash.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/dialogparts.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/whendone.h"

#include <QButtonGroup>
#include <QFileDialog>
#include <QFileInfo>
#include <QFutureWatcher>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QtConcurrent>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

AnswerDialog::AnswerDialog(const QString &subject, const QString &question, QWidget *parent)
    : QDialog(parent),
      m_subject(subject),
      m_choices(new QButtonGroup(this)),
      m_text(new QPlainTextEdit),
      m_by(new QLineEdit),
      m_link(new QLineEdit),
      m_attached(new PlainLabel),
      m_problem(new PlainLabel)
{
    setObjectName(u"answerDialog"_s);
    setWindowTitle(tr("Your answer"));
    auto *column = makeDialogColumn(this, windowTitle(), question);
    addChoices(column);
    addField(column, tr("How do you know?"), m_text, u"text"_s);
    m_text->setTabChangesFocus(true);
    m_text->setMaximumHeight(fontMetrics().height() * 6);
    addEvidence(column);
    addField(column, tr("Who answers"), m_by, u"by"_s);
    m_problem->setObjectName(u"problem"_s);
    m_problem->setProperty("tone", u"fail"_s);
    column->addWidget(m_problem);
    QPushButton *ok = addDialogButtons(column, this, tr("Save answer"));
    connect(ok, &QPushButton::clicked, this, &AnswerDialog::submit);
}

void AnswerDialog::addChoices(QVBoxLayout *column)
{
    for (const auto value : {AnswerValue::Holds, AnswerValue::DoesNotHold, AnswerValue::NotApplicable}) {
        auto *choice = new QRadioButton(labelOf(value));
        choice->setObjectName("answer-"_L1 + toWord(value));
        choice->setAccessibleName(choice->text());
        m_choices->addButton(choice, static_cast<int>(value));
        column->addWidget(choice);
    }
}

void AnswerDialog::addEvidence(QVBoxLayout *column)
{
    addField(column, tr("Proof (optional): a link, or a file"), m_link, u"link"_s);
    m_link->setPlaceholderText(u"https://"_s);
    auto *row = new QHBoxLayout;
    QPushButton *link = makeSecondaryButton(tr("Attach link"), u"attachLink"_s);
    QPushButton *file = makeSecondaryButton(tr("Attach file…"), u"attachFile"_s);
    row->addWidget(link);
    row->addWidget(file);
    row->addStretch(1);
    column->addLayout(row);
    m_attached->setObjectName(u"attached"_s);
    m_attached->setMuted();
    m_attached->setText(tr("Of a file only its name and fingerprint are kept."));
    column->addWidget(m_attached);
    connect(link, &QPushButton::clicked, this, &AnswerDialog::attachLink);
    connect(file, &QPushButton::clicked, this, &AnswerDialog::chooseFile);
}

void AnswerDialog::setAnswer(const Answer &answer)
{
    m_choices->button(static_cast<int>(answer.value))->setChecked(true);
    m_text->setPlainText(answer.text);
    m_by->setText(answer.by);
    m_attachments = answer.attachments;
    listAttachments();
}

void AnswerDialog::setBy(const QString &name)
{
    m_by->setText(name);
}

Answer AnswerDialog::answer() const
{
    return {.subject = m_subject,
            .value = static_cast<AnswerValue>(std::max(0, m_choices->checkedId())),
            .text = m_text->toPlainText().trimmed(),
            .by = m_by->text().trimmed(),
            .answeredAt = QDateTime::currentDateTimeUtc(),
            .attachments = m_attachments};
}

void AnswerDialog::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Attach a file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &AnswerDialog::attachFile);
    dialog->open();
}

void AnswerDialog::attachFile(const QString &path)
{
    ++m_reading;
    m_attached->setText(tr("Reading %1…").arg(QFileInfo(path).fileName()));
    const auto read = [path] { return guarded([&] { return sha256OfFile(path); }); };
    whenDone(QtConcurrent::run(read), this, [this, path](const Result<QString> &hash) {
        --m_reading;
        if (hash)
            m_attachments.push_back({AttachmentKind::File, QFileInfo(path).fileName(), *hash});
        else
            m_problem->setText(hash.error().message);
        listAttachments();
        emit fileAttached();
    });
}

void AnswerDialog::attachLink()
{
    const QUrl url(m_link->text().trimmed(), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || !url.scheme().startsWith("http"_L1)) {
        m_problem->setText(tr("A link begins with https:// and names a site."));
        return;
    }
    m_problem->clear();
    m_attachments.push_back({AttachmentKind::Link, url.toString(), {}});
    m_link->clear();
    listAttachments();
}

void AnswerDialog::listAttachments()
{
    QStringList lines;
    for (const Attachment &attachment : m_attachments)
        lines << (attachment.sha256.isEmpty()
                      ? attachment.text
                      : tr("%1 (SHA-256 %2…)").arg(attachment.text, attachment.sha256.left(12)));
    m_attached->setText(lines.join(u'\n'));
}

void AnswerDialog::submit()
{
    if (m_choices->checkedId() < 0) {
        m_problem->setText(tr("Choose one of the three answers first."));
        return;
    }
    if (m_by->text().trimmed().isEmpty()) {
        m_problem->setText(tr("Say who answers, so that others know whom to ask."));
        m_by->setFocus();
        return;
    }
    if (m_reading > 0) {
        m_problem->setText(tr("The file is still being read. Try again in a moment."));
        return;
    }
    emit answered(answer());
    accept();
}

} // namespace cockpit
