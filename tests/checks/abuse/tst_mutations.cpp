#include "checks/abuse/fieldrules.h"
#include "checks/abuse/mutations.h"

#include <QJsonDocument>
#include <QTest>

#include <algorithm>
#include <set>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kNote =
    R"({"title":"LC-CANARY-abcdefghij23","level":3,"due":"2027-03-31","is_open":true,"tags":["a"]})";

MutationSource source(const QByteArray &body, const QByteArray &schema = {})
{
    return {.contentType = body.startsWith('{') ? "application/json" : "application/x-www-form-urlencoded",
            .body = body,
            .schema = QJsonDocument::fromJson(schema).object(),
            .ownText = u"LC-CANARY-abcdefghij23"_s};
}

const Mutation *find(const std::vector<Mutation> &all, const QString &kind, const QString &field)
{
    const auto it = std::ranges::find_if(
        all, [&](const Mutation &one) { return toWord(one.kind) == kind && one.field() == field; });
    return it == all.end() ? nullptr : &*it;
}

} // namespace

class TestMutations : public QObject
{
    Q_OBJECT

private slots:
    void changesOneThing_data();
    void changesOneThing();
    void followsTheSchema_data();
    void followsTheSchema();
    void sendsLargeOnesOnce();
    void beginsWithOneOfEachKind();
    void keepsTheTextWhereItCan();
    void marksEachBody();
    void ordersByRank();
    void takesOddBodies_data();
    void takesOddBodies();
    void countsFieldsBeyondItsMeasure_data();
    void countsFieldsBeyondItsMeasure();
};

void TestMutations::changesOneThing_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QByteArray>("expected"); // a part of the body that is sent
    QTest::addColumn<bool>("mustBeRefused");
    const QByteArray form = "memo=LC-CANARY-abcdefghij23&amount_cents=1250";
    QTest::newRow("number for text") << kNote << u"wrong_type"_s << u"title"_s << QByteArray("\"title\":17") << true;
    QTest::newRow("text for number") << kNote << u"wrong_type"_s << u"level"_s << QByteArray("\"level\":\"seventeen\"")
                                     << true;
    QTest::newRow("text for flag") << kNote << u"wrong_type"_s << u"is_open"_s << QByteArray("\"is_open\":\"perhaps\"")
                                   << true;
    QTest::newRow("text for list") << kNote << u"wrong_type"_s << u"tags"_s << QByteArray("\"tags\":\"no list\"")
                                   << true;
    QTest::newRow("flag for text") << kNote << u"wrong_flag"_s << u"title"_s << QByteArray("\"title\":true") << true;
    QTest::newRow("flag for number") << kNote << u"wrong_flag"_s << u"level"_s << QByteArray("\"level\":true") << true;
    QTest::newRow("number for flag") << kNote << u"wrong_number"_s << u"is_open"_s << QByteArray("\"is_open\":17")
                                     << true;
    QTest::newRow("number for list") << kNote << u"wrong_number"_s << u"tags"_s << QByteArray("\"tags\":17") << true;
    QTest::newRow("list for text") << kNote << u"wrong_list"_s << u"title"_s
                                   << QByteArray("\"title\":[\"LC-CANARY-abcdefghij23\"]") << true;
    QTest::newRow("list for number") << kNote << u"wrong_list"_s << u"level"_s << QByteArray("\"level\":[3]") << true;
    QTest::newRow("object for number") << kNote << u"wrong_object"_s << u"level"_s << QByteArray("\"level\":{\"lc\":3}")
                                       << true;
    QTest::newRow("object for flag") << kNote << u"wrong_object"_s << u"is_open"_s
                                     << QByteArray("\"is_open\":{\"lc\":true}") << true;
    QTest::newRow("zero") << kNote << u"zero"_s << u"level"_s << QByteArray("\"level\":0") << false;
    QTest::newRow("past 32 bits") << kNote << u"past_32_bits"_s << u"level"_s << QByteArray("\"level\":2147483648")
                                  << false;
    QTest::newRow("NaN as text") << kNote << u"nan_text"_s << u"level"_s << QByteArray("\"level\":\"NaN\"") << true;
    QTest::newRow("Infinity as text") << kNote << u"infinity_text"_s << u"level"_s
                                      << QByteArray("\"level\":\"Infinity\"") << true;
    QTest::newRow("NaN as it is") << kNote << u"nan_token"_s << u"level"_s << QByteArray("\"level\":NaN") << true;
    QTest::newRow("operator") << kNote << u"operator"_s << u"title"_s << QByteArray("\"title\":{\"$ne\":null}") << true;
    QTest::newRow("null") << kNote << u"null"_s << u"level"_s << QByteArray("\"level\":null") << false;
    QTest::newRow("empty") << kNote << u"empty"_s << u"title"_s << QByteArray("\"title\":\"\"") << false;
    QTest::newRow("empty date") << kNote << u"empty"_s << u"due"_s << QByteArray("\"due\":\"\"") << true;
    QTest::newRow("no date") << kNote << u"bad_format"_s << u"due"_s << QByteArray("2026-13-45") << true;
    QTest::newRow("negative, of what may be below zero")
        << kNote << u"negative"_s << u"level"_s << QByteArray("\"level\":-1") << false;
    QTest::newRow("negative amount") << QByteArray(R"({"amount":3})") << u"negative"_s << u"amount"_s
                                     << QByteArray("\"amount\":-1") << true;
    QTest::newRow("inexact") << kNote << u"huge_number"_s << u"level"_s << QByteArray("\"level\":9007199254740993")
                             << false;
    QTest::newRow("infinite") << kNote << u"infinite"_s << u"level"_s << QByteArray("\"level\":1e309") << false;
    QTest::newRow("quote") << kNote << u"quote"_s << u"title"_s << QByteArray("abcdefghij23'\"") << false;
    QTest::newRow("marks") << kNote << u"marks"_s << u"title"_s << QByteArray("<lcmark>lc7x{{7*7}}lc7x${7*7}") << false;
    QTest::newRow("NUL") << kNote << u"nul"_s << u"title"_s << QByteArray("abcdefghij23\\u0000") << false;
    QTest::newRow("surrogate") << kNote << u"surrogate"_s << u"title"_s << QByteArray("\"title\":\"\\ud800\"") << false;
    QTest::newRow("upwards") << kNote << u"path_up"_s << u"title"_s << QByteArray("abcdefghij23../../lc") << false;
    QTest::newRow("extra field") << kNote << u"extra_field"_s << u"lc_unexpected"_s
                                 << QByteArray("\"lc_unexpected\":\"LC-UNEXPECTED-7f3a\"") << true;
    QTest::newRow("prototype") << kNote << u"prototype"_s << u""_s << QByteArray("{\"__proto__\":null,\"due\"")
                               << false;
    QTest::newRow("doubled") << kNote << u"doubled_field"_s << u""_s << QByteArray(",\"due\":\"lc\"}") << false;
    QTest::newRow("comma") << kNote << u"trailing_comma"_s << u""_s << QByteArray(",}") << false;
    QTest::newRow("list") << kNote << u"list_body"_s << u""_s << QByteArray("[{\"due\"") << false;
    QTest::newRow("form for JSON") << kNote << u"form_body"_s << u""_s << QByteArray("level=3") << true;
    QTest::newRow("XML") << kNote << u"xml_body"_s << u""_s << QByteArray("<lc>LC-CANARY") << true;
    QTest::newRow("form, text for number")
        << form << u"wrong_type"_s << u"amount_cents"_s << QByteArray("amount_cents=seventeen") << true;
    QTest::newRow("form, NaN") << form << u"nan_text"_s << u"amount_cents"_s << QByteArray("amount_cents=NaN") << true;
    QTest::newRow("form, negative amount")
        << form << u"negative"_s << u"amount_cents"_s << QByteArray("amount_cents=-1") << true;
    QTest::newRow("form, quote") << form << u"quote"_s << u"memo"_s << QByteArray("abcdefghij23%27") << false;
    QTest::newRow("form, NUL") << form << u"nul"_s << u"memo"_s << QByteArray("abcdefghij23%00") << false;
    QTest::newRow("form, extra") << form << u"extra_field"_s << u"lc_unexpected"_s
                                 << QByteArray("&lc_unexpected=LC-UNEXPECTED-7f3a") << true;
    QTest::newRow("JSON for form") << form << u"json_body"_s << u""_s << QByteArray("\"amount_cents\":\"1250\"")
                                   << false;
}

void TestMutations::changesOneThing()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, kind);
    QFETCH(QString, field);
    QFETCH(QByteArray, expected);
    QFETCH(bool, mustBeRefused);
    const auto all = mutationsOf(source(body));
    const Mutation *found = find(all, kind, field);
    QVERIFY(found);
    QVERIFY2(found->body.contains(expected), found->body.left(300));
    QCOMPARE(found->mustBeRefused, mustBeRefused);
}

void TestMutations::followsTheSchema_data()
{
    QTest::addColumn<QByteArray>("schema");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QByteArray>("expected"); // empty: no such body
    QTest::addColumn<bool>("mustBeRefused");
    const auto of = [](const char *properties, const char *required = "") {
        return QByteArray(R"({"type":"object","properties":{)") + properties + R"(},"required":[)" + required + "]}";
    };
    QTest::newRow("maximum") << of(R"("level":{"type":"integer","minimum":1,"maximum":9})") << u"over_most"_s
                             << u"level"_s << QByteArray("\"level\":10") << true;
    QTest::newRow("minimum") << of(R"("level":{"type":"integer","minimum":1,"maximum":9})") << u"under_least"_s
                             << u"level"_s << QByteArray("\"level\":0") << true;
    QTest::newRow("no maximum") << of(R"("level":{"type":"integer"})") << u"over_most"_s << u"level"_s << QByteArray()
                                << false;
    QTest::newRow("below zero is declared")
        << of(R"("level":{"type":"integer","minimum":-5})") << u"negative"_s << u"level"_s << QByteArray("-1") << false;
    QTest::newRow("longest") << of(R"("title":{"type":"string","maxLength":30})") << u"over_longest"_s << u"title"_s
                             << QByteArray("abcdefghij23aaaaaaaaa\"") << true;
    QTest::newRow("int32") << of(R"("level":{"type":"integer","format":"int32"})") << u"past_32_bits"_s << u"level"_s
                           << QByteArray("\"level\":2147483648") << true;
    QTest::newRow("over zero") << of(R"("level":{"type":"integer","minimum":1})") << u"zero"_s << u"level"_s
                               << QByteArray("\"level\":0") << true;
    QTest::newRow("zero is declared") << of(R"("level":{"type":"integer","minimum":0})") << u"zero"_s << u"level"_s
                                      << QByteArray("\"level\":0") << false;
    QTest::newRow("no list in a list") << of("") << u"wrong_list"_s << u"tags"_s << QByteArray() << false;
    QTest::newRow("enum") << of(R"("title":{"type":"string","enum":["a","b"]})") << u"other_word"_s << u"title"_s
                          << QByteArray("\"title\":\"lc-other\"") << true;
    QTest::newRow("required") << of("", "\"level\"") << u"missing"_s << u"level"_s << QByteArray("\"is_open\"") << true;
    QTest::newRow("optional") << of("") << u"missing"_s << u"level"_s << QByteArray("\"is_open\"") << false;
    QTest::newRow("null for required") << of(R"("level":{"type":"integer"})", "\"level\"") << u"null"_s << u"level"_s
                                       << QByteArray("null") << true;
    QTest::newRow("null is declared") << of(R"("level":{"type":["integer","null"]})", "\"level\"") << u"null"_s
                                      << u"level"_s << QByteArray("null") << false;
    QTest::newRow("minLength") << of(R"("title":{"type":"string","minLength":2})") << u"empty"_s << u"title"_s
                               << QByteArray("\"title\":\"\"") << true;
    QTest::newRow("several types") << of(R"("level":{"type":["integer","string"]})") << u"over_most"_s << u"level"_s
                                   << QByteArray() << false;
}

void TestMutations::followsTheSchema()
{
    QFETCH(QByteArray, schema);
    QFETCH(QString, kind);
    QFETCH(QString, field);
    QFETCH(QByteArray, expected);
    QFETCH(bool, mustBeRefused);
    const auto all = mutationsOf(source(kNote, schema));
    const Mutation *found = find(all, kind, field);
    if (expected.isEmpty()) {
        QVERIFY(!found);
        return;
    }
    QVERIFY(found);
    QVERIFY2(found->body.contains(expected), found->body.left(300));
    QCOMPARE(found->mustBeRefused, mustBeRefused);
}

// A deep one and a long one, JSON both, where a huge one may be sent as well.
void TestMutations::sendsLargeOnesOnce()
{
    MutationSource large = source(kNote);
    for (const char *kind : {"huge_body", "vast_body", "deep_body", "many_items"})
        QVERIFY(!find(mutationsOf(large), QString::fromLatin1(kind), {}));
    large.withHugeBody = true;
    const auto all = mutationsOf(large);
    const Mutation *deep = find(all, u"deep_body"_s, {});
    const Mutation *many = find(all, u"many_items"_s, {});
    const Mutation *huge = find(all, u"huge_body"_s, {});
    const Mutation *vast = find(all, u"vast_body"_s, {});
    QVERIFY(deep && many && huge && vast);
    QVERIFY(huge < vast); // where the smaller one is refused, the larger one is not sent
    QVERIFY(vast->body.size() > kVastBody && QJsonDocument::fromJson(vast->body).isObject());
    QVERIFY(deep->body.contains(QByteArray(kDeepLevels, '[') + QByteArray(kDeepLevels, ']')));
    QCOMPARE(many->body.count("1,"), kManyItems - 1 + (kNote.contains("1,") ? kNote.count("1,") : 0));
    QVERIFY(!deep->mustBeRefused && !many->mustBeRefused);
    QVERIFY(QJsonDocument::fromJson(many->body).isObject());
}

void TestMutations::beginsWithOneOfEachKind()
{
    const auto all = mutationsOf(source(kNote));
    std::set<MutationKind> kinds;
    for (std::size_t i = 0; i < 8; ++i)
        kinds.insert(all.at(i).kind);
    QCOMPARE(kinds.size(), std::size_t(8));
    QCOMPARE(all.front().kind, MutationKind::WrongType);
    QVERIFY(all.front().field() != "title"_L1); // in which our own text stands
}

void TestMutations::keepsTheTextWhereItCan()
{
    for (const Mutation &one : mutationsOf(source(kNote))) {
        const bool losesIt =
            one.field() == "title"_L1 && (one.sent.isUndefined() || !one.sent.toString().contains("LC-CANARY"_L1));
        const bool isOtherBody = one.kind == MutationKind::EmptyBody || one.kind == MutationKind::OtherCharset;
        QVERIFY2(losesIt || isOtherBody || one.body.contains("LC-CANARY-abcdefghij23"), qPrintable(toWord(one.kind)));
    }
}

// A record that stays shows the bytes of the body before: only a mark of its own tells which body was kept.
void TestMutations::marksEachBody()
{
    MutationSource marked = source(kNote);
    marked.marksEach = true;
    std::set<QString> marks;
    int bodies = 0;
    for (const Mutation &one : mutationsOf(marked)) {
        if (!one.path.isEmpty() || one.sent.isUndefined())
            continue;
        ++bodies;
        marks.insert(one.sent.toString());
        QVERIFY(one.body.contains(one.sent.toString().toUtf8()));
    }
    QVERIFY(bodies > 5);
    QCOMPARE(int(marks.size()), bodies);
}

void TestMutations::ordersByRank()
{
    const auto all = mutationsOf(source(kNote));
    QVERIFY(std::ranges::is_sorted(all, {}, &Mutation::rank));
}

void TestMutations::takesOddBodies_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isUsable");
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("a list") << QByteArray("[1]") << false;
    QTest::newRow("broken") << QByteArray("{\"a\":") << false;
    QTest::newRow("nothing in it") << QByteArray("{}") << false;
    QTest::newRow("null in it") << QByteArray("{\"a\":null}") << true;
    QTest::newRow("deep") << QByteArray(R"({"a":{"b":{"c":{"d":{"e":1}}}}})") << true;
    QTest::newRow("a form of one name") << QByteArray("a") << true;
    QTest::newRow("many fields") << '{' + QByteArray(R"("a":1,"b":2,)").repeated(200) + R"("c":3})" << true;
}

void TestMutations::takesOddBodies()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, isUsable);
    MutationSource odd = source(body);
    if (body == "a")
        odd.contentType = "application/x-www-form-urlencoded";
    else
        odd.contentType = "application/json";
    odd.ownText.clear();
    const auto all = mutationsOf(odd);
    QCOMPARE(!all.empty(), isUsable);
    QVERIFY(all.size() < 700);
}

// What is beyond the measure is counted, in whichever form the body comes.
void TestMutations::countsFieldsBeyondItsMeasure_data()
{
    QTest::addColumn<bool>("isForm");
    QTest::addColumn<int>("fields");
    QTest::addColumn<int>("leftOut");
    const int most = static_cast<int>(kMostFieldRules);
    QTest::newRow("as many as are tried") << false << most << 0;
    QTest::newRow("one more") << false << most + 1 << 1;
    QTest::newRow("a form") << true << most << 0;
    QTest::newRow("a form of more") << true << most + 3 << 3;
}

void TestMutations::countsFieldsBeyondItsMeasure()
{
    QFETCH(bool, isForm);
    QFETCH(int, fields);
    QByteArrayList members;
    for (int i = 0; i < fields; ++i) {
        const QByteArray name = "f" + QByteArray::number(i);
        members.append(isForm ? name + "=1" : '"' + name + "\":1");
    }
    MutationSource many = source(isForm ? members.join('&') : '{' + members.join(',') + '}');
    many.contentType = isForm ? "application/x-www-form-urlencoded" : "application/json";
    QTEST(fieldsLeftOut(many), "leftOut");
    std::set<QString> tried;
    for (const Mutation &one : mutationsOf(many)) {
        if (one.path.size() == 1 && one.path.constFirst().startsWith(u'f'))
            tried.insert(one.path.constFirst());
    }
    QCOMPARE(static_cast<int>(tried.size()), std::min(fields, static_cast<int>(kMostFieldRules)));
}

QTEST_GUILESS_MAIN(TestMutations)
#include "tst_mutations.moc"
