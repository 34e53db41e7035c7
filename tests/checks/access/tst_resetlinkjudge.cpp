// What is said of reset links that were used in several ways.
#include "checks/access/resetlink.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

// Of two fresh letters, and a session that ended.
ResetLook look(LinkUse first, LinkUse again, LinkUse old = LinkUse::Refused)
{
    ResetLook made{.account = u"Sam"_s, .route = u"POST /reset"_s};
    if (first != LinkUse::NotTried) {
        made.given = {u"reset_link"_s, u"reset_link_2"_s};
        made.sessionLives = false;
    }
    made.strength = TokenStrength{.bits = 128};
    made.first = first;
    made.again = again;
    made.old = old;
    return made;
}

} // namespace

class TestResetLinkJudge : public QObject
{
    Q_OBJECT

private slots:
    void judges_data();
    void judges();
    void saysWhatItDidNotTry_data();
    void saysWhatItDidNotTry();
    void tellsWhatItDidNotSee();
};

void TestResetLinkJudge::judges_data()
{
    using enum LinkUse;
    QTest::addColumn<ResetLook>("seen");
    QTest::addColumn<QString>("expected");
    QTest::newRow("once") << look(Accepted, Refused) << u"pass"_s;
    QTest::newRow("twice") << look(Accepted, Accepted) << u"reset_reusable:high"_s;
    QTest::newRow("once, and no old one") << look(Accepted, Refused, NotTried) << u"info"_s;
    QTest::newRow("an old one, too") << look(Accepted, Refused, Accepted) << u"reset_never_expires:high"_s;
    QTest::newRow("an old one alone, refused") << look(NotTried, NotTried, Refused) << u"info"_s;
    QTest::newRow("an old one that does not tell") << look(Accepted, Refused, Unclear) << u"info"_s;
    ResetLook waiting = look(NotTried, NotTried, NotTried);
    waiting.notTold = u"Paste the links."_s;
    QTest::newRow("letters were asked for") << waiting << u"not_run"_s;
    ResetLook refused = look(Refused, NotTried, NotTried);
    refused.notTold = u"It was not accepted."_s;
    QTest::newRow("not even once") << refused << u"not_run"_s;
    ResetLook lives = look(Accepted, Refused);
    lives.sessionLives = true;
    QTest::newRow("the session lives, and nothing shows that there was a reset") << lives << u"pass"_s;
    lives.isSure = true;
    QTest::newRow("the session lives") << lives << u"reset_keeps_sessions:medium"_s;
    lives.sessionLives = false;
    QTest::newRow("the session ends") << lives << u"pass"_s;
    ResetLook poisoned = look(Accepted, Refused);
    poisoned.foreignHosts = {poisonHost()};
    QTest::newRow("our host in the letter") << poisoned << u"reset_host_poisoned:high"_s;
    poisoned.foreignHosts = {u"click.mailer.example"_s};
    QTest::newRow("the host of a mail service") << poisoned << u"pass"_s;
    ResetLook weak = look(Accepted, Refused);
    weak.strength = TokenStrength{.bits = 20};
    QTest::newRow("six digits") << weak << u"guessable_token:high"_s;
    weak.strength = TokenStrength{.bits = 64};
    QTest::newRow("64 bits") << weak << u"short_token:low"_s;
    weak.strength = TokenStrength{.bits = 100};
    QTest::newRow("100 bits") << weak << u"pass"_s;
}

void TestResetLinkJudge::judges()
{
    QFETCH(ResetLook, seen);
    QFETCH(QString, expected);
    QCOMPARE(said(judgeResetLink(seen)), expected);
}

void TestResetLinkJudge::saysWhatItDidNotTry_data()
{
    using enum LinkUse;
    QTest::addColumn<ResetLook>("seen");
    QTest::addColumn<QString>("expected"); // in the reason
    QTest::newRow("all was tried") << look(Accepted, Refused) << QString();
    QTest::newRow("no old one") << look(Accepted, Refused, NotTried)
                                << u"Not tried: whether an old link still works. Hand in a link of a day ago or "
                                   "earlier that nobody opened as well."_s;
    QTest::newRow("no fresh ones") << look(NotTried, NotTried)
                                   << u"Not tried: whether a stranger chooses where links lead, whether a link works "
                                      "twice, whether sessions of before a new password end. Hand in the links of two "
                                      "fresh letters."_s;
    ResetLook one = look(Accepted, Refused);
    one.given = {u"reset_link"_s};
    QTest::newRow("one fresh one") << one << u"Hand in the link of the second letter as well."_s;
    ResetLook nobody = look(Accepted, Refused);
    nobody.sessionLives.reset();
    QTest::newRow("nothing says who is signed in") << nobody << u"set it under Test accounts."_s;
}

// Each question that nobody put stays open, and who reads it learns how it is put.
void TestResetLinkJudge::saysWhatItDidNotTry()
{
    QFETCH(ResetLook, seen);
    QFETCH(QString, expected);
    const Judged judged = judgeResetLink(seen);
    QVERIFY2(expected.isEmpty() ? judged.reason.isEmpty() : judged.reason.contains(expected),
             qPrintable(judged.reason));
    QCOMPARE(judged.outcome == Outcome::Pass, expected.isEmpty());
}

// A finding of before stays open as long as nobody has looked again.
void TestResetLinkJudge::tellsWhatItDidNotSee()
{
    using enum LinkUse;
    const auto hidden = [](const ResetLook &seen) {
        QStringList codes;
        for (const QJsonValue gap : judgeResetLink(seen).observed["not_seen"_L1].toArray())
            codes.append(gap["code"_L1].toString());
        return codes;
    };
    ResetLook seen = look(Accepted, Refused, NotTried);
    seen.given = {u"reset_link"_s};
    seen.sessionLives.reset();
    QCOMPARE(hidden(seen),
             (QStringList{u"reset_host_poisoned"_s, u"reset_never_expires"_s, u"reset_keeps_sessions"_s}));
    seen.given = {u"reset_link"_s, u"reset_link_2"_s, u"old_reset_link"_s};
    seen.old = Refused;
    seen.sessionLives = false;
    QCOMPARE(hidden(seen), QStringList());
    seen.again = Unclear;
    seen.strength.reset();
    QCOMPARE(hidden(seen), (QStringList{u"guessable_token"_s, u"short_token"_s, u"reset_reusable"_s}));
}

QTEST_GUILESS_MAIN(TestResetLinkJudge)
#include "tst_resetlinkjudge.moc"
