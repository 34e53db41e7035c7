// Examples of bodies: what of them is kept, and what is taken out.
#include "models/access/graphqlquestion.h"
#include "models/access/routesample.h"
#include "models/routes/routesamples.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

RouteSample questionTo(const QString &path, const QByteArray &query, const QByteArray &more = {})
{
    return {u"POST"_s, path, u"api.example.com"_s, "application/json", "{\"query\":\"" + query + '"' + more + '}', {}};
}

QStringList bodiesOf(const std::vector<RouteSample> &samples)
{
    QStringList bodies;
    for (const RouteSample &sample : samples)
        bodies.append(QString::fromUtf8(sample.body));
    return bodies;
}

} // namespace

class TestRouteSample : public QObject
{
    Q_OBJECT

private slots:
    void cleansDocuments_data();
    void cleansDocuments();
    void cleansDocumentsInBodies();
    void tellsQuestionsApart_data();
    void tellsQuestionsApart();
    void keepsEachQuestion();
    void keepsEachQuestionOfAnArchive();
};

void TestRouteSample::cleansDocuments_data()
{
    QTest::addColumn<QString>("document");
    QTest::addColumn<QString>("expected"); // empty: nothing of it may stay
    const auto row = [](const char *name, const QString &document, const QString &expected) {
        QTest::newRow(name) << document << expected;
    };
    const auto same = [&](const char *name, const QString &document) { row(name, document, document); };
    same("fields", u"{ me { id name } }"_s);
    same("variables of secrets",
         u"mutation L($e: String!, $password: String!) { login(email: $e, password: $password) { ok } }"_s);
    same("an id", u"{ invoice(id: \"17\") { ...parts } } fragment parts on Invoice { id }"_s);
    same("a state", u"{ list(status: OPEN, first: 20, after: null) { id } }"_s);
    same("no secret after all", u"{ list(token: null, withPassword: false) { id } }"_s);
    same("what was cleaned before", u"mutation { login(email: \"person@example.com\", password: \"<value>\") }"_s);
    row("secrets as they are", u"mutation { login(email: \"anna@acme.example\", password: \"hunter2\") { ok } }"_s,
        u"mutation { login(email: \"person@example.com\", password: \"<value>\") { ok } }"_s);
    row("in an object", u"mutation { login(in: {user: \"anna\", pin: 4711}) { ok } }"_s,
        u"mutation { login(in: {user: \"anna\", pin: 0}) { ok } }"_s);
    row("as what a variable is without a value", u"query($token: String = \"s3cr3t\") { me(token: $token) { id } }"_s,
        u"query($token: String = \"<value>\") { me(token: $token) { id } }"_s);
    row("a text of many lines", u"mutation { keep(apiKey: \"\"\"a \"b\" c\"\"\") { id } }"_s,
        u"mutation { keep(apiKey: \"<value>\") { id } }"_s);
    row("with escapes", u"{ search(text: \"a\\\"b\", password: \"a\\\"b\") { id } }"_s,
        u"{ search(text: \"a\\\"b\", password: \"<value>\") { id } }"_s);
    row("a comment", u"{ me { id } } # the key is hunter2"_s, u"{ me { id } }"_s);
    same("an alias of a field",
         u"mutation { login(email: \"person@example.com\") { token: accessToken password: pass } }"_s);
    same("an alias behind a list", u"{ a(ids: [1]) { key: apiKey { secret: value } } }"_s);
    row("a secret in an object in arguments", u"mutation { login(in: {password: hunter2}) { ok } }"_s, {});
    row("a secret without quotes", u"mutation { login(password: hunter2) { ok } }"_s, {});
    same("a field named like a secret", u"{ token: createToken }"_s); // an alias: a field behind it, never a value
    row("a name that is a key", u"{ gh(key: ghp_16C7e42F292c6912E7710c838347Ae178B4a) { id } }"_s, {});
    row("words", u"how to query { a bracket"_s, {});
    row("words that begin so", u"query builders for everybody"_s, {});
    row("SQL", u"SELECT * FROM notes"_s, {});
    row("not closed", u"{ me { id }"_s, {});
    row("closed by another", u"{ me ( } )"_s, {});
    row("a text without an end", u"{ me(id: \"1) { id } }"_s, {});
    row("a sign of no language", u"{ me; you }"_s, {});
    row("nothing", {}, {});
}

void TestRouteSample::cleansDocuments()
{
    QFETCH(QString, document);
    QFETCH(QString, expected);
    const auto clean = harmlessDocument(document);
    QCOMPARE(clean.value_or(QString()), expected);
    QVERIFY(!clean || harmlessDocument(*clean) == clean); // again, as whenever a project is read
}

void TestRouteSample::cleansDocumentsInBodies()
{
    const QByteArray kind = "application/json";
    const QByteArray login = R"({"query":"mutation($password: String!) { login(password: $password) { ok } }"})";
    QCOMPARE(harmlessBody(kind, login), login);
    // In a list of questions, too; whatever is no document is treated as any other text.
    QCOMPARE(harmlessBody(kind, "[" + login + "]"), "[" + login + "]");
    QCOMPARE(harmlessBody(kind, R"({"query":"{ login(password: hunter2) }"})"), QByteArray(R"({"query":"<value>"})"));
    QCOMPARE(harmlessBody(kind, R"({"query":"password: hunter2"})"), QByteArray(R"({"query":"<value>"})"));
    QCOMPARE(harmlessBody(kind, R"({"query":"red shoes"})"), QByteArray(R"({"query":"red shoes"})"));
}

void TestRouteSample::tellsQuestionsApart_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QByteArray &body, const QString &expected) {
        QTest::newRow(name) << body << expected;
    };
    row("by its text", R"({"query":"{ me { id, name } }"})", u"{me{id name}}"_s);
    row("blanks do not matter", R"({"query":"{me{id\n  name}}"})", u"{me{id name}}"_s);
    row("nor do values of variables", R"({"query":"query($n: Int) { a(n: $n) }","variables":{"n":1}})",
        u"query($n:Int){a(n:$n)}"_s);
    row("by its name", R"({"operationName":"Me","query":"query Me { me { id } }"})", u"Me"_s);
    row("by its hash", R"({"operationName":"Me","extensions":{"persistedQuery":{"sha256Hash":"ab"}}})", u"Me"_s);
    row("words to search for", R"({"query":"red shoes","operationName":"x"})", {});
    row("another body", R"({"title":"{ me }"})", {});
    row("a list", R"([{"query":"{ me }"}])", {});
    row("no JSON", "{ me }", {});
}

void TestRouteSample::tellsQuestionsApart()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, expected);
    QCOMPARE(questionIn(body), expected);
}

// One address takes them all: each is an example of its own, and the later of two that are the same counts.
void TestRouteSample::keepsEachQuestion()
{
    const QString path = u"/graphql"_s;
    const std::vector<RouteSample> given{
        questionTo(path, "{ me { id } }"),
        questionTo(path, "query($n: Int) { list(n: $n) { id } }", R"(,"variables":{"n":1})"),
        questionTo(path, "query($n: Int) { list(n: $n) { id } }", R"(,"variables":{"n":2})"),
        questionTo(path, "mutation($id: ID!) { remove(id: $id) }"),
        {u"POST"_s, u"/notes"_s, u"api.example.com"_s, "application/json", R"({"title":"a"})", {}},
        {u"POST"_s, u"/notes"_s, u"api.example.com"_s, "application/json", R"({"title":"b"})", {}},
    };
    const auto kept = checkedSamples(given);
    QVERIFY(kept);
    QCOMPARE(kept->size(), 4U);
    QVERIFY2(kept->at(1).body.contains("\"n\":2"), kept->at(1).body);
    QVERIFY2(kept->at(3).body.contains("\"b\""), kept->at(3).body);
    QCOMPARE(bodiesOf(*checkedSamples(*kept)), bodiesOf(*kept));
    QCOMPARE(samplesAt(u"POST"_s, path, u"api.example.com"_s, *kept).size(), 3U);
    QCOMPARE(samplesAt(u"POST"_s, path, u"other.example.com"_s, *kept).size(), 0U);
    QCOMPARE(sampleFor(u"POST"_s, path, {}, *kept), &kept->front());
    const auto merged = mergedSamples(*kept, {questionTo(path, "{ me { id } }"), questionTo(path, "{ more { id } }")});
    QCOMPARE(merged.size(), 5U);
    QVERIFY(merged.back().body.contains("more"));
}

void TestRouteSample::keepsEachQuestionOfAnArchive()
{
    QJsonArray entries;
    for (const char *query : {"{ me { id } }", "{ list { id } }", "{ me  { id } }"}) {
        const QJsonObject asked{{u"query"_s, QString::fromLatin1(query)}};
        const QJsonObject sent{{u"mimeType"_s, u"application/json"_s},
                               {u"text"_s, QString::fromUtf8(QJsonDocument(asked).toJson())}};
        entries.append(QJsonObject{
            {u"request"_s, QJsonObject{{u"method"_s, u"POST"_s},
                                       {u"url"_s, u"https://api.example.com/graphql"_s},
                                       {u"postData"_s, sent}}},
            {u"response"_s,
             QJsonObject{{u"status"_s, 200}, {u"content"_s, QJsonObject{{u"mimeType"_s, u"application/json"_s}}}}}});
    }
    const QJsonObject archive{{u"log"_s, QJsonObject{{u"entries"_s, entries}}}};
    const auto samples = samplesOfHttpArchive(archive);
    QCOMPARE(samples.size(), 2U);
    for (const RouteSample &sample : samples)
        QCOMPARE(sample.path, u"/graphql"_s);
}

QTEST_GUILESS_MAIN(TestRouteSample)
#include "tst_routesample.moc"
