#include "checks/access/linkuse.h"

#include "checks/actors/limitsignal.h"
#include "checks/actors/signin.h"
#include "checks/web/privatedata.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

bool isTrouble(const HttpResponse &answer)
{
    return answer.status >= 500 || limitIn(answer, QDateTime::currentDateTimeUtc()).has_value();
}

// {"error": …} or {"ok": false} with a status that says yes.
bool saysError(const HttpResponse &answer)
{
    const QJsonObject object = QJsonDocument::fromJson(answer.body).object();
    const QJsonValue error = object.contains("error"_L1) ? object["error"_L1] : object["errors"_L1];
    return (!error.isUndefined() && !error.isNull() && error != QJsonValue(false)) || object["ok"_L1] == false ||
           object["success"_L1] == false;
}

} // namespace

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
        m_invented = *exchange;
    return exchange;
}

bool LinkUser::refusesInvented() const
{
    return m_invented && !isTrouble(m_invented->answer) &&
           (m_invented->answer.status >= 400 || saysError(m_invented->answer) || m_invented->answer.status >= 300);
}

bool LinkUser::isLikeInvented(const LinkExchange &exchange) const
{
    return m_invented && featuresOf(exchange.answer, {}) == featuresOf(m_invented->answer, {});
}

LinkUse LinkUser::verdictOn(const LinkExchange &exchange) const
{
    if (isTrouble(exchange.answer))
        return LinkUse::Unclear;
    if (isLikeInvented(exchange) || exchange.answer.status >= 400 || saysError(exchange.answer))
        return LinkUse::Refused;
    return refusesInvented() ? LinkUse::Accepted : LinkUse::Unclear;
}

} // namespace cockpit
