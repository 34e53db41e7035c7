// What is said of an invitation that was used in several ways.
#include "checks/access/invite.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

InviteLook look(LinkUse other, LinkUse role, LinkUse first, LinkUse again, LinkUse old = LinkUse::NotTried)
{
    InviteLook made{.route = u"POST /accept"_s, .invited = u"sam+lc1@acme.test"_s};
    made.strength = TokenStrength{.bits = 128};
    made.otherAddress = other;
    made.higherRole = role;
    made.first = first;
    made.again = again;
    made.old = old;
    return made;
}

} // namespace

class TestInviteJudge : public QObject
{
    Q_OBJECT

private slots:
    void judges_data();
    void judges();
    void saysWhatItDidNotTry_data();
    void saysWhatItDidNotTry();
    void namesTheAccountsThatItMade_data();
    void namesTheAccountsThatItMade();
};

void TestInviteJudge::judges_data()
{
    using enum LinkUse;
    QTest::addColumn<InviteLook>("seen");
    QTest::addColumn<QString>("expected");
    QTest::newRow("as it should be") << look(Refused, Refused, Accepted, Refused, Refused) << u"pass"_s;
    QTest::newRow("a role that is left out") << look(Refused, Accepted, Accepted, Refused, Refused) << u"pass"_s;
    QTest::newRow("a fresh one alone") << look(Refused, Refused, Accepted, Refused) << u"info"_s;
    QTest::newRow("another address, not clearly refused")
        << look(Unclear, Refused, Accepted, Refused, Refused) << u"info"_s;
    QTest::newRow("a role, not clearly refused") << look(Refused, Unclear, Accepted, Refused, Refused) << u"info"_s;
    InviteLook admin = look(Refused, Accepted, Accepted, Refused);
    admin.becameAdmin = true;
    QTest::newRow("a role that is taken") << admin << u"invite_role_editable:high"_s;
    QTest::newRow("for anybody") << look(Accepted, Refused, Refused, Refused) << u"invite_any_email:medium"_s;
    QTest::newRow("twice") << look(Refused, Refused, Accepted, Accepted) << u"invite_reusable:medium"_s;
    InviteLook live = look(Refused, Refused, Accepted, Refused);
    live.isStillLive = true;
    QTest::newRow("answered as before it was used") << live << u"invite_reusable:medium"_s;
    InviteLook old = look(NotTried, NotTried, NotTried, NotTried);
    old.old = Accepted;
    QTest::newRow("an old one") << old << u"invite_never_expires:medium"_s;
    old.old = Refused;
    QTest::newRow("an old one alone, refused") << old << u"info"_s;
    InviteLook weak = look(Refused, Refused, Accepted, Refused);
    weak.strength = TokenStrength{.bits = 0, .isCounted = true};
    QTest::newRow("counted up") << weak << u"guessable_invite:high"_s;
    InviteLook waiting = look(NotTried, NotTried, NotTried, NotTried);
    waiting.notTold = u"Paste the link."_s;
    QTest::newRow("waits for the link") << waiting << u"not_run"_s;
}

void TestInviteJudge::judges()
{
    QFETCH(InviteLook, seen);
    QFETCH(QString, expected);
    QCOMPARE(said(judgeInvite(seen)), expected);
}

void TestInviteJudge::saysWhatItDidNotTry_data()
{
    using enum LinkUse;
    QTest::addColumn<InviteLook>("seen");
    QTest::addColumn<QString>("expected"); // in the reason
    QTest::newRow("all was tried") << look(Refused, Refused, Accepted, Refused, Refused) << QString();
    QTest::newRow("no old one") << look(Refused, Refused, Accepted, Refused)
                                << u"Not tried: whether an old one still works. Hand in the link of an invitation of a "
                                   "month ago or earlier as well."_s;
    QTest::newRow("no fresh one") << look(NotTried, NotTried, NotTried, NotTried, Refused)
                                  << u"Not tried: whether another address of mail may use it, whether people choose "
                                     "their own role, whether it works twice. Hand in the link of a fresh invitation "
                                     "as well."_s;
    QTest::newRow("no fresh one, and a finding") << look(NotTried, NotTried, NotTried, NotTried, Accepted)
                                                 << u"Hand in the link of a fresh invitation as well."_s;
    InviteLook broken = look(Refused, NotTried, NotTried, NotTried, Refused);
    broken.notTold = u"No answer came."_s;
    QTest::newRow("broken off") << broken << u"No answer came. Not tried: whether people choose their own role, "_s;
    QTest::newRow("a role, not clearly refused")
        << look(Refused, Unclear, Accepted, Refused, Refused) << u"not known: whether people choose their own role."_s;
}

// Each question that nobody put stays open, and who reads it learns how it is put.
void TestInviteJudge::saysWhatItDidNotTry()
{
    QFETCH(InviteLook, seen);
    QFETCH(QString, expected);
    const Judged judged = judgeInvite(seen);
    QVERIFY2(expected.isEmpty() ? judged.reason.isEmpty() : judged.reason.contains(expected),
             qPrintable(judged.reason));
    QCOMPARE(judged.outcome == Outcome::Pass, expected.isEmpty());
}

void TestInviteJudge::namesTheAccountsThatItMade_data()
{
    using enum LinkUse;
    QTest::addColumn<InviteLook>("seen");
    QTest::addColumn<QString>("expected");
    QTest::newRow("nothing left open") << look(Refused, Refused, Accepted, Refused, Refused) << u"pass"_s;
    QTest::newRow("a second use that is unclear") << look(Refused, Refused, Accepted, Unclear) << u"not_run"_s;
    InviteLook limited = look(Refused, Refused, Accepted, NotTried);
    limited.notTold = u"The second use was not answered."_s;
    QTest::newRow("no second use") << limited << u"not_run"_s;
    InviteLook old = look(Refused, Refused, Accepted, Refused);
    old.notTold = u"No answer."_s;
    QTest::newRow("something left open") << old << u"info"_s;
    QTest::newRow("with a finding") << look(Refused, Refused, Accepted, Accepted) << u"invite_reusable:medium"_s;
}

void TestInviteJudge::namesTheAccountsThatItMade()
{
    QFETCH(InviteLook, seen);
    QFETCH(QString, expected);
    seen.made = {u"sam+lc1@acme.test"_s};
    const Judged judged = judgeInvite(seen);
    QCOMPARE(said(judged), expected);
    QVERIFY2(judged.reason.contains("sam+lc1@acme.test"_L1), qPrintable(judged.reason));
    QVERIFY(judged.outcome != Outcome::NotRun || !judged.reason.startsWith("Remove"_L1)); // says why, too
}

QTEST_GUILESS_MAIN(TestInviteJudge)
#include "tst_invitejudge.moc"
