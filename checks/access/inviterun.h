// The requests of access.invite: one invitation, or the uses of a link that a person pasted.
#pragma once

#include "checks/access/invite.h"
#include "checks/access/linkuse.h"
#include "checks/actors/signupnotes.h"

#include <QUuid>

namespace cockpit {

// Of one look. In the worker's thread; the mailbox's owner and the wire outlive it. What ends it early is said in the
// result's notTold.
class InviteRun
{
public:
    InviteRun(const MailboxOwner &owner, Wire &wire) : m_owner(owner), m_wire(wire), m_signUps(wire) {}

    // By the inviter, to a new address of the owner's mailbox.
    void sendInvitation(const EntryPoint &invite, const TestActor &inviter);
    // By name as in the keychain (invite_link, invite_link_2, old_invite_link). invited: the address that the links are
    // for.
    void useLinks(const EntryPoint &accept, const std::vector<std::pair<QString, PastedLink>> &links,
                  const QString &invited);
    InviteLook result(); // at the end, once

private:
    // mail: that went with it.
    std::optional<LinkExchange> noted(const QString &mail, Result<LinkExchange> exchange);
    void tryLinks(LinkUser &user, const std::optional<MailedLink> &fresh, const std::optional<MailedLink> &old);
    EntryValues valuesFor(const QString &mail) const { return {.user = mail, .password = m_password}; }
    void useFresh(LinkUser &user, const MailedLink &link);
    void useAgain(LinkUser &user, const MailedLink &link, const QString &stranger);
    void compareUses();
    LinkUse verdictOn(const LinkExchange &exchange, const LinkUser &user, const QString &mail);
    // False where nothing may be sent with that address.
    bool begin(const Route &route, const QString &mail);

    const MailboxOwner &m_owner;
    Wire &m_wire;
    SignUpNotes m_signUps;
    const Route *m_accept = nullptr;
    const Secret m_password{"Lc-" + QUuid::createUuid().toByteArray(QUuid::Id128).left(20) + "-9"};
    InviteLook m_result;
};

} // namespace cockpit
