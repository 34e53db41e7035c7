// What a look at ways around a refusal says of what it left out, and where the next one begins.
#include "checks/access/bypassleft.h"
#include "checks/access/bypassowed.h"
#include "checks/access/methodtampering.h"
#include "tests/checks/access/accesslab.h"
#include "tests/checks/access/bypassscene.h"
#include "tests/checks/access/liarrows.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QString kId = u"access.method-tampering"_s;

} // namespace

class TestBypassLeft : public QObject
{
    Q_OBJECT

private slots:
    void saysWhatWasLeft_data();
    void saysWhatWasLeft();
    void takesTurns();
};

void TestBypassLeft::saysWhatWasLeft_data()
{
    QTest::addColumn<QStringList>("unmarked"); // codes
    QTest::addColumn<int>("addresses");        // left out
    QTest::addColumn<QStringList>("said");
    const QString address = u"private address"_s;
    const QString method = u"A method named in a header"_s;
    const QString change = u"A change in disguise"_s;
    const QString body = u"A body of another kind"_s;
    QTest::newRow("nothing") << QStringList() << 0 << QStringList();
    QTest::newRow("45 addresses") << QStringList() << 45 << QStringList{u"45 more "_s + address};
    QTest::newRow("a method in a header") << QStringList{u"method_override"_s} << 0 << QStringList{method};
    QTest::newRow("all changes") << QStringList{u"override_writes"_s, u"content_type_swap"_s} << 0
                                 << QStringList{change};
    QTest::newRow("another kind") << QStringList{u"content_type_swap"_s} << 0 << QStringList{body};
    QTest::newRow("a method, and addresses")
        << QStringList{u"method_override"_s} << 2 << QStringList{method, u"2 more "_s + address};
}

// Beside a pass, which the ways that were tried earn.
void TestBypassLeft::saysWhatWasLeft()
{
    QFETCH(QStringList, unmarked);
    QFETCH(int, addresses);
    QFETCH(QStringList, said);
    BypassLook look;
    look.targets = {adminsAddress(u"/users"_s)};
    BypassTry tried{.way = {u"semicolon"_s, u"a semicolon"_s, {}}};
    tried.way.request.method = "GET";
    tried.way.request.url = QUrl(u"https://api.example.com/users;x"_s);
    tried.answer = answer(404, "Content-Type: application/json", "{}");
    look.tries = {tried};
    for (const QString &code : unmarked)
        look.unsent.push_back({.hides = {{.subject = {}, .code = code}}, .isSlight = true});
    QStringList left;
    for (int i = 0; i < addresses; ++i) {
        left.append(u"GET /private/%1"_s.arg(i));
        look.gaps.push_back({left.back(), BypassGap::Why::LeftOut});
    }
    look.gaps.push_back({u"GET /nobody"_s, BypassGap::Why::NotAsked});
    const Judged judged = judgeMethodTampering(look);
    QCOMPARE(judged.outcome, Outcome::Pass);
    for (const QString &one : said)
        QVERIFY2(judged.summary.contains(one), qPrintable(judged.summary));
    QCOMPARE(judged.summary.count(u"not tried"_s), said.size());
    QCOMPARE(leftOutBy(judged.observed), left);
    QCOMPARE(leftOutBy(withOwed(notRun(u"Nobody could sign in."_s), judged.observed).observed), left);
}

// One look takes two addresses of administrators.
void TestBypassLeft::takesTurns()
{
    ShopRun run({}, 500);
    run.keepRoutes({u"/api/me"_s});
    run.facts.routes.clear();
    for (const char *name : {"a", "b", "c", "d", "e"})
        run.facts.routes.push_back(Route{
            .method = u"GET"_s, .path = u"/api/admin/"_s + QString::fromLatin1(name), .access = AccessClass::Admin});
    ShopApi &shop = run.shop.shop();
    const auto asUsers = [&shop](const PageRequest &request) -> std::optional<PageReply> {
        PageRequest meant = request;
        if (request.path().size() != qsizetype(sizeof "/api/admin/a") - 1 || !request.path().startsWith("/api/admin/"))
            return std::nullopt;
        meant.target = "/api/admin/users";
        return shop.answer(meant);
    };
    QStringList tried;
    for (int look = 0; look < 3; ++look) {
        run.lie(asUsers, 500);
        const Judged judged = run.run(methodTamperingCheck());
        QVERIFY2(judged.summary.contains(u"3 more private address"_s), qPrintable(toldBy(judged)));
        for (const QJsonValue target : judged.observed.value("targets"_L1).toArray())
            tried.append(target["route"_L1].toString().right(1));
        run.facts.observedBefore[kId] = judged.observed;
    }
    QCOMPARE(tried.join(u' '), u"a b c d e a"_s);
}

QTEST_GUILESS_MAIN(TestBypassLeft)
#include "tst_bypassleft.moc"
