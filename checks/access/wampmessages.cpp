#include "checks/access/wampmessages.h"

#include "checks/access/socketdialect.h"

#include <QJsonArray>
#include <QJsonObject>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// "Message Codes and Direction".
constexpr int kHello = 1;
constexpr int kAbort = 3;
constexpr int kAuthenticate = 5;
constexpr int kGoodbye = 6;
constexpr int kError = 8;
constexpr int kSubscribe = 32;
constexpr int kSubscribed = 33;
constexpr int kUnsubscribe = 34;
constexpr int kEvent = 36;

// Of a list without a number first: none.
int codeOf(const QJsonArray &message)
{
    return message.at(0).isDouble() ? message.at(0).toInt(-1) : -1;
}

SocketWord wordOfReason(const QString &reason)
{
    const bool couldNotTell = reason == "wamp.error.authorization_failed"_L1 || reason == "wamp.error.canceled"_L1;
    return couldNotTell || speaksOfTrouble(reason) ? SocketWord::Unclear : SocketWord::Refused;
}

} // namespace

bool isWampHello(const QJsonValue &message)
{
    const QJsonArray list = message.toArray();
    return list.size() == 3 && codeOf(list) == kHello && list.at(1).isString() && list.at(2)["roles"_L1].isObject();
}

MessagePurpose purposeInWamp(const QJsonValue &message)
{
    constexpr int kSubscribeSize = 4; // [32, request, options, topic]
    const QJsonArray list = message.toArray();
    switch (codeOf(list)) {
    case kHello:
        return isWampHello(message) ? MessagePurpose::Opens : MessagePurpose::Other;
    case kAuthenticate:
        return MessagePurpose::Opens;
    case kSubscribe:
        return list.size() == kSubscribeSize && list.at(3).isString() ? MessagePurpose::Subscribes
                                                                      : MessagePurpose::Other;
    case kGoodbye:
    case kUnsubscribe:
        return MessagePurpose::Keeps;
    default:
        return MessagePurpose::Other;
    }
}

SocketWord wordInWamp(const QJsonValue &message)
{
    constexpr int kReason = 2; // [3, details, reason]
    constexpr int kUri = 4;    // [8, 32, request, details, uri]
    const QJsonArray list = message.toArray();
    switch (codeOf(list)) {
    case kAbort:
    case kGoodbye:
        return wordOfReason(list.at(kReason).toString());
    case kError:
        return list.at(1) == QJsonValue(kSubscribe) ? wordOfReason(list.at(kUri).toString()) : SocketWord::Silence;
    case kSubscribed:
        return SocketWord::Agreed;
    case kEvent:
        return SocketWord::News;
    default: // WELCOME, CHALLENGE, and what is not known
        return SocketWord::Silence;
    }
}

} // namespace cockpit
