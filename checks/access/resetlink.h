// access.reset-link: a link that sets a new password works once, soon, and leads to us (OWASP WSTG-ATHN-09, facts 16).
// Without a link it asks for two letters to the throw-away account, the second with a host of somebody else in its
// headers, and says where to put the links. With them it uses one, twice, and sets the password that the account has.
// Where a route takes one-time codes, that they work once is looked at, too (codelook.h).
// observed: "account","letters": asked for in this look, "links": {"given": names,"bits","counted","timed","hosts":
// [host]}, "used": {"first","again","invented": accepted|refused|unclear|not_tried,"old": the same,"session": lives|
// ended|not_tried,"sure": the use changed something}, "not_told": sentence?, "code": codelook.h, where a route takes
// one, "requests", not_seen (models/unseen.h).
#pragma once

#include "checks/access/codelook.h"
#include "checks/access/linkfindings.h"

#include <optional>
#include <vector>

namespace cockpit {

struct ResetLook
{
    QString account;
    QString route;
    QString host;
    int letters = 0;          // asked for now
    QStringList given;        // names of the links that were pasted
    QStringList linkHosts;    // where they lead
    QStringList foreignHosts; // of them, those that are not of the target
    std::optional<TokenStrength> strength = {};
    LinkUse invented = LinkUse::NotTried;
    LinkUse first = LinkUse::NotTried;
    LinkUse again = LinkUse::NotTried;
    LinkUse old = LinkUse::NotTried;
    std::optional<bool> sessionLives = {}; // of before the new password
    // Something changed by the use: a session ended, or the link was refused from then on. Without that, a link that
    // was stale from the start may look the same.
    bool isSure = false;
    bool isOldSure = false;
    std::optional<LinkExchange> firstUse = {}, secondUse = {}, oldUse = {}, afterwards = {};
    QString notTold = {}; // a sentence: what kept it from being told, or where to put the links
    std::optional<CodeLook> code = {};
    int requests = 0;
    std::vector<Secret> known = {};
};

// The most requests for links: two letters with their forms; or four uses with their forms, a sign-in and two
// questions. Those for codes (kCodeLookRequests) are beside them.
constexpr int kResetRequests = 24;

Judged judgeResetLink(const ResetLook &look);
Check resetLinkCheck();

} // namespace cockpit
