// Asks for a credential's name, purpose and value, or only for a new value.
#pragma once

#include "models/credentialkind.h"
#include "models/projectstate.h"
#include "models/secret.h"

#include <QDialog>

#include <optional>

class QComboBox;
class QFormLayout;
class QLineEdit;
class QPushButton;

namespace cockpit {

class PlainLabel;

class CredentialDialog : public QDialog
{
    Q_OBJECT

public:
    // replaced: the credential that gets a new value; empty for a new credential.
    CredentialDialog(const std::vector<Credential> &existing, const std::optional<Credential> &replaced,
                     QWidget *parent = nullptr);

    // Where the value is to be kept: in memory until the program ends, or in the keychain.
    void setSessionOnly(bool sessionOnly);
    CredentialKind kind() const;
    QString name() const;
    QString purpose() const;
    // Hands the value over and clears the field.
    Secret takeValue();

private:
    void build();
    void addQuestions(QFormLayout &form);
    void showKind();
    void validate();

    std::vector<Credential> m_existing;
    std::optional<Credential> m_replaced;
    QComboBox *m_kind;
    QLineEdit *m_name;
    QLineEdit *m_purpose;
    QLineEdit *m_value;
    PlainLabel *m_where;
    PlainLabel *m_howToGet;
    PlainLabel *m_missing;
    QPushButton *m_save;
};

} // namespace cockpit
