// Members of an answer that its description does not name, also where it gives a choice of descriptions.
#include "checks/abuse/answershape.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class UnnamedMembersTest : public QObject
{
    Q_OBJECT

private slots:
    void namesWhatNoChoiceNames_data();
    void namesWhatNoChoiceNames();
};

void UnnamedMembersTest::namesWhatNoChoiceNames_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QStringList>("expected"); // pointers
    const auto row = [](const char *name, const QByteArray &schema, const QByteArray &value, const QStringList &said) {
        QTest::newRow(name) << schema << value << said;
    };
    const QByteArray users = R"([{"required":["id"],"properties":{"id":{"type":"integer"}}},
        {"required":["id"],"properties":{"id":{"type":"integer"},"apiKey":{"type":"string"}}}])";
    const QByteArray any = R"({"anyOf":)" + users + '}';
    row("one object", R"({"properties":{"id":{}}})", R"({"id":1,"apiKey":"x"})", {u"/apiKey"_s});
    row("the second choice names it", any, R"({"id":1,"apiKey":"x"})", {});
    row("the second of oneOf names it", R"({"oneOf":)" + users + '}', R"({"id":1,"apiKey":"x"})", {});
    row("no choice names it", any, R"({"id":1,"apiKey":"x","hash":"y"})", {u"/hash"_s});
    row("named by a choice that does not fit", any, R"({"id":1,"apiKey":7})", {u"/apiKey"_s});
    row("in a list", R"({"type":"array","items":)" + any + '}', R"([{"id":1},{"id":2,"apiKey":"x","hash":"y"}])",
        {u"/*/hash"_s});
    row("choices in a choice", R"({"anyOf":[)" + any + R"(,{"type":"null"}]})", R"({"id":1,"apiKey":"x","hash":"y"})",
        {u"/hash"_s});
    row("named beside the choices", R"({"properties":{"hash":{}},"anyOf":)" + users + '}',
        R"({"id":1,"hash":"y","more":1})", {u"/more"_s});
    row("beside the only choice", R"({"properties":{"hash":{}},"anyOf":[{"properties":{"id":{}}}]})",
        R"({"id":1,"hash":"y","more":1})", {u"/more"_s});
    row("either kind of choices",
        R"({"oneOf":)" + users + R"(,"anyOf":[{"properties":{"hash":{}}},{"required":["z"]}]})",
        R"({"id":1,"hash":"y","more":1})", {u"/more"_s});
}

void UnnamedMembersTest::namesWhatNoChoiceNames()
{
    QFETCH(QByteArray, schema);
    QFETCH(QByteArray, value);
    const QJsonValue json = QJsonDocument::fromJson('[' + value + ']').array().at(0);
    const ShapeComparison shape = compareShape(json, QJsonDocument::fromJson(schema).object());
    QVERIFY(!shape.isCut && shape.differences.empty());
    QStringList unnamed;
    for (const UnnamedMember &one : shape.unnamed)
        unnamed.append(one.pointer);
    QTEST(unnamed, "expected");
}

QTEST_GUILESS_MAIN(UnnamedMembersTest)
#include "tst_unnamedmembers.moc"
