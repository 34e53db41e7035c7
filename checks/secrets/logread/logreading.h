// One reading of the logs of a source, for all checks that judge them.
#pragma once

#include "checks/engine/pastedtext.h"
#include "checks/engine/probe.h"
#include "checks/secrets/logread/logdigest.h"
#include "models/localsource.h"

#include <functional>

namespace cockpit {

// Bounds of one source.
struct LogLimits
{
    qint64 largestFile = qint64(256) << 20;    // read of one file: the rest of a longer one is left out
    qint64 largestPacked = qint64(32) << 20;   // of a .gz or an archive, as it lies on disk
    qint64 largestUnpacked = qint64(64) << 20; // of one file in it
    qint64 mostBytes = qint64(1) << 30;        // of all files
    qint64 mostFiles = 10'000;
};

// A file or a folder of files, packed ones included; or a text that was pasted. The bytes pass once, block by block; no
// line is kept.
struct LogReading
{
    using Answer = LogDigest;

    LocalSource source;
    std::vector<LocalSource> settings = {}; // whose values are looked for: with build logs
    QByteArray fingerprintKey = {};
    QDateTime startedAt = {}; // tells which tokens have expired
    // In the place of the source's path, which is empty then. LogDigest::isPasted tells.
    std::shared_ptr<const Secret> pasted = {};
    LogLimits limits = {};
    // Called on the reading thread, each time when some of a file was read and counted: with the bytes until then.
    std::function<void(qint64)> onProgress = {};

    QString key() const;
    int roundTrips() const { return 0; }
};

// What was left out is in LogDigest::gaps, also what was not reached in time. NotFound and NotPermitted are of the
// source itself; NotFound, too, when no file is in it.
Result<LogDigest> probe(const LogReading &question, ProbeContext &context);

} // namespace cockpit
