// Guards against secrets in code: shows what each would write, and writes it when asked.
#pragma once

#include "checks/engine/guardservices.h"
#include "models/decision.h"

#include <QDialog>

#include <optional>

class QComboBox;

namespace cockpit {

class Banner;
class ExistingGuards;
class GuardCard;

class GuardsDialog : public QDialog
{
    Q_OBJECT

public:
    // folders: with code, at least one; the person chooses among several.
    // secretVariables: of the test accounts, for the jobs before a release.
    GuardsDialog(GuardServices services, const QStringList &folders, const QByteArrayList &secretVariables,
                 QWidget *parent = nullptr);

    // What a person said of GitHub's push protection.
    void setPushProtection(const std::optional<Answer> &said, bool canAnswer);

signals:
    void pushProtectionAsked();

private:
    struct Seen // of one folder
    {
        GuardSurvey survey;
        std::vector<GuardProposal> proposals;
    };

    QWidget *makeCards();
    void look();
    void showGuards(const Result<Seen> &seen);
    void write(const GuardProposal &proposal);
    void setBusy(bool busy);

    const GuardServices m_services;
    const QByteArrayList m_secretVariables;
    QComboBox *m_folder;
    Banner *m_banner;
    ExistingGuards *m_existing;
    std::vector<GuardCard *> m_cards; // in the order of GuardKind
    QWidget *m_area = nullptr;
    quint64 m_look = 0; // counted: the late answer for another folder is nobody's
};

} // namespace cockpit
