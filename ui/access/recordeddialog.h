// Takes the sign-in that a browser made: the person pastes "Copy as cURL", and it becomes a template. What was pasted
// is cleared at once; its secrets go on in memory alone.
#pragma once

#include "models/access/recordedsignin.h"

#include <QDialog>

class QPlainTextEdit;

namespace cockpit {

class PlainLabel;

class RecordedDialog : public QDialog
{
    Q_OBJECT

public:
    explicit RecordedDialog(QWidget *parent = nullptr);

signals:
    void recorded(const cockpit::RecordedSignIn &signIn);

private:
    void read();

    QPlainTextEdit *m_command;
    PlainLabel *m_problem;
};

} // namespace cockpit
