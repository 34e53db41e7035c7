#include "checks/secrets/settings/codenames.h"
#include "checks/secrets/settings/dotenv.h"
#include "checks/secrets/settings/settingsfile.h"
#include "models/pathwords.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::env;
using namespace Qt::StringLiterals;

namespace {

// "A=b@1", "A?@2" for a name without a value, "A!@3" for one that cannot be read, "A=b of staging (review/*)@4" for an
// environment with a word of its own; values with line ends show them as "|".
QString shown(const RawSettings &read)
{
    QStringList lines;
    for (const RawSetting &setting : read.settings) {
        QString value = QString::fromUtf8(setting.value.data(), static_cast<qsizetype>(setting.value.size()));
        value.replace(u'\n', u'|');
        QString line = QString::fromStdString(setting.name) + (setting.hasValue ? u'=' + value : u"?"_s);
        if (setting.isUnreadable)
            line = QString::fromStdString(setting.name) + u"!"_s + value;
        if (setting.environment)
            line += u" of "_s + toWord(*setting.environment);
        if (!setting.scope.empty())
            line += u" ("_s + QString::fromStdString(setting.scope) + u')';
        lines.append(line + u'@' + QString::number(setting.line));
    }
    return lines.join(u"; "_s);
}

} // namespace

class TestSettingsFile : public QObject
{
    Q_OBJECT

private slots:
    void readsDotenv_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QByteArray &text, const QString &expected) {
            QTest::newRow(name) << text << expected;
        };
        row("plain", "A=b\nC=d", u"A=b@1; C=d@2"_s);
        row("line ends of Windows", "A=b\r\nC=d\r\n", u"A=b@1; C=d@2"_s);
        row("byte order mark",
            "\xef\xbb\xbf"
            "A=b",
            u"A=b@1"_s);
        row("export and blanks", "  export  A = b c ", u"A=b c@1"_s);
        row("comments", "# x\nA=b # c\nB=b#c\n#C=d", u"A=b@2; B=b#c@3"_s);
        row("double quotes", "A=\"b # \\\"c\\\" \\n d\" # e", u"A=b # \"c\" | d@1"_s);
        row("single quotes take all as it is", R"(A='b\n$B # c')", u"A=b\\n$B # c@1"_s);
        row("backticks", "A=`b 'c'`", u"A=b 'c'@1"_s);
        row("several lines", "A=\"b\nc\"\nD=e", u"A=b|c@1; D=e@3"_s);
        row("quote without end", "A=\"b\nC=d", u"A=\"b@1; C=d@2"_s);
        row("empty", "A=\nB=''\nC", u"A=@1; B=@2"_s);
        row("put in", "A=b\nC=${A}/x\nD=$A.y\nE='$A'", u"A=b@1; C=b/x@2; D=b.y@3; E=$A@4"_s);
        row("default", "A=${B:-c}\nD=${E-f}\nG=${H}", u"A=c@1; D=f@2; G=${H}@3"_s);
        row("escaped", "A=b\nC=\\$A", u"A=b@1; C=$A@2"_s);
        row("the last counts", "A=b\nA=c", u"A=c@2"_s);
        row("colon", "A: b\nhttp://x", u"A=b@1"_s);
        row("no names", "1A=b\n.A=b\n-=c\n=d\na b=c", QString());
        row("signs in a value", "A=b=c==", u"A=b=c==@1"_s);
    }

    void readsDotenv()
    {
        QFETCH(QByteArray, text);
        QTEST(shown(parseDotenv({text.constData(), static_cast<size_t>(text.size())})), "expected");
    }

    void putsInWithoutEnd()
    {
        std::string text = "A0=" + std::string(1000, 'x') + "\n";
        for (int i = 1; i < 40; ++i)
            text += "A" + std::to_string(i) + "=${A" + std::to_string(i - 1) + "}${A" + std::to_string(i - 1) + "}\n";
        const RawSettings read = parseDotenv(text);
        QCOMPARE(read.settings.size(), size_t(40));
        QVERIFY(read.settings.back().value.size() < size_t(200000));
    }

    void readsMany()
    {
        std::string text;
        for (size_t i = 0; i < kMostSettings; ++i)
            text += "A" + std::to_string(i) + "=b\n";
        QVERIFY(!parseDotenv(text).isCut);
        const RawSettings more = parseDotenv(text + "LAST=b\nLAST=c\n");
        QVERIFY(more.isCut);
        QCOMPARE(more.settings.size(), kMostSettings);
    }

    void readsEveryFormat_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *what, const QString &name, const QByteArray &text, const QString &expected) {
            QTest::newRow(what) << name << text << expected;
        };
        row("compose, map", u"docker-compose.yml"_s,
            "services:\n  web:\n    environment:\n      A: b\n      C: \"d # e\" # f\n      D:\n    ports: [1]\n",
            u"A=b@4; C=d # e@5; D?@6"_s);
        row("compose, list in the column of its key", u"compose.yaml"_s,
            "services:\n  web:\n    environment:\n    - A=b\n    - C\n    - \"D=e=f\"\n    image: x\n",
            u"A=b@4; C?@5; D=e=f@6"_s);
        row("compose, anchor", u"docker-compose.yml"_s,
            "x-env: &env\n  A: b\nservices:\n  web:\n    environment:\n      <<: *env\n      C: d\n  job:\n    "
            "environment: *env\n",
            u"C=d@7; A=b@2; A=b@2"_s);
        row("compose, in one line", u"docker-compose.yml"_s, "services: {web: {environment: {A: b, C: 'd,e'}}}\n",
            u"A=b@1; C=d,e@1"_s);
        row("GitHub", u".github/workflows/ci.yml"_s,
            "env:\n  A: b\njobs:\n  x:\n    environment:\n      name: production\n      url: http://x\n    steps:\n"
            "      - name: run\n        run: |\n          env:\n            NOT: this\n        env:\n"
            "          C: ${{ secrets.C }}\n",
            u"A=b@2; C=${{ secrets.C }}@14"_s);
        row("GitLab", u".gitlab-ci.yml"_s, "variables:\n  A: b\n  C:\n    value: d\n    description: e\n",
            u"A=b@2; C=d@4"_s);
        row("Kubernetes", u"k8s.yaml"_s,
            "apiVersion: v1\nkind: ConfigMap\ndata:\n  A: b\n---\nkind: Secret\ndata:\n  C: ZA==\nstringData:\n  E: f\n"
            "---\nkind: Deployment\nspec:\n  containers:\n  - env:\n    - name: G\n      value: h\n    - name: I\n"
            "      valueFrom:\n        secretKeyRef:\n          name: x\n          key: y\n",
            u"A=b@4; C=d@8; E=f@10; G=h@17; I?@18"_s);
        row("Render", u"render.yaml"_s,
            "services:\n- type: web\n  envVars:\n  - key: A\n    value: b\n  - key: C\n    sync: false\n",
            u"A=b@5; C?@6"_s);
        row("block of several lines", u"k8s.yaml"_s, "kind: ConfigMap\ndata:\n  A: |\n    b\n    c\n  D: e\n",
            u"A=b|c@3; D=e@6"_s);
        row("a quote in quotes", u"compose.yml"_s, "services: {web: {environment: {A: '''b''', C: d}}}\n",
            u"A='b'@1; C=d@1"_s);
        row("TOML, several lines", u"wrangler.toml"_s,
            "[vars]\nA = \"\"\"\nb=c\nd\\n\"\"\"\nE = '''f\\n\ng'''\nH = \"\"\n", u"A=b=c|d|@2; E=f\\n|g@5; H=@7"_s);
        row("Fly", u"fly.toml"_s, "app = \"x\"\n[env]\nA = \"b\"\nC = 1 # d\n[mounts]\nE = 'f'\n", u"A=b@3; C=1@4"_s);
        row("Netlify, each context", u"netlify.toml"_s,
            "[context.production.environment]\nA = \"b\"\n[context.staging.environment]\nA = \"c\"\n",
            u"A=b of production@2; A=c of staging@4"_s);
        row("Heroku, JSON", u"config.json"_s, "{\n \"A\": \"b\\u0041\\n\",\n \"C\": null, \"D\": 1}",
            u"A=bA|@2; C?@3; D=1@3"_s);
        row("Heroku, text", u"config"_s, "=== shop Config Vars\n\nA:      b\nDATABASE_URL: postgres://x\n",
            u"A=b@3; DATABASE_URL=postgres://x@4"_s);
        row("Fly, table", u"secrets"_s, "NAME      \tDIGEST\nA         \tabc  \nB         \tdef\n", u"A?@2; B?@3"_s);
        row("SSM", u"ssm.json"_s, R"({"Parameters":[{"Name":"/shop/production/A","Type":"SecureString","Value":"b"}]})",
            u"A=b of production@1"_s);
        row("Secrets Manager", u"secret.json"_s,
            "{\"Name\":\"shop\",\"SecretString\":\"{\\\"A\\\":\\\"b\\\",\\\"C\\\":\\\"d\\\"}\"}", u"A=b@1; C=d@1"_s);
        row("Azure", u"settings.json"_s, R"([{"name":"A","slotSetting":false,"value":"b"}])", u"A=b@1"_s);
        row("GitLab, each scope", u"variables.json"_s,
            "[{\"key\":\"A\",\"value\":\"b\",\"environment_scope\":\"production\"},"
            R"({"key":"A","value":"c","environment_scope":"staging"},)"
            R"({"key":"A","value":"d","environment_scope":"*"},)"
            R"({"key":"E","value":"f","environment_scope":"*"},)"
            R"({"key":"G","value":"h","environment_scope":"production"},)"
            "{\"key\":\"G\",\"value\":\"i\",\"environment_scope\":\"*\"}]",
            u"A=b of production@1; A=c of staging@1; E=f of staging@1; E=f of production@1; "
            "G=h of production@1; G=i of staging@1"_s);
        row("GitLab, one scope for all", u"variables.json"_s, R"([{"key":"A","value":"b","environment_scope":"*"}])",
            u"A=b@1"_s);
        const auto inScope = [](const QByteArray &scope) {
            return "[{\"key\":\"A\",\"value\":\"b\",\"environment_scope\":\"" + scope + "\"}]";
        };
        row("GitLab, reviews", u"variables.json"_s, inScope("review/*"), u"A=b of staging (review/*)@1"_s);
        row("GitLab, a review", u"variables.json"_s, inScope("review/$CI_COMMIT_REF_SLUG"),
            u"A=b of staging (review/$CI_COMMIT_REF_SLUG)@1"_s);
        row("GitLab, a review of what is live", u"variables.json"_s, inScope("review/fix-production"),
            u"A=b of staging (review/fix-production)@1"_s);
        row("GitLab, preview", u"variables.json"_s, inScope("preview"), u"A=b of staging (preview)@1"_s);
        row("GitLab, all of staging", u"variables.json"_s, inScope("staging/*"), u"A=b of staging (staging/*)@1"_s);
        row("GitLab, a part of production", u"variables.json"_s, inScope("production/eu"),
            u"A=b of production (production/eu)@1"_s);
        row("GitLab, all that begin so", u"variables.json"_s, inScope("prod*"), u"A=b of production (prod*)@1"_s);
        row("GitLab, before production", u"variables.json"_s, inScope("pre-production"),
            u"A=b of staging (pre-production)@1"_s);
        row("GitLab, of its own", u"variables.json"_s, inScope("customer-a/*"), u"A=b (customer-a/*)@1"_s);
        row("GitLab, reviews and all", u"variables.json"_s,
            "[{\"key\":\"A\",\"value\":\"b\",\"environment_scope\":\"review/*\"},"
            "{\"key\":\"A\",\"value\":\"c\",\"environment_scope\":\"*\"},{\"key\":\"D\",\"value\":\"e\",\"environment_"
            "scope\":\"*\"}]",
            u"A=b of staging (review/*)@1; A=c of production@1; D=e of staging@1; D=e of production@1"_s);
        row("GitLab, hidden", u"variables.json"_s,
            R"([{"key":"A","value":null,"hidden":true,"environment_scope":"production"}])", u"A? of production@1"_s);
        row("Vercel, encrypted", u"env.json"_s,
            "{\"envs\":[{\"key\":\"A\",\"value\":\"eyJ2IjoidjIi\",\"type\":\"encrypted\",\"target\":[\"production\"]},"
            R"({"key":"A","value":"eyJ2IjoidjI0","type":"encrypted","decrypted":false,"target":["preview"]},)"
            R"({"key":"B","value":"b","type":"encrypted","decrypted":true,"target":["production"]},)"
            R"({"key":"C","value":"","type":"sensitive","target":["production"]},)"
            R"({"key":"D","type":"sensitive","target":["production"]},)"
            "{\"key\":\"E\",\"value\":\"e\",\"type\":\"plain\",\"target\":[\"production\"]}]}",
            u"A! of production@1; A! of staging (preview)@1; B=b of production@1; C! of production@1; "
            "D! of production@1; E=e of production@1"_s);
        row("Vercel, an environment of its own", u"env.json"_s,
            R"({"envs":[{"key":"A","value":"b","type":"plain","target":[],"customEnvironmentIds":["env_x1"]}]})",
            u"A=b (env_x1)@1"_s);
        row("Vercel, each target", u"env.json"_s,
            "{\"envs\":[{\"key\":\"A\",\"value\":\"b\",\"target\":[\"production\",\"preview\"]},"
            "{\"key\":\"C\",\"value\":\"d\",\"target\":\"development\"},{\"key\":\"E\",\"value\":\"f\",\"target\":"
            "\"x\"}]}",
            u"A=b of staging (preview)@1; A=b of production@1; C=d of local (development)@1; E=f@1"_s);
        row("Render API", u"r.json"_s, R"([{"envVar":{"key":"A","value":"b"},"cursor":"c"}])", u"A=b@1"_s);
        row("ECS", u"task.json"_s,
            "{\"containerDefinitions\":[{\"name\":\"web\",\"environment\":[{\"name\":\"A\",\"value\":\"b\"}],"
            "\"secrets\":[{\"name\":\"C\",\"valueFrom\":\"arn:x\"}]}]}",
            u"A=b@1; C?@1"_s);
        row("Firebase", u"f.json"_s, R"({"stripe":{"secret":"b"},"app":{"url":"c"}})",
            u"stripe.secret=b@1; app.url=c@1"_s);
        row("no name says what it is", u"prod"_s, "{\"A\":\"b\"}", u"A=b@1"_s);
        row("broken JSON", u"x.json"_s, "{\"A\":\"b\",\"C\":[[[", u"A=b@1"_s);
    }

    void readsEveryFormat()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, text);
        const FileRole role = roleOfFile(name) == FileRole::Other ? FileRole::Settings : roleOfFile(name);
        QTEST(shown(readSettings({text.constData(), static_cast<size_t>(text.size())}, name, role)), "expected");
    }

    void staysWhole_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("JSON, deep") << u"x.json"_s << QByteArray(200000, '[');
        QTest::newRow("JSON, long") << u"x.json"_s << '[' + QByteArray("1,").repeated(100000);
        QTest::newRow("JSON, names alone") << u"x.json"_s << '{' + QByteArray("a,").repeated(100000);
        QTest::newRow("JSON, colons") << u"x.json"_s << '{' + QByteArray(":").repeated(100000);
        QTest::newRow("YAML, deep") << u"x.yml"_s << QByteArray("- ").repeated(100000);
        QTest::newRow("YAML, ends in a quote") << u"x.yml"_s << QByteArray("a: \"").repeated(50000);
        QTest::newRow("YAML, aliases") << u"x.yml"_s
                                       << "a: &a\n" + QByteArray(" b: c\n") + QByteArray("d: *a\n").repeated(50000);
        QTest::newRow("TOML") << u"x.toml"_s << QByteArray("[a.").repeated(50000);
        QTest::newRow("nothing") << u"x.yml"_s << QByteArray();
        QTest::newRow("any bytes") << u"x.yml"_s << QByteArray("\xff\xfe: \x01\n- \xc3\n{\n", 13);
    }

    void staysWhole()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, text);
        const auto role = FileRole::Settings;
        const RawSettings read = readSettings({text.constData(), static_cast<size_t>(text.size())}, name, role);
        QVERIFY(read.settings.size() <= kMostSettings);
    }

    void tellsRoles_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("role");
        QTest::addColumn<QString>("environment");
        const auto row = [](const char *path, FileRole role, const QString &environment) {
            QTest::newRow(path) << QString::fromLatin1(path) << static_cast<int>(role) << environment;
        };
        row(".env", FileRole::Settings, {});
        row("apps/web/.env.local", FileRole::Settings, u"local"_s);
        row(".env.development", FileRole::Settings, u"local"_s);
        row(".env.staging", FileRole::Settings, u"staging"_s);
        row(".env.production.local", FileRole::Settings, u"production"_s);
        row("deploy/prod/app.env", FileRole::Settings, u"production"_s);
        row("production/.env.staging", FileRole::Settings, u"staging"_s);
        row(".env.example", FileRole::Template, {});
        row(".env.production.sample", FileRole::Template, u"production"_s);
        row("env.template", FileRole::Template, {});
        row("docker-compose.prod.yml", FileRole::Compose, u"production"_s);
        row("compose.yaml", FileRole::Compose, {});
        row(".github/workflows/deploy.yml", FileRole::Pipeline, {});
        row("workflows/deploy.yml", FileRole::Other, {});
        row(".woodpecker.yml", FileRole::Pipeline, {});
        row("ci/Jenkinsfile", FileRole::Other, {});
        row("Dockerfile", FileRole::Other, {});
        row("vendor/compose.yaml", FileRole::Compose, {});
        row("wrangler.toml", FileRole::Hosting, {});
        row("fly.toml", FileRole::Hosting, {});
        row("environment.ts", FileRole::Other, {});
        row("apps/live-chat/.env", FileRole::Settings, {}); // the name of an app
        row("qa-bot/.env", FileRole::Settings, {});
        row("live/.env", FileRole::Settings, u"production"_s);
        row("src/products/index.ts", FileRole::Other, {});
    }

    void tellsRoles()
    {
        QFETCH(QString, path);
        QFETCH(int, role);
        QCOMPARE(static_cast<int>(roleOfFile(path)), role);
        const auto environment = environmentOfPath(path);
        QTEST(environment ? toWord(*environment) : QString(), "environment");
    }

    void findsNamesInCode_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *what, const char *path, const QByteArray &text, const QString &expected) {
            QTest::newRow(what) << QString::fromLatin1(path) << text << expected;
        };
        row("Node", "a.ts", "x(process.env.A_KEY!);\ny = process.env['B_KEY'] as string", u"A_KEY@1 B_KEY@2"_s);
        row("Node, defaults", "a.ts", "process.env.AA || 'x'; process.env.BB ?? y; process.env.CC === 'z'",
            u"AA@1+ BB@1+ CC@1+"_s);
        row("once without a default", "a.ts", "process.env.AA || 1;\nprocess.env.AA", u"AA@2"_s);
        row("unpacked", "a.js", "const {\n AA,\n BB: b = 1,\n} = process.env;", u"AA@2 BB@3+"_s);
        row("not unpacked", "a.js", "const { AA } = process.environment;", QString());
        row("Vite", "a.vue", "import.meta.env.VITE_AA", u"VITE_AA@1"_s);
        row("Python", "a.py", "os.environ['AA']\nos.getenv(\"BB\")\nos.environ.get('CC', 'd')\nos.environ.get('DD')",
            u"AA@1 BB@2 CC@3+ DD@4"_s);
        row("Ruby", "a.rb", "ENV['AA']\nENV.fetch('BB') { 1 }\nENV.fetch('CC')", u"AA@1 BB@2+ CC@3"_s);
        row("PHP", "a.php", "env('AA', 1); getenv('BB'); $_ENV['CC']; config('app.name'); env('app')",
            u"AA@1+ BB@1 CC@1"_s);
        row("Laravel's configuration", "config/services.php", "'key' => env('AA'), 'b' => env('BB', 1)",
            u"AA@1+ BB@1+"_s);
        row("asked for before", "a.ts",
            "if (process.env.AA) { f(process.env.AA) }\nx = process.env.BB ? g(process.env.BB) : 0", u"AA@1+ BB@2+"_s);
        row("Go", "a.go", "os.Getenv(\"AA\")", u"AA@1"_s);
        row("Deno", "a.ts", "Deno.env.get('AA')!", u"AA@1"_s);
        row("Rust", "a.rs", "std::env::var(\"AA\").unwrap_or_default(); env::var(\"BB\")?", u"AA@1+ BB@1"_s);
        row("Dart", "a.dart", "const String.fromEnvironment('AA')", u"AA@1"_s);
        row("comment", "a.ts", "// process.env.AA\n # process.env.BB\n* process.env.CC", QString());
        row("no names", "a.ts", "process.env.hasOwnProperty; process.env[name]; xprocess.env.AA; getenv(name)",
            QString());
    }

    void findsNamesInCode()
    {
        QFETCH(QString, path);
        QFETCH(QByteArray, text);
        QVERIFY(isCodeFile(path));
        CodeNames names;
        readCodeNames({text.constData(), static_cast<size_t>(text.size())}, path, names);
        QStringList found;
        for (const NeededName &name : eachOnce(names.needed))
            found.append(u"%1@%2%3"_s.arg(name.name).arg(name.line).arg(name.hasDefault ? u"+"_s : QString()));
        QTEST(found.join(u' '), "expected");
    }

    void findsWhatIsBuiltIn_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *what, const char *path, const QByteArray &text, const QString &expected) {
            QTest::newRow(what) << QString::fromLatin1(path) << text << expected;
        };
        row("Next", "next.config.js", "module.exports = {\n env: {\n  AA: process.env.AA },\n x: process.env.BB }",
            u"env AA@3 env AA@3"_s);
        row("Vite", "web/vite.config.ts", "define: {\n 'process.env.AA': JSON.stringify(env.BB) }",
            u"define AA@2 define BB@2"_s);
        row("all of it", "vite.config.ts", "define: { 'process.env': process.env }", u"define *@1"_s);
        row("all of it, as text", "vite.config.js", "define: { 'process.env': JSON.stringify(process.env) }",
            u"define *@1"_s);
        row("webpack", "webpack.config.js", "new webpack.DefinePlugin({ AA: 1 })", u"DefinePlugin AA@1"_s);
        row("other file", "config.js", "env: { AA: 1 }", QString());
        row("no block", "next.config.js", "x = { env: e }", QString());
    }

    void findsWhatIsBuiltIn()
    {
        QFETCH(QString, path);
        QFETCH(QByteArray, text);
        CodeNames names;
        readCodeNames({text.constData(), static_cast<size_t>(text.size())}, path, names);
        QStringList found;
        for (const BuiltInName &one : names.builtIn)
            found.append(u"%1 %2@%3"_s.arg(one.how, one.name.isEmpty() ? u"*"_s : one.name).arg(one.line));
        found.sort();
        QTEST(found.join(u' '), "expected");
    }

    void readsNames_data()
    {
        QTest::addColumn<bool>("isSecret");
        for (const char *name : {"STRIPE_SECRET_KEY", "DB_PASSWORD", "OPENAI_API_KEY", "JWT_SECRET", "stripe.secret",
                                 "githubToken", "APP_KEY", "SESSION_SECRET", "DB_PASS", "SUPABASE_SERVICE_ROLE_KEY",
                                 "PGPASSWORD", "authtoken", "DB_PASSWORD_STAGING", "VITE_STRIPE_SECRET_KEY"})
            QTest::newRow(name) << true;
        for (const char *name : {"PORT", "LOG_LEVEL", "FEATURE_X", "STRIPE_PUBLISHABLE_KEY", "SUPABASE_ANON_KEY",
                                 "AWS_ACCESS_KEY_ID", "TOKEN_TTL", "JWT_EXPIRES_IN", "SECRET_NAME", "PUBLIC_KEY", "KEY",
                                 "NEXT_PUBLIC_APP_URL", "RECAPTCHA_SITE_KEY", "BYPASS_CACHE", "PWD", "OLDPWD",
                                 "TOKEN_BUCKET_SIZE", "MAX_TOKENS", "PRIVATE_SUBNET_CIDR"})
            QTest::newRow(name) << false;
    }

    // The build gives it to everybody, whatever it is called.
    void knowsWhatStaysOnTheServer()
    {
        QVERIFY(isServerSecretName("STRIPE_SECRET_KEY"));
        QVERIFY(!isServerSecretName("VITE_STRIPE_SECRET_KEY"));
        QVERIFY(!isServerSecretName("APP_NAME"));
        QVERIFY(isPublicName(u"STRIPE_PUBLISHABLE_KEY"));
        QVERIFY(isPublicName(u"VITE_STRIPE_SECRET_KEY"));
        QVERIFY(!isPublicName(u"STRIPE_SECRET_KEY"));
    }

    void readsNames() { QTEST(isSecretName(QString::fromLatin1(QTest::currentDataTag())), "isSecret"); }
};

QTEST_GUILESS_MAIN(TestSettingsFile)
#include "tst_settingsfile.moc"
