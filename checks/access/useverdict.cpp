#include "checks/access/useverdict.h"

#include "checks/access/answerfeatures.h"
#include "checks/actors/limitsignal.h"
#include "checks/net/location.h"
#include "models/jsonplaces.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

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
    static const QRegularExpression words(u"expired|invalid(?!at)|(?<![a-z])used(?![a-z])|incorrect|(?<![a-z])wrong(?!["
                                          u"a-z])|consumed|stale|^revoked$|redeemed|no[ _-]longer|too[ _-]old|"
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

bool isTrouble(const HttpResponse &answer)
{
    return answer.status >= 500 || limitIn(answer, QDateTime::currentDateTimeUtc()).has_value();
}

bool isSameAnswer(const LinkExchange &a, const LinkExchange &b, const QString &ofA, const QString &ofB)
{
    return featuresOf(a.answer, ofA) == featuresOf(b.answer, ofB);
}

bool UseVerdict::isRefusal() const
{
    return !isTrouble(m_refused.answer) &&
           (m_refused.answer.status >= 400 || saysError(m_refused.answer) || m_refused.answer.status >= 300);
}

bool UseVerdict::isLikeRefusal(const LinkExchange &exchange) const
{
    return isSameAnswer(exchange, m_refused);
}

// To the same page with something else in the query: "?message=3".
bool UseVerdict::leadsAsRefusal(const HttpResponse &answer) const
{
    return isRedirectStatus(answer.status) && isRedirectStatus(m_refused.answer.status) &&
           targetOfRedirect(answer).path() == targetOfRedirect(m_refused.answer).path();
}

LinkUse UseVerdict::of(const LinkExchange &exchange) const
{
    if (isTrouble(exchange.answer))
        return LinkUse::Unclear;
    if (isLikeRefusal(exchange) || exchange.answer.status >= 400 || saysError(exchange.answer))
        return LinkUse::Refused;
    if (!isRefusal() || leadsAsRefusal(exchange.answer))
        return LinkUse::Unclear;
    return saidWith(exchange.answer);
}

} // namespace cockpit
