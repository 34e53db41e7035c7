// What an audit leaves in the journal of its project, whether its results could be kept or not.
#include "app/cli/auditcommand.h"
#include "app/cli/parse.h"
#include "checks/actors/signupnotes.h"
#include "checks/actors/wire.h"
#include "models/projectstore.h"
#include "tests/app/attackcomposition.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QString kAddress = u"lc-abc@example.com"_s;

// Makes an account of which its results tell.
Check signingUp()
{
    const RequestNeed need{.account = u"access.forged-token"_s, .most = 5};
    Check check;
    check.id = need.account;
    check.requests = [need](const Outlook &) { return std::vector{need}; };
    check.look = [need](const Look &look) {
        Wire wire(look, need);
        SignUpNotes notes(wire);
        Judged judged;
        if (const auto begun = notes.begin(Route{.method = u"POST"_s, .path = u"/sign-up"_s}, kAddress); !begun)
            judged.reason = begun.error().message;
        notes.end({kAddress});
        return judged;
    };
    return check;
}

// As on a disk that has room for a few lines and not for a run.
void refuseRuns(const QString &path)
{
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"full"_s);
        database.setDatabaseName(path);
        QVERIFY2(database.open(), qPrintable(database.lastError().text()));
        QSqlQuery query(database);
        QVERIFY2(query.exec(u"CREATE TRIGGER full BEFORE INSERT ON run BEGIN SELECT RAISE(ABORT, 'no room'); END"_s),
                 qPrintable(query.lastError().text()));
    }
    QSqlDatabase::removeDatabase(u"full"_s);
}

} // namespace

class TestAuditJournal : public QObject
{
    Q_OBJECT

private slots:
    void keepsWhatNoResultTells_data();
    void keepsWhatNoResultTells();
};

void TestAuditJournal::keepsWhatNoResultTells_data()
{
    QTest::addColumn<bool>("isSaved");
    QTest::newRow("the results are in the project") << true;
    QTest::newRow("the results could not be saved") << false;
}

void TestAuditJournal::keepsWhatNoResultTells()
{
    QFETCH(bool, isSaved);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"product.cockpit"_s);
    ProjectSettings settings;
    settings.target = parseAddress(u"localhost"_s).value();
    settings.roadmapId = QString::fromLatin1(kDefaultRoadmapId);
    QVERIFY(ProjectStore::create(path, settings));
    if (!isSaved)
        refuseRuns(path);
    Composition composition = composedWithAttack();
    composition.registry = {};
    composition.registry.add(signingUp());
    const auto options = parseOptions(
        {u"audit"_s, u"--project"_s, path, u"--active"_s, u"--only"_s, u"access.forged-token"_s, u"--quiet"_s});
    QVERIFY2(options, options ? "" : qPrintable(options.error().message));
    AuditCommand command(*options, composition);
    std::optional<ExitStatus> status;
    connect(&command, &AuditCommand::finished, this, [&](ExitStatus said) { status = said; });
    command.start();
    QTRY_VERIFY_WITH_TIMEOUT(status, 60000);
    const auto store = ProjectStore::open(path, OpenMode::ReadOnly);
    QVERIFY2(store, store ? "" : qPrintable(store.error().message));
    QCOMPARE((*store)->load()->lastRun.has_value(), isSaved);
    const auto left = (*store)->journal();
    QVERIFY(left);
    QCOMPARE(left->size(), isSaved ? 0U : 1U);
    if (!isSaved) {
        QCOMPARE(left->front().text, kAddress);
        QVERIFY(left->front().hasRunEnded);
        QCOMPARE(*status, ExitStatus::CouldNotRun);
    }
}

QTEST_GUILESS_MAIN(TestAuditJournal)
#include "tst_auditjournal.moc"
