// Accepted DNS records: what a result holds, and what the project file keeps.
#include "models/store/projectfile.h"
#include "models/store/rows.h"
#include "models/store/schema.h"
#include "storefixtures.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

DnsBaseline baseline(const QStringList &texts = {u"v=spf1 -all"_s})
{
    return {u"example.com"_s, test::kNoon, {{u"example.com"_s, u"TXT"_s, texts}, {u"example.com"_s, u"CAA"_s, {}}}};
}

} // namespace

class TestDnsBaseline : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void readsWhatALookSaw_data();
    void readsWhatALookSaw();
    void acceptsALook_data();
    void acceptsALook();
    void knowsTheSightingsOfTheLastLook();
    void knowsTheSelectorsWithKeys();
    void keepsWhatWasAccepted();
    void keepsNoSecret();
    void opensAFileOfTheSecondVersion();
    void refusesARowThatItCannotRead();

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<ProjectStore> m_store;
};

void TestDnsBaseline::init()
{
    m_store.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    m_store = ProjectStore::create(m_dir->filePath(u"made.cockpit"_s), test::settings()).value();
}

void TestDnsBaseline::readsWhatALookSaw_data()
{
    QTest::addColumn<QJsonValue>("values");
    QTest::addColumn<int>("sets");
    QTest::newRow("two") << QJsonValue(QJsonArray{u"a"_s, u"b"_s}) << 1;
    QTest::newRow("none there") << QJsonValue(QJsonArray{}) << 1;
    QTest::newRow("could not be looked at") << QJsonValue() << 0;
    QTest::newRow("no list") << QJsonValue(u"a"_s) << 0;
}

void TestDnsBaseline::readsWhatALookSaw()
{
    QFETCH(QJsonValue, values);
    QFETCH(int, sets);
    CheckResult drift;
    drift.observed = {{u"records"_s, QJsonArray{QJsonObject{
                                         {u"name"_s, u"example.com"_s}, {u"type"_s, u"MX"_s}, {u"values"_s, values}}}}};
    QCOMPARE(static_cast<int>(recordSetsSeen(drift).size()), sets);
}

void TestDnsBaseline::acceptsALook_data()
{
    QTest::addColumn<std::optional<DnsBaseline>>("before");
    QTest::addColumn<QJsonValue>("texts"); // that the look saw beside CAA; null: could not be read
    QTest::addColumn<QStringList>("kept"); // the types, with the number of values
    const QJsonValue texts = QJsonArray{u"a"_s, u"b"_s};
    const std::optional<DnsBaseline> known = baseline();
    std::optional<DnsBaseline> foreign = known;
    foreign->domain = u"other.example"_s;
    using Known = std::optional<DnsBaseline>;
    QTest::newRow("all seen, none before") << Known() << texts << QStringList{u"CAA 1"_s, u"TXT 2"_s};
    QTest::newRow("all seen") << known << texts << QStringList{u"CAA 1"_s, u"TXT 2"_s};
    QTest::newRow("one unread") << known << QJsonValue() << QStringList{u"CAA 1"_s, u"TXT 1"_s};
    QTest::newRow("one unread, none before") << Known() << QJsonValue() << QStringList{u"CAA 1"_s};
    QTest::newRow("one unread, of another domain") << foreign << QJsonValue() << QStringList{u"CAA 1"_s};
    QTest::newRow("not asked any more") << known << QJsonValue(QJsonValue::Undefined) << QStringList{u"CAA 1"_s};
}

void TestDnsBaseline::acceptsALook()
{
    QFETCH(std::optional<DnsBaseline>, before);
    QFETCH(QJsonValue, texts);
    const auto record = [](const QString &type, const QJsonValue &values) {
        return QJsonObject{{u"name"_s, u"example.com"_s}, {u"type"_s, type}, {u"values"_s, values}};
    };
    QJsonArray records{record(u"CAA"_s, QJsonArray{u"0 issue \"ca\""_s})};
    if (!texts.isUndefined())
        records.append(record(u"TXT"_s, texts));
    CheckResult drift;
    drift.observed = {{u"records"_s, records}};
    QStringList kept;
    for (const DnsRecordSet &set : acceptedSets(before, drift, u"example.com"_s))
        kept << u"%1 %2"_s.arg(set.type).arg(set.values.size());
    QTEST(kept, "kept");
    drift.observed = {{u"records"_s, QJsonArray{record(u"TXT"_s, QJsonValue())}}};
    QVERIFY(acceptedSets(before, drift, u"example.com"_s).empty()); // it saw nothing
}

void TestDnsBaseline::knowsTheSightingsOfTheLastLook()
{
    const std::vector<DnsSighting> sightings{{{u"example.com"_s, u"MX"_s, {u"10 b"_s}}, test::kNoon}};
    ProjectState state;
    CheckResult drift;
    drift.checkId = u"dns.drift"_s;
    drift.observed = {{u"sightings"_s, toJson(sightings)}};
    QVERIFY(dnsHistoryOf(state).sightings.empty());
    applyResults(state, {drift}, test::kNoon);
    QCOMPARE(dnsHistoryOf(state).sightings, sightings);
}

void TestDnsBaseline::knowsTheSelectorsWithKeys()
{
    QJsonArray selectors;
    for (const auto status : {"valid", "weak", "revoked", "missing", "unknown"})
        selectors.append(QJsonObject{{u"selector"_s, u"of-"_s + QLatin1StringView(status)},
                                     {u"status"_s, QString::fromLatin1(status)}});
    CheckResult dkim;
    dkim.checkId = u"mail.dkim"_s;
    dkim.observed = {{u"selectors"_s, selectors}};
    ProjectState state;
    applyResults(state, {dkim}, test::kNoon);
    QCOMPARE(dnsHistoryOf(state).dkimSelectors, (QStringList{u"of-valid"_s, u"of-weak"_s}));
}

void TestDnsBaseline::keepsWhatWasAccepted()
{
    QVERIFY(!m_store->load()->dnsBaseline);
    QVERIFY(m_store->saveDnsBaseline(baseline()));
    QCOMPARE(m_store->load()->dnsBaseline, std::optional(baseline()));
    QVERIFY(m_store->saveDnsBaseline(baseline({u"v=spf1 mx -all"_s}))); // the new one replaces the old one
    QCOMPARE(m_store->load()->dnsBaseline, std::optional(baseline({u"v=spf1 mx -all"_s})));
}

void TestDnsBaseline::keepsNoSecret()
{
    QVERIFY(m_store->saveDnsBaseline(baseline({u"sk_live_abcdefghijklmnop1234"_s})));
    const QString kept = m_store->load()->dnsBaseline->sets.front().values.front();
    QVERIFY2(!kept.contains("abcdefgh"_L1), qPrintable(kept));
}

// A file of the second version lacks the baseline, and gets room for it.
void TestDnsBaseline::opensAFileOfTheSecondVersion()
{
    const QString path = m_dir->filePath(u"second.cockpit"_s);
    QVERIFY(store::createFile(path, test::schemaOf(2), [](store::Statements &statements) {
        store::writeSettings(statements, test::settings());
    }));
    const auto opened = ProjectStore::open(path, OpenMode::ReadWrite);
    QVERIFY(opened);
    QVERIFY((*opened)->saveDnsBaseline(baseline()));
    QCOMPARE((*opened)->load()->dnsBaseline, std::optional(baseline()));
}

void TestDnsBaseline::refusesARowThatItCannotRead()
{
    const QString path = m_store->path();
    m_store.reset();
    auto connection = store::Connection::open(path, store::Access::Write);
    QVERIFY(connection);
    QVERIFY((*connection)->write([](store::Statements &statements) {
        statements.run(u"INSERT INTO dns_baseline (id, domain, accepted_at, sets) VALUES (1, 'x', 0, '[{}]')"_s);
    }));
    connection->reset();
    const auto opened = ProjectStore::open(path, OpenMode::ReadWrite);
    QVERIFY(opened);
    const auto loaded = (*opened)->load();
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().kind, ErrorKind::Storage);
}

QTEST_GUILESS_MAIN(TestDnsBaseline)
#include "tst_dnsbaseline.moc"
