// Does the network that we are in let connections to mail servers out? Most home networks do not (port 25).
#pragma once

#include "checks/engine/probe.h"

#include <QStringList>

namespace cockpit {

enum class OutgoingMail {
    Open,    // at least one mail server of the world greets
    Blocked, // none of them can be connected to, though their names are found
    Unknown, // their names are not found either
};

// Two unrelated mail servers (resources/rules/mail-references.json) are asked for their greeting.
QStringList mailReferences();

struct OutgoingMailOpen
{
    using Answer = OutgoingMail;
    QString key() const { return {}; }
    int roundTrips() const { return 0; } // its greetings ask
};
// The only error is Cancelled.
[[nodiscard]] Result<OutgoingMail> probe(const OutgoingMailOpen &question, ProbeContext &context);

} // namespace cockpit
