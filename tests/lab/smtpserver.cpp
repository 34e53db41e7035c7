#include "tests/lab/smtpserver.h"

#include "tests/lab/hostileserver.h"
#include "tests/lab/realserver.h"

#include <QFile>

namespace cockpit::lab {

using namespace Qt::StringLiterals;

namespace {

QString wordOf(SmtpMode mode)
{
    switch (mode) {
    case SmtpMode::Tls:
        return u"tls"_s;
    case SmtpMode::StartTls:
        return u"starttls"_s;
    case SmtpMode::Clear:
        return u"clear"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

SmtpServer::SmtpServer(SmtpMode mode, const Identity &identity, const QByteArray &user, const QByteArray &password)
    : m_port(unusedPort())
{
    const QString certificate = m_folder.filePath(u"certificate.pem"_s);
    const QString key = m_folder.filePath(u"key.pem"_s);
    writeFile(certificate, identity.certificatePem());
    writeFile(key, identity.keyPem());
    // The system's own Python: aiosmtpd is a Debian package, which no other Python sees.
    m_process.start(u"/usr/bin/python3"_s,
                    {u"-B"_s, QStringLiteral(SMTP_SERVER), QString::number(m_port), certificate, key, wordOf(mode),
                     QString::fromUtf8(user), QString::fromUtf8(password), m_folder.path()});
    m_ready = waitUntilOpen(m_process, m_port);
}

SmtpServer::~SmtpServer()
{
    endServer(m_process);
}

QByteArray SmtpServer::fileNamed(const QString &name) const
{
    QFile file(m_folder.filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace cockpit::lab
