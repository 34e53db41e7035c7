// The DNS client over a scripted server: what it reads.
#include "dnsclientlab.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class DnsClientTest : public QObject
{
    Q_OBJECT

private slots:
    void readsEachType_data();
    void readsEachType();
    void keepsTheKindsOfNothingApart_data();
    void keepsTheKindsOfNothingApart();
    void readsWhyAServerFails_data();
    void readsWhyAServerFails();
    void keepsTheReasonOfTheFirstResolver();
    void joinsTheStringsOfOneText();
    void followsTheChainInAnyOrder();
    void leavesOutRecordsOfOtherNames();
    void setsTheBitsThatWereAskedFor();
    void refusesDamagedAnswers_data();
    void refusesDamagedAnswers();
    void ignoresAnswersToOtherQuestions_data();
    void ignoresAnswersToOtherQuestions();
    void refusesWhatIsNoName_data();
    void refusesWhatIsNoName();
    void asksInAsciiLowerCase();
};

void DnsClientTest::readsEachType_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("rdata");
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("target");
    QTest::newRow("A") << 1 << u"192.0.2.7"_s << u"192.0.2.7"_s << QString();
    QTest::newRow("AAAA") << 28 << u"2001:db8::7"_s << u"2001:db8::7"_s << QString();
    QTest::newRow("NS") << 2 << u"NS1.Example.NET."_s << QString() << u"ns1.example.net"_s;
    QTest::newRow("MX") << 15 << u"10 mail.example.com."_s << QString() << u"mail.example.com"_s;
    QTest::newRow("null MX") << 15 << u"0 ."_s << QString() << QString();
    QTest::newRow("PTR") << 12 << u"mail.example.com."_s << QString() << u"mail.example.com"_s;
    QTest::newRow("SOA") << 6 << u"ns1.example.com. admin.example.com. 2026010101 7200 3600 1209600 300"_s << QString()
                         << u"ns1.example.com"_s;
    QTest::newRow("TXT") << 16 << u"\"v=spf1 -all\""_s << QString() << QString();
    QTest::newRow("CAA") << 257 << u"0 issue \"letsencrypt.org\""_s << QString() << QString();
}

void DnsClientTest::readsEachType()
{
    QFETCH(int, type);
    QFETCH(QString, rdata);
    const auto rrType = static_cast<RrType>(type);
    const QString line = u"Example.com. 300 IN %1 %2"_s.arg(toWord(rrType), rdata);
    const ScriptedDns server(always({.authoritative = true, .answers = {line}}));
    const Result<DnsAnswer> answer = askOnce(server, {.name = u"example.com"_s, .type = rrType});
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
    QCOMPARE(answer->status, DnsStatus::Answered);
    QVERIFY(answer->authoritative);
    QVERIFY(!answer->usedTcp);
    QCOMPARE(answer->server, server.address().toString());
    const std::vector<DnsRecord> records = answer->records(rrType);
    QCOMPARE(records.size(), size_t(1));
    QCOMPARE(records[0].name, u"example.com"_s);
    QCOMPARE(records[0].ttl, 300u);
    QTEST(records[0].address, "address");
    QTEST(records[0].target, "target");
    if (rrType == RrType::Soa)
        QCOMPARE(records[0].serial, 2026010101u);
    if (rrType == RrType::Caa)
        QCOMPARE(records[0].presentation, rdata);
    if (rrType == RrType::Txt)
        QCOMPARE(records[0].text, QByteArray("v=spf1 -all"));
}

void DnsClientTest::keepsTheKindsOfNothingApart_data()
{
    QTest::addColumn<int>("rcode");
    QTest::addColumn<DnsStatus>("status");
    QTest::newRow("name exists, no such record") << 0 << DnsStatus::NoData;
    QTest::newRow("no such name") << kNxDomain << DnsStatus::NxDomain;
    QTest::newRow("broken server") << kServFail << DnsStatus::ServFail;
    QTest::newRow("refused") << kRefused << DnsStatus::Refused;
    QTest::newRow("not implemented") << 4 << DnsStatus::OtherRcode;
}

void DnsClientTest::keepsTheKindsOfNothingApart()
{
    QFETCH(int, rcode);
    const ScriptedDns server(always({.rcode = rcode}));
    const Result<DnsAnswer> answer = askOnce(server, {.name = u"example.com"_s});
    QVERIFY(answer);
    QTEST(answer->status, "status");
    QCOMPARE(answer->rcode, rcode);
}

using ExtendedErrors = std::vector<std::pair<int, QByteArray>>;

void DnsClientTest::readsWhyAServerFails_data()
{
    QTest::addColumn<ExtendedErrors>("sent");
    QTest::addColumn<std::function<void(QByteArray &)>>("mangle");
    QTest::addColumn<ExtendedErrors>("read");
    const auto row = [](const char *name, const ExtendedErrors &sent, const ExtendedErrors &read,
                        const std::function<void(QByteArray &)> &mangle = {}) {
        QTest::newRow(name) << sent << mangle << read;
    };
    row("no OPT record", {}, {});
    row("a code", {{7, ""}}, {{7, ""}});
    row("a code and words", {{6, "no valid signature"}}, {{6, "no valid signature"}});
    row("two", {{9, ""}, {22, "at 192.0.2.1"}}, {{9, ""}, {22, "at 192.0.2.1"}});
    row("the largest code", {{65535, ""}}, {{65535, ""}});
    row("words that are no text", {{0, QByteArray("\0\xff\x1b[31m", 7)}}, {{0, QByteArray("\0\xff\x1b[31m", 7)}});
    row("eight, and no more than that", ExtendedErrors(9, {6, ""}), ExtendedErrors(8, {6, ""}));
    // The option stands at the end of the packet: code 2 bytes, length 2, info-code 2, text.
    row("another option", {{7, "x"}}, {}, [](QByteArray &bytes) { bytes[bytes.size() - 6] = 10; });
    row("longer than the record", {{7, "x"}}, {}, [](QByteArray &bytes) { bytes[bytes.size() - 4] = 9; });
    row("too short for a code", {{7, ""}}, {}, [](QByteArray &bytes) { bytes[bytes.size() - 3] = 1; });
}

void DnsClientTest::readsWhyAServerFails()
{
    QFETCH(ExtendedErrors, sent);
    QFETCH(std::function<void(QByteArray &)>, mangle);
    const ScriptedDns server(always({.rcode = kServFail, .extendedErrors = sent, .mangle = mangle}));
    const Result<DnsAnswer> answer = askOnce(server, {.name = u"example.com"_s});
    QVERIFY(answer);
    QCOMPARE(answer->status, DnsStatus::ServFail);
    ExtendedErrors read;
    for (const ExtendedDnsError &error : answer->extendedErrors)
        read.emplace_back(error.code, error.text);
    QTEST(read, "read");
}

void DnsClientTest::keepsTheReasonOfTheFirstResolver()
{
    const ScriptedDns first(always({.rcode = kServFail, .extendedErrors = {{7, ""}}}));
    const ScriptedDns second(always({.rcode = kServFail}));
    Asker asker(optionsFor({first.address(), second.address()}));
    const Result<DnsAnswer> answer = asker.ask({.name = u"example.com"_s});
    QVERIFY(answer);
    QCOMPARE(second.seen().size(), size_t(1));
    QCOMPARE(answer->extendedErrors, (std::vector<ExtendedDnsError>{{7, {}}}));
}

void DnsClientTest::joinsTheStringsOfOneText()
{
    const ScriptedDns server(always({.answers = {u"example.com. 60 IN TXT \"v=spf1 include:a.\" \"example -all\""_s}}));
    const Result<DnsAnswer> answer = askOnce(server, {.name = u"example.com"_s, .type = RrType::Txt});
    QVERIFY(answer);
    QCOMPARE(answer->answers.at(0).text, QByteArray("v=spf1 include:a.example -all"));
    QCOMPARE(answer->answers.at(0).strings.size(), size_t(2));
}

void DnsClientTest::followsTheChainInAnyOrder()
{
    const ScriptedDns server(always(
        {.answers = {u"cdn.example.net. 60 IN A 192.0.2.1"_s, u"edge.example.net. 60 IN CNAME cdn.example.net."_s,
                     u"www.example.com. 60 IN CNAME edge.example.net."_s}}));
    const Result<DnsAnswer> answer = askOnce(server, {.name = u"www.example.com"_s});
    QVERIFY(answer);
    QCOMPARE(answer->cnameChain(), (QStringList{u"edge.example.net"_s, u"cdn.example.net"_s}));
    QCOMPARE(answer->records(RrType::A).size(), size_t(1));
}

void DnsClientTest::leavesOutRecordsOfOtherNames()
{
    const ScriptedDns server(
        always({.answers = {u"bank.example.org. 60 IN A 192.0.2.66"_s, u"example.com. 60 IN A 192.0.2.1"_s}}));
    const Result<DnsAnswer> answer = askOnce(server, {.name = u"example.com"_s});
    QVERIFY(answer);
    QCOMPARE(answer->answers.size(), size_t(1));
    QCOMPARE(answer->answers[0].address, u"192.0.2.1"_s);
}

void DnsClientTest::setsTheBitsThatWereAskedFor()
{
    const ScriptedDns server(always({}));
    QVERIFY(askOnce(server, {.name = u"example.com"_s}));
    QVERIFY(askOnce(server,
                    {.name = u"example.com"_s, .recursionDesired = false, .dnssecOk = true, .checkingDisabled = true}));
    const std::vector<DnsQuestionSeen> seen = server.seen();
    QCOMPARE(seen.size(), size_t(2));
    QVERIFY(seen[0].recursionDesired && !seen[0].dnssecOk && !seen[0].checkingDisabled);
    QVERIFY(!seen[1].recursionDesired && seen[1].dnssecOk && seen[1].checkingDisabled);
    QCOMPARE(seen[0].ednsSize, 1232);
}

void DnsClientTest::refusesDamagedAnswers_data()
{
    QTest::addColumn<int>("damage");
    QTest::newRow("claims more records than it holds") << 0;
    QTest::newRow("record length beyond the packet") << 1;
    QTest::newRow("cut off in the middle of a record") << 2;
    QTest::newRow("name that points at itself") << 3;
    QTest::newRow("question sent back") << 4;
}

void DnsClientTest::refusesDamagedAnswers()
{
    QFETCH(int, damage);
    const auto mangle = [damage](QByteArray &bytes) {
        const qsizetype rdLength = bytes.size() - 6; // of the last record, an A
        const qsizetype owner = bytes.size() - 16;   // its compressed name
        switch (damage) {
        case 0:
            bytes[kAnswerCountHigh] = '\x40';
            break;
        case 1:
            bytes[rdLength] = '\x7f';
            break;
        case 2:
            bytes.chop(3);
            break;
        case 3:
            bytes[owner] = '\xc0';
            bytes[owner + 1] = static_cast<char>(owner);
            break;
        case 4:
            bytes[2] = static_cast<char>(bytes[2] & 0x7f);
            break;
        }
    };
    const ScriptedDns server(always({.answers = {u"example.com. 60 IN A 192.0.2.1"_s}, .mangle = mangle}));
    const Result<DnsAnswer> answer = askOnce(server, {.name = u"example.com"_s});
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Protocol);
}

void DnsClientTest::ignoresAnswersToOtherQuestions_data()
{
    QTest::addColumn<int>("offset");
    QTest::newRow("wrong id") << 0;
    QTest::newRow("wrong name in the question") << 13;
}

void DnsClientTest::ignoresAnswersToOtherQuestions()
{
    QFETCH(int, offset);
    const auto mangle = [offset](QByteArray &bytes) { bytes[offset] = static_cast<char>(bytes[offset] ^ 0x15); };
    const ScriptedDns server(always({.answers = {u"example.com. 60 IN A 192.0.2.1"_s}, .mangle = mangle}));
    const Result<DnsAnswer> answer = Asker(optionsFor({server.address()}, 500ms)).ask({.name = u"example.com"_s});
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::TimedOut);
}

void DnsClientTest::refusesWhatIsNoName_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("nothing") << QString();
    QTest::newRow("two dots") << u"a..example.com"_s;
    QTest::newRow("leading dot") << u".example.com"_s;
    QTest::newRow("label of 64") << QString(64, u'a') + u".example.com"_s;
    QTest::newRow("name of 254") << (QString(62, u'a') + u'.').repeated(4) + u"ab"_s;
    QTest::newRow("blank") << u"exa mple.com"_s;
    QTest::newRow("line break") << u"example.com\n"_s;
    QTest::newRow("escaped dot") << u"exam\\.ple.com"_s;
    QTest::newRow("escape of two digits") << u"exam\\32ple.com"_s;
    QTest::newRow("escape over a byte") << u"exam\\256ple.com"_s;
    QTest::newRow("label of 64 escaped bytes") << QString(u"\\032"_s).repeated(64) + u".com"_s;
}

void DnsClientTest::refusesWhatIsNoName()
{
    QFETCH(QString, name);
    const ScriptedDns server(always({}));
    const Result<DnsAnswer> answer = askOnce(server, {.name = name});
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::BadInput);
    QVERIFY(server.seen().empty());
}

void DnsClientTest::asksInAsciiLowerCase()
{
    const ScriptedDns server(always({}));
    QVERIFY(askOnce(server, {.name = u"WWW.B\u00fccher.Example."_s}));
    QVERIFY(askOnce(server, {.name = QString(63, u'a') + u".example.com"_s}));
    QCOMPARE(server.seen().at(0).name, u"www.xn--bcher-kva.example"_s);
}

QTEST_GUILESS_MAIN(DnsClientTest)
#include "tst_dnsclient.moc"
