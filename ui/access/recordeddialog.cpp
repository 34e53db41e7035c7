#include "ui/access/recordeddialog.h"

#include "ui/access/tonedtext.h"
#include "ui/theme/tokens.h"
#include "ui/theme/typescale.h"
#include "ui/widgets/dialogparts.h"
#include "ui/widgets/labels.h"

#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr int kLines = 8;

Result<RecordedSignIn> readFrom(const QString &pasted)
{
    const auto command = parseCurlCommand(pasted.toUtf8());
    if (!command)
        return tl::unexpected(command.error());
    return recordedSignIn(*command);
}

} // namespace

RecordedDialog::RecordedDialog(QWidget *parent)
    : QDialog(parent), m_command(new QPlainTextEdit), m_problem(new PlainLabel)
{
    setObjectName(u"recordedDialog"_s);
    setWindowTitle(tr("Import a recorded sign-in"));
    QVBoxLayout *column = makeDialogColumn(
        this, windowTitle(),
        tr("Open your browser's network tools, sign in once as the test account, and choose “Copy as cURL (bash)” on "
           "the request that the sign-in sent. The password is taken out of it before anything is kept."));
    setMinimumWidth(fontMetrics().averageCharWidth() * 88);
    m_command->setFont(codeFont());
    m_command->setTabChangesFocus(true);
    m_command->setLayoutDirection(Qt::LeftToRight); // commands are never mirrored
    m_command->setUndoRedoEnabled(false);           // what was cleared must not come back
    m_command->setPlaceholderText(u"curl 'https://app.example.com/login' --data-raw '…'"_s);
    m_command->setMinimumHeight(m_command->fontMetrics().height() * kLines);
    addField(column, tr("The command"), m_command, u"curlCommand"_s);
    m_problem->setObjectName(u"problem"_s);
    say(m_problem, {}, {});
    column->addWidget(m_problem);
    const QPushButton *ok = addDialogButtons(column, this, tr("Read it"));
    connect(ok, &QPushButton::clicked, this, &RecordedDialog::read);
    connect(this, &QDialog::finished, m_command, &QPlainTextEdit::clear);
}

void RecordedDialog::read()
{
    const auto read = readFrom(m_command->toPlainText());
    if (!read) { // it stays, so that it can be put right
        say(m_problem, u"fail"_s, read.error().message);
        return;
    }
    m_command->clear();
    accept();
    emit recorded(*read);
}

} // namespace cockpit
