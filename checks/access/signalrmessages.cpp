#include "checks/access/signalrmessages.h"

#include "checks/access/purposewords.h"
#include "checks/access/socketdialect.h"
#include "checks/access/wordsofanswers.h"
#include "models/access/socketmessages.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// "JSON Encoding" of the hub protocol.
constexpr int kInvocation = 1;
constexpr int kStreamItem = 2;
constexpr int kCompletion = 3;
constexpr int kStreamInvocation = 4;
constexpr int kCancelInvocation = 5;
constexpr int kPing = 6;
constexpr int kClose = 7;
constexpr int kAck = 8;
constexpr int kSequence = 9;

bool isInvocation(int type)
{
    return type == kInvocation || type == kStreamInvocation;
}

// What a stream is called that only tells.
bool namesStream(const QStringList &words)
{
    static const QStringList known{u"stream"_s, u"changes"_s, u"updates"_s, u"events"_s, u"feed"_s};
    return std::ranges::any_of(words, [](const QString &one) { return known.contains(one); });
}

MessagePurpose purposeOfInvocation(const QJsonValue &message, int type)
{
    const QStringList words = wordsOfPurpose(message["target"_L1].toString());
    const bool sendsStreams = !message["streamIds"_L1].toArray().isEmpty();
    if (sendsStreams || asksForMore(message["arguments"_L1]))
        return MessagePurpose::Other;
    const MessagePurpose said = purposeOfWords(words);
    if (type == kStreamInvocation && said == MessagePurpose::Other && namesStream(words) && !mayLast(words))
        return MessagePurpose::Subscribes;
    // The end of a subscription is lost like any other: nothing depends on it.
    return said;
}

// A server keeps the reason of an exception to itself unless it was made to be told (HubException), so that the product
// may have refused, or failed.
bool keepsReason(const QString &error)
{
    static const QRegularExpression withheld(u"^An unexpected error occurred invoking '[^']*' on the server\\.$"_s);
    return withheld.match(error).hasMatch() || error == "Connection closed with an error."_L1;
}

SocketWord wordOfError(const QString &error)
{
    return keepsReason(error) || speaksOfTrouble(error) ? SocketWord::Unclear : SocketWord::Refused;
}

SocketWord wordOfCompletion(const QJsonValue &message, HubCall call)
{
    if (message["error"_L1].isString())
        return wordOfError(message["error"_L1].toString());
    if (call == HubCall::Stream)
        return SocketWord::Silence;
    const QJsonValue result = message["result"_L1];
    const bool isDenied = result == QJsonValue(false) || (result.isObject() && saysError(result));
    return isDenied ? SocketWord::Refused : SocketWord::Agreed;
}

// An orderly end refuses; a server that asks to come back, or says what went wrong, is in trouble.
SocketWord wordOfClose(const QJsonValue &message)
{
    if (message["allowReconnect"_L1].toBool())
        return SocketWord::Unclear;
    return message["error"_L1].isString() ? wordOfError(message["error"_L1].toString()) : SocketWord::Refused;
}

SocketWord wordOfRecord(const QJsonObject &record, HubCall call)
{
    const QJsonValue message(record);
    if (!message["type"_L1].isDouble()) // the answer to the handshake
        return message["error"_L1].isString() ? wordOfError(message["error"_L1].toString()) : SocketWord::Silence;
    switch (message["type"_L1].toInt()) {
    case kInvocation:
        return wordOfEvent(message["target"_L1].toString());
    case kStreamItem:
        return SocketWord::News;
    case kCompletion:
        return wordOfCompletion(message, call);
    case kClose:
        return wordOfClose(message);
    default: // signs of life, and what is not known
        return SocketWord::Silence;
    }
}

int strengthOf(SocketWord word)
{
    switch (word) {
    case SocketWord::Silence:
        return 0;
    case SocketWord::News:
        return 1;
    case SocketWord::Agreed:
        return 2;
    case SocketWord::Unclear:
        return 3;
    case SocketWord::Refused:
        return 4;
    }
    Q_UNREACHABLE();
}

} // namespace

bool isSignalRHandshake(const QJsonValue &message)
{
    const QJsonObject object = message.toObject();
    return object.size() == 2 && object["protocol"_L1] == "json"_L1 && object["version"_L1].isDouble();
}

MessagePurpose purposeInSignalR(const QJsonValue &message)
{
    if (isSignalRHandshake(message))
        return MessagePurpose::Opens;
    const int type = message["type"_L1].toInt();
    if (isInvocation(type))
        return purposeOfInvocation(message, type);
    const bool keeps =
        type == kCancelInvocation || type == kPing || type == kClose || type == kAck || type == kSequence;
    return keeps ? MessagePurpose::Keeps : MessagePurpose::Other;
}

QJsonValue answeredInSignalR(const QJsonValue &message)
{
    QJsonObject object = message.toObject();
    if (isInvocation(message["type"_L1].toInt()) && !object.contains("invocationId"_L1))
        object.insert("invocationId"_L1, u"lc-"_s + message["target"_L1].toString().left(40));
    return object;
}

HubCall hubCallOf(const QJsonValue &message)
{
    return message["type"_L1].toInt() == kStreamInvocation ? HubCall::Stream : HubCall::Once;
}

SocketWord wordInSignalR(const QByteArray &message, HubCall call)
{
    SocketWord strongest = SocketWord::Silence;
    for (const QByteArray &record : message.split(kSignalRSeparator)) {
        const QJsonDocument document = QJsonDocument::fromJson(record);
        const SocketWord word = document.isObject() ? wordOfRecord(document.object(), call) : SocketWord::Silence;
        if (strengthOf(word) > strengthOf(strongest))
            strongest = word;
    }
    return strongest;
}

} // namespace cockpit
