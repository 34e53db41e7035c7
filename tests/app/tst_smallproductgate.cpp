// The release gate at a small product that is in order: it has accounts and private routes, and no administration, no
// login with a password, no uploads, no invitations. What it does not have keeps no release back; what does not answer
// does.
#include "app/cli/auditcommand.h"
#include "app/cli/parse.h"
#include "checks/abuse/family.h"
#include "checks/access/family.h"
#include "tests/app/attackcomposition.h"
#include "tests/lab/shoplab.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <condition_variable>
#include <mutex>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

constexpr char kHost[] = "small.test";
constexpr char kAnna[] = "anna-2f9c1b7e5d3a4f60";
constexpr char kBob[] = "bob-8d41c6a0b7e24f93";

enum class Door { NotThere, Silent, Broken };

// Answers as it should, but for one of the addresses at which products keep their administration.
class SmallProduct
{
public:
    explicit SmallProduct(Door door) : m_door(door) {}
    ~SmallProduct() { release(); }
    Q_DISABLE_COPY_MOVE(SmallProduct)

    PageReply answer(const PageRequest &request);
    void release(); // whoever waits for the silent door

private:
    PageReply atTheDoor();

    const Door m_door;
    std::mutex m_mutex;
    std::condition_variable m_released;
    bool m_isReleased = false;
};

PageReply json(int status, const QByteArray &body)
{
    return {
        .status = status, .contentType = "application/json", .headers = {{"Cache-Control", "no-store"}}, .body = body};
}

PageReply privatePage(const PageRequest &request, const QByteArray &ofAnna, const QByteArray &ofBob)
{
    const QByteArray said = request.header("authorization");
    if (request.method != "GET" && request.method != "HEAD")
        return json(405, R"({"error":"method_not_allowed"})");
    if (said == QByteArray("Bearer ") + kAnna)
        return json(200, ofAnna);
    return said == QByteArray("Bearer ") + kBob ? json(200, ofBob) : json(401, R"({"error":"sign_in"})");
}

void SmallProduct::release()
{
    const std::scoped_lock lock(m_mutex);
    m_isReleased = true;
    m_released.notify_all();
}

PageReply SmallProduct::atTheDoor()
{
    if (m_door == Door::Silent) {
        std::unique_lock lock(m_mutex);
        m_released.wait(lock, [this] { return m_isReleased; });
    }
    return m_door == Door::NotThere ? json(404, R"({"error":"not_found"})") : json(503, R"({"error":"unavailable"})");
}

PageReply SmallProduct::answer(const PageRequest &request)
{
    if (request.path() == "/")
        return {.headers = {{"Cache-Control", "no-store"}},
                .body =
                    "<!doctype html><html lang=en><title>Small</title><h1>Small</h1><p>Notes for teams.</p></html>"};
    if (request.path() == "/api/me")
        return privatePage(request, R"({"email":"anna@small.test","role":"admin"})",
                           R"({"email":"bob@small.test","role":"member"})");
    if (request.path() == "/api/notes")
        return privatePage(request, R"([{"title":"Budget of spring"},{"title":"List of guests"}])",
                           R"([{"title":"Budget of spring"},{"title":"List of guests"}])");
    return request.path() == "/api/admin/stats" ? atTheDoor() : json(404, R"({"error":"not_found"})");
}

TestActor accountOf(const QString &name, const QString &role)
{
    TestActor actor;
    actor.id = newActorId();
    actor.name = name;
    actor.role = role;
    actor.tenant = u"Small"_s;
    actor.userName = name.toLower() + u"@small.test"_s;
    actor.signIn.kind = SignInKind::BearerToken;
    actor.whoAmIUrl = u"https://small.test/api/me"_s;
    actor.whoAmIPointer = u"/email"_s;
    return actor;
}

Route routeTo(const QString &path, AccessClass access)
{
    Route route;
    route.path = path;
    route.host = QString::fromLatin1(kHost);
    route.access = access;
    route.source = u"typed"_s;
    return route;
}

} // namespace

class TestSmallProductGate : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void ends_data();
    void ends();

private:
    QString makeProject();
    int statusOf(const QString &line, const NetOptions &net);
    QStringList unlookedIn(const QString &file) const;

    std::optional<Composition> m_composition;
    std::optional<QTemporaryDir> m_folder;
};

void TestSmallProductGate::init()
{
    m_composition = composedWithAttack();
    m_composition->registry = {};
    m_composition->registry.add(accessChecks());
    m_composition->registry.add(abuseChecks());
    m_folder.emplace();
    qputenv("LAUNCH_COCKPIT_SECRET_ANNA", kAnna);
    qputenv("LAUNCH_COCKPIT_SECRET_BOB", kBob);
}

QString TestSmallProductGate::makeProject()
{
    const QString path = m_folder->filePath(u"small.cockpit"_s);
    ProjectSettings settings;
    settings.target = {.domain = QString::fromLatin1(kHost),
                       .hosts = {Host{.role = HostRole::App, .name = QString::fromLatin1(kHost)}}};
    settings.roadmapId = QString::fromLatin1(kDefaultRoadmapId);
    auto store = ProjectStore::create(path, settings);
    Permission permission;
    permission.token = newControlToken();
    permission.budget = {.requests = 4000, .perSecond = kMostActivePerSecond};
    const bool isMade =
        store && (*store)->savePermission(sealed(permission, m_composition->machineKey())) &&
        (*store)->saveActors({accountOf(u"Anna"_s, u"admin"_s), accountOf(u"Bob"_s, u"member"_s)}) &&
        (*store)->saveRoutes({routeTo(u"/"_s, AccessClass::Public), routeTo(u"/api/me"_s, AccessClass::SignedIn),
                              routeTo(u"/api/notes"_s, AccessClass::SignedIn)});
    return isMade ? path : QString();
}

// -1: the command line is wrong, or the run did not end.
int TestSmallProductGate::statusOf(const QString &line, const NetOptions &net)
{
    auto options = parseOptions(line.split(u' '));
    if (!options)
        return -1;
    options->net.connects = net.connects;
    options->net.caFile = net.caFile;
    AuditCommand command(*options, *m_composition);
    std::optional<ExitStatus> status;
    connect(&command, &AuditCommand::finished, this, [&](ExitStatus said) { status = said; });
    command.start();
    [&] { QTRY_VERIFY_WITH_TIMEOUT(status, 120000); }();
    return status ? static_cast<int>(*status) : -1;
}

// "access.admin-separation not_run: why", of what had something to try. Not of what people answer, nor of what reads
// code, which the project has none of.
QStringList TestSmallProductGate::unlookedIn(const QString &file) const
{
    QFile report(file);
    if (!report.open(QIODevice::ReadOnly))
        return {u"no report"_s};
    QStringList unlooked;
    for (const QJsonValue check : QJsonDocument::fromJson(report.readAll())["checks"_L1].toArray()) {
        const QString outcome = check["outcome"_L1].toString();
        const bool isUnlooked = outcome == "not_run"_L1 || outcome == "error"_L1;
        const QString id = check["id"_L1].toString();
        const Check *built = m_composition->registry.find(id);
        const bool wasLooking = built && built->sources.empty();
        if (wasLooking && isUnlooked && !check["nothing_to_try"_L1].toBool())
            unlooked << id + u' ' + outcome + u": "_s + check["reason"_L1].toString();
    }
    return unlooked;
}

void TestSmallProductGate::ends_data()
{
    QTest::addColumn<Door>("door");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("unlooked"); // the check that keeps the release back
    QTest::newRow("it has no administration") << Door::NotThere << 0 << u""_s;
    QTest::newRow("an address of administration does not answer") << Door::Silent << 3 << u"access.admin-separation"_s;
    QTest::newRow("an address of administration fails") << Door::Broken << 3 << u"access.admin-separation"_s;
}

void TestSmallProductGate::ends()
{
    QFETCH(Door, door);
    QFETCH(QString, unlooked);
    SmallProduct product(door);
    const lab::PageLab server([&](const PageRequest &request) { return product.answer(request); }, {kHost});
    const auto released = qScopeGuard([&] { product.release(); }); // before the server waits for its workers
    QVERIFY2(server.isReady(), qPrintable(server.problem()));
    const QString project = makeProject();
    QVERIFY(!project.isEmpty());
    const QString report = m_folder->filePath(u"r.json"_s);
    const int status =
        statusOf(u"audit --project %1 --active --only access.*,abuse.* --timeout 2 --resolver 127.0.0.1:9 "
                 "--no-progress --format json --out %2"_s.arg(project, report),
                 server.netOptions());
    const QString left = unlookedIn(report).join(u'\n');
    QVERIFY2(unlooked.isEmpty() ? left.isEmpty() : left.startsWith(unlooked) && !left.contains(u'\n'),
             qPrintable(left));
    QTEST(status, "status");
}

QTEST_GUILESS_MAIN(TestSmallProductGate)
#include "tst_smallproductgate.moc"
