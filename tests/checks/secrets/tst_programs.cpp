// Secrets in compiled code and resources: found in every form that app packages have, and none where a table of strings
// only looks like one.
#include "checks/secrets/exampletemplate.h"
#include "checks/secrets/programstrings.h"
#include "checks/secrets/treescan.h"
#include "tests/checks/secrets/allrules.h"
#include "tests/checks/secrets/programsmade.h"
#include "tests/checks/secrets/smallrules.h"
#include "tests/checks/secrets/zipmade.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

using Maker = std::function<QByteArray(const Texts &)>;

// A Stripe key of so many characters.
QByteArray keyOf(size_t characters, unsigned seed = 1)
{
    return QByteArray::fromStdString("sk_" + ("live_" + noise(characters - 8, seed)));
}

// Words that stand beside each other in all apps.
const Texts kWords{"aws", "secret", "getString", "com/example/app/MainActivity", "password", "clerk", "Unauthorized"};

Texts around(const QByteArray &text)
{
    Texts texts = kWords;
    texts.insert(texts.begin() + 3, text);
    return texts;
}

TextScanner scannerOf(const std::shared_ptr<const PatternSet> &set, Programs programs = Programs::Strings)
{
    return TextScanner::make(set, {.key = QByteArray(32, 'k'), .token = {}, .programs = programs}).value();
}

TextScan scanned(const QByteArray &bytes, Programs programs = Programs::Strings)
{
    return scannerOf(smallSet(), programs).scan({bytes.constData(), static_cast<size_t>(bytes.size())});
}

} // namespace

Q_DECLARE_METATYPE(Maker)

class TestPrograms : public QObject
{
    Q_OBJECT

private slots:
    void findsInEveryForm_data();
    void findsInEveryForm();
    void findsTheWholeValueAtItsPlace();
    void findsOneThatIsLong_data();
    void findsOneThatIsLong();
    void findsWhatRunsOn_data();
    void findsWhatRunsOn();
    void saysNothingOfNeighbours_data();
    void saysNothingOfNeighbours();
    void wantsAnAssignmentInOneText_data();
    void wantsAnAssignmentInOneText();
    void leavesKnownLibrariesAlone_data();
    void leavesKnownLibrariesAlone();
    void boundsSharedBytes();
    void survivesWhatIsBroken();
    void passesOverPictures();
    void looksIntoPackages();
    void looksAtProgramsOfATree();
    void streamsAsItScans();
};

void TestPrograms::findsInEveryForm_data()
{
    QTest::addColumn<Maker>("make");
    QTest::addColumn<int>("length");
    const auto rows = [](const char *name, const Maker &make) {
        // A length of 107 is a "k", of 83 an "S", and 40 a bracket: where it stands before the text, it looks like it.
        for (const int length : {40, 83, 107})
            QTest::addRow("%s, %d characters", name, length) << make << length;
    };
    rows("dex", dexMade);
    rows("ELF", elfMade);
    rows("Dart", dartMade);
    rows("Hermes", [](const Texts &texts) { return hermesMade(texts); });
    rows("Mach-O", machoMade);
    rows("class", classMade);
    rows("wasm", wasmMade);
    rows("resources", [](const Texts &texts) { return resourcesMade(texts, Pool::Utf8); });
    rows("resources of two bytes", [](const Texts &texts) { return resourcesMade(texts, Pool::Utf16); });
    rows("property list", plistMade);
}

void TestPrograms::findsInEveryForm()
{
    QFETCH(Maker, make);
    QFETCH(int, length);
    const QByteArray key = keyOf(static_cast<size_t>(length));
    const TextScan scan = scanned(make(around(key)));
    QVERIFY(scan.isProgram);
    QVERIFY(!scan.isBinary);
    QCOMPARE(scan.hits.size(), 1U);
    QCOMPARE(scan.hits.front().rule->id, u"stripe-live-secret"_s);
    QCOMPARE(scan.hits.front().through, Through::Strings);
    // The same value has the same fingerprint everywhere.
    QCOMPARE(scan.hits.front().fingerprint, scanned("key = '" + key + "'").hits.front().fingerprint);
}

void TestPrograms::findsTheWholeValueAtItsPlace()
{
    const QByteArray key = keyOf(40);
    for (const QByteArray &made : {dexMade(around(key)), hermesMade(around(key)), elfMade({"one\ntwo\n", key})}) {
        const SecretHit hit = scanned(made).hits.at(0);
        QCOMPARE(made.mid(hit.offset, hit.length), key);
        const QByteArray before = made.first(hit.offset);
        QCOMPARE(hit.line, before.count('\n') + 1);
        QCOMPARE(hit.column, before.size() - before.lastIndexOf('\n'));
    }
    const QByteArray two = resourcesMade(around(key), Pool::Utf16);
    const SecretHit hit = scanned(two).hits.at(0);
    QCOMPARE(two.mid(hit.offset, hit.length), wide(key));
}

void TestPrograms::findsOneThatIsLong_data()
{
    QTest::addColumn<QByteArray>("program");
    const QByteArray key = QByteArray::fromStdString(privateKey(1700));
    QTest::newRow("dex") << dexMade(around(key));
    QTest::newRow("ELF") << elfMade(around(key));
    QTest::newRow("Hermes") << hermesMade(around(key));
    QTest::newRow("class") << classMade(around(key));
    QTest::newRow("Mach-O") << machoMade(around(key));
}

void TestPrograms::findsOneThatIsLong()
{
    QFETCH(QByteArray, program);
    const TextScan scan = scanned(program);
    QCOMPARE(scan.hits.size(), 1U);
    QCOMPARE(scan.hits.front().rule->id, u"private-key"_s);
}

// The small rules ask for "aws" and "secret" near forty characters, and for "clerk" near a key of Stripe's form: in a
// table of strings everything is near.
// Go and Rust keep their strings in one row: nothing stands between a key and the next message.
void TestPrograms::findsWhatRunsOn_data()
{
    QTest::addColumn<QByteArray>("row");
    QTest::addColumn<QStringList>("rules");
    const auto token = [](const char *form) { return expanded(QByteArray(form), 1); };
    QTest::newRow("between words") << "connection refused" + token("ghp_{alnum:36}") + "unexpected end of file"
                                   << QStringList{u"github-classic-token"_s};
    QTest::newRow("behind a digit") << "http2" + token("npm_{alnum:36}") + "00010203" << QStringList{u"npm-token"_s};
    QTest::newRow("in capitals") << "EOF" + token("AKIA{base32:16}") + "GET" << QStringList{u"aws-access-key-id"_s};
    QTest::newRow("two") << "a" + token("ghp_{alnum:36}") + token("gsk_{alnum:52}") + "z"
                         << QStringList{u"github-classic-token"_s, u"groq"_s};
    QTest::newRow("in a module in base64")
        << QByteArray("AGFzbQEA").repeated(20) + token("AKIA{base32:16}") + QByteArray("QQFqIgFH").repeated(20)
        << QStringList();
    // What may be longer has no end there, and words are no key.
    QTest::newRow("of no length") << "refused" + token("sk_live_{alnum:40}") + "unexpected" << QStringList();
    QTest::newRow("words") << QByteArray("the prefix npm_registrationserviceconfigurationvalues ") << QStringList();
    QTest::newRow("symbols") << QByteArray("xnpm_configureRegistryAuthenticationTokenHelper1x") << QStringList();
}

void TestPrograms::findsWhatRunsOn()
{
    QFETCH(QByteArray, row);
    QFETCH(QStringList, rules);
    const QByteArray program = QByteArray::fromHex("7f454c460201010000000000") + row + QByteArray(4, '\0');
    TextScanner scanner = scannerOf(test::allRules());
    const TextScan scan = scanner.scan(std::string_view(program.constData(), static_cast<size_t>(program.size())));
    QVERIFY(scan.isProgram);
    QStringList found;
    for (const SecretHit &hit : scan.hits)
        found.append(hit.rule->id);
    QCOMPARE(found, rules);
    // In a text half a word stays none.
    TextScanner ofTexts = scannerOf(test::allRules());
    QVERIFY(ofTexts.scan(std::string_view(row.constData(), static_cast<size_t>(row.size()))).hits.empty());
}

void TestPrograms::saysNothingOfNeighbours_data()
{
    QTest::addColumn<QByteArray>("program");
    QTest::addColumn<QStringList>("rules");
    const auto hash = QByteArray::fromStdString(noise(40, 7));
    QTest::newRow("a hash beside the words, dex") << dexMade(around(hash)) << QStringList();
    QTest::newRow("a hash beside the words, ELF") << elfMade(around(hash)) << QStringList();
    QTest::newRow("a hash beside the words, Hermes") << hermesMade(around(hash)) << QStringList();
    QTest::newRow("a hash and the words in one text")
        << dexMade({"aws secret " + hash}) << QStringList{u"aws-secret"_s};
    QTest::newRow("a key's form beside another service")
        << dexMade({"clerk", keyOf(40)}) << QStringList{u"stripe-live-secret"_s};
    QTest::newRow("half a key in each of two") << elfMade({keyOf(40).first(20), keyOf(40).sliced(20)}) << QStringList();
    QTest::newRow("the end of a longer word") << elfMade({"task_" + keyOf(40).sliced(1)}) << QStringList();
}

void TestPrograms::saysNothingOfNeighbours()
{
    QFETCH(QByteArray, program);
    QFETCH(QStringList, rules);
    QStringList found;
    for (const SecretHit &hit : scanned(program).hits)
        found += hit.rule->id;
    QCOMPARE(found, rules);
}

void TestPrograms::wantsAnAssignmentInOneText_data()
{
    QTest::addColumn<QByteArray>("program");
    QTest::addColumn<int>("hits");
    const auto value = QByteArray::fromStdString(noise(20, 3));
    QTest::newRow("name and value, one after the other") << dexMade({"password", "'" + value + "'"}) << 0;
    QTest::newRow("name, sign and value, each by itself") << elfMade({"password", "=", "'" + value + "'"}) << 0;
    QTest::newRow("an assignment") << elfMade({"password = '" + value + "'"}) << 1;
    QTest::newRow("an assignment in a text in base64")
        << elfMade({("{ \"password\": '" + value + "', \"port\": 5432, \"host\": \"db\" }").toBase64()}) << 1;
}

void TestPrograms::wantsAnAssignmentInOneText()
{
    QFETCH(QByteArray, program);
    QFETCH(int, hits);
    QCOMPARE(scanned(program).hits.size(), static_cast<size_t>(hits));
}

// What everybody's programs are linked with, by all rules. (GnuTLS has whole private keys in it, with which it tests
// itself: those are found.)
void TestPrograms::leavesKnownLibrariesAlone_data()
{
    QTest::addColumn<QString>("file");
    const QDir folder(u"/usr/lib/x86_64-linux-gnu"_s);
    for (const QString &pattern :
         {u"libcrypto.so*"_s, u"libssl.so*"_s, u"libcurl.so*"_s, u"libc.so.*"_s, u"libstdc++.so*"_s,
          u"libQt6Core.so*"_s, u"libQt6Network.so*"_s, u"libsqlite3.so*"_s, u"libgit2.so*"_s, u"libxml2.so*"_s}) {
        const QStringList names = folder.entryList({pattern}, QDir::Files | QDir::NoSymLinks);
        if (!names.isEmpty())
            QTest::newRow(qPrintable(names.front())) << folder.filePath(names.front());
    }
    QTest::newRow("this test, which makes its keys") << QCoreApplication::applicationFilePath();
}

void TestPrograms::leavesKnownLibrariesAlone()
{
    QFETCH(QString, file);
    QFile program(file);
    QVERIFY(program.open(QIODevice::ReadOnly));
    auto scanner = scannerOf(test::allRules());
    const auto scan =
        scanner.scanStream([&](char *to, qint64 most) -> Result<qint64> { return program.read(to, most); });
    QVERIFY(scan && scan->isProgram);
    for (const SecretHit &hit : scan->hits)
        qWarning("%s at %lld", qPrintable(hit.rule->id), hit.offset);
    QVERIFY(scan->hits.empty());
}

// A table may name the same bytes as often as it has entries: a small file that would take hours.
void TestPrograms::boundsSharedBytes()
{
    constexpr qsizetype table = 128 + 16 * 3 + 4 + 8; // behind the header, functions, kinds and identifiers
    constexpr qsizetype entries = 20'000;
    const QByteArray key = keyOf(40);
    QByteArray made = hermesMade({QByteArray(4000, ' ') + key});
    const QByteArray entry = made.mid(table, 4);
    made.insert(table, entry.repeated(entries - 1));
    putLittle<quint32>(made, 52, entries);
    ProgramStrings strings({made.constData(), static_cast<size_t>(made.size())});
    size_t characters = 0;
    while (strings.next()) {
        for (const std::string_view piece : strings.pieces())
            characters += piece.size();
    }
    QVERIFY(characters < static_cast<size_t>(made.size()) * 4);
    QCOMPARE(scanned(made).hits.size(), 1U);
}

// Lengths and places that lead nowhere.
void TestPrograms::survivesWhatIsBroken()
{
    const QByteArray hermes = hermesMade(around(keyOf(40)));
    for (qsizetype at = 8; at < 260; ++at) {
        for (const char byte : {'\xff', '\x7f', '\0'}) {
            QByteArray broken = hermes;
            broken[at] = byte;
            QVERIFY(scanned(broken).isProgram);
        }
    }
    for (qsizetype size = 8; size < hermes.size(); size += 7)
        scanned(hermes.first(size));
    QVERIFY(scanned(QByteArray("\x7f"
                               "ELF\0",
                               5))
                .isProgram);
}

void TestPrograms::passesOverPictures()
{
    const QByteArray key = keyOf(40);
    const TextScan picture = scanned(QByteArray("\x89PNG\r\n\x1a\n\0\0\0\x0d", 12) + key);
    QVERIFY(picture.isBinary && !picture.isProgram && picture.hits.empty());
}

void TestPrograms::looksIntoPackages()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"shop.apk"_s);
    QFile package(path);
    QVERIFY(package.open(QIODevice::WriteOnly));
    package.write(zipMade({{"classes.dex", dexMade(around(keyOf(107, 1)))},
                           {"lib/arm64-v8a/libapp.so", dartMade(around(keyOf(40, 2)))},
                           {"assets/index.android.bundle", hermesMade(around(keyOf(40, 3)))},
                           {"resources.arsc", resourcesMade(around(keyOf(83, 4)), Pool::Utf8)},
                           {"res/icon.png", QByteArray("\x89PNG\r\n\x1a\n\0", 9) + keyOf(40, 5)},
                           {"assets/app.json", "{\"key\": \"" + keyOf(40, 6) + "\"}"}}));
    package.close();
    TreeProgress progress;
    const TreeScan scan = scanTree(path, smallSet(), {.key = QByteArray(32, 'k'), .token = {}}, progress).value();
    QStringList places;
    for (const FoundSecret &found : scan.found)
        places += shownPath(found.path);
    QCOMPARE(places, (QStringList{u"shop.apk!/assets/app.json"_s, u"shop.apk!/assets/index.android.bundle"_s,
                                  u"shop.apk!/classes.dex"_s, u"shop.apk!/lib/arm64-v8a/libapp.so"_s,
                                  u"shop.apk!/resources.arsc"_s}));
    QCOMPARE(scan.programs, 4);
    QCOMPARE(scan.archivedTexts, 5);
    QCOMPARE(scan.archivedBinaries, 1);
}

void TestPrograms::looksAtProgramsOfATree()
{
    const QTemporaryDir folder;
    const QByteArray program = elfMade({keyOf(40)});
    const auto write = [&](const QString &name, const QByteArray &bytes) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    };
    write(u"server"_s, program);
    write(u"old.jar"_s, zipMade({{"Main.class", classMade({keyOf(40)})}}));
    TreeProgress progress;
    const TreeScan tree =
        scanTree(folder.path(), smallSet(), {.key = QByteArray(32, 'k'), .token = {}}, progress).value();
    QCOMPARE(tree.found.size(), 2U);
    QCOMPARE(shownPath(tree.found.front().path), u"old.jar!/Main.class"_s);
    QCOMPARE(shownPath(tree.found.back().path), u"server"_s);
    QCOMPARE(tree.binaries, 0);
    QCOMPARE(tree.archivedBinaries, 0);
    QCOMPARE(tree.programs, 2);
}

// A program that is larger than what is held of one: a key in each part, one where two parts meet.
void TestPrograms::streamsAsItScans()
{
    const qint64 part = qint64(2) << 20;
    QByteArray program = elfMade({keyOf(40, 1)});
    program.resize(part - 20, '\x01');
    program += keyOf(40, 2) + '\0';
    program.resize(part + (qint64(1) << 20), '\n');
    program += keyOf(40, 3) + '\0';
    qint64 at = 0;
    auto scanner = scannerOf(smallSet());
    const auto scan = scanner.scanStream([&](char *to, qint64 most) -> Result<qint64> {
        const qint64 given = std::min<qint64>({most, qint64(1) << 20, program.size() - at});
        std::copy_n(program.constData() + at, given, to);
        at += given;
        return given;
    });
    QVERIFY(scan.has_value());
    QCOMPARE(scan->bytes, program.size());
    QCOMPARE(scan->hits.size(), 3U);
    for (const SecretHit &hit : scan->hits) {
        const QByteArray before = program.first(hit.offset);
        QCOMPARE(program.mid(hit.offset, 3), "sk_");
        QCOMPARE(hit.line, before.count('\n') + 1);
    }
}

QTEST_GUILESS_MAIN(TestPrograms)
#include "tst_programs.moc"
