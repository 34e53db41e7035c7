// What can wait: the roadmap's "not now" list with its reasons, and the automations with what can be set up today.
#pragma once

#include "ui/later/automations.h"
#include "ui/widgets/page.h"

class QVBoxLayout;

namespace cockpit {

class LaterPage : public Page
{
    Q_OBJECT

public:
    explicit LaterPage(Session &session, QWidget *parent = nullptr);

protected:
    void refresh() override;

private:
    QWidget *createAutomations();
    QWidget *createAutomation(const AutomationLine &line, bool last);
    QWidget *createNotNow();

    QVBoxLayout *m_column;
    QWidget *m_lists = nullptr;
    std::vector<AutomationLine> m_shown;
    QString m_roadmapId;
    bool m_wasWritable = false;
};

} // namespace cockpit
