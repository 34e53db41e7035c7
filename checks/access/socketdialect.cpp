#include "checks/access/socketdialect.h"

#include "checks/access/signalrmessages.h"
#include "checks/access/stompmessages.h"
#include "checks/access/wampmessages.h"
#include "models/access/socketmessages.h"
#include "models/access/stompframe.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

bool isJoin(const QJsonValue &message)
{
    constexpr int kEvent = 3; // [join_ref, ref, topic, event, payload]
    return message["event"_L1] == "phx_join"_L1 || message.toArray().at(kEvent) == "phx_join"_L1;
}

bool isQuestion(const QJsonValue &message)
{
    const QString type = message["type"_L1].toString();
    return (type == "subscribe"_L1 || type == "start"_L1) && message["payload"_L1]["query"_L1].isString();
}

bool isCable(const QJsonValue &message)
{
    return message["command"_L1] == "subscribe"_L1 && message["identifier"_L1].isString();
}

} // namespace

SocketMessage SocketMessage::of(const QByteArray &text)
{
    SocketMessage message;
    const qsizetype size = socketPrefixOf(text);
    const QJsonDocument document = QJsonDocument::fromJson(text.sliced(size));
    if (document.isNull()) {
        message.prefix = text;
        return message;
    }
    message.prefix = text.first(size);
    message.json = document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    return message;
}

QByteArray SocketMessage::text() const
{
    if (json.isUndefined())
        return prefix;
    const QJsonDocument document = json.isArray() ? QJsonDocument(json.toArray()) : QJsonDocument(json.toObject());
    return prefix + document.toJson(QJsonDocument::Compact);
}

bool SocketMessage::isOfSocketIo() const
{
    return prefix.startsWith("40") || (prefix.startsWith("42") && json.isArray());
}

SocketDialect dialectOf(const std::vector<SocketMessage> &messages)
{
    for (const SocketMessage &message : messages) {
        if (isSignalRHandshake(message.json))
            return SocketDialect::SignalR;
        if (isStomp(message.json))
            return SocketDialect::Stomp;
        if (isWampHello(message.json))
            return SocketDialect::Wamp;
        if (isJoin(message.json))
            return SocketDialect::Phoenix;
        if (isQuestion(message.json))
            return SocketDialect::GraphQl;
        if (message.isOfSocketIo())
            return SocketDialect::SocketIo;
    }
    return SocketDialect::Plain;
}

QByteArrayList subprotocolsOf(SocketDialect dialect, const std::vector<SocketMessage> &messages)
{
    if (dialect == SocketDialect::GraphQl) {
        const bool isOld =
            std::ranges::any_of(messages, [](const SocketMessage &one) { return one.json["type"_L1] == "start"_L1; });
        return {isOld ? QByteArrayLiteral("graphql-ws") : QByteArrayLiteral("graphql-transport-ws")};
    }
    // Not in its specification, but what its servers and clients have agreed on.
    if (dialect == SocketDialect::Stomp)
        return {"v12.stomp", "v11.stomp", "v10.stomp"};
    if (dialect == SocketDialect::Wamp)
        return {"wamp.2.json"};
    const bool isOfCable = std::ranges::any_of(messages, [](const SocketMessage &one) { return isCable(one.json); });
    return isOfCable ? QByteArrayList{"actioncable-v1-json"} : QByteArrayList();
}

void askForAnswer(SocketMessage &message, SocketDialect dialect)
{
    if (dialect == SocketDialect::SignalR)
        message.json = answeredInSignalR(message.json);
    else if (dialect == SocketDialect::Stomp)
        message.json = answeredInStomp(message.json);
}

QByteArray framed(const SocketMessage &message, SocketDialect dialect)
{
    if (dialect == SocketDialect::SignalR)
        return message.text() + kSignalRSeparator;
    const auto frame = dialect == SocketDialect::Stomp ? stompFrameOf(message.json.toObject()) : std::nullopt;
    return frame ? toBytes(*frame) : message.text();
}

bool speaksOfTrouble(const QString &words)
{
    static const QRegularExpression trouble(
        u"unavailable|not available|timed?[ _-]?out|timeout|internal|overload|too[ _-]?many|rate[ _-]?limit|throttl|"
        u"\\bbusy\\b|shut(?:ting)?[ _-]?down|restart|try again|capacity|temporar"_s,
        QRegularExpression::CaseInsensitiveOption);
    return trouble.match(words).hasMatch();
}

} // namespace cockpit
