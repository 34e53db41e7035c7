// `launch-cockpit secrets` as a guard of a change, through the built program: what it could not read stops, what is no
// text is told, and what the change itself accepts counts for nothing.
#include "tests/app/builtprogram.h"
#include "tests/app/warmhome.h"
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

const QString kBaseline = u".launch-cockpit-baseline.json"_s;

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
    void init()
    {
        m_program = std::make_unique<BuiltProgram>();
        QVERIFY(m_warm.copyTo(*m_program));
        m_code = std::make_unique<GitFixture>();
        m_code->init();
        m_code->write(u"readme.md"_s, "A shop.\n");
        m_code->commitAll(u"start"_s);
    }

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
        QCOMPARE(look({u"--since"_s, u"HEAD~1"_s}).status, status);
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

    // What is accepted is what was accepted before.
    void doesNotExcuseItself_data()
    {
        QTest::addColumn<bool>("isCommitted");
        QTest::newRow("staged") << false;
        QTest::newRow("committed") << true;
    }

    void doesNotExcuseItself()
    {
        QFETCH(bool, isCommitted);
        const QStringList guard =
            isCommitted ? QStringList{u"--since"_s, u"HEAD^1"_s, u"--baseline"_s, u"HEAD^1:"_s + kBaseline}
                        : QStringList{u"--staged"_s, u"--baseline"_s, u"HEAD:"_s + kBaseline};
        const auto change = [&](const QString &name, const QByteArray &bytes) {
            m_code->write(name, bytes);
            m_code->git({u"add"_s, u"-A"_s});
            if (!name.endsWith("json"_L1) && name != "other.txt"_L1)
                QCOMPARE(look({u"--write-baseline"_s, m_code->path(kBaseline)}).status, 0);
            m_code->git({u"add"_s, u"-A"_s});
            if (isCommitted)
                m_code->commitAll(u"change"_s);
        };
        change(u"pay.env"_s, keyLine(1));
        const Ended excused = look(guard);
        QVERIFY2(excused.status == 1, (excused.out + excused.complaint).constData());
        QVERIFY2(excused.complaint.contains("accepts 1 secret ") && excused.complaint.contains("in pay.env:1"),
                 excused.complaint.constData());
        QCOMPARE(look({guard[0], isCommitted ? guard[1] : u"--no-progress"_s, u"--baseline"_s, m_code->path(kBaseline)})
                     .status,
                 0);
        // From the next change on it is accepted, and nothing is said of it.
        if (!isCommitted)
            m_code->commitAll(u"accepted"_s);
        change(u"other.txt"_s, "# The same again.\n" + keyLine(1));
        const Ended known = look(guard);
        QVERIFY2(known.status == 0 && known.out.contains("accepted in the baseline"),
                 (known.out + known.complaint).constData());
        QVERIFY2(known.complaint.isEmpty(), known.complaint.constData());
    }

    // With both hashes, of which a reader that looks at one takes the other for known.
    void namesAnEntryThatHidesAnother()
    {
        m_code->write(u"pay.env"_s, keyLine(1));
        m_code->git({u"add"_s, u"-A"_s});
        QCOMPARE(look({u"--write-baseline"_s, m_code->path(kBaseline)}).status, 0);
        m_code->commitAll(u"accepted"_s);
        QVERIFY2(baseline().contains("\"slow\"") && !baseline().contains("\"fingerprint\""), baseline().constData());
        m_code->write(kBaseline,
                      baseline().replace("\"line\":", "\"fingerprint\": \"" + QByteArray(64, 'b') + "\", \"line\":"));
        m_code->git({u"add"_s, u"-A"_s});
        const Ended guard = look({u"--staged"_s, u"--baseline"_s, u"HEAD:"_s + kBaseline});
        QVERIFY2(guard.complaint.contains("accepts 1 secret ") && guard.complaint.contains("in pay.env:1"),
                 guard.complaint.constData());
    }

    // Written again it accepts what it accepted, and a guard names what is new alone.
    void keepsTheKeyOfTheFileThatItReplaces()
    {
        const QStringList guard{u"--staged"_s, u"--baseline"_s, u"HEAD:"_s + kBaseline};
        const auto writeAgain = [this] {
            m_code->git({u"add"_s, u"-A"_s}); // what git does not have is not accepted
            QCOMPARE(look({u"--write-baseline"_s, m_code->path(kBaseline)}).status, 0);
            m_code->git({u"add"_s, u"-A"_s});
        };
        m_code->write(u"pay.env"_s, keyLine(1));
        writeAgain();
        m_code->commitAll(u"accepted"_s);
        const QByteArray first = baseline();
        writeAgain();
        QCOMPARE(baseline(), first);
        m_code->write(u"mail.env"_s, keyLine(2));
        writeAgain();
        const Ended more = look(guard);
        QVERIFY2(more.status == 1 && more.complaint.contains("accepts 1 secret ") &&
                     more.complaint.contains("in mail.env:1") && !more.complaint.contains("pay.env"),
                 more.complaint.constData());
        // One that was thrown away has another key.
        QVERIFY(QFile::remove(m_code->path(kBaseline)));
        writeAgain();
        const Ended fresh = look(guard);
        QVERIFY2(fresh.complaint.contains("accepts 2 secrets and has another key or form") &&
                     fresh.complaint.contains("cannot be told"),
                 fresh.complaint.constData());
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

    // A file that is called like a revision's is none; before the first commit nothing is accepted.
    void asksGitAlone()
    {
        m_code->write(u"pay.env"_s, keyLine(1));
        m_code->git({u"add"_s, u"pay.env"_s});
        QCOMPARE(look({u"--write-baseline"_s, m_code->path(u"HEAD:"_s + kBaseline)}).status, 0);
        QCOMPARE(look({u"--staged"_s, u"--baseline"_s, u"HEAD:"_s + kBaseline}).status, 1);
        const Ended unknown = look({u"--staged"_s, u"--baseline"_s, u"nowhere:"_s + kBaseline});
        QCOMPARE(unknown.status, 3);
        QVERIFY2(unknown.complaint.contains("no revision nowhere"), unknown.complaint.constData());
        m_code->write(kBaseline, "{}");
        m_code->git({u"add"_s, u"-f"_s, kBaseline});
        m_code->git({u"commit"_s, u"-q"_s, u"-m"_s, u"broken"_s, kBaseline});
        QCOMPARE(look({u"--staged"_s, u"--baseline"_s, u"HEAD:"_s + kBaseline}).status, 3);
        GitFixture fresh;
        fresh.init();
        fresh.write(u"a.txt"_s, "hello\n");
        fresh.git({u"add"_s, u"-A"_s});
        QCOMPARE(
            m_program->run({u"secrets"_s, fresh.root(), u"--staged"_s, u"--baseline"_s, u"HEAD:"_s + kBaseline}).status,
            0);
    }

private:
    QByteArray baseline() const
    {
        QFile file(m_code->path(kBaseline));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

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
