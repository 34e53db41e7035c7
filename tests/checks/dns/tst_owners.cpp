// Waiting for a change: each authoritative server is asked itself, and one of them gets it later.
#include "checks/dns/owners.h"
#include "checks/engine/recordwaiter.h"
#include "lab/zonescript.h"

#include <QSignalSpy>
#include <QTest>

#include <atomic>

using namespace cockpit;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString kWanted = u"v=DMARC1; p=quarantine; np=reject; rua=mailto:r@example.com"_s;
const WantedRecord kRecord{u"example.com"_s, u"_dmarc.example.com"_s, u"TXT"_s, kWanted};

QString txt(const QString &text)
{
    return u"_dmarc.example.com. 300 IN TXT \"%1\""_s.arg(text);
}

// An authoritative server whose zone changes when it is told so.
struct Secondary
{
    explicit Secondary(const QStringList &before, const QStringList &after)
        : server([this, old = zoneScript(before), now = zoneScript(after)](const DnsQuestionSeen &question) {
              return isNew ? now(question) : old(question);
          })
    {
    }

    std::atomic_bool isNew = false;
    ScriptedDns server;
};

NetOptions optionsFor(const ScriptedDns &resolver, const ScriptedDns &first, const ScriptedDns &second)
{
    NetOptions options;
    options.resolvers = {resolver.address()};
    options.connects = {{u"ns1.example.com"_s, 53, first.address()}, {u"ns2.example.com"_s, 53, second.address()}};
    options.operationTimeout = 600ms;
    return options;
}

const QStringList kServers{u"example.com. 300 IN NS ns1.example.com."_s, u"example.com. 300 IN NS ns2.example.com."_s};

QString printed(const std::vector<OwnerAnswer> &answers)
{
    QStringList words;
    for (const OwnerAnswer &answer : answers) {
        const QString state = answer.state == OwnerState::HasIt        ? u"has it"_s
                              : answer.state == OwnerState::HasOther   ? u"other"_s
                              : answer.state == OwnerState::HasNothing ? u"nothing"_s
                                                                       : u"failed"_s;
        words << answer.server + u' ' + state;
    }
    return words.join(u", "_s);
}

} // namespace

Q_DECLARE_METATYPE(OwnerState)

class OwnersTest : public QObject
{
    Q_OBJECT

private slots:
    void judgesAnAnswer_data();
    void judgesAnAnswer();
    void asksEachServerItself();
    void saysWhenNobodyIsInCharge();
    void findsTheZoneAround();
    void waitsForTheLastServer();
    void givesUpInTheEnd();
    void stopsAtOnce();
    void startsAnew();
    void startsAnewBetweenLooks_data();
    void startsAnewBetweenLooks();
    void goesOnAfterAFailure();
};

void OwnersTest::judgesAnAnswer_data()
{
    QTest::addColumn<WantedRecord>("wanted");
    QTest::addColumn<QStringList>("records");
    QTest::addColumn<OwnerState>("state");
    const WantedRecord alias{u"example.com"_s, u"s1._domainkey.example.com"_s, u"CNAME"_s, u"s1.example.net"_s};
    const WantedRecord spf{u"example.com"_s, u"example.com"_s, u"TXT"_s, u"v=spf1 mx -all"_s};
    const QString apex = u"example.com. 300 IN TXT \"%1\""_s;
    QTest::newRow("nothing") << kRecord << QStringList() << OwnerState::HasNothing;
    QTest::newRow("has it") << kRecord << QStringList{txt(kWanted)} << OwnerState::HasIt;
    QTest::newRow("in two strings")
        << kRecord
        << QStringList{u"_dmarc.example.com. 300 IN TXT \"v=DMARC1; p=quarantine; \" \"np=reject; rua=mailto:r@example.com\""_s}
        << OwnerState::HasIt;
    QTest::newRow("has the old one") << kRecord << QStringList{txt(u"v=DMARC1; p=none"_s)} << OwnerState::HasOther;
    QTest::newRow("has both") << kRecord << QStringList{txt(kWanted), txt(u"v=DMARC1; p=none"_s)}
                              << OwnerState::HasOther;
    QTest::newRow("another kind beside it")
        << spf << QStringList{apex.arg(u"v=spf1 mx -all"_s), apex.arg(u"MS=ms123"_s)} << OwnerState::HasIt;
    QTest::newRow("another kind alone") << spf << QStringList{apex.arg(u"MS=ms123"_s)} << OwnerState::HasNothing;
    QTest::newRow("capitals differ") << spf << QStringList{apex.arg(u"V=SPF1 mx -all"_s)} << OwnerState::HasOther;
    QTest::newRow("alias in place of a text")
        << kRecord << QStringList{u"_dmarc.example.com. 300 IN CNAME d.example.net."_s} << OwnerState::HasOther;
    QTest::newRow("alias") << alias << QStringList{u"s1._domainkey.example.com. 300 IN CNAME s1.example.net."_s}
                           << OwnerState::HasIt;
    QTest::newRow("alias to elsewhere") << alias
                                        << QStringList{u"s1._domainkey.example.com. 300 IN CNAME s2.example.net."_s}
                                        << OwnerState::HasOther;
    QTest::newRow("no alias") << alias << QStringList() << OwnerState::HasNothing;
    QTest::newRow("server fails") << kRecord << QStringList{u"_dmarc.example.com. SERVFAIL"_s} << OwnerState::Failed;
    QTest::newRow("no answer") << kRecord << QStringList{u"_dmarc.example.com. SILENT"_s} << OwnerState::Failed;
}

void OwnersTest::judgesAnAnswer()
{
    QFETCH(WantedRecord, wanted);
    QFETCH(QStringList, records);
    QFETCH(OwnerState, state);
    const ScriptedDns server(zoneScript(records));
    const ScriptedDns resolver(zoneScript({kServers.front()}));
    const auto answers = askOwners(wanted, optionsFor(resolver, server, server), {});
    QVERIFY(answers);
    QCOMPARE(answers->size(), size_t(1));
    QCOMPARE(answers->front().state, state);
    QCOMPARE(answers->front().seen.isEmpty(), state == OwnerState::HasIt || state == OwnerState::HasNothing);
}

void OwnersTest::asksEachServerItself()
{
    const ScriptedDns first(zoneScript({txt(kWanted)}));
    const ScriptedDns second([](const DnsQuestionSeen &) { return DnsReply(); }); // AA=0: not in charge
    const ScriptedDns resolver(zoneScript(kServers));
    const auto answers = askOwners(kRecord, optionsFor(resolver, first, second), {});
    QVERIFY(answers);
    QCOMPARE(printed(*answers), u"ns1.example.com has it, ns2.example.com failed"_s);
    QVERIFY(!haveAll(*answers));
    QCOMPARE(first.seen().size(), size_t(1));
    QVERIFY(!first.seen().front().recursionDesired);
    for (const DnsQuestionSeen &question : resolver.seen())
        QVERIFY(question.name != "_dmarc.example.com"_L1); // its memory would say what was true before
}

void OwnersTest::saysWhenNobodyIsInCharge()
{
    const ScriptedDns server(zoneScript({}));
    const ScriptedDns resolver(zoneScript({u"example.net. 300 IN A 192.0.2.1"_s}));
    const auto answers = askOwners(kRecord, optionsFor(resolver, server, server), {});
    QVERIFY(!answers);
    QCOMPARE(answers.error().kind, ErrorKind::NotFound);
}

void OwnersTest::findsTheZoneAround()
{
    const ScriptedDns server(zoneScript({u"_dmarc.app.example.com. 60 IN TXT \"v=DMARC1; p=none\""_s}));
    const ScriptedDns resolver(zoneScript(kServers + QStringList{u"app.example.com. 60 IN A 192.0.2.1"_s}));
    const WantedRecord wanted{u"app.example.com"_s, u"_dmarc.app.example.com"_s, u"TXT"_s, u"v=DMARC1; p=none"_s};
    const auto answers = askOwners(wanted, optionsFor(resolver, server, server), {});
    QVERIFY(answers);
    QVERIFY(haveAll(*answers));
    QCOMPARE(answers->size(), size_t(2));
}

void OwnersTest::waitsForTheLastServer()
{
    const QStringList before{txt(u"v=DMARC1; p=none"_s)};
    Secondary first(before, {txt(kWanted)});
    Secondary second(before, {txt(kWanted)});
    const ScriptedDns resolver(zoneScript(kServers));
    RecordWaiter waiter(askOwners, {.interval = 20ms, .longest = 60s});
    std::vector<QString> looks;
    connect(&waiter, &RecordWaiter::looked, this, [&](const std::vector<OwnerAnswer> &answers) {
        if (looks.empty() || looks.back() != printed(answers))
            looks.push_back(printed(answers));
        // The one has it as soon as it was seen without, the other once the first was seen to have it.
        (first.isNew ? second.isNew : first.isNew) = true;
    });
    QSignalSpy ended(&waiter, &RecordWaiter::ended);
    waiter.start(kRecord, optionsFor(resolver, first.server, second.server));
    QVERIFY(waiter.isWaiting());
    QVERIFY(ended.wait(20000));
    QCOMPARE(ended.front().front().value<WaitEnd>(), WaitEnd::Everywhere);
    QVERIFY(!waiter.isWaiting());
    const std::vector<QString> wanted{u"ns1.example.com other, ns2.example.com other"_s,
                                      u"ns1.example.com has it, ns2.example.com other"_s,
                                      u"ns1.example.com has it, ns2.example.com has it"_s};
    QCOMPARE(looks, wanted);
    const size_t asked = first.server.seen().size();
    QTest::qWait(100); // five intervals in which nobody may be asked any more
    QCOMPARE(first.server.seen().size(), asked);
}

void OwnersTest::givesUpInTheEnd()
{
    int asked = 0;
    RecordWaiter waiter(
        [&asked](const WantedRecord &, const NetOptions &, const CancelToken &) -> Result<std::vector<OwnerAnswer>> {
            ++asked;
            return std::vector<OwnerAnswer>{{.server = u"ns1.example.com"_s, .state = OwnerState::HasNothing}};
        },
        {.interval = 20ms, .longest = 70ms});
    QSignalSpy ended(&waiter, &RecordWaiter::ended);
    waiter.start(kRecord, {});
    QVERIFY(ended.wait(5000));
    QCOMPARE(ended.front().front().value<WaitEnd>(), WaitEnd::TooLong);
    QVERIFY2(asked >= 1 && asked <= 4, qPrintable(QString::number(asked)));
}

void OwnersTest::stopsAtOnce()
{
    const ScriptedDns mute([](const DnsQuestionSeen &) { return DnsReply{.silent = true}; });
    NetOptions options;
    options.resolvers = {mute.address()};
    options.operationTimeout = 60s;
    QElapsedTimer stopping;
    {
        RecordWaiter waiter(askOwners, {.interval = 20ms, .longest = 60s});
        QSignalSpy ended(&waiter, &RecordWaiter::ended);
        waiter.start(kRecord, options);
        QTRY_VERIFY(!mute.seen().empty());
        stopping.start();
        waiter.stop();
        QCOMPARE(ended.count(), 1);
        QCOMPARE(ended.front().front().value<WaitEnd>(), WaitEnd::Stopped);
        waiter.stop(); // nothing is left to stop
        QCOMPARE(ended.count(), 1);
    }
    QVERIFY2(stopping.elapsed() < 1000, qPrintable(QString::number(stopping.elapsed())));
}

// The late answer to what was waited for before is nobody's.
void OwnersTest::startsAnew()
{
    RecordWaiter waiter(
        [](const WantedRecord &wanted, const NetOptions &,
           const CancelToken &token) -> Result<std::vector<OwnerAnswer>> {
            if (wanted.name == "old.example.com"_L1)
                token.waitFor(10s);
            return std::vector<OwnerAnswer>{{.server = wanted.name, .state = OwnerState::HasIt}};
        },
        {.interval = 20ms, .longest = 60s});
    std::vector<QString> looks;
    connect(&waiter, &RecordWaiter::looked, this,
            [&](const std::vector<OwnerAnswer> &answers) { looks.push_back(answers.front().server); });
    QSignalSpy ended(&waiter, &RecordWaiter::ended);
    WantedRecord old = kRecord;
    old.name = u"old.example.com"_s;
    waiter.start(old, {});
    waiter.start(kRecord, {});
    QVERIFY(ended.wait(5000));
    QCOMPARE(looks, std::vector<QString>{kRecord.name});
    QCOMPARE(waiter.wanted(), kRecord);
}

void OwnersTest::startsAnewBetweenLooks_data()
{
    QTest::addColumn<Qt::ConnectionType>("when");
    QTest::newRow("as soon as it hears of the old look") << Qt::DirectConnection;
    QTest::newRow("a moment later") << Qt::QueuedConnection;
}

// The next look of what was waited for before is nobody's either.
void OwnersTest::startsAnewBetweenLooks()
{
    QFETCH(Qt::ConnectionType, when);
    std::atomic_int asked = 0; // for the new record
    RecordWaiter waiter(
        [&asked](const WantedRecord &wanted, const NetOptions &,
                 const CancelToken &token) -> Result<std::vector<OwnerAnswer>> {
            if (wanted.name == "old.example.com"_L1)
                return std::vector<OwnerAnswer>{{.server = wanted.name, .state = OwnerState::HasNothing}};
            ++asked;
            token.waitFor(200ms); // ten intervals
            return std::vector<OwnerAnswer>{{.server = wanted.name, .state = OwnerState::HasIt}};
        },
        {.interval = 20ms, .longest = 60s});
    connect(
        &waiter, &RecordWaiter::looked, &waiter,
        [&](const std::vector<OwnerAnswer> &answers) {
            if (answers.front().state == OwnerState::HasNothing && asked == 0)
                waiter.start(kRecord, {});
        },
        when);
    QSignalSpy ended(&waiter, &RecordWaiter::ended);
    WantedRecord old = kRecord;
    old.name = u"old.example.com"_s;
    waiter.start(old, {});
    QVERIFY(ended.wait(5000));
    QCOMPARE(ended.front().front().value<WaitEnd>(), WaitEnd::Everywhere);
    QCOMPARE(asked.load(), 1);
}

void OwnersTest::goesOnAfterAFailure()
{
    int asked = 0;
    RecordWaiter waiter(
        [&asked](const WantedRecord &, const NetOptions &, const CancelToken &) -> Result<std::vector<OwnerAnswer>> {
            if (++asked == 1)
                return failure(ErrorKind::TimedOut, u"The resolver did not answer."_s);
            if (asked == 2)
                throw std::runtime_error("a library that throws");
            return std::vector<OwnerAnswer>{{.server = u"ns1.example.com"_s, .state = OwnerState::HasIt}};
        },
        {.interval = 20ms, .longest = 60s});
    QSignalSpy failed(&waiter, &RecordWaiter::lookFailed);
    QSignalSpy ended(&waiter, &RecordWaiter::ended);
    waiter.start(kRecord, {});
    QVERIFY(ended.wait(5000));
    QCOMPARE(ended.front().front().value<WaitEnd>(), WaitEnd::Everywhere);
    QCOMPARE(failed.count(), 2);
}

QTEST_GUILESS_MAIN(OwnersTest)
#include "tst_owners.moc"
