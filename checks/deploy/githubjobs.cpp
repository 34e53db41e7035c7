#include "checks/deploy/releasejobs.h"
#include "models/routes/yamljson.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ReleaseJobs)
};

const QString kFolder = u".github/workflows/"_s;
constexpr int kDeepest = 3; // of calls; GitHub's own limit is four

QStringList wordsOf(const QJsonValue &value)
{
    QStringList words;
    for (const QJsonValue one : value.isArray() ? value.toArray() : QJsonArray{value}) {
        if (one.isString())
            words.append(one.toString());
    }
    return words;
}

// Runs whatever came of what was before. A condition that asks for success, or against failure, does not.
bool isUnconditional(const QString &condition)
{
    if (condition.contains("success"_L1) || condition.contains("!failure()"_L1))
        return false;
    return condition.contains("always()"_L1) || condition.contains("failure()"_L1) ||
           condition.contains("!cancelled()"_L1);
}

PipelineStep stepOf(const QJsonValue &step)
{
    const QString condition = step["if"_L1].toString().simplified();
    const bool isAfterFailure = isUnconditional(condition);
    const bool isUsual = isAfterFailure || condition.isEmpty() || condition.contains("success()"_L1);
    return {.text = step["uses"_L1].toString() + u'\n' + step["run"_L1].toString(),
            .mayFail = step["continue-on-error"_L1].toBool(),
            .runsAfterFailure = isAfterFailure,
            .condition = isUsual ? QString() : condition};
}

bool isNever(const QJsonValue &condition)
{
    return condition.isBool() && !condition.toBool();
}

class Workflows
{
public:
    Workflows(const std::map<QString, QByteArray> &files, PipelineJobs &jobs) : m_files(files), m_jobs(jobs) {}

    void read()
    {
        for (const auto &[name, bytes] : m_files) {
            if (!name.endsWith(".yml"_L1) && !name.endsWith(".yaml"_L1))
                continue;
            const auto json = yamlToJson(bytes);
            if (!json)
                m_jobs.gaps += Text::tr("%1: %2").arg(kFolder + name, json.error().message);
            else if (!isOnlyCalled((*json)["on"_L1])) // what is called is read where it is called
                readWorkflow(name, json->toObject());
        }
    }

private:
    static bool isOnlyCalled(const QJsonValue &on)
    {
        const QStringList names = on.isObject() ? on.toObject().keys() : wordsOf(on);
        return names == QStringList{u"workflow_call"_s};
    }

    void readWorkflow(const QString &file, const QJsonObject &workflow)
    {
        JobPipeline pipeline{.file = kFolder + file, .name = workflow["name"_L1].toString(kFolder + file), .jobs = {}};
        const QString before = wordsOf(workflow["on"_L1]["workflow_run"_L1]["workflows"_L1]).value(0);
        const QJsonObject jobs = workflow["jobs"_L1].toObject();
        for (auto job = jobs.begin(); job != jobs.end(); ++job) {
            if (isNever(job.value()["if"_L1]))
                continue;
            pipeline.jobs.push_back(jobOf(file, job.key(), job.value().toObject()));
            pipeline.jobs.back().waitsForPipeline = before;
            // "completed" is no success by itself.
            const bool asksForSuccess = job.value()["if"_L1].toString().contains("success"_L1);
            if (!before.isEmpty() && !asksForSuccess)
                pipeline.jobs.back().runsAfterFailure = true;
        }
        m_jobs.pipelines.push_back(std::move(pipeline));
    }

    PipelineJob jobOf(const QString &file, const QString &name, const QJsonObject &members)
    {
        const QJsonValue environment = members["environment"_L1];
        PipelineJob job{.file = kFolder + file,
                        .name = name,
                        .line = lineWith(m_files.at(file), u"  "_s + name + u':'),
                        .steps = {},
                        .waitsFor = wordsOf(members["needs"_L1]),
                        .waitsForPipeline = {},
                        .environment =
                            environment.isObject() ? environment["name"_L1].toString() : environment.toString(),
                        .mayFail = members["continue-on-error"_L1].toBool(),
                        .runsAfterFailure = isUnconditional(members["if"_L1].toString())};
        addSteps(members, job, 0);
        return job;
    }

    void addSteps(const QJsonObject &members, PipelineJob &job, int depth)
    {
        if (const QString called = members["uses"_L1].toString(); !called.isEmpty())
            addCalled(called, job, depth);
        for (const QJsonValue step : members["steps"_L1].toArray()) {
            if (isNever(step["if"_L1]))
                continue;
            job.steps.push_back(stepOf(step));
        }
    }

    // A workflow of the same repository stands for its jobs; which of them wait for which is not told apart.
    void addCalled(const QString &called, PipelineJob &job, int depth)
    {
        const auto file = m_files.find(called.section(u'/', -1));
        if (!called.startsWith("./"_L1) || file == m_files.end() || depth >= kDeepest) {
            job.steps.push_back({.text = called});
            return;
        }
        const auto json = yamlToJson(file->second);
        if (!json)
            return; // said where it is read itself
        for (const QJsonValue inner : (*json)["jobs"_L1].toObject())
            addSteps(inner.toObject(), job, depth + 1);
    }

    const std::map<QString, QByteArray> &m_files;
    PipelineJobs &m_jobs;
};

} // namespace

void readGitHubJobs(const std::map<QString, QByteArray> &files, PipelineJobs &jobs)
{
    Workflows(files, jobs).read();
}

} // namespace cockpit
