// Guards in the pipeline that builds and tests each change: which are called, when, and whether a find stops it.
#pragma once

#include "checks/secrets/secretguards.h"

#include <map>

namespace cockpit {

struct GuardedPipelines
{
    std::vector<GuardUse> uses;
    QStringList files; // of pipelines, whatever they do
    QStringList gaps;  // what could not be read or judged, a sentence each
};

// root: of the code. GitHub Actions and GitLab CI are understood; of Bitbucket, CircleCI, Azure, Jenkins, Drone,
// Woodpecker and Buildkite the commands alone.
GuardedPipelines readPipelines(const QString &root, const std::vector<SecretGuard> &guards);

// files: all workflows below .github/workflows by their names, for one may call another. Adds to reading.
void readGitHubWorkflows(const std::map<QString, QByteArray> &files, const std::vector<SecretGuard> &guards,
                         GuardedPipelines &reading);
// .gitlab-ci.yml, where there is one, with what it includes from the same repository. Adds to reading.
void readGitLabPipeline(const QString &root, const std::vector<SecretGuard> &guards, GuardedPipelines &reading);

} // namespace cockpit
