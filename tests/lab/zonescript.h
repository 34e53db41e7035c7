// Answers of a recursive resolver for a handful of records.
#pragma once

#include "lab/scripteddns.h"

namespace cockpit {

// records: "example.com. 300 IN A 192.0.2.1". CNAMEs are followed. A name without records and with none below it does
// not exist. "fails.example.com. SERVFAIL", "no.example.com. REFUSED" and "mute.example.com. SILENT" are names that
// fail, are not answered for or get no answer; "SERVFAIL 7" says why (RFC 8914).
ScriptedDns::Script zoneScript(QStringList records);

} // namespace cockpit
