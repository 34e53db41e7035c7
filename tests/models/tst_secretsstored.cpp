// The inventory in the project file: it comes back as it was, and never with a value.
#include "models/store/connection.h"
#include "models/store/rows.h"
#include "secretsamples.h"
#include "storefixtures.h"

#include <QFile>
#include <QJsonDocument>
#include <QTest>

using namespace cockpit;
using namespace cockpit::sample;
using namespace Qt::StringLiterals;

class TestSecretsStored : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void keepsTheInventory();
    void refusesAValue();
    void masksTheValuesOfAForeignFile();
    void refusesWhatItDoesNotKnow();
    void readsAFileOfTheVersionBefore();

private:
    void writeBodies(const QStringList &bodies);
    bool fileContains(const QByteArray &text) const;

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_path;
    std::unique_ptr<ProjectStore> m_store;
};

namespace {

QString bodyOf(const SecretEntry &entry)
{
    return QString::fromUtf8(QJsonDocument(toJson(entry)).toJson(QJsonDocument::Compact));
}

QString someValue()
{
    return u"sk_"_s + u"live_"_s + u"4eC39HqLyjWDarjtT1zdp7dc"_s;
}

} // namespace

void TestSecretsStored::init()
{
    m_store.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    m_path = m_dir->filePath(u"acme.cockpit"_s);
    m_store = std::move(ProjectStore::create(m_path, test::settings()).value());
}

void TestSecretsStored::writeBodies(const QStringList &bodies)
{
    m_store.reset();
    const auto connection = store::Connection::open(m_path, store::Access::Write);
    QVERIFY(connection);
    store::Statements statements = (*connection)->statements();
    for (const QString &body : bodies)
        statements.run(u"INSERT INTO secret_entry (body) VALUES (?)"_s, {body});
    QVERIFY(statements.result());
}

bool TestSecretsStored::fileContains(const QByteArray &text) const
{
    for (const QString &path : {m_path, m_path + u"-wal"_s}) {
        QFile file(path);
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(text))
            return true;
    }
    return false;
}

void TestSecretsStored::keepsTheInventory()
{
    const std::vector<SecretEntry> entries{withSteps(exposedEntry(u"Z"_s), 2), secretEntry(u"A"_s)};
    QVERIFY(m_store->saveSecrets(entries));
    QVERIFY(m_store->saveSecrets(entries)); // replaces the list
    QCOMPARE(m_store->load()->secrets, entries);
    m_store.reset();
    m_store = std::move(ProjectStore::open(m_path, OpenMode::ReadWrite).value());
    QCOMPARE(m_store->load()->secrets, entries);
    QVERIFY(m_store->saveSecrets({}));
    QVERIFY(m_store->load()->secrets.empty());
}

void TestSecretsStored::refusesAValue()
{
    const std::vector<SecretEntry> kept{secretEntry()};
    QVERIFY(m_store->saveSecrets(kept));
    SecretEntry entry = secretEntry(u"Another"_s);
    entry.scope = u"It is "_s + someValue();
    const auto saved = m_store->saveSecrets({secretEntry(), entry});
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, ErrorKind::BadInput);
    QCOMPARE(m_store->load()->secrets, kept);
    QVERIFY(!fileContains(someValue().toUtf8()));
}

// A file may come by mail. What looks like a value in it reaches neither a window nor what this program writes.
void TestSecretsStored::masksTheValuesOfAForeignFile()
{
    SecretEntry entry = secretEntry();
    entry.scope = u"It is "_s + someValue();
    SecretEntry nameless = secretEntry(u"B"_s);
    nameless.name = u"\u202e"_s;                                           // nothing is left of it
    writeBodies({bodyOf(entry), bodyOf(nameless), bodyOf(secretEntry())}); // two of one id
    m_store = std::move(ProjectStore::open(m_path, OpenMode::ReadWrite).value());
    const std::vector<SecretEntry> read = m_store->load()->secrets;
    QCOMPARE(read.size(), std::size_t(1));
    QVERIFY(!read.front().scope.contains(u"4eC39"_s));
    QVERIFY(read.front().scope.startsWith(u"It is "_s));
    QVERIFY(m_store->saveSecrets(read));
}

void TestSecretsStored::refusesWhatItDoesNotKnow()
{
    writeBodies({u"{\"id\":\"1\",\"name\":\"A\",\"exposed\":\"perhaps\",\"rights\":\"unknown\"}"_s});
    m_store = std::move(ProjectStore::open(m_path, OpenMode::ReadWrite).value());
    const auto loaded = m_store->load();
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().kind, ErrorKind::Storage);
}

void TestSecretsStored::readsAFileOfTheVersionBefore()
{
    const QString path = m_dir->filePath(u"sixth.cockpit"_s);
    QVERIFY(store::createFile(path, test::schemaOf(6), [](store::Statements &statements) {
        store::writeSettings(statements, test::settings());
    }));
    const auto opened = ProjectStore::open(path, OpenMode::ReadWrite);
    QVERIFY(opened);
    QVERIFY((*opened)->load()->secrets.empty());
    const std::vector<SecretEntry> entries{secretEntry()};
    QVERIFY((*opened)->saveSecrets(entries));
    QCOMPARE((*opened)->load()->secrets, entries);
}

QTEST_GUILESS_MAIN(TestSecretsStored)
#include "tst_secretsstored.moc"
