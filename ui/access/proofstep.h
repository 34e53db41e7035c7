// First step before test attacks: publishing the project's token as a TXT record or as a file, and having it looked up.
#pragma once

#include "checks/engine/controlservices.h"

#include <QWidget>

class QComboBox;
class QPushButton;

namespace cockpit {

class CodeBox;
class PlainLabel;
class Session;

class ProofStep : public QWidget
{
    Q_OBJECT

public:
    explicit ProofStep(Session &session, QWidget *parent = nullptr);

    ControlMethod method() const;

signals:
    void proven();

private:
    void build();
    void showMethod();
    void look();
    void take(const Result<ControlLook> &look);

    Session &m_session;
    QComboBox *m_method;
    PlainLabel *m_whereName;
    CodeBox *m_where;
    PlainLabel *m_whatName;
    CodeBox *m_what;
    QPushButton *m_check;
    PlainLabel *m_answer;
};

} // namespace cockpit
