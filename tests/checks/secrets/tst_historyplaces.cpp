// What stands beside the files of commits: messages, names, settings of git, and archives.
#include "checks/secrets/leakhistory.h"
#include "tests/checks/secrets/historyscans.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray archiveWith(const QString &name, const QByteArray &text)
{
    QTemporaryDir folder;
    QFile file(folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        return {};
    file.close();
    QProcess tar;
    tar.setWorkingDirectory(folder.path());
    tar.start(u"tar"_s, {u"-czf"_s, u"-"_s, name});
    return tar.waitForFinished() ? tar.readAllStandardOutput() : QByteArray();
}

} // namespace

class TestHistoryPlaces : public QObject
{
    Q_OBJECT

private slots:
    void looksBesideFiles();
    void looksAtNames();
    void looksIntoArchives();
    void takesNoFolderForAnArchive();
};

void TestHistoryPlaces::looksBesideFiles()
{
    GitFixture fixture;
    fixture.init();
    fixture.write(u"a.js"_s, "nothing\n");
    const QByteArray commit = fixture.commitAll(QString::fromLatin1("say\n\nit is " + keyLine(1)));
    fixture.git({u"tag"_s, u"-a"_s, u"v1"_s, u"-m"_s, QString::fromLatin1(keyLine(2))});
    fixture.git({u"branch"_s, QString::fromStdString(stripeKey(3))});
    fixture.git({u"config"_s, u"remote.origin.url"_s,
                 u"https://ada:%1@git.example.com/x.git"_s.arg(QString::fromStdString(stripeKey(4)))});
    const auto scan = scanOf(fixture);
    QVERIFY(scan);
    const FoundSecret message = secretAt(*scan, 1, "");
    QCOMPARE(message.history->kind, BlobKind::CommitMessage);
    QCOMPARE(message.history->first->id, commit);
    QCOMPARE(message.hit.line, 3);
    QCOMPARE(secretAt(*scan, 2, "").history->kind, BlobKind::TagMessage);
    QCOMPARE(secretAt(*scan, 3, ".git/refs").history->kind, BlobKind::ReferenceNames);
    QCOMPARE(secretAt(*scan, 4, ".git/config").history->kind, BlobKind::Configuration);
}

// Of files and folders that are gone: who clones the repository has them.
void TestHistoryPlaces::looksAtNames()
{
    GitFixture fixture;
    fixture.init();
    const QByteArray fileName = QByteArray::fromStdString(stripeKey(1)) + ".txt";
    const QByteArray folderName = "old_" + QByteArray::fromStdString(stripeKey(2));
    fixture.write(u"a.txt"_s, "");
    fixture.commitAll(u"begin"_s);
    fixture.write(QString::fromLatin1("keys/" + fileName), "");
    const QByteArray first = fixture.commitAll(u"a file"_s);
    fixture.write(QString::fromLatin1(folderName + "/a.txt"), "nothing\n");
    const QByteArray last = fixture.commitAll(u"a folder"_s);
    fixture.git({u"rm"_s, u"-q"_s, u"-r"_s, u"keys"_s, QString::fromLatin1(folderName)});
    fixture.commitAll(u"gone"_s);
    const auto scan = scanOf(fixture);
    QVERIFY(scan);
    QCOMPARE(scan->found.size(), 2U);
    const FoundSecret file = secretAt(*scan, 1, "keys/" + fileName);
    QVERIFY(file.isInName);
    QVERIFY(file.history->placing == Placing::Known && !file.history->isInHead);
    QCOMPARE(file.history->reach, Reach::References);
    QCOMPARE(file.history->first->id, first);
    QCOMPARE(file.history->last->id, last);
    QCOMPARE(file.history->commits, 2);
    const FoundSecret folder = secretAt(*scan, 2, folderName);
    QVERIFY(folder.isInName);
    QCOMPARE(folder.history->first->id, last);
    QCOMPARE(folder.history->commits, 1);
}

void TestHistoryPlaces::looksIntoArchives()
{
    const QByteArray archive = archiveWith(u"index.js"_s, keyLine(1));
    QVERIFY(!archive.isEmpty());
    GitFixture fixture;
    fixture.init();
    fixture.write(u"release/app.tar.gz"_s, archive);
    const QByteArray first = fixture.commitAll(u"one"_s);
    fixture.git({u"rm"_s, u"-q"_s, u"release/app.tar.gz"_s});
    fixture.commitAll(u"two"_s);
    const auto scan = scanOf(fixture);
    QVERIFY(scan);
    QCOMPARE(scan->archives, 1);
    const FoundSecret secret = secretAt(*scan, 1, "release/app.tar.gz!/index.js");
    QCOMPARE(secret.history->first->id, first);
    QVERIFY(!secret.history->isInHead);
    QCOMPARE(secret.file(), QByteArray("release/app.tar.gz"));
}

// A folder's name may end as what stands before a place in an archive does.
void TestHistoryPlaces::takesNoFolderForAnArchive()
{
    GitFixture fixture;
    fixture.init();
    fixture.write(u"wow!/pay.js"_s, keyLine(1));
    fixture.commitAll(u"one"_s);
    const auto scan = scanOf(fixture);
    QVERIFY(scan);
    const FoundSecret secret = secretAt(*scan, 1, "wow!/pay.js");
    QCOMPARE(secret.file(), secret.path);
    const auto history = leakHistoryOf(secret);
    QVERIFY(history);
    QCOMPARE(history->path, QByteArray("wow!/pay.js")); // git knows no "wow"
}

QTEST_GUILESS_MAIN(TestHistoryPlaces)
#include "tst_historyplaces.moc"
