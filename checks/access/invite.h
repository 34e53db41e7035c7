// access.invite: an invitation cannot be guessed, is good once, soon, for the invited address, and for its role alone
// (facts 16). Without a link it invites an address of the throw-away account's mailbox and says where to put the link.
// With it, it tries to accept it for somebody else and with a higher role, accepts it, and accepts it again.
// observed: "invited": address of mail,"links": {"given": names,"bits","counted","timed"},"used": {"invented",
// "other_address","higher_role","first","again","again_other","old": accepted|refused|unclear|not_tried},"made":
// addresses of accounts that this look has made,"not_told": sentence?,"requests", not_seen (models/unseen.h).
#pragma once

#include "checks/access/linkfindings.h"

namespace cockpit {

struct InviteLook
{
    QString route;
    QString host;
    QString invited; // the address that was or is invited now
    QStringList given;
    std::optional<TokenStrength> strength = {};
    LinkUse invented = LinkUse::NotTried;
    LinkUse otherAddress = LinkUse::NotTried; // of the fresh link
    LinkUse higherRole = LinkUse::NotTried;
    bool becameAdmin = false; // the answer says so
    LinkUse first = LinkUse::NotTried;
    LinkUse again = LinkUse::NotTried;
    // Of the used link, for the other address: answered as before it was used, and not as one that was made up.
    bool isStillLive = false;
    LinkUse old = LinkUse::NotTried;
    bool isSure = false; // a use changed something: the link was refused from then on, or an account was made (201)
    bool isOldSure = false;
    std::optional<LinkExchange> otherUse = {}, roleUse = {}, firstUse = {}, secondUse = {}, liveUse = {}, oldUse = {};
    QStringList made; // accounts that exist now, by address
    QString notTold = {};
    int requests = 0;
    std::vector<Secret> known = {};
};

// The most requests: one invitation; or seven uses with their forms.
constexpr int kInviteRequests = 16;

Judged judgeInvite(const InviteLook &look);
Check inviteCheck();

} // namespace cockpit
