// Lock files of Python: requirements, Pipenv, Poetry, PDM and uv.
#include "tests/checks/secrets/lockrows.h"

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestPythonLocks : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void namesWhatItIncludes();
    void saysWhetherItIsWhole_data();
    void saysWhetherItIsWhole();
};

void TestPythonLocks::reads_data()
{
    lockColumns();
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
                                  << QStringList{};
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
    lockRow("Pipfile.lock, sections of one's own, the product's own folders", "api/Pipfile.lock", R"({
    "_meta": {
        "sources": []
    },
    "default": {
        "requests": {
            "version": "==2.0"
        },
        "shop": {
            "editable": true,
            "path": "."
        },
        "beside": {
            "path": "../lib"
        },
        "outside": {
            "path": "../../lib"
        }
    },
    "develop": {
        "requests": {
            "version": "==2.0"
        }
    },
    "workers": {
        "django": {
            "version": "==2.0"
        }
    }
})",
            {u"django 2.0 production unknown 26"_s, u"requests 2.0 development unknown 21"_s,
             u"requests 2.0 production unknown 6"_s},
            {u"outside"_s});
    lockRow("poetry.lock, an index of one's own, a folder of one's own", "api/poetry.lock", R"([[package]]
name = "inner"
version = "1.0"
[package.source]
type = "legacy"
url = "https://pypi.acme.internal/simple"

[[package]]
name = "core"
version = "1.0"
[package.source]
type = "directory"
url = "../core"

[[package]]
name = "outside"
version = "1.0"
[package.source]
type = "directory"
url = "../../core"
)",
            {u"inner 1.0 unknown unknown 1 from pypi.acme.internal"_s}, {u"outside"_s});
    lockRow("uv.lock, groups and extras", "uv.lock", R"(version = 1
[[package]]
name = "p"
version = "0.1"
source = { virtual = "." }
[package.optional-dependencies]
dev = [{ name = "black" }]
redis = [{ name = "redis" }]
[package.dev-dependencies]
worker = [{ name = "celery" }]
dev = [{ name = "ruff" }]
[[package]]
name = "celery"
version = "4.0"
source = { registry = "https://pypi.org/simple" }
[[package]]
name = "black"
version = "4.0"
source = { registry = "https://pypi.acme.internal/simple" }
[[package]]
name = "redis"
version = "4.0"
source = { registry = "https://pypi.org/simple" }
[[package]]
name = "ruff"
version = "0.1"
source = { registry = "https://pypi.org/simple" }
)",
            {u"black 4.0 development direct 16 from pypi.acme.internal"_s, u"celery 4.0 production direct 12"_s,
             u"redis 4.0 production direct 20"_s, u"ruff 0.1 development direct 24"_s});
    lockRow("requirements: folders of one's own and others", "api/requirements.txt",
            "-e .\n-e ./lib[extra]\n--editable=../web\n./other\n-e ../../outside\n./wheels/x-1.0.whl\n"
            "-e git+https://example.com/x.git#egg=x\nflask==3.0\n",
            {u"flask 3.0 unknown unknown 8"_s}, {QString(), QString(), QString()});
    for (const char *name : {"requirements-docker.txt", "requirements-latest.txt", "requirements-device.txt"})
        lockRow(name, name, "django==2.0\n", {u"django 2.0 unknown unknown 1"_s});
    for (const char *name : {"requirements-dev.txt", "test_requirements.txt", "requirements/docs.txt"})
        lockRow(name, name, "django==2.0\n", {u"django 2.0 development unknown 1"_s});
    lockRow("requirements with a mark of bytes", "requirements.txt",
            "\xef\xbb\xbf"
            "django==2.0\n",
            {u"django 2.0 unknown unknown 1"_s});
}

void TestPythonLocks::reads()
{
    compareReading();
}

void TestPythonLocks::namesWhatItIncludes()
{
    const auto reading =
        readLockFile(u"requirements.txt"_s, {"-r prod.txt # all\n--requirement=base/web.txt\n--requirement more.txt\n"
                                             "-c limits.txt\n-rshort.txt\n"});
    QVERIFY(reading);
    QCOMPARE(reading->includes, QStringList({u"prod.txt"_s, u"base/web.txt"_s, u"more.txt"_s, u"short.txt"_s}));
    QCOMPARE(reading->notComparable, 0);
}

void TestPythonLocks::saysWhetherItIsWhole_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isPartial");
    QTest::newRow("by hand") << QByteArray("flask==3.0\n") << true;
    QTest::newRow("who asked") << QByteArray("flask==3.0 # via -r requirements.in\n") << false;
    QTest::newRow("who asked, below") << QByteArray("flask==3.0\n    # via x\n") << false;
    QTest::newRow("checksums") << QByteArray("flask==3.0 \\\n    --hash=sha256:abc\n") << false;
    QTest::newRow("without who asked") << QByteArray("# This file is autogenerated by pip-compile\nflask==3.0\n")
                                       << false;
    QTest::newRow("nothing") << QByteArray("# nothing yet\n") << false;
}

void TestPythonLocks::saysWhetherItIsWhole()
{
    QFETCH(QByteArray, bytes);
    const auto reading = readLockFile(u"requirements.txt"_s, {bytes});
    QVERIFY(reading);
    QTEST(reading->isPartial, "isPartial");
}

QTEST_GUILESS_MAIN(TestPythonLocks)
#include "tst_pythonlocks.moc"
