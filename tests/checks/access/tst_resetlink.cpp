#include "checks/access/mailedlinks.h"
#include "checks/access/resetlink.h"
#include "checks/actors/actorsession.h"
#include "tests/checks/access/mailscene.h"
#include "tests/checks/stoppedlook.h"
#include "tests/lab/renewed.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kGoodLink = "https://api.hostile.example/reset?token=Zk3vX9pQ2mL7sT1wY8uB5nR4cD6fG0hJaEiKoMqSx";

constexpr auto kNoRoute = [](const ShopRouteLine &) { return false; };

ShopAbuse shopScene(ShopLab &lab)
{
    ShopAbuse scene(lab, kNoRoute);
    putSample(scene.facts, u"/api/password/reset"_s, scene.host, "application/json",
              R"({"password":"<value>","token":"<value>"})");
    scene.facts.actors.front().whoAmIUrl = lab.url("/api/me").toString();
    scene.facts.actors.front().whoAmIPointer = u"/email"_s;
    return scene;
}

DeskAbuse deskScene(DeskLab &lab)
{
    DeskAbuse scene(lab);
    putSample(scene.facts, u"/reset"_s, scene.host, "application/x-www-form-urlencoded", "token=x&password=y");
    return scene;
}

QString appHost(const ShopAbuse &scene)
{
    return QString::fromLatin1(scene.lab.shop().appHost());
}

enum class Links { Fresh, Old, Both };

// Asks for letters, then hands the links in; the first one an hour and a minute later, as an old one.
template<typename Scene, typename Product>
Judged afterReading(Scene &scene, Product &product, const QStringList &hosts, Links which)
{
    const Target target = targetOf(hosts);
    const auto ask = [&] {
        AttackRun asking = runWith(scene, product, {});
        return asking.run(resetLinkCheck(), target, scene.facts);
    };
    const Judged first = ask();
    if (first.outcome != Outcome::NotRun || product.outbox().letters().size() != 2)
        return first;
    const QByteArray old = linkOf(product.outbox(), LetterKind::Reset);
    if (which != Links::Fresh)
        product.clock().advance(std::chrono::minutes(61));
    if (which == Links::Both)
        ask();
    PastedLinks links{{u"old_reset_link"_s, old}};
    if (which != Links::Old)
        links = {{u"reset_link"_s, linkOf(product.outbox(), LetterKind::Reset, 1)},
                 {u"reset_link_2"_s, linkOf(product.outbox(), LetterKind::Reset)}};
    if (which == Links::Both)
        links.emplace_back(u"old_reset_link"_s, old);
    AttackRun second = runWith(scene, product, links);
    Judged judged = second.run(resetLinkCheck(), target, scene.facts);
    if (second.gate->sentBy(u"access.reset-link"_s) > kResetRequests)
        judged.outcome = Outcome::Error;
    for (const auto &[name, link] : links) {
        if (QJsonDocument(judged.observed).toJson().contains(link.mid(link.indexOf('=') + 1)))
            judged.outcome = Outcome::Error;
    }
    return judged;
}

} // namespace

class TestResetLink : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void saysWhatItNeeds();
    void findsNothingInTheCleanProducts();
    void findsFaultsOfTheShop_data();
    void findsFaultsOfTheShop();
    void findsFaultsOfTheDesk_data();
    void findsFaultsOfTheDesk();
    void knowsStaleLinks_data();
    void knowsStaleLinks();
    void believesNoHostileServer_data();
    void believesNoHostileServer();
    void endsWhenStopped();

private:
    std::unique_ptr<ShopLab> m_shop;
    std::unique_ptr<DeskLab> m_desk;
};

void TestResetLink::initTestCase()
{
    m_shop = std::make_unique<ShopLab>();
    m_desk = std::make_unique<DeskLab>();
    QVERIFY2(m_shop->isReady(), qPrintable(m_shop->problem()));
    QVERIFY2(m_desk->isReady(), qPrintable(m_desk->problem()));
}

void TestResetLink::init()
{
    renew(*m_shop, *m_desk);
}

void TestResetLink::saysWhatItNeeds()
{
    ShopLab &lab = *m_shop;
    ShopAbuse scene = shopScene(lab);
    AttackRun run = runWith(scene, lab.shop(), {});
    const Judged judged = scene.judged(resetLinkCheck(), run);
    QVERIFY2(judged.outcome == Outcome::NotRun && judged.reason.contains("SECOND_RESET_LINK"_L1),
             qPrintable(told(judged)));
    QCOMPARE(lab.shop().outbox().letters().size(), std::size_t(2));
    QCOMPARE(run.gate->sentBy(u"access.reset-link"_s), 2);
    AttackRun wrong = runWith(scene, lab.shop(), {{u"reset_link"_s, "it did not come"}});
    const Judged noLink = scene.judged(resetLinkCheck(), wrong);
    QVERIFY2(noLink.outcome == Outcome::NotRun && noLink.reason.contains("reset_link"_L1), qPrintable(told(noLink)));
    AttackRun used =
        runWith(scene, lab.shop(),
                {{u"reset_link"_s, lab.url("/reset?token=Zk3vX9pQ2mL7sT1wY8uB5nR4cD6fG0hJaEiKoMqSx").toEncoded()}});
    const Judged refused = scene.judged(resetLinkCheck(), used);
    QVERIFY2(refused.outcome == Outcome::NotRun && !refused.reason.isEmpty(), qPrintable(told(refused)));
    scene.facts.actors.front().isThrowAway = false;
    AttackRun nobody = scene.newRun();
    QCOMPARE(scene.judged(resetLinkCheck(), nobody).outcome, Outcome::NotRun);
    QCOMPARE(nobody.gate->sent(), 0);
}

void TestResetLink::findsNothingInTheCleanProducts()
{
    for (const Links which : {Links::Fresh, Links::Old, Links::Both}) {
        init();
        ShopAbuse scene = shopScene(*m_shop);
        // The route of codes wants one of its own (tst_onetimecode).
        std::erase_if(scene.facts.routes, [](const Route &route) { return route.path.contains("/code/"_L1); });
        const Judged judged = afterReading(scene, m_shop->shop(), {scene.host, appHost(scene)}, which);
        const Outcome expected = which == Links::Both ? Outcome::Pass : Outcome::Info;
        QVERIFY2(judged.outcome == expected && judged.findings.empty(), qPrintable(told(judged)));
        QCOMPARE(judged.observed["used"_L1]["session"_L1].toString(),
                 which == Links::Old ? u"not_tried"_s : u"ended"_s);
        DeskAbuse pages = deskScene(*m_desk);
        const Judged ofDesk = afterReading(pages, m_desk->desk(), {pages.host}, which);
        QVERIFY2(ofDesk.outcome != Outcome::NotRun && ofDesk.findings.empty(), qPrintable(told(ofDesk)));
        QCOMPARE(ofDesk.outcome == Outcome::Pass, ofDesk.reason.isEmpty());
    }
}

void TestResetLink::findsFaultsOfTheShop_data()
{
    using enum ShopFault;
    QTest::addColumn<ShopFault>("fault");
    QTest::addColumn<bool>("isOld");
    QTest::addColumn<QString>("expected");
    QTest::newRow("used again") << ResetReusable << false << u"reset_reusable:high"_s;
    QTest::newRow("old") << ResetNeverExpires << true << u"reset_never_expires:high"_s;
    QTest::newRow("poisoned") << ResetHostPoisoned << false << u"reset_host_poisoned:high"_s;
    QTest::newRow("sessions stay") << ResetKeepsSessions << false << u"reset_keeps_sessions:medium"_s;
}

void TestResetLink::findsFaultsOfTheShop()
{
    QFETCH(ShopFault, fault);
    QFETCH(bool, isOld);
    QFETCH(QString, expected);
    ShopLab &lab = *m_shop;
    lab.setFaults({fault});
    ShopAbuse scene = shopScene(lab);
    const Judged judged =
        afterReading(scene, lab.shop(), {scene.host, appHost(scene)}, isOld ? Links::Old : Links::Fresh);
    QVERIFY2(said(judged) == expected, qPrintable(told(judged)));
    QVERIFY(judged.findings.front().proof != Proof::Lead); // sessions end, or the link is refused afterwards
    // The account has the password that it had.
    AttackRun run = scene.newRun();
    Wire wire(run.seen, u"x"_s, 10);
    ActorSession session(scene.facts.actors.front(), wire);
    const auto health = session.health();
    QVERIFY(health && health->isSignedIn);
}

void TestResetLink::findsFaultsOfTheDesk_data()
{
    using enum DeskFault;
    QTest::addColumn<DeskFault>("fault");
    QTest::addColumn<bool>("isOld");
    QTest::addColumn<QString>("expected");
    QTest::newRow("used again") << ResetReusable << false << u"reset_reusable:high"_s;
    QTest::newRow("old") << ResetNeverExpires << true << u"reset_never_expires:high"_s;
    QTest::newRow("poisoned") << ResetHostPoisoned << false << u"reset_host_poisoned:high"_s;
}

void TestResetLink::findsFaultsOfTheDesk()
{
    QFETCH(DeskFault, fault);
    QFETCH(bool, isOld);
    QFETCH(QString, expected);
    m_desk->setFaults({fault});
    DeskAbuse scene = deskScene(*m_desk);
    const Judged judged = afterReading(scene, m_desk->desk(), {scene.host}, isOld ? Links::Old : Links::Fresh);
    QVERIFY2(said(judged) == expected, qPrintable(told(judged)));
}

// A link that was used or is too old is refused in other words than one that nobody was sent.
void TestResetLink::knowsStaleLinks_data()
{
    QTest::addColumn<PageReply>("invented");
    QTest::addColumn<PageReply>("first");
    QTest::addColumn<PageReply>("later");
    QTest::addColumn<QString>("expected");
    const PageReply gone = saying(404, R"({"error":"no_such_link"})");
    const PageReply changed = saying(200, R"({"status":"password_changed"})");
    const auto stale = [](const char *name, const PageReply &invented, const PageReply &reply) {
        QTest::newRow(name) << invented << reply << reply << u"not_run"_s;
    };
    stale("a word in the redirect", saying(302, "{}", "/login?error=unknown"),
          saying(302, "{}", "/login?error=expired"));
    stale("a number in the redirect", saying(302, "{}", "/reset?message=1"), saying(302, "{}", "/reset?message=2"));
    stale("a page of its own", saying(302, "{}", "/reset"), saying(302, "{}", "/link-expired"));
    stale("a status in JSON", gone, saying(200, R"({"status":"expired"})"));
    stale("a sentence in JSON", gone, saying(200, R"({"data":{"text":"This link was already used."}})"));
    QTest::newRow("the second time in words") << gone << changed << saying(200, R"({"status":"expired"})") << u"info"_s;
    QTest::newRow("the second time in other words")
        << gone << changed << saying(200, R"({"note":"look into your mail"})") << u"not_run"_s;
    QTest::newRow("twice") << gone << changed << changed << u"reset_reusable:high"_s;
}

void TestResetLink::knowsStaleLinks()
{
    QFETCH(PageReply, invented);
    QFETCH(PageReply, first);
    QFETCH(PageReply, later);
    QFETCH(QString, expected);
    std::atomic_int uses = 0;
    const HostileSite site([&](const PageRequest &request, int) -> std::optional<PageReply> {
        if (request.path() != "/reset")
            return std::nullopt;
        if (!request.body.contains(kGoodLink.mid(kGoodLink.indexOf('=') + 1)))
            return invented;
        return uses++ == 0 ? first : later;
    });
    QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
    AttackRun run = site.newRun({{u"reset_link"_s, kGoodLink}});
    const Judged judged = site.judged(resetLinkCheck(), run);
    QVERIFY2(said(judged) == expected, qPrintable(told(judged)));
    QVERIFY(uses > 0);
    QVERIFY(judged.outcome != Outcome::NotRun || !judged.reason.isEmpty());
    if (!judged.findings.empty()) // nothing shows that the first use did anything
        QCOMPARE(judged.findings.front().proof, Proof::Lead);
}

void TestResetLink::believesNoHostileServer_data()
{
    QTest::addColumn<Manner>("manner");
    for (const auto &[name, manner] : hostileManners())
        QTest::newRow(name) << manner;
}

void TestResetLink::believesNoHostileServer()
{
    QFETCH(Manner, manner);
    const HostileSite site(manner);
    QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
    AttackRun run = site.newRun({{u"reset_link"_s, kGoodLink}});
    const Judged judged = site.judged(resetLinkCheck(), run);
    QVERIFY2(judged.outcome == Outcome::NotRun && !judged.reason.isEmpty(), qPrintable(told(judged)));
    QVERIFY(site.count > 0);
    AttackRun asking = site.newRun();
    QCOMPARE(site.judged(resetLinkCheck(), asking).outcome, Outcome::NotRun);
}

void TestResetLink::endsWhenStopped()
{
    std::atomic_bool isEnding = false;
    const HostileSite site([&](const PageRequest &, int) {
        isEnding.wait(false);
        return saying(200, "{}");
    });
    AttackRun run = site.newRun();
    const StoppedLook stopped = stoppedLook([&] { return site.count > 0; }, [&] { run.token.cancel(); },
                                            [&] { return site.judged(resetLinkCheck(), run); });
    const Judged &judged = stopped.judged;
    isEnding = true;
    isEnding.notify_all();
    QVERIFY2(stopped.problem().isEmpty(), qPrintable(stopped.problem()));
    QVERIFY2(judged.outcome == Outcome::NotRun, qPrintable(told(judged)));
}

QTEST_GUILESS_MAIN(TestResetLink)
#include "tst_resetlink.moc"
