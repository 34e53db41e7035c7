// Lock files of npm, Yarn, pnpm and Bun.
#include "tests/checks/secrets/lockrows.h"

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestNpmLocks : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
};

void TestNpmLocks::reads_data()
{
    lockColumns();
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
                            << QStringList{u"b"_s};
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
    lockRow("package-lock 1, two versions of one package", "package-lock.json", R"({
  "lockfileVersion": 1,
  "dependencies": {
    "chalk": {
      "version": "2.0.0",
      "dependencies": {
        "supports-color": {
          "version": "5.0.0"
        }
      }
    },
    "supports-color": {
      "version": "7.0.0"
    }
  }
})",
            {u"chalk 2.0.0 production unknown 4"_s, u"supports-color 5.0.0 production transitive 7"_s,
             u"supports-color 7.0.0 production unknown 12"_s});
    lockRow("package-lock 3, from an address and from a registry of one's own", "package-lock.json", R"({
  "lockfileVersion": 3,
  "packages": {
    "": {"dependencies": {"by-address": "https://user:hunter2@example.com/x.tgz", "ours": "^1", "theirs": "^1"}},
    "node_modules/by-address": {
      "version": "1.0.0",
      "resolved": "https://user:hunter2@example.com/x.tgz"
    },
    "node_modules/ours": {
      "version": "1.0.0",
      "resolved": "https://token@npm.acme.internal:8443/ours/-/ours-1.0.0.tgz"
    },
    "node_modules/theirs": {
      "version": "1.0.0",
      "resolved": "https://registry.npmjs.org/theirs/-/theirs-1.0.0.tgz"
    }
  }
})",
            {u"ours 1.0.0 production direct 9 from npm.acme.internal"_s, u"theirs 1.0.0 production direct 13"_s},
            {u"by-address"_s});
    const QByteArray yarnOne = R"(# yarn lockfile v1

debug@^4.0.0:
  version "4.3.0"

jest@^29.0.0:
  version "29.0.0"
  dependencies:
    debug "^4.0.0"
)";
    lockRow("Yarn 1, one project", "yarn.lock", yarnOne,
            {u"debug 4.3.0 development transitive 3"_s, u"jest 29.0.0 development direct 6"_s}, {},
            {{u"package.json"_s, R"({"devDependencies":{"jest":"^29.0.0"}})"}});
    // What the folders ask for stands in none of the two files.
    lockRow("Yarn 1, workspaces", "yarn.lock", yarnOne,
            {u"debug 4.3.0 unknown unknown 3"_s, u"jest 29.0.0 unknown direct 6"_s}, {},
            {{u"package.json"_s, R"({"workspaces":["packages/*"],"devDependencies":{"jest":"^29.0.0"}})"}});
    lockRow("Yarn 4, resolutions", "yarn.lock", R"(__metadata:
  version: 8

"express@npm:^4":
  version: 4.0.0
  resolution: "express@npm:4.0.0"
  dependencies:
    lodash: "npm:^4"

"jest@npm:^29":
  version: 29.0.0
  resolution: "jest@npm:29.0.0"
  dependencies:
    lodash: "npm:4.17.21"

"lodash@npm:4.17.21":
  version: 4.17.21
  resolution: "lodash@npm:4.17.21"
)",
            {u"express 4.0.0 production direct 4"_s, u"jest 29.0.0 development direct 10"_s,
             u"lodash 4.17.21 production transitive 16"_s},
            {}, {{u"package.json"_s, R"({"dependencies":{"express":"^4"},"devDependencies":{"jest":"^29"}})"}});
    lockRow("Yarn 1, from elsewhere", "yarn.lock", R"(# yarn lockfile v1

"bats-assert@https://github.com/ztombol/bats-assert":
  version "0.3.0"
  resolved "https://github.com/ztombol/bats-assert#abc"

"lodash@gitlab:evil/lodash":
  version "4.17.15"
  resolved "https://gitlab.com/evil/lodash/repository/archive.tar.gz?ref=abc"

"other@evil/other":
  version "4.17.15"
  resolved "https://codeload.github.com/evil/other/tar.gz/abc"

"@acme/ours@^1", "@acme/ours@npm:@acme/ours@^1":
  version "1.0.0"
  resolved "https://npm.acme.internal/@acme/ours/-/ours-1.0.0.tgz"
)",
            {u"@acme/ours 1.0.0 unknown unknown 15 from npm.acme.internal"_s},
            {u"bats-assert"_s, u"lodash"_s, u"other"_s});
    lockRow("Yarn 4, a long key, a package that Yarn changes", "yarn.lock", R"(__metadata:
  version: 8

? "@babel/core@npm:^7.0.0, @babel/core@npm:^7.1.0"
:
  version: 7.23.0
  resolution: "@babel/core@npm:7.23.0"

"typescript@npm:^5.0.0":
  version: 5.0.4
  resolution: "typescript@npm:5.0.4"

"typescript@patch:typescript@npm%3A^5.0.0#optional!builtin<compat/typescript>":
  version: 5.0.4
  resolution: "typescript@patch:typescript@npm%3A5.0.4#optional!builtin<compat/typescript>::version=5.0.4"
)",
            {u"@babel/core 7.23.0 production direct 4"_s, u"typescript 5.0.4 development direct 13"_s,
             u"typescript 5.0.4 development direct 9"_s},
            {},
            {{u"package.json"_s,
              R"({"dependencies":{"@babel/core":"^7.1.0"},"devDependencies":{"typescript":"^5.0.0"}})"}});
    lockRow("Bun, what is expected beside", "bun.lock", R"({
  "lockfileVersion": 1,
  "workspaces": {
    "": { "dependencies": { "ui": "^4" }, "devDependencies": { "tool": "^29" } },
  },
  "packages": {
    "ui": ["ui@4.0.0", "", { "peerDependencies": { "engine": "^1", "extra": "^1" }, "optionalPeers": ["extra"] }, "x"],
    "tool": ["tool@29.0.0", "https://npm.acme.internal/t.tgz", { "dependencies": { "engine": "1", "extra": "1" } }, "x"],
    "engine": ["engine@1.0.0", "", {}, "x"],
    "extra": ["extra@1.0.0", "", {}, "x"],
  },
})",
            {u"engine 1.0.0 production transitive 9"_s, u"extra 1.0.0 development transitive 10"_s,
             u"tool 29.0.0 development direct 8 from npm.acme.internal"_s, u"ui 4.0.0 production direct 7"_s});
    lockRow("Bun, three levels and a workspace", "bun.lock", R"({
  "lockfileVersion": 1,
  "workspaces": {
    "": { "name": "x", "dependencies": { "@s/a": "1" }, "devDependencies": { "t": "1" } },
    "packages/own": { "name": "own", "dependencies": { "q": "1" } },
  },
  "packages": {
    "@s/a": ["@s/a@1.0.0", "", { "dependencies": { "b": "1" } }, "x"],
    "@s/a/b": ["b@1.0.0", "", { "dependencies": { "c": "1" } }, "x"],
    "@s/a/c": ["c@1.0.0", "", {}, "x"],
    "b": ["b@2.0.0", "", {}, "x"],
    "c": ["c@2.0.0", "", {}, "x"],
    "own": ["own@workspace:packages/own"],
    "own/q": ["q@3.0.0", "", {}, "x"],
    "q": ["q@1.0.0", "", {}, "x"],
    "t": ["t@1.0.0", "", { "dependencies": { "b": "2", "c": "2", "q": "1" } }, "x"],
    "x": ["x@root:", {}],
  },
})",
            {u"@s/a 1.0.0 production direct 8"_s, u"b 1.0.0 production transitive 9"_s,
             u"b 2.0.0 development transitive 11"_s, u"c 1.0.0 production transitive 10"_s,
             u"c 2.0.0 development transitive 12"_s, u"q 1.0.0 development transitive 15"_s,
             u"q 3.0.0 production direct 14"_s, u"t 1.0.0 development direct 16"_s});
    lockRow("pnpm 6, one version with two kinds of peers, from elsewhere", "pnpm-lock.yaml", R"(lockfileVersion: '6.0'

dependencies:
  next:
    specifier: ^13
    version: 13.4.1(react@18.2.0)

packages:

  /next@13.4.1(react@18.2.0):
    resolution: {integrity: sha512-x, tarball: https://npm.acme.internal/next.tgz}
    dependencies:
      styled-jsx: 5.1.1(react@18.2.0)
    dev: false

  /styled-jsx@5.1.1(@babel/core@7.0.0)(react@18.2.0):
    resolution: {integrity: sha512-x}
    dev: true

  /styled-jsx@5.1.1(react@18.2.0):
    resolution: {integrity: sha512-x}
    dependencies:
      client-only: 0.0.1
    dev: false

  /client-only@0.0.1:
    resolution: {integrity: sha512-x}

  '@user:s3cretpw@npm.example.com/x.tgz':
    resolution: {tarball: https://user:s3cretpw@npm.example.com/x.tgz}
    name: x
    version: 1.0.0
    dev: false

  oauth2+abcdef@gitlab.example.com/org/private/abc123:
    resolution: {commit: abc, repo: x, type: git}
    dev: false
)",
            {u"client-only 0.0.1 production transitive 26"_s,
             u"next 13.4.1 production direct 10 from npm.acme.internal"_s,
             u"styled-jsx 5.1.1 production transitive 16"_s},
            {u"x"_s, QString()});
}

void TestNpmLocks::reads()
{
    compareReading();
}

QTEST_GUILESS_MAIN(TestNpmLocks)
#include "tst_npmlocks.moc"
