// The links that came by mail, as the person pasted them. A desktop cannot read a mailbox: they stand beside the
// password in the keychain entry of the throw-away account, as values of their own:
//     {"password":"…","reset_link":"https://…","invite_link":"https://…"}
// which a variable of the environment can hold as well (models/access/secretvariable.h).
#pragma once

#include "checks/access/linktoken.h"
#include "checks/engine/check.h"
#include "models/secret.h"

#include <optional>

namespace cockpit {

struct MailboxOwner
{
    const TestActor *actor = nullptr;
    Secret password;
    HoleValues values; // all of its entry
    QString missing;   // a sentence: why there is none
};
// The throw-away account with a password that can be typed in a form.
MailboxOwner mailboxOwnerOf(const Look &look);

// Nothing when it was not given; a sentence when it is no link.
struct PastedLink
{
    std::optional<MailedLink> link = {};
    QString problem = {};
};
PastedLink pastedLink(const MailboxOwner &owner, const QString &name);

// How to hand links in, for the reason of a check that has none: "reset_link, reset_link_2".
QString howToPaste(const QString &accountName, const QStringList &names);

// Whether a link leads to a host of the target: nothing is sent elsewhere.
bool isOfTarget(const MailedLink &link, const Target &target);

// The host that letters must not name; nobody can own it (RFC 2606).
QString poisonHost();

} // namespace cockpit
