// How providers sign the events that they send. Pure.
#pragma once

#include "checks/net/httpclient.h"
#include "models/access/actor.h"
#include "models/projectstate.h"

#include <QByteArray>

#include <vector>

namespace cockpit {

enum class SigningScheme {
    TimeAndHash, // t=<seconds>,v1=<hex of HMAC-SHA256(seconds.body)>: Stripe, Paddle and many others
    HashOfBody,  // sha256=<hex>: GitHub
    Base64,      // base64 of the HMAC: Shopify, Lemon Squeezy's like
    Slack,       // v0=<hex of HMAC(v0:seconds:body)> and a header with the seconds
    Standard,    // webhook-id, webhook-timestamp, webhook-signature: standardwebhooks.com, Svix, Clerk, Resend
};

// By the name of the header; TimeAndHash for unknown ones.
SigningScheme schemeOf(const QByteArray &headerName);
bool hasTime(SigningScheme scheme); // an old signature can be told from a new one

// The headers that sign the body. With a time: seconds since 1970.
std::vector<Header> signatureHeaders(const QByteArray &headerName, const QByteArray &key, const QByteArray &eventId,
                                     qint64 seconds, const QByteArray &body);
// The same headers with a signature that is none; of every usual provider where the header is not known.
std::vector<Header> garbageHeaders(const QByteArray &headerName, qint64 seconds);

// The header that the path names a provider of ("/webhooks/stripe"); empty: not known.
QByteArray headerNameFor(const QString &path);

// POST routes marked as safe where other programs report events.
std::vector<Route> webhookRoutes(const std::vector<Route> &routes);
bool isAboutMoney(const QString &path);

} // namespace cockpit
