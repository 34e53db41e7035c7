// Environments: the settings of production, staging and the own computer side by side by name, as the last look saw
// them.
#pragma once

#include "ui/widgets/page.h"

class QPushButton;

namespace cockpit {

class Banner;
class EnvironmentsCard;
class PlainLabel;

class EnvironmentsPage : public Page
{
    Q_OBJECT

public:
    explicit EnvironmentsPage(Session &session, QWidget *parent = nullptr);

    void aboutToShow() override;

protected:
    void refresh() override;

private:
    void bindCard();
    QString standing() const; // what the last look could not see; empty: nothing to say

    Banner *m_banner;
    PlainLabel *m_standing;
    EnvironmentsCard *m_card;
    QPushButton *m_sources;
    QPushButton *m_look;
};

} // namespace cockpit
