// knot, an authoritative name server of the world, started on loopback with zones of the test's own.
#pragma once

#include "checks/engine/netoptions.h"

#include <QByteArray>
#include <QProcess>
#include <QTemporaryDir>

#include <optional>
#include <vector>

namespace cockpit::lab {

struct KnotZone
{
    QString name; // "example.com", or "." for the root
    // In the master format of RFC 1035 section 5. Without one the zone is configured and cannot be loaded: knot answers
    // SERVFAIL for its names, as a broken secondary does.
    std::optional<QByteArray> file;
};

class KnotServer
{
public:
    explicit KnotServer(const std::vector<KnotZone> &zones);
    KnotServer(const QString &zoneName, const QByteArray &zoneFile)
        : KnotServer(std::vector<KnotZone>{{zoneName, zoneFile}})
    {
    }
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

} // namespace cockpit::lab
