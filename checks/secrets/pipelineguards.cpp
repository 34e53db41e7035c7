#include "checks/secrets/pipelineguards.h"

#include "checks/secrets/pipeline/pipelinefile.h"
#include "checks/secrets/smallfiles.h"
#include "models/routes/yamljson.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SecretGuards)
};

const QString kGitLab = u".gitlab-ci.yml"_s;

// Lines of a script, which GitLab takes as a text, a list, or lists in it.
QString scriptOf(const QJsonValue &value)
{
    if (!value.isArray())
        return value.toString();
    QStringList lines;
    for (const QJsonValue one : value.toArray())
        lines += one.isArray() ? scriptOf(one.toArray().first()) : one.toString();
    return lines.join(u'\n');
}

// docs.gitlab.com/ci/yaml: without rules a job runs for each push to any branch.
bool isOnEachChange(const QJsonObject &job)
{
    if (job["when"_L1].toString() == "manual"_L1)
        return false;
    const auto comesAfterTheMerge = [](const QString &condition) {
        return condition.contains("schedule"_L1) || condition.contains("CI_COMMIT_TAG"_L1) ||
               (condition.contains("CI_DEFAULT_BRANCH"_L1) && !condition.contains("!="_L1));
    };
    if (const QJsonValue only = job["only"_L1]; !only.isUndefined()) {
        const QJsonArray names = only.isObject() ? only["refs"_L1].toArray() : only.toArray();
        return std::ranges::any_of(names, [](const QJsonValue &name) {
            return name.toString() == "merge_requests"_L1 || name.toString() == "branches"_L1;
        });
    }
    const QJsonArray rules = job["rules"_L1].toArray();
    return rules.isEmpty() || std::ranges::any_of(rules, [&](const QJsonValue &rule) {
               const QString when = rule["when"_L1].toString();
               return when != "never"_L1 && when != "manual"_L1 && !comesAfterTheMerge(rule["if"_L1].toString());
           });
}

bool mayFail(const QJsonObject &job)
{
    const QJsonValue allowed = job["allow_failure"_L1];
    return allowed.isObject() || allowed.toBool();
}

// The job with what it extends, one level: the members of its own win.
QJsonObject withTemplate(const QJsonObject &job, const QJsonObject &all)
{
    const QJsonValue extended = job["extends"_L1];
    const QString name = extended.isArray() ? extended.toArray().first().toString() : extended.toString();
    QJsonObject whole = all[name].toObject();
    for (auto member = job.begin(); member != job.end(); ++member)
        whole.insert(member.key(), member.value());
    return whole;
}

void readJob(const QJsonObject &job, const QByteArray &yaml, const std::vector<SecretGuard> &guards,
             GuardedPipelines &reading)
{
    const QString script = scriptOf(job["before_script"_L1]) + u'\n' + scriptOf(job["script"_L1]);
    for (GuardUse &use : guardsInScript(script, kGitLab, 1, guards)) {
        use.line = lineWith(yaml, script.section(u'\n', use.line - 1, use.line - 1).trimmed());
        if (mayFail(job) && use.stops) {
            use.stops = false;
            use.weakness =
                Text::tr("%1 in %2 may fail without consequences (allow_failure).").arg(use.guard.name, kGitLab);
        }
        use.isOnEachChange = isOnEachChange(job);
        if (!use.isOnEachChange)
            use.weakness =
                Text::tr("%1 in %2 does not run on each change before it is merged.").arg(use.guard.name, kGitLab);
        reading.uses.push_back(std::move(use));
    }
}

void readIncludes(const QJsonValue &include, const QByteArray &yaml, const std::vector<SecretGuard> &guards,
                  GuardedPipelines &reading)
{
    const QJsonArray list = include.isArray() ? include.toArray() : QJsonArray{include};
    for (const QJsonValue one : list) {
        QStringList names{one.toString()};
        for (const auto member : {"template"_L1, "component"_L1, "remote"_L1, "local"_L1, "file"_L1})
            names += one[member].toString();
        for (const QString &name : names) {
            if (name.isEmpty())
                continue;
            const auto uses = guardsNamed(name, kGitLab, lineWith(yaml, name), guards);
            reading.uses.insert(reading.uses.end(), uses.begin(), uses.end());
            if (uses.empty() && (!one["local"_L1].isUndefined() || one.isString()))
                reading.gaps += Text::tr("%1 includes %2, which was not read.").arg(kGitLab, name);
        }
    }
}

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

void readGitLabPipeline(const QByteArray &yaml, const std::vector<SecretGuard> &guards, GuardedPipelines &reading)
{
    reading.files += kGitLab;
    const auto json = yamlToJson(yaml);
    if (!json) {
        reading.gaps += Text::tr("%1: %2").arg(kGitLab, json.error().message);
        return;
    }
    const QJsonObject all = json->toObject();
    readIncludes(all["include"_L1], yaml, guards, reading);
    for (auto job = all.begin(); job != all.end(); ++job) {
        const bool isTemplate = job.key().startsWith(u'.');
        if (!isTemplate && job.value().isObject())
            readJob(withTemplate(job.value().toObject(), all), yaml, guards, reading);
    }
}

GuardedPipelines readPipelines(const QString &root, const std::vector<SecretGuard> &guards)
{
    GuardedPipelines reading;
    if (const auto workflows = readFolderBelow(root, u".github/workflows"_s))
        readGitHubWorkflows(*workflows, guards, reading);
    else
        reading.gaps += workflows.error().message;
    const auto gitLab = readBelow(root, kGitLab);
    if (!gitLab)
        reading.gaps += gitLab.error().message;
    else if (*gitLab)
        readGitLabPipeline(**gitLab, guards, reading);
    readOthers(root, guards, reading);
    return reading;
}

} // namespace cockpit
