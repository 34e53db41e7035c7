// Encodings that keys stand in beside the usual ones, and names that hide what is encoded behind them.
#include "checks/secrets/textscanner.h"
#include "tests/checks/secrets/allrules.h"
#include "tests/checks/secrets/smallrules.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

std::string base64(const std::string &text)
{
    return QByteArray::fromStdString(text).toBase64().toStdString();
}

std::string wide(const std::string &text)
{
    std::string units;
    for (const char c : text) {
        units += c;
        units += '\0';
    }
    return units;
}

std::string inLines(const std::string &text, size_t length, const std::string &indent)
{
    std::string lines;
    for (size_t at = 0; at < text.size(); at += length)
        lines += indent + text.substr(at, length) + "\n";
    return lines;
}

// Every letter of it, by a format with one number.
std::string escaped(const std::string &text, const char *format)
{
    std::string all;
    for (const char c : text)
        all += QString::asprintf(format, c).toStdString();
    return all;
}

std::vector<SecretHit> found(const std::string &text, const std::shared_ptr<const PatternSet> &rules)
{
    TextScanner scanner = TextScanner::make(rules, {.key = "key"}).value();
    return scanner.scan(text).hits;
}

QString gitHubToken()
{
    return QString::fromStdString("gh" + ("p_" + noise(36, 4)));
}

} // namespace

class TestEncodings : public QObject
{
    Q_OBJECT

private slots:
    void seesThrough_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<QString>("place"); // line:column, length
        const std::string key = stripeKey();
        const auto row = [](const char *name, const std::string &text, const char *place) {
            QTest::newRow(name) << text << QString::fromLatin1(place);
        };
        row("escapes with braces", "x: " + escaped(key, "\\u{%x}"), "1:4 192");
        row("one of six digits", "x: sk\\u{00005f}live_" + noise(24), "1:4 41");
        row("octal", "x: " + escaped(key, "\\%03o"), "1:4 128");
        row("references in decimal", "x: " + escaped(key, "&#%d;"), "1:4 173");
        row("references in hexadecimal", "x: " + escaped(key, "&#x%x;"), "1:4 192");
        row("references with a capital X", "x: sk&#X5F;live_" + noise(24), "1:4 37");
        row("behind a reference", "x=&#34;" + key + "&#34;", "1:8 32");
        row("PowerShell", "powershell -EncodedCommand " + base64(wide("$k='" + key + "'")), "1:36 88");
        const std::string inside = base64("DATABASE_KEY=" + key + " of the shop");
        row("behind the path of an address", "url: https://x.test/cb/" + inside, "1:40 44");
        row("behind a path and a name", "https://cdn.x.test/a-b/cfg/" + inside + "?v=1", "1:44 44");
        row("behind a name with a hyphen", "prefix-" + inside, "1:24 44");
        row("behind a name with an underscore", "of_the_shop_" + inside, "1:29 44");
        row("behind a long path", std::string("/a/bc/def/ghi-jkl_mno/pqr/stu/vwx/yz/") + inside, "1:54 44");
        row("UTF-16 in lines",
            "c: |\n" + inLines(base64(wide("Write-Host some words of no meaning; $k='" + key + "'")), 76, "  "),
            "3:35 91");
    }

    void seesThrough()
    {
        QFETCH(std::string, text);
        const auto hits = found(text, smallSet());
        QCOMPARE(hits.size(), size_t(1));
        const SecretHit &hit = hits.front();
        QCOMPARE(hit.rule->id, u"stripe-live-secret"_s);
        QTEST(u"%1:%2 %3"_s.arg(hit.line).arg(hit.column).arg(hit.length), "place");
    }

    // Whatever it stands in, it is the same secret.
    void isTheSameSecret()
    {
        const std::string key = stripeKey();
        const QByteArray plain = found(key, smallSet()).front().fingerprint;
        for (const std::string &text :
             {escaped(key, "\\u{%x}"), escaped(key, "&#%d;"), base64(wide("k='" + key + "'"))})
            QCOMPARE(found(text, smallSet()).front().fingerprint, plain);
    }

    void isNoEscape_data()
    {
        QTest::addColumn<std::string>("text");
        for (const char *const text :
             {"&", "&#", "&#;", "&#x;", "&#115", "&#x110000;", "&#12345678;", "&amp;", "\\u{", "\\u{}", "\\u{g}",
              "\\u{12345678}", "\\1", "\\12", "\\189", "\\", "%", "%4", "a && b"})
            QTest::newRow(text) << std::string(text);
    }

    // Also at the end of a text, and in each place of a row that is looked at as one.
    void isNoEscape()
    {
        QFETCH(std::string, text);
        DecodedView view;
        for (size_t before = 0; before < 40; ++before) {
            if (view.build(std::string(before, 'a') + text))
                QCOMPARE(std::string(view.text()), std::string(before, 'a')); // of no letter at all
            QVERIFY(!view.build(std::string(before, 'a') + text + " ") || text == "&#x110000;");
        }
    }

    void findsEachPlace()
    {
        DecodedView view;
        for (size_t before = 0; before < 40; ++before) {
            for (const char *const escape : {"%41", "\\x41", "\\101", "\\u0041", "\\u{41}", "&#65;", "&#x41;"}) {
                QVERIFY(view.build(std::string(before, 'b') + escape + "c"));
                QCOMPARE(std::string(view.text()), std::string(before, 'b') + "Ac");
            }
        }
    }

    // What the value is tells more than what it is called: base64 of a cluster's settings.
    void tellsWhatIsBehindAName_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("rule");
        const QString stripe = QString::fromStdString(stripeKey());
        QTest::newRow("a token of GitHub") << u"GITHUB_TOKEN"_s << gitHubToken() << u"github-token"_s;
        for (const QString &name : {u"password"_s, u"api_secret"_s, u"stripe-key"_s, u"value"_s})
            QTest::newRow(qPrintable(u"a key of Stripe: "_s + name)) << name << stripe << u"stripe-live-secret"_s;
    }

    void tellsWhatIsBehindAName()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        QFETCH(QString, rule);
        const QString settings = u"apiVersion: v1\nkind: Secret\ndata:\n  %1: %2\n"_s;
        const auto hits =
            found(settings.arg(name, QString::fromLatin1(value.toLatin1().toBase64())).toStdString(), allRules());
        QCOMPARE(hits.size(), size_t(1));
        const QString id = hits.front().rule->id;
        const auto plain = found(value.toStdString(), allRules());
        QCOMPARE(plain.size(), size_t(1));
        QCOMPARE(id, plain.front().rule->id);
        QVERIFY2(rule == id || !id.startsWith("generic"_L1), qPrintable(id));
        QCOMPARE(hits.front().fingerprint, plain.front().fingerprint);
        QCOMPARE(hits.front().masked, plain.front().masked);
        QVERIFY(!hits.front().rule->rotate.isEmpty());
    }

    // Its ends are ends of the password, which anybody decodes.
    void masksEncodedPasswordsWhole()
    {
        const std::string line = "app_password: \"" + base64("DB_PASSWORD=Quai7-Zebra-Umlaut-93") + "\"\n";
        const auto hits = found(line, allRules());
        QCOMPARE(hits.size(), size_t(1));
        QCOMPARE(hits.front().masked, u"••••"_s);
        QVERIFY(maskedSecret(noise(40)).size() > 4);
    }

    // The next column stands behind a key in SQLite, and may be somebody's number.
    void showsNoNeighbourOfAKey()
    {
        const std::string file =
            "SQLite format 3" + std::string(85, '\0') + "stripe" + stripeKey() + "4711" + std::string(9, '\0');
        const auto hits = found(file, smallSet());
        QCOMPARE(hits.size(), size_t(1));
        QVERIFY2(hits.front().masked.endsWith(u"••••"_s) && hits.front().masked.size() == 8,
                 qPrintable(hits.front().masked));
    }

    // More than one value in one: none is lost behind what another of them is.
    void tellsAllBehindAName_data()
    {
        QTest::addColumn<std::string>("inside");
        QTest::addColumn<QStringList>("rules"); // by name
        const std::string live = "sk_" + ("live_" + noise(24));
        const std::string published = "pk_" + ("live_" + noise(24));
        const std::string testing = "sk_" + ("test_" + noise(24));
        const QString generic = u"generic-password"_s;
        const QString stripe = u"stripe-live-secret"_s;
        const auto row = [](const char *name, const std::string &inside, const QStringList &rules) {
            QTest::newRow(name) << inside << rules;
        };
        const std::string password = "DB_PASSWORD=Quai7-Zebra-Umlaut-93";
        row("a public key and a password", "PK=" + published + "\n" + password, {generic});
        row("a public key alone", published, {generic});
        row("a key for tests", testing, {generic});
        row("a key that counts and a password", "SK=" + live + "\n" + password, {generic, stripe});
        row("a key that counts and words", "SK=" + live + "\nand what else somebody has to keep to himself",
            {generic, stripe});
        row("a key with its name", "STRIPE_KEY=" + live + "\n", {stripe});
        row("a key in JSON", "{\"stripe\": {\"key\": \"" + live + "\"}}", {stripe});
        row("a key that counts and a short password", "PW=hunter2x\nSK=" + live, {generic, stripe});
        row("a key that counts behind a short password", "hunter2x SK=" + live, {generic, stripe});
        row("a key that counts before a short password", "SK=" + live + " hunter2x", {generic, stripe});
        row("a key that counts and a public one", "SK=" + live + "\nPK=" + published,
            {u"stripe-live-publishable"_s, stripe});
        row("two keys that count", "A=" + live + "\nB=gh" + ("p_" + noise(36, 4)), {u"github-classic-token"_s, stripe});
    }

    void tellsAllBehindAName()
    {
        QFETCH(std::string, inside);
        QStringList rules;
        for (const SecretHit &hit : found("app_password: \"" + base64(inside) + "\"\n", allRules()))
            rules << hit.rule->id;
        rules.sort();
        QTEST(rules, "rules");
    }

    // A password that is no key of anybody stays what its name says, and its remark holds.
    void keepsWhatOnlyANameTells()
    {
        const std::string secret = base64("k=" + stripeKey());
        const auto hits =
            found("password: \"" + secret + "\" # launch-cockpit:allow of a shop that is closed\n", smallSet());
        QCOMPARE(hits.size(), size_t(1));
        QCOMPARE(hits.front().allowed.value_or(QString()), u"of a shop that is closed"_s);
        const auto named = found("password: \"" + base64("hunter2 and more of the same") + "\"\n", smallSet());
        QCOMPARE(named.size(), size_t(1));
        QCOMPARE(named.front().rule->id, u"generic-password"_s);
        QCOMPARE(named.front().through, Through::Plain);
    }
};

QTEST_GUILESS_MAIN(TestEncodings)
#include "tst_encodings.moc"
