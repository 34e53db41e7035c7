// Which services a page's code names, and what their answers mean: without a network.
#include "checks/access/backendasks.h"
#include "models/unseen.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray keyOf(const QByteArray &claims)
{
    const auto part = [](const QByteArray &text) {
        return text.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    };
    return part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + '.' + part(claims) + ".c2lnbmF0dXJlc2lnbmF0dXJl";
}

const QByteArray kAnon = keyOf("{\"role\":\"anon\",\"ref\":\"abcdefghijklmnopqrst\"}");
const QByteArray kService = keyOf("{\"role\":\"service_role\",\"ref\":\"abcdefghijklmnopqrst\"}");
const QByteArray kGoogle = QByteArray("AI") + "za" + QByteArray(35, 'x');

QString wordsOf(const std::vector<BackendFound> &found)
{
    QStringList words;
    for (const BackendFound &one : found)
        words.append(toWord(one.kind) + u' ' + (one.project.isEmpty() ? one.origin.toString() : one.project) + u' ' +
                     one.tables.join(u',') + u' ' + one.functions.join(u',') + u' ' + one.buckets.join(u','));
    return words.join(u" | "_s);
}

} // namespace

class TestBackends : public QObject
{
    Q_OBJECT

private slots:
    void findsBackends_data();
    void findsBackends();
    void readsAnswers_data();
    void readsAnswers();
    void readsOtherAnswers_data();
    void readsOtherAnswers();
    void weighsQueries_data();
    void weighsQueries();
    void passesNothingThatDidNotTell();
    void knowsFingerprints_data();
    void knowsFingerprints();
};

void TestBackends::findsBackends_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("expected");
    const QByteArray hosted = "https://abcdefghijklmnopqrst.supabase.co";
    const QString found = u"supabase https://abcdefghijklmnopqrst.supabase.co"_s;
    QTest::newRow("side by side") << "r(\"" + hosted + "\",\"" + kAnon + "\");d.from(\"orders\").select()"
                                  << QString(found + u" orders  "_s);
    QTest::newRow("own host") << "createClient('https://api.shop.example/', '" + kAnon + "')"
                              << u"supabase https://api.shop.example   "_s;
    QTest::newRow("apart, by the key's own words")
        << "u=\"" + hosted + "\";x();k=\"" + kAnon + "\"" << QString(found + u"   "_s);
    QTest::newRow("newer key") << "a={u:\"" + hosted + "\",k:\"sb_publishable_0123456789abcdefghijkl\"}"
                               << QString(found + u"   "_s);
    QTest::newRow("service key is never used") << "r(\"" + hosted + "\",\"" + kService + "\")" << QString();
    QTest::newRow("key without an address") << "k=\"" + kAnon + "\"" << QString();
    QTest::newRow("names") << "r(\"" + hosted + "\",\"" + kAnon +
                                  "\");d.from('a');Array.from(\"b\");d.storage.from(\"files\");d.rpc(`sum_all`);"
                                  "fetch(u+\"/rest/v1/c?select=x\")"
                           << QString(found + u" a,c sum_all files"_s);
    QTest::newRow("firebase")
        << "i({apiKey:\"" + kGoogle +
               "\",authDomain:\"x\",projectId:\"ledger-1\",storageBucket:\"ledger-1.appspot.com\"});"
               "collection(db,\"users\");db.collection('notes')"
        << u"firebase ledger-1 users,notes  ledger-1.appspot.com"_s;
    QTest::newRow("edge functions are not asked")
        << "r(\"" + hosted + "\",\"" + kAnon + "\");d.functions.invoke(\"send-report\")" << QString(found + u"   "_s);
    QTest::newRow("a map's key is no firebase") << "i({apiKey:\"" + kGoogle + "\",zoom:4})" << QString();
    QTest::newRow("pocketbase") << QByteArray("k=\"pocketbase_auth\";a=new t(\"https://pb.shop.example/\");"
                                              "a.collection('orders');new URL(\"https://other.example\")")
                                << u"pocketbase https://pb.shop.example orders  "_s;
    QTest::newRow("pocketbase by its paths")
        << QByteArray("fetch('https://pb.shop.example/api/collections/orders/records')")
        << u"pocketbase https://pb.shop.example orders  "_s;
    QTest::newRow("convex") << QByteArray("new x(\"https://calm-otter-123.convex.cloud\");q.query(\"orders:list\",{});"
                                          "useQuery(api.billing.invoices.mine)")
                            << u"convex https://calm-otter-123.convex.cloud orders:list,billing/invoices:mine  "_s;
    QTest::newRow("hasura") << QByteArray("u='https://data.shop.example/v1/graphql'")
                            << u"hasura https://data.shop.example   "_s;
    QTest::newRow("appwrite") << QByteArray("(new c).setEndpoint('https://cloud.appwrite.io/v1').setProject('ledger');"
                                            "d.listDocuments('main', 'orders', []);s.getFileView('scans', id)")
                              << u"appwrite ledger main/orders  scans"_s;
    QTest::newRow("strapi") << QByteArray("fetch(\"https://cms.shop.example/api/articles?populate=*\")")
                            << u"strapi https://cms.shop.example articles  "_s;
    QTest::newRow("an interface of the product's own")
        << QByteArray("fetch(\"https://api.shop.example/api/articles/1\")") << QString();
    QTest::newRow("directus") << QByteArray("fetch(`https://cms.shop.example/items/posts?limit=5`)")
                              << u"directus https://cms.shop.example posts  "_s;
    QTest::newRow("n8n") << QByteArray("fetch('https://n8n.shop.example/webhook/new-lead')")
                         << u"n8n https://n8n.shop.example   "_s;
    QTest::newRow("retool") << QByteArray("fetch('https://api.retool.com/v1/workflows/0a1b2c3d/startTrigger')")
                            << u"retool https://api.retool.com   "_s;
    QTest::newRow("nothing") << QByteArray("console.log(1)") << QString();
}

void TestBackends::findsBackends()
{
    QFETCH(QByteArray, code);
    QTEST(wordsOf(backendsIn({code})), "expected");
}

void TestBackends::readsAnswers_data()
{
    QTest::addColumn<BackendPart>("part");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected");
    using enum BackendPart;
    const QByteArray json = "Content-Type: application/json";
    const QByteArray none;
    QTest::newRow("rows") << Table << 206 << QByteArray("Content-Range: 0-0/17") << none << u"open"_s;
    QTest::newRow("no rows") << Table << 200 << QByteArray("Content-Range: */0") << none << u"empty"_s;
    QTest::newRow("not counted") << Table << 200 << QByteArray("Content-Range: 0-0/*") << none << u"unclear"_s;
    QTest::newRow("a page") << Table << 200 << QByteArray("Content-Type: text/html") << none << u"unclear"_s;
    QTest::newRow("denied") << Table << 401 << json << none << u"closed"_s;
    QTest::newRow("no such table") << Table << 404 << json << none << u"unknown"_s;
    QTest::newRow("limited") << Table << 429 << json << none << u"unclear"_s;
    QTest::newRow("broken") << Table << 500 << json << none << u"unclear"_s;
    QTest::newRow("function") << Function << 200 << json << none << u"open"_s;
    QTest::newRow("function wants more") << Function << 404 << json << none << u"unknown"_s;
    QTest::newRow("files") << Bucket << 200 << json << QByteArray(R"([{"name":"a.pdf"}])") << u"open"_s;
    QTest::newRow("no files") << Bucket << 200 << json << QByteArray("[]") << u"empty"_s;
    QTest::newRow("hidden bucket") << Bucket << 400 << json << QByteArray("{}") << u"closed"_s;
    QTest::newRow("files of firebase") << Bucket << 200 << json << QByteArray(R"({"items":[{"name":"a"}]})")
                                       << u"open"_s;
    QTest::newRow("none of firebase") << Bucket << 200 << json << QByteArray(R"({"prefixes":[],"items":[]})")
                                      << u"empty"_s;
    QTest::newRow("another object") << Bucket << 200 << json << QByteArray(R"({"ok":true})") << u"unclear"_s;
    QTest::newRow("root") << Database << 200 << json << QByteArray(R"({"users":true})") << u"open"_s;
    QTest::newRow("empty root") << Database << 200 << json << QByteArray("null") << u"empty"_s;
    QTest::newRow("denied root") << Database << 401 << json << QByteArray(R"({"error":"Permission denied"})")
                                 << u"closed"_s;
    QTest::newRow("documents") << Collection << 200 << json << QByteArray(R"({"documents":[{"name":"x"}]})")
                               << u"open"_s;
    QTest::newRow("no documents") << Collection << 200 << json << QByteArray("{}") << u"empty"_s;
    QTest::newRow("denied documents") << Collection << 403 << json << QByteArray("{}") << u"closed"_s;
    QTest::newRow("sign-up is shut") << Settings << 200 << json << QByteArray(R"({"disable_signup":true})")
                                     << u"closed"_s;
    QTest::newRow("sign-up is open") << Settings << 200 << json << QByteArray(R"({"disable_signup":false})")
                                     << u"open"_s;
    QTest::newRow("no settings") << Settings << 200 << json << QByteArray("{}") << u"unclear"_s;
    QTest::newRow("schema") << Schema << 200 << json << QByteArray(R"({"paths":{"/a":{}}})") << u"open"_s;
    QTest::newRow("file") << File << 200 << QByteArray("Content-Type: application/pdf") << none << u"open"_s;
    QTest::newRow("file page") << File << 200 << QByteArray("Content-Type: text/html") << none << u"unclear"_s;
}

void TestBackends::readsAnswers()
{
    QFETCH(BackendPart, part);
    QFETCH(int, status);
    QFETCH(QByteArray, headers);
    QFETCH(QByteArray, body);
    BackendAsk ask{.part = part, .name = u"x"_s, .question = {}};
    QCOMPARE(toWord(resultOf(ask)), u"unclear"_s); // silence
    ask.answer = test::answer(status, headers, body);
    QTEST(toWord(resultOf(ask)), "expected");
    BackendAsk madeUp = ask; // a name that nothing has gets the same: nothing is told
    madeUp.isMadeUp = true;
    QVERIFY(resultOf({.backend = {}, .asks = {ask, madeUp}}, ask) != BackendResult::Open);
}

void TestBackends::readsOtherAnswers_data()
{
    QTest::addColumn<BackendKind>("kind");
    QTest::addColumn<BackendPart>("part");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected");
    using enum BackendKind;
    using enum BackendPart;
    const auto row = [](const char *name, BackendKind kind, BackendPart part, int status, const char *body,
                        const QString &expected) {
        QTest::newRow(name) << kind << part << status << QByteArray(body) << expected;
    };
    row("pocketbase, records", PocketBase, Table, 200, R"({"items":[{}],"totalItems":4})", u"open"_s);
    row("pocketbase, filtered", PocketBase, Table, 200, R"({"items":[],"totalItems":0})", u"empty"_s);
    row("pocketbase, for superusers", PocketBase, Table, 403, R"({"status":403})", u"closed"_s);
    row("pocketbase, no such", PocketBase, Table, 404, R"({"status":404})", u"unknown"_s);
    row("pocketbase, another object", PocketBase, Table, 200, R"({"totalItems":4})", u"unclear"_s);
    row("appwrite, documents", Appwrite, Table, 200, R"({"total":2,"documents":[{"$id":"a"}]})", u"open"_s);
    row("appwrite, kept back", Appwrite, Table, 200, R"({"total":0,"documents":[]})", u"empty"_s);
    row("appwrite, refused", Appwrite, Table, 401, R"({"type":"user_unauthorized"})", u"closed"_s);
    row("appwrite, files", Appwrite, Bucket, 200, R"({"total":2,"files":[{"name":"a"}]})", u"open"_s);
    row("appwrite, no files", Appwrite, Bucket, 200, R"({"total":0,"files":[]})", u"empty"_s);
    row("appwrite, another object", Appwrite, Bucket, 200, R"({"items":[1]})", u"unclear"_s);
    row("strapi, records", Strapi, Table, 200, R"({"data":[{"id":1}],"meta":{"pagination":{"total":9}}})", u"open"_s);
    row("strapi, accounts", Strapi, Table, 200, "12", u"open"_s);
    row("strapi, no accounts", Strapi, Table, 200, "0", u"empty"_s);
    row("strapi, refused", Strapi, Table, 403, R"({"error":{"status":403}})", u"closed"_s);
    row("strapi, without an administrator", Strapi, Setup, 200, R"({"data":{"hasAdmin":false}})", u"open"_s);
    row("strapi, with one", Strapi, Setup, 200, R"({"data":{"hasAdmin":true}})", u"closed"_s);
    row("strapi, no word of it", Strapi, Setup, 200, R"({"data":{}})", u"unclear"_s);
    row("directus, counted", Directus, Table, 200, R"({"data":[{"count":"41"}]})", u"open"_s);
    row("directus, none", Directus, Table, 200, R"({"data":[{"count":0}]})", u"empty"_s);
    row("directus, refused", Directus, Table, 403, R"({"errors":[{}]})", u"closed"_s);
    row("hasura, counted", Hasura, Table, 200, R"({"data":{"t":{"aggregate":{"count":3}}}})", u"open"_s);
    row("hasura, there", Hasura, Table, 200, R"({"data":{"t":[{"__typename":"a"}]}})", u"open"_s);
    row("hasura, none", Hasura, Table, 200, R"({"data":{"t":[]}})", u"empty"_s);
    row("supabase, no introspection", Supabase, Schema, 200,
        R"({"data":null,"errors":[{"message":"Unknown field \"__schema\" on type Query"}]})", u"closed"_s);
    row("supabase, no GraphQL", Supabase, Schema, 200,
        R"({"errors":[{"message":"pg_graphql extension is not enabled."}]})", u"closed"_s);
    row("supabase, broken", Supabase, Schema, 200, R"({"errors":[{"message":"Internal Server Error"}]})", u"unclear"_s);
    row("supabase, errors without one", Supabase, Schema, 200, R"({"errors":[]})", u"unclear"_s);
    row("hasura, not for strangers", Hasura, Table, 200, R"({"errors":[{"extensions":{"code":"validation-failed"}}]})",
        u"unknown"_s);
    row("hasura, wants its secret", Hasura, Schema, 200, R"({"errors":[{"extensions":{"code":"access-denied"}}]})",
        u"closed"_s);
    row("hasura, described", Hasura, Schema, 200,
        R"({"data":{"__schema":{"queryType":{"fields":[{"name":"users"}]}}}})", u"open"_s);
    row("hasura, nothing to ask", Hasura, Schema, 200,
        R"({"data":{"__schema":{"queryType":{"fields":[{"name":"no_queries_available"}]}}}})", u"closed"_s);
    row("hasura, without a secret", Hasura, Setup, 200, R"({"version":"v2","is_admin_secret_set":false})", u"open"_s);
    row("hasura, with one", Hasura, Setup, 401, R"({"code":"access-denied"})", u"closed"_s);
    row("hasura, console", Hasura, Console, 200, "<title>hasura</title><script>window.__env={}</script>", u"open"_s);
    row("any page", Hasura, Console, 200, "<title>Our app</title>", u"unclear"_s);
    row("n8n, without an owner", N8n, Setup, 200, R"({"data":{"userManagement":{"showSetupOnFirstLoad":true}}})",
        u"open"_s);
    row("n8n, owned", N8n, Setup, 200, R"({"data":{"userManagement":{"showSetupOnFirstLoad":false}}})", u"closed"_s);
    row("convex, records", Convex, Query, 200, R"({"status":"success","value":[{"a":1}]})", u"open"_s);
    row("convex, nothing", Convex, Query, 200, R"({"status":"success","value":[]})", u"empty"_s);
    row("convex, nobody", Convex, Query, 200, R"({"status":"success","value":null})", u"empty"_s);
    row("convex, nobody in a field", Convex, Query, 200, R"({"status":"success","value":{"user":null}})", u"empty"_s);
    row("convex, an object", Convex, Query, 200, R"({"status":"success","value":{"open":true}})", u"open"_s);
    row("convex, refused", Convex, Query, 200, R"({"status":"error","errorMessage":"Unauthenticated"})", u"closed"_s);
    row("convex, no such", Convex, Query, 200, R"({"status":"error","errorMessage":"Could not find public function"})",
        u"unknown"_s);
    row("convex, wants more", Convex, Query, 200, R"({"status":"error","errorMessage":"ArgumentValidationError"})",
        u"unclear"_s);
    row("convex, by its status", Convex, Query, 560, R"({"status":"error","errorMessage":"Unauthenticated"})",
        u"closed"_s);
    row("sign-up, complains of the address", Firebase, SignUp, 400, R"({"error":{"message":"INVALID_EMAIL"}})",
        u"open"_s);
    row("sign-up, complains of the password", Firebase, SignUp, 400,
        R"({"error":{"message":"WEAK_PASSWORD : Password should be at least 6 characters"}})", u"open"_s);
    row("sign-up, off", Firebase, SignUp, 400, R"({"error":{"message":"OPERATION_NOT_ALLOWED"}})", u"closed"_s);
    row("sign-up, for administrators", Firebase, SignUp, 400, R"({"error":{"message":"ADMIN_ONLY_OPERATION"}})",
        u"closed"_s);
    row("sign-up, other pages only", Firebase, SignUp, 403,
        R"({"error":{"message":"Requests from referer are blocked"}})", u"unclear"_s);
    row("sign-up, granted whatever comes", Firebase, SignUp, 200, R"({"idToken":"x"})", u"unclear"_s);
}

void TestBackends::readsOtherAnswers()
{
    QFETCH(BackendKind, kind);
    QFETCH(BackendPart, part);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    BackendAsk ask{.part = part, .name = u"x"_s, .question = {}};
    ask.kind = kind;
    QCOMPARE(toWord(resultOf(ask)), u"unclear"_s); // silence
    ask.answer = test::answer(status, "Content-Type: application/json", body);
    QTEST(toWord(resultOf(ask)), "expected");
}

// The name of a query is of people here: what it says decides.
void TestBackends::weighsQueries_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("isTruncated");
    QTest::addColumn<QString>("expected");
    const QString grave = u"records_open:high"_s;
    const QString lead = u"records_open:medium"_s;
    QTest::newRow("records") << QByteArray(R"([{"mail":"a"}]})") << false << grave;
    QTest::newRow("the beginning of records") << QByteArray(R"([{"mail":"a","na)") << true << grave;
    QTest::newRow("an object") << QByteArray(R"({"name":"Guest"}})") << false << lead;
    QTest::newRow("the beginning of an object") << QByteArray(R"({"name":"Gue)") << true << lead;
    QTest::newRow("names") << QByteArray(R"(["a","b"]})") << false << lead;
    QTest::newRow("a number") << QByteArray("7}") << false << lead;
    QTest::newRow("nobody") << QByteArray(R"({"user":null}})") << false << QString();
}

void TestBackends::weighsQueries()
{
    QFETCH(QByteArray, value);
    QFETCH(bool, isTruncated);
    QFETCH(QString, expected);
    BackendAsk ask{.part = BackendPart::Query, .name = u"users:viewer"_s, .question = {}};
    ask.kind = BackendKind::Convex;
    ask.answer = test::answer(200, "Content-Type: application/json", R"({"status":"success","value":)" + value);
    ask.answer->bodyTruncated = isTruncated;
    const Judged judged = withBackends({}, {{.backend = {.kind = BackendKind::Convex}, .asks = {ask}}});
    QCOMPARE(judged.findings.size(), expected.isEmpty() ? std::size_t(0) : std::size_t(1));
    if (expected.isEmpty())
        return;
    const Finding &finding = judged.findings.front();
    QCOMPARE(finding.code + u':' + toWord(finding.severity), expected);
    QCOMPARE(finding.proof, expected.endsWith("high"_L1) ? Proof::Strong : Proof::Lead);
}

// The settings are no record, and what they say is asked for all the same.
void TestBackends::passesNothingThatDidNotTell()
{
    BackendAsk ask{.part = BackendPart::Settings, .name = u"settings"_s, .question = {}};
    ask.answer = test::answer(200, "Content-Type: application/json", R"({"disable_signup":true})");
    BackendLook look{.backend = {.kind = BackendKind::Supabase}, .asks = {ask}};
    QCOMPARE(withBackends({}, {look}).outcome, Outcome::Pass);
    look.asks.front().answer->body = "{}";
    const Judged judged = withBackends({}, {look});
    QCOMPARE(judged.outcome, Outcome::Info);
    QVERIFY2(judged.reason.contains("1 question(s)"_L1), qPrintable(judged.reason));
    QVERIFY(unseenSubjects(judged.observed).contains(u"settings settings"_s));
}

void TestBackends::knowsFingerprints_data()
{
    QTest::addColumn<BackendKind>("kind");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("expected");
    using enum BackendKind;
    const QByteArray healthy = R"({"message":"API is healthy.","code":200,"data":{}})";
    QTest::newRow("pocketbase") << PocketBase << 200 << healthy << true;
    QTest::newRow("another health") << PocketBase << 200 << QByteArray(R"({"message":"ok","data":{}})") << false;
    QTest::newRow("broken") << PocketBase << 500 << healthy << false;
    QTest::newRow("hasura") << Hasura << 200 << QByteArray(R"({"server_type":"ce","version":"v2.40.0"})") << true;
    QTest::newRow("another version") << Hasura << 200 << QByteArray(R"({"version":"1.2"})") << false;
    QTest::newRow("strapi") << Strapi << 200 << QByteArray(R"({"data":{"hasAdmin":true}})") << true;
    QTest::newRow("directus") << Directus << 200 << QByteArray("pong") << true;
    QTest::newRow("a page") << Directus << 200 << QByteArray("<html>pong</html>") << false;
    QTest::newRow("n8n") << N8n << 200 << QByteArray(R"({"data":{"userManagement":{}}})") << true;
    QTest::newRow("another settings") << N8n << 200 << QByteArray(R"({"data":{}})") << false;
    QTest::newRow("has none") << Convex << 200 << QByteArray("{}") << false;
}

void TestBackends::knowsFingerprints()
{
    QFETCH(BackendKind, kind);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(bool, expected);
    QCOMPARE(isFingerprint(kind, test::answer(status, "Content-Type: application/json", body)), expected);
}

QTEST_GUILESS_MAIN(TestBackends)
#include "tst_backends.moc"
