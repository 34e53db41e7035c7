#include "handoverfixtures.h"

#include "models/deliverable.h"
#include "models/dmarcplan.h"
#include "models/dmarcreminders.h"
#include "models/handover/facts.h"
#include "models/handover/shortevidence.h"

#include <QSet>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

QString textOf(const std::vector<Block> &blocks)
{
    QString text;
    for (const Block &block : blocks)
        text += test::textOf(block) + u'\n';
    return text;
}

} // namespace

// The handover document holds every line of every roadmap, and no secret.
class TestHandoverDocument : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void holdsEveryItem_data() { roadmapRows(); }
    void holdsEveryItem();
    void showsNoSecret_data() { roadmapRows(); }
    void showsNoSecret();
    void survivesAnEmptyProject_data() { roadmapRows(); }
    void survivesAnEmptyProject();
    void knowsEveryArtifact();
    void saysWhatADeliverableLacks_data();
    void saysWhatADeliverableLacks();
    void readsWhatWasObserved();
    void tellsCertificatesApart();
    void namesTheSourcesToCheckAgain_data();
    void namesTheSourcesToCheckAgain();
    void namesProvidersAndOwners();
    void boundsEvidence();
    void survivesOddObservations();
    void keepsSectionIdsUnique();
    void tellsWhyACheckWasNotRun();
    void tellsEachHostsReason();
    void tellsWhatToDoAboutARisk();
    void printsSharedEvidenceOnce();
    void tellsTheSameFaultOnce();
    void shortensEvidence_data();
    void shortensEvidence();
    void makesEachDeliverableOnce_data() { roadmapRows(); }
    void makesEachDeliverableOnce();
    void pointsFromItemsToRisks();
    void tellsOfThePlanWithoutJudging();
    void takesNoReminderForAnAnswer();
    void writesEffort_data();
    void writesEffort();

private:
    void roadmapRows();
    const Section &section(const HandoverDocument &document, const QString &id);

    std::vector<Roadmap> m_roadmaps;
};

void TestHandoverDocument::initTestCase()
{
    Result<std::vector<Roadmap>> roadmaps = loadRoadmaps();
    QVERIFY2(roadmaps.has_value(), roadmaps ? "" : qPrintable(roadmaps.error().message));
    m_roadmaps = std::move(*roadmaps);
    QCOMPARE(m_roadmaps.size(), 5u);
}

void TestHandoverDocument::roadmapRows()
{
    QTest::addColumn<std::size_t>("index");
    for (std::size_t i = 0; i < m_roadmaps.size(); ++i)
        QTest::newRow(qPrintable(m_roadmaps[i].id)) << i;
}

const Section &TestHandoverDocument::section(const HandoverDocument &document, const QString &id)
{
    return *std::ranges::find(document.sections, id, &Section::id);
}

void TestHandoverDocument::holdsEveryItem()
{
    QFETCH(std::size_t, index);
    const Roadmap &roadmap = m_roadmaps[index];
    const QString text = test::textOf(buildHandover(test::richInput(roadmap)));
    for (const Item *item : roadmap.items()) {
        QVERIFY2(text.contains(item->text), qPrintable(item->id));
        QVERIFY2(text.contains(item->why), qPrintable(item->id));
        QVERIFY2(text.contains(item->outcome), qPrintable(item->id));
    }
}

void TestHandoverDocument::showsNoSecret()
{
    QFETCH(std::size_t, index);
    const QString text = test::textOf(buildHandover(test::richInput(m_roadmaps[index])));
    QVERIFY(!text.contains(test::kPlantedSecret));
    QVERIFY(!text.contains(test::kPlantedSecret.mid(12)));
}

void TestHandoverDocument::survivesAnEmptyProject()
{
    QFETCH(std::size_t, index);
    const HandoverDocument document = buildHandover(test::emptyInput(m_roadmaps[index]));
    QCOMPARE(section(document, u"stage-1"_s).completeness, Completeness::NotStarted);
    QCOMPARE(section(document, u"owners"_s).completeness, Completeness::NotStarted);
    QVERIFY(section(document, u"deliverables"_s).answersMissing > 0);
    QVERIFY(document.verdict.nothingLookedAt);
}

void TestHandoverDocument::knowsEveryArtifact()
{
    QSet<QString> named;
    for (const Roadmap &roadmap : m_roadmaps)
        for (const Item *item : roadmap.items())
            if (item->kind == ItemKind::Deliverable)
                named.insert(item->artifact);
    const QStringList known = knownArtifacts();
    QCOMPARE(QSet<QString>(known.begin(), known.end()), named);
}

void TestHandoverDocument::saysWhatADeliverableLacks_data()
{
    QTest::addColumn<QString>("artifact");
    for (const QString &artifact : knownArtifacts())
        QTest::newRow(qPrintable(artifact)) << artifact;
}

void TestHandoverDocument::saysWhatADeliverableLacks()
{
    QFETCH(QString, artifact);
    Item item;
    item.id = u"x.1.d1"_s;
    item.kind = ItemKind::Deliverable;
    item.artifact = artifact;
    const DeliverableDocument document = makeDeliverable(item, test::emptyInput(m_roadmaps.front()));
    QCOMPARE(document.artifact, artifact);
    QVERIFY(!document.title.isEmpty());
    QVERIFY(!document.missing.isEmpty());
    for (const QString &sentence : document.missing)
        QVERIFY(!sentence.isEmpty());
}

void TestHandoverDocument::readsWhatWasObserved()
{
    const HandoverInput input = test::richInput(m_roadmaps.front());
    const auto made = [&](const QString &artifact) {
        Item item;
        item.artifact = artifact;
        QString text;
        for (const Block &block : makeDeliverable(item, input).blocks)
            text += test::textOf(block) + u'\n';
        return text;
    };
    QVERIFY(made(u"redirect-map"_s).contains(u"http://app.example.com/\n301\nhttps://app.example.com/"_s));
    QVERIFY(made(u"redirect-map"_s).contains(u"/pricing-2019\n/pricing\nNot looked at yet"_s));
    QVERIFY(made(u"surface-map"_s).contains(u"Host\nResolves\nCertificate\nRedirect\nHeaders\n"_s));
    QVERIFY(made(u"edge-summary"_s).contains(u"DNS\nNameserver House"_s));
    QVERIFY(made(u"edge-summary"_s).contains(u"Example CA\n20 May 2026\nnot known yet\ntrusted"_s));
    QVERIFY(made(u"surface-map"_s).contains(u"/admin/users"_s));
    QVERIFY(made(u"secrets-inventory"_s).contains(u"Payments, live"_s));
    QVERIFY(made(u"handover-checklist"_s).contains(u"The runbook is in the wiki. (Sam, 27 February 2026)"_s));
}

// Two hosts that share one, and one that has ended.
void TestHandoverDocument::tellsCertificatesApart()
{
    ProjectState project;
    const auto add = [&](const QString &host, const QString &fingerprint, int daysLeft) {
        const QJsonObject certificate{{u"issuer"_s, u"Example CA"_s},
                                      {u"subject"_s, u"*.example.com"_s},
                                      {u"names"_s, QJsonArray{u"example.com"_s, u"*.example.com"_s}},
                                      {u"fingerprint"_s, fingerprint},
                                      {u"not_after"_s, u"2026-05-20T10:00:00Z"_s}};
        CheckResult result;
        result.checkId = u"tls.expiry"_s;
        result.host = host;
        result.observed = {{u"certificate"_s, certificate}, {u"days_left"_s, daysLeft}};
        project.latest[result.key()] = result;
    };
    add(u"a.example.com"_s, u"3f2a9c01d4e5f607"_s, 12);
    add(u"b.example.com"_s, u"3f2a9c01d4e5f607"_s, 0);
    add(u"c.example.com"_s, u"77aa9c01d4e5f607"_s, -300);
    QStringList texts;
    QList<bool> expired;
    for (const handover::CertificateFacts &facts : handover::certificates(project)) {
        texts << handover::certificateText(facts);
        expired << facts.hasExpired();
    }
    QCOMPARE(texts.join(u'|'), u"example.com (3f2a9c01)|example.com (3f2a9c01)|example.com (77aa9c01)"_s);
    QCOMPARE(expired, QList<bool>({false, false, true}));

    HandoverInput input = test::richInput(m_roadmaps.front());
    input.project.latest = project.latest;
    Item item;
    item.artifact = u"edge-summary"_s;
    QString text;
    for (const Block &block : makeDeliverable(item, input).blocks)
        text += test::textOf(block) + u'\n';
    QVERIFY2(text.contains(u"c.example.com\nexample.com (77aa9c01)\nExample CA\n20 May 2026 (expired)"_s),
             qPrintable(text));
    QVERIFY(!text.contains(u"-300"_s));
}

void TestHandoverDocument::namesTheSourcesToCheckAgain_data()
{
    QTest::addColumn<std::vector<SourceKind>>("had");
    QTest::addColumn<QString>("end");
    using enum SourceKind;
    QTest::newRow("none is known") << std::vector<SourceKind>{} << u" --source code=PATH --source ci-log=PATH"_s;
    QTest::newRow("of two the one that there is") << std::vector{CiLog} << u" --source ci-log=PATH"_s;
    QTest::newRow("in the order of the check")
        << std::vector{CiLog, Code} << u" --source code=PATH --source ci-log=PATH"_s;
    QTest::newRow("another one alone") << std::vector{Log} << u" --source code=PATH --source ci-log=PATH"_s;
}

// As the check says what it reads, and as the project has it.
void TestHandoverDocument::namesTheSourcesToCheckAgain()
{
    QFETCH(std::vector<SourceKind>, had);
    QFETCH(QString, end);
    HandoverInput input = test::richInput(m_roadmaps.front());
    const QString checkId = input.project.findings.begin()->second.finding.checkId;
    input.sourcesByCheck = {{checkId, {SourceKind::Code, SourceKind::CiLog}}, {u"secrets.logs"_s, {SourceKind::Log}}};
    for (const SourceKind kind : had)
        input.project.sources.push_back({kind, u"/srv/shop"_s, {}});
    QString text;
    const HandoverDocument document = buildHandover(input);
    for (const Block &block : section(document, u"risks"_s).blocks)
        text += test::textOf(block) + u'\n';
    const qsizetype named = text.count(u" --only "_s + checkId + end + u'\n');
    QVERIFY2(named > 0, qPrintable(text));
    QCOMPARE(text.count(u"--source"_s), named * end.count(u"--source"_s)); // of this check alone
}

void TestHandoverDocument::namesProvidersAndOwners()
{
    const HandoverDocument document = buildHandover(test::richInput(m_roadmaps.front()));
    QString text;
    for (const Block &block : section(document, u"owners"_s).blocks)
        text += test::textOf(block) + u'\n';
    QVERIFY(text.contains(u"Domain\nRegistrar One\nDana\nSam"_s));       // typed
    QVERIFY(text.contains(u"DNS\nNameserver House\nnot known yet"_s));   // seen by the check, nobody's yet
    QVERIFY(text.contains(u"Database\nnot known yet\nnot known yet"_s)); // what every product has
}

void TestHandoverDocument::boundsEvidence()
{
    HandoverInput input = test::richInput(m_roadmaps.front());
    Finding &finding = input.project.findings.begin()->second.finding;
    finding.evidence.assign(500, Evidence{u"GET /"_s, QString(100000, u'x')});
    QVERIFY(test::textOf(buildHandover(input)).size() < 400000);
}

void TestHandoverDocument::survivesOddObservations()
{
    HandoverInput input = test::richInput(m_roadmaps.front());
    for (auto &[key, result] : input.project.latest)
        result.observed = {
            {u"providers"_s, 7}, {u"chain"_s, QJsonArray{1, u"x"_s, QJsonArray()}}, {u"certificate"_s, u"none"_s}};
    const HandoverDocument document = buildHandover(input);
    QVERIFY(!document.sections.empty());
}

void TestHandoverDocument::keepsSectionIdsUnique()
{
    QStringList ids;
    for (const Section &section : buildHandover(test::richInput(m_roadmaps.front())).sections)
        ids << section.id;
    QCOMPARE(ids.removeDuplicates(), 0);
    for (const QString &id :
         {u"summary"_s, u"launch-gate"_s, u"risks"_s, u"plan"_s, u"stage-7"_s, u"owners"_s, u"answers"_s,
          u"monitoring"_s, u"deliverables"_s, u"automation"_s, u"not-now"_s, u"not-looked-at"_s, u"evidence"_s})
        QVERIFY2(ids.contains(id), qPrintable(id));
}

void TestHandoverDocument::tellsWhyACheckWasNotRun()
{
    const HandoverDocument document = buildHandover(test::richInput(m_roadmaps.front()));
    QString text;
    for (const Block &block : section(document, u"not-looked-at"_s).blocks)
        text += test::textOf(block) + u'\n';
    QVERIFY(text.contains(u"needs two test accounts"_s));
    QVERIFY(!text.contains(u"mail.dmarc\n"_s));
}

// Reasons that differ by host stand with the check: as a heading they would be a paragraph in bold.
void TestHandoverDocument::tellsEachHostsReason()
{
    HandoverInput input = test::richInput(m_roadmaps.front());
    std::vector<CheckResult> results;
    for (const QString &host : {u"app.example.com"_s, u"www.example.com"_s}) {
        CheckResult result = test::resultOf(u"http.csp"_s, Outcome::Error, {});
        result.host = host;
        result.reason = u"%1 did not answer."_s.arg(host);
        results.push_back(result);
    }
    applyResults(input.project, results, input.now);
    const HandoverDocument document = buildHandover(input);
    const std::vector<Block> &blocks = section(document, u"not-looked-at"_s).blocks;
    const auto line = std::ranges::find_if(blocks, [](const Block &block) {
        const auto *status = std::get_if<StatusLine>(&block);
        return status && status->trailing == u"http.csp";
    });
    QVERIFY(line != blocks.end());
    QCOMPARE(std::get<StatusLine>(*line).note, u"app.example.com did not answer. www.example.com did not answer."_s);
    for (const Block &block : blocks)
        if (const auto *heading = std::get_if<Heading>(&block))
            QVERIFY2(!heading->text.contains(u"did not answer"_s), qPrintable(heading->text));
}

void TestHandoverDocument::tellsWhatToDoAboutARisk()
{
    const HandoverDocument document = buildHandover(test::richInput(m_roadmaps.front()));
    const std::vector<Block> &blocks = section(document, u"risks"_s).blocks;
    const auto *head = std::get_if<StatusLine>(&blocks.front());
    QVERIFY(head && head->severity == Severity::Critical && head->keepWithNext);
    QStringList labels;
    for (const Block &block : blocks)
        if (const auto *paragraph = std::get_if<Paragraph>(&block))
            labels << paragraph->label;
    for (const QString &label : {u"Where"_s, u"What was seen"_s, u"Why it matters"_s, u"How to fix it"_s})
        QCOMPARE(labels.count(label), 3);
    const QString text = textOf(blocks);
    QVERIFY(text.contains(u"curl -sS -D - -o /dev/null 'https://app.example.com/api/me'"_s));
    QVERIFY(text.contains(u"launch-cockpit audit example.com --host app=app.example.com --only mail.dmarc"_s));
}

void TestHandoverDocument::printsSharedEvidenceOnce()
{
    const HandoverDocument document = buildHandover(test::richInput(m_roadmaps.front()));
    int printed = 0;
    int referred = 0;
    for (const Block &block : section(document, u"evidence"_s).blocks) {
        if (const auto *code = std::get_if<CodeBlock>(&block); code && code->text.contains(u"HTTP/1.1 200 OK"_s))
            ++printed;
        if (const auto *note = std::get_if<Paragraph>(&block); note && note->text.endsWith(u"as printed for risk 1"_s))
            ++referred;
    }
    QCOMPARE(printed, 1); // three findings rest on it
    QCOMPARE(referred, 2);
}

// One repair in three places, and one place where something else is to be done.
void TestHandoverDocument::tellsTheSameFaultOnce()
{
    HandoverInput input = test::emptyInput(m_roadmaps.front());
    for (int i = 1; i <= 4; ++i) {
        Finding finding = test::findingOf(u"access.roles"_s, Severity::Critical, Impact::DataExposure, u"Reaches"_s);
        finding.code = u"reads_others"_s;
        finding.subject = u"GET /records/%1"_s.arg(i);
        finding.whatWeSaw = u"Record %1 came"_s.arg(i);
        finding.fix.steps = {i == 4 ? u"Another repair."_s : u"Compare the tenant."_s};
        finding.fix.aiPrompt = finding.whatWeSaw; // is not printed
        finding.evidence = {{u"GET https://a.example/records/%1"_s.arg(i), u"HTTP/2 200"_s},
                            {u"Answer %1"_s.arg(i), u"second"_s}};
        input.project.findings[finding.id()] = {finding, input.now, input.now, {}};
    }
    const HandoverDocument document = buildHandover(input);
    QStringList heads;
    std::vector<Table> tables;
    for (const Block &block : section(document, u"risks"_s).blocks) {
        if (const auto *line = std::get_if<StatusLine>(&block))
            heads << line->text;
        if (const auto *table = std::get_if<Table>(&block))
            tables.push_back(*table);
    }
    QCOMPARE(heads.size(), 2);
    QCOMPARE(tables.size(), std::size_t(1));
    QCOMPARE(tables.front().rows.size(), std::size_t(3));
    const QString risks = textOf(section(document, u"risks"_s).blocks);
    const QString evidence = textOf(section(document, u"evidence"_s).blocks);
    QCOMPARE(risks.count(u"Compare the tenant."_s), 1);
    for (int i = 1; i <= 4; ++i) {
        QVERIFY2(risks.contains(u"Record %1 came"_s.arg(i)), qPrintable(risks));
        QVERIFY2(evidence.contains(u"GET https://a.example/records/%1"_s.arg(i)), qPrintable(evidence));
    }
    QCOMPARE(evidence.count(u"Answer "_s), 1); // of the one that stands alone
}

void TestHandoverDocument::shortensEvidence_data()
{
    QTest::addColumn<QString>("checkId");
    QTest::addColumn<QString>("saw");
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("expected");
    const QString answer = u"HTTP/2 200\nvary: Origin\ncontent-type: text/html\n\nHello: you\n"_s;
    const QString shorter = u"HTTP/2 200\ncontent-type: text/html\n\nHello: you"_s;
    const QString request = u"POST /x\nCookie: $COOKIE\n\n{}\n\n"_s;
    const QString command = u"\nTry it:\ncurl -i 'https://a.example/x'"_s;
    QTest::newRow("a header that shows nothing") << u"access.roles"_s << QString() << answer << shorter;
    QTest::newRow("one that was spoken of") << u"access.roles"_s << u"Wanted: Vary."_s << answer << answer.trimmed();
    QTest::newRow("a check of headers") << u"http.cors"_s << QString() << answer << answer.trimmed();
    QTest::newRow("said again for a terminal")
        << u"abuse.upload"_s << QString() << request + answer + command << shorter + u'\n' + command;
    QTest::newRow("said once") << u"abuse.upload"_s << QString() << request + answer
                               << u"POST /x\nCookie: $COOKIE\n\n{}\n\n"_s + shorter;
    QTest::newRow("no answer") << u"access.roles"_s << QString() << u"vary: not a head"_s << u"vary: not a head"_s;
    QTest::newRow("an age, for caches") << u"edge.cache-leak"_s << QString() << u"HTTP/1.1 200 OK\nage: 3\nvia: x"_s
                                        << u"HTTP/1.1 200 OK\nage: 3"_s;
}

void TestHandoverDocument::shortensEvidence()
{
    QFETCH(QString, checkId);
    QFETCH(QString, saw);
    QFETCH(QString, body);
    Finding finding = test::findingOf(checkId, Severity::High, Impact::DataExposure, u"x"_s);
    finding.whatWeSaw = saw;
    QTEST(handover::shortEvidence(finding, {u"GET /"_s, body}), "expected");
    const QString many = handover::shortEvidence(finding, {u"GET /"_s, u"line\n"_s.repeated(100)});
    QVERIFY(many.count(u'\n') < 40 && many.contains(u"project file"_s));
    // Whoever was not there begins with the command.
    const QString command = u"curl -i 'https://a.example/x'"_s;
    const QString withCommand = handover::shortEvidence(
        finding, {u"GET /"_s, u"HTTP/2 200\n\n"_s + u"line\n"_s.repeated(100) + u"\nTry it:\n"_s + command});
    QVERIFY2(withCommand.count(u'\n') < 40 && withCommand.endsWith(command), qPrintable(withCommand));
    QVERIFY2(withCommand.contains(u"project file"_s), qPrintable(withCommand));
}

void TestHandoverDocument::makesEachDeliverableOnce()
{
    QFETCH(std::size_t, index);
    const HandoverDocument document = buildHandover(test::emptyInput(m_roadmaps[index]));
    QStringList titles;
    for (const Block &block : section(document, u"deliverables"_s).blocks)
        if (const auto *heading = std::get_if<Heading>(&block); heading && heading->level == 2)
            titles << heading->text.section(u" (stage"_s, 0, 0);
    titles.removeAll(u"Answered by a person"_s);
    QCOMPARE(titles.removeDuplicates(), 0);
    QVERIFY(!titles.isEmpty());
}

void TestHandoverDocument::pointsFromItemsToRisks()
{
    const HandoverDocument document = buildHandover(test::richInput(m_roadmaps.front()));
    QVERIFY(textOf(section(document, u"launch-gate"_s).blocks).contains(u"Risk 2: Anyone can send email as you"_s));
}

void TestHandoverDocument::tellsOfThePlanWithoutJudging()
{
    HandoverInput input = test::emptyInput(m_roadmaps.front());
    const Answer putOff = dmarcReminder({.findingId = u"mail.dmarc:missing"_s, .until = QDate(2026, 6, 1)});
    for (const Answer &answer : {dmarcPlanStart(QDate(2026, 5, 17)), dmarcPlanPeople(false), putOff})
        input.project.answers[answer.subject] = answer;
    const HandoverDocument document = buildHandover(input);
    QStringList lines;
    for (const Block &block : section(document, u"answers"_s).blocks) {
        if (const auto *line = std::get_if<StatusLine>(&block)) {
            QCOMPARE(line->state, ItemState::AnsweredByPerson);
            lines << line->text + u": "_s + line->note;
        }
    }
    QCOMPARE(lines, (QStringList{u"People write from addresses of the domain: No"_s,
                                 u"The DMARC plan starts: 17 May 2026"_s}));
}

void TestHandoverDocument::takesNoReminderForAnAnswer()
{
    HandoverInput input = test::emptyInput(m_roadmaps.front());
    const Answer putOff = dmarcReminder({.findingId = u"mail.dmarc:missing"_s, .until = QDate(2026, 6, 1)});
    input.project.answers[putOff.subject] = putOff;
    const HandoverDocument document = buildHandover(input);
    const Section &answers = section(document, u"answers"_s);
    QVERIFY2(textOf(answers.blocks).contains(u"Nobody has answered"_s), qPrintable(textOf(answers.blocks)));
    QCOMPARE(answers.completeness, Completeness::NotStarted);
}

void TestHandoverDocument::writesEffort_data()
{
    QTest::addColumn<int>("minutes");
    QTest::addColumn<QString>("text");
    QTest::newRow("under an hour") << 59 << u"59 min"_s;
    QTest::newRow("an hour") << 60 << u"1 h"_s;
    QTest::newRow("over an hour") << 61 << u"1 h 1 min"_s;
    QTest::newRow("none") << 0 << u"0 min"_s;
}

void TestHandoverDocument::writesEffort()
{
    QFETCH(int, minutes);
    QFETCH(QString, text);
    QCOMPARE(handover::effortText(minutes), text);
}

QTEST_GUILESS_MAIN(TestHandoverDocument)
#include "tst_handoverdocument.moc"
