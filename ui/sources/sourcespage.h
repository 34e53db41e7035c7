// Code and files: what of the product lies on this computer and may be read by the checks of secrets and settings. Each
// change is saved at once, and used by the next run.
#pragma once

#include "models/codeaudience.h"
#include "ui/widgets/page.h"

class QPushButton;

namespace cockpit {

class AudienceRow;
class Banner;
class SourcesCard;

class SourcesPage : public Page
{
    Q_OBJECT

public:
    explicit SourcesPage(Session &session, QWidget *parent = nullptr);

    void aboutToShow() override;

protected:
    void refresh() override;

private:
    void checkAgain();
    void openGuards();
    void openPaste();
    void setAudience(CodeAudience audience);

    Banner *m_banner;
    SourcesCard *m_card;
    AudienceRow *m_audience;
    QPushButton *m_environments;
    QPushButton *m_look;
    QPushButton *m_guards;
};

} // namespace cockpit
