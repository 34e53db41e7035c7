// What the judge makes of sessions with mail servers, by rows.
#include "starttlslab.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;

class TestStartTls : public QObject
{
    Q_OBJECT

private slots:
    void judges_data();
    void judges();
    void closesNothingUnseen_data();
    void closesNothingUnseen();
    void doubtsLateHandshakes();
    void heedsTheMailPolicy();
    void seesOldVersions_data();
    void seesOldVersions();
    void doesNotApplyWithoutMail();
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
    gapRow("not offered", one(session(NotOffered)), {u"no_starttls"_s}, Outcome::Warn, Severity::Medium);
    gapRow("refused", one(session(Refused)), {u"starttls_refused"_s}, Outcome::Warn, Severity::Medium);
    gapRow("failed", one(session(Failed)), {u"handshake_failed"_s}, Outcome::Warn, Severity::Medium);
    StartTlsFacts enforced = one(session(NotOffered));
    enforced.enforced = {kMx};
    gapRow("not offered, policy insists", enforced, {u"no_starttls"_s}, Outcome::Fail, Severity::High);
    StartTlsFacts pinned = one(session(NotOffered));
    pinned.dane[kMx] = dane(DaneState::Secure, kOther);
    gapRow("not offered, DANE insists", pinned, {u"no_starttls"_s}, Outcome::Fail, Severity::High);
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
    StartTlsFacts byOneFamily{.servers = {answered(session()), answered(declining(450), kMx, kV6)}};
    row("one declines by IPv6 alone", byOneFamily, {}, Outcome::Info);
    byOneFamily.enforced = {kMx};
    row("one declines by IPv6 alone, policy insists", byOneFamily, {}, Outcome::Info);
    gapRow("one refuses by IPv6 alone", {.servers = {answered(session()), answered(session(Refused), kMx, kV6)}},
           {u"starttls_refused"_s}, Outcome::Warn, Severity::Medium);
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
    row("DANE, stopped", withDane(session(), stopped), {}, Outcome::Info);
    gapRow("DANE, stopped, the certificate is for another name", withDane(other, stopped), {u"certificate_mismatch"_s},
           Outcome::Warn, Severity::Low);
    const auto byTwo = [&](const QByteArray &v4, const QByteArray &v6) {
        StartTlsFacts facts{.servers = {answered(session()), answered(session(), kMx, kV6)}};
        facts.servers[0].session->tls->chain.front().der = v4;
        facts.servers[1].session->tls->chain.front().der = v6;
        facts.dane[kMx] = dane(DaneState::Secure, kRight);
        return facts;
    };
    row("DANE fits at both addresses", byTwo("leaf", "leaf"), {}, Outcome::Pass);
    row("DANE does not fit by IPv6", byTwo("leaf", "old"), {u"dane_mismatch"_s}, Outcome::Fail, Severity::High);
    row("DANE does not fit by IPv4", byTwo("old", "leaf"), {u"dane_mismatch"_s}, Outcome::Fail, Severity::High);
    const auto withMxProof = [&](SecurityStatus proof) {
        StartTlsFacts facts = withDane(session(), dane(DaneState::Secure, kRight));
        facts.mxProof = Result<SecurityStatus>(proof);
        return facts;
    };
    row("DANE fits, MX records proven", withMxProof(SecurityStatus::Secure), {}, Outcome::Pass);
    row("DANE fits, MX records not signed", withMxProof(SecurityStatus::Insecure), {u"dane_mx_unsigned"_s},
        Outcome::Warn, Severity::Low);
    row("DANE fits, signatures of the MX records are broken", withMxProof(SecurityStatus::Bogus), {u"dane_mx_bogus"_s},
        Outcome::Fail, Severity::High);
    row("DANE fits, proof of the MX records not known", withMxProof(SecurityStatus::Unknown), {}, Outcome::Info);
    gapRow("DANE not followed, not offered", withDane(session(NotOffered), dane(DaneState::Unknown, kOther)),
           {u"no_starttls"_s}, Outcome::Warn, Severity::Medium);
    StartTlsFacts noPolicy = one(session());
    noPolicy.policyProblem = Error{ErrorKind::TimedOut, u"The policy did not come."_s, {}};
    row("policy not known", noPolicy, {}, Outcome::Info);
    noPolicy.policyProblem->kind = ErrorKind::Cancelled;
    row("policy, stopped", noPolicy, {}, Outcome::Info);
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
        Outcome::Info);
    StartTlsFacts slow = one(session());
    slow.notAskedForVersions = {kMx};
    row("older versions not asked for", slow, {}, Outcome::Info);
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
    row("stopped while it looked for a host", lostAndStopped, {}, Outcome::Info);
    row("stopped before the second", {.servers = {answered(session()), mute(ErrorKind::Cancelled, kMx2)}}, {},
        Outcome::Info);
    row("no way there", {.servers = {mute(ErrorKind::NoRoute)}}, {}, Outcome::NotRun);
    row("no way to the second", {.servers = {answered(session()), mute(ErrorKind::NoRoute, kMx2)}}, {}, Outcome::Info);
    row("no way by IPv4", {.servers = {mute(ErrorKind::NoRoute), answered(session(), kMx, kV6)}}, {}, Outcome::Pass);
    row("no way by IPv6", {.servers = {answered(session()), mute(ErrorKind::NoRoute, kMx, kV6)}}, {}, Outcome::Pass);
    gapRow("one of two does not answer", {.servers = {answered(session()), mute(ErrorKind::TimedOut, kMx2)}},
           {u"unreachable"_s}, Outcome::Warn, Severity::Medium);
    row("only IPv4 answers", {.servers = {answered(session()), mute(ErrorKind::Unreachable, kMx, kV6)}}, {},
        Outcome::Info);
    row("a host of IPv6 alone, which this network may lack",
        {.servers = {answered(session()), mute(ErrorKind::Unreachable, kMx2, kV6)}}, {}, Outcome::Info);
    gapRow("a host of IPv6 alone, where others answer by IPv6",
           {.servers = {answered(session(), kMx, kV6), mute(ErrorKind::Unreachable, kMx2, {u"2001:db8::2"_s, 25})}},
           {u"unreachable"_s}, Outcome::Warn, Severity::Medium);
    gapRow("not a mail server", {.servers = {mute(ErrorKind::Protocol)}}, {u"not_a_mail_server"_s}, Outcome::Warn,
           Severity::Medium);
    gapRow("both addresses of a host say the same",
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

    const StartTlsFacts refused = one(session(StartTlsState::Refused));
    StartTlsFacts untrusted = one(session());
    untrusted.servers.front().session->tls->chainStatus = ChainStatus::SelfSigned;
    StartTlsFacts ancient = one(session());
    ancient.servers.front().session->tls->version = TlsVersion::Tls11;
    StartTlsFacts ahead = one(session());
    ahead.servers.front().session->spokeAhead = true;
    row("pins that do not fit, refused now", renewed,
        one(session(StartTlsState::Refused), dane(DaneState::Secure, kOther)), false);
    row("pins that do not fit, the handshake fails now", renewed,
        one(session(StartTlsState::Failed), dane(DaneState::Secure, kOther)), false);
    row("pins that do not fit, refused now and the pins are gone", renewed, refused, true);
    row("certificate not trusted, refused now", untrusted, refused, false);
    row("certificate not trusted, not offered now", untrusted, plain, false);
    row("old versions alone, refused now", ancient, refused, false);
    row("old versions as well, refused now", old, refused, false);
    row("spoke ahead, refused now", ahead, refused, true);

    StartTlsFacts byTwo = one(session());
    byTwo.servers.push_back(answered(session(), kMx, kV6));
    byTwo.servers.back().session->tls = goodTls(u"other.example"_s);
    const auto silentByV6 = [&](ErrorKind kind) {
        StartTlsFacts facts = one(session());
        facts.servers.push_back(mute(kind, kMx, kV6));
        return facts;
    };
    row("certificate for another name by IPv6, late now", byTwo, silentByV6(ErrorKind::TimedOut), false);
    row("certificate for another name, no IPv6 here", byTwo, silentByV6(ErrorKind::NoRoute), true);

    const StartTlsFacts pinsLate = one(session(), {DaneState::Unknown, {}});
    row("no encryption, pins not known now", plain, pinsLate, true);
    StartTlsFacts unsignedMx = one(session(), dane(DaneState::Secure, kRight));
    unsignedMx.mxProof = Result<SecurityStatus>(SecurityStatus::Insecure);
    StartTlsFacts bogusMx = unsignedMx;
    bogusMx.mxProof = Result<SecurityStatus>(SecurityStatus::Bogus);
    StartTlsFacts unknownMx = unsignedMx;
    unknownMx.mxProof = Result<SecurityStatus>(SecurityStatus::Unknown);
    row("MX records not signed, pins not known now", unsignedMx, pinsLate, false);
    row("MX records not signed, not known now", unsignedMx, unknownMx, false);
    row("MX records broken, pins not known now", bogusMx, pinsLate, false);
    row("MX records broken, not known now", bogusMx, unknownMx, false);
    row("MX records broken, no pins now", bogusMx, one(session()), true);

    StartTlsFacts cut = one(session());
    cut.leftOut = {kMx2};
    StartTlsFacts plainSecond = one(session());
    plainSecond.servers.push_back(answered(session(StartTlsState::NotOffered), kMx2));
    StartTlsFacts cutButSigned = cut;
    cutButSigned.mxProof = Result<SecurityStatus>(SecurityStatus::Secure);
    row("another host without encryption, not looked at now", plainSecond, cut, false);
    row("no encryption, another host is not looked at now", plain, cut, true);
    row("MX records not signed, and a host with pins may be left out", unsignedMx, cut, false);
    row("MX records not signed, signed now, a host is left out", unsignedMx, cutButSigned, true);
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
        QStringList codes;
        for (const Finding &finding : openFindings(state))
            codes << finding.code;
        return codes;
    };
    const QStringList found = fold(before);
    QCOMPARE(found.size(), 1);
    QTEST(!fold(partial).contains(found.front()), "closes");
    StartTlsFacts full{.domain = u"example.com"_s, .servers = {answered(session())}, .now = kNow};
    full.olderVersions.emplace(kMx, std::vector<TlsVersion>{});
    QCOMPARE(fold(full), QStringList{});
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

void TestStartTls::doesNotApplyWithoutMail()
{
    const auto outcomeIn = [](const QStringList &zone) { return ZoneLook{zone}.run(startTlsCheck()).outcome; };
    QCOMPARE(outcomeIn({u"example.com. 60 IN MX 0 ."_s}), Outcome::NotApplicable);
    QCOMPARE(outcomeIn({u"example.com. 60 IN A 192.0.2.1"_s}), Outcome::NotApplicable);
    QCOMPARE(outcomeIn({u"example.net. 60 IN A 192.0.2.1"_s}), Outcome::NotRun);
    QCOMPARE(outcomeIn({u"example.com. SERVFAIL"_s}), Outcome::Error);
    QCOMPARE(outcomeIn({u"example.com. 60 IN MX 10 gone.example.com."_s}), Outcome::Error);
}

QTEST_GUILESS_MAIN(TestStartTls)
#include "tst_starttls.moc"
