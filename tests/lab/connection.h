// The server's end of one connection, for scripts: blocking calls that end when the server is stopped.
#pragma once

#include "tests/lab/certificates.h"

#include <QByteArray>

#include <atomic>
#include <chrono>

namespace cockpit::lab {

struct TlsSetup
{
    std::vector<Identity> chain; // sent in this order; the first one's key is used
    int minVersion = TLS1_2_VERSION;
    int maxVersion = TLS1_3_VERSION;
    QByteArray staple = {};     // sent along when a client asks for it
    Identity forStrangers = {}; // shown to who does not ask for `name`; none: everybody gets the chain
    QByteArray name = {};
    bool demandsCertificate = false;   // of the client: without one there is no connection
    bool breaksAfterAsking = false;    // for such a certificate, which it does not demand
    bool forgetsRenegotiation = false; // as a server from before RFC 5746
};

class Connection
{
public:
    Connection(int socket, const std::atomic_bool &stopped);
    Q_DISABLE_COPY_MOVE(Connection)
    ~Connection();

    // False when the handshake fails. Afterwards reads and writes are encrypted.
    bool startTls(const TlsSetup &setup);
    // Up to the empty line; empty when the peer closed or the server was stopped.
    QByteArray readRequest();
    // With its line end; empty when the peer closed or the server was stopped.
    QByteArray readLine();
    // At least one byte; empty when there is none to come.
    QByteArray readSome();
    bool write(const QByteArray &bytes);
    // False when stopped meanwhile.
    bool pause(std::chrono::milliseconds duration);
    // Says nothing until the peer gives up or the server is stopped.
    void hang();

private:
    QByteArray readMore(); // from the socket
    QByteArray readUntil(const char *mark);
    bool waitFor(short events);
    bool waitForTls(int result);

    const int m_socket;
    const std::atomic_bool &m_stopped;
    SslContextPtr m_context;
    SslPtr m_tls;
    QByteArray m_unread;
};

} // namespace cockpit::lab
