#include "app/practice/dnsserver.h"

#include <QCoreApplication>
#include <QNetworkDatagram>
#include <QTcpServer>
#include <QTcpSocket>
#include <QtEndian>
#include <QTimer>
#include <QUdpSocket>

#include <cstdlib>
#include <utility>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PracticeCompany)
};

constexpr int kPortAttempts = 20; // a port that is free for UDP may be taken for TCP
constexpr int kLengthPrefix = 2;  // RFC 1035 section 4.2.2

// "example.com. IN A, recursive"
QString questionIn(const QByteArray &query)
{
    ldns_pkt *parsed = nullptr;
    if (ldns_wire2pkt(&parsed, reinterpret_cast<const uint8_t *>(query.constData()),
                      static_cast<size_t>(query.size())) != LDNS_STATUS_OK)
        return u"(damaged)"_s;
    const std::unique_ptr<ldns_pkt, decltype(&ldns_pkt_free)> packet(parsed, ldns_pkt_free);
    const std::unique_ptr<char, decltype(&std::free)> text(ldns_rr_list2str(ldns_pkt_question(parsed)), std::free);
    return QString::fromLatin1(text.get()).simplified() + (ldns_pkt_rd(parsed) ? ", recursive"_L1 : ""_L1) +
           (ldns_pkt_edns_do(parsed) ? ", with signatures"_L1 : ""_L1) +
           (ldns_pkt_cd(parsed) ? ", unchecked"_L1 : ""_L1);
}

// Lives in the server's thread.
class DnsListener : public QObject
{
public:
    DnsListener(Zone zone, Manners manners) : m_zone(std::move(zone)), m_manners(std::move(manners))
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
    void note(const QByteArray &query, QLatin1StringView transport) const
    {
        if (m_manners.heard)
            m_manners.note(u"DNS %1 at port %2 over %3"_s.arg(questionIn(query), QString::number(port()), transport));
    }

    void readDatagrams()
    {
        while (m_udp.hasPendingDatagrams()) {
            const QNetworkDatagram datagram = m_udp.receiveDatagram();
            note(datagram.data(), "UDP"_L1);
            const QByteArray reply = m_zone.answer(datagram.data(), DnsTransport::Udp);
            if (reply.isEmpty())
                continue;
            QTimer::singleShot(m_manners.delay, Qt::PreciseTimer, this,
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
            const QByteArray query = socket->read(size);
            note(query, "TCP"_L1);
            const QByteArray reply = m_zone.answer(query, DnsTransport::Tcp);
            QByteArray prefix(kLengthPrefix, '\0');
            qToBigEndian(static_cast<quint16>(reply.size()), prefix.data());
            QTimer::singleShot(m_manners.delay, Qt::PreciseTimer, socket,
                               [socket, framed = prefix + reply] { socket->write(framed); });
        }
    }

    const Zone m_zone;
    const Manners m_manners;
    QUdpSocket m_udp{this};
    QTcpServer m_tcp{this};
};

} // namespace

Result<std::unique_ptr<DnsServer>> DnsServer::start(Zone zone, const Manners &manners)
{
    auto listener = std::make_unique<DnsListener>(std::move(zone), manners);
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
