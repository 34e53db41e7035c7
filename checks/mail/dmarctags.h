// The tags of a DMARC record, one by one (RFC 9989 section 4.7).
#pragma once

#include "checks/mail/dmarcrecord.h"
#include "checks/mail/taglist.h"

#include <vector>

namespace cockpit {

// All but the policies. What receivers ignore is among the oddities, what has no effect among the notes.
void readDmarcTags(const std::vector<Tag> &tags, DmarcRecord &record);
// False when a policy tag that this standard knows holds a word that is no policy.
bool readDmarcPolicies(const std::vector<Tag> &tags, DmarcStandard standard, DmarcRecord &record);

} // namespace cockpit
