// Second step before test attacks: what is sent, how much of it, what it could change; agreed to with a name.
#pragma once

#include "checks/engine/plan.h"
#include "models/access/permission.h"

#include <QWidget>

class QDoubleSpinBox;
class QGridLayout;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace cockpit {

class PlainLabel;
class Session;

class ConsentStep : public QWidget
{
    Q_OBJECT

public:
    // by: whose name is offered.
    ConsentStep(Session &session, const QString &by, QWidget *parent = nullptr);

    // What is typed; within its bounds, which the fields keep. Proposed is as much as all checks may need; who agreed
    // to another number before is shown that one.
    ActiveBudget budget() const;
    QString name() const;
    // Takes the terms and the agreement to the session; empty when it did, else what is missing.
    QString agree();

private:
    void build();
    void addText(const QString &heading, PlainLabel *text, const QString &objectName);
    QWidget *makeBudget();
    void addNumber(QGridLayout *grid, int column, const QString &name, QWidget *field, const QString &objectName);
    void fill();
    void fillBudget();
    // What the number that is typed is enough for, and how long a run takes at the pace that is typed.
    void showShortage();
    void showMost();
    QString titleOf(const QString &checkId) const;

    Session &m_session;
    const RequestForecast m_forecast;
    PlainLabel *m_sent;
    PlainLabel *m_changes;
    PlainLabel *m_checks;
    QPushButton *m_showChecks;
    PlainLabel *m_most;
    PlainLabel *m_shortage;
    QPushButton *m_allowEnough;
    QSpinBox *m_requests;
    QDoubleSpinBox *m_perSecond;
    QSpinBox *m_lockable;
    QLineEdit *m_name;
};

} // namespace cockpit
