// Uses a link that came by mail as its page would: sends the token to the route that takes it.
#pragma once

#include "checks/access/answerfeatures.h"
#include "checks/access/linkfindings.h"
#include "checks/access/mailedlinks.h"
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
    // Against that refusal. Unclear: a limit, a broken server, something in between. A link that was used or is too old
    // is often refused in other words than one that was made up: where the words are not read, Accepted says no more
    // than "not the same answer". What happened only a change shows: see isSure of the looks.
    LinkUse verdictOn(const LinkExchange &exchange) const;
    // The invented token got a refusal that can be told from a yes.
    bool refusesInvented() const;
    bool isLikeInvented(const LinkExchange &exchange) const;

private:
    bool leadsAsInvented(const HttpResponse &answer) const;

    EntryPoint m_entry;
    Wire &m_wire;
    std::optional<LinkExchange> m_invented;
};

// The same answer but for what changes each time. submitted: the names that were sent.
bool isSameAnswer(const LinkExchange &a, const LinkExchange &b, const QString &ofA = {}, const QString &ofB = {});

} // namespace cockpit
