// What a person can do about what is watched: each asks in its dialog first where it needs to.
#pragma once

#include "models/monitoring.h"

#include <QObject>

class QWidget;

namespace cockpit {

class Session;

class MonitorActions : public QObject
{
    Q_OBJECT

public:
    // page: the dialogs stand before it, and it owns this.
    MonitorActions(Session &session, QWidget *page);

    void addProposed();
    void add();
    void edit(const Monitor &monitor);
    void remove(const Monitor &monitor);
    void writeNote(const QString &about, const IncidentNote &note);

private:
    void replace(const Monitor &changed);
    void forget(qint64 id);

    Session &m_session;
    QWidget *m_page;
};

} // namespace cockpit
