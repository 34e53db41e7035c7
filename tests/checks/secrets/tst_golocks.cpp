// Modules of Go.
#include "tests/checks/secrets/lockrows.h"

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestGoLocks : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void saysWhetherItIsWhole();
};

void TestGoLocks::reads_data()
{
    lockColumns();
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
    lockRow("go.mod of a candidate for a release", "go.mod", "module x\ngo 1.22rc1\nrequire example.com/a v1.0.0\n",
            {u"example.com/a 1.0.0 unknown direct 3"_s}, {}, {{u"go.sum"_s, "example.com/old v0.1.0 h1:x=\n"}});
    lockRow(
        "replaced once, that of the version first", "go.mod",
        "module x\ngo 1.21\nrequire example.com/a v1.0.0\nrequire example.com/b v1.0.0\n"
        "replace example.com/a => example.com/a v0.9.0\nreplace example.com/a v1.0.0 => example.com/a v1.0.5\n"
        "replace example.com/a v1.0.5 => example.com/a v1.0.6\nreplace example.com/b v2.0.0 => example.com/b v2.1.0\n",
        {u"example.com/a 1.0.5 unknown direct 3"_s, u"example.com/b 1.0.0 unknown direct 4"_s});
    lockRow("one module twice", "go.mod",
            "module x\ngo 1.21\nrequire example.com/a v1.10.0\nrequire example.com/a v1.9.0 // indirect\n",
            {u"example.com/a 1.10.0 unknown direct 3"_s});
    lockRow("a folder of the product", "api/go.mod",
            "module x\ngo 1.21\nrequire example.com/a v1.0.0\nreplace example.com/a => ../lib\n", {});
}

void TestGoLocks::reads()
{
    compareReading();
}

void TestGoLocks::saysWhetherItIsWhole()
{
    const QByteArray before = "module x\ngo 1.16\nrequire example.com/a v1.0.0\n";
    QVERIFY(readLockFile(u"go.mod"_s, {before})->isPartial);
    QVERIFY(!readLockFile(u"go.mod"_s, {before, {{u"go.sum"_s, "example.com/a v1.0.0 h1:x=\n"}}})->isPartial);
    QVERIFY(!readLockFile(u"go.mod"_s, {"module x\ngo 1.17\nrequire example.com/a v1.0.0\n"})->isPartial);
}

QTEST_GUILESS_MAIN(TestGoLocks)
#include "tst_golocks.moc"
