// Lock files of the other languages, and broken ones of each form.
#include "lockfilerows.h"

#include <QElapsedTimer>

using namespace cockpit;
using namespace cockpit::lockrows;
using namespace Qt::StringLiterals;

class TestLockFiles : public QObject
{
    Q_OBJECT

private slots:
    void others_data();
    void others();
    void broken_data();
    void broken();
    void knowsFiles_data();
    void knowsFiles();
    void survivesHostileFiles_data();
    void survivesHostileFiles();
    void stopsAtTheCap();
};

void TestLockFiles::others_data()
{
    columns();
    QTest::newRow("Cargo.lock") << u"Cargo.lock"_s << QByteArray(R"(version = 3

[[package]]
name = "product"
version = "0.1.0"
dependencies = ["serde", "criterion 0.4.0"]

[[package]]
name = "serde"
version = "1.0.1"
source = "registry+https://github.com/rust-lang/crates.io-index"

[[package]]
name = "criterion"
version = "0.4.0"
source = "sparse+https://index.crates.io/"

[[package]]
name = "ours"
version = "0.1.0"
source = "git+https://example.com/x#abc"
)")
                                << Beside{{u"Cargo.toml"_s,
                                           "[package]\nname = \"product\"\n[dependencies]\nserde = \"1\"\n"
                                           "[dev-dependencies]\ncriterion = \"0.4\"\n"}}
                                << QStringList{u"criterion 0.4.0 development direct 13"_s,
                                               u"serde 1.0.1 production direct 8"_s}
                                << QStringList{u"ours"_s};
    QTest::newRow("composer.lock") << u"composer.lock"_s << QByteArray(R"({
    "packages": [
        {
            "name": "symfony/http-kernel",
            "version": "v5.4.1"
        },
        {
            "name": "acme/branch",
            "version": "dev-main"
        }
    ],
    "packages-dev": [
        {
            "name": "phpunit/phpunit",
            "version": "9.5.0"
        }
    ]
})") << Beside{{u"composer.json"_s, R"({"require-dev":{"PHPUnit/phpunit":"^9"}})"}}
                                   << QStringList{u"phpunit/phpunit 9.5.0 development direct 14"_s,
                                                  u"symfony/http-kernel 5.4.1 production transitive 4"_s}
                                   << QStringList{u"acme/branch"_s};
    QTest::newRow("Gemfile.lock") << u"Gemfile.lock"_s << QByteArray(R"(GIT
  remote: https://example.com/x.git
  specs:
    ours (1.0)

GEM
  remote: https://rubygems.org/
  specs:
    nokogiri (1.15.4-x86_64-linux)
      racc (~> 1.4)
    racc (1.7.1)
    rails (6.1.4)
      nokogiri (>= 1.6)
    rspec (3.0)

DEPENDENCIES
  ours!
  rails (~> 6.1)
  rspec
)") << Beside{{u"Gemfile"_s, "gem 'rails', '~> 6.1'\ngroup :development, :test do\n  gem \"rspec\"\nend\ngem 'ours'\n"}}
                                  << QStringList{u"nokogiri 1.15.4 production transitive 9"_s,
                                                 u"racc 1.7.1 production transitive 11"_s,
                                                 u"rails 6.1.4 production direct 12"_s,
                                                 u"rspec 3.0 development direct 14"_s}
                                  << QStringList{u"ours"_s};
    QTest::newRow("go.mod since 1.17") << u"go.mod"_s << QByteArray(R"(module example.com/product

go 1.21

require github.com/gin-gonic/gin v1.7.0

require (
	golang.org/x/net v0.1.0 // indirect
	example.com/local v1.0.0
	example.com/old v1.0.0
)

replace example.com/local => ../local
replace example.com/old v1.0.0 => example.com/new v1.1.0
)") << Beside{{u"go.sum"_s, "example.com/never/built v1.0.0 h1:x=\n"}}
                                       << QStringList{u"example.com/new 1.1.0 unknown direct 10"_s,
                                                      u"github.com/gin-gonic/gin 1.7.0 unknown direct 5"_s,
                                                      u"golang.org/x/net 0.1.0 unknown transitive 8"_s}
                                       << QStringList{u"example.com/local"_s};
    QTest::newRow("go.mod before 1.17 with go.sum")
        << u"go.mod"_s << QByteArray("module x\ngo 1.16\nrequire example.com/a v1.0.0\n")
        << Beside{{u"go.sum"_s, "example.com/a v1.0.0 h1:x=\nexample.com/b v1.9.0 h1:x=\nexample.com/b v1.10.0 h1:x=\n"
                                "example.com/c v1.0.0/go.mod h1:x=\n"}}
        << QStringList{u"example.com/a 1.0.0 unknown direct 3"_s, u"example.com/b 1.10.0 unknown transitive 0"_s}
        << QStringList{};
    QTest::newRow("go.sum alone") << u"go.sum"_s << QByteArray("example.com/b v1.10.0 h1:x=\n") << Beside{}
                                  << QStringList{u"example.com/b 1.10.0 unknown unknown 1"_s} << QStringList{};
    QTest::newRow("go.sum beside its go.mod") << u"go.sum"_s << QByteArray("example.com/b v1.10.0 h1:x=\n")
                                              << Beside{{u"go.mod"_s, "module x\n"}} << QStringList{} << QStringList{};
    QTest::newRow("pom.xml") << u"pom.xml"_s << QByteArray(R"(<project xmlns="http://maven.apache.org/POM/4.0.0">
  <parent><groupId>com.acme</groupId><version>7</version></parent>
  <properties><jackson>2.9.0</jackson><twice>${jackson}</twice></properties>
  <dependencyManagement><dependencies><dependency>
    <groupId>org.managed</groupId><artifactId>lib</artifactId><version>1.5</version>
  </dependency></dependencies></dependencyManagement>
  <dependencies>
    <dependency>
      <groupId>com.fasterxml</groupId><artifactId>databind</artifactId><version>${twice}</version>
      <exclusions><exclusion><groupId>no</groupId><artifactId>no</artifactId></exclusion></exclusions>
    </dependency>
    <dependency><groupId>org.managed</groupId><artifactId>lib</artifactId></dependency>
    <dependency><groupId>${project.groupId}</groupId><artifactId>own</artifactId><version>${project.version}</version></dependency>
    <dependency><groupId>junit</groupId><artifactId>junit</artifactId><version>4.12</version><scope>test</scope></dependency>
    <dependency><groupId>of.parent</groupId><artifactId>x</artifactId></dependency>
    <dependency><groupId>of.range</groupId><artifactId>x</artifactId><version>[1.0,2.0)</version></dependency>
  </dependencies>
  <build><plugins><plugin><dependencies><dependency>
    <groupId>of.plugin</groupId><artifactId>x</artifactId><version>1</version>
  </dependency></dependencies></plugin></plugins></build>
</project>)") << Beside{}
                             << QStringList{u"com.acme:own 7 production direct 13"_s,
                                            u"com.fasterxml:databind 2.9.0 production direct 8"_s,
                                            u"junit:junit 4.12 development direct 14"_s,
                                            u"org.managed:lib 1.5 production direct 12"_s}
                             << QStringList{u"of.parent:x"_s, u"of.range:x"_s};
    QTest::newRow("gradle.lockfile") << u"gradle.lockfile"_s << QByteArray(R"(# made by Gradle
org.a:lib:1.0=compileClasspath,testCompileClasspath
org.b:mock:2.0=testCompileClasspath,testRuntimeClasspath
empty=annotationProcessor
)") << Beside{} << QStringList{u"org.a:lib 1.0 production unknown 2"_s, u"org.b:mock 2.0 development unknown 3"_s}
                                     << QStringList{};
    QTest::newRow("packages.lock.json") << u"packages.lock.json"_s << QByteArray(R"({
  "version": 1,
  "dependencies": {
    "net6.0": {
      "Newtonsoft.Json": {
        "type": "Direct",
        "resolved": "12.0.1"
      },
      "other": {
        "type": "Transitive",
        "resolved": "1.0.0"
      },
      "own": {
        "type": "Project"
      }
    },
    "net8.0": {
      "Newtonsoft.Json": {
        "type": "Direct",
        "resolved": "12.0.1"
      }
    }
  }
})") << Beside{} << QStringList{u"Newtonsoft.Json 12.0.1 unknown direct 5"_s, u"other 1.0.0 unknown transitive 9"_s}
                                        << QStringList{};
    QTest::newRow("pubspec.lock") << u"pubspec.lock"_s << QByteArray(R"(packages:
  http:
    dependency: "direct main"
    description:
      name: http
    source: hosted
    version: "0.13.0"
  test:
    dependency: "direct dev"
    source: hosted
    version: "1.0.0"
  path:
    dependency: transitive
    source: hosted
    version: "1.8.0"
  ours:
    dependency: "direct main"
    source: git
    version: "1.0.0"
  flutter:
    dependency: "direct main"
    source: sdk
    version: "0.0.0"
sdks:
  dart: ">=2.12.0"
)") << Beside{}
                                  << QStringList{u"http 0.13.0 production direct 2"_s,
                                                 u"path 1.8.0 unknown transitive 12"_s,
                                                 u"test 1.0.0 development direct 8"_s}
                                  << QStringList{u"ours"_s};
}

void TestLockFiles::others()
{
    compareReading();
}

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
    QTest::newRow("pom.xml: cut") << u"pom.xml"_s << QByteArray("<project><dependencies>");
    QTest::newRow("pom.xml: another document") << u"pom.xml"_s << QByteArray("<settings></settings>");
    QTest::newRow("pnpm 4") << u"pnpm-lock.yaml"_s << QByteArray("lockfileVersion: 4.0\n");
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
    QElapsedTimer timer;
    timer.start();
    const auto reading = readLockFile(path, {bytes});
    QVERIFY(!reading || reading->packages.empty());
    QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
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
    const auto large = readLockFile(u"requirements.txt"_s, {QByteArray(kLargestLockFile + 1, '\n')});
    QVERIFY(!large);
    QCOMPARE(large.error().kind, ErrorKind::TooLarge);
}

QTEST_GUILESS_MAIN(TestLockFiles)
#include "tst_lockfiles.moc"
