// One guard: what it is, the file as it would be, and the button that writes it.
#pragma once

#include "models/guardproposal.h"

#include <QWidget>

class QPushButton;

namespace cockpit {

class CodeBox;
class PlainLabel;

class GuardCard : public QWidget
{
    Q_OBJECT

public:
    explicit GuardCard(GuardKind kind, QWidget *parent = nullptr);

    void setProposal(const GuardProposal &proposal);
    void setBusy(bool busy);

signals:
    void writeRequested(const cockpit::GuardProposal &proposal);

private:
    void updateButton();

    GuardProposal m_proposal;
    bool m_isBusy = false;
    PlainLabel *m_state;
    PlainLabel *m_path;
    PlainLabel *m_remark;
    CodeBox *m_text;
    QPushButton *m_write;
};

} // namespace cockpit
