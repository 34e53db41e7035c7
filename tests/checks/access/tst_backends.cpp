// Which services a page's code names, and what their answers mean: without a network.
#include "checks/access/backendreads.h"
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

QTEST_GUILESS_MAIN(TestBackends)
#include "tst_backends.moc"
