#include "checks/actors/answertext.h"
#include "checks/actors/manytexts.h"
#include "checks/actors/markers.h"
#include "checks/actors/markertext.h"
#include "models/access/actor.h"
#include "tests/checks/web/pages.h"

#include <QRandomGenerator>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kJson = "Content-Type: application/json";

TestActor ann()
{
    TestActor actor;
    actor.id = u"a"_s;
    actor.userName = u"ann@acme.test"_s;
    return actor;
}

QString listed(const std::vector<Marker> &markers)
{
    QStringList lines;
    for (const Marker &marker : markers)
        lines.append(toWord(marker.kind) + u'=' + marker.text);
    lines.sort();
    return lines.join(u';');
}

} // namespace

class MarkersTest : public QObject
{
    Q_OBJECT

private slots:
    void readsTables_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QStringList>("texts");
        const QByteArray csv = "Content-Type: text/csv; charset=utf-8";
        const QByteArray html = "Content-Type: text/html";
        QTest::newRow("an export") << csv << QByteArray("id,memo,status\r\n7,\"Paper, ink\",open item\r\n")
                                   << QStringList{u"Paper, ink"_s};
        QTest::newRow("names alone") << csv << QByteArray("id,memo of it\r\n") << QStringList();
        QTest::newRow("no table") << QByteArray("Content-Type: text/plain")
                                  << QByteArray("id,memo\r\n7,Paper and ink\r\n") << QStringList();
        QTest::newRow("rows of a page")
            << html
            << QByteArray("<table><tr><td>7</td><td class=x> Paper &amp; ink </td><td>1200.50</td></tr></table>")
            << QStringList{u"Paper & ink"_s};
        QTest::newRow("a cell with markup in it")
            << html << QByteArray("<table><tr><td><a href=/x>Paper and ink</a></td></tr></table>") << QStringList();
        QTest::newRow("text beside a table") << html << QByteArray("<p>Paper and ink</p>") << QStringList();
    }

    // The texts of a customer in the cells of a table.
    void readsTables()
    {
        QFETCH(QByteArray, head);
        QFETCH(QByteArray, body);
        TestActor nobody;
        QStringList texts;
        const std::vector<HttpResponse> own{answer(200, head, body, u"https://app.example.com/x"_s)};
        const Markers found = markersOf(nobody, own, {});
        for (const Marker &marker : found.all())
            texts << marker.text;
        QTEST(texts, "texts");
    }

    void tellsPrivateTexts_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("kind"); // empty: none
        const auto row = [](const char *row, const QString &name, const QString &text, const QString &kind) {
            QTest::newRow(row) << name << text << kind;
        };
        row("canary", u"title"_s, u"LC-CANARY-abcdefgh2345"_s, u"canary"_s);
        row("uuid", u"id"_s, u"919108f7-52d1-4320-9bac-f847db4148a8"_s, u"record"_s);
        row("name of a company", u"company"_s, u"Acme Chairs Ltd"_s, u"value"_s);
        row("mail of a customer", u"contact"_s, u"joe@buyer.test"_s, u"value"_s);
        row("street", u"street"_s, u"12 Long Road"_s, u"value"_s);
        row("status", u"status"_s, u"waiting for payment"_s, {});
        row("plan", u"plan"_s, u"Team 2026"_s, {});
        row("one word", u"city"_s, u"Berlin"_s, {});
        row("word of a program", u"terms"_s, u"net_30_days"_s, {});
        row("right", u"allows"_s, u"invoices:read"_s, {});
        row("date", u"due"_s, u"2026-11-29"_s, {});
        row("time", u"made"_s, u"2026-11-29T10:00:00Z"_s, {});
        row("amount", u"sum"_s, u"1,200.50 EUR"_s, {});
        row("number", u"number"_s, u"123456789"_s, {});
        row("time zone", u"zone"_s, u"Europe/Berlin"_s, {});
        row("address of a picture", u"avatar"_s, u"https://cdn.test/a/1.png"_s, {});
        row("path", u"next"_s, u"/invoices/12345"_s, {});
        row("IP address", u"from"_s, u"203.0.113.77"_s, {});
        row("browser", u"agent"_s, u"Mozilla/5.0 (X11)"_s, {});
        row("token", u"accessToken"_s, u"V1StGXR8_Z5jdHi6B-myT"_s, {});
        row("id of a request", u"request_id"_s, u"919108f7-52d1-4320-9bac-f847db4148a8"_s, {});
        row("uuid of a name", u"id"_s, u"2ed6657d-e927-568b-95e1-2665a8aea6a2"_s, {});
        row("short", u"note"_s, u"a 1"_s, {});
        row("message of the product", u"message"_s, u"Welcome back to 42 things"_s, {});
    }

    void tellsPrivateTexts()
    {
        QFETCH(QString, name);
        QFETCH(QString, text);
        QFETCH(QString, kind);
        const auto found = markerKindOf(name, text);
        QCOMPARE(found ? toWord(*found) : QString(), kind);
    }

    void leavesOutWhatOthersSee()
    {
        const QByteArray own =
            R"({"user":"ann@acme.test","items":[{"note":"Chairs for room 7","intro":"All our 12 terms"}]})";
        const QByteArray shared = R"({"items":[{"note":"Tables for room 9","intro":"All our 12 terms"}]})";
        const std::vector<HttpResponse> mine{answer(200, kJson, own)};
        const std::vector<HttpResponse> others{answer(200, kJson, shared)};
        QCOMPARE(listed(markersOf(ann(), mine, others).all()), u"mail=ann@acme.test;value=Chairs for room 7"_s);
        // A member list that strangers may read shows the mail, too: it proves nothing then.
        const std::vector<HttpResponse> people{answer(200, kJson, R"(["ANN@acme.test"])")};
        QCOMPARE(listed(markersOf(ann(), {}, people).all()), QString());
    }

    void takesWhoAmI()
    {
        QCOMPARE(listed(markersOf(ann(), u"Ann of Acme"_s, {}, {}).all()),
                 u"identity=Ann of Acme;mail=ann@acme.test"_s);
        // A word or a number is said of many.
        QCOMPARE(listed(markersOf(ann(), u"member"_s, {}, {}).all()), u"mail=ann@acme.test"_s);
        QCOMPARE(listed(markersOf(ann(), u"17"_s, {}, {}).all()), u"mail=ann@acme.test"_s);
    }

    void learnsNothingFromErrors()
    {
        const std::vector<HttpResponse> mine{answer(500, kJson, R"({"trace":"Chairs for room 7"})")};
        QCOMPARE(listed(markersOf(ann(), mine, {}).all()), u"mail=ann@acme.test"_s);
    }

    void findsThem_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("sent");
        QTest::addColumn<bool>("found");
        QTest::newRow("plain") << QByteArray("x ann@acme.test y") << QByteArray() << true;
        QTest::newRow("capitals") << QByteArray("Ann@Acme.TEST") << QByteArray() << true;
        QTest::newRow("escaped in JSON") << QByteArray(R"({"m":"ann\u0040acme.test"})") << QByteArray() << true;
        QTest::newRow("escaped in HTML") << QByteArray("<p>ann&#64;acme.test</p>") << QByteArray() << true;
        QTest::newRow("escaped for an address") << QByteArray("<a href='?u=ann%40acme.test'>") << QByteArray() << true;
        QTest::newRow("JSON inside of a page")
            << QByteArray(R"(<script>s="ann\u0040acme.test"</script>)") << QByteArray() << true;
        QTest::newRow("part of another") << QByteArray("joann@acme.test") << QByteArray() << false;
        QTest::newRow("with a dot before") << QByteArray("jo.ann@acme.test") << QByteArray() << false;
        QTest::newRow("in a longer domain") << QByteArray("ann@acme.test.example") << QByteArray() << false;
        QTest::newRow("end of a sentence") << QByteArray("Ask ann@acme.test.") << QByteArray() << true;
        QTest::newRow("only repeated") << QByteArray("no user ann@acme.test here")
                                       << QByteArray("https://a.test/users/ann%40acme.test") << false;
        QTest::newRow("repeated from the body")
            << QByteArray("ann@acme.test is not allowed") << QByteArray(R"({"mail":"ann@acme.test"})") << false;
        QTest::newRow("not there") << QByteArray("bob@globex.test") << QByteArray() << false;
    }

    void findsThem()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, sent);
        QFETCH(bool, found);
        QCOMPARE(markersOf(ann(), {}, {}).areIn(answer(200, {}, body), sent), found);
    }

    void findsThemInRedirects()
    {
        QVERIFY(markersOf(ann(), {}, {}).areIn(answer(302, "Location: /x?u=ann%40acme.test")));
    }

    void tellsNumbersApart()
    {
        const Markers markers({{u"room 7"_s, MarkerKind::Value, {}}});
        QVERIFY(markers.areIn(answer(200, {}, "in room 7, now")));
        QVERIFY(!markers.areIn(answer(200, {}, "in room 77")));
    }

    void weighsProofs_data()
    {
        QTest::addColumn<QList<int>>("kinds");
        QTest::addColumn<QString>("proof");
        const auto row = [](const char *name, std::initializer_list<MarkerKind> kinds, const QString &proof) {
            QList<int> numbers;
            for (const MarkerKind kind : kinds)
                numbers.append(static_cast<int>(kind));
            QTest::newRow(name) << numbers << proof;
        };
        using enum MarkerKind;
        row("none", {}, {});
        row("canary", {Canary}, toWord(Proof::Proven));
        row("mail beside a value", {Value, Mail}, toWord(Proof::Proven));
        row("id", {Record}, toWord(Proof::Strong));
        row("two values", {Value, Value}, toWord(Proof::Strong));
        row("one value", {Value}, toWord(Proof::Lead));
    }

    void weighsProofs()
    {
        QFETCH(QList<int>, kinds);
        QFETCH(QString, proof);
        std::vector<Marker> markers;
        for (const int kind : kinds)
            markers.push_back({u"text %1"_s.arg(markers.size()), static_cast<MarkerKind>(kind), {}});
        const auto weight = proofOf(markers);
        QCOMPARE(weight ? toWord(*weight) : QString(), proof);
    }

    void undoesEntities()
    {
        QCOMPARE(withoutEntities(u"a&amp;b &#64; &#x40; &commat; &unknown; &#0;"_s), u"a&b @ @ @ &unknown; &#0;"_s);
    }

    // One pass finds what one search for each text finds: few letters, so that texts repeat and lie in each other.
    void manyTextsAreFoundInOnePass()
    {
        QRandomGenerator dice(7);
        const auto text = [&](int size) {
            QString made;
            for (int i = 0; i < size; ++i)
                made += u"aAbé"_s.at(static_cast<qsizetype>(dice.bounded(4U)));
            return made;
        };
        for (int round = 0; round < 200; ++round) {
            std::vector<QString> wanted{QString()};
            for (int i = 0; i < 12; ++i)
                wanted.push_back(text(static_cast<int>(1 + dice.bounded(9U))));
            const QString in = text(static_cast<int>(dice.bounded(60U)));
            std::vector<qsizetype> first(wanted.size(), -1);
            ManyTexts(wanted).scan(in, [&](std::size_t index, qsizetype at) {
                const bool isThere = in.mid(at).startsWith(wanted[index], Qt::CaseInsensitive);
                if (isThere)
                    first[index] = at;
                return !isThere;
            });
            for (std::size_t i = 0; i < wanted.size(); ++i) {
                const qsizetype expected = wanted[i].isEmpty() ? -1 : in.indexOf(wanted[i], 0, Qt::CaseInsensitive);
                QVERIFY2(first[i] == expected, qPrintable(wanted[i] + u" in "_s + in));
            }
        }
    }

    // Hundreds of markers in an answer of 2 MB: the pieces of it that begin like one are no reason to stop looking.
    void findsAMarkerAtTheEndOfALongAnswer()
    {
        std::vector<Marker> all;
        for (int i = 0; i < 400; ++i)
            all.push_back({u"Customer of the lantern number %1"_s.arg(i), MarkerKind::Value, {}});
        QByteArray body;
        while (body.size() < 2'000'000)
            body += "Customer of the lantern, Customer of the lantern number 4000; ";
        HttpResponse longOne;
        longOne.status = 200;
        longOne.body = body + "Customer of the lantern number 399";
        const std::vector<Marker> found = Markers(all).in(longOne);
        QCOMPARE(found.size(), std::size_t(1));
        QCOMPARE(found.front().text, all.back().text);
    }
};

QTEST_GUILESS_MAIN(MarkersTest)
#include "tst_markers.moc"
