#include "checks/access/enumeration.h"
#include "checks/access/enumerationlook.h"
#include "models/unseen.h"
#include "tests/checks/access/mailscene.h"

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QTest>

#include <thread>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

AnswerFeatures features(int status, const char *body = "no")
{
    return {.status = status, .body = QString::fromLatin1(body)};
}

EnumerationEntry entry(const std::vector<AnswerFeatures> &known, const std::vector<AnswerFeatures> &unknown,
                       double knownLonger = 0)
{
    EnumerationEntry made{.kind = EntryKind::Login, .route = u"POST /login"_s};
    double jitter = 0;
    for (const AnswerFeatures &one : unknown)
        made.samples.push_back({false, one, 20 + (jitter += 0.1)});
    for (const AnswerFeatures &one : known)
        made.samples.push_back({true, one, 20.05 + knownLonger + (jitter += 0.1)});
    return made;
}

std::vector<AnswerFeatures> times(std::size_t count, const AnswerFeatures &one)
{
    return std::vector<AnswerFeatures>(count, one);
}

bool mayWrite(const ShopRouteLine &line)
{
    return line.path == "/api/sign-up" || line.path == "/api/invitations";
}

void putSamples(ShopAbuse &scene)
{
    for (RouteSample &sample : scene.facts.samples) {
        if (sample.path == "/api/sign-up"_L1)
            sample.body = R"({"company":"Moreau","email":"person@example.com","name":"Alex","password":"<value>"})";
    }
    scene.facts.actors.push_back(
        actorOf(scene.lab.shop().account(kCedar, u"admin"_s), scene.facts.actors.front().signIn));
}

// As a drawing made of a name would differ from another one.
QByteArray inLetters(const QByteArray &name)
{
    QByteArray letters = QCryptographicHash::hash(name, QCryptographicHash::Md5).toHex().left(12);
    for (char &letter : letters)
        letter = static_cast<char>(letter <= '9' ? letter - '0' + 'k' : letter);
    return letters;
}

// "tells_by_time POST /api/login"
QStringList found(const Judged &judged)
{
    QStringList words;
    for (const Finding &finding : judged.findings)
        words.append(finding.code + u' ' + finding.subject);
    words.sort();
    return words;
}

} // namespace

class TestEnumeration : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void readsFeatures_data();
    void readsFeatures();
    void judges_data();
    void judges();
    void keepsOpenWhatDidNotTell_data();
    void keepsOpenWhatDidNotTell();
    void findsNothingInTheCleanProducts();
    void findsLookups_data();
    void findsLookups();
    void looksUpInTheShop_data();
    void looksUpInTheShop();
    void looksUpInTheDesk_data();
    void looksUpInTheDesk();
    void looksUpByOtherPlaces_data();
    void looksUpByOtherPlaces();
    void foretellsLookups();
    void findsFaultsOfTheShop_data();
    void findsFaultsOfTheShop();
    void findsFaultsOfTheDesk_data();
    void findsFaultsOfTheDesk();
    void believesNoHostileServer_data();
    void believesNoHostileServer();
    void endsWhenStopped();

private:
    std::unique_ptr<ShopLab> m_shop;
    std::unique_ptr<DeskLab> m_desk;
};

void TestEnumeration::initTestCase()
{
    m_shop = std::make_unique<ShopLab>();
    m_desk = std::make_unique<DeskLab>();
    QVERIFY2(m_shop->isReady(), qPrintable(m_shop->problem()));
    QVERIFY2(m_desk->isReady(), qPrintable(m_desk->problem()));
}

void TestEnumeration::readsFeatures_data()
{
    QTest::addColumn<HttpResponse>("one");
    QTest::addColumn<HttpResponse>("other");
    QTest::addColumn<bool>("isSame");
    const auto json = [](int status, const QByteArray &body, const QByteArray &more = {}) {
        return answer(status, "Content-Type: application/json\n" + more, body);
    };
    QTest::newRow("the address comes back")
        << json(200, R"({"sent_to":"a@x.test"})") << json(200, R"({"sent_to":"bb@x.test"})") << true;
    QTest::newRow("the address, escaped")
        << answer(200, {}, "<p>a&#64;x.test</p>") << answer(200, {}, "<p>bb&#64;x.test</p>") << true;
    QTest::newRow("other numbers") << json(201, R"({"id":7,"left":"3 tries"})")
                                   << json(201, R"({"id":81,"left":"2 tries"})") << true;
    QTest::newRow("other tokens in a page") << answer(200, {}, "<input value=\"k2Jd83jdksl2mdkw92kd\">")
                                            << answer(200, {}, "<input value=\"99sJd83jdksl2mdkw9xx\">") << true;
    QTest::newRow("other times and ids of requests")
        << json(401, R"({"request_id":"a1","at":"2026-01-01T10:00:00Z"})", "Date: now\nX-Request-Id: 1")
        << json(401, R"({"request_id":"b2","at":"2026-01-01T10:00:09Z"})", "Date: then\nX-Request-Id: 2") << true;
    QTest::newRow("a counter in a header") << json(401, "{}", "X-RateLimit-Remaining: 4\nX-RateLimit-Limit: 8")
                                           << json(401, "{}", "X-RateLimit-Remaining: 3") << true;
    const auto person = [](const char *id, const char *rest, const char *mail = "a@x.test") {
        return QByteArray(R"({"id":")") + id + R"(","aud":"authenticated","email":")" + mail + R"(",)" + rest + '}';
    };
    QTest::newRow("Supabase and an address that is taken")
        << json(200, person("3b241101-e2bb-4255-8caf-4136c566a962",
                            R"("role":"","identities":[],"user_metadata":{},"created_at":"2026-01-01T10:00:00Z")"))
        << json(200, person("99c41101-e2bb-4255-8caf-4136c566a111",
                            R"("role":"authenticated","identities":[{"provider":"email","id":"9"}],)"
                            R"("user_metadata":{"name":"x"},"created_at":"2026-01-01T10:00:09Z")",
                            "bb@x.test"))
        << true;
    QTest::newRow("Supabase and an address that is refused")
        << json(422, R"({"code":"user_already_exists"})") << json(200, person("3b241101", R"("identities":[])"))
        << false;
    QTest::newRow("another status") << json(401, "{}") << json(404, "{}") << false;
    QTest::newRow("another text") << json(401, R"({"error":"wrong_password"})")
                                  << json(401, R"({"error":"no_such_account"})") << false;
    QTest::newRow("a member more") << json(201, R"({"id":1,"note":"has one"})") << json(201, R"({"id":2})") << false;
    QTest::newRow("a cookie more") << json(200, "{}", "Set-Cookie: known=1") << json(200, "{}") << false;
    QTest::newRow("leads elsewhere") << answer(302, "Location: /login?error=password")
                                     << answer(302, "Location: /login?error=user") << false;
    QTest::newRow("leads to the same with the address") << answer(302, "Location: /check?email=a%40x.test")
                                                        << answer(302, "Location: /check?email=bb%40x.test") << true;
    QTest::newRow("a header more") << json(200, "{}", "X-User-Exists: 1") << json(200, "{}") << false;
}

void TestEnumeration::readsFeatures()
{
    QFETCH(HttpResponse, one);
    QFETCH(HttpResponse, other);
    QFETCH(bool, isSame);
    const AnswerFeatures a = featuresOf(one, u"a@x.test"_s);
    const AnswerFeatures b = featuresOf(other, u"bb@x.test"_s);
    QVERIFY2((a == b) == isSame,
             qPrintable(a.body + u" | "_s + b.body + u" | "_s + a.location + u" | "_s + b.location));
}

void TestEnumeration::judges_data()
{
    QTest::addColumn<EnumerationEntry>("seen");
    QTest::addColumn<QString>("expected");
    const AnswerFeatures no = features(401);
    QTest::newRow("the same") << entry(times(7, no), times(7, no)) << u"pass"_s;
    QTest::newRow("another status") << entry(times(7, no), times(7, features(404))) << u"tells_by_answer:medium"_s;
    QTest::newRow("another text") << entry(times(2, features(401, "wrong")), times(3, features(401, "none")))
                                  << u"tells_by_answer:medium"_s;
    QTest::newRow("one answer of each is chance")
        << entry(times(1, features(401, "a")), times(3, features(401, "b"))) << u"not_run"_s;
    auto mixed = times(6, features(401, "a"));
    mixed.push_back(features(401, "b"));
    QTest::newRow("unknown ones differ, too") << entry(times(7, features(401, "b")), mixed) << u"not_run"_s;
    QTest::newRow("80 ms longer") << entry(times(7, no), times(7, no), 80) << u"tells_by_time:medium"_s;
    QTest::newRow("80 ms less") << entry(times(7, no), times(7, no), -80) << u"tells_by_time:medium"_s;
    QTest::newRow("10 ms longer") << entry(times(7, no), times(7, no), 10) << u"pass"_s;
    QTest::newRow("too few for the time") << entry(times(6, no), times(6, no), 80) << u"info"_s;
    QTest::newRow("both") << entry(times(7, no), times(7, features(404)), 80)
                          << u"tells_by_answer:medium tells_by_time:medium"_s;
    EnumerationEntry signUp = entry(times(2, features(409)), times(3, features(202)));
    signUp.kind = EntryKind::SignUp;
    QTest::newRow("sign-up says so") << signUp << u"tells_by_answer:low"_s;
    EnumerationEntry made = signUp;
    made.made = {u"lc1@example.com"_s};
    QTest::newRow("sign-up made accounts") << made << u"tells_by_answer:low"_s;
    const auto lookup = [](const std::vector<AnswerFeatures> &known, const std::vector<AnswerFeatures> &unknown) {
        EnumerationEntry made = entry(known, unknown);
        made.kind = EntryKind::Lookup;
        return made;
    };
    QTest::newRow("look-up, the same") << lookup(times(3, features(200)), times(3, features(200))) << u"pass"_s;
    QTest::newRow("look-up tells") << lookup(times(3, features(200)), times(3, features(404)))
                                   << u"public_oracle:medium"_s;
    QTest::newRow("look-up, broken off") << lookup(times(1, features(200)), times(2, features(404))) << u"not_run"_s;
    QTest::newRow("look-up, a picture for each name")
        << lookup(times(3, features(200)), {features(200, "a"), features(200, "b"), features(200, "c")})
        << u"not_run"_s;
    EnumerationEntry byName = lookup(times(3, features(200)), times(3, features(404)));
    byName.byMail = false;
    QTest::newRow("look-up by a name") << byName << u"public_oracle:low"_s;
    EnumerationEntry closed;
    closed.kind = EntryKind::Lookup;
    closed.notTested = u"It answers as any address."_s;
    closed.isClosed = true;
    QTest::newRow("look-up, closed to strangers") << closed << u"not_run"_s;
    EnumerationEntry none;
    none.notTested = u"It was not tried."_s;
    QTest::newRow("not tried") << none << u"not_run"_s;
}

void TestEnumeration::judges()
{
    QFETCH(EnumerationEntry, seen);
    QFETCH(QString, expected);
    const Judged judged = judgeEnumeration({.entries = {seen}});
    QVERIFY2(said(judged) == expected, qPrintable(told(judged)));
    for (const QString &address : seen.made)
        QVERIFY2(judged.reason.contains(address), qPrintable(judged.reason));
}

void TestEnumeration::keepsOpenWhatDidNotTell_data()
{
    QTest::addColumn<EnumerationEntry>("other"); // beside one that tells nothing
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<QStringList>("open"); // codes of earlier findings about it that are not closed
    const AnswerFeatures no = features(401);
    const QStringList both{u"tells_by_answer"_s, u"tells_by_time"_s};
    const auto reset = [](EnumerationEntry made) {
        made.kind = EntryKind::Forgot;
        made.route = u"POST /forgot"_s;
        return made;
    };
    QTest::newRow("tells nothing either") << reset(entry(times(7, no), times(7, no))) << u"pass"_s << QStringList();
    EnumerationEntry skipped = reset({});
    skipped.notTested = u"It was not tried."_s;
    QTest::newRow("not tried") << skipped << u"info"_s << both;
    EnumerationEntry limited = reset(entry(times(1, no), times(1, no)));
    limited.stopped = u"It said that we ask too often."_s;
    QTest::newRow("limited") << limited << u"info"_s << both;
    auto mixed = times(6, features(401, "a"));
    mixed.push_back(features(401, "b"));
    QTest::newRow("now so, now so") << reset(entry(times(7, features(401, "b")), mixed)) << u"info"_s
                                    << QStringList{u"tells_by_answer"_s};
    QTest::newRow("too few for the time")
        << reset(entry(times(6, no), times(6, no))) << u"info"_s << QStringList{u"tells_by_time"_s};
    QTest::newRow("tells by its answers, too few for the time")
        << reset(entry(times(2, features(200)), times(3, no))) << u"warn"_s << QStringList{u"tells_by_time"_s};
    EnumerationEntry closed = reset({});
    closed.kind = EntryKind::Lookup;
    closed.notTested = u"It answers as any address."_s;
    closed.isClosed = true;
    QTest::newRow("a look-up that was closed") << closed << u"pass"_s << QStringList();
}

void TestEnumeration::keepsOpenWhatDidNotTell()
{
    QFETCH(EnumerationEntry, other);
    QFETCH(QStringList, open);
    const Judged judged =
        judgeEnumeration({.entries = {entry(times(7, features(401)), times(7, features(401))), other}});
    QTEST(toWord(judged.outcome), "outcome");
    QCOMPARE(!judged.reason.isEmpty(), !open.isEmpty()); // also beside a finding
    CheckResult result{.checkId = u"access.enumeration"_s, .outcome = judged.outcome};
    result.observed = judged.observed;
    Finding earlier;
    earlier.checkId = result.checkId;
    for (const QString &code : {u"tells_by_answer"_s, u"tells_by_time"_s}) {
        earlier.code = code;
        earlier.subject = u"POST /forgot"_s;
        QCOMPARE(!hasSeen(result, earlier), open.contains(code));
        earlier.subject = u"POST /login"_s;
        QVERIFY(hasSeen(result, earlier));
    }
}

void TestEnumeration::findsNothingInTheCleanProducts()
{
    m_shop->reset();
    ShopAbuse scene(*m_shop, mayWrite);
    putSamples(scene);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(enumerationCheck(), run);
    QVERIFY2(judged.findings.empty() && judged.outcome == Outcome::Pass, qPrintable(told(judged)));
    QCOMPARE(judged.observed["entries"_L1].toArray().size(), 4);
    for (const QJsonValue &one : judged.observed["entries"_L1].toArray())
        QVERIFY2(one["known"_L1].toInt() >= 7 && one["time"_L1].isObject(), qPrintable(told(judged)));
    const int sent = run.gate->sentBy(u"access.enumeration"_s);
    QVERIFY2(sent > 80 && sent <= 4 * (2 * kMostPairs + 6), qPrintable(QString::number(sent)));
    QCOMPARE(judged.observed["requests"_L1].toInt(), sent);
    m_desk->reset();
    DeskAbuse desk(*m_desk);
    AttackRun deskRun = desk.newRun();
    const Judged ofDesk = desk.judged(enumerationCheck(), deskRun);
    QVERIFY2(ofDesk.findings.empty() && ofDesk.outcome == Outcome::Pass, qPrintable(told(ofDesk)));
}

void TestEnumeration::findsFaultsOfTheShop_data()
{
    using enum ShopFault;
    QTest::addColumn<FaultSet<ShopFault>>("faults");
    QTest::addColumn<QStringList>("expected");
    const auto all = [](const char *code) {
        return QStringList{QString::fromLatin1(code) + u" POST /api/invitations"_s,
                           QString::fromLatin1(code) + u" POST /api/login"_s,
                           QString::fromLatin1(code) + u" POST /api/password/forgot"_s,
                           QString::fromLatin1(code) + u" POST /api/sign-up"_s};
    };
    QTest::newRow("by text") << FaultSet<ShopFault>{LoginText, SignUpText, ResetText, InviteText}
                             << all("tells_by_answer");
    QTest::newRow("by status") << FaultSet<ShopFault>{LoginStatus, SignUpStatus, ResetStatus, InviteStatus}
                               << all("tells_by_answer");
    QTest::newRow("by time") << FaultSet<ShopFault>{LoginTime, SignUpTime, ResetTime, InviteTime}
                             << all("tells_by_time");
    QTest::newRow("login alone") << FaultSet<ShopFault>{LoginText} << QStringList{u"tells_by_answer POST /api/login"_s};
}

void TestEnumeration::findsFaultsOfTheShop()
{
    QFETCH(FaultSet<ShopFault>, faults);
    QFETCH(QStringList, expected);
    m_shop->reset();
    m_shop->setFaults(faults);
    ShopAbuse scene(*m_shop, mayWrite);
    putSamples(scene);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(enumerationCheck(), run);
    m_shop->setFaults({});
    QVERIFY2(found(judged) == expected, qPrintable(found(judged).join(u", "_s) + told(judged)));
    for (const Finding &finding : judged.findings) {
        QCOMPARE(finding.proof, finding.code == "tells_by_time"_L1 ? Proof::Strong : Proof::Proven);
        QCOMPARE(finding.evidence.size(), std::size_t(2));
    }
}

void TestEnumeration::findsFaultsOfTheDesk_data()
{
    using enum DeskFault;
    QTest::addColumn<FaultSet<DeskFault>>("faults");
    QTest::addColumn<QStringList>("expected");
    const auto both = [](const char *code) {
        return QStringList{QString::fromLatin1(code) + u" POST /forgot"_s,
                           QString::fromLatin1(code) + u" POST /login"_s};
    };
    QTest::newRow("by text") << FaultSet<DeskFault>{LoginText, ResetText} << both("tells_by_answer");
    QTest::newRow("by status") << FaultSet<DeskFault>{LoginStatus, ResetStatus} << both("tells_by_answer");
    QTest::newRow("by time") << FaultSet<DeskFault>{LoginTime, ResetTime} << both("tells_by_time");
}

void TestEnumeration::findsFaultsOfTheDesk()
{
    QFETCH(FaultSet<DeskFault>, faults);
    QFETCH(QStringList, expected);
    m_desk->reset();
    m_desk->setFaults(faults);
    DeskAbuse scene(*m_desk);
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(enumerationCheck(), run);
    m_desk->setFaults({});
    QVERIFY2(found(judged) == expected, qPrintable(found(judged).join(u", "_s) + told(judged)));
}

// "GET /users" or the query of GraphQL, and what is asked for sam@acme.test, signed in as sam where that is a name.
void TestEnumeration::findsLookups_data()
{
    QTest::addColumn<QString>("known");
    QTest::addColumn<QString>("expected"); // empty: no look-up
    const auto row = [](const QString &known, const QString &expected) {
        QTest::newRow(qPrintable(known)) << known << expected;
    };
    row(u"GET /users"_s, u"/users?email=sam%40acme.test"_s);
    row(u"GET /api/users/exists"_s, u"/api/users/exists?email=sam%40acme.test"_s);
    row(u"GET /api/check-email"_s, u"/api/check-email?email=sam%40acme.test"_s);
    row(u"GET /auth/email-available"_s, u"/auth/email-available?email=sam%40acme.test"_s);
    row(u"GET /users/by-email"_s, u"/users/by-email?email=sam%40acme.test"_s);
    row(u"GET /username/available"_s, u"/username/available?username=sam"_s);
    row(u"GET /users/{email}"_s, u"/users/sam%40acme.test"_s);
    row(u"GET /users/by-email/{id}"_s, u"/users/by-email/sam%40acme.test"_s);
    row(u"GET /u/{username}"_s, u"/u/sam"_s);
    row(u"GET /avatars/{hash}"_s,
        u"/avatars/"_s +
            QString::fromLatin1(QCryptographicHash::hash("sam@acme.test", QCryptographicHash::Md5).toHex()));
    row(u"{ userByEmail(email: $email) { id } }"_s, u"/graphql"_s);
    row(u"GET /users/{id}"_s, {});   // a number of a record: access.tenant-isolation
    row(u"GET /posts/{slug}"_s, {}); // not of people
    row(u"GET /orgs/{id}/users/{email}"_s, {});
    row(u"GET /customers"_s, {});     // records of the product, not its accounts
    row(u"GET /verify-email"_s, {});  // takes a link
    row(u"POST /users/exists"_s, {}); // is asked as the way to sign in
    row(u"GET! /admin/users"_s, {});  // of administrators
    row(u"mutation($email: String) { invite(email: $email) { id } }"_s, {});
    row(u"{ invoices(email: $email) { id } }"_s, u"/graphql"_s);
    row(u"{ login(email: $email, password: $password) { id } }"_s, {});
}

void TestEnumeration::findsLookups()
{
    QFETCH(QString, known);
    QFETCH(QString, expected);
    const Target target{u"acme.test"_s, {{HostRole::Api, u"api.acme.test"_s, kHttpsPort}}};
    ProjectFacts facts;
    if (known.contains(u'{') && !known.startsWith("GET"_L1)) {
        QJsonObject variables{{u"email"_s, u"person@example.com"_s}};
        if (known.contains("password"_L1))
            variables.insert(u"password"_s, u"<value>"_s);
        const QJsonObject body{{u"query"_s, known}, {u"variables"_s, variables}};
        facts.samples = {{u"POST"_s, u"/graphql"_s, {}, "application/json", QJsonDocument(body).toJson(), {}}};
    } else {
        Route route;
        route.method = known.section(u' ', 0, 0);
        route.access = route.method.endsWith(u'!') ? AccessClass::Admin : AccessClass::SignedIn;
        route.method.remove(u'!');
        route.path = known.section(u' ', 1);
        facts.routes = {route};
    }
    const std::vector<PublicLookup> lookups = publicLookupsOf(target, facts);
    QCOMPARE(lookups.empty(), expected.isEmpty());
    if (lookups.empty())
        return;
    const QString name = lookups.front().byMail ? u"sam@acme.test"_s : u"sam"_s;
    const ActiveRequest request = lookupRequest(lookups.front(), name);
    QCOMPARE(request.url.toString(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::FullyEncoded), expected);
    QVERIFY(lookups.front().place != LookupPlace::GraphQl || request.body.contains("sam@acme.test"));
    QVERIFY(!lookupName(lookups.front()).contains(name));
    const QUrl beside = besideLookup(lookups.front(), name, u"lc-x"_s).url;
    QVERIFY(beside.path().contains("/lc-x/"_L1) && beside.query() == request.url.query());
}

void TestEnumeration::looksUpInTheShop_data()
{
    QTest::addColumn<FaultSet<ShopFault>>("faults");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("clean") << FaultSet<ShopFault>() << QStringList();
    QTest::newRow("tells") << FaultSet<ShopFault>{ShopFault::AccountLookup}
                           << QStringList{u"public_oracle GET /api/users/check?email="_s};
}

// With nothing beside it, so that the look-up alone decides.
void TestEnumeration::looksUpInTheShop()
{
    QFETCH(FaultSet<ShopFault>, faults);
    QFETCH(QStringList, expected);
    m_shop->reset();
    m_shop->setFaults(faults);
    ShopAbuse scene(*m_shop, mayWrite);
    Route route = scene.facts.routes.front();
    route.method = u"GET"_s;
    route.path = u"/api/users/check"_s;
    route.access = AccessClass::Public;
    scene.facts.routes = {route};
    scene.facts.samples.clear();
    for (TestActor &actor : scene.facts.actors)
        actor.signIn.kind = SignInKind::BearerToken; // no login to ask
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(enumerationCheck(), run);
    m_shop->setFaults({});
    QVERIFY2(found(judged) == expected, qPrintable(told(judged)));
    QVERIFY2(!expected.isEmpty() || judged.outcome == Outcome::Pass, qPrintable(told(judged)));
    QCOMPARE(run.gate->sentBy(u"access.enumeration"_s), kLookupRequests);
    QCOMPARE(m_shop->shop().journal().count("GET", "/api/users/check"), 2 * kLookupPairs);
    for (const Finding &finding : judged.findings) {
        QCOMPARE(finding.proof, Proof::Proven);
        QCOMPARE(finding.evidence.size(), std::size_t(2));
        QVERIFY2(finding.whatWeSaw.contains("status 200"_L1) && finding.whatWeSaw.contains("404"_L1),
                 qPrintable(finding.whatWeSaw));
    }
}

void TestEnumeration::looksUpInTheDesk_data()
{
    QTest::addColumn<FaultSet<DeskFault>>("faults");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("clean") << FaultSet<DeskFault>() << QStringList();
    QTest::newRow("tells") << FaultSet<DeskFault>{DeskFault::GraphQlUserLookup}
                           << QStringList{u"public_oracle POST /graphql (userByEmail)"_s};
}

void TestEnumeration::looksUpInTheDesk()
{
    QFETCH(FaultSet<DeskFault>, faults);
    QFETCH(QStringList, expected);
    m_desk->reset();
    m_desk->setFaults(faults);
    DeskAbuse scene(*m_desk);
    scene.facts.routes.clear();
    scene.facts.samples = {
        {u"POST"_s,
         u"/graphql"_s,
         scene.host,
         "application/json",
         R"({"query":"query($email: String!) { userByEmail(email: $email) { name } }","variables":{"email":"x"}})",
         {}}};
    for (TestActor &actor : scene.facts.actors)
        actor.signIn.kind = SignInKind::BearerToken;
    AttackRun run = scene.newRun();
    const Judged judged = scene.judged(enumerationCheck(), run);
    m_desk->setFaults({});
    QVERIFY2(found(judged) == expected, qPrintable(told(judged)));
    QVERIFY2(!expected.isEmpty() || judged.outcome == Outcome::Pass, qPrintable(told(judged)));
}

void TestEnumeration::looksUpByOtherPlaces_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<Manner>("manner");
    QTest::addColumn<QString>("expected"); // code and severity, or the outcome
    const auto knows = [](const QByteArray &known, int other) -> Manner {
        return [=](const PageRequest &request, int) -> std::optional<PageReply> {
            if (request.path().contains("/lc-") || !request.path().startsWith("/u"))
                return saying(404, R"({"error":"not_found"})");
            return request.target.contains(known) ? saying(200, R"({"name":"Sam"})")
                                                  : saying(other, R"({"error":"none"})");
        };
    };
    QTest::newRow("an address in the path")
        << u"/users/{email}"_s << knows("sam%40acme.test", 404) << u"public_oracle:medium"_s;
    QTest::newRow("a name") << u"/u/{username}"_s << knows("samuel", 404) << u"public_oracle:low"_s;
    QTest::newRow("an empty list for others") << u"/users"_s << Manner([](const PageRequest &request, int) {
        if (request.path() != "/users")
            return saying(404, "{}");
        return request.target.contains("sam%40") ? saying(200, R"([{"id":3}])") : saying(200, "[]");
    }) << u"public_oracle:medium"_s;
    QTest::newRow("the same for all") << u"/users"_s << Manner([](const PageRequest &request, int) {
        return request.path() == "/users" ? saying(401, R"({"error":"sign_in"})") : saying(404, "{}");
    }) << u"pass"_s;
    QTest::newRow("wants another field") << u"/users"_s << Manner([](const PageRequest &request, int) {
        return request.path() == "/users" ? saying(422, R"({"error":"q is missing"})") : saying(404, "{}");
    }) << u"not_run"_s;
    QTest::newRow("a picture for each") << u"/users/{email}"_s << Manner([](const PageRequest &request, int) {
        return request.path().contains("/lc-") ? saying(404, "{}") : saying(200, "<svg>" + inLetters(request.path()));
    }) << u"not_run"_s;
    for (const auto &[name, manner] : hostileManners())
        QTest::newRow(name) << u"/users/{email}"_s << manner << u"not_run"_s;
}

void TestEnumeration::looksUpByOtherPlaces()
{
    QFETCH(QString, path);
    QFETCH(Manner, manner);
    QFETCH(QString, expected);
    HostileSite site(manner);
    QVERIFY2(site.server.isReady(), qPrintable(site.server.problem()));
    Route route = site.facts.routes.front();
    route.method = u"GET"_s;
    route.path = path;
    site.facts.routes = {route};
    site.facts.samples.clear();
    TestActor &actor = site.facts.actors.front();
    actor.signIn.kind = SignInKind::BearerToken;
    if (path.contains("username"_L1))
        actor.userName = u"samuel"_s;
    AttackRun run = site.newRun();
    const Judged judged = site.judged(enumerationCheck(), run);
    QVERIFY2(said(judged) == expected, qPrintable(told(judged)));
    QVERIFY(site.count > 0 && site.count <= kLookupRequests);
    QVERIFY(judged.outcome != Outcome::NotRun || !judged.reason.isEmpty());
}

// However many routes look people up: so many are asked, and no more than was said.
void TestEnumeration::foretellsLookups()
{
    ProjectFacts facts;
    TestActor actor;
    actor.userName = u"sam@acme.test"_s;
    actor.signIn.kind = SignInKind::BearerToken;
    facts.actors = {actor};
    for (int i = 0; i < 20; ++i) {
        Route route;
        route.path = u"/v%1/users"_s.arg(i);
        facts.routes.push_back(route);
    }
    const Target target{u"acme.test"_s, {{HostRole::Api, u"api.acme.test"_s, kHttpsPort}}};
    const auto needs = enumerationCheck().requests({target, facts});
    QCOMPARE(needs.size(), std::size_t(1));
    QCOMPARE(needs.front().most, static_cast<int>(kMostLookups) * kLookupRequests);
}

void TestEnumeration::believesNoHostileServer_data()
{
    QTest::addColumn<lab::Manners>("manners");
    QTest::addColumn<QString>("expected");
    QTest::newRow("always 200") << lab::Manners{.alwaysStatus = 200, .alwaysBody = R"({"ok":true})"} << u"not_run"_s;
    QTest::newRow("always 403") << lab::Manners{.alwaysStatus = 403, .alwaysBody = "no"} << u"not_run"_s;
    QTest::newRow("always broken") << lab::Manners{.alwaysStatus = 500, .alwaysBody = "oops"} << u"not_run"_s;
    QTest::newRow("sends everybody to the login") << lab::Manners{.loginPath = "/sign-in"} << u"not_run"_s;
    QTest::newRow("limits us at once") << lab::Manners{.limitAfter = 1} << u"not_run"_s;
    QTest::newRow("limits us soon") << lab::Manners{.limitAfter = 9} << u"info"_s;
    QTest::newRow("logs us out") << lab::Manners{.logOutAfter = 0} << u"not_run"_s;
    QTest::newRow("changes ids") << lab::Manners{.changesIds = true} << u"pass"_s;
    QTest::newRow("answers slowly") << lab::Manners{.slowness = std::chrono::milliseconds(20)} << u"pass"_s;
    QTest::newRow("cuts its answers off") << lab::Manners{.hangUpAfter = 0} << u"not_run"_s;
}

void TestEnumeration::believesNoHostileServer()
{
    QFETCH(lab::Manners, manners);
    QFETCH(QString, expected);
    const HostileLogin login(manners);
    AttackRun run = login.newRun();
    const Judged judged = login.judged(enumerationCheck(), run);
    QVERIFY2(said(judged) == expected, qPrintable(told(judged)));
    QVERIFY(judged.outcome == Outcome::Pass || !judged.reason.isEmpty());
}

void TestEnumeration::endsWhenStopped()
{
    const HostileLogin login({.slowness = std::chrono::milliseconds(30)});
    AttackRun run = login.newRun();
    QElapsedTimer timer;
    std::jthread stopper([&] {
        while (login.web.count("/login") < 5)
            std::this_thread::yield();
        timer.start();
        run.token.cancel();
    });
    const Judged judged = login.judged(enumerationCheck(), run);
    stopper.join();
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY2(judged.outcome == Outcome::NotRun, qPrintable(told(judged)));
}

QTEST_GUILESS_MAIN(TestEnumeration)
#include "tst_enumeration.moc"
