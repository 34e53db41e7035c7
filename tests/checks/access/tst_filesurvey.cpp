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

// Which files are tried, and what is not seen of the rest.
class TestFileSurvey : public QObject
{
    Q_OBJECT

private slots:
    void spreads_data();
    void spreads();
    void hidesWhatNobodyAskedFor_data();
    void hidesWhatNobodyAskedFor();
    void judgesWhatIsLeftOut_data();
    void judgesWhatIsLeftOut();
    void triesEachFolder_data();
    void triesEachFolder();
    void missesAListForOnce_data();
    void missesAListForOnce();
};

void TestFileSurvey::spreads_data()
{
    QTest::addColumn<QString>("found");
    QTest::addColumn<QString>("expected");
    QTest::newRow("one folder") << u"/f/a.pdf /f/b.pdf /f/c.pdf"_s << u"/f/a.pdf /f/b.pdf /f/c.pdf"_s;
    QTest::newRow("one of each first") << u"/f/a.pdf /f/b.pdf /e/a.csv /f/c.pdf /g/a.zip"_s
                                       << u"/f/a.pdf /e/a.csv /g/a.zip /f/b.pdf /f/c.pdf"_s;
    QTest::newRow("folders of one kind") << u"/f/17/a.pdf /f/18/a.pdf /e/a.csv"_s
                                         << u"/f/17/a.pdf /e/a.csv /f/18/a.pdf"_s;
    QTest::newRow("none") << QString() << QString();
}

void TestFileSurvey::spreads()
{
    QFETCH(QString, found);
    std::vector<FileLink> links;
    for (const QString &path : found.split(u' ', Qt::SkipEmptyParts))
        links.push_back({fileAt(path), {}});
    QStringList paths;
    for (const FileLink &link : spreadOverFolders(links))
        paths.append(link.url.path());
    QTEST(paths.join(u' '), "expected");
}

void TestFileSurvey::hidesWhatNobodyAskedFor_data()
{
    QTest::addColumn<QString>("links");
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QString>("dead");
    QTest::addColumn<QString>("hidden");
    QTest::addColumn<QString>("said");
    QTest::newRow("all were asked for") << u"/f/a.pdf /e/a.csv"_s << u"/f/a.pdf /e/a.csv"_s << QString() << QString()
                                        << QString();
    QTest::newRow("one of a folder is enough")
        << u"/f/a.pdf /f/b.pdf"_s << u"/f/a.pdf"_s << QString() << QString() << QString();
    QTest::newRow("one of a kind is enough")
        << u"/f/17/a.pdf /f/18/a.pdf"_s << u"/f/17/a.pdf"_s << QString() << QString() << QString();
    QTest::newRow("a folder was not reached")
        << u"/f/a.pdf /e/a.csv /e/b.csv"_s << u"/f/a.pdf"_s << QString() << u"/e"_s
        << u"One look tries 6 files at most. Not tried, 1 more folder(s): /e/."_s;
    QTest::newRow("its owner cannot open them")
        << u"/f/a.pdf /e/a.csv"_s << u"/f/a.pdf"_s << u"/e/a.csv"_s << u"/e"_s
        << u"Ann could not open its own files in /e/, so that nobody else was tried there."_s;
    QTest::newRow("its owner can open another one there")
        << u"/e/a.csv /e/b.csv"_s << u"/e/b.csv"_s << u"/e/a.csv"_s << QString() << QString();
}

void TestFileSurvey::hidesWhatNobodyAskedFor()
{
    QFETCH(QString, links);
    QFETCH(QString, asked);
    QFETCH(QString, dead);
    FileSurvey survey;
    for (const QString &path : links.split(u' '))
        survey.links.push_back({fileAt(path), {}});
    for (const QString &path : asked.split(u' '))
        survey.asked.push_back(fileAt(path));
    for (const QString &path : dead.split(u' ', Qt::SkipEmptyParts))
        survey.dead.push_back(fileAt(path));
    const auto unsent = unsentFiles(survey, u"Ann"_s, {});
    QTEST(hiddenBy(unsent).join(u' '), "hidden");
    QTEST(saidBy(unsent), "said");
}

void TestFileSurvey::judgesWhatIsLeftOut_data()
{
    QTest::addColumn<bool>("hasFile"); // one that is kept back
    QTest::addColumn<int>("unanswered");
    QTest::addColumn<bool>("isLeftOut");
    QTest::addColumn<QString>("expected");
    QTest::newRow("all asked") << true << 0 << false << u"pass"_s;
    QTest::newRow("a folder left out") << true << 0 << true << u"info"_s;
    QTest::newRow("an ask without an answer") << true << 1 << false << u"info"_s;
    QTest::newRow("all left out") << false << 0 << true << u"not_run"_s;
    QTest::newRow("no file") << false << 0 << false << u"not_run"_s;
}

void TestFileSurvey::judgesWhatIsLeftOut()
{
    QFETCH(bool, hasFile);
    QFETCH(int, unanswered);
    QFETCH(bool, isLeftOut);
    FileLook look;
    look.owner = u"Ann"_s;
    if (hasFile) {
        FileTry file{.url = fileAt(u"/f/a.pdf"_s), .shownAt = {}, .good = answer(200, "", "x"), .asks = {}};
        file.asks = {{.who = FileWho::Nobody, .request = {}, .answer = answer(403, "", "no")}};
        file.unanswered = unanswered;
        look.files = {file};
    }
    if (isLeftOut)
        look.unsent = {{.hides = {{.subject = u"/e"_s}}, .sentence = u"Not tried: /e/."_s}};
    const Judged judged = judgeFileLinks(look);
    QTEST(said(judged), "expected");
    QCOMPARE(judged.reason.contains("/e/"_L1), isLeftOut);
    QCOMPARE(judged.reason.contains("No file was found"_L1), !hasFile && !isLeftOut);
    QCOMPARE(unseenSubjects(judged.observed).contains(u"/e"_s), isLeftOut);
    QCOMPARE(unseenSubjects(judged.observed).contains(u"/f"_s), unanswered > 0);
}

void TestFileSurvey::triesEachFolder_data()
{
    QTest::addColumn<int>("folders");
    QTest::addColumn<int>("dead"); // of them, from the first, with files that are not there any more
    QTest::addColumn<int>("left");
    QTest::newRow("six") << 6 << 0 << 0;
    QTest::newRow("eight") << 8 << 0 << 2;
    QTest::newRow("eight, and two are gone") << 8 << 2 << 0;
}

// Sixty files of one folder come first in the list, others later.
void TestFileSurvey::triesEachFolder()
{
    QFETCH(int, folders);
    QFETCH(int, dead);
    QFETCH(int, left);
    BentShop lab([=](const PageRequest &request, BentShop &shop) -> std::optional<PageReply> {
        const bool isOwner = shop.isOf(request, u"Birch Bakery"_s);
        if (request.path() == "/api/customers" && request.method == "GET") {
            QStringList links;
            for (int i = 0; i < 60; ++i)
                links.append(u"\"/folder0/%1.pdf\""_s.arg(i));
            for (int i = 1; i < folders; ++i)
                links.append(u"\"/folder%1/a.pdf\""_s.arg(QChar(u'a' + i)));
            return PageReply{.contentType = "application/json",
                             .body = isOwner ? '[' + links.join(u',').toUtf8() + ']' : QByteArray("[]")};
        }
        if (!request.path().startsWith("/folder"))
            return std::nullopt;
        const int folder = request.path().at(7) == '0' ? 0 : request.path().at(7) - 'a';
        if (!isOwner)
            return PageReply{.status = 403, .contentType = "text/plain", .body = "no"};
        return folder > 0 && folder <= dead ? PageReply{.status = 404, .contentType = "text/plain", .body = "gone"}
                                            : PageReply{.contentType = "application/pdf", .body = request.path()};
    });
    QVERIFY(lab.isReady());
    ShopScene scene(lab);
    scene.keepCustomers();
    AttackRun run = scene.newRun();
    const Judged judged = run.run(fileLinksCheck(), targetOf({scene.host}), scene.facts);
    const QByteArray all = QJsonDocument(judged.observed).toJson(QJsonDocument::Compact);
    QVERIFY2(judged.findings.empty(), all);
    QCOMPARE(judged.outcome, left + dead > 0 ? Outcome::Info : Outcome::Pass);
    QCOMPARE(judged.observed["files"_L1].toArray().size(), 6);
    QVERIFY2(!all.contains("/folder0/1.pdf"), all);
    QCOMPARE(judged.reason.contains(u"Not tried, %1 more folder"_s.arg(left)), left > 0);
    QCOMPARE(judged.reason.contains("could not open its own files"_L1), dead > 0);
    QCOMPARE(unseenSubjects(judged.observed).size(), left + dead);
}

void TestFileSurvey::missesAListForOnce_data()
{
    QTest::addColumn<QString>("silentFor"); // the tenant that the list of customers fails for
    QTest::newRow("both get their lists") << QString();
    QTest::newRow("the owner does not") << kBirch;
    QTest::newRow("the other customer does not") << kCedar;
}

// What the list linked to when the last look was made is not mended because that list fails now: it is asked for again.
void TestFileSurvey::missesAListForOnce()
{
    QFETCH(QString, silentFor);
    bool isFailing = false;
    BentShop lab([&](const PageRequest &request, BentShop &shop) -> std::optional<PageReply> {
        const bool isOwner = shop.isOf(request, kBirch);
        for (const char *path : {"/api/customers", "/api/invoices"}) {
            if (request.method != "GET" || request.path() != path)
                continue;
            const bool isFirst = request.path() == "/api/customers";
            if (isFailing && isFirst && shop.isOf(request, silentFor))
                return PageReply{.status = 503, .contentType = "application/json", .body = "{}"};
            const QByteArray link = isFirst ? R"(["/folder0/1.pdf"])" : R"(["/kept/1.pdf"])";
            return PageReply{.contentType = "application/json", .body = isOwner ? link : QByteArray("[]")};
        }
        if (request.path() == "/folder0/1.pdf")
            return PageReply{.contentType = "application/pdf", .body = "a file of the owner"};
        if (request.path() != "/kept/1.pdf")
            return std::nullopt;
        return isOwner ? PageReply{.contentType = "application/pdf", .body = "another file"}
                       : PageReply{.status = 403, .contentType = "text/plain", .body = "no"};
    });
    QVERIFY(lab.isReady());
    ShopScene scene(lab);
    std::erase_if(scene.facts.routes, [](const Route &route) {
        return route.path != "/api/customers"_L1 && route.path != "/api/invoices"_L1;
    });
    AttackRun first = scene.newRun();
    const Judged found = first.run(fileLinksCheck(), targetOf({scene.host}), scene.facts);
    QVERIFY2(!found.findings.empty(), QJsonDocument(found.observed).toJson());
    isFailing = true;
    scene.facts.observedBefore[u"access.file-links"_s] = found.observed;
    AttackRun second = scene.newRun();
    const Judged judged = second.run(fileLinksCheck(), targetOf({scene.host}), scene.facts);
    QCOMPARE(unseenSubjects(judged.observed).join(u' '), QString());
    QVERIFY2(!judged.findings.empty(), qPrintable(judged.reason));
    QCOMPARE(judged.reason.contains("Not every list"_L1), !silentFor.isEmpty());
}

QTEST_GUILESS_MAIN(TestFileSurvey)
#include "tst_filesurvey.moc"
