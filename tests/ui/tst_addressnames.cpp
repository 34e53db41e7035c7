// The names of the project and what they are for: typed, from files, and exported.
#include "openedaddresses.h"
#include "ui/addresses/namemodel.h"
#include "ui/addresses/namescard.h"
#include "ui/widgets/banner.h"

#include <QAbstractItemModelTester>
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

class TestAddressNames : public QObject
{
    Q_OBJECT

private slots:
    void nameCells_data();
    void nameCells();
    void keepsWhatIsTypedWhenResultsCome();
    void followsTheRows_data();
    void followsTheRows();
    void escapesToolTips_data();
    void escapesToolTips();
    void importsNames();
    void namesTheLinesThatAreNone();
    void keepsPurposes();
    void takesANameFromTheList();
    void exportsNames();
    void looksOnlyWhenReadOnly();
};

void TestAddressNames::nameCells_data()
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

void TestAddressNames::nameCells()
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

void TestAddressNames::keepsWhatIsTypedWhenResultsCome()
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

void TestAddressNames::followsTheRows_data()
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

void TestAddressNames::followsTheRows()
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

void TestAddressNames::escapesToolTips_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << u"The shop & more"_s;
    QTest::newRow("a picture") << u"<img src=x>"_s;
    QTest::newRow("bold, below") << u"first\n<b>second</b>"_s;
    QTest::newRow("an entity") << u"a &lt; b"_s;
}

// What a file says is shown as it stands there.
void TestAddressNames::escapesToolTips()
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

void TestAddressNames::importsNames()
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

void TestAddressNames::namesTheLinesThatAreNone()
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

void TestAddressNames::keepsPurposes()
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

void TestAddressNames::takesANameFromTheList()
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

void TestAddressNames::exportsNames()
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

void TestAddressNames::looksOnlyWhenReadOnly()
{
    Opened o;
    o.session->setNames({{u"a.made.example"_s, {}, u"mine.csv"_s}});
    o.session->closeProject();
    o.page.bringUpToDate();
    QVERIFY(!o.page.findChild<QPushButton *>(u"importNames"_s)->isEnabled());
    QVERIFY(!o.page.findChild<QPushButton *>(u"removeName"_s)->isEnabled());
}

QTEST_MAIN(TestAddressNames)
#include "tst_addressnames.moc"
