// docs.github.com/actions/reference/workflows-and-actions/workflow-syntax
#include "checks/secrets/pipelineguards.h"
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

const QString kFolder = u".github/workflows/"_s;

enum class When { EachChange, AfterMerge, BySchedule, OnDemand };

bool isAnyBranch(const QString &pattern)
{
    return pattern == "**"_L1 || pattern == "*"_L1 || pattern == "*/*"_L1;
}

// A push to every branch is looked at before that branch is merged; one to named branches comes after the merge.
bool isPushToAll(const QJsonValue &push)
{
    const QJsonArray branches = push["branches"_L1].toArray();
    const bool isOfTags = !push["tags"_L1].isUndefined() && branches.isEmpty();
    return !isOfTags && (branches.isEmpty() || std::ranges::any_of(branches, [](const QJsonValue &branch) {
                             return isAnyBranch(branch.toString());
                         }));
}

When whenOf(const QJsonValue &on)
{
    QJsonObject triggers = on.toObject();
    if (on.isString())
        triggers.insert(on.toString(), QJsonValue());
    for (const QJsonValue one : on.toArray())
        triggers.insert(one.toString(), QJsonValue());
    for (const auto word : {"pull_request"_L1, "pull_request_target"_L1, "merge_group"_L1}) {
        if (triggers.contains(word))
            return When::EachChange;
    }
    if (triggers.contains("push"_L1))
        return isPushToAll(triggers["push"_L1]) ? When::EachChange : When::AfterMerge;
    return triggers.contains("schedule"_L1) ? When::BySchedule : When::OnDemand;
}

// A condition that leaves out the changes: narrower than what the workflow says.
When narrowed(When when, const QString &condition)
{
    if (when != When::EachChange || condition.contains("!="_L1))
        return when;
    if (condition.contains("'schedule'"_L1))
        return When::BySchedule;
    if (condition.contains("refs/heads/"_L1) || condition.contains("'push'"_L1))
        return When::AfterMerge;
    return when;
}

bool isNever(const QJsonValue &condition)
{
    return (condition.isBool() && !condition.toBool()) || condition.toString().simplified() == "${{ false }}"_L1;
}

QString sentenceFor(When when, const QString &name, const QString &file)
{
    switch (when) {
    case When::EachChange:
        return {};
    case When::AfterMerge:
        return Text::tr("%1 in %2 looks at a change after it was merged.").arg(name, file);
    case When::BySchedule:
        return Text::tr("%1 in %2 runs at set times and not on each change.").arg(name, file);
    case When::OnDemand:
        return Text::tr("%1 in %2 runs when somebody starts it and not on each change.").arg(name, file);
    }
    Q_UNREACHABLE();
}

class WorkflowReader
{
public:
    WorkflowReader(const std::map<QString, QByteArray> &files, const std::vector<SecretGuard> &guards,
                   GuardedPipelines &reading)
        : m_files(files), m_guards(guards), m_reading(reading)
    {
    }

    void read()
    {
        for (const auto &[name, bytes] : m_files) {
            if (!name.endsWith(".yml"_L1) && !name.endsWith(".yaml"_L1))
                continue;
            m_reading.files += kFolder + name;
            const auto json = yamlToJson(bytes);
            if (!json) {
                m_reading.gaps += Text::tr("%1: %2").arg(kFolder + name, json.error().message);
                continue;
            }
            readJobs(name, *json, whenOf((*json)["on"_L1]), true, 0);
        }
    }

private:
    void readJobs(const QString &name, const QJsonValue &workflow, When when, bool stops, int depth)
    {
        for (const QJsonValue job : workflow["jobs"_L1].toObject()) {
            if (isNever(job["if"_L1]))
                continue;
            const When ofJob = narrowed(when, job["if"_L1].toString());
            const bool jobStops = stops && !job["continue-on-error"_L1].toBool();
            if (const QString called = job["uses"_L1].toString(); !called.isEmpty())
                readCall(name, called, ofJob, jobStops, depth);
            for (const QJsonValue step : job["steps"_L1].toArray())
                readStep(name, step, ofJob, jobStops);
        }
    }

    // A workflow of the same repository runs when its caller does.
    void readCall(const QString &name, const QString &called, When when, bool stops, int depth)
    {
        constexpr int deepest = 3; // GitHub's own limit is four
        const auto file = m_files.find(called.section(u'/', -1));
        if (called.startsWith("./"_L1) && file != m_files.end() && depth < deepest) {
            if (const auto json = yamlToJson(file->second))
                readJobs(file->first, *json, when, stops, depth + 1);
            return;
        }
        keep(guardsNamed(called, kFolder + name, lineWith(m_files.at(name), called), m_guards), when, stops);
    }

    void readStep(const QString &name, const QJsonValue &step, When when, bool stops)
    {
        if (isNever(step["if"_L1]))
            return;
        const When ofStep = narrowed(when, step["if"_L1].toString());
        const bool stepStops = stops && !step["continue-on-error"_L1].toBool();
        const QByteArray &bytes = m_files.at(name);
        if (const QString action = step["uses"_L1].toString(); !action.isEmpty())
            keep(guardsNamed(action, kFolder + name, lineWith(bytes, action), m_guards), ofStep, stepStops);
        const QString script = step["run"_L1].toString();
        auto uses = guardsInScript(script, kFolder + name, 1, m_guards);
        for (GuardUse &use : uses) // lines of a block are indented anew
            use.line = lineWith(bytes, script.section(u'\n', use.line - 1, use.line - 1).trimmed());
        keep(std::move(uses), ofStep, stepStops);
    }

    void keep(std::vector<GuardUse> uses, When when, bool stops)
    {
        for (GuardUse &use : uses) {
            if (!stops && use.stops) {
                use.stops = false;
                use.weakness = Text::tr("%1 in %2 may fail without consequences (continue-on-error).")
                                   .arg(use.guard.name, use.file);
            }
            use.isOnEachChange = when == When::EachChange;
            if (!use.isOnEachChange)
                use.weakness = sentenceFor(when, use.guard.name, use.file);
            m_reading.uses.push_back(std::move(use));
        }
    }

    const std::map<QString, QByteArray> &m_files;
    const std::vector<SecretGuard> &m_guards;
    GuardedPipelines &m_reading;
};

} // namespace

void readGitHubWorkflows(const std::map<QString, QByteArray> &files, const std::vector<SecretGuard> &guards,
                         GuardedPipelines &reading)
{
    WorkflowReader(files, guards, reading).read();
}

} // namespace cockpit
