// What access.forged-token could not try, so that nobody takes it for refused. Pure.
#pragma once

#include "checks/access/forgedtoken.h"
#include "checks/engine/lookgaps.h"

#include <QJsonArray>

#include <vector>

namespace cockpit {

// How an answer to a token stands (privateanswer.h), with what the token itself says left out of the proof.
SessionStanding standingIn(const ForgedTokenLook &look, const TriedToken &one);
// The token with another account's id opened the page, though nothing on it says whose it is: a page of the same form
// as the good one, where a token without a signature is refused.
bool isTakenWithoutProof(const ForgedTokenLook &look, const TriedToken &one);

struct ForgeryGap
{
    QString word;     // of the forgery (ForgeryKind), or of what was left out
    QString code;     // of the finding that it may hide; empty: of any
    QString sentence; // why, and what to do about it. Empty: nobody but the product can make such a token, as no way
                      // to sign one was found; that is no reason against a pass
    QString what;     // with an empty sentence: what such a token is, for people
};

// Empty for a look that was broken off: of that nothing counts. In the order of the forgeries.
std::vector<ForgeryGap> forgeryGapsOf(const ForgedTokenLook &look);
// "A beginning in the future (nbf), …": of those without a sentence; empty without any.
QString signerOnlyWords(const std::vector<ForgeryGap> &gaps);
LookGaps toldOf(const std::vector<ForgeryGap> &gaps);
// [{"kind","why": sentence or "signer_only"}]
QJsonArray notTriedRows(const std::vector<ForgeryGap> &gaps);

} // namespace cockpit
