// The banner of the page: whether test attacks may be sent, and the one thing to do next.
#pragma once

#include "ui/access/permissionstanding.h"
#include "ui/widgets/card.h"

class QPushButton;

namespace cockpit {

class PlainLabel;

class PermissionCard : public Card
{
    Q_OBJECT

public:
    explicit PermissionCard(QWidget *parent = nullptr);

    // isGiven: then it can be changed and stopped.
    void show(const PermissionStanding &standing, bool isGiven);
    void setAccounts(int count);
    void setReadOnly(bool readOnly); // before show()

signals:
    void nextWanted();   // the action of the standing
    void changeWanted(); // the terms, while they are given
    void stopWanted();
    void accountsWanted();

private:
    StateIcon *m_icon;
    PlainLabel *m_title;
    PlainLabel *m_note;
    QPushButton *m_next, *m_change, *m_stop, *m_accounts;
    bool m_readOnly = false;
};

} // namespace cockpit
