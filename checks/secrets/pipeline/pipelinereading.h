// The pipeline's settings below the folders of the code, read once.
#pragma once

#include "checks/engine/probe.h"
#include "checks/secrets/leakrule.h"
#include "checks/secrets/pipeline/pipelinefaults.h"
#include "models/localsource.h"

#include <QDateTime>
#include <QStringList>

namespace cockpit {

// A key that a rule knows.
struct PipelineKey
{
    QString rule;
    QString name; // "Stripe secret key (live)"
    Severity severity = Severity::High;
    bool isGuessed = false;
    qint64 line = 1;
    QString masked;
};

struct PipelineFileSeen
{
    QString path; // below the source
    PipelineKind kind = PipelineKind::OtherPipeline;
    std::vector<PipelineFaultFound> faults;
    std::vector<PipelineKey> keys;
};

struct PipelineDigest
{
    QString root;
    std::vector<PipelineFileSeen> files; // by path
    QStringList gaps;                    // what was not read, a sentence each
};

struct PipelineReading
{
    using Answer = PipelineDigest;
    static constexpr qint64 kLargestFile = 1 << 20; // of settings: the longest workflows have a tenth
    static constexpr size_t kMostFiles = 2000;

    LocalSource source; // of the kind Code
    QByteArray fingerprintKey = {};
    QDateTime startedAt = {};

    QString key() const { return source.path; }
    int roundTrips() const { return 0; }
};

// NotFound and NotPermitted are of the source itself.
Result<PipelineDigest> probe(const PipelineReading &question, ProbeContext &context);

} // namespace cockpit
