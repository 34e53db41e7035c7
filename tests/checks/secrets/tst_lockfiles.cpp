// Lock files that are broken or hostile, and which files are some.
#include "checks/secrets/dependencies/lockfiles.h"
#include "tests/lab/sanitized.h"

#include <QTest>

#include <ctime>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestLockFiles : public QObject
{
    Q_OBJECT

private slots:
    void broken_data();
    void broken();
    void knowsFiles_data();
    void knowsFiles();
    void survivesHostileFiles_data();
    void survivesHostileFiles();
    void boundsKeysOfBun_data();
    void boundsKeysOfBun();
    void stopsAtTheCap();
    void readsOrdinaryToml_data();
    void readsOrdinaryToml();
    void stopsWhenToldTo_data();
    void stopsWhenToldTo();
    void neverShowsAddresses_data();
    void neverShowsAddresses();
    void knowsRegistries_data();
    void knowsRegistries();
};

void TestLockFiles::broken_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("bytes");
    for (const char *name : {"package-lock.json", "bun.lock", "Pipfile.lock", "composer.lock", "packages.lock.json"}) {
        QTest::newRow(name) << QString::fromLatin1(name) << QByteArray("{\"dependencies\": {");
        QTest::addRow("%s: a list", name) << QString::fromLatin1(name) << QByteArray("[]");
    }
    for (const char *name : {"poetry.lock", "uv.lock", "Cargo.lock"})
        QTest::newRow(name) << QString::fromLatin1(name) << QByteArray("[[package]\nname =");
    for (const char *name :
         {"yarn.lock", "pnpm-lock.yaml", "pubspec.lock", "Gemfile.lock", "go.mod", "go.sum", "pom.xml"})
        QTest::newRow(name) << QString::fromLatin1(name) << QByteArray("<<<<<<< HEAD\nwhat is this\n");
    for (const char *name : {"package-lock.json", "bun.lock", "Pipfile.lock", "composer.lock", "packages.lock.json"})
        QTest::addRow("%s: of something else", name) << QString::fromLatin1(name) << QByteArray(R"({"hello": 1})");
    for (const char *name : {"poetry.lock", "uv.lock", "pdm.lock", "Cargo.lock"})
        QTest::addRow("%s: of something else", name)
            << QString::fromLatin1(name) << QByteArray("[project]\nname = \"x\"\n");
    for (const char *bytes : {"this is none\n", "<<<<<<< HEAD\norg.a:b:1.0=compileClasspath\n", "org.a:b:1.0\n",
                              "org.a:b=compileClasspath\n"})
        QTest::addRow("gradle.lockfile: %.12s", bytes) << u"gradle.lockfile"_s << QByteArray(bytes);
    QTest::newRow("Gradle before 6.8") << u"gradle/dependency-locks/x.lockfile"_s << QByteArray("org.a:b:1.0=x\n");
    QTest::newRow("pom.xml: cut") << u"pom.xml"_s << QByteArray("<project><dependencies>");
    QTest::newRow("pom.xml: another document") << u"pom.xml"_s << QByteArray("<settings></settings>");
    QTest::newRow("pnpm 4") << u"pnpm-lock.yaml"_s << QByteArray("lockfileVersion: 4.0\n");
    for (const char *version : {"inf", "nan", "1e300", "-1e300"})
        QTest::addRow("pnpm %s", version) << u"pnpm-lock.yaml"_s << QByteArray("lockfileVersion: ") + version + '\n';
}

void TestLockFiles::broken()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, bytes);
    const auto reading = readLockFile(path, {bytes});
    QVERIFY(!reading);
    QCOMPARE(reading.error().kind, ErrorKind::BadInput);
    QVERIFY(reading.error().message.endsWith(u'.'));
}

void TestLockFiles::knowsFiles_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("isOne");
    QTest::newRow("deep down") << u"apps/web/package-lock.json"_s << true;
    QTest::newRow("a manifest") << u"package.json"_s << false;
    QTest::newRow("requirements for development") << u"requirements-dev.txt"_s << true;
    QTest::newRow("requirements in a folder") << u"requirements/base.txt"_s << true;
    QTest::newRow("dev_requirements") << u"dev_requirements.txt"_s << true;
    QTest::newRow("a text about them") << u"requirements.md"_s << false;
    QTest::newRow("Gradle before 6.8") << u"gradle/dependency-locks/compileClasspath.lockfile"_s << true;
    QTest::newRow("a lockfile elsewhere") << u"locks/compileClasspath.lockfile"_s << false;
    QTest::newRow("another name at the end") << u"my-yarn.lock"_s << false;
}

void TestLockFiles::knowsFiles()
{
    QFETCH(QString, path);
    QFETCH(bool, isOne);
    QCOMPARE(lockFormFor(path) != nullptr, isOne);
}

void TestLockFiles::survivesHostileFiles_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray deep(200'000, '[');
    for (const char *name :
         {"package-lock.json", "bun.lock", "composer.lock", "poetry.lock", "Cargo.lock", "pnpm-lock.yaml", "yarn.lock",
          "pubspec.lock", "requirements.txt", "Gemfile.lock", "go.mod", "pom.xml"}) {
        QTest::addRow("%s: brackets", name) << QString::fromLatin1(name) << deep;
        QTest::addRow("%s: a value of brackets", name) << QString::fromLatin1(name) << "a = " + deep;
        QTest::addRow("%s: one line", name) << QString::fromLatin1(name) << QByteArray(2'000'000, 'a');
        QTest::addRow("%s: NUL", name) << QString::fromLatin1(name) << QByteArray(100'000, '\0');
        QTest::addRow("%s: lines", name) << QString::fromLatin1(name)
                                         << QByteArray("  \"\n:\n? \n: \n- \n").repeated(10'000);
    }
    // Each dot is a table in a table.
    const QByteArray dots = "a" + QByteArray(".a").repeated(40'000);
    const QByteArray few = "a" + QByteArray(".a").repeated(20);
    QByteArray levels = "x = ";
    for (int i = 0; i < 120; ++i)
        levels += "[\n{" + few + " = ";
    for (const char *name : {"poetry.lock", "pdm.lock", "uv.lock", "Cargo.lock"}) {
        const QString path = QString::fromLatin1(name);
        QTest::addRow("%s: a heading of dots", name) << path << '[' + dots + "]\n";
        QTest::addRow("%s: a key of dots", name) << path << dots + " = 1\n";
        QTest::addRow("%s: a key of dots in a table", name) << path << "x = {" + dots + " = 1}\n";
        QTest::addRow("%s: behind a text of several lines", name)
            << path << "x = [\"\"\"\n\"\n\"\"\"\"\", {" + dots + " = 1}]\n";
        QTest::addRow("%s: behind a remark with a quote", name) << path << "# \"\n" + dots + " = 1\n";
        QTest::addRow("%s: as many dots as are read, in each other", name)
            << path << levels + "1" + QByteArray("}]").repeated(120) + '\n';
        QTest::addRow("%s: small tables", name) << path << QByteArray("[[package]]\n").repeated(500'000);
    }
    for (const char *name : {"requirements.txt", "Gemfile.lock", "go.mod", "go.sum", "gradle.lockfile", "yarn.lock"})
        QTest::addRow("%s: short lines", name) << QString::fromLatin1(name) << QByteArray("a\n").repeated(2'000'000);
    QTest::newRow("yarn.lock: blocks") << u"yarn.lock"_s
                                       << "# yarn lockfile v1\n" + QByteArray("a@x:y:\n").repeated(900'000);
    QTest::newRow("bun.lock: names below names")
        << u"bun.lock"_s
        << R"({"lockfileVersion":1,"packages":{")" + QByteArray("a/").repeated(200'000) +
               R"(a":["a@link:x",{"dependencies":{"b":"1"}}],"/":["a@link:x",{"dependencies":{"b":"1"}}]}})";
    // Many that need many, below the same long names.
    const QByteArray below = (QByteArray(60, 'n') + '/').repeated(49);
    QByteArray needs;
    for (int i = 0; i < 30; ++i)
        needs += (i > 0 ? ",\"need" : "\"need") + QByteArray::number(i) + "\":\"1\"";
    QByteArray packages;
    for (int i = 0; i < 2'000; ++i)
        packages += (i > 0 ? ",\"" : "\"") + below + QByteArray::number(i) + "\":[\"a@link:x\",{\"dependencies\":{" +
                    needs + "}}]";
    QTest::newRow("bun.lock: many keys of many names")
        << u"bun.lock"_s << "{\"lockfileVersion\":1,\"packages\":{" + packages + "}}";
    QByteArray nested;
    for (int i = 0; i < 400; ++i)
        nested += R"({"dependencies":{"a":)";
    QTest::newRow("npm: nested 400 deep") << u"package-lock.json"_s << nested + "{}" + QByteArray("}}").repeated(400);
    QTest::newRow("pom.xml: a bomb of entities")
        << u"pom.xml"_s
        << QByteArray(
               "<!DOCTYPE p [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
               "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">"
               "<!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;\">]><project><properties><x>&e;&e;&e;</x></properties>"
               "</project>");
    QTest::newRow("pom.xml: properties in a circle")
        << u"pom.xml"_s
        << QByteArray("<project><properties><a>${b}</a><b>${a}</b></properties><dependencies><dependency>"
                      "<groupId>g</groupId><artifactId>a</artifactId><version>${a}</version></dependency>"
                      "</dependencies></project>");
}

// Each ends at once, with an error or with nothing that anybody could look up.
void TestLockFiles::survivesHostileFiles()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, bytes);
    constexpr double kMostSeconds = 5.0 * lab::kSlowdown;
    const std::clock_t began = std::clock(); // work, and not what other programs take of the machine meanwhile
    const auto reading = readLockFile(path, {bytes});
    const double seconds = static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
    QVERIFY(!reading || reading->packages.empty());
    QVERIFY2(seconds < kMostSeconds, qPrintable(QString::number(seconds)));
}

void TestLockFiles::boundsKeysOfBun_data()
{
    QTest::addColumn<int>("names");
    QTest::addColumn<bool>("isRead");
    QTest::newRow("as many as are read") << 50 << true;
    QTest::newRow("one more") << 51 << false;
    QTest::newRow("400 folders") << 400 << false;
}

void TestLockFiles::boundsKeysOfBun()
{
    QFETCH(int, names);
    QFETCH(bool, isRead);
    const QByteArray key = "first/" + QByteArray("@scope/deep/").repeated(names - 2) + "last";
    const auto reading = readLockFile(
        u"bun.lock"_s, {R"({"lockfileVersion":1,"packages":{")" + key + R"(":["last@1.0.0","",{},"x"]}})"});
    QCOMPARE(reading.has_value(), isRead);
    if (isRead) {
        QCOMPARE(reading->packages.size(), 1U);
        return;
    }
    QCOMPARE(reading.error().kind, ErrorKind::BadInput);
    QVERIFY2(reading.error().message.contains(u"first/@scope/deep/"_s), qPrintable(reading.error().message));
    QVERIFY2(reading.error().message.size() < 300, qPrintable(reading.error().message));
}

void TestLockFiles::stopsAtTheCap()
{
    QByteArray many;
    for (size_t i = 0; i <= kMostPackagesOfFile; ++i)
        many += 'p' + QByteArray::number(static_cast<qulonglong>(i)) + "==1.0\n";
    const auto reading = readLockFile(u"requirements.txt"_s, {many});
    QVERIFY(reading);
    QCOMPARE(reading->packages.size(), kMostPackagesOfFile);
    QVERIFY(reading->isCut);
    const auto large = readLockFile(u"requirements.txt"_s, {QByteArray(kLargestLockFile + 1, 'x')});
    QVERIFY(!large);
    QCOMPARE(large.error().kind, ErrorKind::TooLarge);
    const auto lines = readLockFile(u"requirements.txt"_s, {QByteArray(kMostLines + 1, '\n')});
    QVERIFY(!lines);
    QCOMPARE(lines.error().kind, ErrorKind::TooLarge);
    QVERIFY(readLockFile(u"requirements.txt"_s, {QByteArray(kMostLines, '\n')}));
    const auto others = readLockFile(u"requirements.txt"_s, {QByteArray("a>1\n").repeated(60'000)});
    QVERIFY(others && others->isCut);
}

// Dots that are in no key, and quotes in each form, are nobody's attack.
void TestLockFiles::readsOrdinaryToml_data()
{
    QTest::addColumn<QByteArray>("before");
    const QByteArray dots(100, '.');
    QTest::newRow("a text") << "x = \"" + dots + "\"\n";
    QTest::newRow("a literal text") << "x = 'a\"" + dots + "'\n";
    QTest::newRow("a text of several lines") << "x = \"\"\"\n" + dots + "\n\"\"\"\n";
    QTest::newRow("a literal text of several lines") << "x = '''\n\"" + dots + "'''\n";
    QTest::newRow("a remark") << "# \"" + dots + "\n";
    QTest::newRow("a quote in a text") << "x = \"\\\"" + dots + "\"\n";
    QTest::newRow("numbers") << "x = [" + QByteArray("1.5, ").repeated(100) + "2.5]\n";
    QTest::newRow("a long heading") << QByteArray("[a.b.c.d.\"e.f.g\".h]\n");
}

void TestLockFiles::readsOrdinaryToml()
{
    QFETCH(QByteArray, before);
    const auto reading =
        readLockFile(u"poetry.lock"_s, {before + "[[package]]\nname = \"flask\"\nversion = \"3.0\"\n"});
    QVERIFY2(reading, reading ? "" : qPrintable(reading.error().message));
    QCOMPARE(reading->packages.size(), 1U);
}

void TestLockFiles::stopsWhenToldTo_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("requirements") << u"requirements.txt"_s << QByteArray("a==1\n");
    QTest::newRow("Cargo.lock") << u"Cargo.lock"_s << QByteArray("version = 3\n");
    QTest::newRow("package-lock") << u"package-lock.json"_s << QByteArray(R"({"lockfileVersion": 3})");
}

void TestLockFiles::stopsWhenToldTo()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, bytes);
    QVERIFY(readLockFile(path, {bytes}));
    CancelToken token;
    token.cancel();
    const auto reading = readLockFile(path, {bytes, {}, token});
    QVERIFY(!reading);
    QCOMPARE(reading.error().kind, ErrorKind::Cancelled);
}

void TestLockFiles::neverShowsAddresses_data()
{
    QTest::addColumn<Ecosystem>("ecosystem");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("shown");
    const auto row = [](const char *name, Ecosystem ecosystem, const QStringList &shown) {
        QTest::addRow("%s of %s", name, qPrintable(toWord(ecosystem)))
            << ecosystem << QString::fromLatin1(name) << shown;
    };
    using enum Ecosystem;
    row("lodash", Npm, {u"lodash"_s});
    row("@scope/name", Npm, {u"@scope/name"_s});
    row("name@https://user:hunter2@example.com/x.tgz", Npm, {u"name"_s});
    row("https://user:hunter2@example.com/x.tgz", Npm, {});
    row("https://example.com/x.tgz", Npm, {});
    row("user:hunter2@example.com/x.tgz", Npm, {});
    row("@user:hunter2@example.com/x.tgz", Npm, {});
    row("npm.example.com/x.tgz", Npm, {});
    row("github.com/a/b/0123", Npm, {});
    row("org.acme:lib", Maven, {u"org.acme:lib"_s});
    row("org.acme:user:hunter2", Maven, {});
    row("user:hunter2@example.com", Maven, {});
    row("example.com/a/b", Go, {u"example.com/a/b"_s});
    row("acme/branch", Packagist, {u"acme/branch"_s});
    row("", PyPi, {});
}

void TestLockFiles::neverShowsAddresses()
{
    QFETCH(Ecosystem, ecosystem);
    QFETCH(QString, name);
    LockReading reading;
    reading.skip(ecosystem, name);
    QCOMPARE(reading.notComparable, 1);
    QTEST(reading.named, "shown");
}

void TestLockFiles::knowsRegistries_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("own");
    QTest::newRow("npm") << u"https://registry.npmjs.org/a/-/a-1.0.0.tgz"_s << QString();
    QTest::newRow("crates.io") << u"registry+https://github.com/rust-lang/crates.io-index"_s << QString();
    QTest::newRow("one's own") << u"https://user:pw@NPM.acme.internal:8443/a.tgz"_s << u"npm.acme.internal"_s;
    QTest::newRow("a name that ends alike")
        << u"https://registry.npmjs.org.acme.internal/a"_s << u"registry.npmjs.org.acme.internal"_s;
    QTest::newRow("none") << u"node_modules/a"_s << QString();
    QTest::newRow("no host") << u"file:///x"_s << QString();
}

void TestLockFiles::knowsRegistries()
{
    QFETCH(QString, address);
    QTEST(ownRegistryIn(address), "own");
}

QTEST_GUILESS_MAIN(TestLockFiles)
#include "tst_lockfiles.moc"
