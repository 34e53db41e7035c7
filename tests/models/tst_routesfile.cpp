#include "models/routesfile.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestRoutesFile : public QObject
{
    Q_OBJECT

private slots:
    void readsTheOwnList();
    void readsOpenApi();
    void refuses_data();
    void refuses();
    void refusesTooMany_data();
    void refusesTooMany();
    void saysWhichFileIsMissing();
    void readsFilesOnly_data();
    void readsFilesOnly();
    void addsEachRouteOnce();
};

void TestRoutesFile::readsTheOwnList()
{
    const auto routes = parseRoutes(R"([
        {"method": "post", "path": "/invoices", "access": "admin", "host": "API.example.com", "safe_to_write": true},
        {"path": "/health", "access": "public"}])");
    QVERIFY(routes);
    QCOMPARE(routes->size(), 2U);
    QCOMPARE(routes->at(0).method, u"POST"_s);
    QCOMPARE(routes->at(0).path, u"/invoices"_s);
    QCOMPARE(routes->at(0).access, AccessClass::Admin);
    QCOMPARE(routes->at(0).host, u"api.example.com"_s);
    QVERIFY(routes->at(0).safeToWrite);
    QCOMPARE(routes->at(1).method, u"GET"_s);
    QCOMPARE(routes->at(1).access, AccessClass::Public);
    QVERIFY(!routes->at(1).safeToWrite);
}

void TestRoutesFile::readsOpenApi()
{
    const auto routes = parseRoutes(R"({
        "openapi": "3.1.0", "servers": [{"url": "https://api.example.com/v1/"}], "security": [{"bearer": []}],
        "paths": {
            "/customers/{id}": {"parameters": [], "get": {}, "delete": {"security": [{"admin": []}]}},
            "/health": {"get": {"security": []}},
            "/prices": {"get": {"security": [{}, {"bearer": []}]}}}})");
    QVERIFY(routes);
    QStringList seen;
    for (const Route &route : *routes)
        seen << route.method + u' ' + route.host + route.path + u' ' + toWord(route.access);
    QCOMPARE(seen, QStringList({u"DELETE api.example.com/v1/customers/{id} signed_in"_s,
                                u"GET api.example.com/v1/customers/{id} signed_in"_s,
                                u"GET api.example.com/v1/health public"_s, u"GET api.example.com/v1/prices public"_s}));
}

void TestRoutesFile::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("mentions");
    QTest::newRow("nothing") << QByteArray() << u"empty"_s;
    QTest::newRow("blanks") << QByteArray(" \n ") << u"empty"_s;
    QTest::newRow("broken JSON") << QByteArray("{\"openapi\":") << u"not JSON"_s;
    QTest::newRow("JSON of another kind") << QByteArray(R"({"a": 1})") << u"neither"_s;
    QTest::newRow("a HAR file without requests") << QByteArray(R"({"log": {"entries": []}})") << u"no route"_s;
    QTest::newRow("a Postman collection without items")
        << QByteArray(R"({"info": {"_postman_id": "1"}})") << u"neither"_s;
    QTest::newRow("a route without a path") << QByteArray(R"([{"path": "/a"}, {"method": "GET"}])") << u"Route 2"_s;
    QTest::newRow("a path without its slash") << QByteArray(R"([{"path": "a"}])") << u"slash"_s;
    QTest::newRow("an unknown method") << QByteArray(R"([{"method": "FETCH", "path": "/a"}])") << u"method"_s;
    QTest::newRow("an unknown access") << QByteArray(R"([{"path": "/a", "access": "all"}])") << u"signed_in"_s;
}

void TestRoutesFile::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, mentions);
    const auto routes = parseRoutes(bytes);
    QVERIFY(!routes);
    QCOMPARE(routes.error().kind, ErrorKind::BadInput);
    QVERIFY2(routes.error().message.contains(mentions), qPrintable(routes.error().message));
}

// Half a list that is taken for the whole hides routes.
void TestRoutesFile::refusesTooMany_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("routes"); // 0: too many
    const auto sitemap = [](int pages, const QByteArray &folder) -> QByteArray {
        QByteArray list;
        for (int i = 0; i < pages; ++i)
            list += "<url><loc>https://www.example.com/" + folder + QByteArray::number(i, 36) + "-y</loc></url>";
        return "<urlset>" + list + "</urlset>";
    };
    const auto archive = [](int calls, const QByteArray &address, const QByteArray &type) -> QByteArray {
        QByteArrayList entries;
        for (int i = 0; i < calls; ++i)
            entries << QByteArray(R"({"request":{"method":"GET","url":"https://a.example.com)" + address + R"("},)" +
                                  R"("response":{"content":{"mimeType":")" + type + R"("}}})")
                           .replace('@', QByteArray::number(i, 36) + "-y");
        entries << R"({"request":{"method":"GET","url":"https://a.example.com/api/admin/x"}})";
        return R"({"log":{"entries":[)" + entries.join(',') + "]}}";
    };
    QTest::newRow("a sitemap of single pages") << sitemap(20001, "x") << 0;
    QTest::newRow("a sitemap of neighbours") << sitemap(20001, "p/x") << 1;
    QTest::newRow("a sitemap of more than one may name") << sitemap(50001, "p/x") << 0;
    QTest::newRow("an archive of one call") << archive(20001, "/api/messages", "application/json") << 2;
    QTest::newRow("an archive of neighbours") << archive(20001, "/p/x@", "text/html") << 2;
}

void TestRoutesFile::refusesTooMany()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, routes);
    const auto read = parseRoutes(bytes);
    QCOMPARE(read ? static_cast<int>(read->size()) : 0, routes);
    if (!read)
        QCOMPARE(read.error().kind, ErrorKind::TooLarge);
}

void TestRoutesFile::saysWhichFileIsMissing()
{
    const auto routes = readRoutesFile(u"/nowhere/routes.json"_s);
    QVERIFY(!routes);
    QCOMPARE(routes.error().kind, ErrorKind::NotFound);
    QVERIFY(routes.error().message.contains(u"/nowhere/routes.json"_s));
}

void TestRoutesFile::readsFilesOnly_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("a folder") << u"/"_s;
    QTest::newRow("a device without an end") << u"/dev/zero"_s;
}

void TestRoutesFile::readsFilesOnly()
{
    QFETCH(QString, path);
    const auto routes = readRoutesFile(path);
    QVERIFY(!routes);
    QCOMPARE(routes.error().kind, ErrorKind::BadInput);
}

void TestRoutesFile::addsEachRouteOnce()
{
    const Route get{.method = u"GET"_s, .path = u"/a"_s};
    const Route post{.method = u"POST"_s, .path = u"/a"_s};
    Route typed = get;
    typed.source = u"typed"_s;
    Route elsewhere = get;
    elsewhere.host = u"api.example.com"_s;
    QCOMPARE(mergedRoutes({typed}, {get, post, elsewhere, post}), (std::vector{typed, post, elsewhere}));
}

QTEST_GUILESS_MAIN(TestRoutesFile)
#include "tst_routesfile.moc"
