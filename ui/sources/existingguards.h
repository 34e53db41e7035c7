// What guards the code already, whoever set it up: the programs that are called, each with what it covers; and GitHub's
// own guard, which a person is asked about.
#pragma once

#include "models/decision.h"
#include "models/guardproposal.h"

#include <QWidget>

#include <optional>

class QPushButton;
class QVBoxLayout;

namespace cockpit {

class PlainLabel;

class ExistingGuards : public QWidget
{
    Q_OBJECT

public:
    explicit ExistingGuards(QWidget *parent = nullptr);

    void setSurvey(const GuardSurvey &survey);
    // What a person said of GitHub's push protection. canAnswer: false where the project is open for reading only.
    void setPushProtection(const std::optional<Answer> &said, bool canAnswer);

signals:
    void pushProtectionAsked();

private:
    QWidget *makeGuard(const ExistingGuard &guard);
    QWidget *makePushProtection();
    void showPushProtection();

    GuardSurvey m_survey;
    std::optional<Answer> m_said;
    QVBoxLayout *m_list;
    QWidget *m_gitHub;
    PlainLabel *m_gitHubState;
    PlainLabel *m_gitHubCovers;
    QPushButton *m_ask;
};

} // namespace cockpit
