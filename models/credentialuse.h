// What the program itself does with a credential: by that it can be tried out, and by that it is used.
#pragma once

#include "models/projectstate.h"

#include <QStringList>

namespace cockpit {

enum class CredentialUseKind {
    Nothing,     // no part of the project names it: nobody knows what it opens
    EdgeToken,   // reads the settings at Cloudflare
    MailAccount, // the password of the account that the test message goes out through
    TestAccount, // one test account at least signs in with it
};

struct CredentialUse
{
    CredentialUseKind kind = CredentialUseKind::Nothing;
    QStringList actorIds; // of the test accounts that sign in with it, whatever its kind

    bool operator==(const CredentialUse &) const = default;
};

// A password of both mail and an account counts as mail's: that can be tried without leave to test the product.
CredentialUse useOf(const Credential &credential, const ProjectState &state);

// The list with the time of use of those entries of the keychain; a time that is later already stays.
std::vector<Credential> withUse(std::vector<Credential> credentials, const QStringList &entries, const QDateTime &at);

} // namespace cockpit
