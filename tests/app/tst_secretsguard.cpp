// `launch-cockpit secrets` as a guard of a change, through the built program: what it could not read stops, what is no
// text is told, and remarks of the change need a reason.
#include "tests/app/builtprogram.h"
#include "tests/app/freshcode.h"
#include "tests/checks/secrets/gitfixture.h"
#include "tests/checks/secrets/zipmade.h"

#include <QTest>

#include <random>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

// Made when the test runs: a file with whole keys in it would be held back by the guards of code hosts.
QByteArray keyLine(unsigned seed)
{
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    std::mt19937 random(seed);
    QByteArray line = "STRIPE_SECRET_KEY=sk_" + QByteArray("live_");
    for (int i = 0; i < 32; ++i)
        line += alphabet[random() % alphabet.size()];
    return line + "\n";
}

QStringList notificationsOf(const QJsonObject &sarif)
{
    QStringList all;
    const QJsonValue run = sarif.value("runs"_L1)[0];
    for (const QJsonValue each : run["invocations"_L1][0]["toolExecutionNotifications"_L1].toArray())
        all += each["message"_L1]["text"_L1].toString();
    return all;
}

} // namespace

class TestSecretsGuard : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(m_warm.make()); }
    void init() { QVERIFY(beginFresh(m_warm, m_program, m_code, u"readme.md"_s, "A shop.\n")); }

    void endsByWhatItCouldRead_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("says");
        const QByteArray nul(1, '\0');
        const auto row = [](const char *what, const char *name, const QByteArray &bytes, int status, const char *says) {
            QTest::newRow(what) << QString::fromLatin1(name) << bytes << status << QByteArray(says);
        };
        row("a text", "a.txt", "hello\n", 0, "No secrets found.");
        row("settings with one NUL", ".env", "# caf" + nul + "e\n" + keyLine(1), 1, "1 secret");
        row("a picture", "a.png", QByteArray("\x89PNG\0\1\2\3\0\0", 10).repeated(9), 0,
            "Nothing could be read. Looked at 0 version");
        row("a picture that is too large", "a.png", "\x89PNG" + QByteArray(64 << 20, '\0'), 0,
            "Nothing could be read. Looked at 0 version");
        row("too large", "a.txt", QByteArray((64 << 20) + 1, 'a'), 3, "Nothing could be read.");
        row("too large, and how to search it", "a.txt", QByteArray((64 << 20) + 1, 'a'), 3, "git cat-file -p");
        row("an encrypted archive", "a.zip", test::zipMade({{"a.txt", keyLine(1)}}, "a passphrase"), 3, "encrypted");
        row("a broken archive", "a.zip", test::zipMade({{"a.txt", keyLine(1)}}).first(40), 3, "a.zip");
    }

    void endsByWhatItCouldRead()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        QFETCH(QByteArray, says);
        m_code->write(name, bytes);
        m_code->git({u"add"_s, u"-A"_s});
        const Ended ended = look({u"--staged"_s});
        QVERIFY2(ended.status == status, (ended.out + ended.complaint).constData());
        QVERIFY2(ended.out.contains(says), ended.out.constData());
        QCOMPARE(!ended.complaint.isEmpty(), status == 3);
        m_code->commitAll(u"change"_s);
        const Ended json = look({u"--since"_s, u"HEAD~1"_s, u"--format"_s, u"json"_s});
        QCOMPARE(json.status, status);
        QCOMPARE(json.json().value("not_scanned"_L1)["unreadable"_L1].toInt() > 0, status == 3);
    }

    void countsWhatLiesTooDeep()
    {
        m_code->write(u"d/"_s.repeated(513) + u"pay.env"_s, keyLine(1));
        m_code->commitAll(u"change"_s);
        const Ended ended = look({u"--since"_s, u"HEAD~1"_s, u"--format"_s, u"json"_s});
        QCOMPARE(ended.status, 3);
        const QJsonValue left = ended.json().value("not_scanned"_L1);
        QCOMPARE(left["unreadable"_L1].toInt(), 1);
        QCOMPARE(left["too_deep"_L1].toInt(), 1);
        QVERIFY2(left["gaps"_L1][0].toString().contains("in more than 512 others"_L1), ended.out.constData());
    }

    // In each form, and beside a text that was read.
    void tellsOfPictures()
    {
        m_code->write(u"a.png"_s, QByteArray("\x89PNG\0\1\2\3\0\0", 10).repeated(9));
        m_code->write(u"b.txt"_s, "hello\n");
        m_code->git({u"add"_s, u"-A"_s});
        const QByteArray sentence =
            "1 file was not wholly searched: pictures and their like, and what is compressed or encrypted.";
        const Ended text = look({u"--staged"_s});
        QCOMPARE(text.status, 0);
        QVERIFY2(text.out.startsWith("No secrets found. Looked at 1 version") && text.out.contains(sentence + '\n'),
                 text.out.constData());
        const QJsonObject json = look({u"--staged"_s, u"--format"_s, u"json"_s}).json();
        QCOMPARE(json.value("not_scanned"_L1)["binary"_L1].toInt(), 1);
        QCOMPARE(json.value("scanned"_L1)["versions"_L1].toInt(), 1);
        const QStringList notes = notificationsOf(look({u"--staged"_s, u"--format"_s, u"sarif"_s}).json());
        QCOMPARE(notes.size(), 1);
        QVERIFY2(notes.front().contains(QLatin1StringView(sentence)), qPrintable(notes.front()));
    }

    void saysWhenNoFileIsText()
    {
        m_code->write(u"a.png"_s, QByteArray("\x89PNG\0\1\2\3\0\0", 10).repeated(9));
        const Ended ended = m_program->run({u"secrets"_s, m_code->path(u"a.png"_s)});
        QCOMPARE(ended.status, 3);
        QVERIFY2(ended.out.startsWith("Nothing could be read. Looked at 0 file"), ended.out.constData());
    }

    // What is pushed with a commit, whatever files it has.
    void stopsWhoIsCalledLikeAKey()
    {
        m_code->git({u"commit"_s, u"-q"_s, u"--allow-empty"_s, u"-m"_s, u"change"_s,
                     u"--author=k %1 <k@example.com>"_s.arg(QString::fromLatin1(keyLine(1)).trimmed().split(u'=')[1])});
        const Ended text = look({u"--since"_s, u"HEAD^1"_s});
        QCOMPARE(text.status, 1);
        QVERIFY2(text.out.contains("the author of commit "), text.out.constData());
        m_code->commitAll(u"another"_s);
        QCOMPARE(look({u"--since"_s, u"HEAD^1"_s}).status, 0);
    }

    // A history that passed over something does not say that it has not what it did not see.
    void doesNotSayWhatNobodyLookedUp()
    {
        m_code->write(u"dump.sql"_s, keyLine(1) + QByteArray(64 << 20, ' '));
        m_code->commitAll(u"dump"_s);
        const Ended ended = look({u"--history"_s});
        QCOMPARE(ended.status, 1);
        QVERIFY2(!ended.out.contains("No commit has it") && ended.out.contains("was not looked up"),
                 ended.out.constData());
        QVERIFY2(ended.out.contains("git log --all -- FILE"), ended.out.constData());
        const QJsonValue finding = look({u"--history"_s, u"--format"_s, u"json"_s}).json().value("findings"_L1)[0];
        QCOMPARE(finding["file"_L1].toString(), u"dump.sql"_s);
        QVERIFY(finding["in_head"_L1].isNull() && finding["commit"_L1].isNull());
    }

    // What a change excuses is shown, and takes a reason.
    void namesTheRemarksOfAChange_data()
    {
        QTest::addColumn<QByteArray>("remark");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("with a reason") << QByteArray("launch-cockpit:allow a closed shop") << 0
                                       << QByteArray("(allowed: a closed shop)");
        QTest::newRow("of another program, with one")
            << QByteArray("gitleaks:allow a closed shop") << 0 << QByteArray("(allowed: a closed shop)");
        QTest::newRow("of another program, without")
            << QByteArray("gitleaks:allow") << 1 << QByteArray("gives no reason, and excuses nothing");
        QTest::newRow("without a reason")
            << QByteArray("launch-cockpit:allow") << 1 << QByteArray("counts for nothing");
    }

    void namesTheRemarksOfAChange()
    {
        QFETCH(QByteArray, remark);
        QFETCH(int, status);
        QFETCH(QByteArray, says);
        m_code->write(u"pay.env"_s, "\n" + keyLine(1).trimmed() + " # " + remark + "\n");
        m_code->git({u"add"_s, u"-A"_s});
        const Ended staged = look({u"--staged"_s});
        QVERIFY2(staged.status == status && staged.out.contains("pay.env:2:") && staged.out.contains(says),
                 staged.out.constData());
        m_code->commitAll(u"change"_s);
        const Ended committed = look({u"--since"_s, u"HEAD^1"_s});
        QVERIFY2(committed.status == status && committed.out.contains("pay.env:2:"), committed.out.constData());
        // Who looks at all of it takes other programs' remarks as they are.
        QCOMPARE(look({}).status, remark == "launch-cockpit:allow" ? 1 : 0);
    }

private:
    Ended look(const QStringList &options) const
    {
        return m_program->run(QStringList{u"secrets"_s, m_code->root()} + options);
    }

    WarmHome m_warm;
    std::unique_ptr<BuiltProgram> m_program;
    std::unique_ptr<GitFixture> m_code;
};

QTEST_GUILESS_MAIN(TestSecretsGuard)
#include "tst_secretsguard.moc"
