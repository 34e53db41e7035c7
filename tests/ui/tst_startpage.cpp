// The start page: what is typed, which product is chosen, and what was looked at before.
#include "ui/start/addressfield.h"
#include "ui/start/productcard.h"
#include "ui/start/recentmodel.h"
#include "ui/start/startpage.h"
#include "ui/widgets/rowdelegate.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestStartPage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void startsWithWhatWasTyped();
    void refusesNonsenseWithASentence();
    void emptyAddressIsAskedFor();
    void choosesByKeyboard();
    void recentProjectsAreListed();

private:
    std::vector<Roadmap> m_roadmaps;
};

void TestStartPage::initTestCase()
{
    m_roadmaps = loadRoadmaps().value();
    qRegisterMetaType<Target>();
}

void TestStartPage::startsWithWhatWasTyped()
{
    StartPage page(m_roadmaps);
    QSignalSpy started(&page, &StartPage::startRequested);
    QTest::keyClicks(page.address()->edit(), u"https://Example.com/path"_s);
    QVERIFY(page.address()->message().contains("example.com"_L1)); // understood while typing
    QTest::keyClick(page.address()->edit(), Qt::Key_Return);
    QCOMPARE(started.count(), 1);
    QCOMPARE(started.first().at(0).value<Target>().domain, u"example.com"_s);
    QCOMPARE(started.first().at(1).toString(), QString::fromLatin1(kDefaultRoadmapId));
}

void TestStartPage::refusesNonsenseWithASentence()
{
    StartPage page(m_roadmaps);
    QSignalSpy started(&page, &StartPage::startRequested);
    QTest::keyClicks(page.address()->edit(), u"dana@example.com"_s);
    page.findChild<QPushButton *>(u"startLook"_s)->click();
    QVERIFY(started.isEmpty());
    QCOMPARE(page.address()->message(), parseAddress(u"dana@example.com"_s).error().message);
    QVERIFY(page.address()->edit()->property("invalid").toBool());
}

void TestStartPage::emptyAddressIsAskedFor()
{
    StartPage page(m_roadmaps);
    QSignalSpy started(&page, &StartPage::startRequested);
    page.findChild<QPushButton *>(u"startLook"_s)->click();
    QVERIFY(started.isEmpty());
    QVERIFY(!page.address()->message().isEmpty());
}

void TestStartPage::choosesByKeyboard()
{
    StartPage page(m_roadmaps);
    const auto cards = page.findChildren<ProductCard *>();
    QCOMPARE(cards.size(), qsizetype(5));
    QTest::keyClick(cards.last(), Qt::Key_Space);
    QCOMPARE(page.chosenRoadmap(), m_roadmaps.back().id);
    for (const ProductCard *card : cards)
        QVERIFY(!card->accessibleName().isEmpty());
}

void TestStartPage::recentProjectsAreListed()
{
    RecentModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QDate today(2026, 11, 22);
    RecentProject project{.path = u"/a.cockpit"_s,
                          .name = u"Acme"_s,
                          .verdict = VerdictDecision::NoGo,
                          .blockers = 2,
                          .lastOpened = today.startOfDay()};
    model.setProjects({project}, today);
    QCOMPARE(model.index(0).data(RecentModel::PathRole).toString(), u"/a.cockpit"_s);
    QVERIFY(model.index(0).data(Qt::AccessibleTextRole).toString().contains("today"_L1));
    project.verdict.reset();
    model.setProjects({project}, today);
    QCOMPARE(model.index(0).data(RowShapeRole).value<StateShape>(), StateShape::NotRun);
}

QTEST_MAIN(TestStartPage)
#include "tst_startpage.moc"
