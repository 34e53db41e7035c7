#include "checks/secrets/compiledrules.h"
#include "checks/secrets/logread/logreading.h"
#include "tests/checks/secrets/smallrules.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>
#include <unistd.h>

#include "checks/engine/observations.h"

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QDateTime kNow(QDate(2026, 11, 29), QTime(10, 0), Qt::UTC);

class Folder
{
public:
    QString path(const QString &name = {}) const { return name.isEmpty() ? m_folder.path() : m_folder.filePath(name); }
    void write(const QString &name, const QByteArray &bytes) const
    {
        QDir(m_folder.path()).mkpath(QFileInfo(name).path());
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }

private:
    QTemporaryDir m_folder;
};

LogReading questionOf(const QString &path, SourceKind kind = SourceKind::Log)
{
    return {.source = {kind, path, {}}, .fingerprintKey = QByteArray(32, 'k'), .startedAt = kNow};
}

Result<LogDigest> digestOf(const LogReading &question, const CancelToken &token = {})
{
    Observations seen(NetOptions{}, token, Deadline::never(), nullptr);
    seen.put(CompiledRules{}, test::smallSet());
    return *seen.ask(question);
}

QByteArray gzip(const QByteArray &bytes)
{
    QByteArray packed(bytes.size() + 4096, '\0');
    size_t used = 0;
    archive *writer = archive_write_new();
    archive_write_add_filter_gzip(writer);
    archive_write_set_format_raw(writer);
    archive_write_open_memory(writer, packed.data(), static_cast<size_t>(packed.size()), &used);
    archive_entry *entry = archive_entry_new();
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_write_header(writer, entry);
    archive_write_data(writer, bytes.constData(), static_cast<size_t>(bytes.size()));
    archive_write_close(writer);
    archive_entry_free(entry);
    archive_write_free(writer);
    packed.truncate(static_cast<qsizetype>(used));
    return packed;
}

QByteArray utf16(const QByteArray &bytes)
{
    QByteArray wide("\xff\xfe");
    for (const char c : bytes)
        wide += QByteArray(1, c) + '\0';
    return wide;
}

const QByteArray kLine = "2026-11-29T10:00:00Z INFO user anna@firm.io signed in\n";
const QByteArray kBinary = QByteArray("\x7f"
                                      "ELF\0\0\0",
                                      7) +
                           kLine;

} // namespace

class LogReadingTest : public QObject
{
    Q_OBJECT

private slots:
    void readsEveryForm_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("mails");
        QTest::newRow("plain") << kLine.repeated(3) << u"app.log"_s << 3;
        QTest::newRow("packed") << gzip(kLine.repeated(3)) << u"app.log.1.gz"_s << 3;
        QTest::newRow("UTF-16") << utf16(kLine.repeated(3)) << u"out.txt"_s << 3;
        QTest::newRow("no line end") << kLine.chopped(1) << u"app.log"_s << 1;
        QTest::newRow("binary") << kBinary << u"app"_s << 0;
        QTest::newRow("empty") << QByteArray() << u"app.log"_s << 0;
    }

    void readsEveryForm()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, name);
        QFETCH(int, mails);
        const Folder folder;
        folder.write(u"deep/"_s + name, bytes);
        const auto digest = digestOf(questionOf(folder.path()));
        QVERIFY2(digest.has_value(), qPrintable(digest ? QString() : digest.error().message));
        QCOMPARE(digest->count(SensitiveKind::Mail), qint64(mails));
        // What is no text is said, and what is empty is no gap.
        QCOMPARE(digest->isWhole(), bytes != kBinary);
        if (mails > 0) {
            const LogSample first = digest->kinds.at(SensitiveKind::Mail).samples.front();
            QCOMPARE(first, (LogSample{u"deep/"_s + name, 1, u"a••••@••••"_s}));
        }
    }

    void readsAFileAlone()
    {
        const Folder folder;
        folder.write(u"app.log"_s, kLine);
        folder.write(u"other.log"_s, kLine);
        const auto digest = digestOf(questionOf(folder.path(u"app.log"_s)));
        QVERIFY(digest.has_value());
        QCOMPARE(digest->files, qint64(1));
        QCOMPARE(digest->lines, qint64(1));
    }

    // What a rule finds under the name of a secret is counted once.
    void countsKeysOnce_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("expected");
        const auto key = QByteArray::fromStdString(test::stripeKey());
        const auto other = QByteArray::fromStdString(test::noise(16, 12) + "7");
        QTest::newRow("key alone") << "sent " + key << u"stripe-live-secret:1"_s;
        QTest::newRow("key under a name") << "token=" + key << u"stripe-live-secret:1"_s;
        QTest::newRow("key as bearer") << "Authorization: Bearer " + key << u"stripe-live-secret:1"_s;
        QTest::newRow("password that only its name tells") << "password=\"" + other + "\"" << u"password:1"_s;
        const auto live = QByteArray::fromStdString(test::jwt(R"({"sub":"12"})"));
        QTest::newRow("token alone") << "got " + live << u"json-web-token:1"_s;
        QTest::newRow("token as bearer") << "authorization: Bearer " + live << u"token:1"_s;
        const auto service = QByteArray::fromStdString(test::jwt(R"({"iss":"supabase","role":"service_role"})"));
        QTest::newRow("service key as bearer") << "authorization: Bearer " + service << u"json-web-token:1"_s;
    }

    void countsKeysOnce()
    {
        QFETCH(QByteArray, line);
        const Folder folder;
        folder.write(u"app.log"_s, "first\n" + line + "\nlast\n");
        const auto digest = digestOf(questionOf(folder.path()));
        QVERIFY(digest.has_value());
        QStringList said;
        for (const auto &[kind, seen] : digest->kinds)
            said << toWord(kind) + u':' + QString::number(seen.count);
        for (const auto &[id, seen] : digest->rules) {
            said << id + u':' + QString::number(seen.count);
            QCOMPARE(seen.samples.front().line, qint64(2));
        }
        QTEST(said.join(u' '), "expected");
    }

    void keepsToItsBounds()
    {
        const Folder folder;
        folder.write(u"a.log"_s, kLine.repeated(100));
        LogReading question = questionOf(folder.path());
        question.limits.largestFile = kLine.size() * 10;
        const auto cut = digestOf(question);
        QVERIFY(cut.has_value());
        QCOMPARE(cut->lines, qint64(10));
        QCOMPARE(cut->gaps.size(), 1);

        folder.write(u"b.log"_s, kLine.repeated(100));
        question = questionOf(folder.path());
        question.limits.mostFiles = 1;
        const auto one = digestOf(question);
        QVERIFY(one.has_value());
        QCOMPARE(one->lines, qint64(100));
        QCOMPARE(one->gaps.size(), 1);

        folder.write(u"c.log.gz"_s, gzip(kLine.repeated(100)));
        question = questionOf(folder.path());
        question.limits.largestPacked = 10;
        const auto packed = digestOf(question);
        QVERIFY(packed.has_value());
        QCOMPARE(packed->lines, qint64(200));
        QCOMPARE(packed->gaps.size(), 1);
    }

    void opensNoPipeAndNoLink()
    {
        const Folder folder;
        const Folder outside;
        outside.write(u"secret.log"_s, kLine);
        folder.write(u"app.log"_s, kLine);
        QCOMPARE(::mkfifo(QFile::encodeName(folder.path(u"pipe.log"_s)).constData(), 0600), 0);
        QVERIFY(QFile::link(outside.path(u"secret.log"_s), folder.path(u"link.log"_s)));
        const auto digest = digestOf(questionOf(folder.path()));
        QVERIFY(digest.has_value());
        QCOMPARE(digest->files, qint64(1));
    }

    void saysWhatIsNotThere()
    {
        const Folder folder;
        const auto missing = digestOf(questionOf(folder.path(u"none"_s)));
        QVERIFY(!missing.has_value());
        QCOMPARE(missing.error().kind, ErrorKind::NotFound);
        const auto empty = digestOf(questionOf(folder.path()));
        QVERIFY(!empty.has_value());
        QCOMPARE(empty.error().kind, ErrorKind::NotFound);
        CancelToken token;
        token.cancel();
        folder.write(u"app.log"_s, kLine);
        const auto stopped = digestOf(questionOf(folder.path()), token);
        QVERIFY(!stopped.has_value());
        QCOMPARE(stopped.error().kind, ErrorKind::Cancelled);
    }

    void saysWhichSettingsItCouldNotRead_data()
    {
        QTest::addColumn<QString>("settings");
        QTest::addColumn<int>("gaps");
        QTest::newRow("readable") << u"good"_s << 0;
        QTest::newRow("gone") << u"gone"_s << 1;
        QTest::newRow("too large") << u"large"_s << 1;
        QTest::newRow("as large as may be") << u"full"_s << 0;
        QTest::newRow("too many values") << u"many"_s << 1;
        if (::geteuid() != 0)
            QTest::newRow("not permitted") << u"closed"_s << 1;
    }

    void saysWhichSettingsItCouldNotRead()
    {
        QFETCH(QString, settings);
        const Folder folder;
        const QByteArray line = "DEPLOY_TOKEN=" + QByteArray::fromStdString(test::noise(20, 8)) + '\n';
        folder.write(u"good/.env"_s, line);
        folder.write(u"closed/.env"_s, line);
        QFile(folder.path(u"closed/.env"_s)).setPermissions({});
        folder.write(u"full/.env"_s, line + QByteArray(KnownValues::kLargestFile - line.size(), '#'));
        folder.write(u"large/.env"_s, line + QByteArray(KnownValues::kLargestFile - line.size() + 1, '#'));
        QByteArray many;
        for (size_t i = 0; settings == "many"_L1 && i <= kMostKnownValues; ++i)
            many += 'A' + QByteArray::number(static_cast<qulonglong>(i)) +
                    "_TOKEN=" + QByteArray::fromStdString(test::noise(20, static_cast<unsigned>(i))) + '\n';
        folder.write(u"many/.env"_s, many);
        folder.write(u"log/build.log"_s, "Process completed\n");
        LogReading question = questionOf(folder.path(u"log"_s), SourceKind::CiLog);
        question.settings = {{SourceKind::Settings, folder.path(settings), Environment::Production}};
        const auto digest = digestOf(question);
        QVERIFY(digest.has_value());
        QTEST(static_cast<int>(digest->gaps.size()), "gaps");
    }

    void masksNamesOfFiles()
    {
        const Folder folder;
        const QString key = QString::fromStdString(test::stripeKey());
        folder.write(key + u"/app.log"_s, kLine);
        folder.write(key + u"/large.gz"_s, gzip(kLine.repeated(1000)));
        LogReading question = questionOf(folder.path());
        question.limits.largestPacked = 10;
        const auto digest = digestOf(question);
        QVERIFY(digest.has_value());
        const QString shown = digest->kinds.at(SensitiveKind::Mail).samples.front().file;
        QVERIFY2(!shown.contains(key) && shown.endsWith("/app.log"_L1), qPrintable(shown));
        QCOMPARE(digest->gaps.size(), 1);
        QVERIFY(!digest->gaps.front().contains(key));
    }

    // Two keys in one value are taken away once, and the other value of the line keeps its place.
    void takesAwayOnce()
    {
        const Folder folder;
        const QByteArray two = QByteArray::fromStdString(test::stripeKey(1) + "," + test::stripeKey(2));
        folder.write(u"a.log"_s, "token=" + two + " api_key=abcd1234efgh5678\n");
        const auto digest = digestOf(questionOf(folder.path()));
        QVERIFY(digest.has_value());
        QCOMPARE(digest->rules.at(u"stripe-live-secret"_s).count, qint64(2));
        QCOMPARE(digest->count(SensitiveKind::Token), qint64(1));
        QCOMPARE(digest->kinds.at(SensitiveKind::Token).samples,
                 (std::vector<LogSample>{{u"a.log"_s, 1, u"api_key=abcd••••"_s}}));
    }

    // One line of many megabytes, with much in it: the stop comes when a part of it was read.
    void stopsWithinALine()
    {
        const Folder folder;
        const QByteArray piece("mail a@bc.de body={a ");
        const QByteArray line = piece.repeated((32 << 20) / static_cast<int>(piece.size()));
        folder.write(u"a.log"_s, line);
        const CancelToken token;
        QElapsedTimer sinceStop;
        LogReading question = questionOf(folder.path());
        qint64 readBefore = 0;
        question.onProgress = [&](qint64 bytes) {
            if (readBefore > 0)
                return;
            readBefore = bytes;
            sinceStop.start();
            token.cancel();
        };
        const auto stopped = digestOf(question, token);
        QVERIFY2(readBefore > 0 && readBefore < line.size(), qPrintable(QString::number(readBefore)));
        QVERIFY(!stopped.has_value());
        QCOMPARE(stopped.error().kind, ErrorKind::Cancelled);
        QVERIFY2(sinceStop.elapsed() < 1000, qPrintable(QString::number(sinceStop.elapsed())));
    }

    void looksForTheSettingsInBuildLogs()
    {
        const Folder folder;
        const std::string value = test::noise(20, 8);
        folder.write(u"settings/.env"_s, "DEPLOY_TOKEN=" + QByteArray::fromStdString(value) + '\n');
        folder.write(u"log/build.log"_s, "masked ***\n" + QByteArray::fromStdString(value).toBase64() +
                                             "\nProcess completed with exit code 1\n");
        LogReading question = questionOf(folder.path(u"log"_s), SourceKind::CiLog);
        question.settings = {{SourceKind::Settings, folder.path(u"settings"_s), Environment::Production}};
        const auto digest = digestOf(question);
        QVERIFY(digest.has_value());
        QCOMPARE(digest->known.size(), 1U);
        QCOMPARE(digest->known.front().name, u"DEPLOY_TOKEN"_s);
        QCOMPARE(digest->known.front().form, ValueForm::Base64);
        QCOMPARE(digest->known.front().samples.front().line, qint64(2));
        QCOMPARE(digest->ci.at(u"build.log"_s).hidden, qint64(1));
        QCOMPARE(digest->events.of(LogEvent::FailedRelease).told, qint64(1));
    }
};

QTEST_GUILESS_MAIN(LogReadingTest)
#include "tst_logreading.moc"
