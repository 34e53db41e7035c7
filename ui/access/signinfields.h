// The fields of a sign-in; those that its kind has no use for are not shown, and keep what they hold.
#pragma once

#include "models/access/actor.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QVBoxLayout;

namespace cockpit {

class SignInFields : public QWidget
{
    Q_OBJECT

public:
    explicit SignInFields(QWidget *parent = nullptr);

    // What has no field (headers, refreshing, signing out) comes back from signIn() as it was.
    void setSignIn(const SignIn &signIn);
    SignIn signIn() const;
    SignInKind kind() const;

signals:
    void edited();

private:
    QWidget *addPart(QVBoxLayout *column, const QString &name, QWidget *field, const QString &objectName);
    void build();
    void takeKind();
    void showKind();

    SignIn m_signIn;
    QComboBox *m_kind;
    QLineEdit *m_url;
    QPlainTextEdit *m_body;
    QLineEdit *m_csrfSource;
    QLineEdit *m_tokenPointer;
    QLineEdit *m_headerName;
    QLineEdit *m_clientId;
    QLineEdit *m_scope;
    QWidget *m_urlPart, *m_bodyPart, *m_csrfPart, *m_tokenPart, *m_headerPart, *m_clientPart, *m_scopePart;
};

} // namespace cockpit
