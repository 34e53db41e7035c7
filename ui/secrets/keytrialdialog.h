// Asks a key's provider whether it still takes it: shows what would be sent and where, and sends it when the person
// says so, once. The value is gone with the answer.
#pragma once

#include "checks/engine/keytester.h"

#include <QDialog>
#include <QThreadPool>

class QLineEdit;
class QPushButton;

namespace cockpit {

class PlainLabel;

class KeyTrialDialog : public QDialog
{
    Q_OBJECT

public:
    // rule: for which the tester knows a request; name: of the secret, for people.
    KeyTrialDialog(KeyTester tester, NetOptions net, QString rule, const QString &name, QWidget *parent = nullptr);
    ~KeyTrialDialog() override; // stops and waits, which takes at most the 100 ms of a token

signals:
    void answered(const cockpit::KeyAnswer &answer);

private:
    void ask();
    void take(const Result<KeyAnswer> &said);

    const KeyTester m_tester;
    const NetOptions m_net;
    const QString m_rule;
    QLineEdit *m_key;
    PlainLabel *m_answer;
    QPushButton *m_ask;
    QThreadPool m_pool;
    const CancelToken m_token;
};

} // namespace cockpit
