// The rules by which Cloudflare's settings are judged: that they are as their schema says, and that no others are read.
#include "checks/edge/settingrules.h"
#include "tests/jsonschema.h"
#include "tests/lab/cloudflarelab.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kGood = R"({"id": "a", "name": "A", "want": "on", "about": "b.", "good": ["on"],
    "cases": [{"is": ["off"], "code": "a_off", "severity": "low", "impact": "downtime", "title": "t", "says": "s."}]})";

} // namespace

class SettingRulesTest : public QObject
{
    Q_OBJECT

private slots:
    void theRulesAreAsTheirSchemaSays();
    void refusesBadRules_data();
    void refusesBadRules();
};

void SettingRulesTest::theRulesAreAsTheirSchemaSays()
{
    QCOMPARE(schemaProblems(u":/rules/cloudflare-settings.json"_s, u":/schemas/cloudflare-settings.schema.json"_s),
             QString());
    QCOMPARE(knownSettingRules().size(), size_t(29));
    QStringList codes;
    for (const SettingRule &rule : knownSettingRules()) {
        QVERIFY2(lab::wellSetZone().settings.contains(rule.id), qPrintable(rule.id));
        for (const SettingCase &one : rule.cases)
            codes << one.code;
    }
    const qsizetype all = codes.size();
    QCOMPARE(codes.removeDuplicates(), 0);
    QVERIFY(all >= 19);
}

void SettingRulesTest::refusesBadRules_data()
{
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char *name, const QByteArray &entries) {
        QTest::newRow(name) << "{\"schema\": 1, \"settings\": [" + entries + "]}";
    };
    const auto changed = [](const QByteArray &from, const QByteArray &to) {
        return QByteArray(kGood).replace(from, to);
    };
    QTest::newRow("not json") << QByteArray("{");
    QTest::newRow("another schema") << QByteArray(R"({"schema": 2, "settings": []})");
    row("twice", kGood + "," + kGood);
    row("unknown severity", changed("low", "tiny"));
    row("unknown impact", changed("downtime", "boredom"));
    row("unknown member", changed("\"name\"", "\"nick\": \"x\", \"name\""));
    row("unknown member of a case", changed("\"code\"", "\"note\": \"x\", \"code\""));
    row("two conditions", changed("\"code\"", "\"above\": 1, \"code\""));
    row("no condition", changed(R"("is": ["off"], )", ""));
    row("nothing good and no case", R"({"id": "a", "name": "A", "want": "on", "about": "b.", "cases": []})");
}

void SettingRulesTest::refusesBadRules()
{
    QFETCH(QByteArray, json);
    QVERIFY(parseSettingRules("{\"schema\": 1, \"settings\": [" + kGood + "]}"));
    const auto rules = parseSettingRules(json);
    QVERIFY(!rules);
    QVERIFY(!rules.error().message.isEmpty());
}

QTEST_GUILESS_MAIN(SettingRulesTest)
#include "tst_settingrules.moc"
