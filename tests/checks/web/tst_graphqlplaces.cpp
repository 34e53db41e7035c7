#include "checks/web/graphqlplaces.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestGraphQlPlaces : public QObject
{
    Q_OBJECT

private slots:
    void knowsPaths_data();
    void knowsPaths();
    void takesThemFromTheProject();
    void readsCode_data();
    void readsCode();
    void staysWithinBounds();
};

void TestGraphQlPlaces::knowsPaths_data()
{
    QTest::addColumn<bool>("isOne");
    for (const char *path :
         {"/graphql", "/internal/graphql", "/api/v2/gql", "/admin-graphql", "/graphql/v1", "/GraphQL/"})
        QTest::newRow(path) << true;
    for (const char *path : {"/", "/graphiql", "/graphql/playground", "/notes", "/autographql2", "/mygraphql.js"})
        QTest::newRow(path) << false;
}

void TestGraphQlPlaces::knowsPaths()
{
    QFETCH(bool, isOne);
    QCOMPARE(isGraphQlPath(QString::fromLatin1(QTest::currentDataTag())), isOne);
}

void TestGraphQlPlaces::takesThemFromTheProject()
{
    const QString api = u"api.example.com"_s;
    ProjectFacts facts;
    facts.routes = {{.method = u"POST"_s, .path = u"/graphql"_s},
                    {.method = u"POST"_s, .path = u"/internal/graphql"_s},
                    {.method = u"POST"_s, .path = u"/desk#query.Orders"_s},
                    {.method = u"GET"_s, .path = u"/docs/graphql"_s},
                    {.method = u"POST"_s, .path = u"/other/gql"_s, .host = u"app.example.com"_s},
                    {.method = u"POST"_s, .path = u"/{shop}/gql"_s}};
    facts.samples = {{u"POST"_s, u"/ask"_s, api, "application/json", R"({"query":"{ me { id } }"})", {}},
                     {u"POST"_s, u"/search"_s, api, "application/json", R"({"query":"red shoes"})", {}}};
    QCOMPARE(graphQlPathsKnown(facts, api, api).join(u' '), u"/internal/graphql /desk /ask"_s);
    QCOMPARE(graphQlPathsKnown(facts, u"app.example.com"_s, api).join(u' '), u"/other/gql"_s);
}

void TestGraphQlPlaces::readsCode_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("paths");
    QTest::newRow("of its own host") << QByteArray("a({uri:\"/internal/graphql\"})") << u"/internal/graphql"_s;
    QTest::newRow("of that host by name")
        << QByteArray("new C({uri:'https://app.example.com/v2/gql'})") << u"/v2/gql"_s;
    QTest::newRow("of another host") << QByteArray("\"https://api.stranger.example/v2/gql\"") << QString();
    QTest::newRow("the usual one") << QByteArray("\"/graphql\"") << QString();
    QTest::newRow("twice") << QByteArray("\"/a/graphql\",`/a/graphql`") << u"/a/graphql"_s;
    QTest::newRow("a file") << QByteArray("\"/a/schema.graphql\"") << QString();
    QTest::newRow("words") << QByteArray("// we use graphql and gql") << QString();
}

void TestGraphQlPlaces::readsCode()
{
    QFETCH(QByteArray, code);
    const QUrl page(u"https://app.example.com/"_s);
    QTEST(graphQlPathsNamedIn(code, page, u"app.example.com"_s).join(u' '), "paths");
}

void TestGraphQlPlaces::staysWithinBounds()
{
    QByteArray code;
    for (int i = 0; i < 5000; ++i)
        code += "\"/a" + QByteArray::number(i) + "/graphql\";";
    QCOMPARE(graphQlPathsNamedIn(code, QUrl(u"https://a.example/"_s), u"a.example"_s).size(), kMostFurtherGraphQl);
    QVERIFY(graphQlPathsNamedIn(QByteArray(2'000'000, '"') + "graphql", QUrl(u"https://a.example/"_s), u"a.example"_s)
                .isEmpty());
}

QTEST_GUILESS_MAIN(TestGraphQlPlaces)
#include "tst_graphqlplaces.moc"
