// The record page: what stands there, and the records that it makes.
#include "recordslab.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestRecords : public QObject
{
    Q_OBJECT

private slots:
    void saysWhenNothingCanBeRead();
    void survivesWhatIsThrown();
    void showsWhatStandsThere();
    void addsAndRemovesServices();
    void countsTheBudget();
    void countsForSpfAlone_data();
    void countsForSpfAlone();
    void opensWhereItWasCalled();
    void makesADkimRecord();
    void asksForANameOnce();
    void makesADmarcRecord();
    void copiesTheFields();
    void takesNothingForHtml();
    void describesTheBudget_data();
    void describesTheBudget();
};

void TestRecords::saysWhenNothingCanBeRead()
{
    World world;
    world.fails = true;
    Opened o(world);
    auto *banner = o.page->findChild<Banner *>();
    QTRY_VERIFY(banner->isVisible());
    QVERIFY(!o.find<QPushButton>(u"waitForChange"_s)->isVisible());
    QStringList said;
    for (const auto *label : o.page->findChild<EmptyState *>()->findChildren<PlainLabel *>())
        said << label->text();
    QVERIFY2(said.contains(u"The records could not be read."_s), qPrintable(said.join(u'|')));
    world.fails = false;
    emit banner->actionTriggered();
    QTRY_VERIFY(o.find<QPushButton>(u"waitForChange"_s)->isVisible());
    QVERIFY(!banner->isVisible());
}

void TestRecords::survivesWhatIsThrown()
{
    World world;
    world.throws = true;
    Opened o(world);
    QTRY_VERIFY(o.page->findChild<Banner *>()->isVisible());
    QVERIFY(o.find<QPushButton>(u"readRecords"_s)->isEnabled());
    world.throws = false;
    o.find<QPushButton>(u"readRecords"_s)->click();
    QTRY_COMPARE(o.draft().today, world.today.spf);
}

void TestRecords::showsWhatStandsThere()
{
    World world;
    Opened o(world);
    QTRY_COMPARE(o.draft().today, world.today.spf);
    QVERIFY(o.draft().isInPlace());
    QCOMPARE(o.find<QCheckBox>(u"allow-_spf.google.com"_s)->accessibleName(), u"Google Workspace"_s);
    QVERIFY(o.field(u"Content"_s).isEmpty()); // nothing is to be typed
    const int reads = world.reads;
    o.page->aboutToShow(); // what was read stays
    QCOMPARE(world.reads.load(), reads);
    auto *again = o.find<QPushButton>(u"readRecords"_s);
    QTRY_VERIFY(again->isEnabled());
    again->click();
    QTRY_COMPARE(world.reads.load(), reads + 1);
    QTRY_VERIFY(again->isEnabled());
}

void TestRecords::addsAndRemovesServices()
{
    World world;
    Opened o(world);
    QTRY_VERIFY(o.find<QCheckBox>(u"allow-_spf.google.com"_s));
    auto *services = o.find<QComboBox>(u"addService"_s);
    const int postmark = services->findData(u"spf.mtasv.net"_s);
    QVERIFY(postmark > 0);
    services->setCurrentIndex(postmark);
    emit services->activated(postmark);
    QCOMPARE(o.field(u"Content"_s), u"v=spf1 include:_spf.google.com include:spf.mtasv.net ~all"_s);
    QCOMPARE(o.field(u"Name"_s), u"@"_s);
    o.find<QCheckBox>(u"allow-_spf.google.com"_s)->setChecked(false);
    QCOMPARE(o.draft().corrected, u"v=spf1 include:spf.mtasv.net ~all"_s);
    o.find<QCheckBox>(u"allow-spf.mtasv.net"_s)->setChecked(false);
    services->setCurrentIndex(postmark);
    emit services->activated(postmark); // ticked again, not there twice
    QCOMPARE(o.draft().corrected, u"v=spf1 include:spf.mtasv.net ~all"_s);
    auto *ending = o.find<QComboBox>(u"spfEnding"_s);
    ending->setCurrentIndex(ending->findData(u"-all"_s));
    emit ending->activated(ending->currentIndex());
    QCOMPARE(o.draft().corrected, u"v=spf1 include:spf.mtasv.net -all"_s);
}

void TestRecords::countsTheBudget()
{
    World world;
    Opened o(world);
    auto *budget = o.find<PlainLabel>(u"spfBudget"_s);
    QTRY_VERIFY(budget->isVisible());
    QVERIFY2(budget->text().contains(u"4 of 10"_s), qPrintable(budget->text()));
    o.page->showKind(RecordKind::Dmarc);
    QVERIFY(!budget->isVisible());
}

void TestRecords::countsForSpfAlone_data()
{
    QTest::addColumn<bool>("hasBegun");
    QTest::newRow("about to begin") << false;
    QTest::newRow("under way") << true;
}

void TestRecords::countsForSpfAlone()
{
    QFETCH(bool, hasBegun);
    World world;
    world.holdsBudget = true;
    Opened o(world);
    auto *pause = o.find<QTimer>(u"countSoon"_s); // in typing; what is not counted by then waits for it
    pause->setInterval(hasBegun ? 0s : 3600s);
    QTRY_VERIFY(!o.draft().corrected.isEmpty());
    if (hasBegun)
        QTRY_COMPARE(world.counts.load(), 1);
    QCOMPARE(pause->isActive(), !hasBegun);
    o.page->showKind(RecordKind::Dmarc);
    QVERIFY(!pause->isActive());
    if (hasBegun)
        QTRY_COMPARE(world.countsStopped.load(), 1);
    world.holdsBudget = false;
    pause->setInterval(0s);
    QCOMPARE(world.counts.load(), hasBegun ? 1 : 0);
    QVERIFY(!o.find<PlainLabel>(u"spfBudget"_s)->isVisible());
    o.page->showKind(RecordKind::Spf);
    QTRY_VERIFY(o.find<PlainLabel>(u"spfBudget"_s)->isVisible());
}

void TestRecords::opensWhereItWasCalled()
{
    World world;
    Opened o(world);
    QTRY_VERIFY(!o.draft().corrected.isEmpty());
    QVERIFY(o.page->select(u"mail.dmarc:missing"_s));
    QVERIFY(o.find<QComboBox>(u"dmarcPolicy"_s)->isVisible());
    QVERIFY(o.page->select(u"mail.dkim"_s));
    QVERIFY(o.find<QLineEdit>(u"dkimSelector"_s)->isVisible());
    QVERIFY(!o.page->select(u"mail.mx:missing"_s));
    QVERIFY(!o.page->select(u"mail.spfx"_s));
}

void TestRecords::makesADkimRecord()
{
    World world;
    Opened o(world);
    QTRY_VERIFY(!o.draft().corrected.isEmpty());
    o.find<QPushButton>(u"showDkim"_s)->click();
    QVERIFY(o.find<QPlainTextEdit>(u"dkimPasted"_s)->isVisible());
    QVERIFY(!o.find<QComboBox>(u"addService"_s)->isVisible());
    QVERIFY(!o.find<QPushButton>(u"waitForChange"_s)->isEnabled()); // nothing to wait for yet
    o.find<QLineEdit>(u"dkimSelector"_s)->setText(u"s1"_s);
    o.find<QPlainTextEdit>(u"dkimPasted"_s)->setPlainText(u"v=DKIM1; p=new"_s);
    QCOMPARE(o.field(u"Name"_s), u"s1._domainkey"_s);
    QVERIFY(o.find<QPushButton>(u"waitForChange"_s)->isEnabled());
    QTRY_COMPARE(o.draft().today, QStringList{u"v=DKIM1; p=old"_s}); // looked up once typing has ended
    auto *difference = o.find<QLabel>(u"difference"_s);
    QVERIFY(difference);
    QCOMPARE(difference->accessibleName(), u"v=DKIM1; removed: p=old added: p=new"_s);
}

void TestRecords::asksForANameOnce()
{
    World world;
    world.lookFails = true;
    Opened o(world);
    QTRY_VERIFY(!o.draft().corrected.isEmpty());
    const auto *pause = o.find<QTimer>(u"lookSoon"_s); // in typing
    o.page->showKind(RecordKind::Dkim);
    QCOMPARE(o.noneToday(), u"Not looked up yet."_s);
    QVERIFY(!pause->isActive());
    o.find<QLineEdit>(u"dkimSelector"_s)->setText(u"s1"_s);
    QVERIFY(pause->isActive());
    QCOMPARE(o.noneToday(), u"Not looked up yet."_s);
    QTRY_COMPARE(o.noneToday(), u"Nobody answers for this name."_s);
    o.find<QPlainTextEdit>(u"dkimPasted"_s)->setPlainText(u"v=DKIM1; p=new"_s); // the name stays the same
    QVERIFY(!pause->isActive());                                                // so that nothing will be asked
    QCOMPARE(world.names.load(), 1);
    QCOMPARE(o.noneToday(), u"Nobody answers for this name."_s);
    world.lookFails = false;
    o.find<QPushButton>(u"readRecords"_s)->click();
    QTRY_COMPARE(o.draft().today, QStringList{u"v=DKIM1; p=old"_s});
    QCOMPARE(world.names.load(), 2);
}

void TestRecords::makesADmarcRecord()
{
    World world;
    Opened o(world);
    QTRY_VERIFY(!o.draft().corrected.isEmpty());
    o.find<QPushButton>(u"showDmarc"_s)->click();
    QCOMPARE(o.draft().corrected, u"v=DMARC1; p=none; np=reject; rua=mailto:dmarc-reports@made.example"_s);
    auto *policy = o.find<QComboBox>(u"dmarcPolicy"_s);
    policy->setCurrentIndex(1);
    emit policy->activated(1);
    o.find<QCheckBox>(u"dmarcTest"_s)->setChecked(true);
    o.find<QCheckBox>(u"dmarcMadeUp"_s)->setChecked(false);
    o.find<QLineEdit>(u"dmarcReports"_s)->setText(u"a@made.example, b@made.example"_s);
    QCOMPARE(o.draft().corrected, u"v=DMARC1; p=quarantine; t=y; rua=mailto:a@made.example,mailto:b@made.example"_s);
    QCOMPARE(o.field(u"Name"_s), u"_dmarc"_s);
}

void TestRecords::copiesTheFields()
{
    World world;
    world.today.dnsHost = u"route53"_s;
    world.today.spf = {};
    Opened o(world);
    QTRY_VERIFY(!o.field(u"Value"_s).isEmpty());
    QCOMPARE(o.field(u"Value"_s), u"\"v=spf1 include:_spf.google.com ~all\""_s);
    QVERIFY(o.field(u"Record name"_s).isEmpty());
    const auto boxes = o.page->findChildren<CodeBox *>(u"field-Value"_s);
    auto *copy = boxes.last()->findChild<QPushButton *>(u"copyCode"_s);
    QCOMPARE(copy->text(), u"Copy what goes into \"Value\""_s);
    copy->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"\"v=spf1 include:_spf.google.com ~all\""_s);
}

void TestRecords::takesNothingForHtml()
{
    DifferenceLabel label;
    label.setDifference(
        {{u"<img"_s, DiffMark::Same}, {u"src=\"x\">"_s, DiffMark::Removed}, {u"&lt;"_s, DiffMark::Added}});
    QVERIFY2(!label.text().contains(u"<img"_s), qPrintable(label.text()));
    QVERIFY(!label.text().contains(u"\">"_s + u"</s>"_s));
    QVERIFY(label.text().contains(u"&amp;lt;"_s));
    QCOMPARE(label.accessibleName(), u"<img removed: src=\"x\"> added: &lt;"_s);
}

void TestRecords::describesTheBudget_data()
{
    QTest::addColumn<int>("lookups");
    QTest::addColumn<int>("voids");
    QTest::addColumn<bool>("warns");
    QTest::newRow("7") << 7 << 0 << false;
    QTest::newRow("8") << 8 << 0 << true;
    QTest::newRow("10") << 10 << 0 << true;
    QTest::newRow("11") << 11 << 0 << true;
    QTest::newRow("two lead nowhere") << 3 << 2 << false;
    QTest::newRow("three lead nowhere") << 3 << 3 << true;
}

void TestRecords::describesTheBudget()
{
    QFETCH(int, lookups);
    QFETCH(int, voids);
    const QString sentence = budgetSentence({.lookups = lookups, .voidLookups = voids, .lines = {}});
    QVERIFY(sentence.contains(u"%1 of 10"_s.arg(lookups)));
    QTEST(sentence.count(u'.') > 1, "warns");
}

QTEST_MAIN(TestRecords)
#include "tst_records.moc"
