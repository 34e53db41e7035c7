// The run of access.reset-link: what its judge reads.
#pragma once

#include "checks/access/linkuse.h"
#include "checks/access/resetlink.h"
#include "checks/actors/actorsession.h"

namespace cockpit {

// Belongs to the worker of its wire. Look, owner and wire outlive it.
class ResetRun
{
public:
    ResetRun(const Look &look, const MailboxOwner &owner, Wire &wire) : m_look(look), m_owner(owner), m_wire(wire)
    {
        m_result.account = owner.actor->name;
    }

    void tryCode(const CodeRoute &route, const std::vector<EntryPoint> &entries);
    void refuse(const QString &sentence) { m_result.notTold = sentence; }
    void askForLetters(const EntryPoint &forgot);
    void tryLinks(const std::vector<std::pair<QString, PastedLink>> &links, const EntryPoint &reset);
    ResetLook result();

private:
    void readLinks(const std::vector<std::pair<QString, PastedLink>> &links);
    void useLinks(const EntryPoint &reset);
    bool isUsable(const MailedLink &link) const { return isOfTarget(link, m_look.target); }
    std::optional<LinkExchange> noted(Result<LinkExchange> exchange);
    void useOld(LinkUser &user);
    void compareUses();
    void useFresh(LinkUser &user);
    std::optional<ActorSession> sessionBefore(ActorSession &shared);
    void askAsBefore(ActorSession &session);

    const Look &m_look;
    const MailboxOwner &m_owner;
    Wire &m_wire;
    std::optional<MailedLink> m_fresh;
    std::optional<MailedLink> m_old;
    ResetLook m_result;
};

} // namespace cockpit
