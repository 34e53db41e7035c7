// Somebody whom the product does not know, and who looks to it like an account of ours whose session has ended: what
// he gets tells whether that account is signed in.
#pragma once

#include "checks/actors/session.h"
#include "checks/net/httpclient.h"

namespace cockpit {

// The same session with values that nobody was given, each of the kind of its own: some gateways only ask whether there
// is a cookie or a token, and some refuse what is no token at all. Keys of the product's (Session::further) stay, as an
// ended session would send them, too; so do cookies that are too short for a session.
Session strangerLike(Session session);

// Whether the product does not take the one who got `mine` for that stranger: another status, a sign-in page, or rows
// in a list that the stranger does not get. Answers that say nothing about who asks (a limit, a broken server, a value
// that could not be read) tell nothing.
bool tellsApart(const HttpResponse &mine, const HttpResponse &stranger);

} // namespace cockpit
