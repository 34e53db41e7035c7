// Proof of control and agreement, one after the other: what is to be published is shown until it was found, and then
// what is to be agreed to.
#pragma once

#include <QDialog>

class QPushButton;

namespace cockpit {

class ConsentStep;
class PlainLabel;
class ProofStep;
class Session;

class ConsentDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ConsentDialog(Session &session, QWidget *parent = nullptr);

private:
    void build();
    void showStep();
    void agree();

    Session &m_session;
    PlainLabel *m_standing; // of the proof
    ProofStep *m_proof;
    ConsentStep *m_consent;
    PlainLabel *m_problem;
    QPushButton *m_withdraw;
    QPushButton *m_agree = nullptr;
};

} // namespace cockpit
