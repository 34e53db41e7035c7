#include "checks/actors/routeaddress.h"
#include "checks/actors/wire.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

Target target()
{
    return {u"example.com"_s,
            {{HostRole::Site, u"example.com"_s, kHttpsPort}, {HostRole::Api, u"api.example.com"_s, 8443}}};
}

Route route(const QString &path, const QString &seen = {}, const QString &host = {}, const QString &method = u"GET"_s)
{
    Route one;
    one.method = method;
    one.path = path;
    one.seen = seen;
    one.host = host;
    return one;
}

} // namespace

class RouteAddressTest : public QObject
{
    Q_OBJECT

private slots:
    void findsAddresses_data()
    {
        QTest::addColumn<Route>("asked");
        QTest::addColumn<QString>("expected");
        QTest::newRow("plain") << route(u"/invoices"_s) << u"https://api.example.com:8443/invoices"_s;
        QTest::newRow("without its slash") << route(u"invoices"_s) << u"https://api.example.com:8443/invoices"_s;
        QTest::newRow("its own host") << route(u"/a"_s, {}, u"example.com"_s) << u"https://example.com/a"_s;
        QTest::newRow("a host of others") << route(u"/a"_s, {}, u"pay.example.net"_s) << u"other_host"_s;
        QTest::newRow("seen") << route(u"/invoices/{id}"_s, u"/invoices/17"_s)
                              << u"https://api.example.com:8443/invoices/17"_s;
        QTest::newRow("never seen") << route(u"/invoices/{id}"_s) << u"no_seen_id"_s;
        QTest::newRow("seen encoded") << route(u"/files/{id}"_s, u"/files/a%2Fb"_s)
                                      << u"https://api.example.com:8443/files/a%2Fb"_s;
        QTest::newRow("operation") << route(u"/graphql#query.invoices"_s) << u"https://api.example.com:8443/graphql"_s;
        QTest::newRow("query") << route(u"/list?all=1"_s) << u"https://api.example.com:8443/list?all=1"_s;
    }

    void findsAddresses()
    {
        QFETCH(Route, asked);
        QFETCH(QString, expected);
        const RouteAddress address = addressOf(target(), asked);
        QCOMPARE(address ? address->toString(QUrl::FullyEncoded) : toWord(address.error()), expected);
    }

    // With the route's own method, also where that is no GET, and as it is named without ids.
    void asksForARoute()
    {
        for (const QString &method : {u"GET"_s, u"HEAD"_s, u"PATCH"_s}) {
            const Route asked = route(u"/invoices/{id}"_s, u"/invoices/17"_s, {}, method);
            const QUrl url = addressOf(target(), asked).value();
            const ActiveRequest request = requestAt(asked, url);
            QCOMPARE(request.method, method.toLatin1());
            QCOMPARE(request.url, url);
            QCOMPARE(request.routeName, asked.path);
            QVERIFY(request.headers.empty() && request.body.isEmpty() && !request.writes);
        }
    }

    void fillsTemplates_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QStringList>("ids");
        QTest::addColumn<QString>("expected");
        QTest::newRow("one") << u"/a/{id}"_s << QStringList{u"17"_s} << u"/a/17"_s;
        QTest::newRow("two") << u"/a/{id}/b/{id2}"_s << QStringList{u"1"_s, u"2"_s} << u"/a/1/b/2"_s;
        QTest::newRow("too few") << u"/a/{id}/b/{id2}"_s << QStringList{u"1"_s} << QString();
        QTest::newRow("an empty one") << u"/a/{id}"_s << QStringList{QString()} << QString();
        QTest::newRow("more than holes") << u"/a/{id}"_s << QStringList{u"1"_s, u"2"_s} << u"/a/1"_s;
        QTest::newRow("a slash in it") << u"/a/{id}"_s << QStringList{u"x/y?z"_s} << u"/a/x%2Fy%3Fz"_s;
        QTest::newRow("dots") << u"/a/{id}"_s << QStringList{u".."_s} << u"/a/%2E%2E"_s;
        QTest::newRow("braces in it") << u"/a/{id}"_s << QStringList{u"{x}"_s} << u"/a/%7Bx%7D"_s;
    }

    void fillsTemplates()
    {
        QFETCH(QString, path);
        QFETCH(QStringList, ids);
        QFETCH(QString, expected);
        QCOMPARE(filledPath(path, ids), expected);
    }

    void keepsAnIdOnePartOfTheAddress()
    {
        const RouteAddress address = addressOf(target(), route(u"/a/{id}"_s), {u"x/../y"_s});
        QVERIFY(address);
        QCOMPARE(address->toString(QUrl::FullyEncoded), u"https://api.example.com:8443/a/x%2F..%2Fy"_s);
    }

    void readsSeenIds_data()
    {
        QTest::addColumn<Route>("asked");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("one") << route(u"/a/{id}"_s, u"/a/17"_s) << QStringList{u"17"_s};
        QTest::newRow("two") << route(u"/a/{id}/b/{n}"_s, u"/a/17/b/x"_s) << QStringList{u"17"_s, u"x"_s};
        QTest::newRow("encoded") << route(u"/a/{id}"_s, u"/a/x%2Fy"_s) << QStringList{u"x/y"_s};
        QTest::newRow("of another path") << route(u"/a/{id}"_s, u"/b/17"_s) << QStringList{};
        QTest::newRow("never") << route(u"/a/{id}"_s) << QStringList{};
    }

    void readsSeenIds()
    {
        QFETCH(Route, asked);
        QFETCH(QStringList, expected);
        QCOMPARE(seenIdsOf(asked), expected);
    }

    void sortsOut()
    {
        const std::vector<Route> routes{route(u"/a"_s), route(u"/b"_s, {}, {}, u"POST"_s), route(u"/c/{id}"_s),
                                        route(u"/d"_s, {}, u"x.test"_s), route(u"/e"_s)};
        const AskableRoutes askable = askableReads(target(), routes, 1);
        QCOMPARE(askable.routes.size(), size_t{1});
        QStringList why;
        for (const UntriedRoute &one : askable.notTried)
            why.append(routeName(one.route) + u' ' + toWord(one.why));
        QCOMPARE(why, (QStringList{u"POST /b writes"_s, u"GET /c/{id} no_seen_id"_s, u"GET /d other_host"_s,
                                   u"GET /e too_many"_s}));
    }

    void knowsSafeWrites()
    {
        Route write = route(u"/a"_s, {}, {}, u"POST"_s);
        QVERIFY(!maySafelyWrite(write));
        write.safeToWrite = true;
        QVERIFY(maySafelyWrite(write));
        write.method = u"GET"_s;
        QVERIFY(!maySafelyWrite(write));
    }
};

QTEST_GUILESS_MAIN(RouteAddressTest)
#include "tst_routeaddress.moc"
