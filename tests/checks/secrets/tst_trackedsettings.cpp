// What git keeps of files with settings.
#include "checks/secrets/envexposure.h"
#include "tests/checks/secrets/settingsfolder.h"

using namespace cockpit;
using namespace cockpit::env;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestTrackedSettings : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<SettingsFolder>(); }

    void findsWhatGitKeeps()
    {
        m_folder->write(u"web/.env"_s, "A=b");
        m_folder->write(u"web/.env.local"_s, "A=b");
        m_folder->write(u"web/.env.example"_s, "A=b");
        m_folder->git({}, {u"init"_s, u"-q"_s});
        m_folder->git({}, {u"add"_s, u"web/.env"_s, u"web/.env.example"_s});
        const QString root = m_folder->path();
        QCOMPARE(readAll({{SourceKind::Code, root, {}}}).trackedEnvFiles, QStringList{u"web/.env"_s});
        QCOMPARE(readAll({{SourceKind::Code, m_folder->path(u"web"_s), {}}}).trackedEnvFiles, QStringList{u".env"_s});
    }

    // Two products, each with an .env of its own: what git keeps of the one says nothing about the other.
    void tellsSourcesApart()
    {
        m_folder->write(u"a/.env"_s, "APP_NAME=b");
        m_folder->write(u"b/.env"_s, "STRIPE_SECRET_KEY=" + key("sk_"
                                                                "live_{alnum:24}"));
        m_folder->write(u"b/.gitignore"_s, ".env\n");
        m_folder->git(u"a"_s, {u"init"_s, u"-q"_s});
        m_folder->git(u"a"_s, {u"add"_s, u".env"_s});
        m_folder->git(u"b"_s, {u"init"_s, u"-q"_s});
        const SettingsRead read =
            readAll({{SourceKind::Code, m_folder->path(u"a"_s), {}}, {SourceKind::Code, m_folder->path(u"b"_s), {}}});
        QCOMPARE(read.trackedEnvFiles, QStringList{u"a/.env"_s});
        QCOMPARE(read.settings.size(), size_t(2));
        QCOMPARE(read.settings[0].file, u"a/.env"_s);
        QCOMPARE(read.settings[0].standing, GitStanding::Tracked);
        QCOMPARE(read.settings[1].file, u"b/.env"_s);
        QCOMPARE(read.settings[1].standing, GitStanding::Ignored);
        QVERIFY(read.settings[1].isEnvironmentGuessed);
        QCOMPARE(judgeEnvExposure(read).outcome, Outcome::Pass);
    }

private:
    std::unique_ptr<SettingsFolder> m_folder;
};

QTEST_GUILESS_MAIN(TestTrackedSettings)
#include "tst_trackedsettings.moc"
