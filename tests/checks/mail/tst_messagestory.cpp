#include "checks/mail/messagestory.h"
#include "lab/dkimsigner.h"
#include "lab/zonescript.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QDateTime kNow(QDate(2026, 11, 28), QTime(12, 0), Qt::UTC);
const QByteArray kBody = "\r\nHello\r\nand bye\r\n";
const QByteArray kFrom = "From: Acme <hello@acme.example>\r\n";
const QByteArray kSubject = "Subject: Welcome\r\n";
const QByteArray kHop = "Received: from mail.acme.example (mail.acme.example [192.0.2.5]) by mx.reader.example\r\n";

QByteArray sentBy(const QByteArray &domain)
{
    return "Return-Path: <bounce@" + domain + ">\r\n" + kHop;
}

QString policy(const QString &domain, const QString &record)
{
    return u"_dmarc.%1. 300 IN TXT \"%2\""_s.arg(domain, record);
}

QString senders(const QString &domain, const QString &record)
{
    return u"%1. 300 IN TXT \"v=spf1 %2\""_s.arg(domain, record);
}

Result<MessageStory> tell(const QStringList &zone, const MessageInput &input)
{
    const ScriptedDns server(zoneScript(zone));
    NetOptions options;
    options.resolvers = {server.address()};
    options.operationTimeout = std::chrono::milliseconds(600);
    Observations seen(options, CancelToken(), Deadline::never(), nullptr);
    return tellMessage(input, kNow, seen);
}

MessageStory told(const QStringList &zone, const QByteArray &message)
{
    const auto story = tell(zone, {message, {}, {}});
    if (!story)
        qFatal("%s", qPrintable(story.error().message));
    return *story;
}

// "spf/dkim/new/old", each a word; dkim is that of the first signature.
QString wordsOf(const MessageStory &story)
{
    return u"%1/%2/%3/%4"_s.arg(toWord(story.spf.state),
                                story.signatures.empty() ? u"-"_s : story.signatures.front().verdict,
                                toWord(story.dmarc.state), toWord(story.oldDmarc.state));
}

} // namespace

class MessageStoryTest : public QObject
{
    Q_OBJECT

private slots:
    void tellsTheStory_data();
    void tellsTheStory();
    void standardsPart_data();
    void standardsPart();
    void alignsStrictlyWhenAsked_data();
    void alignsStrictlyWhenAsked();
    void teachesSelectors();
    void thePersonKnowsBetter();
    void usesTheNameOfTheServerForBounces();
    void boundsTheSignatures();
    void tellsWhoPassedItOn_data();
    void tellsWhoPassedItOn();
    void asksNothingWithoutAChain();
    void refusesWhatIsNoMessage();
    void stopsWithinASecond();
};

void MessageStoryTest::tellsTheStory_data()
{
    QTest::addColumn<QStringList>("zone");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QString>("words");
    QTest::addColumn<ProofState>("state");
    static const lab::DkimSigner signer("acme.example", "s1");
    static const lab::DkimSigner stranger("esp.example", "s2");
    const QStringList base{policy(u"acme.example"_s, u"v=DMARC1; p=quarantine"_s),
                           senders(u"acme.example"_s, u"ip4:192.0.2.5 -all"_s), signer.record()};
    const QByteArray plain = sentBy("acme.example") + kFrom + kSubject + kBody;
    const QByteArray mail = sentBy("acme.example") + signer.sign(kFrom + kSubject + kBody);
    const auto row = [](const char *name, const QStringList &zone, const QByteArray &message, const char *words,
                        ProofState state) {
        QTest::newRow(name) << zone << message << QString::fromLatin1(words) << state;
    };
    using enum ProofState;
    row("both prove it", base, mail, "pass/pass/pass/pass", Pass);
    row("bare line feeds of a paste", base, QByteArray(mail).replace("\r\n", "\n"), "pass/pass/pass/pass", Pass);
    row("SPF alone", base, plain, "pass/-/pass/pass", Pass);
    row("from another server, unsigned", base, QByteArray(plain).replace("192.0.2.5", "192.0.2.6"), "fail/-/fail/fail",
        Fail);
    row("from another server, signed: forwarded", base, QByteArray(mail).replace("192.0.2.5", "192.0.2.6"),
        "fail/pass/pass/pass", Pass);
    row("an ESP that proves itself only",
        {base[0], senders(u"esp.example"_s, u"ip4:192.0.2.5 -all"_s), stranger.record()},
        sentBy("esp.example") + stranger.sign(kFrom + kSubject + kBody), "pass/pass/fail/fail", Fail);
    row("no policy", {base[1], base[2]}, mail, "pass/pass/missing/missing", Missing);
    row("no SPF", {base[0], base[2]}, mail, "missing/pass/pass/pass", Pass);
    row("body changed", base, QByteArray(mail).replace("bye", "buy"), "pass/body_changed/pass/pass", Pass);
    row("subject changed, from elsewhere", base,
        QByteArray(mail).replace("Welcome", "Hi").replace("192.0.2.5", "192.0.2.6"), "fail/header_changed/fail/fail",
        Fail);
    row("no key", {base[0], base[1]}, mail, "pass/no_key/pass/pass", Pass);
    row("the key's server fails", {base[0], u"s1._domainkey.acme.example. SERVFAIL"_s},
        QByteArray(mail).replace("192.0.2.5", "192.0.2.6"), "missing/dns_failure/unknown/unknown", Unknown);
    row("the key's server is silent", {base[0], u"s1._domainkey.acme.example. SILENT"_s}, mail,
        "missing/dns_failure/unknown/unknown", Unknown);
    row("the policy's server fails", {u"_dmarc.acme.example. SERVFAIL"_s, base[1], base[2]}, mail,
        "pass/pass/unknown/unknown", Unknown);
    row("the senders' server fails", {base[0], u"acme.example. SERVFAIL"_s}, plain, "unknown/-/unknown/unknown",
        Unknown);
    row("unreadable signature", base, "DKIM-Signature: v=1; nonsense\r\n" + plain, "pass/unreadable/pass/pass", Pass);
    row("header alone", base,
        sentBy("acme.example") + signer.sign(kFrom + kSubject + kBody).split('\n').mid(0, 3).join('\n'),
        "pass/body_missing/pass/pass", Pass);
    row("header alone, without the envelope", base,
        signer.sign(kFrom + kSubject + kBody).split('\n').mid(0, 3).join('\n'), "unknown/body_missing/unknown/unknown",
        Unknown);
    row("no envelope, unsigned", base, kFrom + kSubject + kBody, "unknown/-/unknown/unknown", Unknown);
    row("no envelope, signed", base, signer.sign(kFrom + kSubject + kBody), "unknown/pass/pass/pass", Pass);
    row("no From", base, sentBy("acme.example") + kSubject + kBody, "pass/-/fail/fail", Fail);
    // The signature covers the last From alone and stays genuine: what the reader sees may be the other one.
    row("two From lines", base, "From: evil@other.example\r\n" + mail, "pass/pass/fail/fail", Fail);
    row("a tail that is not covered", base, sentBy("acme.example") + signer.sign(kFrom + kSubject + kBody, "l=5; "),
        "pass/pass/pass/pass", Pass);
    row("of a subdomain, covered from above", base,
        sentBy("acme.example") + QByteArray(kFrom).replace("@acme", "@news.acme") + kSubject + kBody,
        "pass/-/pass/pass", Pass);
}

void MessageStoryTest::tellsTheStory()
{
    QFETCH(QStringList, zone);
    QFETCH(QByteArray, message);
    const MessageStory story = told(zone, message);
    QTEST(wordsOf(story), "words");
    QTEST(story.state, "state");
    QVERIFY(!story.headline.isEmpty());
    QVERIFY(!story.spf.sentence.isEmpty() && !story.dmarc.sentence.isEmpty() && !story.oldDmarc.sentence.isEmpty());
    for (const SignatureStory &signature : story.signatures)
        QVERIFY(!signature.sentence.isEmpty());
}

void MessageStoryTest::standardsPart_data()
{
    QTest::addColumn<QStringList>("zone");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("organizations");
    QTest::addColumn<bool>("disagree");
    const QString spf = senders(u"acme.example"_s, u"ip4:192.0.2.5 -all"_s);
    // From mail.acme.example, sent in the name of acme.example.
    QTest::newRow("agree") << QStringList{policy(u"acme.example"_s, u"v=DMARC1; p=reject"_s), spf}
                           << u"pass/-/pass/pass"_s << u"acme.example acme.example"_s << false;
    QTest::newRow("psd=n makes the subdomain an organisation")
        << QStringList{policy(u"acme.example"_s, u"v=DMARC1; p=reject"_s),
                       policy(u"mail.acme.example"_s, u"v=DMARC1; p=reject; psd=n"_s), spf}
        << u"pass/-/fail/pass"_s << u"mail.acme.example acme.example"_s << true;
    QTest::newRow("another policy for a made-up subdomain")
        << QStringList{policy(u"acme.example"_s, u"v=DMARC1; p=none; np=reject"_s), spf} << u"pass/-/pass/pass"_s
        << u"acme.example acme.example"_s << true;
    QTest::newRow("test mode, which the old standard does not know")
        << QStringList{policy(u"acme.example"_s, u"v=DMARC1; p=quarantine; t=y"_s), spf} << u"pass/-/pass/pass"_s
        << u"acme.example acme.example"_s << true;
    // RFC 7489 knows no np=; by RFC 9989 section 4.10.1 a bad one spoils a record that names nobody to report to.
    QTest::newRow("usable by the old standard alone")
        << QStringList{policy(u"mail.acme.example"_s, u"v=DMARC1; p=reject; np=foo"_s), spf} << u"pass/-/missing/pass"_s
        << u"mail.acme.example acme.example"_s << true;
    QTest::newRow("no policy, no difference")
        << QStringList{spf} << u"pass/-/missing/missing"_s << u"mail.acme.example acme.example"_s << false;
}

void MessageStoryTest::standardsPart()
{
    QFETCH(QStringList, zone);
    const MessageStory story = told(zone, sentBy("acme.example") + "From: a@mail.acme.example\r\n" + kSubject + kBody);
    QTEST(wordsOf(story), "words");
    QTEST(story.dmarc.organizationalDomain + u' ' + story.oldDmarc.organizationalDomain, "organizations");
    QTEST(!story.disagreement.isEmpty(), "disagree");
}

void MessageStoryTest::alignsStrictlyWhenAsked_data()
{
    QTest::addColumn<QString>("record");
    QTest::addColumn<ProofState>("state");
    QTest::newRow("relaxed") << u"v=DMARC1; p=reject"_s << ProofState::Pass;
    QTest::newRow("strict SPF") << u"v=DMARC1; p=reject; aspf=s"_s << ProofState::Fail;
    QTest::newRow("strict DKIM does not matter to SPF") << u"v=DMARC1; p=reject; adkim=s"_s << ProofState::Pass;
}

void MessageStoryTest::alignsStrictlyWhenAsked()
{
    QFETCH(QString, record);
    const MessageStory story = told({policy(u"acme.example"_s, record), senders(u"send.acme.example"_s, u"+all"_s)},
                                    sentBy("send.acme.example") + kFrom + kSubject + kBody);
    QTEST(story.dmarc.state, "state");
    QTEST(story.oldDmarc.state, "state");
    QVERIFY(!story.spf.alignment.strict && story.spf.alignment.walk && story.spf.alignment.list);
}

void MessageStoryTest::teachesSelectors()
{
    const lab::DkimSigner own("acme.example", "mine");
    const lab::DkimSigner other("esp.example", "theirs");
    const QByteArray mail = other.sign(own.sign(kFrom + kSubject + kBody));
    const MessageStory story = told({own.record(), other.record()}, mail);
    QCOMPARE(story.signatures.size(), size_t(2));
    QCOMPARE(selectorsFor(u"acme.example"_s, story), QStringList{u"mine"_s});
    QCOMPARE(story.signatures[0].algorithm, u"ed25519-sha256"_s);
    QCOMPARE(story.signatures[0].keyBits, 256);
    QVERIFY(selectorsFor(u"acme.example"_s, told({other.record()}, mail)).isEmpty()); // its key is not there
}

void MessageStoryTest::thePersonKnowsBetter()
{
    const QStringList zone{senders(u"acme.example"_s, u"ip4:192.0.2.5 -all"_s)};
    const auto story = tell(zone, {kFrom + kSubject + kBody, u"192.0.2.5"_s, u"me@acme.example"_s});
    QVERIFY(story);
    QCOMPARE(story->spf.result, u"pass"_s);
    QCOMPARE(story->spf.addressSource, FactSource::Person);
    QCOMPARE(story->spf.senderSource, FactSource::Person);
    const auto wrong = tell(zone, {kFrom + kSubject + kBody, u"not an address"_s, u"me@acme.example"_s});
    QCOMPARE(wrong->spf.state, ProofState::Unknown);
}

void MessageStoryTest::usesTheNameOfTheServerForBounces()
{
    const MessageStory story = told({senders(u"mail.acme.example"_s, u"ip4:192.0.2.5 -all"_s)},
                                    "Return-Path: <>\r\n" + kHop + kFrom + kSubject + kBody);
    QCOMPARE(story.spf.domain, u"mail.acme.example"_s);
    QCOMPARE(story.spf.result, u"pass"_s);
}

void MessageStoryTest::boundsTheSignatures()
{
    const QByteArray field = "DKIM-Signature: v=1; nonsense\r\n";
    const MessageStory ten = told({}, field.repeated(10) + kFrom + kSubject + kBody);
    QCOMPARE(ten.signatures.size(), size_t(10));
    QVERIFY(ten.remarks.isEmpty());
    const MessageStory eleven = told({}, field.repeated(11) + kFrom + kSubject + kBody);
    QCOMPARE(eleven.signatures.size(), size_t(10));
    QCOMPARE(eleven.remarks.size(), 1);
}

// Servers that vouch are told, and never change what DMARC comes to.
void MessageStoryTest::tellsWhoPassedItOn_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QStringList>("keys");
    QTest::addColumn<QString>("verdict");
    QTest::addColumn<QString>("says"); // a part of the sentence
    static const lab::DkimSigner author("acme.example", "s1");
    static const lab::DkimSigner list("lists.example", "a");
    static const lab::DkimSigner forwarder("forward.example", "b");
    const auto row = [](const char *name, const QByteArray &message, const QStringList &keys, const QString &verdict,
                        const QString &says) { QTest::newRow(name) << message << keys << verdict << says; };
    const QByteArray genuine = author.sign(kFrom + kSubject + kBody);
    // The list changes the subject, so that the author's own signature no longer holds.
    const QByteArray tagged = QByteArray(genuine).replace("Subject: ", "Subject: [list] ");
    const QByteArray once = list.passOn(tagged, 1, "dmarc=pass (p=quarantine) header.from=acme.example", "none");
    const QStringList keys{author.record(), list.record(), forwarder.record()};
    row("a list vouches", once, keys, u"pass"_s, u"lists.example vouches that DMARC passed"_s);
    row("a list that saw a fake", list.passOn(tagged, 1, "dmarc=fail header.from=acme.example", "none"), keys,
        u"pass"_s, u"DMARC came to \"fail\""_s);
    row("a list that says nothing of DMARC", list.passOn(tagged, 1, "spf=pass (dmarc=pass)", "none"), keys, u"pass"_s,
        u"says nothing about DMARC"_s);
    row("a result in a comment with another in it", list.passOn(tagged, 1, "spf=pass (x; dmarc=pass (y))", "none"),
        keys, u"pass"_s, u"says nothing about DMARC"_s);
    row("a result in a quoted string", list.passOn(tagged, 1, "spf=fail reason=\"; dmarc=pass\"", "none"), keys,
        u"pass"_s, u"says nothing about DMARC"_s);
    row("a result behind a bracket in quotes", list.passOn(tagged, 1, "spf=fail reason=\"(\"; dmarc=pass", "none"),
        keys, u"pass"_s, u"vouches that DMARC passed"_s);
    row("a list that leaves the end open",
        list.passOn(tagged, 1, "dmarc=pass", "none", "l=4; ") + "Pay here instead.\r\n", keys, u"pass"_s,
        u"uncovered (l=)"_s);
    row("a list with a key for tests", once,
        {author.record(), list.record().replace(u"v=DKIM1;"_s, u"v=DKIM1; t=y;"_s)}, u"pass"_s, u"(t=y)"_s);
    row("a list and a forwarder", forwarder.passOn(once, 2, "arc=pass", "pass"), keys, u"pass"_s,
        u"2 of them, from lists.example to forward.example"_s);
    row("changed after the list", QByteArray(once).replace("[list]", "[spam]"), keys, u"fail"_s, u"does not hold"_s);
    row("no key", once, {author.record()}, u"fail"_s, u"There is no key at a._domainkey.lists.example"_s);
    row("the key's server fails", once, {u"a._domainkey.lists.example. SERVFAIL"_s}, u"unknown"_s, u"cannot be told"_s);
    row("a chain without its beginning", list.passOn(tagged, 2, "arc=pass", "pass"), keys, u"fail"_s, u"Set 1"_s);
    row("nobody", tagged, keys, u"none"_s, {});
}

void MessageStoryTest::tellsWhoPassedItOn()
{
    QFETCH(QByteArray, message);
    QFETCH(QStringList, keys);
    QFETCH(QString, says);
    const MessageStory story = told(keys << policy(u"acme.example"_s, u"v=DMARC1; p=quarantine"_s)
                                         << senders(u"acme.example"_s, u"ip4:192.0.2.5 -all"_s),
                                    QByteArray(sentBy("acme.example")).replace("192.0.2.5", "192.0.2.6") + message);
    QTEST(story.arc.verdict, "verdict");
    QVERIFY2(story.arc.sentence.contains(says), qPrintable(story.arc.sentence));
    QCOMPARE(story.arc.sentence.isEmpty(), story.arc.state == ProofState::Missing);
    QVERIFY(story.dmarc.state != ProofState::Pass && story.oldDmarc.state != ProofState::Pass);
    QVERIFY(story.state != ProofState::Pass);
    if (story.arc.state == ProofState::Pass) {
        QVERIFY(story.arc.sentence.contains(u"proves nothing to DMARC"));
        QCOMPARE(story.arc.sentence.contains(u"uncovered"), says.contains(u"uncovered"));
        QCOMPARE(story.arc.sentence.contains(u"t=y"), says.contains(u"t=y"));
        QCOMPARE(story.state, ProofState::Fail);
    }
}

void MessageStoryTest::asksNothingWithoutAChain()
{
    const ScriptedDns server(zoneScript({policy(u"acme.example"_s, u"v=DMARC1; p=none"_s)}));
    NetOptions options;
    options.resolvers = {server.address()};
    Observations seen(options, CancelToken(), Deadline::never(), nullptr);
    // A chain that cannot hold is not looked up.
    const QByteArray half = "ARC-Seal: i=1; cv=none; a=rsa-sha256; d=lists.example; s=a; b=AAAA\r\n";
    const auto story = tellMessage({half + kFrom + kSubject + kBody, {}, {}}, kNow, seen);
    QVERIFY(story);
    QCOMPARE(story->arc.verdict, u"fail"_s);
    for (const DnsQuestionSeen &question : server.seen())
        QVERIFY2(!question.name.contains(u"lists.example"), qPrintable(question.name));
}

void MessageStoryTest::refusesWhatIsNoMessage()
{
    QCOMPARE(tell({}, {"Just some text.", {}, {}}).error().kind, ErrorKind::BadInput);
    QCOMPARE(tell({}, {QByteArray(kLargestMessage + 1, 'x'), {}, {}}).error().kind, ErrorKind::TooLarge);
}

void MessageStoryTest::stopsWithinASecond()
{
    const ScriptedDns server([](const DnsQuestionSeen &) { return DnsReply{.silent = true}; });
    NetOptions options;
    options.resolvers = {server.address()};
    options.operationTimeout = std::chrono::seconds(30);
    const CancelToken token;
    Observations seen(options, token, Deadline::never(), nullptr);
    std::thread stopper([&] {
        while (server.seen().empty())
            std::this_thread::yield();
        token.cancel();
    });
    QElapsedTimer clock;
    clock.start();
    const auto story = tellMessage({sentBy("acme.example") + kFrom + kSubject + kBody, {}, {}}, kNow, seen);
    stopper.join();
    QVERIFY(!story);
    QCOMPARE(story.error().kind, ErrorKind::Cancelled);
    QVERIFY(clock.elapsed() < 1000);
}

QTEST_GUILESS_MAIN(MessageStoryTest)
#include "tst_messagestory.moc"
