// The folders of files that a look remembers, and by which routes they were shown.
#include "checks/access/filelinks.h"
#include "tests/checks/access/bentshop.h"
#include "tests/checks/access/filegaps.h"
#include "tests/checks/web/pages.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestFileFolders : public QObject
{
    Q_OBJECT

private slots:
    void remembersWhereTheLinksMayStand();
    void owesWhatAnUnreadListShowed_data();
    void owesWhatAnUnreadListShowed();
    void remembersThroughLooksWithoutAList();
    void remembersEachFolderOfAKind();
    void asksAgainForWhatWasOpen_data();
    void asksAgainForWhatWasOpen();
};

// A record that nobody read may show the link as before; where all were read, a folder without links is gone.
void TestFileFolders::remembersWhereTheLinksMayStand()
{
    QJsonObject before{{u"files"_s, QJsonArray{QJsonObject{{u"address"_s, u"https://app.example.com/f/a.pdf"_s}},
                                               QJsonObject{{u"address"_s, u"https://app.example.com/e/a.csv"_s}}}}};
    noteUnseen({{.subject = u"/g"_s, .host = u"app.example.com"_s}, {.subject = u"/h"_s}}, before);
    FileSurvey survey;
    survey.links = {{fileAt(u"/f/b.pdf"_s), {}}};
    survey.asked = {fileAt(u"/f/b.pdf"_s)};
    QCOMPARE(unsentFiles(survey, u"Ann"_s, before).size(), std::size_t(0));
    survey.hasSilent = true; // of a list
    survey.notRead = {u"GET /notes"_s};
    const auto silent = unsentFiles(survey, u"Ann"_s, before);
    QCOMPARE(hiddenBy(silent).join(u' '), u"/e /g"_s);
    QVERIFY2(saidBy(silent).contains("Not every list"_L1), qPrintable(saidBy(silent)));
    survey.hasSilent = false;
    const auto refused = unsentFiles(survey, u"Ann"_s, before);
    QCOMPARE(hiddenBy(refused).join(u' '), u"/e /g"_s);
    QVERIFY2(saidBy(refused).contains("in /e/, /g/ were seen before, and Ann was not given"_L1),
             qPrintable(saidBy(refused)));
    QCOMPARE(unsentFiles(survey, u"Ann"_s, {}).size(), std::size_t(0)); // as each look at an administrator's list
    survey.unread = {u"order"_s, u"report"_s};
    const auto unsent = unsentFiles(survey, u"Ann"_s, before);
    QCOMPARE(hiddenBy(unsent).join(u' '), u"/e /g"_s);
    QVERIFY2(saidBy(unsent).contains("Left out: order, report."_L1), qPrintable(saidBy(unsent)));
    QCOMPARE(unsent.front().hides.front().host, u"app.example.com"_s);
}

void TestFileFolders::owesWhatAnUnreadListShowed_data()
{
    QTest::addColumn<QString>("shownBy"); // what led to /e before
    QTest::addColumn<QString>("notRead");
    QTest::addColumn<bool>("isOwed");
    QTest::newRow("all was read") << u"GET /a"_s << QString() << false;
    QTest::newRow("its list was not read") << u"GET /a"_s << u"GET /a"_s << true;
    QTest::newRow("another list was not read, as ever") << u"GET /a"_s << u"GET /admin"_s << false;
    QTest::newRow("one of two was not read") << u"GET /a,GET /b"_s << u"GET /b"_s << true;
    QTest::newRow("its records were not read") << u"GET /a/{id}"_s << u"GET /a/{id}"_s << true;
    QTest::newRow("nobody knows by which") << QString() << u"GET /admin"_s << true;
    QTest::newRow("nobody knows by which, and all was read") << QString() << QString() << false;
}

// A list that the owner may never read keeps nothing open that another one showed.
void TestFileFolders::owesWhatAnUnreadListShowed()
{
    QFETCH(QString, shownBy);
    QFETCH(QString, notRead);
    QFETCH(bool, isOwed);
    FileSurvey first;
    first.links = {{fileAt(u"/e/a.csv"_s), {}, shownBy.split(u',', Qt::SkipEmptyParts)}};
    first.asked = {fileAt(u"/e/a.csv"_s)};
    QJsonObject before{{u"folders"_s, knownFolders(first, {})}};
    FileSurvey survey;
    survey.notRead = notRead.split(u',', Qt::SkipEmptyParts);
    QCOMPARE(hiddenBy(unsentFiles(survey, u"Ann"_s, before)).join(u' '), isOwed ? u"/e"_s : QString());
    // Until it is read, or leads there.
    before.insert(u"folders"_s, knownFolders(survey, before));
    QCOMPARE(hiddenBy(unsentFiles(survey, u"Ann"_s, before)).join(u' '), isOwed ? u"/e"_s : QString());
    before.insert(u"folders"_s, knownFolders(survey, before));
    first.notRead = survey.notRead;
    QCOMPARE(unsentFiles(first, u"Ann"_s, before).size(), std::size_t(0));
    QCOMPARE(unsentFiles({}, u"Ann"_s, before).size(), std::size_t(0));
}

// Nobody could sign in; then a list that shows the file elsewhere is read, and the one that showed it is not.
void TestFileFolders::remembersThroughLooksWithoutAList()
{
    FileSurvey survey;
    survey.links = {{fileAt(u"/e/a.csv"_s), {}, {u"GET /a"_s}}};
    QJsonObject before{{u"folders"_s, knownFolders(survey, {})}};
    before = withFoldersOf(before, notRun(u"Nobody could sign in."_s)).observed;
    survey.links.front().shownBy = {u"GET /b"_s};
    survey.asked = {fileAt(u"/e/a.csv"_s)};
    survey.notRead = {u"GET /a"_s};
    before = {{u"folders"_s, knownFolders(survey, before)}};
    survey.links.clear();
    survey.asked.clear();
    QCOMPARE(hiddenBy(unsentFiles(survey, u"Ann"_s, before)).join(u' '), u"/e"_s);
    survey.notRead.clear();
    QCOMPARE(unsentFiles(survey, u"Ann"_s, before).size(), std::size_t(0));
    QVERIFY(withFoldersOf({}, notRun(u"Nobody could sign in."_s)).observed.isEmpty());
}

// Each may have a finding of its own.
void TestFileFolders::remembersEachFolderOfAKind()
{
    FileSurvey survey;
    survey.links = {{fileAt(u"/f/17/a.pdf"_s), {}, {u"GET /a"_s}}, {fileAt(u"/f/18/a.pdf"_s), {}, {u"GET /a"_s}}};
    const QJsonObject before{{u"folders"_s, knownFolders(survey, {})}};
    survey.links = {{fileAt(u"/f/19/a.pdf"_s), {}, {u"GET /b"_s}}};
    survey.notRead = {u"GET /a"_s};
    QCOMPARE(hiddenBy(unsentFiles(survey, u"Ann"_s, before)).join(u' '), u"/f/19 /f/17 /f/18"_s);
    survey.asked = {fileAt(u"/f/19/a.pdf"_s)}; // one of a kind is enough
    QCOMPARE(unsentFiles(survey, u"Ann"_s, before).size(), std::size_t(0));
}

void TestFileFolders::asksAgainForWhatWasOpen_data()
{
    QTest::addColumn<int>("list"); // the status of the list that had the link, which it has no more; 0: not on the list
    QTest::addColumn<int>("owners"); // what the owner gets of the file
    QTest::addColumn<int>("others");
    QTest::addColumn<bool>("isFound");
    QTest::addColumn<QString>("unseen");
    const QString folder = u"/folder0"_s;
    QTest::newRow("no link, and as open as before") << 200 << 200 << 200 << true << QString();
    QTest::newRow("off the list, and as open as before") << 0 << 200 << 200 << true << QString();
    QTest::newRow("no link, and others are refused") << 200 << 200 << 403 << false << QString();
    QTest::newRow("no link, and it was deleted") << 200 << 404 << 404 << false << folder;
    QTest::newRow("no link, it was deleted, and others are refused") << 200 << 404 << 403 << false << QString();
    QTest::newRow("no link, and it is gone for good") << 200 << 410 << 404 << false << QString();
    QTest::newRow("no link, and everybody is refused") << 200 << 403 << 403 << false << QString();
    QTest::newRow("no link, and others get no answer that tells") << 200 << 200 << 503 << false << folder;
    QTest::newRow("no link, and it fails") << 200 << 503 << 503 << false << folder;
    QTest::newRow("no link, and its owner alone is refused") << 200 << 403 << 200 << false << folder;
    QTest::newRow("the list is refused, and others are") << 403 << 200 << 403 << false << QString();
    QTest::newRow("the list is refused, and the file is gone") << 403 << 404 << 404 << false << folder;
    QTest::newRow("the list fails, and the file is gone") << 503 << 404 << 404 << false << folder;
    QTest::newRow("the list fails, and it is as open as before") << 503 << 200 << 200 << true << QString();
}

// Another list is refused to the owner in each look: that it may have the link as well, nobody ever saw.
void TestFileFolders::asksAgainForWhatWasOpen()
{
    QFETCH(int, list);
    QFETCH(int, owners);
    QFETCH(int, others);
    QFETCH(bool, isFound);
    QFETCH(QString, unseen);
    bool isLater = false;
    BentShop lab([&](const PageRequest &request, BentShop &shop) -> std::optional<PageReply> {
        const auto reply = [](int code, const QByteArray &body) {
            return PageReply{.status = code, .contentType = "application/json", .body = body};
        };
        const bool isOwner = shop.isOf(request, kBirch);
        if (request.path() == "/folder0/1.pdf") {
            const int status = !isLater ? 200 : isOwner ? owners : others;
            return status == 200 ? PageReply{.contentType = "application/pdf", .body = "a file of the owner"}
                                 : reply(status, "{}");
        }
        if (request.method != "GET" || !request.path().startsWith("/api/"))
            return std::nullopt;
        if (request.path() == "/api/invoices")
            return reply(403, R"({"error":"forbidden"})");
        if (request.path() != "/api/customers")
            return std::nullopt;
        if (!isOwner)
            return reply(200, "[]");
        return isLater ? reply(list, list == 200 ? "[]" : "{}") : reply(200, R"(["/folder0/1.pdf"])");
    });
    QVERIFY(lab.isReady());
    ShopScene scene(lab);
    std::erase_if(scene.facts.routes, [](const Route &route) {
        return route.path != "/api/customers"_L1 && route.path != "/api/invoices"_L1;
    });
    AttackRun first = scene.newRun();
    const Judged found = first.run(fileLinksCheck(), targetOf({scene.host}), scene.facts);
    QVERIFY2(found.findings.size() == 1, QJsonDocument(found.observed).toJson());
    isLater = true;
    if (list == 0)
        std::erase_if(scene.facts.routes, [](const Route &route) { return route.path == "/api/customers"_L1; });
    // Each later look is told by the one before alone.
    scene.facts.observedBefore[u"access.file-links"_s] = found.observed;
    for (int look = 0; look < 2; ++look) {
        AttackRun next = scene.newRun();
        const Judged judged = next.run(fileLinksCheck(), targetOf({scene.host}), scene.facts);
        // Kept, it is asked for no more, and the list that is still refused may show others in that folder.
        const bool isForgotten = look > 0 && list == 403 && owners == 200 && others == 403;
        QCOMPARE(unseenSubjects(judged.observed).join(u' '), isForgotten ? u"/folder0"_s : unseen);
        QVERIFY2(judged.findings.empty() != isFound, qPrintable(judged.reason));
        scene.facts.observedBefore[u"access.file-links"_s] = judged.observed;
    }
}

QTEST_GUILESS_MAIN(TestFileFolders)
#include "tst_filefolders.moc"
