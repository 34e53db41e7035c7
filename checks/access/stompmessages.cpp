#include "checks/access/stompmessages.h"

#include "checks/access/socketdialect.h"
#include "models/access/stompframe.h"

#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// Each message of a queue goes to one of its readers alone (RabbitMQ and ActiveMQ: "/queue/…"; "/amq/queue/…"). Those
// of Spring under "/user/queue/" are each reader's own. A name with "::" says the very queue, whatever its address is
// (Artemis, "Fully Qualified Queue Names"): the messages are those of whoever reads it for the product.
bool takesFromQueue(const QString &destination)
{
    static const QRegularExpression queue(u"^/?(?:amq/|jms\\.)?(?:temp-|reply-)?queue[/:.]|^anycast:|::"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    return queue.match(destination).hasMatch();
}

// Artemis (STOMP manual, "Subscribing"): a subscription says itself that it reads a queue, whatever its address is
// called.
bool readsAnycast(const QJsonObject &headers)
{
    return headers["subscription-type"_L1].toString().trimmed().compare("anycast"_L1, Qt::CaseInsensitive) == 0;
}

// By the names that RabbitMQ, ActiveMQ and Artemis give it: the broker keeps the subscription when its reader leaves.
bool staysBehind(const QJsonObject &headers)
{
    static const QRegularExpression lasting(u"durable|persistent|subscription-?name|x-queue-name|auto-?delete"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    const QStringList names = headers.keys();
    return std::ranges::any_of(names, [](const QString &name) { return lasting.match(name).hasMatch(); });
}

SocketWord wordOfFrame(const StompFrame &frame)
{
    if (frame.command == "RECEIPT")
        return SocketWord::Agreed;
    if (frame.command == "MESSAGE")
        return SocketWord::News;
    if (frame.command != "ERROR")
        return SocketWord::Silence;
    const QString words = frame.headers["message"_L1].toString() + u' ' + QString::fromUtf8(frame.body.left(500));
    return speaksOfTrouble(words) ? SocketWord::Unclear : SocketWord::Refused;
}

} // namespace

bool isStomp(const QJsonValue &message)
{
    return stompFrameOf(message.toObject()).has_value();
}

MessagePurpose purposeInStomp(const QJsonValue &message)
{
    const auto frame = stompFrameOf(message.toObject());
    if (!frame)
        return MessagePurpose::Other;
    if (frame->command == "CONNECT" || frame->command == "STOMP")
        return MessagePurpose::Opens;
    if (frame->command == "UNSUBSCRIBE" || frame->command == "DISCONNECT")
        return MessagePurpose::Keeps;
    const bool asksToBeTold = frame->command == "SUBSCRIBE" &&
                              !takesFromQueue(frame->headers["destination"_L1].toString()) &&
                              !readsAnycast(frame->headers) && !staysBehind(frame->headers);
    return asksToBeTold ? MessagePurpose::Subscribes : MessagePurpose::Other;
}

QJsonValue answeredInStomp(const QJsonValue &message)
{
    auto frame = stompFrameOf(message.toObject());
    if (!frame)
        return message;
    if (frame->command == "SUBSCRIBE" && !frame->headers.contains("receipt"_L1))
        frame->headers.insert("receipt"_L1, u"lc-"_s + frame->headers.value("id"_L1).toString());
    if (frame->headers.contains("heart-beat"_L1))
        frame->headers.insert("heart-beat"_L1, u"0,0"_s);
    return stompJson(*frame);
}

SocketWord wordInStomp(const QByteArray &message)
{
    SocketWord said = SocketWord::Silence;
    for (const StompFrame &frame : stompFramesIn(message).value_or(std::vector<StompFrame>())) {
        const SocketWord word = wordOfFrame(frame);
        if (word == SocketWord::Silence)
            continue;
        said = word;
        if (word != SocketWord::News)
            break;
    }
    return said;
}

} // namespace cockpit
