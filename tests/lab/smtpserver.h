// aiosmtpd, a mail server of the world, started on loopback with one account and one mailbox.
#pragma once

#include "checks/engine/netoptions.h"
#include "tests/lab/certificates.h"

#include <QByteArray>
#include <QProcess>
#include <QTemporaryDir>

namespace cockpit::lab {

enum class SmtpMode { Tls, StartTls, Clear };

class SmtpServer
{
public:
    SmtpServer(SmtpMode mode, const Identity &identity, const QByteArray &user, const QByteArray &password);
    ~SmtpServer();
    Q_DISABLE_COPY_MOVE(SmtpServer)

    bool isReady() const { return m_ready; }
    SocketAddress address() const { return {QStringLiteral("127.0.0.1"), m_port}; }
    QByteArray message() const { return fileNamed(QStringLiteral("message")); } // the last one; empty: none came
    QByteArray envelope() const
    {
        return fileNamed(QStringLiteral("envelope"));
    } // "sender recipients account EHLO-name"
    QByteArray log() { return m_process.readAllStandardError(); }

private:
    QByteArray fileNamed(const QString &name) const;

    QTemporaryDir m_folder;
    quint16 m_port = 0;
    bool m_ready = false;
    QProcess m_process;
};

} // namespace cockpit::lab
