// What tells the results of a SARIF log apart from run to run, so that a view knows an old one again.
#pragma once

#include "app/report/secretsreport.h"

#include <map>
#include <utility>

namespace cockpit {

// Made of the rule, of where the value stands (without its line, which moves) and of how many results of that rule came
// before it there. Nothing in it is made of the value: a log is often where anybody may read it, and by a hash of a
// password the password can be guessed. It is the same on each machine, whose keys are not.
class ResultIdentities
{
public:
    // Of the next result of the report, in its order: SHA-256, in hexadecimal digits.
    QByteArray next(const ReportedSecret &secret);

private:
    std::map<std::pair<QString, QString>, int> m_before;
};

} // namespace cockpit
