// The program is killed while its test records are in a product: the next one knows which, and takes them away.
#include "models/access/secretvariable.h"
#include "models/projectjournal.h"
#include "models/projectstore.h"
#include "tests/app/builtprogram.h"
#include "tests/checks/access/bentshop.h"
#include "tests/jsonschema.h"

#include <QScopeGuard>
#include <QTest>

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <latch>

using namespace cockpit;
using namespace cockpit::lab;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

bool makesRecord(const PageRequest &request)
{
    return request.method == "POST" && request.path() == "/api/customers" && request.body.contains("LC-CANARY-");
}

// Lets a program come so far: the request `after` the one that makes a record gets no answer before release().
class Halt
{
public:
    explicit Halt(int after) : m_after(after) {}

    std::optional<PageReply> operator()(const PageRequest &request, BentShop &shop)
    {
        if (m_isReleased)
            return std::nullopt;
        m_hasMade = m_hasMade || makesRecord(request);
        if (!m_hasMade || m_after-- > 0)
            return std::nullopt;
        const PageReply reply = shop.shop().answer(request); // done, and nobody hears of it
        m_isReached = true;
        std::unique_lock lock(m_mutex);
        m_released.wait(lock, [this] { return m_isReleased.load(); });
        return reply;
    }

    bool isReached() const { return m_isReached; }
    void release()
    {
        const std::lock_guard lock(m_mutex);
        m_isReleased = true;
        m_released.notify_all();
    }

private:
    int m_after;
    bool m_hasMade = false;
    std::atomic_bool m_isReached = false;
    std::atomic_bool m_isReleased = false;
    std::mutex m_mutex;
    std::condition_variable m_released;
};

// Records in the shop that bear our mark and were not removed.
QByteArrayList canariesIn(ShopApi &shop)
{
    int made = 0, removed = 0;
    for (const JournalLine &line : shop.journal().lines()) {
        const QByteArray path = line.target.split('?').front();
        made += line.method == "POST" && path == "/api/customers" && line.status == 201 ? 1 : 0;
        removed += line.method == "DELETE" && path.startsWith("/api/customers/") && line.status == 204 ? 1 : 0;
    }
    return QByteArrayList(std::max(0, made - removed), "customer");
}

} // namespace

class TestCutOff : public QObject
{
    Q_OBJECT

private slots:
    void isToldAndTakenAway_data();
    void isToldAndTakenAway();
    void theDeadlineBoundsTheRemoval();

private:
    QString makeProject(const ShopScene<BentShop> &scene);
    QStringList audit(const BentShop &lab, const QString &project, const QStringList &more) const;

    BuiltProgram m_program;
};

QString TestCutOff::makeProject(const ShopScene<BentShop> &scene)
{
    const QString path =
        m_program.path(QString::fromLatin1(QTest::currentDataTag()).replace(u' ', u'-') + u".cockpit"_s);
    ProjectSettings settings;
    settings.name = u"Harbor"_s;
    settings.target = targetOf({scene.host});
    settings.roadmapId = u"internal-ops-saas"_s;
    auto store = ProjectStore::create(path, settings);
    const bool isKept = store && (*store)->saveRoutes(scene.facts.routes) &&
                        (*store)->saveSamples(scene.facts.samples) && (*store)->saveActors(scene.facts.actors);
    return isKept ? path : QString();
}

QStringList TestCutOff::audit(const BentShop &lab, const QString &project, const QStringList &more) const
{
    const NetOptions net = lab.netOptions();
    return QStringList{u"audit"_s,
                       u"--project"_s,
                       project,
                       u"--connect"_s,
                       u"::%1"_s.arg(net.connects.front().to.toString()),
                       u"--ca-file"_s,
                       net.caFile,
                       u"--resolver"_s,
                       u"127.0.0.1:9"_s,
                       u"--timeout"_s,
                       u"20"_s,
                       u"--format"_s,
                       u"json"_s,
                       u"--no-progress"_s} +
           more;
}

void TestCutOff::isToldAndTakenAway_data()
{
    QTest::addColumn<QString>("check");
    QTest::addColumn<int>("after"); // requests that are answered once the first record is made
    QTest::newRow("before its id is known") << u"access.tenant-isolation"_s << 0;
    QTest::newRow("while it is attacked") << u"access.tenant-isolation"_s << 12;
    QTest::newRow("in a smoke run") << u"deploy.smoke"_s << 1;
    QTest::newRow("among bad input") << u"abuse.schema"_s << 1;
}

void TestCutOff::isToldAndTakenAway()
{
    QFETCH(QString, check);
    QFETCH(int, after);
    Halt halt(after);
    BentShop lab([&halt](const PageRequest &request, BentShop &shop) { return halt(request, shop); });
    QVERIFY(lab.isReady());
    ShopScene scene(lab);
    scene.keepCustomers();
    const QString project = makeProject(scene);
    QVERIFY(!project.isEmpty());
    for (const TestActor &actor : scene.facts.actors) {
        const auto secrets = secretsOf(lab.shop());
        qputenv(secretVariable(actor).constData(), secrets.at(actor.id).reveal());
    }

    // Killed, with a record in the product.
    const auto process = m_program.prepared(audit(lab, project, {u"--active"_s, u"--only"_s, check}));
    process->start();
    QVERIFY(process->waitForStarted());
    QTRY_VERIFY2_WITH_TIMEOUT(halt.isReached() || process->state() != QProcess::Running,
                              process->readAllStandardError().constData(), 120000);
    QVERIFY2(halt.isReached(), (process->readAllStandardError() + process->readAllStandardOutput()).constData());
    {
        const auto looking = ProjectStore::open(project, OpenMode::ReadOnly); // beside a run that goes on
        QVERIFY(looking);
        QVERIFY((*looking)->journal()->empty());
        const Ended second = m_program.run(audit(lab, project, {u"--active"_s, u"--only"_s, check}));
        QCOMPARE(second.status, 3);
        QVERIFY2(second.complaint.contains("another window"), second.complaint.constData());
    }
    QCOMPARE(::kill(static_cast<pid_t>(process->processId()), SIGKILL), 0);
    QVERIFY(process->waitForFinished());
    QCOMPARE(process->exitStatus(), QProcess::CrashExit);
    halt.release();
    QVERIFY(!canariesIn(lab.shop()).isEmpty());

    // What is left is told.
    {
        const auto opened = ProjectStore::open(project, OpenMode::ReadOnly);
        QVERIFY(opened);
        const auto left = (*opened)->journal();
        QVERIFY(left && !left->empty());
        for (const JournalEntry &entry : *left) {
            QVERIFY(!entry.hasRunEnded);
            QCOMPARE(entry.checkId, check);
        }
    }
    const Ended told = m_program.run(audit(lab, project, {u"--only"_s, u"http.hsts"_s}));
    const QJsonArray before = told.json().value("left_records"_L1).toArray();
    QVERIFY2(!before.isEmpty(), (told.out + told.complaint).constData());
    for (const QJsonValue entry : before) {
        QCOMPARE(entry["run_cut_off"_L1].toBool(), true);
        QCOMPARE(entry["removed"_L1].toBool(), false);
    }
    QCOMPARE(schemaProblems(told.json(), jsonIn(QStringLiteral(AUDIT_SCHEMA))), QString());
    QStringList inWords = audit(lab, project, {u"--only"_s, u"http.hsts"_s});
    inWords[inWords.indexOf(u"json"_s)] = u"text"_s;
    const QByteArray text = m_program.run(inWords).out;
    QVERIFY2(text.contains("was cut off") && text.contains("LC-CANARY-") && text.contains("--remove-left"),
             text.constData());
    QVERIFY(!canariesIn(lab.shop()).isEmpty()); // nobody was asked to

    // And taken away.
    const Ended removed =
        m_program.run(audit(lab, project, {u"--active"_s, u"--remove-left"_s, u"--only"_s, u"http.hsts"_s}));
    const QJsonArray after2 = removed.json().value("left_records"_L1).toArray();
    QCOMPARE(after2.size(), before.size());
    for (const QJsonValue entry : after2)
        QVERIFY2(entry["removed"_L1].toBool(), (removed.out.right(6000) + removed.complaint).constData());
    QCOMPARE(schemaProblems(removed.json(), jsonIn(QStringLiteral(AUDIT_SCHEMA))), QString());
    QCOMPARE(canariesIn(lab.shop()), QByteArrayList());
    const auto opened = ProjectStore::open(project, OpenMode::ReadOnly);
    QVERIFY(opened);
    QVERIFY((*opened)->journal()->empty());
    const auto log = (*opened)->requests();
    QVERIFY(log && std::ranges::find(*log, u"left-records"_s, &LoggedRequest::checkId) != log->end());
}

// A product that does not answer: the program ends by --deadline, says what it did not get to, and keeps it.
void TestCutOff::theDeadlineBoundsTheRemoval()
{
    std::latch isOver(1);
    BentShop lab([&isOver](const PageRequest &, BentShop &) -> std::optional<PageReply> {
        isOver.wait();
        return std::nullopt;
    });
    const auto release = qScopeGuard([&] { isOver.count_down(); });
    QVERIFY(lab.isReady());
    ShopScene scene(lab);
    scene.keepCustomers();
    const QString project = makeProject(scene);
    QVERIFY(!project.isEmpty());
    const TestActor &maker = scene.facts.actors.front();
    qputenv(secretVariable(maker).constData(), secretsOf(lab.shop()).at(maker.id).reveal());
    JournalEntry entry;
    entry.id = newJournalId();
    entry.at = QDateTime::currentDateTimeUtc();
    entry.actorId = maker.id;
    entry.account = maker.name;
    entry.text = u"LC-CANARY-aaaaaaaaaaaa"_s;
    for (const Route &route : scene.facts.routes) {
        if (route.path == "/api/customers"_L1)
            (route.method == "GET"_L1 ? entry.list.emplace() : entry.create) = route;
        else if (route.path == "/api/customers/{id}"_L1 && route.method == "DELETE"_L1)
            entry.remove = route;
    }
    QVERIFY(entry.remove && entry.list);
    {
        const auto store = ProjectStore::open(project, OpenMode::ReadWrite);
        QVERIFY(store);
        QVERIFY(ProjectJournal(project).write(entry));
    }
    const Ended ended = m_program.run(
        audit(lab, project, {u"--active"_s, u"--remove-left"_s, u"--deadline"_s, u"2"_s, u"--only"_s, u"http.hsts"_s}));
    QCOMPARE(ended.status, 3);
    QVERIFY2(ended.complaint.contains("--deadline"), ended.complaint.constData());
    QVERIFY2(ended.took < std::chrono::seconds(20), qPrintable(QString::number(ended.took.count()))); // of --timeout
    const QJsonArray left = ended.json().value("left_records"_L1).toArray();
    QCOMPARE(left.size(), 1);
    QCOMPARE(left[0]["removed"_L1].toBool(), false);
    QVERIFY2(!left[0]["reason"_L1].toString().isEmpty(), ended.out.constData());
    QCOMPARE(schemaProblems(ended.json(), jsonIn(QStringLiteral(AUDIT_SCHEMA))), QString());
    const auto opened = ProjectStore::open(project, OpenMode::ReadOnly);
    QVERIFY(opened);
    QCOMPARE((*opened)->journal()->size(), 1U);
}

QTEST_GUILESS_MAIN(TestCutOff)
#include "tst_cutoff.moc"
