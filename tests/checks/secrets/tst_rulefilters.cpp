// What the filters leave of what the rules find: a value is dropped for what is said of itself, not for words that
// stand somewhere before it.
#include "tests/checks/secrets/allhits.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

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
        row("a key behind a sentence",
            "# Please update the values and set them\nSECRET_KEY=" + test::valueOf("{hex:64}") + "\n",
            {u"signing-django-secret-key critical 2"_s});
        row("a key behind commands",
            "RUN apt-get update && apt-get -y install curl && set -eux\nENV API_KEY=" + test::valueOf("{hex:32}") +
                "\n",
            {u"generic-env-key high 2"_s});
        row("a key behind a step",
            "- run: sudo apt update && set -x\n- run: API_TOKEN=" + test::valueOf("{hex:40}") + " ./x\n",
            {u"generic-env-token high 2"_s});
        row("a key behind a remark of code",
            "// update the page and set it\nconst apiKey = '" + test::valueOf("{hex:32}") + "';\n",
            {u"generic-api-key high 2"_s});
        row("a key in a column of keys",
            "UPDATE settings SET api_key = '" + test::valueOf("{hex:32}", 1) +
                "' WHERE id = 1;\nUPDATE shops SET name = 'a', " + "access_token = '" + test::valueOf("{hex:40}", 2) +
                "';\n",
            {u"generic-api-key high 1"_s, u"generic-token high 2"_s});
        row("a password behind a statement that is none of its own",
            "UPDATE users SET active = true WHERE password = '" + test::valueOf("{hex:32}", 1) + "';\n" +
                "-- update the users and set their password = '" + test::valueOf("{hex:32}", 2) + "'\n",
            {u"generic-password high 1"_s, u"generic-password high 2"_s});
        row("tokens of somebody's page",
            "<fb-page-token>" + test::valueOf("{alnum:40}", 1) + "</fb-page-token><LandingPageToken>" +
                test::valueOf("{alnum:40}", 2) + "</LandingPageToken>\n",
            {u"generic-xml high 1"_s, u"generic-xml high 1"_s});
        row("settings without a sign between the words",
            "secretKey: " + test::valueOf("{alnum:32}", 1) + "\n  privateKey: " + test::valueOf("{alnum:32}", 2) +
                "\nauthKey: " + test::valueOf("{alnum:32}", 3) + "\nSIGNINGKEY=" + test::valueOf("{alnum:32}", 4) +
                "\n",
            {u"generic-setting-key high 1"_s, u"generic-setting-key high 2"_s, u"generic-setting-key high 3"_s,
             u"generic-env-key high 4"_s});
        row("an npm registry of one's own",
            "//npm.acme.io/:_authToken=" + test::valueOf("{alnum:32}", 1) +
                "\n//npm.acme.io/:_password=S3E3dloybVh3OUxyNFQ=\n",
            {u"generic-npm-token critical 1"_s, u"generic-npm-password critical 2"_s});
        row("npm's own token, by its own name",
            "//registry.npmjs.org/:_authToken=npm_" + test::valueOf("{alnum:36}") + "\n", {u"npm-token critical 1"_s});
    }

    void find()
    {
        QFETCH(QByteArray, text);
        QFETCH(QStringList, found);
        QCOMPARE(test::shownHits(text), found);
    }

    void leaveAlone_data()
    {
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char *name, const QByteArray &text) { QTest::newRow(name) << text; };
        for (const char *name : {"pageToken", "PageToken", "x:pageToken", "nextPageToken", "next_page_token",
                                 "prev-page-token", "x:previousPageToken", "myCursorToken"})
            row(name, '<' + QByteArray(name) + '>' + test::valueOf("{alnum:40}") + "</" + name + '>');
        row("a page in an attribute", "<setting name=\"pageToken\" value=\"" + test::valueOf("{alnum:24}") + "\"/>");
        row("hashes in the column of passwords",
            "UPDATE users SET active = true, password = '" + test::valueOf("{hex:32}") + "' WHERE id = 1;\n" +
                "update public.users AS u\n  set u.password = '" + test::valueOf("{hex:64}") + "';\n" +
                "UPDATE wp_users SET `user_pass` = '" + test::valueOf("{hex:32}") +
                "';\nUPDATE [users] SET [Password] = N'" + test::valueOf("{hex:40}") +
                "';\nUPDATE \"users\" SET \"password\"='" + test::valueOf("{hex:32}") + "';\n" +
                "UPDATE USERS SET PASSWORD='" + test::valueOf("{hex:32}") + "';\n");
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
        QCOMPARE(test::shownHits(text), QStringList());
    }
};

QTEST_GUILESS_MAIN(RuleFiltersTest)
#include "tst_rulefilters.moc"
