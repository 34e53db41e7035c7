#include "checks/http/cors.h"
#include "checks/http/corsquestions.h"
#include "tests/checks/web/pages.h"

#include <QTest>

#include <algorithm>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class CorsTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<int>("origin"); // which of the test origins is asked
        QTest::addColumn<bool>("reflects");
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QByteArray>("cookie");
        QTest::addColumn<QString>("expected");
        const QByteArray credentials = "Access-Control-Allow-Credentials: true";
        const QByteArray crossSite = "connect.sid=a; Secure; HttpOnly; SameSite=None";
        const QByteArray lax = "connect.sid=a; Secure; HttpOnly; SameSite=Lax";
        QTest::newRow("no permission") << 0 << false << QByteArray() << QByteArray() << u"pass"_s;
        QTest::newRow("any, cookie travels") << 0 << true << credentials << crossSite << u"any_origin:critical"_s;
        QTest::newRow("any, cookie stays") << 0 << true << credentials << lax << u"any_origin:medium"_s;
        QTest::newRow("any, cookie not known") << 0 << true << credentials << QByteArray() << u"any_origin:high"_s;
        QTest::newRow("any, without credentials") << 0 << true << QByteArray() << crossSite << u"any_origin:low"_s;
        QTest::newRow("credentials in capitals do not count")
            << 0 << true << QByteArray("Access-Control-Allow-Credentials: True") << crossSite << u"any_origin:low"_s;
        QTest::newRow("null") << 1 << true << credentials << QByteArray() << u"null_origin:high"_s;
        QTest::newRow("look-alike") << 2 << true << credentials << crossSite << u"lookalike_origin:critical"_s;
        QTest::newRow("subdomain without credentials")
            << 4 << true << QByteArray("Vary: Accept, Origin") << QByteArray() << u"pass"_s;
        QTest::newRow("permission not marked as one site's")
            << 4 << true << QByteArray() << QByteArray() << u"no_vary:low"_s;
        QTest::newRow("permission that shared caches keep")
            << 4 << true << QByteArray("Cache-Control: public, max-age=60") << QByteArray() << u"no_vary:medium"_s;
        QTest::newRow("a dot that means any character")
            << 6 << true << credentials << crossSite << u"lookalike_origin:critical"_s;
        QTest::newRow("special character") << 7 << true << credentials << lax << u"lookalike_origin:medium"_s;
        QTest::newRow("the last special character")
            << 28 << true << credentials << crossSite << u"lookalike_origin:critical"_s;
        QTest::newRow("glued before the host") << 29 << true << credentials << lax << u"any_subdomain:low"_s;
        QTest::newRow("a part of the name") << 30 << true << credentials << lax << u"lookalike_origin:medium"_s;
        QTest::newRow("the developers' machines")
            << 31 << true << credentials << crossSite << u"localhost_origin:low"_s;
        QTest::newRow("the same without credentials")
            << 32 << true << QByteArray("Vary: Origin") << crossSite << u"pass"_s;
        QTest::newRow("names for everybody") << 33 << true << credentials << crossSite << u"hosting_origin:critical"_s;
        QTest::newRow("http") << 5 << true << credentials << QByteArray() << u"http_origin:medium"_s;
        QTest::newRow("star is for public data")
            << 0 << false << QByteArray("Access-Control-Allow-Origin: *") << QByteArray() << u"pass"_s;
        QTest::newRow("star with credentials")
            << 0 << false << QByteArray("Access-Control-Allow-Origin: *\n" + credentials) << QByteArray()
            << u"wildcard_credentials:low"_s;
        QTest::newRow("a list") << 0 << false
                                << QByteArray("Access-Control-Allow-Origin: https://a.example, https://b.example")
                                << QByteArray() << u"several_values:low"_s;
    }

    void judges()
    {
        QFETCH(int, origin);
        QFETCH(bool, reflects);
        QFETCH(QByteArray, headers);
        QFETCH(QByteArray, cookie);
        const TestOrigin asked =
            testOrigins(u"app.example.com"_s, u"example.com"_s, u"lc-1"_s).at(static_cast<size_t>(origin));
        if (reflects)
            headers += "\nAccess-Control-Allow-Origin: " + asked.origin;
        std::vector<SetCookie> cookies;
        if (const auto parsed = parseSetCookie(cookie))
            cookies.push_back(*parsed);
        QTEST(said(judgeCors({{asked, answer(200, headers)}}, cookies)), "expected");
    }

    void readsPreflights()
    {
        const TestOrigin stranger = testOrigins(u"a.example.com"_s, u"example.com"_s, u"lc-1"_s).front();
        const QByteArray open =
            "Access-Control-Allow-Credentials: true\nAccess-Control-Allow-Origin: " + stranger.origin;
        const Judged judged = judgeCors({{stranger, answer(200)}, {stranger, answer(204, open), true}}, {});
        QCOMPARE(said(judged), u"any_origin:high"_s);
        QVERIFY(judged.findings.at(0).evidence.at(0).title.startsWith("OPTIONS "_L1));
        // A firewall that lets OPTIONS through hides the page all the same.
        QCOMPARE(said(judgeCors({{stranger, answer(403)}, {stranger, answer(405), true}}, {})), u"error"_s);
    }

    void asksFewerAtFurtherAddresses()
    {
        const auto origins = testOrigins(u"app.example.com"_s, u"example.com"_s, u"lc-1"_s);
        QCOMPARE(origins.size(), size_t(37));
        QCOMPARE(fewerOrigins(origins).size(), size_t(18));
        QCOMPARE(std::ranges::count_if(origins, isForPreflight), 4);
    }

    void replacesDots()
    {
        QStringList names;
        for (const TestOrigin &origin : testOrigins(u"app.example.com"_s, u"example.com"_s, u"lc-1"_s)) {
            if (origin.kind == OriginClass::Dot)
                names << QString::fromLatin1(origin.origin);
        }
        QCOMPARE(names, QStringList{u"https://appxexample.com"_s});
    }

    void doesNotGradeARefusal()
    {
        const auto origins = testOrigins(u"a.example.com"_s, u"example.com"_s, u"lc-1"_s);
        QCOMPARE(said(judgeCors({{origins.front(), answer(403)}}, {})), u"error"_s);
    }
};

QTEST_GUILESS_MAIN(CorsTest)
#include "tst_cors.moc"
