// The list of services: as its schema says, and each entry does what its own examples say.
#include "checks/dns/takeoverservices.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <valijson/adapters/qtjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

QJsonObject jsonIn(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

QString problemsOf(const QJsonValue &value, const QJsonValue &schemaJson)
{
    valijson::Schema schema;
    valijson::SchemaParser().populateSchema(valijson::adapters::QtJsonAdapter(schemaJson), schema);
    valijson::ValidationResults errors;
    valijson::Validator().validate(schema, valijson::adapters::QtJsonAdapter(value), &errors);
    QString problems;
    for (const auto &error : errors) {
        for (const auto &part : error.context)
            problems += QString::fromStdString(part);
        problems += u": "_s + QString::fromStdString(error.description) + u'\n';
    }
    return problems;
}

// Does this entry take the example for a site that is gone? As the check decides: by the suffix and by the sign.
bool isRecognised(const TakeoverService &service, const QJsonObject &example)
{
    const TakeoverService *found = takeoverServiceOf({example["target"_L1].toString()}, service.kind);
    if (!found || found->id != service.id)
        return false;
    if (service.kind == TakeoverKind::Dns)
        return true; // its sign is the refusal of the zone
    if (example["nxdomain"_L1].toBool())
        return service.missingNameIsSign;
    return saysNoSuchSite(service, example["status"_L1].toInt(), example["body"_L1].toString().toUtf8());
}

const QByteArray kGood = R"({"id": "a", "name": "A", "kind": "web", "suffixes": ["a.example"], "texts": ["gone away"],
    "claim": "yes", "note": "n", "positive": [], "negative": []})";

} // namespace

class TestTakeoverServices : public QObject
{
    Q_OBJECT

private slots:
    void theFileIsAsItsSchemaSays();
    void examples_data();
    void examples();
    void refusesBadEntries_data();
    void refusesBadEntries();
    void aTextAloneIsNoSign();
    void aPageThatIsThereIsNoSign_data();
    void aPageThatIsThereIsNoSign();
    void knowsTheLastNameFirst();
    void readsApostrophes();
};

void TestTakeoverServices::theFileIsAsItsSchemaSays()
{
    const QJsonObject schema = jsonIn(u":/schemas/takeover-services.schema.json"_s);
    const QJsonObject file = jsonIn(u":/rules/takeover-services.json"_s);
    QVERIFY(!schema.isEmpty());
    QCOMPARE(problemsOf(file, schema), QString());
    QVERIFY(knownTakeoverServices().size() >= 50);
    QJsonObject broken = file;
    broken.insert(u"services"_s, QJsonArray{QJsonObject{{u"id"_s, u"only"_s}}});
    QVERIFY(!problemsOf(broken, schema).isEmpty());
}

void TestTakeoverServices::examples_data()
{
    QTest::addColumn<int>("service");
    QTest::addColumn<QJsonObject>("example");
    QTest::addColumn<bool>("recognised");
    const QJsonArray entries = jsonIn(u":/rules/takeover-services.json"_s)["services"_L1].toArray();
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const QByteArray id = entries[i]["id"_L1].toString().toLatin1();
        int number = 0;
        for (const QJsonValue example : entries[i]["positive"_L1].toArray())
            QTest::addRow("%s, yes %d", id.constData(), ++number) << int(i) << example.toObject() << true;
        number = 0;
        for (const QJsonValue example : entries[i]["negative"_L1].toArray())
            QTest::addRow("%s, no %d", id.constData(), ++number) << int(i) << example.toObject() << false;
    }
}

void TestTakeoverServices::examples()
{
    QFETCH(int, service);
    QFETCH(QJsonObject, example);
    QVERIFY(size_t(service) < knownTakeoverServices().size());
    QTEST(isRecognised(knownTakeoverServices()[size_t(service)], example), "recognised");
}

void TestTakeoverServices::refusesBadEntries_data()
{
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char *name, const QByteArray &entries) {
        QTest::newRow(name) << "{\"schema\": 1, \"services\": [" + entries + "]}";
    };
    const auto changed = [](const QByteArray &from, const QByteArray &to) {
        return QByteArray(kGood).replace(from, to);
    };
    QTest::newRow("not json") << QByteArray("{");
    QTest::newRow("another schema") << QByteArray(R"({"schema": 2, "services": []})");
    row("twice", kGood + "," + kGood);
    row("unknown kind", changed("web", "mail"));
    row("unknown claim", changed("yes", "maybe"));
    row("no suffix", changed(R"(["a.example"])", "[]"));
    row("no sign", changed(R"("texts": ["gone away"],)", ""));
    row("a name server with a text", changed("web", "dns"));
    row("no note", changed(R"("note": "n",)", ""));
    row("no examples", changed(R"("positive": [],)", ""));
    row("unknown member", changed("\"name\"", "\"nick\": \"x\", \"name\""));
}

void TestTakeoverServices::refusesBadEntries()
{
    QFETCH(QByteArray, json);
    QVERIFY(parseTakeoverServices("{\"schema\": 1, \"services\": [" + kGood + "]}"));
    const auto services = parseTakeoverServices(json);
    QVERIFY(!services);
    QVERIFY(!services.error().message.isEmpty());
}

void TestTakeoverServices::aTextAloneIsNoSign()
{
    QVERIFY(!takeoverServiceOf({u"blog.acme.example"_s}, TakeoverKind::Web));
    QVERIFY(!takeoverServiceOf({u"notgithub.io"_s}, TakeoverKind::Web));
    QVERIFY(takeoverServiceOf({u"acme.github.io"_s}, TakeoverKind::Web));
    QVERIFY(!takeoverServiceOf({u"acme.github.io"_s}, TakeoverKind::Dns));
}

void TestTakeoverServices::aPageThatIsThereIsNoSign_data()
{
    QTest::addColumn<QByteArray>("statuses");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("says");
    const auto row = [](const char *name, const QByteArray &statuses, int status, bool says) {
        QTest::newRow(name) << statuses << status << says;
    };
    row("none listed, an error", "", 404, true);
    row("none listed, the first error", "", 400, true);
    row("none listed, a redirect", "", 399, false);
    row("none listed, a page", "", 200, false);
    row("a page listed", R"("statuses": [200],)", 200, true);
    row("a page listed, an error", R"("statuses": [200],)", 404, false);
}

void TestTakeoverServices::aPageThatIsThereIsNoSign()
{
    QFETCH(QByteArray, statuses);
    QFETCH(int, status);
    const auto services = parseTakeoverServices("{\"schema\": 1, \"services\": [" +
                                                QByteArray(kGood).replace("\"claim\"", statuses + "\"claim\"") + "]}");
    QVERIFY(services);
    QTEST(saysNoSuchSite(services->front(), status, "It is gone away."), "says");
}

void TestTakeoverServices::knowsTheLastNameFirst()
{
    const TakeoverService *service = takeoverServiceOf({u"acme.github.io"_s, u"acme.surge.sh"_s}, TakeoverKind::Web);
    QCOMPARE(service->id, u"surge"_s);
}

void TestTakeoverServices::readsApostrophes()
{
    const TakeoverService *github = takeoverServiceOf({u"acme.github.io"_s}, TakeoverKind::Web);
    for (const QByteArray form : {"'", "&#39;", "&rsquo;", "\xe2\x80\x99"})
        QVERIFY2(saysNoSuchSite(*github, 404, "There isn" + form + "t a GitHub Pages site here."), form.constData());
    QVERIFY(!saysNoSuchSite(*github, 200, "There isn't a GitHub Pages site here."));
}

QTEST_GUILESS_MAIN(TestTakeoverServices)
#include "tst_takeoverservices.moc"
