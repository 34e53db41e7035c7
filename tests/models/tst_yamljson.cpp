// YAML as JSON, and what is refused of it.
#include "models/routes/yamljson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestYamlJson : public QObject
{
    Q_OBJECT

private slots:
    void readsYaml_data();
    void readsYaml();
    void boundsYaml_data();
    void boundsYaml();
};

void TestYamlJson::readsYaml_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("scalars") << QByteArray("a: 1\nb: true\nc: ~\nd: \"true\"\ne: null\nf:\n")
                             << QByteArray(R"({"a":"1","b":true,"c":null,"d":"true","e":null,"f":null})");
    QTest::newRow("lists") << QByteArray("- a\n- [b, {c: d}]\n") << QByteArray(R"(["a",["b",{"c":"d"}]])");
    QTest::newRow("alias") << QByteArray("a: &x {b: c}\nd: *x\n") << QByteArray(R"({"a":{"b":"c"},"d":{"b":"c"}})");
    QTest::newRow("a key twice: the last counts") << QByteArray("a: 1\na: 2\n") << QByteArray(R"({"a":"2"})");
    QTest::newRow("only the first document") << QByteArray("a: 1\n---\nb: 2\n") << QByteArray(R"({"a":"1"})");
}

void TestYamlJson::readsYaml()
{
    QFETCH(QByteArray, yaml);
    const auto read = yamlToJson(yaml);
    QVERIFY2(read, read ? "" : qPrintable(read.error().message));
    const QJsonDocument document = read->isArray() ? QJsonDocument(read->toArray()) : QJsonDocument(read->toObject());
    QTEST(document.toJson(QJsonDocument::Compact), "expected");
}

void TestYamlJson::boundsYaml_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QByteArray bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
    for (int i = 1; i < 12; ++i) {
        const QByteArray before = "*a" + QByteArray::number(i - 1);
        const QByteArray name = 'a' + QByteArray::number(i);
        bomb += name + ": &" + name + " [" + QByteArrayList(10, before).join(',') + "]\n";
    }
    QTest::newRow("aliases of aliases") << bomb;
    QTest::newRow("aliases of a long text")
        << "a: &x \"" + QByteArray(1024 * 1024, 'x') + "\"\nb: [" + QByteArrayList(40, "*x").join(',') + "]\n";
    QTest::newRow("an alias of itself") << QByteArray("a: &x [*x]\n");
    QTest::newRow("65 deep") << QByteArray(65, '[') + QByteArray(65, ']');
    QTest::newRow("endlessly deep") << QByteArray(100000, '[');
    QTest::newRow("too long") << "a: " + QByteArray(kLongestYaml, 'x');
}

void TestYamlJson::boundsYaml()
{
    QFETCH(QByteArray, yaml);
    const auto read = yamlToJson(yaml);
    QVERIFY(!read);
    QVERIFY(!read.error().message.isEmpty());
    QVERIFY(yamlToJson(QByteArray(63, '[') + QByteArray(63, ']'))); // the other side
    QVERIFY(yamlToJson("a: &x \"" + QByteArray(1024 * 1024, 'x') + "\"\nb: [*x,*x]\n"));
}

QTEST_GUILESS_MAIN(TestYamlJson)
#include "tst_yamljson.moc"
