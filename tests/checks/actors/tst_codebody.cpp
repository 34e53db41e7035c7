#include "checks/actors/codebody.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestCodeBody : public QObject
{
    Q_OBJECT

private slots:
    void findsCodes_data();
    void findsCodes();
    void staysInTheExample();
};

void TestCodeBody::findsCodes_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected"); // digits and the body; empty: no code
    const auto row = [](const char *name, const char *path, const QByteArray &body, const char *expected) {
        QTest::newRow(name) << QString::fromLatin1(path) << body << QString::fromLatin1(expected);
    };
    row("by its name", "/session", R"({"otp":"123456"})", R"(6 {"otp":"{{code}}"})");
    row("taken out of the example", "/session", R"({"totp":"<value>"})", R"(0 {"totp":"{{code}}"})");
    row("by name and path", "/verify", R"({"code":"1234"})", R"(4 {"code":"{{code}}"})");
    row("of signing in", "/api/login/code/check", R"({"email":"person@example.com","code":"123456"})",
        R"(6 {"code":"{{code}}","email":"person@example.com"})");
    row("of signing in, in one word", "/sign-in-code", R"({"code":"1234"})", R"(4 {"code":"{{code}}"})");
    row("of signing in, at its end", "/v1/auth/code", R"({"pin":"123456"})", R"(6 {"pin":"{{code}}"})");
    row("of a session", "/sessions/codes/7", R"({"code":"123456"})", R"(6 {"code":"{{code}}"})");
    row("of a coupon, for who has signed in", "/login/coupon/code", R"({"code":"123456"})", "");
    row("of a login that is none", "/login-promo/code", R"({"code":"123456"})", "");
    row("of an author", "/author/code", R"({"code":"123456"})", "");
    row("of a department", "/departments/code/check", R"({"code":"1234"})", "");
    row("of an order, at the sign-in", "/login/code", R"({"order_id":7,"code":"1234"})", "");
    row("a token that is exchanged", "/auth/token", R"({"code":"123456"})", "");
    row("eight digits", "/2fa", R"({"code":"12345678"})", R"(8 {"code":"{{code}}"})");
    row("nine", "/2fa", R"({"code":"123456789"})", "");
    row("three", "/2fa", R"({"code":"123"})", "");
    row("of a coupon", "/coupons", R"({"code":"123456"})", "");
    row("of a place", "/addresses/verify", R"({"zip_code":"12345"})", "");
    row("of a country", "/profile/confirm", R"({"country_code":"1234"})", "");
    row("of an order", "/checkout/confirm", R"({"order_id":7,"code":"1234"})", "");
    row("beside an address with a query", "/verify", R"({"url":"https://x.test/?a=1&order_id=7","code":"123456"})",
        R"(6 {"code":"{{code}}","url":"https://x.test/?a=1&order_id=7"})");
    row("of an order, in a form", "/checkout/confirm", "a=1&order_id=7&code=1234", "");
    row("in orders", "/orders/confirm", R"({"code":"1234"})", "");
    row("of a mail address", "/verify", R"({"email_address":"person@example.com","code":"123456"})",
        R"(6 {"code":"{{code}}","email_address":"person@example.com"})");
    row("with a word before it", "/verify", R"({"sms_code":"123456"})", R"(6 {"sms_code":"{{code}}"})");
    row("beside an order, by a name of its own", "/orders/confirm", R"({"order_id":7,"otp":"123456"})",
        R"(6 {"order_id":7,"otp":"{{code}}"})");
    row("of a link", "/verify", R"({"token":"<value>"})", "");
    row("a token of digits", "/verify", R"({"token":"123456"})", R"(6 {"token":"{{code}}"})");
    row("the first of two", "/verify", R"({"code":"123456","pin":"1234"})", R"(6 {"code":"{{code}}","pin":"1234"})");
    row("in a form", "/verify", "code=123456&next=%2Fhome", "6 code={{code}}&next=%2Fhome");
    row("said by the person", "/anything", R"({"n":"{{code}}","otp":"123456"})",
        R"(named {"n":"{{code}}","otp":"123456"})");
    row("within a text", "/anything", R"({"answer":"sms:{{code}}"})", R"(named {"answer":"sms:{{code}}"})");
    row("said in a form", "/anything", "n=%7B%7Bcode%7D%7D", "named n={{code}}");
    row("said in another kind of body", "/anything", "<code>{{code}}</code>", "named <code>{{code}}</code>");
    row("nothing of the kind", "/verify", R"({"email":"person@example.com"})", "");
}

void TestCodeBody::findsCodes()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, body);
    const QByteArray type = body.startsWith('{')   ? "application/json"
                            : body.startsWith('<') ? "application/xml"
                                                   : "application/x-www-form-urlencoded";
    const auto found = codeBodyOf({u"POST"_s, path, u"x.test"_s, type, body, {}});
    QString printed;
    if (found)
        printed = (found->sign == CodeSign::Hole ? u"named"_s : QString::number(found->digits)) + u' ' + found->text;
    QTEST(printed, "expected");
}

// What makes examples harmless leaves the hole, whatever the member is called.
void TestCodeBody::staysInTheExample()
{
    const auto kept = checkedSample(
        {u"POST"_s, u"/login/code"_s, u"x.test"_s, "application/json", R"({"otp":"{{code}}","pin":"1234"})", {}});
    QVERIFY(kept);
    QCOMPARE(kept->body, QByteArray(R"({"otp":"{{code}}","pin":"<value>"})"));
}

QTEST_APPLESS_MAIN(TestCodeBody)
#include "tst_codebody.moc"
