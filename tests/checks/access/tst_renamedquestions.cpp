// Findings about questions of GraphQL under the names that earlier versions gave: closed once their questions were
// asked by today's names, and open as long as one of them was not.
#include "checks/access/crossingroutes.h"
#include "checks/access/questionname.h"
#include "checks/engine/check.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QString kHost = u"api.example.com"_s;

RouteSample asking(const QByteArray &query, const QString &path = u"/graphql"_s)
{
    return {u"POST"_s, path, {}, "application/json", "{\"query\":\"" + query + "\",\"variables\":{\"id\":\"1\"}}", {}};
}

Finding findingOf(const QString &subject)
{
    Finding finding;
    finding.checkId = u"access.tenant-isolation"_s;
    finding.code = u"cross_graphql"_s;
    finding.host = kHost;
    finding.subject = subject;
    return finding;
}

bool closes(const Judged &judged, const QString &subject)
{
    CheckResult result{.outcome = judged.outcome};
    result.observed = judged.observed;
    return hasSeen(result, findingOf(subject));
}

const QByteArray kInvoices = "query Own($id: ID!) { viewer { invoices(id: $id) { id } } }";
const QByteArray kNotes = "query Notes($id: ID!) { viewer { notes(id: $id) { id } } }";

} // namespace

class TestRenamedQuestions : public QObject
{
    Q_OBJECT

private slots:
    void knowsEarlierNames_data();
    void knowsEarlierNames();
    void asksForThem_data();
    void asksForThem();
    void closesWhatWasAsked_data();
    void closesWhatWasAsked();
};

void TestRenamedQuestions::knowsEarlierNames_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QStringList>("earlier");
    const QString plain = u"/graphql"_s;
    const QString bare = u"POST /graphql"_s;
    QTest::newRow("by its first field, as today") << QByteArray("{ invoices { id } }") << plain << QStringList{bare};
    QTest::newRow("deeper today") << QByteArray("{ viewer { invoices { id } } }") << plain
                                  << QStringList{u"POST /graphql viewer"_s, bare};
    QTest::newRow("with its operation today")
        << QByteArray("query Own { mine: invoices { id } }") << plain << QStringList{u"POST /graphql invoices"_s, bare};
    QTest::newRow("behind a fragment") << QByteArray("fragment P on Invoice { id } { invoices { ...P } }") << plain
                                       << QStringList{u"POST /graphql id"_s, bare};
    QTest::newRow("by the operation of its address")
        << QByteArray("query Own { invoices { id } }") << u"/graphql#query.Own"_s << QStringList();
    QTest::newRow("nothing to name it by") << QByteArray("{ ...Parts }") << plain << QStringList();
}

void TestRenamedQuestions::knowsEarlierNames()
{
    QFETCH(QByteArray, query);
    QFETCH(QString, path);
    QTEST(earlierQuestionNames(asking(query, path)), "earlier");
}

void TestRenamedQuestions::asksForThem_data()
{
    QTest::addColumn<QString>("open");
    QTest::addColumn<QStringList>("today"); // of what it may be; none: it is no old name
    QTest::addColumn<bool>("isLeft");       // said to be asked no more
    const QString own = u"POST /graphql Own viewer.invoices"_s;
    const QString notes = u"POST /graphql Notes viewer.notes"_s;
    QTest::newRow("by the first field") << u"POST /graphql viewer"_s << QStringList{own, notes} << false;
    QTest::newRow("by the address alone") << u"POST /graphql"_s << QStringList{own, notes} << false;
    QTest::newRow("today's name") << own << QStringList() << false;
    QTest::newRow("a question that nobody asks any more") << u"POST /graphql plans"_s << QStringList() << true;
    QTest::newRow("of another address") << u"POST /v2/graphql viewer"_s
                                        << QStringList{u"POST /v2/graphql Own viewer.invoices"_s,
                                                       u"POST /v2/graphql Notes viewer.notes"_s}
                                        << false;
}

void TestRenamedQuestions::asksForThem()
{
    QFETCH(QString, open);
    QFETCH(QStringList, today);
    QFETCH(bool, isLeft);
    const std::vector<Route> routes{{.method = u"POST"_s, .path = u"/graphql"_s},
                                    {.method = u"POST"_s, .path = u"/v2/graphql"_s}};
    const CrossingRoutes sorted = crossingRoutes(routes, {asking(kInvoices), asking(kNotes)}, {open});
    QCOMPARE(sorted.renamed.size(), today.isEmpty() ? 0U : 1U);
    if (!today.isEmpty())
        QCOMPARE(sorted.renamed.at(open), today);
    QCOMPARE(sorted.placesLeft.isEmpty(), !isLeft);
}

void TestRenamedQuestions::closesWhatWasAsked_data()
{
    QTest::addColumn<QString>("open");
    QTest::addColumn<QString>("untold"); // by its name of today; empty: all were asked and answered
    QTest::addColumn<bool>("isClosed");
    const QString first = u"POST /graphql viewer"_s;
    const QString bare = u"POST /graphql"_s;
    QTest::newRow("all were told") << first << QString() << true;
    QTest::newRow("one of its questions was not") << first << u"POST /graphql Notes viewer.notes"_s << false;
    QTest::newRow("another question was not") << first << u"POST /graphql plans"_s << true;
    QTest::newRow("by the address: all were told") << bare << QString() << true;
    QTest::newRow("by the address: one was not") << bare << u"POST /graphql Own viewer.invoices"_s << false;
}

// Beside it nothing is kept open: what was asked by today's names closes.
void TestRenamedQuestions::closesWhatWasAsked()
{
    QFETCH(QString, open);
    QFETCH(QString, untold);
    QFETCH(bool, isClosed);
    const std::vector<RouteSample> questions{asking(kInvoices), asking(kNotes)};
    Judged judged{.outcome = Outcome::Pass};
    if (!untold.isEmpty())
        noteUnseen({{.subject = untold, .isExact = true}}, judged.observed);
    keepRenamed(judged, renamedQuestions(questions, {open}), {findingOf(open)});
    QCOMPARE(closes(judged, open), isClosed);
    for (const RouteSample &one : questions) {
        const QString name = questionName(one);
        QCOMPARE(closes(judged, name), name != untold);
    }
    QVERIFY(closes(judged, open + u" other"_s));
}

QTEST_GUILESS_MAIN(TestRenamedQuestions)
#include "tst_renamedquestions.moc"
