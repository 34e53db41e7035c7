// The logs of a project, read for a check.
#pragma once

#include "checks/engine/check.h"
#include "checks/secrets/logread/logdigest.h"

namespace cockpit {

struct LogsRead
{
    std::vector<LogDigest> digests; // one a source that could be read
    QStringList gaps;               // what was left out, and sources that could not be read
    std::optional<Error> failed;    // none could be read
};

// Those of these kinds, in their order. Values of the settings are looked for in build logs.
LogsRead readLogs(const Look &look, const std::vector<SourceKind> &kinds);

// For "%n", which takes an int.
int forPlural(qint64 count);
void addSamples(const std::vector<LogSample> &more, std::vector<LogSample> &samples); // kMostLogSamples at most
// Of another source.
void addSeen(const RuleSeen &more, RuleSeen &sum);
void addSeen(const KindSeen &more, KindSeen &sum);

// With its evidence, and the place of the first one.
Finding atSamples(Finding finding, const std::vector<LogSample> &samples);
// "app.log, line 12".
QString placeOf(const LogSample &sample);
// Title the place, body what may be shown.
std::vector<Evidence> evidenceOf(const std::vector<LogSample> &samples);
QJsonArray toJson(const std::vector<LogSample> &samples);
// Per source: {"path","files","lines","bytes","formats": {word: entries}}.
QJsonArray sourcesJson(const std::vector<LogDigest> &digests);
qint64 linesOf(const std::vector<LogDigest> &digests);

// With what was not read: a reason, a note that any finding may hide there, and no pass.
void addGaps(const QStringList &gaps, Judged &judged);

} // namespace cockpit
