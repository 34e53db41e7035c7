// What the checks found of secrets (secretsightings.h), for the inventory: proposals, and what they add to it. Names of
// settings are read from secrets.env-completeness and secrets.env-separation,
//   observed.settings: [{"name","is_secret","production"|"staging"|"local": {"state"}|null}].
#pragma once

#include "models/projectstate.h"

#include <map>

namespace cockpit {

// The secrets that were found and are not in the inventory, by their names; each once. Keys for tests, public ones and
// accepted ones are no secrets here.
struct UnlistedSecrets
{
    QStringList names;
    bool areLeads = true; // every one of them is known by its name alone

    bool operator==(const UnlistedSecrets &) const = default;
};
UnlistedSecrets unlistedSecrets(const std::vector<SecretEntry> &entries,
                                const std::map<QString, QJsonObject> &observed);

// An entry for each secret that was found, exposed ones first, then for each secret setting of the environments, and
// for each credential of the project.
std::vector<SecretEntry> proposedSecrets(const ProjectState &project);

struct MergedSecrets
{
    std::vector<SecretEntry> entries;
    int added = 0;
    int marked = 0;  // known before, and found exposed now
    int leftOut = 0; // the inventory is full

    bool operator==(const MergedSecrets &) const = default;
};

// What the person wrote stays: a proposal fills what is empty. One that a finding names is marked as exposed, unless
// the person has seen that finding and said otherwise, or the value is shown dead.
MergedSecrets mergedSecrets(std::vector<SecretEntry> known, const std::vector<SecretEntry> &proposed);

} // namespace cockpit
