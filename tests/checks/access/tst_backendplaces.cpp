// Where something may be put into a backend service, by which requests, and what an answer to a row says. Without a
// network.
#include "checks/access/backendwrites.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QUrlQuery>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QString kTable = u"/rest/v1/orders"_s;
const QString kOwn = u"backend.harbor-ledger.example"_s;
const QString kRealtimeHost = u"ledger-default-rtdb.firebaseio.com"_s;

std::vector<BackendFound> backends()
{
    return {{.kind = BackendKind::Supabase, .origin = QUrl(u"https://"_s + kOwn), .key = "sb_publishable_a"},
            {.kind = BackendKind::Firebase,
             .origin = QUrl(u"https://"_s + kRealtimeHost),
             .key = "AIza",
             .project = u"ledger"_s,
             .buckets = {u"ledger.appspot.com"_s}}};
}

HttpResponse answerOf(int status, const QByteArray &body)
{
    HttpResponse answer;
    answer.status = status;
    answer.headers = {{"Content-Type", "application/json"}};
    answer.body = body;
    return answer;
}

} // namespace

class TestBackendPlaces : public QObject
{
    Q_OBJECT

private slots:
    void plansEachPlace_data();
    void plansEachPlace();
    void needsAColumnThatFilters_data();
    void needsAColumnThatFilters();
    void leavesTheTextInABlindRow_data();
    void leavesTheTextInABlindRow();
    void readsAnswers_data();
    void readsAnswers();
};

void TestBackendPlaces::plansEachPlace_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("requests"); // seen, created, removed; ID: the text of the record
    const auto row = [](const char *name, const QString &host, const char *path, const char *requests) {
        QTest::newRow(name) << host << QString::fromLatin1(path) << QString::fromLatin1(requests);
    };
    row("table", kOwn, "/rest/v1/orders",
        "GET /rest/v1/orders?what=eq.ID&select=what, POST /rest/v1/orders, DELETE /rest/v1/orders?what=eq.ID");
    row("file", kOwn, "/storage/v1/object/contracts",
        "POST /storage/v1/object/list/contracts, POST /storage/v1/object/contracts/ID.txt, "
        "DELETE /storage/v1/object/contracts/ID.txt");
    row("node", kRealtimeHost, "/feedback/new.json",
        "GET /feedback/new/ID.json, PUT /feedback/new/ID.json, DELETE /feedback/new/ID.json");
    row("collection", u"firestore.googleapis.com"_s, "/v1/projects/ledger/databases/(default)/documents/notes",
        "GET /v1/projects/ledger/databases/(default)/documents/notes/ID, "
        "POST /v1/projects/ledger/databases/(default)/documents/notes?documentId=ID, "
        "DELETE /v1/projects/ledger/databases/(default)/documents/notes/ID");
    row("bucket of Firebase", u"firebasestorage.googleapis.com"_s, "/v0/b/ledger.appspot.com/o",
        "GET /v0/b/ledger.appspot.com/o/ID.txt, POST /v0/b/ledger.appspot.com/o?uploadType=media&name=ID.txt, "
        "DELETE /v0/b/ledger.appspot.com/o/ID.txt");
    row("another project's collection", u"firestore.googleapis.com"_s,
        "/v1/projects/other/databases/(default)/documents/notes", "");
    row("another host", u"db.stranger.example"_s, "/rest/v1/orders", "");
    row("a function", kOwn, "/rest/v1/rpc/orders", "");
    row("another route", kOwn, "/api/orders", "");
}

// Each at an address of its own, or found by its text: nobody else's record is touched.
void TestBackendPlaces::plansEachPlace()
{
    QFETCH(QString, host);
    QFETCH(QString, path);
    Route route{.method = u"POST"_s, .path = path, .host = host, .safeToWrite = true};
    const std::vector<RouteSample> samples{{u"POST"_s, kTable, kOwn, "application/json", R"({"what":"a cake"})", {}}};
    QStringList requests;
    for (const BackendFound &found : backends()) {
        for (const BackendPlace &place : markedPlaces({route}, &found)) {
            const auto trial = trialFor(place, found, samples, {});
            QVERIFY2(trial.has_value(), trial ? "" : qPrintable(trial.error().message));
            for (const ActiveRequest &one : {trial->see, trial->create, trial->remove}) {
                QString line = QString::fromLatin1(one.method) + u' ' +
                               one.url.toString(QUrl::RemoveScheme | QUrl::RemoveAuthority);
                requests.append(line.replace(trial->text, u"ID"_s));
            }
            QCOMPARE(trial->remove.errand, ActiveErrand::Undo);
            QVERIFY(trial->create.body.contains(trial->text.toLatin1()) && trial->create.writes);
        }
    }
    QTEST(requests.join(u", "_s), "requests");
}

void TestBackendPlaces::needsAColumnThatFilters_data()
{
    QTest::addColumn<QString>("column");
    QTest::addColumn<bool>("isTried");
    const auto row = [](const char *column, bool isTried) {
        QTest::newRow(column) << QString::fromUtf8(column) << isTried;
    };
    row("what", true);
    row("größe", true);
    row("full name", true);
    row("limits", true);
    for (const char *taken : {"limit", "offset", "order", "select", "columns", "on_conflict", "and", "or", "not"})
        row(taken, false);
    for (const char *inside : {"Limit", "apikey", "a.order", "not.and", "a->b", "a&b", "a=b", "a%26", "a#b", "a+b"})
        row(inside, false);
}

// What a service reads in another way is no filter: the removal would be one of every row.
void TestBackendPlaces::needsAColumnThatFilters()
{
    QFETCH(QString, column);
    QFETCH(bool, isTried);
    const BackendPlace place{BackendPart::Table, u"orders"_s, {.method = u"POST"_s, .path = kTable, .host = kOwn}};
    const QByteArray example = QJsonDocument(QJsonObject{{column, u"a cake"_s}}).toJson();
    const TableShape shape{u"orders"_s, {{column, TableColumnKind::Text, true, {}}}};
    const auto byExample =
        trialFor(place, backends().front(), {{u"POST"_s, kTable, kOwn, "application/json", example, {}}}, {});
    const auto byShape = trialFor(place, backends().front(), {}, {shape});
    for (const auto *trial : {&byExample, &byShape}) {
        QCOMPARE(trial->has_value(), isTried);
        QVERIFY(isTried || trial->error().message.contains(column));
        QVERIFY(!isTried || QUrlQuery((*trial)->remove.url).queryItemValue(column) == u"eq."_s + (*trial)->text);
    }
}

void TestBackendPlaces::leavesTheTextInABlindRow_data()
{
    QTest::addColumn<std::vector<TableColumn>>("columns");
    QTest::addColumn<QString>("missing");
    const TableColumn what{u"what"_s, TableColumnKind::Text, true, {}};
    const TableColumn cents{u"cents"_s, TableColumnKind::Number, true, {}};
    const TableColumn note{u"note"_s, TableColumnKind::Text, false, {}};
    QTest::newRow("another column first") << std::vector{cents, what} << u"cents"_s;
    QTest::newRow("another column last") << std::vector{what, cents} << u"cents"_s;
    QTest::newRow("the text is not needed") << std::vector{note, cents} << u"cents"_s;
    QTest::newRow("nothing but the text is needed") << std::vector{what, note} << QString();
    QTest::newRow("nothing is needed") << std::vector{note} << QString();
}

// Of a row that came into being all the same the text is what tells that it is ours.
void TestBackendPlaces::leavesTheTextInABlindRow()
{
    QFETCH(std::vector<TableColumn>, columns);
    QFETCH(QString, missing);
    const BackendPlace place{BackendPart::Table, u"orders"_s, {.method = u"POST"_s, .path = kTable, .host = kOwn}};
    const auto trial = trialFor(place, backends().front(), {}, {{u"orders"_s, columns}});
    QVERIFY2(trial.has_value(), trial ? "" : qPrintable(trial.error().message));
    QCOMPARE(trial->blind.has_value(), !missing.isEmpty());
    if (!trial->blind)
        return;
    const QJsonObject row = QJsonDocument::fromJson(trial->blind->body).object();
    QVERIFY(row.contains(missing) && row.value(missing).isNull());
    QVERIFY(trial->blind->body.contains(trial->text.toLatin1()));
}

void TestBackendPlaces::readsAnswers_data()
{
    using enum WriteEnd;
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<WriteEnd>("end");
    QTest::newRow("taken") << 201 << QByteArray("[{}]") << Taken;
    QTest::newRow("by a rule") << 401 << QByteArray(R"({"code":"42501"})") << Refused;
    QTest::newRow("by a rule, with a session") << 403 << QByteArray(R"({"code":"42501"})") << Refused;
    QTest::newRow("something is missing") << 400 << QByteArray(R"({"code":"23502"})") << WouldBeTaken;
    QTest::newRow("it names nobody") << 409 << QByteArray(R"({"code":"23503"})") << WouldBeTaken;
    QTest::newRow("no such column") << 400 << QByteArray(R"({"code":"PGRST204"})") << NotTold;
    QTest::newRow("no such table") << 404 << QByteArray(R"({"code":"PGRST205"})") << NotTold;
    QTest::newRow("wrong kind of value") << 400 << QByteArray(R"({"code":"22P02"})") << NotTold;
    QTest::newRow("a firewall") << 403 << QByteArray("<html>no</html>") << NotTold;
    QTest::newRow("broken") << 500 << QByteArray(R"({"code":"23502"})") << NotTold;
    QTest::newRow("limited") << 429 << QByteArray("{}") << NotTold;
}

void TestBackendPlaces::readsAnswers()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QTEST(endOfRow(answerOf(status, body)), "end");
}

QTEST_GUILESS_MAIN(TestBackendPlaces)
#include "tst_backendplaces.moc"
