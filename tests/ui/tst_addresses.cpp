// The hosts of the project: what is typed is checked and saved at once, and files are read off the GUI thread.
#include "openedaddresses.h"
#include "ui/addresses/hostmodel.h"
#include "ui/addresses/namescard.h"
#include "ui/addresses/routescard.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/choicedelegate.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

class TestAddresses : public QObject
{
    Q_OBJECT

private slots:
    void hostCells_data();
    void hostCells();
    void keepsTheLastHost();
    void addsAndRemovesAnAddress();
    void refusesNonsense();
    void keepsSelectors();
    void choosesFromAList();
    void takesNoListIntoAnotherProject();
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

QTEST_MAIN(TestAddresses)
#include "tst_addresses.moc"
