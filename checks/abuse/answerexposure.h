// Members of an answer that its description does not name and that nobody outside should see (OWASP API3:2023,
// excessive data exposure). Pure; no value is kept.
#pragma once

#include "checks/abuse/answershape.h"
#include "models/finding.h"

namespace cockpit {

enum class ExposedKind {
    Secret,   // the hash of a password, a key, a token: lets somebody in, or helps to
    Internal, // costs, notes, marks of the inside: told to customers by mistake
};

struct ExposedMember
{
    QString pointer;
    ExposedKind kind = ExposedKind::Internal;
    Proof proof = Proof::Lead; // Strong: the value has the form of such a secret
};

// Empty for a name that tells nothing, and for a value that holds nothing: null, false, an empty text, "****".
std::optional<ExposedMember> exposedMember(const UnnamedMember &member);
std::vector<ExposedMember> exposedMembers(const std::vector<UnnamedMember> &members);

} // namespace cockpit
