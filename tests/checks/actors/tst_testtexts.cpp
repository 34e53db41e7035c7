#include "checks/actors/testtexts.h"
#include "checks/engine/check.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestTestTexts : public QObject
{
    Q_OBJECT

private slots:
    void leavesOutWhatTestsWrite_data();
    void leavesOutWhatTestsWrite();
};

void TestTestTexts::leavesOutWhatTestsWrite_data()
{
    QTest::addColumn<QByteArray>("contentType");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isSafe"); // to write, and so written by tests
    QTest::addColumn<QString>("expected");
    const QString all =
        u"LC-CANARY-abcdefghij23 Rye loaf Oak table 7f6f2a52-9a2b-4a4e-8f8e-1d2c3b4a5f60 ann@acme.test"_s;
    const QString without = u"LC-CANARY-abcdefghij23 Oak table 7f6f2a52-9a2b-4a4e-8f8e-1d2c3b4a5f60 ann@acme.test"_s;
    const auto row = [](const char *name, const char *type, const QByteArray &body, bool isSafe,
                        const QString &expected) {
        QTest::newRow(name) << QByteArray(type) << body << isSafe << expected;
    };
    row("a value of the sample", "application/json", R"({"memo":"Rye loaf"})", true, without);
    row("deep in it", "application/json", R"({"lines":[{"text":"Rye loaf"}]})", true, without);
    row("in a form", "application/x-www-form-urlencoded", "memo=Rye+loaf&n=2", true, without);
    row("in a form, encoded", "application/x-www-form-urlencoded", "n=2&memo=Rye%20loaf", true, without);
    row("a sample that no test writes", "application/json", R"({"memo":"Rye loaf"})", false, all);
    row("a part of a value", "application/json", R"({"memo":"Rye loaf of ours"})", true, without);
    row("of another word", "application/json", R"({"memo":"Rye loafs"})", true, all);
    row("an account, an id and a test record", "application/json",
        R"({"to":"ann@acme.test","id":"7f6f2a52-9a2b-4a4e-8f8e-1d2c3b4a5f60","t":"LC-CANARY-abcdefghij23"})", true,
        all);
    row("nothing", "application/json", "", true, all);
}

void TestTestTexts::leavesOutWhatTestsWrite()
{
    QFETCH(QByteArray, contentType);
    QFETCH(QByteArray, body);
    QFETCH(bool, isSafe);
    ProjectFacts facts;
    Route route;
    route.method = u"PATCH"_s;
    route.path = u"/orders/{id}"_s;
    route.safeToWrite = isSafe;
    facts.routes = {route};
    facts.samples = {{route.method, u"/orders/{order}"_s, route.host, contentType, body, {}}};
    const Markers markers({{u"LC-CANARY-abcdefghij23"_s, MarkerKind::Canary, {}},
                           {u"Rye loaf"_s, MarkerKind::Value, {}},
                           {u"Oak table"_s, MarkerKind::Value, {}},
                           {u"7f6f2a52-9a2b-4a4e-8f8e-1d2c3b4a5f60"_s, MarkerKind::Record, {}},
                           {u"ann@acme.test"_s, MarkerKind::Mail, {}}});
    QFETCH(QString, expected);
    const Markers left = withoutTestTexts(markers, testTextsOf(facts));
    QStringList texts;
    for (const Marker &marker : markers.all()) {
        if (std::ranges::find(left.all(), marker) != left.all().end())
            texts.append(marker.text);
    }
    QCOMPARE(texts.size(), static_cast<qsizetype>(left.all().size()));
    QCOMPARE(texts.join(u' '), expected);
}

QTEST_APPLESS_MAIN(TestTestTexts)
#include "tst_testtexts.moc"
