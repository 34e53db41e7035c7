// The surface page with its matrix, the same in the presentation, and the page of old addresses: keyboard, what is
// spoken, files off the GUI thread, and results that come while somebody types.
#include "fakeproject.h"
#include "ui/present/presentview.h"
#include "ui/redirects/redirectmodel.h"
#include "ui/redirects/redirectscard.h"
#include "ui/redirects/redirectspage.h"
#include "ui/stage/needpage.h"
#include "ui/surface/certificatemodel.h"
#include "ui/surface/surfacemodel.h"
#include "ui/surface/surfacepage.h"
#include "ui/surface/surfacetable.h"
#include "ui/theme/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/rowdelegate.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QFile>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kHsts = "http.hsts";
constexpr auto kMap = "http.redirect-map";

// Fails on the domain itself and passes on www.
Check hstsCheck()
{
    Check check;
    check.id = QString::fromLatin1(kHsts);
    check.scope = Scope::EachHost;
    check.look = [](const Look &look) {
        Judged judged;
        judged.summary = u"Seen on %1"_s.arg(look.host->name);
        if (look.host->role == HostRole::Site) {
            Finding finding;
            finding.code = u"missing"_s;
            finding.severity = Severity::High;
            finding.title = u"Browsers may fall back"_s;
            judged.findings = {finding};
        }
        judged.outcome = outcomeFor(judged.findings);
        return judged;
    };
    return check;
}

// Of the domain itself alone.
Check renewalCheck()
{
    Check check;
    check.id = u"tls.renewal"_s;
    check.scope = Scope::EachHost;
    check.look = [](const Look &look) {
        Judged judged;
        if (look.host->role == HostRole::Site)
            judged.observed = {
                {u"certificate"_s, QJsonObject{{u"issuer"_s, u"R11"_s},
                                               {u"names"_s, QJsonArray{u"made.example"_s, u"www.made.example"_s}},
                                               {u"fingerprint"_s, u"3f2a9c01d4e5f607"_s},
                                               {u"not_after"_s, u"2026-09-01T00:00:00Z"_s}}},
                {u"days_left"_s, 64},
                {u"owner"_s, QJsonObject{{u"kind"_s, u"platform"_s}, {u"name"_s, u"Vercel"_s}}}};
        return judged;
    };
    return check;
}

// Says of each old address that it leads to an error.
Check mapCheck()
{
    Check check;
    check.id = QString::fromLatin1(kMap);
    check.needs = {Need::Redirects};
    check.look = [](const Look &look) {
        QJsonArray entries;
        for (const RedirectEntry &entry : look.facts.redirects)
            entries.append(QJsonObject{{u"from"_s, entry.from},
                                       {u"wanted"_s, entry.to},
                                       {u"state"_s, u"broken"_s},
                                       {u"to"_s, u"https://made.example/gone"_s},
                                       {u"status"_s, 404},
                                       {u"hops"_s, 1}});
        Judged judged;
        judged.observed = {{u"entries"_s, entries}};
        return judged;
    };
    return check;
}

struct Opened
{
    Opened() : theme(*qApp, ThemeChoice::Light)
    {
        fake.add(hstsCheck());
        fake.add(mapCheck());
        fake.add(renewalCheck());
        session = fake.makeSession();
        QSignalSpy opened(session.get(), &Session::projectOpened);
        session->createProject(fake.path(), fake.settings());
        [&] { QTRY_COMPARE(opened.count(), 1); }();
    }

    void run() const
    {
        QSignalSpy finished(session.get(), &Session::runFinished);
        session->runAll();
        QTRY_COMPARE(finished.count(), 1);
    }

    QString redirects() const
    {
        QStringList lines;
        for (const RedirectEntry &entry : session->project().redirects)
            lines << entry.from + u'>' + entry.to;
        return lines.join(u' ');
    }

    FakeProject fake;
    Theme theme;
    std::unique_ptr<Session> session;
};

QString writeFile(const QTemporaryDir &folder, const QByteArray &bytes)
{
    QFile file(folder.filePath(u"old.csv"_s));
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName() : QString();
}

QString textsOf(const QWidget *widget)
{
    QStringList texts;
    for (const QLabel *label : widget->findChildren<QLabel *>())
        texts << label->text();
    return texts.join(u'|');
}

QModelIndex cellOf(const QTableView *table, const QString &host, SurfaceColumn column)
{
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        if (table->model()->index(row, 0).data().toString() == host)
            return table->model()->index(row, 1 + static_cast<int>(column));
    }
    return {};
}

} // namespace

class TestSurfacePages : public QObject
{
    Q_OBJECT

private slots:
    void showsTheMatrix();
    void opensAFinding();
    void tellsWhatStandsBehindACell();
    void listsCertificates();
    void keepsTheChosenCell();
    void saysWhatToDoWhenNothingWasLookedAt();
    void presentsTheMatrix();
    void addsAndRemovesOldAddresses();
    void redirectCells_data();
    void redirectCells();
    void importsATable();
    void namesTheLinesThatAreNone();
    void takesNoTableIntoAnotherProject();
    void exportsATable();
    void showsResultsPerRow();
    void keepsWhatIsTypedWhenResultsCome();
    void leadsFromTheNeed();
    void looksOnlyWhenReadOnly();
};

void TestSurfacePages::showsTheMatrix()
{
    Opened o;
    o.run();
    SurfaceModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRows(surfaceMatrix(o.session->project()));
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.columnCount(), 8);
    const QModelIndex headers = model.index(0, 1 + static_cast<int>(SurfaceColumn::Headers));
    QCOMPARE(headers.data(RowShapeRole).value<StateShape>(), StateShape::Fail);
    QCOMPARE(headers.data(Qt::AccessibleTextRole).toString(),
             u"made.example, Headers: Problem. Seen on made.example"_s);
    const QModelIndex latency = model.index(0, 1 + static_cast<int>(SurfaceColumn::Latency));
    QCOMPARE(latency.data(RowShapeRole).value<StateShape>(), StateShape::NotRun);
    QCOMPARE(model.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), u"Address"_s);
    model.setRows({});
    QCOMPARE(model.rowCount(), 0);
}

void TestSurfacePages::opensAFinding()
{
    Opened o;
    o.run();
    SurfacePage page(*o.session);
    page.show();
    page.bringUpToDate();
    auto *table = page.findChild<QTableView *>(u"surface"_s);
    QSignalSpy shown(&page, &Page::showFinding);
    table->setCurrentIndex(cellOf(table, u"made.example"_s, SurfaceColumn::Headers));
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(shown.count(), 1);
    const auto &findings = o.session->project().findings;
    QVERIFY(findings.contains(shown.first().first().toString()));
    QCOMPARE(findings.at(shown.first().first().toString()).finding.checkId, QString::fromLatin1(kHsts));
    // A field without a finding opens nothing.
    table->setCurrentIndex(cellOf(table, u"www.made.example"_s, SurfaceColumn::Headers));
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(shown.count(), 1);
}

void TestSurfacePages::tellsWhatStandsBehindACell()
{
    Opened o;
    o.run();
    SurfacePage page(*o.session);
    page.show();
    page.bringUpToDate();
    auto *table = page.findChild<QTableView *>(u"surface"_s);
    table->setCurrentIndex(cellOf(table, u"made.example"_s, SurfaceColumn::Headers));
    QVERIFY2(textsOf(&page).contains(u"Seen on made.example"_s), qPrintable(textsOf(&page)));
    auto *open = page.findChild<QPushButton *>(u"openFinding-1"_s);
    QVERIFY(open);
    QSignalSpy shown(&page, &Page::showFinding);
    open->click();
    QCOMPARE(shown.count(), 1);
    // Along the row with the arrow key.
    QTest::keyClick(table, Qt::Key_Right);
    QCOMPARE(table->currentIndex().column(), 1 + static_cast<int>(SurfaceColumn::Edge));
    QVERIFY2(textsOf(&page).contains(u"Nothing was looked at here yet"_s), qPrintable(textsOf(&page)));
}

void TestSurfacePages::listsCertificates()
{
    CertificateModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRows({{.host = u"made.example"_s, .issuer = {}, .notAfter = {}, .chain = {}}});
    QCOMPARE(model.index(0, CertificateModel::RenewalColumn).data().toString(), handover::notKnownYet());
    QCOMPARE(model.index(0, CertificateModel::CertificateColumn).data().toString(), handover::notKnownYet());
    for (const auto &[days, words] : {std::pair(-300, u"expired"_s), {-1, u"expired"_s}, {0, u"0 day(s)"_s}}) {
        model.setRows({{.host = u"made.example"_s, .issuer = {}, .notAfter = {}, .chain = {}, .daysLeft = days}});
        QCOMPARE(model.index(0, CertificateModel::DaysColumn).data().toString(), words);
    }
    model.setRows({});
    Opened o;
    SurfacePage page(*o.session);
    page.show();
    page.bringUpToDate();
    auto *table = page.findChild<QTableView *>(u"certificates"_s);
    QVERIFY(!table->isVisible());
    o.run();
    page.bringUpToDate();
    QVERIFY(table->isVisible());
    QCOMPARE(table->model()->rowCount(), 1);
    QStringList words;
    for (int column = 0; column < table->model()->columnCount(); ++column)
        words << table->model()->index(0, column).data().toString();
    QCOMPARE(words.join(u'|'), u"made.example|made.example (3f2a9c01)|R11|64 day(s)|Vercel, by itself"_s);
    QCOMPARE(table->model()->index(0, CertificateModel::IssuerColumn).data(Qt::AccessibleTextRole).toString(),
             u"Issued by: R11"_s);
}

void TestSurfacePages::keepsTheChosenCell()
{
    Opened o;
    SurfacePage page(*o.session);
    page.show();
    page.bringUpToDate();
    auto *table = page.findChild<QTableView *>(u"surface"_s);
    table->setCurrentIndex(table->model()->index(1, 3));
    o.run();
    page.bringUpToDate();
    QCOMPARE(table->currentIndex(), table->model()->index(1, 3));
}

void TestSurfacePages::saysWhatToDoWhenNothingWasLookedAt()
{
    Opened o;
    SurfacePage page(*o.session);
    page.show();
    page.bringUpToDate();
    auto *run = page.findChild<QPushButton *>(u"runFirst"_s);
    QVERIFY(run->isVisible());
    QVERIFY(!page.findChild<QTableView *>(u"surface"_s)->isVisible());
    QSignalSpy finished(o.session.get(), &Session::runFinished);
    run->click();
    QTRY_COMPARE(finished.count(), 1);
    page.bringUpToDate();
    QVERIFY(page.findChild<QTableView *>(u"surface"_s)->isVisible());
}

void TestSurfacePages::presentsTheMatrix()
{
    Opened o;
    o.run();
    PresentView view(*o.session);
    view.resize(1280, 720);
    view.show();
    view.start();
    auto *table = view.findChild<QTableView *>(u"presentSurface"_s);
    QVERIFY(!table->isVisible());
    QTest::keyClick(&view, Qt::Key_S);
    QVERIFY(view.showsSurface() && table->isVisible());
    const QModelIndex headers = cellOf(table, u"made.example"_s, SurfaceColumn::Headers);
    QCOMPARE(headers.data().toString(), u"Problem"_s);
    for (const auto role : {Qt::ToolTipRole, Qt::AccessibleTextRole})
        QVERIFY(!headers.data(role).toString().contains(u"Seen on"_s)); // sentences stay inside
    QTest::keyClick(table, Qt::Key_S);
    QVERIFY(!view.showsSurface() && !table->isVisible());
    view.start();
    QVERIFY(!view.showsSurface());
}

void TestSurfacePages::addsAndRemovesOldAddresses()
{
    Opened o;
    RedirectsPage page(*o.session);
    page.show();
    page.bringUpToDate();
    auto *old = page.findChild<QLineEdit *>(u"newOld"_s);
    auto *wanted = page.findChild<QLineEdit *>(u"newWanted"_s);
    auto *table = page.findChild<QTableView *>(u"redirects"_s);
    QVERIFY(!table->isVisible()); // says what to do instead
    old->setText(u"/old#top"_s);
    wanted->setText(u" /new "_s);
    QTest::keyClick(wanted, Qt::Key_Return);
    QCOMPARE(o.redirects(), u"/old>/new"_s);
    QVERIFY(old->text().isEmpty() && wanted->text().isEmpty());
    QVERIFY(table->isVisible());
    old->setText(u"/old"_s); // again
    page.findChild<QPushButton *>(u"addRedirect"_s)->click();
    QCOMPARE(o.redirects(), u"/old>/new"_s);
    QVERIFY(page.findChild<Banner *>()->isVisible());
    QCOMPARE(old->text(), u"/old"_s); // what was typed stays for correction
    table->selectRow(0);
    page.findChild<QPushButton *>(u"removeRedirect"_s)->click();
    QCOMPARE(o.redirects(), QString());
    QVERIFY(!page.findChild<QPushButton *>(u"removeRedirect"_s)->isEnabled());
}

void TestSurfacePages::redirectCells_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<int>("edits");
    QTest::addColumn<int>("refusals");
    QTest::newRow("another old address") << int(RedirectModel::OldColumn) << u"/c"_s << 1 << 0;
    QTest::newRow("the same") << int(RedirectModel::OldColumn) << u"/a"_s << 0 << 0;
    QTest::newRow("one of another row") << int(RedirectModel::OldColumn) << u"/b"_s << 0 << 1;
    QTest::newRow("no address") << int(RedirectModel::OldColumn) << u"nonsense"_s << 0 << 1;
    QTest::newRow("another aim") << int(RedirectModel::WantedColumn) << u"/y"_s << 1 << 0;
    QTest::newRow("any page") << int(RedirectModel::WantedColumn) << QString() << 1 << 0;
    QTest::newRow("itself") << int(RedirectModel::WantedColumn) << u"/a"_s << 0 << 1;
    QTest::newRow("a result") << int(RedirectModel::ResultColumn) << u"x"_s << 0 << 0;
}

void TestSurfacePages::redirectCells()
{
    QFETCH(int, column);
    QFETCH(QString, typed);
    RedirectModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setRows({{.entry = {u"/a"_s, u"/x"_s}}, {.entry = {u"/b"_s, {}}}});
    QSignalSpy edited(&model, &RedirectModel::edited);
    QSignalSpy refused(&model, &RedirectModel::refused);
    model.setData(model.index(0, column), typed, Qt::EditRole);
    QTEST(int(edited.count()), "edits");
    QTEST(int(refused.count()), "refusals");
    model.setReadOnly(true);
    QVERIFY(!model.setData(model.index(0, column), typed, Qt::EditRole));
    QVERIFY(!(model.flags(model.index(0, column)) & Qt::ItemIsEditable));
}

void TestSurfacePages::importsATable()
{
    Opened o;
    RedirectsPage page(*o.session);
    page.show();
    QTemporaryDir folder;
    const QString path = writeFile(folder, "Old address;New address\n/a;/b\n\"/c?x=1\";\n");
    QSignalSpy changed(o.session.get(), &Session::redirectsChanged);
    page.importRedirects(path);
    QVERIFY(changed.isEmpty()); // the file is read elsewhere
    QTRY_COMPARE(changed.count(), 1);
    QCOMPARE(o.redirects(), u"/a>/b /c?x=1>"_s);
    page.importRedirects(path); // known by now
    QTRY_COMPARE(changed.count(), 2);
    QCOMPARE(o.redirects(), u"/a>/b /c?x=1>"_s);
}

void TestSurfacePages::namesTheLinesThatAreNone()
{
    Opened o;
    RedirectsPage page(*o.session);
    page.show();
    QTemporaryDir folder;
    page.importRedirects(writeFile(folder, "/a,/b\nnot an address,/c\n"));
    QTRY_COMPARE(o.redirects(), u"/a>/b"_s); // what is good is taken
    auto *banner = page.findChild<Banner *>();
    QTRY_VERIFY(banner->isVisible());
    QVERIFY2(textsOf(banner).contains(u"Line 2"_s), qPrintable(textsOf(banner)));
    page.importRedirects(folder.filePath(u"none.csv"_s));
    QTRY_VERIFY(textsOf(banner).contains(u"none.csv"_s));
}

void TestSurfacePages::takesNoTableIntoAnotherProject()
{
    Opened o;
    RedirectsPage page(*o.session);
    page.show();
    QTemporaryDir folder;
    const QString path = writeFile(folder, "/a,/b\n");
    QSignalSpy read(page.findChild<RedirectsCard *>(), &RedirectsCard::listRead);
    QSignalSpy opened(o.session.get(), &Session::projectOpened);
    page.importRedirects(path);
    o.session->closeProject();
    o.session->createProject(folder.filePath(u"second.cockpit"_s), o.fake.settings());
    QTRY_COMPARE(opened.count(), 1);
    page.importRedirects(path); // for this one; one file is read after the other
    QTRY_COMPARE(o.redirects(), u"/a>/b"_s);
    QCOMPARE(read.count(), 1);
}

void TestSurfacePages::exportsATable()
{
    Opened o;
    RedirectsPage page(*o.session);
    page.show();
    o.session->setRedirects({{u"/a?x=1,2"_s, u"/b"_s}});
    page.bringUpToDate();
    QTemporaryDir folder;
    const QString path = folder.filePath(u"out.csv"_s);
    page.exportRedirects(path);
    QTRY_VERIFY(page.findChild<Banner *>()->isVisible());
    const auto read = readRedirectMap(path);
    QVERIFY(read);
    QCOMPARE(read->entries, o.session->project().redirects);
    page.exportRedirects(folder.filePath(u"no/such/folder.csv"_s));
    QTRY_VERIFY(page.findChild<QPushButton *>(u"exportRedirects"_s)->isEnabled());
}

void TestSurfacePages::showsResultsPerRow()
{
    Opened o;
    o.session->setRedirects({{u"/a"_s, u"/b"_s}});
    RedirectsPage page(*o.session);
    page.show();
    page.bringUpToDate();
    const auto *table = page.findChild<QTableView *>(u"redirects"_s);
    const QModelIndex result = table->model()->index(0, RedirectModel::ResultColumn);
    QCOMPARE(result.data(RowShapeRole).value<StateShape>(), StateShape::NotRun);
    QSignalSpy finished(o.session.get(), &Session::runFinished);
    page.findChild<QPushButton *>(u"checkRedirects"_s)->click();
    QTRY_COMPARE(finished.count(), 1);
    page.bringUpToDate();
    QCOMPARE(result.data(RowShapeRole).value<StateShape>(), StateShape::Fail);
    QVERIFY2(result.data(Qt::AccessibleTextRole).toString().startsWith(u"problem: "_s),
             qPrintable(result.data(Qt::AccessibleTextRole).toString()));
    QVERIFY(result.data(Qt::ToolTipRole).toString().contains(u"https://made.example/gone"_s));
    // Another aim is another question.
    o.session->setRedirects({{u"/a"_s, u"/c"_s}});
    page.bringUpToDate();
    QCOMPARE(table->model()->index(0, RedirectModel::ResultColumn).data(RowShapeRole).value<StateShape>(),
             StateShape::NotRun);
}

void TestSurfacePages::keepsWhatIsTypedWhenResultsCome()
{
    RedirectsCard card;
    card.setRows({{.entry = {u"/a"_s, u"/x"_s}}});
    card.show();
    auto *table = card.findChild<QTableView *>(u"redirects"_s);
    const QModelIndex cell = table->model()->index(0, RedirectModel::WantedColumn);
    table->setCurrentIndex(cell);
    table->edit(cell);
    QPointer<QLineEdit> editor = table->findChild<QLineEdit *>();
    QVERIFY(editor);
    QTest::keyClicks(editor, u"/typed"_s); // over the old one, which is selected
    card.setRows({{.entry = {u"/a"_s, u"/x"_s}, .state = RedirectState::Broken}});
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(editor && editor->isVisible());
    QCOMPARE(editor->text(), u"/typed"_s);
}

void TestSurfacePages::leadsFromTheNeed()
{
    Opened o;
    QCOMPARE(unmetNeed(QString::fromLatin1(kMap), *o.session), std::optional(Need::Redirects));
    QCOMPARE(pageFor(Need::Redirects)->pageId, QString(pages::kRedirects));
    o.session->setRedirects({{u"/a"_s, {}}});
    QCOMPARE(unmetNeed(QString::fromLatin1(kMap), *o.session), std::nullopt);
}

void TestSurfacePages::looksOnlyWhenReadOnly()
{
    Opened o;
    o.session->setRedirects({{u"/a"_s, {}}});
    RedirectsPage page(*o.session);
    page.show();
    o.session->closeProject();
    page.bringUpToDate();
    for (const QString &name : {u"importRedirects"_s, u"addRedirect"_s, u"removeRedirect"_s, u"checkRedirects"_s})
        QVERIFY2(!page.findChild<QPushButton *>(name)->isEnabled(), qPrintable(name));
}

QTEST_MAIN(TestSurfacePages)
#include "tst_surfacepages.moc"
