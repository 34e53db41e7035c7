// Was a stranger let in, and to what?
#include "checks/web/denial.h"
#include "checks/web/htmlpage.h"
#include "checks/web/loginaddress.h"
#include "tests/checks/web/pages.h"

#include <QElapsedTimer>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestDenial : public QObject
{
    Q_OBJECT

private slots:
    void tellsAdmission_data();
    void tellsAdmission();
    void comparesWithAnyAddress();
    void knowsLogin_data();
    void knowsLogin();
    void knowsPrivateData_data();
    void knowsPrivateData();
    void readsBoundedLists();
    void namesFields_data();
    void namesFields();
    void knowsLoginForms_data();
    void knowsLoginForms();
};

namespace {

const QByteArray kJson = "Content-Type: application/json";
const QByteArray kHtml = "Content-Type: text/html";
const QByteArray kText = "Content-Type: text/plain";

} // namespace

void TestDenial::tellsAdmission_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Admission>("expected");
    using enum Admission;
    const auto row = [](const char *name, const QByteArray &body, Admission expected, const QByteArray &type = kJson) {
        QTest::newRow(name) << 200 << type << body << expected;
    };
    QTest::newRow("401") << 401 << kJson << QByteArray() << Denied;
    QTest::newRow("404") << 404 << kJson << QByteArray("{}") << Unclear;
    QTest::newRow("204") << 204 << QByteArray() << QByteArray() << Empty;
    // errors
    row("an error", R"({"error":"sign in first"})", Denied);
    row("an error as an object", R"({"error":{"code":"no_session"}})", Denied);
    row("true is an error", R"({"error":true})", Denied);
    row("errors", R"({"errors":[{"message":"Unauthorized"}],"data":{"me":null}})", Denied);
    row("an error with its details", R"({"error":"no","details":{"hint":"send a token"},"status":401})", Denied);
    row("no error: false", R"({"error":false,"users":[{"email":"anna@example.com"}]})", Allowed);
    row("no error: an empty text", R"({"error":"","users":[{"email":"anna@example.com"}]})", Allowed);
    row("no error: 0", R"({"error":0,"users":[{"email":"anna@example.com"}]})", Allowed);
    row("an error, and people all the same", R"({"error":"partly","users":[{"email":"anna@example.com"}]})", Allowed);
    row("an error, and other things", R"({"error":"login","providers":["google","github"]})", Unclear);
    row("refused by its status", R"({"status":401,"message":"Unauthorized"})", Denied);
    row("refused by its code", R"({"code":"UNAUTHENTICATED"})", Denied);
    row("refused by its sentence", R"({"message":"Please sign in to continue"})", Denied);
    row("refused by its sentence, with the rest of an error",
        R"({"type":"about:blank","title":"Unauthorized","detail":"no session","instance":"/x","requestId":"7f"})",
        Denied);
    row("refused by its sentence, beside nothing", R"({"message":"Unauthorized","data":null,"user":[]})", Denied);
    row("refused in words, beside a name", R"({"error":"Unauthorized","app":"shop"})", Denied);
    row("broken, which is no refusal", R"({"status":500,"error":"Internal Server Error"})", Unclear);
    row("not there", R"({"error":"Invoice not found"})", Unclear);
    row("not signed in", R"({"loggedIn":false})", Denied);
    row("an error called text", R"({"error":"login"})", Denied, kText);
    row("refused by a sentence, with an error's number", R"({"ret":-100,"msg":"not logged in"})", Denied);
    row("refused by a sentence, with a state", R"({"state":"error","message":"Please log in"})", Unclear);
    row("a bill that speaks of signing in",
        R"({"name":"Invoice 42","state":"open","level":"info","message":"Please log in to pay"})", Unclear);
    row("a sentence beside values of its own", R"({"retries":3,"msg":"not logged in"})", Unclear);
    row("a sentence beside data", R"({"message":"Please log in","orders":[{"id":1}]})", Allowed);
    row("a sentence beside a person", R"({"from":"anna@example.com","message":"Please log in"})", Allowed);
    // nothing in it
    row("an empty list", "[]", Empty);
    row("an empty page of results", R"({"items":[],"total":0,"page":1})", Empty);
    row("an empty page of a shop's API", R"({"object":"list","data":[],"has_more":false,"url":"/v1/charges"})", Empty);
    row("success, and nothing", R"({"success":true,"data":[],"message":"done"})", Empty);
    row("null", "null", Empty);
    row("false", "false", Empty);
    row("a number", "0", Empty);
    row("a refusal as a text", "\"Unauthorized\"", Denied);
    row("a refusal as a text, otherwise", "\"You must be logged in\"", Denied);
    row("no token", "\"No token provided\"", Denied);
    row("a sentence", "\"Come back tomorrow\"", Unclear);
    row("a status for who is not signed in", "401", Denied);
    row("a status that no one may", "403", Denied);
    row("another status", "500", Unclear);
    row("a number below those", "399", Allowed);
    row("a sum that looks like a status", "401.50", Allowed);
    row("a text of any answer", "\"OK\"", Unclear);
    row("a text that speaks of the address", "\"Not found\"", Unclear);
    row("true", "true", Unclear);
    row("a refusal of WordPress", "-1", Unclear, kHtml);
    // data
    row("a text", "\"hello\"", Allowed);
    row("a balance", "12450.75", Allowed);
    row("a balance called text", "12450.75", Allowed, kText);
    row("a key", "\"ak_9f2c77d01b\"", Allowed);
    row("sums", R"({"total":12450.75,"count":3})", Allowed);
    row("a count", R"({"count":3})", Allowed);
    row("a count of nothing", R"({"count":0,"page":1})", Empty);
    row("a count around an empty list", R"({"data":{"items":[]},"meta":{"total":3}})", Empty);
    row("lines of records", "{\"id\":1,\"email\":\"anna@example.com\"}\n{\"id\":2,\"email\":\"bo@example.com\"}\n",
        Allowed, "Content-Type: application/x-ndjson");
    row("lines that are cut off", "{\"id\":1}\n{\"id\":2}\n{\"id", Allowed, kText);
    row("lines of nothing", "{}\n{\"items\":[]}\n", Empty);
    row("lines of errors", "{\"error\":\"sign in\"}\n{\"error\":\"sign in\"}\n", Denied);
    row("one line, and a text", "{}\nnothing to see", Unclear);
    row("a ticket about signing in",
        R"({"id":17,"title":"Access denied when I log in","body":"My wife cannot","state":"open"})", Allowed);
    // One sentence and a few values: nobody can tell whose error it is.
    row("a message about signing in", R"({"id":5,"message":"Please log in to the portal","sender":"anna"})", Unclear);
    row("a job that failed", R"({"id":17,"error":"timeout","host":"db1"})", Unclear);
    row("people", R"([{"email":"anna@example.com"}])", Allowed);
    row("people called a page", R"([{"email":"anna@example.com"}])", Allowed, kHtml);
    row("a full page of results", R"({"items":[{"a":1}],"total":1})", Allowed);
    row("one number", R"({"widgets":3})", Allowed);
    row("a table", "id,email\n1,anna@example.com\n", Allowed, "Content-Type: text/csv");
    row("broken JSON", "{\"a\":", Unclear);
    // pages
    row("a login page", "<form><input name=email><input type=password></form>", Denied, kHtml);
    row("a form for a new user",
        "<form><input name=first><input name=last><input name=email><select></select><input type=password></form>",
        Unclear, kHtml);
    row("a page that passes on", "<meta http-equiv=refresh content='0; url=/login'>", Denied, kHtml);
}

void TestDenial::tellsAdmission()
{
    QFETCH(int, status);
    QFETCH(QByteArray, headers);
    QFETCH(QByteArray, body);
    QTEST(admissionOf(answer(status, headers, body, u"https://app.example.com/api/x"_s), {}), "expected");
}

void TestDenial::comparesWithAnyAddress()
{
    const HttpResponse same = answer(200, kJson, R"({"name":"Shop API","version":"2"})");
    QCOMPARE(admissionOf(same, {{same}}), Admission::Shell);
    QCOMPARE(admissionOf(same, {{answer(404, kJson, "{}")}}), Admission::Allowed);
    const HttpResponse text = answer(200, kJson, "\"hello\"");
    QCOMPARE(admissionOf(text, {{text}}), Admission::Shell);
}

void TestDenial::knowsLogin_data()
{
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QString>("location");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char *name, const QString &asked, const QString &location, bool expected) {
        QTest::newRow(name) << asked << location << expected;
    };
    row("login", u"/orders"_s, u"/login?next=/orders"_s, true);
    row("Rails", u"/orders"_s, u"/users/sign_in"_s, true);
    row("a new session", u"/orders"_s, u"/session/new"_s, true);
    row("WordPress", u"/orders"_s, u"/wp-login.php?redirect_to=x"_s, true);
    row("auth", u"/orders"_s, u"/auth"_s, true);
    row("OAuth", u"/orders"_s, u"https://id.example.net/oauth2/v2.0/authorize?client_id=1"_s, true);
    row("a host for it", u"/orders"_s, u"https://login.example.com/?next=1"_s, true);
    row("behind a mark", u"/orders"_s, u"/#/login"_s, true);
    row("two steps of one login", u"/orders"_s, u"/u/login/identifier"_s, true);
    row("Google's name behind auth", u"/orders"_s, u"/auth/google"_s, true);
    row("OmniAuth", u"/orders"_s, u"/users/auth/google_oauth2"_s, true);
    row("Google", u"/orders"_s, u"https://accounts.google.com/ServiceLogin?service=x"_s, true);
    row("a later step at Google", u"/orders"_s, u"https://accounts.google.com/signin/v2/identifier"_s, true);
    row("AD FS", u"/orders"_s, u"/adfs/ls/?wa=wsignin1.0"_s, true);
    row("a host of AD FS", u"/orders"_s, u"https://sts.example.com/x"_s, true);
    row("two words in one", u"/orders"_s, u"/customerLogin"_s, true);
    row("two words in one that are a field", u"/orders"_s, u"/lastLogin"_s, false);
    row("a step behind auth", u"/orders"_s, u"/auth/callback"_s, true);
    row("the app behind auth", u"/orders"_s, u"/auth/dashboard"_s, false);
    row("a host of accounts", u"/orders"_s, u"https://accounts.example.com/overview"_s, false);
    row("a login at a host of accounts", u"/orders"_s, u"https://accounts.example.com/login"_s, true);
    row("Google's accounts", u"/orders"_s, u"https://accounts.google.com/v3"_s, true);
    row("behind a login", u"/orders"_s, u"/afterLogin"_s, false);
    row("behind a login, with a mark", u"/orders"_s, u"/post-login"_s, false);
    row("auth is a folder", u"/orders"_s, u"/auth/img/logo.png"_s, false);
    row("a history in front", u"/orders"_s, u"/login-history/2026/05"_s, false);
    row("accounts of customers", u"/orders"_s, u"/accounts/7"_s, false);
    row("a slash at the end", u"/api/auth-log"_s, u"/api/auth-log/"_s, false);
    row("another host", u"/login-history"_s, u"https://www.example.com/login-history"_s, false);
    row("authors", u"/authors"_s, u"/authors/5"_s, false);
    row("a host that begins so", u"/orders"_s, u"https://auth-cdn.example.com/orders.json"_s, false);
    row("the word in what is handed on", u"/orders"_s, u"/home?from=/login"_s, false);
    row("the word inside another", u"/orders"_s, u"/bloginfo"_s, false);
    row("home", u"/orders"_s, u"/"_s, false);
}

void TestDenial::knowsLogin()
{
    QFETCH(QString, asked);
    QFETCH(QString, location);
    const QUrl url(u"https://app.example.com"_s + asked);
    QTEST(leadsToLogin(url, url.resolved(QUrl(location))), "expected");
    const HttpResponse moved = answer(302, "Location: " + location.toUtf8(), {}, u"https://app.example.com"_s + asked);
    QTEST(admissionOf(moved, {}) == Admission::Denied, "expected");
}

void TestDenial::knowsPrivateData_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected"); // the fields
    const auto row = [](const char *name, const QByteArray &body, const QString &expected) {
        QTest::newRow(name) << body << expected;
    };
    row("mail", R"([{"id":1,"email":"anna@example.com"}])", u"email"_s);
    row("mail under another name", R"([{"owner":"anna@example.com"}])", u"owner"_s);
    row("mails in a list", R"({"members":["anna@example.com"]})", u"members"_s);
    row("a phone and a name", R"({"phone_number":"+49 30 1234567","lastName":"Miller"})", u"lastName,phone_number"_s);
    row("a phone and a street", R"({"phone":"+49 30 1234567","street":"Main Street 5"})", u"phone,street"_s);
    row("lines of people", "{\"id\":1,\"email\":\"anna@example.com\"}\n{\"id\":2,\"email\":\"bo@example.com\"}\n",
        u"email"_s);
    row("a key", R"({"apiKey":"ak9f2c77d01b44e8aa"})", u"apiKey"_s);
    row("an old hash of a password", R"({"id":1,"passwordHash":"5f4dcc3b5aa765d61d8327deb882cf99"})",
        u"passwordHash"_s);
    row("an IBAN of Norway, the shortest", R"({"account":"NO93 8601 1117 947"})", u"account"_s);
    row("IBAN", R"({"account":"DE89 3704 0044 0532 0130 00"})", u"account"_s);
    row("hash of a password", R"({"hash":"$2b$12$abcdefghijkl"})", u"hash"_s);
    row("a name and a birth", R"([{"displayName":"Anna","date_of_birth":"1990-01-02"}])",
        u"date_of_birth,displayName"_s);
    row("an address inside", R"([{"fullName":"Anna","home":{"street":"Main Street 5"}}])", u"fullName,street"_s);
    row("a table", "id,name,email\n1,Anna,anna@example.com\n", u"email"_s);
    row("a table without names", "1;Anna;anna@example.com\n2;Bo;bo@example.com\n", u"…"_s);
    row("people behind many values",
        R"({"points":[)" + QByteArray("1,").repeated(1100) + R"(1],"users":[{"email":"anna@example.com"}]})",
        u"email"_s);
    row("a key of a customer", R"([{"id":1,"apiKey":"6be0576ff61c053d5f9a3225e2a90f76"}])", u"apiKey"_s);
    row("a secret key beside an app's number", R"({"appId":"BH4D9","secretKey":"6be0576ff61c053d5f9a3225e2a90f76"})",
        u"secretKey"_s);
    row("a token and whose it is", R"({"displayName":"Anna","sessionToken":"3f1b2c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d"})",
        u"displayName,sessionToken"_s);
    row("the customer of a delivery", R"({"lat":52.5,"customer":{"phone":"+49 30 1234567","street":"Main Street 5"}})",
        u"phone,street"_s);
    row("the rider of a trip", R"({"lat":48.1,"rider":{"phone":"+43 660 1234567","street":"Hauptstr. 12"}})",
        u"phone,street"_s);
    row("a key with its project", R"([{"id":1,"projectId":"p1","apiKey":"9f86d081884c7d659a2feaa0c55ad015"}])",
        u"apiKey"_s);
    // not somebody's
    row("settings of a search", R"({"appId":"BH4D9OD16A","apiKey":"6be0576ff61c053d5f9a3225e2a90f76"})", QString());
    row("a guest's own token", R"({"user":null,"sessionToken":"3f1b2c4d-5e6f-4a7b-8c9d-0e1f2a3b4c5d"})", QString());
    row("shops on a map",
        R"({"features":[{"geometry":{"type":"Point"},"properties":{"phone":"+49 30 1234567","street":"Main Street 5"}}]})",
        QString());
    row("shops by their towns", R"({"berlin":{"phone":"+49 30 1234567","street":"Main Street 5","lat":52.5}})",
        QString());
    row("a list of products", R"({"products":[{"name":"Cup","hash":"ab12","notes":"blue"}],"total":194})", QString());
    row("first and last name are one", R"([{"firstName":"Anna","lastName":"Lee","role":"author"}])", QString());
    row("in two records", R"([{"firstName":"Anna"},{"birthYear":"1990"}])", QString());
    row("the company's mailbox", R"({"email":"support@shop.example","loginUrl":"/login"})", QString());
    row("a picture", R"({"icon":"logo@2x.png"})", QString());
    // Nothing else in a record: shops, and whoever else wants to be called.
    row("a phone alone", R"([{"id":1,"name":"Berlin","phone":"+49 30 1234567"}])", QString());
    row("shops", R"([{"phone":"+49 30 1234567","street":"Main Street 5","lat":52.5,"openingHours":"9-17"}])",
        QString());
    row("a number of an article", R"({"sku":"AB02CDEFGH00012"})", QString());
    row("a number of an article with a country in front", R"({"sku":"DE63CDEFGH00012"})", QString());
    row("a key for browsers", R"({"apiKey":"AIzaSyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q"})", QString());
    // {"alg":"HS256"} and {"role":"anon"}, {"role":"service_role"}
    row("an anonymous key of Supabase", R"({"apiKey":"eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYW5vbiJ9.c2ln"})", QString());
    row("a service key of Supabase", R"({"apiKey":"eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoic2VydmljZV9yb2xlIn0.c2ln"})",
        u"apiKey"_s);
    row("where a key is asked for", R"({"apiKey":"https://shop.example/keys/1"})", QString());
    row("a short word under the name of a key", R"({"apiKey":"step2"})", QString());
    row("wrong check digits", R"({"account":"DE89 3704 0044 0532 0130 01"})", QString());
    row("words of a translation", R"({"email":"E-mail","firstName":"First name","dateOfBirth":"Date of birth"})",
        QString());
    row("settings", R"({"email":true,"phone":false,"password":"required"})", QString());
    row("a text", "Hello, world\nnice, day\n", QString());
}

void TestDenial::knowsPrivateData()
{
    QFETCH(QByteArray, body);
    const PrivateData found = privateDataIn(body);
    QTEST(found.fields.join(u','), "expected");
    QCOMPARE(found.isPersonal(), !found.fields.isEmpty());
}

// Half a million values are told by the first of them.
void TestDenial::readsBoundedLists()
{
    const QByteArray many = QByteArray("\"a\",").repeated(500'000);
    QElapsedTimer clock;
    clock.start();
    QVERIFY(!privateDataIn('[' + many + "\"anna@example.com\"]").isPersonal());
    QVERIFY2(clock.elapsed() < 5'000, qPrintable(QString::number(clock.elapsed())));
    QVERIFY(privateDataIn("[\"anna@example.com\"," + many + "1]").isPersonal());
}

void TestDenial::namesFields_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected");
    QTest::newRow("records") << QByteArray(R"([{"id":7,"total":3,"lines":[{"sku":"a"}]}])") << u"id,lines,sku,total"_s;
    QTest::newRow("keys that are values") << QByteArray(R"({"anna@example.com":{"plan":"x"}})") << u"plan"_s;
    QTest::newRow("keys that are names") << QByteArray(R"({"anna":{"plan":"x"},"bo":{"plan":"y"}})") << u"plan"_s;
    QTest::newRow("keys that are names, with numbers") << QByteArray(R"({"anna":5200,"bo":4100})") << QString();
    QTest::newRow("keys that are names, below a name")
        << QByteArray(R"({"id":7,"paid":{"anna":5200,"bo":4100}})") << u"id,paid"_s;
    QTest::newRow("keys that are names, with lists") << QByteArray(R"({"anna":[1],"bo":[2]})") << QString();
    QTest::newRow("numbers with a usual name") << QByteArray(R"({"id":7,"paid":4100})") << u"id,paid"_s;
    QTest::newRow("lines") << QByteArray("{\"id\":7,\"paid\":true}\n{\"id\":8,\"paid\":false}\n") << u"id,paid"_s;
    QTest::newRow("a table") << QByteArray("id,amount\n1,2\n") << u"id,amount"_s;
    QTest::newRow("a table without names") << QByteArray("Anna,Lee\nBo,Ruiz\n") << QString();
    QTest::newRow("a text") << QByteArray("secret") << QString();
}

void TestDenial::namesFields()
{
    QFETCH(QByteArray, body);
    QTEST(fieldNamesIn(body).join(u','), "expected");
}

void TestDenial::knowsLoginForms_data()
{
    QTest::addColumn<QByteArray>("html");
    QTest::addColumn<bool>("expected");
    QTest::newRow("mail and password") << QByteArray("<form><input name=a><input type=password><input type=checkbox>"
                                                     "<input type=hidden></form>")
                                       << true;
    QTest::newRow("with a company") << QByteArray("<form><input><input><input type=password></form>") << true;
    QTest::newRow("in no form") << QByteArray("<div><input type=email><input type=password></div>") << true;
    QTest::newRow("beside a search") << QByteArray("<form><input type=text name=q></form><form><input><input "
                                                   "type=password></form>")
                                     << true;
    QTest::newRow("with a company and a language")
        << QByteArray("<form><input name=company><input name=user><select><option>English</select><input "
                      "type=password></form>")
        << true;
    QTest::newRow("for a new user with a role and a team")
        << QByteArray(
               "<form><input name=user><input type=email><input type=password><select name=role></select><select "
               "name=user_team></select></form>")
        << false;
    QTest::newRow("with the role that one signs in as")
        << QByteArray("<form><input name=user><select name=role></select><input type=password></form>") << true;
    QTest::newRow("in no form, beside a search and a newsletter")
        << QByteArray("<div><input name=q><input type=email><input type=password><input type=email "
                      "class=newsletter-mail></div>")
        << true;
    QTest::newRow("in no form, for a new user")
        << QByteArray("<div><input name=first><input name=last><input type=email><input type=password></div>") << false;
    QTest::newRow("three others") << QByteArray("<form><input><input><input><input type=password></form>") << false;
    QTest::newRow("a password to be chosen")
        << QByteArray("<form><input><input type=password autocomplete=new-password></form>") << false;
    QTest::newRow("a password to be repeated")
        << QByteArray("<form><input><input type=password><input type=password></form>") << false;
    QTest::newRow("no password") << QByteArray("<form><input></form>") << false;
}

void TestDenial::knowsLoginForms()
{
    QFETCH(QByteArray, html);
    const auto page = parseHtml(html, QUrl(u"https://app.example.com/"_s));
    QVERIFY(page);
    QTEST(page->hasLoginForm, "expected");
}

QTEST_GUILESS_MAIN(TestDenial)
#include "tst_denial.moc"
