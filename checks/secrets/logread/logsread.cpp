#include "checks/secrets/logread/logsread.h"

#include "checks/engine/lookgaps.h"
#include "checks/engine/pastedtext.h"
#include "checks/secrets/logread/logreading.h"
#include "checks/secrets/runfingerprint.h"
#include "checks/secrets/sourcesread.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LogReading)
};

LogReading questionFor(const Look &look, const QByteArray &key, const LocalSource &source,
                       const std::shared_ptr<const Secret> &pasted)
{
    LogReading question{.source = source, .fingerprintKey = key, .startedAt = look.startedAt, .pasted = pasted};
    if (source.kind == SourceKind::CiLog)
        question.settings = sourcesOf(SourceKind::Settings, look.facts.sources);
    return question;
}

// What was pasted comes first: who pasted it looks for its samples.
std::vector<LogReading> questionsFor(const Look &look, const std::vector<SourceKind> &kinds)
{
    const QByteArray key = fingerprintKeyOf(look);
    std::vector<LogReading> questions;
    for (const SourceKind kind : kinds) {
        if (const PastedText pasted = pastedOf(kind, look.seen); pasted.text)
            questions.push_back(questionFor(look, key, {kind, {}, {}}, pasted.text));
        for (const LocalSource &source : sourcesOf(kind, look.facts.sources))
            questions.push_back(questionFor(look, key, source, {}));
    }
    return questions;
}

} // namespace

LogsRead readLogs(const Look &look, const std::vector<SourceKind> &kinds)
{
    return readSources<LogsRead>(look, questionsFor(look, kinds));
}

int forPlural(qint64 count)
{
    return static_cast<int>(std::min<qint64>(count, 1'000'000'000));
}

void addSamples(const std::vector<LogSample> &more, std::vector<LogSample> &samples)
{
    for (const LogSample &one : more) {
        if (samples.size() < kMostLogSamples)
            samples.push_back(one);
    }
}

void addSeen(const RuleSeen &more, RuleSeen &sum)
{
    if (sum.count == 0) {
        sum = more;
        return;
    }
    sum.count += more.count;
    sum.severity = std::min(sum.severity, more.severity);
    sum.different.unite(more.different);
    addSamples(more.samples, sum.samples);
}

void addSeen(const KindSeen &more, KindSeen &sum)
{
    sum.count += more.count;
    addSamples(more.samples, sum.samples);
}

Finding atSamples(Finding finding, const std::vector<LogSample> &samples)
{
    finding.evidence = evidenceOf(samples);
    if (!samples.empty())
        finding.location = Location{samples.front().file, static_cast<int>(samples.front().line), {}};
    return finding;
}

QString placeOf(const LogSample &sample)
{
    return Text::tr("%1, line %2").arg(sample.file, QString::number(sample.line));
}

std::vector<Evidence> evidenceOf(const std::vector<LogSample> &samples)
{
    std::vector<Evidence> evidence;
    evidence.reserve(samples.size());
    for (const LogSample &sample : samples)
        evidence.push_back({placeOf(sample), sample.shown});
    return evidence;
}

QJsonArray toJson(const std::vector<LogSample> &samples)
{
    QJsonArray rows;
    for (const LogSample &sample : samples)
        rows.append(QJsonObject{{u"file"_s, sample.file}, {u"line"_s, sample.line}, {u"shown"_s, sample.shown}});
    return rows;
}

QJsonArray sourcesJson(const std::vector<LogDigest> &digests)
{
    QJsonArray rows;
    for (const LogDigest &digest : digests) {
        QJsonObject formats;
        for (const auto &[format, entries] : digest.formats)
            formats.insert(toWord(format), entries);
        rows.append(QJsonObject{{u"path"_s, digest.root},
                                {u"files"_s, digest.files},
                                {u"lines"_s, digest.lines},
                                {u"bytes"_s, digest.bytes},
                                {u"formats"_s, formats}});
    }
    return rows;
}

qint64 linesOf(const std::vector<LogDigest> &digests)
{
    qint64 lines = 0;
    for (const LogDigest &digest : digests)
        lines += digest.lines;
    return lines;
}

void addGaps(const QStringList &gaps, Judged &judged)
{
    leaveOpen(judged, anyBehind(gaps));
}

} // namespace cockpit
