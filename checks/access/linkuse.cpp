#include "checks/access/linkuse.h"

namespace cockpit {

LinkUser::LinkUser(EntryPoint entry, Wire &wire) : m_entry(std::move(entry)), m_wire(wire) {}

Result<LinkExchange> LinkUser::use(const MailedLink &link, const EntryValues &values, const Change &change)
{
    EntryPoint entry = m_entry;
    if (!entry.formPage.isEmpty())
        entry.formPage = link.url;
    EntryCaller caller(entry, m_wire);
    EntryValues all = values;
    all.token = Secret(link.token.toUtf8());
    auto request = caller.request(all);
    if (!request)
        return tl::unexpected<Error>(request.error());
    request->carriesSecret = true;
    if (change)
        change(*request);
    auto answer = caller.send(*request);
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    return LinkExchange{std::move(*request), std::move(*answer)};
}

Result<LinkExchange> LinkUser::useInvented(const MailedLink &link, const EntryValues &values)
{
    const QString token = inventedTokenLike(link.token);
    auto exchange = use({withToken(link, token), token}, values);
    if (exchange)
        m_invented.emplace(*exchange);
    return exchange;
}

bool LinkUser::refusesInvented() const
{
    return m_invented && m_invented->isRefusal();
}

bool LinkUser::isLikeInvented(const LinkExchange &exchange) const
{
    return m_invented && m_invented->isLikeRefusal(exchange);
}

LinkUse LinkUser::verdictOn(const LinkExchange &exchange) const
{
    return m_invented ? m_invented->of(exchange) : LinkUse::Unclear;
}

} // namespace cockpit
