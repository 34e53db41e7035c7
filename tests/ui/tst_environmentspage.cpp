// The page that shows the settings of the environments side by side: over real files and the real checks, from the look
// to the exported table.
#include "checks/secrets/compiledrules.h"
#include "checks/secrets/family.h"
#include "pagefixture.h"
#include "pictures.h"
#include "tests/checks/secrets/smallrules.h"
#include "ui/environments/environmentmodel.h"
#include "ui/environments/environmentscard.h"
#include "ui/environments/environmentspage.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/rowdelegate.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

namespace {

// Neither may be seen on the page.
const QByteArray kStripe = QByteArray::fromStdString(test::stripeKey());
const QByteArray kShared = "q7Kx2mWv9TzRb4LcHd8YsNp3Gf6J";

} // namespace

class TestEnvironmentsPage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_theme = themeForPictures(); }
    void cleanupTestCase();
    void init();
    void theEmptyPageLeadsToTheSources();
    void comparesWhatLiesHere();
    void theModelIsSound();
    void narrowsAndCounts_data();
    void narrowsAndCounts();
    void leadsToWhatWasFound();
    void exportsWhatIsShown();
    void readOnlyShowsAndExports();

private:
    Session &session() { return *m_fixture->session; }
    QPushButton *button(const QString &name) { return m_page->findChild<QPushButton *>(name); }
    QTableView *table() { return m_page->findChild<QTableView *>(u"environments"_s); }
    LocalSource settings(const QString &name, const QByteArray &text, Environment environment);
    void compare();
    int rowOf(const QString &name);
    QString rowText(const QString &name);
    QStringList names();

    std::unique_ptr<Theme> m_theme;
    QTemporaryDir m_files;
    std::unique_ptr<PageFixture> m_fixture;
    std::unique_ptr<EnvironmentsPage> m_page;
};

void TestEnvironmentsPage::cleanupTestCase()
{
    m_page.reset();
    m_theme.reset();
}

void TestEnvironmentsPage::init()
{
    m_page.reset();
    if (!m_fixture) {
        m_fixture = std::make_unique<PageFixture>([](SessionServices &services) {
            services.run.prepare = [](Observations &seen) { seen.put(CompiledRules{}, test::smallSet()); };
        });
        m_fixture->registry.add(secretsChecks());
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->isReady(), 20000);
        session().setMonitors({}); // a run asks for no samples then
    }
    m_page = std::make_unique<EnvironmentsPage>(session());
    m_page->resize(1100, 700);
    m_page->show();
    m_page->bringUpToDate();
}

LocalSource TestEnvironmentsPage::settings(const QString &name, const QByteArray &text, Environment environment)
{
    QFile file(m_files.filePath(name));
    const bool isWritten = file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    return {SourceKind::Settings, isWritten ? file.fileName() : QString(), environment};
}

// Once for all tests.
void TestEnvironmentsPage::compare()
{
    if (!session().project().sources.empty())
        return;
    session().setSources(
        {settings(u"live.env"_s,
                  "APP_NAME=Shop\nSTRIPE_SECRET_KEY=" + kStripe + "\nSESSION_SECRET=" + kShared +
                      "\nMAIL_FROM=changeme\nVITE_API_URL=https://api.acme-ops.example\n",
                  Environment::Production),
         settings(u"staging.env"_s,
                  "APP_NAME=Shop staging\nSTRIPE_SECRET_KEY=" + kStripe + "\nSESSION_SECRET=" + kShared +
                      "\nMAIL_FROM=hello@acme-ops.example\nQUEUE_URL=https://queue.acme-ops.example/staging\n",
                  Environment::Staging),
         settings(u"local.env"_s, "APP_NAME=Shop at home\nQUEUE_URL=https://queue.acme-ops.example/staging\n",
                  Environment::Local)});
    m_page->bringUpToDate();
    QSignalSpy finished(&session(), &Session::runFinished);
    button(u"checkEnvironments"_s)->click();
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 60000);
    m_page->bringUpToDate();
}

int TestEnvironmentsPage::rowOf(const QString &name)
{
    for (int row = 0; row < table()->model()->rowCount(); ++row) {
        if (table()->model()->index(row, EnvironmentModel::kNameColumn).data().toString() == name)
            return row;
    }
    return -1;
}

QString TestEnvironmentsPage::rowText(const QString &name)
{
    QStringList cells;
    for (int column = EnvironmentModel::kFirstEnvironment; column <= EnvironmentModel::kBrowserColumn; ++column)
        cells << table()->model()->index(rowOf(name), column).data().toString();
    return cells.join(u" | "_s);
}

QStringList TestEnvironmentsPage::names()
{
    QStringList names;
    for (int row = 0; row < table()->model()->rowCount(); ++row)
        names << table()->model()->index(row, EnvironmentModel::kNameColumn).data().toString();
    names.sort();
    return names;
}

void TestEnvironmentsPage::theEmptyPageLeadsToTheSources()
{
    QVERIFY(keepPicture(*m_page, u"environments-empty"_s));
    QVERIFY(!table()->isVisible() && !button(u"exportEnvironments"_s)->isVisible());
    QVERIFY(!button(u"checkEnvironments"_s)->isEnabled()); // nothing was named yet
    QSignalSpy asked(m_page.get(), &Page::navigate);
    button(u"addSettings"_s)->click();
    QCOMPARE(asked.front().front().toString(), QString(pages::kSources));
}

void TestEnvironmentsPage::comparesWhatLiesHere()
{
    compare();
    QVERIFY(table()->isVisible());
    QVERIFY(keepPicture(*m_page, u"environments"_s));
    QCOMPARE(rowText(u"APP_NAME"_s), u"Set | Set | Set | "_s);
    QCOMPARE(rowText(u"SESSION_SECRET"_s), u"Set | Same as production | Missing | "_s);
    QCOMPARE(rowText(u"STRIPE_SECRET_KEY"_s), u"Live key | Same as production | Missing | "_s);
    QCOMPARE(rowText(u"MAIL_FROM"_s), u"Placeholder | Set | Missing | "_s);
    QCOMPARE(rowText(u"QUEUE_URL"_s), u"Missing | Set | Same as staging | "_s);
    QCOMPARE(rowText(u"VITE_API_URL"_s), u"Set | Missing | Missing | Gets it"_s);
    const auto shape = [&](const QString &name, int column) {
        return table()->model()->index(rowOf(name), column).data(RowShapeRole).value<StateShape>();
    };
    QCOMPARE(shape(u"MAIL_FROM"_s, 1), StateShape::Warn);
    QCOMPARE(shape(u"SESSION_SECRET"_s, 2), StateShape::Warn);
    QCOMPARE(shape(u"APP_NAME"_s, 1), StateShape::Pass);
    QCOMPARE(shape(u"VITE_API_URL"_s, 2), StateShape::NotRun);
    // Values are nowhere: neither in what is shown nor in what is read aloud.
    for (int row = 0; row < table()->model()->rowCount(); ++row) {
        for (int column = 0; column < table()->model()->columnCount(); ++column) {
            for (const int role : {int(Qt::DisplayRole), int(Qt::ToolTipRole), int(Qt::AccessibleTextRole)}) {
                const QString text = table()->model()->index(row, column).data(role).toString();
                QVERIFY(!text.contains(QString::fromUtf8(kStripe)) && !text.contains(QString::fromUtf8(kShared)));
            }
        }
    }
}

void TestEnvironmentsPage::theModelIsSound()
{
    EnvironmentModel model;
    const QAbstractItemModelTester tester(&model);
    EnvironmentRow row;
    row.name = u"A"_s;
    row.isSecret = row.reachesBrowsers = true;
    row.cells = {SettingCell::Set, SettingCell::Live, SettingCell::NotRead};
    model.setRows({row}, {});
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    row.cells[0] = SettingCell::Test;
    row.findingId = u"of A"_s;
    model.setRows({row}, {{u"of A"_s, u"A test key in production"_s}});
    QCOMPARE(reset.count(), 0); // whoever reads a row stays on it
    QCOMPARE(model.index(0, EnvironmentModel::kFoundColumn).data().toString(), u"A test key in production"_s);
    const auto spoken = [&](int column) { return model.index(0, column).data(Qt::AccessibleTextRole).toString(); };
    QCOMPARE(spoken(1), labelOf(StateShape::Warn) + u": Test key"_s);
    QCOMPARE(spoken(EnvironmentModel::kBrowserColumn), labelOf(StateShape::Warn) + u": Gets it"_s);
    model.setRows({}, {});
    QCOMPARE(reset.count(), 1);
}

void TestEnvironmentsPage::narrowsAndCounts_data()
{
    QTest::addColumn<EnvironmentChoice>("choice");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QStringList>("shown");
    using enum EnvironmentChoice;
    QTest::newRow("missing in production") << MissingInProduction << u""_s << QStringList{u"QUEUE_URL"_s};
    QTest::newRow("shared") << Shared << u""_s
                            << QStringList{u"QUEUE_URL"_s, u"SESSION_SECRET"_s, u"STRIPE_SECRET_KEY"_s};
    QTest::newRow("browser") << ReachesBrowsers << u""_s << QStringList{u"VITE_API_URL"_s};
    QTest::newRow("a part of the name") << All << u" secret "_s
                                        << QStringList{u"SESSION_SECRET"_s, u"STRIPE_SECRET_KEY"_s};
    QTest::newRow("both") << Shared << u"queue"_s << QStringList{u"QUEUE_URL"_s};
    QTest::newRow("nothing") << All << u"no such name"_s << QStringList();
}

void TestEnvironmentsPage::narrowsAndCounts()
{
    QFETCH(EnvironmentChoice, choice);
    QFETCH(QString, words);
    QFETCH(QStringList, shown);
    compare();
    auto *choices = m_page->findChild<QComboBox *>(u"shownSettings"_s);
    choices->setCurrentIndex(choices->findData(static_cast<int>(choice)));
    m_page->findChild<QLineEdit *>(u"settingWords"_s)->setText(words);
    QCOMPARE(names(), shown);
    QCOMPARE(m_page->findChild<QLabel *>(u"settingsCount"_s)->text(), u"%1 of 6 shown"_s.arg(shown.size()));
    QCOMPARE(button(u"exportEnvironments"_s)->isEnabled(), !shown.isEmpty());
    QVERIFY(choices->itemText(0).contains(u"6"_s));
}

void TestEnvironmentsPage::leadsToWhatWasFound()
{
    compare();
    table()->setCurrentIndex(table()->model()->index(rowOf(u"APP_NAME"_s), 0));
    QVERIFY(!button(u"openEnvironmentFinding"_s)->isEnabled());
    table()->setCurrentIndex(table()->model()->index(rowOf(u"MAIL_FROM"_s), 0));
    QSignalSpy shown(m_page.get(), &Page::showFinding);
    button(u"openEnvironmentFinding"_s)->click();
    QCOMPARE(shown.count(), 1);
    const auto found = session().project().findings.find(shown.front().front().toString());
    QVERIFY(found != session().project().findings.end());
    QCOMPARE(found->second.finding.subject, u"MAIL_FROM"_s);
    QTest::keyClick(table(), Qt::Key_Return);
    QCOMPARE(shown.count(), 2);
}

void TestEnvironmentsPage::exportsWhatIsShown()
{
    compare();
    m_page->findChild<QLineEdit *>(u"settingWords"_s)->setText(u"SESSION"_s);
    const QString path = m_files.filePath(u"settings.csv"_s);
    auto *card = m_page->findChild<EnvironmentsCard *>();
    card->exportTo(path);
    QTRY_VERIFY(m_page->findChild<Banner *>()->isVisible());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("\"Name\",\"Production\",\"Staging\",\"Local\",\"Reaches browsers\"\r\n"
                                        "\"SESSION_SECRET\",\"Set\",\"Same as production\",\"Missing\",\"No\"\r\n"));
    QSignalSpy refused(card, &EnvironmentsCard::refused);
    card->exportTo(m_files.filePath(u"no/such/folder.csv"_s));
    QTRY_COMPARE(refused.count(), 1);
}

void TestEnvironmentsPage::readOnlyShowsAndExports()
{
    compare();
    QTRY_COMPARE(session().saveState(), SaveState::Saved);
    QSignalSpy opened(&session(), &Session::projectOpened);
    session().openProject(m_fixture->path(), OpenMode::ReadOnly);
    QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, 20000);
    m_page->bringUpToDate();
    QVERIFY(!button(u"checkEnvironments"_s)->isEnabled());
    QVERIFY(button(u"exportEnvironments"_s)->isEnabled());
    QCOMPARE(names().size(), 6);
}

QTEST_MAIN(TestEnvironmentsPage)
#include "tst_environmentspage.moc"
