// Links out of letters, for the checks that try them: a hidden field for each. What is pasted goes into the keychain
// entry of the account that the letters came to, and the fields are empty then.
#pragma once

#include "models/access/mailedlink.h"
#include "models/result.h"

#include <QDialog>

#include <vector>

class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace cockpit {

class ActorKeeper;
class PlainLabel;

class MailedLinksDialog : public QDialog
{
    Q_OBJECT

public:
    // target: whose links are taken.
    MailedLinksDialog(ActorKeeper &keeper, const TestActor &actor, const Target &target, QWidget *parent = nullptr);

private:
    enum class Change { None, Save, Forget };

    struct Field
    {
        MailedValue value;
        QLineEdit *edit;
        PlainLabel *problem;
        bool isStored = false;
    };

    void build();
    void addSection(QVBoxLayout *column, const QString &title, const QString &about, MailedTopic topic);
    void addValue(QVBoxLayout *column, MailedValue value);
    void bindKeeper();
    void showStored(const QStringList &names);
    void begin(Change change, const HoleValues &mailed);
    Change end();          // which one it was
    bool sayWhatIsWrong(); // whether something is
    void submit();
    void forgetStored();
    void takeSaved();
    void sayFailure(const Error &error);
    QString whereKept() const;

    ActorKeeper &m_keeper;
    const TestActor m_actor;
    const Target m_target;
    std::vector<Field> m_fields;
    Change m_change = Change::None; // that the keychain has not answered to
    QPushButton *m_forget;
    QPushButton *m_save = nullptr;
    PlainLabel *m_problem;
};

} // namespace cockpit
