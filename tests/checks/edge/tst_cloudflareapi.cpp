// Cloudflare's API as it is documented, and everything that may answer in its place. Each way to fail has its own
// words, and none is a pass.
#include "checks/edge/cloudflareapi.h"
#include "checks/edge/cloudflarezone.h"
#include "checks/edge/family.h"
#include "tests/checks/edge/cloudflarelook.h"
#include "tests/checks/web/pages.h"

#include <QJsonDocument>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;
using lab::CloudflareLab;
using lab::LabAnswer;
using lab::LabZone;

namespace {

Check checkOf(const QString &id)
{
    for (const Check &check : edgeChecks()) {
        if (check.id == id)
            return check;
    }
    qFatal("no check %s", qPrintable(id));
}

std::vector<Check> tokenChecks()
{
    std::vector<Check> checks = edgeChecks();
    std::erase_if(checks, [](const Check &check) { return check.needs != std::vector{Need::ApiToken}; });
    return checks;
}

Result<CloudflareReply> asked(const NetOptions &net, const Secret &token, const CancelToken &cancel = {})
{
    Observations seen(net, cancel, Deadline::never(), nullptr);
    return *seen.ask(CloudflareGet{u"/zones?per_page=50"_s, token});
}

QString everythingIn(const Judged &judged)
{
    QString all = judged.reason + judged.summary +
                  QString::fromUtf8(QJsonDocument(judged.observed).toJson(QJsonDocument::Compact));
    for (const Evidence &evidence : judged.evidence)
        all += evidence.title + evidence.body;
    for (const Finding &finding : judged.findings)
        all += finding.title + finding.whatWeSaw;
    return all;
}

} // namespace

class CloudflareApiTest : public QObject
{
    Q_OBJECT

private slots:
    void readsReplies_data();
    void readsReplies();
    void hidesTheTokenInWords();
    void readsAllPages();
    void wrongTokensSaySo_data();
    void wrongTokensSaySo();
    void partsThatFailSaySo_data();
    void partsThatFailSaySo();
    void findsTheZone_data();
    void findsTheZone();
    void sendsNothingWithoutAGoodCertificate();
    void endsWhenTheServerMisbehaves_data();
    void endsWhenTheServerMisbehaves();
    void endsWhenCancelled();
    void onlyReads();
    void triesATokenForThePage_data();
    void triesATokenForThePage();
};

void CloudflareApiTest::readsReplies_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, int status, const QByteArray &body, const QString &expected) {
        QTest::newRow(name) << status << body << expected;
    };
    const auto error = [](int status, int code) { return lab::labError(status, code, u"x"_s).body; };
    row("a list", 200, lab::labResult(QJsonArray{1}).body, u"ok"_s);
    row("nothing, with success", 200, lab::labResult(QJsonValue()).body, u"ok"_s);
    row("success without a result", 200, R"({"success":true})", u"not_the_api"_s);
    row("success that is no flag", 200, R"({"success":"true","result":[]})", u"not_the_api"_s);
    row("success with another status", 202, lab::labResult(QJsonArray()).body, u"not_the_api"_s);
    row("not a token", 400, error(400, 6003), u"wrong_token"_s);
    row("an unknown token", 401, error(401, 1000), u"wrong_token"_s);
    row("an unknown token, by the code alone", 403, error(403, 1000), u"wrong_token"_s);
    row("a token that may not", 403, error(403, 10000), u"no_permission"_s);
    row("no such zone", 404, error(404, 7003), u"not_found"_s);
    row("no such zone, by the code alone", 400, error(400, 7003), u"not_found"_s);
    row("no such ruleset", 404, error(404, 10003), u"not_found"_s);
    row("a way that is gone", 410, error(410, 1), u"not_found"_s);
    row("another mistake of ours", 400, error(400, 1004), u"refused"_s);
    row("too many", 429, error(429, 971), u"too_many"_s);
    row("too many, as a page", 429, "<html>slow down</html>", u"too_many"_s);
    row("broken, in JSON", 500, error(500, 1), u"outage"_s);
    row("broken, as a page", 502, "<html>Bad gateway</html>", u"outage"_s);
    row("a page", 200, "<html>Sign in to the company's network</html>", u"not_the_api"_s);
    row("a refusal that is a page", 403, "<html>Blocked</html>", u"not_the_api"_s);
    row("nothing at all", 200, "", u"not_the_api"_s);
    row("half of it", 200, R"({"success":true,"result":[{"id")", u"not_the_api"_s);
    row("a list in place of the envelope", 200, "[]", u"not_the_api"_s);
    row("deep nesting", 200, QByteArray(5000, '['), u"not_the_api"_s);
}

void CloudflareApiTest::readsReplies()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    const CloudflareReply reply = readCloudflareReply(answer(status, "Retry-After: 7", body), Secret());
    QTEST(toWord(reply.answer), "expected");
    QCOMPARE(reply.retryAfter, status == 429 ? std::optional(7) : std::nullopt);
}

void CloudflareApiTest::hidesTheTokenInWords()
{
    const Secret token("Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY");
    const QByteArray body =
        lab::labError(400, 6003, u"Invalid header Bearer Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY"_s).body;
    const CloudflareReply reply = readCloudflareReply(answer(400, {}, body), token);
    QCOMPARE(reply.words.size(), 1);
    QVERIFY2(!reply.words.front().contains(u"6kkg7OdcBUAxOO963"_s), qPrintable(reply.words.front()));
}

void CloudflareApiTest::readsAllPages()
{
    LabZone zone = lab::wellSetZone();
    for (int i = 0; i < 250; ++i)
        zone.records.append(QJsonObject{{u"name"_s, u"n%1.example.com"_s.arg(i)}});
    const CloudflareLab cloudflare(zone);
    Observations seen(cloudflare.options(), CancelToken(), Deadline::never(), nullptr);
    const QString path = u"/zones/%1/dns_records?per_page=100"_s.arg(zone.id);
    const auto list = askCloudflareList(seen, cloudflare.token(), path);
    QVERIFY(list);
    QCOMPARE(list->items.size(), 251);
    QVERIFY(!list->isCut);
    QCOMPARE(cloudflare.asked().size(), 3);
    const auto many = askCloudflareList(seen, cloudflare.token(), u"/zones/%1/dns_records?per_page=10"_s.arg(zone.id));
    QVERIFY(many);
    QVERIFY(many->isCut);
    QCOMPARE(many->items.size(), 10 * kMostCloudflarePages);
}

void CloudflareApiTest::wrongTokensSaySo_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QString>("status");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QString>("says");
    const QByteArray right = "Sn3lZJTBX6kkg7OdcBUAxOO963GEIyGQqnFTOFYY";
    QTest::newRow("another token") << QByteArray(40, 'x') << u"active"_s << Outcome::NotRun << u"does not accept"_s;
    QTest::newRow("two lines") << QByteArray("abc\r\nX-Evil: 1") << u"active"_s << Outcome::Error << u"single line"_s;
    QTest::newRow("nothing") << QByteArray() << u"active"_s << Outcome::Error << u"single line"_s;
    QTest::newRow("too long") << QByteArray(513, 'x') << u"active"_s << Outcome::Error << u"single line"_s;
    QTest::newRow("switched off") << right << u"disabled"_s << Outcome::NotRun << u"switched off"_s;
    QTest::newRow("expired") << right << u"expired"_s << Outcome::NotRun << u"expired"_s;
}

void CloudflareApiTest::wrongTokensSaySo()
{
    QFETCH(QByteArray, token);
    QFETCH(QString, status);
    QFETCH(QString, says);
    CloudflareLab cloudflare;
    cloudflare.setTokenStatus(status);
    for (const Judged &judged : CloudflareLook{cloudflare}.runAll(tokenChecks(), Result<Secret>(Secret(token)))) {
        QTEST(judged.outcome, "outcome");
        QVERIFY2(judged.reason.contains(says), qPrintable(judged.reason));
        QVERIFY(judged.findings.empty());
        QVERIFY(token.isEmpty() || !everythingIn(judged).contains(QString::fromLatin1(token)));
    }
}

void CloudflareApiTest::partsThatFailSaySo_data()
{
    QTest::addColumn<LabAnswer>("answer");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QString>("says");
    const LabAnswer page{.headers = {"Content-Type: text/html"}, .body = "<html>Company proxy: sign in</html>"};
    const LabAnswer slow{.status = 429, .headers = {"Retry-After: 31"}, .body = "{}"};
    const LabAnswer slowWithoutTime{.status = 429, .headers = {}, .body = "{}"};
    const LabAnswer outage{.status = 503, .headers = {"Content-Type: text/html"}, .body = "<html>Sorry</html>"};
    QTest::newRow("missing permission") << lab::labError(403, 10000, u"Authentication error"_s) << Outcome::NotRun
                                        << u"add the permission"_s;
    QTest::newRow("too many") << slow << Outcome::Error << u"wait 31 seconds"_s;
    QTest::newRow("too many, without a time") << slowWithoutTime << Outcome::Error << u"five minutes"_s;
    QTest::newRow("outage") << outage << Outcome::Error << u"out of order (status 503)"_s;
    QTest::newRow("a page") << page << Outcome::Error << u"company proxy"_s;
    QTest::newRow("another form") << lab::labResult(u"text"_s) << Outcome::Error << u"another form"_s;
    QTest::newRow("another mistake") << lab::labError(400, 1004, u"Invalid something"_s) << Outcome::Error
                                     << u"did not take the question"_s;
}

// First with the list of domains answering so, then with everything below the domain.
void CloudflareApiTest::partsThatFailSaySo()
{
    QFETCH(LabAnswer, answer);
    QFETCH(QString, says);
    for (const QString &part : {u"/zones?"_s, u"/zones/"_s}) {
        CloudflareLab cloudflare;
        cloudflare.answerWith(part, answer);
        for (const Judged &judged : CloudflareLook{cloudflare}.runAll(tokenChecks())) {
            const bool isOtherZoneList = part == "/zones?"_L1 && says == "another form"_L1;
            if (isOtherZoneList) { // no zone can be read from it
                QCOMPARE(judged.outcome, Outcome::NotRun);
                continue;
            }
            QTEST(judged.outcome, "outcome");
            QVERIFY2(judged.reason.contains(says), qPrintable(part + u' ' + judged.reason));
            QVERIFY(judged.findings.empty());
        }
    }
}

void CloudflareApiTest::findsTheZone_data()
{
    QTest::addColumn<QString>("domain");
    QTest::addColumn<QString>("zone");
    QTest::addColumn<bool>("found");
    QTest::newRow("itself") << u"example.com"_s << u"example.com"_s << true;
    QTest::newRow("the zone above") << u"shop.example.com"_s << u"example.com"_s << true;
    QTest::newRow("a zone of its own") << u"shop.example.com"_s << u"shop.example.com"_s << true;
    QTest::newRow("another domain") << u"example.com"_s << u"example.org"_s << false;
}

void CloudflareApiTest::findsTheZone()
{
    QFETCH(QString, domain);
    QFETCH(QString, zone);
    QFETCH(bool, found);
    LabZone kept = lab::wellSetZone();
    kept.name = zone;
    const CloudflareLab cloudflare(kept);
    CloudflareLook look{cloudflare};
    look.target.domain = domain;
    const Judged judged = look.run(checkOf(u"edge.bot-and-ddos"_s));
    QCOMPARE(judged.outcome, found ? Outcome::Pass : Outcome::NotRun);
    QCOMPARE(judged.reason.contains(u"shows no domain example.com"_s), !found);
}

void CloudflareApiTest::sendsNothingWithoutAGoodCertificate()
{
    const CloudflareLab cloudflare;
    NetOptions net = cloudflare.options();
    net.caFile.clear();
    const auto untrusted = asked(net, cloudflare.token());
    QVERIFY(!untrusted);
    QVERIFY2(untrusted.error().message.contains(u"certificate"_s), qPrintable(untrusted.error().message));
    QCOMPARE(cloudflare.asked(), QStringList());

    const lab::Identity root = lab::makeRoot(u"Other root"_s);
    QTemporaryFile roots;
    QVERIFY(roots.open());
    roots.write(lab::pemOf({root}));
    roots.flush();
    std::atomic_int requests = 0;
    const lab::HostileServer other(lab::answering([&](const QByteArray &) {
                                       ++requests;
                                       return lab::httpAnswer(200, {}, "{}");
                                   }),
                                   lab::TlsSetup{.chain = {lab::makeSigned({.names = {u"other.example"_s}}, root)}});
    net.caFile = roots.fileName();
    net.connects.front().to.port = other.port();
    QVERIFY(!asked(net, cloudflare.token())); // a trusted certificate of somebody else
    QCOMPARE(requests, 0);
}

void CloudflareApiTest::endsWhenTheServerMisbehaves_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("refuses") << u"refuses"_s << ErrorKind::Unreachable;
    QTest::newRow("says nothing") << u"silence"_s << ErrorKind::TimedOut;
    QTest::newRow("garbage") << u"garbage"_s << ErrorKind::Protocol;
    QTest::newRow("cut off") << u"cut"_s << ErrorKind::Protocol;
    QTest::newRow("drips for ever") << u"endless"_s << ErrorKind::TimedOut;
}

void CloudflareApiTest::endsWhenTheServerMisbehaves()
{
    QFETCH(QString, how);
    const lab::Identity root = lab::makeRoot(u"Lab root"_s);
    QTemporaryFile roots;
    QVERIFY(roots.open());
    roots.write(lab::pemOf({root}));
    roots.flush();
    const auto script = [how](lab::Connection &connection) {
        connection.readRequest();
        if (how == "silence"_L1)
            connection.hang();
        else if (how == "garbage"_L1)
            connection.write("\x01\x02garbage\r\n\r\n");
        else if (how == "cut"_L1)
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"success\":true");
        if (how == "endless"_L1)
            connection.write("HTTP/1.1 200 OK\r\n");
        while (how == "endless"_L1 && connection.write("X-More: 1\r\n"))
            connection.pause(std::chrono::milliseconds(50));
    };
    const lab::HostileServer server(
        script, lab::TlsSetup{.chain = {lab::makeSigned({.names = {u"api.cloudflare.com"_s}}, root)}});
    NetOptions net;
    net.connects = {
        {u"api.cloudflare.com"_s, 443, {u"127.0.0.1"_s, how == "refuses"_L1 ? lab::unusedPort() : server.port()}}};
    net.caFile = roots.fileName();
    // Where the server does not end it itself: the others have their time, also on a machine that is busy.
    const bool endsByTime = how == "silence"_L1 || how == "endless"_L1;
    net.operationTimeout = std::chrono::milliseconds(endsByTime ? 400 : 30000);
    const auto reply = asked(net, Secret("abc"));
    QVERIFY(!reply);
    QTEST(reply.error().kind, "kind");
    QVERIFY(!reply.error().message.isEmpty());
}

void CloudflareApiTest::endsWhenCancelled()
{
    const CloudflareLab cloudflare;
    const CancelToken cancel;
    cancel.cancel();
    const auto reply = asked(cloudflare.options(), cloudflare.token(), cancel);
    QVERIFY(!reply);
    QCOMPARE(reply.error().kind, ErrorKind::Cancelled);
    CloudflareLook look{cloudflare};
    look.cancel = cancel;
    QCOMPARE(look.run(checkOf(u"edge.cloudflare-config"_s)).outcome, Outcome::NotRun);
}

void CloudflareApiTest::onlyReads()
{
    const CloudflareLab cloudflare;
    for (const Judged &judged : CloudflareLook{cloudflare}.runAll(tokenChecks())) {
        QVERIFY2(judged.outcome == Outcome::Pass, qPrintable(judged.reason + said(judged)));
        QVERIFY(!everythingIn(judged).contains(QString::fromLatin1(cloudflare.token().reveal())));
    }
    QCOMPARE(tokenChecks().size(), size_t(5));
    QCOMPARE(cloudflare.writes(), 0);
    QCOMPARE(
        CloudflareLook{cloudflare}
            .run(checkOf(u"edge.waf-rules"_s), Result<Secret>(failure(ErrorKind::NotPermitted, u"It is locked."_s)))
            .reason,
        u"It is locked."_s);
}

void CloudflareApiTest::triesATokenForThePage_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<QString>("says");
    QTest::addColumn<bool>("works");
    QTest::newRow("works") << u""_s << u"It may read: example.com."_s << true;
    QTest::newRow("of an account") << u"account"_s << u"It may read: example.com."_s << true;
    QTest::newRow("wrong") << u"wrong"_s << u"does not accept"_s << false;
    QTest::newRow("expired") << u"expired"_s << u"expired"_s << false;
    QTest::newRow("may not read domains") << u"forbidden"_s << u"Zone: Read"_s << false;
    QTest::newRow("no domain") << u"empty"_s << u"may read no domain"_s << true;
    QTest::newRow("outage") << u"outage"_s << u"out of order"_s << false;
}

void CloudflareApiTest::triesATokenForThePage()
{
    QFETCH(QString, how);
    QFETCH(QString, says);
    QFETCH(bool, works);
    CloudflareLab cloudflare;
    if (how == "account"_L1)
        cloudflare.answerWith(u"/user/"_s, lab::labError(401, 1000, u"Invalid API Token"_s));
    else if (how == "expired"_L1)
        cloudflare.setTokenStatus(how);
    else if (how == "forbidden"_L1)
        cloudflare.forbid(u"/zones"_s);
    else if (how == "empty"_L1)
        cloudflare.answerWith(u"/zones"_s, lab::labResult(QJsonArray()));
    else if (how == "outage"_L1)
        cloudflare.answerWith(u"/user/"_s, {.status = 502, .headers = {}, .body = "<html>"});
    const Secret token = how == "wrong"_L1 ? Secret("wrong") : cloudflare.token();
    const auto said = tryCloudflareToken(token, cloudflare.options(), CancelToken());
    QCOMPARE(said.has_value(), works);
    const QString sentence = said ? *said : said.error().message;
    QVERIFY2(sentence.contains(says), qPrintable(sentence));
}

QTEST_GUILESS_MAIN(CloudflareApiTest)
#include "tst_cloudflareapi.moc"
