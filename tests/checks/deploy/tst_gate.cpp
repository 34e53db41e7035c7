#include "checks/deploy/gate.h"
#include "tests/checks/earlierfinding.h"
#include "tests/checks/web/pages.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QString kMain = u"main.yml"_s;

PipelineJobs gitHub(const QByteArray &yaml, const std::map<QString, QByteArray> &others = {})
{
    std::map<QString, QByteArray> files = others;
    files[kMain] = yaml;
    PipelineJobs jobs;
    readGitHubJobs(files, jobs);
    return jobs;
}

PipelineJobs gitLab(const QByteArray &yaml)
{
    PipelineJobs jobs;
    readGitLabJobs(u".gitlab-ci.yml"_s, yaml, jobs);
    return jobs;
}

// "deploy:suite:stops other:none"
QString told(const PipelineJobs &jobs, const ReleaseWords &words)
{
    QStringList told;
    for (const Release &release : releasesIn(jobs, words))
        told.append(release.job.name + u':' + toWord(release.gate) + (release.stops ? u":stops"_s : QString()));
    told.sort();
    return told.join(u' ');
}

const QByteArray kSuite = "launch-cockpit audit --project p.cockpit --active --only 'access.*,abuse.*'";

} // namespace

class TestGate : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void readsGitHub_data();
    void readsGitHub();
    void readsGitLab_data();
    void readsGitLab();
    void readsWhatIsCalled();
    void waitsForAnotherWorkflow_data();
    void waitsForAnotherWorkflow();
    void judges_data();
    void judges();

private:
    ReleaseWords m_words;
};

void TestGate::initTestCase()
{
    auto words = loadReleaseWords();
    QVERIFY2(words, words ? "" : qPrintable(words.error().message));
    m_words = std::move(*words);
}

void TestGate::readsGitHub_data()
{
    QTest::addColumn<QByteArray>("jobs");
    QTest::addColumn<QString>("expected");
    const QByteArray gate = "  gate:\n    steps:\n      - run: " + kSuite + "\n";
    const QByteArray deploy = "  deploy:\n    needs: gate\n    steps:\n      - run: flyctl deploy --remote-only\n";
    QTest::newRow("none") << QByteArray("  deploy:\n    steps:\n      - run: flyctl deploy\n") << u"deploy:none"_s;
    QTest::newRow("own script") << QByteArray("  deploy:\n    steps:\n      - run: npm run deploy\n")
                                << u"deploy:none"_s;
    QTest::newRow("not waited for") << gate + "  deploy:\n    steps:\n      - run: flyctl deploy\n" << u"deploy:none"_s;
    QTest::newRow("suite") << gate + deploy << u"deploy:suite:stops"_s;
    QTest::newRow("several needs") << gate + "  lint:\n    steps:\n      - run: eslint .\n" +
                                          "  deploy:\n    needs: [lint, gate]\n    steps:\n      - run: vercel --prod\n"
                                   << u"deploy:suite:stops"_s;
    QTest::newRow("through another job")
        << gate + "  build:\n    needs: gate\n    steps:\n      - run: docker build .\n" +
               "  deploy:\n    needs: build\n    steps:\n      - run: kubectl apply -f k8s\n"
        << u"deploy:suite:stops"_s;
    QTest::newRow("earlier step") << QByteArray("  deploy:\n    steps:\n      - run: ") + kSuite +
                                         "\n      - uses: amondnet/vercel-action@v25\n"
                                  << u"deploy:suite:stops"_s;
    QTest::newRow("later step") << QByteArray("  deploy:\n    steps:\n      - uses: amondnet/vercel-action@v25\n"
                                              "      - run: ") +
                                       kSuite + "\n"
                                << u"deploy:none"_s;
    QTest::newRow("earlier line of one script")
        << QByteArray("  deploy:\n    steps:\n      - run: |\n          npm test\n          netlify deploy --prod\n")
        << u"deploy:tests:stops"_s;
    QTest::newRow("job may fail") << "  gate:\n    continue-on-error: true\n    steps:\n      - run: " + kSuite + "\n" +
                                         deploy
                                  << u"deploy:suite"_s;
    QTest::newRow("step may fail") << "  gate:\n    steps:\n      - continue-on-error: true\n        run: " + kSuite +
                                          "\n" + deploy
                                   << u"deploy:suite"_s;
    QTest::newRow("ignored") << "  gate:\n    steps:\n      - run: " + kSuite + " || true\n" + deploy
                             << u"deploy:suite"_s;
    QTest::newRow("deploys anyway")
        << gate + "  deploy:\n    needs: gate\n    if: always()\n    steps:\n      - run: flyctl deploy\n"
        << u"deploy:suite"_s;
    QTest::newRow("deploys unless it failed")
        << gate + "  deploy:\n    needs: gate\n    if: ${{ !failure() && !cancelled() }}\n    steps:\n" +
               "      - run: flyctl deploy\n"
        << u"deploy:suite:stops"_s;
    QTest::newRow("asks for the result")
        << gate + "  deploy:\n    needs: gate\n    if: always() && needs.gate.result == 'success'\n    steps:\n" +
               "      - run: flyctl deploy\n"
        << u"deploy:suite:stops"_s;
    QTest::newRow("step deploys anyway") << QByteArray("  deploy:\n    steps:\n      - run: ") + kSuite +
                                                "\n      - if: always()\n        run: flyctl deploy\n"
                                         << u"deploy:suite"_s;
    QTest::newRow("suite only for pull requests")
        << QByteArray("  deploy:\n    steps:\n      - if: github.event_name == 'pull_request'\n        run: ") +
               kSuite + "\n      - run: flyctl deploy\n"
        << u"deploy:suite"_s;
    QTest::newRow("both on the main branch")
        << QByteArray("  deploy:\n    steps:\n      - if: github.ref == 'refs/heads/main'\n        run: ") + kSuite +
               "\n      - if: github.ref == 'refs/heads/main'\n        run: flyctl deploy\n"
        << u"deploy:suite:stops"_s;
    QTest::newRow("one between deploys anyway")
        << gate + "  build:\n    needs: gate\n    if: ${{ always() }}\n    steps:\n      - run: make\n" +
               "  deploy:\n    needs: build\n    steps:\n      - run: flyctl deploy\n"
        << u"deploy:suite"_s;
    QTest::newRow("tests that stop go before a suite that does not")
        << "  gate:\n    steps:\n      - run: npm test\n      - run: " + kSuite + " || true\n" + deploy
        << u"deploy:tests:stops"_s;
    QTest::newRow("own tests of sign-in")
        << "  gate:\n    steps:\n      - run: npm run test:auth\n" + deploy << u"deploy:suite:stops"_s;
    QTest::newRow("to staging") << QByteArray(
                                       "  deploy:\n    environment: staging\n    steps:\n      - run: fly deploy\n")
                                << QString();
    QTest::newRow("to staging, then on") << QByteArray("  staging:\n    environment: {name: staging}\n    steps:\n"
                                                       "      - run: fly deploy\n") +
                                                "  gate:\n    needs: staging\n    steps:\n      - run: " + kSuite +
                                                "\n" + deploy
                                         << u"deploy:suite:stops"_s;
    QTest::newRow("switched off") << QByteArray("  deploy:\n    if: false\n    steps:\n      - run: flyctl deploy\n")
                                  << QString();
    QTest::newRow("a remark") << QByteArray("  deploy:\n    steps:\n      - run: |\n          # npm test\n"
                                            "          flyctl deploy\n")
                              << u"deploy:none"_s;
    QTest::newRow("an installation") << QByteArray("  deploy:\n    steps:\n      - run: npm install -g vitest\n"
                                                   "      - run: flyctl deploy\n")
                                     << u"deploy:none"_s;
    QTest::newRow("jobs that wait for each other")
        << QByteArray("  a:\n    needs: deploy\n    steps: []\n  deploy:\n    needs: a\n    steps:\n"
                      "      - run: flyctl deploy\n")
        << u"deploy:none"_s;
    QTest::newRow("no release") << gate << QString();
}

void TestGate::readsGitHub()
{
    QFETCH(QByteArray, jobs);
    QFETCH(QString, expected);
    QCOMPARE(told(gitHub("on: push\njobs:\n" + jobs), m_words), expected);
}

void TestGate::readsGitLab_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QString>("expected");
    const QByteArray gate = "gate:\n  stage: test\n  script:\n    - " + kSuite + "\n";
    const QByteArray deploy = "release:\n  stage: deploy\n  script: [\"helm upgrade app ./chart\"]\n";
    QTest::newRow("stages") << gate + deploy << u"release:suite:stops"_s;
    QTest::newRow("none") << deploy << u"release:none"_s;
    QTest::newRow("same stage") << gate + "release:\n  stage: test\n  script: helm upgrade app ./chart\n"
                                << u"release:none"_s;
    QTest::newRow("own stages") << "stages: [ship, check]\ngate:\n  stage: check\n  script: " + kSuite +
                                       "\nrelease:\n  stage: ship\n  script: fly deploy\n"
                                << u"release:none"_s;
    QTest::newRow("needs nothing") << gate + deploy + "  needs: []\n" << u"release:none"_s;
    QTest::newRow("needs it") << gate + "release:\n  stage: test\n  needs: [{job: gate}]\n  script: fly deploy\n"
                              << u"release:suite:stops"_s;
    QTest::newRow("may fail") << gate + "  allow_failure: true\n" + deploy << u"release:suite"_s;
    QTest::newRow("some codes may fail") << gate + "  allow_failure:\n    exit_codes: [1]\n" + deploy
                                         << u"release:suite"_s;
    QTest::newRow("waits for a button") << gate + "  when: manual\n" + deploy << u"release:suite"_s;
    QTest::newRow("button that all wait for")
        << gate + "  when: manual\n  allow_failure: false\n" + deploy << u"release:suite:stops"_s;
    QTest::newRow("button in the rules") << gate + "  rules:\n    - when: manual\n" + deploy
                                         << u"release:suite:stops"_s;
    QTest::newRow("always") << gate + deploy + "  when: always\n" << u"release:suite"_s;
    QTest::newRow("template") << ".t:\n  script: [\"" + kSuite + "\"]\ngate:\n  extends: .t\n  stage: test\n" + deploy
                              << u"release:suite:stops"_s;
    QTest::newRow("to staging") << gate + deploy + "  environment:\n    name: staging\n" << QString();
}

void TestGate::readsGitLab()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QString, expected);
    QCOMPARE(told(gitLab(yaml), m_words), expected);
}

void TestGate::readsWhatIsCalled()
{
    const std::map<QString, QByteArray> others{
        {u"release-gate.yml"_s, "on:\n  workflow_call:\njobs:\n  gate:\n    steps:\n      - run: " + kSuite + "\n"}};
    const QByteArray yaml = "on: push\njobs:\n  gate:\n    uses: ./.github/workflows/release-gate.yml\n"
                            "  deploy:\n    needs: gate\n    steps:\n      - run: fly deploy\n";
    const PipelineJobs jobs = gitHub(yaml, others);
    QCOMPARE(told(jobs, m_words), u"deploy:suite:stops"_s);
    QCOMPARE(jobs.pipelines.size(), 1U); // what is only called is no pipeline of its own
    const auto deploy = std::ranges::find(jobs.pipelines.front().jobs, u"deploy"_s, &PipelineJob::name);
    QCOMPARE(deploy->line, 5);
    // One that calls itself ends.
    const QByteArray own = "on: [push, workflow_call]\njobs:\n  a:\n    uses: ./.github/workflows/main.yml\n";
    QCOMPARE(told(gitHub(own), m_words), QString());
}

void TestGate::waitsForAnotherWorkflow_data()
{
    QTest::addColumn<QByteArray>("condition");
    QTest::addColumn<QString>("expected");
    QTest::newRow("success") << QByteArray("    if: ${{ github.event.workflow_run.conclusion == 'success' }}\n")
                             << u"deploy:suite:stops"_s;
    QTest::newRow("whatever came of it") << QByteArray() << u"deploy:suite"_s;
}

void TestGate::waitsForAnotherWorkflow()
{
    QFETCH(QByteArray, condition);
    QFETCH(QString, expected);
    const std::map<QString, QByteArray> others{
        {u"gate.yml"_s, "name: Gate\non: push\njobs:\n  g:\n    steps:\n      - run: " + kSuite + "\n"}};
    const QByteArray yaml = "on:\n  workflow_run:\n    workflows: [Gate]\n    types: [completed]\njobs:\n  deploy:\n" +
                            condition + "    steps:\n      - run: fly deploy\n";
    QCOMPARE(told(gitHub(yaml, others), m_words), expected);
}

void TestGate::judges_data()
{
    QTest::addColumn<int>("gate"); // of GateKind; -1: no release
    QTest::addColumn<bool>("stops");
    QTest::addColumn<QString>("gap");
    QTest::addColumn<QString>("expected");
    const QString gap = u"main.yml could not be read."_s;
    QTest::newRow("suite") << int(GateKind::Suite) << true << QString() << u"pass"_s;
    QTest::newRow("suite and a gap") << int(GateKind::Suite) << true << gap
                                     << u"info"_s; // another release may wait for nothing
    QTest::newRow("suite that stops nothing")
        << int(GateKind::Suite) << false << QString() << u"does_not_stop:medium"_s;
    QTest::newRow("tests") << int(GateKind::Tests) << true << QString() << u"tests_only:low"_s;
    QTest::newRow("tests that stop nothing") << int(GateKind::Tests) << false << QString() << u"does_not_stop:medium"_s;
    QTest::newRow("none") << int(GateKind::None) << false << QString() << u"no_gate:medium"_s;
    QTest::newRow("none that was seen") << int(GateKind::None) << false << gap << u"not_run"_s;
    QTest::newRow("no release") << -1 << false << QString() << u"not_run"_s;
}

void TestGate::judges()
{
    QFETCH(int, gate);
    QFETCH(bool, stops);
    QFETCH(QString, gap);
    QFETCH(QString, expected);
    ReleasesOfCode code{.folder = u"shop"_s, .releases = {}, .gaps = {}};
    if (gate >= 0)
        code.releases.push_back({.job = {.file = u".github/workflows/main.yml"_s, .name = u"deploy"_s, .line = 7},
                                 .gate = static_cast<GateKind>(gate),
                                 .stops = stops,
                                 .by = u"Launch Cockpit in main.yml"_s});
    if (!gap.isEmpty())
        code.gaps.append(gap);
    const Judged judged = judgeGate({code}, {});
    QCOMPARE(said(judged), expected);
    if (judged.outcome == Outcome::NotRun)
        QVERIFY(!judged.reason.isEmpty());
    for (const Finding &finding : judged.findings)
        QCOMPARE(finding.location->line, 7);
    if (!gap.isEmpty())
        QVERIFY(judged.reason.contains(gap));
    QCOMPARE(closes(judged, u"no_gate"_s, u"deploy"_s), gap.isEmpty() && judged.outcome != Outcome::NotRun);
}

QTEST_GUILESS_MAIN(TestGate)
#include "tst_gate.moc"
