// Which questions of GraphQL are tried across the border of tenants, and how many.
#include "checks/access/crossinglook.h"
#include "checks/access/questionname.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

RouteSample asking(const QByteArray &query, const QString &path = u"/graphql"_s)
{
    return {u"POST"_s, path, {}, "application/json", "{\"query\":\"" + query + "\",\"variables\":{\"id\":\"1\"}}", {}};
}

RouteSample listing(int number)
{
    return {
        u"POST"_s, u"/graphql"_s, {}, "application/json", "{\"query\":\"{ list" + QByteArray::number(number) + "}\"}",
        {}};
}

Route postTo(const QString &path, bool isSafe)
{
    return {.method = u"POST"_s, .path = path, .safeToWrite = isSafe};
}

} // namespace

class TestCrossingQuestions : public QObject
{
    Q_OBJECT

private slots:
    void putsThoseWithIdsFirst();
    void asksFurtherAddresses();
    void asksAddressesThatHaveExamples();
    void namesAddressesThatAreNotAsked_data();
    void namesAddressesThatAreNotAsked();
    void namesQuestions_data();
    void namesQuestions();
    void namesSeveralInOneBody();
    void leavesOutTheRest_data();
    void leavesOutTheRest();
    void changesByWhatIsMarked_data();
    void changesByWhatIsMarked();
};

void TestCrossingQuestions::putsThoseWithIdsFirst()
{
    const CrossingRoutes sorted = crossingRoutes({}, {listing(1), asking("query($id: ID!) { node(id: $id) { id } }")});
    QCOMPARE(sorted.questions.size(), 2U);
    QVERIFY(sorted.questions.front().body.contains("node"));
    QCOMPARE(sorted.questionsLeft, 0);
}

// What is asked at one address may be answered at another one of the list, where no example is of it.
void TestCrossingQuestions::asksFurtherAddresses()
{
    std::vector<RouteSample> samples{listing(1)};
    for (int i = 0; i < 5; ++i)
        samples.push_back(asking("query($id: ID!) { note" + QByteArray::number(i) + "(id: $id) { id } }"));
    samples.push_back(asking("query($id: ID!) { own(id: $id) { id } }", u"/old/graphql"_s));
    const CrossingRoutes sorted =
        crossingRoutes({postTo(u"/graphql"_s, false), postTo(u"/old/graphql#query.own"_s, false),
                        postTo(u"/internal/graphql"_s, false), postTo(u"/notes"_s, false)},
                       samples);
    QStringList places;
    for (const RouteSample &one : sorted.questions)
        places.append(one.path);
    QCOMPARE(places.filter(u"/internal/graphql"_s).size(), 2);
    QCOMPARE(places.filter(u"/old/graphql"_s).size(), 3); // with its own
    QCOMPARE(sorted.questions.size(), 11U);               // with the list
    QCOMPARE(sorted.questionsLeft, 0);
}

// An example of one question there says nothing of the others.
void TestCrossingQuestions::asksAddressesThatHaveExamples()
{
    const QString further = u"/v2/graphql"_s;
    const QByteArray invoice = "query($id: ID!) { invoice(id: $id) { id } }";
    const std::vector<Route> routes{postTo(u"/graphql"_s, false), postTo(further, false)};
    const auto namesOf = [&](const std::vector<RouteSample> &samples) {
        QStringList names;
        for (const RouteSample &one : crossingRoutes(routes, samples).questions)
            names.append(questionName(one));
        names.sort();
        return names;
    };
    const QStringList both{u"POST /graphql invoice"_s, u"POST /v2/graphql invoice"_s};
    QCOMPARE(namesOf({asking(invoice)}), both);
    QCOMPARE(namesOf({asking(invoice), asking(invoice, further)}), both);
    const QByteArray plan = "query($id: ID!) { plan(id: $id) { id } }";
    const QStringList all{both.front(), u"POST /graphql plan"_s, both.back(), u"POST /v2/graphql plan"_s};
    QCOMPARE(namesOf({asking(invoice), asking(plan, further)}), all);
}

void TestCrossingQuestions::namesAddressesThatAreNotAsked_data()
{
    QTest::addColumn<int>("withIds"); // questions at the known address
    QTest::addColumn<int>("asked");   // at the further one
    QTest::addColumn<bool>("isNamed");
    QTest::newRow("nothing with an id is known") << 0 << 0 << true;
    QTest::newRow("one") << 1 << 1 << false;
    QTest::newRow("room for all that is asked elsewhere") << 5 << 5 << false;
    QTest::newRow("room for most of it") << 6 << 4 << true;
    QTest::newRow("room for some of it") << 8 << 2 << true;
    QTest::newRow("no room") << 10 << 0 << true;
    QTest::newRow("more than one run asks") << 12 << 0 << true;
}

void TestCrossingQuestions::namesAddressesThatAreNotAsked()
{
    QFETCH(int, withIds);
    QFETCH(bool, isNamed);
    std::vector<RouteSample> samples{listing(1)};
    for (int i = 0; i < withIds; ++i)
        samples.push_back(asking("query($id: ID!) { note" + QByteArray::number(i) + "(id: $id) { id } }"));
    const QString further = u"/internal/graphql"_s;
    const CrossingRoutes sorted = crossingRoutes({postTo(u"/graphql"_s, false), postTo(further, false)}, samples);
    QTEST(static_cast<int>(std::ranges::count(sorted.questions, further, &RouteSample::path)), "asked");
    QCOMPARE(sorted.placesLeft, isNamed ? QStringList{u"POST /internal/graphql"_s} : QStringList());
    QCOMPARE(crossingRoutes({postTo(u"/graphql"_s, false)}, samples).placesLeft, QStringList());
}

void TestCrossingQuestions::namesQuestions_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QByteArray &query, const QString &path, const QString &expected) {
        QTest::newRow(name) << query << path << expected;
    };
    const QString plain = u"/graphql"_s;
    const QString named = u"/graphql#query.Own"_s;
    row("by its first field", "{ invoices { id } }", plain, u"POST /graphql invoices"_s);
    row("without spaces", "{plans{title}}", plain, u"POST /graphql plans"_s);
    row("behind an alias", "{ mine: invoices { id } }", plain, u"POST /graphql invoices"_s);
    row("with variables", "query($id: ID!) { node(id: $id) { id } }", plain, u"POST /graphql node"_s);
    row("a change", "mutation($id: ID!) { updateInvoice(id: $id) { id } }", plain, u"POST /graphql updateInvoice"_s);
    row("by its operation", "query Own { invoices { id } }", named, u"POST /graphql#query.Own"_s);
    row("by its operation in the text", "query Own { invoices { id } }", plain, u"POST /graphql Own invoices"_s);
    row("of the viewer", "{ viewer { id invoices { id } } }", plain, u"POST /graphql viewer.invoices"_s);
    row("another of the viewer", "{ viewer { plan } }", plain, u"POST /graphql viewer"_s);
    row("in pages", "{ viewer { invoices(first: 5) { edges { node { id } } } } }", plain,
        u"POST /graphql viewer.invoices.edges.node"_s);
    row("braces in an argument", R"({ notes(where: {a: {b: 1}}, text: \"}\") @x(if: {}) { id } })", plain,
        u"POST /graphql notes"_s);
    row("a fragment", "{ ...Parts }", plain, u"POST /graphql"_s);
    row("a fragment before it", "fragment Parts on Invoice { id total } { invoices { ...Parts } }", plain,
        u"POST /graphql invoices"_s);
    row("a fragment within", "{ ... on Query { plans { id } } invoices { id } }", plain, u"POST /graphql invoices"_s);
    row("fields alone", "{ version plan }", plain, u"POST /graphql version"_s);
    row("broken off", "{ viewer { invoices(", plain, u"POST /graphql viewer"_s);
    row("no question", "", plain, u"POST /graphql"_s);
}

void TestCrossingQuestions::namesQuestions()
{
    QFETCH(QByteArray, query);
    QFETCH(QString, path);
    QTEST(questionName(asking(query, path)), "expected");
}

void TestCrossingQuestions::namesSeveralInOneBody()
{
    RouteSample batch = asking("{ plans { id } }", u"/graphql"_s);
    batch.body = R"([{"query":"{ viewer { invoices { id } } }"},{"query":"{ plans { id } }"}])";
    QCOMPARE(questionName(batch), u"POST /graphql viewer.invoices + plans"_s);
}

void TestCrossingQuestions::leavesOutTheRest_data()
{
    QTest::addColumn<int>("withIds");
    QTest::addColumn<int>("lists");
    QTest::addColumn<int>("mutations");
    QTest::addColumn<int>("kept"); // questions and mutations
    QTest::addColumn<int>("left");
    QTest::newRow("none") << 0 << 0 << 0 << 0 << 0;
    QTest::newRow("as many as are tried") << 10 << 10 << 6 << 26 << 0;
    QTest::newRow("one more with an id") << 11 << 0 << 0 << 10 << 1;
    QTest::newRow("one more list") << 0 << 11 << 0 << 10 << 1;
    QTest::newRow("one more mutation") << 0 << 0 << 7 << 6 << 1;
    QTest::newRow("those of a large product") << 200 << 150 << 90 << 26 << 414;
}

void TestCrossingQuestions::leavesOutTheRest()
{
    QFETCH(int, withIds);
    QFETCH(int, lists);
    QFETCH(int, mutations);
    std::vector<RouteSample> samples;
    for (int i = 0; i < withIds; ++i)
        samples.push_back(asking("query($id: ID!) { one" + QByteArray::number(i) + "(id: $id) { id } }"));
    for (int i = 0; i < lists; ++i)
        samples.push_back(listing(i));
    for (int i = 0; i < mutations; ++i)
        samples.push_back(asking("mutation($id: ID!) { change" + QByteArray::number(i) + "(id: $id) }"));
    const CrossingRoutes sorted = crossingRoutes({postTo(u"/graphql"_s, true)}, samples);
    QTEST(static_cast<int>(sorted.questions.size() + sorted.mutations.size()), "kept");
    QTEST(sorted.questionsLeft, "left");
    QVERIFY(!sorted.namesLeft.contains(u"POST /graphql"_s)); // which would hide those that are asked
    QVERIFY(crossingCeiling(sorted, 1) < 400);
}

void TestCrossingQuestions::changesByWhatIsMarked_data()
{
    QTest::addColumn<QString>("marked");
    QTest::addColumn<QString>("sample");
    QTest::addColumn<bool>("expected");
    const QString named = u"/graphql#operation.Rename"_s;
    QTest::newRow("the address") << u"/graphql"_s << u"/graphql"_s << true;
    QTest::newRow("the address, for an operation") << u"/graphql"_s << named << true;
    QTest::newRow("the operation") << named << named << true;
    QTest::newRow("another operation") << u"/graphql#operation.Remove"_s << named << false;
    QTest::newRow("an operation, for a question without a name") << named << u"/graphql"_s << false;
    QTest::newRow("nothing") << u"/notes"_s << named << false;
}

void TestCrossingQuestions::changesByWhatIsMarked()
{
    QFETCH(QString, marked);
    QFETCH(QString, sample);
    QFETCH(bool, expected);
    const RouteSample mutation = asking("mutation Rename($id: ID!) { rename(id: $id) }", sample);
    QCOMPARE(crossingRoutes({postTo(marked, true)}, {mutation}).mutations.size(), expected ? 1U : 0U);
    QCOMPARE(crossingRoutes({postTo(marked, false)}, {mutation}).mutations.size(), 0U);
}

QTEST_GUILESS_MAIN(TestCrossingQuestions)
#include "tst_crossingquestions.moc"
