// Stands before everything that closes the project: what is not saved is never given up without asking.
#pragma once

#include "models/result.h"

#include <QObject>
#include <QPointer>

#include <functional>

class QMessageBox;
class QWidget;

namespace cockpit {

class Session;

class LeaveGuard : public QObject
{
    Q_OBJECT

public:
    // window: the questions stand before it, and it owns this.
    LeaveGuard(Session &session, QWidget *window);

    // Everything is saved, or no project is open.
    bool isClear() const;
    // Calls `then`: at once when the way is clear, else once the last change is saved, or the person does without it.
    // Who is asked and stays is asked anew next time.
    void leave(std::function<void()> then);

private:
    void goOn();
    void ask(const QString &why);
    void chooseCopy();
    void saveCopy(const QString &path);
    void proceed();

    Session &m_session;
    QWidget *m_window;
    std::function<void()> m_then; // empty while nobody wants to leave
    bool m_hasRetried = false;
    QString m_why; // saving failed
    QPointer<QMessageBox> m_question;
};

} // namespace cockpit
