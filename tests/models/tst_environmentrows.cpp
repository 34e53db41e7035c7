#include "models/environmentrows.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

QJsonObject object(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

// The project after a look at these settings, production and staging read.
ProjectState stateWith(const QByteArray &settings, const QString &check = u"secrets.env-completeness"_s)
{
    CheckResult result;
    result.checkId = check;
    result.outcome = Outcome::Info;
    result.observed = object(R"({"environments":["production","staging"],"settings":)" + settings + '}');
    ProjectState state;
    applyResults(state, {result}, QDateTime::fromSecsSinceEpoch(1'800'000'000));
    return state;
}

QString shown(const std::vector<EnvironmentRow> &rows)
{
    QStringList lines;
    for (const EnvironmentRow &row : rows) {
        QStringList words;
        for (const SettingCell cell : row.cells)
            words.append(toWord(cell));
        lines.append(row.name + (row.isWrong() ? u"!: "_s : u": "_s) + words.join(u' '));
    }
    return lines.join(u"; "_s);
}

} // namespace

class TestEnvironmentRows : public QObject
{
    Q_OBJECT

private slots:
    void readsCells_data()
    {
        QTest::addColumn<QByteArray>("row");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const QByteArray &json, const QString &expected) {
            QTest::newRow(name) << json << expected;
        };
        const QByteArray set = R"({"state":"set","mode":null,"same_as_production":false})";
        const QByteArray same = R"({"state":"set","mode":null,"same_as_production":true})";
        const auto secret = [](const QByteArray &live, const QByteArray &staging) {
            return R"({"name":"A","is_secret":true,"is_needed":true,"production":)" + live + R"(,"staging":)" +
                   staging + R"(,"local":null})";
        };
        row("set", secret(set, set), u"A: set set not_read"_s);
        row("missing", secret("null", set), u"A!: missing set not_read"_s);
        row("missing in staging", secret(set, "null"), u"A: set missing not_read"_s);
        row("empty", secret(R"({"state":"empty"})", set), u"A!: empty set not_read"_s);
        row("placeholder", secret(R"({"state":"placeholder"})", set), u"A!: placeholder set not_read"_s);
        row("elsewhere", secret(R"({"state":"elsewhere"})", set), u"A: elsewhere set not_read"_s);
        row("encrypted", secret(R"({"state":"unreadable"})", set), u"A: unreadable set not_read"_s);
        row("same", secret(set, same), u"A!: set same_as_production not_read"_s);
        row("live at home", secret(set, R"({"state":"set","mode":"live"})"), u"A!: set live not_read"_s);
        row("live in production", secret(R"({"state":"set","mode":"live"})", R"({"state":"set","mode":"test"})"),
            u"A: live test not_read"_s);
        row("test in production", secret(R"({"state":"set","mode":"test"})", set), u"A!: test set not_read"_s);
        row("same as staging",
            secret(set, set).replace(R"("local":null)", R"("local":{"state":"set","same_as_staging":true})"),
            u"A: set set same_as_staging"_s);
        row("a secret for browsers", secret(set, set).replace(R"("is_needed")", R"("in_browser":true,"is_needed")"),
            u"A!: set set not_read"_s);
        row("for browsers, no secret",
            R"({"name":"A","in_browser":true,"production":)" + set + R"(,"staging":)" + set + '}',
            u"A: set set not_read"_s);
        row("same, no secret", R"({"name":"A","is_secret":false,"production":)" + set + R"(,"staging":)" + same + '}',
            u"A: set same_as_production not_read"_s);
        row("missing, not needed", R"({"name":"A","production":null,"staging":)" + set + '}',
            u"A: missing set not_read"_s);
        row("broken", "7", u": missing missing not_read"_s);
    }

    void readsCells()
    {
        QFETCH(QByteArray, row);
        QTEST(shown(environmentRows(stateWith('[' + row + ']'))), "expected");
    }

    void putsWhatIsWrongFirst()
    {
        const QByteArray set = R"("production":{"state":"set"})";
        const ProjectState state =
            stateWith(R"([{"name":"A",)" + set + R"(},{"name":"B","is_needed":true},{"name":"C",)" + set +
                      R"(},{"name":"D","is_needed":true}])");
        QStringList names;
        for (const EnvironmentRow &row : environmentRows(state))
            names.append(row.name);
        QCOMPARE(names.join(u' '), u"B D A C"_s);
    }

    void takesTheOtherCheck()
    {
        const QByteArray rows = R"([{"name":"A","production":{"state":"set"}}])";
        QCOMPARE(environmentRows(stateWith(rows, u"secrets.env-separation"_s)).size(), size_t(1));
        QVERIFY(environmentRows(stateWith(rows, u"dns.inventory"_s)).empty());
        QVERIFY(environmentRows({}).empty());
    }

    void namesTheWorstFinding()
    {
        ProjectState state = stateWith(R"([{"name":"A","production":{"state":"set"}},{"name":"B"}])");
        const auto add = [&](const QString &check, Severity severity, const QDateTime &closed) {
            FindingRecord record;
            record.finding.checkId = check;
            record.finding.code = toWord(severity);
            record.finding.subject = u"A"_s;
            record.finding.severity = severity;
            record.closedAt = closed;
            state.findings[record.finding.id()] = record;
            return record.finding.id();
        };
        add(u"secrets.env-separation"_s, Severity::Medium, {});
        const QString high = add(u"secrets.env-exposure"_s, Severity::High, {});
        add(u"secrets.env-separation"_s, Severity::Critical, QDateTime::fromSecsSinceEpoch(1));
        add(u"mail.dmarc"_s, Severity::Critical, {});
        const auto rows = environmentRows(state);
        QCOMPARE(rows[0].findingId, high);
        QCOMPARE(rows[1].findingId, QString());
    }

    void findsWhatOneLooksFor_data()
    {
        QTest::addColumn<EnvironmentChoice>("choice");
        QTest::addColumn<QString>("names");
        using enum EnvironmentChoice;
        QTest::newRow("all") << All << u"NEEDED SECRET PUBLIC PLAIN"_s;
        QTest::newRow("wrong") << Wrong << u"NEEDED SECRET"_s;
        QTest::newRow("secrets") << Secrets << u"SECRET"_s;
        QTest::newRow("missing") << MissingInProduction << u"NEEDED PLAIN"_s;
        QTest::newRow("shared") << Shared << u"SECRET PUBLIC"_s;
        QTest::newRow("browsers") << ReachesBrowsers << u"PUBLIC"_s;
    }

    void findsWhatOneLooksFor()
    {
        QFETCH(EnvironmentChoice, choice);
        const ProjectState state = stateWith(R"([
            {"name":"NEEDED","is_needed":true,"staging":{"state":"set"}},
            {"name":"SECRET","is_secret":true,"production":{"state":"set"},"staging":{"state":"set","same_as_production":true}},
            {"name":"PUBLIC","in_browser":true,"production":{"state":"set"},"local":{"state":"set","same_as_staging":true}},
            {"name":"PLAIN","staging":{"state":"set"}}])");
        QStringList names;
        for (const EnvironmentRow &row : environmentRows(state)) {
            if (fits(choice, row))
                names.append(row.name);
        }
        QTEST(names.join(u' '), "names");
    }

    void writesATable()
    {
        const QByteArray csv = environmentCsv(
            environmentRows(stateWith(R"([{"name":"A","in_browser":true,"production":{"state":"set"}}])")));
        QCOMPARE(csv, QByteArray("\"Name\",\"Production\",\"Staging\",\"Local\",\"Reaches browsers\"\r\n"
                                 "\"A\",\"Set\",\"Missing\",\"Not read\",\"Yes\"\r\n"));
    }
};

QTEST_GUILESS_MAIN(TestEnvironmentRows)
#include "tst_environmentrows.moc"
