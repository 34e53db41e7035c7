// Visitors of the practice company's HTTPS servers, by a clock that the test sets.
#include "app/practice/certificates.h"
#include "app/practice/tlsdoor.h"
#include "checks/actors/wire.h"
#include "tests/checks/access/shopscene.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

namespace {

const QString kHost = u"slow.harbor-ledger.example"_s;

// One door on loopback, whose clock stands still but for skip().
class Door
{
public:
    explicit Door(const PageMaker &pages)
        : m_door([this](SSL_CTX &context) { return useLeaf(context); }, pages, Manners(), [this] { return now(); })
    {
        QFile root(m_folder.filePath(u"root.pem"_s));
        m_isReady = root.open(QIODevice::WriteOnly) && root.write(m_authority.rootPem()) > 0;
        m_port = m_door.bind_to_any_port("127.0.0.1");
        m_isReady = m_isReady && m_port > 0;
        if (!m_isReady)
            return;
        m_thread = std::thread([this] { m_door.listen_after_bind(); });
        // stop() on a server whose loop has not begun would be forgotten.
        while (!m_door.is_running())
            std::this_thread::yield();
    }
    ~Door()
    {
        m_door.stop();
        if (m_thread.joinable())
            m_thread.join();
    }
    Q_DISABLE_COPY_MOVE(Door)

    bool isReady() const { return m_isReady; }
    void skip(std::chrono::milliseconds time) { m_skipped += time.count(); }
    NetOptions netOptions() const
    {
        NetOptions options;
        options.caFile = m_folder.filePath(u"root.pem"_s);
        options.connects.push_back({kHost, 443, {u"127.0.0.1"_s, static_cast<std::uint16_t>(m_port)}});
        return options;
    }

private:
    bool useLeaf(SSL_CTX &context) const
    {
        const IssuedCertificate leaf = m_authority.issue({.names = {kHost}});
        return SSL_CTX_use_certificate(&context, leaf.certificate.get()) == 1 &&
               SSL_CTX_use_PrivateKey(&context, leaf.key.get()) == 1 &&
               SSL_CTX_add1_chain_cert(&context, m_authority.intermediate()) == 1;
    }
    Http2Connection::Clock::time_point now() const
    {
        return Http2Connection::Clock::time_point(std::chrono::hours(1)) + std::chrono::milliseconds(m_skipped.load());
    }

    const CertificateAuthority m_authority;
    const QTemporaryDir m_folder;
    std::atomic<std::int64_t> m_skipped{0}; // milliseconds
    TlsDoor m_door;
    int m_port = 0;
    bool m_isReady = false;
    std::thread m_thread;
};

} // namespace

class TestTlsDoor : public QObject
{
    Q_OBJECT

private slots:
    void aSlowAnswerIsNoRest();
};

// A visitor who had to wait for the answer longer than anybody may rest asks on over the same connection: the server
// gave it up as soon as it had answered, and what was on its way by then was lost now and again.
void TestTlsDoor::aSlowAnswerIsNoRest()
{
    Door *self = nullptr;
    Door door([&self](const PageRequest &request) {
        if (request.path() == "/slow")
            self->skip(std::chrono::minutes(1));
        return PageReply{.status = 200, .contentType = "text/plain", .body = "here"};
    });
    self = &door;
    QVERIFY(door.isReady());
    AttackRun run(door.netOptions(), {kHost}, {});
    Wire wire(run.seen, u"test"_s, 10);
    const auto ask = [&](const QByteArray &target) {
        ActiveRequest request;
        request.url = PageLab::url(kHost.toLatin1(), target);
        return wire.send(request);
    };
    const auto slow = ask("/slow");
    QVERIFY2(slow, slow ? "" : qPrintable(slow.error().message));
    const auto next = ask("/next");
    QVERIFY2(next, next ? "" : qPrintable(next.error().message));
    QCOMPARE(next->version, "2");
    QVERIFY(next->timings.onKeptConnection);
}

QTEST_GUILESS_MAIN(TestTlsDoor)
#include "tst_tlsdoor.moc"
