#include "models/credentialuse.h"

#include "models/credentialkind.h"

#include <algorithm>

namespace cockpit {

CredentialUse useOf(const Credential &credential, const ProjectState &state)
{
    CredentialUse use;
    for (const TestActor &actor : state.actors) {
        if (!credential.name.isEmpty() && actor.credential == credential.name)
            use.actorIds << actor.id;
    }
    const auto &mail = state.delivery.setup;
    if (kindOf(credential) == CredentialKind::CloudflareToken)
        use.kind = CredentialUseKind::EdgeToken;
    else if (mail && needsPassword(*mail) && mail->keychainEntry == credential.keychainEntry)
        use.kind = CredentialUseKind::MailAccount;
    else if (!use.actorIds.isEmpty())
        use.kind = CredentialUseKind::TestAccount;
    return use;
}

std::vector<Credential> withUse(std::vector<Credential> credentials, const QStringList &entries, const QDateTime &at)
{
    for (Credential &credential : credentials) {
        const bool isLater = !credential.lastUsedAt.isValid() || credential.lastUsedAt < at;
        if (isLater && entries.contains(credential.keychainEntry))
            credential.lastUsedAt = at;
    }
    return credentials;
}

} // namespace cockpit
