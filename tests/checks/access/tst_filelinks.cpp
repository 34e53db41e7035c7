#include "checks/access/filelinks.h"
#include "tests/checks/access/deskscene.h"
#include "tests/checks/access/hostileshop.h"
#include "tests/checks/access/shopscene.h"
#include "tests/checks/web/pages.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kPdf = "Content-Type: application/pdf";
const QByteArray kPng = "Content-Type: image/png";
const QByteArray kJson = "Content-Type: application/json";
const QString kId = u"access.file-links"_s;

ProjectFacts factsOfShop(ShopLab &lab)
{
    ProjectFacts facts = factsOf(lab, [](const ShopRouteLine &) { return false; });
    facts.actors = actorsOf(lab.shop(), jsonSignIn(lab.url("/api/login")), lab.url("/api/me").toString(), u"/email"_s);
    return facts;
}

QString told(const Judged &judged)
{
    return said(judged) + u" | "_s + judged.reason + u" | "_s +
           QString::fromUtf8(QJsonDocument(judged.observed).toJson(QJsonDocument::Compact)).left(4000);
}

QStringList codesOf(const Judged &judged)
{
    QStringList codes;
    for (const Finding &finding : judged.findings)
        codes.append(finding.code);
    codes.removeDuplicates();
    return codes;
}

} // namespace

class TestFileLinks : public QObject
{
    Q_OBJECT

private slots:
    void readsLinks_data();
    void readsLinks();
    void readsSignatures_data();
    void readsSignatures();
    void tellsRandomNames();
    void judges_data();
    void judges();
    void doubtsSharedFiles_data();
    void doubtsSharedFiles();
    void looksAtTheShop_data();
    void looksAtTheShop();
    void looksAtTheDesk_data();
    void looksAtTheDesk();
    void judgesNoHostileServer_data() { addHostilities(); }
    void judgesNoHostileServer();
    void needsLeave();
    void stops();

private:
    Judged judgedShop(AttackRun &run)
    {
        return run.run(fileLinksCheck(), targetOf({QString::fromLatin1(m_shop.shop().apiHost())}), factsOfShop(m_shop));
    }
    AttackRun newRun(int requests = 400)
    {
        return AttackRun(m_shop.netOptions(), {QString::fromLatin1(m_shop.shop().apiHost())}, secretsOf(m_shop.shop()),
                         requests);
    }

    ShopLab m_shop;
    DeskLab m_desk;
    HostileShop m_hostile;
};

void TestFileLinks::readsLinks_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected"); // paths
    const QByteArray html = "Content-Type: text/html";
    QTest::newRow("field") << kJson << QByteArray(R"({"a":[{"pdf_url":"/files/invoices/7.pdf"}]})")
                           << u"/files/invoices/7.pdf"_s;
    QTest::newRow("place without ending")
        << kJson << QByteArray(R"({"url":"/storage/v1/object/sign/9f2c"})") << u"/storage/v1/object/sign/9f2c"_s;
    QTest::newRow("other host") << kJson << QByteArray(R"({"url":"https://cdn.example.net/exports/a.csv?sig=1"})")
                                << u"/exports/a.csv"_s;
    QTest::newRow("twice") << kJson << QByteArray(R"(["/a.pdf","/a.pdf"])") << u"/a.pdf"_s;
    QTest::newRow("page's parts") << kJson << QByteArray(R"(["/static/a.png","/_next/media/a.jpg","/favicon.png"])")
                                  << QString();
    QTest::newRow("no address") << kJson << QByteArray(R"({"file":"invoice.pdf","route":"/invoices"})") << QString();
    QTest::newRow("link of a page") << html << QByteArray(R"(<a href="files/7.pdf">PDF</a><a href="/home">x</a>)")
                                    << u"/files/7.pdf"_s;
    QTest::newRow("script address") << kJson << QByteArray(R"({"url":"javascript:/files/a.pdf"})") << QString();
}

void TestFileLinks::readsLinks()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(QString, expected);
    QStringList paths;
    for (const QUrl &url : fileLinksIn(answer(200, type, body)))
        paths.append(url.path());
    QCOMPARE(paths.join(u' '), expected);
}

void TestFileLinks::readsSignatures_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<bool>("isSigned");
    QTest::addColumn<QString>("bare");
    QTest::newRow("none") << u"v=2"_s << false << u"v=2"_s;
    QTest::newRow("s3") << u"X-Amz-Expires=60&X-Amz-Signature=0123456789abcdef0123&x=1"_s << true << u"x=1"_s;
    QTest::newRow("gcs") << u"X-Goog-Date=1&X-Goog-Signature=0123456789abcdef0123"_s << true << QString();
    QTest::newRow("azure") << u"sv=2022&se=2026&sr=b&sp=r&sig=QUJDREVGR0hJSktM%2Fab%3D"_s << true << QString();
    QTest::newRow("cloudfront") << u"Expires=1&Signature=QUJDREVGR0hJSktMTU5P&Key-Pair-Id=APKAEXAMPLE012345"_s << true
                                << QString();
    QTest::newRow("supabase") << u"token=eyJhbGciOiJIUzI1NiJ9.e30.c2ln"_s << true << QString();
    QTest::newRow("a size") << u"s=80"_s << false << u"s=80"_s;
}

void TestFileLinks::readsSignatures()
{
    QFETCH(QString, query);
    QFETCH(bool, isSigned);
    QFETCH(QString, bare);
    const QUrl url(u"https://app.example.com/files/7.pdf?"_s + query);
    QCOMPARE(cockpit::isSigned(url), isSigned);
    QCOMPARE(withAlteredSignature(url) != url, isSigned);
    QCOMPARE(withAlteredSignature(url).toEncoded().size(), url.toEncoded().size());
    if (isSigned)
        QCOMPARE(withoutSignature(url).query(), bare);
}

void TestFileLinks::tellsRandomNames()
{
    const auto of = [](const QString &name) { return isUnguessable(QUrl(u"https://a.example/files/"_s + name)); };
    QVERIFY(of(u"3b241101-e2bb-4255-8caf-4136c566a962.pdf"_s));
    QVERIFY(!of(u"17.pdf"_s));
    QVERIFY(!of(u"invoice-of-the-lantern-hotel-in-june.pdf"_s));
}

void TestFileLinks::judges_data()
{
    QTest::addColumn<QByteArray>("fileType");
    QTest::addColumn<QString>("query");
    QTest::addColumn<FileWho>("who");
    QTest::addColumn<FileHow>("how");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected");
    using enum FileWho;
    using enum FileHow;
    const QByteArray same = "the file itself";
    const QString sig = u"?signature=0123456789abcdef"_s;
    QTest::newRow("stranger") << kPdf << QString() << Nobody << AsIs << 200 << same << u"file_open:critical"_s;
    QTest::newRow("customer") << kPdf << QString() << Outsider << AsIs << 200 << same << u"file_crosses:critical"_s;
    QTest::newRow("picture") << kPng << QString() << Nobody << AsIs << 200 << same << u"file_open:medium"_s;
    QTest::newRow("made anew") << kPdf << QString() << Outsider << AsIs << 200
                               << QByteArray("made later, for ann@birch.example") << u"file_crosses:critical"_s;
    QTest::newRow("another file") << kPdf << QString() << Outsider << AsIs << 200 << QByteArray("something else")
                                  << u"not_run"_s;
    QTest::newRow("refused") << kPdf << QString() << Nobody << AsIs << 403 << same << u"pass"_s;
    QTest::newRow("hidden") << kPdf << QString() << Outsider << AsIs << 404 << QByteArray("no") << u"pass"_s;
    QTest::newRow("what everything gets")
        << kPdf << QString() << Nobody << AsIs << 200 << QByteArray("shell") << u"pass"_s;
    QTest::newRow("broken") << kPdf << QString() << Nobody << AsIs << 500 << QByteArray("oops") << u"not_run"_s;
    QTest::newRow("limited") << kPdf << QString() << Nobody << AsIs << 429 << QByteArray("later") << u"not_run"_s;
    QTest::newRow("signed link") << kPdf << sig << Nobody << AsIs << 200 << same << u"not_run"_s;
    QTest::newRow("unsigned") << kPdf << sig << Nobody << Unsigned << 200 << same << u"signature_ignored:critical"_s;
    QTest::newRow("altered") << kPdf << sig << Outsider << Altered << 200 << same << u"signature_ignored:critical"_s;
    QTest::newRow("checked") << kPdf << sig << Nobody << Altered << 403 << QByteArray("no") << u"pass"_s;
}

void TestFileLinks::judges()
{
    QFETCH(QByteArray, fileType);
    QFETCH(QString, query);
    QFETCH(FileWho, who);
    QFETCH(FileHow, how);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, expected);
    FileLook look;
    look.owner = u"Ann"_s;
    look.markers = Markers({{u"ann@birch.example"_s, MarkerKind::Mail, {}}});
    look.invented = {answer(200, fileType, "shell")};
    FileTry file{.url = QUrl(u"https://app.example.com/files/7.pdf"_s + query), .shownAt = {}, .good = {}, .asks = {}};
    file.good = answer(200, fileType, "the file itself");
    FileAsk ask{.who = who, .how = how, .request = {}, .answer = answer(status, fileType, body)};
    ask.request.url = file.url;
    file.asks = {ask};
    look.files = {file};
    const Judged judged = judgeFileLinks(look);
    QCOMPARE(said(judged), expected);
    QVERIFY(judged.outcome != Outcome::NotRun || !judged.reason.isEmpty());
}

// The other account has no files at all: that it is not shown this one says nothing about whose it is.
void TestFileLinks::doubtsSharedFiles_data()
{
    QTest::addColumn<bool>("othersHaveFiles");
    QTest::addColumn<QString>("query");
    QTest::addColumn<FileHow>("how");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected");
    const QByteArray shared = "Terms of use";
    const QByteArray own = "Invoice for ann@birch.example";
    const QString sig = u"?signature=0123456789abcdef"_s;
    using enum FileHow;
    QTest::newRow("perhaps for all") << false << QString() << AsIs << shared << u"file_open:medium"_s;
    QTest::newRow("the owner's texts in it") << false << QString() << AsIs << own << u"file_open:critical"_s;
    QTest::newRow("signed") << false << sig << Unsigned << shared << u"signature_ignored:critical"_s;
    QTest::newRow("others have files") << true << QString() << AsIs << shared << u"file_open:critical"_s;
}

void TestFileLinks::doubtsSharedFiles()
{
    QFETCH(bool, othersHaveFiles);
    QFETCH(QString, query);
    QFETCH(FileHow, how);
    QFETCH(QByteArray, body);
    QFETCH(QString, expected);
    FileLook look;
    look.othersHaveFiles = othersHaveFiles;
    look.markers = Markers({{u"ann@birch.example"_s, MarkerKind::Mail, {}}});
    FileTry file{.url = QUrl(u"https://app.example.com/files/7.pdf"_s + query), .shownAt = {}, .good = {}, .asks = {}};
    file.good = answer(200, kPdf, body);
    FileAsk ask{.who = FileWho::Nobody, .how = how, .request = {}, .answer = file.good};
    ask.request.url = file.url;
    file.asks = {ask};
    look.files = {file};
    const Judged judged = judgeFileLinks(look);
    QCOMPARE(said(judged), expected);
    QCOMPARE(judged.findings.front().proof == Proof::Lead, expected.endsWith("medium"_L1));
}

void TestFileLinks::looksAtTheShop_data()
{
    using Faults = FaultSet<ShopFault>;
    QTest::addColumn<Faults>("faults");
    QTest::addColumn<QString>("code");
    QTest::newRow("clean") << Faults() << QString();
    QTest::newRow("crosses") << Faults{ShopFault::CrossFile} << u"file_crosses"_s;
    QTest::newRow("open") << Faults{ShopFault::FileOpen} << u"file_open"_s;
}

void TestFileLinks::looksAtTheShop()
{
    QFETCH(FaultSet<ShopFault>, faults);
    QFETCH(QString, code);
    QVERIFY2(m_shop.isReady(), qPrintable(m_shop.problem()));
    m_shop.reset();
    m_shop.setFaults(faults);
    AttackRun run = newRun();
    const Judged judged = judgedShop(run);
    QCOMPARE(codesOf(judged).join(u' '), code);
    QVERIFY2(!judged.observed["files"_L1].toArray().isEmpty(), qPrintable(told(judged)));
    const auto lines = m_shop.shop().journal().lines();
    QVERIFY(std::ranges::count_if(lines, [](const auto &l) { return l.target.startsWith("/files/invoices/"); }) >= 3);
    QVERIFY2(run.gate->sentBy(kId) <= 120 && run.gate->sentBy(kId) > 10, qPrintable(told(judged)));
    if (code.isEmpty()) {
        QVERIFY2(judged.outcome == Outcome::Pass, qPrintable(told(judged)));
        return;
    }
    QCOMPARE(judged.findings.front().proof, Proof::Proven);
    for (const Secret &secret : run.gate->knownSecrets())
        QVERIFY(!judged.findings.front().evidence.front().body.contains(QString::fromUtf8(secret.reveal())));
}

void TestFileLinks::looksAtTheDesk_data()
{
    using Faults = FaultSet<DeskFault>;
    QTest::addColumn<Faults>("faults");
    QTest::addColumn<QString>("code");
    QTest::newRow("clean") << Faults() << QString();
    QTest::newRow("unsigned") << Faults{DeskFault::FileUnsigned} << u"signature_ignored"_s;
}

void TestFileLinks::looksAtTheDesk()
{
    QFETCH(FaultSet<DeskFault>, faults);
    QFETCH(QString, code);
    QVERIFY2(m_desk.isReady(), qPrintable(m_desk.problem()));
    m_desk.reset();
    m_desk.setFaults(faults);
    const QString host = QString::fromLatin1(m_desk.desk().host());
    AttackRun run(m_desk.netOptions(), {host}, secretsOf(m_desk.desk()));
    const Judged judged = run.run(fileLinksCheck(), targetOf({host}), factsOf(m_desk));
    QVERIFY2(codesOf(judged).join(u' ') == code, qPrintable(told(judged)));
    QVERIFY2(!judged.observed["files"_L1].toArray().isEmpty(), qPrintable(told(judged)));
    QVERIFY2(!code.isEmpty() || judged.outcome == Outcome::Pass, qPrintable(told(judged)));
}

void TestFileLinks::judgesNoHostileServer()
{
    QFETCH(Hostility, hostility);
    QVERIFY2(m_hostile.isReady(), qPrintable(m_hostile.problem()));
    m_hostile.become(hostility);
    NetOptions net;
    net.operationTimeout = std::chrono::milliseconds(hostility.slowness.count() > 0 ? 100 : 5000);
    const QString host = QString::fromLatin1(m_hostile.shop().apiHost());
    AttackRun run(m_hostile.netOptions(net), {host}, secretsOf(m_hostile.shop()));
    ProjectFacts facts = factsOfShop(m_shop); // the same addresses
    const Judged judged = run.run(fileLinksCheck(), targetOf({host}), facts);
    QVERIFY2(judged.findings.empty(), qPrintable(told(judged)));
    if (hostility.changesIds) // files have addresses of their own there
        return;
    QVERIFY2(judged.outcome == Outcome::NotRun || judged.outcome == Outcome::Error, qPrintable(told(judged)));
    QVERIFY2(!judged.reason.isEmpty(), qPrintable(told(judged)));
}

void TestFileLinks::needsLeave()
{
    AttackRun run(m_shop.netOptions(), {u"other.example"_s}, secretsOf(m_shop.shop()));
    QVERIFY2(judgedShop(run).outcome != Outcome::Pass, "a host that is not covered");
    QCOMPARE(run.gate->sent(), 0);
    AttackRun poor = newRun(10); // less than it needs: nothing is sent
    QCOMPARE(judgedShop(poor).outcome, Outcome::NotRun);
    QCOMPARE(poor.gate->sent(), 0);
}

void TestFileLinks::stops()
{
    // Each answer takes longer than the whole run may after Stop.
    m_hostile.become({.slowness = std::chrono::milliseconds(1500)});
    const QString host = QString::fromLatin1(m_hostile.shop().apiHost());
    AttackRun run(m_hostile.netOptions(), {host}, secretsOf(m_hostile.shop()));
    QElapsedTimer timer;
    std::jthread stopper([&] {
        while (run.gate->sentBy(kId) == 0) // signed in, and asking
            std::this_thread::yield();
        timer.start();
        run.token.cancel();
    });
    const Judged judged = run.run(fileLinksCheck(), targetOf({host}), factsOfShop(m_shop));
    stopper.join();
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY2(judged.outcome != Outcome::Pass && judged.findings.empty(), qPrintable(told(judged)));
}

QTEST_GUILESS_MAIN(TestFileLinks)
#include "tst_filelinks.moc"
