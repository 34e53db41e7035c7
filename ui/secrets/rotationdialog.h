// The steps that replace one secret, in their order, with the page of its service. Each step that is done is saved at
// once; the last one says how the old value was tried.
#pragma once

#include "checks/engine/keytester.h"
#include "models/secretsinventory.h"

#include <QDialog>

#include <optional>

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

    // The last step can then be shown by asking the provider, where it knows how for this kind of key.
    void offerTrial(const KeyTester &tester, const NetOptions &net);

signals:
    void changed(const cockpit::SecretEntry &entry);

private:
    void addService(QVBoxLayout *column);
    void addButtons(QVBoxLayout *column);
    StatusRow *makeRow(std::size_t index);
    QString noteOf(std::size_t index) const;
    void addTrial(StatusRow &row);
    void openTrial();
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
    std::optional<KeyTester> m_tester;
    NetOptions m_net;
};

} // namespace cockpit
