// Which ids are put where in a request to another customer's records, and which are made up: without a network.
#include "checks/access/crossings.h"
#include "checks/access/nodequestion.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

FoundId idAt(const QString &where, const QString &value)
{
    return {value, IdKind::Integer, IdPlace::Body, where, {}};
}

} // namespace

class TestCrossingIds : public QObject
{
    Q_OBJECT

private slots:
    void putsIdsIn_data();
    void putsIdsIn();
    void tellsTenantsApart_data();
    void tellsTenantsApart();
    void namesHeaders_data();
    void namesHeaders();
    void inventsIds_data();
    void inventsIds();
    void asksForNodes_data();
    void asksForNodes();
};

void TestCrossingIds::putsIdsIn_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("ownId");
    QTest::addColumn<QByteArray>("expected"); // empty: no place
    QTest::newRow("number") << QByteArray(R"({"id":1})") << QString() << QByteArray(R"({"id":42})");
    QTest::newRow("text") << QByteArray(R"({"id":"a"})") << QString() << QByteArray(R"({"id":"42"})");
    QTest::newRow("named") << QByteArray(R"({"noteId":1})") << QString() << QByteArray(R"({"noteId":42})");
    QTest::newRow("of something else") << QByteArray(R"({"customerId":1})") << QString() << QByteArray();
    QTest::newRow("list, own first") << QByteArray(R"({"ids":[1,2]})") << u"7"_s << QByteArray(R"({"ids":[7,42]})");
    QTest::newRow("list alone") << QByteArray(R"({"ids":["a"]})") << QString() << QByteArray(R"({"ids":["42"]})");
    QTest::newRow("deep") << QByteArray(R"({"q":"x","variables":{"id":"z"}})") << QString()
                          << QByteArray(R"({"q":"x","variables":{"id":"42"}})");
    QTest::newRow("tenant") << QByteArray(R"({"tenant_id":2,"title":"x"})") << QString()
                            << QByteArray(R"({"tenant_id":1,"title":"x"})");
    QTest::newRow("no place") << QByteArray(R"({"title":"x"})") << QString() << QByteArray();
    QTest::newRow("no id by its name") << QByteArray(R"({"csrf_id":1,"valid":2})") << QString() << QByteArray();
    QTest::newRow("no JSON") << QByteArray("id=1") << QString() << QByteArray();
    QTest::newRow("a list") << QByteArray(R"([{"id":1}])") << QString() << QByteArray();
}

void TestCrossingIds::putsIdsIn()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, ownId);
    QFETCH(QByteArray, expected);
    const auto changed = bodyWithIds(body, {u"note"_s, u"42"_s, ownId, {{u"tenant_id"_s, u"1"_s, u"2"_s}}});
    QCOMPARE(changed.value_or(QByteArray()), expected);
    QVERIFY(expected.isEmpty() || asksForIds(body));
}

void TestCrossingIds::tellsTenantsApart_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QStringList>("owners");
    QTest::addColumn<QStringList>("outsiders");
    QTest::addColumn<bool>("isSwitch");
    const QStringList one{u"1"_s};
    const QStringList two{u"2"_s};
    QTest::newRow("tenant") << u"tenant_id"_s << one << two << true;
    QTest::newRow("organisation") << u"organizationId"_s << one << two << true;
    QTest::newRow("workspace") << u"workspace_id"_s << one << two << true;
    QTest::newRow("the same for both") << u"tenant_id"_s << one << one << false;
    QTest::newRow("several") << u"tenant_id"_s << QStringList{u"1"_s, u"3"_s} << two << false;
    QTest::newRow("one of them has none") << u"tenant_id"_s << one << QStringList() << false;
    QTest::newRow("no tenant") << u"customer_id"_s << one << two << false;
}

void TestCrossingIds::tellsTenantsApart()
{
    QFETCH(QString, field);
    QFETCH(QStringList, owners);
    QFETCH(QStringList, outsiders);
    QFETCH(bool, isSwitch);
    const auto idsOf = [&](const QStringList &values) {
        std::vector<FoundId> ids;
        for (const QString &value : values)
            ids.push_back(idAt(u"/items/*/"_s + field, value));
        return ids;
    };
    const auto switches = tenantSwitches(idsOf(owners), idsOf(outsiders));
    QCOMPARE(!switches.empty(), isSwitch);
    if (isSwitch)
        QCOMPARE(switches.front(), (TenantSwitch{field, u"1"_s, u"2"_s}));
}

void TestCrossingIds::namesHeaders_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("snake") << u"tenant_id"_s << QByteArray("X-Tenant-Id");
    QTest::newRow("camel") << u"workspaceId"_s << QByteArray("X-Workspace-Id");
    QTest::newRow("one word") << u"tenant"_s << QByteArray("X-Tenant");
}

void TestCrossingIds::namesHeaders()
{
    QFETCH(QString, field);
    QTEST(headerNameOf({field, {}, {}}), "expected");
}

void TestCrossingIds::inventsIds_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<bool>("canInvent");
    QTest::newRow("number") << u"17"_s << true;
    QTest::newRow("random UUID") << u"3b241101-e2bb-4255-8caf-4136c566a962"_s << true;
    QTest::newRow("encoded") << u"SW52b2ljZToxNw=="_s << true;
    QTest::newRow("slug") << u"lantern-hotel-renewal"_s << true;
    QTest::newRow("word and number") << u"INV-0042"_s << false;
    QTest::newRow("none") << u"x y"_s << false;
}

void TestCrossingIds::inventsIds()
{
    QFETCH(QString, id);
    QFETCH(bool, canInvent);
    const QString invented = inventedIdLike(id);
    QCOMPARE(!invented.isEmpty(), canInvent);
    QVERIFY(invented != id);
    if (canInvent)
        QCOMPARE(idKindOf(invented), idKindOf(id));
}

void TestCrossingIds::asksForNodes_data()
{
    QTest::addColumn<QByteArray>("known"); // the body of the one known question
    QTest::addColumn<QString>("id");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("expected"); // the query; empty: none
    const QByteArray list = R"({"query":"{ invoices { id memo } }"})";
    const QString id = u"SW52b2ljZToxNw=="_s;
    const QString node = u"query LaunchCockpitNode($id: ID!) { node(id: $id) { ... on Invoice { id memo } } }"_s;
    const QByteArray shown = R"({"data":{"invoices":[{"id":"x"},{"id":"SW52b2ljZToxNw==","memo":"Oak","cents":4}]}})";
    QTest::newRow("of a list") << list << id << shown << node;
    QTest::newRow("gid") << list << u"gid://shop/Invoice/17"_s
                         << QByteArray(
                                R"({"data":{"x":{"id":"gid://shop/Invoice/17","__typename":"Invoice","memo":"Oak"}}})")
                         << node;
    QTest::newRow("asked for already") << QByteArray(R"({"query":"query($id: ID!) { node(id: $id) { id } }"})") << id
                                       << shown << QString();
    QTest::newRow("an id that names no type")
        << list << u"17"_s << QByteArray(R"({"a":{"id":"17","memo":"Oak"}})") << QString();
    QTest::newRow("no text") << list << id << QByteArray(R"({"a":{"id":"SW52b2ljZToxNw==","cents":4}})") << QString();
    QTest::newRow("not in the answer") << list << id << QByteArray(R"({"a":{"id":"SW52b2ljZTo5OQ==","memo":"Oak"}})")
                                       << QString();
    QTest::newRow("a name that breaks out")
        << list << id << QByteArray(R"({"id":"SW52b2ljZToxNw==","a } b":"Oak"})") << QString();
    QTest::newRow("garbage") << list << id << QByteArray("<html>") << QString();
}

void TestCrossingIds::asksForNodes()
{
    QFETCH(QByteArray, known);
    QFETCH(QString, id);
    QFETCH(QByteArray, answer);
    QFETCH(QString, expected);
    HttpResponse seen;
    seen.body = answer;
    QString query;
    for (const RouteSample &place :
         placesWithoutNode({{u"POST"_s, u"/graphql"_s, {}, "application/json", known, {}}})) {
        const auto sample = nodeQuestion(place, {id, IdKind::Encoded, IdPlace::Body, u"/id"_s, u"invoice"_s}, {{seen}});
        if (sample)
            query = QJsonDocument::fromJson(sample->body).object()["query"_L1].toString();
    }
    QCOMPARE(query, expected);
}

QTEST_GUILESS_MAIN(TestCrossingIds)
#include "tst_crossingids.moc"
