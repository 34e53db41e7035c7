#include "checks/deploy/releasejobs.h"
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
    Q_DECLARE_TR_FUNCTIONS(ReleaseJobs)
};

// Words of the file that are no jobs.
bool isGlobalWord(const QString &name)
{
    static const QStringList words{u"default"_s, u"include"_s,  u"stages"_s,        u"variables"_s,    u"workflow"_s,
                                   u"image"_s,   u"services"_s, u"before_script"_s, u"after_script"_s, u"cache"_s};
    return words.contains(name) || name.startsWith(u'.');
}

// Texts, lists, and lists in lists.
void addLines(const QJsonValue &script, std::vector<PipelineStep> &steps)
{
    if (script.isString()) {
        steps.push_back({.text = script.toString()});
        return;
    }
    for (const QJsonValue line : script.toArray())
        addLines(line, steps);
}

QJsonObject withTemplate(const QJsonObject &job, const QJsonObject &all)
{
    const QJsonValue extends = job["extends"_L1];
    const QString name = extends.isArray() ? extends.toArray().first().toString() : extends.toString();
    QJsonObject whole = all[name].toObject();
    for (auto member = job.begin(); member != job.end(); ++member)
        whole.insert(member.key(), member.value());
    return whole;
}

bool isManual(const QJsonObject &job)
{
    if (job["when"_L1].toString() == "manual"_L1)
        return true;
    const QJsonArray rules = job["rules"_L1].toArray();
    return !rules.isEmpty() && std::ranges::all_of(rules, [](const QJsonValue &rule) {
        const QString when = rule["when"_L1].toString();
        return when == "manual"_L1 || when == "never"_L1;
    });
}

QStringList namesIn(const QJsonValue &needs)
{
    QStringList names;
    for (const QJsonValue one : needs.toArray())
        names.append(one.isString() ? one.toString() : one["job"_L1].toString());
    return names;
}

struct StagedJob
{
    PipelineJob job;
    qsizetype stage = 0;
    bool saysNeeds = false;
};

StagedJob stagedJob(const QString &file, const QString &name, const QJsonObject &members, const QStringList &stages)
{
    StagedJob staged;
    staged.job.file = file;
    staged.job.name = name;
    addLines(members["before_script"_L1], staged.job.steps);
    addLines(members["script"_L1], staged.job.steps);
    const QJsonValue environment = members["environment"_L1];
    staged.job.environment = environment.isObject() ? environment["name"_L1].toString() : environment.toString();
    const QJsonValue allowed = members["allow_failure"_L1];
    // A job that waits for a button may be left out, unless it says otherwise or the button stands in its rules.
    staged.job.isByHand = isManual(members);
    const bool mayBeLeftOut = members["when"_L1].toString() == "manual"_L1;
    staged.job.mayFail = allowed.isUndefined() ? mayBeLeftOut : allowed.isObject() || allowed.toBool();
    const QString when = members["when"_L1].toString();
    staged.job.runsAfterFailure = when == "always"_L1 || when == "on_failure"_L1;
    staged.saysNeeds = members.contains("needs"_L1);
    staged.job.waitsFor = namesIn(members["needs"_L1]);
    staged.stage = std::max<qsizetype>(0, stages.indexOf(members["stage"_L1].toString(u"test"_s)));
    return staged;
}

QStringList stagesOf(const QJsonObject &all)
{
    QStringList stages;
    for (const QJsonValue stage : all["stages"_L1].toArray())
        stages.append(stage.toString());
    return stages.isEmpty() ? QStringList{u".pre"_s, u"build"_s, u"test"_s, u"deploy"_s, u".post"_s}
                            : QStringList{u".pre"_s} + stages + QStringList{u".post"_s};
}

} // namespace

void readGitLabJobs(const QString &file, const QByteArray &yaml, PipelineJobs &jobs)
{
    const auto json = yamlToJson(yaml);
    if (!json) {
        jobs.gaps += Text::tr("%1: %2").arg(file, json.error().message);
        return;
    }
    const QJsonObject all = json->toObject();
    if (all.contains("include"_L1))
        jobs.gaps += Text::tr("What %1 includes from other files was not read.").arg(file);
    const QStringList stages = stagesOf(all);
    std::vector<StagedJob> staged;
    for (auto member = all.begin(); member != all.end(); ++member) {
        if (!member.value().isObject() || isGlobalWord(member.key()))
            continue;
        staged.push_back(stagedJob(file, member.key(), withTemplate(member.value().toObject(), all), stages));
        staged.back().job.line = lineWith(yaml, member.key() + u':');
    }
    JobPipeline pipeline{.file = file, .name = file, .jobs = {}};
    for (StagedJob &one : staged) {
        for (const StagedJob &other : staged) {
            if (!one.saysNeeds && other.stage < one.stage)
                one.job.waitsFor.append(other.job.name);
        }
    }
    for (StagedJob &one : staged)
        pipeline.jobs.push_back(std::move(one.job));
    jobs.pipelines.push_back(std::move(pipeline));
}

} // namespace cockpit
