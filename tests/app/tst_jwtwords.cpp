// What is said of a JSON Web Token follows from its claims: what it opens, and where it is replaced.
#include "app/report/secretswords.h"
#include "checks/secrets/jwtclaims.h"
#include "checks/secrets/textscanner.h"

#include <QTest>

#include <algorithm>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QDateTime kNow = QDateTime::fromSecsSinceEpoch(1'800'000'000, Qt::UTC);

QByteArray part(const QByteArray &json)
{
    return json.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

// Its signature is nobody's.
std::string tokenOf(const QByteArray &claims)
{
    const QByteArray token =
        part(R"({"alg":"HS256","typ":"JWT"})") + '.' + part(claims) + ".kR9vT2mXq7LwZ4nB8cJ1dF6gH3sP5yA0eU_iO-rKtMo";
    return token.toStdString();
}

} // namespace

class TestJwtWords : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        auto rules = loadLeakRules();
        QVERIFY(rules);
        std::erase_if(*rules, [](const LeakRule &rule) { return rule.kind != LeakKind::Jwt; });
        const auto set = PatternSet::compile(std::move(*rules));
        QVERIFY(set);
        m_patterns = *set;
    }

    void saysWhatATokenOpens_data()
    {
        QTest::addColumn<QByteArray>("claims");
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("opens");    // empty: nothing is said
        QTest::addColumn<QString>("rotation"); // a part of the step
        const auto row = [](const char *name, const char *claims, const QString &rule, const QString &kind,
                            const QString &opens, const QString &rotation) {
            QTest::newRow(name) << QByteArray(claims) << rule << kind << opens << rotation;
        };
        const QString page = u"https://supabase.com/dashboard/project/_/settings/jwt"_s;
        const QString somewhere = u"where it was made"_s;
        row("Supabase, service", R"({"iss":"supabase","ref":"abc","role":"service_role","exp":2000000000})",
            u"jwt-supabase-service"_s, u"secret"_s, u"It opens: customers' data, signing in as anybody."_s, page);
        row("Supabase, anonymous", R"({"iss":"supabase","ref":"abc","role":"anon","exp":2000000000})",
            u"jwt-supabase-anon"_s, u"public"_s, {}, page);
        row("Supabase on the own machine", R"({"iss":"supabase-demo","role":"service_role","exp":2000000000})",
            u"jwt-supabase-local"_s, u"public"_s, {}, u"Supabase"_s);
        row("expired", R"({"sub":"user-7","exp":1799999999})", u"jwt-expired"_s, u"secret"_s, {}, somewhere);
        row("a session", R"({"sub":"user-7","exp":1800000001})", u"jwt"_s, u"secret"_s,
            u"It opens: signing in as anybody."_s, somewhere);
        row("without an end", R"({"sub":"user-7"})", u"jwt"_s, u"secret"_s, u"It opens: signing in as anybody."_s,
            somewhere);
    }

    void saysWhatATokenOpens()
    {
        QFETCH(QByteArray, claims);
        QFETCH(QString, rotation);
        auto scanner = TextScanner::make(m_patterns, {.key = QByteArray(32, 'k'), .token = {}, .now = kNow});
        QVERIFY(scanner);
        const TextScan scan = scanner->scan("const token = '" + tokenOf(claims) + "';\n");
        QCOMPARE(scan.hits.size(), 1u);
        const SecretHit &hit = scan.hits.front();
        QTEST(hit.rule->id, "rule");
        QTEST(toWord(hit.kind), "kind");
        if (!hit.rule->tokenClass.isEmpty())
            QCOMPARE(hit.severity, hit.rule->severity); // views of code scanning rank by the rule's
        RuleWords words;
        QTEST(words.of(*hit.rule).opens, "opens");
        QVERIFY2(words.of(*hit.rule).rotation.contains(rotation), qPrintable(words.of(*hit.rule).rotation));
    }

    // Each class of the rules is one that claims can give, and no two have a name.
    void knowsEveryClass()
    {
        QStringList ids;
        for (const LeakRule &rule : m_patterns->rules()) {
            for (const LeakRule &one : rule.classes) {
                ids << one.id;
                QVERIFY2(
                    std::ranges::any_of(kClasses, [&](TokenClass known) { return toWord(known) == one.tokenClass; }),
                    qPrintable(one.id));
                QCOMPARE(one.pattern, rule.pattern);
            }
            for (const TokenClass known : kClasses)
                QVERIFY2(&ruleOfClass(rule, known) != &rule, qPrintable(toWord(known)));
            QCOMPARE(&ruleOfClass(rule, TokenClass::Other), &rule);
        }
        QCOMPARE(ids.size(), qsizetype(kClasses.size()));
        QCOMPARE(ids.removeDuplicates(), 0);
    }

private:
    static constexpr std::array kClasses{TokenClass::Expired, TokenClass::SupabaseService, TokenClass::SupabaseAnon,
                                         TokenClass::SupabaseLocal};
    std::shared_ptr<const PatternSet> m_patterns;
};

QTEST_GUILESS_MAIN(TestJwtWords)
#include "tst_jwtwords.moc"
