// A part of access.reset-link: a one-time code works once (facts 16; RFC 6238 section 5.2 for codes of an authenticator
// app; OWASP ASVS 4.0, 2.7 and 2.8). Codes are never guessed: the person hands in one that was not used, and it is sent
// twice, each time in a session of its own. Without one a code is asked for where a route does that, and it is said
// where to put it.
// observed: "code": {"route","kind": sign_in|second_factor|new_password|confirmation,"given": bool,"asked_for": bool,
// "first","again": accepted|refused|unclear|not_tried,"proof": "session"|"answers"|null}
#pragma once

#include "checks/access/coderoute.h"
#include "checks/access/linkfindings.h"
#include "checks/access/mailedlinks.h"
#include "checks/engine/lookgaps.h"

#include <QDateTime>

namespace cockpit {

struct CodeLook
{
    QString account;
    QString route; // "POST /otp/verify"
    QString host;
    CodeKind kind = CodeKind::SignIn;
    bool isGiven = false;
    bool isAskedFor = false; // in this look
    LinkUse first = LinkUse::NotTried;
    LinkUse again = LinkUse::NotTried;
    // The product named the account after the code was taken, and not before; else the answers alone tell.
    bool isSignedInByIt = false;
    QDateTime firstAt = {}, againAt = {};
    std::optional<LinkExchange> firstUse = {}, secondUse = {};
    QString notTold = {}; // a sentence: what kept it from being told, or where to put the code
};

// Its share of the judgement.
struct CodeVerdict
{
    std::vector<Finding> findings = {};
    bool isTold = false;
    QString seen = {}; // "a used code is refused"
    LookGaps gaps = {};
    QJsonObject observed = {};
};
// known: secrets to be masked in the evidence.
CodeVerdict judgeCode(const CodeLook &look, const std::vector<Secret> &known);

// The steps of an authenticator app are as long as RFC 6238 section 5.2 recommends, and begin with the full and the
// half minute.
constexpr int kCodeStepSeconds = 30;

// Three visits: two uses, and the same without a code, to see what a refusal looks like.
constexpr int kCodeLookRequests = 16;

// entries: for the route that asks for a code.
CodeLook lookAtCode(const CodeRoute &route, const MailboxOwner &owner, const std::vector<EntryPoint> &entries,
                    Wire &wire);

} // namespace cockpit
