// The baseline that `launch-cockpit secrets` writes and reads, through the built program: what goes into the file, what
// can be learnt from it, and which files it does not replace.
#include "tests/app/baselinescene.h"
#include "tests/app/builtprogram.h"
#include "tests/app/freshcode.h"
#include "tests/checks/secrets/gitfixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QMessageAuthenticationCode>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestSecretsBaseline : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(m_warm.make()); }
    void init() { QVERIFY(beginFresh(m_warm, m_program, m_code, u".gitignore"_s, ".env\n")); }

    // What the file tells of a password takes a slow hash for each guess, and accepts it all the same.
    void isSlowToGuessBy()
    {
        m_code->write(u"app.ini"_s, settingsWith(kPassword));
        m_code->commitAll(u"settings"_s);
        QCOMPARE(write().status, 0);
        const QJsonObject file = baseline();
        QCOMPARE(file.value("schema"_L1).toInt(), 2);
        QCOMPARE(file.value("scrypt"_L1)["n"_L1].toInt(), 32768);
        const QJsonValue entry = file.value("accepted"_L1)[0];
        QVERIFY(entry["fingerprint"_L1].isUndefined());
        const QByteArray key = QByteArray::fromHex(file.value("key"_L1).toString().toLatin1());
        const QByteArray fast = QMessageAuthenticationCode::hash(kPassword, key, QCryptographicHash::Sha256).toHex();
        QVERIFY(!bytes().contains(fast));
        const Ended known = look({u"--baseline"_s, m_code->path(kBaseline), u"--fail-on"_s, u"low"_s});
        QVERIFY2(known.status == 0 && known.out.contains("accepted in the baseline"), known.out.constData());
        m_code->write(u"moved.ini"_s, settingsWith(kPassword)); // the value is accepted, not its place
        QCOMPARE(look({u"--baseline"_s, m_code->path(kBaseline), u"--fail-on"_s, u"low"_s}).status, 0);
        m_code->write(u"moved.ini"_s, settingsWith("Herbst2025!"));
        QCOMPARE(look({u"--baseline"_s, m_code->path(kBaseline), u"--fail-on"_s, u"low"_s}).status, 1);
    }

    // Its key stays, so that the two can be compared; its form does not.
    void takesOverAFileOfAnEarlierVersion()
    {
        const QByteArray key(32, 'k');
        m_code->write(u"app.ini"_s, settingsWith(kPassword));
        m_code->write(kBaseline, earlierFile(key, kPassword));
        m_code->commitAll(u"settings"_s);
        const Ended known = look({u"--baseline"_s, m_code->path(kBaseline), u"--fail-on"_s, u"low"_s});
        QVERIFY2(known.status == 0 && known.out.contains("accepted in the baseline"), known.out.constData());
        QVERIFY2(known.complaint.contains("form of an earlier version"), known.complaint.constData());
        const Ended written = write();
        QVERIFY2(written.complaint.contains("replace the passwords"), written.complaint.constData());
        QCOMPARE(baseline().value("key"_L1).toString(), QString::fromLatin1(key.toHex()));
        QCOMPARE(baseline().value("schema"_L1).toInt(), 2);
        QVERIFY(!bytes().contains("fingerprint"));
        const QByteArray first = bytes();
        const QByteArray told = write().complaint; // nothing but what went into it
        QVERIFY2(told.count('\n') == 1 && told.contains("1 value went into the baseline"), told.constData());
        QCOMPARE(bytes(), first);
        // Nothing was added: the guard has nothing to say.
        m_code->git({u"add"_s, u"-A"_s});
        const Ended guard = look({u"--staged"_s, u"--baseline"_s, u"HEAD:"_s + kBaseline});
        QVERIFY2(guard.status == 0 && guard.complaint.isEmpty(), guard.complaint.constData());
    }

    // A change that gives it the new form hides no entry behind that.
    void namesWhatAnEarlierFileDoesNotHave()
    {
        m_code->write(u"app.ini"_s, settingsWith(kPassword));
        m_code->write(u"more.ini"_s, settingsWith("Herbst2025!"));
        m_code->write(kBaseline, earlierFile(QByteArray(32, 'k'), kPassword));
        m_code->commitAll(u"settings"_s);
        QCOMPARE(write().status, 0);
        m_code->git({u"add"_s, u"-A"_s});
        const Ended guard = look({u"--staged"_s, u"--baseline"_s, u"HEAD:"_s + kBaseline});
        QVERIFY2(guard.complaint.contains("accepts 1 secret") && guard.complaint.contains("more.ini") &&
                     !guard.complaint.contains("app.ini"),
                 guard.complaint.constData());
    }

    // What is asked for once it was done is no help.
    void doesNotAskForWhatItDid_data()
    {
        QTest::addColumn<QString>("target"); // of the new one; empty: none is written
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("compared alone") << QString() << QByteArray("write it again");
        QTest::newRow("written over it") << kBaseline << QByteArray("replace the passwords");
        QTest::newRow("written beside it") << u"new.json"_s << QByteArray("use it in its place");
    }

    void doesNotAskForWhatItDid()
    {
        QFETCH(QString, target);
        QFETCH(QByteArray, says);
        m_code->write(u"app.ini"_s, settingsWith(kPassword));
        m_code->write(kBaseline, earlierFile(QByteArray(32, 'k'), kPassword));
        m_code->commitAll(u"settings"_s);
        QStringList options{u"--baseline"_s, m_code->path(kBaseline)};
        if (!target.isEmpty())
            options << u"--write-baseline"_s << m_code->path(target);
        const Ended ended = look(options);
        QCOMPARE(ended.status, 0);
        QVERIFY2(ended.complaint.contains(says), ended.complaint.constData());
        QVERIFY2(target.isEmpty() || !ended.complaint.contains("rite it again"), ended.complaint.constData());
    }

    void replacesNoOtherFile_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<bool>("isReplaced");
        QTest::newRow("of a later version")
            << "{\"schema\":3,\"accepted\":[],\"key\":\"" + QByteArray(64, 'a') + "\"}" << false;
        QTest::newRow("no baseline") << QByteArray("{}") << false;
        QTest::newRow("another file") << QByteArray("# Notes\n") << false;
        QTest::newRow("empty") << QByteArray() << true;
    }

    void replacesNoOtherFile()
    {
        QFETCH(QByteArray, before);
        QFETCH(bool, isReplaced);
        m_code->write(u"app.ini"_s, settingsWith(kPassword));
        m_code->write(kBaseline, before);
        const Ended ended = write();
        QCOMPARE(ended.status, isReplaced ? 0 : 3);
        QCOMPARE(bytes() == before, !isReplaced);
        QVERIFY2(isReplaced || ended.complaint.contains("baseline"), ended.complaint.constData());
    }

private:
    QByteArray bytes() const
    {
        QFile file(m_code->path(kBaseline));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QJsonObject baseline() const { return QJsonDocument::fromJson(bytes()).object(); }
    Ended write() const { return look({u"--write-baseline"_s, m_code->path(kBaseline)}); }
    Ended look(const QStringList &options) const
    {
        return m_program->run(QStringList{u"secrets"_s, m_code->root()} + options);
    }

    WarmHome m_warm;
    std::unique_ptr<BuiltProgram> m_program;
    std::unique_ptr<GitFixture> m_code;
};

QTEST_GUILESS_MAIN(TestSecretsBaseline)
#include "tst_secretsbaseline.moc"
