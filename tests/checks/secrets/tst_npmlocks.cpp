// Lock files of npm, Yarn, pnpm and Bun.
#include "lockfilerows.h"

using namespace cockpit;
using namespace cockpit::lockrows;
using namespace Qt::StringLiterals;

class TestNpmLocks : public QObject
{
    Q_OBJECT

private slots:
    void npm_data();
    void npm();
};

void TestNpmLocks::npm_data()
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

void TestNpmLocks::npm()
{
    compareReading();
}

QTEST_GUILESS_MAIN(TestNpmLocks)
#include "tst_npmlocks.moc"
