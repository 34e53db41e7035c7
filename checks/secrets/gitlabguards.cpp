// docs.gitlab.com/ci/yaml
#include "checks/secrets/pipelineguards.h"
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
constexpr int kDeepest = 3; // an include of an include of an include

// Lines of a script, which GitLab takes as a text, a list, or lists in it.
QString scriptOf(const QJsonValue &value)
{
    if (!value.isArray())
        return value.toString();
    QStringList lines;
    for (const QJsonValue one : value.toArray())
        lines += scriptOf(one);
    return lines.join(u'\n');
}

bool comesAfterTheMerge(const QString &condition)
{
    return condition.contains("schedule"_L1) || condition.contains("CI_COMMIT_TAG"_L1) ||
           (condition.contains("CI_DEFAULT_BRANCH"_L1) && !condition.contains("!="_L1));
}

// Of a job, or of an include. Without rules it is there for each push to any branch.
bool holdsOnEachChange(const QJsonValue &rules)
{
    const QJsonArray list = rules.toArray();
    return list.isEmpty() || std::ranges::any_of(list, [](const QJsonValue &rule) {
               const QString when = rule["when"_L1].toString();
               return when != "never"_L1 && when != "manual"_L1 && !comesAfterTheMerge(rule["if"_L1].toString());
           });
}

bool isOnEachChange(const QJsonObject &job)
{
    if (job["when"_L1].toString() == "manual"_L1)
        return false;
    if (const QJsonValue only = job["only"_L1]; !only.isUndefined()) {
        const QJsonArray names = only.isObject() ? only["refs"_L1].toArray() : only.toArray();
        return std::ranges::any_of(names, [](const QJsonValue &name) {
            return name.toString() == "merge_requests"_L1 || name.toString() == "branches"_L1;
        });
    }
    return holdsOnEachChange(job["rules"_L1]);
}

bool mayFail(const QJsonObject &job)
{
    const QJsonValue allowed = job["allow_failure"_L1];
    return allowed.isObject() || allowed.toBool();
}

bool isLocal(const QString &include)
{
    return !include.contains("://"_L1);
}

class GitLabReader
{
public:
    GitLabReader(const QString &root, const std::vector<SecretGuard> &guards, GuardedPipelines &reading)
        : m_root(root), m_guards(guards), m_reading(reading)
    {
    }

    void read(const QByteArray &yaml)
    {
        readFile(kGitLab, yaml, true, 0);
        for (const auto &[name, job] : m_jobs) {
            if (!name.startsWith(u'.')) // those are templates
                readJob(withTemplate(job));
        }
    }

private:
    struct Job
    {
        QJsonObject members;
        QString file; // that has its script
        bool isAlways = true;
    };

    // What is included comes first: the file that includes it has the last word.
    void readFile(const QString &name, const QByteArray &yaml, bool isAlways, int depth)
    {
        m_reading.files += name;
        m_files[name] = yaml;
        const auto json = yamlToJson(yaml);
        if (!json) {
            m_reading.gaps += Text::tr("%1: %2").arg(name, json.error().message);
            return;
        }
        const QJsonObject all = json->toObject();
        const QJsonValue include = all["include"_L1];
        const QJsonArray includes = include.isArray() ? include.toArray() : QJsonArray{include};
        for (const QJsonValue one : includes)
            readInclude(name, one, isAlways && holdsOnEachChange(one["rules"_L1]), depth);
        for (auto member = all.begin(); member != all.end(); ++member) {
            if (member.value().isObject())
                addJob(member.key(), {member.value().toObject(), name, isAlways});
        }
    }

    void readInclude(const QString &from, const QJsonValue &include, bool isAlways, int depth)
    {
        const QString local = include.isString() ? include.toString() : include["local"_L1].toString();
        if (!local.isEmpty() && isLocal(local)) {
            readLocal(from, local, isAlways, depth);
            return;
        }
        for (const auto member : {"template"_L1, "component"_L1})
            readNamed(from, include[member].toString(), false);
        readNamed(from, local, true);
        readNamed(from, include["remote"_L1].toString(), true);
        const QJsonValue files = include["file"_L1]; // of another project
        for (const QJsonValue file : files.isArray() ? files.toArray() : QJsonArray{files})
            readNamed(from, file.toString(), true);
    }

    // Known by its name, or not at all.
    void readNamed(const QString &from, const QString &name, bool mayHoldAnything)
    {
        if (name.isEmpty())
            return;
        auto uses = guardsNamed(name, from, lineWith(m_files[from], name), m_guards);
        if (uses.empty() && mayHoldAnything)
            m_reading.gaps += notRead(from, name);
        std::ranges::move(uses, std::back_inserter(m_reading.uses));
    }

    // Its path is told from the root of the repository, with or without a slash before it.
    void readLocal(const QString &from, const QString &path, bool isAlways, int depth)
    {
        const QString name = path.startsWith(u'/') ? path.mid(1) : path;
        if (m_files.contains(name))
            return;
        const bool isPattern = name.contains(u'*') || name.contains(u'$');
        if (isPattern || depth >= kDeepest) {
            m_reading.gaps += notRead(from, name);
            return;
        }
        const auto bytes = readBelow(m_root, name);
        if (!bytes)
            m_reading.gaps += bytes.error().message;
        else if (!*bytes)
            m_reading.gaps += Text::tr("%1 includes %2, which is not there.").arg(from, name);
        else
            readFile(name, **bytes, isAlways, depth + 1);
    }

    static QString notRead(const QString &from, const QString &name)
    {
        return Text::tr("%1 includes %2, which was not read.").arg(from, name);
    }

    // Two of one name are one: the members of the later one win.
    void addJob(const QString &name, const Job &job)
    {
        const auto [known, isNew] = m_jobs.try_emplace(name, job);
        if (!isNew)
            known->second = joined(known->second, job);
    }

    static Job joined(Job job, const Job &later)
    {
        if (later.members.contains("script"_L1))
            job.file = later.file;
        job.isAlways = job.isAlways || later.isAlways;
        for (auto member = later.members.begin(); member != later.members.end(); ++member)
            job.members.insert(member.key(), member.value());
        return job;
    }

    // The job with what it extends, one level.
    Job withTemplate(const Job &job) const
    {
        const QJsonValue extended = job.members["extends"_L1];
        const QString name = extended.isArray() ? extended.toArray().first().toString() : extended.toString();
        const auto known = m_jobs.find(name);
        if (known == m_jobs.end())
            return job;
        Job whole = joined(known->second, job);
        whole.isAlways = job.isAlways;
        return whole;
    }

    void readJob(const Job &job)
    {
        const QString script = scriptOf(job.members["before_script"_L1]) + u'\n' + scriptOf(job.members["script"_L1]);
        for (GuardUse &use : guardsInScript(script, job.file, 1, m_guards)) {
            use.line = lineWith(m_files[job.file], script.section(u'\n', use.line - 1, use.line - 1).trimmed());
            if (mayFail(job.members) && use.stops) {
                use.stops = false;
                use.weakness =
                    Text::tr("%1 in %2 may fail without consequences (allow_failure).").arg(use.guard.name, use.file);
            }
            use.isOnEachChange = job.isAlways && isOnEachChange(job.members);
            if (!use.isOnEachChange)
                use.weakness =
                    Text::tr("%1 in %2 does not run on each change before it is merged.").arg(use.guard.name, use.file);
            m_reading.uses.push_back(std::move(use));
        }
    }

    const QString m_root;
    const std::vector<SecretGuard> &m_guards;
    GuardedPipelines &m_reading;
    std::map<QString, QByteArray> m_files; // that were read
    std::map<QString, Job> m_jobs;
};

} // namespace

void readGitLabPipeline(const QString &root, const std::vector<SecretGuard> &guards, GuardedPipelines &reading)
{
    const auto yaml = readBelow(root, kGitLab);
    if (!yaml)
        reading.gaps += yaml.error().message;
    else if (*yaml)
        GitLabReader(root, guards, reading).read(**yaml);
}

} // namespace cockpit
