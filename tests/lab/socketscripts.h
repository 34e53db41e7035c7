// The server's end of a WebSocket, for scripts of the hostile server: honest in the handshake, whatever comes after.
#pragma once

#include "checks/net/websockethandshake.h"
#include "tests/lab/hostileserver.h"

#include <functional>

namespace cockpit::lab {

// A frame as servers send it, with its first byte as it stands; for payloads of less than 64 KB.
inline QByteArray serverFrame(quint8 first, const QByteArray &payload)
{
    QByteArray bytes(1, static_cast<char>(first));
    if (payload.size() < 126) {
        bytes += static_cast<char>(payload.size());
    } else {
        bytes += '\x7e';
        bytes += static_cast<char>(payload.size() >> 8);
        bytes += static_cast<char>(payload.size() & 0xff);
    }
    return bytes + payload;
}

inline QByteArray serverText(const QByteArray &text)
{
    return serverFrame(0x81, text);
}

// The answer that switches to what this request asks for.
inline QByteArray switchingTo(const QByteArray &request)
{
    const QByteArray mark = "sec-websocket-key:";
    const qsizetype at = request.toLower().indexOf(mark) + mark.size();
    const QByteArray key = request.mid(at, request.indexOf('\r', at) - at).trimmed();
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
           webSocketAcceptFor(key) + "\r\n\r\n";
}

// One frame of a client, unmasked; empty when it left. Frames of less than 64 KB.
struct ClientFrame
{
    quint8 first = 0;
    bool isMasked = false;
    QByteArray payload = {};
};

class FramesOf
{
public:
    explicit FramesOf(Connection &connection) : m_connection(connection) {}

    std::optional<ClientFrame> next()
    {
        if (!has(2))
            return std::nullopt;
        ClientFrame frame{.first = static_cast<quint8>(m_unread[0]),
                          .isMasked = (static_cast<quint8>(m_unread[1]) & 0x80U) != 0};
        qsizetype size = static_cast<quint8>(m_unread[1]) & 0x7fU;
        qsizetype head = 2;
        if (size == 126) {
            if (!has(4))
                return std::nullopt;
            size = static_cast<quint8>(m_unread[2]) * 256 + static_cast<quint8>(m_unread[3]);
            head = 4;
        }
        if (!has(head + 4 + size))
            return std::nullopt;
        frame.payload = m_unread.sliced(head + 4, size);
        for (qsizetype i = 0; i < size; ++i)
            frame.payload[i] = static_cast<char>(frame.payload[i] ^ m_unread[head + i % 4]);
        m_unread.remove(0, head + 4 + size);
        return frame;
    }

private:
    bool has(qsizetype size)
    {
        while (m_unread.size() < size) {
            const QByteArray more = m_connection.readSome();
            if (more.isEmpty())
                return false;
            m_unread += more;
        }
        return true;
    }

    Connection &m_connection;
    QByteArray m_unread;
};

// Switches, and goes on.
inline Script switching(std::function<void(Connection &, FramesOf &)> next)
{
    return [next = std::move(next)](Connection &connection) {
        connection.write(switchingTo(connection.readRequest()));
        FramesOf frames(connection);
        next(connection, frames);
    };
}

} // namespace cockpit::lab
