// The left side of an open project: the seven stages as a path, and the pages that look over all of them.
#pragma once

#include "ui/rail/railbutton.h"
#include "ui/widgets/refresher.h"

#include <QScrollArea>

#include <map>

class QVBoxLayout;

namespace cockpit {

class Session;

class Rail : public QScrollArea
{
    Q_OBJECT

public:
    explicit Rail(Session &session, QWidget *parent = nullptr);

    void setCurrent(const QString &pageId);
    RailButton *button(const QString &pageId) const;

signals:
    void chosen(const QString &pageId);

private:
    void build();
    void refresh();
    RailButton *addStep(const QString &pageId, RailGlyph glyph, const QString &title);
    void addCaption(const QString &text);
    void refreshStages();
    void refreshOverview();
    void refreshStanding();

    Session &m_session;
    Refresher *m_refresher;
    QString m_roadmapId; // built for this one
    QVBoxLayout *m_column = nullptr;
    std::map<QString, RailButton *> m_buttons;
};

} // namespace cockpit
