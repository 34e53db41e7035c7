// A test message through the product's own mail account: which account, to whom, and what the last proof said. The
// password stays in the keychain; it is read when the message goes out and forgotten.
#pragma once

#include "models/delivery.h"
#include "ui/widgets/card.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace cockpit {

class MessageWork;
class PlainLabel;
class Session;

class DeliveryCard : public Card
{
    Q_OBJECT

public:
    DeliveryCard(Session &session, MessageWork &work, QWidget *parent = nullptr);

    void refresh();
    void setBusy(bool busy);

private:
    void createFields();
    void showForm(bool shown);
    void connectFields();
    DeliverySetup typed() const;
    void fill(const DeliverySetup &setup);
    void fillPasswords();
    void keepAccount(const DeliverySetup &setup);
    void takeSent(const SentMessage &message);
    QStringList proofSentences() const;

    Session &m_session;
    MessageWork &m_work;
    PlainLabel *m_proof;
    PlainLabel *m_problem;
    QLineEdit *m_host;
    QComboBox *m_security;
    QSpinBox *m_port;
    QLineEdit *m_user;
    QCheckBox *m_sameAsPassword;
    QComboBox *m_password;
    QLineEdit *m_from;
    QLineEdit *m_to;
    QPushButton *m_more;
    QWidget *m_form;
    QPushButton *m_send;
    QPushButton *m_stop;
    PlainLabel *m_progress;
    std::optional<DeliverySetup> m_shown; // as it stands in the project
    QString m_project;                    // whose it is
    bool m_isBusy = false;
};

} // namespace cockpit
