#include "checks/access/codevisit.h"
#include "checks/access/resetlink.h"
#include "tests/checks/access/codeproducts.h"
#include "tests/checks/stoppedlook.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kCode = "482913";
const PastedLinks kHandedIn{{u"one_time_code"_s, kCode}};

struct CodeSite
{
    CodeSite(CodeFault fault, bool isSecondFactor, bool hasWhoAmI)
        : product(fault), site([this](const PageRequest &request, int) { return product.answer(request); })
    {
        useCodeRoutes(site, isSecondFactor, hasWhoAmI);
    }

    CodeProduct product;
    HostileSite site;
};

// What must be nowhere in what is kept.
bool shows(const Judged &judged, const QByteArray &secret)
{
    bool isShown = QJsonDocument(judged.observed).toJson().contains(secret);
    for (const Finding &finding : judged.findings) {
        for (const Evidence &evidence : finding.evidence)
            isShown = isShown || evidence.body.contains(QString::fromLatin1(secret));
    }
    return isShown;
}

QString proofOf(const Judged &judged)
{
    return judged.observed["code"_L1]["proof"_L1].toString();
}

// A step of an authenticator app must not end between two tries of a test.
void waitForTheBeginningOfAStep()
{
    while (QDateTime::currentSecsSinceEpoch() % kCodeStepSeconds > kCodeStepSeconds - 8)
        QTest::qWait(200);
}

} // namespace

// Whole looks at one-time codes; the judge and the parsers are in tst_codejudge.
class TestOneTimeCode : public QObject
{
    Q_OBJECT

private slots:
    void asksForACode();
    void saysWhereToPutACode();
    void looksAtProducts_data();
    void looksAtProducts();
    void looksAtPages();
    void findsTheFaultOfTheShop();
    void looksAtCodesAndLinks();
    void believesNoHostileServer_data();
    void believesNoHostileServer();
    void takesNoOtherText();
    void endsWhenStopped();
};

void TestOneTimeCode::asksForACode()
{
    CodeSite lab(CodeFault::None, false, true);
    QVERIFY2(lab.site.server.isReady(), qPrintable(lab.site.server.problem()));
    AttackRun run = lab.site.newRun();
    const Judged judged = lab.site.judged(resetLinkCheck(), run);
    QVERIFY2(judged.outcome == Outcome::NotRun && judged.reason.contains("ONE_TIME_CODE_SAM"_L1),
             qPrintable(told(judged)));
    QCOMPARE(judged.observed["code"_L1]["asked_for"_L1].toBool(), true);
    QCOMPARE(run.gate->sentBy(u"access.reset-link"_s), 1);
    QVERIFY(lab.product.codesSeen().empty());
}

// Nobody but the person can have one of a second factor made.
void TestOneTimeCode::saysWhereToPutACode()
{
    CodeSite lab(CodeFault::None, true, true);
    AttackRun run = lab.site.newRun();
    const Judged judged = lab.site.judged(resetLinkCheck(), run);
    QVERIFY2(judged.outcome == Outcome::NotRun && judged.reason.contains("ONE_TIME_CODE_SAM"_L1),
             qPrintable(told(judged)));
    QCOMPARE(run.gate->sentBy(u"access.reset-link"_s), 0);
}

void TestOneTimeCode::looksAtProducts_data()
{
    QTest::addColumn<CodeFault>("fault");
    QTest::addColumn<bool>("isSecondFactor");
    QTest::addColumn<bool>("hasWhoAmI");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("again");
    QTest::addColumn<QString>("proof");
    using enum CodeFault;
    const auto row = [](const char *name, CodeFault fault, bool isSecondFactor, bool hasWhoAmI, const QString &expected,
                        const QString &again, const QString &proof) {
        QTest::newRow(name) << fault << isSecondFactor << hasWhoAmI << expected << again << proof;
    };
    const QString refused = u"refused"_s;
    const QString accepted = u"accepted"_s;
    const QString session = u"session"_s;
    const QString answers = u"answers"_s;
    row("a letter's, once", None, false, true, u"info"_s, refused, session);
    row("a letter's, once, nobody tells who is in", None, false, false, u"info"_s, refused, answers);
    row("a letter's, twice", Reusable, false, true, u"code_reusable:high"_s, accepted, session);
    row("a letter's, twice, by the answers", Reusable, false, false, u"code_reusable:high"_s, accepted, answers);
    row("an app's, once", None, true, true, u"info"_s, refused, session);
    row("an app's, once, nobody tells who is in", None, true, false, u"info"_s, refused, answers);
    row("an app's, twice", Reusable, true, true, u"code_reusable:medium"_s, accepted, session);
    row("an app's, twice, by the answers", Reusable, true, false, u"code_reusable:medium"_s, accepted, answers);
    row("everybody is signed in", OpenToAll, false, true, u"info"_s, refused, answers);
    row("somebody else is signed in", NamesStranger, false, true, u"code_reusable:high"_s, accepted, answers);
    row("says yes and lets nobody in", SaysYesAlone, false, true, u"not_run"_s, u"unclear"_s, session);
    row("is limited the second time", Limits, false, true, u"not_run"_s, u"unclear"_s, session);
    row("takes none", NeverTakes, true, true, u"not_run"_s, u"not_tried"_s, QString());
}

void TestOneTimeCode::looksAtProducts()
{
    QFETCH(CodeFault, fault);
    QFETCH(bool, isSecondFactor);
    QFETCH(bool, hasWhoAmI);
    QFETCH(QString, expected);
    QFETCH(QString, again);
    QFETCH(QString, proof);
    CodeSite lab(fault, isSecondFactor, hasWhoAmI);
    QVERIFY2(lab.site.server.isReady(), qPrintable(lab.site.server.problem()));
    if (isSecondFactor)
        waitForTheBeginningOfAStep();
    AttackRun run = lab.site.newRun(kHandedIn);
    const Judged judged = lab.site.judged(resetLinkCheck(), run);
    QVERIFY2(said(judged) == expected, qPrintable(told(judged)));
    QVERIFY(!judged.reason.isEmpty()); // without routes for links that is said at least
    const QJsonValue seen = judged.observed["code"_L1];
    QVERIFY2(seen["again"_L1] == again, qPrintable(told(judged)));
    QVERIFY2(proofOf(judged) == proof, qPrintable(told(judged)));
    for (const Finding &finding : judged.findings)
        QCOMPARE(finding.proof, proofOf(judged) == "session"_L1 ? Proof::Proven : Proof::Lead);
    // Never guessed: nothing but the code itself, or none.
    for (const QByteArray &code : lab.product.codesSeen())
        QVERIFY2(code.isEmpty() || code == kCode, code.constData());
    QVERIFY(lab.product.timesTaken() <= 2);
    QVERIFY2(!shows(judged, kCode), qPrintable(told(judged)));
    for (const QByteArray &challenge : lab.product.challenges())
        QVERIFY2(!shows(judged, challenge), qPrintable(told(judged)));
    const int sent = run.gate->sentBy(u"access.reset-link"_s);
    QVERIFY2(sent <= kCodeLookRequests, qPrintable(QString::number(sent)));
}

void TestOneTimeCode::looksAtPages()
{
    for (const bool isReusable : {false, true}) {
        CodePages pages(isReusable);
        HostileSite site([&](const PageRequest &request, int) { return pages.answer(request); });
        QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
        useCodeRoutes(site, true, true);
        site.facts.actors.front().signIn = formSignIn(PageLab::url(site.host.toLatin1(), "/login"));
        site.facts.routes.clear();
        addRoute(site.facts, u"/two-factor"_s, site.host, "_csrf=old&code=123456");
        site.facts.samples.back().contentType = "application/x-www-form-urlencoded";
        Route form = site.facts.routes.front();
        form.method = u"GET"_s;
        site.facts.routes.push_back(form);
        waitForTheBeginningOfAStep();
        AttackRun run = site.newRun(kHandedIn);
        const Judged judged = site.judged(resetLinkCheck(), run);
        QVERIFY2(said(judged) == (isReusable ? u"code_reusable:medium"_s : u"info"_s), qPrintable(told(judged)));
        QCOMPARE(proofOf(judged), u"session"_s);
        QVERIFY(!shows(judged, kCode));
        QCOMPARE(run.gate->sentBy(u"access.reset-link"_s), 2 * kCodeVisitRequests);
    }
}

void TestOneTimeCode::findsTheFaultOfTheShop()
{
    ShopLab lab;
    QVERIFY2(lab.isReady(), qPrintable(lab.problem()));
    for (const bool isFaulty : {false, true}) {
        lab.reset();
        lab.setFaults(isFaulty ? FaultSet<ShopFault>{ShopFault::CodeReusable} : FaultSet<ShopFault>());
        ShopAbuse scene(lab, [](const ShopRouteLine &) { return false; });
        putSample(scene.facts, u"/api/login/code/check"_s, scene.host, "application/json",
                  R"({"code":"{{code}}","email":"person@example.com"})");
        scene.facts.actors.front().whoAmIUrl = lab.url("/api/me").toString();
        scene.facts.actors.front().whoAmIPointer = u"/email"_s;
        const QString owner = scene.facts.actors.front().userName;
        const QJsonObject body{{u"email"_s, owner}};
        lab.shop().answer({.method = "POST",
                           .target = "/api/login/code",
                           .authority = lab.shop().apiHost(),
                           .headers = {{"content-type", "application/json"}},
                           .body = QJsonDocument(body).toJson()});
        const auto letter = lab.shop().outbox().newest(LetterKind::Code, owner);
        QVERIFY(letter && letter->token.size() == 6);
        AttackRun run = runWith(scene, lab.shop(), {{u"one_time_code"_s, letter->token}});
        const Judged judged = scene.judged(resetLinkCheck(), run);
        QVERIFY2(said(judged) == (isFaulty ? u"code_reusable:high"_s : u"info"_s), qPrintable(told(judged)));
        QVERIFY2(judged.reason.contains("SECOND_RESET_LINK"_L1), qPrintable(told(judged))); // letters were asked for
        QCOMPARE(proofOf(judged), u"session"_s);
        QVERIFY(!shows(judged, letter->token));
    }
}

// One gap does not hide what the other tells.
void TestOneTimeCode::looksAtCodesAndLinks()
{
    CodeSite lab(CodeFault::Reusable, false, true);
    addRoute(lab.site.facts, u"/forgot"_s, lab.site.host, R"({"email":"person@example.com"})");
    addRoute(lab.site.facts, u"/reset"_s, lab.site.host, R"({"password":"<value>","token":"<value>"})");
    PastedLinks both = kHandedIn;
    both.emplace_back(u"reset_link"_s, "https://api.hostile.example/reset?token=Zk3vX9pQ2mL7sT1wY8uB5nR4cD6fG0hJ");
    AttackRun run = lab.site.newRun(both);
    const Judged judged = lab.site.judged(resetLinkCheck(), run);
    QVERIFY2(said(judged) == "code_reusable:high"_L1, qPrintable(told(judged)));
    QVERIFY2(judged.reason.contains("did not accept the link"_L1), qPrintable(told(judged))); // it is refused always
    QVERIFY(run.gate->sentBy(u"access.reset-link"_s) <= kResetRequests + kCodeLookRequests);
}

void TestOneTimeCode::believesNoHostileServer_data()
{
    QTest::addColumn<Manner>("manner");
    QTest::addColumn<bool>("isSecondFactor");
    QTest::addColumn<bool>("hasWhoAmI");
    for (const auto &[name, manner] : hostileManners()) {
        QTest::addRow("%s, a letter's code", name) << manner << false << false;
        QTest::addRow("%s, a letter's code, and who is in", name) << manner << false << true;
        QTest::addRow("%s, a second factor", name) << manner << true << true;
    }
}

void TestOneTimeCode::believesNoHostileServer()
{
    QFETCH(Manner, manner);
    QFETCH(bool, isSecondFactor);
    QFETCH(bool, hasWhoAmI);
    HostileSite site(manner);
    QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
    useCodeRoutes(site, isSecondFactor, hasWhoAmI);
    AttackRun run = site.newRun(kHandedIn);
    const Judged judged = site.judged(resetLinkCheck(), run);
    QVERIFY2(judged.outcome == Outcome::NotRun && !judged.reason.isEmpty(), qPrintable(told(judged)));
    QVERIFY(site.count > 0);
    QVERIFY(run.gate->sentBy(u"access.reset-link"_s) <= kCodeLookRequests);
}

// A variable of a build server may hold anything.
void TestOneTimeCode::takesNoOtherText()
{
    CodeSite lab(CodeFault::Reusable, false, true);
    AttackRun run = lab.site.newRun({{u"one_time_code"_s, "JBSWY3DPEHPK3PXPJBSWY3DP"}});
    const Judged judged = lab.site.judged(resetLinkCheck(), run);
    QVERIFY2(judged.outcome == Outcome::NotRun && judged.reason.contains("one_time_code"_L1), qPrintable(told(judged)));
    QVERIFY(!judged.reason.contains("JBSWY3DPEHPK3PXP"_L1));
    QCOMPARE(run.gate->sentBy(u"access.reset-link"_s), 0);
}

void TestOneTimeCode::endsWhenStopped()
{
    std::atomic_bool isEnding = false;
    HostileSite site([&](const PageRequest &, int) {
        isEnding.wait(false);
        return saying(200, "{}");
    });
    useCodeRoutes(site, true, true);
    AttackRun run = site.newRun(kHandedIn);
    const StoppedLook stopped = stoppedLook([&] { return site.count > 0; }, [&] { run.token.cancel(); },
                                            [&] { return site.judged(resetLinkCheck(), run); });
    const Judged &judged = stopped.judged;
    isEnding = true;
    isEnding.notify_all();
    QVERIFY2(stopped.problem().isEmpty(), qPrintable(stopped.problem()));
    QVERIFY2(judged.outcome == Outcome::NotRun, qPrintable(told(judged)));
    QCOMPARE(run.gate->sentBy(u"access.reset-link"_s), 1);
}

QTEST_GUILESS_MAIN(TestOneTimeCode)
#include "tst_onetimecode.moc"
