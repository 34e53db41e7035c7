// Whatever a rule's pattern matches holds one of its keywords: without one nothing is looked for, and the secret stays
// unseen.
#include "tests/checks/secrets/loadedrules.h"
#include "tests/checks/secrets/patternwords.h"

#include "checks/secrets/patternliterals.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <algorithm>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kTexts = 300; // of each pattern; what one alternative in twenty lacks is in some fifteen of them

// Their keywords say more than their patterns do, and are meant to.
const QSet<QString> &narrowed()
{
    static const QSet<QString> ids{
        // two or three letters of a service: with their "_" alone
        u"cohere"_s, u"google-analytics-secret"_s, u"salesforce-consumer-secret"_s, u"facebook-app-secret"_s,
        u"github-oauth-secret"_s, u"mattermost-token"_s, u"cloudflare-api-token"_s, u"cloudflare-global-key"_s,
        u"cloudflare-r2-secret"_s, u"scaleway-secret-key"_s, u"alibaba-access-secret"_s, u"tencent-secret-key"_s,
        u"backblaze-key"_s, u"amazon-ses-smtp"_s, u"mailjet-secret"_s, u"customerio-key"_s, u"braintree-private-key"_s,
        u"razorpay-secret"_s, u"azure-devops-legacy"_s,
        // a word of every day ("line", "scale", "lob", "purchases"): with what else names the service
        u"line-channel-token"_s, u"scale-ai"_s, u"lob-live-key"_s, u"revenuecat-secret"_s,
        // a form that others have as well: where the service is named nearby
        u"recaptcha-site"_s, u"convex-deploy-key"_s,
        // keys that are not secret, and numbers of sessions: the name says "secret", or one like it stands nearby
        u"aws-secret-access-key"_s, u"signing-session-secret"_s, u"signing-cookie-secret"_s,
        // "pass" is in too many words: with a sign or a blank behind it
        u"generic-password"_s,
        // blanks within the words of a statement or a command: one, as they are written
        u"generic-sql-password"_s, u"generic-program-password"_s};
    return ids;
}

bool holdsOne(const QByteArray &text, const std::vector<QByteArray> &keywords)
{
    const QByteArray lower = text.toLower();
    return std::ranges::any_of(keywords, [&](const QByteArray &keyword) { return lower.contains(keyword); });
}

// The first text of the pattern without a keyword; empty: all hold one.
QByteArray textWithout(const QByteArray &pattern, const std::vector<QByteArray> &keywords)
{
    PatternWords words(pattern, 1);
    for (int made = 0; made < kTexts; ++made) {
        const QByteArray text = words.next();
        if (text.isEmpty() || !holdsOne(text, keywords))
            return text.isEmpty() ? "(cannot be read)" : text;
    }
    return {};
}

QByteArray missedBy(const LeakRule &rule)
{
    if (alwaysHolds(rule.pattern, rule.keywords))
        return {};
    const QByteArray missed = textWithout(rule.pattern, rule.keywords);
    return missed.isEmpty() || rule.near.isEmpty() ? missed : textWithout(rule.near, rule.keywords);
}

} // namespace

class RuleKeywordsTest : public QObject
{
    Q_OBJECT

private slots:
    void cover_data()
    {
        QTest::addColumn<int>("at");
        for (size_t at = 0; at < rules().size(); ++at)
            QTest::newRow(qPrintable(rules()[at].id)) << static_cast<int>(at);
    }

    void cover()
    {
        QFETCH(int, at);
        const LeakRule &rule = rules()[static_cast<size_t>(at)];
        const QByteArray missed = missedBy(rule);
        if (narrowed().contains(rule.id)) // it is named for nothing else
            QVERIFY(!missed.isEmpty());
        else
            QVERIFY2(missed.isEmpty(), missed.constData());
    }

    // The texts are those of the pattern: else nothing were said by them.
    void madeTextsMatch_data() { cover_data(); }

    void madeTextsMatch()
    {
        QFETCH(int, at);
        const LeakRule &rule = rules()[static_cast<size_t>(at)];
        const QRegularExpression pattern(QString::fromLatin1(rule.pattern),
                                         rule.isCaseless ? QRegularExpression::CaseInsensitiveOption
                                                         : QRegularExpression::NoPatternOption);
        PatternWords words(rule.pattern, 2);
        for (int made = 0; made < 8; ++made) {
            const QByteArray text = words.next();
            QVERIFY2(pattern.match(QString::fromLatin1(text)).hasMatch(), text.constData());
        }
    }

    // Settings as Helm, MinIO and others write them, without a sign between the words.
    void coverNamesWithoutJoints_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const char *name : {"secretKey", "privateKey", "serviceKey", "masterKey", "adminKey", "authKey",
                                 "signingKey", "accessKey", "encryptionKey", "eventKey", "apiKey"})
            QTest::newRow(name) << QByteArray(name);
    }

    void coverNamesWithoutJoints()
    {
        QFETCH(QByteArray, name);
        for (const QString &id : {u"generic-setting-key"_s, u"generic-env-key"_s, u"generic-api-key"_s}) {
            const auto rule = std::ranges::find(rules(), id, &LeakRule::id);
            QVERIFY(rule != rules().end());
            QVERIFY2(holdsOne(name, rule->keywords), qPrintable(id));
        }
    }
};

QTEST_GUILESS_MAIN(RuleKeywordsTest)
#include "tst_rulekeywords.moc"
