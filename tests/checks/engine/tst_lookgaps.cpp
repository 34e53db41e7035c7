// What a look did not ask, in sentences, in what stays open, and in its outcome.
#include "checks/engine/inwords.h"
#include "checks/engine/lookgaps.h"
#include "tests/checks/earlierfinding.h"

#include <QJsonArray>
#include <QtTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

QStringList numbers(qsizetype count)
{
    QStringList all;
    for (qsizetype i = 1; i <= count; ++i)
        all.append(QString::number(i));
    return all;
}

// "code subject", "*": any.
QString shown(const std::vector<Unseen> &hidden)
{
    QStringList all;
    for (const Unseen &one : hidden)
        all.append(one == Unseen() ? u"*"_s : QString(one.code + u' ' + one.subject).trimmed());
    return all.join(u", "_s);
}

bool closes(const Judged &judged, const QString &code)
{
    return test::closes(judged, {.code = code});
}

LookGaps madeBy(const std::function<void(LookGaps &)> &make, const QString &brokenOff = {})
{
    LookGaps gaps(brokenOff);
    make(gaps);
    return gaps;
}

} // namespace

class TestLookGaps : public QObject
{
    Q_OBJECT

private slots:
    void gathers_data();
    void gathers();
    void opensAJudgement_data();
    void opensAJudgement();
    void passesNothingThatIsHidden_data();
    void passesNothingThatIsHidden();
    void opensOneTwice();
    void losesNoSentence();
    void namesWhatIsBeyondTheMost();
    void owesWhatNobodyAskedAgain();
    void showsAFew_data();
    void showsAFew();
};

void TestLookGaps::gathers_data()
{
    QTest::addColumn<LookGaps>("gaps");
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("hidden");
    const auto row = [](const char *name, const LookGaps &gaps, const QString &said, const QString &hidden) {
        QTest::newRow(name) << gaps << said << hidden;
    };
    const LookGap a{{{.subject = u"GET /a"_s, .code = u"open"_s}}, u"A."_s};
    row("nothing", LookGaps(), {}, {});
    row("one", madeBy([&](LookGaps &gaps) { gaps.add(a); }), u"A."_s, u"open GET /a"_s);
    row("one twice", madeBy([&](LookGaps &gaps) { gaps.add({a, a}); }), u"A."_s, u"open GET /a"_s);
    row("without a sentence", madeBy([](LookGaps &gaps) { gaps.hideCodes({u"x"_s, u"y"_s, u"x"_s}); }), {}, u"x, y"_s);
    row("slight, without a sentence", madeBy([](LookGaps &gaps) { gaps.keepCodes({u"x"_s, u"x"_s}); }), {}, u"x"_s);
    row("a sentence alone", madeBy([](LookGaps &gaps) { gaps.say({u"B."_s, {}}); }), u"B."_s, {});
    row("everything, then one", madeBy([&](LookGaps &gaps) {
            gaps.hideAll();
            gaps.add(a);
        }),
        u"A."_s, u"*, open GET /a"_s);
    row("one, then everything", madeBy([&](LookGaps &gaps) {
            gaps.add(a);
            gaps.hideAll();
        }),
        u"A."_s, u"open GET /a, *"_s);
    row("of a part", madeBy([&](LookGaps &gaps) {
            gaps.say(u"First."_s);
            gaps.add(madeBy([&](LookGaps &part) { part.add(a); }));
        }),
        u"First. A."_s, u"open GET /a"_s);
    row("broken off", madeBy([&](LookGaps &gaps) { gaps.add(a); }, u"The end came early."_s),
        u"The end came early. A."_s, u"*, open GET /a"_s);
}

void TestLookGaps::gathers()
{
    QFETCH(LookGaps, gaps);
    QFETCH(QString, said);
    QTEST(gaps.sentences().join(u' '), "said");
    QTEST(shown(gaps.hidden()), "hidden");
    QCOMPARE(gaps.isSaid(), !said.isEmpty());
}

void TestLookGaps::opensAJudgement_data()
{
    QTest::addColumn<Outcome>("before");
    QTest::addColumn<LookGap>("gap");
    QTest::addColumn<Outcome>("after");
    QTest::addColumn<QString>("reason");
    const LookGap gap{{{.code = u"x"_s}}, u"A."_s};
    const LookGap silent{.hides = {{.code = u"x"_s}}};
    QTest::newRow("a pass") << Outcome::Pass << gap << Outcome::Info << u"Before. A."_s;
    QTest::newRow("a pass, said elsewhere") << Outcome::Pass << silent << Outcome::Info << u"Before."_s;
    QTest::newRow("a pass, and it is slight")
        << Outcome::Pass << LookGap{.hides = {{.code = u"x"_s}}, .isSlight = true} << Outcome::Pass << u"Before."_s;
    QTest::newRow("a pass, and it is slight and said")
        << Outcome::Pass << LookGap{.hides = {{.code = u"x"_s}}, .sentence = u"A."_s, .isSlight = true} << Outcome::Info
        << u"Before. A."_s;
    QTest::newRow("a finding") << Outcome::Fail << gap << Outcome::Fail << u"Before. A."_s;
    QTest::newRow("nothing was looked at") << Outcome::NotRun << gap << Outcome::NotRun << u"Before. A."_s;
    QTest::newRow("no answer") << Outcome::Error << gap << Outcome::Error << u"Before. A."_s;
}

void TestLookGaps::opensAJudgement()
{
    QFETCH(Outcome, before);
    QFETCH(LookGap, gap);
    Judged judged{.outcome = before, .reason = u"Before."_s};
    leaveOpen(judged, gap);
    QTEST(judged.outcome, "after");
    QTEST(judged.reason, "reason");
    QVERIFY(!closes(judged, u"x"_s)); // what was found there before stays
    const bool hasLooked = before != Outcome::NotRun && before != Outcome::Error;
    QCOMPARE(closes(judged, u"y"_s), hasLooked);
    QVERIFY(!judged.observed.contains("broken_off"_L1));
}

void TestLookGaps::passesNothingThatIsHidden_data()
{
    QTest::addColumn<LookGaps>("gaps");
    QTest::addColumn<bool>("isPass");
    const Unseen one{.code = u"x"_s};
    const auto row = [](const char *name, bool isPass, const std::function<void(LookGaps &)> &make) {
        QTest::newRow(name) << madeBy(make) << isPass;
    };
    row("nothing", true, [](LookGaps &) {});
    row("slight", true, [&](LookGaps &gaps) { gaps.keep(one); });
    row("hidden", false, [&](LookGaps &gaps) { gaps.hide(one); });
    row("slight, then hidden", false, [&](LookGaps &gaps) {
        gaps.keep(one);
        gaps.hide(one);
    });
    row("slight, of a part", true, [&](LookGaps &gaps) { gaps.add(madeBy([&](LookGaps &part) { part.keep(one); })); });
    row("hidden, of a part", false, [&](LookGaps &gaps) { gaps.add(madeBy([&](LookGaps &part) { part.hide(one); })); });
    row("all", false, [](LookGaps &gaps) { gaps.hideAll(); });
}

// Nobody said a word: there is no pass all the same, and the reason says that something is open.
void TestLookGaps::passesNothingThatIsHidden()
{
    QFETCH(LookGaps, gaps);
    QFETCH(bool, isPass);
    Judged judged;
    leaveOpen(judged, gaps);
    QCOMPARE(judged.outcome, isPass ? Outcome::Pass : Outcome::Info);
    QCOMPARE(judged.reason.isEmpty(), isPass);
    QCOMPARE(gaps.takesPass(), !isPass);
}

// Two parts of a check, each with gaps of its own: the second does not take the place of the first.
void TestLookGaps::opensOneTwice()
{
    Judged judged;
    leaveOpen(judged, LookGap{{{.code = u"x"_s}}, u"A."_s});
    leaveOpen(judged, LookGap{{{.code = u"x"_s}, {.code = u"y"_s}}, u"B."_s});
    QCOMPARE(judged.reason, u"A. B."_s);
    QCOMPARE(shown(unseenIn(judged.observed)), u"x, y"_s);
    leaveOpen(judged, LookGaps(u"Stop."_s));
    QCOMPARE(shown(unseenIn(judged.observed)), u"x, y, *"_s);
    QCOMPARE(judged.observed["broken_off"_L1].toString(), u"Stop."_s);
}

void TestLookGaps::losesNoSentence()
{
    const QStringList all = numbers(kMostSentencesShown + 1);
    Judged judged;
    leaveOpen(judged, anyBehind(all.first(kMostSentencesShown)));
    QVERIFY(!judged.observed.contains("left_open"_L1)); // the reason has them
    Judged longer;
    leaveOpen(longer, anyBehind(all));
    QVERIFY2(longer.reason.endsWith("And 1 more."_L1), qPrintable(longer.reason));
    QCOMPARE(longer.observed["left_open"_L1].toArray(), QJsonArray::fromStringList(all));
    leaveOpen(judged, anyBehind({}));
    QVERIFY(judged.reason.endsWith(all.at(kMostSentencesShown - 1)));
}

void TestLookGaps::namesWhatIsBeyondTheMost()
{
    QCOMPARE(leftOutGap({}, 3).sentence, QString());
    QVERIFY(leftOutGap({}, 3).hides.empty());
    const LookGap gap = leftOutGap({u"GET /a"_s, u"GET /b"_s}, 3, u"code"_s);
    QVERIFY2(gap.sentence.contains("3 of them"_L1) && gap.sentence.contains("GET /a, GET /b"_L1),
             qPrintable(gap.sentence));
    QCOMPARE(shown(gap.hides), u"code GET /a, code GET /b"_s);
}

void TestLookGaps::owesWhatNobodyAskedAgain()
{
    const QStringList before{u"a"_s, u"b"_s, u"c"_s, u"a"_s};
    QCOMPARE(notAskedAgain(before, [](const QString &one) { return one == "b"_L1; }), (QStringList{u"a"_s, u"c"_s}));
    QCOMPARE(notAskedAgain(before, [](const QString &) { return true; }), QStringList());
    QJsonObject observed;
    noteUnseen({{.subject = u"write x"_s}, {.subject = u"read x"_s}, {.code = u"any"_s}}, observed);
    const auto ofPart = unseenBefore(observed, [](const Unseen &gap) { return gap.subject.startsWith("write "_L1); });
    QCOMPARE(shown(ofPart), u"write x"_s);
    QCOMPARE(notAskedAgainText({}), QString());
    QVERIFY(notAskedAgainText({u"GET /a"_s}).contains("GET /a"_L1));
}

void TestLookGaps::showsAFew_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("names");
    QTest::addColumn<QString>("sentences");
    QTest::newRow("none") << 0 << QString() << QString();
    QTest::newRow("one") << 1 << u"1"_s << u"1"_s;
    QTest::newRow("as many as are shown") << 3 << u"1, 2, 3"_s << u"1 2 3"_s;
    QTest::newRow("two more") << 5 << u"1, 2, 3, and 2 more"_s << u"1 2 3 And 2 more."_s;
}

void TestLookGaps::showsAFew()
{
    QFETCH(int, count);
    QTEST(namesInWords(numbers(count), 3), "names");
    QTEST(sentencesInWords(numbers(count), 3), "sentences");
}

QTEST_GUILESS_MAIN(TestLookGaps)
#include "tst_lookgaps.moc"
