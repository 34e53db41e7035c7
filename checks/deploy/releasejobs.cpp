#include "checks/deploy/releasejobs.h"

#include "checks/secrets/smallfiles.h"

namespace cockpit {

using namespace Qt::StringLiterals;

PipelineJobs readPipelineJobs(const QString &root)
{
    PipelineJobs jobs;
    if (const auto workflows = readFolderBelow(root, u".github/workflows"_s))
        readGitHubJobs(*workflows, jobs);
    else
        jobs.gaps += workflows.error().message;
    const QString gitLab = u".gitlab-ci.yml"_s;
    const auto yaml = readBelow(root, gitLab);
    if (!yaml)
        jobs.gaps += yaml.error().message;
    else if (*yaml)
        readGitLabJobs(gitLab, **yaml, jobs);
    return jobs;
}

} // namespace cockpit
