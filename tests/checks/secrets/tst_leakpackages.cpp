// The checks of secrets in built files and in app packages.
#include "checks/secrets/apppackage.h"
#include "checks/secrets/buildoutput.h"
#include "checks/secrets/tree.h"
#include "tests/checks/secrets/leakruns.h"
#include "tests/checks/secrets/programsmade.h"
#include "tests/checks/secrets/zipmade.h"

#include <QJsonArray>
#include <QTest>

#include <unistd.h>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestLeakPackages : public QObject
{
    Q_OBJECT

private slots:
    // The code of an app is compiled, and everybody who installs it has it; who has the code has the programs beside
    // it.
    void looksIntoCompiledCodeOfPackages()
    {
        GitFixture files;
        const QByteArray key = QByteArray::fromStdString(stripeKey(8));
        files.write(u"shop.apk"_s, zipMade({{"classes.dex", dexMade({"getString", key, "setText"})},
                                            {"res/icon.png", QByteArray("\x89PNG\r\n\x1a\n\0", 9)}}));
        files.write(u"server"_s, elfMade({key}));
        RunOf run({{SourceKind::Code, files.root(), {}}, {SourceKind::Package, files.path(u"shop.apk"_s), {}}});
        const Judged package = run.of(secretsAppPackageCheck());
        QCOMPARE(said(package), u"secret:critical"_s);
        QCOMPARE(package.findings.front().location->file, u"shop.apk!/classes.dex"_s);
        QCOMPARE(package.observed.value(u"programs"_s).toInt(), 1);
        QCOMPARE(package.observed.value(u"passed_over"_s).toInt(), 1);
        QVERIFY2(package.summary.contains(u"1 program"_s), qPrintable(package.summary));
        const Judged tree = run.of(secretsTreeCheck());
        QCOMPARE(said(tree), u"secret:critical"_s);
        QCOMPARE(tree.findings.front().location->file, u"server"_s);
        QCOMPARE(tree.observed.value(u"programs"_s).toInt(), 2);
        QCOMPARE(tree.observed.value(u"passed_over"_s).toInt(), 1);
    }

    void looksIntoCompiledCodeOfBuilds()
    {
        GitFixture files;
        files.write(u"dist/server"_s, elfMade({QByteArray::fromStdString(stripeKey(8))}));
        files.write(u"dist/index.html"_s, "<p>hello</p>\n");
        const Judged build = RunOf({{SourceKind::Build, files.path(u"dist"_s), {}}}).of(secretsBuildOutputCheck());
        QCOMPARE(said(build), u"secret:critical"_s);
        QCOMPARE(build.findings.front().location->file, u"server"_s);
    }

    void readsBuiltFilesAndPackages()
    {
        GitFixture built;
        built.write(u"assets/index-4f.js"_s, line(stripeKey(5)));
        QCOMPARE(said(RunOf({{SourceKind::Build, built.root(), {}}}).of(secretsBuildOutputCheck())),
                 u"secret:critical"_s);
        QCOMPARE(said(RunOf({{SourceKind::Package, built.root(), {}}}).of(secretsAppPackageCheck())),
                 u"secret:critical"_s);
    }

    // One file that is named itself: a terabyte of text takes longer than there is.
    void timeThatEndsMidwayIsNoPass()
    {
        GitFixture files;
        files.write(u"app.txt"_s, QByteArray(10'000, 'a'));
        QCOMPARE(::truncate(QFile::encodeName(files.path(u"app.txt"_s)).constData(), off_t(1) << 40), 0);
        RunOf run({{SourceKind::Package, files.path(u"app.txt"_s), {}}}, Deadline::in(std::chrono::milliseconds(700)));
        const Judged judged = run.of(secretsAppPackageCheck());
        QVERIFY2(judged.outcome != Outcome::Pass, qPrintable(judged.summary));
        QVERIFY2(judged.reason.contains(u"time"_s), qPrintable(judged.reason));
    }
};

QTEST_GUILESS_MAIN(TestLeakPackages)
#include "tst_leakpackages.moc"
