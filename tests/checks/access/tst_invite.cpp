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

// An invitation of eight days ago and one of today, handed in together.
Judged afterReadingBoth(ShopLab &lab)
{
    ShopAbuse scene = shopScene(lab);
    AttackRun first = runWith(scene, lab.shop(), {});
    scene.judged(inviteCheck(), first);
    const QByteArray old = linkOf(lab.shop().outbox(), LetterKind::Invitation);
    lab.shop().clock().advance(std::chrono::hours(8 * 24));
    AttackRun second = runWith(scene, lab.shop(), {});
    scene.facts.observedBefore[u"access.invite"_s] = scene.judged(inviteCheck(), second).observed;
    const QByteArray fresh = linkOf(lab.shop().outbox(), LetterKind::Invitation);
    AttackRun run = runWith(scene, lab.shop(), {{u"invite_link"_s, fresh}, {u"old_invite_link"_s, old}});
    return scene.judged(inviteCheck(), run);
}

} // namespace

class TestInvite : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
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
        QVERIFY2(judged.outcome == Outcome::Info && judged.findings.empty(), qPrintable(told(judged)));
        QCOMPARE(judged.observed["made"_L1].toArray().size(), isOld ? 0 : 1);
        QCOMPARE(judged.observed["used"_L1]["other_address"_L1].toString(), isOld ? u"not_tried"_s : u"refused"_s);
    }
    m_shop->reset();
    const Judged both = afterReadingBoth(*m_shop);
    QVERIFY2(both.outcome == Outcome::Pass && both.findings.empty(), qPrintable(told(both)));
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
