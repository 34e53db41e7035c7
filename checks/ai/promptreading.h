// One reading of exported prompts and conversations.
#pragma once

#include "checks/ai/promptmessages.h"
#include "checks/engine/pastedtext.h"
#include "checks/engine/probe.h"
#include "checks/secrets/logread/logdigest.h"
#include "models/localsource.h"

#include <QDateTime>

#include <functional>
#include <map>

namespace cockpit {

struct RoleSeen
{
    qint64 messages = 0;
    std::map<SensitiveKind, KindSeen> kinds;
    std::map<QString, RuleSeen> rules; // by the rule's id
};

// Counts and places; of the messages themselves nothing.
struct PromptDigest
{
    QString root;
    bool isPasted = false;
    qint64 files = 0;
    qint64 bytes = 0;
    std::map<PromptRole, RoleSeen> roles;
    QStringList gaps; // what was not read, a sentence each
};

struct PromptLimits
{
    qint64 largestFile = qint64(64) << 20; // held whole: an export is one JSON value
    qint64 mostBytes = qint64(512) << 20;
    qint64 mostFiles = 10'000;
};

// A file or a folder, or a text that was pasted; archives are opened, as exports come in them.
struct PromptReading
{
    using Answer = PromptDigest;

    LocalSource source;
    QByteArray fingerprintKey = {};
    QDateTime startedAt = {};
    std::shared_ptr<const Secret> pasted = {}; // in the place of the source's path, which is empty then
    PromptLimits limits = {};
    // Called on the reading thread before each piece of a message: with the pieces until then.
    std::function<void(qint64)> onProgress = {};

    QString key() const { return pasted ? QStringLiteral(" pasted") : source.path; }
    int roundTrips() const { return 0; }
};

// What was left out is in PromptDigest::gaps. NotFound and NotPermitted are of the source itself.
Result<PromptDigest> probe(const PromptReading &question, ProbeContext &context);

} // namespace cockpit
