#include "checks/secrets/slowhash.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QTest>

#include <future>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestSlowHash : public QObject
{
    Q_OBJECT

private slots:
    // RFC 7914, section 12: the third vector, of which we take the first half.
    void isScrypt()
    {
        const std::vector<QByteArray> inputs{"pleaseletmein", "another", "pleaseletmein"};
        const SlowHashing hashing{.salt = "SodiumChloride", .cost = 16384, .blockSize = 8, .parallel = 1};
        SlowHashes slow;
        const auto hashes = slow.of(inputs, hashing);
        QVERIFY(hashes);
        QCOMPARE(hashes->at(0), QByteArray("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"));
        QVERIFY(hashes->at(1) != hashes->at(0));
        QCOMPARE(hashes->at(2), hashes->at(0));
    }

    void stops()
    {
        CancelToken stopped;
        stopped.cancel();
        const std::vector<QByteArray> inputs(1000, "a");
        QCOMPARE(SlowHashes(stopped).of(inputs, newSlowHashing()).error().kind, ErrorKind::Cancelled);
    }

    // Within a second, whatever is left to do; what it has done is seen meanwhile.
    void stopsUnderWay()
    {
        const CancelToken token;
        SlowHashProgress progress;
        std::vector<QByteArray> inputs;
        for (int i = 0; i < 10'000; ++i)
            inputs.push_back(QByteArray::number(i));
        auto ended =
            std::async(std::launch::async, [&] { return SlowHashes(token, &progress).of(inputs, newSlowHashing()); });
        QTRY_VERIFY_WITH_TIMEOUT(progress.done > 0, 30'000);
        QCOMPARE(progress.wanted.load(), 10'000);
        QElapsedTimer sinceStop;
        sinceStop.start();
        token.cancel();
        const auto hashes = ended.get();
        QVERIFY2(sinceStop.elapsed() < 1000, qPrintable(QString::number(sinceStop.elapsed())));
        QCOMPARE(hashes.error().kind, ErrorKind::Cancelled);
        QVERIFY(progress.done < 1000);
    }

    // Each value once for each salt, however often it is asked for.
    void hashesEachOnce()
    {
        SlowHashProgress progress;
        SlowHashes slow(CancelToken(), &progress);
        const SlowHashing hashing = newSlowHashing();
        const std::vector<QByteArray> inputs{"a", "b", "a"};
        const auto first = slow.of(inputs, hashing);
        QCOMPARE(progress.done.load(), 2);
        QCOMPARE(first->at(0), first->at(2));
        const std::vector<QByteArray> more{"b", "c"};
        const auto second = slow.of(more, hashing);
        QCOMPARE(progress.done.load(), 3);
        QCOMPARE(second->at(0), first->at(1));
        QVERIFY(slow.of(more, newSlowHashing())->at(0) != second->at(0));
        QCOMPARE(progress.done.load(), 5);
        QCOMPARE(progress.wanted.load(), 5);
    }

    void rereadsItsNumbers()
    {
        const SlowHashing hashing = newSlowHashing();
        QCOMPARE(slowHashingIn(toJson(hashing)), std::optional(hashing));
        QVERIFY(newSlowHashing().salt != hashing.salt);
    }

    // What a file asks for is bounded: it comes from a stranger's branch.
    void boundsItsNumbers_data()
    {
        QTest::addColumn<QString>("member");
        QTest::addColumn<qint64>("value");
        QTest::addColumn<bool>("isTaken");
        QTest::newRow("as it is written") << u"n"_s << qint64(32768) << true;
        QTest::newRow("the least") << u"n"_s << qint64(4096) << true;
        QTest::newRow("less than is any use") << u"n"_s << qint64(2048) << false;
        QTest::newRow("the most") << u"n"_s << qint64(65536) << true;
        QTest::newRow("more memory") << u"n"_s << qint64(131072) << false;
        QTest::newRow("no power of two") << u"n"_s << qint64(30000) << false;
        QTest::newRow("none") << u"n"_s << qint64(0) << false;
        QTest::newRow("below none") << u"n"_s << qint64(-1) << false;
        QTest::newRow("larger blocks than memory") << u"r"_s << qint64(17) << false;
        QTest::newRow("no blocks") << u"r"_s << qint64(0) << false;
        QTest::newRow("two rounds") << u"p"_s << qint64(2) << true;
        QTest::newRow("more than two of ours to do") << u"p"_s << qint64(3) << false;
        QTest::newRow("five rounds") << u"p"_s << qint64(5) << false;
    }

    void boundsItsNumbers()
    {
        QFETCH(QString, member);
        QFETCH(qint64, value);
        QFETCH(bool, isTaken);
        QJsonObject json = toJson(newSlowHashing());
        json.insert(member, value);
        QCOMPARE(slowHashingIn(json).has_value(), isTaken);
    }
};

QTEST_GUILESS_MAIN(TestSlowHash)
#include "tst_slowhash.moc"
