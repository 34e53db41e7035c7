#include "checks/engine/observations.h"
#include "checks/net/securelookup.h"
#include "tests/lab/hostileserver.h"
#include "tests/lab/knotserver.h"
#include "tests/lab/signedworld.h"
#include "tests/lab/signedzone.h"

#include <QTest>

using namespace cockpit;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QString kName = u"_25._tcp.mx.example"_s;
const QByteArray kHead = "$TTL 300\n@ SOA ns.example. hostmaster.example. 1 7200 3600 1209600 300\n@ NS ns.example.\n";
const QByteArray kTlsa = "_25._tcp.mx TLSA 3 1 1 " + QByteArray(64, 'a') + "\n";
const QByteArray kMail = "$ORIGIN example.\n" + kHead + "ns A 127.0.0.1\n" + kTlsa;

enum class Signing { Good, Expired, None };

lab::SignedZone signedBy(Signing signing, const QString &name, const QByteArray &plain)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (signing == Signing::None)
        return {plain, {}};
    return lab::signZone(name, plain, now.addDays(-30), now.addDays(signing == Signing::Good ? 11 : -1));
}

// A root and one zone below it, served by one knot.
struct World
{
    Signing rootSigning = Signing::Good;
    Signing zoneSigning = Signing::Good;
    bool hasDs = true;
    bool hasStrangeDs = false;
    bool knowsTheRoot = true;
    QByteArray oddDs = {}; // algorithm and digest type of one more DS
    QByteArray lost = {};  // lines of the zone with this word are left out
};

Result<ProvenAnswer> look(const World &world, const QString &name = kName)
{
    const auto zone = signedBy(world.zoneSigning, u"example"_s, kMail);
    const auto other = signedBy(Signing::Good, u"example"_s, kMail);
    const QByteArray root =
        "$ORIGIN .\n" + kHead + "example. NS ns.example.\nns.example. A 127.0.0.1\n" +
        (world.hasDs ? zone.ds : QByteArray()) + (world.hasStrangeDs ? other.ds : QByteArray()) +
        (world.oddDs.isEmpty() ? QByteArray() : "example. DS 12345 " + world.oddDs + ' ' + QByteArray(64, 'a') + '\n');
    const auto top = signedBy(world.rootSigning, u"."_s, root);
    const QByteArray file = world.lost.isEmpty() ? zone.file : lab::withoutLines(zone.file, world.lost);
    const lab::KnotServer server({{u"."_s, top.file}, {u"example"_s, file}});
    NetOptions options;
    options.resolvers = {server.address()};
    Observations seen(options, CancelToken(), Deadline::in(20s), nullptr);
    std::vector<DnsRecord> anchors;
    if (world.knowsTheRoot && !top.ds.isEmpty()) {
        const QString ds = QString::fromLatin1(top.ds.simplified());
        anchors.push_back({.type = RrType::Ds, .presentation = ds.section(u" DS "_s, 1)});
        seen.put(TrustAnchors{}, anchors);
    }
    return *seen.ask(SecureLookup{name, RrType::Tlsa, QDateTime::currentDateTimeUtc()});
}

} // namespace

Q_DECLARE_METATYPE(World)
Q_DECLARE_METATYPE(Signing)
Q_DECLARE_METATYPE(cockpit::lab::ZoneSigning)

class TestSecureLookup : public QObject
{
    Q_OBJECT

private slots:
    void provesFromTheRootDown_data();
    void provesFromTheRootDown();
    void asksTheZonesAbove_data();
    void asksTheZonesAbove();
    void provesEveryAlias_data();
    void provesEveryAlias();
    void provesAliasesToNothing_data();
    void provesAliasesToNothing();
    void missesSignatures_data();
    void missesSignatures();
    void takesNoForeignSignature_data();
    void takesNoForeignSignature();
    void aFailureOnTheWayIsUnknown_data();
    void aFailureOnTheWayIsUnknown();
    void tellsAbsence_data();
    void tellsAbsence();
    void knowsTheTrueRoot();
    void silenceIsAnError();
};

void TestSecureLookup::provesFromTheRootDown_data()
{
    QTest::addColumn<World>("world");
    QTest::addColumn<SecurityStatus>("proof");
    using enum SecurityStatus;
    const auto row = [](const char *name, const World &world, SecurityStatus proof) {
        QTest::newRow(name) << world << proof;
    };
    row("signed all the way", {}, Secure);
    row("zone not signed", {.zoneSigning = Signing::None}, Insecure);
    row("signed, but nobody vouches", {.hasDs = false}, Insecure);
    row("vouched for with another key", {.hasDs = false, .hasStrangeDs = true}, Bogus);
    row("two vouch, one fits", {.hasStrangeDs = true}, Secure);
    row("vouched for by an unknown algorithm alone", {.hasDs = false, .oddDs = "253 2"}, Insecure);
    row("vouched for by an unknown digest alone", {.hasDs = false, .oddDs = "13 200"}, Insecure);
    row("vouched for by an unknown algorithm, too", {.oddDs = "253 2"}, Secure);
    row("vouched for by an unknown algorithm and another key", {.hasDs = false, .hasStrangeDs = true, .oddDs = "253 2"},
        Bogus);
    row("zone's signatures ended", {.zoneSigning = Signing::Expired}, Bogus);
    row("root's signatures ended", {.rootSigning = Signing::Expired}, Bogus);
    row("zone's signatures ended, and nobody vouches", {.zoneSigning = Signing::Expired, .hasDs = false}, Insecure);
    row("zone's signatures ended, an unknown algorithm vouches",
        {.zoneSigning = Signing::Expired, .hasDs = false, .oddDs = "253 2"}, Insecure);
    row("keys are missing, and nobody vouches", {.hasDs = false, .lost = "\tDNSKEY\t"}, Insecure);
    row("zone not signed, and vouched for", {.zoneSigning = Signing::None, .hasStrangeDs = true}, Bogus);
    row("signature of the records is missing", {.lost = "\tRRSIG\tTLSA"}, Bogus); // RFC 4035 section 5.5
    row("signature of the records is missing, and nobody vouches", {.hasDs = false, .lost = "\tRRSIG\tTLSA"}, Insecure);
    row("signature of the keys is missing", {.lost = "\tRRSIG\tDNSKEY"}, Bogus);
    row("keys are missing", {.lost = "\tDNSKEY\t"}, Bogus);
    row("a root that is not the true one", {.knowsTheRoot = false}, Bogus);
}

void TestSecureLookup::provesFromTheRootDown()
{
    QFETCH(World, world);
    QFETCH(SecurityStatus, proof);
    const auto answer = look(world);
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
    QCOMPARE(answer->answer.records(RrType::Tlsa).size(), std::size_t(1));
    QVERIFY2(answer->proof == proof, qPrintable(toWord(answer->proof)));
}

// An island: what a zone says about the one below counts only where it is promised itself.
void TestSecureLookup::asksTheZonesAbove_data()
{
    QTest::addColumn<Signing>("middle");
    QTest::addColumn<Signing>("below");
    QTest::addColumn<SecurityStatus>("proof");
    using enum SecurityStatus;
    QTest::newRow("all signed") << Signing::Good << Signing::Good << Secure;
    QTest::newRow("below a zone that is not signed") << Signing::None << Signing::Good << Insecure;
    QTest::newRow("ended below a zone that is not signed") << Signing::None << Signing::Expired << Insecure;
    QTest::newRow("below a zone whose signatures ended") << Signing::Expired << Signing::Good << Bogus;
    QTest::newRow("ended below a signed zone") << Signing::Good << Signing::Expired << Bogus;
}

void TestSecureLookup::asksTheZonesAbove()
{
    QFETCH(Signing, middle);
    QFETCH(Signing, below);
    const auto bottom =
        signedBy(below, u"sub.example"_s, "$ORIGIN sub.example.\n" + kHead + kTlsa + "mx A 127.0.0.1\n");
    const auto example = signedBy(middle, u"example"_s,
                                  "$ORIGIN example.\n" + kHead + "ns A 127.0.0.1\nsub NS ns.example.\n" + bottom.ds);
    const auto top =
        signedBy(Signing::Good, u"."_s,
                 "$ORIGIN .\n" + kHead + "example. NS ns.example.\nns.example. A 127.0.0.1\n" + example.ds);
    const lab::KnotServer server({{u"."_s, top.file}, {u"example"_s, example.file}, {u"sub.example"_s, bottom.file}});
    NetOptions options;
    options.resolvers = {server.address()};
    Observations seen(options, CancelToken(), Deadline::in(20s), nullptr);
    const QString ds = QString::fromLatin1(top.ds.simplified());
    seen.put(TrustAnchors{}, std::vector<DnsRecord>{{.type = RrType::Ds, .presentation = ds.section(u" DS "_s, 1)}});
    const auto answer =
        *seen.ask(SecureLookup{u"_25._tcp.mx.sub.example"_s, RrType::Tlsa, QDateTime::currentDateTimeUtc()});
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
    QCOMPARE(answer->answer.records(RrType::Tlsa).size(), std::size_t(1));
    QTEST(answer->proof, "proof");
}

// RFC 7672 section 2.1.3: an alias that is not proven spoils what it leads to.
void TestSecureLookup::provesEveryAlias_data()
{
    QTest::addColumn<lab::ZoneSigning>("from");
    QTest::addColumn<lab::ZoneSigning>("over");
    QTest::addColumn<lab::ZoneSigning>("to");
    QTest::addColumn<SecurityStatus>("proof");
    using enum lab::ZoneSigning;
    QTest::newRow("all signed") << Good << Good << Good << SecurityStatus::Secure;
    QTest::newRow("the first alias is not") << None << Good << Good << SecurityStatus::Insecure;
    QTest::newRow("the second alias is not") << Good << None << Good << SecurityStatus::Insecure;
    QTest::newRow("the records are not") << Good << Good << None << SecurityStatus::Insecure;
    QTest::newRow("nothing is") << None << None << None << SecurityStatus::Insecure;
    QTest::newRow("the first alias is broken") << Expired << Good << Good << SecurityStatus::Bogus;
    QTest::newRow("the second alias is broken") << Good << Expired << Good << SecurityStatus::Bogus;
    QTest::newRow("the records are broken") << Good << Good << Expired << SecurityStatus::Bogus;
    QTest::newRow("broken behind a way that nobody trusts") << None << Good << Expired << SecurityStatus::Insecure;
}

void TestSecureLookup::provesEveryAlias()
{
    QFETCH(lab::ZoneSigning, from);
    QFETCH(lab::ZoneSigning, over);
    QFETCH(lab::ZoneSigning, to);
    const lab::SignedWorld world({{u"from.example"_s, "_25._tcp.mx CNAME pins.over.example.\n", from},
                                  {u"over.example"_s, "pins CNAME pins.to.example.\n", over},
                                  {u"to.example"_s, "pins TLSA 3 1 1 " + QByteArray(64, 'a') + "\n", to}});
    const ScriptedDns server(world.script());
    NetOptions options;
    options.resolvers = {server.address()};
    Observations seen(options, CancelToken(), Deadline::in(20s), nullptr);
    seen.put(TrustAnchors{}, world.anchors());
    const auto answer =
        *seen.ask(SecureLookup{u"_25._TCP.mx.from.example."_s, RrType::Tlsa, QDateTime::currentDateTimeUtc()});
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
    QCOMPARE(answer->answer.records(RrType::Tlsa).size(), std::size_t(1));
    QTEST(answer->proof, "proof");
}

// Senders have to prove the alias before they may believe that nothing is at its end.
void TestSecureLookup::provesAliasesToNothing_data()
{
    QTest::addColumn<lab::ZoneSigning>("from");
    QTest::addColumn<bool>("dsFails");
    QTest::addColumn<SecurityStatus>("proof");
    using enum lab::ZoneSigning;
    QTest::newRow("signed") << Good << false << SecurityStatus::Insecure;
    QTest::newRow("not signed") << None << false << SecurityStatus::Insecure;
    QTest::newRow("the alias is broken") << Expired << false << SecurityStatus::Bogus;
    QTest::newRow("what vouches for the alias fails") << Good << true << SecurityStatus::Unknown;
}

void TestSecureLookup::provesAliasesToNothing()
{
    QFETCH(lab::ZoneSigning, from);
    QFETCH(bool, dsFails);
    const lab::SignedWorld world({{u"from.example"_s, "_25._tcp.mx CNAME gone.to.example.\n", from},
                                  {u"to.example"_s, "pins TLSA 3 1 1 " + QByteArray(64, 'a') + "\n"}});
    const ScriptedDns server([&, answers = world.script()](const DnsQuestionSeen &question) {
        const bool fails = dsFails && question.type == int(RrType::Ds) && question.name == u"from.example"_s;
        return fails ? DnsReply{.rcode = 2} : answers(question);
    });
    NetOptions options;
    options.resolvers = {server.address()};
    Observations seen(options, CancelToken(), Deadline::in(20s), nullptr);
    seen.put(TrustAnchors{}, world.anchors());
    const auto answer =
        *seen.ask(SecureLookup{u"_25._tcp.mx.from.example"_s, RrType::Tlsa, QDateTime::currentDateTimeUtc()});
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
    QCOMPARE(answer->answer.cnameChain(), QStringList{u"gone.to.example"_s});
    QTEST(answer->proof, "proof");
}

// Whose signatures are left out on the way, and what that says.
void TestSecureLookup::missesSignatures_data()
{
    QTest::addColumn<QString>("lost"); // part of the lines
    QTest::addColumn<SecurityStatus>("proof");
    QTest::newRow("none") << u"nothing"_s << SecurityStatus::Secure;
    QTest::newRow("the alias's, as a DNAME's are") << u" RRSIG CNAME "_s << SecurityStatus::Insecure;
    QTest::newRow("all of the alias's zone") << u" from.example. "_s << SecurityStatus::Bogus;
    QTest::newRow("all of the records' zone") << u" to.example. "_s << SecurityStatus::Bogus;
    QTest::newRow("all: the resolver drops them") << u" RRSIG "_s << SecurityStatus::Unknown;
}

void TestSecureLookup::missesSignatures()
{
    QFETCH(QString, lost);
    const lab::SignedWorld world({{u"from.example"_s, "_25._tcp.mx CNAME pins.to.example.\n"},
                                  {u"to.example"_s, "pins TLSA 3 1 1 " + QByteArray(64, 'a') + "\n"}});
    const ScriptedDns server([&, answers = world.script()](const DnsQuestionSeen &question) {
        DnsReply reply = answers(question);
        reply.answers.removeIf([&](const QString &line) { return line.contains(u" RRSIG "_s) && line.contains(lost); });
        return reply;
    });
    NetOptions options;
    options.resolvers = {server.address()};
    Observations seen(options, CancelToken(), Deadline::in(20s), nullptr);
    seen.put(TrustAnchors{}, world.anchors());
    const auto answer =
        *seen.ask(SecureLookup{u"_25._tcp.mx.from.example"_s, RrType::Tlsa, QDateTime::currentDateTimeUtc()});
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
    QTEST(answer->proof, "proof");
}

// A zone that is proven itself has no say about the names of another (RFC 4035 section 5.3.1).
void TestSecureLookup::takesNoForeignSignature_data()
{
    QTest::addColumn<QString>("owner");
    QTest::addColumn<SecurityStatus>("proof");
    QTest::newRow("its own name") << u"_25._tcp.mx.evil.example"_s << SecurityStatus::Secure;
    QTest::newRow("a neighbour's") << u"_25._tcp.mx.victim.example"_s << SecurityStatus::Bogus;
    QTest::newRow("one that ends alike") << u"_25._tcp.mx.notevil.example"_s << SecurityStatus::Bogus;
}

void TestSecureLookup::takesNoForeignSignature()
{
    QFETCH(QString, owner);
    const lab::SignedWorld world(
        {{u"evil.example"_s, owner.toLatin1() + ". TLSA 3 1 1 " + QByteArray(64, 'a') + "\n"}});
    const ScriptedDns server(world.script());
    NetOptions options;
    options.resolvers = {server.address()};
    Observations seen(options, CancelToken(), Deadline::in(20s), nullptr);
    seen.put(TrustAnchors{}, world.anchors());
    const auto answer = *seen.ask(SecureLookup{owner, RrType::Tlsa, QDateTime::currentDateTimeUtc()});
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
    QCOMPARE(answer->answer.records(RrType::Rrsig).size(), std::size_t(1));
    QTEST(answer->proof, "proof");
}

// Whoever fails to answer on the way has not shown that the records are forged.
void TestSecureLookup::aFailureOnTheWayIsUnknown_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("at");
    QTest::newRow("the keys of the zone") << int(RrType::Dnskey) << u"to.example"_s;
    QTest::newRow("what vouches for it") << int(RrType::Ds) << u"to.example"_s;
    QTest::newRow("the keys of the root") << int(RrType::Dnskey) << QString();
}

void TestSecureLookup::aFailureOnTheWayIsUnknown()
{
    QFETCH(int, type);
    QFETCH(QString, at);
    const lab::SignedWorld world({{u"to.example"_s, "pins TLSA 3 1 1 " + QByteArray(64, 'a') + "\n"}});
    const ScriptedDns server([&, answers = world.script()](const DnsQuestionSeen &question) {
        const bool fails = question.type == type && question.name == at;
        return fails ? DnsReply{.rcode = 2} : answers(question);
    });
    NetOptions options;
    options.resolvers = {server.address()};
    Observations seen(options, CancelToken(), Deadline::in(20s), nullptr);
    seen.put(TrustAnchors{}, world.anchors());
    const auto answer = *seen.ask(SecureLookup{u"pins.to.example"_s, RrType::Tlsa, QDateTime::currentDateTimeUtc()});
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
    QCOMPARE(answer->proof, SecurityStatus::Unknown);
}

// RFC 7672 section 2.1.3: senders who ask for pins hold the mail back where the zone that denies them is broken.
void TestSecureLookup::tellsAbsence_data()
{
    QTest::addColumn<World>("world");
    QTest::addColumn<SecurityStatus>("proof");
    using enum SecurityStatus;
    QTest::newRow("signed") << World{} << Insecure;
    QTest::newRow("not signed") << World{.zoneSigning = Signing::None} << Insecure;
    QTest::newRow("nobody vouches") << World{.hasDs = false} << Insecure;
    QTest::newRow("signatures ended") << World{.zoneSigning = Signing::Expired} << Bogus;
    QTest::newRow("signatures ended, and nobody vouches")
        << World{.zoneSigning = Signing::Expired, .hasDs = false} << Insecure;
    QTest::newRow("vouched for with another key") << World{.hasDs = false, .hasStrangeDs = true} << Bogus;
    QTest::newRow("not signed, and vouched for") << World{.zoneSigning = Signing::None, .hasStrangeDs = true} << Bogus;
}

void TestSecureLookup::tellsAbsence()
{
    QFETCH(World, world);
    const auto answer = look(world, u"_25._tcp.other.example"_s);
    QVERIFY(answer);
    QCOMPARE(answer->answer.status, DnsStatus::NxDomain);
    QTEST(answer->proof, "proof");
}

void TestSecureLookup::knowsTheTrueRoot()
{
    Observations seen(NetOptions(), CancelToken(), Deadline::in(20s), nullptr);
    const auto anchors = seen.ask(TrustAnchors{});
    QVERIFY(*anchors);
    QStringList tags;
    for (const DnsRecord &anchor : **anchors)
        tags << anchor.presentation.section(u' ', 0, 0);
    QCOMPARE(tags, (QStringList{u"20326"_s, u"38696"_s}));
}

void TestSecureLookup::silenceIsAnError()
{
    NetOptions options;
    options.resolvers = {{u"127.0.0.1"_s, lab::unusedPort()}};
    options.operationTimeout = 300ms;
    Observations seen(options, CancelToken(), Deadline::in(20s), nullptr);
    QVERIFY(!*seen.ask(SecureLookup{kName, RrType::Tlsa, QDateTime::currentDateTimeUtc()}));
}

QTEST_GUILESS_MAIN(TestSecureLookup)
#include "tst_securelookup.moc"
