// The inventory: what is said about names, and which of those that are not meant for everybody are a lead.
#include "checks/dns/certificatesearch.h"
#include "checks/dns/inventory.h"
#include "lab/lookwithzone.h"
#include "models/unseen.h"
#include "tests/checks/earlierfinding.h"
#include "tests/lab/hostileserver.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using cockpit::test::closes;
using namespace Qt::StringLiterals;

namespace {

Result<DnsAnswer> addressAnswer(const QString &name, const QString &alias = {}, const QString &ip = u"192.0.2.1"_s)
{
    DnsAnswer answer;
    if (!alias.isEmpty())
        answer.answers.push_back({.name = name, .type = RrType::Cname, .target = alias});
    if (!ip.isEmpty())
        answer.answers.push_back({.name = alias.isEmpty() ? name : alias, .type = RrType::A, .address = ip});
    return answer;
}

DnsAnswer empty(DnsStatus status, const QString &alias = {})
{
    DnsAnswer answer;
    answer.status = status;
    if (!alias.isEmpty())
        answer.answers.push_back({.name = u"x.example.com"_s, .type = RrType::Cname, .target = alias});
    return answer;
}

InventoryName named(const QString &label, NameSource source = NameSource::Guess)
{
    const QString name = label + u".example.com"_s;
    return {{name, name, {source}, addressAnswer(name), std::nullopt}, false, std::nullopt};
}

InventoryName withPage(const QString &label, int status, const QString &manner = {})
{
    InventoryName name = named(label);
    PublicPage page{.url = u"https://%1.example.com/"_s.arg(label), .status = status};
    page.asksForPassword = manner.contains(u"password");
    page.isHiddenFromSearch = manner.contains(u"noindex");
    page.isElsewhere = manner.contains(u"elsewhere");
    page.isObstacle = manner.contains(u"obstacle");
    name.page = page;
    name.isHost = manner.contains(u"host");
    return name;
}

QString said(const Judged &judged)
{
    QStringList lines;
    for (const Finding &finding : judged.findings)
        lines << u"%1 %2 %3"_s.arg(finding.code, toWord(finding.severity), toWord(finding.proof));
    return lines.isEmpty() ? toWord(judged.outcome) : lines.join(u'\n');
}

using Logs = Result<QStringList>;

Judged look(const ScriptedDns::Script &zone, const std::vector<ConnectOverride> &connects, const QStringList &listed,
            const Logs &logs, const QJsonObject &before = {})
{
    const ScriptedDns server(zone);
    NetOptions options;
    options.resolvers = {server.address()};
    options.connects = connects;
    options.connects.push_back({QString(), 443, {u"127.0.0.1"_s, lab::unusedPort()}});
    options.connects.push_back({QString(), 80, {u"127.0.0.1"_s, lab::unusedPort()}});
    options.operationTimeout = std::chrono::milliseconds(600);
    Observations seen(options, CancelToken(), Deadline::never(), nullptr);
    seen.put(CertificateSearch{u"example.com"_s}, logs);
    const Target target = *parseAddress(u"example.com"_s); // with its www, which need not exist
    const Policy policy;
    ProjectFacts facts;
    facts.listedNames = listed;
    facts.observedBefore = {{u"dns.inventory"_s, before}};
    return inventoryCheck().look(Look{seen, target, nullptr, policy, facts, QDateTime::currentDateTimeUtc()});
}

Judged look(const QStringList &zone, const std::vector<ConnectOverride> &connects = {}, const QStringList &listed = {})
{
    return look(zoneScript(zone), connects, listed, failure(ErrorKind::TimedOut, u"The logs are slow."_s));
}

QJsonObject entry(const Judged &judged, const QString &name)
{
    for (const QJsonValue value : judged.observed["names"_L1].toArray()) {
        if (value["name"_L1].toString() == name)
            return value.toObject();
    }
    return {};
}

} // namespace

class TestInventory : public QObject
{
    Q_OBJECT

private slots:
    void namesWhatItDidNotSee();
    void judgesPages_data();
    void judgesPages();
    void tellsStatesApart_data();
    void tellsStatesApart();
    void saysWhatIsNotListed();
    void namesTheProvider_data();
    void namesTheProvider();
    void looksAtAStagingSite();
    void looksByHttpToo();
    void keepsANoteOnWhatFailed();
    void passesWithEverySourceAlone_data();
    void passesWithEverySourceAlone();
    void isNotWholeWithoutTheEndOfSpf_data();
    void isNotWholeWithoutTheEndOfSpf();
    void silenceIsNoPass();
    void aPageThatDidNotComeClosesNothing_data();
    void aPageThatDidNotComeClosesNothing();
    void saysWhichPlacesDoNotFit();
    void remembersNamesWithoutTheLogs_data();
    void remembersNamesWithoutTheLogs();
};

void TestInventory::judgesPages_data()
{
    QTest::addColumn<InventoryName>("name");
    QTest::addColumn<QString>("said");
    const auto row = [](const char *name, const InventoryName &of, const QString &said) {
        QTest::newRow(name) << of << said;
    };
    row("open staging", withPage(u"staging"_s, 200), u"staging_public medium lead"_s);
    row("the last good status", withPage(u"staging"_s, 299), u"staging_public medium lead"_s);
    row("passed on", withPage(u"staging"_s, 300), u"info"_s);
    row("below the first good status", withPage(u"staging"_s, 199), u"info"_s);
    row("not found", withPage(u"staging"_s, 404), u"info"_s);
    row("refused", withPage(u"staging"_s, 401), u"info"_s);
    row("staging with a sign-in", withPage(u"staging"_s, 200, u"password"_s), u"staging_public low lead"_s);
    row("staging that is hidden from search", withPage(u"staging"_s, 200, u"noindex"_s), u"staging_public low lead"_s);
    row("staging behind another company's sign-in", withPage(u"staging"_s, 200, u"elsewhere"_s), u"info"_s);
    row("staging behind a challenge", withPage(u"staging"_s, 200, u"obstacle"_s), u"info"_s);
    row("staging that is a host of the project", withPage(u"staging"_s, 200, u"host"_s), u"pass"_s);
    row("an open tool", withPage(u"grafana"_s, 200), u"inside_public medium lead"_s);
    row("a tool with a sign-in", withPage(u"n8n"_s, 200, u"password"_s), u"inside_public low lead"_s);
    row("an open database page", withPage(u"adminer"_s, 200), u"inside_public medium lead"_s);
    row("a backend", withPage(u"supabase"_s, 200), u"inside_public medium lead"_s);
    row("a site for everybody", withPage(u"blog"_s, 200), u"info"_s);
    row("a name that tells nothing", withPage(u"zebra"_s, 200), u"info"_s);
    row("no page", named(u"staging"_s), u"info"_s);
}

void TestInventory::judgesPages()
{
    QFETCH(InventoryName, name);
    const Judged judged = judgeInventory({u"example.com"_s, {name}, {}, false, false});
    QTEST(said(judged), "said");
    QVERIFY(judged.outcome == Outcome::Warn || judged.findings.empty()); // a lead never fails a launch
}

void TestInventory::tellsStatesApart_data()
{
    QTest::addColumn<Result<DnsAnswer>>("v4");
    QTest::addColumn<NameState>("state");
    const QString name = u"x.example.com"_s;
    QTest::newRow("an address") << addressAnswer(name) << NameState::Answers;
    QTest::newRow("an alias to an address") << addressAnswer(name, u"y.example.net"_s) << NameState::Answers;
    QTest::newRow("nothing of the kind") << Result<DnsAnswer>(empty(DnsStatus::NoData)) << NameState::NoAddress;
    QTest::newRow("no such name") << Result<DnsAnswer>(empty(DnsStatus::NxDomain)) << NameState::Gone;
    QTest::newRow("an alias to no such name")
        << Result<DnsAnswer>(empty(DnsStatus::NxDomain, u"y.example.net"_s)) << NameState::LeadsNowhere;
    QTest::newRow("servers fail") << Result<DnsAnswer>(empty(DnsStatus::ServFail)) << NameState::Fails;
    QTest::newRow("servers refuse") << Result<DnsAnswer>(empty(DnsStatus::Refused)) << NameState::Fails;
    QTest::newRow("silence") << Result<DnsAnswer>(failure(ErrorKind::TimedOut, u"silent"_s)) << NameState::Silent;
}

void TestInventory::tellsStatesApart()
{
    QFETCH(Result<DnsAnswer>, v4);
    QTEST(stateOf(FoundName{u"x.example.com"_s, u"x.example.com"_s, {}, v4, std::nullopt}), "state");
}

void TestInventory::saysWhatIsNotListed()
{
    const auto outcomeOf = [](const std::vector<InventoryName> &names) {
        return judgeInventory({u"example.com"_s, names, {}, false, false}).outcome;
    };
    InventoryName host = named(u"app"_s, NameSource::Project);
    host.isHost = true;
    QCOMPARE(outcomeOf({host}), Outcome::Pass);
    QCOMPARE(outcomeOf({host, named(u"blog"_s, NameSource::Listed)}), Outcome::Pass);
    QCOMPARE(outcomeOf({host, named(u"blog"_s)}), Outcome::Info);
    InventoryName gone = named(u"past"_s, NameSource::CertificateSearch);
    gone.found.v4 = empty(DnsStatus::NxDomain);
    QCOMPARE(outcomeOf({host, gone}), Outcome::Pass); // nobody is there
    gone.found.v4 = empty(DnsStatus::ServFail);
    QCOMPARE(outcomeOf({host, gone}), Outcome::Info); // nobody knows whether it answers
    gone.found.v4 = failure(ErrorKind::TimedOut, u"No answer."_s);
    QCOMPARE(outcomeOf({host, gone}), Outcome::Info);
    const Judged open = judgeInventory({u"example.com"_s, {host, gone, gone}, {}, false, false});
    QVERIFY2(open.reason.contains(u"No answer.") && open.reason.contains(u"2"), qPrintable(open.reason));
    QVERIFY(open.evidence.back().body.contains(u"No answer."));
    const auto partly = [&](const QStringList &notes, bool isCut) {
        return judgeInventory({u"example.com"_s, {host}, notes, false, isCut});
    };
    QCOMPARE(partly({u"No page came."_s}, false).outcome, Outcome::Info);
    QVERIFY(partly({u"No page came."_s}, false).reason.contains(u"No page came."));
    QCOMPARE(partly({}, true).outcome, Outcome::Info);
}

void TestInventory::namesTheProvider_data()
{
    QTest::addColumn<QString>("alias");
    QTest::addColumn<QString>("ip");
    QTest::addColumn<QString>("provider");
    QTest::newRow("by its alias") << u"cname.vercel-dns.com"_s << u"192.0.2.1"_s << u"Vercel"_s;
    QTest::newRow("by its address") << QString() << u"76.76.21.21"_s << u"Vercel"_s;
    QTest::newRow("unknown") << QString() << u"192.0.2.1"_s << QString();
}

void TestInventory::namesTheProvider()
{
    QFETCH(QString, alias);
    QFETCH(QString, ip);
    InventoryName name = named(u"app"_s);
    name.found.v4 = addressAnswer(name.found.name, alias, ip);
    const Judged judged = judgeInventory({u"example.com"_s, {name}, {}, false, false});
    QTEST(entry(judged, name.found.name)["provider"_L1].toString(), "provider");
}

void TestInventory::looksAtAStagingSite()
{
    const lab::HostileServer web(lab::answering(lab::httpAnswer(200, {"Content-Type: text/html"}, "<p>next</p>")),
                                 lab::TlsSetup{{lab::makeSelfSigned({.commonName = u"staging.example.com"_s})}});
    const Judged judged =
        look({u"example.com. 60 IN A 192.0.2.1"_s, u"staging.example.com. 60 IN A 192.0.2.2"_s},
             {{u"staging.example.com"_s, 443, {u"127.0.0.1"_s, web.port()}}}, {u"mine.example.com"_s});
    QCOMPARE(said(judged), u"staging_public medium lead"_s);
    QCOMPARE(judged.findings.front().subject, u"staging.example.com"_s);
    QVERIFY(!judged.findings.front().evidence.front().body.isEmpty());
    const QJsonObject staging = entry(judged, u"staging.example.com"_s);
    QCOMPARE(staging["purpose"_L1].toString(), u"staging"_s);
    QCOMPARE(staging["state"_L1].toString(), u"answers"_s);
    QCOMPARE(staging["status"_L1].toInt(), 200);
    QCOMPARE(staging["listed"_L1].toBool(), false);
    QCOMPARE(staging["learnt_from"_L1].toArray(), QJsonArray{u"guess"_s});
    QCOMPARE(entry(judged, u"mine.example.com"_s)["state"_L1].toString(), u"gone"_s);
    QCOMPARE(entry(judged, u"mine.example.com"_s)["listed"_L1].toBool(), true);
}

void TestInventory::looksByHttpToo()
{
    const lab::HostileServer web(lab::answering(lab::httpAnswer(200, {}, "<form><input type=password></form>")));
    const Judged judged = look({u"example.com. 60 IN A 192.0.2.1"_s, u"grafana.example.com. 60 IN A 192.0.2.2"_s},
                               {{u"grafana.example.com"_s, 80, {u"127.0.0.1"_s, web.port()}}});
    QCOMPARE(said(judged), u"inside_public low lead"_s);
}

void TestInventory::keepsANoteOnWhatFailed()
{
    const Judged judged = look({u"example.com. 60 IN A 192.0.2.1"_s});
    QCOMPARE(judged.outcome, Outcome::Info); // no fault, and no pass: names may be missing from the list
    const QJsonArray notes = judged.observed["notes"_L1].toArray();
    QVERIFY(
        std::ranges::any_of(notes, [](const QJsonValue &note) { return note.toString().contains(u"logs are slow"); }));
    QVERIFY(!judged.reason.isEmpty());
}

// The resolver fails for one type of records alone; www does not exist, and nobody listens.
void TestInventory::passesWithEverySourceAlone_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("type");
    QTest::addColumn<bool>("isSilent"); // the host's port of HTTPS
    QTest::addColumn<Outcome>("outcome");
    const QString domain = u"example.com"_s;
    QTest::newRow("all is read") << QString() << 0 << false << Outcome::Pass;
    QTest::newRow("NS") << domain << 2 << false << Outcome::Info;
    QTest::newRow("MX") << domain << 15 << false << Outcome::Info;
    QTest::newRow("SPF") << domain << 16 << false << Outcome::Info;
    QTest::newRow("a part of SPF") << u"spf.example.com"_s << 16 << false << Outcome::Info;
    QTest::newRow("a part of SPF that is another's") << u"spf.mailer.test"_s << 16 << false << Outcome::Pass;
    QTest::newRow("certificate") << QString() << 0 << true << Outcome::Info;
}

void TestInventory::passesWithEverySourceAlone()
{
    QFETCH(QString, name);
    QFETCH(int, type);
    QFETCH(bool, isSilent);
    const auto zone =
        zoneScript({u"example.com. 60 IN A 192.0.2.1"_s,
                    u"example.com. 60 IN TXT \"v=spf1 include:spf.example.com include:spf.mailer.test -all\""_s,
                    u"spf.example.com. 60 IN TXT \"v=spf1 ip4:192.0.2.9 -all\""_s,
                    u"spf.mailer.test. 60 IN TXT \"v=spf1 ip4:192.0.2.9 -all\""_s});
    const auto script = [zone, name, type](const DnsQuestionSeen &question) {
        return question.name == name && question.type == type ? DnsReply{.rcode = 2} : zone(question);
    };
    const lab::HostileServer silent([](lab::Connection &connection) { connection.hang(); });
    std::vector<ConnectOverride> connects;
    if (isSilent)
        connects = {{u"example.com"_s, 443, {u"127.0.0.1"_s, silent.port()}}};
    const Judged judged = look(script, connects, {}, QStringList());
    QTEST(judged.outcome, "outcome");
    QCOMPARE(judged.reason.isEmpty(), judged.outcome == Outcome::Pass);
}

void TestInventory::isNotWholeWithoutTheEndOfSpf_data()
{
    QTest::addColumn<int>("includes"); // one within the other
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("that is followed to its end") << 11 << Outcome::Pass;
    QTest::newRow("that is not") << 12 << Outcome::Info;
}

void TestInventory::isNotWholeWithoutTheEndOfSpf()
{
    QFETCH(int, includes);
    QStringList zone{u"example.com. 60 IN A 192.0.2.1"_s,
                     u"example.com. 60 IN TXT \"v=spf1 include:s1.mailer.test -all\""_s};
    for (int i = 1; i < includes; ++i)
        zone << u"s%1.mailer.test. 60 IN TXT \"v=spf1 include:s%2.mailer.test -all\""_s.arg(i).arg(i + 1);
    zone << u"s%1.mailer.test. 60 IN TXT \"v=spf1 -all\""_s.arg(includes);
    QTEST(look(zoneScript(zone), {}, {}, QStringList()).outcome, "outcome");
}

void TestInventory::silenceIsNoPass()
{
    QCOMPARE(look({u"example.com. SILENT"_s}).outcome, Outcome::Error);
    QCOMPARE(look({}).outcome, Outcome::NotRun);
}

// A place that answered everybody is not closed because nobody could look (models/unseen.h).
void TestInventory::namesWhatItDidNotSee()
{
    const InventoryName fine = named(u"shop"_s, NameSource::Listed);
    InventoryName silent = named(u"admin"_s, NameSource::Listed);
    silent.found.v4 = failure(ErrorKind::TimedOut, u"No answer."_s);
    InventoryName unread = named(u"staging"_s, NameSource::Listed);
    unread.whyNoPage = u"No page."_s;
    const QString domain = u"example.com"_s;
    const QStringList slow{u"crt.sh is slow."_s};
    const auto judged = [](const InventoryFacts &facts) { return judgeInventory(facts); };
    const auto unseen = [](const InventoryFacts &facts) { return unseenSubjects(judgeInventory(facts).observed); };
    QCOMPARE(unseen({domain, {fine}}), QStringList());
    QCOMPARE(unseen({domain, {fine, silent}}), QStringList{u"admin.example.com"_s});
    QCOMPARE(unseen({domain, {fine}, slow, false, false, {u"x.example.com"_s}}), QStringList{u"x.example.com"_s});
    QCOMPARE(unseen({domain, {fine, unread}}), QStringList{u"staging.example.com"_s});
    QCOMPARE(judged({domain, {fine}}).outcome, Outcome::Pass);
    QCOMPARE(judged({domain, {fine, unread}}).outcome, Outcome::Info);
    QVERIFY(judged({domain, {fine, unread}}).reason.contains(u"No page."));
    // Beside a finding, too.
    const Judged half = judged({domain, {withPage(u"grafana"_s, 200), unread}});
    QCOMPARE(half.outcome, Outcome::Warn);
    QVERIFY(half.reason.contains(u"No page."));
    QVERIFY(!closes(half, u"staging_public"_s, unread.found.name));
    QVERIFY(closes(half, u"staging_public"_s, u"old-staging.example.com"_s)); // is no more
    // Each kind of gap is said.
    const Judged all = judged({domain, {silent, unread}, slow, false, true});
    for (const QString &part : {u"crt.sh is slow."_s, u"more names than"_s, u"No answer."_s, u"No page."_s})
        QVERIFY2(all.reason.contains(part), qPrintable(all.reason));
}

// A listed place of the team, open to everybody at the look before.
void TestInventory::aPageThatDidNotComeClosesNothing_data()
{
    QTest::addColumn<QString>("manner");
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("open still") << u"open"_s << Outcome::Warn;
    QTest::newRow("refuses, and HTTPS is silent") << u"forbids, https silent"_s << Outcome::Info;
    QTest::newRow("refuses, and HTTPS is refused") << u"forbids"_s << Outcome::Pass;
    QTest::newRow("open, and HTTPS is silent") << u"open, https silent"_s << Outcome::Warn;
    QTest::newRow("speaks no HTTP") << u"garbage"_s << Outcome::Pass;
    QTest::newRow("speaks no TLS where HTTPS should be") << u"https garbage"_s << Outcome::Pass;
    QTest::newRow("takes nobody without a certificate") << u"https strict"_s << Outcome::Pass;
    QTest::newRow("refuses the connection") << u"refuses"_s << Outcome::Pass;
    QTest::newRow("takes the connection and is silent") << u"silent"_s << Outcome::Info;
    QTest::newRow("leads to where the connection is refused") << u"leads away"_s << Outcome::Info;
}

void TestInventory::aPageThatDidNotComeClosesNothing()
{
    QFETCH(QString, manner);
    const lab::HostileServer open(lab::answering(lab::httpAnswer(200, {}, "next")));
    const lab::HostileServer away(lab::answering(lab::httpAnswer(302, {"Location: http://else.example.com/"}, {})));
    const lab::HostileServer silent([](lab::Connection &connection) { connection.hang(); });
    const lab::HostileServer forbidding(lab::answering(lab::httpAnswer(403, {}, "no")));
    const lab::HostileServer shell([](lab::Connection &connection) { connection.write("SSH-2.0-somebody\r\n"); });
    lab::TlsSetup setup{{lab::makeSelfSigned({.commonName = u"staging.example.com"_s})}};
    setup.maxVersion = TLS1_2_VERSION;
    setup.demandsCertificate = true;
    const lab::HostileServer strict(lab::answering(lab::httpAnswer(200, {}, "next")), setup);
    const std::uint16_t port = manner.startsWith("open"_L1)      ? open.port()
                               : manner.startsWith("forbids"_L1) ? forbidding.port()
                               : manner == "garbage"_L1          ? shell.port()
                               : manner == "silent"_L1           ? silent.port()
                               : manner == "leads away"_L1       ? away.port()
                                                                 : lab::unusedPort();
    const std::uint16_t securePort = manner.endsWith("https silent"_L1) ? silent.port()
                                     : manner == "https garbage"_L1     ? shell.port()
                                     : manner == "https strict"_L1      ? strict.port()
                                                                        : lab::unusedPort();
    const QString staging = u"staging.example.com"_s;
    const Judged judged =
        look(zoneScript({u"example.com. 60 IN A 192.0.2.1"_s, u"staging.example.com. 60 IN A 192.0.2.2"_s}),
             {{staging, 80, {u"127.0.0.1"_s, port}}, {staging, 443, {u"127.0.0.1"_s, securePort}}}, {staging},
             QStringList());
    QTEST(judged.outcome, "outcome");
    const bool isUnseen = judged.outcome == Outcome::Info;
    QCOMPARE(unseenSubjects(judged.observed), isUnseen ? QStringList{staging} : QStringList());
    QCOMPARE(judged.reason.isEmpty(), !isUnseen);
}

void TestInventory::saysWhichPlacesDoNotFit()
{
    QStringList zone{u"example.com. 60 IN A 192.0.2.1"_s};
    QStringList names;
    for (int i = 1; i <= 31; ++i) {
        names << u"staging-%1.example.com"_s.arg(i);
        zone << names.last() + u". 60 IN A 192.0.2.2"_s;
    }
    const Judged cut = look(zoneScript(zone), {}, names, QStringList());
    QCOMPARE(cut.outcome, Outcome::Info);
    QCOMPARE(unseenSubjects(cut.observed), QStringList{names.last()});
    names.removeLast();
    zone.removeLast();
    QCOMPARE(look(zoneScript(zone), {}, names, QStringList()).outcome, Outcome::Pass);
}

// The logs, which know the place, do not answer any more; in between a look could not be made at all.
void TestInventory::remembersNamesWithoutTheLogs_data()
{
    QTest::addColumn<QString>("record");     // of the place
    QTest::addColumn<QStringList>("listed"); // in what is observed
    QTest::addColumn<QStringList>("unseen");
    const QStringList place{u"staging-7.example.com"_s};
    QTest::newRow("there") << u"staging-7.example.com. 60 IN A 192.0.2.2"_s << place << QStringList();
    QTest::newRow("gone") << u"other.example.com. 60 IN A 192.0.2.2"_s << QStringList() << QStringList();
    QTest::newRow("silent") << u"staging-7.example.com. SILENT"_s << QStringList() << place;
}

void TestInventory::remembersNamesWithoutTheLogs()
{
    QFETCH(QString, record);
    const QString place = u"staging-7.example.com"_s;
    const QString apex = u"example.com. 60 IN A 192.0.2.1"_s;
    const Logs slow = failure(ErrorKind::TimedOut, u"The logs are slow."_s);
    const Judged first = look(zoneScript({apex, place + u". 60 IN A 192.0.2.2"_s}), {}, {}, QStringList{place});
    QCOMPARE(entry(first, place)["learnt_from"_L1].toArray(), QJsonArray{u"certificate_log"_s});
    const Judged error = look(zoneScript({u"example.com. SILENT"_s}), {}, {}, slow, first.observed);
    QCOMPARE(error.outcome, Outcome::Error);
    for (const Judged &before : {first, error}) {
        const Judged judged = look(zoneScript({apex, record}), {}, {}, slow, before.observed);
        QTEST(entry(judged, place).isEmpty() ? QStringList() : QStringList{place}, "listed");
        QTEST(unseenSubjects(judged.observed), "unseen");
    }
}

QTEST_GUILESS_MAIN(TestInventory)
#include "tst_inventory.moc"
