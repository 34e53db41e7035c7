#include "checks/access/backendreads.h"
#include "checks/access/unauthenticated.h"
#include "tests/checks/access/shopscene.h"
#include "tests/checks/web/pages.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QTest>

#include <atomic>
#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kAppHost = "app.harbor-ledger.example";
const QByteArray kBackendHost = "backend.harbor-ledger.example";

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

QString told(const Judged &judged)
{
    return said(judged) + u" | "_s + judged.reason + u" | "_s +
           QString::fromUtf8(QJsonDocument(judged.observed).toJson(QJsonDocument::Compact)).right(5000);
}

QStringList codesOf(const Judged &judged)
{
    QStringList codes;
    for (const Finding &finding : judged.findings)
        codes.append(finding.code);
    codes.removeDuplicates();
    codes.sort();
    return codes;
}

} // namespace

// A page that uses the backend service of the practice company, and Google's hosts led to it as well.
class TestBackends : public QObject
{
    Q_OBJECT

private slots:
    void findsBackends_data();
    void findsBackends();
    void readsAnswers_data();
    void readsAnswers();
    void asksWithoutChanging();
    void looksAtTheService_data();
    void looksAtTheService();
    void weighsByColumns();
    void judgesNoHostileService_data();
    void judgesNoHostileService();
    void stops();

private:
    PageReply answer(const PageRequest &request)
    {
        if (request.host() == kAppHost)
            return {.body = "<html><body><div id=root></div><script>" + m_code + "</script></body></html>"};
        ++m_asked;
        std::this_thread::sleep_for(m_slowness.load());
        if (m_hostile.status == 0)
            return m_backend.answer(request);
        PageReply reply{.status = m_hostile.status, .contentType = m_hostile.type, .body = m_hostile.body};
        if (m_hostile.status == 302)
            reply.add("Location", "/login");
        if (m_hostile.hasRange)
            reply.add("Content-Range", "0-0/7");
        return reply;
    }

    QByteArray wholeCode()
    {
        return m_backend.bundleLine("https://" + kBackendHost) +
               "db.storage.from(\"contracts\").list();db.rpc(\"yearly_totals\");"
               "initializeApp({apiKey:\"" +
               m_backend.firebaseKey() +
               "\",projectId:\"ledger\",databaseURL:\"https://ledger-default-rtdb.firebaseio.com\","
               "storageBucket:\"ledger.appspot.com\"});getDocs(collection(fs,\"members\"));";
    }

    Judged judged(const CancelToken &token = {})
    {
        Observations seen(m_server.netOptions(), token, Deadline::in(std::chrono::seconds(60)), nullptr,
                          passiveBudget(10));
        const Target target = targetOf({QString::fromLatin1(kAppHost)});
        const Policy policy;
        return unauthenticatedCheck().look({.seen = seen,
                                            .target = target,
                                            .policy = policy,
                                            .facts = {},
                                            .startedAt = QDateTime::currentDateTimeUtc()});
    }

    struct Hostile
    {
        int status = 0;
        QByteArray type = "application/json";
        QByteArray body = {};
        bool hasRange = false;
    };

    BackendService m_backend{BackendSetup{.host = kBackendHost}};
    QByteArray m_code = wholeCode();
    Hostile m_hostile;
    std::atomic<int> m_asked = 0; // of the service
    std::atomic<std::chrono::milliseconds> m_slowness{std::chrono::milliseconds(0)};
    PageLab m_server{[this](const PageRequest &request) { return answer(request); },
                     {kAppHost, kBackendHost, "firestore.googleapis.com", "firebasestorage.googleapis.com",
                      "ledger-default-rtdb.firebaseio.com"}};
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
    QTest::newRow("a map's key is no firebase") << "i({apiKey:\"" + kGoogle + "\",zoom:4})" << QString();
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

void TestBackends::asksWithoutChanging()
{
    for (const BackendFound &found : backendsIn({m_code})) {
        for (const BackendAsk &ask : backendAsks(found, u"lc_x"_s)) {
            const bool isList = ask.question.url.path().contains("/object/list/"_L1);
            const QByteArray wanted = isList                              ? "POST"
                                      : ask.part == BackendPart::Table    ? "HEAD"
                                      : ask.part == BackendPart::Function ? "HEAD"
                                                                          : "GET";
            QCOMPARE(ask.question.method, wanted);
            QVERIFY(!ask.question.url.path().contains("signup"_L1, Qt::CaseInsensitive));
        }
    }
}

void TestBackends::looksAtTheService_data()
{
    QTest::addColumn<BackendSetup>("setup");
    QTest::addColumn<QStringList>("codes");
    using Faults = FaultSet<BackendFault>;
    using enum BackendFault;
    const auto with = [](const Faults &faults) { return BackendSetup{.faults = faults}; };
    QTest::newRow("clean") << BackendSetup() << QStringList();
    QTest::newRow("open table") << BackendSetup{.readableTables = {u"orders"_s}} << QStringList{u"table_open"_s};
    QTest::newRow("sign-up") << with({OpenSignUp}) << QStringList{u"sign_up_unconfirmed"_s};
    QTest::newRow("listed bucket") << with({BucketListed}) << QStringList{u"bucket_listed"_s};
    QTest::newRow("public bucket") << with({BucketListed, BucketPublic})
                                   << QStringList{u"bucket_listed"_s, u"bucket_public"_s};
    QTest::newRow("function") << with({RpcOpen}) << QStringList{u"function_open"_s};
    QTest::newRow("schema") << with({SchemaListed}) << QStringList{u"schema_listed"_s};
    QTest::newRow("realtime") << with({RealtimeRootOpen}) << QStringList{u"database_open"_s};
    QTest::newRow("firestore") << with({FirestoreOpen}) << QStringList{u"collection_open"_s};
    QTest::newRow("files of firebase") << with({FirebaseFilesOpen}) << QStringList{u"bucket_listed"_s};
    // What a stranger cannot see without making an account or calling what may do something.
    QTest::newRow("behind a sign-in") << with({SignedInReadsAll}) << QStringList();
    QTest::newRow("that would be called") << with({FunctionOpen, FirebaseSignUpOpen}) << QStringList();
}

void TestBackends::looksAtTheService()
{
    QFETCH(BackendSetup, setup);
    QFETCH(QStringList, codes);
    QVERIFY2(m_server.isReady(), qPrintable(m_server.problem()));
    m_hostile = {};
    m_backend.reset();
    m_backend.setUp(setup);
    const Judged judged = this->judged();
    QVERIFY2(codesOf(judged) == codes, qPrintable(told(judged)));
    QCOMPARE(static_cast<int>(judged.observed["backends"_L1].toArray().size()), 2);
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
                                (line.method == "POST" && line.target.startsWith("/storage/v1/object/list/"));
        QVERIFY2(isHarmless, (line.method + ' ' + line.target).constData());
    }
    QVERIFY2(sent >= 12 && sent <= 40, qPrintable(QString::number(sent)));
}

// The more is told of people, the worse: without a single value read.
void TestBackends::weighsByColumns()
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

void TestBackends::judgesNoHostileService_data()
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

void TestBackends::judgesNoHostileService()
{
    QFETCH(int, status);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(bool, hasRange);
    m_hostile = {.status = status, .type = type, .body = body, .hasRange = hasRange};
    const Judged judged = this->judged();
    m_hostile = {};
    QVERIFY2(judged.findings.empty(), qPrintable(told(judged)));
    // Who refuses everything alike has refused, and not shown that it knows whom.
    const Outcome wanted = status == 403 ? Outcome::Info : Outcome::NotRun;
    QVERIFY2(judged.outcome == wanted && !judged.reason.isEmpty(), qPrintable(told(judged)));
    QVERIFY2(status == 403 || !judged.observed["not_seen"_L1].toArray().isEmpty(), qPrintable(told(judged)));
}

void TestBackends::stops()
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

QTEST_GUILESS_MAIN(TestBackends)
#include "tst_backends.moc"
