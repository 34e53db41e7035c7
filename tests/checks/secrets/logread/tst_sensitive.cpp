#include "checks/secrets/logread/fieldclass.h"
#include "checks/secrets/logread/namedvalues.h"
#include "checks/secrets/logread/sensitive.h"
#include "tests/checks/changedrules.h"
#include "tests/checks/secrets/smallrules.h"

#include <QTest>

#include <ctime>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QDateTime kNow(QDate(2026, 11, 29), QTime(10, 0), Qt::UTC);

QByteArray key(unsigned seed = 3)
{
    return QByteArray::fromStdString(test::noise(24, seed));
}

QByteArray token(const QByteArray &claims)
{
    return QByteArray::fromStdString(test::jwt(claims));
}

} // namespace

class SensitiveTest : public QObject
{
    Q_OBJECT

private slots:
    void refusesRules_data()
    {
        test::addChangeColumns();
        test::changeRow("an unknown class", "'class': 'phone'", "'class': 'fax'", u"class"_s);
        test::changeRow("a name twice", "'apikey'", "'secret'", u"ends"_s);
        test::changeRow("a name of two classes", "'apikey'", "'passwd'", u"passwd"_s);
        test::changeRow("a capital letter", "'apikey'", "'apiKey'", u"apiKey"_s);
        test::changeRow("no names", "'ends'", "'end'", u"ends"_s);
        test::changeRow("an unknown member", "'opening_parameters'", "'parameters'", u"opening_parameters"_s);
        test::changeRow("no JSON", "'schema'", "schema", u"schema"_s);
    }

    void refusesRules() { test::refusesChange(u":/rules/field-names.json"_s, parseFieldRules); }

    // The first that fits counts.
    void tellsFields_data()
    {
        QTest::addColumn<std::string>("name");
        QTest::addColumn<FieldClass>("field");
        const auto row = [](const char *name, FieldClass field) { QTest::newRow(name) << std::string(name) << field; };
        row("token", FieldClass::Token);
        row("useraccesstoken", FieldClass::Token);
        row("csrftoken", FieldClass::None);
        row("pass", FieldClass::Password);
        row("bypass", FieldClass::None);
        row("setcookie", FieldClass::SetCookie);
        row("usersetcookie", FieldClass::SetCookie);
        row("cookies", FieldClass::Cookie);
        row("systemprompt", FieldClass::SystemPrompt);
        row("prompt", FieldClass::Prompt);
        row("x", FieldClass::None);
        row("", FieldClass::None);
    }

    void tellsFields()
    {
        QFETCH(std::string, name);
        QTEST(fieldClassOf(name), "field");
    }

    void finds_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("expected"); // kinds, sorted; then open/hidden fields
        const auto row = [](const char *name, const QByteArray &line, const QString &kinds, int open, int hidden) {
            QTest::newRow(name) << line << kinds + u'|' + QString::number(open) + u'/' + QString::number(hidden);
        };
        row("password in JSON", "{\"email\":\"x\",\"password\":\"Tulip7!\"}", u"password"_s, 1, 0);
        row("password in escaped JSON", "{\"msg\":\"{\\\"password\\\":\\\"Tulip7!\\\"}\"}", u"password"_s, 1, 0);
        row("password=", "user=12 password=Tulip7!", u"password"_s, 1, 0);
        row("hidden by stars", "{\"password\":\"***\"}", {}, 0, 1);
        row("hidden by a word", "{\"password\":\"[REDACTED]\",\"token\":\"[Filtered]\"}", {}, 0, 2);
        row("hidden in part", "{\"token\":\"ab***************yz\"}", {}, 0, 1);
        row("null", "{\"password\":null,\"token\":\"\"}", {}, 0, 0);
        row("a message of a form", "{\"errors\":{\"password\":\"is too short\"}}", {}, 0, 0);
        row("running text", "Invalid password: please try again", {}, 0, 0);
        row("a folder", "PWD=/home/runner/work", {}, 0, 0);
        row("three letters", "password=abc", {}, 0, 0);
        row("four letters", "password=abcd", u"password"_s, 1, 0);
        row("a template", "password=${DB_PASSWORD} token=$TOKEN", {}, 0, 0);
        row("one-time code", "{\"otp\":\"482913\"}", u"one_time_code"_s, 1, 0);
        row("no code", "{\"otp\":\"48291\"}", u"one_time_code"_s, 1, 0);
        row("a word for the code", "{\"otp\":\"sent\"}", {}, 0, 0);
        row("code of nine digits", "{\"otp\":\"482913555\"}", {}, 0, 0);
        row("bearer", "Authorization: Bearer " + key(), u"token"_s, 1, 0);
        row("bearer in JSON", "{\"headers\":{\"authorization\":\"Bearer " + key() + "\"}}", u"token"_s, 1, 0);
        row("bearer too short", "authorization: Bearer abc12345678", {}, 0, 0);
        row("bearer hidden", "authorization: Bearer ****", {}, 0, 1);
        row("basic", "authorization: Basic " + QByteArray("anna:Tulip7!x").toBase64(), u"login"_s, 1, 0);
        row("basic without a password", "authorization: Basic " + QByteArray("annaTulip7x").toBase64(), {}, 0, 0);
        row("live token", "{\"access_token\":\"" + token("{\"sub\":\"12\",\"exp\":1795950000}") + "\"}", u"token"_s, 1,
            0);
        row("token that has expired", "{\"access_token\":\"" + token("{\"sub\":\"12\",\"exp\":1795940000}") + "\"}", {},
            0, 0);
        row("token made for browsers",
            "{\"apikey\":\"" + token("{\"iss\":\"supabase\",\"role\":\"anon\",\"exp\":2095940000}") + "\"}", {}, 0, 0);
        row("session cookie", "cookie: theme=dark; connect.sid=s%3A" + key() + "; a=b", u"session_cookie"_s, 1, 0);
        row("session cookie in JSON", "{\"cookie\":\"sessionid=" + key() + "; a=b\",\"x\":1}", u"session_cookie"_s, 1,
            0);
        row("cookie of no session", "cookie: theme=dark-and-very-long-1234567890", {}, 0, 0);
        row("set-cookie, first only", "set-cookie: theme=dark; sid=" + key(), {}, 0, 0);
        row("set-cookie in a list", "{\"set-cookie\":[\"sid=" + key() + "; Path=/\"]}", u"session_cookie"_s, 1, 0);
        row("in columns", "  + password             = \"Tulip7!\"", u"password"_s, 1, 0);
        row("token in an address", "GET /reset?token=" + key() + " HTTP/1.1", u"link_token"_s, 1, 0);
        row("code in an address", "GET /callback?code=" + key() + "&state=1", u"link_token"_s, 1, 0);
        row("short code in an address", "GET /x?code=404&key=name", {}, 0, 0);
        row("page of a list", "{\"next_token\":\"" + key() + "\"}", {}, 0, 0);
        row("security code", "{\"cvv\":\"123\"}", u"card_code"_s, 1, 0);
        row("no security code", "{\"cvv\":\"12\"}", {}, 0, 0);
        row("date of birth", "{\"dob\":\"1990-04-17\"}", u"identity"_s, 1, 0);
        row("label of a form", "{\"dateOfBirth\":\"Date of birth\"}", {}, 0, 0);
        row("form of Rails", "user[email]=x&user[password]=Tulip7!&commit=1", u"password"_s, 1, 0);
        row("form, one in another", "a[user][0][password]=Tulip7!", u"password"_s, 1, 0);
        row("form, a list", "password[]=Tulip7!", u"password"_s, 1, 0);
        row("form in an address", "GET /x?user[password]=Tulip7abcde", u"password"_s, 1, 0);
        row("form, URL-encoded", "utf8=1&user%5Bpassword%5D=Tulip7%21&b=1", u"password"_s, 1, 0);
        row("form, URL-encoded, one in another", "a%5buser%5d%5bpassword%5d=Tulip7!", u"password"_s, 1, 0);
        row("form, hidden", "user[password]=[FILTERED]&user%5Btoken%5D=***", {}, 0, 2);
        row("array of PHP", "Array ( [password] => Tulip7! )", u"password"_s, 1, 0);
        row("tag of a line", "[password]: reset was asked for", {}, 0, 0);
        row("XML", "<user><Name>x</Name><Password>Tulip7!</Password></user>", u"password"_s, 1, 0);
        row("SOAP", "<wsse:Password Type=\"http://docs.oasis-open.org/x#PasswordText\">Tulip7!</wsse:Password>",
            u"password"_s, 1, 0);
        row("XML, CDATA", "<password><![CDATA[Tu<lip7!]]></password>", u"password"_s, 1, 0);
        row("XML, escaped", "body: &lt;Password&gt;Tulip7!&lt;/Password&gt;", u"password"_s, 1, 0);
        row("XML, a token", "<accessToken>" + key() + "</accessToken>", u"token"_s, 1, 0);
        row("XML, hidden", "<Password>***</Password><Password>[REDACTED]</Password>", {}, 0, 2);
        row("XML, empty", "<Password></Password><Password/>", {}, 0, 0);
        row("XML, what is in it", "<Password><Value>Tulip7!</Value></Password>", {}, 0, 0);
        row("XML, a label", "<label for=\"password\">Your password please</label>", {}, 0, 0);
        row("MySQL", "+ mysql -uroot -pTulip7 shop", u"password"_s, 1, 0);
        row("MySQL, letters alone", "mysql -u root -pTulips -h db", u"password"_s, 1, 0);
        row("MySQL asks", "mysql -u root -p shop", {}, 0, 0);
        row("MySQL, a port", "mysql -P 33060 -h db", {}, 0, 0);
        row("MySQL, hidden", "mysql -uroot -p*** shop", {}, 0, 1);
        row("MySQL, a variable", "mysqldump -uroot -p$MYSQL_PASSWORD shop", {}, 0, 0);
        row("another program", "mkdir -pTulip7 && ssh -p 2222 host", {}, 0, 0);
        row("another command behind it", "mysql -uroot; cp -pTulip7 a", {}, 0, 0);
        row("part of a name", "mysqlx -pTulip7", {}, 0, 0);
        row("option with a sign", "pg_dump --password=Tulip7!", u"password"_s, 1, 0);
        row("option with a blank", "deploy --db-password Tulip7! --force", u"password"_s, 1, 0);
        row("option in quotes", "deploy --password \"Tulip seven\" --force", u"password"_s, 1, 0);
        row("option of a help text", "  -p, --password string   Password for the registry", {}, 0, 0);
        row("option with another behind it", "docker login --password --username x", {}, 0, 0);
        row("option, hidden", "deploy --password [REDACTED] --token ***", {}, 0, 2);
        row("option of a token", "vercel deploy --token " + key(), u"token"_s, 1, 0);
        row("setting of a command", "PGPASSWORD=Tulip7! psql -h db", u"password"_s, 1, 0);
        row("sshpass", "sshpass -p Tulip7! ssh -p 22222 me@host", u"password"_s, 1, 0);
        row("sshpass in quotes", "/usr/bin/sshpass -p'Tulip 7!' ssh host", u"password"_s, 1, 0);
        row("Redis", "redis-cli -h cache -a Tulips PING", u"password"_s, 1, 0);
        row("curl", "curl -s -u anna:Tulip7! https://x", u"password"_s, 1, 0);
        row("curl, long", "curl --user 'anna:Tulip7!' https://x", u"password"_s, 1, 0);
        row("curl, no password", "curl -u anna https://x", {}, 0, 0);
        row("curl, hidden", "curl -u anna:[FILTERED] https://x", {}, 0, 1);
        row("docker", "docker login -u me -p Tulip7! registry", u"password"_s, 1, 0);
        row("docker run", "docker run -p 8080:80 -u 1000:1000 x", {}, 0, 0);
        row("access log", "203.0.113.7 - - [29/Nov/2026:10:00:00 +0000] \"GET /p HTTP/1.1\" 200 1", u"ip_address"_s, 0,
            0);
        row("IBAN once", "{\"iban\":\"DE89370400440532013000\"}", u"identity"_s, 1, 0);
        row("e-mail", "mail to anna@firm.io", u"email"_s, 0, 0);
        row("phone by its form", "sms to +4915112345678", u"phone"_s, 0, 0);
        row("phone by its name", "{\"phone\":\"030 1234567\"}", u"phone"_s, 1, 0);
        row("address of a visitor", "203.0.113.7 - GET /", u"ip_address"_s, 0, 0);
        row("prompt of 200", "{\"prompt\":\"" + QByteArray(200, 'a') + "\"}", {}, 0, 0);
        row("prompt of 201", "{\"prompt\":\"" + QByteArray("ab ").repeated(67) + "\"}", u"prompt"_s, 1, 0);
        const QByteArray text = QByteArray("Write it well. ").repeated(20); // 300 characters
        row("open prompt of 300", "2026-11-29 INFO prompt: " + text, u"prompt"_s, 1, 0);
        row("open prompt of 200", "prompt: " + text.left(199) + "a", {}, 0, 0);
        row("open prompt of 201", "prompt: " + text.left(200) + "a", u"prompt"_s, 1, 0);
        row("open prompt behind an equals sign", "user_prompt=" + text, u"prompt"_s, 1, 0);
        row("open prompt of one word", "prompt: " + QByteArray(300, 'a'), u"prompt"_s, 1, 0);
        row("open prompt, no blanks between words", "prompt: " + QByteArray("\xe6\x97\xa5").repeated(100), u"prompt"_s,
            1, 0);
        row("open prompt in an address", "GET /draw?prompt=" + QByteArray("a%20cat%20").repeated(30) + "&n=1",
            u"prompt"_s, 1, 0);
        row("open prompt with a password in it", "prompt: " + text + "password=Tulip7! " + text, u"password prompt"_s,
            2, 0);
        row("open prompt with a prompt in it", "prompt: " + text + "prompt: " + text, u"prompt"_s, 1, 0);
        row("open prompt, hidden", "prompt: [REDACTED] " + text, {}, 0, 1);
        row("short prompt, many fields",
            "prompt: draw a cat " +
                QByteArray("request_id=8d1c path=/v1/images ua=\"Mozilla/5.0 (X11; Linux)\" ").repeated(6),
            {}, 0, 0);
        row("short prompt, another column", "prompt: draw a cat | " + text, {}, 0, 0);
        row("short prompt, another column, tab", "prompt: draw a cat\t" + text, {}, 0, 0);
        row("a number", "prompt: 812, " + text, {}, 0, 0);
        row("no prompt", "{ prompt: null, note: " + text + "}", {}, 0, 0);
        row("no prompt in JSON", "{\"prompt\":null,\"note\":\"" + text + "\"}", {}, 0, 0);
        row("no prompt in escaped JSON", "{\\\"prompt\\\": 12,\\\"note\\\":\\\"" + text + "\\\"}", {}, 0, 0);
        row("an object", "prompt: {kind: a, note: " + text + "}", {}, 0, 0);
        row("tokens of a prompt", "prompt_tokens: 812 " + text, {}, 0, 0);
        row("a sign-in", "GET /authorize?prompt=consent&redirect_uri=https://" + QByteArray(300, 'a'), {}, 0, 0);
        row("open system prompt",
            "system_prompt: You help customers of a shop. Be brief, and never promise money back.", u"prompt"_s, 1, 0);
        row("open system prompt of 300", "systemPrompt=" + text, u"prompt"_s, 1, 0);
        row("system prompt in quotes", "system_prompt=\"You help the customers of a shop, briefly.\"", u"prompt"_s, 1,
            0);
        row("remark about a system prompt", "system_prompt: loaded from prompts/support.txt in 12 ms", {}, 0, 0);
        row("name of a system prompt",
            "system_prompt=support/of/customers/in/english/version-12-of-november.txt tokens=812", {}, 0, 0);
        row("messages", "{\"body\":1,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}", u"prompt"_s, 0, 0);
        row("messages, escaped",
            "req {\\\"messages\\\": [{\\\"role\\\": \\\"user\\\", \\\"content\\\": \\\"hello\\\"}]}", u"prompt"_s, 0,
            0);
        row("messages of another kind", "{\"messages\":[\"a\",\"b\"]}", {}, 0, 0);
        row("body", "{\"body\":{\"a\":1}}", u"request_body"_s, 0, 0);
        row("empty body", "{\"body\":{}}", {}, 0, 0);
        row("nothing", "server started on port 3000 in 12 ms", {}, 0, 0);
        row("garbage", QByteArray("=:=:\"'=\\\\\":\xff::=["), {}, 0, 0);
    }

    void finds()
    {
        QFETCH(QByteArray, line);
        SensitiveFinder finder(kNow);
        std::vector<SensitiveFound> found;
        FieldCounts fields;
        const std::string_view text(line.constData(), static_cast<size_t>(line.size()));
        finder.find(text, found, fields);
        QStringList kinds;
        for (const SensitiveFound &one : found) {
            kinds << toWord(one.kind);
            QVERIFY(one.at.end <= text.size());
            // What is shown never holds the value.
            const QByteArray value =
                line.mid(static_cast<qsizetype>(one.at.start), static_cast<qsizetype>(one.at.end - one.at.start));
            QVERIFY(value.isEmpty() || !shownSensitive(one, text).contains(QString::fromUtf8(value)));
        }
        kinds.sort();
        QTEST(kinds.join(u' ') + u'|' + QString::number(fields.open) + u'/' + QString::number(fields.hidden),
              "expected");
    }

    // What is found by its name and by its form, often on one line; words that a request begins with, and no request.
    void isLinearInTheLine_data()
    {
        QTest::addColumn<QByteArray>("piece");
        QTest::addColumn<int>("found"); // in two of them
        QTest::newRow("names and forms") << QByteArray("body={a anna@bc.de ") << 4;
        QTest::newRow("tags and brackets") << QByteArray("<a ]=%5D=>&gt;") << 0;
        QTest::newRow("options") << QByteArray("mysql -p curl -u --password ") << 0;
        QTest::newRow("prompts") << QByteArray("prompt: a=b ") << 0;
        QTest::newRow("messages without contents") << QByteArray("\"messages\":[{\"role\": ") << 0;
    }

    void isLinearInTheLine()
    {
        QFETCH(QByteArray, piece);
        QFETCH(int, found);
        const auto countIn = [](const QByteArray &line) {
            SensitiveFinder finder(kNow);
            std::vector<SensitiveFound> all;
            FieldCounts fields;
            finder.find({line.constData(), static_cast<size_t>(line.size())}, all, fields);
            return all.size();
        };
        QCOMPARE(countIn(piece.repeated(2)), static_cast<size_t>(found));
        const auto timeFor = [&](int bytes) {
            const std::clock_t start = std::clock(); // of this program: others may keep the machine busy
            countIn(piece.repeated(bytes / static_cast<int>(piece.size())));
            return qint64(std::clock() - start) * 1000 / CLOCKS_PER_SEC;
        };
        const qint64 small = timeFor(16 << 10);
        const qint64 large = timeFor(256 << 10);
        QVERIFY2(large < 50 * std::max<qint64>(small, 10), qPrintable(u"%1 and %2 ms"_s.arg(small).arg(large)));
    }

    // Of a value that both ways find one find is left, and a value beside it stays.
    void findsOneValueOnce()
    {
        const std::string line =
            "iban=DE89370400440532013000 DE89370400440532013000 mail=anna@bc.de phone=+4915112345678";
        SensitiveFinder finder(kNow);
        std::vector<SensitiveFound> all;
        FieldCounts fields;
        finder.find(line, all, fields);
        QStringList kinds;
        for (const SensitiveFound &one : all)
            kinds << toWord(one.kind) + u'@' + QString::number(one.at.start);
        QCOMPARE(kinds.join(u' '), u"identity@5 identity@28 email@56 phone@73"_s);
    }

    // A line of quotes without their ends costs no more than its length allows.
    void isBounded()
    {
        const std::string hostile = [] {
            std::string text;
            for (int i = 0; i < 60'000; ++i)
                text += "a='";
            return text;
        }();
        NamedValues values(hostile);
        NamedValue named;
        int count = 0;
        while (values.next(named)) {
            ++count;
            QVERIFY(named.value.size() <= NamedValues::kLongestValue);
        }
        QCOMPARE(count, 60'000);
    }
};

QTEST_GUILESS_MAIN(SensitiveTest)
#include "tst_sensitive.moc"
