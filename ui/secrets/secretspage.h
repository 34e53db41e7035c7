// Secrets: the inventory of the project's keys and passwords by name, filled from what was found, and how each is
// replaced. Each change is saved at once. Values never come in here.
#pragma once

#include "models/secretsinventory.h"
#include "ui/widgets/page.h"

#include <functional>

class QPushButton;

namespace cockpit {

class Banner;
class PlainLabel;
class SecretsCard;

class SecretsPage : public Page
{
    Q_OBJECT

public:
    explicit SecretsPage(Session &session, QWidget *parent = nullptr);

    void aboutToShow() override;

protected:
    void refresh() override;

private:
    void bindCard();
    QString standing() const;
    void leaveProject();
    void lookWhatWasFound();
    void takeOver();
    void add();
    void edit(const QString &id);
    void replace(const QString &id);
    void remove(const QString &id);
    const SecretEntry *find(const QString &id) const;
    void put(const SecretEntry &entry); // in place of the one with its id, or at the end
    void store(const std::vector<SecretEntry> &entries);

    Banner *m_banner;
    SecretsCard *m_card;
    PlainLabel *m_standing;
    QPushButton *m_environments;
    QPushButton *m_sources;
    QPushButton *m_look;
    std::vector<SecretEntry> m_proposed; // of the last look at what was found
    int m_looks = 0;                     // an older one is forgotten
};

} // namespace cockpit
