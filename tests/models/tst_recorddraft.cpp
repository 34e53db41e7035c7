#include "models/dmarcplan.h"
#include "models/dnspanel.h"
#include "models/providers.h"
#include "models/recorddraft.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

// "=v=DMARC1; -p=none; +p=quarantine;"
QString printed(const std::vector<DiffWord> &words)
{
    QStringList parts;
    for (const DiffWord &word : words)
        parts << (word.mark == DiffMark::Same ? u"="_s : word.mark == DiffMark::Removed ? u"-"_s : u"+"_s) + word.text;
    return parts.join(u' ');
}

QString printed(const std::vector<DmarcPlanStep> &plan)
{
    QStringList parts;
    for (const DmarcPlanStep &step : plan)
        parts << step.id + u' ' + step.from.toString(u"MM-dd"_s) + (step.isDone ? u" done"_s : QString());
    return parts.join(u", "_s);
}

} // namespace

class RecordDraftTest : public QObject
{
    Q_OBJECT

private slots:
    void marksTheDifference_data();
    void marksTheDifference();
    void readsThePanelsOfTheProgram();
    void panelsFollowTheSchema();
    void refusesABadPanel_data();
    void refusesABadPanel();
    void fillsTheFields_data();
    void fillsTheFields();
    void dividesLongTexts_data();
    void dividesLongTexts();
    void plansTheSteps_data();
    void plansTheSteps();
    void keepsThePlanAmongTheAnswers();
    void saysWhatThePlanKeeps();
};

void RecordDraftTest::marksTheDifference_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("difference");
    QTest::newRow("nothing") << QString() << QString() << QString();
    QTest::newRow("new") << QString() << u"v=spf1 -all"_s << u"+v=spf1 +-all"_s;
    QTest::newRow("gone") << u"v=spf1 -all"_s << QString() << u"-v=spf1 --all"_s;
    QTest::newRow("same") << u"v=spf1 -all"_s << u"v=spf1 -all"_s << u"=v=spf1 =-all"_s;
    QTest::newRow("one more") << u"v=spf1 mx ~all"_s << u"v=spf1 mx include:a.example ~all"_s
                              << u"=v=spf1 =mx +include:a.example =~all"_s;
    QTest::newRow("one less") << u"v=spf1 mx ptr ~all"_s << u"v=spf1 mx ~all"_s << u"=v=spf1 =mx -ptr =~all"_s;
    QTest::newRow("one changed") << u"v=DMARC1; p=none; rua=mailto:a@example.com"_s
                                 << u"v=DMARC1; p=quarantine; rua=mailto:a@example.com"_s
                                 << u"=v=DMARC1; -p=none; +p=quarantine; =rua=mailto:a@example.com"_s;
    QTest::newRow("blanks are no difference")
        << u"v=DMARC1;p=none"_s << u"v=DMARC1; p=none"_s << u"=v=DMARC1; =p=none"_s;
    QTest::newRow("a tag more") << u"v=DMARC1; p=none"_s << u"v=DMARC1; p=none; np=reject"_s
                                << u"=v=DMARC1; =p=none; +np=reject"_s;
    QTest::newRow("twice") << u"v=spf1 mx mx -all"_s << u"v=spf1 mx -all"_s << u"=v=spf1 =mx -mx =-all"_s;
}

void RecordDraftTest::marksTheDifference()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    QTEST(printed(differenceOf(before, after)), "difference");
}

void RecordDraftTest::readsThePanelsOfTheProgram()
{
    QVERIFY(knownDnsPanels().size() > 20);
    for (const DnsPanel &panel : knownDnsPanels()) {
        const auto provider = std::ranges::find(knownProviders(), panel.provider, &Provider::id);
        // The page can only be known if the DNS host is recognised.
        const bool isRecognised = provider != knownProviders().end() && !provider->ns.isEmpty();
        QVERIFY2(panel.provider.isEmpty() || isRecognised, qPrintable(panel.provider));
    }
    QCOMPARE(dnsPanelOf(u"nobody"_s).provider, QString(u""_s));
    QCOMPARE(dnsPanelOf(u"route53"_s).quotesTexts, true);
}

void RecordDraftTest::panelsFollowTheSchema()
{
    const auto read = [](const QString &path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
    };
    const QJsonObject schema = read(u":/schemas/dns-panels.schema.json"_s);
    const QJsonObject item = schema["properties"_L1]["panels"_L1]["items"_L1].toObject();
    QStringList required;
    for (const QJsonValue field : item["required"_L1].toArray())
        required << field.toString();
    required.sort();
    QCOMPARE(item["properties"_L1].toObject().keys(), required); // keys() are sorted
    for (const QJsonValue panel : read(u":/dns-panels.json"_s)["panels"_L1].toArray())
        QCOMPARE(panel.toObject().keys(), required);
}

void RecordDraftTest::refusesABadPanel_data()
{
    QTest::addColumn<QByteArray>("panels");
    const QByteArray good =
        R"({"provider": "", "name": "x", "names": "relative", "apex": "@", "name_label": "N", "value_label": "V"})";
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("twice") << good + "," + good;
    QTest::newRow("no name") << QByteArray(good).replace(R"("name": "x", )", "");
    QTest::newRow("unknown field") << QByteArray(good).replace("{", R"({"colour": "red", )");
    QTest::newRow("names") << QByteArray(good).replace("relative", "some");
    QTest::newRow("apex") << QByteArray(good).replace("\"@\"", "\"*\"");
    QTest::newRow("none for all others") << QByteArray(good).replace(R"("provider": "")", R"("provider": "a")");
}

void RecordDraftTest::refusesABadPanel()
{
    QFETCH(QByteArray, panels);
    const auto parsed = parseDnsPanels("{\"panels\": [" + panels + "]}");
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().kind, ErrorKind::BadInput);
}

void RecordDraftTest::fillsTheFields_data()
{
    QTest::addColumn<QString>("provider");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("fields");
    const QString zone = u"example.com"_s;
    const QString spf = u"v=spf1 -all"_s;
    QTest::newRow("Cloudflare, apex") << u"cloudflare"_s << zone << u"TXT"_s << spf << u"TXT|@|v=spf1 -all"_s;
    QTest::newRow("Cloudflare, below") << u"cloudflare"_s << u"_dmarc.example.com"_s << u"TXT"_s
                                       << u"v=DMARC1; p=none"_s << u"TXT|_dmarc|v=DMARC1; p=none"_s;
    QTest::newRow("Route 53, apex") << u"route53"_s << zone << u"TXT"_s << spf << u"TXT||\"v=spf1 -all\""_s;
    QTest::newRow("Hurricane Electric") << u"hurricane-electric"_s << u"_dmarc.example.com"_s << u"TXT"_s << spf
                                        << u"TXT|_dmarc.example.com|\"v=spf1 -all\""_s;
    QTest::newRow("unknown host") << QString() << u"a._domainkey.example.com"_s << u"TXT"_s << u"v=DKIM1; p="_s
                                  << u"TXT|a._domainkey|v=DKIM1; p="_s;
    QTest::newRow("Hetzner, alias") << u"hetzner"_s << u"a._domainkey.example.com"_s << u"CNAME"_s << u"a.example.net"_s
                                    << u"CNAME|a._domainkey|a.example.net."_s;
    QTest::newRow("Cloudflare, alias") << u"cloudflare"_s << u"a._domainkey.example.com"_s << u"CNAME"_s
                                       << u"a.example.net"_s << u"CNAME|a._domainkey|a.example.net"_s;
    QTest::newRow("a name elsewhere") << u"cloudflare"_s << u"example.net"_s << u"TXT"_s << spf
                                      << u"TXT|example.net|v=spf1 -all"_s;
    QTest::newRow("a name that only ends alike")
        << u"cloudflare"_s << u"notexample.com"_s << u"TXT"_s << spf << u"TXT|notexample.com|v=spf1 -all"_s;
}

void RecordDraftTest::fillsTheFields()
{
    QFETCH(QString, provider);
    QFETCH(QString, name);
    QFETCH(QString, type);
    QFETCH(QString, value);
    const auto fields = panelFields(dnsPanelOf(provider), u"example.com"_s, name, type, value);
    QCOMPARE(fields.size(), size_t(3));
    QTEST(QStringList({fields[0].value, fields[1].value, fields[2].value}).join(u'|'), "fields");
    QCOMPARE(fields[1].note.isEmpty(), !fields[1].value.isEmpty()); // an empty field is said to be meant so
}

void RecordDraftTest::dividesLongTexts_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("quoted");
    const QString a(255, u'a');
    QTest::newRow("empty") << QString() << u"\"\""_s;
    QTest::newRow("short") << u"v=spf1 -all"_s << u"\"v=spf1 -all\""_s;
    QTest::newRow("255") << a << u'"' + a + u'"';
    QTest::newRow("256") << a + u'b' << u'"' + a + u"\" \"b\""_s;
    QTest::newRow("510") << a + a << u'"' + a + u"\" \""_s + a + u'"';
    QTest::newRow("marks") << u"a\"b\\c"_s << u"\"a\\\"b\\\\c\""_s;
}

void RecordDraftTest::dividesLongTexts()
{
    QFETCH(QString, value);
    QTEST(quotedTxt(value), "quoted");
}

void RecordDraftTest::plansTheSteps_data()
{
    QTest::addColumn<DmarcPlanInput>("input");
    QTest::addColumn<QString>("plan");
    const QDate start(2026, 1, 1);
    using Policy = std::optional<DmarcPolicy>;
    const auto input = [&](Policy policy) { return DmarcPlanInput{.policy = policy, .start = start}; };
    const QString whole = u"watch 01-01, test 01-31, quarantine 02-14"_s;
    QTest::newRow("no record") << input({}) << whole;
    QTest::newRow("none") << input(DmarcPolicy::None) << whole;
    DmarcPlanInput machines = input({});
    machines.peopleWrite = false;
    QTest::newRow("only machines write") << machines << whole + u", reject 03-16"_s;
    DmarcPlanInput testing = input(DmarcPolicy::Quarantine);
    testing.isTest = true;
    QTest::newRow("quarantine in test") << testing << u"test 01-01, quarantine 01-15"_s;
    QTest::newRow("quarantine, made-up names open") << input(DmarcPolicy::Quarantine) << u"quarantine 01-01"_s;
    DmarcPlanInput there = input(DmarcPolicy::Quarantine);
    there.refusesMadeUp = true;
    QTest::newRow("quarantine, made-up names refused") << there << QString();
    there.peopleWrite = false;
    QTest::newRow("quarantine, only machines write") << there << u"reject 01-01"_s;
    QTest::newRow("reject") << input(DmarcPolicy::Reject) << QString();
    DmarcPlanInput rejectTest = input(DmarcPolicy::Reject);
    rejectTest.isTest = true;
    QTest::newRow("reject in test is quarantine") << rejectTest << QString();
    rejectTest.peopleWrite = false;
    QTest::newRow("reject in test, only machines write") << rejectTest << u"reject 01-01"_s;
    DmarcPlanInput silent = input({});
    silent.sendsNoMail = true;
    QTest::newRow("no mail at all") << silent << u"reject 01-01"_s;
    silent.policy = DmarcPolicy::Reject;
    QTest::newRow("no mail at all, refused already") << silent << QString();
    DmarcPlanInput begun = input(DmarcPolicy::None);
    begun.done = {u"watch"_s};
    QTest::newRow("the first is done") << begun << u"watch 01-01 done, test 01-31, quarantine 02-14"_s;
    begun.policy = DmarcPolicy::Quarantine;
    begun.refusesMadeUp = true;
    begun.done = {u"watch"_s, u"test"_s, u"quarantine"_s};
    QTest::newRow("all are done") << begun << u"watch 01-01 done, test 01-31 done, quarantine 02-14 done"_s;
}

void RecordDraftTest::plansTheSteps()
{
    QFETCH(DmarcPlanInput, input);
    const auto plan = dmarcPlan(input);
    QTEST(printed(plan), "plan");
    const DmarcPlanStep *next = nextStep(plan);
    QCOMPARE(next == nullptr, std::ranges::all_of(plan, &DmarcPlanStep::isDone));
    for (const DmarcPlanStep &step : plan) {
        QVERIFY(!step.title.isEmpty());
        QVERIFY(!step.what.isEmpty());
        QVERIFY(!dmarcPlanTopic(dmarcPlanSubject(step.id)).isEmpty());
    }
}

void RecordDraftTest::keepsThePlanAmongTheAnswers()
{
    QCOMPARE(keptDmarcPlan({}), DmarcPlanKept());
    std::map<QString, Answer> answers;
    for (const Answer &answer : {dmarcPlanStart(QDate(2026, 5, 17)), dmarcPlanPeople(false), dmarcPlanDone(u"watch"_s)})
        answers[answer.subject] = answer;
    QCOMPARE(keptDmarcPlan(answers), (DmarcPlanKept{QDate(2026, 5, 17), false, {u"watch"_s}}));
    answers[dmarcPlanStart({}).subject].text = u"soon"_s;
    QVERIFY(!keptDmarcPlan(answers).start);
    QVERIFY(dmarcPlanTopic(u"mail.dmarc"_s).isEmpty());
}

void RecordDraftTest::saysWhatThePlanKeeps()
{
    QCOMPARE(dmarcPlanSaid(dmarcPlanStart(QDate(2026, 5, 17))), u"17 May 2026"_s);
    Answer odd = dmarcPlanStart(QDate(2026, 5, 17));
    odd.text = u"soon"_s;
    QCOMPARE(dmarcPlanSaid(odd), u"soon"_s);
    QCOMPARE(dmarcPlanSaid(dmarcPlanPeople(true)), u"Yes"_s);
    QCOMPARE(dmarcPlanSaid(dmarcPlanPeople(false)), u"No"_s);
    QCOMPARE(dmarcPlanSaid(dmarcPlanDone(u"watch"_s)), u"Done"_s);
}

QTEST_GUILESS_MAIN(RecordDraftTest)
#include "tst_recorddraft.moc"
