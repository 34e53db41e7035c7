#include "checks/engine/observations.h"
#include "checks/net/httpclient.h"
#include "tests/lab/shoplab.h"

#include <QSslSocket>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

// The products with TLS, through the ordinary client; and bodies that arrive slowly.
class TestShopLab : public QObject
{
    Q_OBJECT

private slots:
    void answersTheOrdinaryClient();
    void givesUpOnSlowBodies_data();
    void givesUpOnSlowBodies();
};

void TestShopLab::answersTheOrdinaryClient()
{
    ShopLab shop;
    DeskLab desk;
    BackendLab backend;
    QVERIFY2(shop.isReady() && desk.isReady() && backend.isReady(), qPrintable(shop.problem()));
    const NetOptions options = backend.netOptions(desk.netOptions(shop.netOptions()));
    Observations seen(shop.netOptions(), CancelToken(), Deadline::in(std::chrono::minutes(1)), nullptr);
    const auto health = seen.ask(HttpGet{.url = shop.url("/api/health")});
    QVERIFY2(*health, *health ? "" : qPrintable(health->error().message));
    QCOMPARE((*health)->status, 200);
    QCOMPARE((*health)->trust, CertificateTrust::Trusted);
    const auto refused = seen.ask(HttpGet{.url = shop.url("/api/customers")});
    QVERIFY(*refused);
    QCOMPARE((*refused)->status, 401);
    QCOMPARE(shop.shop().journal().count(), 2);
    QCOMPARE(options.connects.size(), 5U);
}

void TestShopLab::givesUpOnSlowBodies_data()
{
    QTest::addColumn<bool>("isFaulty");
    QTest::newRow("clean") << false;
    QTest::newRow("ties up a worker") << true;
}

void TestShopLab::givesUpOnSlowBodies()
{
    QFETCH(bool, isFaulty);
    ShopLab lab({.faults = isFaulty ? FaultSet<ShopFault>{ShopFault::SlowBodyTiesUp} : FaultSet<ShopFault>()});
    QVERIFY(lab.isReady());
    const SocketAddress address = lab.netOptions().connects.front().to;
    QSslSocket socket;
    socket.setPeerVerifyMode(QSslSocket::VerifyNone);
    socket.connectToHostEncrypted(address.ip, address.port);
    QVERIFY(socket.waitForEncrypted());
    socket.write("POST /api/login HTTP/1.1\r\nHost: api.harbor-ledger.example\r\nContent-Type: application/json\r\n"
                 "Content-Length: 100\r\n\r\n{");
    // The clean server waits for five seconds.
    const bool isEnded = QTest::qWaitFor(
        [&] { return socket.bytesAvailable() > 0 || socket.state() == QAbstractSocket::UnconnectedState; }, 8000);
    QCOMPARE(isEnded, !isFaulty);
}

QTEST_GUILESS_MAIN(TestShopLab)
#include "tst_shoplab.moc"
