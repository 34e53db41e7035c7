// A sign-in that a browser made once, as a template for making it again: the password and all other values of secrets
// are taken out of it.
#pragma once

#include "models/access/actor.h"
#include "models/access/curlcommand.h"
#include "models/result.h"

#include <QString>
#include <QStringList>

namespace cockpit {

struct RecordedSignIn
{
    SignIn signIn;     // with holes; passes checkedActor()
    QString userName;  // what stood where {{user}} is
    HoleValues values; // what stood in the other holes; for the keychain (keychainValueOf()) and nothing else
    QStringList notes; // for people: what was left out, and what is to be filled in
};

// Recognises a form or JSON login by the member that holds the password, the OAuth grants by grant_type, and a request
// of somebody who has signed in by its Authorization, API key or Cookie header. BadInput when nobody signs in with it.
[[nodiscard]] Result<RecordedSignIn> recordedSignIn(const CurlCommand &command);

} // namespace cockpit
