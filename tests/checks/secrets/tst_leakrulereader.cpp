// What the loader of rules for secrets takes, and that it takes nothing else.
#include "checks/secrets/leakrule.h"
#include "tests/jsonschema.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

QJsonObject usableRule()
{
    return {{u"id"_s, u"sample"_s},
            {u"name"_s, u"Sample key"_s},
            {u"service"_s, u"Sample"_s},
            {u"kind"_s, u"secret"_s},
            {u"severity"_s, u"high"_s},
            {u"keywords"_s, QJsonArray{u"smp_"_s}},
            {u"pattern"_s, u"smp_[a-z]{8}"_s},
            {u"near"_s, u"sample"_s},
            {u"caseless"_s, true},
            {u"refusesWords"_s, true},
            {u"runsOn"_s, true},
            {u"chosen"_s, true},
            {u"minEntropy"_s, 2.5},
            {u"opens"_s, QJsonArray{u"money"_s, u"domain"_s}},
            {u"rotate"_s, u"https://sample.example/keys"_s},
            {u"matching"_s, QJsonArray{u"smp_{lower:8}"_s}},
            {u"passing"_s, QJsonArray{u"smp_{lower:4}"_s}}};
}

QByteArray fileOf(const QJsonArray &array)
{
    return QJsonDocument(QJsonObject{{u"rules"_s, array}}).toJson();
}

} // namespace

class LeakRuleReaderTest : public QObject
{
    Q_OBJECT

private slots:
    void areAsTheirSchemaSays()
    {
        const QDir folder(u":/rules/secrets"_s);
        const QStringList names = folder.entryList({u"*.json"_s});
        QVERIFY(!names.isEmpty());
        for (const QString &name : names) {
            const QString problems = schemaProblems(folder.filePath(name), u":/schemas/secret-rules.schema.json"_s);
            QVERIFY2(problems.isEmpty(), qPrintable(name + u": "_s + problems));
        }
        QJsonObject wrong = usableRule();
        wrong.insert(u"colour"_s, u"red"_s);
        const QJsonObject schema = jsonIn(u":/schemas/secret-rules.schema.json"_s);
        QVERIFY(schemaProblems(QJsonObject{{u"rules"_s, QJsonArray{usableRule()}}}, schema).isEmpty());
        QVERIFY(!schemaProblems(QJsonObject{{u"rules"_s, QJsonArray{wrong}}}, schema).isEmpty());
    }

    void readsEveryMember()
    {
        const auto parsed = parseLeakRules(fileOf({usableRule()}));
        QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error().message));
        const LeakRule &rule = parsed->front();
        QCOMPARE(rule.id, u"sample"_s);
        QCOMPARE(rule.name, u"Sample key"_s);
        QCOMPARE(rule.service, u"Sample"_s);
        QVERIFY(rule.kind == LeakKind::Secret && rule.severity == Severity::High && rule.isCaseless);
        QVERIFY(rule.refusesWords && rule.runsOn && rule.isChosen);
        QCOMPARE(rule.mostRandom, 8);
        QVERIFY(rule.keywords == std::vector<QByteArray>{"smp_"});
        QCOMPARE(rule.pattern, QByteArray("smp_[a-z]{8}"));
        QCOMPARE(rule.near, QByteArray("sample"));
        QCOMPARE(rule.minEntropy, 2.5);
        QVERIFY((rule.opens == std::vector<Opens>{Opens::Money, Opens::Domain}));
        QCOMPARE(rule.rotate, QUrl(u"https://sample.example/keys"_s));
        QVERIFY(rule.matching == std::vector<QByteArray>{"smp_{lower:8}"});
        QVERIFY(rule.passing == std::vector<QByteArray>{"smp_{lower:4}"});
    }

    void needsNoOptionalMember()
    {
        QJsonObject rule = usableRule();
        for (const QString &member :
             {u"near"_s, u"caseless"_s, u"refusesWords"_s, u"runsOn"_s, u"chosen"_s, u"minEntropy"_s, u"rotate"_s})
            rule.remove(member);
        QVERIFY(parseLeakRules(fileOf({rule})).has_value());
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("member");
        QTest::addColumn<QJsonValue>("value"); // undefined: the member is taken away
        const auto row = [](const char *name, const QString &member, const QJsonValue &value) {
            QTest::newRow(name) << member << value;
        };
        const QJsonValue gone(QJsonValue::Undefined);
        row("a member that is not known", u"colour"_s, u"red"_s);
        for (const QString &member : {u"id"_s, u"name"_s, u"service"_s, u"kind"_s, u"severity"_s, u"keywords"_s,
                                      u"pattern"_s, u"opens"_s, u"matching"_s, u"passing"_s})
            QTest::newRow(qPrintable(u"no "_s + member)) << member << gone;
        row("a name that is a number", u"name"_s, 5);
        row("an unknown kind", u"kind"_s, u"secrets"_s);
        row("an unknown severity", u"severity"_s, u"huge"_s);
        row("an unknown thing that it opens", u"opens"_s, QJsonArray{u"money"_s, u"doors"_s});
        row("opens no list", u"opens"_s, u"money"_s);
        row("no keyword in the list", u"keywords"_s, QJsonArray{});
        row("an empty keyword", u"keywords"_s, QJsonArray{u"smp_"_s, QString()});
        row("a keyword in capitals", u"keywords"_s, QJsonArray{u"SMP_"_s});
        row("a keyword that is a number", u"keywords"_s, QJsonArray{7});
        row("a pattern that is not closed", u"pattern"_s, u"smp_[a-z"_s);
        row("a pattern that looks around", u"pattern"_s, u"(?<!x)smp_[a-z]{8}"_s);
        row("a pattern that refers back", u"pattern"_s, u"(smp)_\\1"_s);
        row("a pattern that matches nothing at all", u"pattern"_s, u"[a-z]*"_s);
        row("a yes that is a word", u"refusesWords"_s, u"yes"_s);
        row("a run that is a number", u"runsOn"_s, 1);
        row("a choice that is a word", u"chosen"_s, u"yes"_s);
        row("a near that does not compile", u"near"_s, u"(sample"_s);
        row("an empty near", u"near"_s, QString());
        row("caseless that is a word", u"caseless"_s, u"yes"_s);
        row("an entropy that is a word", u"minEntropy"_s, u"high"_s);
        row("an entropy below zero", u"minEntropy"_s, -1);
        row("more entropy than a byte has", u"minEntropy"_s, 9);
        row("rotate without TLS", u"rotate"_s, u"http://sample.example/keys"_s);
        row("rotate that is no address", u"rotate"_s, u"the settings"_s);
        row("rotate without a host", u"rotate"_s, u"https:///keys"_s);
        row("classes of what is no token", u"classes"_s, QJsonArray{QJsonObject{{u"id"_s, u"sample-old"_s}}});
        row("an unknown template", u"matching"_s, QJsonArray{u"smp_{letters:8}"_s});
        row("an unknown template in a near miss", u"passing"_s, QJsonArray{u"smp_{letters:8}"_s});
    }

    void refuses()
    {
        QFETCH(QString, member);
        QFETCH(QJsonValue, value);
        QJsonObject rule = usableRule();
        if (value.isUndefined())
            rule.remove(member);
        else
            rule.insert(member, value);
        const auto parsed = parseLeakRules(fileOf({rule}));
        QVERIFY(!parsed);
        QVERIFY(parsed.error().kind == ErrorKind::BadInput);
        QVERIFY2(parsed.error().message.contains(u'"' + member + u'"'), qPrintable(parsed.error().message));
        QVERIFY(member == "id"_L1 || parsed.error().message.contains("\"sample\""_L1));
    }

    void refusesAnIdThatIsThereTwice()
    {
        const QByteArray file = fileOf({usableRule()});
        for (const auto &parsed : {parseLeakRules(fileOf({usableRule(), usableRule()})),
                                   parseLeakRules(std::vector<QByteArray>{file, file})}) {
            QVERIFY(!parsed);
            QVERIFY(parsed.error().kind == ErrorKind::BadInput);
            QVERIFY(parsed.error().message.contains("\"sample\""_L1) && parsed.error().message.contains("\"id\""_L1));
        }
    }

    void refusesAFile_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("rules:");
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("no rule") << QByteArray("{\"rules\": []}");
        QTest::newRow("something beside the rules")
            << QByteArray("{\"schema\": 1, \"rules\": [") + QJsonDocument(usableRule()).toJson() + "]}";
        QTest::newRow("a rule that is a word") << QByteArray("{\"rules\": [\"sample\"]}");
    }

    void refusesAFile()
    {
        QFETCH(QByteArray, json);
        const auto parsed = parseLeakRules(json);
        QVERIFY(!parsed);
        QVERIFY(parsed.error().kind == ErrorKind::BadInput);
    }
};

QTEST_GUILESS_MAIN(LeakRuleReaderTest)
#include "tst_leakrulereader.moc"
