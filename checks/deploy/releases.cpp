// What a pipeline releases, and what keeps a release back.
#include "checks/deploy/gate.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <set>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ReleaseGate)
};

Result<std::vector<SecretGuard>> wordsIn(const QString &name)
{
    QFile file(u":/rules/"_s + name);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::NotFound, Text::tr("The list %1 is missing from the program.").arg(name));
    return parseSecretGuards(file.readAll());
}

// A version for testers is no release.
bool isForTests(const QString &environment)
{
    static const QStringList words{u"stag"_s, u"preview"_s, u"review"_s, u"test"_s, u"dev"_s, u"qa"_s, u"sandbox"_s};
    return std::ranges::any_of(words,
                               [&](const QString &word) { return environment.contains(word, Qt::CaseInsensitive); });
}

struct Tried
{
    GateKind kind = GateKind::None;
    bool stops = false;
    QString by;
    QString why;

    int rank() const { return (stops ? 2 : 0) + (kind == GateKind::Suite ? 1 : 0) + (kind == GateKind::None ? -9 : 0); }
};

// How a failure on the way loses its force, if it does.
struct Force
{
    bool stops = true;
    QString why;

    Force without(bool loses, const QString &reason) const { return stops && loses ? Force{false, reason} : *this; }
};

class ReleaseReader
{
public:
    ReleaseReader(const PipelineJobs &jobs, const ReleaseWords &words) : m_jobs(jobs), m_words(words) {}

    std::vector<Release> read() const
    {
        std::vector<Release> releases;
        for (const JobPipeline &pipeline : m_jobs.pipelines) {
            for (const PipelineJob &job : pipeline.jobs) {
                const auto at = firstDeploy(job);
                if (at && !isForTests(job.environment))
                    releases.push_back(releaseOf(pipeline, job, *at));
            }
        }
        return releases;
    }

private:
    std::optional<std::size_t> firstDeploy(const PipelineJob &job) const
    {
        for (std::size_t i = 0; i < job.steps.size(); ++i) {
            if (!guardsInScript(job.steps[i].text, job.file, 1, m_words.deploys).empty())
                return i;
        }
        return std::nullopt;
    }

    Release releaseOf(const JobPipeline &pipeline, const PipelineJob &job, std::size_t deployAt) const
    {
        Tried best;
        const PipelineStep &deploy = job.steps[deployAt];
        const Force own = Force().without(
            deploy.runsAfterFailure,
            Text::tr("In the job \"%1\" it releases also when a step before has failed.").arg(job.name));
        for (std::size_t i = 0; i < deployAt; ++i)
            keepBest(triedIn(job, job.steps[i], own, deploy.condition), best);
        // A script may try something in a line before the one that releases.
        keepBest(triedIn(job, beforeDeploy(job, job.steps[deployAt]), {}), best);
        std::set<QString> seen{job.name};
        addUpstream(pipeline, job, {}, seen, best);
        return {.job = job, .gate = best.kind, .stops = best.stops, .by = best.by, .why = best.why};
    }

    PipelineStep beforeDeploy(const PipelineJob &job, const PipelineStep &step) const
    {
        const auto uses = guardsInScript(step.text, job.file, 1, m_words.deploys);
        int line = uses.front().line;
        for (const GuardUse &use : uses)
            line = std::min(line, use.line);
        return {.text = step.text.split(u'\n').mid(0, line - 1).join(u'\n'), .mayFail = step.mayFail};
    }

    void addUpstream(const JobPipeline &pipeline, const PipelineJob &job, Force force, std::set<QString> &seen,
                     Tried &best) const
    {
        force = force.without(job.runsAfterFailure,
                              Text::tr("The job \"%1\" runs also when what it waits for has failed.").arg(job.name));
        for (const PipelineJob &before : pipeline.jobs) {
            if (job.waitsFor.contains(before.name) && seen.insert(before.name).second)
                addJob(pipeline, before, force, seen, best);
        }
        for (const JobPipeline &other : m_jobs.pipelines) {
            if (job.waitsForPipeline.isEmpty() || other.name != job.waitsForPipeline)
                continue;
            for (const PipelineJob &before : other.jobs) {
                for (const PipelineStep &step : before.steps)
                    keepBest(triedIn(before, step, forceOf(before, force)), best);
            }
        }
    }

    void addJob(const JobPipeline &pipeline, const PipelineJob &job, const Force &force, std::set<QString> &seen,
                Tried &best) const
    {
        const Force own = forceOf(job, force);
        for (const PipelineStep &step : job.steps)
            keepBest(triedIn(job, step, own), best);
        addUpstream(pipeline, job, own, seen, best);
    }

    static Force forceOf(const PipelineJob &job, const Force &force)
    {
        return force.without(job.mayFail, Text::tr("The job \"%1\" may fail without consequences.").arg(job.name));
    }

    // alike: a condition that what releases has as well: then the one does not run without the other.
    Tried triedIn(const PipelineJob &job, const PipelineStep &step, Force force, const QString &alike = {}) const
    {
        Tried best;
        force = force.without(step.mayFail,
                              Text::tr("A step of the job \"%1\" may fail without consequences.").arg(job.name));
        force = force.without(step.condition != alike && !step.condition.isEmpty(),
                              Text::tr("A step of the job \"%1\" runs only when: %2.").arg(job.name, step.condition));
        const auto keep = [&](const std::vector<SecretGuard> &words, GateKind kind) {
            for (const GuardUse &use : guardsInScript(step.text, job.file, 1, words)) {
                const Force whole = force.without(!use.stops, use.weakness);
                keepBest({kind, whole.stops, Text::tr("%1 in %2").arg(use.guard.name, job.file), whole.why}, best);
            }
        };
        keep(m_words.tests, GateKind::Tests);
        keep(m_words.suites, GateKind::Suite);
        return best;
    }

    static void keepBest(Tried tried, Tried &best)
    {
        if (tried.kind != GateKind::None && (best.kind == GateKind::None || tried.rank() > best.rank()))
            best = std::move(tried);
    }

    const PipelineJobs &m_jobs;
    const ReleaseWords &m_words;
};

} // namespace

Result<ReleaseWords> loadReleaseWords()
{
    ReleaseWords words;
    for (const auto &[name, list] :
         {std::pair{u"release-deploys.json"_s, &words.deploys}, std::pair{u"release-suites.json"_s, &words.suites},
          std::pair{u"release-tests.json"_s, &words.tests}}) {
        auto read = wordsIn(name);
        if (!read)
            return tl::unexpected<Error>(read.error());
        *list = std::move(*read);
    }
    return words;
}

std::vector<Release> releasesIn(const PipelineJobs &jobs, const ReleaseWords &words)
{
    return ReleaseReader(jobs, words).read();
}

} // namespace cockpit
