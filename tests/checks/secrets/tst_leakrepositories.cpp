// Which repositories the check of secrets in the history reads: several, those below a folder, submodules.
#include "checks/secrets/history.h"
#include "tests/checks/secrets/leakruns.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestLeakRepositories : public QObject
{
    Q_OBJECT

private slots:
    // Two repositories have files of the same name.
    void tellsHistoriesApart()
    {
        GitFixture one(u"one"_s);
        GitFixture two(u"two"_s);
        for (const GitFixture *code : {&one, &two}) {
            code->init();
            code->write(u"old.js"_s, line(stripeKey(code == &one ? 14 : 15)));
            code->commitAll(u"Begin"_s);
            code->git({u"rm"_s, u"-q"_s, u"old.js"_s});
            code->commitAll(u"Remove"_s);
        }
        const Judged judged =
            RunOf({{SourceKind::Code, one.root(), {}}, {SourceKind::Code, two.root(), {}}}).of(secretsHistoryCheck());
        QStringList files;
        for (const Finding &finding : judged.findings)
            files << finding.location->file.section(u'/', -2);
        files.sort();
        QCOMPARE(files, (QStringList{u"one/old.js"_s, u"two/old.js"_s}));
    }

    // A folder of two repositories, and a clone that the outer one does not know of; installed packages are others'.
    void looksAtRepositoriesBelow_data()
    {
        QTest::addColumn<bool>("isOuterOne");
        QTest::newRow("of a plain folder") << false;
        QTest::newRow("of a repository") << true;
    }

    void looksAtRepositoriesBelow()
    {
        QFETCH(bool, isOuterOne);
        GitFixture outer(u"shop"_s);
        outer.write(u"README"_s, "Shop\n");
        if (isOuterOne) {
            outer.init();
            outer.commitAll(u"Begin"_s);
        }
        int number = 20;
        for (const QString &name : {u"backend"_s, u"frontend"_s, u"node_modules/left"_s}) {
            outer.git({u"init"_s, u"-q"_s, name});
            outer.write(name + u"/old.js"_s, line(stripeKey(static_cast<unsigned>(++number))));
            outer.git({u"-C"_s, name, u"add"_s, u"-A"_s});
            outer.git({u"-C"_s, name, u"commit"_s, u"-qm"_s, u"Begin"_s});
            outer.git({u"-C"_s, name, u"rm"_s, u"-q"_s, u"old.js"_s});
            outer.git({u"-C"_s, name, u"commit"_s, u"-qm"_s, u"Remove"_s});
        }
        const Judged judged = RunOf({{SourceKind::Code, outer.root(), {}}}).of(secretsHistoryCheck());
        QStringList files;
        for (const Finding &finding : judged.findings)
            files << finding.location->file.section(u'/', -2);
        files.sort();
        QCOMPARE(files, (QStringList{u"backend/old.js"_s, u"frontend/old.js"_s}));
    }

    void tellsTheOneBelow()
    {
        GitFixture outer(u"shop"_s);
        outer.git({u"init"_s, u"-q"_s, u"api"_s});
        outer.write(u"api/old.js"_s, line(stripeKey(24)));
        outer.git({u"-C"_s, u"api"_s, u"add"_s, u"-A"_s});
        outer.git({u"-C"_s, u"api"_s, u"commit"_s, u"-qm"_s, u"Begin"_s});
        outer.git({u"-C"_s, u"api"_s, u"rm"_s, u"-q"_s, u"old.js"_s});
        outer.git({u"-C"_s, u"api"_s, u"commit"_s, u"-qm"_s, u"Remove"_s});
        const Judged judged = RunOf({{SourceKind::Code, outer.root(), {}}}).of(secretsHistoryCheck());
        QCOMPARE(judged.findings.size(), 1U);
        QVERIFY2(judged.findings.front().location->file.endsWith(u"/api/old.js"_s),
                 qPrintable(judged.findings.front().location->file));
    }

    // git takes it for none, too; but something was there.
    void saysWhatIsNoRepositoryAnyMore()
    {
        GitFixture code;
        code.init();
        code.write(u"index.js"_s, "export const answer = 42;\n");
        code.commitAll(u"Begin"_s);
        QVERIFY(QFile::remove(code.path(u".git/HEAD"_s)));
        const Judged alone = RunOf({{SourceKind::Code, code.root(), {}}}).of(secretsHistoryCheck());
        QCOMPARE(alone.outcome, Outcome::NotRun);
        QVERIFY2(alone.reason.contains(u".git"_s), qPrintable(alone.reason));
        GitFixture outer(u"shop"_s);
        outer.init();
        outer.write(u"index.js"_s, "export const answer = 42;\n");
        outer.commitAll(u"Begin"_s);
        outer.write(u"lib/.git/config"_s, "[core]\n");
        const Judged beside = RunOf({{SourceKind::Code, outer.root(), {}}}).of(secretsHistoryCheck());
        QCOMPARE(beside.outcome, Outcome::Info);
        QVERIFY2(beside.reason.contains(u"lib"_s), qPrintable(beside.reason));
    }

    // It has a history of its own, and that was read; one that is not on this machine was not.
    void namesNoSubmoduleThatWasLookedAt()
    {
        GitFixture outer(u"shop"_s);
        outer.init();
        outer.git({u"init"_s, u"-q"_s, u"libs/here"_s});
        outer.write(u"libs/here/old.js"_s, line(stripeKey(25)));
        outer.git({u"-C"_s, u"libs/here"_s, u"add"_s, u"-A"_s});
        outer.git({u"-C"_s, u"libs/here"_s, u"commit"_s, u"-qm"_s, u"Begin"_s});
        outer.git({u"-C"_s, u"libs/here"_s, u"rm"_s, u"-q"_s, u"old.js"_s});
        outer.git({u"-C"_s, u"libs/here"_s, u"commit"_s, u"-qm"_s, u"Remove"_s});
        outer.write(u".gitmodules"_s, "[submodule \"here\"]\n\tpath = libs/here\n\turl = ../here\n"
                                      "[submodule \"away\"]\n\tpath = libs/away\n\turl = ../away\n");
        outer.commitAll(u"Begin"_s);
        const Judged judged = RunOf({{SourceKind::Code, outer.root(), {}}}).of(secretsHistoryCheck());
        QCOMPARE(said(judged), u"secret:critical"_s);
        const QByteArray gaps = QJsonDocument(judged.observed.value(u"gaps"_s).toArray()).toJson();
        QVERIFY2(gaps.contains("libs/away") && !gaps.contains("libs/here"), gaps.constData());
    }
};

QTEST_GUILESS_MAIN(TestLeakRepositories)
#include "tst_leakrepositories.moc"
