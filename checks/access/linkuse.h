// Uses a link that came by mail as its page would: sends the token to the route that takes it.
#pragma once

#include "checks/access/mailedlinks.h"
#include "checks/access/useverdict.h"
#include "checks/actors/entrycaller.h"

#include <functional>

namespace cockpit {

class LinkUser
{
public:
    // The entry takes tokens ({{token}} in its body). A form is fetched by the link itself.
    LinkUser(EntryPoint entry, Wire &wire);

    using Change = std::function<void(ActiveRequest &)>;
    // Sends the link's token. An error when nothing was sent or no answer came.
    [[nodiscard]] Result<LinkExchange> use(const MailedLink &link, const EntryValues &values,
                                           const Change &change = {});
    // A token that nobody was sent: what a refusal looks like. Has to come first.
    [[nodiscard]] Result<LinkExchange> useInvented(const MailedLink &link, const EntryValues &values);
    // Against that refusal (UseVerdict::of()).
    LinkUse verdictOn(const LinkExchange &exchange) const;
    // The invented token got a refusal that can be told from a yes.
    bool refusesInvented() const;
    bool isLikeInvented(const LinkExchange &exchange) const;

private:
    EntryPoint m_entry;
    Wire &m_wire;
    std::optional<UseVerdict> m_invented;
};

} // namespace cockpit
