#include "tests/models/foundsamples.h"
#include "tests/models/handoverfixtures.h"
#include "ui/pdf/handoverpdf.h"

#include <QJsonDocument>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace cockpit;
using namespace cockpit::sample;
using namespace Qt::StringLiterals;

namespace {

SecretEntry incompleteEntry()
{
    SecretEntry entry;
    entry.id = u"incomplete"_s;
    entry.name = u"OLD_SMTP_PASSWORD"_s;
    return entry;
}

SecretEntry overdueEntry()
{
    SecretEntry entry = secretEntry(u"SUPABASE_SERVICE_ROLE_KEY"_s);
    entry.service = u"Supabase"_s;
    entry.owner = u"Alexandra Papadopoulou-Hernandez"_s;
    entry.scope = u"Reads and writes every table, whatever the row level security says"_s;
    entry.keptIn = u"Vercel, environment variables, and the password manager of the team"_s;
    entry.environments = {Environment::Production, Environment::Staging};
    entry.lastRotated = kToday.addDays(-400);
    return entry;
}

// One of each standing, and more than a page holds.
std::vector<SecretEntry> inventory()
{
    SecretEntry mighty = secretEntry(u"GITHUB_DEPLOY_TOKEN"_s);
    mighty.rights = Rights::MoreThanNeeded;
    SecretEntry seen = exposedEntry(u"STRIPE_SECRET_KEY"_s);
    seen.rule = u"stripe-live-secret"_s;
    seen.exposedWhere = u"src/checkout/payments/pay.js, line 12"_s;
    std::vector<SecretEntry> entries{seen,
                                     withSteps(exposedEntry(u"RESEND_API_KEY"_s), 2),
                                     mighty,
                                     overdueEntry(),
                                     incompleteEntry(),
                                     withSteps(exposedEntry(u"SENTRY_AUTH_TOKEN"_s), 5)};
    entries.back().keptIn = u"In a note: "_s + test::kPlantedSecret;
    for (int i = 1; i <= 40; ++i)
        entries.push_back(secretEntry(u"SERVICE_%1_KEY"_s.arg(i)));
    return entries;
}

ProjectState project()
{
    ProjectState state;
    state.settings.name = u"Example Ops"_s;
    state.settings.target = {u"example.com"_s, {}};
    state.secrets = inventory();
    CheckResult settings = result(u"secrets.env-completeness"_s, Outcome::Warn);
    settings.observed = QJsonDocument::fromJson(R"({"environments":["production","staging"],"settings":[
        {"name":"DATABASE_URL","is_secret":true,"is_needed":true,
         "production":{"state":"set","mode":null,"same_as_production":false},
         "staging":{"state":"set","mode":null,"same_as_production":true},"local":null},
        {"name":"NEXT_PUBLIC_APPLICATION_INSIGHTS_CONNECTION_STRING","is_secret":false,"is_needed":true,
         "production":null,"staging":{"state":"placeholder","mode":null,"same_as_production":false},"local":null}]})")
                            .object();
    applyResults(state, {settings, foundBy(u"secrets.tree"_s, {foundRow(kOtherPrint)})}, noon());
    return state;
}

// The documents about secrets alone, of a roadmap that delivers them.
HandoverDocument printed(const Roadmap &roadmap)
{
    HandoverInput input;
    input.roadmap = roadmap;
    input.project = project();
    input.project.settings.roadmapId = roadmap.id;
    input.now = QDateTime(kToday, QTime(12, 0), Qt::UTC);
    HandoverDocument document = buildHandover(input);
    std::erase_if(document.sections, [](const Section &section) { return section.id != "deliverables"_L1; });
    return document;
}

} // namespace

// The chapters about secrets, as somebody who reads the file finds them.
class TestPdfSecrets : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void listsEveryEntry();
    void repeatsWhatTheColumnsAre();
    void listsSettingsAndRotations();
    void showsNoValue();

private:
    const Roadmap &roadmap(const QString &id) const { return *std::ranges::find(m_roadmaps, id, &Roadmap::id); }
    QString print(const QString &id);

    QTemporaryDir m_dir;
    std::vector<Roadmap> m_roadmaps;
};

namespace {

QStringList wordsOf(const QString &text)
{
    static const QRegularExpression blanks(u"\\s+"_s);
    return text.split(blanks, Qt::SkipEmptyParts);
}

// A line may end at a blank, and inside of a word behind the joint of a name or behind a hyphen alone.
bool standsIn(const QStringList &words, const QString &word)
{
    if (words.contains(word))
        return true;
    for (qsizetype i = 1; i < word.size(); ++i) {
        const bool mayBreak = word[i - 1] == u'_' || word[i - 1] == u'-';
        if (mayBreak && words.contains(word.first(i)) && words.contains(word.sliced(i)))
            return true;
    }
    return false;
}

const Table &tableAfter(const HandoverDocument &document, const QString &heading)
{
    static const Table none;
    bool isBelow = false;
    for (const Block &block : document.sections.front().blocks) {
        if (const auto *title = std::get_if<Heading>(&block))
            isBelow = title->text.startsWith(heading);
        if (const auto *table = std::get_if<Table>(&block); table && isBelow)
            return *table;
    }
    return none;
}

} // namespace

void TestPdfSecrets::initTestCase()
{
    QVERIFY(!QStandardPaths::findExecutable(u"pdftotext"_s).isEmpty());
    m_roadmaps = loadRoadmaps().value();
}

// Its text, page by page behind form feeds.
QString TestPdfSecrets::print(const QString &id)
{
    const QString path = m_dir.filePath(id + u".pdf"_s);
    if (!writeHandoverPdf(printed(roadmap(id)), path))
        return {};
    QProcess process;
    process.start(u"pdftotext"_s, {u"-layout"_s, path, u"-"_s});
    process.waitForFinished(60000);
    return QString::fromUtf8(process.readAllStandardOutput());
}

void TestPdfSecrets::listsEveryEntry()
{
    const QString text = print(u"internal-ops-saas"_s);
    const QStringList words = wordsOf(text);
    const HandoverDocument document = printed(roadmap(u"internal-ops-saas"_s));
    const Table &table = tableAfter(document, u"Inventory of secrets"_s);
    QCOMPARE(table.rows.size(), inventory().size());
    for (const QStringList &row : table.rows)
        for (const QString &word : wordsOf(row.join(u' ')))
            QVERIFY2(standsIn(words, word), qPrintable(word));
    QVERIFY(text.contains(u"OLD_SMTP_PASSWORD"_s)); // also in what is still missing
    QVERIFY(!text.contains(QChar(0x200B)));
}

void TestPdfSecrets::repeatsWhatTheColumnsAre()
{
    int pages = 0;
    for (const QString &page : print(u"internal-ops-saas"_s).split(u'\f')) {
        if (!page.contains(u"_KEY (Stripe)"_s))
            continue;
        ++pages;
        QVERIFY2(page.contains(u"Kept in"_s) && page.contains(u"Replaced"_s), qPrintable(page));
    }
    QVERIFY(pages > 2);
}

void TestPdfSecrets::listsSettingsAndRotations()
{
    const QString text = print(u"internal-ops-chatbot"_s);
    for (const QString &row : {u"DATABASE_URL +Set +Same as production +Not read"_s,
                               u"NEXT_PUBLIC_APPLICATION_INSIGHTS_CONNECTION_STRING +Missing +Placeholder"_s,
                               u"STRIPE_SECRET_KEY( +\\[ +\\]){5}"_s})
        QVERIFY2(text.contains(QRegularExpression(row)), qPrintable(row + u'\n' + text));
    QVERIFY(text.contains(u"src/checkout/payments/pay.js, line 12"_s));
    QVERIFY(text.contains(u"https://dashboard.stripe.com/apikeys"_s));
    QVERIFY(text.contains(u"Asked for the balance: 401"_s));
}

// An inventory is refused with a value in it; a project file from elsewhere may hold one all the same.
void TestPdfSecrets::showsNoValue()
{
    for (const Roadmap &one : m_roadmaps) {
        const QString text = print(one.id);
        QVERIFY(text.contains(u"Example Ops"_s, Qt::CaseInsensitive));
        QVERIFY(!text.contains(test::kPlantedSecret.mid(12)));
    }
}

QTEST_MAIN(TestPdfSecrets)
#include "tst_pdfsecrets.moc"
