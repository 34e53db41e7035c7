#include "models/checkcatalog.h"
#include "models/roadmap.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

struct Counts
{
    qsizetype bar, checks, deliverables, failureSignals, automate, notNow, sprint;

    qsizetype all() const { return bar + checks + deliverables + failureSignals + automate + notNow + sprint; }
    bool operator==(const Counts &) const = default;
};

Counts countsOf(const Roadmap &roadmap)
{
    Counts counts{std::ssize(roadmap.minimumBar), 0, 0, 0, std::ssize(roadmap.automate), std::ssize(roadmap.notNow),
                  std::ssize(roadmap.sprint)};
    for (const Stage &stage : roadmap.stages) {
        counts.checks += std::ssize(stage.checks);
        counts.deliverables += std::ssize(stage.deliverables);
        counts.failureSignals += std::ssize(stage.failureSignals);
    }
    return counts;
}

const Roadmap &shipped(const QString &id)
{
    static const auto all = loadRoadmaps();
    const auto it = std::ranges::find(*all, id, &Roadmap::id);
    Q_ASSERT(it != all->end());
    return *it;
}

QJsonObject source()
{
    QFile file(u":/roadmaps/internal-ops-saas.json"_s);
    const bool isOpen = file.open(QIODevice::ReadOnly);
    Q_ASSERT(isOpen);
    return QJsonDocument::fromJson(file.readAll()).object();
}

Result<Roadmap> parse(const QJsonObject &document)
{
    return parseRoadmap(QJsonDocument(document).toJson(), CheckCatalog::load()->ids());
}

// Applies change to the member at path ("stages.0.checks.1"); path parts are names or indices.
QJsonValue changed(const QJsonValue &value, QStringList path,
                   const std::function<QJsonValue(const QJsonValue &)> &change)
{
    if (path.isEmpty())
        return change(value);
    const QString step = path.takeFirst();
    if (value.isArray()) {
        QJsonArray array = value.toArray();
        array[step.toInt()] = changed(array.at(step.toInt()), path, change);
        return array;
    }
    QJsonObject object = value.toObject();
    const QJsonValue result = changed(object.value(step), path, change);
    object.insert(step, result); // an undefined value removes the member
    return object;
}

} // namespace

class TestRoadmap : public QObject
{
    Q_OBJECT

private slots:
    void loadsInTheOrderOfTheStartPage();
    void countsEveryItem_data();
    void countsEveryItem();
    void countsAllItems();
    void givesEveryItemAPlace();
    void readsThresholds();
    void findsItemsAndChecks();
    void refuses_data();
    void refuses();
    void refusesWhatIsNotJson();
};

void TestRoadmap::loadsInTheOrderOfTheStartPage()
{
    const auto roadmaps = loadRoadmaps();
    QVERIFY2(roadmaps, qPrintable(roadmaps ? QString() : roadmaps.error().message));
    QStringList ids;
    for (const Roadmap &roadmap : *roadmaps)
        ids.append(roadmap.id);
    QCOMPARE(ids, QStringList({u"internal-ops-saas"_s, u"internal-ops-mobile"_s, u"internal-ops-chatbot"_s,
                               u"b2b-client-portal"_s, u"ai-marketplace"_s}));
    QCOMPARE(ids.first(), QString::fromLatin1(kDefaultRoadmapId));
}

void TestRoadmap::countsEveryItem_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QList<int>>("counts"); // bar, checks, deliverables, signals, automate, not now, sprint
    QTest::newRow("internal ops, web") << u"internal-ops-saas"_s << QList<int>{13, 31, 8, 15, 8, 9, 13};
    QTest::newRow("internal ops, mobile") << u"internal-ops-mobile"_s << QList<int>{11, 29, 15, 21, 9, 8, 8};
    QTest::newRow("internal ops, chatbot") << u"internal-ops-chatbot"_s << QList<int>{9, 35, 13, 19, 10, 9, 20};
    QTest::newRow("client portal") << u"b2b-client-portal"_s << QList<int>{13, 36, 16, 21, 7, 7, 7};
    QTest::newRow("AI marketplace") << u"ai-marketplace"_s << QList<int>{11, 35, 21, 26, 8, 8, 7};
}

void TestRoadmap::countsEveryItem()
{
    QFETCH(QString, id);
    QFETCH(QList<int>, counts);
    const Counts seen = countsOf(shipped(id));
    const QList<int> list{int(seen.bar),      int(seen.checks), int(seen.deliverables), int(seen.failureSignals),
                          int(seen.automate), int(seen.notNow), int(seen.sprint)};
    QCOMPARE(list, counts);
    QCOMPARE(std::ssize(shipped(id).items()), seen.all());
}

void TestRoadmap::countsAllItems()
{
    Counts sum{};
    for (const Roadmap &roadmap : *loadRoadmaps()) {
        const Counts counts = countsOf(roadmap);
        sum = {sum.bar + counts.bar,
               sum.checks + counts.checks,
               sum.deliverables + counts.deliverables,
               sum.failureSignals + counts.failureSignals,
               sum.automate + counts.automate,
               sum.notNow + counts.notNow,
               sum.sprint + counts.sprint};
    }
    QVERIFY(sum == (Counts{57, 166, 73, 102, 42, 41, 55}));
    QCOMPARE(sum.all(), 536);
}

void TestRoadmap::givesEveryItemAPlace()
{
    for (const Roadmap &roadmap : *loadRoadmaps()) {
        QSet<QString> ids;
        for (const Item *item : roadmap.items()) {
            QVERIFY2(!ids.contains(item->id), qPrintable(item->id));
            ids.insert(item->id);
            QVERIFY2(!item->text.isEmpty(), qPrintable(item->id));
            QCOMPARE(roadmap.item(item->id), item);
            const bool isOfStage = item->kind == ItemKind::Check || item->kind == ItemKind::Deliverable ||
                                   item->kind == ItemKind::FailureSignal;
            QCOMPARE(isOfStage, item->stages.size() == 1 && item->kind != ItemKind::SprintRow);
        }
    }
}

void TestRoadmap::readsThresholds()
{
    QCOMPARE(shipped(u"internal-ops-chatbot"_s).p95LimitMs(), std::optional(500));
    QCOMPARE(shipped(u"ai-marketplace"_s).p95LimitMs(), std::optional(800));
    QCOMPARE(shipped(u"internal-ops-mobile"_s).p95LimitMs(), std::nullopt);
    const Roadmap &saas = shipped(u"internal-ops-saas"_s);
    QCOMPARE(saas.item(u"internal-ops-saas.6.c2"_s)->threshold->p95RiseFactorAlarm, std::optional(2.0));
    QCOMPARE(saas.item(u"internal-ops-saas.2.c3"_s)->threshold->maliciousRequestsMin, std::optional(5));
    const Item *rollback = shipped(u"b2b-client-portal"_s).item(u"b2b-client-portal.5.c3"_s);
    QCOMPARE(rollback->threshold->rollbackMinutesBelow, std::optional(10));
}

void TestRoadmap::findsItemsAndChecks()
{
    const Roadmap &saas = shipped(u"internal-ops-saas"_s);
    QCOMPARE(saas.stage(0), nullptr);
    QCOMPARE(saas.stage(8), nullptr);
    QCOMPARE(saas.stage(7)->number, 7);
    QCOMPARE(saas.item(u"internal-ops-saas.9.c9"_s), nullptr);
    QVERIFY(saas.itemsNaming(u"mail.spf"_s).contains(u"internal-ops-saas.1.f3"_s));
    QVERIFY(saas.itemsNaming(u"mail.none"_s).isEmpty());
    QStringList ids = saas.checkIds();
    QCOMPARE(ids.removeDuplicates(), 0);
    QVERIFY(saas.checkIds(1).contains(u"mail.spf"_s));
    QVERIFY(saas.checkIds(8).isEmpty());
    QCOMPARE(saas.item(u"internal-ops-saas.sprint.6"_s)->stages, std::vector<int>({6, 7}));
}

void TestRoadmap::refuses_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QJsonValue>("value"); // undefined: the member is taken away
    QTest::addColumn<QString>("says");
    const QJsonArray unknownCheck{u"mail.spf"_s, u"mail.pigeon"_s};
    const QJsonArray twice{u"mail.spf"_s, u"mail.spf"_s};

    QTest::newRow("unknown check") << u"stages.0.checks.0.checks"_s << QJsonValue(unknownCheck) << u"mail.pigeon"_s;
    QTest::newRow("a check named twice") << u"minimum_bar.0.checks"_s << QJsonValue(twice) << u"twice"_s;
    QTest::newRow("no checks") << u"minimum_bar.0.checks"_s << QJsonValue(QJsonArray()) << u"empty"_s;
    QTest::newRow("duplicate id") << u"minimum_bar.1.id"_s << QJsonValue(u"internal-ops-saas.bar.1"_s) << u"twice"_s;
    QTest::newRow("id of another roadmap")
        << u"minimum_bar.1.id"_s << QJsonValue(u"ai-marketplace.bar.2"_s) << u"minimum_bar[1].id"_s;
    QTest::newRow("id of another stage") << u"stages.0.checks.0.id"_s << QJsonValue(u"internal-ops-saas.2.c1"_s)
                                         << u"internal-ops-saas.1.c"_s;
    QTest::newRow("id without number") << u"stages.0.checks.0.id"_s << QJsonValue(u"internal-ops-saas.1.cx"_s)
                                       << u"a number"_s;
    QTest::newRow("unknown member") << u"surprise"_s << QJsonValue(1) << u"surprise"_s;
    QTest::newRow("unknown member of an item") << u"not_now.0.surprise"_s << QJsonValue(1) << u"not_now[0].surprise"_s;
    QTest::newRow("unknown member of a limit") << u"stages.5.checks.1.threshold.p99"_s << QJsonValue(1) << u"p99"_s;
    QTest::newRow("missing title") << u"title"_s << QJsonValue(QJsonValue::Undefined) << u"title"_s;
    QTest::newRow("missing why") << u"stages.2.checks.0.why"_s << QJsonValue(QJsonValue::Undefined)
                                 << u"stages[2].checks[0].why"_s;
    QTest::newRow("empty text") << u"automate.0.text"_s << QJsonValue(u" "_s) << u"empty"_s;
    QTest::newRow("number for text") << u"summary"_s << QJsonValue(3) << u"must be a text"_s;
    QTest::newRow("text for flag") << u"sprint.0.inferred"_s << QJsonValue(u"yes"_s) << u"true or false"_s;
    QTest::newRow("text for list") << u"not_now"_s << QJsonValue(u"none"_s) << u"must be a list"_s;
    QTest::newRow("item that is no object") << u"automate.0"_s << QJsonValue(u"x"_s) << u"is not an object"_s;
    QTest::newRow("unknown kind") << u"stages.0.checks.0.kind"_s << QJsonValue(u"magic"_s) << u"kind"_s;
    QTest::newRow("stage zero in the sprint") << u"sprint.0.stage"_s << QJsonValue(QJsonArray{0}) << u"from 1 to 7"_s;
    QTest::newRow("stage eight in the sprint") << u"sprint.0.stage"_s << QJsonValue(QJsonArray{8}) << u"from 1 to 7"_s;
    QTest::newRow("half a stage") << u"sprint.0.stage"_s << QJsonValue(QJsonArray{1.5}) << u"whole numbers"_s;
    QTest::newRow("stages out of order") << u"stages.3.number"_s << QJsonValue(5) << u"must be 4"_s;
    QTest::newRow("fraction for a limit")
        << u"stages.1.checks.2.threshold.malicious_requests_min"_s << QJsonValue(5.5) << u"whole number"_s;
}

void TestRoadmap::refuses()
{
    QFETCH(QString, path);
    QFETCH(QJsonValue, value);
    QFETCH(QString, says);
    QVERIFY(parse(source()));

    const QJsonValue broken = changed(source(), path.split(u'.'), [&](const QJsonValue &) { return value; });
    const auto result = parse(broken.toObject());
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::BadInput);
    QVERIFY2(result.error().message.contains(says), qPrintable(result.error().message));
}

void TestRoadmap::refusesWhatIsNotJson()
{
    QVERIFY(!parseRoadmap("{", {}));
    QVERIFY(!parseRoadmap("[]", {}));

    QJsonObject document = source();
    QJsonArray stages = document["stages"_L1].toArray();
    stages.removeLast();
    document["stages"_L1] = stages;
    const auto six = parse(document);
    QVERIFY(!six);
    QVERIFY2(six.error().message.contains(u"1 to 7"_s), qPrintable(six.error().message));
}

QTEST_GUILESS_MAIN(TestRoadmap)
#include "tst_roadmap.moc"
