// The WebSockets of the practice products (RFC 6455): one message to whoever opens it, or subscriptions for as long as
// the visitor stays. As much of the protocol as a friendly client needs: short text messages in one frame.
#pragma once

#include "app/practice/webpage.h"

#include <QJsonObject>

#include <functional>
#include <optional>

namespace cockpit::shop {

// 400 where the request does not ask for a WebSocket. The connection ends after the message.
PageReply socketReply(const PageRequest &request, const QByteArray &message);

// The server's end of one connection. Blocking.
class SocketTalk
{
public:
    explicit SocketTalk(Talk &talk) : m_talk(talk) {}

    // The next text; empty when none came in that time.
    std::optional<QByteArray> hear(std::chrono::milliseconds atMost);
    void say(const QByteArray &text);
    // False once the visitor has left or said what nobody understands, and when the server ends.
    bool isOpen() const { return !m_hasLeft && m_talk.isOpen(); }

private:
    std::optional<QByteArray> next();

    Talk &m_talk;
    QByteArray m_unread;
    bool m_hasLeft = false;
};
// 400 as above. The talk is in the connection's thread, without any lock.
PageReply talkReply(const PageRequest &request, const std::function<void(SocketTalk &)> &talk);

// The record that a subscription is about, as it is now; empty when there is none that this visitor may have.
using Watched = std::function<QJsonObject(const QJsonObject &wanted)>;
// {"type":"subscribe", …} is answered with {"type":"subscribed"} or {"type":"error"}; whenever the record of a
// subscription is another than before, {"type":"changed","record":…} follows. Ends when the visitor leaves, with the
// server, or after a while.
PageReply subscriptionReply(const PageRequest &request, const Watched &watched);

// The Origin is that of the host itself, or none was sent: not a browser.
bool isOwnOrigin(const PageRequest &request);

} // namespace cockpit::shop
