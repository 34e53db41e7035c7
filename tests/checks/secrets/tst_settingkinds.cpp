// What is kept of the value of a setting: what kind it is, and nothing by which it could be had.
#include "checks/secrets/envcompleteness.h"
#include "checks/secrets/envseparation.h"
#include "checks/secrets/family.h"
#include "tests/checks/secrets/settingsfolder.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace cockpit;
using namespace cockpit::env;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestSettingKinds : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<SettingsFolder>(); }

    void keepsKindsOfValues_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QByteArray &line, const QString &expected) {
            QTest::newRow(name) << line << expected;
        };
        row("live key",
            "STRIPE_SECRET_KEY=" + key("sk_"
                                       "live_{alnum:24}"),
            u"set secret known live"_s);
        row("test key",
            "STRIPE_SECRET_KEY=" + key("sk_"
                                       "test_{alnum:24}"),
            u"set secret known test"_s);
        row("public live key",
            "NEXT_PUBLIC_STRIPE_KEY=" + key("pk_"
                                            "live_{alnum:24}"),
            u"set public live"_s);
        row("public test key",
            "NEXT_PUBLIC_STRIPE_KEY=" + key("pk_"
                                            "test_{alnum:24}"),
            u"set public test"_s);
        row("unknown key", "MY_OWN_SECRET=" + key("{alnum:32}"), u"set secret"_s);
        row("password of words", "DB_PASSWORD=correcthorsebattery", u"set secret"_s);
        row("short word", "DB_PASSWORD=abc", u"set"_s);
        row("port", "PORT=3000", u"set"_s);
        row("flag", "FEATURE_TOKENS_ENABLED=true", u"set"_s);
        row("database", "DATABASE_URL=postgres://shop:" + key("{alnum:16}") + "@db.example.net/shop",
            u"set secret known db.example.net database"_s);
        row("database in this network", "DATABASE_URL=postgres://shop:" + key("{alnum:16}") + "@db:5432/shop",
            u"set secret known db"_s);
        row("address", "API_URL=https://api.example.net/v1?x=y", u"set api.example.net"_s);
        row("address with a password", "PROXY=http://me:" + key("{alnum:12}") + "@Proxy.Example.net:8080",
            u"set secret proxy.example.net"_s);
        row("empty", "A_SECRET=", u"empty secret"_s);
        row("blank", "A_SECRET=\"  \"", u"empty secret"_s);
        row("placeholder", "A_SECRET=changeme", u"placeholder secret"_s);
        row("word that everybody tries", "ADMIN_PASSWORD=letmein", u"placeholder secret"_s);
        row("word that is dressed up", "ADMIN_PASSWORD=s3cr3t", u"placeholder secret"_s);
        row("placeholder of any name", "APP_URL=https://your-domain.example", u"placeholder"_s);
        row("name of a product", "APP_NAME=Todo Planner", u"set"_s);
        row("todo alone", "APP_NAME=todo", u"placeholder"_s);
        row("words of a key", "API_SECRET=x9Kd03mmQpTodoZz81", u"set secret"_s);
        row("text of a page", "SEARCH_HINT=Placeholder of the search...", u"set"_s);
        row("mode of a tool", "WRITE_MODE=insert-only", u"set"_s);
        row("database of a todo app", "DATABASE_URL=postgres://shop:" + key("{alnum:16}") + "@db.example.net/todo",
            u"set secret known db.example.net database"_s);
        row("password never set", "DATABASE_URL=postgres://shop:changeme@db.example.net/todo", u"placeholder"_s);
        row("template", "A_KEY=<your key>", u"placeholder"_s);
        row("elsewhere", "A_SECRET=${VAULT_SECRET}", u"elsewhere secret"_s);
        row("test is no placeholder for others", "STAGE=test", u"set"_s);
        row("encrypted by SOPS", "A_SECRET=ENC[AES256_GCM,data:" + key("{alnum:24}") + ",type:str]",
            u"unreadable secret"_s);
        row("encrypted by dotenvx", "A_SECRET=\"encrypted:" + key("{alnum:60}") + '"', u"unreadable secret"_s);
        row("encrypted by EJSON or App Platform",
            "A_SECRET=EV[1:" + key("{alnum:44}") + ':' + key("{alnum:40}", 2) + ']', u"unreadable secret"_s);
        row("the mark alone", "A_SECRET=EV[1:" + key("{alnum:12}"), u"set secret"_s);
        row("encrypted by AWS KMS", "A_SECRET=AQICAH" + key("{alnum:90}"), u"unreadable secret"_s);
        row("a name that begins like one of KMS", "A_SECRET=AQICAH" + key("{alnum:12}"), u"set secret"_s);
        row("sealed for Kubernetes", "A_SECRET=AgB" + key("{alnum:400}") + "==", u"unreadable secret"_s);
        row("shorter than anything sealed", "A_SECRET=AgB" + key("{alnum:61}"), u"set secret"_s);
        row("sealed, of no secret name", "PORT=AgB" + key("{alnum:400}"), u"unreadable"_s);
        row("sandbox", "PAYPAL_MODE=sandbox", u"set test"_s);
        row("sandbox of others", "MY_MODE=sandbox", u"set"_s);
    }

    void keepsKindsOfValues()
    {
        QFETCH(QByteArray, line);
        m_folder->write(u".env"_s, line);
        const SettingsRead read = readAll({{SourceKind::Code, m_folder->path(), {}}});
        QCOMPARE(read.settings.size(), size_t(1));
        const Setting &setting = read.settings.front();
        QStringList words{setting.state == ValueState::Set           ? u"set"_s
                          : setting.state == ValueState::Empty       ? u"empty"_s
                          : setting.state == ValueState::Placeholder ? u"placeholder"_s
                          : setting.state == ValueState::Unreadable  ? u"unreadable"_s
                                                                     : u"elsewhere"_s};
        if (setting.isSecret)
            words.append(u"secret"_s);
        if (setting.isKnownKey)
            words.append(u"known"_s);
        if (setting.isPublicKey)
            words.append(u"public"_s);
        if (setting.mode != KeyMode::None)
            words.append(setting.mode == KeyMode::Live ? u"live"_s : u"test"_s);
        if (!setting.urlHost.isEmpty())
            words.append(setting.urlHost);
        if (!setting.database.isEmpty())
            words.append(u"database"_s);
        QTEST(words.join(u' '), "expected");
        QCOMPARE(setting.fingerprint.isEmpty(), setting.state != ValueState::Set);
    }

    // From the files to the finding: the host is named, and nothing that stands beside it.
    void judgesAddressesWithoutTheirPasswords()
    {
        const QByteArray password = key("{alnum:12}");
        m_folder->write(u".env.production"_s, "NEXT_PUBLIC_API_URL=\"http://LOCALHOST:3000/v1?key=" + password +
                                                  "\"\nWEBHOOK_URL=https://me:" + password + "@shop.ngrok.io:8443/" +
                                                  password +
                                                  "\nORIGINS=https://a.example,http://localhost:3000\n"
                                                  "SITE_URL=https://app.example:99999999/\n");
        const SettingsRead read = readAll({{SourceKind::Code, m_folder->path(), {}}});
        const Judged judged = judgeEnvSeparation(read, Target());
        QStringList said;
        for (const Finding &finding : judged.findings)
            said << finding.subject + u'=' + finding.code;
        said.sort();
        QCOMPARE(said.join(u' '), u"NEXT_PUBLIC_API_URL=own_machine WEBHOOK_URL=tunnel_address"_s);
        QJsonArray expected{
            QJsonObject{{"name"_L1, u"NEXT_PUBLIC_API_URL"_s},
                        {"origin"_L1, u"http://localhost:3000"_s},
                        {"kind"_L1, u"own_machine"_s}},
            QJsonObject{{"name"_L1, u"WEBHOOK_URL"_s},
                        {"origin"_L1, u"https://shop.ngrok.io:8443"_s},
                        {"kind"_L1, u"tunnel"_s}},
            QJsonObject{{"name"_L1, u"SITE_URL"_s}, {"origin"_L1, u"https://app.example"_s}, {"kind"_L1, u"other"_s}}};
        QCOMPARE(judged.observed["production_addresses"_L1].toArray(), expected);
        QString all = QString::fromUtf8(QJsonDocument(judged.observed).toJson());
        for (const Finding &finding : judged.findings)
            all += finding.title + finding.whatWeSaw;
        QVERIFY(!all.contains(QString::fromUtf8(password)));
    }

    // The ciphertexts of one value differ, and are nobody's value.
    void comparesNoCiphertexts()
    {
        m_folder->write(
            u"env.json"_s,
            R"({"envs":[{"key":"A_SECRET","value":"eyJ2IjoidjIi","type":"encrypted","target":["production"]},)"
            R"({"key":"A_SECRET","value":"eyJ2IjoidjIi","type":"encrypted","target":["preview"]}]})");
        const SettingsRead read = readAll({{SourceKind::Settings, m_folder->path(u"env.json"_s), {}}});
        QCOMPARE(read.settings.size(), size_t(2));
        for (const Setting &setting : read.settings) {
            QCOMPARE(setting.state, ValueState::Unreadable);
            QVERIFY(setting.fingerprint.isEmpty());
            QVERIFY(setting.isSecret);
        }
    }

    // What tools encrypt in files is neither the same in two environments nor empty in one.
    void saysNothingOfEncryptedValues_data()
    {
        QTest::addColumn<QByteArray>("cipher");
        QTest::newRow("EJSON, App Platform") << "EV[1:" + key("{alnum:44}") + ':' + key("{alnum:40}", 2) + ']';
        QTest::newRow("AWS KMS") << "AQICAH" + key("{alnum:90}");
        QTest::newRow("Sealed Secrets") << "AgB" + key("{alnum:400}");
    }

    void saysNothingOfEncryptedValues()
    {
        QFETCH(QByteArray, cipher);
        m_folder->write(u"production.env"_s, "A_SECRET=" + cipher + "\nPORT=3000\n");
        m_folder->write(u"staging.env"_s, "A_SECRET=" + cipher + "\nPORT=4000\n");
        m_folder->write(u"code/a.ts"_s, "use(process.env.A_SECRET, process.env.PORT);");
        const SettingsRead read =
            readAll({{SourceKind::Code, m_folder->path(u"code"_s), {}},
                     {SourceKind::Settings, m_folder->path(u"production.env"_s), Environment::Production},
                     {SourceKind::Settings, m_folder->path(u"staging.env"_s), Environment::Staging}});
        QCOMPARE(read.settings.size(), size_t(4));
        const Judged apart = judgeEnvSeparation(read, Target());
        QCOMPARE(apart.outcome, Outcome::Info);
        QVERIFY(apart.findings.empty());
        QCOMPARE(apart.observed["not_readable"_L1], 1);
        const Judged complete = judgeEnvCompleteness(read);
        QCOMPARE(complete.outcome, Outcome::Info);
        QVERIFY(complete.findings.empty());
        QCOMPARE(complete.observed["present"_L1], 2);
    }

    void comparesByHash()
    {
        const QByteArray secret = key("{alnum:40}");
        m_folder->write(u"a.env"_s, "A_SECRET=" + secret);
        m_folder->write(u"b.env"_s, "B_SECRET='" + secret + "' # same\nC_SECRET=" + key("{alnum:40}", 2));
        const SettingsRead read = readAll({{SourceKind::Settings, m_folder->path(u"a.env"_s), Environment::Production},
                                           {SourceKind::Settings, m_folder->path(u"b.env"_s), Environment::Staging}});
        QCOMPARE(read.settings.size(), size_t(3));
        QCOMPARE(read.settings[0].fingerprint, read.settings[1].fingerprint);
        QVERIFY(read.settings[0].fingerprint != read.settings[2].fingerprint);
        QCOMPARE(read.settings[0].fingerprint.size(), 64);
        QVERIFY(!read.settings[0].fingerprint.contains(secret.left(8)));
    }

    // All three checks on a project with every fault, from look to JSON.
    void keepsNoValue()
    {
        const QByteArray live = key("sk_"
                                    "live_{alnum:24}");
        const QByteArray word = "Zk" + key("{alnum:10}");
        const QByteArray password = key("{alnum:16}", 3);
        const QByteArray settings = "STRIPE_SECRET_KEY=" + live + "\nVITE_STRIPE_KEY=" + live + "\nADMIN_PASSWORD='" +
                                    word + "'\nDATABASE_URL=postgres://shop:" + password + "@db.example.net/shop\n";
        m_folder->write(u"code/.env"_s, settings);
        m_folder->write(u"code/.env.production"_s, settings + "JWT_SECRET=changeme\n");
        m_folder->write(u"code/src/a.ts"_s, "process.env.MISSING_ONE");
        m_folder->write(u"code/vite.config.ts"_s, "define: { 'process.env.ADMIN_PASSWORD': 1 }");
        ProjectFacts facts;
        facts.sources = {{SourceKind::Code, m_folder->path(u"code"_s), {}}};
        Observations seen({}, {}, Deadline::never(), nullptr);
        QStringList codes;
        QByteArray all;
        for (const Check &check : secretsChecks()) {
            if (!check.id.startsWith("secrets.env-"_L1))
                continue;
            const Target target{u"example.net"_s, {}};
            const Policy policy;
            const Judged judged = check.look({seen, target, nullptr, policy, facts, QDateTime::currentDateTimeUtc()});
            all += QJsonDocument(judged.observed).toJson() + judged.summary.toUtf8() + judged.reason.toUtf8();
            for (const Finding &finding : judged.findings) {
                codes.append(finding.code + u' ' + finding.subject);
                all += QJsonDocument(toJson(finding)).toJson();
            }
        }
        codes.sort();
        QCOMPARE(codes.join(u"; "_s), u"built_in ADMIN_PASSWORD; missing MISSING_ONE; placeholder JWT_SECRET; "
                                      "placeholder_secret JWT_SECRET; shared_database DATABASE_URL; shared_secret "
                                      "ADMIN_PASSWORD; shared_secret STRIPE_SECRET_KEY; shared_secret VITE_STRIPE_KEY; "
                                      "wrong_prefix VITE_STRIPE_KEY"_s);
        for (const QByteArray &value : {live, word, password})
            QVERIFY(!all.contains(value));
        QCOMPARE(seen.probesSent(), 3); // where rules are kept, the rules, and the settings once for all
    }

private:
    std::unique_ptr<SettingsFolder> m_folder;
};

QTEST_GUILESS_MAIN(TestSettingKinds)
#include "tst_settingkinds.moc"
