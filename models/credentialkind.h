// What a credential is for, where the program itself knows: such a one is found by its kind and not by its name.
#pragma once

#include "models/projectstate.h"

#include <QString>

namespace cockpit {

enum class CredentialKind {
    Other,           // a test account, a password, a key
    CloudflareToken, // reads the settings at Cloudflare
    Practice,        // of a test account of the practice company: in memory alone, as long as the company runs
};
QString labelOf(CredentialKind kind);

// The kind stands in the name of the keychain entry, which this program makes up: older files know none but Other.
QString newKeychainEntry(CredentialKind kind);
CredentialKind kindOf(const Credential &credential);
CredentialKind kindOfEntry(const QString &keychainEntry);

// The one that checks use: the first; null without any. Belongs to the list.
const Credential *firstOf(CredentialKind kind, const std::vector<Credential> &credentials);

} // namespace cockpit
