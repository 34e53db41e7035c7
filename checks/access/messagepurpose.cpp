#include "checks/access/messagepurpose.h"

#include "checks/access/purposewords.h"
#include "checks/access/signalrmessages.h"
#include "checks/access/stompmessages.h"
#include "checks/access/wampmessages.h"
#include "models/access/graphqlquestion.h"
#include "models/access/graphqltokens.h"
#include "models/access/socketmessages.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

template<std::size_t N>
bool isOneOf(const QString &word, const std::array<QLatin1StringView, N> &known)
{
    return std::ranges::any_of(known, [&](QLatin1StringView one) { return word == one; });
}

// "graphql-transport-ws" and the one before it: what is asked stands in "payload"; at AppSync as JSON in its "data".
QJsonObject questionIn(const QJsonObject &payload)
{
    return payload["data"_L1].isString() ? QJsonDocument::fromJson(payload["data"_L1].toString().toUtf8()).object()
                                         : payload;
}

bool isOfGraphQl(const QJsonObject &question)
{
    static constexpr std::array names{"query"_L1, "extensions"_L1, "operationName"_L1, "documentId"_L1, "doc_id"_L1};
    return std::ranges::any_of(names, [&](QLatin1StringView name) { return question.contains(name); });
}

// Without any word of its own: {"channel": "invoice:17"} can only be a wish to be told.
bool namesChannelAlone(const QJsonObject &message)
{
    static constexpr std::array channels{"channel"_L1, "channels"_L1, "topic"_L1, "topics"_L1, "room"_L1, "stream"_L1};
    bool hasChannel = false;
    for (auto it = message.begin(); it != message.end(); ++it) {
        const bool isChannel = isOneOf(it.key(), channels);
        hasChannel = hasChannel || isChannel;
        if (!isChannel && it.key() != "id"_L1 && it.key() != "ref"_L1 && it.key() != "token"_L1)
            return false;
    }
    return hasChannel;
}

// Beside a word that says what it is for: an envelope ("request"), or what one wants to be told of ("invoice.changed").
bool saysNoMore(const QStringList &words)
{
    static constexpr std::array envelopes{"message"_L1, "msg"_L1,     "request"_L1, "req"_L1,  "rpc"_L1,
                                          "event"_L1,   "command"_L1, "channel"_L1, "room"_L1, "topic"_L1};
    return words.isEmpty() || words.back().endsWith("ed"_L1) ||
           std::ranges::all_of(words, [](const QString &one) { return isOneOf(one, envelopes); });
}

MessagePurpose purposeOfJson(const QJsonValue &message)
{
    const QJsonObject whole = message.toObject();
    const QString type = whole["type"_L1].toString();
    if (const QJsonObject question = questionIn(whole["payload"_L1].toObject());
        isOfGraphQl(question) && (type == "subscribe"_L1 || type == "start"_L1))
        return isSubscriptionDocument(question["query"_L1].toString()) ? MessagePurpose::Subscribes
                                                                       : MessagePurpose::Other;
    if (asksForMore(message))
        return MessagePurpose::Other;
    const QStringList purposes = purposesOf(message);
    if (purposes.isEmpty())
        return namesChannelAlone(whole) ? MessagePurpose::Subscribes : MessagePurpose::Other;
    std::optional<MessagePurpose> said;
    for (const QString &purpose : purposes) {
        const QStringList words = wordsOfPurpose(purpose);
        const MessagePurpose one = purposeOfWords(words);
        if (one == MessagePurpose::Other && saysNoMore(words))
            continue;
        if (one == MessagePurpose::Other || (said && *said != one))
            return MessagePurpose::Other;
        said = one;
    }
    return said.value_or(MessagePurpose::Other);
}

// "SUBSCRIBE invoices", "hello"; what greets with more may be a name and a password.
MessagePurpose purposeOfText(const QByteArray &text)
{
    const QStringList words = QString::fromUtf8(text.left(200)).simplified().split(u' ');
    const MessagePurpose said = purposeOfWords(wordsOfPurpose(words.front()));
    return said == MessagePurpose::Opens && words.size() > 1 ? MessagePurpose::Other : said;
}

// Packets of Engine.IO: 2 and 3 are ping and pong. Of Socket.IO behind a 4: 0 connects, 1 disconnects, 2 is an event.
std::optional<MessagePurpose> purposeOfPacket(const SocketMessage &message)
{
    const QByteArray &prefix = message.prefix;
    const bool isBare = message.json.isUndefined();
    if (isBare && (prefix == "2" || prefix == "3" || prefix.startsWith("41")))
        return MessagePurpose::Keeps;
    if (prefix.startsWith("40") && (isBare || message.json.isObject()))
        return MessagePurpose::Opens;
    return std::nullopt;
}

} // namespace

bool isSubscriptionDocument(const QString &document)
{
    const auto tokens = graphql::tokensOf(document);
    if (!tokens)
        return false;
    bool isOne = false;
    int depth = 0;
    bool isAtStart = true; // of a definition
    for (const graphql::Token &token : *tokens) {
        const bool opens = token.is("{"_L1) || token.is("("_L1) || token.is("["_L1);
        const bool closes = token.is("}"_L1) || token.is(")"_L1) || token.is("]"_L1);
        if (depth == 0 && isAtStart) {
            if (token.text != "subscription"_L1 && token.text != "fragment"_L1)
                return false;
            isOne = isOne || token.text == "subscription"_L1;
            isAtStart = false;
        }
        depth += opens ? 1 : closes ? -1 : 0;
        isAtStart = isAtStart || (depth == 0 && token.is("}"_L1)); // its selections end it
    }
    return isOne && depth == 0;
}

bool asksForMore(const QJsonValue &value, int depth)
{
    constexpr int kDeepest = 16;
    if (depth > kDeepest)
        return true;
    if (value.isArray())
        return std::ranges::any_of(value.toArray(), [&](const QJsonValue &one) { return asksForMore(one, depth + 1); });
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        return std::any_of(object.begin(), object.end(),
                           [&](const QJsonValue &one) { return asksForMore(one, depth + 1); });
    }
    const QString text = value.toString();
    if (const QJsonDocument inner = QJsonDocument::fromJson(text.toUtf8()); inner.isObject())
        return asksForMore(inner.object(), depth + 1);
    return isGraphQlDocument(text) && !isSubscriptionDocument(text);
}

MessagePurpose purposeOf(const SocketMessage &message, SocketDialect dialect)
{
    switch (dialect) {
    case SocketDialect::SignalR:
        return purposeInSignalR(message.json);
    case SocketDialect::Stomp:
        return purposeInStomp(message.json);
    case SocketDialect::Wamp:
        return purposeInWamp(message.json);
    case SocketDialect::Plain:
    case SocketDialect::Phoenix:
    case SocketDialect::GraphQl:
    case SocketDialect::SocketIo:
        break; // told by the message itself
    }
    if (const auto packet = purposeOfPacket(message))
        return *packet;
    return message.json.isUndefined() ? purposeOfText(message.prefix) : purposeOfJson(message.json);
}

} // namespace cockpit
