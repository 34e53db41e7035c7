// One place, once: what happened, what it means, what to try. Hidden until something is to be said.
#pragma once

#include "models/result.h"
#include "ui/theme/tokens.h"

#include <QFrame>

class QPushButton;

namespace cockpit {

class PlainLabel;
class StateIcon;

class Banner : public QFrame
{
    Q_OBJECT

public:
    explicit Banner(QWidget *parent = nullptr);

    void showMessage(Tone tone, const QString &whatHappened, const QString &whatToTry = {});
    // The message of the error, and below it what its kind suggests to try, unless the message says that itself.
    void showError(const Error &error);
    void setAction(const QString &text); // empty hides the button
    void dismiss();

    // Empty for kinds whose messages say it themselves.
    static QString adviceFor(ErrorKind kind);

signals:
    void actionTriggered();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Tone m_tone = Tone::Fail;
    StateIcon *m_icon;
    PlainLabel *m_what;
    PlainLabel *m_advice;
    QPushButton *m_action;
    QPushButton *m_dismiss;
};

} // namespace cockpit
