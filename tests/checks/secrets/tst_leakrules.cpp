// The rules for secrets: each finds its examples and leaves its near misses alone.
#include "checks/secrets/exampletemplate.h"
#include "tests/checks/secrets/loadedrules.h"

#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

constexpr size_t kFewestRules = 300;
constexpr quint32 kSeeds = 3;

QRegularExpression expression(const QByteArray &pattern, bool isCaseless)
{
    return QRegularExpression(QString::fromLatin1(pattern), isCaseless ? QRegularExpression::CaseInsensitiveOption
                                                                       : QRegularExpression::NoPatternOption);
}

// A rule with its patterns compiled once.
struct Compiled
{
    const LeakRule *rule = nullptr;
    QRegularExpression pattern;
    QRegularExpression near;
};

const std::vector<Compiled> &compiled()
{
    static const std::vector<Compiled> all = [] {
        std::vector<Compiled> made;
        for (const LeakRule &rule : rules())
            made.push_back({&rule, expression(rule.pattern, rule.isCaseless), expression(rule.near, true)});
        return made;
    }();
    return all;
}

double entropyOf(const QString &text)
{
    QHash<QChar, int> counts;
    for (const QChar c : text)
        ++counts[c];
    double bits = 0;
    for (const int count : counts) {
        const double share = static_cast<double>(count) / static_cast<double>(text.size());
        bits -= share * std::log2(share);
    }
    return bits;
}

bool isWord(QChar c)
{
    return (c.unicode() < 128 && c.isLetterOrNumber()) || c == u'_';
}

// Half a word is no key: what leakrule.h says about the edges of a match.
bool isWhole(const QString &text, const QRegularExpressionMatch &match, int group)
{
    const qsizetype start = match.capturedStart(group);
    const qsizetype end = match.capturedEnd(group);
    const bool goesOnBefore =
        start == match.capturedStart() && start > 0 && isWord(text[start - 1]) && isWord(text[start]);
    const bool goesOnBehind =
        end == match.capturedEnd() && end < text.size() && isWord(text[end]) && isWord(text[end - 1]);
    return !goesOnBefore && !goesOnBehind;
}

bool finds(const Compiled &compiled, const QByteArray &bytes)
{
    const LeakRule &rule = *compiled.rule;
    const QByteArray lower = bytes.toLower();
    if (std::ranges::none_of(rule.keywords, [&lower](const QByteArray &keyword) { return lower.contains(keyword); }))
        return false;
    const QString text = QString::fromLatin1(bytes);
    if (!rule.near.isEmpty() && !compiled.near.match(text).hasMatch())
        return false;
    for (auto it = compiled.pattern.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const int group = match.lastCapturedIndex(); // of alternatives one takes part
        if (isWhole(text, match, group) && entropyOf(match.captured(group)) >= rule.minEntropy)
            return true;
    }
    return false;
}

// Two rules that find the same value, and rightly so: the more telling one is kept by the search.
const QSet<std::pair<QString, QString>> &expectedOverlaps()
{
    static const QSet<std::pair<QString, QString>> pairs{
        // a prefix that several services share; what stands near tells which
        {u"clerk-live-secret"_s, u"stripe-live-secret"_s},
        {u"clerk-test-secret"_s, u"stripe-test-secret"_s},
        {u"clerk-live-publishable"_s, u"stripe-live-publishable"_s},
        {u"clerk-test-publishable"_s, u"stripe-test-publishable"_s},
        {u"clerk-webhook-secret"_s, u"stripe-webhook-secret"_s},
        {u"paystack-live-secret"_s, u"stripe-live-secret"_s},
        {u"uploadthing-secret"_s, u"stripe-live-secret"_s},
        {u"workos-live-key"_s, u"stripe-live-secret"_s},
        {u"workos-test-key"_s, u"stripe-test-secret"_s},
        {u"google-gemini"_s, u"google-api-key"_s},
        {u"google-chat-webhook"_s, u"google-api-key"_s},
        {u"azure-devops-token"_s, u"azure-annotated-key"_s},
        // a special case of something wider
        {u"calendly-token"_s, u"jwt"_s},
        {u"lemonsqueezy-key"_s, u"jwt"_s},
        {u"mailerlite"_s, u"jwt"_s},
        {u"monday-token"_s, u"jwt"_s},
        {u"turso-token"_s, u"jwt"_s},
        {u"laravel-forge-token"_s, u"jwt"_s},
        {u"prisma-accelerate"_s, u"jwt"_s},
        {u"google-service-account"_s, u"private-key-pkcs8"_s},
        {u"auth0-session-secret"_s, u"auth0-client-secret"_s},
        {u"clerk-webhook-secret"_s, u"signing-webhook-secret"_s},
        {u"s3-secret-key"_s, u"aws-secret-access-key"_s},
        {u"supabase-jwt-secret"_s, u"signing-jwt-secret"_s},
    };
    return pairs;
}

} // namespace

class LeakRulesTest : public QObject
{
    Q_OBJECT

private slots:
    void comesWithManyRules()
    {
        const auto loaded = loadLeakRules();
        QVERIFY2(loaded, loaded ? "" : qPrintable(loaded.error().message));
        QVERIFY(loaded->size() >= kFewestRules);
    }

    void findsItsExamples_data() { everyRule(); }

    void findsItsExamples()
    {
        QFETCH(int, at);
        const Compiled &rule = compiled()[static_cast<size_t>(at)];
        QVERIFY(rule.rule->matching.size() >= 2);
        for (const QByteArray &example : rule.rule->matching) {
            for (quint32 seed = 1; seed <= kSeeds; ++seed)
                QVERIFY2(finds(rule, expanded(example, seed)), example.constData());
        }
    }

    void hasOneValue_data() { everyRule(); }

    // The value is the last group that took part: of several, none may be a piece of another.
    void hasOneValue()
    {
        QFETCH(int, at);
        const Compiled &rule = compiled()[static_cast<size_t>(at)];
        for (const QByteArray &example : rule.rule->matching) {
            for (auto it = rule.pattern.globalMatch(QString::fromLatin1(expanded(example, 1))); it.hasNext();) {
                const QRegularExpressionMatch match = it.next();
                int taken = 0;
                for (int group = 1; group <= match.lastCapturedIndex(); ++group)
                    taken += match.capturedStart(group) >= 0 ? 1 : 0;
                QVERIFY2(taken <= 1, example.constData());
            }
        }
    }

    void leavesNearMissesAlone_data() { everyRule(); }

    void leavesNearMissesAlone()
    {
        QFETCH(int, at);
        const Compiled &rule = compiled()[static_cast<size_t>(at)];
        QVERIFY(rule.rule->passing.size() >= 2);
        for (const QByteArray &example : rule.rule->passing) {
            for (quint32 seed = 1; seed <= kSeeds; ++seed)
                QVERIFY2(!finds(rule, expanded(example, seed)), example.constData());
        }
    }

    void findsNoKeyOfAnother_data() { everyRule(); }

    void findsNoKeyOfAnother()
    {
        QFETCH(int, at);
        const LeakRule &rule = *compiled()[static_cast<size_t>(at)].rule;
        for (const QByteArray &example : rule.matching) {
            const QByteArray text = expanded(example, 1);
            for (const Compiled &other : compiled()) {
                // A generic rule finds by the name alone, and gives way to every other.
                const bool isGeneric = other.rule->id.startsWith("generic"_L1) || rule.id.startsWith("generic"_L1);
                if (other.rule == &rule || isGeneric || expectedOverlaps().contains({rule.id, other.rule->id}))
                    continue;
                QVERIFY2(!finds(other, text), qPrintable(other.rule->id + u" finds "_s + QString::fromUtf8(example)));
            }
        }
    }

    void saysWhatAKeyIsWorth_data() { everyRule(); }

    void saysWhatAKeyIsWorth()
    {
        QFETCH(int, at);
        const LeakRule &rule = *compiled()[static_cast<size_t>(at)].rule;
        const bool opensNothing = std::ranges::find(rule.opens, Opens::Nothing) != rule.opens.end();
        if (rule.kind == LeakKind::TestMode)
            QVERIFY(rule.severity != Severity::Critical);
        if (rule.kind == LeakKind::PublicByDesign)
            QVERIFY(rule.severity >= Severity::Medium);
        if (opensNothing)
            QVERIFY(rule.opens.size() == 1 && rule.severity >= Severity::Medium);
    }

    // What one makes or runs oneself has no page; whatever a provider hands out has one.
    void namesThePageWhereOneReplacesIt()
    {
        const QSet<QString> ofOnesOwn{
            u"age"_s,         u"Ansible"_s,    u"any service"_s, u"Apache"_s,     u"Auth.js"_s,       u"ClickHouse"_s,
            u"CockroachDB"_s, u"Cookies"_s,    u"Coolify"_s,     u"Cron"_s,       u"Crypto wallet"_s, u"Django"_s,
            u"Docker"_s,      u"Drone"_s,      u"DSA"_s,         u"EC"_s,         u"Encryption"_s,    u"Ethereum"_s,
            u"Flask"_s,       u"FusionAuth"_s, u"Git"_s,         u"Java"_s,       u"JDBC"_s,          u"Jenkins"_s,
            u"JWK"_s,         u"JWT"_s,        u"Keycloak"_s,    u"Kubernetes"_s, u"Laravel"_s,       u"Matrix"_s,
            u"Mattermost"_s,  u"Maven"_s,      u"MinIO"_s,       u"MongoDB"_s,    u"MySQL"_s,         u"Neo4j"_s,
            u"netrc"_s,       u"Next.js"_s,    u"OpenSSH"_s,     u"PEM"_s,        u"PGP"_s,           u"PKCS #8"_s,
            u"PostgreSQL"_s,  u"PuTTY"_s,      u"RabbitMQ"_s,    u"Rails"_s,      u"rclone"_s,        u"Redis"_s,
            u"RSA"_s,         u"S3"_s,         u"Sessions"_s,    u"SMTP"_s,       u"SQL Server"_s,    u"Web Push"_s,
            u"Webhooks"_s,    u"WireGuard"_s,  u"WordPress"_s};
        for (const LeakRule &rule : rules())
            QVERIFY2(!rule.rotate.isEmpty() || ofOnesOwn.contains(rule.service), qPrintable(rule.id));
    }

private:
    static void everyRule()
    {
        QTest::addColumn<int>("at");
        for (size_t at = 0; at < compiled().size(); ++at)
            QTest::newRow(qPrintable(compiled()[at].rule->id)) << static_cast<int>(at);
    }
};

QTEST_GUILESS_MAIN(LeakRulesTest)
#include "tst_leakrules.moc"
