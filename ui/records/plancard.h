// The DMARC plan: steps with dates, ticked when done; what is not due yet is put off until its day.
#pragma once

#include "models/dmarcplan.h"
#include "models/recordwish.h"
#include "ui/widgets/card.h"

class QCheckBox;
class QDateEdit;
class QPushButton;
class QVBoxLayout;

namespace cockpit {

class PlainLabel;
class Session;

class PlanCard : public Card
{
    Q_OBJECT

public:
    explicit PlanCard(Session &session, QWidget *parent = nullptr);

    void setToday(const RecordsToday &today);
    void forget(); // another project, or none
    void refresh();
    const std::vector<DmarcPlanStep> &plan() const { return m_plan; }

signals:
    void stepChosen(const cockpit::DmarcPlanStep &step); // show its record

private:
    void createControls();
    void rebuild();
    QWidget *createSteps();
    QWidget *createStep(const DmarcPlanStep &step);
    void begin();
    void tick(const QString &stepId, bool isDone);
    void keepReminders();
    std::vector<DmarcPlanStep> planNow() const;

    Session &m_session;
    std::optional<RecordsToday> m_today;
    std::vector<DmarcPlanStep> m_plan;
    bool m_wasWritable = false;
    bool m_hadStart = false;
    PlainLabel *m_standing;
    QCheckBox *m_people;
    QDateEdit *m_start;
    QPushButton *m_begin;
    QVBoxLayout *m_column;
    QWidget *m_steps = nullptr;
};

} // namespace cockpit
