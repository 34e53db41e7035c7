// Lock files of each form, whole and broken, compared as text: "name version use reach line".
#include "checks/secrets/dependencies/lockfiles.h"

#include <QElapsedTimer>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestLockFiles : public QObject
{
    Q_OBJECT

private slots:
    void npm_data();
    void npm();
    void python_data();
    void python();
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

using Beside = QHash<QString, QByteArray>;

namespace {

void columns()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Beside>("beside");
    QTest::addColumn<QStringList>("wanted");
    QTest::addColumn<QStringList>("skipped");
}

QStringList printed(const LockReading &reading)
{
    QStringList lines;
    for (const Dependency &one : reading.packages)
        lines += u"%1 %2 %3 %4 %5"_s.arg(one.name, one.version, toWord(one.use), toWord(one.reach)).arg(one.line);
    lines.sort();
    return lines;
}

void compareReading()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, bytes);
    QFETCH(Beside, beside);
    QFETCH(QStringList, wanted);
    QFETCH(QStringList, skipped);
    const auto reading = readLockFile(path, {bytes, beside});
    QVERIFY2(reading, reading ? "" : qPrintable(reading.error().message));
    QCOMPARE(printed(*reading), wanted);
    QCOMPARE(reading->named, skipped);
    QCOMPARE(reading->notComparable, skipped.size());
    for (const Dependency &one : reading->packages)
        QCOMPARE(one.file, path);
}

} // namespace

void TestLockFiles::npm_data()
{
    columns();
    QTest::newRow("package-lock 1, nested, alias, git")
        << u"package-lock.json"_s << QByteArray(R"({
  "lockfileVersion": 1,
  "dependencies": {
    "lodash": {
      "version": "4.17.15",
      "dependencies": {
        "inner": {
          "version": "1.0.0"
        }
      }
    },
    "short": {
      "version": "npm:real-name@2.0.0"
    },
    "jest": {
      "version": "26.0.0",
      "dev": true
    },
    "ours": {
      "version": "git+ssh://git@example.com/ours.git#abc"
    }
  }
})") << Beside{{u"package.json"_s, R"({"dependencies":{"lodash":"^4"},"devDependencies":{"jest":"^26"}})"}}
        << QStringList{u"inner 1.0.0 production transitive 7"_s, u"jest 26.0.0 development direct 15"_s,
                       u"lodash 4.17.15 production direct 4"_s, u"real-name 2.0.0 production transitive 12"_s}
        << QStringList{u"ours"_s};
    QTest::newRow("package-lock 3, workspaces, links")
        << u"web/package-lock.json"_s << QByteArray(R"({
  "lockfileVersion": 3,
  "packages": {
    "": {"dependencies": {"express": "^4"}},
    "packages/app": {"devDependencies": {"vitest": "^1"}},
    "node_modules/app": {"resolved": "packages/app", "link": true},
    "node_modules/express": {
      "version": "4.17.1"
    },
    "node_modules/express/node_modules/vitest": {
      "version": "0.1.0"
    },
    "node_modules/vitest": {
      "version": "1.0.0",
      "dev": true
    },
    "node_modules/@scope/alias": {
      "name": "@other/name",
      "version": "2.0.0",
      "devOptional": true
    },
    "node_modules/tool": {
      "version": "1.0.0",
      "resolved": "git+ssh://git@github.com/a/b.git#c"
    }
  }
})") << Beside{}
        << QStringList{u"@other/name 2.0.0 production transitive 17"_s, u"express 4.17.1 production direct 7"_s,
                       u"vitest 0.1.0 production transitive 10"_s, u"vitest 1.0.0 development direct 13"_s}
        << QStringList{u"tool"_s};
    QTest::newRow("Yarn 1")
        << u"yarn.lock"_s << QByteArray(R"(# yarn lockfile v1


"@babel/core@^7.0.0", "@babel/core@^7.1.0":
  version "7.12.3"
  resolved "https://registry.yarnpkg.com/@babel/core/-/core-7.12.3.tgz#abc"
  dependencies:
    "lodash" ">= 4.0.0 < 5"

lodash@">= 4.0.0 < 5":
  version "4.17.15"

express@^4.0.0:
  version "4.17.1"

"short@npm:real-name@^1":
  version "1.2.3"

"ours@git+ssh://git@example.com/x.git":
  version "1.0.0"
  resolved "git+ssh://git@example.com/x.git#abc"
)")
        << Beside{{u"package.json"_s,
                   R"({"dependencies":{"express":"^4.0.0"},"devDependencies":{"@babel/core":"^7.1.0"}})"}}
        << QStringList{u"@babel/core 7.12.3 development direct 4"_s, u"express 4.17.1 production direct 13"_s,
                       u"lodash 4.17.15 development transitive 10"_s, u"real-name 1.2.3 unknown unknown 16"_s}
        << QStringList{u"ours"_s};
    QTest::newRow("Yarn 4") << u"yarn.lock"_s << QByteArray(R"(__metadata:
  version: 8
  cacheKey: 10

"lodash@npm:^4.17.15, lodash@npm:^4.17.20":
  version: 4.17.21
  resolution: "lodash@npm:4.17.21"
  checksum: 10/abc
  languageName: node
  linkType: hard

"product@workspace:.":
  version: 0.0.0-use.local
  resolution: "product@workspace:."
  dependencies:
    lodash: "npm:^4.17.15"
  languageName: unknown
  linkType: soft

"typescript@patch:typescript@npm%3A^5#optional!builtin<compat/typescript>":
  version: 5.0.4
  resolution: "typescript@patch:typescript@npm%3A5.0.4#optional!builtin<compat/typescript>::version=5.0.4"
  linkType: hard
)") << Beside{{u"package.json"_s, R"({"dependencies":{"lodash":"^4.17.15"}})"}}
                            << QStringList{u"lodash 4.17.21 production direct 5"_s,
                                           u"typescript 5.0.4 unknown unknown 20"_s}
                            << QStringList{};
    QTest::newRow("Bun") << u"bun.lock"_s << QByteArray(R"({
  "lockfileVersion": 1,
  "workspaces": {
    "": {
      "dependencies": { "express": "^4", },
      "devDependencies": { "jest": "^29", },
    },
  },
  "packages": {
    "express": ["express@4.17.1", "", { "dependencies": { "debug": "2.6.9", "odd,}": "1" } }, "sha512-x"],
    "express/debug": ["debug@2.6.9", "", {}, "sha512-x"],
    "debug": ["debug@4.3.0", "", {}, "sha512-x"],
    "jest": ["jest@29.0.0", "", { "dependencies": { "debug": "^4" } }, "sha512-x"],
    "own": ["own@workspace:packages/own"],
    "ours": ["ours@git+https://example.com/x.git#abc", {}, "abc"],
  },
})") << Beside{}
                         << QStringList{u"debug 2.6.9 production transitive 11"_s,
                                        u"debug 4.3.0 development transitive 12"_s,
                                        u"express 4.17.1 production direct 10"_s,
                                        u"jest 29.0.0 development direct 13"_s}
                         << QStringList{u"ours"_s};
    QTest::newRow("pnpm 5") << u"pnpm-lock.yaml"_s << QByteArray(R"(lockfileVersion: 5.4

specifiers:
  lodash: ^4

dependencies:
  lodash: 4.17.15

devDependencies:
  '@babel/core': 7.12.3_abc@1.0.0

packages:

  /@babel/core/7.12.3_abc@1.0.0:
    resolution: {integrity: sha512-x}
    dev: true

  /lodash/4.17.15:
    resolution: {integrity: sha512-x}
    dev: false

  github.com/a/b/0123:
    name: b
    version: 1.0.0
)") << Beside{} << QStringList{u"@babel/core 7.12.3 development direct 14"_s, u"lodash 4.17.15 production direct 18"_s}
                            << QStringList{u"github.com/a/b/0123"_s};
    QTest::newRow("pnpm 6") << u"pnpm-lock.yaml"_s << QByteArray(R"(lockfileVersion: '6.0'

dependencies:
  next:
    specifier: ^13
    version: 13.4.1(react@18.2.0)

packages:

  /next@13.4.1(react@18.2.0):
    resolution: {integrity: sha512-x}
    dependencies:
      postcss: 8.4.14
    dev: false

  /postcss@8.4.14:
    resolution: {integrity: sha512-x}
    dev: true
)") << Beside{} << QStringList{u"next 13.4.1 production direct 10"_s, u"postcss 8.4.14 development transitive 16"_s}
                            << QStringList{};
    QTest::newRow("pnpm 9, two projects, a long key")
        << u"pnpm-lock.yaml"_s << QByteArray(R"(lockfileVersion: '9.0'

importers:

  .:
    devDependencies:
      vitest:
        specifier: ^1
        version: 1.0.0

  apps/web:
    dependencies:
      next:
        specifier: ^14
        version: 14.1.0(react@18.2.0)

packages:

  next@14.1.0:
    resolution: {integrity: sha512-x}

  postcss@8.4.31:
    resolution: {integrity: sha512-x}

  private@https://user:hunter2@example.com/x.tgz:
    resolution: {tarball: https://user:hunter2@example.com/x.tgz}

  vitest@1.0.0:
    resolution: {integrity: sha512-x}

snapshots:

  ? next@14.1.0(react@18.2.0)
  : dependencies:
      postcss: 8.4.31

  postcss@8.4.31: {}

  vitest@1.0.0:
    dependencies:
      postcss: 8.4.31
)") << Beside{}
        << QStringList{u"next 14.1.0 production direct 19"_s, u"postcss 8.4.31 production transitive 22"_s,
                       u"vitest 1.0.0 development direct 28"_s}
        << QStringList{u"private"_s};
}

void TestLockFiles::npm()
{
    compareReading();
}

void TestLockFiles::python_data()
{
    columns();
    QTest::newRow("requirements") << u"requirements.txt"_s << QByteArray(R"(# made by hand
-r other.txt
Django==4.2.1  # the site
Typing_Extensions[extra] == 4.0 ; python_version < "3.11"
requests>=2.0
celery==5.*
urllib3==1.26.5 \
    --hash=sha256:abc
--index-url https://example.com/simple
)") << Beside{}
                                  << QStringList{u"django 4.2.1 unknown unknown 3"_s,
                                                 u"typing-extensions 4.0 unknown unknown 4"_s,
                                                 u"urllib3 1.26.5 unknown unknown 7"_s}
                                  << QStringList{u"requests"_s, u"celery"_s};
    QTest::newRow("requirements of pip-compile")
        << u"requirements-dev.txt"_s << QByteArray(R"(asgiref==3.7.2
    # via django
django==4.2.1
    # via -r requirements.in
sqlparse==0.4.4
    # via
    #   django
    #   -r requirements.in
)") << Beside{}
        << QStringList{u"asgiref 3.7.2 development transitive 1"_s, u"django 4.2.1 development direct 3"_s,
                       u"sqlparse 0.4.4 development direct 5"_s}
        << QStringList{};
    QTest::newRow("requirements of PowerShell")
        << u"requirements.txt"_s
        << QByteArray("\xff\xfe"
                      "f\0l\0a\0s\0k\0=\0=\0"
                      "2\0.\0"
                      "0\0\r\0\n\0",
                      26)
        << Beside{} << QStringList{u"flask 2.0 unknown unknown 1"_s} << QStringList{};
    QTest::newRow("Pipfile.lock") << u"Pipfile.lock"_s << QByteArray(R"({
    "default": {
        "django": {
            "version": "==3.2.1"
        },
        "local": {
            "path": "."
        }
    },
    "develop": {
        "pytest": {
            "version": "==7.0"
        }
    }
})") << Beside{} << QStringList{u"django 3.2.1 production unknown 3"_s, u"pytest 7.0 development unknown 11"_s}
                                  << QStringList{u"local"_s};
    QTest::newRow("poetry.lock of 1.x with pyproject.toml")
        << u"poetry.lock"_s << QByteArray(R"([[package]]
name = "Django"
version = "3.2.1"

[package.dependencies]
sqlparse = ">=0.2"

[[package]]
name = "sqlparse"
version = "0.4.1"

[[package]]
name = "pytest"
version = "7.0"

[[package]]
name = "ours"
version = "1.0"

[package.source]
type = "git"
)")
        << Beside{{u"pyproject.toml"_s, "[tool.poetry.dependencies]\npython = \"^3.9\"\ndjango = \"^3\"\n"
                                        "[tool.poetry.group.dev.dependencies]\npytest = \"*\"\n"}}
        << QStringList{u"django 3.2.1 production direct 1"_s, u"pytest 7.0 development direct 12"_s,
                       u"sqlparse 0.4.1 production transitive 8"_s}
        << QStringList{u"ours"_s};
    QTest::newRow("poetry.lock that names groups")
        << u"poetry.lock"_s
        << QByteArray("[[package]]\nname = \"a\"\nversion = \"1\"\ngroups = [\"main\", \"dev\"]\n"
                      "[[package]]\nname = \"b\"\nversion = \"1\"\ngroups = [\"dev\"]\n"
                      "[[package]]\nname = \"c\"\nversion = \"1\"\ncategory = \"dev\"\n")
        << Beside{}
        << QStringList{u"a 1 production unknown 1"_s, u"b 1 development unknown 5"_s, u"c 1 development unknown 9"_s}
        << QStringList{};
    QTest::newRow("pdm.lock") << u"pdm.lock"_s << QByteArray(R"([[package]]
name = "flask"
version = "2.0"
groups = ["default"]
dependencies = ["jinja2>=3"]

[[package]]
name = "pytest"
version = "7.0"
groups = ["dev"]

[[package]]
name = "jinja2"
version = "3.0"

[[package]]
name = "ours"
version = "1.0"
git = "https://example.com/x"
)") << Beside{{u"pyproject.toml"_s, "[project]\ndependencies = [\"Flask>=2\"]\n"}}
                              << QStringList{u"flask 2.0 production direct 1"_s,
                                             u"jinja2 3.0 production transitive 12"_s,
                                             u"pytest 7.0 development unknown 7"_s}
                              << QStringList{u"ours"_s};
    QTest::newRow("uv.lock") << u"uv.lock"_s << QByteArray(R"(version = 1

[[package]]
name = "product"
version = "0.1.0"
source = { virtual = "." }
dependencies = [{ name = "flask" }]

[package.dev-dependencies]
dev = [{ name = "ruff" }]

[[package]]
name = "flask"
version = "2.0"
source = { registry = "https://pypi.org/simple" }
dependencies = [{ name = "jinja2" }]

[[package]]
name = "jinja2"
version = "3.0"
source = { registry = "https://pypi.org/simple" }

[[package]]
name = "ruff"
version = "0.1"
source = { registry = "https://pypi.org/simple" }

[[package]]
name = "ours"
version = "1.0"
source = { git = "https://example.com/x" }
)") << Beside{}
                             << QStringList{u"flask 2.0 production direct 12"_s,
                                            u"jinja2 3.0 production transitive 18"_s,
                                            u"ruff 0.1 development direct 23"_s}
                             << QStringList{u"ours"_s};
}

void TestLockFiles::python()
{
    compareReading();
}

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
