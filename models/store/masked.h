// The last boundary before the disk: what came from a target or was typed by a person, with secrets masked.
#pragma once

#include "models/masked.h"
#include "models/projectstate.h"

namespace cockpit::store {

ProjectSettings masked(ProjectSettings settings);
using cockpit::masked; // of a result
Answer masked(Answer answer);
Decision masked(Decision decision);
Route masked(Route route);
Ownership masked(Ownership row);
ListedName masked(ListedName name);
Credential masked(Credential credential);
SecretEntry masked(SecretEntry entry);
Monitor masked(Monitor monitor);
Sample masked(Sample sample);
Delivery masked(Delivery delivery);
IncidentNote masked(IncidentNote note);
DnsBaseline masked(DnsBaseline baseline);

} // namespace cockpit::store
