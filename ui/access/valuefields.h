// A hidden field for each value that a sign-in needs from the keychain. What is typed or was recorded leaves by
// takeEntry(), and the fields are empty then.
#pragma once

#include "models/access/actor.h"

#include <QWidget>

class QLineEdit;
class QVBoxLayout;

namespace cockpit {

class ValueFields : public QWidget
{
    Q_OBJECT

public:
    explicit ValueFields(QWidget *parent = nullptr);

    // isStored: the keychain has them already, and empty fields mean that they stay.
    void setStored(bool isStored);
    void setRecorded(const HoleValues &values);
    // Asks for the values that this sign-in has holes for.
    void askFor(const SignIn &signIn);

    // The sentence that says what is to be typed, or empty.
    QString missing() const;
    // For the keychain; empty: what is there stays.
    Secret takeEntry();

private:
    struct Field
    {
        QString hole;
        QLineEdit *edit;
    };

    void rebuild();
    QString nameOf(const QString &hole) const;
    bool hasValue(const Field &field) const;

    QStringList m_holes;
    SignInKind m_kind = SignInKind::Form;
    std::vector<Field> m_fields;
    HoleValues m_recorded;
    bool m_isStored = false;
    QVBoxLayout *m_column;
};

// The holes of a sign-in that the keychain fills.
QStringList valueHolesOf(const SignIn &signIn);

} // namespace cockpit
