#include "checks/access/invite.h"
#include "tests/checks/access/mailscene.h"
#include "tests/checks/stoppedlook.h"
#include "tests/lab/renewed.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kGoodLink = "https://api.hostile.example/invite?token=Zk3vX9pQ2mL7sT1wY8uB5nR4cD6fG0hJaEiKoMqSx";

bool isOfInvitations(const ShopRouteLine &line)
{
    return line.path.startsWith("/api/invitations");
}

InviteLook look(LinkUse other, LinkUse role, LinkUse first, LinkUse again)
{
    InviteLook made{.route = u"POST /accept"_s, .invited = u"sam+lc1@acme.test"_s};
    made.strength = TokenStrength{.bits = 128};
    made.otherAddress = other;
    made.higherRole = role;
    made.first = first;
    made.again = again;
    return made;
}

ShopAbuse shopScene(ShopLab &lab, const std::function<bool(const ShopRouteLine &)> &safe = isOfInvitations)
{
    ShopAbuse scene(lab, safe);
    putSample(scene.facts, u"/api/invitations/accept"_s, scene.host, "application/json",
              R"({"email":"person@example.com","name":"Alex","password":"<value>","token":"<value>"})");
    return scene;
}

// Invites, then hands the link in; eight days later, as an old one.
Judged afterReading(ShopLab &lab, bool isOld)
{
    ShopAbuse scene = shopScene(lab);
    AttackRun inviting = runWith(scene, lab.shop(), {});
    const Judged first = scene.judged(inviteCheck(), inviting);
    if (first.outcome != Outcome::NotRun || lab.shop().outbox().letters().size() != 1)
        return first;
    scene.facts.observedBefore[u"access.invite"_s] = first.observed;
    if (isOld)
        lab.shop().clock().advance(std::chrono::hours(8 * 24));
    const QByteArray link = linkOf(lab.shop().outbox(), LetterKind::Invitation);
    AttackRun run = runWith(scene, lab.shop(), {{isOld ? u"old_invite_link"_s : u"invite_link"_s, link}});
    Judged judged = scene.judged(inviteCheck(), run);
    const bool isInBudget = run.gate->sentBy(u"access.invite"_s) <= kInviteRequests;
    const bool isMasked = !QJsonDocument(judged.observed).toJson().contains(link.mid(link.indexOf('=') + 1));
    if (!isInBudget || !isMasked)
        judged.outcome = Outcome::Error;
    return judged;
}

} // namespace

class TestInvite : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void judges_data();
    void judges();
    void namesTheAccountsThatItMade_data();
    void namesTheAccountsThatItMade();
    void saysWhatItNeeds();
    void findsNothingInTheCleanShop();
    void findsFaults_data();
    void findsFaults();
    void knowsStaleLinks();
    void believesNoHostileServer_data();
    void believesNoHostileServer();
    void endsWhenStopped();

private:
    std::unique_ptr<ShopLab> m_shop;
};

void TestInvite::initTestCase()
{
    m_shop = std::make_unique<ShopLab>();
    QVERIFY2(m_shop->isReady(), qPrintable(m_shop->problem()));
}

void TestInvite::init()
{
    renew(*m_shop);
}

void TestInvite::judges_data()
{
    using enum LinkUse;
    QTest::addColumn<InviteLook>("seen");
    QTest::addColumn<QString>("expected");
    QTest::newRow("as it should be") << look(Refused, Refused, Accepted, Refused) << u"pass"_s;
    QTest::newRow("a role that is left out") << look(Refused, Accepted, Accepted, Refused) << u"pass"_s;
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
    QTest::newRow("an old one, refused") << old << u"pass"_s;
    InviteLook weak = look(Refused, Refused, Accepted, Refused);
    weak.strength = TokenStrength{.bits = 0, .isCounted = true};
    QTest::newRow("counted up") << weak << u"guessable_invite:high"_s;
    InviteLook waiting = look(NotTried, NotTried, NotTried, NotTried);
    waiting.notTold = u"Paste the link."_s;
    QTest::newRow("waits for the link") << waiting << u"not_run"_s;
}

void TestInvite::judges()
{
    QFETCH(InviteLook, seen);
    QFETCH(QString, expected);
    QCOMPARE(said(judgeInvite(seen)), expected);
}

void TestInvite::namesTheAccountsThatItMade_data()
{
    using enum LinkUse;
    QTest::addColumn<InviteLook>("seen");
    QTest::addColumn<QString>("expected");
    QTest::newRow("nothing left open") << look(Refused, Refused, Accepted, Refused) << u"pass"_s;
    QTest::newRow("a second use that is unclear") << look(Refused, Refused, Accepted, Unclear) << u"not_run"_s;
    InviteLook limited = look(Refused, Refused, Accepted, NotTried);
    limited.notTold = u"The second use was not answered."_s;
    QTest::newRow("no second use") << limited << u"not_run"_s;
    InviteLook old = look(Refused, Refused, Accepted, Refused);
    old.notTold = u"No answer."_s;
    QTest::newRow("something left open") << old << u"info"_s;
    QTest::newRow("with a finding") << look(Refused, Refused, Accepted, Accepted) << u"invite_reusable:medium"_s;
}

void TestInvite::namesTheAccountsThatItMade()
{
    QFETCH(InviteLook, seen);
    QFETCH(QString, expected);
    seen.made = {u"sam+lc1@acme.test"_s};
    const Judged judged = judgeInvite(seen);
    QCOMPARE(said(judged), expected);
    QVERIFY2(judged.reason.contains("sam+lc1@acme.test"_L1), qPrintable(judged.reason));
    QVERIFY(judged.outcome != Outcome::NotRun || !judged.reason.startsWith("Remove"_L1)); // says why, too
}

void TestInvite::saysWhatItNeeds()
{
    ShopLab &lab = *m_shop;
    ShopAbuse unsafe = shopScene(lab, [](const ShopRouteLine &) { return false; });
    AttackRun run = runWith(unsafe, lab.shop(), {});
    const Judged judged = unsafe.judged(inviteCheck(), run);
    QVERIFY2(judged.outcome == Outcome::NotRun && judged.reason.contains("safe to write"_L1), qPrintable(told(judged)));
    QCOMPARE(run.gate->sent(), 0);
    ShopAbuse scene = shopScene(lab);
    AttackRun inviting = runWith(scene, lab.shop(), {});
    const Judged invited = scene.judged(inviteCheck(), inviting);
    QVERIFY2(invited.outcome == Outcome::NotRun && invited.reason.contains("INVITE_LINK"_L1),
             qPrintable(told(invited)));
    QCOMPARE(lab.shop().outbox().letters().size(), std::size_t(1));
    AttackRun unnamed = runWith(scene, lab.shop(), {{u"invite_link"_s, kGoodLink}});
    const Judged noAddress = scene.judged(inviteCheck(), unnamed);
    QVERIFY2(noAddress.outcome == Outcome::NotRun && noAddress.reason.contains("INVITE_MAIL"_L1),
             qPrintable(told(noAddress)));
}

void TestInvite::findsNothingInTheCleanShop()
{
    for (const bool isOld : {false, true}) {
        m_shop->reset();
        const Judged judged = afterReading(*m_shop, isOld);
        QVERIFY2(judged.outcome == Outcome::Pass && judged.findings.empty(), qPrintable(told(judged)));
        QCOMPARE(judged.observed["made"_L1].toArray().size(), isOld ? 0 : 1);
        QCOMPARE(judged.observed["used"_L1]["other_address"_L1].toString(), isOld ? u"not_tried"_s : u"refused"_s);
    }
}

void TestInvite::findsFaults_data()
{
    using enum ShopFault;
    QTest::addColumn<ShopFault>("fault");
    QTest::addColumn<bool>("isOld");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<Proof>("proof");
    QTest::newRow("used again") << InviteReusable << false << u"invite_reusable:medium"_s << Proof::Lead;
    QTest::newRow("old") << InviteNeverExpires << true << u"invite_never_expires:medium"_s << Proof::Strong;
    QTest::newRow("role") << InviteRoleEditable << false << u"invite_role_editable:high"_s << Proof::Proven;
    QTest::newRow("anybody") << InviteAnyEmail << false << u"invite_any_email:medium"_s << Proof::Strong;
}

void TestInvite::findsFaults()
{
    QFETCH(ShopFault, fault);
    QFETCH(bool, isOld);
    QFETCH(QString, expected);
    QFETCH(Proof, proof);
    m_shop->setFaults({fault});
    const Judged judged = afterReading(*m_shop, isOld);
    QVERIFY2(said(judged) == expected, qPrintable(told(judged)));
    QCOMPARE(judged.findings.front().proof, proof);
    QVERIFY(!judged.findings.front().evidence.empty());
}

// An invitation that was used or is too old is refused in other words than one that nobody was sent.
void TestInvite::knowsStaleLinks()
{
    for (const bool isJson : {false, true}) {
        const HostileSite site([isJson](const PageRequest &request, int) -> std::optional<PageReply> {
            if (request.path() != "/invitations/accept")
                return std::nullopt;
            const bool isSent = request.body.contains(kGoodLink.mid(kGoodLink.indexOf('=') + 1));
            if (isJson)
                return isSent ? saying(200, R"({"status":"expired"})") : saying(404, R"({"error":"no_such_link"})");
            return saying(302, "{}", isSent ? "/sign-in?error=used" : "/sign-in?error=unknown");
        });
        AttackRun run = site.newRun({{u"invite_link"_s, kGoodLink}, {u"invite_mail"_s, "sam+lc1@acme.test"}});
        const Judged judged = site.judged(inviteCheck(), run);
        QVERIFY2(judged.outcome == Outcome::NotRun && !judged.reason.isEmpty(), qPrintable(told(judged)));
        QVERIFY(judged.observed["made"_L1].toArray().isEmpty());
    }
}

void TestInvite::believesNoHostileServer_data()
{
    QTest::addColumn<Manner>("manner");
    for (const auto &[name, manner] : hostileManners())
        QTest::newRow(name) << manner;
}

void TestInvite::believesNoHostileServer()
{
    QFETCH(Manner, manner);
    const HostileSite site(manner);
    QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
    AttackRun run = site.newRun({{u"invite_link"_s, kGoodLink}, {u"invite_mail"_s, "sam+lc1@acme.test"}});
    const Judged judged = site.judged(inviteCheck(), run);
    QVERIFY2(judged.outcome == Outcome::NotRun && !judged.reason.isEmpty(), qPrintable(told(judged)));
    QVERIFY(site.count > 0);
    AttackRun inviting = site.newRun();
    QCOMPARE(site.judged(inviteCheck(), inviting).outcome, Outcome::NotRun);
}

void TestInvite::endsWhenStopped()
{
    std::atomic_bool isEnding = false;
    const HostileSite site([&](const PageRequest &, int) {
        isEnding.wait(false);
        return saying(200, "{}");
    });
    AttackRun run = site.newRun({{u"invite_link"_s, kGoodLink}, {u"invite_mail"_s, "sam+lc1@acme.test"}});
    const StoppedLook stopped = stoppedLook([&] { return site.count > 0; }, [&] { run.token.cancel(); },
                                            [&] { return site.judged(inviteCheck(), run); });
    const Judged &judged = stopped.judged;
    isEnding = true;
    isEnding.notify_all();
    QVERIFY2(stopped.problem().isEmpty(), qPrintable(stopped.problem()));
    QVERIFY2(judged.outcome == Outcome::NotRun, qPrintable(told(judged)));
}

QTEST_GUILESS_MAIN(TestInvite)
#include "tst_invite.moc"
