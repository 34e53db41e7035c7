#include "checks/secrets/logread/linefeed.h"
#include "checks/secrets/logread/logcollector.h"
#include "checks/secrets/settings/settingsfile.h"
#include "tests/checks/secrets/smallrules.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QDateTime kNow(QDate(2026, 11, 29), QTime(10, 0), Qt::UTC);

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<size_t>(bytes.size())};
}

// Words that are nothing, so that what is behind them begins at `size`.
QByteArray words(qsizetype size)
{
    return QByteArray("word ").repeated(size / 5 + 1).right(size);
}

// "card:1 email:2|1/0": the kinds, then the open and the hidden fields.
QString foundIn(const QByteArray &text, qsizetype step)
{
    LogCollector collector(KnownFinder({}, {}), kNow, false);
    collector.begin(u"app.log"_s);
    LineFeed feed([&collector](const LinePiece &piece) { collector.add(piece); });
    for (qsizetype at = 0; at < text.size(); at += step)
        feed.feed(viewOf(text.mid(at, step)));
    feed.finish();
    collector.end({}, feed.lines());
    const LogDigest digest = collector.take();
    QStringList said;
    for (const auto &[kind, seen] : digest.kinds)
        said << toWord(kind) + u':' + QString::number(seen.count);
    return said.join(u' ') + u'|' + QString::number(digest.fields.open) + u'/' + QString::number(digest.fields.hidden);
}

// With signs that URL encoding changes.
QByteArray value()
{
    return QByteArray::fromStdString(test::noise(10, 5) + "+/" + test::noise(9, 6));
}

// "plain:1": the forms of the known value, and how often.
QString knownIn(const QByteArray &text, qsizetype step)
{
    const QByteArray key(32, 'k');
    const QByteArray settings = "API_TOKEN=" + value() + '\n';
    KnownFinder finder(knownValuesIn(env::readSettings(viewOf(settings), u".env"_s, env::FileRole::Settings), key),
                       key);
    LogCollector collector(std::move(finder), kNow, false);
    collector.begin(u"build.log"_s);
    LineFeed feed([&collector](const LinePiece &piece) { collector.add(piece); });
    for (qsizetype at = 0; at < text.size(); at += step)
        feed.feed(viewOf(text.mid(at, step)));
    feed.finish();
    collector.end({}, feed.lines());
    QStringList said;
    for (const KnownSeen &seen : collector.take().known)
        said << toWord(seen.form) + u':' + QString::number(seen.count);
    return said.join(u' ');
}

// As words(), with nothing in it that a piece would end behind: it ends wherever it is full, in a word as well.
QByteArray closeWords(qsizetype size)
{
    return (QByteArray(199, 'x') + '"').repeated(size / 200 + 1).right(size);
}

QByteArray spaced(const QByteArray &text)
{
    QByteArray letters;
    for (const char c : text)
        letters += QByteArray(letters.isEmpty() ? 0 : 1, ' ') + c;
    return letters;
}

} // namespace

class LineFeedTest : public QObject
{
    Q_OBJECT

private slots:
    // Wherever in it a piece ends, it is found, and once.
    void tearsNothing_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        const auto key = QByteArray::fromStdString(test::noise(24, 3));
        QTest::newRow("a card") << QByteArray("4539 1488 0343 6467") << u"card:1|0/0"_s;
        QTest::newRow("an account") << QByteArray("DE89 3704 0044 0532 0130 00") << u"identity:1|0/0"_s;
        QTest::newRow("behind a colon") << QByteArray("password: Tulip7!x") << u"password:1|1/0"_s;
        QTest::newRow("in quotes") << QByteArray("\"password\": \"Tulip 7, and more\"") << u"password:1|1/0"_s;
        QTest::newRow("hidden") << QByteArray("\"password\": \"[REDACTED] \"") << u"|0/1"_s;
        QTest::newRow("a header") << "authorization: Bearer " + key << u"token:1|1/0"_s;
        QTest::newRow("cookies") << "cookie: theme=dark; sid=" + key + "; connect.sid=" + key
                                 << u"session_cookie:2|2/0"_s;
        QTest::newRow("an option") << QByteArray("mysql -u root -pTulip7 shop") << u"password:1|1/0"_s;
        QTest::newRow("a prompt") << "prompt: " + QByteArray("Write it well. ").repeated(20) << u"prompt:1|1/0"_s;
        QTest::newRow("several") << QByteArray("a@bc.de, b@bc.de, 203.0.113.7, 203.0.113.8, c@bc.de")
                                 << u"email:3 ip_address:2|0/0"_s;
        QTest::newRow("an account by its name") << QByteArray("iban: DE89370400440532013000") << u"identity:1|1/0"_s;
    }

    void tearsNothing()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, expected);
        QCOMPARE(foundIn(text, text.size()), expected);
        const auto piece = static_cast<qsizetype>(LineFeed::kLongestPiece);
        const qsizetype step = text.size() > 100 ? 7 : text.size() > 24 ? 2 : 1;
        for (qsizetype before = piece - text.size() - 2; before <= piece + 1; before += step) {
            const QByteArray line = words(before) + ' ' + text + ' ' + words(20);
            const QString found = foundIn(line, 64 << 10);
            QVERIFY2(found == expected, qPrintable(QString::number(before - piece) + u": "_s + found));
        }
    }

    // The same of a value of the settings, in each of its forms.
    void tearsNoKnownValue_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("plain") << value() << u"plain:1"_s;
        QTest::newRow("twice") << value() + ' ' + value() << u"plain:2"_s;
        QTest::newRow("given to a name, in an address")
            << "https://user:" + value().toPercentEncoding() + "@host/" << u"url_encoded:1"_s;
        QTest::newRow("base64") << value().toBase64() << u"base64:1"_s;
        QTest::newRow("hexadecimal") << value().toHex() << u"hex:1"_s;
        QTest::newRow("spaced") << '"' + spaced(value()) + '"' << u"spaced:1"_s;
        QTest::newRow("two words") << value().left(9) + ' ' + value().mid(9) << u"split:1"_s;
        QTest::newRow("three words") << value().left(6) + ' ' + value().mid(6, 6) + ' ' + value().mid(12)
                                     << u"split:1"_s;
        QTest::newRow("at the end of a long word")
            << QByteArray("id=1&").repeated(1200) + "token=" + value() << u"plain:1"_s;
        QTest::newRow("at its beginning") << "t=" + value() + QByteArray("&id=1").repeated(1200) << u"plain:1"_s;
        QTest::newRow("in a word that is too long") << "t=" + value() + QByteArray("&id=1").repeated(5000) << QString();
        QTest::newRow("half of it") << value().left(9) << QString();
        QTest::newRow("over the ends of two lines") << value().left(9) + '\n' + value().mid(9) << u"split:1"_s;
    }

    void tearsNoKnownValue()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, expected);
        QCOMPARE(knownIn(text, text.size()), expected);
        const auto piece = static_cast<qsizetype>(LineFeed::kLongestPiece);
        const qsizetype step = text.size() > 1000 ? 997 : text.size() > 30 ? 5 : 1;
        const bool isOfTwoLines = text.contains('\n');
        for (const auto &[edge, steps] : {std::pair(piece, step), {2 * piece, 7 * step}}) {
            for (qsizetype before = edge - text.size() - 2; before <= edge + 1; before += steps) {
                const QByteArray behind = isOfTwoLines ? QByteArray() : '"' + closeWords(20000);
                const QByteArray line = closeWords(before) + '"' + text + behind;
                const QString found = knownIn(line, 64 << 10);
                QVERIFY2(found == expected, qPrintable(QString::number(before - edge) + u": "_s + found));
            }
        }
    }

    // What a file leaves undecided at its end goes into no other one.
    void forgetsALineThatWasNotReadToItsEnd()
    {
        const QByteArray key(32, 'k');
        const QByteArray settings = "API_TOKEN=" + value() + '\n';
        KnownFinder finder(knownValuesIn(env::readSettings(viewOf(settings), u".env"_s, env::FileRole::Settings), key),
                           key);
        std::vector<KnownFound> found;
        finder.findIn(viewOf(value().left(9)), false, found);
        finder.dropLine();
        finder.findIn(viewOf(value().mid(9)), true, found);
        QCOMPARE(found.size(), size_t(0));
        finder.findIn(viewOf(value().left(9)), false, found);
        finder.findIn(viewOf(value().mid(9)), true, found);
        QCOMPARE(found.size(), size_t(1));
        QCOMPARE(found.front().form, ValueForm::Plain);
    }

    // Behind many pieces the places are still those of the file.
    void saysTheSameHoweverTheBytesCome()
    {
        const auto piece = static_cast<qsizetype>(LineFeed::kLongestPiece);
        QByteArray line;
        while (line.size() < 3 * piece)
            line += "mail anna@firm.io password: Tulip7!x card 4539 1488 0343 6467 ";
        const QString whole = foundIn(line + "\nlast", line.size() + 5);
        const qsizetype times = line.size() / 62;
        QCOMPARE(whole, u"password:%1 card:%1 email:%1|%1/0"_s.arg(times));
        QCOMPARE(foundIn(line + "\nlast", 4097), whole);
        QCOMPARE(foundIn(line + "\nlast", piece), whole);
    }
};

QTEST_GUILESS_MAIN(LineFeedTest)
#include "tst_linefeed.moc"
