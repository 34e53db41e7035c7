#include "ui/later/automations.h"

#include "ui/monitoring/monitorproposals.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Automations)
};

QString titleOf(const QString &checkId, const CheckCatalog &catalog)
{
    const CatalogEntry *entry = catalog.find(checkId);
    QString title = entry ? entry->title : checkId;
    while (title.endsWith(u'.'))
        title.chop(1);
    return title;
}

} // namespace

AutomationLine automationLine(const Item &automation, const ProjectState &project, const CheckCatalog &catalog,
                              const CheckRegistry &registry)
{
    AutomationLine line{automation.id, automation.text, {}, {}, {}};
    line.toAdd = missingMonitors(project.settings.target, automation.checks, project.monitors);
    for (const QString &id : automation.checks) {
        const QString title = titleOf(id, catalog);
        const auto kind = monitorKindOfCheck(id);
        if (!registry.find(id))
            line.notBuilt += title;
        else if (!kind || missingMonitors(project.settings.target, {id}, project.monitors).empty())
            line.running += title;
    }
    return line;
}

QString AutomationLine::note() const
{
    QStringList sentences;
    if (!toAdd.empty()) {
        QStringList names;
        for (const Monitor &monitor : toAdd)
            names += monitor.name;
        sentences += Text::tr("Can be set up now: %1.").arg(names.join(u", "_s));
    }
    if (!running.isEmpty())
        sentences += Text::tr("Runs already: %1.").arg(running.join(u"; "_s));
    if (!notBuilt.isEmpty())
        sentences += Text::tr("Not built yet, so set it up outside this program: %1.").arg(notBuilt.join(u"; "_s));
    return sentences.join(u'\n');
}

} // namespace cockpit
