// When the accepted DNS records are looked at again, and that the choice is remembered.
#include "models/recordwatch.h"
#include "models/store/projectfile.h"
#include "models/store/rows.h"
#include "storefixtures.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

const QDateTime kAccepted = test::kNoon.addDays(-3);
const QString kDomain = u"example.com"_s;

DnsBaseline baseline(const QString &domain = kDomain)
{
    return {domain, kAccepted, {{domain, u"MX"_s, {u"10 a"_s}}}};
}

CheckResult drift(Outcome outcome, const QDateTime &lookedAt, const QDateTime &acceptedAt = kAccepted,
                  const std::vector<QDateTime> &firstSeen = {})
{
    CheckResult result;
    result.checkId = u"dns.drift"_s;
    result.outcome = outcome;
    std::vector<DnsSighting> sightings;
    sightings.reserve(firstSeen.size());
    for (const QDateTime &time : firstSeen)
        sightings.push_back({{kDomain, u"MX"_s, {u"10 b"_s}}, time});
    result.observed = {{u"accepted_at"_s, acceptedAt.toString(Qt::ISODate)}, {u"sightings"_s, toJson(sightings)}};
    if (lookedAt.isValid())
        result.observed.insert(u"looked_at"_s, lookedAt.toString(Qt::ISODate));
    return result;
}

} // namespace

class TestRecordWatch : public QObject
{
    Q_OBJECT

private slots:
    void saysWhenTheNextLookIsDue_data();
    void saysWhenTheNextLookIsDue();
    void takesNoPaceThatNobodyChose_data();
    void takesNoPaceThatNobodyChose();
    void remembersTheChoice();
    void opensAFileOfTheThirdVersion();
    void takesNoPaceFromAFileThatNobodyChose();
};

// Now is noon.
void TestRecordWatch::saysWhenTheNextLookIsDue_data()
{
    QTest::addColumn<std::optional<DnsBaseline>>("accepted");
    QTest::addColumn<seconds>("interval");
    QTest::addColumn<std::optional<CheckResult>>("last");
    QTest::addColumn<QDateTime>("tried");
    QTest::addColumn<QDateTime>("due");
    using Last = std::optional<CheckResult>;
    const auto row = [](const char *name, seconds interval, const Last &last, const QDateTime &tried,
                        const QDateTime &due) {
        QTest::newRow(name) << std::optional(baseline()) << interval << last << tried << due;
    };
    const QDateTime noon = test::kNoon;
    const QDateTime half = noon.addSecs(-1800);
    const auto none = std::optional<DnsBaseline>();
    QTest::newRow("nothing is accepted") << none << seconds(hours(1)) << Last() << QDateTime() << QDateTime();
    QTest::newRow("accepted for another domain")
        << std::optional(baseline(u"other.example"_s)) << seconds(hours(1)) << Last() << QDateTime() << QDateTime();
    row("off", seconds(0), drift(Outcome::Pass, half), {}, {});
    row("never looked", hours(1), {}, {}, kAccepted);
    row("an hour after the last look", hours(1), drift(Outcome::Pass, half), {}, half.addSecs(3600));
    row("a quarter of an hour after it", minutes(15), drift(Outcome::Pass, half), {}, half.addSecs(900));
    row("six hours after it", hours(6), drift(Outcome::Fail, half), {}, half.addSecs(6 * 3600));
    row("last compared with another baseline", hours(1), drift(Outcome::Pass, half, kAccepted.addDays(-1)), {},
        kAccepted);
    row("last looked tomorrow: the clock was wrong", hours(1), drift(Outcome::Pass, noon.addDays(1)), {}, kAccepted);
    row("last looked tomorrow, and begun a moment ago", hours(1), drift(Outcome::Pass, noon.addDays(1)),
        noon.addSecs(-10), noon.addSecs(890));
    row("could not compare", hours(1), drift(Outcome::Error, half), {}, half.addSecs(900));
    row("did not run", hours(6), drift(Outcome::NotRun, half), {}, half.addSecs(900));
    row("could not compare, and it is frequent anyway", minutes(15), drift(Outcome::Error, half), {},
        half.addSecs(900));
    row("a new difference", hours(1), drift(Outcome::Info, half, kAccepted, {half}), {}, half.addSecs(60));
    row("a difference that was seen just before", hours(1), drift(Outcome::Info, half, kAccepted, {half.addSecs(-59)}),
        {}, half.addSecs(1));
    row("a difference that was seen a minute before", hours(1),
        drift(Outcome::Fail, half, kAccepted, {half.addSecs(-60)}), {}, half.addSecs(3600));
    row("two differences", hours(1), drift(Outcome::Info, half, kAccepted, {half, half.addSecs(-20)}), {},
        half.addSecs(40));
    row("begun, and nothing came of it", hours(1), drift(Outcome::Pass, half.addDays(-1)), half, half.addSecs(900));
    row("begun for the first time, and nothing came of it", hours(1), {}, half, half.addSecs(900));
    row("begun, and looked in the same second", hours(1), drift(Outcome::Pass, half), half.addMSecs(900),
        half.addSecs(3600));
    row("begun before the last look", hours(1), drift(Outcome::Pass, half), half.addSecs(-600), half.addSecs(3600));
    row("begun tomorrow: the clock was wrong", hours(1), drift(Outcome::Pass, half), noon.addDays(1),
        half.addSecs(3600));
}

void TestRecordWatch::saysWhenTheNextLookIsDue()
{
    QFETCH(std::optional<DnsBaseline>, accepted);
    QFETCH(seconds, interval);
    QFETCH(std::optional<CheckResult>, last);
    QFETCH(QDateTime, tried);
    ProjectState project;
    project.settings.target.domain = kDomain;
    project.dnsBaseline = accepted;
    project.recordWatch = interval;
    if (last)
        project.latest.emplace(last->key(), *last);
    QTEST(nextRecordLook(project, tried, test::kNoon), "due");
}

void TestRecordWatch::takesNoPaceThatNobodyChose_data()
{
    QTest::addColumn<seconds>("said");
    QTest::addColumn<seconds>("known");
    for (const seconds choice : kRecordWatchChoices)
        QTest::addRow("%lld s, a choice", static_cast<long long>(choice.count())) << choice << choice;
    QTest::newRow("every second") << seconds(1) << kUsualRecordWatch;
    QTest::newRow("before the last look") << seconds(-900) << kUsualRecordWatch;
    QTest::newRow("once in a lifetime") << seconds(hours(1000000)) << kUsualRecordWatch;
}

void TestRecordWatch::takesNoPaceThatNobodyChose()
{
    QFETCH(seconds, said);
    QTEST(knownRecordWatch(said), "known");
}

void TestRecordWatch::remembersTheChoice()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"made.cockpit"_s);
    auto store = ProjectStore::create(path, test::settings());
    QVERIFY(store);
    QCOMPARE((*store)->load()->recordWatch, kUsualRecordWatch);
    QVERIFY((*store)->saveRecordWatch(hours(6)));
    QVERIFY((*store)->saveRecordWatch(seconds(0)));
    QVERIFY((*store)->saveDnsBaseline(baseline())); // another baseline changes nothing about it
    store->reset();
    const auto again = ProjectStore::open(path, OpenMode::ReadOnly);
    QVERIFY(again);
    QCOMPARE((*again)->load()->recordWatch, seconds(0));
}

void TestRecordWatch::opensAFileOfTheThirdVersion()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"third.cockpit"_s);
    QVERIFY(store::createFile(path, test::schemaOf(3), [](store::Statements &statements) {
        store::writeSettings(statements, test::settings());
        store::writeDnsBaseline(statements, baseline());
    }));
    const auto opened = ProjectStore::open(path, OpenMode::ReadWrite);
    QVERIFY(opened);
    QCOMPARE((*opened)->load()->recordWatch, kUsualRecordWatch);
    QCOMPARE((*opened)->load()->dnsBaseline, std::optional(baseline()));
    QVERIFY((*opened)->saveRecordWatch(minutes(15)));
    QCOMPARE((*opened)->load()->recordWatch, seconds(minutes(15)));
}

void TestRecordWatch::takesNoPaceFromAFileThatNobodyChose()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"hasty.cockpit"_s);
    QVERIFY(store::createFile(path, store::currentSchema(), [](store::Statements &statements) {
        store::writeSettings(statements, test::settings());
        store::writeRecordWatch(statements, seconds(1));
    }));
    const auto opened = ProjectStore::open(path, OpenMode::ReadOnly);
    QVERIFY(opened);
    QCOMPARE((*opened)->load()->recordWatch, kUsualRecordWatch);
}

QTEST_GUILESS_MAIN(TestRecordWatch)
#include "tst_recordwatch.moc"
