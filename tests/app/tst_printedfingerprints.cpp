// What `launch-cockpit secrets` prints of values beside a baseline, through the built program: whoever has that file
// has its key, and must not learn more from a report.
#include "tests/app/baselinescene.h"
#include "tests/app/builtprogram.h"
#include "tests/app/freshcode.h"
#include "tests/checks/secrets/gitfixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QMessageAuthenticationCode>
#include <QTest>

#include <csignal>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

QByteArray hmac(const QByteArray &text, const QByteArray &key)
{
    return QMessageAuthenticationCode::hash(text, key, QCryptographicHash::Sha256);
}

// Of the one value that the JSON has.
QByteArray printedFingerprint(const QByteArray &json)
{
    const QJsonObject report = QJsonDocument::fromJson(json).object();
    const QJsonArray findings = report.value("findings"_L1).toArray();
    const QJsonArray accepted = report.value("accepted"_L1).toArray();
    const bool isOne = findings.size() + accepted.size() == 1;
    return isOne ? (findings.isEmpty() ? accepted : findings).at(0)["fingerprint"_L1].toString().toLatin1()
                 : QByteArray();
}

} // namespace

class TestPrintedFingerprints : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(m_warm.make()); }
    void init() { QVERIFY(beginFresh(m_warm, m_program, m_code, u".gitignore"_s, ".env\n")); }

    // Who has the file has its key: what a report prints is made with another one, or not of the value.
    void doesNotPrintWhatTheFileHides_data()
    {
        QTest::addColumn<QString>("option");
        QTest::addColumn<QString>("format");
        for (const QString &option : {u"--baseline"_s, u"--write-baseline"_s}) {
            for (const QString &format : {u"json"_s, u"sarif"_s, u"text"_s, u"text --verbose"_s})
                QTest::addRow("%s, %s", qPrintable(option), qPrintable(format)) << option << format;
        }
    }

    void doesNotPrintWhatTheFileHides()
    {
        QFETCH(QString, option);
        QFETCH(QString, format);
        m_code->write(u"app.ini"_s, settingsWith(kPassword));
        m_code->commitAll(u"settings"_s);
        QCOMPARE(write().status, 0);
        const QByteArray key = QByteArray::fromHex(baseline().value("key"_L1).toString().toLatin1());
        const QByteArray fast = hmac(kPassword, key).toHex();
        const QStringList asked = QStringList{option, m_code->path(kBaseline), u"--format"_s} + format.split(u' ');
        // A file of an earlier version may have the key of this machine.
        for (const QByteArray &own : {QByteArray(32, 'm'), key}) {
            keepKey(own);
            const Ended ended = look(asked);
            const bool names = ended.out.contains("app.ini") || format.startsWith("text"_L1);
            QVERIFY2(names && !ended.out.isEmpty() && !ended.out.contains(fast), ended.out.constData());
            QVERIFY(!ended.complaint.contains(fast));
            QCOMPARE(look(asked).out, ended.out); // the same value, the same fingerprint
            QVERIFY(!ended.out.contains(hmac(kPassword, own).toHex()));
            if (format == "json"_L1)
                QCOMPARE(printedFingerprint(ended.out), hmac(fast, hmac("reports", own)).toHex());
        }
    }

    // A look that is stopped prints what it has, and of that no more than one that ended.
    void printsTheSameWhenStopped_data()
    {
        QTest::addColumn<bool>("isCompared");
        QTest::newRow("no baseline") << false;
        QTest::newRow("with a baseline") << true;
    }

    void printsTheSameWhenStopped()
    {
        QFETCH(bool, isCompared);
        const QByteArray own(32, 'm');
        keepKey(own);
        m_code->write(u"app.ini"_s, settingsWith(kPassword));
        m_code->commitAll(u"settings"_s);
        QCOMPARE(write().status, 0);
        const QByteArray key = QByteArray::fromHex(baseline().value("key"_L1).toString().toLatin1());
        QStringList arguments{u"secrets"_s, u"-"_s, u"--format"_s, u"json"_s};
        if (isCompared)
            arguments << u"--baseline"_s << m_code->path(kBaseline);
        const auto process = m_program->prepared(arguments);
        process->start();
        // More than is held at a time: once it is taken, the beginning was looked at.
        process->write(settingsWith(kPassword) + QByteArray("a line\n").repeated(400'000));
        QTRY_COMPARE_WITH_TIMEOUT(process->bytesToWrite(), 0, 60'000);
        QCOMPARE(::kill(static_cast<pid_t>(process->processId()), SIGINT), 0);
        QVERIFY(process->waitForFinished(60'000));
        QCOMPARE(process->exitCode(), 130);
        const QByteArray out = process->readAllStandardOutput();
        QVERIFY(QJsonDocument::fromJson(out).object().value("stopped"_L1).toBool());
        const QByteArray fast = hmac(kPassword, isCompared ? key : own).toHex();
        QCOMPARE(printedFingerprint(out), hmac(fast, hmac("reports", own)).toHex());
        QVERIFY(!out.contains(fast) && !out.contains(kPassword));
    }

    // It is the same with a baseline that has the key of this machine as with none.
    void printsOneFingerprintOfAMachine()
    {
        const QByteArray own(32, 'm');
        keepKey(own);
        m_code->write(u"app.ini"_s, settingsWith(kPassword));
        m_code->write(kBaseline, earlierFile(own, "another"));
        m_code->commitAll(u"settings"_s);
        const QByteArray alone = printedFingerprint(look({u"--format"_s, u"json"_s}).out);
        QCOMPARE(alone.size(), 64);
        const QStringList compared{u"--format"_s, u"json"_s, u"--baseline"_s, m_code->path(kBaseline)};
        QCOMPARE(printedFingerprint(look(compared).out), alone);
    }

    // Where none can be kept, whatever is compared with.
    void saysThatAKeyIsNotKept_data()
    {
        QTest::addColumn<QString>("option");
        QTest::newRow("no baseline") << QString();
        QTest::newRow("compared with") << u"--baseline"_s;
        QTest::newRow("written") << u"--write-baseline"_s;
    }

    void saysThatAKeyIsNotKept()
    {
        QFETCH(QString, option);
        m_code->write(u"app.ini"_s, settingsWith(kPassword));
        m_code->commitAll(u"settings"_s);
        QCOMPARE(write().status, 0);
        keepKey("no key");
        const Ended ended = look(option.isEmpty() ? QStringList() : QStringList{option, m_code->path(kBaseline)});
        QVERIFY2(ended.complaint.contains("will not match"), ended.complaint.constData());
    }

private:
    void keepKey(const QByteArray &key) const
    {
        QFile own(m_program->path(u".local/share/launch-cockpit/launch-cockpit/fingerprint.key"_s));
        QVERIFY(own.open(QIODevice::WriteOnly) && own.write(key) == key.size());
    }
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

QTEST_GUILESS_MAIN(TestPrintedFingerprints)
#include "tst_printedfingerprints.moc"
