#include "checks/engine/observations.h"
#include "checks/secrets/ciconfig.h"
#include "checks/secrets/cilogjudge.h"
#include "checks/secrets/compiledrules.h"
#include "checks/secrets/logread/logreading.h"
#include "tests/checks/earlierfinding.h"
#include "tests/checks/secrets/smallrules.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;
using cockpit::test::closes;
using namespace Qt::StringLiterals;

namespace {

PipelinesRead pipelinesOf(std::vector<PipelineFileSeen> files)
{
    PipelineDigest digest;
    digest.files = std::move(files);
    PipelinesRead read;
    read.isNamed = true;
    read.digests = {digest};
    return read;
}

LogsRead logsOf(const LogDigest &digest)
{
    LogsRead read;
    read.digests = {digest};
    return read;
}

QString said(const Judged &judged)
{
    QStringList words{toWord(judged.outcome)};
    for (const Finding &finding : judged.findings)
        words << finding.code + u':' + toWord(finding.severity);
    return words.join(u' ');
}

} // namespace

class CiConfigTest : public QObject
{
    Q_OBJECT

private slots:
    void judgesSettings_data()
    {
        QTest::addColumn<int>("fault");
        QTest::addColumn<bool>("hasSecrets");
        QTest::addColumn<QString>("expected");
        using enum PipelineFault;
        const auto row = [](const char *name, PipelineFault fault, bool hasSecrets, const QString &expected) {
            QTest::newRow(name) << static_cast<int>(fault) << hasSecrets << expected;
        };
        row("literal, which its name alone tells", LiteralSecret, true, u"warn literal_secret:medium"_s);
        row("prints", PrintsSecret, true, u"warn prints_secret:medium"_s);
        row("prints encoded", PrintsEncoded, true, u"fail prints_encoded:high"_s);
        row("environment", PrintsEnvironment, true, u"warn prints_environment:medium"_s);
        row("traces", TracesSecrets, true, u"warn traces_secrets:medium"_s);
        row("build argument", SecretAsBuildArg, true, u"warn secret_as_build_arg:medium"_s);
        row("all", PassesAllSecrets, true, u"warn passes_all_secrets:medium"_s);
        row("foreign code beside secrets", RunsForeignCode, true, u"fail runs_foreign_code:critical"_s);
        row("foreign code", RunsForeignCode, false, u"fail runs_foreign_code:high"_s);
        row("foreign code that is not run", ChecksOutForeignCode, true, u"warn runs_foreign_code:medium"_s);
    }

    void judgesSettings()
    {
        QFETCH(int, fault);
        QFETCH(bool, hasSecrets);
        const PipelineFaultFound found{static_cast<PipelineFault>(fault), 4, u"API_TOKEN"_s, hasSecrets};
        const Judged judged =
            judgeCiConfig(pipelinesOf({{u"ci.yml"_s, PipelineKind::GitHubWorkflow, {found, found}, {}}}), std::nullopt);
        QTEST(said(judged), "expected");
        QCOMPARE(judged.findings[0].subject, u"ci.yml"_s);
        QCOMPARE(judged.findings[0].evidence.size(), 2U); // twice in one file is one finding
        QVERIFY(!closes(judged, u"key_in_log"_s));        // no build log was named
        QVERIFY(closes(judged, u"key_in_pipeline"_s));
    }

    void judgesLogs_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("expected");
        QTest::newRow("nothing") << QString() << u"pass"_s;
        QTest::newRow("value") << u"value"_s << u"fail value_in_log:high"_s;
        QTest::newRow("bypass") << u"bypass"_s << u"fail masking_bypassed:high"_s;
        QTest::newRow("key") << u"key"_s << u"fail key_in_log:critical"_s;
        QTest::newRow("public key") << u"public"_s << u"pass"_s;
        QTest::newRow("password") << u"password"_s << u"fail credentials_in_log:high"_s;
        QTest::newRow("e-mail of a committer") << u"mail"_s << u"pass"_s;
        QTest::newRow("environment") << u"environment"_s << u"warn environment_in_log:medium"_s;
        QTest::newRow("trace") << u"trace"_s << u"pass"_s;
        QTest::newRow("npm's debug log") << u"npm"_s << u"warn npm_debug_in_log:low"_s;
        QTest::newRow("plan") << u"plan"_s << u"warn plan_in_log:low"_s;
        QTest::newRow("what a plan hid, without the plan") << u"hidden"_s << u"pass"_s;
        QTest::newRow("trace with a secret") << u"traced"_s << u"warn trace_in_log:medium"_s;
    }

    void judgesLogs()
    {
        QFETCH(QString, what);
        LogDigest digest;
        digest.lines = kFewestBuildLogLines;
        RuleSeen rule;
        rule.severity = Severity::Critical;
        rule.count = 1;
        if (what == "value"_L1)
            digest.known = {{u"API_TOKEN"_s, ValueForm::Plain, 1, {}}};
        if (what == "bypass"_L1)
            digest.known = {{u"API_TOKEN"_s, ValueForm::Base64, 1, {}}};
        if (what == "public"_L1)
            rule.kind = LeakKind::PublicByDesign;
        if (what == "key"_L1 || what == "public"_L1)
            digest.rules[u"stripe-live-secret"_s] = rule;
        if (what == "password"_L1)
            digest.kinds[SensitiveKind::Password].count = 1;
        if (what == "mail"_L1)
            digest.kinds[SensitiveKind::Mail].count = 1;
        CiSeen &ci = digest.ci[u"build.log"_s];
        ci.environments = what == "environment"_L1 ? 1 : 0;
        ci.traced = what.startsWith("trace"_L1) ? 5 : 0;
        ci.tracedWithSecret = what == "traced"_L1 ? 1 : 0;
        ci.npmDebug = what == "npm"_L1 ? 3 : 0;
        ci.plans = what == "plan"_L1 ? 1 : 0;
        ci.hiddenByPlan = what == "plan"_L1 || what == "hidden"_L1 ? 2 : 0;
        const Judged judged = judgeCiConfig(pipelinesOf({{u"ci.yml"_s, PipelineKind::GitLab, {}, {}}}), logsOf(digest));
        QTEST(said(judged), "expected");
        for (const Finding &finding : judged.findings)
            QVERIFY(ciLogCodes().contains(finding.code));
        QVERIFY(!judged.observed.contains(u"not_seen"_s));
    }

    void saysWhichHalfItSaw()
    {
        QCOMPARE(said(judgeCiConfig(pipelinesOf({}), std::nullopt)), u"not_applicable"_s);
        QCOMPARE(said(judgeCiConfig(pipelinesOf({{u"ci.yml"_s, PipelineKind::GitLab, {}, {}}}), std::nullopt)),
                 u"info"_s);
        LogDigest whole;
        whole.lines = kFewestBuildLogLines;
        const Judged logsAlone = judgeCiConfig({}, logsOf(whole));
        QCOMPARE(said(logsAlone), u"info"_s);
        QVERIFY(closes(logsAlone, u"key_in_log"_s) && !closes(logsAlone, u"key_in_pipeline"_s));
        PipelinesRead failed;
        failed.failed = Error{ErrorKind::NotFound, u"gone"_s};
        QCOMPARE(said(judgeCiConfig(failed, std::nullopt)), u"error"_s);
        LogsRead stopped;
        stopped.failed = Error{ErrorKind::Cancelled, u"stopped"_s};
        QCOMPARE(said(judgeCiConfig(pipelinesOf({}), stopped)), u"not_run"_s);
    }

    void countsAsReadWhatHasLines_data()
    {
        QTest::addColumn<qint64>("lines");
        QTest::addColumn<bool>("hasPipeline");
        QTest::addColumn<QString>("expected");
        QTest::addColumn<QString>("reason");
        const QString empty = u"has no line of text"_s;
        const QString few = u"too few to say"_s;
        QTest::newRow("empty log, pipeline read") << qint64(0) << true << u"info"_s << empty;
        QTest::newRow("empty log alone") << qint64(0) << false << u"not_run"_s << empty;
        QTest::newRow("one line") << qint64(1) << true << u"info"_s << few;
        QTest::newRow("one too few") << kFewestBuildLogLines - 1 << true << u"info"_s << few;
        QTest::newRow("enough") << kFewestBuildLogLines << true << u"pass"_s << QString();
    }

    void countsAsReadWhatHasLines()
    {
        QFETCH(qint64, lines);
        QFETCH(bool, hasPipeline);
        QFETCH(QString, reason);
        LogDigest digest;
        digest.lines = lines;
        LogsRead logs = logsOf(digest);
        const PipelinesRead pipelines =
            hasPipeline ? pipelinesOf({{u"ci.yml"_s, PipelineKind::GitLab, {}, {}}}) : pipelinesOf({});
        const Judged judged = judgeCiConfig(pipelines, logs);
        QTEST(said(judged), "expected");
        QVERIFY2(reason.isEmpty() ? judged.reason.isEmpty() : judged.reason.contains(reason),
                 qPrintable(judged.reason));
        QCOMPARE(judged.observed.contains(u"masked_lines"_s), lines > 0);
        logs.gaps = {u"1 file is no text."_s};
        QVERIFY(judgeCiConfig(pipelines, logs).reason.contains(logs.gaps.front()));
        QVERIFY(said(judgeCiConfig(pipelines, logs)) != "pass"_L1);
    }

    // A find in a log of three lines is one; nothing is said of what it holds beside.
    void findsInShortLogs()
    {
        LogDigest digest;
        digest.lines = 3;
        digest.kinds[SensitiveKind::Password].count = 1;
        const Judged judged = judgeCiConfig(pipelinesOf({{u"ci.yml"_s, PipelineKind::GitLab, {}, {}}}), logsOf(digest));
        QCOMPARE(said(judged), u"fail credentials_in_log:high"_s);
    }

    void readsNoBinaryAsLog_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("reason");
        QTest::newRow("binary") << QByteArray("\x7f"
                                              "ELF\0\0\0\1",
                                              8)
                                << u"build.log"_s << u"no text"_s;
        QTest::newRow("empty") << QByteArray() << u"build.log"_s << u"has no line of text"_s;
    }

    void readsNoBinaryAsLog()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, name);
        QFETCH(QString, reason);
        QTemporaryDir folder;
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.close();
        Observations seen(NetOptions{}, CancelToken(), Deadline::never(), nullptr);
        seen.put(CompiledRules{}, test::smallSet());
        const auto digest = *seen.ask(LogReading{.source = {SourceKind::CiLog, folder.path(), {}},
                                                 .fingerprintKey = QByteArray(32, 'k'),
                                                 .startedAt = QDateTime::currentDateTimeUtc()});
        QVERIFY(digest.has_value());
        LogsRead logs = logsOf(*digest);
        logs.gaps = digest->gaps;
        const Judged judged = judgeCiConfig(pipelinesOf({}), logs);
        QCOMPARE(said(judged), u"not_run"_s);
        QVERIFY2(judged.reason.contains(reason), qPrintable(judged.reason));
    }

    void knowsByItsNameAlone()
    {
        const PipelineFaultFound found{PipelineFault::LiteralSecret, 4, u"JWT_SECRET"_s};
        const PipelineKey guessed{u"generic-password"_s, u"Password"_s, Severity::Medium, true, 5, u"••••"_s};
        const PipelineKey known{u"stripe-live-secret"_s, u"Stripe"_s, Severity::Critical, false, 6, u"sk_l"_s};
        const Judged judged = judgeCiConfig(
            pipelinesOf({{u"ci.yml"_s, PipelineKind::GitHubWorkflow, {found}, {guessed, known}}}), std::nullopt);
        QStringList proofs;
        for (const Finding &finding : judged.findings)
            proofs << finding.code + u':' + toWord(finding.proof);
        QCOMPARE(proofs.join(u' '), u"key_in_pipeline:lead key_in_pipeline:proven literal_secret:lead"_s);
    }

    void masksNamesOfFiles()
    {
        QTemporaryDir folder;
        const QString key = QString::fromStdString(test::stripeKey());
        QVERIFY(QDir(folder.path()).mkdir(key));
        QFile file(folder.filePath(key + u"/Dockerfile"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("ARG NPM_TOKEN\n");
        file.close();
        Observations seen(NetOptions{}, CancelToken(), Deadline::never(), nullptr);
        seen.put(CompiledRules{}, test::smallSet());
        const auto digest = *seen.ask(PipelineReading{.source = {SourceKind::Code, folder.path(), {}}});
        QVERIFY(digest.has_value());
        QCOMPARE(digest->files.size(), 1U);
        const QString shown = digest->files.front().path;
        QVERIFY2(!shown.contains(key) && shown.endsWith("/Dockerfile"_L1), qPrintable(shown));
    }

    void readsAFolder()
    {
        QTemporaryDir folder;
        QDir(folder.path()).mkpath(u".github/workflows"_s);
        const QByteArray key = QByteArray::fromStdString(test::stripeKey());
        QFile file(folder.filePath(u".github/workflows/ci.yml"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("env:\n  STRIPE_SECRET: " + key + "\njobs:\n  a:\n    steps:\n      - run: printenv\n");
        file.close();
        Observations seen(NetOptions{}, CancelToken(), Deadline::never(), nullptr);
        seen.put(CompiledRules{}, test::smallSet());
        const auto digest = *seen.ask(PipelineReading{.source = {SourceKind::Code, folder.path(), {}},
                                                      .fingerprintKey = QByteArray(32, 'k'),
                                                      .startedAt = QDateTime::currentDateTimeUtc()});
        QVERIFY(digest.has_value());
        QCOMPARE(digest->files.size(), 1U);
        PipelinesRead read = pipelinesOf(digest->files);
        const Judged judged = judgeCiConfig(read, std::nullopt);
        QCOMPARE(said(judged), u"fail key_in_pipeline:critical prints_environment:medium"_s);
        QCOMPARE(judged.findings[0].location->line, 2);
        QVERIFY(!judged.findings[0].evidence[0].body.contains(QString::fromUtf8(key)));
    }
};

QTEST_GUILESS_MAIN(CiConfigTest)
#include "tst_ciconfig.moc"
