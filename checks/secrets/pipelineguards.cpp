#include "checks/secrets/pipelineguards.h"

#include "checks/secrets/pipeline/pipelinefile.h"
#include "checks/secrets/smallfiles.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SecretGuards)
};

// Of other systems it is told which guard is called; when, and what becomes of a failure, is not.
void readOthers(const QString &root, const std::vector<SecretGuard> &guards, GuardedPipelines &reading)
{
    const QStringList files = singlePipelineFiles();
    for (const QString &name : files) {
        const auto bytes = readBelow(root, name);
        if (!bytes) {
            reading.gaps += bytes.error().message;
            continue;
        }
        if (!*bytes)
            continue;
        reading.files += name;
        const auto uses = guardsInScript(QString::fromUtf8(**bytes), name, 1, guards);
        reading.uses.insert(reading.uses.end(), uses.begin(), uses.end());
        if (!uses.empty())
            reading.gaps += Text::tr("When %1 runs its steps, and what a failure stops, was not judged.").arg(name);
    }
}

} // namespace

GuardedPipelines readPipelines(const QString &root, const std::vector<SecretGuard> &guards)
{
    GuardedPipelines reading;
    if (const auto workflows = readFolderBelow(root, u".github/workflows"_s))
        readGitHubWorkflows(*workflows, guards, reading);
    else
        reading.gaps += workflows.error().message;
    readGitLabPipeline(root, guards, reading);
    readOthers(root, guards, reading);
    return reading;
}

} // namespace cockpit
