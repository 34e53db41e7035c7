// Which beginnings of a sign-in by another service are tried, and what is said of the others.
#include "checks/access/loginflow.h"
#include "checks/access/oauthfindings.h"
#include "checks/actors/signinparts.h"
#include "models/unseen.h"
#include "tests/checks/access/oauthproduct.h"
#include "tests/checks/stoppedlook.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QString kId = u"access.login-flow"_s;
const QUrl kPage(u"https://app.example.com/login"_s);

QString toldIn(const Judged &judged)
{
    return said(judged) + u" | "_s + judged.reason + u" | "_s +
           QString::fromUtf8(QJsonDocument(judged.observed).toJson(QJsonDocument::Compact)).left(4000);
}

// "/auth/okta:not_pressed", sorted.
QStringList notTriedIn(const Judged &judged)
{
    QStringList rows;
    for (const QJsonValue row : judged.observed["oauth_not_tried"_L1].toArray())
        rows.append(u'/' + row["where"_L1].toString().section(u'/', 1) + u':' + row["why"_L1].toString());
    rows.sort();
    return rows;
}

bool isHidden(const Judged &judged, const QString &subject, const QString &code)
{
    CheckResult result{.checkId = kId, .outcome = Outcome::Info};
    result.observed = judged.observed;
    Finding finding;
    finding.checkId = kId;
    finding.code = code;
    finding.subject = subject;
    return !hasSeen(result, finding);
}

} // namespace

class TestOAuthStarts : public QObject
{
    Q_OBJECT

private slots:
    void takesAWordForOneRole_data();
    void takesAWordForOneRole();
    void readsForms_data();
    void readsForms();
    void pressesNoOtherForm_data();
    void pressesNoOtherForm();
    void triesFurtherOnes();
    void saysWhatWasNotTried_data();
    void saysWhatWasNotTried();
    void saysThatAPageWasSilent();
    void knowsNoStateOfOneVisitor();
    void readsCodeOnce_data();
    void readsCodeOnce();
    void keepsReadingShort();
};

void TestOAuthStarts::takesAWordForOneRole_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char *path, bool expected) {
        QTest::newRow(path) << QString::fromLatin1(path) << expected;
    };
    row("/auth/sso", true);
    row("/sso/login", true);
    row("/oauth/authorize", true);
    row("/login?provider=oidc", true);
    row("/features/sso", false);
    row("/api/v1/oauth/clients", false);
    row("/oidc", false);
    row("/enterprise/sso/request", false);
    row("/sso/sso", false);
}

void TestOAuthStarts::takesAWordForOneRole()
{
    QFETCH(QString, path);
    QTEST(looksLikeOAuthStart(kPage.resolved(QUrl(path))), "expected");
}

void TestOAuthStarts::readsForms_data()
{
    QTest::addColumn<QByteArray>("html");
    QTest::addColumn<QString>("expected"); // the hidden fields, and "+" for one to fill in
    const auto row = [](const char *name, const char *html, const char *expected) {
        QTest::newRow(name) << QByteArray(html) << QString::fromLatin1(expected);
    };
    row("a button", "<form action=/go><input type=hidden name=t value=1><button>G</button></form>", "t");
    row("a box to tick", "<form action=/go><input type=checkbox name=keep><input type=submit></form>", "");
    row("an address to type", "<form action=/go><input type=email name=mail></form>", "+");
    row("a field without a type", "<form action=/go><input name=company></form>", "+");
    row("a text", "<form action=/go><textarea name=x></textarea></form>", "+");
    row("a choice", "<form action=/go><select name=plan><option>1</select></form>", "+");
    row("a field elsewhere", "<form id=f action=/go><button>G</button></form><input name=mail form=f>", "+");
    row("a field of another form", "<form action=/go></form><form action=/other><input name=q></form>", "");
    row("two that send there", "<form action=/go></form><form action=/go><input name=q></form>", "+");
    row("none", "<form action=/other></form>", "none");
    row("garbage", "<form", "none");
}

void TestOAuthStarts::readsForms()
{
    QFETCH(QByteArray, html);
    const auto form = formFieldsFor(html, kPage, kPage.resolved(QUrl(u"/go"_s)));
    QStringList words;
    for (const HiddenField &field : form ? form->hidden : std::vector<HiddenField>())
        words.append(field.name);
    if (!form || form->isFilledIn)
        words.append(form ? u"+"_s : u"none"_s);
    QTEST(words.join(u' '), "expected");
}

void TestOAuthStarts::pressesNoOtherForm_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<bool>("isMarked");
    QTest::addColumn<int>("pressed");
    const QByteArray mail = "<input name=email>";
    QTest::newRow("a company's button") << QByteArray("/auth/okta") << QByteArray() << false << 2;
    QTest::newRow("with something to type") << QByteArray("/auth/okta") << mail << false << 0;
    QTest::newRow("a request for a demo") << QByteArray("/connect/sso/demo") << QByteArray() << false << 0;
    QTest::newRow("marked as safe") << QByteArray("/connect/sso") << mail << true << 2;
}

// A form may do anything; what was sent is said in the log as a change.
void TestOAuthStarts::pressesNoOtherForm()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, field);
    QFETCH(bool, isMarked);
    QFETCH(int, pressed);
    OAuthProduct product(OAuthFault::None);
    product.lab().on("GET", "/login",
                     page("<form method=post action=" + path + ">" + field + "<button>S</button></form>"));
    product.lab().on("POST", path, [](const WebRequest &) {
        return redirectTo("https://id.elsewhere.example/authorize?client_id=a&response_type=code&state=1");
    });
    ProjectFacts facts;
    facts.actors = {product.actor()};
    Route route;
    route.method = u"POST"_s;
    route.path = QString::fromLatin1(path);
    route.safeToWrite = true;
    if (isMarked)
        facts.routes = {route};
    AttackRun run = product.run();
    const Judged judged = run.run(loginFlowCheck(), targetOf({product.lab().host()}), facts);
    int posts = 0;
    for (const LoggedRequest &request : run.gate->log()) {
        const bool isPost = request.method == "POST"_L1;
        posts += isPost ? 1 : 0;
        QCOMPARE(request.note.contains("may change data"_L1), isPost);
    }
    QVERIFY2(posts == pressed, qPrintable(toldIn(judged)));
    const QString told = QString::fromLatin1(path) + u":not_pressed"_s;
    QVERIFY2(notTriedIn(judged).contains(told) == (pressed == 0), qPrintable(toldIn(judged)));
}

// The first candidates are none, and the true one comes last.
void TestOAuthStarts::triesFurtherOnes()
{
    OAuthProduct product(OAuthFault::NoState);
    product.lab().on("GET", "/login",
                     page("<a href=/auth/google/pricing>1</a><a href=/auth/github/about>2</a>"
                          "<a href=/auth/slack/team>3</a><a href=/auth/apple/x>4</a><a href=/auth/oidc>5</a>"));
    product.lab().on("GET", "/auth/slack/team", page("<h1>Slack</h1>"));
    AttackRun run = product.run();
    const Judged judged = product.judged(loginFlowCheck(), run);
    QVERIFY2(said(judged) == "oauth_no_state:medium"_L1, qPrintable(toldIn(judged)));
    QCOMPARE(notTriedIn(judged), QStringList{u"/auth/slack/team:led_nowhere"_s}); // the others are not there
    QVERIFY(run.gate->sentBy(kId) <= kOAuthPageReads + kOAuthCeiling);
    QVERIFY(isHidden(judged, u"/auth/slack/team"_s, u"oauth_no_state"_s));
}

void TestOAuthStarts::saysWhatWasNotTried_data()
{
    using enum OAuthGap;
    QTest::addColumn<OAuthGap>("why");
    QTest::addColumn<bool>("isOfPage"); // any finding about sign-ins by others may be behind it
    QTest::newRow("no requests") << NoRequests << false;
    QTest::newRow("not pressed") << NotPressed << false;
    QTest::newRow("led nowhere") << LedNowhere << false;
    QTest::newRow("not covered") << NotCovered << false;
    QTest::newRow("silent") << Silent << true;
    QTest::newRow("not read") << NotRead << true;
}

// Beside an account's own sign-in that was seen in full.
void TestOAuthStarts::saysWhatWasNotTried()
{
    QFETCH(OAuthGap, why);
    QFETCH(bool, isOfPage);
    OAuthLook look;
    look.notTried = {{QUrl(u"https://app.example.com/auth/sso"_s), why}};
    const Judged judged = withOAuth(Judged(), look);
    QCOMPARE(judged.outcome, Outcome::Info);
    QVERIFY2(judged.reason.contains("/auth/sso"_L1), qPrintable(judged.reason));
    QVERIFY(isHidden(judged, u"/auth/sso"_s, u"oauth_no_state"_s));
    QCOMPARE(isHidden(judged, u"/auth/google"_s, u"oauth_no_state"_s), isOfPage);
    QVERIFY(!isHidden(judged, {}, u"wrong_password"_s));
    // Of a sign-in that could not be had nothing was seen.
    QCOMPARE(withOAuth(notRun(u"No account."_s), look).outcome, Outcome::NotRun);
}

void TestOAuthStarts::saysThatAPageWasSilent()
{
    OAuthProduct product(OAuthFault::NoState);
    product.lab().on("GET", "/login", WebAnswer{.status = 503, .body = "later"});
    AttackRun run = product.run();
    const Judged judged = product.judged(loginFlowCheck(), run);
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QVERIFY2(notTriedIn(judged) == QStringList{u"/login:silent"_s}, qPrintable(toldIn(judged)));
    QVERIFY2(judged.reason.contains("/login"_L1), qPrintable(judged.reason));
}

void TestOAuthStarts::knowsNoStateOfOneVisitor()
{
    OAuthSeen seen;
    seen.start = {.origin = OAuthOrigin::Script, .page = kPage, .url = {}};
    seen.told = authorizationRequestIn(QUrl(u"https://id.example.org/authorize?client_id=a&state=fixed"_s));
    OAuthLook look;
    look.starts = {seen};
    const Judged judged = withOAuth(Judged(), look);
    QCOMPARE(judged.observed["oauth"_L1][0]["state"_L1].toString(), u"unknown"_s);
}

void TestOAuthStarts::readsCodeOnce_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("expected"); // paths
    QTest::addColumn<bool>("isCut");
    QTest::newRow("two in a line") << QByteArray("a(\"/auth/google\",'/auth/github')") << u"/auth/google /auth/github"_s
                                   << false;
    QTest::newRow("after one that is none") << QByteArray("// the/sso way\nb('/auth/sso')") << u"/auth/sso"_s << false;
    QTest::newRow("not closed on its line") << QByteArray("a('/auth/sso\n')") << QString() << false;
    QTest::newRow("endless") << QByteArray("/sso").repeated(2 * 1024 * 1024) << QString() << true;
    QTest::newRow("endless between quotes") << QByteArray("'/sso/x y'").repeated(800 * 1024) << QString() << true;
}

// A hostile script holds nobody: a bounded number of places is looked at, whatever it says, and Stop is heard at each.
void TestOAuthStarts::readsCodeOnce()
{
    QFETCH(QByteArray, code);
    QFETCH(bool, isCut);
    int places = 0;
    const PageStarts found = pageStarts(HtmlPage(), kPage, {code}, [&] {
        ++places;
        return false;
    });
    QVERIFY2(places <= 600, qPrintable(QString::number(places)));
    QStringList paths;
    for (const OAuthStart &one : found.starts)
        paths.append(one.url.path());
    QTEST(paths.join(u' '), "expected");
    QCOMPARE(found.isCut, isCut);
}

// Once the run is over no further place is looked at; and no page has endless beginnings.
void TestOAuthStarts::keepsReadingShort()
{
    int asked = 0;
    const PageStarts stopped = pageStarts(HtmlPage(), kPage, {"a('/auth/google');b('/auth/github')"}, [&] {
        ++asked;
        return true;
    });
    QVERIFY(stopped.starts.empty() && stopped.isCut);
    QVERIFY(asked > 0 && asked < 20);
    HtmlPage page;
    for (int i = 0; i < 5000; ++i)
        page.links.push_back(kPage.resolved(QUrl(u"/auth/google/%1"_s.arg(i))));
    const PageStarts many = pageStarts(page, kPage, {}, {});
    QVERIFY(many.isCut);
    QCOMPARE(many.starts.size(), kMostStartsOfPage);
}

QTEST_GUILESS_MAIN(TestOAuthStarts)
#include "tst_oauthstarts.moc"
