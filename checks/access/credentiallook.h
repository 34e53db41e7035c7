// Who asks for the table of routes and bad credentials (credentialmatrix.h), with what.
#pragma once

#include "checks/access/credentialmatrix.h"
#include "checks/access/forgedtokenlook.h"

namespace cockpit {

// Beside what the forged tokens take: a sign-in of its own, and the rows.
int credentialLookCeiling(const std::vector<Route> &routes);

// By an administrator, who may read the most, where one can sign in anew; else by `session`, of the account whose token
// was bent. spot: the name of the header or cookie that opens the product. Where that account has none, or nothing can
// be asked, Stop and a spent budget among the reasons, routes are left out.
CredentialTable lookAtCredentials(const Look &look, Wire &wire, const TokenCrew &crew, ActorSession session,
                                  const QString &spot);

} // namespace cockpit
