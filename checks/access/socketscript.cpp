#include "checks/access/socketscript.h"

#include "checks/access/messageids.h"
#include "checks/access/messagepurpose.h"
#include "checks/access/socketdialect.h"
#include "models/access/harmless.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// Signed for one connection alone (pusher.com/docs, "Authorizing users").
bool isSigned(const QJsonValue &message)
{
    const QString channel = message["data"_L1]["channel"_L1].toString();
    return message["event"_L1] == "pusher:subscribe"_L1 &&
           (channel.startsWith("private-"_L1) || channel.startsWith("presence-"_L1));
}

std::vector<SocketMessage> messagesOf(const RouteSample &sample)
{
    std::vector<SocketMessage> messages;
    for (const QByteArray &line : sample.body.trimmed().split('\n')) {
        if (!line.trimmed().isEmpty())
            messages.push_back(SocketMessage::of(line.trimmed()));
    }
    return messages;
}

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

QString toWord(SocketDialect value)
{
    switch (value) {
    case SocketDialect::Plain:
        return u"plain"_s;
    case SocketDialect::Phoenix:
        return u"phoenix"_s;
    case SocketDialect::GraphQl:
        return u"graphql"_s;
    case SocketDialect::SocketIo:
        return u"socket_io"_s;
    case SocketDialect::SignalR:
        return u"signalr"_s;
    case SocketDialect::Stomp:
        return u"stomp"_s;
    case SocketDialect::Wamp:
        return u"wamp"_s;
    }
    Q_UNREACHABLE();
}

tl::expected<SocketScript, NotSaid> recordedScript(const RouteSample &sample)
{
    const std::vector<SocketMessage> said = messagesOf(sample);
    // By all that was said: a greeting tells what the rest means.
    const SocketDialect spoken = dialectOf(said);
    std::vector<SocketMessage> messages;
    SocketScript script;
    bool subscribes = false;
    for (const SocketMessage &message : said) {
        if (isSigned(message.json))
            return tl::unexpected(NotSaid::Signed);
        const MessagePurpose purpose = purposeOf(message, spoken);
        if (purpose == MessagePurpose::Keeps)
            continue;
        if (purpose == MessagePurpose::Other) {
            ++script.leftOut;
            continue;
        }
        if (hasUnknownValue(message.json))
            return tl::unexpected(NotSaid::Unknown);
        subscribes = subscribes || purpose == MessagePurpose::Subscribes;
        messages.push_back(message);
    }
    if (!subscribes)
        return tl::unexpected(script.leftOut > 0 ? NotSaid::MayChange : NotSaid::Nothing);
    script.dialect = dialectOf(messages);
    script.subprotocols = subprotocolsOf(script.dialect, messages);
    for (SocketMessage &message : messages) {
        askForAnswer(message, script.dialect);
        script.messages.push_back(message.text());
    }
    return script;
}

std::optional<SocketScript> graphQlScript(const RouteSample &sample)
{
    const QJsonObject question = QJsonDocument::fromJson(sample.body).object();
    if (!isSubscriptionDocument(question["query"_L1].toString()) || hasUnknownValue(question))
        return std::nullopt;
    // Where the session's token goes is agreed nowhere; this is what the clients' documents show.
    const QJsonObject hello{{u"type"_s, u"connection_init"_s},
                            {u"payload"_s, QJsonObject{{u"Authorization"_s, placeholder()}}}};
    const QJsonObject ask{{u"id"_s, u"1"_s}, {u"type"_s, u"subscribe"_s}, {u"payload"_s, question}};
    return SocketScript{.dialect = SocketDialect::GraphQl,
                        .subprotocols = {"graphql-transport-ws"},
                        .messages = {compact(hello), compact(ask)}};
}

std::optional<SocketScript> phoenixScript(const QString &path, const QString &resource, const QString &collection)
{
    SocketScript script{.dialect = SocketDialect::Phoenix};
    if (path.endsWith("/realtime/v1/websocket"_L1)) {
        const QJsonObject changes{{u"event"_s, u"*"_s}, {u"schema"_s, u"public"_s}, {u"table"_s, collection}};
        const QJsonObject config{{u"postgres_changes"_s, QJsonArray{changes}}};
        script.messages = {
            compact({{u"topic"_s, u"realtime:launch-cockpit"_s},
                     {u"event"_s, u"phx_join"_s},
                     {u"payload"_s, QJsonObject{{u"config"_s, config}, {u"access_token"_s, placeholder()}}},
                     {u"ref"_s, u"1"_s},
                     {u"join_ref"_s, u"1"_s}})};
        return script;
    }
    if (!path.endsWith("/socket/websocket"_L1))
        return std::nullopt;
    const QJsonArray join{u"1"_s, u"1"_s, resource + u":1"_s, u"phx_join"_s, QJsonObject()};
    script.messages = {QJsonDocument(join).toJson(QJsonDocument::Compact)};
    return script;
}

QStringList resourcesIn(const SocketScript &script)
{
    QStringList found;
    for (const QByteArray &text : script.messages) {
        for (const QString &resource : resourcesIn(SocketMessage::of(text), script.dialect)) {
            if (!found.contains(resource))
                found.append(resource);
        }
    }
    return found;
}

std::vector<QByteArray> messagesFor(const SocketScript &script, const SocketWords &words)
{
    std::vector<QByteArray> said;
    for (const QByteArray &text : script.messages) {
        SocketMessage message = SocketMessage::of(text);
        putIds(message, script.dialect, words.ids);
        putToken(message, words.token);
        said.push_back(framed(message, script.dialect));
    }
    return said;
}

} // namespace cockpit
