// The rules for secrets: each finds its examples and leaves its near misses alone, and the loader takes nothing else.
#include "checks/secrets/exampletemplate.h"
#include "checks/secrets/leakrule.h"
#include "checks/secrets/patternparts.h"
#include "tests/jsonschema.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include <hs/hs.h>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

constexpr size_t kFewestRules = 300;
constexpr quint32 kSeeds = 3;

const std::vector<LeakRule> &rules()
{
    static const auto loaded = loadLeakRules();
    static const std::vector<LeakRule> none;
    return loaded ? *loaded : none;
}

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

QJsonObject usableRule()
{
    return {{u"id"_s, u"sample"_s},
            {u"name"_s, u"Sample key"_s},
            {u"service"_s, u"Sample"_s},
            {u"kind"_s, u"secret"_s},
            {u"severity"_s, u"high"_s},
            {u"keywords"_s, QJsonArray{u"smp_"_s}},
            {u"pattern"_s, u"smp_[a-z]{8}"_s},
            {u"near"_s, u"sample"_s},
            {u"caseless"_s, true},
            {u"refusesWords"_s, true},
            {u"runsOn"_s, true},
            {u"chosen"_s, true},
            {u"minEntropy"_s, 2.5},
            {u"opens"_s, QJsonArray{u"money"_s, u"domain"_s}},
            {u"rotate"_s, u"https://sample.example/keys"_s},
            {u"matching"_s, QJsonArray{u"smp_{lower:8}"_s}},
            {u"passing"_s, QJsonArray{u"smp_{lower:4}"_s}}};
}

QByteArray fileOf(const QJsonArray &array)
{
    return QJsonDocument(QJsonObject{{u"rules"_s, array}}).toJson();
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

    // The program itself leaves that out when it starts.
    void compilesItsPatterns()
    {
        std::vector<QByteArray> files;
        for (const QFileInfo &info : QDir(u":/rules/secrets"_s).entryInfoList({u"*.json"_s})) {
            QFile file(info.filePath());
            QVERIFY(file.open(QIODevice::ReadOnly));
            files.push_back(file.readAll());
        }
        const auto parsed = parseLeakRules(files);
        QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error().message));
        QCOMPARE(parsed->size(), rules().size());
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

    // What runs on has one length, and is the whole match: else nobody could say where it ends.
    void knowsWhereRunsEnd()
    {
        int runs = 0;
        for (const LeakRule &rule : rules()) {
            if (!rule.runsOn)
                continue;
            ++runs;
            hs_expr_info_t *seen = nullptr;
            hs_compile_error_t *error = nullptr;
            QCOMPARE(hs_expression_info(rule.pattern.constData(), 0, &seen, &error), HS_SUCCESS);
            const bool isFixed = seen->min_width == seen->max_width;
            std::free(seen); // NOLINT(cppcoreguidelines-no-malloc): what Hyperscan's documentation asks for
            QVERIFY2(isFixed && !rule.isCaseless && rule.near.isEmpty(), qPrintable(rule.id));
            QVERIFY2(QRegularExpression(QString::fromLatin1(rule.pattern)).captureCount() == 0, qPrintable(rule.id));
        }
        QVERIFY(runs > 0);
    }

    // The coarse search would miss what is longer.
    void searchesForAllThatStandsBetween_data()
    {
        QTest::addColumn<QByteArray>("part");
        QTest::newRow("given") << QByteArray("{given}");
        QTest::newRow("before") << QByteArray("{before}");
        QTest::newRow("set") << QByteArray("{set}");
        QTest::newRow("call") << QByteArray("{call}");
    }

    void searchesForAllThatStandsBetween()
    {
        QFETCH(QByteArray, part);
        const QByteArray pattern = withParts(part);
        QVERIFY(pattern != part);
        hs_expr_info_t *seen = nullptr;
        hs_compile_error_t *error = nullptr;
        QCOMPARE(hs_expression_info(pattern.constData(), 0, &seen, &error), HS_SUCCESS);
        const auto [fewest, most] = std::pair(seen->min_width, seen->max_width);
        std::free(seen); // NOLINT(cppcoreguidelines-no-malloc): what Hyperscan's documentation asks for
        QVERIFY2(fewest >= 1 && most <= unsigned{kLongestGiven}, qPrintable(u"%1 to %2 bytes"_s.arg(fewest).arg(most)));
    }

    // The search compiles all of them into one automaton.
    void isSearchableAtOnce()
    {
        std::vector<const char *> patterns;
        std::vector<unsigned> flags;
        std::vector<unsigned> numbers;
        for (const LeakRule &rule : rules()) {
            patterns.push_back(searchedOf(rule).constData());
            flags.push_back(rule.isCaseless ? HS_FLAG_CASELESS : 0U);
            numbers.push_back(static_cast<unsigned>(numbers.size()));
        }
        hs_database_t *database = nullptr;
        hs_compile_error_t *error = nullptr;
        const auto outcome =
            hs_compile_multi(patterns.data(), flags.data(), numbers.data(), static_cast<unsigned>(patterns.size()),
                             HS_MODE_BLOCK, nullptr, &database, &error);
        QString why;
        if (error && error->expression >= 0)
            why = rules()[static_cast<size_t>(error->expression)].id + u": "_s;
        if (error)
            why += QString::fromLatin1(error->message);
        hs_free_compile_error(error);
        hs_free_database(database);
        QVERIFY2(outcome == HS_SUCCESS, qPrintable(why));
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

    void areAsTheirSchemaSays()
    {
        const QDir folder(u":/rules/secrets"_s);
        const QStringList names = folder.entryList({u"*.json"_s});
        QVERIFY(!names.isEmpty());
        for (const QString &name : names) {
            const QString problems = schemaProblems(folder.filePath(name), u":/schemas/secret-rules.schema.json"_s);
            QVERIFY2(problems.isEmpty(), qPrintable(name + u": "_s + problems));
        }
        QJsonObject wrong = usableRule();
        wrong.insert(u"colour"_s, u"red"_s);
        const QJsonObject schema = jsonIn(u":/schemas/secret-rules.schema.json"_s);
        QVERIFY(schemaProblems(QJsonObject{{u"rules"_s, QJsonArray{usableRule()}}}, schema).isEmpty());
        QVERIFY(!schemaProblems(QJsonObject{{u"rules"_s, QJsonArray{wrong}}}, schema).isEmpty());
    }

    void readsEveryMember()
    {
        const auto parsed = parseLeakRules(fileOf({usableRule()}));
        QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error().message));
        const LeakRule &rule = parsed->front();
        QCOMPARE(rule.id, u"sample"_s);
        QCOMPARE(rule.name, u"Sample key"_s);
        QCOMPARE(rule.service, u"Sample"_s);
        QVERIFY(rule.kind == LeakKind::Secret && rule.severity == Severity::High && rule.isCaseless);
        QVERIFY(rule.refusesWords && rule.runsOn && rule.isChosen);
        QCOMPARE(rule.mostRandom, 8);
        QVERIFY(rule.keywords == std::vector<QByteArray>{"smp_"});
        QCOMPARE(rule.pattern, QByteArray("smp_[a-z]{8}"));
        QCOMPARE(rule.near, QByteArray("sample"));
        QCOMPARE(rule.minEntropy, 2.5);
        QVERIFY((rule.opens == std::vector<Opens>{Opens::Money, Opens::Domain}));
        QCOMPARE(rule.rotate, QUrl(u"https://sample.example/keys"_s));
        QVERIFY(rule.matching == std::vector<QByteArray>{"smp_{lower:8}"});
        QVERIFY(rule.passing == std::vector<QByteArray>{"smp_{lower:4}"});
    }

    void needsNoOptionalMember()
    {
        QJsonObject rule = usableRule();
        for (const QString &member :
             {u"near"_s, u"caseless"_s, u"refusesWords"_s, u"runsOn"_s, u"chosen"_s, u"minEntropy"_s, u"rotate"_s})
            rule.remove(member);
        QVERIFY(parseLeakRules(fileOf({rule})).has_value());
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("member");
        QTest::addColumn<QJsonValue>("value"); // undefined: the member is taken away
        const auto row = [](const char *name, const QString &member, const QJsonValue &value) {
            QTest::newRow(name) << member << value;
        };
        const QJsonValue gone(QJsonValue::Undefined);
        row("a member that is not known", u"colour"_s, u"red"_s);
        for (const QString &member : {u"id"_s, u"name"_s, u"service"_s, u"kind"_s, u"severity"_s, u"keywords"_s,
                                      u"pattern"_s, u"opens"_s, u"matching"_s, u"passing"_s})
            QTest::newRow(qPrintable(u"no "_s + member)) << member << gone;
        row("a name that is a number", u"name"_s, 5);
        row("an unknown kind", u"kind"_s, u"secrets"_s);
        row("an unknown severity", u"severity"_s, u"huge"_s);
        row("an unknown thing that it opens", u"opens"_s, QJsonArray{u"money"_s, u"doors"_s});
        row("opens no list", u"opens"_s, u"money"_s);
        row("no keyword in the list", u"keywords"_s, QJsonArray{});
        row("an empty keyword", u"keywords"_s, QJsonArray{u"smp_"_s, QString()});
        row("a keyword in capitals", u"keywords"_s, QJsonArray{u"SMP_"_s});
        row("a keyword that is a number", u"keywords"_s, QJsonArray{7});
        row("a pattern that is not closed", u"pattern"_s, u"smp_[a-z"_s);
        row("a pattern that looks around", u"pattern"_s, u"(?<!x)smp_[a-z]{8}"_s);
        row("a pattern that refers back", u"pattern"_s, u"(smp)_\\1"_s);
        row("a pattern that matches nothing at all", u"pattern"_s, u"[a-z]*"_s);
        row("a yes that is a word", u"refusesWords"_s, u"yes"_s);
        row("a run that is a number", u"runsOn"_s, 1);
        row("a choice that is a word", u"chosen"_s, u"yes"_s);
        row("a near that does not compile", u"near"_s, u"(sample"_s);
        row("an empty near", u"near"_s, QString());
        row("caseless that is a word", u"caseless"_s, u"yes"_s);
        row("an entropy that is a word", u"minEntropy"_s, u"high"_s);
        row("an entropy below zero", u"minEntropy"_s, -1);
        row("more entropy than a byte has", u"minEntropy"_s, 9);
        row("rotate without TLS", u"rotate"_s, u"http://sample.example/keys"_s);
        row("rotate that is no address", u"rotate"_s, u"the settings"_s);
        row("rotate without a host", u"rotate"_s, u"https:///keys"_s);
        row("classes of what is no token", u"classes"_s, QJsonArray{QJsonObject{{u"id"_s, u"sample-old"_s}}});
        row("an unknown template", u"matching"_s, QJsonArray{u"smp_{letters:8}"_s});
        row("an unknown template in a near miss", u"passing"_s, QJsonArray{u"smp_{letters:8}"_s});
    }

    void refuses()
    {
        QFETCH(QString, member);
        QFETCH(QJsonValue, value);
        QJsonObject rule = usableRule();
        if (value.isUndefined())
            rule.remove(member);
        else
            rule.insert(member, value);
        const auto parsed = parseLeakRules(fileOf({rule}));
        QVERIFY(!parsed);
        QVERIFY(parsed.error().kind == ErrorKind::BadInput);
        QVERIFY2(parsed.error().message.contains(u'"' + member + u'"'), qPrintable(parsed.error().message));
        QVERIFY(member == "id"_L1 || parsed.error().message.contains("\"sample\""_L1));
    }

    void refusesAnIdThatIsThereTwice()
    {
        const QByteArray file = fileOf({usableRule()});
        for (const auto &parsed : {parseLeakRules(fileOf({usableRule(), usableRule()})),
                                   parseLeakRules(std::vector<QByteArray>{file, file})}) {
            QVERIFY(!parsed);
            QVERIFY(parsed.error().kind == ErrorKind::BadInput);
            QVERIFY(parsed.error().message.contains("\"sample\""_L1) && parsed.error().message.contains("\"id\""_L1));
        }
    }

    void refusesAFile_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("rules:");
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("no rule") << QByteArray("{\"rules\": []}");
        QTest::newRow("something beside the rules")
            << QByteArray("{\"schema\": 1, \"rules\": [") + QJsonDocument(usableRule()).toJson() + "]}";
        QTest::newRow("a rule that is a word") << QByteArray("{\"rules\": [\"sample\"]}");
    }

    void refusesAFile()
    {
        QFETCH(QByteArray, json);
        const auto parsed = parseLeakRules(json);
        QVERIFY(!parsed);
        QVERIFY(parsed.error().kind == ErrorKind::BadInput);
    }

    void fillsTemplates_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("pattern");
        const auto row = [](const char *text, const char *pattern) {
            QTest::newRow(text) << QByteArray(text) << QString::fromLatin1(pattern);
        };
        row("{alnum:24}", "[A-Za-z0-9]{24}");
        row("{hex:40}", "[a-f0-9]{40}");
        row("{HEX:32}", "[A-F0-9]{32}");
        row("{upper:16}", "[A-Z]{16}");
        row("{lower:8}", "[a-z]{8}");
        row("{digits:10}", "[0-9]{10}");
        row("{b64:90}", "[A-Za-z0-9+/]{90}");
        row("{b64url:43}", "[A-Za-z0-9_-]{43}");
        row("{base32:16}", "[A-Z2-7]{16}");
        row("{uuid}", "[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-a[a-f0-9]{3}-[a-f0-9]{12}");
        row("a{lower:1}b{digits:1}c", "a[a-z]b[0-9]c");
        row("{\"a\": {}, ${X} {1:2}", "\\{\"a\": \\{\\}, \\$\\{X\\} \\{1:2\\}");
        row("{letters:3}", "\\{letters:3\\}");
        row("", "");
    }

    void fillsTemplates()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, pattern);
        const QByteArray filled = expanded(text, 1);
        QVERIFY(QRegularExpression(QRegularExpression::anchoredPattern(pattern))
                    .match(QString::fromLatin1(filled))
                    .hasMatch());
        QCOMPARE(expanded(text, 1), filled);
        if (text.contains(":24}") || text.contains("uuid"))
            QVERIFY(expanded(text, 2) != filled);
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
