// What the filters leave of what the rules find: a value is dropped for what is said of itself, not for words that
// stand somewhere before it.
#include "checks/secrets/exampletemplate.h"
#include "checks/secrets/textscanner.h"
#include "tests/checks/secrets/allrules.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QDateTime kNow = QDateTime::fromSecsSinceEpoch(1'800'000'000);

// "rule severity line", by place.
QStringList shown(const QByteArray &text)
{
    auto scanner = TextScanner::make(test::allRules(), {QByteArray(32, 'k'), {}, kNow});
    QStringList lines;
    for (const SecretHit &hit :
         scanner->scan(std::string_view(text.constData(), static_cast<size_t>(text.size()))).hits)
        lines.append(u"%1 %2 %3"_s.arg(hit.rule->id, toWord(hit.severity)).arg(hit.line));
    return lines;
}

QByteArray key(const char *form, quint32 seed = 1)
{
    return expanded(QByteArray(form), seed);
}

} // namespace

class RuleFiltersTest : public QObject
{
    Q_OBJECT

private slots:
    void find_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("found");
        const auto row = [](const char *name, const QByteArray &text, const QStringList &found) {
            QTest::newRow(name) << text << found;
        };
        row("a form's word for everybody's user of a database",
            "postgres://postgres:changeme@db.acme-shop.net/live mysql://root:secret@51.15.22.33/live",
            {u"postgres-url critical 1"_s, u"mysql-url critical 1"_s});
        row("a form's word without a user", "redis://:password@cache.acme-shop.net", {u"redis-url critical 1"_s});
        row("a key behind a sentence", "# Please update the values and set them\nSECRET_KEY=" + key("{hex:64}") + "\n",
            {u"signing-django-secret-key critical 2"_s});
        row("a key behind commands",
            "RUN apt-get update && apt-get -y install curl && set -eux\nENV API_KEY=" + key("{hex:32}") + "\n",
            {u"generic-env-key high 2"_s});
        row("a key behind a step", "- run: sudo apt update && set -x\n- run: API_TOKEN=" + key("{hex:40}") + " ./x\n",
            {u"generic-env-token high 2"_s});
        row("a key behind a remark of code",
            "// update the page and set it\nconst apiKey = '" + key("{hex:32}") + "';\n",
            {u"generic-api-key high 2"_s});
        row("a key in a column of keys",
            "UPDATE settings SET api_key = '" + key("{hex:32}", 1) + "' WHERE id = 1;\nUPDATE shops SET name = 'a', " +
                "access_token = '" + key("{hex:40}", 2) + "';\n",
            {u"generic-api-key high 1"_s, u"generic-token high 2"_s});
        row("a password behind a statement that is none of its own",
            "UPDATE users SET active = true WHERE password = '" + key("{hex:32}", 1) + "';\n" +
                "-- update the users and set their password = '" + key("{hex:32}", 2) + "'\n",
            {u"generic-password high 1"_s, u"generic-password high 2"_s});
        row("tokens of somebody's page",
            "<fb-page-token>" + key("{alnum:40}", 1) + "</fb-page-token><LandingPageToken>" + key("{alnum:40}", 2) +
                "</LandingPageToken>\n",
            {u"generic-xml high 1"_s, u"generic-xml high 1"_s});
        row("settings without a sign between the words",
            "secretKey: " + key("{alnum:32}", 1) + "\n  privateKey: " + key("{alnum:32}", 2) +
                "\nauthKey: " + key("{alnum:32}", 3) + "\nSIGNINGKEY=" + key("{alnum:32}", 4) + "\n",
            {u"generic-setting-key high 1"_s, u"generic-setting-key high 2"_s, u"generic-setting-key high 3"_s,
             u"generic-env-key high 4"_s});
        row("an npm registry of one's own",
            "//npm.acme.io/:_authToken=" + key("{alnum:32}", 1) + "\n//npm.acme.io/:_password=S3E3dloybVh3OUxyNFQ=\n",
            {u"generic-npm-token critical 1"_s, u"generic-npm-password critical 2"_s});
        row("npm's own token, by its own name", "//registry.npmjs.org/:_authToken=npm_" + key("{alnum:36}") + "\n",
            {u"npm-token critical 1"_s});
    }

    void find()
    {
        QFETCH(QByteArray, text);
        QFETCH(QStringList, found);
        QCOMPARE(shown(text), found);
    }

    void leaveAlone_data()
    {
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char *name, const QByteArray &text) { QTest::newRow(name) << text; };
        for (const char *name : {"pageToken", "PageToken", "x:pageToken", "nextPageToken", "next_page_token",
                                 "prev-page-token", "x:previousPageToken", "myCursorToken"})
            row(name, '<' + QByteArray(name) + '>' + key("{alnum:40}") + "</" + name + '>');
        row("a page in an attribute", "<setting name=\"pageToken\" value=\"" + key("{alnum:24}") + "\"/>");
        row("hashes in the column of passwords",
            "UPDATE users SET active = true, password = '" + key("{hex:32}") + "' WHERE id = 1;\n" +
                "update public.users AS u\n  set u.password = '" + key("{hex:64}") + "';\n" +
                "UPDATE wp_users SET `user_pass` = '" + key("{hex:32}") + "';\nUPDATE [users] SET [Password] = N'" +
                key("{hex:40}") + "';\nUPDATE \"users\" SET \"password\"='" + key("{hex:32}") + "';\n" +
                "UPDATE USERS SET PASSWORD='" + key("{hex:32}") + "';\n");
        row("an .npmrc that refers",
            "//npm.acme.io/:_authToken=${NPM_TOKEN}\n//npm.acme.io/:_password=${NPM_PASSWORD}\n"
            "//npm.acme.io/:_authToken=your-token-of-the-registry\n//npm.acme.io/:_authToken=<your-token>\n"
            "//npm.acme.io/:_authToken=process.env.NPM_TOKEN_OF_X9\n");
        row("members of code called like npm's password",
            "_password = getPassword()\n    _password = otherPassword\n_password=userPassword\nself._password=pw\n");
        row("a database without users, of a sample", "redis://:password@redis.example.com redis://:password@cache:6379 "
                                                     "redis://:password@localhost redis://:password@127.0.0.1:6379");
        row("keys that refer", "secretKey: ${SECRET_KEY}\n  privateKey: /etc/ssl/private/shop.key\n"
                               "signingKey: {{ .Values.signingKey }}\n  secretKeyRef: shop-secrets-of-2\n"
                               "MASTERKEY=${MASTERKEY}\n./x --private-key /etc/ssl/private/shop-2.key\n");
    }

    void leaveAlone()
    {
        QFETCH(QByteArray, text);
        QCOMPARE(shown(text), QStringList());
    }
};

QTEST_GUILESS_MAIN(RuleFiltersTest)
#include "tst_rulefilters.moc"
