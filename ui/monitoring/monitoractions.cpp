#include "ui/monitoring/monitoractions.h"

#include "ui/monitoring/incidentdialog.h"
#include "ui/monitoring/monitordialog.h"
#include "ui/monitoring/monitorproposals.h"
#include "ui/session.h"

#include <QMessageBox>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

MonitorActions::MonitorActions(Session &session, QWidget *page) : QObject(page), m_session(session), m_page(page) {}

void MonitorActions::addProposed()
{
    const ProjectState &project = m_session.project();
    m_session.setMonitors(alsoWatched(project.monitors, proposedMonitors(project.settings.target)));
}

void MonitorActions::add()
{
    auto *dialog = new MonitorDialog({}, m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        std::vector<Monitor> monitors = m_session.project().monitors;
        monitors.push_back(dialog->monitor());
        m_session.setMonitors(monitors);
    });
    dialog->open();
}

void MonitorActions::edit(const Monitor &monitor)
{
    auto *dialog = new MonitorDialog(monitor, m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { replace(dialog->monitor()); });
    dialog->open();
}

void MonitorActions::replace(const Monitor &changed)
{
    std::vector<Monitor> monitors = m_session.project().monitors;
    std::ranges::replace_if(
        monitors, [&](const Monitor &monitor) { return monitor.id == changed.id; }, changed);
    m_session.setMonitors(monitors);
}

void MonitorActions::remove(const Monitor &monitor)
{
    auto *box = new QMessageBox(QMessageBox::Question, tr("Stop watching"),
                                tr("Stop watching %1 and forget what was measured?").arg(monitor.name),
                                QMessageBox::Cancel, m_page);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setDefaultButton(QMessageBox::Cancel);
    QPushButton *yes = box->addButton(tr("Stop watching"), QMessageBox::DestructiveRole);
    yes->setObjectName(u"confirmRemoveMonitor"_s);
    connect(yes, &QPushButton::clicked, this, [this, id = monitor.id] { forget(id); });
    box->open();
}

void MonitorActions::forget(qint64 id)
{
    std::vector<Monitor> monitors = m_session.project().monitors;
    std::erase_if(monitors, [&](const Monitor &monitor) { return monitor.id == id; });
    m_session.setMonitors(monitors);
}

void MonitorActions::writeNote(const QString &about, const IncidentNote &note)
{
    auto *dialog = new IncidentDialog(about, note, m_page);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { m_session.noteIncident(dialog->note()); });
    dialog->open();
}

} // namespace cockpit
