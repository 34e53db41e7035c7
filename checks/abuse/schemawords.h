// What the findings of abuse.schema are called, how grave they are, and what is wanted in their place.
#pragma once

#include "models/finding.h"

#include <QString>

#include <vector>

namespace cockpit {

struct SchemaFault
{
    QString code;
    Severity severity;
    Impact impact;
    int minutes; // to repair
    QString title;
};

// The gravest first.
std::vector<SchemaFault> schemaFaults();
// Sentences: what was seen in all of them, and what should have been.
QString wantedForFault(const QString &code);

} // namespace cockpit
