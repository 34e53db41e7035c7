// Who asks for the table of routes and bad credentials (credentialmatrix.h), with what.
#pragma once

#include "checks/access/credentialmatrix.h"
#include "checks/access/forgedtokenlook.h"

namespace cockpit {

// Beside what the forged tokens take: the rows, and a sign-out. That an administrator signs in counts with the sign-ins
// that all checks share.
int credentialLookCeiling(const std::vector<Route> &routes);

// session: of the account whose token was bent, which is signed out at the end where that can be done. spot: the name
// of the header or cookie that opens the product. What is for administrators alone is read by one as well, in the
// session that all checks share: that one is never bent or ended. Where nothing can be asked, Stop among the reasons,
// routes are left out.
CredentialTable lookAtCredentials(const Look &look, Wire &wire, const TokenCrew &crew, ActorSession session,
                                  const QString &spot);

} // namespace cockpit
