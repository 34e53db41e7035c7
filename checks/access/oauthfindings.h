// What is wrong with the beginning of a sign-in by another service, in words.
#pragma once

#include "checks/access/oauthflow.h"

namespace cockpit {

// Codes: oauth_implicit, oauth_no_state, oauth_constant_state, oauth_unbound_state, oauth_no_pkce, oauth_plain_pkce,
// oauth_plain_redirect, oauth_foreign_redirect, oauth_secret_in_address, oauth_redirect_taken, oauth_redirect_path,
// oauth_redirect_carried. One of each for each beginning.
std::vector<Finding> oauthFindings(const OAuthLook &look);
// All of them.
QStringList oauthCodes();

} // namespace cockpit
