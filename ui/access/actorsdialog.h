// The test accounts: added, edited, recorded, tried and removed. Each change is saved at once.
#pragma once

#include "checks/engine/actortrial.h"
#include "ui/access/actorkeeper.h"

#include <QDialog>

class QPushButton;
class QStackedLayout;

namespace cockpit {

class ActorModel;
class PlainLabel;
class RowList;
class Session;
struct RecordedSignIn;

class ActorsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ActorsDialog(Session &session, QWidget *parent = nullptr);

private:
    void build();
    QWidget *makeListArea();
    QWidget *makeActions();
    void bindSession();
    void refresh();
    void showButtons();
    void showMailed(bool writable);
    const TestActor *chosen() const;
    void add();
    void record();
    void edit();
    void ask(const TestActor &actor, const RecordedSignIn *recorded);
    void openMailedLinks();
    void remove();
    void tryOut();
    void take(const QString &actorId, const Result<ActorTrial> &trial);

    Session &m_session;
    ActorKeeper m_keeper;
    ActorModel *m_model;
    RowList *m_list;
    QStackedLayout *m_stack = nullptr;
    PlainLabel *m_missing;
    PlainLabel *m_answer;
    QPushButton *m_add, *m_record, *m_edit, *m_try, *m_mailed, *m_remove;
    bool m_isTrying = false;
};

} // namespace cockpit
