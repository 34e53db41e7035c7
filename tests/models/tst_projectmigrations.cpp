#include "models/projectjournal.h"
#include "models/store/projectfile.h"
#include "models/store/rows.h"
#include "models/store/schema.h"
#include "storefixtures.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;
using test::kNoon;

namespace {

store::Schema oldSchema()
{
    return {.version = 1, .create = {u"CREATE TABLE thing (name TEXT)"_s}, .migrations = {}};
}

store::Schema newSchema()
{
    return {.version = 3,
            .create = {},
            .migrations = {{1, {u"ALTER TABLE thing ADD COLUMN size INTEGER DEFAULT 7"_s}},
                           {2, {u"CREATE TABLE other (id INTEGER)"_s}}}};
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

// Files of older versions are brought up to date, with a copy kept; a step that fails leaves the file as it was.
class TestProjectMigrations : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }
    void opensAFileOfTheFirstVersion();
    void opensAFileOfTheSecondVersion();
    void opensAFileOfTheFourthVersion();
    void opensAFileOfTheSixthVersion();
    void knowsRoutesOfTheFourthVersion();
    void knowsSigningKeysOfTheEighthVersion_data();
    void knowsSigningKeysOfTheEighthVersion();
    void opensAFileOfTheNinthVersion();
    void migratesAnOlderFile();
    void leavesTheFileWhenAMigrationFails();

private:
    std::unique_ptr<QTemporaryDir> m_dir;
};

// A file of the first version lacks the notes, and gets room for them.
void TestProjectMigrations::opensAFileOfTheFirstVersion()
{
    const QString path = m_dir->filePath(u"first.cockpit"_s);
    const store::Schema first = test::schemaOf(1);
    QVERIFY(store::createFile(
        path, first, [](store::Statements &statements) { store::writeSettings(statements, test::settings()); }));
    auto opened = ProjectStore::open(path, OpenMode::ReadWrite);
    QVERIFY(opened);
    const qint64 id = (*opened)->saveMonitors({Monitor{}})->front().id;
    QVERIFY((*opened)->saveIncidentNote({id, kNoon, u"kept"_s}));
    QCOMPARE((*opened)->load()->incidentNotes.size(), 1u);
    QCOMPARE((*opened)->load()->delivery, Delivery());
}

// A file of the second version lacks the list of names and what is known of delivery.
void TestProjectMigrations::opensAFileOfTheSecondVersion()
{
    const QString path = m_dir->filePath(u"second.cockpit"_s);
    QVERIFY(store::createFile(path, test::schemaOf(2), [](store::Statements &statements) {
        store::writeSettings(statements, test::settings());
    }));
    auto opened = ProjectStore::open(path, OpenMode::ReadWrite);
    QVERIFY(opened);
    QCOMPARE((*opened)->load()->settings, test::settings());
    const std::vector<ListedName> names{{u"a.example.com"_s, u"Kept"_s, u""_s}};
    QVERIFY((*opened)->saveNames(names));
    QCOMPARE((*opened)->load()->names, names);
    QCOMPARE((*opened)->load()->delivery, Delivery());
    const Delivery delivery{{}, SentMessage{kNoon, u"token"_s, u"250 Ok"_s}, {}};
    QVERIFY((*opened)->saveDelivery(delivery));
    QCOMPARE((*opened)->load()->delivery, delivery);
}

// A file of the fourth version lacks the redirect map.
void TestProjectMigrations::opensAFileOfTheFourthVersion()
{
    const QString path = m_dir->filePath(u"fourth.cockpit"_s);
    QVERIFY(store::createFile(path, test::schemaOf(4), [](store::Statements &statements) {
        store::writeSettings(statements, test::settings());
        store::writeRecordWatch(statements, std::chrono::hours(24));
    }));
    QCOMPARE(store::inspectFile(path, store::currentSchema()).value_or(0), 4);
    auto opened = ProjectStore::open(path, OpenMode::ReadWrite);
    QVERIFY(opened);
    QCOMPARE((*opened)->load()->settings, test::settings());
    QVERIFY((*opened)->load()->redirects.empty());
    const std::vector<RedirectEntry> redirects{{u"/kept"_s, u"/new"_s}};
    QVERIFY((*opened)->saveRedirects(redirects));
    QCOMPARE((*opened)->load()->redirects, redirects);
    QVERIFY(QFile::exists(path + u".before-v%1.bak"_s.arg(ProjectStore::kSchemaVersion)));
}

// A file of the sixth version lacks what lies on this machine.
void TestProjectMigrations::opensAFileOfTheSixthVersion()
{
    const QString path = m_dir->filePath(u"sixth.cockpit"_s);
    QVERIFY(store::createFile(path, test::schemaOf(6), [](store::Statements &statements) {
        store::writeSettings(statements, test::settings());
    }));
    QCOMPARE(store::inspectFile(path, store::currentSchema()).value_or(0), 6);
    auto opened = ProjectStore::open(path, OpenMode::ReadWrite);
    QVERIFY(opened);
    QVERIFY((*opened)->load()->sources.empty());
    const std::vector<LocalSource> sources{{SourceKind::Log, u"/var/log/app"_s, Environment::Production}};
    QVERIFY((*opened)->saveSources(sources));
    QCOMPARE((*opened)->load()->sources, sources);
}

// What a version before the guesses wrote was said by a person.
void TestProjectMigrations::knowsRoutesOfTheFourthVersion()
{
    const QString path = m_dir->filePath(u"fourth.cockpit"_s);
    QVERIFY(store::createFile(path, test::schemaOf(4), [](store::Statements &statements) {
        store::writeSettings(statements, test::settings());
        statements.run(u"INSERT INTO route (method, path, access, host, safe_to_write, source)"
                       " VALUES ('GET', '/a/{id}', 'admin', '', 0, 'typed')"_s);
    }));
    const auto opened = ProjectStore::open(path, OpenMode::ReadWrite);
    QVERIFY(opened);
    const Route kept{u"GET"_s, u"/a/{id}"_s, AccessClass::Admin, u""_s, false, u"typed"_s, false, u""_s};
    QCOMPARE((*opened)->load()->routes, std::vector{kept});
    Route learnt = kept;
    learnt.isGuessed = true;
    learnt.seen = u"/a/7"_s;
    QVERIFY((*opened)->saveRoutes({learnt}));
    QCOMPARE((*opened)->load()->routes, std::vector{learnt});
}

void TestProjectMigrations::knowsSigningKeysOfTheEighthVersion_data()
{
    QTest::addColumn<SignInKind>("kind");
    QTest::addColumn<QString>("header");
    QTest::addColumn<SignInKind>("expected");
    using enum SignInKind;
    QTest::newRow("payments") << ApiKey << u"Stripe-Signature"_s << SigningKey;
    QTest::newRow("of a repository") << ApiKey << u"X-Hub-Signature-256"_s << SigningKey;
    QTest::newRow("of a shop, in small letters") << ApiKey << u"x-shopify-hmac-sha256"_s << SigningKey;
    QTest::newRow("an account's key") << ApiKey << u"X-Api-Key"_s << ApiKey;
    QTest::newRow("a word in the middle") << ApiKey << u"X-Signature-Version"_s << ApiKey;
    QTest::newRow("a token in such a header") << BearerToken << u"X-Signature"_s << BearerToken;
}

// They were API keys, told by the name of their header; nothing else of the account changes.
void TestProjectMigrations::knowsSigningKeysOfTheEighthVersion()
{
    QFETCH(SignInKind, kind);
    QFETCH(QString, header);
    QFETCH(SignInKind, expected);
    TestActor actor;
    actor.id = u"key"_s;
    actor.name = u"Payments \u00e4"_s;
    actor.role = u"webhook"_s;
    actor.credential = u"Test account: Payments"_s;
    actor.signIn.kind = kind;
    actor.signIn.headerName = header;
    const QString path = m_dir->filePath(u"eighth.cockpit"_s);
    QVERIFY(store::createFile(path, test::schemaOf(8), [&](store::Statements &statements) {
        store::writeSettings(statements, test::settings());
        store::writeActors(statements, {actor});
        statements.run(u"INSERT INTO test_actor (body) VALUES ('{not json')"_s);
    }));
    const auto opened = ProjectStore::open(path, OpenMode::ReadWrite);
    QVERIFY(opened);
    actor.signIn.kind = expected;
    QCOMPARE((*opened)->load()->actors, std::vector{actor});
    QVERIFY(QFile::exists(path + u".before-v%1.bak"_s.arg(ProjectStore::kSchemaVersion)));
}

// It lacks the journal of what runs left.
void TestProjectMigrations::opensAFileOfTheNinthVersion()
{
    const QString path = m_dir->filePath(u"ninth.cockpit"_s);
    QVERIFY(store::createFile(path, test::schemaOf(9), [](store::Statements &statements) {
        store::writeSettings(statements, test::settings());
    }));
    const auto opened = ProjectStore::open(path, OpenMode::ReadWrite);
    QVERIFY(opened);
    QCOMPARE((*opened)->journal().value().size(), 0U);
    JournalEntry entry;
    entry.id = newJournalId();
    entry.text = u"LC-CANARY-abcdefghijkm"_s;
    entry.create.method = u"POST"_s;
    entry.create.path = u"/notes"_s;
    QVERIFY(ProjectJournal(path).write(entry));
    QCOMPARE((*opened)->journal().value().size(), 1U);
}

void TestProjectMigrations::migratesAnOlderFile()
{
    const QString path = m_dir->filePath(u"old.cockpit"_s);
    QVERIFY(store::createFile(path, oldSchema(), [](store::Statements &statements) {
        statements.run(u"INSERT INTO thing VALUES ('kept')"_s);
    }));
    QCOMPARE(store::inspectFile(path, newSchema()).value_or(0), 1);
    auto connection = store::Connection::open(path, store::Access::Write);
    QVERIFY(connection);
    QVERIFY(store::migrate(**connection, 1, newSchema()));

    store::Statements statements = (*connection)->statements();
    QCOMPARE(statements.value(u"SELECT size FROM thing WHERE name = 'kept'"_s).toInt(), 7);
    QCOMPARE(statements.value(u"SELECT count(*) FROM other"_s).toInt(), 0);
    QCOMPARE(statements.value(u"PRAGMA user_version"_s).toInt(), 3);
    QVERIFY(statements.result());
    // The copy is a whole file of the old version.
    QCOMPARE(store::inspectFile(path + u".before-v3.bak"_s, oldSchema()).value_or(0), 1);
}

void TestProjectMigrations::leavesTheFileWhenAMigrationFails()
{
    const QString path = m_dir->filePath(u"old.cockpit"_s);
    QVERIFY(store::createFile(path, oldSchema(), [](store::Statements &) {}));
    const QByteArray before = contentOf(path);
    store::Schema broken = newSchema();
    broken.migrations.back().statements = {u"CREATE TABLE thing (name TEXT)"_s};
    {
        auto connection = store::Connection::open(path, store::Access::Write);
        QVERIFY(connection);
        QVERIFY(!store::migrate(**connection, 1, broken));
    }
    QCOMPARE(contentOf(path), before);
}

QTEST_GUILESS_MAIN(TestProjectMigrations)
#include "tst_projectmigrations.moc"
