#include "checks/secrets/candidate.h"
#include "checks/secrets/naturaltext.h"
#include "checks/secrets/placeholders.h"
#include "checks/secrets/textscanner.h"
#include "tests/checks/secrets/smallrules.h"

#include <ctime>
#include <limits>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QDateTime kNow = QDateTime::fromSecsSinceEpoch(1'800'000'000);

TextScanner scannerWith(const CancelToken &token = {}, const QByteArray &key = QByteArray(32, 'k'))
{
    return TextScanner::make(smallSet(), {key, token, kNow}).value();
}

// "rule kind severity line:column through", a line each; of allowed ones the reason behind.
QString shown(const std::vector<SecretHit> &hits)
{
    static const std::array kinds{u"secret"_s, u"public"_s, u"test"_s, u"jwt"_s};
    static const std::array throughs{u""_s, u" base64"_s, u" url"_s, u" escaped"_s, u" utf16"_s};
    QStringList lines;
    for (const SecretHit &hit : hits) {
        QString line = hit.rule->id + u' ' + kinds[static_cast<size_t>(hit.kind)] + u' ' + toWord(hit.severity) +
                       u" %1:%2"_s.arg(hit.line).arg(hit.column) + throughs[static_cast<size_t>(hit.through)];
        if (hit.allowed)
            line += u" allowed("_s + *hit.allowed + u')';
        lines << line;
    }
    return lines.join(u'\n');
}

ReadBytes readerOf(std::string_view text, qint64 atOnce = 100000)
{
    auto at = std::make_shared<size_t>(0);
    return [text, at, atOnce](char *to, qint64 most) -> Result<qint64> {
        const size_t count = std::min({static_cast<size_t>(most), static_cast<size_t>(atOnce), text.size() - *at});
        std::memcpy(to, text.data() + *at, count);
        *at += count;
        return static_cast<qint64>(count);
    };
}

std::string utf16(std::string_view text, bool isBigEndian, bool hasMark)
{
    std::string out = hasMark ? (isBigEndian ? "\xfe\xff" : "\xff\xfe") : "";
    for (const char c : text) {
        out += isBigEndian ? '\0' : c;
        out += isBigEndian ? c : '\0';
    }
    return out;
}

std::string repeated(const std::string &piece, size_t length)
{
    std::string text;
    while (text.size() < length)
        text += piece;
    return text;
}

// Seconds of a processor that this thread spends on a search, the least of three: whoever else is busy on the machine
// does not count.
double workFor(const std::string &text)
{
    const auto spent = [] {
        timespec now = {};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
        return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
    };
    double least = std::numeric_limits<double>::max();
    for (int i = 0; i < 3; ++i) {
        TextScanner scanner = scannerWith();
        const double before = spent();
        scanner.scan(text);
        least = std::min(least, spent() - before);
    }
    return least;
}

std::string base64(const std::string &text)
{
    return QByteArray::fromStdString(text).toBase64().toStdString();
}

std::string escaped(const std::string &text, const char *form)
{
    std::string out;
    for (const char c : text)
        out += QString::asprintf(form, static_cast<unsigned char>(c)).toStdString();
    return out;
}

} // namespace

class TestTextScanner : public QObject
{
    Q_OBJECT

private slots:
    void finds_data();
    void finds();
    void looksThroughEncodings_data();
    void looksThroughEncodings();
    void classifiesTokens_data();
    void classifiesTokens();
    void knowsPlaceholders_data();
    void knowsPlaceholders();
    void tellsWordsFromKeys_data();
    void tellsWordsFromKeys();
    void takesFewKeysForWords();
    void masks_data();
    void masks();
    void fingerprintsByKey();
    void findsAtEveryPlaceOfABlock();
    void streamsAsItScans();
    void passesOverBinaries();
    void stops();
    void cutsWhatIsTooMuch();
    void passesOnWhatTheReaderSays();
    void worksInProportionToTheLength_data();
    void worksInProportionToTheLength();
};

void TestTextScanner::finds_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const std::string &text, const QString &expected) {
        QTest::newRow(name) << text << expected;
    };
    const std::string key = stripeKey();
    const QString stripe = u"stripe-live-secret secret critical "_s;
    row("nothing", "", {});
    row("an ordinary line", "int main() { return 0; }\n", {});
    row("a key alone", key, stripe + u"1:1"_s);
    row("in the third line", "a\nbc\nx = '" + key + "'\n", stripe + u"3:6"_s);
    row("lines of Windows", "a\r\n  " + key + "\r\n", stripe + u"2:3"_s);
    row("columns are bytes", "\xc3\xa4 " + key, stripe + u"1:4"_s);
    row("two in a line", key + " " + stripeKey(2), stripe + u"1:1\n"_s + stripe + u"1:34"_s);
    row("the end of a word", "task_" + key, {});
    row("the beginning of a word", key + "_x", {});
    row("behind an escaped line end", "\"a\\n" + key + "\"", stripe + u"1:5"_s);
    row("before an escaped line end", "\"" + key + "\\n\"", stripe + u"1:2"_s);
    row("Clerk's, by what is near", "clerk: " + key, u"clerk-live-secret secret critical 1:8"_s);
    row("public by design", "pk_live_" + noise(24), u"stripe-publishable public low 1:1"_s);
    row("of Amazon", "aws_secret=" + noise(40, 3), u"aws-secret secret critical 1:12"_s);
    row("part of a longer blob", "aws_secret=" + noise(20, 3) + "/" + noise(40, 4) + "/" + noise(7), {});
    row("too little entropy", "aws_secret=" + noise(40, 3, "ab"), {});
    row("an address with a password", "DATABASE_URL=postgres://app:" + noise(16) + "@db.shop.test/x",
        u"postgres-url secret critical 1:14"_s);
    row("of the own machine", "postgres://app:" + noise(16) + "@localhost/x", {});
    row("of a documentation", "postgres://user:password@db.shop.test/x", {});
    row("a private key", "k:\n" + privateKey(1700), u"private-key secret high 2:1"_s);
    row("a private key in one line",
        "k: \"" + QByteArray::fromStdString(privateKey(600)).replace("\n", "\\n").toStdString() + "\"",
        u"private-key secret high 1:5"_s);
    row("a password by its name", "password = \"q7!Zr9#Lw2vX\"", u"generic-password secret medium 1:13"_s);
    row("a password of words", "password = \"enter your new password\"", {});
    row("a name in a password's place", "password: \"currentUserPassword\"", {});
    row("a variable in a password's place", "password: \"${DB_PASSWORD}\"", {});
    row("the surer rule", "secret = \"" + key + "\"", stripe + u"1:11"_s);
    row("allowed with a reason", key + " # launch-cockpit:allow of the practice shop",
        stripe + u"1:1 allowed(of the practice shop)"_s);
    row("allowed in a comment before", "/* launch-cockpit:allow practice */ x=" + key, stripe + u"1:39"_s);
    row("allowed in no comment", key + " launch-cockpit:allow practice", stripe + u"1:1"_s);
    row("allowed in a comment around it", "# old: " + key + " launch-cockpit:allow practice",
        stripe + u"1:8 allowed(practice)"_s);
    row("allowed without a reason", key + " # launch-cockpit:allow", stripe + u"1:1"_s);
    row("allowed for another program", key + " # gitleaks:allow", stripe + u"1:1 allowed()"_s);
    row("allowed on another line", "# launch-cockpit:allow practice\n" + key, stripe + u"2:1"_s);
    const std::string quoted = "k='" + key + "'";
    const QString there = stripe + u"1:4"_s;
    const std::string mark = "launch-cockpit:allow practice";
    const QString allowed = there + u" allowed(practice)"_s;
    row("a remark in a text of the code", quoted + ";m=\"// gitleaks:allow\";", there);
    row("a remark in a quoted comment", quoted + ";m='/* gitleaks:allow */'", there);
    row("a remark behind a text with quotes in it", quoted + ";m=\"it's \\\" #\"; // " + mark, allowed);
    row("a remark behind an apostrophe", quoted + "; don't # " + mark, allowed);
    row("a remark in an address", quoted + " http://gitleaks:allow", there);
    row("a remark in a comment of C", quoted + " /* " + mark + " */ + 1", allowed);
    row("a remark behind a comment of C", quoted + " /* x */ gitleaks:allow", there);
    row("a remark in a comment of HTML", quoted + " <!-- " + mark + " -->", allowed);
    row("a remark in a comment of SQL", quoted + " -- " + mark, allowed);
    row("a remark in a comment of settings", quoted + " ; " + mark, allowed);
    row("no remark behind the end of a statement", quoted + " ; x gitleaks:allow", there);
    row("a remark behind a return", quoted + "\r# " + mark, there);
    row("a remark before a return", quoted + " # " + mark + "\rx", allowed);
    row("a remark behind both", quoted + ",'" + stripeKey(2) + "' # " + mark,
        allowed + u'\n' + stripe + u"1:39 allowed(practice)"_s);
    row("a remark far behind the beginning of a line", std::string(5000, ' ') + quoted + " # " + mark,
        stripe + u"1:5004"_s);
}

void TestTextScanner::finds()
{
    QFETCH(std::string, text);
    QFETCH(QString, expected);
    auto scanner = scannerWith();
    const TextScan scan = scanner.scan(text);
    QCOMPARE(shown(scan.hits), expected);
    QCOMPARE(scan.bytes, static_cast<qint64>(text.size()));
    const auto streamed = scannerWith().scanStream(readerOf(text, 7));
    QVERIFY(streamed);
    QCOMPARE(shown(streamed->hits), expected);
}

void TestTextScanner::looksThroughEncodings_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<qint64>("offset");
    QTest::addColumn<qint64>("length");
    const std::string key = stripeKey();
    const QString stripe = u"stripe-live-secret secret critical "_s;
    const auto row = [](const char *name, const std::string &text, const QString &expected, qint64 offset = -1,
                        qint64 length = -1) { QTest::newRow(name) << text << expected << offset << length; };
    row("base64", "x: " + base64(key), stripe + u"1:4 base64"_s, 3, 44);
    row("base64 of lines", "data:\n  k: " + base64("a=1\nb=" + key + "\n"), stripe + u"2:14 base64"_s);
    row("base64 without padding", "x: " + base64(key).substr(0, 43), stripe + u"1:4 base64"_s);
    row(
        "base64 in lines of mail",
        [&] {
            const std::string all = base64(noise(45, 1, "abc \n") + "k=" + key + " " + noise(60, 2, "abc \n"));
            return all.substr(0, 76) + "\r\n" + all.substr(76);
        }(),
        stripe + u"1:61 base64"_s);
    row(
        "base64 in many lines with an indent",
        [&] {
            const std::string all = base64(noise(57 * 40, 1, "abc \n") + "k=" + key + " " + noise(60, 2, "abc \n"));
            std::string lines = "x:\r\n";
            for (size_t at = 0; at < all.size(); at += 76)
                lines += "    " + all.substr(at, 76) + "\r\n";
            return lines;
        }(),
        stripe + u"42:5 base64"_s);
    row("base64 before a line of words", "x: " + base64("settings: yes\nbcd=" + key + "\n") + "\nrender list\n",
        stripe + u"1:28 base64"_s);
    row("base64 before a line of one word", "x: " + base64("settings: yes\nbcd=" + key + "\n") + "\nrender\n",
        stripe + u"1:28 base64"_s);
    row("a keyword beside base64", "aws secret " + base64(noise(40, 3)), u"aws-secret secret critical 1:12 base64"_s);
    row("base64 twice", base64(base64(key)), {});
    row("URL-encoded", "next=%2Fpay%3Fkey%3D" + key, stripe + u"1:21"_s);
    row("URL-encoded in itself", "x=" + escaped(key, "%%%02X"), stripe + u"1:3 url"_s, 2, 3 * 32);
    row("an address, URL-encoded", "u=postgres%3A%2F%2Fapp%3A" + noise(16) + "%40db.shop.test",
        u"postgres-url secret critical 1:3 url"_s);
    row("escapes of JSON", "\"" + escaped(key, "\\u%04x") + "\"", stripe + u"1:2 escaped"_s, 1, 6 * 32);
    row("escapes of C", "\"" + escaped(key, "\\x%02x") + "\"", stripe + u"1:2 escaped"_s, 1, 4 * 32);
    row("an escaped slash", "\"postgres:\\/\\/app:" + noise(16) + "@db.shop.test\"",
        u"postgres-url secret critical 1:2 escaped"_s);
    row("JSON in JSON", R"("{\"password\":\"q7!Zr9#Lw2vX\"}")", u"generic-password secret medium 1:18 escaped"_s);
    row("an escape of an escape", "\"\\\\u0073" + key.substr(1) + "\"", {});
    row("UTF-16 of Windows", utf16("x\n= " + key, false, true), stripe + u"2:5 utf16"_s, 10, 64);
    row("UTF-16 of Windows without a mark", utf16("x\n= " + key, false, false), stripe + u"2:5 utf16"_s, 8, 64);
    row("UTF-16 of networks", utf16("x = " + key, true, true), stripe + u"1:11 utf16"_s, 10, 64);
    row("UTF-16 of networks without a mark", utf16("x = " + key, true, false), stripe + u"1:9 utf16"_s, 8, 64);
    row("far from the next encoded part",
        "%41" + std::string(5000, ' ') + "x: " + base64(key) + std::string(5000, ' ') + "%41",
        stripe + u"1:5007 base64"_s);
    row("plain beside encoded", "%41 " + key, stripe + u"1:5"_s);
}

void TestTextScanner::looksThroughEncodings()
{
    QFETCH(std::string, text);
    QFETCH(QString, expected);
    QFETCH(qint64, offset);
    QFETCH(qint64, length);
    const TextScan scan = scannerWith().scan(text);
    QCOMPARE(shown(scan.hits), expected);
    const auto streamed = scannerWith().scanStream(readerOf(text, 11));
    QVERIFY(streamed);
    QCOMPARE(shown(streamed->hits), expected);
    if (offset >= 0) {
        QCOMPARE(scan.hits.front().offset, offset);
        QCOMPARE(scan.hits.front().length, length);
        // The same value, however it is written.
        QCOMPARE(scan.hits.front().fingerprint, scannerWith().scan(stripeKey()).hits.front().fingerprint);
    }
}

void TestTextScanner::classifiesTokens_data()
{
    QTest::addColumn<QByteArray>("claims");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *claims, const QString &expected) {
        QTest::newRow(name) << QByteArray(claims) << expected;
    };
    row("Supabase, anonymous", R"({"iss":"supabase","ref":"abc","role":"anon","exp":2000000000})",
        u"json-web-token public low 1:1"_s);
    row("Supabase, service", R"({"iss":"supabase","ref":"abc","role":"service_role","exp":2000000000})",
        u"json-web-token secret critical 1:1"_s);
    row("Supabase on the own machine", R"({"iss":"supabase-demo","role":"service_role","exp":2000000000})",
        u"json-web-token public low 1:1"_s);
    row("without an end", R"({"sub":"user-7"})", u"json-web-token secret high 1:1"_s);
    row("with an end", R"({"sub":"user-7","exp":1800000001})", u"json-web-token secret medium 1:1"_s);
    row("expired", R"({"sub":"user-7","exp":1799999999})", u"json-web-token secret low 1:1"_s);
    row("the sample of a documentation", R"({"sub":"1234567890","name":"John Doe","iat":1516239022})", {});
    row("no claims", "{}", {});
}

void TestTextScanner::classifiesTokens()
{
    QFETCH(QByteArray, claims);
    QFETCH(QString, expected);
    QCOMPARE(shown(scannerWith().scan(jwt(claims)).hits), expected);
}

void TestTextScanner::knowsPlaceholders_data()
{
    QTest::addColumn<std::string>("value");
    QTest::addColumn<bool>("expected");
    for (const char *value : {"YOUR_API_KEY",
                              "your-secret-here",
                              "changeme",
                              "CHANGE_ME_NOW",
                              "xxxxxxxxxxxx",
                              "aaaaaaaaaaaaaaaa",
                              "${SECRET}",
                              "{{ secret }}",
                              "$SECRET",
                              "<secret>",
                              "%SECRET%",
                              "process.env.KEY",
                              "import.meta.env.VITE_KEY",
                              "abcdefghijkl",
                              "1234567890",
                              "sk-...abcd",
                              "true",
                              "NULL",
                              "AKIAIOSFODNN7EXAMPLE",
                              "__SECRET__",
                              "********",
                              "http://root:root@db",
                              "postgres://app:changeme@db.example.com/x",
                              "postgres://app:[YOUR-PASSWORD]@db.acme.com/x",
                              "postgres://app:q7Zr9Lw2vX@localhost/x",
                              "postgres://app:q7Zr9Lw2vX@example/x",
                              "https://todo@acme.com",
                              "todo: a real key",
                              "a-dummy-value",
                              "TBD",
                              "0000000000000000"})
        QTest::newRow(value) << std::string(value) << true;
    for (const std::string &value : {stripeKey(), noise(40), noise(16, 7), std::string("q7!Zr9#Lw2vX"),
                                     std::string("postgres://app:q7Zr9Lw2vX@db.example.com/x"), privateKey(300),
                                     std::string("postgres://app:Kj8dhQ2mPzW4s@db.todoplanner.com:5432/main"),
                                     std::string("mysql://app:Kj8dhQ2mPzW4s@dummy.acme.com:3306/todo"),
                                     std::string("redis://app:Kj8dhQ2mPzW4s@insert-coin.com/0"),
                                     std::string("postgres://app:Kj8dhQ2mPzW4s@db.acme.com/example"),
                                     std::string("https://Kj8dhQ2mPzW4s@github.com/todo/your-app"),
                                     std::string("postgres://app:changeme@db.acme.com/x"),
                                     std::string("x9Kd03mmQpTodoZz81"), std::string("harbour_Kj8dhQ2mP")})
        QTest::newRow(value.c_str()) << value << false;
}

void TestTextScanner::knowsPlaceholders()
{
    QFETCH(std::string, value);
    QFETCH(bool, expected);
    QCOMPARE(standsForSecret(value), expected);
}

void TestTextScanner::tellsWordsFromKeys_data()
{
    QTest::addColumn<std::string>("value");
    QTest::addColumn<bool>("expected");
    for (const char *value : {"getUserTokenFromRequest", "this-is-the-name", "reset_password_token", "Benutzername",
                              "application/json", "mein geheimes Wort", "components.settings.title"})
        QTest::newRow(value) << std::string(value) << true;
}

void TestTextScanner::tellsWordsFromKeys()
{
    QFETCH(std::string, value);
    QFETCH(bool, expected);
    QCOMPARE(readsLikeWords(value), expected);
}

// A key that reads like words by accident would be missed.
void TestTextScanner::takesFewKeysForWords()
{
    constexpr std::string_view hexadecimal = "0123456789abcdef";
    for (const auto &alphabet : {noise(1), std::string(hexadecimal)}) {
        int missed = 0;
        for (unsigned seed = 1; seed <= 2000; ++seed)
            missed += readsLikeWords(alphabet.size() > 1 ? noise(32, seed, alphabet) : noise(24, seed)) ? 1 : 0;
        QVERIFY2(missed <= 20, qPrintable(QString::number(missed)));
    }
}

void TestTextScanner::masks_data()
{
    QTest::addColumn<std::string>("value");
    QTest::addColumn<QString>("expected");
    QTest::newRow("short") << std::string("abcdefgh123") << u"••••"_s;
    QTest::newRow("longer") << std::string("abcdefgh1234") << u"abcd••••"_s;
    QTest::newRow("long") << std::string("abcdefgh1234ijklmnop5678") << u"abcd••••5678"_s;
    QTest::newRow("with bytes that are no letters") << std::string("a\nc\x80gh1234ijklmnop5678\x1b") << u"a?c?••••"_s;
}

void TestTextScanner::masks()
{
    QFETCH(std::string, value);
    QFETCH(QString, expected);
    QCOMPARE(maskedSecret(value), expected);
}

void TestTextScanner::fingerprintsByKey()
{
    const std::string text = stripeKey(1) + " " + stripeKey(2) + " " + stripeKey(1);
    const auto hits = scannerWith().scan(text).hits;
    QCOMPARE(hits.size(), 3U);
    QCOMPARE(hits[0].fingerprint.size(), 64);
    QCOMPARE(hits[0].fingerprint, hits[2].fingerprint);
    QVERIFY(hits[0].fingerprint != hits[1].fingerprint);
    QVERIFY(hits[0].fingerprint != scannerWith({}, QByteArray(32, 'o')).scan(text).hits[0].fingerprint);
}

// Around the seams between blocks nothing is lost, and nothing found twice.
void TestTextScanner::findsAtEveryPlaceOfABlock()
{
    const std::string key = stripeKey();
    auto scanner = scannerWith();
    for (const size_t seam :
         {TextScanner::kBlock, TextScanner::kBlock + (16U << 10), TextScanner::kBlock + (36U << 10)}) {
        for (size_t at = seam - 40; at <= seam + 40; at += 16) {
            std::string text(seam * 2 + 300, ' ');
            for (size_t line = 100; line < text.size(); line += 100)
                text[line] = '\n';
            text.replace(at, 1, "\n");
            text.replace(at + 1, key.size(), key);
            const auto line = std::ranges::count(text.substr(0, at + 1), '\n') + 1;
            const QString expected = u"stripe-live-secret secret critical %1:1"_s.arg(line);
            QCOMPARE(shown(scanner.scan(text).hits), expected);
            QCOMPARE(shown(scanner.scanStream(readerOf(text))->hits), expected);
        }
    }
}

void TestTextScanner::streamsAsItScans()
{
    std::string text;
    for (unsigned i = 0; text.size() < 5U << 20; ++i) {
        text += noise(i * 37 % 3000, i, "abc def\n") + "\nx = " + stripeKey(i) + "\n";
        text += "y: " + base64("k=" + stripeKey(i + 1)) + " " + escaped("%", "%%%02x") + "\n";
    }
    auto scanner = scannerWith();
    const TextScan whole = scanner.scan(text);
    QVERIFY(whole.hits.size() > 3000);
    const auto streamed = scanner.scanStream(readerOf(text));
    QCOMPARE(shown(streamed->hits), shown(whole.hits));
    QCOMPARE(streamed->bytes, whole.bytes);
    const std::string wide = utf16(text, false, true);
    const auto wideScan = scanner.scanStream(readerOf(wide, 4097));
    QCOMPARE(wideScan->hits.size(), whole.hits.size());
    for (size_t i = 0; i < whole.hits.size(); ++i) {
        QCOMPARE(wideScan->hits[i].offset, 2 * whole.hits[i].offset + 2);
        QCOMPARE(wideScan->hits[i].line, whole.hits[i].line);
    }
}

void TestTextScanner::passesOverBinaries()
{
    const std::string binary = std::string("\x89PNG\r\n\x1a\n\0\0", 10) + stripeKey();
    QVERIFY(scannerWith().scan(binary).isBinary);
    QVERIFY(scannerWith().scanStream(readerOf(binary))->isBinary);
    const std::string late = std::string(8000, ' ') + std::string(1, '\0') + stripeKey();
    QCOMPARE(scannerWith().scan(late).hits.size(), 1U);
}

void TestTextScanner::stops()
{
    const CancelToken token;
    int reads = 0;
    const auto endless = [&](char *to, qint64 most) -> Result<qint64> {
        if (++reads == 20)
            token.cancel();
        std::memset(to, 'x', static_cast<size_t>(most));
        return most;
    };
    const auto scan = scannerWith(token).scanStream(endless);
    QVERIFY(scan && scan->ended);
    QCOMPARE(scan->ended->kind, ErrorKind::Cancelled);
    QVERIFY(!scan->trouble());
    QVERIFY(reads < 25);
}

void TestTextScanner::cutsWhatIsTooMuch()
{
    std::string text;
    for (unsigned i = 0; i < TextScanner::kMostHits + 100; ++i)
        text += "sk_" + ("live_" + noise(24, i)) + "\n";
    const TextScan scan = scannerWith().scan(text);
    QVERIFY(scan.isCut);
    QCOMPARE(scan.hits.size(), TextScanner::kMostHits);
}

void TestTextScanner::passesOnWhatTheReaderSays()
{
    const auto scan = scannerWith().scanStream(
        [](char *, qint64) -> Result<qint64> { return failure(ErrorKind::Storage, u"broken"_s); });
    QVERIFY(!scan);
    QCOMPARE(scan.error().message, u"broken"_s);
}

void TestTextScanner::worksInProportionToTheLength_data()
{
    QTest::addColumn<std::string>("piece");
    QTest::newRow("escapes") << std::string("\\u0041");
    QTest::newRow("signs of percent") << std::string("%41");
    QTest::newRow("base64 of text") << base64(noise(300, 1, "abc def"));
    QTest::newRow("keys in base64") << base64("k=" + stripeKey()) + " ";
    // Each is text by itself, and two of them are none.
    QTest::newRow("lines of base64 that are text alone")
        << base64("\xc3" + std::string(11, 'a') + std::string(6, '\xa4') + std::string(39, 'b')) + "\n";
    QTest::newRow("names") << std::string("aLongIdentifierOfThirtyLetters/");
    QTest::newRow("opened strings") << std::string("password=\"");
}

void TestTextScanner::worksInProportionToTheLength()
{
    QFETCH(std::string, piece);
    constexpr double kTimes = 8;
    constexpr size_t kLong = TextScanner::kBlock / 4; // within a block, which is the most that is looked at as one
    const double ofShort = workFor(repeated(piece, static_cast<size_t>(kLong / kTimes)));
    const double ofLong = workFor(repeated(piece, kLong));
    // In proportion it is 8 times as much; by the square of the length it would be 64 times.
    QVERIFY2(ofLong < 3 * kTimes * ofShort, qPrintable(u"%1 s and %2 s"_s.arg(ofShort).arg(ofLong)));
}

QTEST_GUILESS_MAIN(TestTextScanner)
#include "tst_textscanner.moc"
