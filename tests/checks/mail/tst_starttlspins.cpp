// Certificates that TLSA records pin, behind aliases too (RFC 7672).
#include "starttlslab.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

class TestStartTlsPins : public QObject
{
    Q_OBJECT

private slots:
    void heedsPinnedCertificates_data();
    void heedsPinnedCertificates();
    void followsAliases_data();
    void followsAliases();
    void doubtsPinsThatNobodyTells_data();
    void doubtsPinsThatNobodyTells();
    void tellsWhoNamesTheServers_data();
    void tellsWhoNamesTheServers();
};

void TestStartTlsPins::heedsPinnedCertificates_data()
{
    QTest::addColumn<bool>("isSigned");
    QTest::addColumn<QByteArrayList>("pins"); // "RIGHT": of the certificate that the server shows
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<QString>("word");
    const QByteArray other(64, 'a');
    const auto row = [](const char *name, bool isSigned, const QByteArrayList &pins, const QStringList &codes,
                        const QString &word) { QTest::newRow(name) << isSigned << pins << codes << word; };
    row("fits", true, {"RIGHT"}, {}, u"matches"_s);
    row("roll-over pair", true, {other, "RIGHT"}, {}, u"matches"_s);
    row("was not renewed", true, {other}, {u"certificate_untrusted"_s, u"dane_mismatch"_s}, u"mismatch"_s);
    row("not signed", false, {"RIGHT"}, {u"certificate_untrusted"_s, u"dane_unsigned"_s}, u"unsigned"_s);
}

// knot holds the root and the domain, so that the pins are proven all the way; nobody vouches for the certificate else.
void TestStartTlsPins::heedsPinnedCertificates()
{
    if (serverProgram(u"knotd"_s).isEmpty())
        QSKIP("knot is not installed.");
    QFETCH(bool, isSigned);
    QFETCH(QByteArrayList, pins);
    const Identity leaf = makeSelfSigned({.commonName = kMx, .names = {kMx}});
    const QByteArray right =
        QCryptographicHash::hash(readCertificate(leaf.certificate()).der, QCryptographicHash::Sha256).toHex();
    const QByteArray head =
        "$TTL 300\n@ SOA ns.example. hostmaster.example. 1 7200 3600 1209600 300\n@ NS ns.example.\n";
    QByteArray zone = "$ORIGIN example.com.\n" + head + "@ MX 10 mx\nmx A 192.0.2.1\n";
    for (const QByteArray &pin : pins)
        zone += "_25._tcp.mx TLSA 3 0 1 " + (pin == "RIGHT" ? right : pin) + "\n";
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const SignedZone made =
        isSigned ? signZone(u"example.com"_s, zone, now.addDays(-3), now.addDays(11)) : SignedZone{zone, {}};
    const SignedZone root =
        signZone(u"."_s, "$ORIGIN .\n" + head + "ns.example. A 127.0.0.1\nexample.com. NS ns.example.\n" + made.ds,
                 now.addDays(-3), now.addDays(11));
    const KnotServer knot({{u"."_s, root.file}, {u"example.com"_s, made.file}});
    QVERIFY(knot.isReady());

    const HostileServer server(mailServer({.tls = TlsSetup{.chain = {leaf}}}));
    NetOptions options;
    options.resolvers = {knot.address()};
    options.connects = {{kMx, 25, {u"127.0.0.1"_s, server.port()}}};
    Observations seen(options, CancelToken(), Deadline::never(), nullptr);
    seen.put(TrustAnchors{},
             std::vector<DnsRecord>{{.type = RrType::Ds,
                                     .presentation = QString::fromLatin1(root.ds.simplified()).section(u" DS "_s, 1)}});
    const Target target{u"example.com"_s, {{HostRole::Site, u"example.com"_s}}};
    const Policy policy;
    const ProjectFacts facts;
    const Judged judged = startTlsCheck().look(Look{seen, target, nullptr, policy, facts, now});
    QTEST(codesOf(judged), "codes");
    const QJsonValue first = judged.observed.value("servers"_L1).toArray().first();
    QTEST(first["dane"_L1].toString(), "word");
    QCOMPARE(first["dane_roll_over"_L1].toBool(), pins.size() == 2);
}

// The mail server is an alias into another zone, or its pins are (RFC 7672 section 2.2.3, RFC 7671 section 7).
void TestStartTlsPins::followsAliases_data()
{
    QTest::addColumn<QByteArray>("own");   // records of example.com beside the MX; RIGHT and WRONG are pins
    QTest::addColumn<QByteArray>("other"); // of example.net
    QTest::addColumn<ZoneSigning>("ownSigning");
    QTest::addColumn<ZoneSigning>("otherSigning");
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("at");
    using enum ZoneSigning;
    const QByteArray alias = "mx CNAME mail.example.net.\n";
    const QByteArray there = "mail A 192.0.2.1\n";
    const QByteArray here = "mx A 192.0.2.1\n";
    const QByteArray pinned = "_25._tcp.mail TLSA 3 0 1 RIGHT\n";
    const QString atMx = u"_25._tcp.mx.example.com"_s;
    const QString atMail = u"_25._tcp.mail.example.net"_s;
    const auto row = [](const char *name, const QByteArray &own, const QByteArray &other, ZoneSigning ownSigning,
                        ZoneSigning otherSigning, const QString &word, const QString &at) {
        QTest::newRow(name) << own << other << ownSigning << otherSigning << word << at;
    };
    row("pins at the target", alias, there + pinned, Good, Good, u"matches"_s, atMail);
    row("the target's go first", alias + "_25._tcp.mx TLSA 3 0 1 WRONG\n", there + pinned, Good, Good, u"matches"_s,
        atMail);
    row("the target's do not fit", alias + "_25._tcp.mx TLSA 3 0 1 RIGHT\n", there + "_25._tcp.mail TLSA 3 0 1 WRONG\n",
        Good, Good, u"mismatch"_s, atMail);
    row("pins at the host alone", alias + "_25._tcp.mx TLSA 3 0 1 RIGHT\n", there, Good, Good, u"matches"_s, atMx);
    row("target not signed, pins at the host", alias + "_25._tcp.mx TLSA 3 0 1 RIGHT\n", there, Good, None,
        u"matches"_s, atMx);
    row("target not signed, pins there", alias, there + pinned, Good, None, u"unsigned"_s, atMail);
    row("the alias is not signed", alias, there + pinned, None, Good, u"unsigned"_s, atMail);
    row("an alias and no pins", alias, there, Good, Good, u"absent"_s, {});
    row("pins by an alias", here + "_25._tcp.mx CNAME pins.example.net.\n", "pins TLSA 3 0 1 RIGHT\n", Good, Good,
        u"matches"_s, atMx);
    row("pins by an alias that are not signed", here + "_25._tcp.mx CNAME pins.example.net.\n",
        "pins TLSA 3 0 1 RIGHT\n", Good, None, u"unsigned"_s, atMx);
    row("pins by an alias that is not signed", here + "_25._tcp.mx CNAME pins.example.net.\n",
        "pins TLSA 3 0 1 RIGHT\n", None, Good, u"unsigned"_s, atMx);
    row("pins by an alias whose signatures ended", here + "_25._tcp.mx CNAME pins.example.net.\n",
        "pins TLSA 3 0 1 RIGHT\n", Good, Expired, u"bogus"_s, atMx);
    row("pins by an alias that leads nowhere", here + "_25._tcp.mx CNAME gone.example.net.\n", {}, Good, Good,
        u"absent"_s, {});
}

void TestStartTlsPins::followsAliases()
{
    QFETCH(QByteArray, own);
    QFETCH(QByteArray, other);
    QFETCH(ZoneSigning, ownSigning);
    QFETCH(ZoneSigning, otherSigning);
    QFETCH(QString, at);
    const Identity leaf = makeSelfSigned({.commonName = kMx, .names = {kMx}});
    const QByteArray right =
        QCryptographicHash::hash(readCertificate(leaf.certificate()).der, QCryptographicHash::Sha256).toHex();
    for (QByteArray *records : {&own, &other})
        records->replace("RIGHT", right).replace("WRONG", QByteArray(64, 'a'));
    const SignedWorld world(
        {{u"example.com"_s, "@ MX 10 mx\n" + own, ownSigning}, {u"example.net"_s, other, otherSigning}});
    const Judged judged = lookInto(world, world.script(), leaf);
    const QJsonValue first = judged.observed.value("servers"_L1).toArray().first();
    QTEST(first["dane"_L1].toString(), "word");
    QCOMPARE(first["dane_at"_L1].toString(), at);
    for (const Finding &finding : judged.findings) {
        if (finding.code.startsWith(u"dane_"))
            QVERIFY2(finding.whatWeSaw.contains(at), qPrintable(finding.whatWeSaw));
    }
}

// RFC 7672 section 2.2.2: senders ask for pins only where the host's addresses are proven, and wait when that fails.
void TestStartTlsPins::doubtsPinsThatNobodyTells_data()
{
    QTest::addColumn<ZoneSigning>("signing");
    QTest::addColumn<QList<RrType>>("failing"); // when asked with signatures
    QTest::addColumn<QString>("word");
    using enum RrType;
    QTest::newRow("signed") << ZoneSigning::Good << QList{Tlsa} << u"unknown"_s;
    QTest::newRow("not signed") << ZoneSigning::None << QList{Tlsa} << u"absent"_s;
    QTest::newRow("signed, addresses fail too") << ZoneSigning::Good << QList{Tlsa, A, Aaaa} << u"unknown"_s;
    QTest::newRow("signed, its addresses fail too") << ZoneSigning::Good << QList{Tlsa, A} << u"unknown"_s;
    QTest::newRow("not signed, those of a family that it lacks fail too")
        << ZoneSigning::None << QList{Tlsa, Aaaa} << u"absent"_s;
}

void TestStartTlsPins::doubtsPinsThatNobodyTells()
{
    QFETCH(ZoneSigning, signing);
    QFETCH(QList<RrType>, failing);
    const SignedWorld world({{u"example.com"_s, "@ MX 10 mx\nmx A 192.0.2.1\n", signing}});
    const ScriptedDns::Script script = [&, told = world.script()](const DnsQuestionSeen &question) {
        const bool fails = question.dnssecOk && failing.contains(static_cast<RrType>(question.type));
        return fails ? DnsReply{.rcode = 2} : told(question);
    };
    const Judged judged = lookInto(world, script, makeSelfSigned({.commonName = kMx, .names = {kMx}}));
    const QJsonValue first = judged.observed.value("servers"_L1).toArray().first();
    QTEST(first["dane"_L1].toString(), "word");
}

// RFC 7672 section 2.2.1: a hosting company's signed pins, and a domain that is not signed.
void TestStartTlsPins::tellsWhoNamesTheServers_data()
{
    QTest::addColumn<ZoneSigning>("own"); // the zone with the MX record
    QTest::addColumn<ZoneSigning>("host");
    QTest::addColumn<bool>("mxFails");
    QTest::addColumn<QString>("proof");
    QTest::addColumn<QStringList>("told");
    using enum ZoneSigning;
    QTest::newRow("both signed") << Good << Good << false << u"secure"_s << QStringList{};
    QTest::newRow("the host's alone") << None << Good << false << u"insecure"_s << QStringList{u"dane_mx_unsigned"_s};
    QTest::newRow("the host's alone, the MX question fails") << None << Good << true << u"unknown"_s << QStringList{};
    // RFC 7672 section 2.1.1: a look-up that failed.
    QTest::newRow("the domain's ended") << Expired << Good << false << u"bogus"_s << QStringList{u"dane_mx_bogus"_s};
    QTest::newRow("pins that do not count") << None << None << false << QString() << QStringList{};
}

void TestStartTlsPins::tellsWhoNamesTheServers()
{
    QFETCH(ZoneSigning, own);
    QFETCH(ZoneSigning, host);
    QFETCH(bool, mxFails);
    const Identity leaf = makeSelfSigned({.commonName = kMx, .names = {kMx}});
    const QByteArray right =
        QCryptographicHash::hash(readCertificate(leaf.certificate()).der, QCryptographicHash::Sha256).toHex();
    const SignedWorld world({{u"example.com"_s, "@ MX 10 mail.example.net.\n", own},
                             {u"example.net"_s, "mail A 127.0.0.1\n_25._tcp.mail TLSA 3 0 1 " + right + "\n", host}});
    const ScriptedDns::Script script = [&, told = world.script()](const DnsQuestionSeen &question) {
        const bool fails = mxFails && question.dnssecOk && question.type == static_cast<int>(RrType::Mx);
        return fails ? DnsReply{.rcode = 2} : told(question);
    };
    const Judged judged = lookInto(world, script, leaf, u"mail.example.net"_s);
    QTEST(judged.observed["mx_proof"_L1].toString(), "proof");
    QTEST(codesOf(judged).filter(u"dane_mx_"_s), "told");
    const QJsonArray unseen = judged.observed["not_seen"_L1].toArray();
    const bool isOpen = std::ranges::any_of(
        unseen, [](const QJsonValue &gap) { return gap["code"_L1].toString() == u"dane_mx_unsigned"; });
    QCOMPARE(isOpen, mxFails);
}

QTEST_GUILESS_MAIN(TestStartTlsPins)
#include "tst_starttlspins.moc"
