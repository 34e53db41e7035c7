#include "checks/abuse/upload.h"
#include "models/unseen.h"
#include "tests/checks/abuse/activeproof.h"
#include "tests/lab/renewed.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

bool isUploadRoute(const ShopRouteLine &line)
{
    return line.path.startsWith("/api/uploads");
}

int filesLeft(RequestJournal &journal)
{
    return recordsLeft(journal);
}

} // namespace

class TestUpload : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void makesFiles();
    void writesForms();
    void readsServedFiles_data();
    void readsServedFiles();
    void findsAddresses_data();
    void findsAddresses();
    void choosesRoutes();
    void judges_data();
    void judges();
    void findsNothingInTheCleanShop();
    void findsFaults_data();
    void findsFaults();
    void needsAWayBack();
    void isNotFooled_data();
    void isNotFooled();
    void staysInsideItsBudget();
    void stopsAndCleansUp();

private:
    ShopLab m_shop;
    LyingShop m_hostile;
};

void TestUpload::initTestCase()
{
    QVERIFY2(m_shop.isReady(), qPrintable(m_shop.problem()));
}

void TestUpload::init()
{
    renew(m_shop);
}

void TestUpload::makesFiles()
{
    const QString text = u"LC-CANARY-abcdefghij23"_s;
    const auto good = goodFiles(text);
    QCOMPARE(good.front().contentType, QByteArray("image/png"));
    const auto bad = badFiles(good.front(), text);
    std::set<UploadKind> kinds;
    for (const UploadFile &file : bad) {
        kinds.insert(file.kind);
        QVERIFY2(file.name.contains("LC-CANARY-abcdefghij23"), file.name);
    }
    QCOMPARE(kinds.size(), bad.size());
    const auto of = [&](UploadKind kind) { return *std::ranges::find(bad, kind, &UploadFile::kind); };
    QVERIFY(of(UploadKind::Empty).bytes.isEmpty());
    QVERIFY(of(UploadKind::TooLarge).bytes.size() > 10 * 1024 * 1024);
    QCOMPARE(of(UploadKind::LongName).name.size(), 300);
    QVERIFY(of(UploadKind::Polyglot).bytes.startsWith(good.front().bytes));
    QVERIFY(of(UploadKind::Polyglot).bytes.contains(kUploadScript));
    QVERIFY(of(UploadKind::WrongBytes).name.endsWith(".png"));
    QVERIFY(of(UploadKind::WrongBytes).bytes.startsWith("<!doctype html>"));
    QCOMPARE(of(UploadKind::TestVirus).bytes.size(), 68);
}

void TestUpload::writesForms()
{
    const UploadBody body = uploadBody("photo", {UploadKind::Good, "a.png", "image/png", "bytes"});
    const auto parts = formParts(body.contentType, body.body);
    QCOMPARE(parts.size(), std::size_t(1));
    QCOMPARE(parts.front().name, QByteArray("photo"));
    QCOMPARE(parts.front().fileName, QByteArray("a.png"));
    QCOMPARE(parts.front().contentType, QByteArray("image/png"));
    QCOMPARE(parts.front().bytes, QByteArray("bytes"));
    QCOMPARE(fileFieldOf("--x\r\nContent-Disposition: form-data; name=\"doc\"; filename=\"a.pdf\"\r\n"),
             QByteArray("doc"));
    QCOMPARE(fileFieldOf("--x\r\nContent-Disposition: form-data; name=\"title\"\r\n"), QByteArray("file"));
}

void TestUpload::readsServedFiles_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<bool>("hasScript");
    QTest::addColumn<bool>("expected");
    QTest::newRow("a page") << QByteArray("Content-Type: text/html; charset=utf-8") << true << true;
    QTest::newRow("a drawing") << QByteArray("Content-Type: image/svg+xml") << true << true;
    QTest::newRow("a drawing that was cleaned") << QByteArray("Content-Type: image/svg+xml") << false << false;
    QTest::newRow("a picture") << QByteArray("Content-Type: image/png") << true << false;
    QTest::newRow("without a type") << QByteArray("Server: x") << true << true;
    QTest::newRow("without a type, nosniff") << QByteArray("X-Content-Type-Options: nosniff") << true << false;
    QTest::newRow("a download") << QByteArray(
                                       "Content-Type: text/html\nContent-Disposition: attachment; filename=\"a\"")
                                << true << false;
    QTest::newRow("shown inline") << QByteArray("Content-Type: text/html\nContent-Disposition: inline") << true << true;
    QTest::newRow("sandbox") << QByteArray("Content-Type: text/html\nContent-Security-Policy: sandbox") << true
                             << false;
    QTest::newRow("sandbox with scripts")
        << QByteArray("Content-Type: text/html\nContent-Security-Policy: sandbox allow-scripts") << true << true;
    QTest::newRow("no scripts")
        << QByteArray("Content-Type: text/html\nContent-Security-Policy: default-src 'none'; img-src 'self'") << true
        << false;
    QTest::newRow("another policy")
        << QByteArray("Content-Type: text/html\nContent-Security-Policy: default-src 'self' 'unsafe-inline'") << true
        << true;
}

void TestUpload::readsServedFiles()
{
    QFETCH(QByteArray, head);
    QFETCH(bool, hasScript);
    QFETCH(bool, expected);
    QCOMPARE(servedFileOf(answer(200, head, hasScript ? "<svg>" + kUploadScript + "</svg>" : "<svg></svg>")).runs(),
             expected);
}

void TestUpload::findsAddresses_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected");
    const QByteArray json = "Content-Type: application/json";
    QTest::newRow("path") << json << QByteArray(R"({"id":1,"url":"/files/1"})") << u"https://app.example.com/files/1"_s;
    QTest::newRow("whole address") << json << QByteArray(R"({"data":{"fileUrl":"https://cdn.example.net/1"}})")
                                   << u"https://cdn.example.net/1"_s;
    QTest::newRow("the file before its preview")
        << json << QByteArray(R"({"src":"/small/1","url":"/files/1"})") << u"https://app.example.com/files/1"_s;
    QTest::newRow("in a list") << json << QByteArray(R"([{"href":"/files/1"}])")
                               << u"https://app.example.com/files/1"_s;
    QTest::newRow("Location") << QByteArray("Location: /files/2") << QByteArray()
                              << u"https://app.example.com/files/2"_s;
    QTest::newRow("no address") << json << QByteArray(R"({"url":"a.png","id":1})") << u""_s;
    QTest::newRow("another scheme") << json << QByteArray(R"({"url":"file:///etc/passwd"})") << u""_s;
}

void TestUpload::findsAddresses()
{
    QFETCH(QByteArray, head);
    QFETCH(QByteArray, body);
    QFETCH(QString, expected);
    QCOMPARE(storedUrlIn(answer(201, head, body)).toString(), expected);
}

void TestUpload::choosesRoutes()
{
    const auto route = [](const QString &path, bool safe) {
        Route one;
        one.method = u"POST"_s;
        one.path = path;
        one.safeToWrite = safe;
        return one;
    };
    const std::vector<Route> routes{route(u"/api/uploads"_s, true), route(u"/api/files"_s, false),
                                    route(u"/api/notes"_s, true), route(u"/api/photo"_s, true),
                                    route(u"/api/proofs"_s, true)};
    const std::vector<RouteSample> samples{{u"POST"_s, u"/api/photo"_s, {}, "application/json", "{}", {}},
                                           {u"POST"_s, u"/api/proofs"_s, {}, "multipart/form-data", {}, {}}};
    QStringList found;
    for (const Route &one : uploadRoutes(routes, samples))
        found.append(one.path);
    QCOMPARE(found.join(u' '), u"/api/uploads /api/proofs"_s);
}

void TestUpload::judges_data()
{
    QTest::addColumn<UploadKind>("kind");
    QTest::addColumn<bool>("wasTaken");
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<bool>("isElsewhere");
    QTest::addColumn<QString>("expected");
    using enum UploadKind;
    const QByteArray page = "Content-Type: text/html";
    const QByteArray safe = "Content-Type: text/html\nContent-Disposition: attachment";
    QTest::newRow("refused") << Html << false << QByteArray() << false << u"pass"_s;
    QTest::newRow("runs") << Html << true << page << false << u"script_runs:high"_s;
    QTest::newRow("a download") << Html << true << safe << false << u"any_type_accepted:low"_s;
    QTest::newRow("elsewhere") << Html << true << page << true << u"any_type_accepted:low"_s;
    QTest::newRow("as a picture") << WrongBytes << true << QByteArray("Content-Type: image/png") << false
                                  << u"any_type_accepted:medium"_s;
    QTest::newRow("taken and not there") << Html << true << QByteArray() << false << u"not_run"_s;
    QTest::newRow("a picture that is a page, as a picture")
        << Polyglot << true << QByteArray("Content-Type: image/png") << false << u"not_run"_s;
    QTest::newRow("a picture that is a page, as a page") << Polyglot << true << page << false << u"script_runs:high"_s;
    QTest::newRow("empty") << Empty << true << safe << false << u"empty_accepted:low"_s;
    QTest::newRow("large") << TooLarge << true << safe << false << u"no_size_limit:low"_s;
    QTest::newRow("virus") << TestVirus << true << safe << false << u"virus_accepted:low"_s;
    QTest::newRow("name") << PathName << true << QByteArray() << false << u"name_kept:medium"_s;
}

void TestUpload::judges()
{
    QFETCH(UploadKind, kind);
    QFETCH(bool, wasTaken);
    QFETCH(QByteArray, head);
    QFETCH(bool, isElsewhere);
    QFETCH(QString, expected);
    TriedFile one{{kind, "../LC-CANARY-abcdefghij23.png", "image/png", "x"}, {}, isElsewhere};
    one.tried.answer = answer(wasTaken ? 201 : 415, "Content-Type: application/json",
                              kind == UploadKind::PathName ? R"({"name":"../LC-CANARY-abcdefghij23.png"})" : "{}");
    one.tried.wasTaken = wasTaken;
    if (!head.isEmpty())
        one.tried.after = answer(200, head, kUploadScript);
    UploadRun run{.good = TriedFile{}, .files = {one}, .stillTakes = true};
    UploadLook look;
    look.routes = {run};
    QCOMPARE(said(judgeUpload(look)), expected);
    look.leftOut = {u"POST /api/photos"_s};
    const Judged judged = judgeUpload(look);
    QVERIFY2(judged.outcome != Outcome::Pass && judged.reason.contains("POST /api/photos"_L1),
             qPrintable(told(judged)));
    QCOMPARE(unseenIn(judged.observed).size(), std::size_t(1));
}

void TestUpload::findsNothingInTheCleanShop()
{
    BadShop scene(m_shop, isUploadRoute);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run, uploadCheck());
    QVERIFY2(judged.findings.empty(), qPrintable(told(judged)));
    QVERIFY2(judged.outcome == Outcome::Pass, qPrintable(told(judged)));
    QCOMPARE(judged.observed["routes"_L1][0]["files"_L1].toArray().size(), 11);
    QCOMPARE(filesLeft(m_shop.shop().journal()), 0);
}

void TestUpload::findsFaults_data()
{
    using enum ShopFault;
    QTest::addColumn<ShopFault>("fault");
    QTest::addColumn<QString>("code");
    QTest::newRow("any type") << UploadAnyType << u"any_type_accepted"_s;
    QTest::newRow("any size") << UploadAnySize << u"no_size_limit"_s;
    QTest::newRow("name") << UploadKeepsName << u"name_kept"_s;
    QTest::newRow("served inline") << UploadServedInline << u"script_runs"_s;
}

void TestUpload::findsFaults()
{
    QFETCH(ShopFault, fault);
    QFETCH(QString, code);
    m_shop.setFaults({fault});
    BadShop scene(m_shop, isUploadRoute);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run, uploadCheck());
    QVERIFY2(codesOf(judged).contains(code), qPrintable(told(judged)));
    const auto found = std::ranges::find(judged.findings, code, &Finding::code);
    QVERIFY(!found->evidence.empty());
    QCOMPARE(filesLeft(m_shop.shop().journal()), 0);
    QCOMPARE(secretIn(*found, run), QString());
}

void TestUpload::needsAWayBack()
{
    BadShop scene(m_shop, [](const ShopRouteLine &line) { return line.path == "/api/uploads"; });
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(run, uploadCheck());
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QCOMPARE(run.gate->sentBy(u"abuse.upload"_s), 0);
    QVERIFY(judged.reason.contains("/api/uploads"_L1));
}

void TestUpload::isNotFooled_data()
{
    addLieRows();
}

void TestUpload::isNotFooled()
{
    QFETCH(ShopLie, lie);
    m_hostile.lie(lie, 8);
    BadShopOf scene(m_hostile, isUploadRoute);
    AttackRun run = scene.newRun();
    QCOMPARE(fooledBy(scene.judged(run, uploadCheck())), QString());
}

void TestUpload::staysInsideItsBudget()
{
    BadShop scene(m_shop, isUploadRoute);
    QCOMPARE(budgetProblem(scene, uploadCheck(), {.least = 13, .most = 75, .tooFew = 60}), QString());
}

void TestUpload::stopsAndCleansUp()
{
    BadShop scene(m_shop, isUploadRoute);
    AttackRun run = scene.newRun();
    const StoppedLook stopped =
        stoppedLook([&] { return m_shop.shop().journal().count("POST", "/api/uploads") > 0; },
                    [&] { run.token.cancel(); }, [&] { return scene.judged(run, uploadCheck()); });
    QCOMPARE(stopped.problem(), QString());
    QVERIFY2(stopped.judged.outcome == Outcome::NotRun, qPrintable(told(stopped.judged)));
    QCOMPARE(filesLeft(m_shop.shop().journal()), 0);
}

QTEST_GUILESS_MAIN(TestUpload)
#include "tst_upload.moc"
