#include "checks/secrets/logs.h"
#include "tests/checks/earlierfinding.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using cockpit::test::closes;
using namespace Qt::StringLiterals;

namespace {

LogsRead readOf(qint64 lines)
{
    LogDigest digest;
    digest.root = u"/var/log/app"_s;
    digest.files = 1;
    digest.lines = lines;
    digest.formats[LogFormat::Json] = lines;
    LogsRead read;
    read.digests = {digest};
    return read;
}

RuleSeen rule(LeakKind kind, Severity severity)
{
    RuleSeen seen;
    seen.name = u"Stripe secret key (live)"_s;
    seen.kind = kind;
    seen.severity = severity;
    seen.count = 2;
    seen.different = {"a"};
    seen.samples = {{u"app.log"_s, 7, u"sk_l••••"_s}};
    return seen;
}

QString said(const Judged &judged)
{
    QStringList words;
    for (const Finding &finding : judged.findings)
        words << finding.code + u':' + toWord(finding.severity) + u':' + toWord(finding.proof);
    words.sort();
    return words.isEmpty() ? toWord(judged.outcome) : words.join(u' ');
}

} // namespace

class LogsTest : public QObject
{
    Q_OBJECT

private slots:
    void judgesKinds_data()
    {
        QTest::addColumn<QList<int>>("kinds");
        QTest::addColumn<QString>("expected");
        using enum SensitiveKind;
        const auto row = [](const char *name, std::initializer_list<SensitiveKind> kinds, const QString &expected) {
            QList<int> numbers;
            for (const SensitiveKind kind : kinds)
                numbers << static_cast<int>(kind);
            QTest::newRow(name) << numbers << expected;
        };
        row("nothing", {}, u"pass"_s);
        row("addresses of visitors alone", {Address}, u"pass"_s);
        row("password", {Password}, u"passwords:high:strong"_s);
        row("passwords of three kinds are one finding", {Password, Login, OneTimeCode}, u"passwords:high:strong"_s);
        row("cookie", {Cookie}, u"session_cookies:high:strong"_s);
        row("token", {Token}, u"tokens:high:strong"_s);
        row("token in an address", {LinkToken}, u"tokens:high:strong"_s);
        row("card", {Card}, u"cards:high:strong"_s);
        row("security code", {CardCode}, u"cards:high:strong"_s);
        row("test card", {TestCard}, u"test_cards:medium:lead"_s);
        row("real card and test card", {Card, TestCard}, u"cards:high:strong"_s);
        row("e-mail", {Mail}, u"personal_data:medium:strong"_s);
        row("date of birth", {Mail, Identity}, u"personal_data:high:strong"_s);
        row("prompt", {Prompt}, u"prompts:medium:strong"_s);
        row("body", {Body}, u"request_bodies:low:lead"_s);
    }

    void judgesKinds()
    {
        QFETCH(QList<int>, kinds);
        LogsRead read = readOf(kFewestLogLines);
        for (const int kind : kinds)
            read.digests.front().kinds[static_cast<SensitiveKind>(kind)] = {1, {{u"app.log"_s, 3, u"x=••••"_s}}};
        const Judged judged = judgeLogs(read);
        QTEST(said(judged), "expected");
        for (const Finding &finding : judged.findings) {
            QCOMPARE(finding.location->line, 3);
            QVERIFY(finding.subject.isEmpty());
        }
    }

    void judgesKeys_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("isToken");
        QTest::addColumn<bool>("isGuessed");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, LeakKind kind, bool isToken, bool isGuessed, const QString &expected) {
            QTest::newRow(name) << static_cast<int>(kind) << isToken << isGuessed << expected;
        };
        row("secret", LeakKind::Secret, false, false, u"keys:critical:proven"_s);
        row("guessed", LeakKind::Secret, false, true, u"keys:critical:strong"_s);
        row("token", LeakKind::Secret, true, false, u"tokens:critical:strong"_s);
        row("public by design", LeakKind::PublicByDesign, false, false, u"pass"_s);
        row("of a test", LeakKind::TestMode, false, false, u"pass"_s);
    }

    void judgesKeys()
    {
        QFETCH(int, kind);
        QFETCH(bool, isToken);
        QFETCH(bool, isGuessed);
        LogsRead read = readOf(kFewestLogLines);
        RuleSeen seen = rule(static_cast<LeakKind>(kind), Severity::Critical);
        seen.isToken = isToken;
        seen.isGuessed = isGuessed;
        read.digests.front().rules[u"stripe-live-secret"_s] = seen;
        const Judged judged = judgeLogs(read);
        QTEST(said(judged), "expected");
        QCOMPARE(judged.observed["keys"_L1][0]["different"_L1].toInt(), 1);
    }

    void addsSources()
    {
        LogsRead read = readOf(50);
        read.digests.push_back(read.digests.front());
        for (LogDigest &digest : read.digests) {
            digest.rules[u"stripe-live-secret"_s] = rule(LeakKind::Secret, Severity::High);
            digest.fields = {1, 3};
        }
        read.digests.back().rules[u"stripe-live-secret"_s].severity = Severity::Critical;
        const Judged judged = judgeLogs(read);
        QCOMPARE(said(judged), u"keys:critical:proven"_s);
        QCOMPARE(judged.observed["keys"_L1][0]["count"_L1].toInt(), 4);
        QCOMPARE(judged.observed["fields"_L1]["share_hidden"_L1].toInt(), 75);
    }

    void saysHowManyFieldsAreHidden_data()
    {
        QTest::addColumn<FieldCounts>("fields");
        QTest::addColumn<QString>("expected");
        QTest::newRow("none") << FieldCounts{12, 0} << u"0 of 12 field"_s;
        QTest::newRow("some") << FieldCounts{1, 3} << u"3 of 4 field"_s;
        QTest::newRow("all") << FieldCounts{0, 250} << u"250 of 250 field"_s;
        QTest::newRow("no fields") << FieldCounts{} << QString();
    }

    void saysHowManyFieldsAreHidden()
    {
        QFETCH(FieldCounts, fields);
        QFETCH(QString, expected);
        LogsRead read = readOf(50);
        read.digests.front().fields = fields;
        const QString summary = judgeLogs(read).summary;
        QVERIFY2(expected.isEmpty() ? !summary.contains(u"hidden"_s) : summary.contains(expected), qPrintable(summary));
    }

    void passesOnlyWhatItSaw_data()
    {
        QTest::addColumn<qint64>("lines");
        QTest::addColumn<bool>("hasGap");
        QTest::addColumn<QString>("expected");
        QTest::newRow("enough") << kFewestLogLines << false << u"pass"_s;
        QTest::newRow("too few") << kFewestLogLines - 1 << false << u"info"_s;
        QTest::newRow("not all of it") << kFewestLogLines << true << u"info"_s;
    }

    void passesOnlyWhatItSaw()
    {
        QFETCH(qint64, lines);
        QFETCH(bool, hasGap);
        LogsRead read = readOf(lines);
        if (hasGap)
            read.gaps = {u"b.log was left out."_s};
        const Judged judged = judgeLogs(read);
        QTEST(said(judged), "expected");
        QCOMPARE(closes(judged, u"key_in_log"_s), judged.outcome == Outcome::Pass);
        QCOMPARE(judged.reason.isEmpty(), judged.outcome == Outcome::Pass);
    }

    void saysThatNothingCouldBeRead()
    {
        LogsRead read;
        read.failed = Error{ErrorKind::NotFound, u"/var/log/app is not there."_s};
        const Judged judged = judgeLogs(read);
        QCOMPARE(judged.outcome, Outcome::Error);
        QCOMPARE(judged.reason, u"/var/log/app is not there."_s);
    }
};

QTEST_GUILESS_MAIN(LogsTest)
#include "tst_logs.moc"
