// The steps that replace one secret, in their order, with the page of its service. Each step that is done is saved at
// once; the last one says how the old value was tried.
#pragma once

#include "models/secretsinventory.h"

#include <QDialog>

class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace cockpit {

class PlainLabel;
class StatusRow;

class RotationDialog : public QDialog
{
    Q_OBJECT

public:
    // by: who spoke last.
    RotationDialog(const SecretEntry &entry, const QString &by, const QDate &today, QWidget *parent = nullptr);

signals:
    void changed(const cockpit::SecretEntry &entry);

private:
    void addService(QVBoxLayout *column);
    void addButtons(QVBoxLayout *column);
    StatusRow *makeRow(std::size_t index);
    QString noteOf(std::size_t index) const;
    void showSteps();
    void finish(RotationStep step);
    void take(const SecretEntry &entry);

    SecretEntry m_entry;
    QDate m_today;
    QLineEdit *m_by;
    QLineEdit *m_how;
    QVBoxLayout *m_steps;
    QWidget *m_rows = nullptr;
    PlainLabel *m_problem;
    QPushButton *m_again = nullptr;
};

} // namespace cockpit
