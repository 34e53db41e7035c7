// The routes of the project: typed, taken over from files and from what was found, filtered and exported.
#include "models/routes/routelist.h"
#include "openedaddresses.h"
#include "ui/addresses/routefilter.h"
#include "ui/addresses/routemodel.h"
#include "ui/widgets/banner.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

namespace {

std::vector<Route> someRoutes()
{
    Route orders{.method = u"GET"_s, .path = u"/orders/{id}"_s, .source = u"HAR"_s};
    orders.isGuessed = true;
    orders.seen = u"/orders/7"_s;
    const Route users{.method = u"POST"_s, .path = u"/admin/users"_s, .access = AccessClass::Admin};
    const Route prices{.method = u"GET"_s, .path = u"/prices"_s, .access = AccessClass::Public};
    return {orders, users, prices};
}

} // namespace

class TestAddressRoutes : public QObject
{
    Q_OBJECT

private slots:
    void routeCells_data();
    void routeCells();
    void saysWhatIsNotAsked();
    void importsRoutes();
    void saysWhyAFileIsNoUse();
    void marksGuesses();
    void filtersRoutes_data();
    void filtersRoutes();
    void removesTheRouteThatIsShown();
    void leavesOutOtherCompanies();
    void takesOverWhatWasFound();
    void exportsRoutes();
};

void TestAddressRoutes::routeCells_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<int>("role");
    QTest::addColumn<bool>("accepted");
    const int edit = Qt::EditRole;
    QTest::newRow("a path") << int(RouteModel::PathColumn) << QVariant(u" /invoices/{id} "_s) << edit << true;
    QTest::newRow("a path without its slash") << int(RouteModel::PathColumn) << QVariant(u"x"_s) << edit << false;
    QTest::newRow("a method") << int(RouteModel::MethodColumn) << QVariant(u"post"_s) << edit << true;
    QTest::newRow("no method") << int(RouteModel::MethodColumn) << QVariant(u"FETCH"_s) << edit << false;
    QTest::newRow("a host") << int(RouteModel::HostColumn) << QVariant(u"API.made.example"_s) << edit << true;
    QTest::newRow("a host that is none") << int(RouteModel::HostColumn) << QVariant(u"a b"_s) << edit << false;
    QTest::newRow("who may") << int(RouteModel::AccessColumn) << QVariant(int(AccessClass::Admin)) << edit << true;
    QTest::newRow("safe to write") << int(RouteModel::WriteColumn) << QVariant(int(Qt::Checked))
                                   << int(Qt::CheckStateRole) << true;
}

void TestAddressRoutes::routeCells()
{
    QFETCH(int, column);
    QFETCH(QVariant, value);
    QFETCH(int, role);
    QFETCH(bool, accepted);
    RouteModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    Route route;
    route.path = u"/"_s;
    model.setRoutes({route});
    QSignalSpy edited(&model, &RouteModel::edited);
    QSignalSpy refused(&model, &RouteModel::refused);
    QCOMPARE(model.setData(model.index(0, column), value, role), accepted);
    QCOMPARE(edited.count(), accepted ? 1 : 0);
    QCOMPARE(refused.count(), accepted ? 0 : 1);
}

void TestAddressRoutes::saysWhatIsNotAsked()
{
    RouteModel model;
    std::vector<Route> routes(3);
    routes[1].host = u"api.made.example"_s;
    routes[2].host = u"old.made.example"_s;
    model.setRoutes(routes, {u"made.example"_s, {{HostRole::Api, u"api.made.example"_s, 443}}});
    QStringList shown;
    for (int row = 0; row < model.rowCount(); ++row)
        shown << model.index(row, RouteModel::HostColumn).data().toString();
    QCOMPARE(shown,
             QStringList({u"the usual one"_s, u"api.made.example"_s, u"old.made.example (not in the project)"_s}));
    const QModelIndex gone = model.index(2, RouteModel::HostColumn);
    QCOMPARE(gone.data(Qt::EditRole).toString(), u"old.made.example"_s);
    QVERIFY(gone.data(Qt::ToolTipRole).toString().contains(u"kept"_s));
    QVERIFY(!model.index(1, RouteModel::HostColumn).data(Qt::ToolTipRole).isValid());
}

void TestAddressRoutes::importsRoutes()
{
    Opened o;
    QTemporaryDir folder;
    const QString path = writeFile(folder, R"([{"path": "/health", "access": "public"}, {"path": "/invoices"}])");
    QSignalSpy changed(o.session.get(), &Session::routesChanged);
    o.page.importRoutes(path);
    QVERIFY(changed.isEmpty()); // the file is read elsewhere
    QTRY_COMPARE(changed.count(), 1);
    QCOMPARE(o.session->project().routes.size(), size_t(2));
    o.page.importRoutes(path); // known by now
    QTRY_COMPARE(changed.count(), 2);
    QCOMPARE(o.session->project().routes.size(), size_t(2));
}

void TestAddressRoutes::saysWhyAFileIsNoUse()
{
    Opened o;
    QTemporaryDir folder;
    o.page.importRoutes(writeFile(folder, "openapi: 3.0.0\n"));
    QTRY_VERIFY(o.page.findChild<Banner *>()->isVisible());
    QVERIFY(o.session->project().routes.empty());
}

void TestAddressRoutes::marksGuesses()
{
    RouteModel model;
    model.setRoutes(someRoutes());
    QSignalSpy edited(&model, &RouteModel::edited);
    const QModelIndex access = model.index(0, RouteModel::AccessColumn);
    QVERIFY(access.data().toString() != labelOf(AccessClass::SignedIn));
    QVERIFY(model.index(1, RouteModel::AccessColumn).data().toString() == labelOf(AccessClass::Admin));
    // The same choice by a person is no guess any more.
    QVERIFY(model.setData(access, int(AccessClass::SignedIn), Qt::EditRole));
    const auto changed = edited.first().first().value<std::vector<Route>>();
    QVERIFY(!changed.front().isGuessed);
    QCOMPARE(changed.front().seen, u"/orders/7"_s);
    QVERIFY(model.setData(model.index(0, RouteModel::PathColumn), u"/other/{id}"_s, Qt::EditRole));
    QVERIFY(edited.last().first().value<std::vector<Route>>().front().seen.isEmpty());
    QVERIFY(!(model.flags(model.index(0, RouteModel::SourceColumn)) & Qt::ItemIsEditable));
}

void TestAddressRoutes::filtersRoutes_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("shown");
    QTest::addColumn<QString>("expected");
    using enum RouteFilter::Shown;
    QTest::newRow("all") << QString() << int(All) << u"/orders/{id} /admin/users /prices"_s;
    QTest::newRow("a word") << u"ORDERS"_s << int(All) << u"/orders/{id}"_s;
    QTest::newRow("a method and a word") << u"post users"_s << int(All) << u"/admin/users"_s;
    QTest::newRow("a method of another route") << u"post prices"_s << int(All) << QString();
    QTest::newRow("where it was learnt") << u"har"_s << int(All) << u"/orders/{id}"_s;
    QTest::newRow("open ones") << QString() << int(Open) << u"/prices"_s;
    QTest::newRow("signed-in ones") << QString() << int(SignedIn) << u"/orders/{id}"_s;
    QTest::newRow("administrators' ones") << QString() << int(Admin) << u"/admin/users"_s;
    QTest::newRow("guesses") << QString() << int(Guessed) << u"/orders/{id}"_s;
}

void TestAddressRoutes::filtersRoutes()
{
    QFETCH(QString, words);
    QFETCH(int, shown);
    RouteModel model;
    model.setRoutes(someRoutes());
    RouteFilter filter;
    QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    filter.setSourceModel(&model);
    filter.setWords(words);
    filter.setShown(static_cast<RouteFilter::Shown>(shown));
    QStringList paths;
    for (int row = 0; row < filter.rowCount(); ++row)
        paths << filter.index(row, RouteModel::PathColumn).data().toString();
    QTEST(paths.join(u' '), "expected");
}

void TestAddressRoutes::removesTheRouteThatIsShown()
{
    Opened o;
    o.session->setRoutes(someRoutes());
    o.page.findChild<QLineEdit *>(u"routeFilter"_s)->setText(u"prices"_s);
    auto *table = o.page.findChild<QTableView *>(u"routes"_s);
    QTRY_COMPARE(table->model()->rowCount(), 1);
    table->selectRow(0);
    o.page.findChild<QPushButton *>(u"removeRoute"_s)->click();
    QCOMPARE(o.session->project().routes.size(), size_t(2));
    QCOMPARE(o.session->project().routes.back().path, u"/admin/users"_s);
    o.page.findChild<QPushButton *>(u"addRoute"_s)->click(); // shows the new row
    QVERIFY(o.page.findChild<QLineEdit *>(u"routeFilter"_s)->text().isEmpty());
    QCOMPARE(o.session->project().routes.size(), size_t(3));
}

void TestAddressRoutes::leavesOutOtherCompanies()
{
    Opened o;
    QTemporaryDir folder;
    QSignalSpy changed(o.session.get(), &Session::routesChanged);
    o.page.importRoutes(writeFile(folder, R"({"log":{"entries":[
        {"request":{"method":"GET","url":"https://api.made.example/orders"},"response":{"status":200}},
        {"request":{"method":"POST","url":"https://stats.example.net/collect"},"response":{"status":200}}]}})"));
    QTRY_COMPARE(changed.count(), 1);
    QCOMPARE(o.session->project().routes.size(), size_t(1));
    QCOMPARE(o.session->project().routes.front().host, u"api.made.example"_s);
}

void TestAddressRoutes::takesOverWhatWasFound()
{
    Opened o;
    auto *take = o.page.findChild<QPushButton *>(u"takeFoundRoutes"_s);
    QVERIFY(!take->isEnabled());
    Check check;
    check.id = u"exposure.routes"_s;
    check.look = [](const Look &) {
        Judged judged;
        judged.observed.insert(u"routes"_s, toJson(someRoutes()));
        return judged;
    };
    o.fake.add(check);
    o.session->checkAgain(check.id, {});
    QTRY_VERIFY(take->isEnabled());
    take->click();
    QCOMPARE(o.session->project().routes.size(), size_t(3));
    QVERIFY(!take->isEnabled()); // all are known now
}

void TestAddressRoutes::exportsRoutes()
{
    Opened o;
    o.session->setRoutes(someRoutes());
    QTemporaryDir folder;
    const QString path = folder.filePath(u"routes.csv"_s);
    QTRY_VERIFY(o.page.findChild<QPushButton *>(u"exportRoutes"_s)->isEnabled()); // the page has caught up
    o.page.exportRoutes(path);
    QTRY_VERIFY(o.page.findChild<Banner *>()->isVisible());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), routesCsv(someRoutes()));
}

QTEST_MAIN(TestAddressRoutes)
#include "tst_addressroutes.moc"
