// `launch-cockpit secrets` as a guard of a change, through the built program: a change is compared with the baseline
// from before it, and what its own accepts counts for nothing.
#include "tests/app/builtprogram.h"
#include "tests/app/freshcode.h"
#include "tests/checks/secrets/gitfixture.h"

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

} // namespace

class TestBaselineGuard : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(m_warm.make()); }
    void init() { QVERIFY(beginFresh(m_warm, m_program, m_code, u"readme.md"_s, "A shop.\n")); }

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
            if (name != "other.txt"_L1)
                excuse();
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
        m_code->write(u"pay.env"_s, "PASSWORD=Sommer2024!\n");
        excuse();
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
        m_code->write(u"pay.env"_s, keyLine(1));
        excuse();
        m_code->commitAll(u"accepted"_s);
        const QByteArray first = baseline();
        excuse();
        QCOMPARE(baseline(), first);
        m_code->write(u"mail.env"_s, keyLine(2));
        excuse();
        const Ended more = look(guard);
        QVERIFY2(more.status == 1 && more.complaint.contains("accepts 1 secret ") &&
                     more.complaint.contains("in mail.env:1") && !more.complaint.contains("pay.env"),
                 more.complaint.constData());
        // One that was thrown away has another key.
        QVERIFY(QFile::remove(m_code->path(kBaseline)));
        excuse();
        const Ended fresh = look(guard);
        QVERIFY2(fresh.complaint.contains("accepts 2 secrets and has another key or form") &&
                     fresh.complaint.contains("cannot be told"),
                 fresh.complaint.constData());
    }

    void servesALookAtFiles()
    {
        m_code->write(u"pay.env"_s, keyLine(1));
        excuse();
        m_code->commitAll(u"accepted"_s);
        QVERIFY(QFile::remove(m_code->path(kBaseline)));
        const Ended known = look({u"--baseline"_s, u"HEAD:"_s + kBaseline});
        QVERIFY2(known.status == 0 && known.out.contains("accepted in the baseline"),
                 (known.out + known.complaint).constData());
        const Ended unknown = look({u"--baseline"_s, u"nowhere:"_s + kBaseline});
        QVERIFY2(unknown.status == 3 && unknown.complaint.contains("no revision nowhere"),
                 unknown.complaint.constData());
    }

    // A file that is called like a revision's is none; before the first commit nothing is accepted.
    void asksGitAlone()
    {
        m_code->write(u"pay.env"_s, keyLine(1));
        excuse(u"HEAD:"_s + kBaseline);
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
    // Stages all of the working tree with a baseline that accepts it. What no commit has is not accepted, so one has it
    // meanwhile.
    void excuse(const QString &file = kBaseline) const
    {
        m_code->commitAll(u"meanwhile"_s);
        QCOMPARE(look({u"--write-baseline"_s, m_code->path(file)}).status, 0);
        m_code->git({u"reset"_s, u"-q"_s, u"--soft"_s, u"HEAD~1"_s});
        m_code->git({u"add"_s, u"-A"_s});
    }

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

QTEST_GUILESS_MAIN(TestBaselineGuard)
#include "tst_baselineguard.moc"
