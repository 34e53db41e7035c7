// Credentials: names and purposes in the project, values in the keychain.
#pragma once

#include "ui/credentials/credentialtrials.h"
#include "ui/credentials/credentialvault.h"
#include "ui/widgets/page.h"

class QPushButton;
class QStackedLayout;
class QTableView;

namespace cockpit {

class Banner;
class CredentialModel;
class PlainLabel;
class RevealField;

class CredentialsPage : public Page
{
    Q_OBJECT

public:
    explicit CredentialsPage(Session &session, QWidget *parent = nullptr);

    void aboutToShow() override;

protected:
    void refresh() override;

private:
    QWidget *createList();
    QWidget *createActions();
    void bindVault();
    void bindTrials();
    void takeTrial(const Credential &credential, TrialEnd end, const QString &sentence);

    void showButtons();
    void showWhetherItCanBeTried();
    void showSessionOnly();
    void keepForSession();
    void say(const QString &whatHappened);
    void showFailure(const Error &error);
    const Credential *chosen() const;

    void addCredential();
    void replaceValue();
    void removeCredential();
    void store(const std::vector<Credential> &credentials);

    CredentialVault m_vault;
    CredentialTrials m_trials;
    CredentialModel *m_model;
    Banner *m_sessionOnly;
    Banner *m_banner;
    QStackedLayout *m_stack;
    QTableView *m_table = nullptr;
    PlainLabel *m_said = nullptr;
    PlainLabel *m_whyNoTest = nullptr;
    RevealField *m_reveal = nullptr;
    QPushButton *m_add = nullptr;
    QPushButton *m_addFirst = nullptr;
    QPushButton *m_test = nullptr;
    QPushButton *m_replace = nullptr;
    QPushButton *m_show = nullptr;
    QPushButton *m_delete = nullptr;
};

} // namespace cockpit
