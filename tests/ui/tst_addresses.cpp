// Addresses and routes: what is typed is checked, saved at once, and read from files off the GUI thread.
#include "fakeproject.h"
#include "models/routes/routelist.h"
#include "ui/addresses/addressespage.h"
#include "ui/addresses/choicedelegate.h"
#include "ui/addresses/hostmodel.h"
#include "ui/addresses/namemodel.h"
#include "ui/addresses/namescard.h"
#include "ui/addresses/routefilter.h"
#include "ui/addresses/routemodel.h"
#include "ui/addresses/routescard.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <QTextDocument>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

namespace {

struct Opened
{
    Opened() : theme(*qApp, ThemeChoice::Light), session(fake.makeSession()), page(*session)
    {
        QSignalSpy opened(session.get(), &Session::projectOpened);
        session->createProject(fake.path(), fake.settings());
        [&] { QTRY_COMPARE(opened.count(), 1); }();
        page.show();
    }

    const Target &target() const { return session->project().settings.target; }
    QString names() const
    {
        QStringList lines;
        for (const ListedName &listed : session->project().names)
            lines << listed.name + u'=' + listed.purpose;
        return lines.join(u' ');
    }
    FakeProject fake;
    Theme theme;
    std::unique_ptr<Session> session;
    AddressesPage page;
};

QString writeFile(const QTemporaryDir &folder, const QByteArray &bytes)
{
    QFile file(folder.filePath(u"routes.json"_s));
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName() : QString();
}

} // namespace

class TestAddresses : public QObject
{
    Q_OBJECT

private slots:
    void hostCells_data();
    void hostCells();
    void keepsTheLastHost();
    void routeCells_data();
    void routeCells();
    void addsAndRemovesAnAddress();
    void refusesNonsense();
    void keepsSelectors();
    void importsRoutes();
    void saysWhyAFileIsNoUse();
    void marksGuesses();
    void filtersRoutes_data();
    void filtersRoutes();
    void removesTheRouteThatIsShown();
    void leavesOutOtherCompanies();
    void takesOverWhatWasFound();
    void exportsRoutes();
    void choosesFromAList();
    void nameCells_data();
    void nameCells();
    void keepsWhatIsTypedWhenResultsCome();
    void followsTheRows_data();
    void followsTheRows();
    void keepsPurposes();
    void importsNames();
    void takesNoListIntoAnotherProject();
    void escapesToolTips_data();
    void escapesToolTips();
    void namesTheLinesThatAreNone();
    void takesANameFromTheList();
    void exportsNames();
    void looksOnlyWhenReadOnly();
};

void TestAddresses::hostCells_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<bool>("accepted");
    QTest::newRow("a name in capitals") << int(HostModel::NameColumn) << QVariant(u"APP.Made.Example."_s) << true;
    QTest::newRow("a name of another row") << int(HostModel::NameColumn) << QVariant(u"www.made.example"_s) << false;
    QTest::newRow("a name with a path") << int(HostModel::NameColumn) << QVariant(u"made.example/x y"_s) << false;
    QTest::newRow("port 1") << int(HostModel::PortColumn) << QVariant(u"1"_s) << true;
    QTest::newRow("port 65535") << int(HostModel::PortColumn) << QVariant(u"65535"_s) << true;
    QTest::newRow("port 0") << int(HostModel::PortColumn) << QVariant(u"0"_s) << false;
    QTest::newRow("port 65536") << int(HostModel::PortColumn) << QVariant(u"65536"_s) << false;
    QTest::newRow("a port in words") << int(HostModel::PortColumn) << QVariant(u"https"_s) << false;
    QTest::newRow("a role") << int(HostModel::RoleColumn) << QVariant(int(HostRole::Admin)) << true;
}

void TestAddresses::hostCells()
{
    QFETCH(int, column);
    QFETCH(QVariant, value);
    QFETCH(bool, accepted);
    HostModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setTarget(parseAddress(u"made.example"_s).value());
    QSignalSpy edited(&model, &HostModel::edited);
    QSignalSpy refused(&model, &HostModel::refused);
    QCOMPARE(model.setData(model.index(0, column), value, Qt::EditRole), accepted);
    QCOMPARE(edited.count(), accepted ? 1 : 0);
    QCOMPARE(refused.count(), accepted ? 0 : 1);
    model.setReadOnly(true);
    QVERIFY(!model.setData(model.index(0, column), value, Qt::EditRole));
}

void TestAddresses::keepsTheLastHost()
{
    HostModel model;
    model.setTarget({u"made.example"_s, {{HostRole::Site, u"made.example"_s}}});
    QSignalSpy edited(&model, &HostModel::edited);
    QVERIFY(!model.remove(0));
    QVERIFY(edited.isEmpty());
}

void TestAddresses::routeCells_data()
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

void TestAddresses::routeCells()
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

void TestAddresses::addsAndRemovesAnAddress()
{
    Opened o;
    const size_t before = o.target().hosts.size();
    auto *name = o.page.findChild<QLineEdit *>(u"newHost"_s);
    name->setText(u"https://App.made.example:8443/login"_s);
    o.page.findChild<QPushButton *>(u"addHost"_s)->click();
    QCOMPARE(o.target().hosts.size(), before + 1);
    QCOMPARE(o.target().hosts.back(), (Host{HostRole::App, u"app.made.example"_s, 8443}));
    QVERIFY(name->text().isEmpty());
    auto *table = o.page.findChild<QTableView *>(u"hosts"_s);
    table->selectRow(int(before));
    o.page.findChild<QPushButton *>(u"removeHost"_s)->click();
    QCOMPARE(o.target().hosts.size(), before);
}

void TestAddresses::refusesNonsense()
{
    Opened o;
    const Target before = o.target();
    o.page.findChild<QLineEdit *>(u"newHost"_s)->setText(u"someone@made.example"_s);
    o.page.findChild<QPushButton *>(u"addHost"_s)->click();
    QCOMPARE(o.target(), before);
    QVERIFY(o.page.findChild<Banner *>()->isVisible());
}

void TestAddresses::keepsSelectors()
{
    Opened o;
    auto *field = o.page.findChild<QLineEdit *>(u"dkimSelectors"_s);
    field->setText(u"Google, s1"_s);
    emit field->editingFinished();
    QCOMPARE(o.session->project().settings.dkimSelectors, QStringList({u"google"_s, u"s1"_s}));
    field->setText(u"a/b"_s);
    emit field->editingFinished();
    QCOMPARE(o.session->project().settings.dkimSelectors.size(), 2);
    QVERIFY(o.page.findChild<Banner *>()->isVisible());
}

void TestAddresses::importsRoutes()
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

void TestAddresses::saysWhyAFileIsNoUse()
{
    Opened o;
    QTemporaryDir folder;
    o.page.importRoutes(writeFile(folder, "openapi: 3.0.0\n"));
    QTRY_VERIFY(o.page.findChild<Banner *>()->isVisible());
    QVERIFY(o.session->project().routes.empty());
}

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

void TestAddresses::marksGuesses()
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

void TestAddresses::filtersRoutes_data()
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

void TestAddresses::filtersRoutes()
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

void TestAddresses::removesTheRouteThatIsShown()
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

void TestAddresses::leavesOutOtherCompanies()
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

void TestAddresses::takesOverWhatWasFound()
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

void TestAddresses::exportsRoutes()
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

void TestAddresses::choosesFromAList()
{
    HostModel model;
    model.setTarget(parseAddress(u"made.example"_s).value());
    QTableView table;
    table.setModel(&model);
    ChoiceDelegate delegate({{u"A"_s, int(HostRole::Api)}, {u"S"_s, int(HostRole::Site)}});
    const QModelIndex role = model.index(0, HostModel::RoleColumn);
    auto *box = qobject_cast<QComboBox *>(delegate.createEditor(table.viewport(), {}, role));
    QVERIFY(box);
    QVERIFY(!box->accessibleName().isEmpty());
    delegate.setEditorData(box, role);
    QCOMPARE(box->currentText(), u"S"_s);
    QSignalSpy edited(&model, &HostModel::edited);
    box->setCurrentIndex(0);
    delegate.setModelData(box, &model, role);
    QCOMPARE(edited.first().first().value<Target>().hosts.front().role, HostRole::Api);
}

void TestAddresses::nameCells_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("accepted");
    QTest::addColumn<int>("edits");
    QTest::newRow("a purpose") << int(NameModel::PurposeColumn) << u" Billing "_s << true << 1;
    QTest::newRow("nothing instead of a guess") << int(NameModel::PurposeColumn) << QString() << true << 0;
    QTest::newRow("a name") << int(NameModel::NameColumn) << u"x.example.com"_s << false << 0;
    QTest::newRow("where it was learnt") << int(NameModel::LearntColumn) << u"x"_s << false << 0;
    QTest::newRow("its state") << int(NameModel::StateColumn) << u"x"_s << false << 0;
}

void TestAddresses::nameCells()
{
    QFETCH(int, column);
    QFETCH(QString, typed);
    QFETCH(bool, accepted);
    NameModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRows({{.name = u"api.example.com"_s, .purpose = u"API"_s, .isGuessed = true}});
    QSignalSpy edited(&model, &NameModel::purposeEdited);
    QCOMPARE(model.setData(model.index(0, column), typed, Qt::EditRole), accepted);
    QTEST(int(edited.count()), "edits");
    if (!edited.isEmpty())
        QCOMPARE(edited.first(), (QVariantList{u"api.example.com"_s, u"Billing"_s}));
    model.setReadOnly(true);
    QVERIFY(!model.setData(model.index(0, column), typed, Qt::EditRole));
    QVERIFY(!(model.flags(model.index(0, NameModel::PurposeColumn)) & Qt::ItemIsEditable));
}

void TestAddresses::keepsWhatIsTypedWhenResultsCome()
{
    NamesCard card;
    card.setRows({{.name = u"a.example"_s, .purpose = u"A"_s}, {.name = u"c.example"_s, .purpose = u"C"_s}});
    card.show();
    auto *table = card.findChild<QTableView *>(u"names"_s);
    const QModelIndex cell = table->model()->index(1, NameModel::PurposeColumn);
    table->setCurrentIndex(cell);
    table->edit(cell);
    QPointer<QLineEdit> editor = table->findChild<QLineEdit *>();
    QVERIFY(editor);
    QTest::keyClicks(editor, u"half typed"_s); // over the old one, which is selected
    card.setRows({{.name = u"a.example"_s, .purpose = u"A2"_s},
                  {.name = u"b.example"_s, .purpose = u"B"_s},
                  {.name = u"c.example"_s, .purpose = u"C2"_s, .state = u"seen"_s}});
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(editor && editor->isVisible());
    QCOMPARE(editor->text(), u"half typed"_s);
    QSignalSpy edited(&card, &NamesCard::purposeEdited);
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(edited.count(), 1);
    QCOMPARE(edited.first(), (QVariantList{u"c.example"_s, u"half typed"_s}));
}

void TestAddresses::followsTheRows_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::newRow("from none") << QString() << u"ab"_s;
    QTest::newRow("to none") << u"ab"_s << QString();
    QTest::newRow("the same") << u"ab"_s << u"ab"_s;
    QTest::newRow("more") << u"bd"_s << u"abcde"_s;
    QTest::newRow("fewer") << u"abcde"_s << u"bd"_s;
    QTest::newRow("another order") << u"abcde"_s << u"ecadb"_s;
    QTest::newRow("all at once") << u"abcd"_s << u"xdby"_s;
    QTest::newRow("none the same") << u"ab"_s << u"xyz"_s;
}

void TestAddresses::followsTheRows()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    const auto rowsOf = [](const QString &letters, const QString &state) {
        std::vector<InventoryRow> rows;
        for (const QChar letter : letters)
            rows.push_back({.name = letter, .purpose = {}, .state = state});
        return rows;
    };
    NameModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRows(rowsOf(before, u"old"_s));
    model.setRows(rowsOf(after, u"new"_s));
    QVERIFY(model.rows() == rowsOf(after, u"new"_s));
}

void TestAddresses::takesNoListIntoAnotherProject()
{
    Opened o;
    QTemporaryDir folder;
    const QString names = writeFile(folder, "shop.made.example\n");
    QSignalSpy read(o.page.findChild<NamesCard *>(), &NamesCard::listRead);
    QSignalSpy refused(o.page.findChild<RoutesCard *>(), &RoutesCard::refused);
    QSignalSpy opened(o.session.get(), &Session::projectOpened);
    o.page.importNames(names);
    o.page.importRoutes(names); // no list of routes
    o.session->closeProject();
    o.session->createProject(folder.filePath(u"second.cockpit"_s), o.fake.settings());
    QTRY_COMPARE(opened.count(), 1);
    o.page.importNames(names); // for this one; a card reads one file after the other
    o.page.importRoutes(names);
    QTRY_COMPARE(o.names(), u"shop.made.example="_s);
    QTRY_VERIFY(!refused.isEmpty());
    QCOMPARE(read.count(), 1);
    QCOMPARE(refused.count(), 1);
}

void TestAddresses::escapesToolTips_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << u"The shop & more"_s;
    QTest::newRow("a picture") << u"<img src=x>"_s;
    QTest::newRow("bold, below") << u"first\n<b>second</b>"_s;
    QTest::newRow("an entity") << u"a &lt; b"_s;
}

// What a file says is shown as it stands there.
void TestAddresses::escapesToolTips()
{
    QFETCH(QString, text);
    NameModel model;
    model.setRows({{.name = u"a.example"_s, .purpose = text}});
    const QString tip = model.index(0, NameModel::PurposeColumn).data(Qt::ToolTipRole).toString();
    QTextDocument shown; // as QToolTip decides
    if (Qt::mightBeRichText(tip))
        shown.setHtml(tip);
    else
        shown.setPlainText(tip);
    QCOMPARE(shown.toPlainText(), text);
}

void TestAddresses::importsNames()
{
    Opened o;
    QTemporaryDir folder;
    const QString path = writeFile(folder, "Name,Purpose\nshop.made.example,The shop\n*.made.example\n");
    QSignalSpy changed(o.session.get(), &Session::namesChanged);
    o.page.importNames(path);
    QTRY_COMPARE(changed.count(), 1); // the file is read elsewhere
    QCOMPARE(o.names(), u"shop.made.example=The shop made.example="_s);
    o.page.importNames(path); // known by now
    QTRY_COMPARE(changed.count(), 2);
    QCOMPARE(o.names(), u"shop.made.example=The shop made.example="_s);
    auto *table = o.page.findChild<QTableView *>(u"names"_s);
    QCOMPARE(table->model()->rowCount(), 2);
}

void TestAddresses::namesTheLinesThatAreNone()
{
    Opened o;
    QTemporaryDir folder;
    o.page.importNames(writeFile(folder, "shop.made.example\nnot a name\n"));
    QTRY_COMPARE(o.names(), u"shop.made.example="_s); // what is good is taken
    auto *banner = o.page.findChild<Banner *>();
    QTRY_VERIFY(banner->isVisible());
    QStringList texts;
    for (const QLabel *label : banner->findChildren<QLabel *>())
        texts << label->text();
    QVERIFY2(texts.join(u'|').contains(u"not a name"), qPrintable(texts.join(u'|')));
    o.page.importNames(folder.filePath(u"none.txt"_s));
    QTRY_VERIFY(banner->isVisible());
}

void TestAddresses::keepsPurposes()
{
    Opened o;
    o.session->setNames({{u"shop.made.example"_s, {}, u"mine.csv"_s}});
    o.page.bringUpToDate();
    QAbstractItemModel *model = o.page.findChild<QTableView *>(u"names"_s)->model();
    const auto type = [&](const QString &text) {
        return model->setData(model->index(0, NameModel::PurposeColumn), text, Qt::EditRole);
    };
    QVERIFY(type(u"Tickets"_s));
    QCOMPARE(o.names(), u"shop.made.example=Tickets"_s);
    QCOMPARE(model->index(0, NameModel::PurposeColumn).data().toString(), u"Tickets"_s);
    QVERIFY(type(QString()));
    QCOMPARE(o.names(), u"shop.made.example="_s); // it came from a file: the name stays
    QVERIFY(model->index(0, NameModel::PurposeColumn).data().toString().contains(labelOf(NamePurpose::Shop)));
}

void TestAddresses::takesANameFromTheList()
{
    Opened o;
    o.session->setNames({{u"a.made.example"_s, {}, u"mine.csv"_s}, {u"b.made.example"_s, {}, u"mine.csv"_s}});
    o.page.bringUpToDate();
    auto *table = o.page.findChild<QTableView *>(u"names"_s);
    table->selectRow(0);
    o.page.findChild<QPushButton *>(u"removeName"_s)->click();
    QCOMPARE(o.names(), u"b.made.example="_s);
    QCOMPARE(table->model()->rowCount(), 1);
}

void TestAddresses::exportsNames()
{
    Opened o;
    QTemporaryDir folder;
    o.session->setNames({{u"a.made.example"_s, u"=HYPERLINK(1)"_s, u"mine.csv"_s}});
    o.page.bringUpToDate();
    const QString path = folder.filePath(u"out.csv"_s);
    o.page.exportNames(path);
    QTRY_VERIFY(o.page.findChild<Banner *>()->isVisible());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray csv = file.readAll();
    QVERIFY2(csv.contains("\"a.made.example\",\"'=HYPERLINK(1)\""), csv.constData());
    o.page.exportNames(folder.filePath(u"no/such/folder.csv"_s));
    QTRY_VERIFY(o.page.findChild<QPushButton *>(u"exportNames"_s)->isEnabled());
}

void TestAddresses::looksOnlyWhenReadOnly()
{
    Opened o;
    o.session->setNames({{u"a.made.example"_s, {}, u"mine.csv"_s}});
    o.session->closeProject();
    o.page.bringUpToDate();
    QVERIFY(!o.page.findChild<QPushButton *>(u"importNames"_s)->isEnabled());
    QVERIFY(!o.page.findChild<QPushButton *>(u"removeName"_s)->isEnabled());
}

QTEST_MAIN(TestAddresses)
#include "tst_addresses.moc"
