// Servers that show what they should hide: it must be found. Those that do right are in tst_silence.cpp. Every row is a
// real server on loopback.
#include "checks/exposure/debug.h"
#include "checks/exposure/family.h"
#include "checks/exposure/routes.h"
#include "checks/secrets/compiledrules.h"
#include "tests/checks/exposure/madeservers.h"
#include "tests/checks/secrets/allrules.h"
#include "tests/checks/web/pages.h"
#include "tests/lab/sanitized.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <future>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestControls : public QObject
{
    Q_OBJECT

private slots:
    void finds_data();
    void finds();
    void seesThatASchemaIsKept();
    void knowsInternationalHosts();
    void listsRoutesOfHostsWithoutAPage_data();
    void listsRoutesOfHostsWithoutAPage();
    void asksForFirstBytesOnly();
    void saysThatAnEdgeBlocks();
    void readsErrorPagesToTheirEnd();
    void stopsAtTheLimitOfCode();
    void readsHundredsOfFiles_data();
    void readsHundredsOfFiles();
    void stopsWhenCancelled();
    void stopsWhileRulesAreCompiled();
};

void TestControls::finds_data()
{
    QTest::addColumn<QString>("check");
    QTest::addColumn<std::vector<File>>("files");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QString &check, const std::vector<File> &files,
                        const QString &expected) {
        QTest::newRow(name) << u"exposure."_s + check << files << expected;
    };
    const QByteArray live = "sk_"
                            "live_a1B2c3D4e5F6g7H8i9J0k1L2";
    // files
    row("settings file", u"files"_s, {{"/.env", kText, "A_KEY=1\nB_KEY=2\n"}}, u"env:critical"_s);
    row("settings file that is called HTML", u"files"_s, {{"/.env", kHtml, "A_KEY=1\nB_KEY=2\n"}}, u"env:critical"_s);
    row("settings file of the API", u"files"_s, {{"/api/.env", kText, "A_KEY=1\nB_KEY=2\n"}}, u"env:critical"_s);
    row("repository", u"files"_s, {{"/.git/HEAD", kText, "ref: refs/heads/main\n"}}, u"git:critical"_s);
    row("database", u"files"_s, {{"/db.sqlite3", "application/octet-stream", QByteArray("SQLite format 3\0", 16)}},
        u"sqlite:critical"_s);
    row("state of servers", u"files"_s, {{"/terraform.tfstate", kJson, R"({"version":4,"terraform_version":"1.9"})"}},
        u"terraform-state:critical"_s);
    row("passwords of the server", u"files"_s, {{"/.htpasswd", kText, "anna:$apr1$abc$def/ghi\n"}},
        u"htpasswd:critical"_s);
    row("settings for browsers with a password for the own machine", u"files"_s,
        {{"/config.js", "text/javascript", "window.env={DB:\"postgres://shop:s3cr3tPw@localhost:5432/shop\"}"}},
        u"browser-settings:medium"_s);
    row("settings for browsers, the harmless ones before those with a secret", u"files"_s,
        {{"/env.js", "text/javascript", "window.env={DB:\"postgres://shop:s3cr3tPw@localhost:5432/shop\"}"},
         {"/config.js", "text/javascript", "window.env={KEY:\"" + live + "\"}"}},
        u"browser-settings:critical"_s);
    row("settings for browsers with a secret", u"files"_s,
        {{"/env.js", "text/javascript", "window.env={STRIPE:'" + live + "'}"}}, u"browser-settings:critical"_s);
    row("listing", u"files"_s, {{"/uploads/", kHtml, "<html><title>Index of /uploads/</title><h1>Index of /uploads/"}},
        u"listing:high"_s);
    row("bucket of Amazon", u"files"_s,
        {{"/", "application/xml", "<?xml version=\"1.0\"?><ListBucketResult><Name>b</Name><Contents><Key>a</Key>"}},
        u"bucket:high"_s);
    row("bucket of Azure", u"files"_s,
        {{"/?restype=container&comp=list&maxresults=5", "application/xml",
          "<?xml version=\"1.0\"?><EnumerationResults><Blobs><Blob><Name>a</Name>"}},
        u"bucket:high"_s);
    row("notes for AI tools", u"files"_s, {{"/CLAUDE.md", kText, "# Project\nUse the key in .env\n"}},
        u"ai-leftovers:low"_s);
    row("settings of AI tools", u"files"_s, {{"/.cursor/mcp.json", kJson, R"({"mcpServers":{"db":{"command":"x"}}})"}},
        u"ai-settings:medium"_s);
    // debug
    row("phpinfo", u"debug"_s, {{"/phpinfo.php", kHtml, "<html><title>PHP 8.3.1 - phpinfo()</title>"}},
        u"phpinfo:medium"_s);
    row("inner settings of Spring", u"debug"_s, {{"/actuator/env", kJson, R"({"propertySources":[]})"}},
        u"actuator-env:critical"_s);
    row("heap", u"debug"_s, {{"/heapdump", "application/octet-stream", QByteArray("JAVA PROFILE 1.0.2\0", 19)}},
        u"heapdump:critical"_s);
    row("console of Flask", u"debug"_s, {{"/console", kHtml, "<html><title>Console // Werkzeug Debugger</title>"}},
        u"werkzeug-console:critical"_s);
    row("workshop of Next.js", u"debug"_s,
        {{"/", kHtml, R"(<script id="__NEXT_DATA__">{"buildId":"development"}</script>)"}}, u"next-dev-page:medium"_s);
    row("workshop of Vite", u"debug"_s, {{"/", kHtml, R"(<script type="module" src="/@vite/client"></script>)"}},
        u"vite-dev-page:high"_s);
    row("workshop of Vite behind a first page", u"debug"_s,
        {{"/", kHtml, {}, 302, {"Location: /en"}},
         {"/en", kHtml, R"(<script type="module" src="/@vite/client"></script>)"}},
        u"vite-dev-page:high"_s);
    // API documents
    const QByteArray schemas = R"({"components":{"schemas":{"a":{"description":")" + QByteArray(9000, 'a') + R"("}}},)";
    row("document whose members are sorted", u"api-docs"_s,
        {{"/openapi.json", kJson, schemas + R"("info":{},"openapi":"3.0.0","paths":{"/admin/users":{"get":{}}}})"}},
        u"admin_document:medium"_s);
    const QByteArray long3 = R"({"components":{"a":")" + QByteArray(3'000'000, 'a') + R"("},)";
    row("long document", u"api-docs"_s,
        {{"/openapi.json", kJson, long3 + R"("openapi":"3.0.0","paths":{"/admin/users":{"get":{}}}})"}},
        u"admin_document:medium"_s);
    row("document of members", u"api-docs"_s,
        {{"/openapi.json", kJson, R"({"openapi":"3.0.0","security":[{"b":[]}],"paths":{"/a":{"get":{}}}})"}},
        u"open_document:low"_s);
    row("document of administrators, twice", u"api-docs"_s,
        {{"/openapi.json", kJson, R"({"openapi":"3.0.0","security":[{"b":[]}],"paths":{"/admin/a":{"get":{}}}})"},
         {"/swagger.json", kJson, R"({"swagger":"2.0","paths":{"/admin/a":{"get":{}}}})"}},
        u"admin_document:medium"_s);
    row("document in YAML", u"api-docs"_s,
        {{"/openapi.yaml", "text/yaml", "openapi: 3.0.0\nsecurity:\n- b: []\npaths:\n  /a:\n    get: {}\n"}},
        u"open_document:low"_s);
    row("page with instructions", u"api-docs"_s,
        {{"/docs", kHtml, "<html><title>API</title><script src=swagger-ui-bundle.js></script>"}}, u"api-console:low"_s);
    // GraphQL
    row("schema", u"graphql"_s,
        {{"/graphql", kJson,
          R"({"data":{"__schema":{"queryType":{"name":"Q"},"types":[{"name":"Q","fields":)"
          R"([{"name":"users"}]}]}}})"}},
        u"open_schema:medium"_s);
    row("schema at an address that only the code names", u"graphql"_s,
        {{"/", kHtml, "<html><script>ask(\"/internal/graphql\")</script>"},
         {"/internal/graphql", kJson,
          R"({"data":{"__schema":{"queryType":{"name":"Q"},"types":[{"name":"Q","fields":)"
          R"([{"name":"users"}]}]}}})"}},
        u"open_schema:medium"_s);
    row("two addresses with other operations", u"graphql"_s,
        {{"/", kHtml, "<html><script>ask(\"/internal/graphql\")</script>"},
         {"/graphql", kJson,
          R"({"data":{"__schema":{"queryType":{"name":"Q"},"types":[{"name":"Q","fields":)"
          R"([{"name":"users"}]}]}}})"},
         {"/internal/graphql", kJson,
          R"({"data":{"__schema":{"queryType":{"name":"Q"},"types":[{"name":"Q","fields":)"
          R"([{"name":"refunds"}]}]}}})"}},
        u"open_schema:medium open_schema:medium"_s);
    row("console of GraphQL", u"graphql"_s, {{"/graphiql", kHtml, "<html><title>GraphiQL</title>"}},
        u"graphql-console:low"_s);
    // administration
    row("tool for databases, open", u"admin-paths"_s,
        {{"/adminer.php", kHtml, "<html><title>Select database - Adminer</title>"}}, u"open_admin:high"_s);
    row("tool for databases, with its login page", u"admin-paths"_s,
        {{"/phpmyadmin/", kHtml, "<html><title>phpMyAdmin</title><input type=password>"}}, u"reachable_tool:medium"_s);
    row("users for everybody", u"admin-paths"_s,
        {{"/api/admin/users", kJson, R"([{"id":1,"email":"anna@example.com"}])"}}, u"open_admin:critical"_s);
    row("users of whom little is told", u"admin-paths"_s,
        {{"/api/admin/users", kJson, R"([{"id":1,"username":"alice","role":"admin","plan":"pro"}])"}},
        u"unclear_admin_page:medium"_s);
    row("tool whose login stands far down", u"admin-paths"_s,
        {{"/phpmyadmin/", kHtml,
          "<html><title>phpMyAdmin</title><script>" + QByteArray(9000, 'a') + "</script><input type=password>"}},
        u"reachable_tool:medium"_s);
    row("tool that draws its login by script", u"admin-paths"_s,
        {{"/n8n/", kHtml,
          "<html><title>n8n.io - Workflow Automation</title><div id=app></div><script src=/a.js></script>"}},
        u"reachable_tool:medium"_s);
    row("tool without a login", u"admin-paths"_s,
        {{"/prisma-studio", kHtml, "<html><title>Prisma Studio</title><div id=app></div><script src=/a.js></script>"}},
        u"open_admin:critical"_s);
    row("a page that a person has to look at", u"admin-paths"_s,
        {{"/admin", kHtml, "<html><title>Admin</title><h1>Manage users</h1><table>"}}, u"unclear_admin_page:medium"_s);
    // source maps
    const QByteArray script = "<html><script src=/a.js></script>";
    const QByteArray map = R"({"version":3,"mappings":"","sources":["src/app.ts"],"sourcesContent":["let a = 1"]})";
    row("map that the script names", u"source-maps"_s,
        {{"/", kHtml, script}, {"/a.js", "text/javascript", "f()\n//# sourceMappingURL=m.map"}, {"/m.map", kJson, map}},
        u"source_map:medium"_s);
    row("map beside the script", u"source-maps"_s,
        {{"/", kHtml, script}, {"/a.js", "text/javascript", "f()"}, {"/a.js.map", kJson, map}}, u"source_map:medium"_s);
    row("map inside the script", u"source-maps"_s,
        {{"/", kHtml, script},
         {"/a.js", "text/javascript", "f()\n//# sourceMappingURL=data:application/json;base64," + map.toBase64()}},
        u"source_map:medium"_s);
    row("map that is longer than we read", u"source-maps"_s,
        {{"/", kHtml, script},
         {"/a.js", "text/javascript", "f()"},
         {"/a.js.map", kJson,
          R"({"version":3,"sources":["src/app.ts"],"sourcesContent":["let a = 1)" + QByteArray(8'500'000, ' ') +
              R"("],"mappings":""})"}},
        u"source_map:medium"_s);
    row("map with a key", u"source-maps"_s,
        {{"/", kHtml, script},
         {"/a.js", "text/javascript", "f()"},
         {"/a.js.map", kJson,
          R"({"version":3,"mappings":"","sources":["src/a.ts"],"sourcesContent":["let k=')" + live + R"('"]})"}},
        u"source_map_with_secret:high"_s);
    // keys
    row("key in a chunk that a table names", u"bundle-secrets"_s,
        {{"/", kHtml, script},
         {"/a.js", "text/javascript", R"(u=e=>"static/js/"+e+"."+{7:"ab12"}[e]+".chunk.js")"},
         {"/static/js/7.ab12.chunk.js", "text/javascript", "k='" + live + "'"}},
        u"secret_in_bundle:critical"_s);
    row("key that a list names", u"bundle-secrets"_s,
        {{"/", kHtml, script},
         {"/a.js", "text/javascript", "f()"},
         {"/asset-manifest.json", kJson, R"({"files":{"b.js":"/static/js/b.js"}})"},
         {"/static/js/b.js", "text/javascript", "k='" + live + "'"}},
        u"secret_in_bundle:critical"_s);
    const QByteArray js = "text/javascript";
    const QByteArray keyed = "k='" + live + "'";
    // Where a page keeps its code and its state: nothing but that place holds the key.
    const auto kept = [&](const char *name, const std::vector<File> &files) {
        row(name, u"bundle-secrets"_s, files, u"secret_in_bundle:critical"_s);
    };
    const QByteArray head = live.first(9);
    const QByteArray tail = live.sliced(9);
    kept("module made ready early", {{"/", kHtml, "<link rel=modulepreload href=/m.mjs>"}, {"/m.mjs", js, keyed}});
    kept("script made ready early", {{"/", kHtml, "<link rel=preload as=script href=/m.js>"}, {"/m.js", js, keyed}});
    kept("script of the next page", {{"/", kHtml, "<link rel=prefetch as=script href=/m.js>"}, {"/m.js", js, keyed}});
    kept("import() in a chunk of a chunk of a chunk", {{"/", kHtml, script},
                                                       {"/a.js", js, "import('./b.js')"},
                                                       {"/b.js", js, "import('./c.js')"},
                                                       {"/c.js", js, "import('./d.js')"},
                                                       {"/d.js", js, "import('./e.js')"},
                                                       {"/e.js", js, keyed}});
    kept("inline module", {{"/", kHtml, "<script type=module>import('./_app/immutable/entry/app.1.js')</script>"},
                           {"/_app/immutable/entry/app.1.js", js, keyed}});
    kept("table without a folder",
         {{"/", kHtml, "<script src=/app/main.js></script>"},
          {"/app/main.js", js, R"(r.u=e=>(592===e?"common":e)+"."+{44:"3b",592:"9f"}[e]+".js")"},
          {"/app/common.9f.js", js, keyed}});
    kept("table with names", {{"/", kHtml, script},
                              {"/a.js", js, R"(u=e=>"static/js/"+({1:"admin"}[e]||e)+"."+{1:"aa"}[e]+".js")"},
                              {"/static/js/admin.aa.js", js, keyed}});
    kept("list of pages of Next.js",
         {{"/", kHtml, "<script src=/_next/static/b1/_buildManifest.js></script>"},
          {"/_next/static/b1/_buildManifest.js", js, R"(self.M={"/x":["static\u002Fchunks\u002Fpages\u002Fx.js"]})"},
          {"/_next/static/chunks/pages/x.js", js, keyed}});
    kept("list of pages that only the page's data leads to",
         {{"/", kHtml,
           "<script src=/docs/_next/static/chunks/m.js></script><script id=__NEXT_DATA__ "
           "type=application/json>{\"buildId\":\"abcdef123\"}</script>"},
          {"/docs/_next/static/abcdef123/_ssgManifest.js", js, keyed}});
    kept("old manifest of Vite", {{"/", kHtml, script},
                                  {"/a.js", js, "f()"},
                                  {"/manifest.json", kJson, R"({"i.html":{"file":"assets\/i.js"}})"},
                                  {"/assets/i.js", js, keyed}});
    kept("what a service worker keeps", {{"/", kHtml, script},
                                         {"/a.js", js, "f()"},
                                         {"/sw.js", js, "precache([{url:'late.js',revision:null}])"},
                                         {"/late.js", js, keyed}});
    kept("service worker with a name of its own", {{"/", kHtml, script},
                                                   {"/a.js", js, "navigator.serviceWorker.register('/my-worker.js')"},
                                                   {"/my-worker.js", js, keyed}});
    kept("worker beside the script", {{"/", kHtml, "<script src=/js/a.js></script>"},
                                      {"/js/a.js", js, "new Worker(new URL('w-1.js', import.meta.url))"},
                                      {"/js/w-1.js", js, keyed}});
    kept(
        "data of Next.js",
        {{"/", kHtml, "<script id=__NEXT_DATA__ type=application/json>{\"props\":{\"k\":\"" + live + "\"}}</script>"}});
    kept("state of Nuxt", {{"/", kHtml, "<script>window.__NUXT__={k:\"" + live + "\"}</script>"}});
    kept("state of Nuxt in a file", {{"/", kHtml,
                                      "<script type=application/json id=__NUXT_DATA__ "
                                      "data-src=\"/_payload.json?v=1\"></script>"},
                                     {"/_payload.json?v=1", kJson, "[\"" + live + "\"]"}});
    kept("state of Remix", {{"/", kHtml, "<script>window.__remixContext={\"k\":\"" + live + "\"}</script>"}});
    kept("state of Remix in pieces", {{"/", kHtml,
                                       "<script>window.__remixContext.streamController.enqueue(\"[\\\"" + head +
                                           "\");</script><script>window.__remixContext.streamController.enqueue(\"" +
                                           tail + "\\\"]\");</script>"}});
    kept("state of SvelteKit", {{"/", kHtml,
                                 "<script type=application/json data-sveltekit-fetched data-url=/x>"
                                 "{\"body\":\"{\\\"k\\\":\\\"" +
                                     live + "\\\"}\"}</script>"}});
    kept("rows of React in pieces",
         {{"/", kHtml,
           "<script>self.__next_f.push([1,\"3:[\\\"" + head + "\"])</script><script>self.__next_f.push([1,\"" + tail +
               "\\\"]\"])</script>"}});
    kept("chunk that a row of React names",
         {{"/", kHtml,
           "<script>self.__next_f.push([1,\"2:I[7,[\\\"7\\\",\\\"static/chunks/7-a.js?dpl=d_1\\\"]]\"])</script>"},
          {"/_next/static/chunks/7-a.js?dpl=d_1", js, keyed}});
    kept("meta tag", {{"/", kHtml, "<meta name=stripe content=\"" + live + "\">"}});
    kept("comment", {{"/", kHtml, "<!-- old: '" + live + "' -->"}});
    const QByteArray keyedMap =
        R"({"version":3,"mappings":"","sources":["a.ts"],"sourcesContent":["let k=')" + live + R"('"]})";
    kept("map that a header names",
         {{"/", kHtml, script}, {"/a.js", js, "f()", 200, {"SourceMap: /maps/1"}}, {"/maps/1", kJson, keyedMap}});
    kept("map that a last line in the old writing names",
         {{"/", kHtml, script}, {"/a.js", js, "f()\n//@ sourceMappingURL=m.json"}, {"/m.json", kJson, keyedMap}});
    kept("map inside the script, in percents",
         {{"/", kHtml, script},
          {"/a.js", js,
           "f()\n//# sourceMappingURL=data:application/json;charset=utf-8," + keyedMap.toPercentEncoding()}});
    row("key behind a name for browsers", u"bundle-secrets"_s,
        {{"/", kHtml, script}, {"/a.js", "text/javascript", "e={VITE_STRIPE_KEY:\"" + live + "\"}"}},
        u"wrong_prefix:critical"_s);
}

void TestControls::finds()
{
    QFETCH(QString, check);
    QFETCH(std::vector<File>, files);
    WebLook web(serving(files));
    web.put(CompiledRules{}, Result<std::shared_ptr<const PatternSet>>(allRules())); // compiled once for all rows
    const std::vector<Check> checks = exposureChecks();
    const auto wanted = std::ranges::find(checks, check, &Check::id);
    QVERIFY(wanted != checks.end());
    const Judged judged = web.run(*wanted);
    QTEST(foundBy(judged), "expected");
    for (const Finding &finding : judged.findings) {
        QVERIFY(!finding.evidence.empty());
        for (const Evidence &evidence : finding.evidence)
            QVERIFY2(!evidence.body.contains("a1B2c3D4"_L1), qPrintable(evidence.body));
    }
}

void TestControls::seesThatASchemaIsKept()
{
    WebLook web([](const WebRequest &request) {
        const bool isAsked = request.path == "/graphql" && request.method == "POST";
        return isAsked ? page(400, kJson, R"({"errors":[{"message":"introspection is not allowed"}]})") : notFound();
    });
    const std::vector<Check> checks = exposureChecks();
    const Judged judged = web.run(*std::ranges::find(checks, u"exposure.graphql"_s, &Check::id));
    QCOMPARE(judged.outcome, Outcome::Pass);
    QCOMPARE(judged.observed["endpoints"_L1][0]["schema"_L1].toString(), u"closed"_s);
}

// Addresses spell the name of a host in letters, the project in A-labels.
void TestControls::knowsInternationalHosts()
{
    WebLook web(serving({{"/", kHtml, R"(<script type="module" src="/@vite/client"></script>)"}}), {HostRole::Site},
                u"xn--bcher-kva.de"_s);
    QCOMPARE(foundBy(web.run(debugCheck())), u"vite-dev-page:high"_s);
}

void TestControls::listsRoutesOfHostsWithoutAPage_data()
{
    QTest::addColumn<std::vector<File>>("files");
    QTest::addColumn<QByteArray>("type"); // of the refused first page
    QTest::addColumn<bool>("isSeen");
    const File document{"/openapi.json", kJson, R"({"openapi":"3.0.0","paths":{"/prices":{"get":{}}}})"};
    QTest::newRow("a gateway with its document") << std::vector{document} << kJson << true;
    QTest::newRow("a gateway that knows no other address") << std::vector<File>{} << kJson << true;
    QTest::newRow("a page that refuses") << std::vector{document} << kHtml << false;
}

void TestControls::listsRoutesOfHostsWithoutAPage()
{
    QFETCH(std::vector<File>, files);
    QFETCH(QByteArray, type);
    QFETCH(bool, isSeen);
    WebLook web([files, type](const WebRequest &request) {
        return request.path == "/" ? page(403, type, "{}") : serving(files)(request);
    });
    Route listed;
    listed.path = u"/prices"_s;
    web.facts.routes = {listed};
    const Judged judged = web.run(routesCheck());
    QCOMPARE(judged.outcome == Outcome::Pass, isSeen);
    QCOMPARE(judged.observed["not_seen"_L1].toArray().isEmpty(), isSeen);
}

// Nothing is downloaded: proof is in the first bytes.
void TestControls::asksForFirstBytesOnly()
{
    WebLook web(serving({{"/backup.sql", kText, "-- MySQL dump\n" + QByteArray(100000, 'x')}}));
    const std::vector<Check> checks = exposureChecks();
    const Judged judged = web.run(*std::ranges::find(checks, u"exposure.files"_s, &Check::id));
    QCOMPARE(foundBy(judged), u"sql-dump:critical"_s);
    QVERIFY(web.requests().size() > 100);
    int dumps = 0;
    for (const WebRequest &request : web.requests()) {
        QVERIFY2(request.head.contains("Range: bytes=0-4095"), request.path.constData());
        dumps += request.path == "/backup.sql" ? 1 : 0;
    }
    QCOMPARE(dumps, 2);
}

void TestControls::saysThatAnEdgeBlocks()
{
    WebLook web([](const WebRequest &request) {
        return request.path == "/.env" ? page(403, kHtml, "<h1>Blocked</h1>") : notFound();
    });
    const std::vector<Check> checks = exposureChecks();
    const Judged judged = web.run(*std::ranges::find(checks, u"exposure.files"_s, &Check::id));
    QCOMPARE(judged.outcome, Outcome::Info);
    QVERIFY2(judged.reason.contains(u"/.env"_s), qPrintable(judged.reason));
    QCOMPARE(judged.observed["blocked"_L1].toArray().size(), 1);
}

// Django lists every address that it knows before it says what it is.
void TestControls::readsErrorPagesToTheirEnd()
{
    WebLook web([](const WebRequest &request) {
        if (request.path == "/")
            return page(200, kHtml, kHome);
        return page(404, kHtml,
                    "<!doctype html><title>Page not found</title>" + QByteArray("<li>admin/").repeated(1000) +
                        "<p>You&#x27;re seeing this error because you have <code>DEBUG = True</code>");
    });
    const std::vector<Check> checks = exposureChecks();
    const Judged judged = web.run(*std::ranges::find(checks, u"exposure.debug"_s, &Check::id));
    QCOMPARE(foundBy(judged), u"django-error:high"_s);
}

// Sixty scripts of six megabytes: what is over the limit is not asked for, and not known to be clean.
void TestControls::stopsAtTheLimitOfCode()
{
    QByteArray home = kHome;
    for (int i = 0; i < 60; ++i)
        home += "<script src=/s" + QByteArray::number(i) + ".js></script>";
    WebLook web([home](const WebRequest &request) {
        if (request.path == "/")
            return page(200, kHtml, home);
        return request.path.endsWith(".js") && request.path.startsWith("/s")
                   ? page(200, "text/javascript", request.path + QByteArray(6 * 1024 * 1024, ' '))
                   : notFound();
    });
    const std::vector<Check> checks = exposureChecks();
    const Judged judged = web.run(*std::ranges::find(checks, u"exposure.source-maps"_s, &Check::id));
    QCOMPARE(judged.outcome, Outcome::Info);
    QVERIFY(judged.observed["skipped"_L1].toInt() >= 45);
    const auto asked =
        std::ranges::count_if(web.requests(), [](const WebRequest &request) { return request.path.startsWith("/s"); });
    QVERIFY2(asked < 16, qPrintable(QString::number(asked)));
}

// Hundreds of small files are all read; those above the limit are counted, and the same text twice is one file.
void TestControls::readsHundredsOfFiles_data()
{
    QTest::addColumn<int>("files");
    QTest::addColumn<int>("read");
    QTest::newRow("as many as we read") << 400 << 400;
    QTest::newRow("one too many") << 401 << 400;
}

void TestControls::readsHundredsOfFiles()
{
    QFETCH(int, files);
    QFETCH(int, read);
    QByteArray home = kHome;
    for (int i = 0; i < files; ++i)
        home += "<script src=/s" + QByteArray::number(i) + ".js></script>";
    WebLook web([home](const WebRequest &request) {
        if (request.path == "/")
            return page(200, kHtml, home);
        const bool isTwin = request.path == "/s1.js" || request.path == "/s2.js";
        return page(200, "text/javascript", isTwin ? QByteArray("twin()") : request.path);
    });
    const std::vector<Check> checks = exposureChecks();
    const Judged judged = web.run(*std::ranges::find(checks, u"exposure.bundle-secrets"_s, &Check::id));
    QCOMPARE(judged.observed["files"_L1].toInt(), 1 + read - 1); // the page, and one of the twins
    QCOMPARE(judged.observed["skipped"_L1].toInt(), files - read);
    QCOMPARE(judged.outcome, files == read ? Outcome::Pass : Outcome::Info);
}

void TestControls::stopsWhenCancelled()
{
    WebLook web([](const WebRequest &) { return QByteArray(); });
    const std::vector<Check> checks = exposureChecks();
    const Check &files = *std::ranges::find(checks, u"exposure.files"_s, &Check::id);
    auto running = std::async(std::launch::async, [&] { return web.run(files); });
    QTRY_VERIFY(!web.requests().empty());
    web.token().cancel();
    QCOMPARE(running.wait_for(std::chrono::seconds(2)), std::future_status::ready);
    QCOMPARE(running.get().outcome, Outcome::NotRun);
}

// Settings for browsers count by the keys in them, and the rules for keys take seconds to compile: what is done of them
// is kept, the rest is left where it is.
void TestControls::stopsWhileRulesAreCompiled()
{
    const QByteArray settings = "window.env={STRIPE:'x'}\n" + test::allKeywords();
    WebLook web(serving({{"/env.js", "text/javascript", settings}}));
    const QTemporaryDir kept;
    const std::function<PatternKeeping()> place = [&] { return PatternKeeping{kept.path(), QByteArray(32, 'k')}; };
    web.put(PatternsKeptIn{}, place);
    const auto databases = [&kept] { return QDir(kept.path()).entryList({u"*.patterns"_s}).size(); };
    const std::vector<Check> checks = exposureChecks();
    const Check &files = *std::ranges::find(checks, u"exposure.files"_s, &Check::id);
    auto running = std::async(std::launch::async, [&] { return web.run(files); });
    QTRY_VERIFY_WITH_TIMEOUT(databases() > 1, 30000); // the keywords come first
    web.token().cancel();
    QCOMPARE(running.wait_for(std::chrono::seconds(lab::kSlowdown)), std::future_status::ready);
    QCOMPARE(running.get().outcome, Outcome::NotRun);
    const size_t groups = (loadLeakRules()->size() + PatternSet::kRulesInDatabase - 1) / PatternSet::kRulesInDatabase;
    QVERIFY2(databases() <= static_cast<qsizetype>(groups), qPrintable(QString::number(databases())));
}

QTEST_GUILESS_MAIN(TestControls)
#include "tst_controls.moc"
