#include "checks/actors/session.h"
#include "checks/actors/signinparts.h"
#include "checks/actors/tokensin.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

HttpResponse answer(const QByteArray &body, std::vector<Header> headers = {})
{
    HttpResponse response;
    response.url = QUrl(u"https://app.acme.test/login"_s);
    response.status = 200;
    response.headers = std::move(headers);
    response.body = body;
    return response;
}

QByteArray shown(const std::optional<Secret> &secret)
{
    return secret ? secret->reveal() : QByteArray("none");
}

} // namespace

class TestSignInParts : public QObject
{
    Q_OBJECT

private slots:
    void csrfTokens_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("cookie");
        QTest::addColumn<QByteArray>("wanted");
        QTest::newRow("hidden field of the login form")
            << QByteArray("<form><input type=hidden name=csrf_token value=other><input name=q></form> <form><input "
                          "type=hidden name=authenticity_token value=mine><input type=password></form>")
            << QByteArray() << QByteArray("X-CSRF-Token=mine");
        QTest::newRow("hidden field of ASP.NET")
            << QByteArray("<form><input type=hidden name=__RequestVerificationToken value=net><input type=password>")
            << QByteArray() << QByteArray("RequestVerificationToken=net");
        QTest::newRow("meta element") << QByteArray("<meta name=\"csrf-param\" content=\"authenticity_token\"> <meta "
                                                    "name=\"csrf-token\" content=\"rails\">")
                                      << QByteArray() << QByteArray("X-CSRF-Token=rails");
        QTest::newRow("meta elements of Spring")
            << QByteArray("<meta name=\"_csrf\" content=\"spring\"><meta name=\"_csrf_header\" content=\"X-MY-CSRF\"> "
                          "<meta name=\"_csrf_parameter\" content=\"_csrf\">")
            << QByteArray() << QByteArray("X-MY-CSRF=spring");
        QTest::newRow("JSON") << QByteArray("{\"csrfToken\":\"json\"}") << QByteArray()
                              << QByteArray("X-CSRF-Token=json");
        QTest::newRow("JSON of Spring") << QByteArray("{\"headerName\":\"X-CSRF-TOKEN\",\"token\":\"t\"}")
                                        << QByteArray() << QByteArray("X-CSRF-TOKEN=t");
        QTest::newRow("a token for something else")
            << QByteArray("{\"token\":\"jwt\"}") << QByteArray() << QByteArray();
        QTest::newRow("cookie of Laravel")
            << QByteArray() << QByteArray("XSRF-TOKEN=a%3D%3D; Path=/") << QByteArray("X-XSRF-TOKEN=a==");
        QTest::newRow("cookie of Django")
            << QByteArray("<p>Hello") << QByteArray("csrftoken=dj; Path=/") << QByteArray("X-CSRFToken=dj");
        QTest::newRow("none") << QByteArray("<form><input type=password></form>") << QByteArray("sid=1")
                              << QByteArray();
        QTest::newRow("an empty one") << QByteArray("<form><input type=hidden name=csrf value=''></form>")
                                      << QByteArray() << QByteArray();
    }

    void csrfTokens()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, cookie);
        const HttpResponse page = answer(body, {{"Set-Cookie", cookie}});
        CookieJar jar;
        jar.take(page, QDateTime::currentDateTimeUtc());
        const auto token = csrfTokenIn(page, jar);
        QTEST(token ? token->header + '=' + token->value.reveal() : QByteArray(), "wanted");
    }

    void aHostilePageIsNotParsed()
    {
        const QByteArray page = QByteArray("<div>").repeated(100'000) + "<input type=hidden name=csrf value=x>";
        QVERIFY(hiddenFieldsIn(page).empty());
    }

    void fillsHoles_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("wanted");
        QTest::newRow("form") << u"u={{user}}&p={{password}}&x=1"_s << QByteArray("application/x-www-form-urlencoded")
                              << QByteArray("u=anna%40acme.test&p=a%22b%26%7B%7Buser%7D%7D%5C&x=1");
        QTest::newRow("JSON") << u"{\"u\":\"{{user}}\",\"p\":\"{{ password }}\"}"_s << QByteArray("application/json")
                              << QByteArray("{\"u\":\"anna@acme.test\",\"p\":\"a\\\"b&{{user}}\\\\\"}");
        QTest::newRow("XML") << u"<p>{{password}}</p>"_s << QByteArray("text/xml")
                             << QByteArray("<p>a&quot;b&amp;{{user}}\\</p>");
        QTest::newRow("plain") << u"{{password}}"_s << QByteArray() << QByteArray("a\"b&{{user}}\\");
        QTest::newRow("no holes") << u"a{b}"_s << QByteArray() << QByteArray("a{b}");
    }

    void fillsHoles()
    {
        QFETCH(QString, text);
        QFETCH(QByteArray, type);
        const HoleValues values{{u"user"_s, Secret("anna@acme.test")}, {u"password"_s, Secret("a\"b&{{user}}\\")}};
        const auto result = filled(text, values, type);
        QVERIFY(result);
        QTEST(result->reveal(), "wanted");
    }

    void namesTheHoleThatNobodyFills()
    {
        const auto result = filled(u"a={{otp}}"_s, {}, "text/plain");
        QVERIFY(!result);
        QVERIFY(result.error().message.contains(u"\"otp\""_s));
    }

    void pointers_data()
    {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("wanted");
        QTest::newRow("member") << u"/a/b"_s << u"1"_s;
        QTest::newRow("element") << u"/list/1/x"_s << u"2"_s;
        QTest::newRow("escapes") << u"/~1~0"_s << u"3"_s;
        QTest::newRow("nothing there") << u"/a/c"_s << u"none"_s;
        QTest::newRow("beyond the end") << u"/list/2"_s << u"none"_s;
        QTest::newRow("into a text") << u"/a/b/c"_s << u"none"_s;
    }

    void pointers()
    {
        QFETCH(QString, pointer);
        const auto value = valueAt("{\"a\":{\"b\":\"1\"},\"list\":[0,{\"x\":\"2\"}],\"/~\":\"3\"}", pointer);
        QTEST(value ? value->toString() : u"none"_s, "wanted");
    }

    void tokens_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("where");
        QTest::addColumn<QByteArray>("wanted");
        QTest::newRow("pointer") << QByteArray("{\"data\":{\"t\":\"abc\"}}") << u"/data/t"_s << QByteArray("abc");
        QTest::newRow("pointer to nothing")
            << QByteArray("{\"access_token\":\"abcdefghij\"}") << u"/data/t"_s << QByteArray("none");
        QTest::newRow("usual name") << QByteArray("{\"access_token\":\"abcdefghij\"}") << QString()
                                    << QByteArray("abcdefghij");
        QTest::newRow("usual name below")
            << QByteArray("{\"session\":{\"accessToken\":\"abcdefghij\"}}") << QString() << QByteArray("abcdefghij");
        QTest::newRow("a word under a usual name")
            << QByteArray("{\"token\":\"ok\"}") << QString() << QByteArray("none");
        QTest::newRow("header") << QByteArray() << u"X-Auth"_s << QByteArray("header-token");
        QTest::newRow("no such header") << QByteArray() << u"X-Other"_s << QByteArray("none");
        QTest::newRow("no JSON") << QByteArray("<html>") << QString() << QByteArray("none");
    }

    void tokens()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, where);
        QTEST(shown(tokenIn(answer(body, {{"X-Auth", "Bearer header-token"}}), where)), "wanted");
    }

    void formTokens_data()
    {
        QTest::addColumn<QString>("field"); // in which the page had it
        QTest::addColumn<QByteArray>("form");
        QTest::addColumn<QByteArray>("wanted");
        QTest::newRow("recorded") << u"csrf_token"_s << QByteArray("csrf_token=old&memo=a%20b")
                                  << QByteArray("csrf_token=n%3D1&memo=a%20b");
        QTest::newRow("under another name") << QString() << QByteArray("memo=a&authenticity_token=old")
                                            << QByteArray("memo=a&authenticity_token=n%3D1");
        QTest::newRow("missing") << u"_token"_s << QByteArray("memo=a") << QByteArray("memo=a&_token=n%3D1");
        QTest::newRow("empty form") << u"_token"_s << QByteArray() << QByteArray("_token=n%3D1");
        QTest::newRow("nowhere to put it") << QString() << QByteArray("memo=a") << QByteArray("memo=a");
    }

    void formTokens()
    {
        QFETCH(QString, field);
        QFETCH(QByteArray, form);
        actors::Session session;
        QCOMPARE(session.withForgeryField(form), form);
        session.csrfToken = Secret("n=1");
        session.csrfField = field;
        QTEST(session.withForgeryField(form), "wanted");
    }

    void expiry()
    {
        const QDateTime now = QDateTime::fromSecsSinceEpoch(1'800'000'000, Qt::UTC);
        QCOMPARE(expiryOf(answer("{\"expires_in\":3600}"), Secret("opaque"), now), now.addSecs(3600));
        const QByteArray claims = QByteArray("{\"exp\":1800000600}").toBase64(QByteArray::Base64UrlEncoding);
        const QByteArray header = QByteArray("{\"alg\":\"HS256\"}").toBase64(QByteArray::Base64UrlEncoding);
        QCOMPARE(expiryOf(answer("{}"), Secret(header + '.' + claims + ".x"), now), now.addSecs(600));
        QVERIFY(expiryOf(answer("{}"), Secret("e30." + claims + ".x"), now).isNull()); // no token without an "alg"
        QVERIFY(expiryOf(answer("{}"), Secret("opaque"), now).isNull());
        QVERIFY(expiryOf(answer("{\"expires_in\":-1}"), Secret("a.b.c"), now).isNull());
    }
};

QTEST_GUILESS_MAIN(TestSignInParts)
#include "tst_signinparts.moc"
