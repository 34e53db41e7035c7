// What an address says to the one who may, and to those who may not, that is neither a good answer nor a refusal: no
// way around it was tried, and what an earlier look found there may still be open.
#include "checks/access/bypassowed.h"
#include "checks/access/methodtampering.h"
#include "tests/checks/access/accesslab.h"
#include "tests/checks/access/bypassscene.h"
#include "tests/checks/access/liarrows.h"
#include "tests/checks/earlierfinding.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QString kId = u"access.method-tampering"_s;
const QByteArray kUsers = "/api/admin/users";
const QByteArray kInvoice = "/api/invoices/1";

PageReply json(int status, const QByteArray &body)
{
    return {.status = status, .contentType = "application/json", .body = body};
}

// Two addresses of administrators: where the way was found, and one that refuses in every way.
class TwoAddresses
{
public:
    explicit TwoAddresses(const QString &path) : m_path(path)
    {
        run.keepRoutes({u"/api/me"_s});
        run.facts.routes = {
            Route{
                .method = u"GET"_s, .path = path, .access = AccessClass::Admin, .seen = QString::fromLatin1(kInvoice)},
            Route{.method = u"GET"_s, .path = u"/api/admin/reports"_s, .access = AccessClass::Admin}};
        host = QString::fromLatin1(run.shop.shop().apiHost());
    }

    // At the first one as the liar says, at the second as at the shop's list of users.
    Judged lookWith(const Liar &atFirst, const QString &role = {})
    {
        run.lie(
            [this, atFirst](const PageRequest &request) -> std::optional<PageReply> {
                if (request.path() == kUsers || request.path() == kInvoice) {
                    if (auto lied = atFirst(request))
                        return lied;
                }
                if (atTheWay && request.path() == kUsers + '/')
                    return atTheWay(request);
                PageRequest meant = request;
                if (meant.path() == "/api/admin/reports" || meant.path() == kInvoice)
                    meant.target = kUsers;
                return run.shop.shop().answer(meant);
            },
            500);
        if (wasFound)
            run.facts.observedBefore[kId] =
                earlierTries({{.host = host, .route = u"GET "_s + m_path, .role = role, .path = u"/somewhere/"_s}});
        return run.run(methodTamperingCheck());
    }

    ShopRun run;
    QString host;
    Liar atTheWay;        // with a slash at the end of the first one
    bool wasFound = true; // a way, by an earlier look

private:
    QString m_path;
};

} // namespace

class TestBypassTold : public QObject
{
    Q_OBJECT

private slots:
    void asksTheOneWhoMay_data();
    void asksTheOneWhoMay();
    void asksThoseWhoMayNot_data();
    void asksThoseWhoMayNot();
    void triesTheWayWhereTheProductFilters_data();
    void triesTheWayWhereTheProductFilters();
    void saysWhatWasNotTold_data();
    void saysWhatWasNotTold();
    void hasSomethingToTryBehindALogin();
};

void TestBypassTold::asksTheOneWhoMay_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<PageReply>("reply");
    QTest::addColumn<bool>("isClosed");
    const QString plain = QString::fromLatin1(kUsers);
    const QString item = u"/api/invoices/{id}"_s;
    const auto row = [](const char *name, const QString &path, const PageReply &reply, bool isClosed) {
        QTest::newRow(name) << path << reply << isClosed;
    };
    const PageReply toLogin{.status = 302, .contentType = "text/html", .headers = {{"Location", "/login"}}};
    const PageReply login{.status = 200,
                          .contentType = "text/html",
                          .body = "<title>Sign in</title><form method=post action=/login><input name=email>"
                                  "<input type=password name=password><button>Sign in</button></form>"};
    row("sent to a second sign-in", plain, toLogin, false);
    row("shown where to sign in", plain, login, false);
    row("an error in words", plain, json(200, R"({"error":"not permitted"})"), false);
    row("no good request", plain, json(400, "{}"), false);
    row("forbidden", plain, json(403, "{}"), false);
    row("another method", plain, json(405, "{}"), false);
    row("not found, or hidden from an account that lost its role", plain, json(404, "{}"), false);
    row("gone for good", plain, json(410, "{}"), true);
    row("the one record of it is gone", item, json(404, "{}"), false);
}

// Another address refuses in every way, so that the look would pass.
void TestBypassTold::asksTheOneWhoMay()
{
    QFETCH(QString, path);
    QFETCH(PageReply, reply);
    QFETCH(bool, isClosed);
    TwoAddresses at(path);
    const Judged judged = at.lookWith([&](const PageRequest &) { return std::optional(reply); });
    QVERIFY2(judged.outcome == (isClosed ? Outcome::Pass : Outcome::Info), qPrintable(toldBy(judged)));
    QVERIFY2(closes(judged, {.code = u"trailing_slash"_s, .host = at.host}) == isClosed, qPrintable(toldBy(judged)));
    QCOMPARE(judged.reason.contains(u"GET "_s + path), !isClosed);
    QCOMPARE(at.run.gate->sentBy(kId), judged.observed.value("sent"_L1).toInt());
}

void TestBypassTold::asksThoseWhoMayNot_data()
{
    QTest::addColumn<bool>("isOfAccount"); // the way that was found
    QTest::addColumn<QByteArray>("body");  // that a stranger and an ordinary account get; empty: the shop's refusal
    QTest::addColumn<bool>("isClosed");
    QTest::newRow("an empty list for strangers") << false << QByteArray("[]") << true;
    QTest::newRow("an empty list for a member") << true << QByteArray("[]") << true;
    QTest::newRow("what the administrator gets") << false << QByteArray("as the administrator") << true;
    QTest::newRow("what the administrator gets, for a member") << true << QByteArray("as the administrator") << true;
    QTest::newRow("refused in every way") << false << QByteArray() << true;
    QTest::newRow("refused to a member in every way") << true << QByteArray() << true;
}

void TestBypassTold::asksThoseWhoMayNot()
{
    QFETCH(bool, isOfAccount);
    QFETCH(QByteArray, body);
    QFETCH(bool, isClosed);
    TwoAddresses at(QString::fromLatin1(kUsers));
    ShopApi &shop = at.run.shop.shop();
    const auto asAdmin = [&shop](PageRequest request) {
        request.headers["authorization"] = "Bearer " + shop.tokenWith(shop.account(kBirch, u"admin"_s));
        return shop.answer(request);
    };
    const Judged judged = at.lookWith(
        [&](const PageRequest &request) -> std::optional<PageReply> {
            const PageReply real = shop.answer(request);
            if (real.status < 400 || body.isEmpty())
                return std::nullopt;
            return body == "[]" ? json(200, body) : asAdmin(request);
        },
        isOfAccount ? u"member"_s : QString());
    QVERIFY2(closes(judged, {.code = u"trailing_slash"_s, .host = at.host}) == isClosed, qPrintable(toldBy(judged)));
    QCOMPARE(judged.reason.contains(u"not tried again there"_s), !isClosed);
}

void TestBypassTold::triesTheWayWhereTheProductFilters_data()
{
    QTest::addColumn<bool>("isOfAccount");
    QTest::addColumn<int>("atTheWay"); // 1: the administrator's list; 0: an empty one; else a status
    QTest::addColumn<bool>("isFound");
    QTest::addColumn<bool>("isClosed");
    for (const bool isOfAccount : {false, true}) {
        const auto row = [&](const char *name, int atTheWay, bool isFound, bool isClosed) {
            QTest::addRow("%s: %s", isOfAccount ? "a member" : "a stranger", name)
                << isOfAccount << atTheWay << isFound << isClosed;
        };
        row("all of the list", 1, true, true); // told
        row("an empty list as well", 0, false, true);
        row("a refusal", 404, false, true);
        row("an error", 503, false, false);
    }
}

// What was refused is an empty list now, for whoever may see nothing of it; the way around may lead to all of it.
void TestBypassTold::triesTheWayWhereTheProductFilters()
{
    QFETCH(bool, isOfAccount);
    QFETCH(int, atTheWay);
    QFETCH(bool, isFound);
    QFETCH(bool, isClosed);
    TwoAddresses at(QString::fromLatin1(kUsers));
    ShopApi &shop = at.run.shop.shop();
    const QByteArray admins = "Bearer " + shop.tokenWith(shop.account(kBirch, u"admin"_s));
    at.atTheWay = [&, admins](PageRequest request) -> std::optional<PageReply> {
        if (atTheWay > 1)
            return json(atTheWay, "{}");
        request.target = kUsers;
        const PageReply real = shop.answer(request);
        if (real.status >= 400 && atTheWay == 0)
            return json(200, "[]");
        request.headers["authorization"] = admins;
        return shop.answer(request);
    };
    const Judged judged = at.lookWith(
        [&](const PageRequest &request) -> std::optional<PageReply> {
            return shop.answer(request).status < 400 ? std::nullopt : std::optional(json(200, "[]"));
        },
        isOfAccount ? u"member"_s : QString());
    QVERIFY2(codesOf(judged).contains(u"trailing_slash"_s) == isFound, qPrintable(toldBy(judged)));
    QVERIFY2(closes(judged, {.code = u"trailing_slash"_s, .host = at.host}) == isClosed, qPrintable(toldBy(judged)));
    if (isFound) {
        const auto ofWay = std::ranges::find(judged.findings, u"trailing_slash"_s, &Finding::code);
        QCOMPARE(ofWay->whatWeSaw.contains("less than those who may see it"_L1), true);
    }
    QCOMPARE(at.run.gate->sentBy(kId), judged.observed.value("sent"_L1).toInt());
}

void TestBypassTold::saysWhatWasNotTold_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("a read that wants a parameter") << 400 << Outcome::Pass;
    QTest::newRow("an address for another method") << 405 << Outcome::Pass;
    QTest::newRow("gone") << 404 << Outcome::Pass;
    QTest::newRow("forbidden to the one who may") << 403 << Outcome::Info;
    QTest::newRow("broken") << 500 << Outcome::Info;
}

// Where nothing was found before, an address that cannot be asked as it stands takes no pass away.
void TestBypassTold::saysWhatWasNotTold()
{
    QFETCH(int, status);
    TwoAddresses at(QString::fromLatin1(kUsers));
    at.wasFound = false;
    const Judged judged = at.lookWith([&](const PageRequest &) { return std::optional(json(status, "{}")); });
    QTEST(judged.outcome, "outcome");
    QCOMPARE(judged.reason.contains(u"GET /api/admin/users"_s), judged.outcome == Outcome::Info);
}

// Nothing could be tried, and there was something to try.
void TestBypassTold::hasSomethingToTryBehindALogin()
{
    ShopRun run;
    run.keepRoutes({u"/api/admin/users"_s});
    run.lie(always(302, "text/html", {}, {{"Location", "/login"}}), 500);
    for (TestActor &actor : run.facts.actors)
        actor.whoAmIUrl.clear();
    const Judged judged = run.run(methodTamperingCheck());
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QVERIFY(!judged.hasNothingToTry);
    QVERIFY2(judged.reason.contains(u"GET /api/admin/users"_s), qPrintable(judged.reason));
}

QTEST_GUILESS_MAIN(TestBypassTold)
#include "tst_bypasstold.moc"
