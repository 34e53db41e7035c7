#include "checks/access/sockethandshake.h"
#include "tests/checks/web/pages.h"

#include <QTest>

#include <algorithm>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestSocketHandshake : public QObject
{
    Q_OBJECT

private slots:
    void readsHandshakes_data();
    void readsHandshakes();
    void readsEnds_data();
    void readsEnds();
};

// Whether it opened, which decides how far a cookie alone gets, too.
void TestSocketHandshake::readsHandshakes_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, int status, const QString &expected, const QByteArray &head = {}) {
        QTest::newRow(name) << status << head << expected;
    };
    row("switched", 101, u"yes"_s,
        "Upgrade: websocket\nConnection: Upgrade\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    row("switched to something else", 101, u"unclear"_s, "Upgrade: h2c\nConnection: Upgrade");
    row("to the login", 302, u"no"_s);
    row("401", 401, u"no"_s);
    row("403", 403, u"no"_s);
    row("404", 404, u"no"_s);
    row("too slow", 408, u"unclear"_s);
    row("too many", 429, u"unclear"_s);
    row("500", 500, u"unclear"_s);
    row("503", 503, u"unclear"_s);
    row("a page instead", 200, u"unclear"_s);
    row("a test for robots", 403, u"unclear"_s, "cf-mitigated: challenge");
}

void TestSocketHandshake::readsHandshakes()
{
    QFETCH(int, status);
    QFETCH(QByteArray, head);
    ActiveRequest request = handshakeRequest({}, QUrl(u"https://app.example.com/ws"_s), "https://app.example.com");
    std::ranges::find(request.headers, QByteArray("Sec-WebSocket-Key"), &Header::name)->value =
        "dGhlIHNhbXBsZSBub25jZQ=="; // RFC 6455 section 1.3
    const HttpResponse got = answer(status, head);
    const auto opens = hasOpened(request, got);
    QTEST(opens ? (*opens ? u"yes"_s : u"no"_s) : u"unclear"_s, "expected");
    QCOMPARE(isRefusedHandshake(got), opens == false);
}

void TestSocketHandshake::readsEnds_data()
{
    QTest::addColumn<int>("code"); // 0: cut off
    QTest::addColumn<bool>("isRefusal");
    const auto row = [](const char *name, int code, bool isRefusal) { QTest::newRow(name) << code << isRefusal; };
    row("cut off", 0, false);
    row("normal", 1000, true);
    row("going away", 1001, false);
    row("protocol error", 1002, false);
    row("without a code", 1005, true);
    row("policy violation", 1008, true);
    row("internal error", 1011, false);
    row("restart", 1012, false);
    row("try again", 1013, false);
    row("bad gateway", 1014, false);
    row("unauthorized (IANA)", 3000, true);
    row("of Pusher, not authorized", 4009, true);
    row("of Pusher, over capacity", 4100, false);
    row("of Pusher, try again", 4200, false);
    row("of GraphQL, unauthorized", 4401, true);
    row("of GraphQL, forbidden", 4403, true);
    row("of GraphQL, too slow", 4408, false);
    row("too many", 4429, false);
    row("of GraphQL, server error", 4500, false);
    row("of the product", 4999, true);
}

void TestSocketHandshake::readsEnds()
{
    QFETCH(int, code);
    QFETCH(bool, isRefusal);
    const auto said = code == 0 ? std::optional<quint16>() : std::optional(static_cast<quint16>(code));
    QCOMPARE(wordOfEnd(said), isRefusal ? SocketWord::Refused : SocketWord::Unclear);
}

QTEST_GUILESS_MAIN(TestSocketHandshake)
#include "tst_sockethandshake.moc"
