// The end of a test record at a product that is slow: what got no answer is no proof of anything.
#include "tests/checks/actors/notesproduct.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

using Bent = std::optional<Result<HttpResponse>>;

Result<HttpResponse> tooLate()
{
    return failure(ErrorKind::TimedOut, u"No answer in time."_s);
}

// Requests of that method get no answer, so many of them; what they are for is done, or not.
Manner slowTo(const QByteArray &method, int times, bool does)
{
    return [=, left = times](const ActiveRequest &request, Notes &notes) mutable -> Bent {
        if (request.method != method || left == 0)
            return std::nullopt;
        --left;
        if (does)
            std::ignore = notes.honest(request);
        return tooLate();
    };
}

constexpr int kAlways = 1000;

} // namespace

class CanarySlowTest : public QObject
{
    Q_OBJECT

private slots:
    void believesNoSilence_data();
    void believesNoSilence();
    void looksAgainForWhatMayYetCome();
    void findsWhatTheListDoesNotShow();
    void hasAShortEndAfterStop();
};

void CanarySlowTest::believesNoSilence_data()
{
    QTest::addColumn<Manner>("manner");
    QTest::addColumn<bool>("isGone"); // in truth
    QTest::addColumn<bool>("isLeft"); // as it is told
    QTest::addColumn<int>("unseen");  // and whether that is known
    const auto row = [](const char *name, const Manner &manner, bool isGone, bool isLeft, int unseen) {
        QTest::newRow(name) << manner << isGone << isLeft << unseen;
    };
    row("the removal, done", slowTo("DELETE", kAlways, true), true, false, 0);
    row("the removal once, and not done", slowTo("DELETE", 1, false), true, false, 0);
    row("the removal for ever, and not done", slowTo("DELETE", kAlways, false), false, true, 0);
    row("the look after it, once", slowTo("GET", 1, false), true, false, 0);
    row("the look after it, for ever", slowTo("GET", kAlways, false), true, true, 1);
    row(
        "everything", [](const ActiveRequest &, Notes &) -> Bent { return tooLate(); }, false, true, 1);
    row(
        "who is signed in, once",
        [asked = 0](const ActiveRequest &, Notes &notes) mutable -> Bent {
            notes.slowWho = asked++ == 0 ? 1 : notes.slowWho;
            return std::nullopt;
        },
        true, false, 0);
    row(
        "who is signed in, for ever",
        [](const ActiveRequest &request, Notes &notes) -> Bent {
            notes.slowWho = kAlways;
            return request.url.path() == "/notes"_L1 ? Bent(tooLate()) : std::nullopt;
        },
        true, true, 1);
}

void CanarySlowTest::believesNoSilence()
{
    QFETCH(Manner, manner);
    QFETCH(bool, isGone);
    QFETCH(bool, isLeft);
    Notes notes(manner);
    UndoList undo([] { return false; });
    const auto canary = plantCanary(planOf(true), target(), notes.owner(), undo);
    QVERIFY2(canary, canary ? "" : qPrintable(canary.error().message));
    const UndoReport report = undo.run();
    const QString left = report.left.join(u'\n');
    QCOMPARE(!notes.notes.contains(u"41"_s), isGone);
    QVERIFY2(report.isClean() != isLeft, qPrintable(left));
    QTEST(report.unseen, "unseen");
    QVERIFY2(!isLeft || left.contains("https://api.example.com/notes/41"_L1), qPrintable(left));
    QVERIFY2(notes.undone.size() <= 10, notes.undone.join(", ").constData());
}

// The request that makes it is cut off, and carried out when somebody has looked twice.
void CanarySlowTest::looksAgainForWhatMayYetCome()
{
    int looks = 0;
    Notes notes([&looks](const ActiveRequest &request, Notes &made) -> Bent {
        if (request.method == "GET" && ++looks == 3)
            made.notes[u"41"_s] = u"LC-CANARY-abcdefgh2345"_s;
        return std::nullopt;
    });
    CanaryRemoval removal{.text = u"LC-CANARY-abcdefgh2345"_s,
                          .id = {},
                          .plan = planOf(true),
                          .target = target(),
                          .owner = notes.owner(),
                          .isUnanswered = true};
    QVERIFY(removeCanary(removal, Deadline::in(std::chrono::seconds(10))));
    QVERIFY(!notes.notes.contains(u"41"_s));
    QVERIFY(notes.undone.contains("DELETE /notes/41"));
    QVERIFY(notes.notes.contains(u"7"_s));
}

// A list of the first few: what it does not show is asked for at its own address.
void CanarySlowTest::findsWhatTheListDoesNotShow()
{
    Notes notes([](const ActiveRequest &request, Notes &) -> Bent {
        const bool isList = request.url.path() == "/notes"_L1;
        return isList ? Bent(said(200, R"({"items":[{"id":7,"title":"x"}]})")) : std::nullopt;
    });
    notes.notes[u"41"_s] = u"LC-CANARY-abcdefgh2345"_s;
    CanaryRemoval removal{.text = u"LC-CANARY-abcdefgh2345"_s,
                          .id = u"41"_s,
                          .plan = planOf(true),
                          .target = target(),
                          .owner = notes.owner(),
                          .wasMade = true};
    QVERIFY(removeCanary(removal, Deadline::in(std::chrono::seconds(10))));
    QVERIFY(!notes.notes.contains(u"41"_s));
    // Another record under that id is not ours.
    notes.notes[u"41"_s] = u"somebody's"_s;
    removal.isProven = false;
    const auto other = removeCanary(removal, Deadline::in(std::chrono::seconds(10)));
    QVERIFY(!other);
    QVERIFY(notes.notes.contains(u"41"_s));
}

// When the run is over requests are few: nothing is asked twice.
void CanarySlowTest::hasAShortEndAfterStop()
{
    Notes notes(slowTo("GET", kAlways, false));
    UndoList undo([] { return true; });
    QVERIFY(plantCanary(planOf(true), target(), notes.owner(), undo));
    const UndoReport report = undo.run();
    QCOMPARE(report.unseen, 1);
    QCOMPARE(notes.undone, (QByteArrayList{"DELETE /notes/41", "GET /notes/41"}));
}

QTEST_GUILESS_MAIN(CanarySlowTest)
#include "tst_canaryslow.moc"
