#include "checks/actors/idharvest.h"
#include "checks/actors/idnames.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kJson = "Content-Type: application/json";

QString listed(const std::vector<FoundId> &ids)
{
    QStringList lines;
    for (const FoundId &id : ids)
        lines.append(id.resource + u'=' + id.value);
    lines.sort();
    return lines.join(u' ');
}

} // namespace

class IdHarvestTest : public QObject
{
    Q_OBJECT

private slots:
    void harvests_data()
    {
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("expected");
        QTest::newRow("bare id of what was asked for") << kJson << QByteArray("{\"id\":17}") << u"invoice=17"_s;
        QTest::newRow("list in a wrapper")
            << kJson << QByteArray("{\"data\":[{\"id\":1},{\"id\":2}],\"total\":2}") << u"invoice=1 invoice=2"_s;
        QTest::newRow("nested") << kJson << QByteArray("{\"customer\":{\"id\":5,\"plans\":[{\"id\":\"pro-plan-2\"}]}}")
                                << u"customer=5 plan=pro-plan-2"_s;
        QTest::newRow("named") << kJson << QByteArray("{\"invoiceId\":7,\"owner_id\":\"9\",\"memberIds\":[3,4]}")
                               << u"invoice=7 member=3 member=4 owner=9"_s;
        QTest::newRow("uuid under any name")
            << kJson << QByteArray("{\"ref\":\"919108f7-52d1-4320-9bac-f847db4148a8\"}")
            << u"=919108f7-52d1-4320-9bac-f847db4148a8"_s;
        QTest::newRow("global id") << kJson << QByteArray("{\"node\":{\"id\":\"SW52b2ljZToxNw==\"}}")
                                   << u"invoice=SW52b2ljZToxNw=="_s;
        QTest::newRow("type name") << kJson << QByteArray("{\"node\":{\"__typename\":\"Order\",\"id\":\"17\"}}")
                                   << u"order=17"_s;
        QTest::newRow("keys of a map") << kJson
                                       << QByteArray("{\"notes\":{\"11\":{\"text\":\"a\"},\"12\":{\"text\":\"b\"}}}")
                                       << u"note=11 note=12"_s;
        QTest::newRow("link") << kJson << QByteArray("{\"self\":\"/api/v1/orders/31\"}") << u"order=31"_s;
        QTest::newRow("link of another host")
            << kJson << QByteArray("{\"self\":\"https://cdn.test/orders/31\"}") << QString();
        QTest::newRow("location") << QByteArray("Location: /invoices/99") << QByteArray() << u"invoice=99"_s;
        QTest::newRow("slug") << kJson << QByteArray("{\"slug\":\"acme-inc\"}") << u"invoice=acme-inc"_s;
        QTest::newRow("links of a page") << QByteArray("Content-Type: text/html")
                                         << QByteArray("<html><a href='/notes/41'>x</a><a href='/about'>y</a></html>")
                                         << u"note=41"_s;
        QTest::newRow("what only looks like an id")
            << kJson
            << QByteArray(
                   "{\"requestId\":\"919108f7-52d1-4320-9bac-f847db4148a8\",\n"
                   "                              "
                   "\"createdAt\":\"2026-11-29\",\"phone\":\"491711234567\",\"count\":12,\"amount\":1200,\n"
                   "                              "
                   "\"csrfToken\":\"a1b2c3d4e5f60718\",\"sessionId\":\"V1StGXR8_Z5jdHi6B-myT\",\"paid\":1,\"valid\":2}")
            << QString();
        QTest::newRow("each once") << kJson << QByteArray("[{\"id\":1},{\"id\":1}]") << u"invoice=1"_s;
        QTest::newRow("no record") << kJson << QByteArray("{\"id\":0}") << QString();
        QTest::newRow("file names with a hash")
            << QByteArray("Content-Type: text/html")
            << QByteArray("<html><a href='/assets/507f1f77bcf86cd799439011.js'>x</a></html>") << QString();
    }

    void harvests()
    {
        QFETCH(QByteArray, headers);
        QFETCH(QByteArray, body);
        QFETCH(QString, expected);
        QCOMPARE(listed(harvestIds(answer(200, headers, body), u"invoice"_s)), expected);
    }

    void readsAddresses_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("expected");
        QTest::newRow("path") << u"https://a.test/api/v2/projects/7/notes/abc123xy"_s << u"note=abc123xy project=7"_s;
        QTest::newRow("query") << u"https://a.test/export?invoice_id=12&page=3"_s << u"invoice=12"_s;
        QTest::newRow("words") << u"https://a.test/api/v2/oauth2/settings"_s << QString();
    }

    void readsAddresses()
    {
        QFETCH(QString, url);
        QFETCH(QString, expected);
        QCOMPARE(listed(harvestIds(QUrl(url))), expected);
    }

    void namesResources_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("expected");
        QTest::newRow("collection") << u"/api/v1/invoices"_s << u"invoice"_s;
        QTest::newRow("item") << u"/api/v1/invoices/{id}"_s << u"invoice"_s;
        QTest::newRow("file of an item") << u"/invoices/{id}/pdf"_s << u"invoice"_s;
        QTest::newRow("below") << u"/projects/{id}/notes/{id2}"_s << u"note"_s;
        QTest::newRow("export") << u"/invoices/export"_s << u"invoice"_s;
        QTest::newRow("frame alone") << u"/api/v1"_s << QString();
    }

    void namesResources()
    {
        QFETCH(QString, path);
        QFETCH(QString, expected);
        QCOMPARE(resourceOf(path), expected);
    }

    void leavesOutWhatAllHave()
    {
        const auto mine = harvestIds(
            answer(
                200, kJson,
                "{\"id\":17,\"plan\":{\"id\":1},\"ref\":\"919108f7-52d1-4320-9bac-f847db4148a8\",\"page\":{\"id\":3}}"),
            u"invoice"_s);
        const auto others = harvestIds(
            answer(200, kJson,
                   "{\"id\":23,\"plan\":{\"id\":1},\"copy\":{\"id\":\"919108f7-52d1-4320-9bac-f847db4148a8\"}}"),
            u"invoice"_s);
        // Another tenant's invoice 17 of another kind stays; the shared plan and the shared reference go.
        QCOMPARE(listed(onlyIn(mine, others)), u"invoice=17 invoice=3"_s);
    }

    void staysBounded()
    {
        QByteArray body = "[";
        for (int i = 1; i <= 3000; ++i)
            body += QByteArray(i > 1 ? "," : "") + "{\"id\":" + QByteArray::number(i) + "}";
        QCOMPARE(harvestIds(answer(200, kJson, body + ']')).size(), kMostFoundIds);
        harvestIds(answer(200, kJson, QByteArray(5000, '[') + QByteArray(5000, ']'))); // comes back
    }
};

QTEST_GUILESS_MAIN(IdHarvestTest)
#include "tst_idharvest.moc"
