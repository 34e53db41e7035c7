#include "app/practice/mailserver.h"

#include "app/practice/names.h"

#include <QCoreApplication>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PracticeCompany)
};

constexpr qint64 kLongestCommand = 1000; // RFC 5321 section 4.5.3.1 allows 512

// Lives in the server's thread.
class MailListener : public QObject
{
public:
    explicit MailListener(Manners manners) : m_manners(std::move(manners))
    {
        connect(&m_tcp, &QTcpServer::newConnection, this, &MailListener::acceptConnections);
    }

    bool listen() { return m_tcp.listen(QHostAddress::LocalHost, 0); }
    quint16 port() const { return m_tcp.serverPort(); }

private:
    void acceptConnections()
    {
        while (QTcpSocket *socket = m_tcp.nextPendingConnection()) {
            m_manners.note(QStringLiteral("SMTP connection"));
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { readCommands(socket); });
            say(socket, "220 " + kMailHost + " ESMTP");
        }
    }

    void readCommands(QTcpSocket *socket)
    {
        while (socket->canReadLine())
            answer(socket, socket->readLine(kLongestCommand).trimmed());
        if (socket->bytesAvailable() > kLongestCommand)
            socket->abort();
    }

    void answer(QTcpSocket *socket, const QByteArray &command)
    {
        const QByteArray verb = command.split(' ').constFirst().toUpper();
        if (verb == "EHLO") {
            say(socket, "250-" + kMailHost + "\r\n250-PIPELINING\r\n250 8BITMIME");
        } else if (verb == "QUIT") {
            say(socket, "221 Bye");
            QTimer::singleShot(m_manners.delay, Qt::PreciseTimer, socket, &QTcpSocket::disconnectFromHost);
        } else {
            say(socket, "502 This server takes no mail");
        }
    }

    void say(QTcpSocket *socket, const QByteArray &reply)
    {
        QTimer::singleShot(m_manners.delay, Qt::PreciseTimer, socket,
                           [socket, line = reply + "\r\n"] { socket->write(line); });
    }

    const Manners m_manners;
    QTcpServer m_tcp{this};
};

} // namespace

Result<std::unique_ptr<MailServer>> MailServer::start(const Manners &manners)
{
    auto listener = std::make_unique<MailListener>(manners);
    if (!listener->listen()) {
        return failure(ErrorKind::Unreachable,
                       Text::tr("The practice company could not open a mail server on this computer."));
    }
    std::unique_ptr<MailServer> server(new MailServer); // the constructor is private
    server->m_address = {QStringLiteral("127.0.0.1"), listener->port()};
    MailListener *inThread = listener.release();
    inThread->moveToThread(&server->m_thread);
    QObject::connect(&server->m_thread, &QThread::finished, inThread, &QObject::deleteLater);
    server->m_thread.start();
    return server;
}

MailServer::~MailServer()
{
    m_thread.quit();
    m_thread.wait();
}

} // namespace cockpit
