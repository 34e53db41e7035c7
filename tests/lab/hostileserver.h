// A real server on loopback that does what its script says, also what no honest server would do. Port 0; a thread for
// each connection; the destructor stops and joins them all.
#pragma once

#include "tests/lab/connection.h"

#include <QString>
#include <QUrl>

#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <thread>

namespace cockpit::lab {

using Script = std::function<void(Connection &)>;

class HostileServer
{
public:
    // With a TLS set-up the script starts after the handshake.
    explicit HostileServer(Script script, std::optional<TlsSetup> tls = std::nullopt,
                           const QString &bindTo = QStringLiteral("127.0.0.1"));
    Q_DISABLE_COPY_MOVE(HostileServer)
    ~HostileServer();

    quint16 port() const { return m_port; } // 0 when the address cannot be bound to
    // "http://127.0.0.1:PORT/path"; https with a TLS set-up.
    QUrl url(const QString &path = QStringLiteral("/")) const;
    int connections() const { return m_connections; }

private:
    void listenOn(const QString &address);
    void acceptUntilStopped();
    void serve(int socket);

    const Script m_script;
    const std::optional<TlsSetup> m_tls;
    const QString m_bindTo;
    quint16 m_port = 0;
    int m_listener = -1;
    std::atomic_bool m_stopped = false;
    std::atomic_int m_connections = 0;
    std::list<std::thread> m_served; // touched by the accepting thread, then by the destructor
    std::thread m_accepting;
};

// A port on loopback where nothing listens.
quint16 unusedPort();

// A complete answer with a Content-Length. Header lines without line end.
QByteArray httpAnswer(int status, const QByteArrayList &headerLines, const QByteArray &body);
// Answers each request on the connection (keep-alive) with what the function makes of the request line and headers.
Script answering(std::function<QByteArray(const QByteArray &request)> answer);
// One answer for all.
Script answering(const QByteArray &answer);

} // namespace cockpit::lab
