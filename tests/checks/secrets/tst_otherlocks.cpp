// Lock files of Cargo, Composer, Bundler, NuGet and Pub.
#include "tests/checks/secrets/lockrows.h"

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestOtherLocks : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
};

void TestOtherLocks::reads_data()
{
    lockColumns();
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
    const QByteArray cargoLock = R"(version = 3
[[package]]
name = "product"
version = "0.1.0"
dependencies = ["tokio", "mockito"]
[[package]]
name = "tokio"
version = "1.0.1"
source = "registry+https://github.com/rust-lang/crates.io-index"
[[package]]
name = "mockito"
version = "1.0.0"
source = "sparse+https://crates.acme.internal/index/"
)";
    lockRow("Cargo.lock, for one system", "Cargo.lock", cargoLock,
            {u"mockito 1.0.0 development direct 10 from crates.acme.internal"_s, u"tokio 1.0.1 production direct 6"_s},
            {},
            {{u"Cargo.toml"_s, "[package]\nname = \"product\"\n[target.'cfg(unix)'.dependencies]\ntokio = \"1\"\n"
                               "[target.'cfg(windows)'.dev-dependencies]\nmockito = \"1\"\n"
                               "[dev-dependencies]\ntokio = \"1\"\n"}});
    lockRow("Gemfile.lock with a gem of the product", "Gemfile.lock", R"(PATH
  remote: .
  specs:
    shop (1.0)
      rails (>= 6)

GEM
  remote: https://gems.acme.internal/
  specs:
    rails (6.1.4)
    rspec-rails (3.0)
      rails (>= 5)

DEPENDENCIES
  rspec-rails
  shop!
)",
            {u"rails 6.1.4 production direct 10 from gems.acme.internal"_s,
             u"rspec-rails 3.0 development direct 11 from gems.acme.internal"_s},
            {}, {{u"Gemfile"_s, "gemspec\ngroup :development, :test do\n  gem \"rspec-rails\"\nend\n"}});
    const QByteArray gems = R"(GEM
  remote: https://rubygems.org/
  specs:
    a (1.0)
    b (1.0)
    c (1.0)
    d (1.0)
    e (1.0)

DEPENDENCIES
  a
  b
  c
  d
  e
)";
    lockRow("gems.locked with groups in each form", "gems.locked", gems,
            {u"a 1.0 development direct 4"_s, u"b 1.0 production direct 5"_s, u"c 1.0 development direct 6"_s,
             u"d 1.0 production direct 7"_s, u"e 1.0 production direct 8"_s},
            {},
            {{u"gems.rb"_s, "gem 'a', group: :test\ngem 'b', group: :assets, require: 'test/x'\n"
                            "gem 'c', :group => [:test, :development]\ngem 'd', group: :docker\n"
                            "gem 'e', groups: [:development, :production]\n"}});
    lockRow("packages.lock.json, another version for another framework", "packages.lock.json", R"({
  "version": 1,
  "dependencies": {
    "net6.0": {
      "Json": {
        "type": "Direct",
        "resolved": "12.0.1"
      }
    },
    "net8.0": {
      "Json": {
        "type": "Direct",
        "resolved": "13.0.1"
      }
    }
  }
})",
            {u"Json 12.0.1 unknown direct 5"_s, u"Json 13.0.1 unknown direct 11"_s});
    lockRow("pubspec.lock with folders and a registry of one's own", "app/pubspec.lock", R"(packages:
  core:
    dependency: "direct main"
    description:
      path: "../core"
      relative: true
    source: path
    version: "1.0.0"
  outside:
    dependency: "direct main"
    description:
      path: "../../core"
      relative: true
    source: path
    version: "1.0.0"
  http:
    dependency: "direct main"
    description:
      name: http
      url: "https://pub.dev"
    source: hosted
    version: "0.13.0"
  inner:
    dependency: "direct main"
    description:
      name: inner
      url: "https://pub.acme.internal"
    source: hosted
    version: "0.13.0"
)",
            {u"http 0.13.0 production direct 16"_s, u"inner 0.13.0 production direct 23 from pub.acme.internal"_s},
            {u"outside"_s});
}

void TestOtherLocks::reads()
{
    compareReading();
}

QTEST_GUILESS_MAIN(TestOtherLocks)
#include "tst_otherlocks.moc"
