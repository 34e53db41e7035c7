// Who owns what: the table that a person fills in.
#pragma once

#include "ui/widgets/card.h"

class QTableView;

namespace cockpit {

class OwnershipModel;
class Session;

class OwnersCard : public Card
{
    Q_OBJECT

public:
    explicit OwnersCard(Session &session, QWidget *parent = nullptr);

    void refresh();

signals:
    void edited(); // the session knows it

private:
    void addRow();

    Session &m_session;
    OwnershipModel *m_owners;
    QTableView *m_table;
};

} // namespace cockpit
