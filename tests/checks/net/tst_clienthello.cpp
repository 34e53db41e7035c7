#include "checks/net/clienthello.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

QByteArray record(int type, const QByteArray &body)
{
    QByteArray bytes(3, '\0');
    bytes[0] = static_cast<char>(type);
    bytes[1] = 3;
    bytes[2] = 3;
    return bytes + static_cast<char>(body.size() >> 8) + static_cast<char>(body.size() & 0xff) + body;
}

QByteArray serverHello(const QByteArray &version, const QByteArray &extensions = {})
{
    QByteArray body = version + QByteArray(32, 'r') + '\0' + QByteArray::fromHex("c02f") + '\0';
    if (!extensions.isEmpty())
        body += QByteArray(1, '\0') + static_cast<char>(extensions.size()) + extensions;
    return record(22, QByteArray::fromHex("0200") + '\0' + static_cast<char>(body.size()) + body);
}

const QByteArray kSelects13 = QByteArray::fromHex("002b00020304");
// RFC 8446 section 4.1.3
const QByteArray kRetryRandom = QByteArray::fromHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");
const QByteArray kUnknownNameWarning = QByteArray::fromHex("15030300020170");

} // namespace

class TestClientHello : public QObject
{
    Q_OBJECT

private slots:
    void offersOneVersion_data()
    {
        QTest::addColumn<TlsVersion>("version");
        QTest::addColumn<QByteArray>("recordVersion");
        QTest::addColumn<QByteArray>("helloVersion");
        QTest::addColumn<bool>("hasExtensions");
        QTest::newRow("SSL 3") << TlsVersion::Ssl3 << QByteArray("0300") << QByteArray("0300") << false;
        QTest::newRow("TLS 1.0") << TlsVersion::Tls10 << QByteArray("0301") << QByteArray("0301") << true;
        QTest::newRow("TLS 1.1") << TlsVersion::Tls11 << QByteArray("0301") << QByteArray("0302") << true;
        QTest::newRow("TLS 1.2") << TlsVersion::Tls12 << QByteArray("0301") << QByteArray("0303") << true;
        QTest::newRow("TLS 1.3") << TlsVersion::Tls13 << QByteArray("0301") << QByteArray("0303") << true;
    }
    void offersOneVersion()
    {
        QFETCH(TlsVersion, version);
        const QByteArray hello = clientHello(version, u"shop.example"_s);
        QTEST(hello.mid(1, 2).toHex(), "recordVersion");
        QTEST(hello.mid(9, 2).toHex(), "helloVersion");
        QTEST(hello.contains("shop.example"), "hasExtensions");
        QCOMPARE(hello.contains(QByteArray::fromHex("002b0003020304")), version == TlsVersion::Tls13);
    }

    void offersWhatItIsTold()
    {
        const QByteArray weak = clientHello({.version = TlsVersion::Tls10, .suites = {0x0005, 0x000a}});
        QVERIFY(weak.contains(QByteArray::fromHex("00040005000a0100"))); // four octets of suites, no compression
        const QByteArray group = clientHello({.version = TlsVersion::Tls13, .groups = {0x11ec}});
        QVERIFY(group.contains(QByteArray::fromHex("000a0004000211ec"))); // that group alone
        QVERIFY(group.contains(QByteArray::fromHex("003300020000")));     // and no share
    }

    void leavesAddressesOutOfTheName()
    {
        QVERIFY(!clientHello(TlsVersion::Tls12, u"192.0.2.1"_s).contains("192.0.2.1"));
    }

    void parsesAnswers_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<HelloAnswer>("answer");
        const auto hello = [](TlsVersion version) {
            return HelloAnswer{.kind = HelloKind::ServerHello, .version = version, .cipher = 0xc02f};
        };
        const QByteArray tls12 = serverHello(QByteArray::fromHex("0303"));
        QTest::newRow("nothing yet") << QByteArray() << HelloAnswer{};
        QTest::newRow("half a record header") << tls12.first(3) << HelloAnswer{};
        QTest::newRow("half a record") << tls12.first(20) << HelloAnswer{};
        QTest::newRow("TLS 1.2") << tls12 << hello(TlsVersion::Tls12);
        QTest::newRow("TLS 1.2 and more bytes") << tls12 + "more" << hello(TlsVersion::Tls12);
        QTest::newRow("TLS 1.0") << serverHello(QByteArray::fromHex("0301")) << hello(TlsVersion::Tls10);
        QTest::newRow("SSL 3") << serverHello(QByteArray::fromHex("0300")) << hello(TlsVersion::Ssl3);
        QTest::newRow("TLS 1.3") << serverHello(QByteArray::fromHex("0303"), kSelects13) << hello(TlsVersion::Tls13);
        HelloAnswer chosen = hello(TlsVersion::Tls13);
        chosen.group = 0x001d;
        QTest::newRow("TLS 1.3 with a share")
            << serverHello(QByteArray::fromHex("0303"), kSelects13 + QByteArray::fromHex("00330005001d0001aa"))
            << chosen;
        HelloAnswer retry = hello(TlsVersion::Tls13);
        retry.group = 0x11ec;
        retry.isRetry = true;
        QByteArray retryHello =
            serverHello(QByteArray::fromHex("0303"), QByteArray::fromHex("0033000211ec") + kSelects13);
        retryHello.replace(QByteArray(32, 'r'), kRetryRandom);
        QTest::newRow("a HelloRetryRequest that names a group") << retryHello << retry;
        QTest::newRow("TLS 1.2 with another extension")
            << serverHello(QByteArray::fromHex("0303"), QByteArray::fromHex("ff01000100")) << hello(TlsVersion::Tls12);
        QTest::newRow("fatal alert") << QByteArray::fromHex("15030100020246")
                                     << HelloAnswer{.kind = HelloKind::Alert, .alert = 70};
        QTest::newRow("close notify") << QByteArray::fromHex("15030100020100") << HelloAnswer{.kind = HelloKind::Alert};
        QTest::newRow("a warning, then nothing yet") << kUnknownNameWarning << HelloAnswer{};
        QTest::newRow("a warning, then a hello") << kUnknownNameWarning + tls12 << hello(TlsVersion::Tls12);
    }
    void parsesAnswers()
    {
        QFETCH(QByteArray, bytes);
        const auto answer = parseHelloAnswer(bytes);
        QVERIFY(answer);
        QTEST(*answer, "answer");
    }

    void refusesWhatIsNotTls_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("HTTP") << QByteArray("HTTP/1.1 400 Bad Request\r\n");
        QTest::newRow("one byte of another protocol") << QByteArray("2");
        QTest::newRow("application data") << record(23, "hello");
        QTest::newRow("wrong version byte") << QByteArray::fromHex("1604030002");
        QTest::newRow("a record longer than allowed") << QByteArray::fromHex("160303ffff");
        QTest::newRow("empty alert") << record(21, {});
        QTest::newRow("empty handshake") << record(22, {});
        QTest::newRow("another handshake message") << record(22, QByteArray::fromHex("0b000000"));
        QTest::newRow("a message longer than its record") << record(22, QByteArray::fromHex("020000ff0303"));
        QTest::newRow("cut off in the random") << record(22, QByteArray::fromHex("020000030303aa"));
        QTest::newRow("unknown version") << serverHello(QByteArray::fromHex("0309"));
        QTest::newRow("extensions longer than the message")
            << record(22, QByteArray::fromHex("02000028") + QByteArray::fromHex("0303") + QByteArray(32, 'r') +
                              QByteArray::fromHex("00c02f00ffff"));
    }
    void refusesWhatIsNotTls()
    {
        QFETCH(QByteArray, bytes);
        const auto answer = parseHelloAnswer(bytes);
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::Protocol);
    }

    void neverReadsBeyondTheEnd()
    {
        const QByteArray whole = serverHello(QByteArray::fromHex("0303"), kSelects13);
        for (qsizetype cut = 0; cut < whole.size(); ++cut) {
            const auto answer = parseHelloAnswer(whole.first(cut));
            QVERIFY(answer);
            QCOMPARE(answer->kind, HelloKind::NeedMore);
        }
    }
};

QTEST_GUILESS_MAIN(TestClientHello)
#include "tst_clienthello.moc"
