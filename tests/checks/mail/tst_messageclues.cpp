#include "checks/mail/messageclues.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

MessageClues cluesOf(const QByteArray &text)
{
    const auto message = parseMessage(text);
    if (!message)
        qFatal("%s", qPrintable(message.error().message));
    return cluesIn(*message);
}

} // namespace

class MessageCluesTest : public QObject
{
    Q_OBJECT

private slots:
    void readsHops_data();
    void readsHops();
    void findsTheEntrance_data();
    void findsTheEntrance();
    void findsTheEnvelope_data();
    void findsTheEnvelope();
    void findsTheAuthor_data();
    void findsTheAuthor();
    void repeatsClaimsAsClaims();
    void saysWhatIsOdd_data();
    void saysWhatIsOdd();
};

void MessageCluesTest::readsHops_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("by");
    QTest::addColumn<bool>("isSubmission");
    const auto row = [](const char *name, const char *value, const QString &from, const QString &address,
                        const QString &by, bool isSubmission = false) {
        QTest::newRow(name) << QByteArray(value) << from << address << by << isSubmission;
    };
    row("Postfix",
        "from mail.acme.example (mail.acme.example [203.0.113.5]) (using TLSv1.3 with cipher X (256/256 bits))"
        " by mx.reader.example (Postfix) with ESMTPS id 1; Sat, 28 Nov 2026 10:00:00 +0000",
        u"mail.acme.example"_s, u"203.0.113.5"_s, u"mx.reader.example"_s);
    row("Exim", "from [203.0.113.5] (helo=acme) by mx.reader.example with esmtp (Exim 4.96)", u"[203.0.113.5]"_s,
        u"203.0.113.5"_s, u"mx.reader.example"_s);
    row("Exim with a port", "from mail.acme.example ([203.0.113.5]:45678) by mx.reader.example", u"mail.acme.example"_s,
        u"203.0.113.5"_s, u"mx.reader.example"_s);
    row("Microsoft", "from AM0.example (2001:db8:10a6::5) by DB8.example (2001:db8:10a6::6) with Microsoft SMTP Server",
        u"am0.example"_s, u"2001:db8:10a6::5"_s, u"db8.example"_s);
    row("IPv6 with its tag", "from a.example (a.example [IPv6:2001:db8::1]) by b.example", u"a.example"_s,
        u"2001:db8::1"_s, u"b.example"_s);
    row("Google, inside", "by 2002:a05:6402:1a::1 with SMTP id x", {}, {}, u"2002:a05:6402:1a::1"_s);
    row("calls itself by another address", "from [192.168.1.5] (dsl.example [198.51.100.7]) by b.example",
        u"[192.168.1.5]"_s, u"198.51.100.7"_s, u"b.example"_s);
    row("a name that looks like an address", "from 1-2-3-4.dsl.example (1.2.3.4.dsl.example) by b.example",
        u"1-2-3-4.dsl.example"_s, {}, u"b.example"_s);
    row("numbers that are no address", "from a.example (a.example [999.1.1.1]) by b.example", u"a.example"_s, {},
        u"b.example"_s);
    row("submission", "from laptop (dsl.example [198.51.100.7]) by mail.acme.example with ESMTPSA id 2", u"laptop"_s,
        u"198.51.100.7"_s, u"mail.acme.example"_s, true);
    row("nothing in it", "; Sat, 28 Nov 2026 10:00:00 +0000", {}, {}, {});
    row("folded", "from a.example\r\n\t(a.example [203.0.113.5])\r\n\tby b.example", u"a.example"_s, u"203.0.113.5"_s,
        u"b.example"_s);
}

void MessageCluesTest::readsHops()
{
    QFETCH(QByteArray, value);
    const ReceivedHop hop = readReceived(value);
    QTEST(hop.from, "from");
    QTEST(hop.address, "address");
    QTEST(hop.by, "by");
    QTEST(hop.isSubmission, "isSubmission");
}

void MessageCluesTest::findsTheEntrance_data()
{
    QTest::addColumn<QByteArrayList>("hops"); // top first
    QTest::addColumn<QString>("address");
    const QByteArray outside =
        "from mail.acme.example (mail.acme.example [203.0.113.5]) by mx.reader.example with ESMTPS";
    const QByteArray inside = "from mx1.reader.example (mx1.reader.example [198.51.100.1]) by store.reader.example";
    const QByteArray privately = "from filter (filter [10.0.0.4]) by store.reader.example";
    const QByteArray submission = "from laptop (dsl.example [192.0.2.77]) by mail.acme.example with ESMTPSA";
    const auto row = [](const char *name, const QByteArrayList &hops, const QString &address) {
        QTest::newRow(name) << hops << address;
    };
    row("one hop", {outside}, u"203.0.113.5"_s);
    row("hops inside the receiver are passed over", {privately, inside, outside, submission}, u"203.0.113.5"_s);
    row("without an address on top", {"by 2002:a05::1 with SMTP id x", outside}, u"203.0.113.5"_s);
    row("the author's own line is none", {submission}, {});
    row("from one organisation to itself", {inside, submission}, u"198.51.100.1"_s);
    row("only private addresses", {privately}, {});
    row("no hops", {}, {});
}

void MessageCluesTest::findsTheEntrance()
{
    QFETCH(QByteArrayList, hops);
    std::vector<ReceivedHop> read;
    for (const QByteArray &hop : hops)
        read.push_back(readReceived(hop));
    const ReceivedHop *entrance = entranceAmong(read);
    QTEST(entrance ? entrance->address : QString(), "address");
}

void MessageCluesTest::findsTheEnvelope_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("sender");
    QTest::addColumn<FactSource>("senderSource");
    QTest::addColumn<QString>("address");
    QTest::addColumn<FactSource>("addressSource");
    const QByteArray hop =
        "Received: from mail.acme.example (mail.acme.example [203.0.113.5]) by mx.reader.example\r\n";
    const auto row = [](const char *name, const QByteArray &header, const QString &sender, FactSource senderSource,
                        const QString &address, FactSource addressSource) {
        QTest::newRow(name) << header << sender << senderSource << address << addressSource;
    };
    using enum FactSource;
    row("Return-Path and a hop", "Return-Path: <bounce@acme.example>\r\n" + hop, u"bounce@acme.example"_s, Claimed,
        u"203.0.113.5"_s, Guessed);
    row("a bounce", "Return-Path: <>\r\n" + hop, {}, Claimed, u"203.0.113.5"_s, Guessed);
    row("nothing", "Subject: x\r\n", {}, Nowhere, {}, Nowhere);
    row("Received-SPF",
        hop + "Received-SPF: pass (x) client-ip=203.0.113.5; envelope-from=\"a@acme.example\"; helo=mail;\r\n",
        u"a@acme.example"_s, Claimed, u"203.0.113.5"_s, Claimed);
    row("Authentication-Results of Google",
        hop + "Authentication-Results: mx.google.com;\r\n spf=pass (google.com: domain of a@acme.example designates"
              " 203.0.113.5 as permitted sender) smtp.mailfrom=a@acme.example\r\n",
        u"a@acme.example"_s, Claimed, u"203.0.113.5"_s, Claimed);
    row("of Microsoft, with no hop that says the same",
        "Authentication-Results: spf=pass (sender IP is 203.0.113.9)\r\n smtp.mailfrom=acme.example\r\n",
        u"acme.example"_s, Claimed, u"203.0.113.9"_s, Claimed);
    row("a claim that no hop bears out does not win",
        hop + "Received-SPF: pass client-ip=192.0.2.1; envelope-from=a@acme.example\r\n", u"a@acme.example"_s, Claimed,
        u"203.0.113.5"_s, Guessed);
    row("Return-Path goes before claims",
        "Return-Path: <one@acme.example>\r\nReceived-SPF: pass envelope-from=two@acme.example\r\n",
        u"one@acme.example"_s, Claimed, {}, Nowhere);
}

void MessageCluesTest::findsTheEnvelope()
{
    QFETCH(QByteArray, header);
    const MessageClues clues = cluesOf("From: a@acme.example\r\n" + header + "\r\nbody\r\n");
    QTEST(clues.envelopeSender, "sender");
    QTEST(clues.senderSource, "senderSource");
    QTEST(clues.address, "address");
    QTEST(clues.addressSource, "addressSource");
}

void MessageCluesTest::findsTheAuthor_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("domain");
    QTest::addColumn<bool>("isProblem");
    const auto row = [](const char *name, const QByteArray &header, const QString &domain, bool isProblem) {
        QTest::newRow(name) << header << domain << isProblem;
    };
    row("one", "From: A <a@acme.example>\r\n", u"acme.example"_s, false);
    row("two of one domain", "From: a@acme.example, b@acme.example\r\n", u"acme.example"_s, false);
    row("two of two domains", "From: a@acme.example, b@other.example\r\n", {}, true);
    row("two lines, even of one domain", "From: a@acme.example\r\nFrom: b@acme.example\r\n", {}, true);
    row("none", "Subject: x\r\n", {}, true);
    row("no address", "From: Acme\r\n", {}, true);
    row("empty", "From:\r\n", {}, true);
    row("8-bit", "From: B\303\274cher <a@b\303\274cher.example>\r\n", u"xn--bcher-kva.example"_s, false);
}

void MessageCluesTest::findsTheAuthor()
{
    QFETCH(QByteArray, header);
    const MessageClues clues = cluesOf(header + "\r\nbody\r\n");
    QTEST(clues.authorDomain, "domain");
    QTEST(!clues.authorProblem.isEmpty(), "isProblem");
}

void MessageCluesTest::repeatsClaimsAsClaims()
{
    const MessageClues clues = cluesOf("Authentication-Results: mx.google.com; dkim=pass header.i=@acme.example;\r\n"
                                       " spf=softfail smtp.mailfrom=a@acme.example; dmarc=pass (p=NONE)\r\n"
                                       "Authentication-Results: forged.example; spf=fail\r\n"
                                       "From: a@acme.example\r\n\r\nx\r\n");
    QCOMPARE(clues.claims,
             QStringList{u"Claimed by the receiver (mx.google.com): SPF softfail, DKIM pass, DMARC pass."_s});
}

void MessageCluesTest::saysWhatIsOdd_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("part");
    QTest::newRow("folding lost") << QByteArray("DKIM-Signature: v=1;\nh=from:to;\nFrom: a@acme.example\n")
                                  << u"blanks"_s;
    QTest::newRow("8-bit") << QByteArray("From: a@acme.example\r\nSubject: \303\274\r\n") << u"ASCII"_s;
    QTest::newRow("two Return-Paths") << QByteArray("Return-Path: <a@b.example>\r\nReturn-Path: <c@d.example>\r\n")
                                      << u"Return-Path"_s;
    QTest::newRow("two authors") << QByteArray("From: a@acme.example, b@acme.example\r\n") << u"authors"_s;
}

void MessageCluesTest::saysWhatIsOdd()
{
    QFETCH(QByteArray, header);
    QFETCH(QString, part);
    const MessageClues clues = cluesOf(header + "\r\nbody\r\n");
    QCOMPARE(clues.remarks.size(), 1);
    QVERIFY2(clues.remarks.front().contains(part), qPrintable(clues.remarks.front()));
}

QTEST_GUILESS_MAIN(MessageCluesTest)
#include "tst_messageclues.moc"
