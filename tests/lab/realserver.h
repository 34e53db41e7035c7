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

// Writes a configuration or what a server serves; a failure ends the test program.
void writeFile(const QString &path, const QByteArray &bytes);
// True as soon as somebody listens there; false when the server has ended or takes too long.
bool waitUntilOpen(QProcess &process, quint16 port);
// Asks the server to end, and makes it.
void endServer(QProcess &process);

struct NginxFile
{
    QString path; // below the root, with its folders: "assets/app.js"
    QByteArray bytes;
};

// A virtual host of nginx: what stands inside its server block. Its certificate is made for its name.
struct NginxHost
{
    QString name;
    QByteArray inside;
    QByteArray indexHtml;
    std::vector<NginxFile> files = {}; // beside index.html
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
    QByteArray log() const;

private:
    QByteArray blockFor(const NginxHost &host, const Identity &issuer) const;

    QTemporaryDir m_folder;
    quint16 m_httpsPort = 0;
    quint16 m_httpPort = 0;
    bool m_ready = false;
    QProcess m_process;
};

} // namespace cockpit::lab
