#include "checks/values/cardnumber.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

// With the last digit that makes it pass Luhn. Nobody's: the digits between are of the test alone.
std::string numbered(std::string digits)
{
    int sum = 0;
    bool isDoubled = true;
    for (size_t i = digits.size(); i-- > 0; isDoubled = !isDoubled) {
        const int value = (digits[i] - '0') * (isDoubled ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
    }
    return digits + static_cast<char>('0' + (10 - sum % 10) % 10);
}

QByteArray card(const char *withoutLast)
{
    return QByteArray::fromStdString(numbered(withoutLast));
}

QByteArray inGroups(const QByteArray &digits, std::initializer_list<int> sizes, char separator)
{
    QByteArray text;
    qsizetype at = 0;
    for (const int size : sizes) {
        text += (at > 0 ? QByteArray(1, separator) : QByteArray()) + digits.mid(at, size);
        at += size;
    }
    return text;
}

// "real" and "test", in their order.
QString said(const QByteArray &text)
{
    QStringList words;
    for (const CardFound &found : cardsIn({text.constData(), static_cast<size_t>(text.size())}))
        words << (found.isTest ? u"test"_s : u"real"_s);
    return words.join(u' ');
}

} // namespace

class CardNumberTest : public QObject
{
    Q_OBJECT

private slots:
    void finds_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        const QByteArray visa = card("453201511283036");
        QTest::newRow("visa") << visa << u"real"_s;
        QTest::newRow("visa of 13, called a card") << "card " + card("453201511283") << u"real"_s;
        QTest::newRow("13 digits that nothing calls a card") << card("453201511283") << QString();
        QTest::newRow("behind a plus") << '+' + visa << QString();
        QTest::newRow("visa of 14: none are issued") << card("4532015112830") << QString();
        QTest::newRow("wrong last digit") << visa.chopped(1) + (visa.endsWith('6') ? "7" : "6") << QString();
        QTest::newRow("groups of four with blanks") << inGroups(visa, {4, 4, 4, 4}, ' ') << u"real"_s;
        QTest::newRow("groups with hyphens") << inGroups(visa, {4, 4, 4, 4}, '-') << u"real"_s;
        QTest::newRow("two kinds of separators")
            << inGroups(visa, {4, 4}, ' ').left(9) + "-" + visa.mid(8, 4) + "-" + visa.mid(12) << QString();
        QTest::newRow("groups that no card has") << inGroups(visa, {8, 8}, ' ') << QString();
        QTest::newRow("double blanks") << visa.left(4) + "  " + visa.mid(4, 4) + "  " + visa.mid(8) << QString();
        QTest::newRow("mastercard, first of the new range") << card("222100000000001") << u"real"_s;
        QTest::newRow("mastercard, before the new range") << card("222000000000001") << QString();
        QTest::newRow("mastercard, last of the new range") << card("272099999999991") << u"real"_s;
        QTest::newRow("mastercard, behind the new range") << card("272100000000001") << QString();
        QTest::newRow("mastercard 55") << card("551234567890123") << u"real"_s;
        QTest::newRow("56 is nobody's") << card("561234567890123") << QString();
        QTest::newRow("amex") << card("37123456789012") << u"real"_s;
        QTest::newRow("amex grouped") << inGroups(card("37123456789012"), {4, 6, 5}, ' ') << u"real"_s;
        QTest::newRow("amex with 16 digits") << card("371234567890123") << QString();
        QTest::newRow("discover 622126") << card("622126012345678") << u"real"_s;
        QTest::newRow("discover 644") << card("644123456789012") << u"real"_s;
        QTest::newRow("643 is nobody's") << card("643123456789012") << QString();
        QTest::newRow("diners") << card("3612345678901") << u"real"_s;
        QTest::newRow("diners 306: not issued") << card("3061234567890") << QString();
        QTest::newRow("jcb 3528") << card("352812345678901") << u"real"_s;
        QTest::newRow("jcb 3527: before the range") << card("352712345678901") << QString();
        QTest::newRow("unionpay of 19, called a card") << "card=" + card("620012345678901234") << u"real"_s;
        QTest::newRow("19 digits that nothing calls a card") << "seq " + card("620012345678901234") << QString();
        QTest::newRow("20 digits") << "card " + card("6200123456789012345") << QString();
        QTest::newRow("known test number") << QByteArray("4242") + "424242424242" << u"test"_s;
        QTest::newRow("test number in groups")
            << inGroups(QByteArray("4242") + "424242424242", {4, 4, 4, 4}, ' ') << u"test"_s;
        QTest::newRow("digits of one kind") << QByteArray(16, '4') << QString();
        QTest::newRow("milliseconds since 1970") << QByteArray("1764412800000") << QString();
        QTest::newRow("after id=") << "id=" + visa << QString();
        QTest::newRow("JSON member that ends in id") << "{\"order_id\":\"" + visa + "\"}" << QString();
        QTest::newRow("JSON member of a card") << "{\"number\":\"" + visa + "\"}" << u"real"_s;
        QTest::newRow("a word that ends in id, far away") << "paid in full " + visa << u"real"_s;
        QTest::newRow("hexadecimal before") << "a" + visa << QString();
        QTest::newRow("hexadecimal behind") << visa + "f" << QString();
        QTest::newRow("part of a UUID") << "9c1b-" + visa << QString();
        QTest::newRow("fraction") << "0." + visa << QString();
        QTest::newRow("end of a sentence") << "It was " + visa + "." << u"real"_s;
        QTest::newRow("name and colon") << "card:" + visa << u"real"_s;
        QTest::newRow("two in one line") << visa + ", " + card("551234567890123") << u"real real"_s;
        QTest::newRow("masked") << visa.left(6) + "******" + visa.right(4) << QString();
        QTest::newRow("none") << QByteArray("nothing here") << QString();
    }

    void finds()
    {
        QFETCH(QByteArray, text);
        QTEST(said(text), "expected");
    }

    // The ranges and lengths that the schemes issue (ISO/IEC 7812): each edge, the number before and the one behind it,
    // and each length from 13 to 19.
    void knowsRanges_data()
    {
        QTest::addColumn<QString>("prefix");
        QTest::addColumn<QList<int>>("lengths"); // that are issued
        const auto row = [](const char *prefix, QList<int> lengths) {
            QTest::newRow(prefix) << QString::fromLatin1(prefix) << lengths;
        };
        const QList<int> visa{13, 16, 19};
        const QList<int> sixteenAndMore{16, 17, 18, 19};
        const QList<int> diners{14, 16};
        const QList<int> none;
        row("4", visa);
        row("49", visa);
        row("50", none);
        row("51", {16});
        row("55", {16});
        row("56", none);
        row("2220", none);
        row("2221", {16});
        row("2720", {16});
        row("2721", none);
        row("33", none);
        row("34", {15});
        row("37", {15});
        row("299", none);
        row("300", diners);
        row("305", diners);
        row("306", none);
        row("36", {14});
        row("38", diners);
        row("39", diners);
        row("3527", none);
        row("3528", sixteenAndMore); // JCB
        row("3589", sixteenAndMore);
        row("3590", none);
        row("6010", none);
        row("6011", sixteenAndMore); // Discover
        row("6012", none);
        row("643", none);
        row("644", sixteenAndMore);
        row("649", sixteenAndMore);
        row("65", sixteenAndMore);
        row("66", none);
        row("61", none);
        row("62", sixteenAndMore); // UnionPay, of which Discover takes 622126 to 622925
        row("622125", sixteenAndMore);
        row("622126", sixteenAndMore);
        row("622925", sixteenAndMore);
        row("622926", sixteenAndMore);
        row("63", none);
        row("1", none);
        row("7", none);
    }

    void knowsRanges()
    {
        QFETCH(QString, prefix);
        QFETCH(QList<int>, lengths);
        const std::string start = prefix.toStdString();
        for (int length = 12; length <= 20; ++length) {
            std::string digits = start;
            while (static_cast<int>(digits.size()) < length - 1)
                digits += static_cast<char>('0' + (digits.size() * 7 + 3) % 10);
            // Called a card, for else 13 digits and 17 and more are taken for something else.
            const std::string whole = numbered(digits);
            const QByteArray right = QByteArray::fromStdString("card " + whole);
            const QString expected = lengths.contains(length) ? u"real"_s : QString();
            QVERIFY2(said(right) == expected, qPrintable(u"%1 with %2 digits"_s.arg(prefix).arg(length)));
            // Of the ten last digits one passes Luhn.
            for (char last = '0'; last <= '9'; ++last) {
                if (last != whole.back())
                    QCOMPARE(said(right.chopped(1) + last), QString());
            }
        }
    }
};

QTEST_GUILESS_MAIN(CardNumberTest)
#include "tst_cardnumber.moc"
