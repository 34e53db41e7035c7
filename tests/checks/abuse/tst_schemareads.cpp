// abuse.schema: which searches and lists are asked, and what an earlier look found at one of them.
#include "checks/abuse/badreads.h"
#include "checks/abuse/describedanswers.h"
#include "checks/abuse/schemafindings.h"
#include "models/routes/apianswers.h"
#include "tests/checks/abuse/schemascene.h"

#include <QJsonDocument>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray listOf(int items)
{
    return '[' + QByteArrayList(items, R"({"id":1})").join(',') + ']';
}

} // namespace

class TestSchemaReads : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void answers_data();
    void answers();
    void knowsThatADescriptionIsGone_data();
    void knowsThatADescriptionIsGone();
    void choosesReads_data();
    void choosesReads();
    void namesReadsThatWereLeft();
};

void TestSchemaReads::reads_data()
{
    QTest::addColumn<std::optional<HttpResponse>>("plain");
    QTest::addColumn<bool>("isSilent");
    QTest::addColumn<QString>("by");
    QTest::addColumn<bool>("isClosed");
    const auto is = [](int status, const QByteArray &body = "[]") { return std::optional(gave(status, body)); };
    QTest::newRow("a search that answered") << is(200) << false << kBySearch << true;
    QTest::newRow("a search of which one question had no answer") << is(200) << true << kBySearch << false;
    QTest::newRow("a search that takes other words") << is(400) << false << kBySearch << true;
    QTest::newRow("a search that is gone") << is(404) << false << kBySearch << true;
    QTest::newRow("a search that refuses us") << is(403) << false << kBySearch << false;
    QTest::newRow("a search that did not answer") << std::optional<HttpResponse>() << true << kBySearch << false;
    QTest::newRow("a list that takes no number") << is(200, listOf(2)) << false << kByPage << true;
    QTest::newRow("a list of one") << is(200, listOf(1)) << false << kByPage << false;
    QTest::newRow("a list that refuses us") << is(401) << false << kByPage << false;
    QTest::newRow("a list that is gone") << is(410) << false << kByPage << true;
}

void TestSchemaReads::reads()
{
    QFETCH(std::optional<HttpResponse>, plain);
    QFETCH(bool, isSilent);
    QFETCH(QString, by);
    const SchemaFound found{u"GET /list"_s, by == kByPage ? u"huge_page_accepted"_s : u"sql_error"_s, kHost, by};
    BadInputRun run = runWith({});
    run.plain.push_back({routeAt(found.route), plain});
    if (isSilent)
        run.silentReads.push_back(routeAt(found.route));
    const Judged judged = judgeAbuseSchema(run, {}, {}, beforeWith({found}));
    QTEST(closes(judged, found), "isClosed");
    QCOMPARE(judged.outcome == Outcome::Pass, closes(judged, found));
}

void TestSchemaReads::answers_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("isDescribed");
    QTest::addColumn<bool>("isGone");
    QTest::addColumn<QString>("code");
    QTest::addColumn<bool>("isClosed");
    QTest::newRow("compared") << 200 << true << false << kSecretShown << true;
    QTest::newRow("compared for differences") << 200 << true << false << kAnswerDiffers << true;
    QTest::newRow("not described any more") << 200 << false << false << kSecretShown << false;
    QTest::newRow("refused") << 403 << true << false << kAnswerDiffers << false;
    QTest::newRow("the description did not come") << 200 << false << false << kAnswerDiffers << false;
    QTest::newRow("the description is gone") << 200 << false << true << kAnswerDiffers << true;
    QTest::newRow("the description is gone, and a secret may show") << 200 << false << true << kSecretShown << false;
}

void TestSchemaReads::answers()
{
    QFETCH(int, status);
    QFETCH(bool, isDescribed);
    QFETCH(bool, isGone);
    QFETCH(QString, code);
    const QByteArray document = R"({"openapi":"3.0.3","paths":{"/list":{"get":{"responses":{"200":{"content":
        {"application/json":{"schema":{"type":"array"}}}}}}}}})";
    std::vector<AnswerDescription> described;
    if (isDescribed)
        described = answersOfApiDocument(QJsonDocument::fromJson(document).object());
    const SchemaFound found{u"GET /list"_s, code, kHost, kByAnswer};
    BadInputRun run = runWith({});
    run.plain.push_back({routeAt(found.route), gave(status, "[]")});
    SchemaBefore before = beforeWith({found});
    before.hasNoDescription = isGone;
    const Judged judged = judgeAbuseSchema(run, {}, described, before);
    QTEST(closes(judged, found), "isClosed");
    const bool isLetGo = isGone && code == kAnswerDiffers;
    QCOMPARE(judged.reason.contains(u"at GET /list is let go"_s), isLetGo);
    if (isLetGo) { // said once
        before.observed = judged.observed;
        QCOMPARE(said(judgeAbuseSchema(run, {}, described, before)), u"pass"_s);
    }
}

void TestSchemaReads::knowsThatADescriptionIsGone_data()
{
    QTest::addColumn<int>("known"); // documents of the last look for them; -1: nobody looked
    QTest::addColumn<bool>("hidSome");
    QTest::addColumn<QList<int>>("statuses"); // of those that brought an answer
    QTest::addColumn<bool>("isGone");
    QTest::newRow("nobody looked for one") << -1 << false << QList<int>() << false;
    QTest::newRow("there is none") << 0 << false << QList<int>() << true;
    QTest::newRow("not all was looked at") << 0 << true << QList<int>() << false;
    QTest::newRow("it is there") << 1 << false << QList<int>{200} << false;
    QTest::newRow("it was taken down") << 1 << false << QList<int>{404} << true;
    QTest::newRow("one of two was") << 2 << false << QList<int>{410, 200} << false;
    QTest::newRow("it did not come") << 1 << false << QList<int>() << false;
    QTest::newRow("it failed") << 1 << false << QList<int>{503} << false;
}

void TestSchemaReads::knowsThatADescriptionIsGone()
{
    QFETCH(int, known);
    QFETCH(bool, hidSome);
    QFETCH(QList<int>, statuses);
    ProjectFacts facts;
    if (known >= 0) {
        QJsonArray documents;
        for (int at = 0; at < known; ++at)
            documents.append(QJsonObject{{u"path"_s, u"/openapi%1.json"_s.arg(at)}});
        QJsonObject observed{{u"documents"_s, documents}};
        noteUnseen(hidSome ? std::vector<Unseen>{{}} : std::vector<Unseen>(), observed);
        CheckResult of{.checkId = u"exposure.api-docs"_s, .host = kHost};
        facts.observedBefore.emplace(of.key(), observed);
    }
    BadInputRun run;
    for (const int status : statuses)
        run.documents.push_back(gave(status));
    QTEST(isDescriptionGone(facts, run), "isGone");
    facts.samples.push_back({u"GET"_s, u"/list"_s, kHost, kAnswerDescription, "{}", {}});
    QVERIFY(!isDescriptionGone(facts, run)); // a person brought one
}

void TestSchemaReads::choosesReads_data()
{
    QTest::addColumn<int>("searches");
    QTest::addColumn<int>("lists");
    QTest::addColumn<QStringList>("early");
    QTest::addColumn<QString>("first");
    QTest::addColumn<int>("more");
    QTest::addColumn<int>("beyond");
    QTest::newRow("none") << 0 << 0 << QStringList() << u""_s << 0 << 0;
    QTest::newRow("few") << 1 << 2 << QStringList() << u"/s0/search /l0 /l1"_s << 0 << 0;
    QTest::newRow("lists alone") << 0 << 5 << QStringList() << u"/l0 /l1 /l2 /l3"_s << 1 << 0;
    QTest::newRow("searches alone") << 5 << 0 << QStringList() << u"/s0/search /s1/search /s2/search /s3/search"_s << 1
                                    << 0;
    QTest::newRow("more than one look asks")
        << 3 << 12 << QStringList() << u"/s0/search /s1/search /l0 /l1"_s << 8 << 3;
    QTest::newRow("those that were left out")
        << 3 << 12 << QStringList{u"GET /l11"_s, u"GET /s2/search"_s, u"GET /l10"_s, u"GET /gone"_s}
        << u"/s2/search /s0/search /l11 /l10"_s << 8 << 3;
}

void TestSchemaReads::choosesReads()
{
    QFETCH(int, searches);
    QFETCH(int, lists);
    QFETCH(QStringList, early);
    std::vector<Route> routes;
    for (int i = 0; i < searches; ++i)
        routes.push_back(routeAt(u"GET /s%1/search"_s.arg(i)));
    for (int i = 0; i < lists; ++i) {
        routes.push_back(routeAt(u"GET /l%1"_s.arg(i)));
        routes.push_back(routeAt(u"GET /l%1/{id}"_s.arg(i)));
    }
    const ReadChoice choice = readsToTry(routes, early);
    QStringList first;
    for (const Route &route : choice.first)
        first.append(route.path);
    QTEST(first.join(u' '), "first");
    QTEST(static_cast<int>(choice.more.size()), "more");
    QTEST(static_cast<int>(choice.beyond.size()), "beyond");
}

void TestSchemaReads::namesReadsThatWereLeft()
{
    BadInputRun run = runWith({});
    run.leftReads = {.beyond = {routeAt(u"GET /list"_s)}, .without = {routeAt(u"GET /search"_s)}};
    const Judged judged = judgeAbuseSchema(run, {});
    QCOMPARE(said(judged), u"info"_s);
    for (const QString &part : {u"Not tried, 1 more: GET /list."_s, u"list(s): GET /search."_s})
        QVERIFY2(judged.reason.contains(part), qPrintable(judged.reason));
    QCOMPARE(readsToAskFirst(judged.observed), QStringList({u"GET /search"_s, u"GET /list"_s}));
    QVERIFY(unseenIn(judged.observed).empty()); // nothing is known to have been there
}

QTEST_GUILESS_MAIN(TestSchemaReads)
#include "tst_schemareads.moc"
