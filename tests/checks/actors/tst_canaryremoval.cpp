#include "checks/actors/recordsight.h"
#include "models/access/routesample.h"
#include "tests/checks/access/memoryjournal.h"
#include "tests/checks/actors/notesproduct.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class CanaryRemovalTest : public QObject
{
    Q_OBJECT

private slots:
    void removesOrSaysSo_data();
    void removesOrSaysSo();
    void seesRecords_data();
    void seesRecords();
    void seesOthersInLists_data();
    void seesOthersInLists();
    void showsMoreThanOthers_data();
    void showsMoreThanOthers();
    void asksOnceForAll();
    void aPublicListProvesNothing();
    void endsWhereNobodyKnows();
    void writesBeforeItMakes_data();
    void writesBeforeItMakes();
    void saysWhatIsThereBesideWhatNobodyKnows();
};

void CanaryRemovalTest::removesOrSaysSo_data()
{
    QTest::addColumn<Manner>("manner");
    QTest::addColumn<bool>("isGone");   // from the product, in truth
    QTest::addColumn<QString>("words"); // in what is told as left; empty: it is told as gone
    QTest::addColumn<int>("signIns");
    QTest::addColumn<int>("seconds"); // waited for limits
    const auto row = [](const char *name, const Manner &manner, bool isGone, const QString &words, int signIns = 0,
                        int seconds = 0) { QTest::newRow(name) << manner << isGone << words << signIns << seconds; };
    const Manner good = [](const ActiveRequest &, Notes &) { return std::optional<Result<HttpResponse>>(); };
    const HttpResponse toLogin = said(302, {}, "Location: /login");
    row("good", good, true, {});
    row("leads to the login until signed in", untilSignedIn(toLogin), true, {}, 1);
    row("leads to the login for ever", always(toLogin), false, u"sign in as Anna and send DELETE"_s, 1);
    row("leads removals to the login", toRemoval(toLogin), false, u"leading to the sign-in"_s, 1);
    row("login page until signed in", untilSignedIn(said(200, kLoginPage, kHtml)), true, {}, 1);
    row("login page for ever", always(said(200, kLoginPage, kHtml)), false, u"could not be seen"_s, 1);
    row("401 until signed in", untilSignedIn(said(401, R"({"error":"sign in"})")), true, {}, 1);
    row("200 to all", always(said(200, R"({"ok":true,"id":17})")), false, u"could not be seen"_s);
    row("a 200 that says no to the removal", toRemoval(said(200, R"({"error":"nope"})")), false, u"still there"_s);
    row("a page of its own under 200", toReads(said(200, "<html><title>Oops</title>Try later</html>", kHtml)), true,
        u"could not be seen"_s);
    row("403 to all", always(said(403, R"({"error":"no"})")), false, u"status 403"_s);
    row("403 to the removal", toRemoval(said(403, R"({"error":"no"})")), false, u"status 403"_s);
    row("500 to the removal", toRemoval(said(500, "oops")), false, u"status 500"_s);
    row("500 to the read after it", toReads(said(500, "oops")), true, u"could not be seen"_s);
    row(
        "too many at the removal, once",
        [](const ActiveRequest &request, Notes &notes) -> std::optional<Result<HttpResponse>> {
            const bool isFirst = request.method == "DELETE" && notes.waited == 0ms;
            return isFirst ? std::optional<Result<HttpResponse>>(said(429, "slow", "Retry-After: 2")) : std::nullopt;
        },
        true, {}, 0, 2);
    row("too many for an hour", toRemoval(said(429, "slow", "Retry-After: 3600")), false, u"status 429"_s);
    row("too many for ever", always(said(429, "slow")), false, u"status 429"_s, 0, 2);
    row("signs out and removes nothing", signsOutAtRemoval(false), true, {}, 1);
    row("signs out and removes", signsOutAtRemoval(true), true, {}, 1);
    row(
        "signs out and lets nobody in",
        [](const ActiveRequest &request, Notes &notes) -> std::optional<Result<HttpResponse>> {
            notes.letsIn = false;
            return signsOutAtRemoval(false)(request, notes);
        },
        false, u"nobody knows whether it is gone"_s, 1);
    const auto marked = [](const QByteArray &member) {
        return toReads(said(200, R"({"id":41,"title":"LC-CANARY-abcdefgh2345",)" + member + '}'));
    };
    row("deleted: true", marked(R"("deleted":true)"), true, u"marks it as deleted"_s);
    row("status: archived", marked(R"("status":"archived")"), true, u"marks it as deleted"_s);
    row("deleted_at", marked(R"("deleted_at":"2026-01-01T10:00:00Z")"), true, u"marks it as deleted"_s);
    row("null, as GraphQL says", toReads(said(200, R"({"data":{"note":null}})")), true, {});
    row("not found, under 200", toReads(said(200, R"({"error":"Note not found"})")), true, {});
    row("410", toReads(said(410, {})), true, {});
    const auto tooLate = [](bool does) {
        return [does](const ActiveRequest &request, Notes &notes) -> std::optional<Result<HttpResponse>> {
            if (request.method != "DELETE")
                return std::nullopt;
            if (does)
                std::ignore = notes.honest(request);
            return Result<HttpResponse>(failure(ErrorKind::TimedOut, u"No answer in time."_s));
        };
    };
    row("too slow, and done", tooLate(true), true, {});
    row("too slow, and not done", tooLate(false), false, u"No answer in time"_s);
    row("nothing tells who is signed in but the list",
        [](const ActiveRequest &, Notes &notes) -> std::optional<Result<HttpResponse>> {
            notes.tellsWho = false;
            return std::nullopt;
        },
        true, {});
    // A feed that everybody may read; the record was a draft.
    row(
        "nothing tells who is signed in, and strangers get the list as well",
        [](const ActiveRequest &, Notes &notes) -> std::optional<Result<HttpResponse>> {
            notes.tellsWho = false;
            notes.stranger = said(200, R"({"items":[{"id":7,"title":"somebody's own note"}]})");
            return std::nullopt;
        },
        true, u"Name the address"_s);
    row(
        "has signed out, and strangers get the list as well",
        [](const ActiveRequest &request, Notes &notes) -> std::optional<Result<HttpResponse>> {
            notes.tellsWho = false;
            notes.stranger = said(200, R"({"items":[{"id":7,"title":"somebody's own note"}]})");
            if (request.method == "DELETE")
                return said(204, {});
            return request.url.path() == "/notes"_L1 ? said(200, R"({"items":[{"id":7,"title":"x"}]})") : said(404, {});
        },
        false, u"Name the address"_s);
    row("strangers do not get the list",
        [](const ActiveRequest &, Notes &notes) -> std::optional<Result<HttpResponse>> {
            notes.tellsWho = false;
            notes.stranger = said(401, R"({"error":"sign in"})");
            return std::nullopt;
        },
        true, {});
    row(
        "nothing tells who is signed in",
        [](const ActiveRequest &request, Notes &notes) -> std::optional<Result<HttpResponse>> {
            notes.tellsWho = false;
            const bool isList = request.url.path() == "/notes"_L1;
            return isList ? std::optional<Result<HttpResponse>>(said(200, R"({"items":[]})")) : std::nullopt;
        },
        true, u"Name the address"_s);
    row(
        "the list shows it all the same",
        [](const ActiveRequest &request, Notes &notes) -> std::optional<Result<HttpResponse>> {
            notes.tellsWho = false;
            notes.letsIn = false;
            const bool isItem = request.url.path() != "/notes"_L1;
            return isItem ? std::optional<Result<HttpResponse>>(said(404, {})) : std::nullopt;
        },
        false, u"nobody knows whether it is gone"_s, 1);
}

// Nothing is told as gone that is there, and what is told as left comes with its address and what to do.
void CanaryRemovalTest::removesOrSaysSo()
{
    QFETCH(Manner, manner);
    QFETCH(bool, isGone);
    QFETCH(QString, words);
    Notes notes(manner);
    UndoList undo([] { return false; });
    const auto canary = plantCanary(planOf(true), target(), notes.owner(), undo);
    QVERIFY2(canary, canary ? "" : qPrintable(canary.error().message));
    const UndoReport report = undo.run();
    QCOMPARE(!notes.notes.contains(u"41"_s), isGone);
    QVERIFY(notes.notes.contains(u"7"_s));
    QVERIFY2(report.isClean() == words.isEmpty(), qPrintable(report.left.join(u'\n')));
    if (!report.isClean()) {
        const QString left = report.left.join(u'\n');
        QVERIFY2(left.contains(words), qPrintable(left));
        QVERIFY2(left.contains(canary->text) && left.contains("https://api.example.com/notes/41"_L1), qPrintable(left));
    }
    QTEST(notes.signIns, "signIns");
    QTEST(static_cast<int>(std::chrono::duration_cast<std::chrono::seconds>(notes.waited).count()), "seconds");
    QVERIFY2(notes.undone.size() <= 8, notes.undone.join(", ").constData()); // however it lies
}

void CanaryRemovalTest::seesRecords_data()
{
    using enum RecordSight;
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<RecordSight>("alone");  // at its own address
    QTest::addColumn<RecordSight>("listed"); // in the list
    const auto row = [](const char *name, int status, const QByteArray &body, RecordSight alone, RecordSight listed,
                        const QByteArray &head = kJson) {
        QTest::newRow(name) << head << status << body << alone << listed;
    };
    const QByteArray text = "LC-CANARY-abcdefgh2345";
    row("there", 200, R"({"id":41,"title":")" + text + R"("})", There, There);
    row("there, in a list", 200, R"({"items":[{"id":41,"title":")" + text + R"("}]})", There, There);
    row("with another text of ours", 200, R"([{"id":41,"title":"LC-CANARY-zzzzzzzz2345"}])", There, There);
    row("another one of ours", 200, R"([{"id":42,"title":"LC-CANARY-zzzzzzzz2345"}])", There, Gone);
    row("archived flag", 200, R"({"id":41,"title":")" + text + R"(","archived":true})", MarkedDeleted, MarkedDeleted);
    row("not archived", 200, R"({"id":41,"title":")" + text + R"(","archived":false,"deleted_at":null})", There, There);
    row("state", 200, R"({"id":41,"title":")" + text + R"(","state":"Deleted"})", MarkedDeleted, MarkedDeleted);
    row("in the trash since", 200, R"({"id":41,"title":")" + text + R"(","trashed_at":1700000000})", MarkedDeleted,
        MarkedDeleted);
    row("404", 404, R"({"error":"not found"})", Gone, Unclear);
    row("410", 410, {}, Gone, Unclear);
    row("nothing", 204, {}, Gone, Unclear, {});
    row("null", 200, "null", Gone, Unclear);
    row("null inside", 200, R"({"data":{"note":null}})", Gone, Unclear);
    row("empty list", 200, "[]", Gone, Gone);
    row("empty list inside", 200, R"({"data":{"items":[]},"total":0})", Gone, Gone);
    row("others in the list", 200, R"([{"id":7,"title":"x"}])", Unclear, Gone);
    row("a list that says no", 200, R"({"items":[],"error":"database is away"})", Refused, Refused);
    row("yes to everything", 200, R"({"ok":true,"id":17})", Unclear, Unclear);
    row("not found under 200", 200, R"({"success":false,"message":"No such note"})", Gone, Unclear);
    row("an error under 200", 200, R"({"error":"something went wrong"})", Refused, Refused);
    row("nothing said", 200, "{}", Unclear, Unclear);
    row("an empty answer", 200, {}, Unclear, Unclear, {});
    row("ok alone", 200, R"({"ok":true})", Unclear, Unclear);
    row("signed out", 401, R"({"error":"sign in"})", SignedOut, SignedOut);
    row("to the login", 302, {}, SignedOut, SignedOut, "Location: /login");
    row("elsewhere", 302, {}, Unclear, Unclear, "Location: /dashboard");
    row("login page", 200, kLoginPage, SignedOut, SignedOut, kHtml);
    row("login page under 404", 404, kLoginPage, SignedOut, SignedOut, kHtml);
    row("403", 403, R"({"error":"no"})", Refused, Refused);
    row("too many", 429, "slow down", Limited, Limited, "Retry-After: 3");
    row("broken", 500, "oops", Unclear, Unclear, {});
    row("garbage", 200, QByteArray("\x00\xff{[", 4), Unclear, Unclear, {});
    row("a page with it", 200, "<html><title>Notes</title>" + text + "</html>", There, There, kHtml);
    row("the page without it", 200, "<html><title>Notes</title>none</html>", Unclear, Gone, kHtml);
    row("another page", 200, "<html><title>Oops</title>later</html>", Unclear, Unclear, kHtml);
}

void CanaryRemovalTest::seesRecords()
{
    QFETCH(QByteArray, head);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    const HttpResponse before = said(200, "<html><title>Notes</title>LC-CANARY-abcdefgh2345</html>", kHtml);
    const HttpResponse shown = said(status, body, head);
    const QString text = u"LC-CANARY-abcdefgh2345"_s;
    QTEST(sightOf(shown, {.text = text, .id = u"41"_s}), "alone");
    QTEST(sightOf(shown, {.text = text, .id = u"41"_s, .isInList = true, .before = &before}), "listed");
}

void CanaryRemovalTest::seesOthersInLists_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("expected");
    QTest::newRow("a record") << QByteArray(R"([{"id":7}])") << true;
    QTest::newRow("wrapped") << QByteArray(R"({"data":{"items":[{"id":7}]}})") << true;
    QTest::newRow("none") << QByteArray(R"({"items":[]})") << false;
    QTest::newRow("no list") << QByteArray(R"({"id":7})") << false;
    QTest::newRow("a page") << QByteArray("<html></html>") << false;
}

void CanaryRemovalTest::seesOthersInLists()
{
    QFETCH(QByteArray, body);
    QTEST(showsOthers(said(200, body)), "expected");
}

void CanaryRemovalTest::showsMoreThanOthers_data()
{
    QTest::addColumn<QByteArray>("mine");
    QTest::addColumn<QByteArray>("others");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char *name, const char *mine, const char *others, bool expected) {
        QTest::newRow(name) << QByteArray(mine) << QByteArray(others) << expected;
    };
    row("the same", R"([{"id":1},{"id":2}])", R"([{"id":1},{"id":2}])", false);
    row("a draft more", R"([{"id":1},{"id":2}])", R"([{"id":2}])", true);
    row("all of it", R"([{"id":1}])", "[]", true);
    row("a newer one has come", R"([{"id":1},{"id":2}])", R"([{"id":3}])", false);
    row("one less", R"([{"id":1}])", R"([{"id":1},{"id":2}])", false);
    row("said otherwise to each", R"([{"id":1,"liked":true}])", R"([{"id":1,"liked":false}])", false);
    row("without ids", R"([{"a":1},{"b":1}])", R"([{"a":1}])", true);
    row("a test record of another check", R"([{"id":1},{"id":2,"t":"LC-CANARY-abcdefgh2345"}])", R"([{"id":1}])",
        false);
    row("no list for them", R"([{"id":1}])", R"({"ok":true})", false);
    row("no list", R"({"id":1})", "[]", false);
}

void CanaryRemovalTest::showsMoreThanOthers()
{
    QFETCH(QByteArray, mine);
    QFETCH(QByteArray, others);
    QTEST(showsOthersThan(said(200, mine), said(200, others)), "expected");
}

// The list alone shows these records, and a stranger has got as much of it.
void CanaryRemovalTest::aPublicListProvesNothing()
{
    Notes notes([](const ActiveRequest &, Notes &) { return std::optional<Result<HttpResponse>>(); });
    notes.tellsWho = false;
    UndoList undo([] { return false; });
    QVERIFY(plantCanary(planOf(false), target(), notes.owner(), undo));
    const UndoReport report = undo.run();
    QCOMPARE(report.left.size(), 1);
    QVERIFY2(report.left.front().contains(u"nobody knows whether it is gone"_s), qPrintable(report.left.front()));
    QCOMPARE(notes.strangers, 0); // wasSignedIn has compared them already
}

// A list alone shows these records: one look for each, and its others show that the account is signed in.
void CanaryRemovalTest::asksOnceForAll()
{
    Notes notes([](const ActiveRequest &, Notes &) { return std::optional<Result<HttpResponse>>(); });
    RecordOwner owner = notes.owner();
    owner.wasSignedIn = {};
    owner.asStranger = {};
    UndoList undo([] { return false; });
    QVERIFY(plantCanary(planOf(false), target(), owner, undo));
    QVERIFY(undo.run().isClean());
    QCOMPARE(notes.undone, (QByteArrayList{"DELETE /notes/41", "GET /notes"}));
}

// Dozens of records of one owner: what is asked in vain for one is not asked for each.
void CanaryRemovalTest::endsWhereNobodyKnows()
{
    Notes notes([](const ActiveRequest &, Notes &) { return std::optional<Result<HttpResponse>>(); });
    RecordOwner owner = notes.owner();
    int asked = 0;
    owner.wasSignedIn = [&asked](const EmptyRead &, Deadline) -> Result<bool> {
        ++asked;
        return failure(ErrorKind::NotFound, u"Nothing tells."_s);
    };
    CanaryRemoval one{.text = newCanaryText(),
                      .id = u"41"_s,
                      .plan = planOf(false),
                      .target = target(),
                      .owner = owner,
                      .isProven = true,
                      .isShownAlone = false};
    std::vector<CanaryRemoval> removals(30, one);
    for (CanaryRemoval &removal : removals)
        QVERIFY(removeCanary(removal, Deadline::in(10s)));
    const auto shown = confirmAllGone(removals, Deadline::in(10s));
    QVERIFY(!shown && shown.error().kind == ErrorKind::NotFound);
    QVERIFY2(shown.error().message.contains(u"29"_s), qPrintable(shown.error().message));
    QCOMPARE(asked, 1);
    const auto late = confirmAllGone(removals, Deadline::in(0s));
    QVERIFY(!late && late.error().kind == ErrorKind::NotFound);
    QVERIFY2(late.error().message.contains(u"DELETE https://"_s), qPrintable(late.error().message)); // by hand
    QCOMPARE(asked, 1);
}

void CanaryRemovalTest::writesBeforeItMakes_data()
{
    QTest::addColumn<bool>("isFull");   // the journal can take nothing
    QTest::addColumn<Manner>("manner"); // at the undoing
    QTest::addColumn<int>("status");    // of the creation; 0: none came
    QTest::addColumn<int>("sent");      // creations
    QTest::addColumn<int>("left");      // in the journal at the end
    const Manner good = [](const ActiveRequest &, Notes &) { return std::optional<Result<HttpResponse>>(); };
    QTest::newRow("made and removed") << false << good << 201 << 1 << 0;
    QTest::newRow("nothing can be written down") << true << good << 201 << 0 << 0;
    QTest::newRow("refused") << false << good << 422 << 1 << 0;
    QTest::newRow("no answer, and it was made all the same") << false << good << 0 << 1 << 0;
    QTest::newRow("cannot be removed") << false << toRemoval(said(403, "{}")) << 201 << 1 << 1;
    QTest::newRow("nobody knows whether it is gone") << false << always(said(500, "{}")) << 201 << 1 << 1;
}

void CanaryRemovalTest::writesBeforeItMakes()
{
    QFETCH(bool, isFull);
    QFETCH(Manner, manner);
    QFETCH(int, status);
    QFETCH(int, sent);
    QFETCH(int, left);
    const auto journal = std::make_shared<MemoryJournal>(isFull);
    Notes notes(manner);
    int creations = 0;
    bool wasWritten = true;
    RecordOwner owner = notes.owner();
    owner.notes.journal = journal;
    owner.send = [&](const ActiveRequest &request) -> Result<HttpResponse> {
        if (request.method != "POST")
            return notes(request);
        ++creations;
        wasWritten = wasWritten && journal->knows(request.body);
        if (status == 422)
            return said(422, "{}");
        auto made = notes(request);
        return status == 0 ? Result<HttpResponse>(failure(ErrorKind::TimedOut, u"No answer."_s)) : made;
    };
    UndoList undo([] { return false; });
    const auto planted = plantCanary(planOf(true), target(), owner, undo);
    QCOMPARE(planted.has_value(), status == 201 && !isFull);
    QVERIFY(!isFull || planted.error().kind == ErrorKind::NotPermitted);
    QVERIFY(wasWritten);
    QCOMPARE(creations, sent);
    const bool knowsId = planted && journal->entries().size() == 1 && journal->entries().front().recordId == u"41"_s;
    QCOMPARE(knowsId, planted.has_value());
    undo.run();
    QCOMPARE(journal->entries().size(), static_cast<std::size_t>(left));
}

// The last one is there again for the session that is signed in; of the one before it nobody can tell.
void CanaryRemovalTest::saysWhatIsThereBesideWhatNobodyKnows()
{
    bool isBack = false;
    Notes notes([&isBack](const ActiveRequest &request, Notes &) -> std::optional<Result<HttpResponse>> {
        if (isBack && request.method == "DELETE")
            return said(500, "{}");
        return std::nullopt;
    });
    RecordOwner owner = notes.owner();
    int asked = 0;
    owner.wasSignedIn = [&asked](const EmptyRead &, Deadline) -> Result<bool> {
        if (++asked == 1)
            return false;
        return failure(ErrorKind::NotFound, u"Nothing tells."_s);
    };
    owner.signInAgain = [](const ActiveRequest &, Clock::time_point, Deadline) { return Result<void>(); };
    CanaryRemoval one{.text = newCanaryText(),
                      .id = u"41"_s,
                      .plan = planOf(false),
                      .target = target(),
                      .owner = owner,
                      .isProven = true,
                      .isShownAlone = false};
    std::vector<CanaryRemoval> removals(2, one);
    removals.back().id = u"42"_s;
    for (CanaryRemoval &removal : removals)
        QVERIFY(removeCanary(removal, Deadline::in(10s)));
    isBack = true;
    notes.notes[u"42"_s] = one.text;
    const auto shown = confirmAllGone(removals, Deadline::in(10s));
    QVERIFY(!shown && shown.error().kind != ErrorKind::NotFound);
    const QString &message = shown.error().message;
    QVERIFY2(message.contains("/notes/42"_L1) && message.contains("/notes/41"_L1), qPrintable(message));
}

QTEST_GUILESS_MAIN(CanaryRemovalTest)
#include "tst_canaryremoval.moc"
