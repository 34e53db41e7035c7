// What Hyperscan compiled, kept in the user's cache from one start to the next: to compile all rules takes seconds, to
// read them back a few milliseconds.
#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <functional>
#include <optional>

namespace cockpit {

struct PatternKeeping
{
    QString folder; // of the user's cache (QStandardPaths::CacheLocation); empty: nothing is kept
    // Of this machine and user (fingerprintkey.h), never one out of a repository: Hyperscan trusts what it reads back,
    // so a file that this key did not seal is not given to it.
    QByteArray key;
};

// Called when a database is about to be compiled; an Error: it is not.
using OnDatabase = std::function<Result<void>()>;

// One database of Hyperscan's.
struct CompiledPatterns
{
    QByteArray database;   // as hs_serialize_database() writes it
    QList<quint32> widths; // of the longest match, for each rule: beside the keywords alone
};

// name: of the database, one file each, so that what is done is kept however the program ends. identity: a digest of
// all that it depends on. Nothing for a file that is missing, damaged, of another identity, sealed with another key, or
// no plain file of this user.
std::optional<CompiledPatterns> readKept(const PatternKeeping &keeping, const QString &name,
                                         const QByteArray &identity);

// Whole or not at all, for this user alone (mode 0600), in the place of what was kept before under the name. False
// where it cannot be written; the next start takes its time then. Any thread may call.
bool keepCompiled(const PatternKeeping &keeping, const QString &name, const QByteArray &identity,
                  const CompiledPatterns &compiled);

} // namespace cockpit
