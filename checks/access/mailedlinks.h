// The links that came by mail, as the person pasted them (models/access/mailedlink.h), taken out of the entry of the
// account whose mailbox it is.
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

// How to hand links in, for the reason of a check that has none: where in the window, and which variables.
QString howToPaste(const TestActor &actor, const QList<MailedValue> &values);
// The same of a one-time code, which is soon too old.
QString howToHandInCode(const TestActor &actor);

} // namespace cockpit
