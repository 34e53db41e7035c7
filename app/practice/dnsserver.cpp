#include "app/practice/dnsserver.h"

#include <QCoreApplication>
#include <QNetworkDatagram>
#include <QTcpServer>
#include <QTcpSocket>
#include <QtEndian>
#include <QTimer>
#include <QUdpSocket>

#include <utility>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PracticeCompany)
};

constexpr int kPortAttempts = 20; // a port that is free for UDP may be taken for TCP
constexpr int kLengthPrefix = 2;  // RFC 1035 section 4.2.2

// Lives in the server's thread.
class DnsListener : public QObject
{
public:
    DnsListener(Zone zone, std::chrono::milliseconds delay) : m_zone(std::move(zone)), m_delay(delay)
    {
        connect(&m_udp, &QUdpSocket::readyRead, this, &DnsListener::readDatagrams);
        connect(&m_tcp, &QTcpServer::newConnection, this, &DnsListener::acceptConnections);
    }

    bool listen()
    {
        for (int attempt = 0; attempt < kPortAttempts; ++attempt) {
            if (!m_udp.bind(QHostAddress::LocalHost, 0))
                return false;
            if (m_tcp.listen(QHostAddress::LocalHost, m_udp.localPort()))
                return true;
            m_udp.close();
        }
        return false;
    }

    quint16 port() const { return m_udp.localPort(); }

private:
    void readDatagrams()
    {
        while (m_udp.hasPendingDatagrams()) {
            const QNetworkDatagram datagram = m_udp.receiveDatagram();
            const QByteArray reply = m_zone.answer(datagram.data(), DnsTransport::Udp);
            if (reply.isEmpty())
                continue;
            QTimer::singleShot(m_delay, Qt::PreciseTimer, this,
                               [this, back = datagram.makeReply(reply)] { m_udp.writeDatagram(back); });
        }
    }

    void acceptConnections()
    {
        while (QTcpSocket *socket = m_tcp.nextPendingConnection()) {
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { readStream(socket); });
        }
    }

    void readStream(QTcpSocket *socket)
    {
        while (socket->bytesAvailable() >= kLengthPrefix) {
            const auto size = qFromBigEndian<quint16>(socket->peek(kLengthPrefix).constData());
            if (socket->bytesAvailable() < kLengthPrefix + size)
                return;
            socket->skip(kLengthPrefix);
            const QByteArray reply = m_zone.answer(socket->read(size), DnsTransport::Tcp);
            QByteArray prefix(kLengthPrefix, '\0');
            qToBigEndian(static_cast<quint16>(reply.size()), prefix.data());
            QTimer::singleShot(m_delay, Qt::PreciseTimer, socket,
                               [socket, framed = prefix + reply] { socket->write(framed); });
        }
    }

    const Zone m_zone;
    const std::chrono::milliseconds m_delay;
    QUdpSocket m_udp{this};
    QTcpServer m_tcp{this};
};

} // namespace

Result<std::unique_ptr<DnsServer>> DnsServer::start(Zone zone, std::chrono::milliseconds delay)
{
    auto listener = std::make_unique<DnsListener>(std::move(zone), delay);
    if (!listener->listen()) {
        return failure(ErrorKind::Unreachable,
                       Text::tr("The practice company could not open a name server on this computer."));
    }
    std::unique_ptr<DnsServer> server(new DnsServer); // the constructor is private
    server->m_address = {QStringLiteral("127.0.0.1"), listener->port()};
    DnsListener *inThread = listener.release();
    inThread->moveToThread(&server->m_thread);
    QObject::connect(&server->m_thread, &QThread::finished, inThread, &QObject::deleteLater);
    server->m_thread.start();
    return server;
}

DnsServer::~DnsServer()
{
    m_thread.quit();
    m_thread.wait();
}

} // namespace cockpit
