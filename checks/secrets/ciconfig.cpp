#include "checks/secrets/ciconfig.h"

#include "checks/engine/lookgaps.h"
#include "checks/engine/pastedtext.h"
#include "checks/secrets/cilogjudge.h"
#include "checks/secrets/logread/pastedlook.h"
#include "checks/secrets/runfingerprint.h"
#include "checks/secrets/sourcesread.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CiConfig)
};

struct Fault
{
    QString code;
    Severity severity = Severity::Medium;
    Proof proof = Proof::Strong;
    QString title;
};

Fault faultOf(const PipelineFaultFound &found)
{
    using enum PipelineFault;
    switch (found.fault) {
    case LiteralSecret: // by its name alone: it may be of a test that lasts a minute
        return {.code = u"literal_secret"_s,
                .proof = Proof::Lead,
                .title = Text::tr("A secret is written into the pipeline's settings")};
    case PrintsSecret:
        return {.code = u"prints_secret"_s, .title = Text::tr("A step of the pipeline prints a secret")};
    case PrintsEncoded:
        return {.code = u"prints_encoded"_s,
                .severity = Severity::High,
                .title = Text::tr("A step prints a secret in a form that is not masked")};
    case PrintsEnvironment:
        return {.code = u"prints_environment"_s, .title = Text::tr("A step of the pipeline prints all settings")};
    case TracesSecrets:
        return {.code = u"traces_secrets"_s, .title = Text::tr("Commands that use secrets are printed")};
    case SecretAsBuildArg:
        return {.code = u"secret_as_build_arg"_s, .title = Text::tr("A secret stays in the image that is built")};
    case PassesAllSecrets:
        return {.code = u"passes_all_secrets"_s, .title = Text::tr("A step gets all secrets at once")};
    case RunsForeignCode:
        return {.code = u"runs_foreign_code"_s,
                .severity = found.hasSecrets ? Severity::Critical : Severity::High,
                .title = Text::tr("Anybody can run code beside your pipeline's secrets")};
    case ChecksOutForeignCode:
        return {.code = u"runs_foreign_code"_s,
                .severity = Severity::Medium,
                .proof = Proof::Lead,
                .title = Text::tr("Code of strangers is fetched beside your pipeline's secrets")};
    }
    Q_UNREACHABLE();
}

QString sawOf(const PipelineFaultFound &found, const QString &file)
{
    using enum PipelineFault;
    switch (found.fault) {
    case LiteralSecret:
        return Text::tr("%1 gives a value to %2. Wanted: a reference to a secret of the pipeline.")
            .arg(file, found.name);
    case PrintsSecret:
        return Text::tr("%1 prints %2.").arg(file, found.name);
    case PrintsEncoded:
        return Text::tr("%1 prints %2 encoded: the masking of a pipeline only knows the value as it is.")
            .arg(file, found.name);
    case PrintsEnvironment:
        return Text::tr("%1 prints every setting of the run.").arg(file);
    case TracesSecrets:
        return Text::tr("%1 traces its commands (set -x), and uses secrets.").arg(file);
    case SecretAsBuildArg:
        return Text::tr("%1 passes %2 as an argument of the build: whoever has the image can read it in its history.")
            .arg(file, found.name.isEmpty() ? Text::tr("a secret") : found.name);
    case PassesAllSecrets:
        return Text::tr("%1 passes every secret of the repository to one step (toJSON(secrets)).").arg(file);
    case RunsForeignCode:
    case ChecksOutForeignCode:
        return found.hasSecrets
                   ? Text::tr(
                         "In %1 the job %2 starts for a pull request of anybody, fetches its code, and has secrets.")
                         .arg(file, found.name)
                   : Text::tr("In %1 the job %2 starts for a pull request of anybody, fetches its code, and has the "
                              "repository's own token.")
                         .arg(file, found.name);
    }
    Q_UNREACHABLE();
}

Finding makeFindingAt(const Fault &fault, const QString &saw, const QString &file, qint64 line)
{
    Finding finding = makeFinding(fault.code, fault.severity, fault.proof, Impact::DataExposure, fault.title, saw);
    finding.subject = file;
    finding.effortMinutes = 60;
    finding.location = Location{file, static_cast<int>(line), {}};
    return finding;
}

// One of a kind in each file: the repair is the same. Its other lines are evidence.
void add(Finding finding, const Evidence &evidence, std::vector<Finding> &findings)
{
    const auto known = std::ranges::find_if(findings, [&finding](const Finding &one) {
        return one.code == finding.code && one.subject == finding.subject;
    });
    if (known == findings.end()) {
        finding.evidence = {evidence};
        findings.push_back(std::move(finding));
        return;
    }
    known->severity = std::min(known->severity, finding.severity);
    known->proof = std::min(known->proof, finding.proof);
    known->evidence.push_back(evidence);
}

void judgeFile(const PipelineFileSeen &file, std::vector<Finding> &findings, QJsonArray &rows)
{
    const auto place = [&file](qint64 line) { return placeOf(LogSample{file.path, line, {}}); };
    for (const PipelineKey &key : file.keys) {
        Finding finding = makeFindingAt({.code = u"key_in_pipeline"_s,
                                         .severity = key.severity,
                                         .proof = key.isGuessed ? Proof::Lead : Proof::Proven,
                                         .title = Text::tr("A key is written into the pipeline's settings")},
                                        Text::tr("%1 holds: %2.").arg(file.path, key.name), file.path, key.line);
        finding.subject = file.path + u' ' + key.rule;
        rows.append(QJsonObject{
            {u"code"_s, finding.code}, {u"file"_s, file.path}, {u"line"_s, key.line}, {u"name"_s, key.rule}});
        add(std::move(finding), {place(key.line), key.name + u": "_s + key.masked}, findings);
    }
    for (const PipelineFaultFound &found : file.faults) {
        Finding finding = makeFindingAt(faultOf(found), sawOf(found, file.path), file.path, found.line);
        rows.append(QJsonObject{
            {u"code"_s, finding.code}, {u"file"_s, file.path}, {u"line"_s, found.line}, {u"name"_s, found.name}});
        add(std::move(finding), {place(found.line), found.name}, findings);
    }
}

PipelinesRead readPipelines(const Look &look)
{
    const QByteArray key = fingerprintKeyOf(look);
    std::vector<PipelineReading> questions;
    for (const LocalSource &source : sourcesOf(SourceKind::Code, look.facts.sources))
        questions.push_back({.source = source, .fingerprintKey = key, .startedAt = look.startedAt});
    auto read = readSources<PipelinesRead>(look, questions);
    read.isNamed = !questions.empty();
    return read;
}

// Of a log that was named and holds nothing to read.
QString emptyLogText()
{
    return Text::tr("The build log that was named has no line of text, so what your builds print was not looked at. "
                    "Save the log of a build as text and name that.");
}

// What only one of the two halves can show.
LookGaps missingHalf(bool hasPipelines, bool hasLogs, bool isLogEmpty)
{
    LookGaps gaps;
    if (hasPipelines && hasLogs)
        return gaps;
    gaps.hideCodes(hasLogs ? QStringList{u"key_in_pipeline"_s, u"literal_secret"_s, u"prints_secret"_s,
                                         u"prints_encoded"_s, u"prints_environment"_s, u"traces_secrets"_s,
                                         u"secret_as_build_arg"_s, u"passes_all_secrets"_s, u"runs_foreign_code"_s}
                           : ciLogCodes());
    if (hasLogs)
        gaps.say(Text::tr("The code was not named, or has no pipeline settings: only build logs were read."));
    else if (isLogEmpty)
        gaps.say(emptyLogText());
    else
        gaps.say(Text::tr("No build log was named: what your builds print was not looked at. Save the log of a build "
                          "and name it as \"Build log\"."));
    return gaps;
}

// A log that breaks off at its beginning shows little of what a build prints.
void noteShortLogs(qint64 lines, Judged &judged)
{
    const bool hasFindings = std::ranges::any_of(
        judged.findings, [](const Finding &finding) { return ciLogCodes().contains(finding.code); });
    if (lines >= kFewestBuildLogLines || hasFindings)
        return;
    addGaps({Text::tr("Only %n line(s) of build logs are there: too few to say that your builds print nothing that "
                      "they should not. Save the whole log of a build.",
                      nullptr, forPlural(lines))},
            judged);
}

Judged nothingRead(const PipelinesRead &pipelines, const LogsRead &logs)
{
    QStringList sentences{emptyLogText()};
    if (pipelines.failed)
        sentences += pipelines.failed->message;
    return notRun((sentences + logs.gaps).join(u' '));
}

} // namespace

Judged judgeCiConfig(const PipelinesRead &pipelines, const std::optional<LogsRead> &logs)
{
    const bool areLogsThere = logs && !logs->failed;
    const qint64 lines = areLogsThere ? linesOf(logs->digests) : 0;
    const bool areLogsRead = lines > 0;
    for (const auto &failed : {pipelines.failed, logs ? logs->failed : std::nullopt}) {
        if (failed && failed->kind == ErrorKind::Cancelled)
            return couldNotLook(*failed);
    }
    if (pipelines.digests.empty() && !areLogsThere)
        return couldNotLook(pipelines.failed ? *pipelines.failed : *logs->failed);
    Judged judged;
    QJsonArray files;
    QJsonArray faults;
    for (const PipelineDigest &digest : pipelines.digests) {
        for (const PipelineFileSeen &file : digest.files) {
            files.append(QJsonObject{{u"file"_s, file.path}, {u"kind"_s, toWord(file.kind)}});
            judgeFile(file, judged.findings, faults);
        }
    }
    if (files.isEmpty() && !logs)
        return notApplicable(
            Text::tr("There are no pipeline settings, no Dockerfile and no compose file in the code."));
    if (files.isEmpty() && areLogsThere && !areLogsRead)
        return nothingRead(pipelines, *logs);
    judged.observed = {{u"pipelines"_s, files}, {u"faults"_s, faults}};
    judged.summary = Text::tr("%n file(s) of pipeline settings read", nullptr, static_cast<int>(files.size()));
    if (areLogsRead) {
        judgeCiLogs(*logs, judged.findings, judged.observed);
        judged.summary += u' ' + Text::tr("and %n line(s) of build logs", nullptr, forPlural(lines));
    }
    judged.outcome = outcomeFor(judged.findings);
    for (const Finding &finding : judged.findings)
        judged.evidence.insert(judged.evidence.end(), finding.evidence.begin(), finding.evidence.end());
    leaveOpen(judged, missingHalf(!files.isEmpty(), areLogsRead, areLogsThere && !areLogsRead));
    if (areLogsRead)
        noteShortLogs(lines, judged);
    QStringList gaps = pipelines.gaps;
    if (logs)
        gaps += logs->gaps;
    addGaps(gaps, judged);
    return judged;
}

Check ciConfigCheck()
{
    return {.id = u"secrets.ci-config"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::AccountTakeover, Impact::DataExposure},
            .needs = {Need::Folder},
            .sources = {SourceKind::Code, SourceKind::CiLog},
            .look = [](const Look &look) {
                const bool hasLogs = !sourcesOf(SourceKind::CiLog, look.facts.sources).empty() ||
                                     pastedOf(SourceKind::CiLog, look.seen).text;
                const auto logs = hasLogs ? std::optional(readLogs(look, {SourceKind::CiLog})) : std::nullopt;
                const auto judgeLogsAlone = [](const LogsRead &read) { return judgeCiConfig({}, read); };
                return withPasted(look, u"secrets.ci-config"_s, judgeCiConfig(readPipelines(look), logs),
                                  judgedAlone(logs.value_or(LogsRead()), judgeLogsAlone));
            }};
}

} // namespace cockpit
