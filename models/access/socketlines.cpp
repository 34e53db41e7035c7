#include "models/access/socketlines.h"

#include "models/access/stompframe.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr char kRecordSeparator = '\x1e';

QStringList unwrapped(const QString &message)
{
    const QJsonDocument document = QJsonDocument::fromJson(message.toUtf8());
    const QJsonArray list = document.array();
    const bool areTexts = std::ranges::all_of(list, [](const QJsonValue &one) { return one.isString(); });
    if (!document.isArray() || !areTexts)
        return {message};
    QStringList messages;
    for (const QJsonValue one : list)
        messages.append(one.toString());
    return messages;
}

bool isOfClient(const StompFrame &frame)
{
    static const QByteArrayList commands{"CONNECT", "STOMP", "SEND", "SUBSCRIBE", "UNSUBSCRIBE", "BEGIN",
                                         "COMMIT",  "ABORT", "ACK",  "NACK",      "DISCONNECT"};
    return commands.contains(frame.command);
}

// None where it is no STOMP. Some browsers leave the NUL at the end out.
std::vector<StompFrame> framesOf(const QByteArray &text)
{
    auto frames = stompFramesIn(text);
    if (!frames)
        frames = stompFramesIn(text + '\0');
    return frames && std::ranges::all_of(*frames, isOfClient) ? std::move(*frames) : std::vector<StompFrame>();
}

} // namespace

QByteArrayList linesOfSocket(const QString &message, SocketWrap wrap)
{
    QByteArrayList lines;
    for (const QString &one : wrap == SocketWrap::SockJs ? unwrapped(message) : QStringList{message}) {
        const QByteArray text = one.toUtf8();
        if (const auto frames = framesOf(text); !frames.empty()) {
            for (const StompFrame &frame : frames)
                lines.append(QJsonDocument(stompJson(frame)).toJson(QJsonDocument::Compact));
            continue;
        }
        for (const QByteArray &record : text.split(kRecordSeparator)) {
            if (const QByteArray line = record.simplified(); !line.isEmpty())
                lines.append(line);
        }
    }
    return lines;
}

} // namespace cockpit
