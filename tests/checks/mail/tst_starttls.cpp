#include "checks/mail/starttls.h"
#include "checks/net/certificate.h"
#include "lab/lookwithzone.h"
#include "models/projectstate.h"
#include "tests/lab/knotserver.h"
#include "tests/lab/mailserver.h"
#include "tests/lab/realserver.h"
#include "tests/lab/signedworld.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QTemporaryFile>
#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

namespace {

const QString kMx = u"mx.example.com"_s;
const QString kMx2 = u"mx2.example.com"_s;
const QDateTime kNow(QDate(2026, 11, 28), QTime(12, 0), Qt::UTC);
const SocketAddress kV4{u"192.0.2.1"_s, 25};
const SocketAddress kV6{u"2001:db8::1"_s, 25};

TlsSession goodTls(const QString &name = kMx)
{
    TlsSession tls;
    Certificate leaf{.der = "leaf", .subject = name, .names = {name}};
    leaf.notAfter = kNow.addDays(60);
    tls.chain.push_back(leaf);
    return tls;
}

SmtpSession session(StartTlsState state = StartTlsState::Done)
{
    SmtpSession seen{.greeting = {220, {u"mx"_s}}, .ehlo = {250, {u"mx"_s}}, .startTls = state};
    if (state == StartTlsState::Done)
        seen.tls = goodTls();
    if (state == StartTlsState::Refused)
        seen.startTlsReply = {454, {u"no"_s}};
    if (state == StartTlsState::Failed)
        seen.startTlsProblem = u"It hung up."_s;
    return seen;
}

SmtpSession declining(int code)
{
    return {.greeting = {code, {u"not you"_s}}};
}

MailServerSeen answered(const SmtpSession &seen, const QString &host = kMx, const SocketAddress &address = kV4)
{
    return {host, address, seen};
}

MailServerSeen mute(ErrorKind kind, const QString &host = kMx, const SocketAddress &address = kV4)
{
    return {host, address, failure(kind, host + u" did not answer."_s)};
}

DaneLook dane(DaneState state, const TlsaRecord &record)
{
    return {state, {record}};
}

const TlsaRecord kOther{3, 1, 1, QByteArray(32, 'x')};
const TlsaRecord kRight{3, 0, 0, "leaf"};
const TlsaRecord kAuthority{2, 0, 0, "leaf"}; // a server may name its own certificate as one

struct Expected
{
    QStringList codes;
    Outcome outcome = Outcome::Pass;
    std::optional<Severity> worst;
    bool hasGap = false; // beside what it says: something was not seen
};

// The mail servers of a domain, for looks over real sockets.
struct MailLab
{
    Identity root = makeRoot(u"Known root"_s);
    QTemporaryFile roots;

    MailLab()
    {
        if (roots.open())
            roots.write(root.certificatePem());
        roots.close();
    }
    Identity leafFor(const QString &name) const { return makeSigned({.commonName = name, .names = {name}}, root); }
    Judged look(const std::vector<std::pair<QString, quint16>> &servers, QStringList zone = {}) const
    {
        ZoneLook look{.zone = std::move(zone), .caFile = roots.fileName()};
        for (const auto &[host, port] : servers) {
            look.zone << u"example.com. 60 IN MX 10 %1."_s.arg(host) << u"%1. 60 IN A 192.0.2.1"_s.arg(host);
            look.connects.push_back({host, 25, {u"127.0.0.1"_s, port}});
        }
        return look.run(startTlsCheck());
    }
};

// As the world answers; the mail server shows this certificate.
Judged lookInto(const SignedWorld &world, const ScriptedDns::Script &script, const Identity &leaf,
                const QString &host = kMx)
{
    const ScriptedDns dns(script);
    const HostileServer server(mailServer({.tls = TlsSetup{.chain = {leaf}}}));
    NetOptions options;
    options.resolvers = {dns.address()};
    options.connects = {{host, 25, {u"127.0.0.1"_s, server.port()}}};
    Observations seen(options, CancelToken(), Deadline::never(), nullptr);
    seen.put(TrustAnchors{}, world.anchors());
    const Target target{u"example.com"_s, {{HostRole::Site, u"example.com"_s}}};
    const Policy policy;
    const ProjectFacts facts;
    return startTlsCheck().look(Look{seen, target, nullptr, policy, facts, QDateTime::currentDateTimeUtc()});
}

} // namespace

Q_DECLARE_METATYPE(cockpit::StartTlsFacts)
Q_DECLARE_METATYPE(Expected)
Q_DECLARE_METATYPE(cockpit::lab::ZoneSigning)

class TestStartTls : public QObject
{
    Q_OBJECT

private slots:
    void judges_data();
    void judges();
    void closesNothingUnseen_data();
    void closesNothingUnseen();
    void looksAtRealSockets_data();
    void looksAtRealSockets();
    void looksAtARealServer();
    void missesNoHost();
    void doubtsLateHandshakes();
    void heedsTheMailPolicy();
    void heedsPinnedCertificates_data();
    void heedsPinnedCertificates();
    void followsAliases_data();
    void followsAliases();
    void doubtsPinsThatNobodyTells_data();
    void doubtsPinsThatNobodyTells();
    void tellsWhoNamesTheServers_data();
    void tellsWhoNamesTheServers();
    void seesOldVersions_data();
    void seesOldVersions();
    void seesOldVersionsOfARealServer();
    void doesNotApplyWithoutMail();
    void blamesTheNetworkForItsOwnAlone_data();
    void blamesTheNetworkForItsOwnAlone();
};

void TestStartTls::judges_data()
{
    QTest::addColumn<StartTlsFacts>("facts");
    QTest::addColumn<Expected>("expected");
    using enum StartTlsState;
    const auto row = [](const char *name, const StartTlsFacts &facts, const QStringList &codes, Outcome outcome,
                        std::optional<Severity> worst = std::nullopt) {
        QTest::newRow(name) << facts << Expected{codes, outcome, worst};
    };
    const auto one = [](const SmtpSession &seen) { return StartTlsFacts{.servers = {answered(seen)}}; };
    const auto gapRow = [](const char *name, const StartTlsFacts &facts, const QStringList &codes, Outcome outcome,
                           std::optional<Severity> worst = std::nullopt) {
        QTest::newRow(name) << facts << Expected{codes, outcome, worst, true};
    };
    row("encrypted", one(session()), {}, Outcome::Pass);
    row("not offered", one(session(NotOffered)), {u"no_starttls"_s}, Outcome::Warn, Severity::Medium);
    row("refused", one(session(Refused)), {u"starttls_refused"_s}, Outcome::Warn, Severity::Medium);
    row("failed", one(session(Failed)), {u"handshake_failed"_s}, Outcome::Warn, Severity::Medium);
    StartTlsFacts enforced = one(session(NotOffered));
    enforced.enforced = {kMx};
    row("not offered, policy insists", enforced, {u"no_starttls"_s}, Outcome::Fail, Severity::High);
    StartTlsFacts pinned = one(session(NotOffered));
    pinned.dane[kMx] = dane(DaneState::Secure, kOther);
    row("not offered, DANE insists", pinned, {u"no_starttls"_s}, Outcome::Fail, Severity::High);
    row("declines for now", one(declining(421)), {}, Outcome::NotRun);
    row("declines for good", one(declining(554)), {}, Outcome::NotRun);
    SmtpSession noEhlo{.greeting = {220, {}}, .ehlo = {502, {}}};
    row("declines EHLO", one(noEhlo), {}, Outcome::NotRun);
    gapRow("one declines, one encrypts", {.servers = {answered(declining(450)), answered(session(), kMx2)}},
           {u"certificate_mismatch"_s}, Outcome::Warn, Severity::Low); // the session's certificate is for kMx
    SmtpSession second = session();
    second.tls = goodTls(kMx2);
    row("one declines, the other is right", {.servers = {answered(declining(450)), answered(second, kMx2)}}, {},
        Outcome::Info);
    row("one declines by IPv6 alone", {.servers = {answered(session()), answered(declining(450), kMx, kV6)}}, {},
        Outcome::Pass);
    StartTlsFacts lost = one(session());
    lost.notFound.emplace(kMx2, Error{ErrorKind::TimedOut, u"Nobody says where mx2.example.com is."_s, {}});
    row("one is not found, the other is right", lost, {}, Outcome::Info);
    SmtpSession cut = session(NotTried);
    cut.startTlsProblem = u"The time was over."_s;
    row("the run ended first", one(cut), {}, Outcome::NotRun);
    row("the run ended before the second", {.servers = {answered(session()), answered(cut, kMx2)}}, {}, Outcome::Info);
    SmtpSession ahead = session();
    ahead.spokeAhead = true;
    row("spoke ahead", one(ahead), {u"spoke_ahead"_s}, Outcome::Warn, Severity::Low);

    SmtpSession untrusted = session();
    untrusted.tls->chainStatus = ChainStatus::SelfSigned;
    row("self-signed", one(untrusted), {u"certificate_untrusted"_s}, Outcome::Warn, Severity::Low);
    SmtpSession expired = session();
    expired.tls->chainStatus = ChainStatus::Expired;
    row("expired", one(expired), {u"certificate_untrusted"_s}, Outcome::Warn, Severity::Low);
    SmtpSession other = session();
    other.tls = goodTls(u"other.example"_s);
    row("another name", one(other), {u"certificate_mismatch"_s}, Outcome::Warn, Severity::Low);
    StartTlsFacts wanted = one(other);
    wanted.enforced = {kMx};
    row("another name, policy insists", wanted, {u"certificate_mismatch"_s}, Outcome::Fail, Severity::High);
    SmtpSession fair = session();
    fair.tls->version = TlsVersion::Tls12;
    row("TLS 1.2", one(fair), {}, Outcome::Pass);

    const auto withDane = [&](const SmtpSession &seen, const DaneLook &look) {
        StartTlsFacts facts = one(seen);
        facts.dane[kMx] = look;
        return facts;
    };
    row("DANE fits", withDane(session(), dane(DaneState::Secure, kRight)), {}, Outcome::Pass);
    row("DANE fits a self-signed certificate", withDane(untrusted, dane(DaneState::Secure, kRight)), {}, Outcome::Pass);
    row("DANE fits a certificate for another name", withDane(other, dane(DaneState::Secure, kRight)), {},
        Outcome::Pass);
    row("DANE names the authority", withDane(untrusted, dane(DaneState::Secure, kAuthority)), {}, Outcome::Pass);
    row("DANE names the authority, the name is another", withDane(other, dane(DaneState::Secure, kAuthority)),
        {u"certificate_mismatch"_s}, Outcome::Fail, Severity::High);
    row("DANE names authority and certificate, the name is another",
        withDane(other, {DaneState::Secure, {kAuthority, kRight}}), {}, Outcome::Pass);
    SmtpSession lastSecond = untrusted;
    lastSecond.tls->chain.front().notAfter = kNow;
    row("DANE names the authority, expires this second", withDane(lastSecond, dane(DaneState::Secure, kAuthority)), {},
        Outcome::Pass);
    SmtpSession gone = untrusted;
    gone.tls->chain.front().notAfter = kNow.addSecs(-1);
    row("DANE names the authority, expired", withDane(gone, dane(DaneState::Secure, kAuthority)),
        {u"certificate_untrusted"_s}, Outcome::Fail, Severity::High);
    row("DANE fits an expired certificate", withDane(gone, dane(DaneState::Secure, kRight)), {}, Outcome::Pass);
    SmtpSession soon = untrusted;
    soon.tls->chain.front().notBefore = kNow.addSecs(1);
    row("DANE names the authority, valid in a second", withDane(soon, dane(DaneState::Secure, kAuthority)),
        {u"certificate_untrusted"_s}, Outcome::Fail, Severity::High);
    const auto insisting = [&](const SmtpSession &seen, const DaneLook &look) {
        StartTlsFacts facts = withDane(seen, look);
        facts.enforced = {kMx};
        return facts;
    };
    row("DANE fits a self-signed certificate, policy insists", insisting(untrusted, dane(DaneState::Secure, kRight)),
        {u"certificate_untrusted"_s}, Outcome::Fail, Severity::High);
    row("DANE names the authority, nobody else does, policy insists",
        insisting(untrusted, dane(DaneState::Secure, kAuthority)), {u"certificate_untrusted"_s}, Outcome::Fail,
        Severity::High);
    row("DANE fits a certificate for another name, policy insists", insisting(other, dane(DaneState::Secure, kRight)),
        {u"certificate_mismatch"_s}, Outcome::Fail, Severity::High);
    row("DANE fits a good certificate, policy insists", insisting(session(), dane(DaneState::Secure, kRight)), {},
        Outcome::Pass);
    row("DANE fits, old and new", withDane(session(), {DaneState::Secure, {kOther, kRight}}), {}, Outcome::Pass);
    row("DANE does not fit", withDane(session(), dane(DaneState::Secure, kOther)), {u"dane_mismatch"_s}, Outcome::Fail,
        Severity::High);
    row("DANE without signatures", withDane(session(), dane(DaneState::Unsigned, kOther)), {u"dane_unsigned"_s},
        Outcome::Warn, Severity::Low);
    row("DANE with broken signatures", withDane(session(), dane(DaneState::Bogus, kRight)), {u"dane_bogus"_s},
        Outcome::Fail, Severity::High);
    DaneLook behindAlias = dane(DaneState::Unsigned, kRight);
    behindAlias.isAliasAtFault = true;
    row("DANE behind an alias without signatures", withDane(session(), behindAlias), {u"dane_unsigned"_s},
        Outcome::Warn, Severity::Low);
    row("DANE, none, and the proof of that is broken", withDane(session(), {DaneState::Bogus, {}}), {u"dane_bogus"_s},
        Outcome::Fail, Severity::High);
    row("DANE that is not for mail", withDane(session(), dane(DaneState::Secure, {1, 1, 1, QByteArray(32, 'x')})),
        {u"dane_unusable"_s}, Outcome::Warn, Severity::Low);
    row("DANE not followed", withDane(session(), dane(DaneState::Unknown, kOther)), {}, Outcome::Info);
    DaneLook stopped{DaneState::Unknown, {}};
    stopped.problem = Error{ErrorKind::Cancelled, u"Stopped."_s, {}};
    row("DANE, stopped", withDane(session(), stopped), {}, Outcome::NotRun);
    row("DANE, stopped, the certificate is for another name", withDane(other, stopped), {}, Outcome::NotRun);
    gapRow("DANE not followed, not offered", withDane(session(NotOffered), dane(DaneState::Unknown, kOther)),
           {u"no_starttls"_s}, Outcome::Warn, Severity::Medium);
    StartTlsFacts noPolicy = one(session());
    noPolicy.policyProblem = Error{ErrorKind::TimedOut, u"The policy did not come."_s, {}};
    row("policy not known", noPolicy, {}, Outcome::Info);
    noPolicy.policyProblem->kind = ErrorKind::Cancelled;
    row("policy, stopped", noPolicy, {}, Outcome::NotRun);
    row("DANE, server not reached",
        {.servers = {mute(ErrorKind::TimedOut)},
         .network = OutgoingMail::Blocked,
         .dane = {{kMx, dane(DaneState::Secure, kOther)}}},
        {}, Outcome::NotRun);

    SmtpSession ancient = session();
    ancient.tls->version = TlsVersion::Tls11;
    const auto withOlder = [&](const SmtpSession &seen, Result<std::vector<TlsVersion>> older) {
        StartTlsFacts facts = one(seen);
        facts.olderVersions.emplace(kMx, std::move(older));
        return facts;
    };
    row("TLS 1.1 at best", one(ancient), {u"old_tls"_s}, Outcome::Warn, Severity::Medium);
    row("TLS 1.1 and older", withOlder(ancient, {{TlsVersion::Tls10}}), {u"old_tls"_s}, Outcome::Warn,
        Severity::Medium);
    row("TLS 1.2 and newer", withOlder(session(), {{TlsVersion::Tls12}}), {}, Outcome::Pass);
    row("TLS 1.1 as well", withOlder(session(), {{TlsVersion::Tls12, TlsVersion::Tls11}}), {u"old_tls_accepted"_s},
        Outcome::Warn, Severity::Low);
    const Result<std::vector<TlsVersion>> late = failure(ErrorKind::TimedOut, u"It was late."_s);
    row("older versions not known", withOlder(session(), late), {}, Outcome::Info);
    row("older versions not known, stopped", withOlder(session(), failure(ErrorKind::Cancelled, u"Stopped."_s)), {},
        Outcome::NotRun);
    StartTlsFacts slow = one(session());
    slow.notAskedForVersions = {kMx};
    gapRow("older versions not asked for", slow, {}, Outcome::Pass);
    gapRow("older versions not known, the certificate is for another name", withOlder(other, late),
           {u"certificate_mismatch"_s}, Outcome::Warn, Severity::Low);
    SmtpSession pinnedByName = session();
    pinnedByName.tls->chain.front().names = {u"mail.example.net"_s};
    const auto authorityAt = [](const QString &base) { return DaneLook{DaneState::Secure, {kAuthority}, base}; };
    row("DANE by authority, certificate for the alias's target",
        withDane(pinnedByName, authorityAt(u"mail.example.net"_s)), {}, Outcome::Pass);
    row("DANE by authority, certificate for another name", withDane(pinnedByName, authorityAt(kMx)),
        {u"certificate_mismatch"_s}, Outcome::Fail, Severity::High);
    pinnedByName.tls->chain.front().names = {u"example.com"_s};
    row("DANE by authority, certificate for the mail domain", withDane(pinnedByName, authorityAt(kMx)), {},
        Outcome::Pass);

    gapRow("nobody answers, network open", {.servers = {mute(ErrorKind::TimedOut)}}, {u"unreachable"_s}, Outcome::Warn,
           Severity::Medium);
    gapRow("refused, network open", {.servers = {mute(ErrorKind::Unreachable)}}, {u"unreachable"_s}, Outcome::Fail,
           Severity::High);
    row("nobody answers, network blocked", {.servers = {mute(ErrorKind::TimedOut)}, .network = OutgoingMail::Blocked},
        {}, Outcome::NotRun);
    row("nobody answers, network not known",
        {.servers = {mute(ErrorKind::Unreachable)}, .network = OutgoingMail::Unknown}, {}, Outcome::NotRun);
    row("stopped", {.servers = {mute(ErrorKind::Cancelled)}}, {}, Outcome::NotRun);
    StartTlsFacts lostAndStopped = one(session());
    lostAndStopped.notFound.emplace(kMx2, Error{ErrorKind::Cancelled, u"Stopped."_s, {}});
    row("stopped while it looked for a host", lostAndStopped, {}, Outcome::NotRun);
    gapRow("one of two does not answer", {.servers = {answered(session()), mute(ErrorKind::TimedOut, kMx2)}},
           {u"unreachable"_s}, Outcome::Warn, Severity::Medium);
    row("only IPv4 answers", {.servers = {answered(session()), mute(ErrorKind::Unreachable, kMx, kV6)}}, {},
        Outcome::Pass);
    row("a host of IPv6 alone, which this network may lack",
        {.servers = {answered(session()), mute(ErrorKind::Unreachable, kMx2, kV6)}}, {}, Outcome::Info);
    gapRow("a host of IPv6 alone, where others answer by IPv6",
           {.servers = {answered(session(), kMx, kV6), mute(ErrorKind::Unreachable, kMx2, {u"2001:db8::2"_s, 25})}},
           {u"unreachable"_s}, Outcome::Warn, Severity::Medium);
    gapRow("not a mail server", {.servers = {mute(ErrorKind::Protocol)}}, {u"not_a_mail_server"_s}, Outcome::Warn,
           Severity::Medium);
    row("both addresses of a host say the same",
        {.servers = {answered(session(NotOffered)), answered(session(NotOffered), kMx, kV6)}}, {u"no_starttls"_s},
        Outcome::Warn, Severity::Medium);
}

void TestStartTls::judges()
{
    QFETCH(StartTlsFacts, facts);
    QFETCH(Expected, expected);
    facts.domain = u"example.com"_s;
    facts.now = kNow;
    const Judged judged = judgeStartTls(facts);
    QCOMPARE(codesOf(judged), expected.codes);
    QCOMPARE(judged.outcome, expected.outcome);
    const bool isSilent = expected.outcome == Outcome::NotRun || expected.outcome == Outcome::Info;
    QCOMPARE(judged.reason.isEmpty(), !isSilent && !expected.hasGap);
    QCOMPARE(judged.summary.contains(u"Not every"_s), expected.outcome == Outcome::Info);
    std::optional<Severity> worst;
    for (const Finding &finding : judged.findings)
        worst = worst ? std::min(*worst, finding.severity) : finding.severity;
    QCOMPARE(worst, expected.worst);
}

// What an earlier look proved stays open as long as the gap may hide it, and is closed by a look that sees it again.
void TestStartTls::closesNothingUnseen_data()
{
    QTest::addColumn<StartTlsFacts>("before"); // raises one finding
    QTest::addColumn<StartTlsFacts>("partial");
    QTest::addColumn<bool>("closes");
    const auto one = [](const SmtpSession &seen, const DaneLook &dane = {}) {
        StartTlsFacts facts{.domain = u"example.com"_s, .servers = {answered(seen)}, .now = kNow};
        facts.dane[kMx] = dane;
        facts.olderVersions.emplace(kMx, std::vector<TlsVersion>{});
        return facts;
    };
    const auto row = [](const char *name, const StartTlsFacts &before, const StartTlsFacts &partial, bool closes) {
        QTest::newRow(name) << before << partial << closes;
    };
    StartTlsFacts old = one(session());
    old.olderVersions.at(kMx) = std::vector{TlsVersion::Tls11};
    StartTlsFacts late = one(session());
    late.olderVersions.at(kMx) = failure(ErrorKind::TimedOut, u"It was late."_s);
    StartTlsFacts slow = one(session());
    slow.olderVersions.clear();
    slow.notAskedForVersions = {kMx};
    const StartTlsFacts plain = one(session(StartTlsState::NotOffered));
    const StartTlsFacts renewed = one(session(), dane(DaneState::Secure, kOther));
    row("old versions, not known now", old, late, false);
    row("old versions, not asked for now", old, slow, false);
    row("no encryption, versions not known now", plain, late, true);
    row("no encryption, versions not asked for now", plain, slow, true);
    row("pins that do not fit, not known now", renewed, one(session(), {DaneState::Unknown, {}}), false);
    row("no encryption, asked to come back later now", plain, one(declining(450)), false);
    StartTlsFacts two = one(declining(450));
    SmtpSession second = session();
    second.tls = goodTls(kMx2);
    two.servers.push_back(answered(second, kMx2));
    row("the same, another host answers", plain, two, false);
    two.servers.front().session = session();
    two.servers.back().session = declining(450);
    row("another host asks to come back later", plain, two, true);
    StartTlsFacts insisted = one(session());
    insisted.servers.front().session->tls->chainStatus = ChainStatus::SelfSigned;
    insisted.dane[kMx] = dane(DaneState::Secure, kRight);
    StartTlsFacts noPolicy = insisted;
    insisted.enforced = {kMx};
    noPolicy.policyProblem = Error{ErrorKind::TimedOut, u"The policy did not come."_s, {}};
    row("a policy insists, not known now", insisted, noPolicy, false);
}

void TestStartTls::closesNothingUnseen()
{
    QFETCH(StartTlsFacts, before);
    QFETCH(StartTlsFacts, partial);
    ProjectState state;
    const auto fold = [&](const StartTlsFacts &facts) {
        const Judged judged = judgeStartTls(facts);
        CheckResult result{.checkId = u"mail.starttls"_s, .outcome = judged.outcome, .reason = judged.reason};
        result.observed = judged.observed;
        result.findings = judged.findings;
        for (Finding &finding : result.findings)
            finding.checkId = result.checkId;
        applyResults(state, {result}, kNow);
        return openFindings(state).size();
    };
    QCOMPARE(fold(before), 1U);
    QTEST(fold(partial) == 0, "closes");
    StartTlsFacts full{.domain = u"example.com"_s, .servers = {answered(session())}, .now = kNow};
    full.olderVersions.emplace(kMx, std::vector<TlsVersion>{});
    QCOMPARE(fold(full), 0U);
}

void TestStartTls::looksAtRealSockets_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<QStringList>("codes");
    const MailLab lab;
    const auto row = [](const char *name, const Script &script, const QStringList &codes) {
        QTest::newRow(name) << script << codes;
    };
    row("without STARTTLS", mailServer({.ehlo = "250-mx\r\n250 SIZE\r\n"}), {u"no_starttls"_s});
    row("refuses", mailServer({.startTls = "454 not now\r\n"}), {u"starttls_refused"_s});
    row("hangs up", mailServer({}), {u"handshake_failed"_s});
    row("unknown authority", mailServer({.tls = TlsSetup{.chain = {lab.leafFor(kMx)}}}), {u"certificate_untrusted"_s});
    row("is a web server", answering(httpAnswer(400, {}, "no")), {u"unreachable"_s}); // waits for us to speak
    row("speaks HTTP at once", [](Connection &c) { c.write("HTTP/1.1 400 no\r\n\r\n"); }, {u"not_a_mail_server"_s});
}

void TestStartTls::looksAtRealSockets()
{
    QFETCH(Script, script);
    const HostileServer server(script);
    const Judged judged = MailLab().look({{kMx, server.port()}});
    QTEST(codesOf(judged), "codes");
    QVERIFY(!judged.findings.front().evidence.empty());
}

void TestStartTls::looksAtARealServer()
{
    const MailLab lab;
    const RealMailServer secure({lab.leafFor(kMx)});
    const RealMailServer plain;
    if (!secure.isReady() || !plain.isReady())
        QSKIP("python3-aiosmtpd is not installed.");
    const Judged judged = lab.look({{kMx, secure.port()}, {kMx2, plain.port()}});
    QCOMPARE(codesOf(judged), QStringList{u"no_starttls"_s});
    QCOMPARE(judged.findings.front().subject, kMx2);
    const QJsonArray servers = judged.observed.value("servers"_L1).toArray();
    QCOMPARE(servers.size(), 2);
    QCOMPARE(servers[0]["starttls"_L1].toString(), u"done"_s);
    QCOMPARE(servers[0]["chain"_L1].toString(), u"trusted"_s);
    QCOMPARE(servers[0]["name_matches"_L1].toBool(), true);
    QCOMPARE(servers[1]["starttls"_L1].toString(), u"not_offered"_s);
}

void TestStartTls::missesNoHost()
{
    const MailLab lab;
    const HostileServer server(mailServer({.tls = TlsSetup{.chain = {lab.leafFor(kMx)}}}));
    QCOMPARE(lab.look({{kMx, server.port()}}).outcome, Outcome::Pass);
    const Judged judged = lab.look({{kMx, server.port()}}, {u"example.com. 60 IN MX 20 gone.example.com."_s});
    QCOMPARE(judged.outcome, Outcome::Info);
    QVERIFY2(judged.summary.contains(u"gone.example.com"_s), qPrintable(judged.summary));
    QCOMPARE(judged.observed.value("servers"_L1).toArray().size(), 2);
}

// What a slow line may have done is no proof.
void TestStartTls::doubtsLateHandshakes()
{
    SmtpSession late = session(StartTlsState::Failed);
    late.wasStartTlsLate = true;
    QCOMPARE(judgeStartTls({.servers = {answered(late)}}).findings.front().proof, Proof::Lead);
    QCOMPARE(judgeStartTls({.servers = {answered(session(StartTlsState::Failed))}}).findings.front().proof,
             Proof::Proven);
}

void TestStartTls::heedsTheMailPolicy()
{
    const MailLab lab;
    const QString host = u"mta-sts.example.com"_s;
    const HostileServer policy(answering(httpAnswer(200, {"Content-Type: text/plain"},
                                                    "version: STSv1\nmode: enforce\nmx: *.example.com\n"
                                                    "max_age: 604800\n")),
                               TlsSetup{.chain = {lab.leafFor(host)}});
    const HostileServer server(mailServer({.ehlo = "250 mx\r\n"}));
    ZoneLook look{
        .zone = {u"example.com. 60 IN MX 10 mx.example.com."_s, u"_mta-sts.example.com. 60 IN TXT \"v=STSv1; id=1\""_s},
        .connects = {{host, 443, {u"127.0.0.1"_s, policy.port()}}, {kMx, 25, {u"127.0.0.1"_s, server.port()}}},
        .caFile = lab.roots.fileName()};
    const Judged judged = look.run(startTlsCheck());
    QCOMPARE(codesOf(judged), QStringList{u"no_starttls"_s});
    QCOMPARE(judged.findings.front().severity, Severity::High);
}

void TestStartTls::heedsPinnedCertificates_data()
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
void TestStartTls::heedsPinnedCertificates()
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
void TestStartTls::followsAliases_data()
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

void TestStartTls::followsAliases()
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
void TestStartTls::doubtsPinsThatNobodyTells_data()
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

void TestStartTls::doubtsPinsThatNobodyTells()
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
void TestStartTls::tellsWhoNamesTheServers_data()
{
    QTest::addColumn<ZoneSigning>("own"); // the zone with the MX record
    QTest::addColumn<ZoneSigning>("host");
    QTest::addColumn<bool>("mxFails");
    QTest::addColumn<QString>("proof");
    QTest::addColumn<bool>("isTold");
    using enum ZoneSigning;
    QTest::newRow("both signed") << Good << Good << false << u"secure"_s << false;
    QTest::newRow("the host's alone") << None << Good << false << u"insecure"_s << true;
    QTest::newRow("the host's alone, the MX question fails") << None << Good << true << u"unknown"_s << false;
    QTest::newRow("the domain's ended") << Expired << Good << false << u"bogus"_s << false;
    QTest::newRow("pins that do not count") << None << None << false << QString() << false;
}

void TestStartTls::tellsWhoNamesTheServers()
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
    QTEST(codesOf(judged).contains(u"dane_mx_unsigned"_s), "isTold");
    const QJsonArray unseen = judged.observed["not_seen"_L1].toArray();
    const bool isOpen = std::ranges::any_of(
        unseen, [](const QJsonValue &gap) { return gap["code"_L1].toString() == u"dane_mx_unsigned"; });
    QCOMPARE(isOpen, mxFails);
}

void TestStartTls::seesOldVersions_data()
{
    QTest::addColumn<int>("oldest");
    QTest::addColumn<int>("newest");
    QTest::addColumn<QStringList>("versions");
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<int>("connections");
    const auto row = [](const char *name, int oldest, int newest, const QString &versions, const QString &code,
                        int connections) {
        QTest::newRow(name) << oldest << newest << versions.split(u',')
                            << (code.isEmpty() ? QStringList() : QStringList{code}) << connections;
    };
    row("all", TLS1_VERSION, TLS1_3_VERSION, u"TLS 1.3,TLS 1.2,TLS 1.1,TLS 1.0"_s, u"old_tls_accepted"_s, 4);
    row("all but the oldest", TLS1_1_VERSION, TLS1_3_VERSION, u"TLS 1.3,TLS 1.2,TLS 1.1"_s, u"old_tls_accepted"_s, 4);
    row("of today", TLS1_2_VERSION, TLS1_3_VERSION, u"TLS 1.3,TLS 1.2"_s, {}, 3);
    row("the newest alone", TLS1_3_VERSION, TLS1_3_VERSION, u"TLS 1.3"_s, {}, 2);
    row("1.2 alone", TLS1_2_VERSION, TLS1_2_VERSION, u"TLS 1.2"_s, {}, 2);
    row("1.2 and older", TLS1_VERSION, TLS1_2_VERSION, u"TLS 1.2,TLS 1.1,TLS 1.0"_s, u"old_tls_accepted"_s, 3);
    row("old ones alone", TLS1_VERSION, TLS1_1_VERSION, u"TLS 1.1,TLS 1.0"_s, u"old_tls"_s, 2);
    row("1.0 alone", TLS1_VERSION, TLS1_VERSION, u"TLS 1.0"_s, u"old_tls"_s, 1);
}

void TestStartTls::seesOldVersions()
{
    QFETCH(int, oldest);
    QFETCH(int, newest);
    QFETCH(int, connections);
    const MailLab lab;
    std::atomic_int counted = 0;
    const Script script =
        mailServer({.tls = TlsSetup{.chain = {lab.leafFor(kMx)}, .minVersion = oldest, .maxVersion = newest}});
    const HostileServer server([&](Connection &connection) {
        ++counted;
        script(connection);
    });
    const Judged judged = lab.look({{kMx, server.port()}});
    QTEST(codesOf(judged), "codes");
    QCOMPARE(counted, connections);
    QStringList versions;
    const QJsonArray seen = judged.observed.value("servers"_L1).toArray().first()["versions"_L1].toArray();
    for (const QJsonValue version : seen)
        versions << version.toString();
    QTEST(versions, "versions");
}

// aiosmtpd with the limits of its OpenSSL set by configuration: as they are today, and as they once were.
void TestStartTls::seesOldVersionsOfARealServer()
{
    const MailLab lab;
    const RealMailServer modern({lab.leafFor(kMx)}, OldTls::Refused);
    const RealMailServer lenient({lab.leafFor(kMx2)}, OldTls::Taken);
    if (!modern.isReady() || !lenient.isReady())
        QSKIP("python3-aiosmtpd is not installed.");
    const Judged judged = lab.look({{kMx, modern.port()}, {kMx2, lenient.port()}});
    QCOMPARE(codesOf(judged), QStringList{u"old_tls_accepted"_s});
    QCOMPARE(judged.findings.front().subject, kMx2);
    QCOMPARE(judged.findings.front().severity, Severity::Low);
    const QJsonArray servers = judged.observed.value("servers"_L1).toArray();
    QCOMPARE(servers[0]["versions"_L1].toArray(), (QJsonArray{u"TLS 1.3"_s, u"TLS 1.2"_s}));
    QCOMPARE(servers[1]["versions"_L1].toArray(), (QJsonArray{u"TLS 1.3"_s, u"TLS 1.2"_s, u"TLS 1.1"_s, u"TLS 1.0"_s}));
}

void TestStartTls::doesNotApplyWithoutMail()
{
    const auto outcomeIn = [](const QStringList &zone) { return ZoneLook{zone}.run(startTlsCheck()).outcome; };
    QCOMPARE(outcomeIn({u"example.com. 60 IN MX 0 ."_s}), Outcome::NotApplicable);
    QCOMPARE(outcomeIn({u"example.com. 60 IN A 192.0.2.1"_s}), Outcome::NotApplicable);
    QCOMPARE(outcomeIn({u"example.net. 60 IN A 192.0.2.1"_s}), Outcome::NotRun);
    QCOMPARE(outcomeIn({u"example.com. SERVFAIL"_s}), Outcome::Error);
    QCOMPARE(outcomeIn({u"example.com. 60 IN MX 10 gone.example.com."_s}), Outcome::Error);
}

void TestStartTls::blamesTheNetworkForItsOwnAlone_data()
{
    QTest::addColumn<SmtpSession>("seen");
    QTest::addColumn<QString>("reason"); // a part of it
    const SmtpReply greeting{220, {u"mx"_s}};
    QTest::newRow("declines the network") << declining(554) << u"home connections"_s;
    QTest::newRow("refuses EHLO") << SmtpSession{.greeting = greeting, .ehlo = {550, {u"no"_s}}} << u"550 no"_s;
    QTest::newRow("EHLO, not now") << SmtpSession{.greeting = greeting, .ehlo = {450, {u"no"_s}}} << u"later"_s;
}

// Who greets, talks to this network.
void TestStartTls::blamesTheNetworkForItsOwnAlone()
{
    QFETCH(SmtpSession, seen);
    QFETCH(QString, reason);
    StartTlsFacts facts{.servers = {answered(seen)}};
    facts.domain = u"example.com"_s;
    facts.now = kNow;
    const Judged judged = judgeStartTls(facts);
    QCOMPARE(judged.outcome, Outcome::NotRun);
    QVERIFY2(judged.reason.contains(reason), qPrintable(judged.reason));
    QCOMPARE(judged.reason.contains(u"network"_s), !seen.greeting.isPositive());
}

QTEST_GUILESS_MAIN(TestStartTls)
#include "tst_starttls.moc"
