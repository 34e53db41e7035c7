#include "checks/abuse/graphqltries.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestGraphQlTries : public QObject
{
    Q_OBJECT

private slots:
    void readsGraphQl_data();
    void readsGraphQl();
    void findsTheLoginAmongQuestions();
};

void TestGraphQlTries::readsGraphQl_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected"); // the third call
    QTest::newRow("with variables")
        << QByteArray(R"({"query":"mutation L($e: String!) { login(email: $e, password: $p) { ok } }"})")
        << u"a2: login(email: \"a\\\"b\", password: \"Lc-wrong-password-2\") { ok }"_s;
    QTest::newRow("with an alias and without a selection")
        << QByteArray(R"({"query":"mutation{x:signIn(pwd:\"1\",username:\"2\")}"})")
        << u"a2: signIn(username: \"a\\\"b\", pwd: \"Lc-wrong-password-2\")"_s;
    QTest::newRow("in an object")
        << QByteArray(R"({"query":"mutation { login(input: {email: \"1\", password: \"2\"}) { token } }"})")
        << u"a2: login(input: {email: \"a\\\"b\", password: \"Lc-wrong-password-2\"}) { token }"_s;
    QTest::newRow("in an object of variables")
        << QByteArray(
               R"({"query":"mutation L($in: In!) { login(data: $in) { token } }","variables":{"in":{"email":"1","password":"2"}}})")
        << u"a2: login(data: {email: \"a\\\"b\", password: \"Lc-wrong-password-2\"}) { token }"_s;
    QTest::newRow("an object without a password")
        << QByteArray(R"({"query":"mutation { login(input: $in) { ok } }","variables":{"in":{"email":"1"}}})")
        << QString();
    QTest::newRow("another mutation") << QByteArray(R"({"query":"mutation { pay(email: 1, password: 2) }"})")
                                      << QString();
    QTest::newRow("a question") << QByteArray(R"({"query":"{ login(email: 1, password: 2) }"})") << QString();
    QTest::newRow("without a password") << QByteArray(R"({"query":"mutation { login(email: 1) }"})") << QString();
    QTest::newRow("garbage") << QByteArray("[") << QString();
}

void TestGraphQlTries::readsGraphQl()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, expected);
    const auto login = graphQlLoginIn(body);
    QCOMPARE(login ? login->call(2, u"a\"b"_s) : QString(), expected);
    QCOMPARE(heardIn(R"({"data":{"a0":{"ok":false},"a1":null}})"), 1);
    QCOMPARE(heardIn(R"([{"data":{"a0":{}}},{"data":{"a0":{}}},{"errors":[]}])"), 2);
    QCOMPARE(heardIn("garbage"), 0);
}

// All questions of a product go to one address, and a project keeps an example of each.
void TestGraphQlTries::findsTheLoginAmongQuestions()
{
    Target target{.domain = u"example.com"_s, .hosts = {{HostRole::Api, u"api.example.com"_s, kHttpsPort}}};
    ProjectFacts facts;
    facts.routes.push_back({.method = u"POST"_s, .path = u"/graphql"_s, .host = u"api.example.com"_s});
    std::vector<RouteSample> samples;
    for (
        const char *body :
        {R"({"query":"{ me { id } }"})",
         R"({"query":"mutation($e: String!, $password: String!) { login(email: $e, password: $password) { ok } }","variables":{"e":"anna@acme.example","password":"correct-horse"}})",
         R"({"query":"mutation($id: ID!) { deleteInvoice(id: $id) { ok } }"})"})
        samples.push_back({u"POST"_s, u"/graphql"_s, u"api.example.com"_s, "application/json", body, {}});
    facts.samples = checkedSamples(samples).value();
    QCOMPARE(facts.samples.size(), 3U);
    const auto entries = graphQlEntriesOf(target, facts);
    QCOMPARE(entries.size(), 1U);
    QCOMPARE(entries.front().login.field, u"login"_s);
    QCOMPARE(entries.front().login.passwordArgument, u"password"_s);
    QVERIFY(!entries.front().isGuess);
    // Further addresses of the list: the same login may be there as well.
    for (const char *path : {"/graphql#mutation.login", "/internal/graphql", "/notes", "/v1/gql", "/v2/gql"})
        facts.routes.push_back({.method = u"POST"_s, .path = QString::fromLatin1(path), .host = u"api.example.com"_s});
    QStringList places;
    for (const GraphQlEntry &one : graphQlEntriesOf(target, facts))
        places.append(one.url.path() + (one.isGuess ? u"?"_s : QString()));
    QCOMPARE(places.join(u' '), u"/graphql /internal/graphql? /v1/gql?"_s); // kMostGraphQlLogins
    for (const RouteSample &sample : facts.samples)
        QVERIFY(!sample.body.contains("correct-horse") && !sample.body.contains("anna@"));
}

QTEST_GUILESS_MAIN(TestGraphQlTries)
#include "tst_graphqltries.moc"
