// Many passwords in one request of GraphQL, at each address that a product has.
#include "checks/abuse/ratelimit.h"
#include "tests/checks/access/mailscene.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

namespace {

// A login by GraphQL that answers each call it is asked for, or one alone.
PageReply loginAnswer(const PageRequest &request, bool isLimited)
{
    const int calls = static_cast<int>(request.body.count("login("));
    if (isLimited && calls > 1)
        return saying(400, R"({"errors":[{"message":"one at a time"}]})");
    const bool isList = request.body.startsWith('[');
    QByteArray all;
    for (int i = 0; i < calls; ++i) {
        const QByteArray call = "\"a" + QByteArray::number(isList ? 0 : i) + "\":{\"ok\":false}";
        all += (all.isEmpty() ? QByteArray() : QByteArray(",")) + (isList ? "{\"data\":{" + call + "}}" : call);
    }
    return saying(200, isList ? '[' + all + ']' : "{\"data\":{" + all + "}}");
}

} // namespace

class TestGraphQlAddresses : public QObject
{
    Q_OBJECT

private slots:
    void triesEachAddress_data();
    void triesEachAddress();
};

void TestGraphQlAddresses::triesEachAddress_data()
{
    QTest::addColumn<QString>("second"); // what the second address does
    QTest::addColumn<QStringList>("found");
    QTest::addColumn<int>("tries"); // ways at both addresses
    QTest::newRow("limited as well") << u"limited"_s << QStringList() << 4;
    QTest::newRow("takes many in one") << u"open"_s
                                       << QStringList{u"aliases POST /internal/graphql"_s,
                                                      u"batch POST /internal/graphql"_s}
                                       << 4;
    QTest::newRow("no login there") << u"none"_s << QStringList() << 2;
}

void TestGraphQlAddresses::triesEachAddress()
{
    QFETCH(QString, second);
    QFETCH(QStringList, found);
    QFETCH(int, tries);
    HostileSite site([second](const PageRequest &request, int) -> std::optional<PageReply> {
        if (request.path() == "/graphql")
            return loginAnswer(request, true);
        if (request.path() != "/internal/graphql")
            return std::nullopt;
        return second == "none"_L1 ? saying(200, R"({"errors":[{"message":"no such field"}]})")
                                   : loginAnswer(request, second == "limited"_L1);
    });
    QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
    site.facts.routes.clear();
    for (const char *path : {"/graphql", "/internal/graphql"}) {
        Route route;
        route.method = u"POST"_s;
        route.path = QString::fromLatin1(path);
        route.host = site.host;
        site.facts.routes.push_back(route);
    }
    site.facts.samples = {
        {u"POST"_s,
         u"/graphql"_s,
         site.host,
         "application/json",
         R"({"query":"mutation L($e: String!, $p: String!) { login(email: $e, password: $p) { ok } }"})",
         {}}};
    AttackRun run = site.newRun();
    const Judged judged = site.judged(rateLimitCheck(quickPatience()), run);
    QStringList subjects;
    for (const Finding &finding : judged.findings) {
        if (finding.code == "many_tries_in_one"_L1)
            subjects.append(finding.subject);
    }
    QVERIFY2(subjects == found, qPrintable(subjects.join(u", "_s) + told(judged)));
    QCOMPARE(judged.observed["graphql"_L1].toArray().size(), tries);
}

QTEST_GUILESS_MAIN(TestGraphQlAddresses)
#include "tst_graphqladdresses.moc"
