// nginx with a TLS trait per host: each on a port of its own, because versions and ciphers belong to a port.
#pragma once

#include "tests/lab/realserver.h"

#include <map>

namespace cockpit::lab {

struct TlsHost
{
    QString name;
    std::vector<Identity> chain; // sent in this order
    QByteArray directives = {};  // inside its server block; $FILE(word) stands for files[word]
    std::map<QByteArray, QByteArray> files = {};
};

class TlsNginx
{
public:
    explicit TlsNginx(const std::vector<TlsHost> &hosts);
    ~TlsNginx();
    Q_DISABLE_COPY_MOVE(TlsNginx)

    bool isReady() const { return m_ready; }
    quint16 portOf(const QString &name) const { return m_ports.at(name); }
    QByteArray log() { return m_process.readAllStandardError(); }

private:
    QByteArray blockFor(const TlsHost &host);

    QTemporaryDir m_folder;
    std::map<QString, quint16> m_ports;
    bool m_ready = false;
    QProcess m_process;
};

} // namespace cockpit::lab
