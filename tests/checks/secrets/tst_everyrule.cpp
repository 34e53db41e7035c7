// All rules at once, through the program's own search and filters: what stands in a text is found under the right name,
// and what only looks like a key is not.
#include "tests/checks/secrets/allhits.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

constexpr quint32 kSeeds = 3;
} // namespace

class TestEveryRule : public QObject
{
    Q_OBJECT

private slots:
    void callsExamplesByTheirName_data()
    {
        QTest::addColumn<int>("at");
        for (size_t i = 0; i < test::allRules()->rules().size(); ++i)
            QTest::newRow(qPrintable(test::allRules()->rules()[i].id)) << static_cast<int>(i);
    }

    void callsExamplesByTheirName()
    {
        QFETCH(int, at);
        const LeakRule &rule = test::allRules()->rules()[static_cast<size_t>(at)];
        for (const QByteArray &example : rule.matching) {
            for (quint32 seed = 1; seed <= kSeeds; ++seed) {
                const QByteArray text = expanded(example, seed);
                QStringList ids;
                for (const SecretHit &hit : test::allHitsIn(text))
                    ids.append(hit.rule->id);
                // Amazon's, unless something says otherwise.
                if (rule.id == u"s3-secret-key" && ids.contains(u"aws-secret-access-key"))
                    continue;
                QVERIFY2(ids.contains(rule.id), qPrintable(QString::fromUtf8(example) + u" -> "_s + ids.join(u' ')));
            }
        }
    }

    void findsInPlace_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("found");
        const auto row = [](const char *name, const QByteArray &text, const QStringList &found) {
            QTest::newRow(name) << text << found;
        };
        row("settings under each other",
            "A_SECRET=" + test::valueOf("{alnum:24}", 1) + "\nB_SECRET=" + test::valueOf("{alnum:24}", 2) +
                "\nC_SECRET=" + test::valueOf("{alnum:24}", 3) + "\nD_SECRET=" + test::valueOf("{alnum:24}", 4) + "\n",
            {u"generic-env-secret high 1"_s, u"generic-env-secret high 2"_s, u"generic-env-secret high 3"_s,
             u"generic-env-secret high 4"_s});
        row("passwords under each other, the last without an end of line",
            "SHOP_DB_PASSWORD=" + test::valueOf("{alnum:16}", 1) + "\r\nMAIL_PASSWORD=" +
                test::valueOf("{alnum:16}", 2) + "\r\nSMTP_PASS=" + test::valueOf("{alnum:16}", 3),
            {u"generic-env-password high 1"_s, u"generic-env-password high 2"_s, u"generic-env-password high 3"_s});
        row("two on one line",
            "ENV A_TOKEN=" + test::valueOf("{alnum:24}", 1) +
                " PORT=80\nexport B_TOKEN=" + test::valueOf("{alnum:24}", 2) + "\n",
            {u"generic-env-token high 1"_s, u"generic-env-token high 2"_s});
        row("YAML",
            "services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: " + test::valueOf("{alnum:13}") +
                "\n      API_TOKEN: " + test::valueOf("{alnum:24}", 2) + "\n",
            {u"generic-setting-password high 4"_s, u"generic-setting-token high 5"_s});
        row("properties",
            "spring.datasource.password=" + test::valueOf("{alnum:14}") +
                "\njwt.secret = " + test::valueOf("{alnum:32}", 2) + "\n",
            {u"generic-setting-password high 1"_s, u"generic-setting-secret high 2"_s});
        row("quoted, as vercel env pull writes it",
            "DB_PASSWORD_PROD=\"" + test::valueOf("{alnum:16}", 1) + "\"\nAPI_TOKEN_PROD=\"" +
                test::valueOf("{alnum:24}", 2) + "\"\n",
            {u"generic-env-password high 1"_s, u"generic-env-token high 2"_s});
        row("a list, of which the next setting is no part of the password",
            "A=1,DB_PASSWORD=" + test::valueOf("{alnum:14}", 1) + ",PORT=80\n", {u"generic-env-password high 1"_s});
        row("items of a list in a compose file",
            "    environment:\n      - \"API_TOKEN=" + test::valueOf("{alnum:24}", 1) +
                "\"\n      - SERVICE_API_KEY=" + test::valueOf("{alnum:24}", 2) + "\n",
            {u"generic-env-token high 2"_s, u"generic-env-key high 3"_s});
        row("characters that people type",
            "DB_PASSWORD=\"ajAI" + test::valueOf("{alnum:8}", 1) + "$8iS\"\nAPP_CLIENT_SECRET=9wMx!" +
                test::valueOf("{alnum:16}", 2) + "@Sk\n",
            {u"generic-env-password high 1"_s, u"generic-env-secret high 2"_s});
        row("a header in code", "{\"x-api-key\": \"" + test::valueOf("{alnum:24}") + "\"}",
            {u"generic-api-key high 1"_s});
        row("a token, by its claims",
            "Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c2VyXzQyIiwicm9sZSI6ImFkbWluIn0." +
                test::valueOf("{b64url:43}"),
            {u"jwt high 1"_s});
        row("a name of its service", "CLERK_WEBHOOK_SECRET=whsec_" + test::valueOf("{b64:32}") + "\n",
            {u"clerk-webhook-secret high 1"_s});
        row("a database behind a word of the lists",
            "postgres://app:" + test::valueOf("{alnum:16}", 1) +
                "@db.todo.com/main mysql://todo:" + test::valueOf("{alnum:16}", 2) +
                "@dummy.shop-one.net/x mysql://app:Kj8$" + test::valueOf("{alnum:12}", 3) + "@db.your-shop.com/x",
            {u"postgres-url critical 1"_s, u"mysql-url critical 1"_s, u"mysql-url critical 1"_s});
        row("a database of the composed network",
            "DATABASE_URL=postgres://app:" + test::valueOf("{alnum:16}") + "@db:5432/app", {u"postgres-url low 1"_s});
        row("a key in pieces, joined with plus", "k = \"ghp_\" + \"" + test::valueOf("{alnum:36}") + "\"",
            {u"github-classic-token critical 1"_s});
        row("over two lines of Python",
            "k = (\"ghp_" + test::valueOf("{alnum:20}", 1) + "\"\n     \"" + test::valueOf("{alnum:16}", 2) + "\")",
            {u"github-classic-token critical 1"_s});
        row("beside each other on a line",
            "k = 'ghp_" + test::valueOf("{alnum:20}", 1) + "' '" + test::valueOf("{alnum:16}", 2) + "'",
            {u"github-classic-token critical 1"_s});
        row("with PHP's dot", "$k = 'ghp_' . '" + test::valueOf("{alnum:36}") + "';",
            {u"github-classic-token critical 1"_s});
        row("with Elixir's sign", "k = \"ghp_\" <> \"" + test::valueOf("{alnum:36}") + "\"",
            {u"github-classic-token critical 1"_s});
        row("in a template", "const k = `ghp_${'" + test::valueOf("{alnum:36}") + "'}`;",
            {u"github-classic-token critical 1"_s});
        row("in three pieces",
            "\"gh\" +\n  \"p_" + test::valueOf("{alnum:20}", 1) + "\" +\n  \"" + test::valueOf("{alnum:16}", 2) + "\"",
            {u"github-classic-token critical 1"_s});
        row("a pair whose name knows its service",
            "- name: JWT_SECRET\n  value: \"" + test::valueOf("{alnum:32}") + "\"\n",
            {u"signing-jwt-secret critical 2"_s});
        row("what a composed network falls back to",
            "    environment:\n      JWT_SECRET: ${JWT_SECRET:-" + test::valueOf("{alnum:32}") + "}\n",
            {u"signing-jwt-secret critical 2"_s});
        row("the secret that Django made",
            "SECRET_KEY = 'django-insecure-" + test::valueOf("{alnum:20}", 1) + "$&" + test::valueOf("{alnum:28}", 2) +
                "'\n",
            {u"signing-django-secret-key critical 1"_s});
        row("what Django falls back to",
            "SECRET_KEY = os.environ.get(\"SECRET_KEY\", \"django-insecure-xl&3xk!9v(" + test::valueOf("{alnum:40}") +
                "\")\n",
            {u"signing-django-secret-key critical 1"_s});
        row("what Django falls back to, by name",
            "SECRET_KEY = config(\"SECRET_KEY\", default=\"django-insecure-" + test::valueOf("{alnum:50}") + "\")\n",
            {u"signing-django-secret-key critical 1"_s});
        row("a prefix beside its key", "k = (\"sk_\" \"live_" + test::valueOf("{alnum:24}") + "\")\n",
            {u"stripe-live-secret critical 1"_s});
        row("a longer prefix beside its key", "k = (\"sk_live_\" \"" + test::valueOf("{alnum:24}") + "\")\n",
            {u"stripe-live-secret critical 1"_s});
        row("a prefix that touches its key", "k = \"ghp_\"\"" + test::valueOf("{alnum:36}") + "\";\n",
            {u"github-classic-token critical 1"_s});
        row("pieces that touch",
            "k = \"ghp_" + test::valueOf("{alnum:20}", 1) + "\"\"" + test::valueOf("{alnum:16}", 2) + "\";\n",
            {u"github-classic-token critical 1"_s});
        row("in parentheses of Python", "api_key = (\"r7Lx2Qm9Vt\"\n           \"4Wz8Kn5Bp3Ab\")\n",
            {u"generic-api-key high 1"_s});
        row("behind an opening parenthesis", "api_key = (\n    \"r7Lx2Qm9Vt\"\n    \"4Wz8Kn5Bp3Ab\"\n)\n",
            {u"generic-api-key high 2"_s});
        row("a block of Ruby", "ENV.fetch(\"DB_PASSWORD\") { \"" + test::valueOf("{alnum:14}") + "\" }\n",
            {u"generic-fallback high 1"_s});
        row("a block of Ruby, for what signs", "ENV.fetch('JWT_SECRET') { '" + test::valueOf("{alnum:32}") + "' }\n",
            {u"signing-jwt-secret critical 1"_s});
        row("a setting that gets its value when it has none",
            "process.env.SESSION_SECRET ?\?= \"" + test::valueOf("{alnum:32}") +
                "\";\nprocess.env.ADMIN_PASSWORD ||= '" + test::valueOf("{alnum:14}") + "';\n",
            {u"signing-session-secret critical 1"_s, u"generic-fallback high 2"_s});
        row("parentheses around both sides",
            "const k = (process.env.ADMIN_TOKEN) || (\"" + test::valueOf("{alnum:24}") + "\");\n",
            {u"generic-fallback high 1"_s});
        row("two settings of a command",
            "gcloud run deploy a --set-env-vars JWT_SECRET=" + test::valueOf("{alnum:32}") + ",STRIPE_KEY=sk_live_" +
                test::valueOf("{alnum:24}") + "\n",
            {u"signing-jwt-secret critical 1"_s, u"stripe-live-secret critical 1"_s});
        row("Flask's, by the brackets of its configuration",
            "app.config[\"SECRET_KEY\"] = \"" + test::valueOf("{hex:64}") + "\"\n",
            {u"signing-flask-secret-key critical 1"_s});
        row("salts of WordPress, as its generator writes them",
            "define('AUTH_KEY',         'k|Wq&]o0/L+Z(b 4vT>uG7~j%N{xS9:F}cR2^=yE;hM5,iP@D3#wK!a8.V$tJ1?_');\n"
            "define('NONCE_SALT',       'Zq7 (r5]Lw{3Tx},;:|Vn9Kd2Mb<>');\n",
            {u"wordpress-salt high 1"_s, u"wordpress-salt high 2"_s});
        row("salts of WordPress in a file of settings",
            "AUTH_KEY='k|Wq&]o0/L+Z(b 4vT>uG7~j%N{xS9:F}cR2^'\nexport LOGGED_IN_SALT=\"" + test::valueOf("{alnum:48}") +
                "\"\n",
            {u"wordpress-salt high 1"_s, u"wordpress-salt high 2"_s});
        row("a pair with a remark",
            "- name: DB_PASSWORD\n  # of the shop\n  value: \"" + test::valueOf("{alnum:14}") + "\"\n",
            {u"generic-pair high 3"_s});
        row("a pair with a block",
            "- name: DB_PASSWORD\n  value: |\n    " + test::valueOf("{alnum:14}") + "\n- name: X\n",
            {u"generic-pair high 3"_s});
        row("a database by a short address", "postgres://app:" + test::valueOf("{alnum:16}") + "@10.0.0.7/app",
            {u"postgres-url critical 1"_s});
        row("the user's name again, where everybody can ask",
            "postgres://shopadmin:shopadmin@db.shop-one.net:5432/shop", {u"postgres-url critical 1"_s});
        row("the root of a server", "mongodb://root:root@mongo.shop-one.net:27017", {u"mongodb-url critical 1"_s});
        row("the second host is not this machine",
            "mongodb://shop:" + test::valueOf("{alnum:16}") + "@localhost:27017,db1.shop-one.net:27017/shop",
            {u"mongodb-url critical 1"_s});
        row("a name that begins like this machine's network",
            "postgres://shop:" + test::valueOf("{alnum:16}") + "@127.db.shop-one.net:5432/shop",
            {u"postgres-url critical 1"_s});
        const QStringList weak{u"postgres-url critical 1"_s};
        for (const char *word : {"password123", "p4ssw0rd", "s3cr3t", "changeme", "admin", "letmein", "welcome1",
                                 "Passw0rd!", "change-me", "123456", "qwerty"})
            row(qPrintable(u"everybody tries %1"_s.arg(QLatin1StringView(word))),
                "postgres://app:" + QByteArray(word) + "@db.shop-one.net/x", weak);
        row("a weak password of a number", "postgres://app:letmein@8.8.4.4:5432/x", weak);
        row("a weak password of an address of six", "postgres://app:letmein@[2a01:4f8::1]:5432/x", weak);
        row("a weak password without a user", "rediss://:letmein@cache.shop-one.net:6379", {u"redis-url critical 1"_s});
        row("a form's word for somebody", "postgres://shop:password@db.shop-one.net/x", weak);
        row("a form's word for everybody's user", "mongodb+srv://admin:password@cluster0.ab1cd.mongodb.net/test",
            {u"mongodb-url critical 1"_s});
        row("a weak password for everybody's user", "mongodb+srv://admin:letmein@cluster0.ab1cd.mongodb.net/test",
            {u"mongodb-url critical 1"_s});
        row("a form's word for everybody's user of a site", "http://root:secret@shop-one.net/",
            {u"generic-url-password medium 1"_s});
        row("everybody's user of a project", "postgres://postgres:postgres@db.qzkfhwtrnmxvcbyl.supabase.co/x", weak);
        row("a weak password of a site", "https://shop:admin@api.shop-one.net/v1",
            {u"generic-url-password critical 1"_s});
        row("a weak password of a mail server", "smtp://shop:letmein@mail.shop-one.net:587",
            {u"smtp-url critical 1"_s});
        row("a weak password behind its host", "jdbc:postgresql://db.shop-one.net:5432/live?user=shop&password=s3cr3t",
            {u"jdbc-url critical 1"_s});
        row("a weak password behind its server",
            "Server=tcp:shop.database.windows.net,1433;Database=live;User ID=shop;Password=p4ssw0rd;",
            {u"adonet-connection critical 1"_s});
        row("a password with a word in it", "postgres://shop:S3cr3t-8841-Zqv@db.shop-one.net/shop",
            {u"postgres-url critical 1"_s});
        row("Oracle's passwords",
            "CREATE USER shop IDENTIFIED BY " + test::valueOf("{alnum:14}", 5) + ";\nALTER USER shop IDENTIFIED BY \"" +
                test::valueOf("{alnum:14}", 6) + "\" ACCOUNT UNLOCK;\n",
            {u"generic-sql-password high 1"_s, u"generic-sql-password high 2"_s});
        row("passwords of several accounts in one statement",
            "CREATE USER a IDENTIFIED BY '" + test::valueOf("{alnum:14}", 5) + "',\n  'b'@'%' IDENTIFIED BY '" +
                test::valueOf("{alnum:14}", 6) + "', c IDENTIFIED WITH sha256_password BY '" +
                test::valueOf("{alnum:14}", 7) + "';\n",
            {u"generic-sql-password high 1"_s, u"generic-sql-password high 2"_s, u"generic-sql-password high 2"_s});
        row("passwords of an account by two ways",
            "ALTER USER a IDENTIFIED VIA ed25519 USING PASSWORD('" + test::valueOf("{alnum:14}", 5) +
                "')\n  OR mysql_native_password USING PASSWORD('" + test::valueOf("{alnum:14}", 6) + "');\n",
            {u"generic-sql-password high 1"_s, u"generic-sql-password high 2"_s});
        row("a password between dollars", "ALTER ROLE shop PASSWORD $$" + test::valueOf("{alnum:14}", 7) + "$$;\n",
            {u"generic-sql-password high 1"_s});
        row("Clojure within a text",
            "{\"text\":\"\\u003ashop/auth-token \\u0022" + test::valueOf("{alnum:24}") + "\\u0022\"}",
            {u"generic-keyword high 1"_s});
        row("a server called server", "postgres://shop:Quai7-Zebra-93@server:5432/shop", {u"postgres-url low 1"_s});
    }

    void findsInPlace()
    {
        QFETCH(QByteArray, text);
        QFETCH(QStringList, found);
        QCOMPARE(test::shownHits(text), found);
    }

    void leavesAlone_data()
    {
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char *name, const QByteArray &text) { QTest::newRow(name) << text; };
        row("Prisma's template", "DATABASE_URL=\"postgresql://USER:PASSWORD@HOST:PORT/DATABASE\"");
        row("secret of a documentation", "postgresql://user:secret@host/db");
        row("names in capitals", "mysql://DB_USER:DB_PASSWORD@HOST:3306/app");
        row("a cluster in a documentation", "mongodb+srv://USERNAME:PASSWORD@cluster0.ab1cd.mongodb.net/x");
        row("my password", "postgres://username:mypassword@db.shop-one.net/x");
        row("the default user of Redis", "redis://default:password@redis-12345.c1.cloud.redislabs.com:12345");
        row("the user's name again", "postgres://app:app@db:5432/app");
        row("the host's name again", "redis://:redis@redis:6379");
        row("the root of a composed network", "mongodb://root:rootpw@mongo:27017");
        row("all hosts are this machine",
            "mongodb://app:" + test::valueOf("{alnum:16}") + "@localhost:27017,127.0.0.1:27018/x");
        row("this machine by six", "postgres://app:" + test::valueOf("{alnum:16}") + "@[::1]:5432/x");
        row("another number of this machine", "postgres://app:" + test::valueOf("{alnum:16}") + "@127.0.1.1/x");
        row("user and user", "postgres://user:user@db.shop-one.net/x");
        row("a weak password of an inner host", "postgres://app:s3cr3t@db:5432/x");
        row("a weak password of this machine", "postgres://app:letmein@127.0.0.1/x");
        row("a weak password of a network of one's own", "postgres://app:password123@10.0.0.7/x");
        row("a weak password of a sample's host", "postgres://app:password123@db.example.com/x");
        row("a weak password of a test's host", "postgres://app:changeme@db.shop.test/x");
        row("a weak password of a documentation's number", "postgres://app:changeme@203.0.113.9/x");
        row("a weak password of your domain", "postgres://app:changeme@db.yourdomain.com/x");
        row("a weak password of a documentation's host", "proxy = http://admin:admin@proxy.foo.com:8080");
        row("a host that samples ask", "https://admin:secret@httpbin.org/basic-auth/admin/secret");
        row("another host that samples ask", "http://root:secret@google.com/");
        row("a project called like the alphabet", "postgres://postgres:postgres@db.abcdefghijklmnop.supabase.co/x");
        row("tokens of pages",
            "<NextContinuationToken>" + test::valueOf("{alnum:24}") + "</NextContinuationToken><nextToken>" +
                test::valueOf("{alnum:24}", 2) + "</nextToken><page-token>" + test::valueOf("{alnum:24}", 3) +
                "</page-token>\n<setting name=\"NextToken\" value=\"" + test::valueOf("{alnum:24}", 4) + "\"/>");
        row("who made an assembly", "<publicKeyToken>31bf3856ad364e35</publicKeyToken>"
                                    "<PublicKeyToken>" +
                                        test::valueOf("{hex:16}") +
                                        "</PublicKeyToken>"
                                        "<PackageReadToken>31bf3856ad364e35</PackageReadToken>"
                                        "<add key=\"WebPasswordToken\" value=\"b77a5c561934e089\"/>");
        row("hashes in SQL",
            "SET password = '$2b$12$" + test::valueOf("{alnum:53}") + "';\nUPDATE users SET password = '" +
                test::valueOf("{hex:32}") + "';\nUPDATE users SET active = true, password = '$argon2id$v=19$" +
                test::valueOf("{alnum:44}") + "';\nALTER USER a PASSWORD '$2y$10$" + test::valueOf("{alnum:53}") +
                "';\nupdate users set password = 'pbkdf2_sha256$600000$" + test::valueOf("{alnum:22}$") +
                test::valueOf("{b64:43}") + "=';\n");
        row("a sentence about a password",
            "raise ValueError(\"You must set password 'My-New-Passw0rd' first\")\n"
            "Create an account; then alter your password \"Zx9-New-Passw0rd\" in the settings.\n");
        row("a form's word for a form's user", "postgres://user:password@db.shop-one.net/x");
        row("a weak password behind an inner name", "jdbc:postgresql://db:5432/live?user=shop&password=s3cr3t");
        row("a weak word by its name alone", "ADMIN_PASSWORD=letmein1\npassword = \"welcome1\"\n");
        row("a variable in an address", "postgres://app:$DB_PASSWORD@db.shop-one.net/x");
        row("Korean", "{\"password\": \"\xeb\xb9\x84\xeb\xb0\x80\xeb\xb2\x88\xed\x98\xb8\"}");
        row("Japanese", "passwordPlaceholder: '\xe3\x83\x91\xe3\x82\xb9\xe3\x83\xaf\xe3\x83\xbc\xe3\x83\x89'");
        row("Russian", "confirmPassword: \"\xd0\x9f\xd0\xbe\xd0\xb4\xd1\x82\xd0\xb2\xd0\xb5\xd1\x80\xd0\xb4\xd0\xb8\"");
        row("Dutch", "password: Wachtwoord\n");
        row("German", "  password: Passwort\n  new_password: \"Neues-Passwort\"\n");
        row("Danish", "password: Adgangskode\n");
        row("Portuguese", "password: Palavra-passe\n");
        row("Catalan, all small", "password: contrasenya\n");
        row("Finnish", "password: Salasana\n");
        row("a call", "password = get_password(user)\ntoken = request.headers.get_token\n");
        row("a member", "                    pwd = self.pwd\n");
        row("a constant", "     XAD_PASSWORD = TAG_USER + 51;\n");
        row("a type", "password: string;\nsecret: SecretStr\n");
        row("a secret's name in Kubernetes",
            "      secretName: shop-tls-cert\n      tokenUrl: https://a.shop-one.net/t\n");
        row("a file", "password_file=/run/secrets/db_password\nprivate_key: /etc/ssl/private/shop.key\n");
        row("a reference of a pipeline", "      API_TOKEN: ${{ secrets.API_TOKEN }}\n");
        row("the sample of jwt.io in a request",
            "curl -H \"Authorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6"
            "IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c\"");
        row("variables of a shell", "DB_PASSWORD=$DB_PASSWORD_PROD\nexport API_SECRET=$(openssl rand -hex 32)\n"
                                    "password: $POSTGRES_PASSWORD\n  password: \"$POSTGRES_PASSWORD\"\n");
        row("references into a vault", "password: op://vault/db/pw1\nDB_PASSWORD=op://vault/db/pw1\n"
                                       "password: ssm:/prod/db/pw1\npassword: vault:kv/db#pw12\n");
        row("a ciphertext of Vercel's export",
            "{\"type\":\"encrypted\",\"key\":\"DB_PASSWORD\",\"value\":\"eyJ2IjoidjIiLCJlcGsiOns" +
                test::valueOf("{alnum:120}") + "\"}");
        row("a ciphertext of DigitalOcean",
            "envs:\n- key: DB_PASSWORD\n  type: SECRET\n  value: EV[1:" + test::valueOf("{alnum:32}:{alnum:44}") +
                "]\n" + "{\"key\":\"DB_PASSWORD\",\"value\":\"EV[1:" + test::valueOf("{alnum:32}:{alnum:44}") + "]\"}");
        row("a ciphertext of AWS KMS", "- name: DB_PASSWORD\n  value: \"AQICAH" + test::valueOf("{alnum:120}") +
                                           "\"\nAPI_TOKEN=AQICAH" + test::valueOf("{alnum:120}") + "\n");
        row("a sealed secret of Kubernetes", "spec:\n  encryptedData:\n    password: AgBy" +
                                                 test::valueOf("{alnum:120}") + "\n    api_token: AgAK" +
                                                 test::valueOf("{alnum:180}") + "\n");
        row("a ciphertext of dotenvx", "DB_PASSWORD=\"encrypted:B" + test::valueOf("{alnum:120}") + "\"\n");
        row("a ciphertext of SOPS", "password: ENC[AES256_GCM,data:" + test::valueOf("{alnum:24}") +
                                        ",iv:" + test::valueOf("{alnum:44}") + ",type:str]\n");
        row("an address on a chain", "token: \"0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48\"");
        row("the default of Supabase's local stack",
            "JWT_SECRET: super-secret-jwt-token-with-at-least-32-characters-long\n");
        row("what one is to generate", "cookie_secret: GENERATE_ME_32_CHARS_PLEASE_1234\n"
                                       "NEXTAUTH_SECRET=run-openssl-rand-base64-32\n");
        row("texts of a form",
            "{\"passwordLabel\": \"Enter your password\", \"passwordPlaceholder\": \"At-least-8-characters\",\n"
            " \"tokenName\": \"Name-of-the-token\", \"password_confirmation\": \"Repeat-password\"}");
        row("a schema of a form", "password: yup.string().min(8, 'Password-too-short').required(),\n"
                                  "  password: z.string().regex(/x/, \"password-rules-not-met\"),\n");
        row("fields of a form",
            "<input type=\"password\" name=\"password\" value=\"\">\n"
            "form.get(\"password\", \"password_confirmation\")\nformData.get('token', 'token-of-the-form')\n");
        row("types", "const password: string = props.password;\nlet apiKey: Option<String> = None;\n"
                     "password: Optional[str] = None\nfinal String password;\n");
        row("what names no value of its own",
            "process.env.ADMIN_PASSWORD || \"not-set-in-this-environment\"\n"
            "os.getenv(\"API_TOKEN\", \"change-me-in-production\")\nconfig(\"ADMIN_SECRET\", default=\"\")\n"
            "password: ${DB_PASSWORD:-${POSTGRES_PASSWORD}}\nTOKEN=${TOKEN:?token-is-missing-here}\n");
        row("pairs that refer",
            "- name: DB_PASSWORD\n  value: \"$(DB_PASSWORD)\"\n- name: API_TOKEN\n  value: \"${API_TOKEN}\"\n"
            "- value: $(DB_PASSWORD)\n  name: DB_PASSWORD\n- name: API_KEY\n  value: {{ .Values.apiKey }}\n");
        row("headers that refer",
            "curl -H \"apikey: $SUPABASE_KEY\" -H 'X-Api-Key: your-api-key-goes-here' https://a.shop-one.net\n"
            ".header(\"X-Auth-Token\", token)\n\"authorization\": \"required-for-this-endpoint\"\n");
        row("definitions", "#define API_KEY \"your-api-key\"\n#define PASSWORD_LENGTH \"twelve\"\n");
        row("secrets that are to be written",
            "JWT_SECRET=jwt-secret-key-for-development\nJWT_SECRET=supersecretjwtkeyforlocaldev\n"
            "NEXTAUTH_SECRET=generate-with-openssl-and-keep-safe\nSESSION_SECRET=some-long-session-secret-value\n"
            "JWT_SECRET=\"your secret here, please change it\"\n");
        row("code that asks for a secret",
            "jwtSecret: configService.getOrThrow<string>(\"JWT_SECRET\"),\n"
            "jwtSecret: string = requireSetting.jwtSecretOrThrow();\nsecret: this.settings.session_secret_value,\n");
        row("code in place of a secret that signs",
            "JWT_SECRET = getSecret(kmsClient,process.env.KMS_KEY_ID)\nJWT_SECRET = loadKmsValue(qx,zk[7],wq.vbx)\n"
            "jwtSecret: process.env.JWT_SECRET,\nJWT_SECRET=${OTHER_JWT_SECRET_NAME}\n"
            "JWT_SECRET=\"${OTHER_JWT_SECRET_NAME}\"\nJWT_SECRET=$(openssl rand -base64 32)\n"
            "JWT_SECRET=arn:aws:secretsmanager:eu-west-1:482915736204:secret:jwt-Qx7Zk2\n");
        row("code in place of a secret that signs, without blanks and quotes",
            "t.jwtSecret=e.x9jwtSecret;this.k9=t[2]}}\nthis.authSecret=e.authSecret||(t=r.qk[0].z7,b(a2,c))\n"
            "n={cookieSecret:e.cookieSecret,port:(t=r.qx)&&t.zv,host:a.qk[0],x:2}\n"
            "function(jwtSecret){this.q1=jwtSecret,this.x9=b(a2,c),e.z4=!0}\n"
            "authSecret?(a=qx(b7),c.z9):d(e,f4),g.h[2]=!0\nwebhookSecret=settings[keyOfIt].webhook[0]\n"
            "encryptionKey = vault.read(path_of_the_key)[0].q7\nsessionSecret = loadFromKeyring2(service,\n"
            "  account)\nsessionSecret = loadSecretOfTheSession(\n  account)\n");
        row("Django's setting that comes from elsewhere",
            "SECRET_KEY = os.environ[\"DJANGO_SECRET_KEY_OF_THE_PRODUCTION_SITE\"]\n"
            "SECRET_KEY = os.environ.get(\"SECRET_KEY\", get_random_secret_key())\n"
            "SECRET_KEY = config(\"SECRET_KEY\", default=\"\")\nSECRET_KEY = env(\"SECRET_KEY\", cast=str)\n"
            "SECRET_KEY = get_secret(\"SECRET_KEY\", "
            "\"projects/shop-one-production/secrets/django/versions/latest\")\n");
        row("salts of WordPress that are still to be made",
            "define('AUTH_KEY',         'put your unique phrase here');\n"
            "define('NONCE_SALT', getenv('NONCE_SALT'));\nConfig::define('AUTH_KEY', env('AUTH_KEY'));\n"
            "AUTH_KEY='generateme'\nSECURE_AUTH_KEY='please-generate-this-before-you-start'\n");
        row("a block that is no fallback",
            "if (isPassword) { \"use-strict-mode-here\" }\nfunction login(password) { return password }\n"
            "if(token){tokenOfTheUser9=token}\nuser.password ||= default_password_of9\n");
        row("a pair with a remark that refers",
            "- name: DB_PASSWORD\n  # of the shop\n  value: \"$(POSTGRES_PASSWORD)\"\n"
            "- name: API_TOKEN # below\n  valueFrom:\n    secretKeyRef: {name: shop-secrets-2, key: token}\n"
            "- name: API_TOKEN\n  value: |\n    ${API_TOKEN}\n");
        row("a quote in a literal of SQL",
            "INSERT INTO t VALUES ('it''s a password''s text', 'ghp_''" + test::valueOf("{alnum:12}") + "');\n");
        row("code without blanks",
            "n={jwtSecret:e.jwtSecret,port:(t=r.qx)&&t.zv,host:a.qk[0],f:function(){return b(a,\"x\")}};");
        row("words in place of a setting",
            "helm install shop --set auth.existingSecret=shop-credentials\n"
            "java -Djavax.net.ssl.keyStorePassword=changeit -jar a.jar\nconnect(HOST,DB_PASSWORD=settings.DB_PASSWORD,"
            "PORT=1)\nenum { A, T_TOKEN=T_LAST_OF_THEM, B }\nLOG=\"[TOKEN=%{token}x] PASSWORD=%(password)s\"\n"
            "app:password@tcp(db.shop-one.net:3306)/app root:password@tcp(127.0.0.1:3306)/app\n");
        row("words in YAML",
            "a: {password: Passwort, secret: Geheimnis, apiKey: Schluessel}\nb: { password: sha256Digest, token: "
            "accessTokenV2 }\npassword: *pw\nenv: {DB_PASSWORD: *dbpw2, A: 1}\ntoken: |\n  authentication\n"
            "args:\n  - --token\n  - description-of-that\n");
        row("what was encrypted before it came into YAML",
            "password: ENC[AES256_GCM,data:CwE4O1s9kX2a,iv:2k7bq7b8X9Kd2Mbq8Zr5Lw3TxVn9=,tag:Qx==,type:str]\n"
            "env: {password: ENC[AES256_GCM,data:CwE4O1s9kX2a,iv:2k7bq7b8X9Kd2Mbq8Zr5Lw3TxVn9=,tag:Qx==,type:str]}\n"
            "  data: {password: AgBy3i4OJSWK" +
                test::valueOf("{b64:160}") + "}\n");
        row("hashes of lock files", "\"integrity\": \"sha512-" + test::valueOf("{b64:86}") +
                                        "==\",\n\"resolved\": \"https://registry.npmjs.org/jsonwebtoken/-/"
                                        "jsonwebtoken-9.0.2.tgz\"\nsecretstorage==3.3.3 --hash=sha256:" +
                                        test::valueOf("{hex:64}") + "\n");
        row("columns of a log",
            "1.2.3.4 - - [x] \"GET /ghp_ HTTP/1.1\" 200 12 \"-\" \"" + test::valueOf("{alnum:36}") + "\"\n");
        row("texts in pieces", "print(\"the key begins with ghp_ \" + \"" + test::valueOf("{alnum:36}") + "\")\n");
        row("Hardhat's first account",
            "PRIVATE_KEY=0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80\n");
    }

    void leavesAlone()
    {
        QFETCH(QByteArray, text);
        QCOMPARE(test::shownHits(text), QStringList());
    }

    // What begins like a ciphertext and is too short for one.
    void findsWhatOnlyBeginsLikeACiphertext_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("no sealed secret") << QByteArray("  password: AgBy" + test::valueOf("{alnum:20}") + "\n");
        QTest::newRow("no blob of AWS KMS") << QByteArray("  password: AQICAH" + test::valueOf("{alnum:12}") + "\n");
    }

    void findsWhatOnlyBeginsLikeACiphertext()
    {
        QFETCH(QByteArray, text);
        QCOMPARE(test::allHitsIn(text).size(), 1U);
    }

    // A secret that signs is masked as a whole, whatever characters it has.
    void takesWhatSignsWhole_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("behind");
        const QByteArray typed = "b1kR!2xL@9zQ$w^7Vn&4Tm*5Bp3Jd6(Fk9ZX";
        const QByteArray brackets = "q8Zr(5)[Lw]{3Tx},;:|Vn9Kd2Mb";
        for (const char *name : {"JWT_SECRET", "NEXTAUTH_SECRET", "AUTH_SECRET", "SESSION_SECRET", "COOKIE_SECRET",
                                 "ENCRYPTION_KEY", "WEBHOOK_SECRET"}) {
            QTest::addRow("%s, plain", name) << name + QByteArray("=") << typed << QByteArray("\nPORT=80\n");
            QTest::addRow("%s, brackets", name) << name + QByteArray("=") << brackets << QByteArray();
            QTest::addRow("%s, quoted", name) << name + QByteArray(": \"") << brackets << QByteArray("\",");
            QTest::addRow("%s, other quote", name) << name + QByteArray(" = '") << typed + "\"x" << QByteArray("';");
        }
        QTest::newRow("long") << QByteArray("SECRET_KEY_BASE=") << typed + brackets << QByteArray("\r\n");
        QTest::newRow("fallback") << QByteArray("JWT_SECRET: ${JWT_SECRET:-") << test::valueOf("{alnum:24}")
                                  << QByteArray("}\n");
        QTest::newRow("a bracket that stays open")
            << QByteArray("JWT_SECRET=") << QByteArray("KjRw(5qLw3TxVn9Kd2MbZ8") << QByteArray("\n");
        QTest::newRow("in brackets of YAML")
            << QByteArray("env: {PORT: 80, JWT_SECRET: ") << test::valueOf("{alnum:32}") << QByteArray("}\n");
        QTest::newRow("in XML") << QByteArray("<add>jwtSecret=") << test::valueOf("{alnum:32}")
                                << QByteArray("</add>\n");
        QTest::newRow("in a text of lines")
            << QByteArray("s = \"JWT_SECRET=") << test::valueOf("{alnum:32}") << QByteArray("\\nPORT=80\"\n");
        QTest::newRow("before another setting")
            << QByteArray("--env JWT_SECRET=") << test::valueOf("{alnum:32}") << QByteArray(",PORT=80\n");
        QTest::newRow("item of a compose file") << QByteArray("    - \"JWT_SECRET=") << brackets << QByteArray("\"\n");
        QTest::newRow("remark") << QByteArray("JWT_SECRET=") << typed << QByteArray("  # of 2024\n");
    }

    void takesWhatSignsWhole()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, behind);
        const auto hits = test::allHitsIn(before + value + behind);
        QCOMPARE(hits.size(), 1U);
        QVERIFY2(hits.front().rule->id.startsWith(u"signing-"), qPrintable(hits.front().rule->id));
        QCOMPARE(hits.front().offset, before.size());
        QCOMPARE(hits.front().length, value.size());
    }

    // The number of a key stands in every token that it signs.
    void callsTheNumberOfAKeyPublic()
    {
        const auto hits = test::allHitsIn("{\"type\": \"service_account\", \"private_key_id\": \"" +
                                          test::valueOf("{hex:40}") + "\", \"private_key\": \"<redacted>\"}");
        QCOMPARE(hits.size(), 1U);
        QCOMPARE(hits.front().kind, LeakKind::PublicByDesign);
    }
};

QTEST_GUILESS_MAIN(TestEveryRule)
#include "tst_everyrule.moc"
