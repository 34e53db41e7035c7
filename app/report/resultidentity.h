// What tells the results of a SARIF log apart from run to run, so that a view knows an old one again.
#pragma once

#include "app/report/secretsreport.h"

#include <map>
#include <utility>

namespace cockpit {

// The member of SARIF's partialFingerprints (section 3.27.17).
struct ResultIdentity
{
    QLatin1StringView name; // says what it is made of, and its version
    QByteArray hash;        // SHA-256, in hexadecimal digits: the same on each machine, whose keys are not
};

// Of a value that nobody can guess, wherever it stands: a new key is a new result, though the old one, at the same
// place, was dismissed. By the hash of a password the password can be guessed, and a log is often where anybody may
// read it: what may be guessed (guessable.h) is told apart by its rule, by where it stands (without its line, which
// moves) and by how many of that rule came before it there.
class ResultIdentities
{
public:
    // Of the next result of the report, in its order.
    ResultIdentity next(const ReportedSecret &secret);

private:
    std::map<std::pair<QString, QString>, int> m_before;
};

} // namespace cockpit
