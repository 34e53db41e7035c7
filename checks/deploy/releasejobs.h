// The jobs of a pipeline in the order in which they wait for each other: what releases, and what was tried before.
// docs.github.com/actions/reference/workflows-and-actions/workflow-syntax, docs.gitlab.com/ci/yaml
#pragma once

#include "checks/secrets/secretguards.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <map>
#include <vector>

namespace cockpit {

// One call in a script, or one action.
struct PipelineStep
{
    QString text;
    bool mayFail = false;          // its failure stops nothing
    bool runsAfterFailure = false; // also when a step before it has failed
    QString condition = {};        // under which it runs; empty: always when the steps before it passed
};

struct PipelineJob
{
    QString file; // below the root
    QString name; // as it is written there
    int line = 0; // from 1; 0: not known
    std::vector<PipelineStep> steps;
    QStringList waitsFor;          // jobs of the same file that must have passed
    QString waitsForPipeline;      // the name of another workflow that must have ended; empty: none
    QString environment;           // "production"; empty: none is named
    bool mayFail = false;          // its failure stops nothing
    bool runsAfterFailure = false; // also when what it waits for has failed
    bool isByHand = false;         // somebody presses a button
};

struct JobPipeline
{
    QString file;
    QString name; // by which other workflows call it
    std::vector<PipelineJob> jobs;
};

struct PipelineJobs
{
    std::vector<JobPipeline> pipelines;
    QStringList gaps; // what was not read, a sentence each
};

// root: of the code. Workflows of GitHub (with the local ones that a job calls) and .gitlab-ci.yml.
PipelineJobs readPipelineJobs(const QString &root);
// Files below .github/workflows by their names. Adds to jobs.
void readGitHubJobs(const std::map<QString, QByteArray> &files, PipelineJobs &jobs);
// One file of GitLab; jobs of a later stage wait for all of the stages before, unless they say for which. Adds to jobs.
void readGitLabJobs(const QString &file, const QByteArray &yaml, PipelineJobs &jobs);

} // namespace cockpit
