// The settings of a product, from all that a person named: read once a run for the three checks that judge them.
#pragma once

#include "checks/engine/probe.h"
#include "checks/secrets/patternset.h"
#include "checks/secrets/settings/setting.h"

#include <QStringList>

namespace cockpit::env {

struct SettingsRead
{
    std::vector<Setting> settings; // by file, then by line; those of templates, too
    std::vector<NeededName> needed;
    std::vector<BuiltInName> builtIn;
    QStringList trackedEnvFiles; // that git keeps, with and without secrets
    QStringList servedEnvFiles;  // among built files that are sent to browsers
    qint64 settingsFiles = 0;
    qint64 codeFiles = 0;
    qint64 outputFiles = 0; // of builds and app packages: by their names alone, settings files of packages apart
    QStringList gaps;       // what was not read, a sentence each
};

// Sources of the kinds Settings, Code, Build and Package; others are passed over. A file that is named twice is read
// once, and a Settings source says whose it is.
struct ReadSettings
{
    using Answer = SettingsRead;

    std::vector<LocalSource> sources;
    QByteArray fingerprintKey = {};                  // empty: one of this read alone
    std::shared_ptr<const PatternSet> patterns = {}; // empty: those that come with the program

    QString key() const;
};

// What cannot be read is a gap. An Error: stopped, out of time, no rules, a value that could not be searched for
// secrets (TextScan::trouble()), or nothing that was named could be read.
Result<SettingsRead> probe(const ReadSettings &question, ProbeContext &context);

} // namespace cockpit::env
