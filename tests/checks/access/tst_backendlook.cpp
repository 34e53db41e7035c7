#include "checks/access/backendreads.h"
#include "checks/access/unauthenticated.h"
#include "models/unseen.h"
#include "tests/checks/access/backendscene.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestBackendLook : public QObject, private BackendScene
{
    Q_OBJECT

private slots:
    void asksWithoutChanging();
    void looksAtTheService_data();
    void looksAtTheService();
    void findsTablesNamedElsewhere_data();
    void findsTablesNamedElsewhere();
    void looksAtOtherServices_data();
    void looksAtOtherServices();
    void knowsAHostWithoutAWord();
    void asksNoStranger_data();
    void asksNoStranger();
    void asksAtTheVendor();
    void weighsByColumns();
    void judgesNoHostileService_data();
    void judgesNoHostileService();
    void stops();
};

void TestBackendLook::asksWithoutChanging()
{
    for (const BackendFound &found : backendsIn({m_code})) {
        for (const BackendAsk &ask : backendAsks(found, u"lc_x"_s)) {
            const bool isList = ask.question.url.path().contains("/object/list/"_L1);
            const bool isQuestion = ask.question.url.path() == "/graphql/v1"_L1;
            const QByteArray wanted = isList || isQuestion                ? "POST"
                                      : ask.part == BackendPart::Table    ? "HEAD"
                                      : ask.part == BackendPart::Function ? "HEAD"
                                                                          : "GET";
            QCOMPARE(ask.question.method, wanted);
            QVERIFY(!ask.question.url.path().contains("signup"_L1, Qt::CaseInsensitive));
        }
    }
}

void TestBackendLook::looksAtTheService_data()
{
    QTest::addColumn<BackendSetup>("setup");
    QTest::addColumn<QStringList>("codes");
    using Faults = FaultSet<BackendFault>;
    using enum BackendFault;
    const auto with = [](const Faults &faults) { return BackendSetup{.faults = faults}; };
    QTest::newRow("clean") << BackendSetup() << QStringList();
    QTest::newRow("table") << BackendSetup{.readableTables = {u"orders"_s}} << QStringList{u"table_open"_s};
    QTest::newRow("listed bucket") << with({BucketListed}) << QStringList{u"bucket_listed"_s};
    QTest::newRow("sign-up, public bucket, function, schema, realtime")
        << with({OpenSignUp, BucketListed, BucketPublic, RpcOpen, SchemaListed, RealtimeRootOpen})
        << QStringList{u"bucket_listed"_s, u"bucket_public"_s, u"database_open"_s,
                       u"function_open"_s, u"schema_listed"_s, u"sign_up_unconfirmed"_s};
    QTest::newRow("names of tables by GraphQL") << with({GraphQlListed}) << QStringList{u"schema_listed"_s};
    QTest::newRow("firestore and its files")
        << with({FirestoreOpen, FirebaseFilesOpen}) << QStringList{u"bucket_listed"_s, u"collection_open"_s};
    // What a stranger cannot see without making an account or calling what may do something.
    QTest::newRow("behind a sign-in or a call") << with({SignedInReadsAll, FunctionOpen}) << QStringList();
    QTest::newRow("sign-up of firebase, not permitted") << with({FirebaseSignUpOpen}) << QStringList();
}

void TestBackendLook::looksAtTheService()
{
    QFETCH(BackendSetup, setup);
    QFETCH(QStringList, codes);
    QVERIFY2(m_server.isReady(), qPrintable(m_server.problem()));
    m_hostile = {};
    m_backend.reset();
    m_backend.setUp(setup);
    const Judged judged = this->judged();
    QVERIFY2(codesOf(judged) == codes, qPrintable(told(judged)));
    // What was not asked is not known, and said so.
    QVERIFY2(judged.reason.contains("permitted test requests"_L1), qPrintable(judged.reason));
    QVERIFY(unseenSubjects(judged.observed).contains(u"sign_up sign-up"_s));
    QCOMPARE(static_cast<int>(judged.observed["backends"_L1].toArray().size()), 2);
    const QJsonObject supabase = judged.observed["backends"_L1].toArray().first().toObject();
    QCOMPARE(supabase["not_called"_L1].toArray().first().toString(), u"send-report"_s);
    QVERIFY2(!codes.isEmpty() || judged.outcome == Outcome::Info, qPrintable(told(judged)));
    const QString all = told(judged);
    for (const Finding &finding : judged.findings) {
        for (const Evidence &evidence : finding.evidence) {
            for (const char *value : {"birch-lease", "passport", "Wedding", "reyes", "okafor"})
                QVERIFY2(!evidence.body.contains(QLatin1StringView(value)) && !all.contains(QLatin1StringView(value)),
                         value);
        }
    }
    int sent = 0;
    for (const JournalLine &line : m_backend.journal().lines()) {
        ++sent;
        const bool isHarmless = line.method == "GET" || line.method == "HEAD" ||
                                (line.method == "POST" && line.target.startsWith("/storage/v1/object/list/")) ||
                                (line.method == "POST" && line.target == "/graphql/v1");
        QVERIFY2(isHarmless, (line.method + ' ' + line.target).constData());
    }
    QVERIFY2(sent >= 12 && sent <= 40, qPrintable(QString::number(sent)));
}

void TestBackendLook::findsTablesNamedElsewhere_data()
{
    QTest::addColumn<bool>("byGraphQl");
    QTest::addColumn<bool>("byCode");
    QTest::newRow("nowhere") << false << false;
    QTest::newRow("by GraphQL") << true << false;
    QTest::newRow("in the folder of the code") << false << true;
}

// A table that no page names is as open as any.
void TestBackendLook::findsTablesNamedElsewhere()
{
    QFETCH(bool, byGraphQl);
    QFETCH(bool, byCode);
    m_hostile = {};
    m_backend.reset();
    BackendSetup setup{.readableTables = {u"orders"_s}};
    if (byGraphQl)
        setup.faults = {BackendFault::GraphQlListed};
    m_backend.setUp(setup);
    m_code = wholeCode().replace("db.from(\"orders\");", "");
    QTemporaryDir folder;
    QFile schema(folder.filePath(u"schema.prisma"_s));
    QVERIFY(schema.open(QIODevice::WriteOnly));
    schema.write("model Order {\n  what String\n  @@map(\"orders\")\n}\n");
    schema.close();
    ProjectFacts facts;
    if (byCode)
        facts.sources = {{.kind = SourceKind::Code, .path = folder.path()}};
    const Judged judged = this->judged({}, {QString::fromLatin1(kAppHost)}, facts);
    m_code = wholeCode();
    QVERIFY2(codesOf(judged).contains(u"table_open"_s) == (byGraphQl || byCode), qPrintable(told(judged)));
}

void TestBackendLook::looksAtOtherServices_data()
{
    QTest::addColumn<BackendSetup>("setup");
    QTest::addColumn<QString>("subjects");
    using Faults = FaultSet<BackendFault>;
    using enum BackendFault;
    const auto row = [](const char *name, const Faults &faults, const QString &subjects) {
        QTest::newRow(name) << BackendSetup{.faults = faults} << subjects;
    };
    const QString lead = u"service_named n8n low"_s;
    row("clean", {}, lead);
    row("pocketbase", {PocketBaseOpen}, u"records_open table customers high, "_s + lead);
    row("convex, whose queries nobody permitted", {ConvexOpen}, lead);
    row("hasura without a secret", {HasuraNoSecret},
        u"backend_unclaimed setup setup critical, console_open console console low, records_open table customers high, "
        u"schema_listed schema schema low, "_s +
            lead);
    row("hasura's public role", {HasuraPublicRole},
        u"records_open table customers high, schema_listed schema schema low, "_s + lead);
    row("appwrite", {AppwriteOpen},
        u"bucket_listed bucket contracts high, records_open table main/customers high, "_s + lead);
    row("strapi", {StrapiOpen}, u"records_open table customers high, records_open table users high, "_s + lead);
    row("strapi without an administrator", {StrapiUnclaimed}, u"backend_unclaimed setup setup critical, "_s + lead);
    row("directus", {DirectusOpen}, u"records_open table customers high, "_s + lead);
    row("n8n without an owner", {N8nUnclaimed}, u"backend_unclaimed setup setup critical, "_s + lead);
}

// Each fault by itself at its own service, and not one value of a record in what is told.
void TestBackendLook::looksAtOtherServices()
{
    QFETCH(BackendSetup, setup);
    QFETCH(QString, subjects);
    m_hostile = {};
    m_backend.reset();
    m_backend.setUp(setup);
    m_code = m_backend.otherBundleLine(kDomain);
    const Judged judged = this->judged();
    m_code = wholeCode();
    QStringList found;
    for (const Finding &finding : judged.findings)
        found.append(finding.code + u' ' + finding.subject + u' ' + toWord(finding.severity));
    found.sort();
    QVERIFY2(found.join(u", "_s) == subjects, qPrintable(found.join(u", "_s) + u'\n' + told(judged)));
    QCOMPARE(judged.observed["backends"_L1].toArray().size(), 7);
    const QString all = told(judged);
    for (const char *value : {"birch-lease", "Bella", "bella.reyes"})
        QVERIFY2(!all.contains(QLatin1StringView(value)), value);
    for (const JournalLine &line : m_backend.journal().lines()) {
        const bool isRead = line.method == "GET" || line.target == "/v1/graphql";
        QVERIFY2(isRead, (line.method + ' ' + line.target).constData());
    }
    QVERIFY2(m_backend.journal().lines().size() <= 40, qPrintable(QString::number(m_backend.journal().lines().size())));
}

// A host of the product that no page names: by what it says of itself.
void TestBackendLook::knowsAHostWithoutAWord()
{
    m_hostile = {};
    m_backend.reset();
    m_backend.setUp({.faults = {BackendFault::StrapiUnclaimed}});
    m_code = "console.log(1)";
    const Judged judged = this->judged({}, {QString::fromLatin1(kAppHost), u"strapi.harbor-ledger.example"_s});
    m_code = wholeCode();
    QVERIFY2(codesOf(judged) == QStringList{u"backend_unclaimed"_s}, qPrintable(told(judged)));
    QCOMPARE(judged.findings.front().host, u"strapi.harbor-ledger.example"_s);
    QCOMPARE(judged.observed["backends"_L1].toArray().size(), 1);
}

// Words of the code that anybody's interface may have: the question what a server is goes to no stranger's.
void TestBackendLook::asksNoStranger_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("finding"); // once it is a host of the product
    const auto row = [](const char *name, const char *code, const QString &finding) {
        const QByteArray host = QByteArray(name) + ".stranger.example";
        QTest::newRow(name) << QByteArray(code).replace("HOST", host) << QString::fromLatin1(host) << finding;
    };
    row("directus", "fetch(\"https://HOST/items/customers?limit=5\")", u"records_open"_s);
    row("strapi", "fetch(\"https://HOST/api/customers?sort=name\")", u"backend_unclaimed"_s);
    row("pocket", "k=\"pocketbase_auth\";p=new Store(\"https://HOST\");p.collection(\"customers\")", u"records_open"_s);
    row("hasura", "fetch(\"https://HOST/v1/graphql\")", u"backend_unclaimed"_s);
    row("n8n", "fetch(\"https://HOST/webhook/new-lead\")", u"backend_unclaimed"_s);
}

void TestBackendLook::asksNoStranger()
{
    QFETCH(QByteArray, code);
    QFETCH(QString, host);
    QFETCH(QString, finding);
    using enum BackendFault;
    m_hostile = {};
    m_backend.reset();
    m_backend.setUp({.faults = {DirectusOpen, StrapiUnclaimed, PocketBaseOpen, HasuraNoSecret, N8nUnclaimed}});
    m_code = code;
    m_asked = 0;
    const Judged strangers = judged();
    const int asked = m_asked;
    const Judged own = judged({}, {QString::fromLatin1(kAppHost), host});
    m_code = wholeCode();
    QCOMPARE(asked, 0);
    QVERIFY2(strangers.findings.empty(), qPrintable(told(strangers)));
    QCOMPARE(strangers.observed["backends_not_asked"_L1].toArray(), QJsonArray{u"https://"_s + host});
    QVERIFY2(strangers.summary.contains(host), qPrintable(strangers.summary));
    QVERIFY2(codesOf(own).contains(finding), qPrintable(told(own)));
    QVERIFY(!own.observed.contains("backends_not_asked"_L1));
}

// Nobody but its customers has such a host.
void TestBackendLook::asksAtTheVendor()
{
    m_hostile = {};
    m_backend.reset();
    m_backend.setUp({.faults = {BackendFault::DirectusOpen}});
    m_code = "fetch(\"https://directus.directus.app/items/customers?limit=5\")";
    const Judged judged = this->judged();
    m_code = wholeCode();
    QVERIFY2(codesOf(judged) == QStringList{u"records_open"_s}, qPrintable(told(judged)));
    QVERIFY(!judged.observed.contains("backends_not_asked"_L1));
}

// The more is told of people, the worse: without a single value read.
void TestBackendLook::weighsByColumns()
{
    m_hostile = {};
    m_backend.reset();
    m_backend.setUp({.readableTables = {u"profiles"_s, u"orders"_s}});
    const Judged judged = this->judged();
    const auto profiles = std::ranges::find(judged.findings, u"table profiles"_s, &Finding::subject);
    const auto orders = std::ranges::find(judged.findings, u"table orders"_s, &Finding::subject);
    QVERIFY2(profiles != judged.findings.end() && orders != judged.findings.end(), qPrintable(told(judged)));
    QCOMPARE(profiles->severity, Severity::Critical);
    QCOMPARE(profiles->proof, Proof::Proven);
    QVERIFY(profiles->whatWeSaw.contains("email"_L1));
    QCOMPARE(orders->severity, Severity::High);
}

void TestBackendLook::judgesNoHostileService_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("hasRange");
    const QByteArray json = "application/json";
    QTest::newRow("always 200") << 200 << json << QByteArray(R"({"ok":true,"items":[1],"documents":[1]})") << false;
    QTest::newRow("always rows") << 206 << json << QByteArray(R"([{"name":"x"}])") << true;
    QTest::newRow("the page of the app") << 200 << QByteArray("text/html") << QByteArray("<html>app</html>") << false;
    QTest::newRow("to the login") << 302 << json << QByteArray() << false;
    QTest::newRow("always 403") << 403 << json << QByteArray("{}") << false;
    QTest::newRow("too many") << 429 << json << QByteArray("{}") << false;
    QTest::newRow("broken") << 503 << json << QByteArray("{}") << false;
    QTest::newRow("garbage") << 200 << json << QByteArray("\x00\xff{[", 4) << false;
}

void TestBackendLook::judgesNoHostileService()
{
    QFETCH(int, status);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(bool, hasRange);
    m_hostile = {.status = status, .type = type, .body = body, .hasRange = hasRange};
    m_code = wholeCode() + m_backend.otherBundleLine(kDomain).replace("/webhook/new-lead", "");
    const Judged judged = this->judged();
    m_code = wholeCode();
    m_hostile = {};
    QVERIFY2(judged.findings.empty(), qPrintable(told(judged)));
    // Who refuses everything alike has refused, and not shown that it knows whom.
    const Outcome wanted = status == 403 ? Outcome::Info : Outcome::NotRun;
    QVERIFY2(judged.outcome == wanted && !judged.reason.isEmpty(), qPrintable(told(judged)));
    QVERIFY2(status == 403 || !judged.observed["not_seen"_L1].toArray().isEmpty(), qPrintable(told(judged)));
}

void TestBackendLook::stops()
{
    m_asked = 0;
    m_slowness = std::chrono::milliseconds(1500);
    CancelToken token;
    std::atomic<bool> isOver = false;
    QElapsedTimer timer;
    std::jthread stopper([&] {
        while (m_asked == 0 && !isOver)
            std::this_thread::yield();
        timer.start();
        token.cancel();
    });
    judged(token);
    isOver = true;
    stopper.join();
    m_slowness = std::chrono::milliseconds(0);
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(TestBackendLook)
#include "tst_backendlook.moc"
