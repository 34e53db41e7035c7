// Which files with settings are read, whose they are, and what could not be read.
#include "tests/checks/secrets/settingsfolder.h"

#include <sys/stat.h>

using namespace cockpit;
using namespace cockpit::env;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestReadSettings : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<SettingsFolder>(); }

    void readsAProject()
    {
        m_folder->write(u"code/.env"_s, "A=b");
        m_folder->write(u"code/.env.production"_s, "A=c");
        m_folder->write(u"code/.env.example"_s, "A=\nB=");
        m_folder->write(u"code/docker-compose.yml"_s, "services:\n  x:\n    environment:\n      - C=d\n");
        m_folder->write(u"code/fly.toml"_s, "[env]\nD = 'e'\n");
        m_folder->write(u"code/src/a.ts"_s, "process.env.A_KEY");
        m_folder->write(u"code/node_modules/x/.env"_s, "E=f");
        m_folder->write(u"code/node_modules/x/a.ts"_s, "process.env.B_KEY");
        m_folder->write(u"code/dist/a.js"_s, "process.env.C_KEY");
        m_folder->write(u"dist/.env"_s, "E=f");
        m_folder->write(u"dist/.env.example"_s, "E=f");
        m_folder->write(u"host.json"_s, R"({"A":"g"})");
        const SettingsRead read =
            readAll({{SourceKind::Code, m_folder->path(u"code"_s), {}},
                     {SourceKind::Build, m_folder->path(u"dist"_s), {}},
                     {SourceKind::Settings, m_folder->path(u"host.json"_s), Environment::Staging}});
        QStringList found;
        for (const Setting &setting : read.settings)
            found.append(u"%1 %2 %3"_s.arg(setting.file, setting.name,
                                           setting.environment ? toWord(*setting.environment) : u"-"_s));
        QCOMPARE(found.join(u"; "_s),
                 u".env A local; .env.example A -; .env.example B -; .env.production A production; "
                 "docker-compose.yml C -; fly.toml D production; host.json A staging"_s);
        QCOMPARE(read.needed.size(), size_t(1));
        QCOMPARE(read.needed.front().name, u"A_KEY"_s);
        QCOMPARE(read.servedEnvFiles, QStringList{u".env"_s});
        QCOMPARE(read.gaps, QStringList());
    }

    // GitLab's list is of all environments, whatever its name says.
    void aScopeSaysMoreThanTheFile()
    {
        m_folder->write(u"production.json"_s, R"([{"key":"A","value":"b","environment_scope":"production"},)"
                                              R"({"key":"A","value":"c","environment_scope":"staging"},)"
                                              R"({"key":"D","value":"e"}])");
        const SettingsRead read =
            readAll({{SourceKind::Settings, m_folder->path(u"production.json"_s), Environment::Production}});
        QStringList found;
        for (const Setting &setting : read.settings)
            found.append(setting.name + u' ' + toWord(*setting.environment));
        QCOMPARE(found.join(u"; "_s), u"A production; A staging; D production"_s);
    }

    void knowsWhoseAnExportIs_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("scope");
        QTest::addColumn<QString>("expected");
        QTest::newRow("for all") << u"variables.json"_s << QByteArray("*") << u"production"_s;
        QTest::newRow("for all, of a file that says more") << u"staging.json"_s << QByteArray("*") << u"staging"_s;
        QTest::newRow("reviews") << u"variables.json"_s << QByteArray("review/*") << u"staging review/*"_s;
        QTest::newRow("reviews, in a file of production")
            << u"production.json"_s << QByteArray("review/*") << u"staging review/*"_s;
        QTest::newRow("of its own") << u"variables.json"_s << QByteArray("customer-a") << u"- customer-a"_s;
        QTest::newRow("of its own, in a file of production")
            << u"production.json"_s << QByteArray("customer-a") << u"- customer-a"_s;
    }

    void knowsWhoseAnExportIs()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, scope);
        m_folder->write(name, R"([{"key":"A","value":"b","environment_scope":")" + scope + R"("}])");
        const SettingsRead read = readAll({{SourceKind::Settings, m_folder->path(name), {}}});
        QCOMPARE(read.settings.size(), size_t(1));
        const Setting &setting = read.settings.front();
        const QString whose = setting.environment ? toWord(*setting.environment) : u"-"_s;
        QTEST(QString(whose + u' ' + setting.scope).trimmed(), "expected");
    }

    void readsAFileOnce()
    {
        m_folder->write(u".env"_s, "A=b");
        const SettingsRead read = readAll({{SourceKind::Code, m_folder->path(), {}},
                                           {SourceKind::Settings, m_folder->path(u".env"_s), Environment::Production}});
        QCOMPARE(read.settings.size(), size_t(1));
        QCOMPARE(*read.settings.front().environment, Environment::Production);
    }

    void readsWhatWindowsWrites()
    {
        QByteArray text("\xff\xfe");
        for (const char c : QByteArrayView("A_KEY=b\r\n"))
            text.append(c).append('\0');
        m_folder->write(u".env"_s, text);
        QCOMPARE(readAll({{SourceKind::Code, m_folder->path(), {}}}).settings.front().name, u"A_KEY"_s);
    }

    void tellsNamedFilesApart()
    {
        m_folder->write(u"staging/.env"_s, "A=b");
        m_folder->write(u"production/.env"_s, "A=c");
        const SettingsRead read = readAll({{SourceKind::Settings, m_folder->path(u"staging/.env"_s), {}},
                                           {SourceKind::Settings, m_folder->path(u"production/.env"_s), {}}});
        QCOMPARE(read.settings.size(), size_t(2));
        QCOMPARE(read.settings[0].file, u"production/.env"_s);
        QCOMPARE(*read.settings[0].environment, Environment::Production);
        QVERIFY(!read.settings[0].isEnvironmentGuessed);
        QCOMPARE(*read.settings[1].environment, Environment::Staging);
    }

    void takesWhatIsServedAlone()
    {
        m_folder->write(u".next/standalone/.env"_s, "A=b");
        m_folder->write(u".next/server/x/.env"_s, "A=b");
        m_folder->write(u".next/node_modules/x/.env"_s, "A=b");
        m_folder->write(u".next/static/.env"_s, "A=b");
        QCOMPARE(readAll({{SourceKind::Build, m_folder->path(u".next"_s), {}}}).servedEnvFiles,
                 QStringList{u"static/.env"_s});
        // Where the folder for servers itself is named.
        const SettingsRead server = readAll({{SourceKind::Build, m_folder->path(u".next/standalone"_s), {}}});
        QCOMPARE(server.servedEnvFiles, QStringList());
    }

    void readsInnerFoldersOnce()
    {
        m_folder->write(u"code/web/.env"_s, "A=b");
        const SettingsRead read = readAll(
            {{SourceKind::Code, m_folder->path(u"code"_s), {}}, {SourceKind::Code, m_folder->path(u"code/web"_s), {}}});
        QCOMPARE(read.settings.size(), size_t(1));
    }

    void saysWhatItLeftOut()
    {
        QByteArray many;
        for (int i = 0; i < 4000; ++i)
            many += "A_" + QByteArray::number(i) + "=b\n";
        for (const char *name : {"a", "b", "c"})
            m_folder->write(QString::fromLatin1(name) + u"/.env"_s, many);
        m_folder->write(u"a/large.ts"_s, "process.env.A_KEY;" + QByteArray(5 << 20, ' '));
        const SettingsRead read = readAll({{SourceKind::Code, m_folder->path(), {}}});
        QCOMPARE(read.settings.size(), size_t(10'000));
        QCOMPARE(read.needed.size(), size_t(1));
        QCOMPARE(read.gaps.size(), 2);
    }

    void saysWhatItCouldNotRead()
    {
        m_folder->write(u"code/.env"_s, "A=b");
        const SettingsRead read = readAll({{SourceKind::Code, m_folder->path(u"code"_s), {}},
                                           {SourceKind::Settings, m_folder->path(u"gone.env"_s), Environment::Local}});
        QCOMPARE(read.settings.size(), size_t(1));
        QCOMPARE(read.gaps.size(), 1);
        QVERIFY(read.gaps.front().contains(u"gone.env"_s));

        const auto nothing = ask({{SourceKind::Settings, m_folder->path(u"gone.env"_s), Environment::Local}}, {});
        QVERIFY(!nothing);
        QCOMPARE(nothing.error().kind, ErrorKind::NotFound);
    }

    void takesALargeFileInPart()
    {
        m_folder->write(u".env"_s, "A=b\n" + QByteArray("#\n").repeated(1 << 20) + "C=d\n");
        const SettingsRead read = readAll({{SourceKind::Code, m_folder->path(), {}}});
        QCOMPARE(read.settings.size(), size_t(1));
        QCOMPARE(read.gaps.size(), 1);
    }

    void opensNoPipesAndLinks()
    {
        QVERIFY(::mkfifo(QFile::encodeName(m_folder->path(u".env"_s)).constData(), 0600) == 0);
        QTemporaryDir other;
        QFile outside(other.filePath(u".env"_s));
        QVERIFY(outside.open(QIODevice::WriteOnly));
        outside.write("A=b");
        outside.close();
        QVERIFY(QFile::link(outside.fileName(), m_folder->path(u".env.local"_s)));
        const SettingsRead read = readAll({{SourceKind::Code, m_folder->path(), {}}});
        QVERIFY(read.settings.empty());
        QCOMPARE(read.gaps.size(), 1);
        QVERIFY2(read.gaps.front().contains(u".env.local"_s), qPrintable(read.gaps.front()));
    }

    void stops()
    {
        m_folder->write(u".env"_s, "A=b");
        const CancelToken token;
        token.cancel();
        const auto read = ask({{SourceKind::Code, m_folder->path(), {}}}, token);
        QVERIFY(!read);
        QCOMPARE(read.error().kind, ErrorKind::Cancelled);
    }

private:
    std::unique_ptr<SettingsFolder> m_folder;
};

QTEST_GUILESS_MAIN(TestReadSettings)
#include "tst_readsettings.moc"
