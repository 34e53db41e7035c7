// access.forged-token: altered, expired and invented tokens are refused (facts 16, RFC 8725).
// A sign-in of its own gives a good token. From it tokens are made that the product did not sign, and each is sent to
// an address that shows something private: that private text in the answer is the proof, never a status. A good token,
// no token and an invented one are asked for first and last; where these do not tell, nothing counts. A secret that
// many products share is guessed on this computer. Pasted tokens of further test accounts that have expired, or are for
// another service, are tried as well; and the account of a second one under the signature of the first. No token of
// ours makes the product fetch anything: an address of a key (jku) that is sent holds the key itself, and none is sent
// as x5u. Then each private route is asked with bad credentials (credentialmatrix.h), as some have a check of their
// own. What could not be tried is named (forgedtokengaps.h), and nothing of it counts as refused.
// observed: "actor", "page": route, "place": header or cookie, "kind": jwt|opaque, "alg"?, "life"?: seconds,
// "common_secret": bool, "published_keys": spellings tried, "tried": [{"kind","what","status","standing"}],
// "not_tried": [{"kind","why"}], "other_account"?: name, "routes": [{"route","cells": [{"credential": word|invented|
// altered|unsigned|expired|ended|other_key,"status","opened"}]}], "routes_left_out": [routes that no bad credential was
// sent to],
// "broken_off": sentence?, "requests", not_seen (models/unseen.h).
#pragma once

#include "checks/access/credentialmatrix.h"
#include "checks/access/privateanswer.h"
#include "checks/engine/check.h"
#include "checks/tokens/forgery.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace cockpit {

struct TriedToken
{
    ForgeryKind kind = ForgeryKind::Invented;
    QString what;
    ActiveRequest request; // as it was sent
    HttpResponse answer;
    QString pastedBy = {};               // name of the account whose pasted token it was
    std::optional<Markers> markers = {}; // of that account, or of the one that the token was made to name
    QByteArray claims = {};              // that were sent, where they are not those of the good token
};

struct ForgedTokenLook
{
    QString actor;
    PrivateAnswer page;
    QString place;            // "Authorization"
    std::optional<Jwt> token; // empty: it is of another form
    bool hasCommonSecret = false;
    int secretLength = 0;
    int publishedKeys = 0;
    bool hasSigningKey = false;  // the product publishes the key that its tokens are checked with (a key set)
    int spellingsLeftOut = 0;    // of published keys, beyond what is tried
    int pastedLeftOut = 0;       // tokens that were pasted, beyond what is tried
    QString otherAccount = {};   // whose id was put under the signature; empty: nobody's
    QString noOtherAccount = {}; // why, as a sentence
    std::vector<TriedToken> tried;
    std::optional<HttpResponse> inventedLast; // at the end: an invented token, and the good one
    std::optional<HttpResponse> goodLast;
    QString brokenOff;          // a sentence
    CredentialTable table = {}; // what other routes make of bad credentials
    std::vector<Secret> known;
    QDateTime at;
    int requests = 0;
};

// Where one code says it all, what rests on the same fault is not said again.
Judged judgeForgedToken(const ForgedTokenLook &look);
Check forgedTokenCheck();

} // namespace cockpit
