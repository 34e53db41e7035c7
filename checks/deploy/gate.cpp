#include "checks/deploy/gate.h"

#include "checks/engine/lookgaps.h"
#include "checks/secrets/coderoots.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

QString toWord(GateKind value)
{
    switch (value) {
    case GateKind::None:
        return u"none"_s;
    case GateKind::Tests:
        return u"tests"_s;
    case GateKind::Suite:
        return u"suite"_s;
    }
    Q_UNREACHABLE();
}

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ReleaseGate)
};

QString nameOf(const PipelineJob &job)
{
    return Text::tr("\"%1\" in %2").arg(job.name, job.file);
}

std::optional<Finding> findingFor(const Release &release)
{
    if (release.gate == GateKind::Suite && release.stops)
        return std::nullopt;
    Finding finding;
    if (release.gate == GateKind::None)
        finding = makeFinding(u"no_gate"_s, Severity::Medium, Proof::Strong, Impact::DataExposure,
                              Text::tr("Nothing is tried before a release"),
                              Text::tr("The job %1 releases without a test before it. Wanted: it waits for tests of "
                                       "sign-in and permissions, and stops when one fails.")
                                  .arg(nameOf(release.job)));
    else if (!release.stops)
        finding = makeFinding(u"does_not_stop"_s, Severity::Medium, Proof::Strong, Impact::DataExposure,
                              Text::tr("A failed test does not stop the release"),
                              Text::tr("Before the job %1 runs %2, and its failure stops nothing. %3")
                                  .arg(nameOf(release.job), release.by, release.why));
    else
        finding = makeFinding(u"tests_only"_s, Severity::Low, Proof::Lead, Impact::DataExposure,
                              Text::tr("It is not known whether the tests before a release try sign-in"),
                              Text::tr("The job %1 waits for %2. Whether that tries sign-in and permissions stands in "
                                       "your tests.")
                                  .arg(nameOf(release.job), release.by));
    finding.subject = release.job.file + u'#' + release.job.name;
    finding.location = Location{release.job.file, release.job.line, {}};
    return finding;
}

QJsonObject rowOf(const Release &release)
{
    QJsonObject row{{u"file"_s, release.job.file},
                    {u"job"_s, release.job.name},
                    {u"line"_s, release.job.line > 0 ? QJsonValue(release.job.line) : QJsonValue()},
                    {u"gate"_s, toWord(release.gate)},
                    {u"stops"_s, release.stops}};
    if (!release.by.isEmpty())
        row.insert(u"by"_s, release.by);
    if (!release.why.isEmpty())
        row.insert(u"why"_s, release.why);
    return row;
}

Judged look(const Look &look)
{
    const auto words = loadReleaseWords();
    if (!words)
        return couldNotLook(words.error());
    const CodeRoots roots = codeRootsOf(look.facts.sources, look.seen.token());
    std::vector<ReleasesOfCode> code;
    for (const QString &folder : roots.folders) {
        if (look.seen.isOver())
            return couldNotLook({ErrorKind::Cancelled, Text::tr("Stopped.")});
        const PipelineJobs jobs = readPipelineJobs(folder);
        code.push_back({QFileInfo(folder).fileName(), releasesIn(jobs, *words), jobs.gaps});
    }
    return judgeGate(code, roots.gaps);
}

} // namespace

Judged judgeGate(const std::vector<ReleasesOfCode> &code, const QStringList &gaps)
{
    QJsonArray rows;
    QStringList allGaps = gaps;
    QStringList kept;
    std::vector<Finding> findings;
    bool isHidden = false;
    for (const ReleasesOfCode &one : code) {
        allGaps += one.gaps;
        for (const Release &release : one.releases) {
            rows.append(rowOf(release));
            auto finding = findingFor(release);
            if (!finding) {
                kept.append(Text::tr("%1 waits for %2").arg(nameOf(release.job), release.by));
            } else if (release.gate == GateKind::None && !one.gaps.isEmpty()) {
                isHidden = true; // what was not read may be the gate
            } else {
                if (code.size() > 1)
                    finding->subject.prepend(one.folder + u'/');
                findings.push_back(std::move(*finding));
            }
        }
    }
    const LookGaps unread = anyBehind(allGaps);
    if (findings.empty() && (rows.isEmpty() || isHidden)) {
        const QString why =
            isHidden ? Text::tr("What comes before a release could not be read whole.")
                     : Text::tr("No step of your pipelines is known to release. If your host releases each push by "
                                "itself, let it wait for the checks of the pipeline there.");
        Judged judged = notRun(why);
        judged.observed = {{u"releases"_s, rows}};
        leaveOpen(judged, unread);
        return judged;
    }
    const QString summary = findings.empty() ? kept.join(u"; "_s) : Text::tr("A release may go out untried.");
    Judged judged = concluded(std::move(findings), summary, {{u"releases"_s, rows}}, {});
    leaveOpen(judged, unread);
    return judged;
}

Check gateCheck()
{
    return {.id = u"deploy.gate"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::DataExposure},
            .needs = {Need::Folder},
            .sources = {SourceKind::Code},
            .look = look};
}

} // namespace cockpit
