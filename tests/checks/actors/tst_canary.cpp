#include "checks/actors/canary.h"
#include "checks/actors/canaryrecord.h"
#include "checks/actors/canaryremoval.h"
#include "checks/actors/wire.h"
#include "models/access/routesample.h"
#include "tests/checks/web/pages.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <map>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kJson = "Content-Type: application/json";

// How a product treats notes; each is one that is met outside.
struct Ways
{
    bool echoes = true;  // the answer to POST is the record
    bool tellsId = true; // … or its id alone
    bool tellsLocation = false;
    QByteArray namesAnother = {}; // "user", "parent", "location": the only id told is 7, which somebody's note has, too
    bool hasItems = true;         // GET /notes/{id}
    bool hasList = true;          // GET /notes
    bool removes = true;          // DELETE does something
    bool answersCreation = true;
    ErrorKind unanswered = ErrorKind::TimedOut;
    int createStatus = 201;
    int removeStatus = 204;
    bool forgets = false; // says "created" and keeps nothing
};

class Notes
{
public:
    explicit Notes(Ways ways = {}) : m_ways(ways) {}

    Result<HttpResponse> operator()(const ActiveRequest &request)
    {
        sent.push_back(request.method + ' ' + request.url.path().toUtf8() +
                       (request.errand == ActiveErrand::Undo ? " undo" : ""));
        const QString id = request.url.path().section(u'/', 2, 2);
        if (request.method == "POST")
            return created(request);
        if (request.method == "DELETE")
            return removed(id);
        return id.isEmpty() ? listed(request.url) : shown(request.url, id);
    }

    std::map<QString, QString> notes{{u"7"_s, u"somebody's own note"_s}};
    QByteArrayList sent;

private:
    static HttpResponse said(int status, const QUrl &url, const QJsonObject &object, const QByteArray &head = kJson)
    {
        return answer(status, head, QJsonDocument(object).toJson(QJsonDocument::Compact), url.toString());
    }

    Result<HttpResponse> created(const ActiveRequest &request)
    {
        if (m_ways.createStatus >= 400)
            return said(m_ways.createStatus, request.url, {{u"error"_s, u"no"_s}});
        const QString text = QJsonDocument::fromJson(request.body).object().value("title"_L1).toString();
        if (!m_ways.forgets)
            notes[u"41"_s] = text;
        if (!m_ways.answersCreation)
            return failure(m_ways.unanswered, u"no answer"_s);
        if (!m_ways.namesAnother.isEmpty())
            return toldOfAnother(request.url, text);
        QJsonObject body;
        if (m_ways.tellsId)
            body = {{u"id"_s, 41}};
        if (m_ways.echoes)
            body = {{u"data"_s, QJsonObject{{u"id"_s, 41}, {u"attributes"_s, QJsonObject{{u"title"_s, text}}}}}};
        return said(m_ways.createStatus, request.url, body,
                    m_ways.tellsLocation ? kJson + "\nLocation: /notes/41" : kJson);
    }

    Result<HttpResponse> toldOfAnother(const QUrl &url, const QString &text) const
    {
        if (m_ways.namesAnother == "location")
            return said(201, url, {}, kJson + "\nLocation: /notes/7");
        if (m_ways.namesAnother == "parent")
            return said(201, url, {{u"id"_s, 7}, {u"notes"_s, QJsonArray{QJsonObject{{u"title"_s, text}}}}});
        return said(201, url, {{u"ok"_s, true}, {u"user"_s, QJsonObject{{u"id"_s, 7}}}});
    }

    Result<HttpResponse> removed(const QString &id)
    {
        if (m_ways.removes)
            notes.erase(id);
        return said(m_ways.removeStatus, QUrl(u"https://api.example.com/notes/41"_s), {});
    }

    Result<HttpResponse> shown(const QUrl &url, const QString &id) const
    {
        const auto it = notes.find(id);
        if (!m_ways.hasItems || it == notes.end())
            return said(404, url, {{u"error"_s, u"not found"_s}});
        return said(200, url, {{u"id"_s, id.toInt()}, {u"title"_s, it->second}});
    }

    Result<HttpResponse> listed(const QUrl &url) const
    {
        if (!m_ways.hasList)
            return said(404, url, {});
        QJsonArray rows;
        for (const auto &[id, title] : notes)
            rows.append(QJsonObject{{u"id"_s, id.toInt()}, {u"title"_s, title}});
        return said(200, url, {{u"items"_s, rows}});
    }

    Ways m_ways;
};

Route route(const QString &method, const QString &path, bool isSafe = false)
{
    Route one;
    one.method = method;
    one.path = path;
    one.safeToWrite = isSafe;
    return one;
}

std::vector<Route> allRoutes()
{
    return {route(u"GET"_s, u"/notes"_s), route(u"POST"_s, u"/notes"_s, true), route(u"GET"_s, u"/notes/{id}"_s),
            route(u"DELETE"_s, u"/notes/{noteId}"_s, true), route(u"PATCH"_s, u"/notes/{id}"_s, true)};
}

Target target()
{
    return {u"example.com"_s, {{HostRole::Api, u"api.example.com"_s, kHttpsPort}}};
}

CanaryPlan plan()
{
    return canaryPlans(allRoutes(), {}).front();
}

} // namespace

class CanaryTest : public QObject
{
    Q_OBJECT

private slots:
    void makesTexts()
    {
        const QString text = newCanaryText();
        QVERIFY(isCanaryText(text));
        QVERIFY(text != newCanaryText());
        QVERIFY(!isCanaryText(text + u'x'));
        QVERIFY(!isCanaryText(u"LC-CANARY-"_s));
    }

    void plans_data()
    {
        QTest::addColumn<QString>("routes"); // "POST! /notes": marked as safe
        QTest::addColumn<int>("plans");
        QTest::newRow("whole") << u"POST! /notes;DELETE! /notes/{id};GET /notes"_s << 1;
        QTest::newRow("hole of another name") << u"POST! /notes;DELETE! /notes/{noteId};GET /notes/{id}"_s << 1;
        QTest::newRow("made elsewhere") << u"POST! /notes/create;DELETE! /notes/{id};GET /notes"_s << 1;
        QTest::newRow("removed by a form") << u"POST! /notes;POST! /notes/{id}/delete;GET /notes"_s << 1;
        QTest::newRow("making is not safe") << u"POST /notes;DELETE! /notes/{id};GET /notes"_s << 0;
        QTest::newRow("removing is not safe") << u"POST! /notes;DELETE /notes/{id};GET /notes"_s << 0;
        QTest::newRow("no way back") << u"POST! /notes;GET /notes"_s << 0;
        QTest::newRow("never seen again") << u"POST! /notes;DELETE! /notes/{id}"_s << 0;
        QTest::newRow("below a record that nobody knows")
            << u"POST! /p/{id}/notes;DELETE! /p/{id}/notes/{n};GET /p/{id}/notes"_s << 0;
        QTest::newRow("operation") << u"POST! /graphql#mutation.x;DELETE! /graphql/{id};GET /graphql"_s << 0;
    }

    void plans()
    {
        QFETCH(QString, routes);
        QFETCH(int, plans);
        std::vector<Route> list;
        for (const QString &line : routes.split(u';')) {
            const QString method = line.section(u' ', 0, 0);
            list.push_back(route(QString(method).remove(u'!'), line.section(u' ', 1), method.endsWith(u'!')));
        }
        QCOMPARE(static_cast<int>(canaryPlans(list, {}).size()), plans);
    }

    void putsTextsIn_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("expected"); // empty: none
        const QByteArray json = "application/json";
        const QByteArray form = "application/x-www-form-urlencoded";
        QTest::newRow("title") << json << QByteArray(R"({"kind":"a","title":"x"})")
                               << QByteArray(R"({"kind":"a","title":"TEXT"})");
        QTest::newRow("best of two") << json << QByteArray(R"({"description":"d","name":"n"})")
                                     << QByteArray(R"({"description":"d","name":"TEXT"})");
        QTest::newRow("inside") << json << QByteArray(R"({"note":{"title":"x"}})")
                                << QByteArray(R"({"note":{"title":"TEXT"}})");
        QTest::newRow("ends as one") << json << QByteArray(R"({"projectTitle":"x"})")
                                     << QByteArray(R"({"projectTitle":"TEXT"})");
        QTest::newRow("names of other things")
            << json << QByteArray(R"({"userName":"x","fileName":"y"})") << QByteArray();
        QTest::newRow("numbers alone") << json << QByteArray(R"({"amount":3})") << QByteArray();
        QTest::newRow("list") << json << QByteArray(R"(["title"])") << QByteArray();
        QTest::newRow("form") << form << QByteArray("note%5Btitle%5D=x&n=1") << QByteArray("note%5Btitle%5D=TEXT&n=1");
        QTest::newRow("form without") << form << QByteArray("n=1") << QByteArray();
        QTest::newRow("XML") << QByteArray("application/xml") << QByteArray("<title>x</title>") << QByteArray();
    }

    void putsTextsIn()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, expected);
        QCOMPARE(bodyWithText(body, type, u"TEXT"_s).value_or(QByteArray()), expected);
    }

    void plants_data()
    {
        QTest::addColumn<QByteArray>("way");
        QTest::newRow("echo") << QByteArray("echo");
        QTest::newRow("id alone") << QByteArray("id");
        QTest::newRow("location alone") << QByteArray("location");
        QTest::newRow("nothing told: found in the list") << QByteArray("list");
        QTest::newRow("shown by the list alone") << QByteArray("noitem");
    }

    void plants()
    {
        QFETCH(QByteArray, way);
        Ways ways;
        ways.echoes = way == "echo" || way == "noitem";
        ways.tellsId = way == "id";
        ways.tellsLocation = way == "location";
        ways.hasItems = way != "noitem";
        Notes notes(ways);
        const Sender send = std::ref(notes);
        UndoList undo([] { return false; });
        const auto canary = plantCanary(plan(), target(), send, undo);
        QVERIFY2(canary, canary ? "" : qPrintable(canary.error().message));
        QCOMPARE(canary->id, u"41"_s);
        QCOMPARE(canary->resource, u"note"_s);
        QCOMPARE(notes.notes.at(u"41"_s), canary->text);
        QVERIFY(canary->seen.body.contains(canary->text.toUtf8()));
        QVERIFY(!canary->ids.empty());
        QVERIFY(notes.sent.size() <= kCanaryRequests);
        QVERIFY(readCanary(*canary, plan(), target(), send));

        notes.sent.clear();
        QVERIFY(undo.run().isClean());
        QVERIFY(!notes.notes.contains(u"41"_s));
        QVERIFY(notes.notes.contains(u"7"_s)); // nobody else's was touched
        QVERIFY(notes.sent.size() <= kCanaryRemovalRequests + kRemovalControlRequests);
        for (const QByteArray &sent : notes.sent)
            QVERIFY2(sent.endsWith(" undo"), sent.constData());
        const auto gone = readCanary(*canary, plan(), target(), send);
        QVERIFY(!gone && gone.error().kind == ErrorKind::NotFound);
    }

    // Whatever id an answer names: nothing is changed or removed where the text was not seen.
    void leavesRecordsOfOthersAlone_data()
    {
        QTest::addColumn<QByteArray>("named");
        QTest::addColumn<bool>("hasList");
        for (const QByteArray &named : {"user", "parent", "location"}) {
            QTest::addRow("%s, found in the list", named.constData()) << named << true;
            QTest::addRow("%s, never found", named.constData()) << named << false;
        }
    }

    void leavesRecordsOfOthersAlone()
    {
        QFETCH(QByteArray, named);
        QFETCH(bool, hasList);
        Notes notes(Ways{.namesAnother = named, .hasList = hasList});
        UndoList undo([] { return false; });
        const auto canary = plantCanary(plan(), target(), std::ref(notes), undo);
        QCOMPARE(canary.has_value(), hasList);
        QVERIFY(!hasList || canary->id == u"41"_s);
        const UndoReport report = undo.run();
        QVERIFY(notes.notes.contains(u"7"_s));
        QVERIFY(!notes.sent.contains("DELETE /notes/7 undo"));
        QCOMPARE(report.isClean(), hasList);
        QCOMPARE(notes.notes.contains(u"41"_s), !hasList); // and where it stays, that is said
    }

    // One customer changed it: under another text it is still there.
    void seesThatAChangedRecordStays()
    {
        Notes notes(Ways{.removes = false});
        UndoList undo([] { return false; });
        QVERIFY(plantCanary(plan(), target(), std::ref(notes), undo));
        notes.notes[u"41"_s] = newCanaryText();
        QCOMPARE(undo.run().left.size(), 1);
    }

    void removesWhatWasMadeWithoutAnAnswer_data()
    {
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("too late") << ErrorKind::TimedOut;
        QTest::newRow("hung up") << ErrorKind::Protocol;
        QTest::newRow("without end") << ErrorKind::TooLarge;
        QTest::newRow("stopped or killed on the way") << ErrorKind::Cancelled;
    }

    void removesWhatWasMadeWithoutAnAnswer()
    {
        QFETCH(ErrorKind, kind);
        Notes notes(Ways{.answersCreation = false, .unanswered = kind});
        UndoList undo([] { return false; });
        const auto canary = plantCanary(plan(), target(), std::ref(notes), undo);
        QVERIFY(!canary && canary.error().kind == kind);
        QVERIFY(notes.notes.contains(u"41"_s));
        QVERIFY(undo.run().isClean());
        QVERIFY(!notes.notes.contains(u"41"_s));
        QVERIFY(notes.notes.contains(u"7"_s));
    }

    void saysWhatCannotBeRemoved()
    {
        for (const int status : {204, 403, 500}) { // 204: a server that says yes to everything
            Notes notes(Ways{.removes = false, .removeStatus = status});
            UndoList undo([] { return false; });
            const auto canary = plantCanary(plan(), target(), std::ref(notes), undo);
            QVERIFY(canary);
            const UndoReport report = undo.run();
            QCOMPARE(report.left.size(), 1);
            QVERIFY2(report.left.first().contains(canary->text), qPrintable(report.left.first()));
        }
    }

    // Its removal is refused as if it were nowhere, and the list shows it all the same.
    void doesNotTakeARefusedRemovalForDone()
    {
        Notes notes(Ways{.removes = false, .answersCreation = false, .removeStatus = 404});
        UndoList undo([] { return false; });
        QVERIFY(!plantCanary(plan(), target(), std::ref(notes), undo));
        QCOMPARE(undo.run().left.size(), 1);
    }

    void knowsARecordByWhereItsIdIs_data()
    {
        QTest::addColumn<QByteArray>("good"); // status and body; the record's id is 41
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("id");
        QTest::addColumn<bool>("expected");
        const auto row = [](const char *name, const QByteArray &good, const QByteArray &answer, const char *id,
                            bool expected) {
            QTest::newRow(name) << good << answer << QString::fromLatin1(id) << expected;
        };
        const QByteArray good = R"(201 {"id":41,"title":"TEXT"})";
        row("the same place", good, R"(201 {"id":42})", "42", true);
        row("inside", R"(201 {"data":{"id":41}})", R"(201 {"data":{"id":42},"ok":true})", "42", true);
        row("of who asked", R"(201 {"note":{"id":41},"account":{"id":7}})",
            R"(201 {"note":{"id":42},"account":{"id":7}})", "7", false);
        row("an older one", good, R"(201 {"id":12})", "12", false);
        row("the same one again", good, R"(201 {"id":41})", "41", false);
        row("another status", good, R"(200 {"id":42})", "42", false);
        row("200, counted on", R"(200 {"id":41})", R"(200 {"id":42})", "42", true);
        row("200, perhaps what was there", R"(200 {"id":"41"})", R"(200 {"id":"b7-x"})", "b7-x", false);
        row("201 with a random one", R"(201 {"id":"41"})", R"(201 {"id":"b7-x"})", "b7-x", true);
        row("in a list", R"(201 {"notes":[{"id":41}]})", R"(201 {"notes":[{"id":42}]})", "42", false);
        row("by the location", R"(302 /notes/41)", R"(302 /notes/42)", "42", true);
        row("without any", good, R"(201 {"ok":true})", "", false);
    }

    void knowsARecordByWhereItsIdIs()
    {
        QFETCH(QByteArray, good);
        QFETCH(QByteArray, answer);
        QFETCH(QString, id);
        QFETCH(bool, expected);
        const auto read = [](const QByteArray &line) {
            const QByteArray rest = line.mid(4);
            const QByteArray head = rest.startsWith('/') ? kJson + "\nLocation: " + rest : kJson;
            return test::answer(line.left(3).toInt(), head, rest.startsWith('/') ? QByteArray() : rest,
                                u"https://api.example.com/notes"_s);
        };
        QCOMPARE(isNamedAsBefore(read(good), u"41"_s, read(answer), id, u"/notes/{id}"_s), expected);
    }

    void asksNothingBackWhenItWasRefused()
    {
        Notes notes(Ways{.createStatus = 422});
        UndoList undo([] { return false; });
        const auto canary = plantCanary(plan(), target(), std::ref(notes), undo);
        QVERIFY(!canary && canary.error().kind == ErrorKind::BadInput);
        QVERIFY2(canary.error().message.contains(u"POST /notes"_s), qPrintable(canary.error().message));
        QVERIFY(undo.isEmpty());
        QCOMPARE(notes.sent.size(), 1);
    }

    // A server that answers 200 to everything has made nothing: no later check may rest on it.
    void doesNotBelieveAPromise()
    {
        Notes notes(Ways{.createStatus = 200, .forgets = true});
        UndoList undo([] { return false; });
        const auto canary = plantCanary(plan(), target(), std::ref(notes), undo);
        QVERIFY(!canary && canary.error().kind == ErrorKind::Protocol);
    }
};

QTEST_GUILESS_MAIN(CanaryTest)
#include "tst_canary.moc"
