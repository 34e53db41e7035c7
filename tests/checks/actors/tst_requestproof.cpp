#include "checks/actors/curlline.h"
#include "checks/actors/requestproof.h"
#include "checks/actors/wire.h"
#include "tests/checks/web/pages.h"
#include "tests/lab/sanitized.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kJson = "Content-Type: application/json";
const QByteArray kTokenValue = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJlLW9mLWFubg";

ActiveRequest request(const QByteArray &method, const QString &url, const std::vector<Header> &headers = {},
                      const QByteArray &body = {})
{
    ActiveRequest one;
    one.method = method;
    one.url = QUrl(url);
    one.headers = headers;
    one.body = body;
    return one;
}

} // namespace

class RequestProofTest : public QObject
{
    Q_OBJECT

private slots:
    void writesCurlLines_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QString>("url");
        QTest::addColumn<QByteArray>("header"); // "Name: value"
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("expected");
        const QString url = u"https://api.example.com/invoices/17"_s;
        const QString start = u"curl -i --path-as-is 'https://api.example.com/invoices/17'"_s;
        QTest::newRow("plain") << QByteArray("GET") << url << QByteArray() << QByteArray() << start;
        QTest::newRow("token") << QByteArray("GET") << url << QByteArray("Authorization: Bearer " + kTokenValue)
                               << QByteArray() << start + u" -H \"Authorization: Bearer $TOKEN\""_s;
        QTest::newRow("cookie") << QByteArray("GET") << url << QByteArray("Cookie: sid=abcdef123456") << QByteArray()
                                << start + u" -H \"Cookie: $COOKIE\""_s;
        QTest::newRow("key") << QByteArray("GET") << url << QByteArray("X-Api-Key: abcdef123456") << QByteArray()
                             << start + u" -H \"X-Api-Key: $API_KEY\""_s;
        QTest::newRow("body with quotes") << QByteArray("PATCH") << url << QByteArray("Content-Type: application/json")
                                          << QByteArray("{\"note\":\"it's $5 `x`\"}")
                                          << u"curl -i -X PATCH --path-as-is 'https://api.example.com/invoices/17' -H "
                                             u"'Content-Type: application/json' "
                                             "--data-raw '{\"note\":\"it'\\''s $5 `x`\"}'"_s;
        QTest::newRow("password in JSON")
            << QByteArray("POST") << url << QByteArray() << QByteArray(R"({"password":"hunter22","n":"$HOME"})")
            << u"curl -i -X POST --path-as-is 'https://api.example.com/invoices/17' --data-raw "
               "\"{\\\"password\\\":\\\"$SECRET\\\",\\\"n\\\":\\\"\\$HOME\\\"}\""_s;
        QTest::newRow("token in the address")
            << QByteArray("GET") << u"https://api.example.com/x?access_token=abcdef123456&n=1"_s << QByteArray()
            << QByteArray() << u"curl -i --path-as-is \"https://api.example.com/x?access_token=$SECRET&n=1\""_s;
        QTest::newRow("empty header") << QByteArray("GET") << url << QByteArray("Accept: ") << QByteArray()
                                      << start + u" -H 'Accept;'"_s;
    }

    void writesCurlLines()
    {
        QFETCH(QByteArray, method);
        QFETCH(QString, url);
        QFETCH(QByteArray, header);
        QFETCH(QByteArray, body);
        QFETCH(QString, expected);
        std::vector<Header> headers;
        if (!header.isEmpty())
            headers.push_back({header.left(header.indexOf(':')), header.mid(header.indexOf(':') + 1).trimmed()});
        QCOMPARE(curlLine(request(method, url, headers, body)), expected);
    }

    void takesKnownSecretsOut()
    {
        const std::vector<Secret> known{Secret("s3cr&t-value")};
        const QString line = curlLine(
            request("POST", u"https://a.test/s3cr%26t-value"_s, {{"X-Note", "s3cr&t-value"}}, "a=s3cr&t-value"), known);
        QVERIFY2(!line.contains(u"s3cr"_s), qPrintable(line));
    }

    void showsShapes_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("expected");
        QTest::newRow("values are left out") << QByteArray(R"({"id":17,"name":"Joe Buyer","note":"Chairs for room 7"})")
                                             << u"{\"id\": …, \"name\": …, \"note\": \"Chairs for room 7\"}"_s;
        QTest::newRow("a list") << QByteArray(R"({"items":[{"n":"A"},{"n":"B"},{"n":"x Chairs for room 7"}]})")
                                << u"{\"items\": [2 × {\"n\": …}, {\"n\": \"… Chairs for room 7\"}]}"_s;
        QTest::newRow("names that are values")
            << QByteArray(R"({"joe@buyer.test":{"n":1},"Joe Buyer":2,"17":3,"Chairs for room 7":4,"due_date":5})")
            << u"{\"…\": …, \"Chairs for room 7\": …, \"…\": …, \"due_date\": …, \"…\": {\"n\": …}}"_s;
        QTest::newRow("names that are values")
            << QByteArray(R"({"joe@buyer.test":{"n":1},"Joe Buyer":2,"17":3,"Chairs for room 7":4,"due_date":5})")
            << u"{\"…\": …, \"Chairs for room 7\": …, \"…\": …, \"due_date\": …, \"…\": {\"n\": …}}"_s;
        QTest::newRow("a page") << QByteArray("<html><body>Joe Buyer ordered Chairs for room 7 today</body></html>")
                                << u"… Chairs for room 7 …"_s;
        QTest::newRow("empty") << QByteArray() << QString();
    }

    // A list of records that are all different, and a page of nothing but escapes: neither may take its time.
    void hostileAnswersTakeNoTime()
    {
        QByteArray list = "[0";
        for (int i = 0; i < 60'000; ++i)
            list += ",{\"k" + QByteArray::number(i) + "\":1}";
        const QByteArray page = "<html>" + QByteArray("\\u0041").repeated(300'000) + "</html>";
        QElapsedTimer timer;
        timer.start();
        const std::vector<Marker> markers{{u"AAAAAAB"_s, MarkerKind::Value, {}}};
        QVERIFY(bodyShape(answer(200, kJson, list + ']'), markers).endsWith(u", …]"_s));
        QVERIFY(!Markers(markers).areIn(answer(200, "Content-Type: text/html", page)));
        QVERIFY2(timer.elapsed() < 5000 * lab::kSlowdown, qPrintable(QString::number(timer.elapsed())));
    }

    void showsShapes()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, expected);
        const std::vector<Marker> markers{{u"Chairs for room 7"_s, MarkerKind::Value, {}}};
        QCOMPARE(
            bodyShape(answer(200, body.startsWith('<') ? QByteArray("Content-Type: text/html") : kJson, body), markers),
            expected);
    }

    void provesWithoutSecrets()
    {
        const ActiveRequest asked =
            request("GET", u"https://api.example.com/invoices/17"_s, {{"Authorization", "Bearer " + kTokenValue}});
        const HttpResponse got = answer(200, kJson + "\nSet-Cookie: sid=verysecretvalue1; Path=/",
                                        R"({"note":"LC-CANARY-abcdefgh2345","customer":"Joe Buyer"})");
        const Evidence evidence = requestProof(asked, got,
                                               {.actor = u"Bob (member, Globex)"_s,
                                                .markers = {{u"LC-CANARY-abcdefgh2345"_s, MarkerKind::Canary, {}}},
                                                .known = {Secret(kTokenValue)}});
        const QString all = evidence.title + u'\n' + evidence.body;
        QVERIFY2(all.contains(u"GET https://api.example.com/invoices/17"_s), qPrintable(all));
        QVERIFY2(all.contains(u"Bob (member, Globex)"_s), qPrintable(all));
        QVERIFY2(all.contains(u"LC-CANARY-abcdefgh2345"_s), qPrintable(all));
        QVERIFY2(all.contains(u"curl -i"_s) && all.contains(u"$TOKEN"_s), qPrintable(all));
        for (const QString &hidden : {QString::fromLatin1(kTokenValue), u"Joe Buyer"_s, u"verysecretvalue1"_s})
            QVERIFY2(!all.contains(hidden), qPrintable(all));
    }
};

QTEST_GUILESS_MAIN(RequestProofTest)
#include "tst_requestproof.moc"
