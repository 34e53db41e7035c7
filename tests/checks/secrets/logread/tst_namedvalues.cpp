#include "checks/secrets/logread/namedvalues.h"
#include "checks/secrets/logread/sensitive.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QDateTime kNow(QDate(2026, 11, 29), QTime(10, 0), Qt::UTC);

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<size_t>(bytes.size())};
}

QString textOf(std::string_view text)
{
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

class NamedValuesTest : public QObject
{
    Q_OBJECT

private slots:
    // Of bodies of requests in JSON, by encoders that write signs as numbers, once and twice.
    void readsEscapedSigns_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected"); // name=value, ?name of a query, "value" in quotes
        const auto row = [](const char *name, const char *text, const QString &expected) {
            QTest::newRow(name) << QByteArray(text) << expected;
        };
        row("a tag", R"(\u003cPassword\u003eTulip7!\u003c/Password\u003e)", u"Password=\"Tulip7!\""_s);
        row("a tag, capital digits", R"(\u003CPassword\u003ETulip7!\u003C/Password\u003E)", u"Password=\"Tulip7!\""_s);
        row("a tag, twice", R"(\\u003cPassword\\u003eTulip7!\\u003c/Password\\u003e)", u"Password=\"Tulip7!\""_s);
        row("a tag, PHP", R"(\u003CPassword\u003ETulip7!\u003C\/Password\u003E)", u"Password=\"Tulip7!\""_s);
        row("a plain tag, PHP", R"(<Password>Tulip7!<\/Password>)", u"Password=\"Tulip7!\""_s);
        row("a tag with a name space", R"(\u003cw:Password a=\"b\"\u003eTulip7!\u003c/w:Password\u003e)",
            u"w=Password a=\"b\" Password=\"Tulip7!\" w=Password"_s);
        row("CDATA", R"(\u003cPassword\u003e\u003c![CDATA[Tulip7!]]\u003e\u003c/Password\u003e)",
            u"Password=\"Tulip7!\""_s);
        row("an empty tag", R"(\u003cPassword/\u003e \u003cPassword\u003e\u003c/Password\u003e)", u"Password=\"\""_s);
        row("a tag in a tag", R"(\u003cPassword\u003e\u003cValue\u003eTulip7!\u003c/Value\u003e\u003c/Password\u003e)",
            u"Value=\"Tulip7!\""_s);
        row("a tag in a tag of a page", "&lt;a&gt;&lt;b&gt;c&lt;/b&gt;&lt;/a&gt;", u"b=\"c\""_s);
        row("no tag", R"(1 \u003e 0 and 2 \u003e 1\u003c/b)", {});
        row("a form", R"(email=x\u0026password=Tulip7!\u0026a=1)", u"email=x ?password=Tulip7! ?a=1"_s);
        row("a form, twice", R"(email=x\\u0026password=Tulip7!\\u0026a=1)", u"email=x ?password=Tulip7! ?a=1"_s);
        row("a form, by Gson", R"(email\u003dx\u0026password\u003dTulip7!)", u"email=x ?password=Tulip7!"_s);
        row("a form with brackets", R"(a\u0026user[password]=Tulip7!)", u"password=Tulip7!"_s);
        row("quotes, by .NET", R"({\u0022password\u0022:\u0022Tulip 7!\u0022,\u0022a\u0022:1})",
            u"password=\"Tulip 7!\" a=1"_s);
        row("quotes, twice", R"({\\u0022password\\u0022:\\u0022Tulip 7!\\u0022})", u"password=\"Tulip 7!\""_s);
        row("single quotes", R"(\u0027password\u0027: \u0027Tulip 7!\u0027)", u"password=\"Tulip 7!\""_s);
        row("a quote without its end", R"(\u0022password\u0022:\u0022Tulip)", u"password=\"Tulip\""_s);
        row("an arrow", R"(\"password\"=\u003e\"Tulip 7!\")", u"password=\"Tulip 7!\""_s);
        row("a letter is of the name", R"(\u0041password=x)", u"u0041password=x"_s);
        row("no number", R"(\u00zzpassword=x \u002=y)", u"u00zzpassword=x u002=y"_s);
        row("nothing but the sign", R"(\u0026=, \u003d , \u0022: 1)", {});
        row("cut off", R"(a=\u00)", u"a="_s);
    }

    void readsEscapedSigns()
    {
        QFETCH(QByteArray, text);
        NamedValues values(viewOf(text), NamedForms::OfBodies);
        NamedValue named;
        QStringList said;
        while (values.next(named)) {
            QCOMPARE(textOf(viewOf(text).substr(named.valueStart, named.value.size())), textOf(named.value));
            const QString value = named.isQuoted ? u'"' + textOf(named.value) + u'"' : textOf(named.value);
            said << (named.isQuery ? u"?"_s : QString()) + textOf(named.name) + u'=' + value;
        }
        QTEST(said.join(u' '), "expected");
    }

    // Nothing of a password is shown, wherever it stands; of a token its beginning, by which it is found again.
    void showsNothingOfPasswords_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("expected"); // kind and what is shown
        const auto row = [](const char *name, const char *line, const QString &expected) {
            QTest::newRow(name) << QByteArray(line) << expected;
        };
        row("in an address", "GET /login?email=x&password=1yKwTulip7ab", u"password password=••••"_s);
        row("first in an address", "GET /login?passwd=1yKwTulip7ab&a=1", u"password passwd=••••"_s);
        row("without a digit", "GET /login?password=TulipsAndRoses", u"password password=••••"_s);
        row("short", "GET /login?password=Tulip", u"password password=••••"_s);
        row("in a form", "email=x&new_password=1yKwTulip7ab", u"password new_password=••••"_s);
        row("in a form in JSON", R"({"log":"email=x\u0026password=1yKwTulip7ab\n"})", u"password password=••••"_s);
        row("XML in Docker's JSON", R"({"log":"\u003cPassword\u003e1yKwTulip7ab\u003c/Password\u003e\n"})",
            u"password Password=••••"_s);
        row("a word about it", "GET /login?password=required&pass=yes", {});
        row("a page of the account", "GET /account?pass=/home/me", {});
        row("a token", "GET /reset?token=1yKwTulip7ab9dRe4Q", u"link_token token=1yKw••••"_s);
        row("a code", "GET /back?code=1yKwTulip7ab9dRe4Q", u"link_token code=1yKw••••"_s);
        row("a secret, by its last part", R"(a\u0026client_secret=1yKwTulip7ab9dRe4Q)",
            u"link_token client_secret=1yKw••••"_s);
    }

    void showsNothingOfPasswords()
    {
        QFETCH(QByteArray, line);
        SensitiveFinder finder(kNow);
        std::vector<SensitiveFound> found;
        FieldCounts fields;
        finder.find(viewOf(line), found, fields);
        QStringList said;
        for (const SensitiveFound &one : found)
            said << toWord(one.kind) + u' ' + shownSensitive(one, viewOf(line));
        QTEST(said.join(u' '), "expected");
    }
};

QTEST_GUILESS_MAIN(NamedValuesTest)
#include "tst_namedvalues.moc"
