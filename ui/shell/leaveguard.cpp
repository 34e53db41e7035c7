#include "ui/shell/leaveguard.h"

#include "ui/session.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace cockpit {

LeaveGuard::LeaveGuard(Session &session, QWidget *window) : QObject(window), m_session(session), m_window(window)
{
    connect(&session, &Session::saveFailed, this, [this](const Error &error) {
        if (error.kind != ErrorKind::BadInput) // a change that was refused, which waits for nothing
            m_why = error.message;
    });
    connect(&session, &Session::saveStateChanged, this, [this] {
        if (m_then)
            goOn();
    });
}

bool LeaveGuard::isClear() const
{
    return !m_session.isOpen() || m_session.saveState() == SaveState::Saved;
}

void LeaveGuard::leave(std::function<void()> then)
{
    m_then = std::move(then);
    m_hasRetried = false;
    if (!m_question)
        goOn();
}

void LeaveGuard::goOn()
{
    if (isClear()) {
        proceed();
        return;
    }
    if (m_session.saveState() == SaveState::Saving || m_question)
        return; // its end is told
    if (!std::exchange(m_hasRetried, true))
        m_session.retrySaving(); // the disk may have room by now
    else
        ask(m_why);
}

void LeaveGuard::proceed()
{
    const auto then = std::exchange(m_then, nullptr);
    if (m_question) // it was saved meanwhile
        m_question->close();
    then();
}

void LeaveGuard::ask(const QString &why)
{
    auto *box = new QMessageBox(QMessageBox::Warning, tr("Not saved"),
                                tr("The last changes to %1 are not saved.").arg(m_session.project().settings.name),
                                QMessageBox::Cancel, m_window);
    m_question = box;
    box->setObjectName(u"unsavedChanges"_s);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(why);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *copy = box->addButton(tr("Save a copy as…"), QMessageBox::AcceptRole);
    copy->setObjectName(u"saveCopy"_s);
    QPushButton *without = box->addButton(tr("Leave without saving"), QMessageBox::DestructiveRole);
    without->setObjectName(u"leaveUnsaved"_s);
    box->setDefaultButton(copy);
    connect(box, &QDialog::finished, this, [this, box, copy, without] {
        m_question = nullptr;
        if (box->clickedButton() == copy)
            chooseCopy();
        else if (box->clickedButton() == without)
            proceed();
        else
            m_then = nullptr;
    });
    box->open();
}

void LeaveGuard::chooseCopy()
{
    const QFileInfo original(m_session.path());
    auto *dialog =
        new QFileDialog(m_window, tr("Save a copy"), QDir::homePath(), tr("Launch Cockpit projects (*.cockpit)"));
    dialog->setObjectName(u"copyName"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::DontConfirmOverwrite); // it is refused
    dialog->setDefaultSuffix(u"cockpit"_s);
    dialog->selectFile(tr("%1 copy.cockpit").arg(original.completeBaseName()));
    connect(dialog, &QFileDialog::fileSelected, this, &LeaveGuard::saveCopy);
    connect(dialog, &QDialog::rejected, this, [this] { m_then = nullptr; });
    dialog->open();
}

void LeaveGuard::saveCopy(const QString &path)
{
    m_session.saveCopyAs(path, this, [this](const Result<void> &saved) {
        if (!saved)
            ask(saved.error().message);
        else if (m_then) // where the state changed, it went on already
            proceed();
    });
}

} // namespace cockpit
