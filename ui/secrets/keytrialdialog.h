// Asks a key's provider whether it still takes it: shows what would be sent and where, and sends it when the person
// says so, once. The person pastes the value: it is read from no file, kept nowhere, and gone with the answer. Where
// its fingerprint is known, another key is not sent.
#pragma once

#include "checks/engine/keytester.h"

#include <QDialog>
#include <QThreadPool>

class QLineEdit;
class QPushButton;

namespace cockpit {

class PlainLabel;
class Session;

struct KeyTrial
{
    TriedKey key;  // for whose rule the tester knows a request
    QString title; // of the dialog
    QString field; // what is to be pasted
};

class KeyTrialDialog : public QDialog
{
    Q_OBJECT

public:
    KeyTrialDialog(KeyTester tester, NetOptions net, const KeyTrial &trial, QWidget *parent = nullptr);
    ~KeyTrialDialog() override; // stops and waits, which takes at most the 100 ms of a token

signals:
    void answered(const cockpit::KeyAnswer &answer);

private:
    void ask();
    void take(const Result<KeyAnswer> &said);

    const KeyTester m_tester;
    const NetOptions m_net;
    const TriedKey m_which;
    QLineEdit *m_key;
    PlainLabel *m_answer;
    QPushButton *m_ask;
    QThreadPool m_pool;
    const CancelToken m_token;
};

// Over parent, about the key of one finding: what comes back is noted at the finding.
void askProviderOf(Session &session, const TriedKey &key, const QString &findingId, QWidget *parent);

} // namespace cockpit
