// The results list: rows come, change and go without a jump.
#include "ui/stage/resultsmodel.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;
using Order = ResultsModel::Order;

namespace {

ResultRow row(const QString &key, const QString &checkId = {})
{
    ResultRow made;
    made.key = key;
    made.checkId = checkId.isEmpty() ? key : checkId;
    made.title = key;
    return made;
}

QString keysOf(const ResultsModel &model)
{
    QString keys;
    for (const ResultRow &r : model.rows())
        keys += r.key;
    return keys;
}

} // namespace

class TestResultsModel : public QObject
{
    Q_OBJECT

private slots:
    void ordering_data();
    void ordering();
    void selectionFollowsItsRow();
    void aCheckBecomesItsFindingInPlace();
    void sameRowsSayNothing();
    void rolesAreWords();
};

void TestResultsModel::ordering_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<int>("order");
    QTest::addColumn<QString>("after");
    QTest::newRow("first rows") << u""_s << u"abc"_s << int(Order::Sort) << u"abc"_s;
    QTest::newRow("a new worst row goes on top") << u"bc"_s << u"abc"_s << int(Order::Sort) << u"abc"_s;
    QTest::newRow("rows move to their place") << u"abc"_s << u"cab"_s << int(Order::Sort) << u"cab"_s;
    QTest::newRow("held: nothing moves") << u"abc"_s << u"cab"_s << int(Order::Hold) << u"abc"_s;
    QTest::newRow("held: new rows come last") << u"bc"_s << u"abc"_s << int(Order::Hold) << u"bca"_s;
    QTest::newRow("held: what is gone goes") << u"abc"_s << u"ca"_s << int(Order::Hold) << u"ac"_s;
    QTest::newRow("all gone") << u"abc"_s << u""_s << int(Order::Sort) << u""_s;
    QTest::newRow("all at once") << u"abcd"_s << u"eda"_s << int(Order::Sort) << u"eda"_s;
}

void TestResultsModel::ordering()
{
    QFETCH(QString, before);
    QFETCH(QString, wanted);
    QFETCH(int, order);
    QFETCH(QString, after);
    ResultsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto rowsOf = [](const QString &keys) {
        std::vector<ResultRow> rows;
        for (const QChar key : keys)
            rows.push_back(row(QString(key)));
        return rows;
    };
    model.setRows(rowsOf(before), Order::Sort);
    model.setRows(rowsOf(wanted), Order(order));
    QCOMPARE(keysOf(model), after);
}

void TestResultsModel::selectionFollowsItsRow()
{
    ResultsModel model;
    model.setRows({row(u"a"_s), row(u"b"_s)}, Order::Sort);
    const QPersistentModelIndex chosen = model.index(1);
    model.setRows({row(u"x"_s), row(u"b"_s), row(u"a"_s)}, Order::Sort);
    QCOMPARE(chosen.data(ResultsModel::KeyRole).toString(), u"b"_s);
}

void TestResultsModel::aCheckBecomesItsFindingInPlace()
{
    ResultsModel model;
    model.setRows({row(u"a"_s), row(u"check"_s, u"mail.dmarc"_s), row(u"z"_s)}, Order::Sort);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    model.setRows({row(u"finding"_s, u"mail.dmarc"_s), row(u"a"_s), row(u"z"_s)}, Order::Hold);
    QCOMPARE(keysOf(model), u"afindingz"_s);
    QVERIFY(removed.isEmpty());
}

void TestResultsModel::sameRowsSayNothing()
{
    ResultsModel model;
    const std::vector<ResultRow> rows{row(u"a"_s), row(u"b"_s)};
    model.setRows(rows, Order::Sort);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy moved(&model, &QAbstractItemModel::rowsMoved);
    model.setRows(rows, Order::Sort);
    QVERIFY(changed.isEmpty());
    QVERIFY(moved.isEmpty());
}

void TestResultsModel::rolesAreWords()
{
    ResultsModel model;
    ResultRow made = row(u"a"_s);
    made.pill = u"Critical"_s;
    made.subtitle = u"no record"_s;
    model.setRows({made}, Order::Sort);
    QCOMPARE(model.index(0).data(Qt::AccessibleTextRole).toString(), u"Critical: a. no record"_s);
    QCOMPARE(model.index(0).data(RowShapeRole).value<StateShape>(), StateShape::NotRun);
}

QTEST_GUILESS_MAIN(TestResultsModel)
#include "tst_resultsmodel.moc"
