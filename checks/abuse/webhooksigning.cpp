#include "checks/abuse/webhooksigning.h"

#include "checks/actors/routeaddress.h"

#include <QMessageAuthenticationCode>
#include <QRegularExpression>

#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct ProviderRow
{
    const char *word; // in the path
    const char *header;
    SigningScheme scheme;
};

constexpr std::array kProviders{
    ProviderRow{"stripe", "Stripe-Signature", SigningScheme::TimeAndHash},
    ProviderRow{"paddle", "Paddle-Signature", SigningScheme::TimeAndHash},
    ProviderRow{"github", "X-Hub-Signature-256", SigningScheme::HashOfBody},
    ProviderRow{"shopify", "X-Shopify-Hmac-Sha256", SigningScheme::Base64},
    ProviderRow{"slack", "X-Slack-Signature", SigningScheme::Slack},
    ProviderRow{"svix", "Svix-Signature", SigningScheme::Standard},
    ProviderRow{"clerk", "Svix-Signature", SigningScheme::Standard},
    ProviderRow{"resend", "Svix-Signature", SigningScheme::Standard},
    ProviderRow{"standard", "Webhook-Signature", SigningScheme::Standard},
};

QByteArray hashOf(const QByteArray &key, const QByteArray &text)
{
    return QMessageAuthenticationCode::hash(text, key, QCryptographicHash::Sha256);
}

// "whsec_" and base64 (Standard Webhooks); other keys are taken as they are.
QByteArray standardKey(const QByteArray &key)
{
    return key.startsWith("whsec_") ? QByteArray::fromBase64(key.mid(6)) : key;
}

// "Svix-Signature": its id and time stand in "svix-id" and "svix-timestamp".
QByteArray siblingOf(const QByteArray &headerName, const char *what)
{
    return headerName.left(headerName.indexOf('-') + 1) + what;
}

} // namespace

SigningScheme schemeOf(const QByteArray &headerName)
{
    for (const ProviderRow &row : kProviders) {
        if (headerName.compare(row.header, Qt::CaseInsensitive) == 0)
            return row.scheme;
    }
    return SigningScheme::TimeAndHash;
}

bool hasTime(SigningScheme scheme)
{
    return scheme != SigningScheme::HashOfBody && scheme != SigningScheme::Base64;
}

std::vector<Header> signatureHeaders(const QByteArray &headerName, const QByteArray &key, const QByteArray &eventId,
                                     qint64 seconds, const QByteArray &body)
{
    const QByteArray time = QByteArray::number(seconds);
    switch (schemeOf(headerName)) {
    case SigningScheme::TimeAndHash:
        return {{headerName, "t=" + time + ",v1=" + hashOf(key, time + '.' + body).toHex()}};
    case SigningScheme::HashOfBody:
        return {{headerName, "sha256=" + hashOf(key, body).toHex()}};
    case SigningScheme::Base64:
        return {{headerName, hashOf(key, body).toBase64()}};
    case SigningScheme::Slack:
        return {{"X-Slack-Request-Timestamp", time},
                {headerName, "v0=" + hashOf(key, "v0:" + time + ':' + body).toHex()}};
    case SigningScheme::Standard:
        return {{siblingOf(headerName, "Id"), eventId},
                {siblingOf(headerName, "Timestamp"), time},
                {headerName, "v1," + hashOf(standardKey(key), eventId + '.' + time + '.' + body).toBase64()}};
    }
    Q_UNREACHABLE();
}

std::vector<Header> garbageHeaders(const QByteArray &headerName, qint64 seconds)
{
    const QByteArray nobody = "lc-this-is-no-key";
    if (!headerName.isEmpty())
        return signatureHeaders(headerName, nobody, "evt_lc", seconds, "{}");
    std::vector<Header> all;
    for (const char *name : {"Stripe-Signature", "X-Hub-Signature-256", "Webhook-Signature", "X-Signature"}) {
        for (const Header &header : signatureHeaders(name, nobody, "evt_lc", seconds, "{}"))
            all.push_back(header);
    }
    return all;
}

QByteArray headerNameFor(const QString &path)
{
    for (const ProviderRow &row : kProviders) {
        if (path.contains(QLatin1StringView(row.word), Qt::CaseInsensitive))
            return row.header;
    }
    return {};
}

std::vector<Route> webhookRoutes(const std::vector<Route> &routes)
{
    static const QRegularExpression named(u"/(?:web-?hooks?|hooks?|ipn|notify)(?:/|$)|[-_/](?:webhook)$"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    std::vector<Route> found;
    for (const Route &route : routes) {
        if (route.method == "POST"_L1 && maySafelyWrite(route) && named.match(route.path).hasMatch())
            found.push_back(route);
    }
    return found;
}

bool isAboutMoney(const QString &path)
{
    static const QRegularExpression words(u"stripe|paddle|paypal|payment|billing|invoice|checkout|subscription|order|"
                                          u"lemon|mollie|adyen"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    return words.match(path).hasMatch();
}

} // namespace cockpit
