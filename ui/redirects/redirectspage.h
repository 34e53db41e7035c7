// Old addresses: the redirect map of the project, and what became of each address in the last look. Each change is
// saved at once, and used by the next run.
#pragma once

#include "models/redirectmap.h"
#include "ui/widgets/page.h"

class QPushButton;

namespace cockpit {

class Banner;
class PlainLabel;
class RedirectsCard;

class RedirectsPage : public Page
{
    Q_OBJECT

public:
    explicit RedirectsPage(Session &session, QWidget *parent = nullptr);

    void aboutToShow() override;
    void importRedirects(const QString &path);
    void exportRedirects(const QString &path);

protected:
    void refresh() override;

private:
    void bindCard();
    void bindSession();
    void addList(const RedirectList &list);
    QString standing() const;

    Banner *m_banner;
    RedirectsCard *m_card;
    PlainLabel *m_standing;
    QPushButton *m_look;
};

} // namespace cockpit
