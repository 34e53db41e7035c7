// What is said of the guards in pipelines, and of those that a person tells of.
#include "checks/secrets/ciscan.h"
#include "models/hostguards.h"
#include "tests/checks/secrets/guardlook.h"

#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestGuardedPipelines : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void judgesPipelines_data();
    void judgesPipelines();
    void takesAWordForPushProtection_data();
    void takesAWordForPushProtection();

private:
    std::vector<SecretGuard> m_guards;
};

void TestGuardedPipelines::initTestCase()
{
    const auto guards = loadSecretGuards();
    QVERIFY2(guards, guards ? "" : qPrintable(guards.error().message));
    m_guards = *guards;
}

void TestGuardedPipelines::judgesPipelines_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QStringList>("codes");
    const auto row = [](const char *name, const char *path, const QByteArray &bytes, Outcome outcome,
                        const QStringList &codes = {}) {
        QTest::newRow(name) << QString::fromUtf8(path) << bytes << outcome << codes;
    };
    const auto workflow = [](const char *on, const char *run) {
        return QByteArray("on: ") + on + "\njobs: {a: {steps: [{run: \"" + run + "\"}]}}\n";
    };
    using enum Outcome;
    const char *const file = ".github/workflows/a.yml";
    row("no pipeline", "README.md", "gitleaks", Warn, {u"no_scan medium"_s});
    row("a pipeline without a guard", file, workflow("pull_request", "npm test"), Warn, {u"no_scan medium"_s});
    row("a guard on each change", file, workflow("pull_request", "launch-cockpit secrets ."), Pass);
    row("at night", file, workflow("schedule", "gitleaks detect"), Warn, {u"not_each_change medium"_s});
    row("ignored", file, workflow("pull_request", "gitleaks detect || true"), Warn, {u"does_not_stop medium"_s});
    row("one kind of key", file, workflow("pull_request", "git-secrets --scan"), Warn, {u"narrow_scan low"_s});
    row("GitLab's report", ".gitlab-ci.yml", "include: [{template: Jobs/Secret-Detection.gitlab-ci.yml}]", Warn,
        {u"does_not_stop medium"_s});
    row("another system with a guard", "bitbucket-pipelines.yml", "script:\n  - gitleaks detect", Info);
    row("another system without", "bitbucket-pipelines.yml", "script:\n  - npm test", Warn, {u"no_scan medium"_s});
    row("a workflow that cannot be read", file, "on: [", Info);
    row("an include that was not read", ".gitlab-ci.yml", "include: [{local: ci/scan.yml}]", Info);
}

void TestGuardedPipelines::judgesPipelines()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, bytes);
    QTemporaryDir folder;
    writeTo(folder.filePath(path), bytes);
    const Judged judged = look(ciScanCheck(), folder.path());
    QTEST(judged.outcome, "outcome");
    QTEST(codesOf(judged), "codes");
    QCOMPARE(judged.observed.contains("not_seen"_L1), judged.outcome == Outcome::Info);
    QVERIFY(!judged.summary.isEmpty());
}

void TestGuardedPipelines::takesAWordForPushProtection_data()
{
    QTest::addColumn<std::optional<AnswerValue>>("said");
    QTest::addColumn<bool>("isOnGitHub");
    QTest::addColumn<bool>("hasScan");
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<QString>("words"); // of the finding, or of the reason where there is none; empty: not of this
    using Said = std::optional<AnswerValue>;
    const QStringList medium{u"no_scan medium"_s};
    const QString asks = u"nobody said so"_s;
    QTest::newRow("nobody said") << Said() << true << false << medium << asks;
    QTest::newRow("on") << Said(AnswerValue::Holds) << true << false << QStringList{u"no_scan low"_s}
                        << u"switched on, as Anna said"_s;
    QTest::newRow("off") << Said(AnswerValue::DoesNotHold) << true << false << medium << u"switched off"_s;
    QTest::newRow("not at GitHub, as is said") << Said(AnswerValue::NotApplicable) << true << false << medium << u""_s;
    QTest::newRow("the code is elsewhere") << Said(AnswerValue::Holds) << false << false << medium << u""_s;
    QTest::newRow("beside a scan") << Said(AnswerValue::Holds) << true << true << QStringList()
                                   << u"switched on, as Anna said"_s;
    QTest::newRow("a scan, and nobody said") << Said() << true << true << QStringList() << asks;
}

void TestGuardedPipelines::takesAWordForPushProtection()
{
    QFETCH(std::optional<AnswerValue>, said);
    QFETCH(bool, isOnGitHub);
    QFETCH(bool, hasScan);
    QFETCH(QStringList, codes);
    QFETCH(QString, words);
    PipelinesOfCode code{.folder = u"shop"_s, .reading = {}, .isOnGitHub = isOnGitHub};
    if (hasScan)
        code.reading.uses = guardsNamed(u"gitleaks/gitleaks-action@v2"_s, u"a.yml"_s, 3, m_guards);
    PushProtection protection{.said = {}, .covers = u"keys of providers"_s};
    if (said)
        protection.said = Answer{.subject = pushProtectionSubject(),
                                 .value = *said,
                                 .by = u"Anna"_s,
                                 .answeredAt = QDateTime::currentDateTimeUtc()};
    const Judged judged = judgePipelines({code}, {}, protection);
    QCOMPARE(codesOf(judged), codes);
    const QString text = judged.findings.empty() ? judged.reason : judged.findings.front().whatWeSaw;
    QVERIFY2(text.contains(words), qPrintable(text));
    QCOMPARE(text.contains(pushProtectionName()), !words.isEmpty());
    QCOMPARE(judged.observed.contains("push_protection"_L1), isOnGitHub);
}

QTEST_GUILESS_MAIN(TestGuardedPipelines)
#include "tst_guardedpipelines.moc"
