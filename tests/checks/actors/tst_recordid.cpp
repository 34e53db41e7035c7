#include "checks/actors/recordid.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class RecordIdTest : public QObject
{
    Q_OBJECT

private slots:
    void tellsKinds_data()
    {
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("guessing");
        const auto row = [](const char *name, const QString &value, const QString &kind, Guessing guessing) {
            QTest::newRow(name) << value << kind << static_cast<int>(guessing);
        };
        row("number", u"17"_s, u"integer"_s, Guessing::Counting);
        row("snowflake", u"175928847299117063"_s, u"integer"_s, Guessing::Narrowing);
        row("uuid 1", u"c232ab00-9414-11ec-b3c8-9f6bdeced846"_s, u"uuid_time"_s, Guessing::Narrowing);
        row("uuid 6", u"1ec9414c-232a-6b00-b3c8-9f6bdeced846"_s, u"uuid_time"_s, Guessing::Narrowing);
        row("uuid 4", u"919108f7-52d1-4320-9bac-f847db4148a8"_s, u"uuid_random"_s, Guessing::Hopeless);
        row("uuid 4 in capitals", u"919108F7-52D1-4320-9BAC-F847DB4148A8"_s, u"uuid_random"_s, Guessing::Hopeless);
        row("uuid 5", u"2ed6657d-e927-568b-95e1-2665a8aea6a2"_s, u"uuid_name"_s, Guessing::Words);
        row("uuid 7", u"017f22e2-79b0-7cc3-98c4-dc0c0c07398f"_s, u"uuid_time_random"_s, Guessing::Hopeless);
        row("object id", u"507f1f77bcf86cd799439011"_s, u"object_id"_s, Guessing::Narrowing);
        row("ulid", u"01ARZ3NDEKTSV4RRFFQ69G5FAV"_s, u"ulid"_s, Guessing::Hopeless);
        row("word and number", u"INV-2026-0042"_s, u"numbered"_s, Guessing::Counting);
        row("prefixed", u"cus_NffrFeUfNV2Hib"_s, u"prefixed"_s, Guessing::Hopeless);
        row("global id in base64", u"SW52b2ljZToxNw=="_s, u"encoded"_s, Guessing::Counting);
        row("global id without padding", u"SW52b2ljZToxNw"_s, u"encoded"_s, Guessing::Counting);
        row("global id of a uuid",
            QString::fromLatin1(QByteArray("Note:919108f7-52d1-4320-9bac-f847db4148a8").toBase64()), u"encoded"_s,
            Guessing::Hopeless);
        row("gid", u"gid://shop/Order/17"_s, u"encoded"_s, Guessing::Counting);
        row("short", u"jR8x2"_s, u"short"_s, Guessing::Narrowing);
        row("token", u"V1StGXR8_Z5jdHi6B-myT"_s, u"token"_s, Guessing::Hopeless);
        row("slug", u"my-second-shop"_s, u"slug"_s, Guessing::Words);
    }

    void tellsKinds()
    {
        QFETCH(QString, value);
        QFETCH(QString, kind);
        QFETCH(int, guessing);
        const auto found = idKindOf(value);
        QVERIFY(found);
        QCOMPARE(toWord(*found), kind);
        QCOMPARE(static_cast<int>(guessingOf(*found, value)), guessing);
        QVERIFY(!describeGuessing(*found, value).isEmpty());
    }

    void leavesOutWhatIsNoId_data()
    {
        QTest::addColumn<QString>("value");
        QTest::newRow("empty") << QString();
        QTest::newRow("word") << u"invoices"_s;
        QTest::newRow("word of four letters that base64 could be") << u"user"_s;
        QTest::newRow("date") << u"2026-11-29"_s;
        QTest::newRow("time") << u"2026-11-29T10:00:00Z"_s;
        QTest::newRow("sentence") << u"Paid in full"_s;
        QTest::newRow("mail") << u"ann@acme.test"_s;
        QTest::newRow("amount") << u"12.50"_s;
        QTest::newRow("uuid of nobody") << u"00000000-0000-0000-0000-000000000000"_s;
        QTest::newRow("month") << u"Nov-2026"_s;
    }

    void leavesOutWhatIsNoId()
    {
        QFETCH(QString, value);
        QVERIFY2(!idKindOf(value), qPrintable(value));
    }

    void decodes_data()
    {
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("expected"); // resource id, or nothing
        QTest::newRow("relay") << u"SW52b2ljZToxNw=="_s << u"invoice 17"_s;
        QTest::newRow("plural") << QString::fromLatin1(QByteArray("orders/5").toBase64()) << u"order 5"_s;
        QTest::newRow("number alone") << u"MTc="_s << u" 17"_s;
        QTest::newRow("twice") << QString::fromLatin1(QByteArray("Invoice:17").toBase64().toBase64())
                               << u"invoice 17"_s;
        QTest::newRow("for addresses") << QString::fromLatin1(
                                              QByteArray("Ab?x:17").toBase64(QByteArray::Base64UrlEncoding))
                                       << QString();
        QTest::newRow("a sentence in base64") << QString::fromLatin1(QByteArray("hello world").toBase64()) << QString();
        QTest::newRow("a word") << u"customer"_s << QString();
        QTest::newRow("number") << u"1234"_s << QString();
    }

    void decodes()
    {
        QFETCH(QString, value);
        QFETCH(QString, expected);
        const auto decoded = decodedId(value);
        QCOMPARE(decoded ? decoded->resource + u' ' + decoded->id : QString(), expected);
    }

    void makesTheSameShape()
    {
        QCOMPARE(encodedLike(u"SW52b2ljZToxNw=="_s, u"18"_s), u"SW52b2ljZToxOA=="_s);
        QCOMPARE(encodedLike(u"SW52b2ljZToxNw"_s, u"18"_s), u"SW52b2ljZToxOA"_s);
        QCOMPARE(encodedLike(u"gid://shop/Order/17"_s, u"18"_s), u"gid://shop/Order/18"_s);
        QCOMPARE(encodedLike(u"17"_s, u"18"_s), QString());
    }

    void namesNeighbours_data()
    {
        QTest::addColumn<QString>("value");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("number") << u"17"_s << QStringList{u"16"_s, u"18"_s};
        QTest::newRow("first") << u"1"_s << QStringList{u"2"_s, u"3"_s};
        QTest::newRow("with zeros") << u"INV-0042"_s << QStringList{u"INV-0041"_s, u"INV-0043"_s};
        QTest::newRow("encoded") << u"SW52b2ljZToxNw=="_s << QStringList{u"SW52b2ljZToxNg=="_s, u"SW52b2ljZToxOA=="_s};
        QTest::newRow("random") << u"919108f7-52d1-4320-9bac-f847db4148a8"_s << QStringList{};
        QTest::newRow("snowflake") << u"175928847299117063"_s << QStringList{};
    }

    void namesNeighbours()
    {
        QFETCH(QString, value);
        QFETCH(QStringList, expected);
        QCOMPARE(neighboursOf(value), expected);
    }

    void makesSingulars_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("expected");
        QTest::newRow("s") << u"Invoices"_s << u"invoice"_s;
        QTest::newRow("ies") << u"companies"_s << u"company"_s;
        QTest::newRow("sses") << u"addresses"_s << u"address"_s;
        QTest::newRow("ss") << u"address"_s << u"address"_s;
        QTest::newRow("us") << u"status"_s << u"status"_s;
        QTest::newRow("xes") << u"boxes"_s << u"box"_s;
        QTest::newRow("singular") << u"note"_s << u"note"_s;
    }

    void makesSingulars()
    {
        QFETCH(QString, word);
        QFETCH(QString, expected);
        QCOMPARE(singularOf(word), expected);
    }
};

QTEST_GUILESS_MAIN(RecordIdTest)
#include "tst_recordid.moc"
