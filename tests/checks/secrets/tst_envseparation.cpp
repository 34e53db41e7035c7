#include "checks/secrets/envseparation.h"
#include "models/masked.h"
#include "tests/checks/secrets/settingsmade.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QUrl>

using namespace cockpit;
using namespace cockpit::env;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kLive = Environment::Production;
constexpr auto kStaging = Environment::Staging;
constexpr auto kLocal = Environment::Local;

Setting database(Environment environment, const QByteArray &print, const QByteArray &place,
                 const QString &host = u"db.example.net"_s)
{
    Setting made = setting(u"DATABASE_URL"_s, environment, print);
    made.database = place;
    made.urlHost = host;
    return made;
}

// With an address in the place of its value, as the classifier leaves it.
Setting at(const QString &name, const QString &address, std::optional<Environment> environment = kLive)
{
    Setting made = setting(name, environment, address.toUtf8(), false);
    const QUrl url(address);
    made.urlScheme = url.scheme();
    made.urlHost = url.host().contains(u':') ? u'[' + url.host() + u']' : url.host();
    made.urlPort = url.port(0);
    return made;
}

Target shop()
{
    Target target;
    target.domain = u"shop.example"_s;
    target.hosts = {{HostRole::Site, u"shop.example"_s}, {HostRole::App, u"app.shop.example"_s}};
    return target;
}

// Of one setting, without a catalogue for the plural.
QString encryptedGap(const QString &name)
{
    return u"1 setting(s) could not be compared, for their values are encrypted in what was exported: %1. Export them "
           "decrypted, or compare them in your provider's panel."_s.arg(name);
}

} // namespace

class TestEnvSeparation : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<std::vector<Setting>>("settings");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, std::vector<Setting> settings, const QString &expected) {
            QTest::newRow(name) << std::move(settings) << expected;
        };
        const QString key = u"A_SECRET"_s;
        row("apart", {setting(key, kLive, "1"), setting(key, kStaging, "2")}, u"pass"_s);
        row("shared with staging", {setting(key, kLive), setting(key, kStaging)}, u"shared_secret(A_SECRET):high"_s);
        row("shared with local, under another name", {setting(key, kLive), setting(u"B_TOKEN"_s, kLocal)},
            u"shared_secret(A_SECRET):high"_s);
        row("shared by staging and local",
            {setting(key, kLive, "1"), setting(key, kStaging, "2"), setting(key, kLocal, "2")}, u"pass"_s);
        row("no secret", {setting(u"LOG_LEVEL"_s, kLive, "1", false), setting(u"LOG_LEVEL"_s, kStaging, "1", false)},
            u"pass"_s);
        row("of a build tool", {setting(u"NPM_TOKEN"_s, kLive), setting(u"NPM_TOKEN"_s, kLocal)},
            u"shared_secret(NPM_TOKEN):low"_s);
        row("of an unknown environment", {setting(key, kLive), setting(key, {}), setting(u"X"_s, kLocal, "5", false)},
            u"pass"_s);
        row("a secret by its name alone",
            {[&] {
                 Setting made = setting(key, kLive);
                 made.severity = Severity::Medium;
                 return made;
             }(),
             setting(key, kStaging)},
            u"shared_secret(A_SECRET):medium"_s);

        row("live key at home", {inMode(setting(key, kLocal, "1"), KeyMode::Live), setting(key, kLive, "2")},
            u"live_key_in_tests(A_SECRET):high"_s);
        const auto plainFile = [](GitStanding standing) {
            Setting made = inMode(setting(u"A_SECRET"_s, kLocal, "1"), KeyMode::Live);
            made.isEnvironmentGuessed = true;
            made.standing = standing;
            return made;
        };
        const Setting ofProduction = setting(u"B_SECRET"_s, kLive, "2");
        row("live key in a plain .env of this machine", {plainFile(GitStanding::Ignored), ofProduction}, u"pass"_s);
        row("live key in a plain .env without git", {plainFile(GitStanding::NoRepository), ofProduction}, u"pass"_s);
        row("live key in a plain .env that all have", {plainFile(GitStanding::Tracked), ofProduction},
            u"live_key_in_tests(A_SECRET):high"_s);
        row("live key at home and in production",
            {inMode(setting(key, kLocal), KeyMode::Live), inMode(setting(key, kLive), KeyMode::Live)},
            u"shared_secret(A_SECRET):high"_s);
        row("public live key at home",
            {inMode(setting(key, kLocal, "1", false), KeyMode::Live), setting(key, kLive, "2")}, u"pass"_s);
        row("live key of production", {inMode(setting(key, kLive), KeyMode::Live), setting(key, kLocal, "2")},
            u"pass"_s);
        row("test key in production", {inMode(setting(key, kLive), KeyMode::Test), setting(key, kLocal, "2")},
            u"test_key_in_production(A_SECRET):high"_s);
        row("public test key in production, the same at home",
            {inMode(setting(key, kLive, "1", false), KeyMode::Test),
             inMode(setting(key, kLocal, "1", false), KeyMode::Test)},
            u"test_key_in_production(A_SECRET):high"_s);
        row("test key, production alone", {inMode(setting(key, kLive), KeyMode::Test)},
            u"test_key_in_production(A_SECRET):high"_s);

        row("same database", {database(kLive, "1", "p"), database(kStaging, "2", "p")},
            u"shared_database(DATABASE_URL):high"_s);
        row("same database and password", {database(kLive, "1", "p"), database(kStaging, "1", "p")},
            u"shared_database(DATABASE_URL):high"_s);
        row("same server", {database(kLive, "1", "p"), database(kStaging, "2", "q")},
            u"shared_database_server(DATABASE_URL):low"_s);
        row("other server", {database(kLive, "1", "p"), database(kStaging, "2", "q", u"db2.example.net"_s)}, u"pass"_s);

        row("placeholder for a secret",
            {inState(setting(key, kLive), ValueState::Placeholder), setting(key, kLocal, "2")},
            u"placeholder_secret(A_SECRET):high"_s);
        row("placeholder at home", {inState(setting(key, kLocal), ValueState::Placeholder), setting(key, kLive)},
            u"pass"_s);
        row("placeholder, and a value elsewhere in production",
            {inState(setting(key, kLive), ValueState::Placeholder), setting(key, kLive), setting(key, kLocal, "2")},
            u"pass"_s);
        const auto unreadable = [&](Environment environment) {
            return inState(setting(key, environment), ValueState::Unreadable);
        };
        const Setting plain = setting(u"LOG_LEVEL"_s, kLive, "5", false);
        row("not readable", {unreadable(kLive), unreadable(kStaging), plain}, u"info"_s);
        row("readable in production alone", {setting(key, kLive), unreadable(kStaging)}, u"info"_s);
        row("shared, and encrypted in another source",
            {setting(key, kLive), setting(key, kStaging), unreadable(kLive), unreadable(kStaging)},
            u"shared_secret(A_SECRET):high"_s);
        row("apart, and encrypted in another source",
            {setting(key, kLive, "1"), setting(key, kStaging, "2"), unreadable(kLive), unreadable(kStaging)},
            u"pass"_s);
        row("readable twice in production alone", {setting(key, kLive), unreadable(kLive), unreadable(kStaging)},
            u"info"_s);
        row("not readable, and another one shared",
            {unreadable(kLive), unreadable(kStaging), setting(u"B_TOKEN"_s, kLive), setting(u"B_TOKEN"_s, kStaging)},
            u"shared_secret(B_TOKEN):high"_s);
        const auto named = [&](std::optional<Environment> environment, const QString &scope) {
            Setting made = setting(key, environment);
            made.scope = scope;
            return made;
        };
        row("shared with reviews", {setting(key, kLive), named(kStaging, u"review/*"_s)},
            u"shared_secret(A_SECRET):high"_s);
        row("shared with an environment of its own",
            {setting(key, kLive), setting(key, kStaging, "2"), named({}, u"customer-a"_s)}, u"info"_s);
        row("one environment", {setting(key, kLive)}, u"not_run"_s);
        row("none", {}, u"not_run"_s);
        row("without production", {setting(key, kLocal, "1"), setting(key, kStaging, "2")}, u"info"_s);
    }

    void judges()
    {
        QFETCH(std::vector<Setting>, settings);
        const SettingsRead read = readOf(settings);
        QTEST(saidOf(judgeEnvSeparation(read, Target())), "expected");
    }

    void saysWhatItSaw()
    {
        const SettingsRead read =
            readOf({setting(u"STRIPE_SECRET_KEY"_s, kLive), setting(u"STRIPE_SECRET_KEY"_s, kStaging),
                    inState(setting(u"PORT"_s, kLocal, {}, false), ValueState::Empty)});
        CheckResult result;
        const Judged judged = judgeEnvSeparation(read, Target());
        result.observed = judged.observed;
        result.findings = judged.findings;
        const CheckResult safe = masked(result);
        QCOMPARE(safe.observed, judged.observed); // nothing in it looks like a secret
        QCOMPARE(safe.findings, judged.findings);
        QCOMPARE(QJsonDocument(judged.observed["environments"_L1].toArray()).toJson(QJsonDocument::Compact),
                 QByteArray(R"(["production","staging","local"])"));
        const QJsonArray rows = judged.observed["settings"_L1].toArray();
        QCOMPARE(rows.size(), 2);
        QCOMPARE(rows[0]["name"_L1], u"PORT"_s);
        QCOMPARE(rows[0]["local"_L1]["state"_L1], u"empty"_s);
        QVERIFY(rows[0]["production"_L1].isNull());
        QCOMPARE(rows[1]["staging"_L1]["same_as_production"_L1], true);
        QCOMPARE(judged.findings.front().location->line, 3);
    }

    // Each two environments once: at the one that is further from customers.
    void saysWhoSharesWithWhom()
    {
        SettingsRead read =
            readOf({setting(u"A"_s, kLive, "1"), setting(u"A"_s, kStaging, "2"), setting(u"A"_s, kLocal, "2"),
                    setting(u"VITE_B"_s, kLive, "3"), setting(u"VITE_B"_s, kLocal, "3"), setting(u"C"_s, kLive, "4")});
        read.builtIn = {{u"C"_s, u"vite.config.ts"_s, 4, u"define"_s}};
        const QJsonArray rows = judgeEnvSeparation(read, Target()).observed["settings"_L1].toArray();
        QStringList said;
        for (const QJsonValue row : rows) {
            for (const auto environment : {"production"_L1, "staging"_L1, "local"_L1}) {
                for (const auto with : {"same_as_production"_L1, "same_as_staging"_L1}) {
                    if (row[environment][with].toBool())
                        said << row["name"_L1].toString() + u' ' + environment + u' ' + with;
                }
            }
            if (row["in_browser"_L1].toBool())
                said << row["name"_L1].toString() + u" in_browser"_s;
        }
        QCOMPARE(said.join(u", "_s), u"A local same_as_staging, C in_browser, VITE_B local same_as_production, "
                                     "VITE_B in_browser"_s);
        read.builtIn = {{{}, u"vite.config.ts"_s, 4, u"define"_s}}; // all that there are
        QCOMPARE(judgeEnvSeparation(read, Target()).observed["settings"_L1][0]["in_browser"_L1], true);
    }

    // A name that two environments have, and of which nobody can say whether the values are the same.
    void tellsWhatCouldNotBeCompared()
    {
        const auto unreadable = [](Environment environment) {
            return inState(setting(u"A_SECRET"_s, environment), ValueState::Unreadable);
        };
        Setting own = setting(u"A_SECRET"_s, {}, "7");
        own.scope = u"customer-a"_s;
        const Judged judged = judgeEnvSeparation(
            readOf({unreadable(kLive), unreadable(kStaging), own, setting(u"PORT"_s, kLive, "1", false),
                    setting(u"PORT"_s, kStaging, "2", false)}),
            Target());
        QCOMPARE(judged.outcome, Outcome::Info);
        QCOMPARE(judged.reason, encryptedGap(u"A_SECRET"_s) + u" What these environments are for is not known, so they "
                                                              "were compared with none: customer-a."_s);
        QCOMPARE(judged.summary, u"1 setting(s) compared: Production, Staging"_s);
        QCOMPARE(judged.observed["not_readable"_L1], 1);
        QCOMPARE(judged.observed["other_environments"_L1].toArray(), QJsonArray{u"customer-a"_s});
        QCOMPARE(judged.observed["settings"_L1][0]["production"_L1]["state"_L1], u"unreadable"_s);
    }

    // One source has the values of both environments, another one has them encrypted.
    void comparesWhatOneSourceShows()
    {
        const QString name = u"DB_PASSWORD"_s;
        const auto unreadable = [](const QString &of, Environment environment) {
            return inState(setting(of, environment), ValueState::Unreadable);
        };
        const Judged judged = judgeEnvSeparation(
            readOf({setting(name, kLive), setting(name, kStaging), unreadable(name, kLive), unreadable(name, kStaging),
                    unreadable(u"JWT_SECRET"_s, kLive), unreadable(u"JWT_SECRET"_s, kStaging)}),
            Target());
        QCOMPARE(judged.findings.size(), size_t(1));
        QCOMPARE(judged.findings.front().subject, name);
        QCOMPARE(judged.summary, u"1 setting(s) compared: Production, Staging"_s);
        QCOMPARE(judged.observed["not_readable"_L1], 1);
        QCOMPARE(judged.reason, encryptedGap(u"JWT_SECRET"_s));
    }

    void namesAnEnvironmentAsItsExportDoes()
    {
        Setting review = setting(u"A_SECRET"_s, kStaging);
        review.scope = u"review/*"_s;
        const Judged judged = judgeEnvSeparation(readOf({setting(u"A_SECRET"_s, kLive), review}), Target());
        QCOMPARE(judged.findings.size(), size_t(1));
        QVERIFY2(judged.findings.front().title.startsWith(u"review/*"_s), qPrintable(judged.findings.front().title));
    }

    void judgesAddressesOfProduction_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("expected"); // code, severity and proof
        const auto row = [](const char *what, const QString &name, const QString &address, const QString &expected) {
            QTest::newRow(what) << name << address << expected;
        };
        const QString api = u"API_URL"_s;
        const QString shown = u"NEXT_PUBLIC_API_URL"_s;
        row("own", api, u"https://api.shop.example"_s, {});
        row("of another", api, u"https://api.stripe.com"_s, {});
        row("another's, not encrypted", api, u"http://api.partner.example.net"_s, {});
        row("no address of the web", u"CACHE_URL"_s, u"redis://localhost:6379"_s, {});

        row("own machine", api, u"http://localhost:3000"_s, u"own_machine:medium:lead"_s);
        row("own machine, without a port", api, u"http://127.0.0.1"_s, u"own_machine:medium:lead"_s);
        row("own machine, IPv6", api, u"http://[::1]:3000"_s, u"own_machine:medium:lead"_s);
        row("own machine, for browsers", shown, u"http://localhost:3000"_s, u"own_machine:high:strong"_s);
        row("own machine, where a sign-in leads", u"NEXTAUTH_URL"_s, u"http://localhost:3000"_s,
            u"own_machine:high:strong"_s);
        row("own machine, said to be inside", u"INTERNAL_API_URL"_s, u"http://localhost:4000"_s, {});
        row("a collector beside it", u"OTEL_EXPORTER_OTLP_ENDPOINT"_s, u"http://localhost:4318"_s, {});
        row("a proxy", u"HTTP_PROXY"_s, u"http://10.0.0.7:3128"_s, {});

        row("private number", api, u"http://10.1.2.3:8080"_s, u"private_address:medium:lead"_s);
        row("last private number", api, u"http://172.31.255.255"_s, u"private_address:medium:lead"_s);
        row("first public number behind it", api, u"http://172.32.0.0"_s, {});
        row("private number, IPv6", api, u"http://[fd00::1]:8080"_s, u"private_address:medium:lead"_s);
        row("private number, for browsers", u"VITE_API_URL"_s, u"http://192.168.1.20:8080"_s,
            u"private_address:high:strong"_s);
        row("name of an office", api, u"http://build.lan"_s, u"private_address:medium:lead"_s);
        row("private network of a host", api, u"http://api.railway.internal:8080"_s, {});
        row("of Kubernetes", api, u"http://api.default.svc.cluster.local"_s, {});
        row("private network of a host, for browsers", shown, u"http://api.railway.internal:8080"_s,
            u"private_address:high:strong"_s);
        row("service of a compose file", api, u"http://api:3000"_s, {});
        row("service of a compose file, for browsers", shown, u"http://api:3000"_s, u"private_address:high:strong"_s);

        row("own, not encrypted", api, u"http://api.shop.example"_s, u"plain_address:medium:strong"_s);
        row("own socket, not encrypted", u"VITE_SOCKET_URL"_s, u"ws://shop.example"_s,
            u"plain_address:medium:strong"_s);
        row("own, not encrypted, said to be inside", u"INTERNAL_API_URL"_s, u"http://api.shop.example"_s, {});
        row("test system", api, u"https://staging.shop.example"_s, u"test_address:high:strong"_s);
        row("test system, said to be inside", u"INTERNAL_API_URL"_s, u"https://api-dev.shop.example"_s,
            u"test_address:high:strong"_s);
        row("preview", u"APP_URL"_s, u"https://shop-git-main-anna.vercel.app"_s, u"preview_address:high:strong"_s);
        row("tunnel", u"WEBHOOK_URL"_s, u"https://1a2b.ngrok-free.app"_s, u"tunnel_address:high:strong"_s);
        row("provider's test system", u"PAYPAL_API_URL"_s, u"https://api-m.sandbox.paypal.com"_s,
            u"provider_test_address:high:strong"_s);
    }

    void judgesAddressesOfProduction()
    {
        QFETCH(QString, name);
        QFETCH(QString, address);
        // Another environment, so that there is something to compare, and the same for tests, where it is in place.
        std::vector<Setting> settings{at(name, address), setting(u"LOG"_s, kLocal, "1", false),
                                      at(u"OTHER_URL"_s, address, kLocal)};
        const Judged judged = judgeEnvSeparation(readOf(settings), shop());
        QStringList said;
        for (const Finding &finding : judged.findings) {
            said << finding.code + u':' + toWord(finding.severity) + u':' + toWord(finding.proof);
            QCOMPARE(finding.subject, name);
        }
        QTEST(said.join(u' '), "expected");
        if (!judged.findings.empty())
            QVERIFY2(judged.findings[0].whatWeSaw.contains(QUrl(address).host()),
                     qPrintable(judged.findings[0].whatWeSaw));
        const bool isOfWeb = !address.startsWith("redis"_L1);
        QCOMPARE(judged.observed["production_addresses"_L1].toArray().size(), isOfWeb ? 1 : 0);
    }

    // What is known of production alone is worth a finding, and where there is none nothing was compared.
    void judgesAddressesWithoutAnotherEnvironment()
    {
        QCOMPARE(saidOf(judgeEnvSeparation(readOf({at(u"VITE_API_URL"_s, u"http://localhost:1"_s)}), shop())),
                 u"own_machine(VITE_API_URL):high"_s);
        QCOMPARE(saidOf(judgeEnvSeparation(readOf({at(u"VITE_API_URL"_s, u"https://shop.example"_s)}), shop())),
                 u"not_run"_s);
    }

    void knowsTheHostOfStaging_data()
    {
        QTest::addColumn<std::vector<Setting>>("settings");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, std::vector<Setting> settings, const QString &expected) {
            QTest::newRow(name) << std::move(settings) << expected;
        };
        const Setting live = at(u"APP_URL"_s, u"https://app.shop.example"_s);
        const auto staging = [](const QString &host) { return at(u"APP_URL"_s, u"https://"_s + host, kStaging); };
        const auto api = [](const QString &host) { return at(u"API_URL"_s, u"https://"_s + host); };
        row("staging's host", {live, staging(u"beta.shop.example"_s), api(u"beta.shop.example"_s)},
            u"test_address(API_URL):medium"_s);
        row("staging's host at a hosting company",
            {live, staging(u"shop-beta.herokuapp.com"_s), api(u"shop-beta.herokuapp.com"_s)},
            u"test_address(API_URL):medium"_s);
        row("another host of production", {live, staging(u"beta.shop.example"_s), api(u"api.shop.example"_s)},
            u"pass"_s);
        row("one that is named as the product's", {live, staging(u"shop.example"_s), api(u"shop.example"_s)},
            u"pass"_s);
        row("a service that both use", {live, staging(u"api.stripe.com"_s), api(u"api.stripe.com"_s)}, u"pass"_s);
        row("the same in both",
            {at(u"APP_URL"_s, u"https://a.shop.example"_s), at(u"APP_URL"_s, u"https://a.shop.example"_s, kStaging)},
            u"pass"_s);
    }

    void knowsTheHostOfStaging()
    {
        QFETCH(std::vector<Setting>, settings);
        QTEST(saidOf(judgeEnvSeparation(readOf(settings), shop())), "expected");
    }

    // One of the file that a build machine guessed the environment of is no proof.
    void isLessSureOfWhatIsGuessed()
    {
        Setting guessed = at(u"VITE_API_URL"_s, u"http://localhost:3000"_s);
        guessed.isEnvironmentGuessed = true;
        const Judged judged = judgeEnvSeparation(readOf({guessed, guessed}), shop());
        QCOMPARE(judged.findings.size(), size_t(1)); // of two files one
        QCOMPARE(judged.findings.front().proof, Proof::Lead);
        QCOMPARE(judged.findings.front().severity, Severity::Medium);
    }

    void tellsWhatWasNotRead()
    {
        SettingsRead read = readOf({setting(u"A_SECRET"_s, kLive, "1"), setting(u"A_SECRET"_s, kStaging, "2")});
        read.gaps = {u"One file could not be read."_s};
        const Judged judged = judgeEnvSeparation(read, Target());
        QCOMPARE(judged.outcome, Outcome::Info);
        QCOMPARE(judged.reason, read.gaps.front());
        QVERIFY(judged.observed.contains("not_seen"_L1));
    }
};

QTEST_GUILESS_MAIN(TestEnvSeparation)
#include "tst_envseparation.moc"
