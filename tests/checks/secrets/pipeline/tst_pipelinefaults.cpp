#include "checks/secrets/pipeline/pipelinefaults.h"
#include "tests/checks/secrets/smallrules.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

QString wordOf(PipelineFault fault)
{
    using enum PipelineFault;
    switch (fault) {
    case LiteralSecret:
        return u"literal"_s;
    case PrintsSecret:
        return u"prints"_s;
    case PrintsEncoded:
        return u"encoded"_s;
    case PrintsEnvironment:
        return u"environment"_s;
    case TracesSecrets:
        return u"traces"_s;
    case SecretAsBuildArg:
        return u"build-arg"_s;
    case PassesAllSecrets:
        return u"all"_s;
    case RunsForeignCode:
        return u"runs-foreign"_s;
    case ChecksOutForeignCode:
        return u"fetches-foreign"_s;
    }
    return {};
}

QString said(const QByteArray &text, PipelineKind kind)
{
    QStringList words;
    for (const PipelineFaultFound &found : pipelineFaultsIn({text.constData(), static_cast<size_t>(text.size())}, kind))
        words << wordOf(found.fault) + u'@' + QString::number(found.line);
    return words.join(u' ');
}

QByteArray value()
{
    return QByteArray::fromStdString(test::noise(20, 15) + "7");
}

// A workflow with one job of these steps.
QByteArray workflow(const QByteArray &on, const QByteArray &steps, const QByteArray &job = {})
{
    return "on: " + on + "\njobs:\n  build:\n    runs-on: ubuntu-latest\n" + job + "    steps:\n" + steps;
}

const QByteArray kCheckout = "      - uses: actions/checkout@v4\n        with:\n"
                             "          ref: ${{ github.event.pull_request.head.sha }}\n";
const QByteArray kRun = "      - run: npm ci\n";
const QByteArray kSecret =
    "      - run: npm publish\n        env:\n          NODE_AUTH_TOKEN: ${{ secrets.NPM_TOKEN }}\n";

} // namespace

class PipelineFaultsTest : public QObject
{
    Q_OBJECT

private slots:
    void judgesLines_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("expected");
        QTest::newRow("literal") << "  API_TOKEN: " + value() << u"literal@1"_s;
        QTest::newRow("literal in quotes") << "  DB_PASSWORD: \"" + value() + "\"" << u"literal@1"_s;
        QTest::newRow("reference") << QByteArray("  API_TOKEN: ${{ secrets.API_TOKEN }}") << QString();
        QTest::newRow("variable") << QByteArray("  API_TOKEN: $API_TOKEN") << QString();
        QTest::newRow("placeholder") << QByteArray("  API_TOKEN: your_token_here1") << QString();
        QTest::newRow("word") << QByteArray("  POSTGRES_PASSWORD: postgres") << QString();
        QTest::newRow("permission") << QByteArray("  id-token: write") << QString();
        QTest::newRow("remark") << "# API_TOKEN: " + value() << QString();
        QTest::newRow("echo") << QByteArray("  - run: echo $API_TOKEN") << u"prints@1"_s;
        QTest::newRow("echo of an expression")
            << QByteArray("  - run: echo \"${{ secrets.API_TOKEN }}\"") << u"prints@1"_s;
        QTest::newRow("echo into a file") << QByteArray("  - echo \"$NPM_TOKEN\" > .npmrc") << QString();
        QTest::newRow("echo into a command")
            << QByteArray("  - echo $DOCKER_PASSWORD | docker login --password-stdin") << QString();
        QTest::newRow("echo in Base64") << QByteArray("  - echo $API_TOKEN | base64") << u"encoded@1"_s;
        QTest::newRow("echo backwards") << QByteArray("  - run: echo ${{ secrets.API_TOKEN }} | rev") << u"encoded@1"_s;
        QTest::newRow("Base64 into a file") << QByteArray("  - echo $API_TOKEN | base64 > key") << QString();
        QTest::newRow("Base64 undone") << QByteArray("  - echo $API_TOKEN | base64 -d > key") << QString();
        QTest::newRow("echo of something else") << QByteArray("  - echo $VERSION") << QString();
        QTest::newRow("mask") << QByteArray("  - run: echo \"::add-mask::$API_TOKEN\"") << QString();
        QTest::newRow("env") << QByteArray("  - run: env") << u"environment@1"_s;
        QTest::newRow("env, sorted") << QByteArray("    env | sort") << u"environment@1"_s;
        QTest::newRow("env behind another command") << QByteArray("  - cd app && printenv") << u"environment@1"_s;
        QTest::newRow("env, into a file and on") << QByteArray("    env | sort | tee env.txt") << u"environment@1"_s;
        QTest::newRow("env, chosen") << QByteArray("  - run: env | grep NODE") << QString();
        QTest::newRow("env, chosen after all") << QByteArray("  - run: env | sort | grep NODE") << QString();
        QTest::newRow("env, names alone") << QByteArray("  - run: env | cut -d= -f1") << QString();
        QTest::newRow("env, sorted into a file") << QByteArray("  - run: env | sort > env.txt") << QString();
        QTest::newRow("env or else") << QByteArray("  - run: env || true") << u"environment@1"_s;
        QTest::newRow("env, in PowerShell") << QByteArray("    gci env: | Sort-Object Name") << u"environment@1"_s;
        QTest::newRow("env of a step") << QByteArray("    env:") << QString();
        QTest::newRow("env for a command") << QByteArray("  - env CI=1 npm test") << QString();
        QTest::newRow("env into a file") << QByteArray("  - env > .env") << QString();
        QTest::newRow("one of them") << QByteArray("  - printenv HOME") << QString();
        QTest::newRow("one secret") << QByteArray("  - printenv API_TOKEN") << u"prints@1"_s;
        QTest::newRow("in Jenkins") << QByteArray("    sh 'printenv'") << u"environment@1"_s;
        QTest::newRow("trace with secrets") << QByteArray("set -ex\ncurl -H \"x: $API_TOKEN\" h") << u"traces@1"_s;
        QTest::newRow("trace without") << QByteArray("set -ex\nnpm ci") << QString();
        QTest::newRow("no trace") << QByteArray("set -eu\ncurl -H \"x: $API_TOKEN\" h") << QString();
        QTest::newRow("xtrace") << QByteArray("set -o xtrace\ncurl -H \"x: $API_TOKEN\" h") << u"traces@1"_s;
        QTest::newRow("build argument") << QByteArray("  - docker build --build-arg NPM_TOKEN=$NPM_TOKEN .")
                                        << u"build-arg@1"_s;
        QTest::newRow("build argument of no secret")
            << QByteArray("  - docker build --build-arg VERSION=1 .") << QString();
        QTest::newRow("build arguments of the action")
            << QByteArray("  build-args: |\n    VERSION=1\n    KEY=${{ secrets.KEY }}\n  push: true")
            << u"build-arg@3"_s;
        QTest::newRow("build argument for browsers")
            << QByteArray("  - docker build --build-arg VITE_API_KEY=${{ secrets.VITE_API_KEY }} .") << QString();
        QTest::newRow("one for browsers, one secret")
            << QByteArray("  - docker build --build-arg VITE_API_KEY=$VITE_API_KEY --build-arg NPM_TOKEN .")
            << u"build-arg@1"_s;
        QTest::newRow("build arguments for browsers")
            << QByteArray("  build-args: |\n    NEXT_PUBLIC_MAPBOX_TOKEN=${{ secrets.MAPBOX }}\n  push: true")
            << QString();
        QTest::newRow("echo for browsers and of a secret")
            << QByteArray("  - run: echo ${{ secrets.VITE_KEY }} ${{ secrets.DB }}") << u"prints@1"_s;
        QTest::newRow("echo for browsers") << QByteArray("  - run: echo ${{ secrets.VITE_KEY }}") << QString();
        QTest::newRow("echo of the folder") << QByteArray("  - run: echo $PWD") << QString();
        QTest::newRow("id of a key") << "  AWS_PRIVATE_KEY_ID: " + value() << QString();
        QTest::newRow("literal of a place") << "  DB_PASSWORD_STAGING: " + value() << u"literal@1"_s;
        QTest::newRow("literal, one word") << "  PGPASSWORD: " + value() << u"literal@1"_s;
        QTest::newRow("size of a bucket") << QByteArray("  TOKEN_BUCKET_SIZE: 10000000") << QString();
        QTest::newRow("all secrets") << QByteArray("  ALL: ${{ toJSON(secrets) }}") << u"all@1"_s;
        QTest::newRow("empty") << QByteArray() << QString();
    }

    void judgesLines()
    {
        QFETCH(QByteArray, line);
        QTEST(said(line, PipelineKind::GitLab), "expected");
    }

    void judgesDockerfiles_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("expected");
        QTest::newRow("argument") << QByteArray("ARG NPM_TOKEN") << u"build-arg@1"_s;
        QTest::newRow("argument for browsers") << QByteArray("ARG VITE_FIREBASE_API_KEY") << QString();
        QTest::newRow("another one") << QByteArray("ARG NEXT_PUBLIC_MAPBOX_TOKEN") << QString();
        QTest::newRow("setting for browsers")
            << QByteArray("ENV VITE_FIREBASE_API_KEY=$VITE_FIREBASE_API_KEY") << QString();
        QTest::newRow("argument of no secret") << QByteArray("ARG NODE_VERSION=20") << QString();
        QTest::newRow("setting with a value") << "ENV API_TOKEN=" + value() << u"literal@1"_s;
        QTest::newRow("setting, old form") << "ENV API_TOKEN " + value() << u"literal@1"_s;
        QTest::newRow("setting from an argument") << QByteArray("ENV API_TOKEN=$API_TOKEN") << u"build-arg@1"_s;
        QTest::newRow("empty setting") << QByteArray("ENV API_TOKEN=\"\"") << QString();
        QTest::newRow("secret of the build") << QByteArray("RUN --mount=type=secret,id=npm npm ci") << QString();
    }

    void judgesDockerfiles()
    {
        QFETCH(QByteArray, line);
        QTEST(said(line, PipelineKind::Dockerfile), "expected");
    }

    void findsForeignCode_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected"); // with "!" when secrets are there
        QTest::newRow("with secrets") << workflow("pull_request_target", kCheckout + kSecret) << u"runs-foreign!"_s;
        QTest::newRow("with the token alone") << workflow("pull_request_target", kCheckout + kRun) << u"runs-foreign"_s;
        QTest::newRow("in a list") << workflow("[push, pull_request_target]", kCheckout + kRun) << u"runs-foreign"_s;
        QTest::newRow("in a map") << workflow("\n  pull_request_target:\n    types: [opened]", kCheckout + kRun)
                                  << u"runs-foreign"_s;
        QTest::newRow("not run") << workflow("pull_request_target", kCheckout) << u"fetches-foreign"_s;
        QTest::newRow("run before it is fetched")
            << workflow("pull_request_target", kRun + kCheckout) << u"fetches-foreign"_s;
        QTest::newRow("own code alone") << workflow("pull_request_target",
                                                    "      - uses: actions/checkout@v4\n" + kSecret)
                                        << QString();
        QTest::newRow("without secrets by its event") << workflow("pull_request", kCheckout + kSecret) << QString();
        QTest::newRow("own branches alone")
            << workflow("pull_request_target", kCheckout + kRun,
                        "    if: github.event.pull_request.head.repo.full_name == github.repository\n")
            << QString();
        QTest::newRow("own branches, or what a label lets in")
            << workflow("pull_request_target", kCheckout + kRun,
                        "    if: github.event.pull_request.head.repo.full_name == github.repository || "
                        "contains(github.event.pull_request.labels.*.name, 'safe')\n")
            << u"runs-foreign"_s;
        QTest::newRow("for a comment of anybody")
            << workflow("issue_comment", "      - uses: actions/checkout@v4\n        with:\n"
                                         "          ref: refs/pull/${{ github.event.issue.number }}/head\n" +
                                             kRun)
            << u"runs-foreign"_s;
        QTest::newRow("for a comment of members")
            << workflow("issue_comment", kCheckout + kRun,
                        "    if: github.event.comment.author_association == 'MEMBER'\n")
            << QString();
        QTest::newRow("a secret by another spelling")
            << workflow("pull_request_target", kCheckout + "      - run: npm ci\n        env:\n"
                                                           "          K: ${{ secrets['PROD_KEY'] }}\n")
            << u"runs-foreign!"_s;
        QTest::newRow("by the command line")
            << workflow("pull_request_target", "      - run: gh pr checkout ${{ github.event.number }}\n" + kRun)
            << u"runs-foreign"_s;
        QTest::newRow("after another workflow")
            << workflow("\n  workflow_run:\n    workflows: [ci]",
                        "      - uses: actions/checkout@v4\n        with:\n"
                        "          ref: ${{ github.event.workflow_run.head_sha }}\n" +
                            kRun)
            << u"runs-foreign"_s;
        QTest::newRow("no YAML") << QByteArray("on: [pull_request_target\n\tx: {") << QString();
    }

    void findsForeignCode()
    {
        QFETCH(QByteArray, text);
        QStringList words;
        for (const PipelineFaultFound &found : foreignCodeIn({text.constData(), static_cast<size_t>(text.size())}))
            words << wordOf(found.fault) + (found.hasSecrets ? u"!"_s : QString());
        QTEST(words.join(u' '), "expected");
    }

    void knowsFiles_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QString>("expected");
        QTest::newRow("workflow") << QByteArray(".github/workflows/ci.yml") << u"github_workflow"_s;
        QTest::newRow("workflow of a part") << QByteArray("apps/a/.github/workflows/ci.yaml") << u"github_workflow"_s;
        QTest::newRow("other file there") << QByteArray(".github/workflows/readme.md") << QString();
        QTest::newRow("GitLab") << QByteArray(".gitlab-ci.yml") << u"gitlab"_s;
        QTest::newRow("CircleCI") << QByteArray(".circleci/config.yml") << u"circleci"_s;
        QTest::newRow("Bitbucket") << QByteArray("bitbucket-pipelines.yml") << u"bitbucket"_s;
        QTest::newRow("Azure") << QByteArray("azure-pipelines-release.yml") << u"azure"_s;
        QTest::newRow("Jenkins") << QByteArray("ci/Jenkinsfile.release") << u"jenkins"_s;
        QTest::newRow("Dockerfile") << QByteArray("docker/Dockerfile.web") << u"dockerfile"_s;
        QTest::newRow("compose") << QByteArray("docker-compose.prod.yml") << u"compose"_s;
        QTest::newRow("hosting") << QByteArray("netlify.toml") << u"hosting"_s;
        QTest::newRow("another host's") << QByteArray("web/wrangler.toml") << u"hosting"_s;
        QTest::newRow("Woodpecker") << QByteArray(".woodpecker.yml") << u"other"_s;
        QTest::newRow("Woodpecker's folder") << QByteArray(".woodpecker/test.yaml") << u"other"_s;
        QTest::newRow("Buildkite") << QByteArray(".buildkite/pipeline.yml") << u"other"_s;
        QTest::newRow("of GitLab, included") << QByteArray(".gitlab/secrets.yml") << u"gitlab"_s;
        QTest::newRow("of a package") << QByteArray("node_modules/x/Dockerfile") << QString();
        QTest::newRow("source") << QByteArray("src/docker.ts") << QString();
    }

    void knowsFiles()
    {
        QFETCH(QByteArray, path);
        const auto kind = pipelineKindOf(path);
        QTEST(kind ? toWord(*kind) : QString(), "expected");
    }
};

QTEST_GUILESS_MAIN(PipelineFaultsTest)
#include "tst_pipelinefaults.moc"
