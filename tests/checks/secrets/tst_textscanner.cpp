// What a text has of secrets, and where.
#include "tests/checks/secrets/scannedtexts.h"

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestTextScanner : public QObject
{
    Q_OBJECT

private slots:
    void finds_data();
    void finds();
    void classifiesTokens_data();
    void classifiesTokens();
    void fingerprintsByKey();
    void cutsWhatIsTooMuch();
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

void TestTextScanner::cutsWhatIsTooMuch()
{
    std::string text;
    for (unsigned i = 0; i < TextScanner::kMostHits + 100; ++i)
        text += "sk_" + ("live_" + noise(24, i)) + "\n";
    const TextScan scan = scannerWith().scan(text);
    QVERIFY(scan.isCut);
    QCOMPARE(scan.hits.size(), TextScanner::kMostHits);
}

QTEST_GUILESS_MAIN(TestTextScanner)
#include "tst_textscanner.moc"
