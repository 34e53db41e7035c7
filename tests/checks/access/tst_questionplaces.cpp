// What is asked by GraphQL at a further address, in which order, and what stays open of it.
#include "checks/access/crossingroutes.h"
#include "checks/access/questionname.h"
#include "models/checkresult.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QString kFirst = u"/graphql"_s;
const QString kSecond = u"/v2/graphql"_s;
const std::vector<Route> kRoutes{{.method = u"POST"_s, .path = kFirst}, {.method = u"POST"_s, .path = kSecond}};

RouteSample asking(const QString &field, const QString &path = kFirst)
{
    const QByteArray query = "query($id: ID!) { " + field.toUtf8() + "(id: $id) { id } }";
    return {u"POST"_s, path, {}, "application/json", "{\"query\":\"" + query + "\",\"variables\":{\"id\":\"1\"}}", {}};
}

std::vector<RouteSample> askingMany(int count, const QString &path = kFirst)
{
    std::vector<RouteSample> samples;
    for (int i = 0; i < count; ++i)
        samples.push_back(asking(u"note"_s + QString::number(i), path));
    return samples;
}

QStringList askedBy(const CrossingRoutes &sorted)
{
    QStringList names;
    for (const RouteSample &one : sorted.questions)
        names.append(questionName(one));
    return names;
}

// A finding about it would stay open.
bool hides(const CrossingRoutes &sorted, const QString &subject)
{
    QJsonObject observed;
    noteUnseen(sorted.hiddenAtPlaces, observed);
    CheckResult result{.outcome = Outcome::Pass};
    result.observed = observed;
    Finding earlier;
    earlier.subject = subject;
    return !hasSeen(result, earlier);
}

} // namespace

class TestQuestionPlaces : public QObject
{
    Q_OBJECT

private slots:
    void hidesWhatHasNoRoom_data();
    void hidesWhatHasNoRoom();
    void hidesNothingElse();
    void asksAgainWhatIsOpen_data();
    void asksAgainWhatIsOpen();
    void keepsOpenWhatNobodyAsks_data();
    void keepsOpenWhatNobodyAsks();
};

void TestQuestionPlaces::hidesWhatHasNoRoom_data()
{
    QTest::addColumn<int>("known");   // at the first address
    QTest::addColumn<int>("further"); // of its own, at the second one
    QTest::addColumn<QString>("subject");
    QTest::addColumn<bool>("isHidden");
    QTest::newRow("asked there") << 5 << 0 << u"POST /v2/graphql note4"_s << false;
    QTest::newRow("no room for it") << 6 << 0 << u"POST /v2/graphql note5"_s << true;
    QTest::newRow("one of those with room") << 6 << 0 << u"POST /v2/graphql note3"_s << false;
    QTest::newRow("no room at all") << 10 << 0 << u"POST /v2/graphql note0"_s << true;
    QTest::newRow("no room at all, for a record by its id") << 10 << 0 << u"POST /v2/graphql node"_s << true;
    QTest::newRow("an example there") << 8 << 1 << u"POST /v2/graphql note0"_s << false;
    QTest::newRow("an example there, and no room") << 9 << 1 << u"POST /v2/graphql note5"_s << true;
    QTest::newRow("an example there, itself") << 9 << 1 << u"POST /v2/graphql note0"_s << false;
    QTest::newRow("an example there, for a record by its id") << 9 << 1 << u"POST /v2/graphql node"_s << false;
    QTest::newRow("nothing is known") << 0 << 0 << u"POST /v2/graphql note0"_s << true;
}

void TestQuestionPlaces::hidesWhatHasNoRoom()
{
    QFETCH(int, known);
    QFETCH(int, further);
    QFETCH(QString, subject);
    std::vector<RouteSample> samples = askingMany(known);
    std::ranges::copy(askingMany(further, kSecond), std::back_inserter(samples));
    const CrossingRoutes sorted = crossingRoutes(kRoutes, samples);
    QVERIFY(sorted.questions.size() <= kMostQuestions);
    QTEST(hides(sorted, subject), "isHidden");
    QCOMPARE(sorted.placesLeft.isEmpty(), sorted.hiddenAtPlaces.empty()); // what is hidden is said
}

// That an address has more questions than are asked hides none that is asked there.
void TestQuestionPlaces::hidesNothingElse()
{
    const CrossingRoutes sorted = crossingRoutes(kRoutes, askingMany(9));
    QCOMPARE(sorted.placesLeft, QStringList{u"POST /v2/graphql"_s});
    for (const QString &asked : askedBy(sorted))
        QVERIFY2(!hides(sorted, asked), qPrintable(asked));
    QVERIFY(!hides(sorted, u"POST /graphql"_s));
}

void TestQuestionPlaces::asksAgainWhatIsOpen_data()
{
    QTest::addColumn<int>("known");
    QTest::addColumn<QString>("example"); // another one, of whose question; empty: none
    QTest::addColumn<QString>("place");   // of it
    QTest::newRow("the last one, for which there was room") << 7 << QString() << QString();
    QTest::newRow("one that has none else") << 9 << QString() << QString();
    QTest::newRow("behind a new example of the first address") << 8 << u"plan"_s << kFirst;
    QTest::newRow("behind a new example of that address") << 8 << u"plan"_s << kSecond;
    QTest::newRow("asked there by an example with a name of its own")
        << 3 << u"note2"_s << u"/v2/graphql#query.Notes"_s;
}

void TestQuestionPlaces::asksAgainWhatIsOpen()
{
    QFETCH(int, known);
    QFETCH(QString, example);
    QFETCH(QString, place);
    std::vector<RouteSample> samples = askingMany(known);
    if (!example.isEmpty())
        samples.insert(samples.begin(), asking(example, place));
    const QString open = u"POST /v2/graphql note%1"_s.arg(known - 1);
    const CrossingRoutes sorted = crossingRoutes(kRoutes, samples, {open});
    QVERIFY2(askedBy(sorted).contains(open), qPrintable(askedBy(sorted).join(u", "_s)));
    QVERIFY(!hides(sorted, open));
    QVERIFY(sorted.questions.size() <= kMostQuestions);
}

void TestQuestionPlaces::keepsOpenWhatNobodyAsks_data()
{
    QTest::addColumn<QString>("subject");
    QTest::addColumn<bool>("isNamed");
    QTest::newRow("asked") << u"POST /graphql note0"_s << false;
    QTest::newRow("no example asks it any more") << u"POST /graphql plan"_s << true;
    QTest::newRow("nor by its name") << u"POST /graphql#query.Plan"_s << true;
    QTest::newRow("node(id), which is asked everywhere") << u"POST /graphql node"_s << false;
    QTest::newRow("at an address that is on the list no more") << u"POST /old/graphql plan"_s << false;
    QTest::newRow("at another address of such a name") << u"POST /graphqlite plan"_s << false;
    QTest::newRow("of another kind") << u"GET /invoices/{id}"_s << false;
}

void TestQuestionPlaces::keepsOpenWhatNobodyAsks()
{
    QFETCH(QString, subject);
    QFETCH(bool, isNamed);
    const CrossingRoutes sorted = crossingRoutes(kRoutes, askingMany(1), {subject});
    QCOMPARE(hides(sorted, subject), isNamed);
    QCOMPARE(sorted.placesLeft, isNamed ? QStringList{u"POST /graphql"_s} : QStringList());
}

QTEST_GUILESS_MAIN(TestQuestionPlaces)
#include "tst_questionplaces.moc"
