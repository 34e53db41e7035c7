#include "checks/secrets/pipeline/pipelinefaults.h"

#include "models/routes/yamljson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// The events by which a workflow runs with the secrets of the repository for a request of anybody.
bool startsForStrangers(const QJsonValue &on)
{
    const auto isOne = [](const QString &event) {
        return event == "pull_request_target"_L1 || event == "workflow_run"_L1 || event == "issue_comment"_L1;
    };
    if (on.isString())
        return isOne(on.toString());
    if (on.isArray())
        return std::ranges::any_of(on.toArray(), [&](const QJsonValue &event) { return isOne(event.toString()); });
    return std::ranges::any_of(on.toObject().keys(), isOne);
}

bool isForeignReference(const QString &text)
{
    return text.contains("github.event.pull_request.head"_L1) || text.contains("github.head_ref"_L1) ||
           text.contains("refs/pull/"_L1) || text.contains("github.event.workflow_run.head_"_L1) ||
           text.contains("github.event.pull_request.merge_commit_sha"_L1);
}

bool checksOutForeignCode(const QJsonObject &step)
{
    const QString uses = step.value("uses"_L1).toString();
    const QJsonObject with = step.value("with"_L1).toObject();
    if (uses.startsWith("actions/checkout@"_L1))
        return isForeignReference(with.value("ref"_L1).toString()) ||
               with.value("repository"_L1).toString().contains("head.repo"_L1);
    const QString run = step.value("run"_L1).toString();
    const bool isCheckout =
        run.contains("git checkout"_L1) || run.contains("git fetch"_L1) || run.contains("git pull"_L1);
    return run.contains("gh pr checkout"_L1) || (isCheckout && (isForeignReference(run) || run.contains("pull/"_L1)));
}

bool runsSomething(const QJsonObject &step)
{
    return !step.value("run"_L1).toString().trimmed().isEmpty() || step.value("uses"_L1).toString().startsWith("./"_L1);
}

// Beside GITHUB_TOKEN, which every run has.
bool usesSecrets(const QJsonObject &job)
{
    QString text = QString::fromUtf8(QJsonDocument(job).toJson(QJsonDocument::Compact));
    text.remove("secrets.GITHUB_TOKEN"_L1);
    return text.contains("secrets."_L1) || text.contains("secrets["_L1) || text.contains("\"secrets\":\"inherit\""_L1);
}

// "Only for branches of this repository", or for its members: strangers are neither. A condition that something else
// can meet, too, keeps nobody out.
bool isForOwnBranches(const QJsonObject &job)
{
    const QString condition = job.value("if"_L1).toString();
    if (condition.contains("author_association"_L1))
        return true;
    if (condition.contains("||"_L1))
        return false;
    return condition.contains("head.repo.full_name == github.repository"_L1) ||
           condition.contains("head.repo.fork == false"_L1) ||
           condition.contains("!github.event.pull_request.head.repo.fork"_L1);
}

qint64 lineOf(std::string_view text, std::string_view word)
{
    const size_t at = text.find(word);
    return at == std::string_view::npos ? 1 : 1 + std::ranges::count(text.substr(0, at), '\n');
}

} // namespace

std::vector<PipelineFaultFound> foreignCodeIn(std::string_view text)
{
    const auto yaml = yamlToJson(QByteArray(text.data(), static_cast<qsizetype>(text.size())));
    if (!yaml || !startsForStrangers(yaml->toObject().value("on"_L1)))
        return {};
    const auto holds = [text](std::string_view event) { return text.find(event) != std::string_view::npos; };
    const qint64 line = lineOf(text, holds("pull_request_target") ? "pull_request_target"
                                     : holds("workflow_run")      ? "workflow_run"
                                                                  : "issue_comment");
    const QJsonObject workflow = yaml->toObject();
    const QJsonObject jobs = workflow.value("jobs"_L1).toObject();
    const bool areInAllJobs = usesSecrets({{u"env"_s, workflow.value("env"_L1)}});
    std::vector<PipelineFaultFound> found;
    for (auto it = jobs.begin(); it != jobs.end(); ++it) {
        const QJsonObject job = it.value().toObject();
        bool isForeign = false;
        bool isRun = false;
        for (const QJsonValue step : job.value("steps"_L1).toArray()) {
            isRun = isRun || (isForeign && runsSomething(step.toObject()));
            isForeign = isForeign || checksOutForeignCode(step.toObject());
        }
        if (isForeign && !isForOwnBranches(job))
            found.push_back({isRun ? PipelineFault::RunsForeignCode : PipelineFault::ChecksOutForeignCode, line,
                             it.key(), areInAllJobs || usesSecrets(job)});
    }
    return found;
}

} // namespace cockpit
