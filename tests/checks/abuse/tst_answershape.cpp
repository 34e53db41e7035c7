#include "checks/abuse/answerexposure.h"
#include "checks/abuse/answershape.h"
#include "checks/abuse/textformats.h"
#include "models/routes/apischema.h"
#include "tests/jsonschema.h"

#include <QJsonArray>
#include <QTest>

#include <ctime>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

QJsonObject parsed(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

// "/price:type", in the order in which they were found.
QStringList shortForm(const ShapeComparison &shape)
{
    static const QStringList words{u"missing"_s, u"null"_s,  u"type"_s,      u"format"_s,
                                   u"word"_s,    u"extra"_s, u"no_choice"_s, u"write_only"_s};
    QStringList lines;
    for (const ShapeDifference &one : shape.differences)
        lines.append(one.pointer + u':' + words.at(static_cast<int>(one.fault)));
    return lines;
}

QJsonObject deepChoices(int depth)
{
    if (depth == 0)
        return {{u"type"_s, u"string"_s}};
    const QJsonObject object{{u"type"_s, u"object"_s},
                             {u"properties"_s, QJsonObject{{u"a"_s, deepChoices(depth - 1)}}},
                             {u"required"_s, QJsonArray{u"a"_s, u"b"_s}}};
    return {{u"anyOf"_s, QJsonArray{object, object, object, object, object, object, object, object}}};
}

QJsonValue deepValue(int depth)
{
    return depth == 0 ? QJsonValue(1) : QJsonObject{{u"a"_s, deepValue(depth - 1)}, {u"b"_s, 1}};
}

} // namespace

class AnswerShapeTest : public QObject
{
    Q_OBJECT

private slots:
    void compares_data();
    void compares();
    void saysBothShapesAndNoValue();
    void agreesWithValijson_data();
    void agreesWithValijson();
    void comesToAnEnd();
    void knowsFormats_data();
    void knowsFormats();
    void knowsWhatIsExposed_data();
    void knowsWhatIsExposed();
};

void AnswerShapeTest::compares_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *name, const QByteArray &schema, const QByteArray &value, const QStringList &said) {
        QTest::newRow(name) << schema << value << said;
    };
    const QByteArray item = R"({"type":"object","required":["id","name"],
        "properties":{"id":{"type":"integer"},"name":{"type":"string"},"price":{"type":"number"}}})";
    row("as described", item, R"({"id":1,"name":"a","price":2.5})", {});
    row("a whole number is a number", item, R"({"id":1,"name":"a","price":2})", {});
    row("a whole number with a point", item, R"({"id":1.0,"name":"a"})", {});
    row("a broken number is no whole one", item, R"({"id":1.5,"name":"a"})", {u"/id:type"_s});
    row("a text for a number", item, R"({"id":"1","name":"a"})", {u"/id:type"_s});
    row("required and not there", item, R"({"id":1})", {u"/name:missing"_s});
    row("null", item, R"({"id":1,"name":null})", {u"/name:null"_s});
    row("two faults", item, R"({"id":true})", {u"/name:missing"_s, u"/id:type"_s});
    row("more than is named", item, R"({"id":1,"name":"a","more":1})", {});
    row("more than is allowed", R"({"properties":{"id":{}},"additionalProperties":false})", R"({"id":1,"more":1})",
        {u"/more:extra"_s});
    row("a key that is a value", R"({"properties":{"id":{}},"additionalProperties":false})",
        R"({"ann@acme.example":1})", {u"/…:extra"_s});
    row("lists", R"({"type":"array","items":{"properties":{"n":{"type":"integer"}}}})",
        R"([{"n":1},{"n":"x"},{"n":"y"}])", {u"/*/n:type"_s});
    row("an object for a list", R"({"type":"array","items":{}})", R"({"a":1})", {u":type"_s});
    row("a slash in a name", R"({"properties":{"a/b~c":{"type":"string"}}})", R"({"a/b~c":1})", {u"/a~1b~0c:type"_s});
    row("nullable", R"({"properties":{"a":{"type":"string","nullable":true}}})", R"({"a":null})", {});
    row("null among the types", R"({"properties":{"a":{"type":["string","null"]}}})", R"({"a":null})", {});
    row("null in anyOf", R"({"properties":{"a":{"anyOf":[{"type":"string"},{"type":"null"}]}}})", R"({"a":null})", {});
    row("one of the words", R"({"enum":["a","b"]})", R"("b")", {});
    row("none of the words", R"({"properties":{"s":{"type":"string","enum":["a","b"]}}})", R"({"s":"c"})",
        {u"/s:word"_s});
    row("format", R"({"properties":{"d":{"type":"string","format":"date"}}})", R"({"d":"1.2.2030"})", {u"/d:format"_s});
    row("none of the choices", R"({"oneOf":[{"type":"string"},{"type":"object","required":["a"]}]})", R"({"b":1})",
        {u":no_choice"_s});
    row("two of the choices", R"({"oneOf":[{"type":"string"},{"maxLength":3}]})", R"("abc")", {});
    row("the only choice", R"({"anyOf":[{"type":"object","required":["a"]}]})", R"({"b":1})", {u"/a:missing"_s});
    row("only written, and not shown", R"({"required":["pw"],"properties":{"pw":{"type":"string","writeOnly":true}}})",
        "{}", {});
    row("only written, and shown", R"({"properties":{"pw":{"type":"string","writeOnly":true}}})", R"({"pw":"x"})",
        {u"/pw:write_only"_s});
    row("anything", "{}", R"({"a":[1,null,{"b":2}]})", {});
}

void AnswerShapeTest::compares()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, value);
    const QJsonValue json = QJsonDocument::fromJson('[' + value + ']').array().at(0);
    const ShapeComparison shape = compareShape(json, parsed(schema));
    QVERIFY(!shape.isCut);
    QTEST(shortForm(shape), "expected");
}

void AnswerShapeTest::saysBothShapesAndNoValue()
{
    const QJsonObject schema =
        parsed(R"({"properties":{"price":{"type":"number"},"s":{"enum":["open","paid"]},"d":{"format":"date"}}})");
    const ShapeComparison shape = compareShape(parsed(R"({"price":"Ann Miller","s":"Zoe","d":"Main St 4"})"), schema);
    QStringList said;
    for (const ShapeDifference &one : shape.differences)
        said.append(describe(one));
    QCOMPARE(said.join(u'\n'), u"/d: a text of another form where the description says a text of the format date\n"
                               "/price: a text where the description says a number\n"
                               "/s: another value where the description says one of: open, paid"_s);
}

// The library of the tests reads the same schemas, where both know them: the verdicts are one.
void AnswerShapeTest::agreesWithValijson_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("value");
    const QByteArrayList schemas{
        R"({"type":"object","required":["a"],"properties":{"a":{"type":"integer"},"b":{"type":["string","null"]}}})",
        R"({"type":"object","properties":{"a":{"type":"number"}},"additionalProperties":false})",
        R"({"type":"array","items":{"type":"object","required":["a"]}})",
        R"({"anyOf":[{"type":"object","required":["b"]},{"type":"array"}]})",
        R"({"type":"object","properties":{"a":{"enum":[1,"x",null]}}})"};
    const QByteArrayList values{
        R"({"a":1})",       R"({"a":1.5})",         R"({"a":"x"})", R"({"a":null})",      R"({"b":null})",
        R"({"a":1,"b":2})", R"([{"a":1},{"b":2}])", "[]",           R"({"a":1,"b":"t"})", "{}"};
    for (qsizetype s = 0; s < schemas.size(); ++s) {
        for (qsizetype v = 0; v < values.size(); ++v)
            QTest::addRow("schema %lld, value %lld", s, v) << schemas.at(s) << values.at(v);
    }
}

void AnswerShapeTest::agreesWithValijson()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, value);
    const QJsonDocument document = QJsonDocument::fromJson(value);
    const QJsonValue json = document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    const ShapeComparison shape = compareShape(json, parsed(schema));
    QCOMPARE(shape.differences.empty(), schemaProblems(json, parsed(schema)).isEmpty());
}

// A schema or an answer of a hostile product: circles, choices within choices, a thousand faults.
void AnswerShapeTest::comesToAnEnd()
{
    const std::clock_t began = std::clock(); // of the processor: others load the machine
    const QJsonObject document = parsed(R"({"components":{"schemas":{
        "Node":{"type":"object","required":["name"],"properties":{"name":{"type":"string"},
            "next":{"$ref":"#/components/schemas/Node"},
            "all":{"type":"array","items":{"$ref":"#/components/schemas/Node"}}}},
        "Loop":{"$ref":"#/components/schemas/Loop"}}}})");
    const QJsonObject node = resolvedSchema(parsed(R"({"$ref":"#/components/schemas/Node"})"), document);
    QCOMPARE(shortForm(compareShape(parsed(R"({"name":1,"next":{"name":2}})"), node)), QStringList{u"/name:type"_s});
    const QJsonObject loop = resolvedSchema(parsed(R"({"$ref":"#/components/schemas/Loop"})"), document);
    QVERIFY(compareShape(parsed(R"({"a":1})"), loop).differences.empty());
    const ShapeComparison cut = compareShape(deepValue(9), deepChoices(9));
    QVERIFY(cut.isCut);
    QJsonArray required;
    QJsonObject members;
    for (int i = 0; i < 5000; ++i) {
        required.append(u"needed%1"_s.arg(i));
        members.insert(u"extra%1"_s.arg(i), u"x"_s);
    }
    const ShapeComparison many =
        compareShape(members, {{u"required"_s, required}, {u"properties"_s, QJsonObject{{u"a"_s, QJsonObject()}}}});
    QCOMPARE(many.differences.size(), kMostShapeDifferences);
    QCOMPARE(many.unnamed.size(), kMostUnnamedMembers);
    const auto seconds = (std::clock() - began) / CLOCKS_PER_SEC;
    QVERIFY2(seconds < 10, qPrintable(QString::number(seconds)));
}

void AnswerShapeTest::knowsFormats_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char *format, const char *text, bool expected) {
        QTest::addRow("%s: %s", format, text) << QString::fromLatin1(format) << QString::fromLatin1(text) << expected;
    };
    row("date-time", "2030-01-31T09:30:00Z", true);
    row("date-time", "2030-01-31t09:30:00.123+02:00", true);
    row("date-time", "2030-01-31T09:30:00", false);
    row("date-time", "2030-02-31T09:30:00Z", false);
    row("date-time", "2030-01-31", false);
    row("date", "2030-01-31", true);
    row("date", "2030-13-01", false);
    row("date", "31.01.2030", false);
    row("email", "ann@acme.example", true);
    row("email", "ann", false);
    row("uuid", "00000000-0000-4000-8000-000000000000", true);
    row("uuid", "17", false);
    row("uri", "https://acme.example/a", true);
    row("uri", "/a", false);
    row("ipv4", "192.0.2.1", true);
    row("ipv4", "2001:db8::1", false);
    row("ipv4", "192.0.2.0/24", false);
    row("ipv6", "2001:db8::1", true);
    row("ipv6", "192.0.2.1", false);
    row("byte", "anything", true);
    row("", "anything", true);
}

void AnswerShapeTest::knowsFormats()
{
    QFETCH(QString, format);
    QFETCH(QString, text);
    QTEST(hasTextFormat(text, format), "expected");
}

void AnswerShapeTest::knowsWhatIsExposed_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("expected"); // kind and proof; empty: nothing
    const auto row = [](const char *name, const QJsonValue &value, const QString &expected) {
        QTest::addRow("%s: %s", name, qPrintable(value.toVariant().toString().left(12)))
            << QString::fromLatin1(name) << value << expected;
    };
    const QString hash = u"$2b$12$abcdefghijklmnopqrstuv"_s;
    row("password_hash", hash, u"secret strong"_s);
    row("passwordHash", u"5f4dcc3b5aa765d61d8327deb882cf99"_s, u"secret strong"_s);
    row("reset_token", u"q8Zk3mVt0pLr7uYx2s"_s, u"secret strong"_s);
    row("totp_secret", u"JBSWY3DPEHPK3PXP"_s, u"secret strong"_s);
    row("password", u"hunter"_s, u"secret lead"_s);
    row("backup_codes", QJsonArray{u"a"_s}, u"secret lead"_s);
    row("password", QJsonValue(), {});
    row("password", u""_s, {});
    row("password", u"********"_s, {});
    row("api_key", u"sk-****1234"_s, {});
    row("password_hash", u"<redacted>"_s, {});
    row("has_password", true, {});
    row("password_set", true, {});
    row("next_page_token", u"q8Zk3mVt0pLr7uYx2s"_s, {});
    row("csrf_token", u"q8Zk3mVt0pLr7uYx2s"_s, {});
    row("tokens_used", 17, {});
    row("internal_notes", u"pays late"_s, u"internal lead"_s);
    row("cost_price", 12, u"internal lead"_s);
    row("__v", 3, u"internal lead"_s);
    row("v", 3, {});
    row("is_deleted", false, {});
    row("title", u"anything"_s, {});
    row("created_at", u"2030-01-01T00:00:00Z"_s, {});
    row("author", u"Ann"_s, {});
}

void AnswerShapeTest::knowsWhatIsExposed()
{
    QFETCH(QString, name);
    QFETCH(QJsonValue, value);
    QString told;
    if (const auto exposed = exposedMember({u"/x"_s, name, value}))
        told = (exposed->kind == ExposedKind::Secret ? u"secret "_s : u"internal "_s) + toWord(exposed->proof);
    QTEST(told, "expected");
}

QTEST_GUILESS_MAIN(AnswerShapeTest)
#include "tst_answershape.moc"
