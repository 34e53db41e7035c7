// Guards against secrets in code: shows what each would write, and writes it when asked.
#pragma once

#include "checks/engine/guardservices.h"

#include <QDialog>

class QComboBox;

namespace cockpit {

class Banner;
class GuardCard;

class GuardsDialog : public QDialog
{
    Q_OBJECT

public:
    // folders: with code, at least one; the person chooses among several.
    // secretVariables: of the test accounts, for the jobs before a release.
    GuardsDialog(GuardServices services, const QStringList &folders, const QByteArrayList &secretVariables,
                 QWidget *parent = nullptr);

private:
    QWidget *makeCards();
    void look();
    void showGuards(const Result<std::vector<GuardProposal>> &proposals);
    void write(const GuardProposal &proposal);
    void setBusy(bool busy);

    const GuardServices m_services;
    const QByteArrayList m_secretVariables;
    QComboBox *m_folder;
    Banner *m_banner;
    std::vector<GuardCard *> m_cards; // in the order of GuardKind
    QWidget *m_area = nullptr;
    quint64 m_look = 0; // counted: the late answer for another folder is nobody's
};

} // namespace cockpit
