// Which values a person could find out by trying, and so are in a baseline by a slow hash.
#include "checks/secrets/guessable.h"

#include "checks/secrets/candidate.h"
#include "checks/secrets/exampletemplate.h"
#include "checks/secrets/textscanner.h"
#include "tests/checks/secrets/allrules.h"

#include <QTest>

#include <algorithm>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const LeakRule &ruleNamed(const QString &id)
{
    static const std::vector<LeakRule> rules = loadLeakRules().value();
    static const LeakRule none;
    const auto found = std::ranges::find(rules, id, &LeakRule::id);
    return found == rules.end() ? none : *found;
}

// A service makes its values, of enough random characters.
bool isOfService(const LeakRule &rule)
{
    return !isGeneric(rule) && !rule.isChosen && !rule.refusesWords && rule.kind != LeakKind::Jwt &&
           (rule.mostRandom == 0 || rule.mostRandom >= 20);
}

} // namespace

class TestGuessable : public QObject
{
    Q_OBJECT

private slots:
    void decidesByRuleAndValue_data()
    {
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QByteArray>("value"); // with templates
        QTest::addColumn<bool>("expected");
        const auto row = [](const char *name, const QString &rule, const QByteArray &value, bool expected) {
            QTest::newRow(name) << rule << value << expected;
        };
        row("a key of a service", u"stripe-live-secret"_s, "sk_live_{alnum:24}", false);
        row("of hexadecimal digits", u"sonarqube-user-token"_s, "squ_{hex:40}", false);
        row("without a beginning of its own", u"mistral"_s, "{alnum:32}", false);
        row("a number that is random", u"railway-token"_s, "{uuid}", false);
        row("the least that is enough", u"gitlab-feed-token"_s, "glft-{alnum:20}", false);
        row("beside numbers that others know", u"slack-bot-token"_s, "xoxb-{digits:12}-{digits:13}-{alnum:24}", false);
        row("an address with a key in its path", u"slack-webhook"_s,
            "https://hooks.slack.com/services/T{base32:9}/B{base32:9}/{alnum:24}", false);
        row("a private key", u"private-key-pkcs8"_s,
            "-----BEGIN PRIVATE KEY-----\n{b64:64}\n{b64:64}\n-----END PRIVATE KEY-----", false);
        row("fewer characters than are enough", u"neon-url-password"_s, "npg_{alnum:12}", true);
        row("as many with its beginning, which everybody knows", u"aws-access-key-id"_s, "AKIA{base32:16}", true);
        row("more with its beginning", u"alibaba-access-id"_s, "LTAI5t{alnum:18}", true);
        row("the form of a key, around words", u"stripe-live-secret"_s, "sk_live_Password2024Password2024", true);
        row("a few characters again and again", u"stripe-live-secret"_s, "sk_live_a1b2a1b2a1b2a1b2a1b2a1b2", true);
        row("letters alone", u"gmail-app-password"_s, "{lower:4} {lower:4} {lower:4} {lower:4}", true);
        row("a password", u"generic-password"_s, "Sommer2024!", true);
        row("a password that looks random", u"generic-password"_s, "{alnum:40}", true);
        row("a setting that looks random", u"generic-env-key"_s, "{hex:64}", true);
        row("the address of a database", u"postgres-url"_s, "postgres://shop:{alnum:32}@db.example.com/live", true);
        row("the address of a repository", u"git-url-password"_s, "https://ada:{alnum:32}@github.com/a/b.git", true);
        row("in a connection string", u"adonet-connection"_s, "{alnum:32}", true);
        row("a password of a product that people set up", u"minio-root-password"_s, "{alnum:32}", true);
        row("a name and a password in base64", u"docker-config-auth"_s, "{b64:40}", true);
        row("what signs the product's tokens", u"signing-jwt-secret"_s, "{b64url:43}", true);
        row("a token, which is guessed by what signs it", u"jwt"_s, "eyJ{b64url:30}.eyJ{b64url:40}.{b64url:43}", true);
    }

    void decidesByRuleAndValue()
    {
        QFETCH(QString, rule);
        QFETCH(QByteArray, value);
        QFETCH(bool, expected);
        QCOMPARE(ruleNamed(rule).id, rule);
        int guessable = 0;
        constexpr quint32 seeds = 40;
        for (quint32 seed = 1; seed <= seeds; ++seed) {
            const QByteArray made = expanded(value, seed);
            guessable += mayBeGuessed({made.constData(), static_cast<size_t>(made.size())}, ruleNamed(rule)) ? 1 : 0;
        }
        // A random value may look like words by chance: it costs a slow hash.
        QVERIFY2(expected ? guessable == seeds : guessable <= 2, qPrintable(QString::number(guessable)));
    }

    // Of nearly all rules of services a value is quick to compare: with hundreds of them, a look takes no minutes.
    void isQuickForServices()
    {
        auto scanner = TextScanner::make(allRules(), {.key = QByteArray(32, 'k')}).value();
        int fast = 0;
        QStringList slow;
        for (const LeakRule &rule : allRules()->rules()) {
            for (const QByteArray &example : rule.matching) {
                const QByteArray text = expanded(example, 7);
                for (const SecretHit &hit : scanner.scan({text.constData(), static_cast<size_t>(text.size())}).hits) {
                    if (!isOfService(*hit.rule)) {
                        QVERIFY2(hit.mayBeGuessed, qPrintable(hit.rule->id));
                    } else if (hit.mayBeGuessed) {
                        slow += hit.rule->id;
                    } else {
                        ++fast;
                    }
                }
            }
        }
        QVERIFY2(fast > 600 && slow.size() * 10 < fast, qPrintable(QString::number(fast) + u' ' + slow.join(u' ')));
    }

    // A rule for a password has to say who makes it.
    void knowsWhoMakesPasswords()
    {
        const QStringList made{u"bitbucket-app-password"_s, u"azure-publish-password"_s, u"planetscale-password"_s,
                               u"neon-url-password"_s,      u"gmail-app-password"_s,     u"klarna-password"_s,
                               u"git-url-password"_s}; // the last one by its address
        for (const LeakRule &rule : allRules()->rules()) {
            if (rule.id.contains("-password"_L1) && !isGeneric(rule))
                QVERIFY2(rule.isChosen != made.contains(rule.id), qPrintable(rule.id));
        }
    }

    void countsWhatExamplesLeaveOpen_data()
    {
        QTest::addColumn<QByteArray>("example");
        QTest::addColumn<int>("expected");
        QTest::newRow("a template") << QByteArray("smp_{alnum:24}") << 24;
        QTest::newRow("two") << QByteArray("smp_{hex:8}-{lower:4}") << 12;
        QTest::newRow("digits of a key") << QByteArray("smp_{upper:18}{digits:9}") << 27;
        QTest::newRow("digits first") << QByteArray("smp_{digits:9}{upper:18}") << 27;
        QTest::newRow("a number by itself") << QByteArray("smp_{digits:9}_{upper:18}") << 18;
        QTest::newRow("a number at the end") << QByteArray("smp_{upper:18}_{digits:9}") << 18;
        QTest::newRow("an identifier") << QByteArray("{uuid}") << 32;
        QTest::newRow("none") << QByteArray("smp_{24}") << 0;
    }

    void countsWhatExamplesLeaveOpen()
    {
        QFETCH(QByteArray, example);
        QFETCH(int, expected);
        QCOMPARE(randomCharactersIn(example), expected);
    }
};

QTEST_GUILESS_MAIN(TestGuessable)
#include "tst_guessable.moc"
