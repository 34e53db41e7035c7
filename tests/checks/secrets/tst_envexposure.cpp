#include "checks/secrets/envexposure.h"
#include "tests/checks/secrets/settingsmade.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::env;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

Setting publicKey(Setting made)
{
    made.isPublicKey = true;
    made.isSecret = false;
    return made;
}

Setting in(Setting made, Origin origin, const QString &file)
{
    made.origin = origin;
    made.file = file;
    return made;
}

} // namespace

class TestEnvExposure : public QObject
{
    Q_OBJECT

private slots:
    void judgesNames_data()
    {
        QTest::addColumn<std::vector<Setting>>("settings");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, std::vector<Setting> settings, const QString &expected) {
            QTest::newRow(name) << std::move(settings) << expected;
        };
        const auto local = Environment::Local;
        row("a file without settings", {}, u"pass"_s);
        row("secret for servers", {knownKey(setting(u"A_KEY"_s, local), Severity::Critical)}, u"pass"_s);
        row("secret for browsers", {knownKey(setting(u"VITE_A_KEY"_s, local), Severity::Critical)},
            u"wrong_prefix(VITE_A_KEY):critical"_s);
        row("once a name",
            {knownKey(setting(u"VITE_A_KEY"_s, local), Severity::High),
             knownKey(setting(u"VITE_A_KEY"_s, Environment::Production), Severity::High)},
            u"wrong_prefix(VITE_A_KEY):high"_s);
        row("key for browsers", {publicKey(setting(u"NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY"_s, local))}, u"pass"_s);
        row("named like a secret", {setting(u"VITE_API_KEY"_s, local)}, u"suspected_prefix(VITE_API_KEY):medium"_s);
        row("of a service for browsers", {setting(u"VITE_GOOGLE_MAPS_API_KEY"_s, local)}, u"pass"_s);
        row("no secret", {setting(u"VITE_API_URL"_s, local, "1", false)}, u"pass"_s);
        row("listed, named for servers", {listed(u"EXPO_PUBLIC_OPENAI_API_KEY"_s)},
            u"suspected_prefix(EXPO_PUBLIC_OPENAI_API_KEY):medium"_s);
        row("listed, named like any", {listed(u"EXPO_PUBLIC_API_KEY"_s)}, u"pass"_s);
        row("the prefix alone", {knownKey(setting(u"VITE_"_s, local), Severity::High)}, u"pass"_s);
    }

    void judgesNames()
    {
        QFETCH(std::vector<Setting>, settings);
        QTEST(saidOf(judgeEnvExposure(readOf(settings))), "expected");
    }

    void passesOnlyWhatItRead_data()
    {
        QTest::addColumn<QList<int>>("files"); // of settings, of code, of builds
        QTest::addColumn<QString>("expected");
        QTest::addColumn<QString>("reason");
        QTest::newRow("no file at all") << QList<int>{0, 0, 0} << u"not_run"_s << u"nothing was read"_s;
        QTest::newRow("settings alone") << QList<int>{1, 0, 0} << u"pass"_s << QString();
        QTest::newRow("code alone") << QList<int>{0, 1, 0} << u"pass"_s << QString();
        QTest::newRow("built files alone") << QList<int>{0, 0, 9} << u"info"_s << u"only whether settings files"_s;
        QTest::newRow("code and built files") << QList<int>{0, 1, 9} << u"pass"_s << QString();
    }

    void passesOnlyWhatItRead()
    {
        QFETCH(QList<int>, files);
        QFETCH(QString, reason);
        SettingsRead read;
        read.settingsFiles = files[0];
        read.codeFiles = files[1];
        read.outputFiles = files[2];
        const Judged judged = judgeEnvExposure(read);
        QTEST(toWord(judged.outcome), "expected");
        QVERIFY2(reason.isEmpty() ? judged.reason.isEmpty() : judged.reason.contains(reason),
                 qPrintable(judged.reason));
        // Why is said, too, where a source could not be read.
        read.gaps = {u"build.zip could not be opened."_s};
        QVERIFY(judgeEnvExposure(read).reason.contains(read.gaps.front()));
    }

    void judgesNamesOfCode()
    {
        SettingsRead read = readOf({});
        read.needed = {{u"VITE_OPENAI_API_KEY"_s, u"a.ts"_s, 1}, {u"VITE_API_KEY"_s, u"a.ts"_s, 2}};
        QCOMPARE(saidOf(judgeEnvExposure(read)), u"suspected_prefix(VITE_OPENAI_API_KEY):medium"_s);
    }

    void judgesWhatIsBuiltIn_data()
    {
        QTest::addColumn<std::vector<Setting>>("settings");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *what, std::vector<Setting> settings, const QString &name,
                            const QString &expected) {
            QTest::newRow(what) << std::move(settings) << name << expected;
        };
        const auto local = Environment::Local;
        row("all", {}, {}, u"whole_environment(vite.config.ts):high"_s);
        row("known secret", {knownKey(setting(u"A_KEY"_s, local), Severity::Critical)}, u"A_KEY"_s,
            u"built_in(A_KEY):critical"_s);
        row("named like a secret", {}, u"GEMINI_API_KEY"_s, u"built_in(GEMINI_API_KEY):medium"_s);
        row("plain", {setting(u"APP_VERSION"_s, local, "1", false)}, u"APP_VERSION"_s, u"pass"_s);
        row("empty", {inState(setting(u"A_KEY"_s, local), ValueState::Empty)}, u"A_KEY"_s, u"pass"_s);
    }

    void judgesWhatIsBuiltIn()
    {
        QFETCH(std::vector<Setting>, settings);
        QFETCH(QString, name);
        SettingsRead read = readOf(settings);
        read.builtIn = {{name, u"vite.config.ts"_s, 4, u"define"_s}, {name, u"vite.config.ts"_s, 5, u"define"_s}};
        QTEST(saidOf(judgeEnvExposure(read)), "expected");
    }

    void judgesFiles_data()
    {
        QTest::addColumn<SettingsRead>("read");
        QTest::addColumn<QString>("expected");
        SettingsRead served = readOf({});
        served.servedEnvFiles = {u"assets/.env"_s};
        QTest::newRow("served") << served << u"served_env_file(assets/.env):high"_s;
        const Setting secret = setting(u"A_SECRET"_s, Environment::Local);
        const QString inApp = u"assets/flutter_assets/.env"_s;
        QTest::newRow("packaged") << readOf({in(secret, Origin::Package, inApp)})
                                  << u"packaged_env_file(assets/flutter_assets/.env):high"_s;
        QTest::newRow("packaged, nothing secret")
            << readOf({in(setting(u"API_URL"_s, {}, "1", false), Origin::Package, inApp)}) << u"pass"_s;
        const auto kept = [&](Setting one, GitStanding standing) {
            one = in(std::move(one), Origin::EnvFile, u".env"_s);
            one.standing = standing;
            SettingsRead read = readOf({one});
            read.trackedEnvFiles = {u".env"_s};
            return read;
        };
        const Setting open = setting(u"VITE_URL"_s, Environment::Local, "1", false);
        QTest::newRow("tracked") << kept(secret, GitStanding::Tracked) << u"committed_env_file(.env):medium"_s;
        QTest::newRow("tracked, nothing secret") << kept(open, GitStanding::Tracked) << u"pass"_s;
        QTest::newRow("of that name, in another repository") << kept(secret, GitStanding::Ignored) << u"pass"_s;
    }

    void judgesFiles()
    {
        QFETCH(SettingsRead, read);
        QTEST(saidOf(judgeEnvExposure(read)), "expected");
    }
};

QTEST_GUILESS_MAIN(TestEnvExposure)
#include "tst_envexposure.moc"
