#include "checks/access/linkuse.h"

#include "checks/actors/limitsignal.h"
#include "checks/actors/signin.h"
#include "checks/net/location.h"
#include "checks/web/privatedata.h"
#include "models/jsonplaces.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>

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

// "expired", "already used": what is wrong with a link.
bool hasRefusingWords(const QString &text)
{
    static const QRegularExpression words(
        u"expired|invalid(?!at)|(?<![a-z])used(?![a-z])|consumed|stale|^revoked$|redeemed|no[ _-]longer|too[ _-]old|"
        u"not[ _-]?found|not[ _-]valid|unknown|already"_s,
        QRegularExpression::CaseInsensitiveOption);
    return words.match(text).hasMatch();
}

bool hasRefusingWords(const QJsonValue &value)
{
    constexpr int deepest = 5; // further down stand records, not what is said of the link
    const auto isHarmless = [](const JsonPlace &place) { return !hasRefusingWords(place.value.toString()); };
    return !visitJsonLeaves(value, isHarmless, deepest);
}

QUrl targetOfRedirect(const HttpResponse &answer)
{
    return isRedirectStatus(answer.status)
               ? locationTarget(answer.url, answer.header("location").value_or(QByteArray()))
               : QUrl();
}

// "/login?error=…", "/link-expired"
bool leadsToRefusal(const HttpResponse &answer)
{
    const QUrl to = targetOfRedirect(answer);
    const auto items = QUrlQuery(to).queryItems(QUrl::FullyDecoded);
    return hasRefusingWords(to.path()) || std::ranges::any_of(items, [](const auto &item) {
               return item.first.startsWith("err"_L1, Qt::CaseInsensitive) || hasRefusingWords(item.second);
           });
}

// What the answer says with a status of success: a refusal after all, or (of a page) perhaps one.
LinkUse saidWith(const HttpResponse &answer)
{
    const QJsonDocument document = QJsonDocument::fromJson(answer.body);
    const bool refuses = document.isArray() ? hasRefusingWords(QJsonValue(document.array()))
                                            : hasRefusingWords(QJsonValue(document.object()));
    if (refuses || leadsToRefusal(answer))
        return LinkUse::Refused;
    return document.isNull() && hasRefusingWords(QString::fromUtf8(answer.body)) ? LinkUse::Unclear : LinkUse::Accepted;
}

} // namespace

bool isSameAnswer(const LinkExchange &a, const LinkExchange &b, const QString &ofA, const QString &ofB)
{
    return featuresOf(a.answer, ofA) == featuresOf(b.answer, ofB);
}

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

// To the same page with something else in the query: "?message=3".
bool LinkUser::leadsAsInvented(const HttpResponse &answer) const
{
    return isRedirectStatus(answer.status) && isRedirectStatus(m_invented->answer.status) &&
           targetOfRedirect(answer).path() == targetOfRedirect(m_invented->answer).path();
}

LinkUse LinkUser::verdictOn(const LinkExchange &exchange) const
{
    if (isTrouble(exchange.answer))
        return LinkUse::Unclear;
    if (isLikeInvented(exchange) || exchange.answer.status >= 400 || saysError(exchange.answer))
        return LinkUse::Refused;
    if (!refusesInvented() || leadsAsInvented(exchange.answer))
        return LinkUse::Unclear;
    return saidWith(exchange.answer);
}

} // namespace cockpit
