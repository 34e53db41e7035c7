// Servers that the world runs, started on loopback with a configuration of their own and ended with the object.
#pragma once

#include "checks/engine/netoptions.h"
#include "tests/lab/certificates.h"

#include <QByteArray>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>
#include <vector>

namespace cockpit::lab {

// Empty when the program is not installed.
QString serverProgram(const QString &name);

// knot, authoritative for one zone. The zone file is in the master format of RFC 1035 section 5.
class KnotServer
{
public:
    KnotServer(const QString &zoneName, const QByteArray &zoneFile);
    ~KnotServer();
    Q_DISABLE_COPY_MOVE(KnotServer)

    bool isReady() const { return m_ready; }
    SocketAddress address() const { return {QStringLiteral("127.0.0.1"), m_port}; }

private:
    QTemporaryDir m_folder;
    quint16 m_port = 0;
    bool m_ready = false;
    QProcess m_process;
};

// A virtual host of nginx: what stands inside its server block. Its certificate is made for its name.
struct NginxHost
{
    QString name;
    QByteArray inside;
    QByteArray indexHtml; // the only file in its root
};

// nginx with TLS for the hosts on one port, and a redirect to it on another.
class NginxServer
{
public:
    NginxServer(const std::vector<NginxHost> &hosts, const Identity &issuer);
    ~NginxServer();
    Q_DISABLE_COPY_MOVE(NginxServer)

    bool isReady() const { return m_ready; }
    quint16 httpsPort() const { return m_httpsPort; }
    quint16 httpPort() const { return m_httpPort; }
    QByteArray log() { return m_process.readAllStandardError(); }

private:
    QByteArray blockFor(const NginxHost &host, const Identity &issuer) const;

    QTemporaryDir m_folder;
    quint16 m_httpsPort = 0;
    quint16 m_httpPort = 0;
    bool m_ready = false;
    QProcess m_process;
};

} // namespace cockpit::lab
