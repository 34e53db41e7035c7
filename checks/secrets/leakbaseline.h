// Secrets that somebody has looked at and accepted, so that only new ones are findings: a file beside the product's
// code.
//
// It brings the key of its fingerprints, because they must be the same on each machine that looks. Who has the file can
// test guesses against it; who has it has the code with the secrets, too. Values are never in it.
#pragma once

#include "checks/secrets/treescan.h"

#include <set>

namespace cockpit {

struct LeakBaseline
{
    QByteArray key; // the scan that is compared with it must use this one
    std::set<QByteArray> fingerprints;
};

// NotFound, or BadInput that names the file: of a wrong form, or of a later version of the program.
[[nodiscard]] Result<LeakBaseline> readLeakBaseline(const QString &file);
// The same from its bytes; shown: how the sentence of BadInput names the file.
[[nodiscard]] Result<LeakBaseline> parseLeakBaseline(const QByteArray &bytes, const QString &shown);

// The file for these secrets, found with this key: each once, with its rule and one place for people.
QByteArray leakBaselineFile(const QByteArray &key, const std::vector<FoundSecret> &accepted);

} // namespace cockpit
