// What the API said, from the bytes of its answer.
#include "checks/edge/cloudflareapi.h"

#include "models/redactor.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMostErrors = 5;
constexpr int kLongestWords = 160;
constexpr int kLongestWait = 24 * 3600;

// "Invalid API Token", "Invalid request headers", "Invalid access token" (Cloudflare's public list of error codes).
constexpr std::array kTokenCodes{1000, 6003, 6103, 6111, 9106};
// "Could not route to …, perhaps your object identifier is invalid?", "could not find entrypoint ruleset".
constexpr std::array kMissingCodes{7000, 7003, 10003};

std::vector<int> codesIn(const QJsonArray &errors)
{
    std::vector<int> codes;
    codes.reserve(size_t(errors.size()));
    for (const QJsonValue error : errors)
        codes.push_back(error["code"_L1].toInt());
    return codes;
}

template<size_t Count>
bool hasAny(const std::vector<int> &codes, const std::array<int, Count> &wanted)
{
    return std::ranges::any_of(codes, [&](int code) { return std::ranges::find(wanted, code) != wanted.end(); });
}

CloudflareAnswer refusalOf(int status, const std::vector<int> &codes)
{
    if (status == 401 || hasAny(codes, kTokenCodes))
        return CloudflareAnswer::WrongToken;
    if (status == 404 || status == 405 || status == 410 || hasAny(codes, kMissingCodes))
        return CloudflareAnswer::NotFound;
    if (status == 403)
        return CloudflareAnswer::NoPermission;
    return CloudflareAnswer::Refused;
}

QStringList wordsOf(const QJsonArray &errors, const Secret &secret)
{
    QStringList words;
    for (const QJsonValue error : errors) {
        const QString said = u"%1: %2"_s.arg(QString::number(error["code"_L1].toInt()), error["message"_L1].toString());
        words << plainText(redact(said, {secret}), kLongestWords);
        if (words.size() == kMostErrors)
            break;
    }
    return words;
}

std::optional<int> secondsIn(const std::optional<QByteArray> &retryAfter)
{
    bool isNumber = false;
    const int seconds = retryAfter.value_or(QByteArray()).trimmed().toInt(&isNumber);
    return isNumber && seconds >= 0 ? std::optional(std::min(seconds, kLongestWait)) : std::nullopt;
}

int pageNumber(const QJsonValue &value)
{
    return std::max(1, value.toInt(1));
}

// What the documented API answers with: a word on success, and with success a result.
bool isEnvelope(int status, const QJsonObject &envelope)
{
    const QJsonValue success = envelope["success"_L1];
    return success.isBool() && (!success.toBool() || (status == 200 && envelope.contains("result"_L1)));
}

} // namespace

QString toWord(CloudflareAnswer answer)
{
    switch (answer) {
    case CloudflareAnswer::Ok:
        return u"ok"_s;
    case CloudflareAnswer::WrongToken:
        return u"wrong_token"_s;
    case CloudflareAnswer::NoPermission:
        return u"no_permission"_s;
    case CloudflareAnswer::NotFound:
        return u"not_found"_s;
    case CloudflareAnswer::TooMany:
        return u"too_many"_s;
    case CloudflareAnswer::Outage:
        return u"outage"_s;
    case CloudflareAnswer::NotTheApi:
        return u"not_the_api"_s;
    case CloudflareAnswer::Refused:
        return u"refused"_s;
    }
    Q_UNREACHABLE();
}

CloudflareReply readCloudflareReply(const HttpResponse &response, const Secret &secret)
{
    CloudflareReply reply{.status = response.status};
    const QJsonObject envelope = QJsonDocument::fromJson(response.body).object();
    const QJsonArray errors = envelope["errors"_L1].toArray();
    reply.words = wordsOf(errors, secret);
    if (response.status == 429) {
        reply.answer = CloudflareAnswer::TooMany;
        reply.retryAfter = secondsIn(response.header("retry-after"));
    } else if (response.status >= 500) {
        reply.answer = CloudflareAnswer::Outage;
    } else if (!isEnvelope(response.status, envelope)) {
        reply.answer = CloudflareAnswer::NotTheApi;
    } else if (!envelope["success"_L1].toBool()) {
        reply.answer = refusalOf(response.status, codesIn(errors));
    } else {
        reply.answer = CloudflareAnswer::Ok;
        reply.result = envelope["result"_L1];
        reply.page = pageNumber(envelope["result_info"_L1]["page"_L1]);
        reply.totalPages = pageNumber(envelope["result_info"_L1]["total_pages"_L1]);
    }
    return reply;
}

} // namespace cockpit
