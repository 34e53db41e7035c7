// What a person says lies on this computer: what is taken, what is refused, and what a name tells.
#include "models/localsource.h"
#include "models/sourceguess.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

constexpr int kNobody = -1;

int numberOf(const std::optional<Environment> &environment)
{
    return environment ? static_cast<int>(*environment) : kNobody;
}

} // namespace

class TestLocalSource : public QObject
{
    Q_OBJECT

private slots:
    void takesPaths_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("path"); // empty: refused
        QTest::newRow("absolute") << u"/srv/app"_s << u"/srv/app"_s;
        QTest::newRow("with a way back") << u"/srv/app/../web/"_s << u"/srv/web"_s;
        QTest::newRow("relative") << u"code"_s << QDir::current().absoluteFilePath(u"code"_s);
        QTest::newRow("blanks inside") << u"/srv/my app"_s << u"/srv/my app"_s;
        QTest::newRow("other letters") << u"/srv/Café"_s << u"/srv/Café"_s;
        QTest::newRow("empty") << QString() << QString();
        QTest::newRow("blanks only") << u"  "_s << QString();
        QTest::newRow("a line break") << u"/srv/a\nb"_s << QString();
        QTest::newRow("a NUL") << QString(u"/srv/a"_s + QChar(0)) << QString();
        QTest::newRow("an escape") << u"/srv/\x1B[2J"_s << QString();
    }

    void takesPaths()
    {
        QFETCH(QString, typed);
        QFETCH(QString, path);
        const auto checked = checkedSource({SourceKind::Code, typed, {}});
        QCOMPARE(checked.has_value(), !path.isEmpty());
        if (checked)
            QCOMPARE(checked->path, path);
        else
            QCOMPARE(checked.error().kind, ErrorKind::BadInput);
    }

    void guesses_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("folder");
        QTest::addColumn<SourceKind>("kind");
        QTest::addColumn<int>("environment");
        const auto of = [](Environment environment) { return static_cast<int>(environment); };
        QTest::newRow("code") << u"/srv/shop"_s << true << SourceKind::Code << kNobody;
        QTest::newRow("built") << u"/srv/shop/dist/"_s << true << SourceKind::Build << kNobody;
        QTest::newRow("next") << u"/srv/shop/.next"_s << true << SourceKind::Build << kNobody;
        QTest::newRow("logs") << u"/var/log"_s << true << SourceKind::Log << kNobody;
        QTest::newRow("a file called dist") << u"/srv/dist"_s << false << SourceKind::Log << kNobody;
        QTest::newRow("env") << u"/srv/.env"_s << false << SourceKind::Settings << kNobody;
        QTest::newRow("env of production")
            << u"/srv/.env.production"_s << false << SourceKind::Settings << of(Environment::Production);
        QTest::newRow("env of staging") << u"/srv/staging.env"_s << false << SourceKind::Settings
                                        << of(Environment::Staging);
        QTest::newRow("env of this machine")
            << u"/srv/.env.local"_s << false << SourceKind::Settings << of(Environment::Local);
        QTest::newRow("compose") << u"/srv/docker-compose.prod.yml"_s << false << SourceKind::Settings
                                 << of(Environment::Production);
        QTest::newRow("no part of a word") << u"/srv/product-api.env"_s << false << SourceKind::Settings << kNobody;
        QTest::newRow("neither this") << u"/srv/device.env"_s << false << SourceKind::Settings << kNobody;
        QTest::newRow("with a hyphen") << u"/srv/.env-staging"_s << false << SourceKind::Settings
                                       << of(Environment::Staging);
        QTest::newRow("no env") << u"/srv/.environment"_s << false << SourceKind::Log << kNobody;
        QTest::newRow("variables of Cloudflare")
            << u"/srv/.dev.vars"_s << false << SourceKind::Settings << of(Environment::Local);
        QTest::newRow("android") << u"/srv/Shop.APK"_s << false << SourceKind::Package << kNobody;
        QTest::newRow("ios") << u"/srv/shop.ipa"_s << false << SourceKind::Package << kNobody;
        QTest::newRow("osv") << u"/srv/osv-export.zip"_s << false << SourceKind::Advisories << kNobody;
        QTest::newRow("osv's own name") << u"/srv/all.zip"_s << false << SourceKind::Advisories << kNobody;
        QTest::newRow("a build's words") << u"/srv/build-417.txt"_s << false << SourceKind::CiLog << kNobody;
        QTest::newRow("chats") << u"/srv/chats.jsonl"_s << false << SourceKind::Prompts << kNobody;
        QTest::newRow("a log of production")
            << u"/srv/production.log"_s << false << SourceKind::Log << of(Environment::Production);
    }

    void guesses()
    {
        QFETCH(QString, name);
        QFETCH(bool, folder);
        QFETCH(SourceKind, kind);
        QFETCH(int, environment);
        const LocalSource guess = guessedSource(name, folder);
        QCOMPARE(guess.kind, kind);
        QCOMPARE(numberOf(guess.environment), environment);
        QCOMPARE(guess.path, name);
    }

    void tellsWhatIsThere()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"file"_s);
        QVERIFY(QFile(file).open(QIODevice::WriteOnly));
        const QString pipe = folder.filePath(u"pipe"_s);
        QCOMPARE(mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
        const auto at = [](const QString &path) { return standingOf({SourceKind::Log, path, {}}); };
        QCOMPARE(at(folder.path()), SourceStanding::Folder);
        QCOMPARE(at(file), SourceStanding::File);
        QCOMPARE(at(pipe), SourceStanding::Special); // and does not wait for a writer
        QCOMPARE(at(folder.filePath(u"none"_s)), SourceStanding::Missing);
    }

    void wordsComeBack()
    {
        for (const auto kind : {SourceKind::Code, SourceKind::Build, SourceKind::Package, SourceKind::Settings,
                                SourceKind::CiLog, SourceKind::Log, SourceKind::Prompts, SourceKind::Advisories}) {
            QCOMPARE(sourceKindFromWord(toWord(kind)), kind);
            QVERIFY(!labelOf(kind).isEmpty());
        }
        QVERIFY(!sourceKindFromWord(u"codes"));
        for (const auto environment : {Environment::Local, Environment::Staging, Environment::Production})
            QCOMPARE(environmentFromWord(toWord(environment)), environment);
        QVERIFY(!environmentFromWord(u""));
    }

    void choosesByKind()
    {
        const LocalSource code{SourceKind::Code, u"/a"_s, {}};
        const LocalSource log{SourceKind::Log, u"/b"_s, Environment::Production};
        QCOMPARE(sourcesOf(SourceKind::Log, {code, log}), std::vector{log});
        QVERIFY(sourcesOf(SourceKind::Build, {code, log}).empty());
    }
};

QTEST_GUILESS_MAIN(TestLocalSource)
#include "tst_localsource.moc"
