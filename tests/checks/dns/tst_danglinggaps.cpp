// What was not looked at is no pass, and a clear no is no gap.
#include "danglinglab.h"
#include "models/unseen.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestDanglingGaps : public QObject
{
    Q_OBJECT

private slots:
    void tellsGapsFromReferences_data();
    void tellsGapsFromReferences();
    void doesNotTrustAFilter_data();
    void doesNotTrustAFilter();
    void forgivesWildcardsOfPolicies_data();
    void forgivesWildcardsOfPolicies();
    void whatCouldNotBeReadIsNoPass_data();
    void whatCouldNotBeReadIsNoPass();
    void tooMuchIsNoPass_data();
    void tooMuchIsNoPass();
    void saysWhichReferencesDoNotFit();
    void aClearNoIsNoGap_data();
    void aClearNoIsNoGap();
    void namesWhatItDidNotSee_data();
    void namesWhatItDidNotSee();
    void seesARepairWithoutASource_data();
    void seesARepairWithoutASource();
    void anErrorForgetsNothing();
    void leavesOutWhatWasTakenOut();
    void namesTheTargetAsPublished();
    void silenceIsNoPass();
};

void TestDanglingGaps::tellsGapsFromReferences_data()
{
    QTest::addColumn<int>("unclear");
    QTest::addColumn<QStringList>("problems");
    QTest::addColumn<QString>("summary");
    const QStringList slow{u"crt.sh is slow."_s};
    QTest::newRow("nothing open") << 0 << QStringList{} << u"All of 1 reference(s) to other names lead somewhere"_s;
    QTest::newRow("a reference") << 1 << QStringList{}
                                 << u"None of the references that could be followed leads nowhere; "
                                    "1 could not be followed"_s;
    QTest::newRow("a source of names") << 0 << slow
                                       << u"None of the references that were found leads nowhere; not every place "
                                          "could be searched for more of them"_s;
    QTest::newRow("both") << 2 << slow
                          << u"None of the references that could be followed leads nowhere; 2 could not be followed, "
                             "and not every place could be searched for more of them"_s;
}

void TestDanglingGaps::tellsGapsFromReferences()
{
    QFETCH(int, unclear);
    QFETCH(QStringList, problems);
    std::vector<SeenReference> references{reference(ReferenceState::Fine, u"a.host.example"_s)};
    references.resize(1 + static_cast<size_t>(unclear), reference(ReferenceState::Unclear, u"b.host.example"_s));
    const Judged result =
        judgeDangling({.domain = u"example.com"_s, .references = references, .names = 5, .problems = problems});
    QTEST(result.summary, "summary");
    QCOMPARE(result.outcome == Outcome::Pass, unclear == 0 && problems.isEmpty());
    QCOMPARE(result.reason.isEmpty(), result.outcome == Outcome::Pass);
    QVERIFY2(problems.isEmpty() || result.reason == problems.first(), qPrintable(result.reason));
}

void TestDanglingGaps::doesNotTrustAFilter_data()
{
    QTest::addColumn<QString>("leadsTo");
    QTest::addColumn<QString>("second"); // what another resolver has
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<int>("unclear");
    const QString name = u"x.gone.com"_s;
    QTest::newRow("another one knows the name") << name << u"x.gone.com. 60 IN A 192.0.2.9"_s << QStringList{} << 1;
    QTest::newRow("another one knows of other types") << name << u"x.gone.com. 60 IN MX 1 a."_s << QStringList{} << 1;
    QTest::newRow("another one does not know it") << name << kApex << QStringList{u"free_domain"_s} << 0;
    QTest::newRow("another one fails") << name << u"x.gone.com. SERVFAIL"_s << QStringList{u"free_domain"_s} << 0;
    QTest::newRow("a name of ours") << u"x.example.com"_s << u"x.example.com. 60 IN A 192.0.2.9"_s
                                    << QStringList{u"dangling"_s} << 0;
}

void TestDanglingGaps::doesNotTrustAFilter()
{
    QFETCH(QString, leadsTo);
    QFETCH(QString, second);
    const QString alias = u"blog.example.com. 60 IN CNAME %1."_s.arg(leadsTo);
    const Judged result =
        Lab{.zone = {kApex, alias}, .freeDomains = {u"gone.com"_s}, .secondZone = {alias, second}}.run();
    QTEST(codesOf(result), "codes");
    QTEST(result.observed["unclear"_L1].toInt(), "unclear");
}

void TestDanglingGaps::forgivesWildcardsOfPolicies_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<QString>("why"); // nobody knows; empty: it is known
    const QStringList none;
    QTest::newRow("a name that is gone") << u"x.held.com"_s << QStringList{u"dangling"_s} << QString();
    QTest::newRow("below a name that is gone") << u"*.x.held.com"_s << none << QString();
    QTest::newRow("a free domain") << u"gone.com"_s << QStringList{u"free_domain"_s} << QString();
    QTest::newRow("below a free domain") << u"*.gone.com"_s << QStringList{u"free_domain"_s} << QString();
    QTest::newRow("below a domain whose registry tells nothing")
        << u"*.x.quiet.com"_s << none << u"The registry of quiet.com offers no registration data"_s;
    QTest::newRow("below a domain whose registry does not answer") << u"*.mute.com"_s << none << u"refused"_s;
    QTest::newRow("below a suffix") << u"*.co.uk"_s << none << u"co.uk"_s;
}

void TestDanglingGaps::forgivesWildcardsOfPolicies()
{
    QFETCH(QString, host);
    const Judged result = Lab{.zone = {kApex, u"held.com. 60 IN A 192.0.2.5"_s},
                              .freeDomains = {u"gone.com"_s},
                              .withoutData = {u"quiet.com"_s},
                              .pages = SourcedNames{.scriptHosts = {host}}}
                              .run();
    QTEST(codesOf(result), "codes");
    QFETCH(QString, why);
    QCOMPARE(result.observed["unclear"_L1].toInt(), why.isEmpty() ? 0 : 1);
    QCOMPARE(result.outcome == Outcome::Info, !why.isEmpty());
    const QString said = result.evidence.empty() ? QString() : result.evidence.back().body;
    QVERIFY2(why.isEmpty() || said.contains(why), qPrintable(said));
}

// The resolver fails for one type of records alone.
void TestDanglingGaps::whatCouldNotBeReadIsNoPass_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("type");
    QTest::addColumn<QStringList>("notes");
    QTest::addColumn<Outcome>("outcome");
    const QString domain = u"example.com"_s;
    QTest::newRow("all is read") << QString() << 0 << QStringList{} << Outcome::Pass;
    QTest::newRow("NS") << domain << 2 << QStringList{} << Outcome::Info;
    QTest::newRow("MX") << domain << 15 << QStringList{} << Outcome::Info;
    QTest::newRow("SPF") << domain << 16 << QStringList{} << Outcome::Info;
    QTest::newRow("DMARC") << u"_dmarc.example.com"_s << 16 << QStringList{} << Outcome::Info;
    QTest::newRow("DMARC of the suffix") << u"_dmarc.com"_s << 16 << QStringList{} << Outcome::Pass;
    QTest::newRow("an address of ours") << u"www.example.com"_s << 1 << QStringList{} << Outcome::Info;
    QTest::newRow("a name that is guessed, whose alias cannot be seen")
        << u"blog.example.com"_s << 1 << QStringList{} << Outcome::Info;
    QTest::newRow("a page") << QString() << 0 << QStringList{u"No page came."_s} << Outcome::Info;
}

void TestDanglingGaps::whatCouldNotBeReadIsNoPass()
{
    QFETCH(QString, name);
    QFETCH(int, type);
    QFETCH(QStringList, notes);
    const auto zone = zoneScript({kApex});
    const auto script = [zone, name, type](const DnsQuestionSeen &question) {
        return question.name == name && question.type == type ? DnsReply{.rcode = 2} : zone(question);
    };
    const Judged result = Lab{.script = script, .pages = SourcedNames{.notes = notes}}.run();
    QTEST(result.outcome, "outcome");
    QCOMPARE(result.observed["unclear"_L1].toInt() > 0, result.outcome == Outcome::Info);
    QVERIFY(result.findings.empty());
}

void TestDanglingGaps::tooMuchIsNoPass_data()
{
    QTest::addColumn<int>("includes"); // one within the other
    QTest::addColumn<int>("names");    // in the logs, all of them gone
    QTest::addColumn<int>("living");   // names in the logs that exist
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("SPF that is followed to its end") << 11 << 0 << 0 << Outcome::Pass;
    QTest::newRow("SPF that is not") << 12 << 0 << 0 << Outcome::Info;
    QTest::newRow("names that are all looked at") << 1 << 200 << 0 << Outcome::Pass;
    QTest::newRow("names that are not") << 1 << 500 << 0 << Outcome::Info;
    QTest::newRow("names that are all asked about as zones") << 1 << 0 << 55 << Outcome::Pass;
    QTest::newRow("names that are not all asked about as zones") << 1 << 0 << 70 << Outcome::Info;
}

void TestDanglingGaps::tooMuchIsNoPass()
{
    QFETCH(int, includes);
    QFETCH(int, names);
    QFETCH(int, living);
    Lab lab{.zone = {kApex, u"example.com. 60 IN TXT \"v=spf1 include:s1.mailer.test -all\""_s}};
    for (int i = 1; i < includes; ++i)
        lab.zone << u"s%1.mailer.test. 60 IN TXT \"v=spf1 include:s%2.mailer.test -all\""_s.arg(i).arg(i + 1);
    lab.zone << u"s%1.mailer.test. 60 IN TXT \"v=spf1 -all\""_s.arg(includes);
    for (int i = 0; i < names; ++i)
        lab.loggedNames << u"old%1.example.com"_s.arg(i);
    for (int i = 0; i < living; ++i) {
        lab.loggedNames << u"new%1.example.com"_s.arg(i);
        lab.zone << u"new%1.example.com. 60 IN A 192.0.2.9"_s.arg(i);
    }
    const ScriptedDns own([](const DnsQuestionSeen &question) -> DnsReply {
        return {.rcode = question.name == "example.com"_L1 ? 0 : 3,
                .authoritative = true,
                .authority = {u"example.com. 60 IN SOA a. b. 1 2 3 4 5"_s}};
    });
    lab.zone << u"example.com. 60 IN NS ns1.example.com."_s << u"ns1.example.com. 60 IN A 192.0.2.53"_s;
    lab.connects = {{u"ns1.example.com"_s, 53, own.address()}};
    QTEST(lab.run().outcome, "outcome");
}

void TestDanglingGaps::saysWhichReferencesDoNotFit()
{
    FoundNames names;
    for (int i = 0; i < 60; ++i)
        names.scriptHosts << u"cdn%1.host.example"_s.arg(i);
    QCOMPARE(scriptReferences(u"example.com"_s, names).problems.size(), 0);
    names.scriptHosts << u"cdn60.host.example"_s;
    const OpenReferences cut = scriptReferences(u"example.com"_s, names);
    QCOMPARE(cut.references.size(), size_t(60));
    QCOMPARE(cut.problems.size(), 1);
}

// What a host does not have is no gap in what is known; what it did not say is one.
void TestDanglingGaps::aClearNoIsNoGap_data()
{
    QTest::addColumn<QStringList>("zone");
    QTest::addColumn<bool>("isSilent"); // at the hosts' port of HTTPS, and does not refuse
    QTest::addColumn<Outcome>("outcome");
    const QString www = u"www.example.com. 60 IN A 192.0.2.2"_s;
    QTest::newRow("www does not exist") << QStringList{kApex} << false << Outcome::Pass;
    QTest::newRow("www has no address") << QStringList{kApex, u"www.example.com. 60 IN TXT \"x\""_s} << false
                                        << Outcome::Pass;
    QTest::newRow("both refuse the connection") << QStringList{kApex, www} << false << Outcome::Pass;
    QTest::newRow("the certificate does not come in time") << QStringList{kApex, www} << true << Outcome::Info;
    QTest::newRow("nobody knows whether www exists")
        << QStringList{kApex, u"www.example.com. SERVFAIL"_s} << false << Outcome::Info;
}

void TestDanglingGaps::aClearNoIsNoGap()
{
    QFETCH(QStringList, zone);
    QFETCH(bool, isSilent);
    const lab::HostileServer silent([](lab::Connection &connection) { connection.hang(); });
    const SocketAddress place{u"127.0.0.1"_s, isSilent ? silent.port() : lab::unusedPort()};
    Lab lab{.zone = zone};
    if (isSilent)
        lab.patience = kShortPatience;
    lab.refused = {{u"example.com"_s, 443, place}};
    if (zone.contains(u"www.example.com. 60 IN A 192.0.2.2"_s))
        lab.refused.push_back({u"www.example.com"_s, 443, place});
    QTEST(lab.run().outcome, "outcome");
}

// What may be there all the same closes nothing (models/unseen.h), and what was read hides nothing.
void TestDanglingGaps::namesWhatItDidNotSee_data()
{
    QTest::addColumn<DanglingFacts>("facts");
    QTest::addColumn<QStringList>("subjects");
    const QString domain = u"example.com"_s;
    const QStringList slow{u"crt.sh is slow."_s};
    SeenReference other = reference(ReferenceState::Fine, u"b.host.example"_s);
    other.reference.from = u"shop.example.com"_s;
    const SeenReference sender = reference(ReferenceState::Fine, u"c.host.example"_s, ReferenceKind::Spf);
    const QJsonObject before =
        judgeDangling({domain, {reference(ReferenceState::Fine, u"a.host.example"_s), other, sender}}).observed;
    const auto row = [](const char *name, const DanglingFacts &facts, const QStringList &subjects) {
        QTest::newRow(name) << facts << subjects;
    };
    const SeenReference fine = reference(ReferenceState::Fine, u"a.host.example"_s);
    const QString blog = u"cname blog.example.com a.host.example"_s;
    const QString shop = u"cname shop.example.com b.host.example"_s;
    const QString spf = u"spf blog.example.com c.host.example"_s;
    const QStringList shopIsSilent{u"shop.example.com"_s};
    row("all", {.domain = domain, .references = {fine}, .before = before}, {});
    row("a reference", {.domain = domain, .references = {reference(ReferenceState::Unclear, u"a.host.example"_s)}},
        {blog});
    row("a reference, unclear before, too",
        {.domain = domain,
         .references = {reference(ReferenceState::Unclear, u"a.host.example"_s)},
         .problems = slow,
         .unanswered = {u"blog.example.com"_s},
         .before = before},
        {blog});
    row("an address", {.domain = domain, .addresses = {{.name = u"old.example.com"_s, .state = AddressState::Unclear}}},
        {u"address old.example.com"_s});
    row("a source, and all names answered",
        {.domain = domain, .references = {fine}, .problems = slow, .before = before}, {});
    const DanglingFacts silent{
        .domain = domain, .references = {fine}, .problems = slow, .unanswered = shopIsSilent, .before = before};
    row("a name", silent, {shop});
    DanglingFacts again = silent;
    again.before = judgeDangling(silent).observed;
    row("a name, now as before", again, {shop});
    again.unanswered.clear();
    row("a name that was silent, and is answered", again, {});
    row("the names in SPF", {.domain = domain, .problems = slow, .incomplete = {ReferenceKind::Spf}, .before = before},
        {spf});
    row("the mail servers",
        {.domain = domain, .problems = slow, .incomplete = {ReferenceKind::MailServer}, .before = before}, {});
}

void TestDanglingGaps::namesWhatItDidNotSee()
{
    QFETCH(DanglingFacts, facts);
    QTEST(unseenSubjects(judgeDangling(facts).observed), "subjects");
}

// The public logs, which know past.example.com, do not answer any more.
void TestDanglingGaps::seesARepairWithoutASource_data()
{
    QTest::addColumn<QStringList>("taken"); // out of the zone
    QTest::addColumn<QStringList>("added");
    QTest::addColumn<QStringList>("found");
    QTest::addColumn<QStringList>("unseen");
    const auto row = [](const char *name, const QStringList &taken, const QStringList &added, const QStringList &found,
                        const QStringList &unseen) { QTest::newRow(name) << taken << added << found << unseen; };
    const QString blog = u"cname blog.example.com x.gone.com"_s;
    const QString past = u"cname past.example.com y.gone.com"_s;
    const QString spf = u"spf example.com gone.com"_s;
    row("nothing is repaired", {}, {}, {blog, past, spf}, {});
    row("SPF", {u"TXT"_s}, {}, {blog, past}, {});
    row("the alias of a usual name", {u"blog"_s}, {}, {past, spf}, {});
    row("the alias of the other name", {u"past"_s}, {}, {blog, spf}, {});
    row("the other name is silent", {u"past"_s}, {u"past.example.com. SILENT"_s}, {blog, spf}, {past});
    row("the usual name is silent", {u"blog"_s}, {u"blog.example.com. SILENT"_s}, {past, spf}, {blog});
}

void TestDanglingGaps::seesARepairWithoutASource()
{
    QFETCH(QStringList, taken);
    QFETCH(QStringList, added);
    const QStringList gone{u"gone.com"_s};
    QStringList zone{kApex, u"blog.example.com. 60 IN CNAME x.gone.com."_s,
                     u"past.example.com. 60 IN CNAME y.gone.com."_s,
                     u"example.com. 60 IN TXT \"v=spf1 include:gone.com -all\""_s};
    const Judged first = Lab{.zone = zone, .freeDomains = gone, .loggedNames = {u"past.example.com"_s}}.run();
    QCOMPARE(first.findings.size(), size_t(3));
    for (const QString &word : taken)
        zone.removeIf([&](const QString &line) { return line.contains(word); });
    const Judged second = Lab{.zone = zone + added,
                              .freeDomains = gone,
                              .before = first.observed,
                              .noLogs = Error{ErrorKind::TimedOut, u"The logs are slow."_s}}
                              .run();
    QStringList found;
    for (const Finding &finding : second.findings)
        found << finding.subject;
    found.sort();
    QTEST(found, "found");
    QTEST(unseenSubjects(second.observed), "unseen");
    QVERIFY2(second.reason.contains(u"The logs are slow."), qPrintable(second.reason)); // beside findings, too
}

// A look that could not be made in between forgets nothing.
void TestDanglingGaps::anErrorForgetsNothing()
{
    const QString past = u"cname past.example.com y.gone.com"_s;
    const QStringList silent{kApex, u"past.example.com. SILENT"_s};
    const Judged first = Lab{.zone = {kApex, u"past.example.com. 60 IN CNAME y.gone.com."_s},
                             .freeDomains = {u"gone.com"_s},
                             .loggedNames = {u"past.example.com"_s}}
                             .run();
    QCOMPARE(codesOf(first), QStringList{u"free_domain"_s});
    const Judged error = Lab{.zone = {u"example.com. SILENT"_s}, .before = first.observed}.run();
    QCOMPARE(error.outcome, Outcome::Error);
    const Judged third =
        Lab{.zone = silent, .before = error.observed, .noLogs = Error{ErrorKind::TimedOut, u"The logs are slow."_s}}
            .run();
    QCOMPARE(third.outcome, Outcome::Info);
    QCOMPARE(unseenSubjects(third.observed), QStringList{past});
}

// A name that the person took out of the list is none of the product's, although the logs are slow.
void TestDanglingGaps::leavesOutWhatWasTakenOut()
{
    const QString alias = u"past.example.com. 60 IN CNAME y.gone.com."_s;
    const Error slow{ErrorKind::TimedOut, u"The logs are slow."_s};
    const Judged first =
        Lab{.zone = {kApex, alias}, .freeDomains = {u"gone.com"_s}, .loggedNames = {u"past.example.com"_s}}.run();
    QCOMPARE(codesOf(first), QStringList{u"free_domain"_s});
    const auto learntFrom = [](const QString &source) {
        return QJsonObject{{u"names"_s, QJsonArray{QJsonObject{{u"name"_s, u"past.example.com"_s},
                                                               {u"learnt_from"_s, QJsonArray{source}}}}}};
    };
    Lab again{.zone = {kApex, alias}, .freeDomains = {u"gone.com"_s}, .before = first.observed, .noLogs = slow};
    again.inventory = learntFrom(toWord(NameSource::CertificateSearch));
    QCOMPARE(codesOf(again.run()), QStringList{u"free_domain"_s});
    again.inventory = learntFrom(toWord(NameSource::Listed));
    const Judged without = again.run();
    QCOMPARE(codesOf(without), QStringList());
    QCOMPARE(unseenSubjects(without.observed), QStringList());
}

// A finding and a gap about one reference go by one name.
void TestDanglingGaps::namesTheTargetAsPublished()
{
    const QString mx = u"example.com. 60 IN MX 10 mx.held.com."_s;
    const Judged gone =
        Lab{.zone = {kApex, mx, u"mx.held.com. 60 IN CNAME x.gone.com."_s}, .freeDomains = {u"gone.com"_s}}.run();
    QCOMPARE(codesOf(gone), QStringList{u"free_domain"_s});
    const Finding &finding = gone.findings.front();
    QCOMPARE(finding.subject, u"mx example.com mx.held.com"_s);
    QVERIFY2(finding.whatWeSaw.contains(u"mx.held.com (an alias of x.gone.com)"), qPrintable(finding.whatWeSaw));
    QVERIFY2(finding.whatWeSaw.contains(u"gone.com is not registered"), qPrintable(finding.whatWeSaw));
    QCOMPARE(gone.observed["references"_L1][0]["alias_end"_L1].toString(), u"x.gone.com"_s);
    const Judged silent = Lab{.zone = {kApex, mx, u"mx.held.com. SILENT"_s}, .before = gone.observed}.run();
    QCOMPARE(unseenSubjects(silent.observed), QStringList{finding.subject});
}

void TestDanglingGaps::silenceIsNoPass()
{
    QCOMPARE(Lab{.zone = {u"example.com. SILENT"_s}}.run().outcome, Outcome::Error);
    QCOMPARE(Lab{.zone = {}}.run().outcome, Outcome::NotRun); // no such domain
    // The mail server's name gets no answer: that is neither there nor gone.
    const Judged unclear =
        Lab{.zone = {kApex, u"example.com. 60 IN MX 10 mx.held.com."_s, u"mx.held.com. SILENT"_s}}.run();
    QCOMPARE(unclear.outcome, Outcome::Info);
    QCOMPARE(unclear.observed["unclear"_L1].toInt(), 1);
    QVERIFY(unclear.summary.contains(u"1"));
}

QTEST_GUILESS_MAIN(TestDanglingGaps)
#include "tst_danglinggaps.moc"
