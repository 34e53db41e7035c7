// One visit of somebody who uses a one-time code, in a session of its own: the password before it where the product
// asks for one, the code, and who the product says that is.
#pragma once

#include "checks/access/coderoute.h"
#include "checks/access/linkfindings.h"
#include "checks/access/mailedlinks.h"
#include "checks/actors/session.h"

namespace cockpit {

// The most requests of one: a form and the password, the question before, a form and the code, the question after.
constexpr int kCodeVisitRequests = 6;

// Belongs to the worker of its wire. Route, owner and wire outlive it.
class CodeVisit
{
public:
    CodeVisit(const CodeRoute &route, const MailboxOwner &owner, Wire &wire)
        : m_route(route), m_owner(owner), m_wire(wire)
    {
    }

    // Up to where the code is asked for. NotPermitted when the password is not taken; the errors of Wire::send.
    [[nodiscard]] Result<void> begin();
    // Whether the product says by now that this is the account (TestActor::whoAmIUrl). Nothing where it has no address
    // that tells. The errors of Wire::send.
    [[nodiscard]] Result<std::optional<bool>> isSignedIn();
    // BadInput for an example that cannot be filled in.
    [[nodiscard]] Result<LinkExchange> send(const Secret &code);

private:
    void keep(const HttpResponse &answer, const CookieJar &cookies);

    const CodeRoute &m_route;
    const MailboxOwner &m_owner;
    Wire &m_wire;
    Session m_session;
    std::map<QString, Secret> m_handedOut; // in the answer to the password
};

} // namespace cockpit
