// One test account: who it is, how it signs in, and the value that goes into the keychain.
#pragma once

#include "models/access/actor.h"
#include "models/access/recordedsignin.h"
#include "models/result.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLineEdit;
class QPushButton;

namespace cockpit {

class ActorKeeper;
class PlainLabel;
class SignInFields;
class ValueFields;

class ActorDialog : public QDialog
{
    Q_OBJECT

public:
    // actor: without an id a new one. isStored: the keychain has its value.
    ActorDialog(ActorKeeper &keeper, const TestActor &actor, bool isStored, QWidget *parent = nullptr);

    // The sign-in, the user name and the values come from a recording.
    void useRecorded(const RecordedSignIn &recorded);
    TestActor actor() const;

private:
    void build();
    void bindKeeper();
    void addCell(QGridLayout *grid, int row, int column, const QString &name, QWidget *field,
                 const QString &objectName);
    void fill(bool isStored);
    QString whereKept() const;
    void submit();
    void takeFailure(const Error &error);

    ActorKeeper &m_keeper;
    TestActor m_actor;
    QLineEdit *m_name;
    QComboBox *m_role;
    QLineEdit *m_tenant;
    QLineEdit *m_user;
    SignInFields *m_signIn;
    ValueFields *m_values;
    QLineEdit *m_whoAmI;
    QLineEdit *m_whoPointer;
    QCheckBox *m_throwAway;
    PlainLabel *m_where;
    PlainLabel *m_notes;
    PlainLabel *m_problem;
    QPushButton *m_save = nullptr;
    bool m_isSaving = false;
};

} // namespace cockpit
