#include "tests/checks/secrets/historyscans.h"

#include <QCryptographicHash>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray sha256(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

QByteArray pointerTo(const QByteArray &file)
{
    return "version https://git-lfs.github.com/spec/v1\noid sha256:" + sha256(file) + "\nsize " +
           QByteArray::number(file.size()) + "\n";
}

// In the store of Git LFS.
void keep(const GitFixture &fixture, const QByteArray &file)
{
    const QString id = QString::fromLatin1(sha256(file));
    fixture.write(u".git/lfs/objects/%1/%2/%3"_s.arg(id.first(2), id.sliced(2, 2), id), file);
}

} // namespace

class TestLfsFiles : public QObject
{
    Q_OBJECT

private slots:
    void readsWhatLfsKeepsHere_data();
    void readsWhatLfsKeepsHere();
    void tellsWhichLinesAreNew_data();
    void tellsWhichLinesAreNew();
};

void TestLfsFiles::readsWhatLfsKeepsHere_data()
{
    QTest::addColumn<QByteArray>("kept"); // in the file of that name in the store; empty: nothing is
    QTest::addColumn<QByteArray>("pointer");
    QTest::addColumn<bool>("isRead");
    QTest::addColumn<int>("found");
    const QByteArray file = keyLine(1);
    const QByteArray version = "version https://git-lfs.github.com/spec/v1\n";
    const QByteArray oid = "oid sha256:" + sha256(file) + "\n";
    const QByteArray size = "size " + QByteArray::number(file.size()) + "\n";
    const QByteArray before = " sha256:" + sha256("before") + "\n";
    QTest::newRow("here") << file << version + oid + size << true << 1;
    QTest::newRow("here, and the last line has no end") << file << (version + oid + size).chopped(1) << true << 1;
    QTest::newRow("here, with extensions")
        << file << version + "ext-0-fold" + before + "ext-1-crypt" + before + oid + size << true << 1;
    QTest::newRow("not here") << QByteArray() << version + oid + size << false << 0;
    QTest::newRow("of another size") << file << version + oid + "size 1\n" << false << 0;
    QTest::newRow("the store has other content of that size")
        << QByteArray(file.size(), 'x') << version + oid + size << false << 0;
    // What else stands in a pointer is no part of the file in its place. A second key shows that it was searched.
    const QByteArray hidden = "key " + keyLine(2);
    QTest::newRow("a line behind") << file << version + oid + size + hidden << false << 1;
    QTest::newRow("a line between") << file << version + oid + hidden + size << false << 1;
    QTest::newRow("a line before") << file << version + hidden + oid + size << false << 1;
    QTest::newRow("behind the size") << file << version + oid + size.chopped(1) + ' ' + hidden << false << 1;
    QTest::newRow("behind the id") << file << version + oid.chopped(1) + ' ' + hidden + size << false << 1;
    QTest::newRow("behind an extension") << file
                                         << version + "ext-0-fold" + before.chopped(1) + ' ' + hidden + oid + size
                                         << false << 1;
    QTest::newRow("the name of an extension")
        << file << version + "ext-0-" + QByteArray::fromStdString(stripeKey(2)) + before + oid + size << false << 1;
    QTest::newRow("in a second id") << file << version + oid + "oid " + hidden + size << false << 1;
    QTest::newRow("in a second size") << file << version + oid + size + "size " + hidden << false << 1;
}

// The file of a change in the place of its pointer; one that is not here was not read, and of a guard that is a fault.
void TestLfsFiles::readsWhatLfsKeepsHere()
{
    QFETCH(QByteArray, kept);
    QFETCH(QByteArray, pointer);
    QFETCH(bool, isRead);
    QFETCH(int, found);
    GitFixture fixture;
    fixture.init();
    const QString id = QString::fromLatin1(sha256(keyLine(1)));
    if (!kept.isEmpty())
        fixture.write(u".git/lfs/objects/%1/%2/%3"_s.arg(id.first(2), id.sliced(2, 2), id), kept);
    fixture.write(u"prod.env"_s, pointer);
    fixture.git({u"add"_s, u"prod.env"_s});
    const auto staged = scanOf(fixture, Part::Staged);
    QVERIFY(staged);
    QCOMPARE(staged->found.size(), size_t(found));
    QCOMPARE(staged->unseen, isRead ? 0 : 1);
    QCOMPARE(staged->counts.lfsPointers, isRead ? 0 : 1);
    fixture.commitAll(u"one"_s);
    const auto all = scanOf(fixture);
    QVERIFY(all);
    QCOMPARE(all->found.size(), size_t(found));
    QCOMPARE(all->unseen, 0); // of no change
    QCOMPARE(all->gaps.isEmpty(), isRead);
}

void TestLfsFiles::tellsWhichLinesAreNew_data()
{
    QTest::addColumn<bool>("wasHere");    // the earlier version, in the store
    QTest::addColumn<bool>("wasInLfs");   // else git had it itself
    QTest::addColumn<bool>("staysInLfs"); // else git gets it
    QTest::addColumn<int>("found");       // of an old line and a new one
    QTest::newRow("both are here") << true << true << true << 1;
    QTest::newRow("the earlier one is not here") << false << true << true << 2;
    QTest::newRow("git had it before") << false << false << true << 1;
    QTest::newRow("git gets it") << true << true << false << 2;
}

// As of git's own files: an old line holds up no commit.
void TestLfsFiles::tellsWhichLinesAreNew()
{
    QFETCH(bool, wasHere);
    QFETCH(bool, wasInLfs);
    QFETCH(bool, staysInLfs);
    QFETCH(int, found);
    GitFixture fixture;
    fixture.init();
    const QByteArray before = "a\n" + keyLine(1) + "b\n";
    const QByteArray now = before + keyLine(2);
    if (wasHere)
        keep(fixture, before);
    fixture.write(u"prod.env"_s, wasInLfs ? pointerTo(before) : before);
    const QByteArray base = fixture.commitAll(u"one"_s);
    keep(fixture, now);
    fixture.write(u"prod.env"_s, staysInLfs ? pointerTo(now) : now);
    fixture.git({u"add"_s, u"-A"_s});
    const auto staged = scanOf(fixture, Part::Staged);
    QVERIFY(staged);
    QCOMPARE(staged->found.size(), size_t(found));
    fixture.commitAll(u"two"_s);
    const auto since = scanOf(fixture, Part::Since, QString::fromLatin1(base));
    QVERIFY(since);
    QCOMPARE(since->found.size(), size_t(found));
    QCOMPARE(secretAt(*since, 2, "prod.env").hit.line, 4);
}

QTEST_GUILESS_MAIN(TestLfsFiles)
#include "tst_lfsfiles.moc"
