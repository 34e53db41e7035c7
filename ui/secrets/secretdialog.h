// What a person says of one secret. Its value is not asked for, and refused when it is typed all the same.
#pragma once

#include "models/secretsinventory.h"

#include <QDialog>

#include <vector>

class QCheckBox;
class QComboBox;
class QDateEdit;
class QGridLayout;
class QLineEdit;

namespace cockpit {

class OptionalDate;
class PlainLabel;

class SecretDialog : public QDialog
{
    Q_OBJECT

public:
    // by: who spoke last, for what only a person can confirm.
    SecretDialog(const SecretEntry &entry, const QString &by, const QDate &today, QWidget *parent = nullptr);

    SecretEntry entry() const; // as it is typed

signals:
    void edited(const cockpit::SecretEntry &entry); // checked

private:
    void build();
    QWidget *makeEnvironments();
    QWidget *makeInterval();
    void addCell(QGridLayout *grid, int row, int column, const QString &name, QWidget *field,
                 const QString &objectName);
    void fill();
    void fillInterval();
    void showDependent();
    void submit();

    SecretEntry m_entry;
    QString m_by;
    QDate m_today;
    QLineEdit *m_name, *m_service, *m_owner, *m_scope, *m_kept, *m_where, *m_rightsBy;
    std::vector<QCheckBox *> m_environments; // in the order of the enum
    OptionalDate *m_rotated, *m_exposedOn;
    QComboBox *m_interval, *m_exposure, *m_rights;
    QDateEdit *m_due;
    PlainLabel *m_problem;
};

} // namespace cockpit
