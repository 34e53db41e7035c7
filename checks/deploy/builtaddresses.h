// The addresses in all that was built: folders of built files and app packages.
#pragma once

#include "checks/deploy/addresskind.h"
#include "checks/engine/probe.h"
#include "models/localsource.h"

#include <QStringList>

namespace cockpit::deploy {

// One origin of one kind, wherever it stands.
struct BuiltAddress
{
    CalledAddress address; // of its surest place
    AddressKind kind = AddressKind::Other;
    QString file;             // as shown: below the root of its source, or in its package
    bool isForServer = false; // only in files that run on servers, where a private network is none of another's
    int places = 0;
};

struct BuiltAddresses
{
    std::vector<BuiltAddress> addresses; // by origin; those of others are left out
    qint64 files = 0;                    // looked at
    QStringList gaps;                    // what was not read, a sentence each
};

// Sources of the kinds Build and Package.
struct ReadBuiltAddresses
{
    using Answer = BuiltAddresses;

    std::vector<LocalSource> sources;
    Target target;

    QString key() const;
};

// What cannot be read is a gap. An Error: stopped, out of time, or nothing that was named could be read.
Result<BuiltAddresses> probe(const ReadBuiltAddresses &question, ProbeContext &context);

enum class BuiltFile { Text, Binary, NotLookedAt };
// By its path: what browsers, apps and servers run or are told by. Maps of sources, styles and caches are none.
BuiltFile builtFileOf(const QString &path);

} // namespace cockpit::deploy
