// What a server's message on a WebSocket says of a subscription.
#include "checks/access/messageids.h"
#include "checks/access/signalrmessages.h"
#include "checks/access/stompmessages.h"
#include "checks/access/wampmessages.h"
#include "checks/access/wordsofanswers.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

SocketWord wordOfEvent(const QString &text)
{
    static const QRegularExpression refused(
        u"error|denied|deny|forbidden|unauthori[sz]ed|not_?allowed|not_?found|reject|refus|invalid|fail|expired"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression silent(
        u"welcome|hello|^ping$|^pong$|heart_?beat|keep_?alive|connected|connection[._](?:ack|established|init)|"
        u"authenticated|auth_?ok|^open$|^ka$"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression agreed(
        u"subscribed|subscription_succeeded|confirm|joined|(?:^|[_.:-])ack$|^ok$|success|accepted"_s,
        QRegularExpression::CaseInsensitiveOption);
    if (refused.match(text).hasMatch())
        return SocketWord::Refused;
    if (silent.match(text).hasMatch())
        return SocketWord::Silence;
    return agreed.match(text).hasMatch() ? SocketWord::Agreed : SocketWord::News;
}

bool saysError(const QJsonValue &message)
{
    const auto isThere = [](const QJsonValue &value) {
        return !value.isUndefined() && !value.isNull() && value != QJsonValue(false) && value != QJsonValue(QString());
    };
    const bool isFalse = message["success"_L1] == QJsonValue(false) || message["ok"_L1] == QJsonValue(false);
    return isFalse || isThere(message["error"_L1]) || !message["errors"_L1].toArray().isEmpty();
}

namespace {

SocketWord plainWord(const SocketMessage &message)
{
    if (message.json.isUndefined())
        return message.prefix.isEmpty() ? SocketWord::Silence : wordOfEvent(QString::fromUtf8(message.prefix.left(40)));
    if (saysError(message.json))
        return SocketWord::Refused;
    static constexpr std::array names{"type"_L1, "event"_L1, "action"_L1, "status"_L1, "op"_L1, "kind"_L1, "msg"_L1};
    SocketWord said = SocketWord::News;
    for (const QLatin1StringView name : names) {
        const QString text = message.json[name].toString();
        const SocketWord word = text.isEmpty() ? SocketWord::News : wordOfEvent(text);
        if (word == SocketWord::Refused)
            return word;
        if (said == SocketWord::News)
            said = word;
    }
    // The answer to a call of JSON-RPC 2.0 (section 5).
    if (said == SocketWord::News && message.json["jsonrpc"_L1].isString() &&
        message.json.toObject().contains("result"_L1))
        return SocketWord::Agreed;
    return said;
}

SocketWord phoenixWord(const SocketMessage &message)
{
    constexpr int kEvent = 3;
    constexpr int kPayload = 4;
    const bool isList = message.json.isArray();
    const QString event = (isList ? message.json[kEvent] : message.json["event"_L1]).toString();
    const QJsonValue payload = isList ? message.json[kPayload] : message.json["payload"_L1];
    const bool isWell = payload["status"_L1] == "ok"_L1;
    if (event == "phx_reply"_L1)
        return isWell ? SocketWord::Agreed : SocketWord::Refused;
    if (event == "phx_error"_L1 || event == "phx_close"_L1)
        return SocketWord::Refused;
    if (event == "system"_L1)
        return isWell ? SocketWord::Silence : SocketWord::Refused;
    return event.startsWith("presence_"_L1) || event.isEmpty() ? SocketWord::Silence : SocketWord::News;
}

SocketWord graphQlWord(const SocketMessage &message)
{
    const QString type = message.json["type"_L1].toString();
    if (type == "next"_L1 || type == "data"_L1) {
        const QJsonValue payload = message.json["payload"_L1];
        return saysError(payload) && !payload["data"_L1].isObject() ? SocketWord::Refused : SocketWord::News;
    }
    // It ended before anything came: nobody is subscribed.
    if (type == "error"_L1 || type == "connection_error"_L1 || type == "complete"_L1)
        return SocketWord::Refused;
    return SocketWord::Silence;
}

SocketWord socketIoWord(const SocketMessage &message)
{
    const QByteArray &prefix = message.prefix;
    if (prefix.startsWith("44") || prefix.startsWith("41") || prefix == "1")
        return SocketWord::Refused; // CONNECT_ERROR, DISCONNECT, close
    const bool isAnswer = prefix.startsWith("43");
    if (!isAnswer && !prefix.startsWith("42") && !prefix.startsWith("45"))
        return SocketWord::Silence;
    const QJsonValue first = message.json[0];
    const SocketWord word = first.isObject() ? plainWord({.prefix = {}, .json = first}) : wordOfEvent(first.toString());
    return isAnswer && word == SocketWord::News ? SocketWord::Agreed : word;
}

} // namespace

SocketWord wordIn(const SocketScript &script, const QByteArray &message)
{
    const SocketMessage heard = SocketMessage::of(message);
    switch (script.dialect) {
    case SocketDialect::Plain:
        return plainWord(heard);
    case SocketDialect::Phoenix:
        return phoenixWord(heard);
    case SocketDialect::GraphQl:
        return graphQlWord(heard);
    case SocketDialect::SocketIo:
        return socketIoWord(heard);
    case SocketDialect::SignalR:
        return wordInSignalR(
            message,
            hubCallOf(SocketMessage::of(script.messages.empty() ? QByteArray() : script.messages.back()).json));
    case SocketDialect::Stomp:
        return wordInStomp(message);
    case SocketDialect::Wamp:
        return wordInWamp(heard.json);
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
