#include "checks/secrets/pipeline/pipelinefaults.h"
#include "tests/checks/secrets/smallrules.h"

#include <QDeadlineTimer>
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

    void followsOutput_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QByteArray &text, const QString &expected = {}) {
            QTest::newRow(name) << text << expected;
        };
        row("group for later steps", "- run: { echo \"A=$API_TOKEN\"; echo b; } >> \"$GITHUB_ENV\"");
        row("group for later steps, over lines",
            "run: |\n  {\n    echo \"A=$API_TOKEN\"\n    echo b\n  } >> \"$GITHUB_OUTPUT\"");
        row("group that is shown", "run: |\n  {\n    echo b\n    echo \"A=$API_TOKEN\"\n  }", u"prints@4"_s);
        row("group that is shown, and a file later", "run: |\n  { echo $API_TOKEN; }\n  { echo $DB_PASSWORD; } > f",
            u"prints@2"_s);
        row("group without an end", "run: |\n  { echo $API_TOKEN;\n", u"prints@2"_s);
        row("group without an end in another step", "- run: |\n    {\n      echo $API_TOKEN\n- run: |\n    } > f",
            u"prints@3"_s);
        row("subshell into a file", "- ( cd app && echo $API_TOKEN ) > .env");
        row("subshell in a subshell", "- ( (echo $API_TOKEN); echo b) > .env");
        row("subshell in a subshell, the inner one into a file", "- ( (echo $API_TOKEN) > .env; echo b)");
        row("arithmetic", "- ((n = 1)) && echo $API_TOKEN", u"prints@1"_s);
        row("subshell that is shown", "- (echo $API_TOKEN)", u"prints@1"_s);
        row("environment in a subshell", "- (env | sort)", u"environment@1"_s);
        row("environment in a subshell into a file", "- (env | sort) > env.txt");
        row("group into a program", "- { echo $API_TOKEN; } | docker login --password-stdin");
        row("group in Base64", "- { echo $API_TOKEN; } | base64", u"encoded@1"_s);
        row("group to errors", "- { echo $API_TOKEN; } >&2", u"prints@1"_s);
        row("errors into a file", "- echo $API_TOKEN 2> errors.txt", u"prints@1"_s);
        row("to errors", "- echo $API_TOKEN >&2", u"prints@1"_s);
        row("to errors by name", "- echo $API_TOKEN > /dev/stderr", u"prints@1"_s);
        row("all into a file", "- echo $API_TOKEN &> f");
        row("a sign in quotes is no file", "- echo \"-> $API_TOKEN\"", u"prints@1"_s);
        row("an expression with another", "- run: echo ${{ secrets.A || secrets.B }} > f");
        row("loop into a file", "run: |\n  for k in a b; do\n    echo \"$k=$API_TOKEN\"\n  done >> .env");
        row("loop that is shown", "run: |\n  for k in a b; do\n    echo \"$k=$API_TOKEN\"\n  done", u"prints@3"_s);
        row("behind then", "- if [ -n \"$A\" ]; then echo $API_TOKEN; fi", u"prints@1"_s);
        row("condition into a file", "- if true; then echo $API_TOKEN; fi > f");
        row("line that goes on", "- echo $API_TOKEN \\\n    > .env");
        row("line that goes on into a program",
            "run: |\n  echo \"$API_TOKEN\" \\\n    | docker login -u me --password-stdin");
        row("line that ends in a pipe", "run: |\n  echo \"$API_TOKEN\" |\n    gh auth login --with-token");
        row("line that goes on and is shown", "run: |\n  echo a \\\n    $API_TOKEN\n  ls", u"prints@2"_s);
        row("line of Windows that goes on", "run: |\r\n  echo $API_TOKEN \\\r\n    > .env\r\n");
        row("command behind one that goes on", "RUN true && \\\n    echo $API_TOKEN", u"prints@2"_s);
        row("quotes over lines", "run: |\n  echo \"A=$API_TOKEN\n  B=c\" > .env\n  echo $DB_PASSWORD", u"prints@4"_s);
        row("quotes over lines that are shown", "run: |\n  echo \"A=$API_TOKEN\n  B=c\"", u"prints@2"_s);
        row("quotes of YAML", "- \"echo $API_TOKEN\"\n- \"echo $DB_PASSWORD\"", u"prints@1 prints@2"_s);
        row("quotes of YAML before a remark", "- \"echo $API_TOKEN\" # so\n- \"echo $DB_PASSWORD\"",
            u"prints@1 prints@2"_s);
        row("apostrophe", "- echo don't $API_TOKEN\n- echo $DB_PASSWORD", u"prints@1 prints@2"_s);
        row("separator in quotes", "- echo \"a; $API_TOKEN\"", u"prints@1"_s);
        row("to the command line of GitHub", "- echo ${{ secrets.GH }} | gh auth login --with-token");
        row("to Kubernetes", "- echo \"$KUBE_SECRET\" | kubectl apply -f -");
        row("through tee", "- echo $API_TOKEN | tee key.txt", u"prints@1"_s);
        row("through tee, for later steps", "- echo \"A=$API_TOKEN\" | tee -a \"$GITHUB_ENV\"", u"prints@1"_s);
        row("through tee as root", "- echo $API_TOKEN | sudo tee /etc/key", u"prints@1"_s);
        row("through tee and away", "- echo $API_TOKEN | sudo tee /etc/key > /dev/null");
        row("group through tee", "- { echo $API_TOKEN; } | tee key.txt", u"prints@1"_s);
        row("through tee into a program", "- echo $API_TOKEN | tee f | docker login --password-stdin");
        row("Base64 in one line", "- echo $API_TOKEN | base64 | tr -d '\\n'", u"encoded@1"_s);
        row("Base64 shown undone", "- echo $API_TOKEN | base64 -d", u"encoded@1"_s);
        row("into a variable", "- printf -v line '%s' \"$API_TOKEN\"");
        row("or else", "- echo $API_TOKEN || true", u"prints@1"_s);
        row("here-document into a file", "run: |\n  cat <<EOF > .env\n  A=$API_TOKEN\n  echo $API_TOKEN\n  EOF\n");
        row("here-document, file first", "run: |\n  cat > .env <<-'EOF'\n  A=${{ secrets.A }}\n  EOF\n");
        row("here-document for later steps", "run: |\n  cat <<EOF >> $GITHUB_ENV\n  A=$API_TOKEN\n  EOF\n");
        row("here-document into a program", "run: |\n  cat <<EOF | kubectl apply -f -\n  a: $API_TOKEN\n  EOF\n");
        row("here-document of a program", "run: |\n  kubectl apply -f - <<EOF\n  a: $API_TOKEN\n  EOF\n");
        row("here-document that is shown", "run: |\n  cat <<EOF\n  A=$API_TOKEN\n  EOF\n", u"prints@3"_s);
        row("here-document through tee", "run: |\n  tee .env <<EOF\n  A=$API_TOKEN\n  EOF\n", u"prints@3"_s);
        row("here-document in Base64", "run: |\n  cat <<EOF | base64\n  A=$API_TOKEN\n  EOF\n", u"encoded@3"_s);
        row("here-document of commands", "run: |\n  ssh host <<EOF\n  echo $API_TOKEN\n  EOF\n", u"prints@3"_s);
        row("here-document of a group", "run: |\n  {\n    cat <<EOF\n    A=$API_TOKEN\n    EOF\n  } > .env\n");
        row("behind a here-document", "run: |\n  cat <<EOF > f\n  a\n  EOF\n  echo $API_TOKEN", u"prints@5"_s);
        row("no here-document", "a:\n  <<: *all\n  run: echo $API_TOKEN", u"prints@3"_s);
        row("here-document without an end", "run: |\n  cat <<EOF > f\n  echo $API_TOKEN", u"prints@3"_s);
        row("here-string", "- cat <<< \"$API_TOKEN\"", u"prints@1"_s);
        row("a word in place of the value", "- echo \"${API_TOKEN:+set}\"");
        row("a word in place of the value, if there is one", "- echo ${API_TOKEN+set}");
        row("the value in place of the value", "- echo ${API_TOKEN:+$API_TOKEN}", u"prints@1"_s);
        row("another value if there is none", "- echo ${API_TOKEN:-none}", u"prints@1"_s);
        row("single quotes", "- echo 'needs $API_TOKEN set'");
        row("single quotes, and an expression", "- echo 'is ${{ secrets.API_TOKEN }}'", u"prints@1"_s);
        row("behind single quotes", "- echo 'API_TOKEN='$API_TOKEN", u"prints@1"_s);
        row("single quotes in double ones", "- echo \"'$API_TOKEN'\"", u"prints@1"_s);
        row("single quotes over lines", "run: |\n  echo 'a\n  needs $API_TOKEN set'\n  echo b");
        row("single quotes of YAML", "- 'echo $API_TOKEN'", u"prints@1"_s);
        row("captured", "run: |\n  VALUE=$(\n    echo \"$API_TOKEN\"\n  )\n  ls");
        row("captured in quotes", "run: |\n  VALUE=\"$(\n    echo \"$API_TOKEN\"\n  )\"\n  ls");
        row("captured, more than one", "run: |\n  VALUE=$(echo $API_TOKEN; echo b)");
        row("captured and printed", "run: |\n  echo \"$(\n    echo $API_TOKEN\n  )\"", u"prints@3"_s);
        row("captured and printed into a file", "run: |\n  echo \"$(\n    echo $API_TOKEN\n  )\" > f");
        row("behind what is captured", "run: |\n  V=$(\n    echo b\n  )\n  echo $API_TOKEN", u"prints@5"_s);
        row("captured without an end", "run: |\n  V=$(\n  echo $API_TOKEN", u"prints@3"_s);
        row("behind what sends all into a file", "run: |\n  exec > log.txt\n  echo $API_TOKEN");
        row("behind what sends all into a file, with errors", "run: |\n  exec > f 2>&1\n  echo $API_TOKEN\n  env");
        row("before what sends all into a file", "run: |\n  echo $API_TOKEN\n  exec > f", u"prints@2"_s);
        row("behind what sends errors into a file", "run: |\n  exec 2> f\n  echo $API_TOKEN", u"prints@3"_s);
        row("behind what shows all and keeps it", "run: |\n  exec > >(tee f)\n  echo $API_TOKEN", u"prints@3"_s);
        row("in the step behind one that sends all into a file",
            "- run: |\n    exec > f\n    echo $API_TOKEN\n- run: echo $API_TOKEN", u"prints@4"_s);
        row("step of one line that sends all into a file", "- run: exec > f\n- run: echo $API_TOKEN", u"prints@2"_s);
        row("list of commands, all into a file", "script:\n  - exec > f\n  - echo $API_TOKEN");
        row("subshell that sends all into a file", "run: |\n  (exec > f; echo $DB_PASSWORD)\n  echo $API_TOKEN",
            u"prints@3"_s);
        row("here-string of a program", "- docker login --password-stdin <<< \"$API_TOKEN\"");
    }

    void followsOutput()
    {
        QFETCH(QByteArray, text);
        QTEST(said(text, PipelineKind::GitLab), "expected");
    }

    // A file of nothing but beginnings costs no more than its length.
    void readsLongFiles()
    {
        const QByteArray lines =
            QByteArray("  a << b\n  { echo \"$API_TOKEN\n  (echo '$API_TOKEN \\\n").repeated(20'000);
        QDeadlineTimer deadline(20'000);
        QVERIFY(!said(lines, PipelineKind::GitLab).isEmpty());
        QVERIFY(!deadline.hasExpired());
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
