// The roadmap's own sprint rows, each of which a person ticks when it is done. A tick is an answer about that row.
#pragma once

#include <QWidget>

#include <map>

class QCheckBox;
class QVBoxLayout;

namespace cockpit {

class Session;

class SprintList : public QWidget
{
    Q_OBJECT

public:
    explicit SprintList(Session &session, QWidget *parent = nullptr);

    void refresh();

private:
    void rebuild();
    void tick(const QString &itemId, bool done);

    Session &m_session;
    QVBoxLayout *m_column;
    QWidget *m_rows = nullptr;
    QString m_roadmapId;
    std::map<QString, QCheckBox *> m_boxes; // by item id
};

} // namespace cockpit
