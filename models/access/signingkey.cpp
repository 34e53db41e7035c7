#include "models/access/signingkey.h"

namespace cockpit {

using namespace Qt::StringLiterals;

bool isSigningKey(const TestActor &actor)
{
    const QString header = actor.signIn.headerName.toLower();
    return actor.signIn.kind == SignInKind::ApiKey &&
           (header.endsWith("signature"_L1) || header.endsWith("hmac-sha256"_L1) ||
            header.endsWith("signature-256"_L1));
}

} // namespace cockpit
