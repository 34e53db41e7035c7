#include "tests/checks/access/enumerationscene.h"

#include <QTest>

#include <mutex>
#include <set>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

// The address of mail in a body of JSON.
QByteArray mailIn(const PageRequest &request)
{
    const qsizetype at = request.body.indexOf('@');
    const qsizetype start = request.body.lastIndexOf('"', at) + 1;
    return at < 0 ? QByteArray() : request.body.mid(start, request.body.indexOf('"', at) - start);
}

// Of a site with that route alone beside the login.
void keepRoute(HostileSite &site, const QString &path)
{
    std::erase_if(site.facts.routes, [&](const Route &route) { return route.path != path; });
    std::erase_if(site.facts.samples, [&](const RouteSample &sample) { return sample.path != path; });
}

QJsonObject entryOfKind(const Judged &judged, const QString &kind)
{
    for (const QJsonValue &one : judged.observed["entries"_L1].toArray()) {
        if (one["kind"_L1] == kind)
            return one.toObject();
    }
    return {};
}

} // namespace

class TestEnumerationEntries : public QObject
{
    Q_OBJECT

private slots:
    void asksOtherEntries_data();
    void asksOtherEntries();
    void asksForNoLinkWithoutTheMark();
    void makesFewAccountsAndNamesThem();
    void blamesNoRefusedDomain_data();
    void blamesNoRefusedDomain();
    void asksForUnknownNamesAsOften();
    void seesABlockThatAnswersAllAlike();
    void seesThroughNoise_data();
    void seesThroughNoise();
    void asksForAccountsInAState_data();
    void asksForAccountsInAState();
    void takesTurns();
    void asksForFewNewNames_data();
    void asksForFewNewNames();
    void comparesNothingThatTellsNothing_data();
    void comparesNothingThatTellsNothing();
};

// Sign-up without a letter to confirm: each new address is an account.
void TestEnumerationEntries::makesFewAccountsAndNamesThem()
{
    std::mutex guard;
    std::set<QByteArray> made;
    HostileSite site([&](const PageRequest &request, int) -> std::optional<PageReply> {
        if (request.path() != "/sign-up")
            return std::nullopt;
        const std::lock_guard lock(guard);
        const bool isNew = mailIn(request) != "sam@acme.test" && made.insert(mailIn(request)).second;
        return isNew ? saying(201, R"({"status":"welcome"})") : saying(409, R"({"error":"has_an_account"})");
    });
    QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
    keepRoute(site, u"/sign-up"_s);
    AttackRun run = site.newRun();
    const Judged judged = site.judged(enumerationCheck(alikeTime), run);
    QVERIFY2(found(judged) == QStringList{u"tells_by_answer POST /sign-up"_s}, qPrintable(told(judged)));
    QCOMPARE(made.size(), std::size_t(kMostNewNames));
    QCOMPARE(entryOfKind(judged, u"sign_up"_s)["made"_L1].toArray().size(), kMostNewNames);
    for (const QByteArray &address : made)
        QVERIFY2(judged.reason.contains(QString::fromUtf8(address)), qPrintable(judged.reason));
}

// A link to sign in with, which may make an account, and the question how somebody signs in, of which nothing stays.
void TestEnumerationEntries::asksOtherEntries_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("status"); // of a name that nobody has
    QTest::addColumn<bool>("tells");
    QTest::newRow("a link, the same for all") << u"/magic-link"_s << u"magic_link"_s << 200 << false;
    QTest::newRow("a link, for accounts alone") << u"/magic-link"_s << u"magic_link"_s << 404 << true;
    QTest::newRow("a link, not to our domain") << u"/magic-link"_s << u"magic_link"_s << 422 << false;
    QTest::newRow("a way to sign in, by the domain") << u"/sso/discover"_s << u"discovery"_s << 200 << false;
    QTest::newRow("a way to sign in, by the account") << u"/sso/discover"_s << u"discovery"_s << 404 << true;
}

void TestEnumerationEntries::asksOtherEntries()
{
    QFETCH(QString, path);
    QFETCH(QString, kind);
    QFETCH(int, status);
    QFETCH(bool, tells);
    const bool isLink = kind == "magic_link"_L1;
    std::mutex guard;
    std::set<QByteArray> strangers;
    HostileSite site([&](const PageRequest &request, int) -> std::optional<PageReply> {
        if (request.path() != path.toLatin1())
            return saying(404, R"({"error":"not_found"})");
        if (mailIn(request) == "sam@acme.test")
            return saying(200, R"({"next":"look_at_your_mail"})");
        const std::lock_guard lock(guard);
        strangers.insert(mailIn(request));
        return status == 200 ? saying(200, R"({"next":"look_at_your_mail"})")
                             : saying(status, R"({"error":"not_for_you"})");
    });
    QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
    Route route = site.facts.routes.front();
    route.path = path;
    route.safeToWrite = isLink;
    site.facts.routes = {route};
    putSample(site.facts, path, site.host, "application/json", R"({"email":"person@example.com"})");
    AttackRun run = site.newRun();
    const Judged judged = site.judged(enumerationCheck(alikeTime), run);
    const QStringList expected = tells ? QStringList{u"tells_by_answer POST "_s + path} : QStringList();
    QVERIFY2(found(judged) == expected, qPrintable(told(judged)));
    const QJsonObject entry = entryOfKind(judged, kind);
    QVERIFY2(entry["known"_L1].toInt() >= kFewestKnown || status == 422, qPrintable(told(judged)));
    QVERIFY2(entry["not_tested"_L1].toString().contains("422"_L1) == (status == 422), qPrintable(told(judged)));
    if (!isLink)
        return;
    QCOMPARE(strangers.size(), std::size_t(kMostNewNames));
    QCOMPARE(entry["made"_L1].toArray().size(), status == 200 ? kMostNewNames : 0);
    for (const QByteArray &stranger : strangers) {
        QVERIFY2(stranger.endsWith("@example.com"), stranger.constData()); // takes no mail
        QCOMPARE(judged.reason.contains(QString::fromUtf8(stranger)), status == 200);
    }
}

// Whoever asks for a link to sign in with may get an account by it.
void TestEnumerationEntries::asksForNoLinkWithoutTheMark()
{
    std::atomic_int asked = 0;
    HostileSite site([&](const PageRequest &request, int) -> std::optional<PageReply> {
        asked += request.path().startsWith("/magic-link") ? 1 : 0;
        return std::nullopt;
    });
    QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
    Route route = site.facts.routes.front();
    route.path = u"/magic-link"_s;
    route.safeToWrite = false;
    site.facts.routes = {route};
    putSample(site.facts, route.path, site.host, "application/json", R"({"email":"person@example.com"})");
    AttackRun run = site.newRun();
    const Judged judged = site.judged(enumerationCheck(alikeTime), run);
    QVERIFY2(entryOfKind(judged, u"magic_link"_s)["not_tested"_L1].toString().contains("safe to write"_L1),
             qPrintable(told(judged)));
    QCOMPARE(asked.load(), 0);
}

void TestEnumerationEntries::blamesNoRefusedDomain_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("says so") << 422;
    QTest::newRow("sends back to the form") << 302;
}

// No mail goes to example.com, and a product that looks refuses its addresses whoever has an account.
void TestEnumerationEntries::blamesNoRefusedDomain()
{
    QFETCH(int, status);
    HostileSite site([status](const PageRequest &request, int) -> std::optional<PageReply> {
        if (request.path() != "/sign-up")
            return std::nullopt;
        const bool isRefusedDomain = mailIn(request).endsWith("@example.com");
        if (status == 302) {
            PageReply reply{.status = 302};
            reply.add("Location", isRefusedDomain ? "/sign-up?error=domain" : "/sign-up?error=has_an_account");
            return reply;
        }
        return isRefusedDomain ? std::optional(saying(422, R"({"error":"this_domain_takes_no_mail"})")) : std::nullopt;
    });
    QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
    keepRoute(site, u"/sign-up"_s);
    AttackRun run = site.newRun();
    const Judged judged = site.judged(enumerationCheck(alikeTime), run);
    QVERIFY2(judged.findings.empty(), qPrintable(told(judged)));
    const QJsonObject entry = entryOfKind(judged, u"sign_up"_s);
    QVERIFY2(entry["not_tested"_L1].toString().contains(QString::number(status)), qPrintable(told(judged)));
    // The way back to the form may be a welcome: what may have been made is named.
    const QJsonArray made = entry["made"_L1].toArray();
    QCOMPARE(made.size(), status == 302 ? kMostNewNames : 0);
    for (const QJsonValue &address : made)
        QVERIFY2(judged.reason.contains(address.toString()), qPrintable(judged.reason));
}

// Each wrong password for a name makes the next one slower, whether or not somebody has it.
void TestEnumerationEntries::asksForUnknownNamesAsOften()
{
    std::mutex guard;
    std::map<QByteArray, int> tries;
    int took = 0; // the last answer, in milliseconds
    HostileSite site([&](const PageRequest &request, int) -> std::optional<PageReply> {
        if (request.path() != "/login" || request.body.contains("the-right-password"))
            return std::nullopt;
        const std::lock_guard lock(guard);
        took = 2 * tries[mailIn(request)]++;
        return std::nullopt;
    });
    const auto timeOf = [&](const HttpResponse &) {
        const std::lock_guard lock(guard);
        return static_cast<double>(took);
    };
    QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
    keepRoute(site, {});
    AttackRun run = site.newRun();
    const Judged judged = site.judged(enumerationCheck(timeOf), run);
    QVERIFY2(isClean(judged), qPrintable(told(judged)));
    QCOMPARE(entryOfKind(judged, u"login"_s)["time"_L1]["pairs"_L1].toInt(), kTimedPairs);
    std::map<QByteArray, int> often = tries;
    std::erase_if(often, [](const auto &one) { return one.second < kWrongForThrowAway; });
    QCOMPARE(often.size(), std::size_t(2)); // the account, and a name that nobody has
}

// After a few wrong passwords everything gets the same refusal, the right one as well.
void TestEnumerationEntries::seesABlockThatAnswersAllAlike()
{
    std::atomic_int wrongOnes = 0;
    HostileSite site([&](const PageRequest &request, int) -> std::optional<PageReply> {
        if (request.path() != "/login")
            return std::nullopt;
        if (!request.body.contains("the-right-password"))
            ++wrongOnes;
        return wrongOnes > 1 ? std::optional(saying(401, R"({"error":"sign_in_failed"})")) : std::nullopt;
    });
    QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
    keepRoute(site, {});
    AttackRun run = site.newRun();
    const Judged judged = site.judged(enumerationCheck(alikeTime), run);
    QVERIFY2(judged.outcome == Outcome::NotRun && judged.reason.contains("own password"_L1), qPrintable(told(judged)));
}

void TestEnumerationEntries::seesThroughNoise_data()
{
    QTest::addColumn<QByteArray>("header"); // of accounts alone
    QTest::addColumn<bool>("tells");
    QTest::newRow("nothing but noise") << QByteArray() << false;
    QTest::newRow("a cookie") << QByteArray("Set-Cookie: flow=reset") << true;
    QTest::newRow("a header") << QByteArray("X-Flow: mail") << true;
    QTest::newRow("where it leads") << QByteArray("Location: /sent?step=mail") << true;
}

// Always 200, headers of another name and value each time, a saying of the day, times that jump, and the address is
// repeated in part.
void TestEnumerationEntries::seesThroughNoise()
{
    QFETCH(QByteArray, header);
    QFETCH(bool, tells);
    std::atomic_int took = 0; // the last answer, in milliseconds
    HostileSite site([&](const PageRequest &request, int turn) -> std::optional<PageReply> {
        if (request.path() != "/forgot")
            return std::nullopt;
        took = turn * 7 % 5;
        const QByteArray count = QByteArray::number(turn);
        PageReply reply = saying(200, R"({"status":"look","saying":")" + QByteArray(1 + turn % 9, 'a') + R"(","to":")" +
                                          mailIn(request).left(1) + R"(***"})");
        reply.add("X-Noise-" + count, "n");
        reply.add("X-Number", count);
        reply.add("Set-Cookie", "n" + count + "=1");
        reply.add("Location", header.startsWith("Location: ") && mailIn(request) == "sam@acme.test"
                                  ? header.mid(10)
                                  : "/sent?step=" + QByteArray(header.isEmpty() ? "any" : "none"));
        const qsizetype colon = header.indexOf(": ");
        if (colon > 0 && !header.startsWith("Location") && mailIn(request) == "sam@acme.test")
            reply.add(header.left(colon), header.mid(colon + 2));
        return reply;
    });
    QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
    keepRoute(site, u"/forgot"_s);
    AttackRun run = site.newRun();
    const Judged judged = site.judged(enumerationCheck([&](const HttpResponse &) { return double(took); }), run);
    const QStringList expected = tells ? QStringList{u"tells_by_answer POST /forgot"_s} : QStringList();
    QVERIFY2(found(judged) == expected, qPrintable(told(judged)));
    const std::vector<Unseen> open = unseenIn(judged.observed); // the saying may tell all the same
    QVERIFY2(std::ranges::any_of(open, [](const Unseen &one) { return one.code == "tells_by_answer"_L1; }),
             qPrintable(told(judged)));
}

void TestEnumerationEntries::asksForAccountsInAState_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<int>("status");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("locked, as all") << u"locked"_s << 401 << QStringList();
    QTest::newRow("locked, and says so") << u"locked"_s << 423 << QStringList{u"tells_locked POST /login"_s};
    QTest::newRow("unverified, and says so")
        << u"unverified"_s << 403 << QStringList{u"tells_unverified POST /login"_s};
}

// One account that is there for its state beside one that signs in: asked for twice, and never signed in.
void TestEnumerationEntries::asksForAccountsInAState()
{
    QFETCH(QString, role);
    QFETCH(int, status);
    QFETCH(QStringList, expected);
    std::atomic_int asked = 0;
    HostileSite site([&](const PageRequest &request, int) -> std::optional<PageReply> {
        if (request.path() != "/login" || mailIn(request) != "lee@acme.test")
            return std::nullopt;
        ++asked;
        return status == 401 ? std::nullopt : std::optional(saying(status, R"({"error":"not_now"})"));
    });
    QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
    keepRoute(site, {});
    TestActor actor = site.facts.actors.front();
    actor.id = u"a2"_s;
    actor.name = u"Lee"_s;
    actor.userName = u"lee@acme.test"_s;
    actor.role = role;
    actor.isThrowAway = false;
    site.facts.actors.push_back(actor);
    AttackRun run = site.newRun();
    const Judged judged = site.judged(enumerationCheck(alikeTime), run);
    QVERIFY2(found(judged) == expected, qPrintable(told(judged)));
    QCOMPARE(asked.load(), kAsksForState);
    QCOMPARE(entryOfKind(judged, u"login"_s)["states"_L1][role]["answers"_L1].toInt(), kAsksForState);
    const int sent = run.gate->sentBy(u"access.enumeration"_s);
    QCOMPARE(judged.observed["requests"_L1].toInt(), sent);
    QVERIFY(sent <= run.gate->mostAnnouncedBy(u"access.enumeration"_s));
}

// Known and unknown as often as each other, in pairs, and each name as often as the one beside it.
void TestEnumerationEntries::takesTurns()
{
    EnumerationPlan::Series series{
        .entry = {}, .known = {{u"a@x.test"_s, 9}, {u"b@x.test"_s, 2}}, .like = u"a@x.test"_s};
    series.pairs = series.mostPairs();
    QCOMPARE(series.pairs, 11);
    bool bit = false;
    const std::vector<AskedName> turns = turnsOf(series, [&] { return bit = !bit; });
    QCOMPARE(turns.size(), std::size_t(22));
    std::map<QString, int> often;
    int first = 0;
    for (std::size_t i = 0; i < turns.size(); i += 2) {
        QVERIFY(turns[i].isKnown != turns[i + 1].isKnown);
        first += turns[i].isKnown ? 1 : 0;
        ++often[turns[i].name];
        ++often[turns[i + 1].name];
        // Of two pairs each, one begins with the account.
        QVERIFY(i % 4 != 2 || turns[i].isKnown != turns[i - 2].isKnown);
    }
    QVERIFY(first == 5 || first == 6);
    QCOMPARE(often[u"a@x.test"_s], 9);
    QCOMPARE(often[u"b@x.test"_s], 2);
    QCOMPARE(often.size(), std::size_t(4));
    QCOMPARE(turns[2].isKnown ? turns[2].name : turns[3].name, u"b@x.test"_s); // round and round
    series.known.front().times = 100;
    QCOMPARE(series.mostPairs(), kMostPairs);
}

// Where each new address may make an account, none is sent more often than a known one may be asked for.
void TestEnumerationEntries::asksForFewNewNames_data()
{
    QTest::addColumn<EntryKind>("kind");
    QTest::addColumn<int>("most"); // requests for one unknown name
    QTest::newRow("sign-up") << EntryKind::SignUp << kLettersEach;
    QTest::newRow("invitation") << EntryKind::Invite << kLettersEach;
    QTest::newRow("link to sign in with") << EntryKind::MagicLink << kLettersEach;
    QTest::newRow("forgotten password") << EntryKind::Forgot << kLettersForThrowAway;
}

void TestEnumerationEntries::asksForFewNewNames()
{
    QFETCH(EntryKind, kind);
    QFETCH(int, most);
    EnumerationPlan::Series series{.entry = {}, .known = {}, .like = u"a@x.test"_s};
    series.entry.kind = kind;
    series.known = {{u"throwaway@x.test"_s, kLettersForThrowAway}};
    for (const char *name : {"a@x.test", "b@x.test", "c@x.test", "d@x.test", "e@x.test"})
        series.known.push_back({QString::fromLatin1(name), kLettersEach});
    series.pairs = series.mostPairs();
    std::map<QString, int> often;
    for (const AskedName &one : turnsOf(series, [] { return true; }))
        often[one.name] += one.isKnown ? 0 : 1;
    int highest = 0;
    for (const auto &[name, times] : often)
        highest = std::max(highest, times);
    QCOMPARE(highest, most);
}

// Sign-up, reset and invitations of a server that lies: nothing is found, and nothing is passed.
void TestEnumerationEntries::comparesNothingThatTellsNothing_data()
{
    QTest::addColumn<Manner>("manner");
    for (const auto &[name, manner] : hostileManners())
        QTest::newRow(name) << manner;
}

void TestEnumerationEntries::comparesNothingThatTellsNothing()
{
    QFETCH(Manner, manner);
    const HostileSite site(manner);
    QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
    AttackRun run = site.newRun();
    const Judged judged = site.judged(enumerationCheck(alikeTime), run);
    QVERIFY2(judged.outcome == Outcome::NotRun && !judged.reason.isEmpty(), qPrintable(told(judged)));
    QVERIFY(site.count > 0);
}

QTEST_GUILESS_MAIN(TestEnumerationEntries)
#include "tst_enumerationentries.moc"
