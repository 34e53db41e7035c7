// The search through a history with keys in all the places where people forget them: all of them, and nothing else.
#include "tests/checks/secrets/allrules.h"
#include "tests/lab/leakyrepository.h"

#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

class TestLeakyHistory : public QObject
{
    Q_OBJECT

private slots:
    void findsAllAndNothingElse();
};

void TestLeakyHistory::findsAllAndNothingElse()
{
    const QTemporaryDir folder;
    const auto rules = loadLeakRules();
    QVERIFY(rules);
    const LeakySettings settings{folder.filePath(u"shop.git"_s)};
    const auto made = makeLeakyRepository(settings, *rules);
    QVERIFY2(made, made ? "" : qPrintable(made.error().message + made.error().detail));
    QVERIFY(made->secrets.size() > 500);
    QCOMPARE(made->lookAlikes, 2000);
    const auto score = scoreOf(*made, settings.folder, test::allRules());
    QVERIFY(score);
    for (const QByteArray &what : score->missed)
        qWarning("missed: %s", what.constData());
    for (const QByteArray &what : score->mistaken)
        qWarning("no secret: %s", what.constData());
    QCOMPARE(score->planted, static_cast<int>(made->secrets.size()));
    QCOMPARE(score->recall(), 1.0);
    QCOMPARE(score->precision(), 1.0);
}

QTEST_GUILESS_MAIN(TestLeakyHistory)
#include "tst_leakyhistory.moc"
