#include "app/practice/shop/shophandlers.h"
#include "app/practice/shop/strictjson.h"

#include <QHostAddress>
#include <QUrl>

#include <algorithm>

namespace cockpit::shop {

using namespace Qt::StringLiterals;

namespace {

using enum ShopFault;

constexpr qint64 kOldest = 300; // seconds, as payment providers have it

struct SignatureField
{
    qint64 time = 0;
    QByteArray signature;
};

// "t=1700000000,v1=<hex>"
SignatureField signatureOf(const QByteArray &field)
{
    SignatureField read;
    for (const QByteArray &part : field.split(',')) {
        if (part.startsWith("t="))
            read.time = part.mid(2).toLongLong();
        else if (part.startsWith("v1="))
            read.signature = part.mid(3);
    }
    return read;
}

std::optional<PageReply> refuseSignature(Call &call)
{
    const QByteArray field = call.request.header("shop-signature");
    if (field.isEmpty())
        return call.has(WebhookUnsigned) ? std::nullopt : std::optional(errorReply(401, "signature_missing"));
    const SignatureField given = signatureOf(field);
    const QByteArray wanted =
        hmacSha256(call.shop.webhookSecret, QByteArray::number(given.time) + '.' + call.request.body).toHex();
    if (given.signature != wanted && !call.has(WebhookUnsigned))
        return errorReply(401, "signature_wrong");
    if (std::abs(call.shop.clock.seconds() - given.time) > kOldest && !call.has(WebhookStale))
        return errorReply(401, "signature_too_old");
    return {};
}

// Names that lead inside: this machine, the own network, and what is no public name.
bool isPublicName(const QString &host)
{
    const QString name = host.toLower();
    if (!QHostAddress(name).isNull() || !name.contains(u'.'))
        return false;
    const QString last = name.section(u'.', -1);
    static const QStringList inside{u"localhost"_s, u"local"_s, u"internal"_s, u"lan"_s, u"home"_s, u"arpa"_s};
    const bool isNumber = !last.isEmpty() && std::all_of(last.begin(), last.end(), [](QChar c) { return c.isDigit(); });
    return !inside.contains(last) && !isNumber && !last.startsWith("0x"_L1);
}

} // namespace

PageReply takeWebhook(Call &call)
{
    if (auto refusal = refuseSignature(call))
        return *refusal;
    const auto event = strictObject(call.request.body);
    const QString id = event ? event->value("id"_L1).toString() : QString();
    if (id.isEmpty() || id.size() > 100)
        return errorReply(400, "bad_json");
    auto &seen = call.store().seenEvents;
    const bool isSeen = std::find(seen.begin(), seen.end(), id) != seen.end();
    if (isSeen && !call.has(WebhookReplay))
        return errorReply(409, "already_taken");
    seen.push_back(id);
    const auto times = std::count(seen.begin(), seen.end(), id);
    return jsonReply(200, {{u"status"_s, u"taken"_s}, {u"payments_booked"_s, static_cast<qint64>(times)}});
}

PageReply registerCallback(Call &call)
{
    const QUrl url(call.text("url"), QUrl::StrictMode);
    const bool isPublic =
        url.scheme() == "https"_L1 && url.userInfo().isEmpty() && isPublicName(url.host()) && url.port(443) == 443;
    if (!isPublic && !call.has(CallbackPrivate))
        return errorReply(422, "bad_field", {{u"field"_s, u"url"_s}, {u"problem"_s, u"not_public"_s}});
    Record record{.id = {}, .number = ++call.store().lastId, .tenant = call.caller.tenant};
    record.fields = {{u"id"_s, record.number}, {u"url"_s, url.toString()}};
    call.store().callbacks.push_back(record);
    return jsonReply(201, record.fields);
}

PageReply removeCallback(Call &call)
{
    const auto isMeant = [&](const Record &record) {
        return QString::number(record.number) == call.holes.constFirst() &&
               (call.caller.seesAll || record.tenant == call.caller.tenant);
    };
    return std::erase_if(call.store().callbacks, isMeant) > 0 ? emptyReply() : errorReply(404, "not_found");
}

PageReply listCallbacks(Call &call)
{
    QJsonArray list;
    for (const Record &record : call.store().callbacks) {
        if (call.caller.seesAll || record.tenant == call.caller.tenant)
            list.append(record.fields);
    }
    return jsonReply(200, {{u"items"_s, list}});
}

} // namespace cockpit::shop
