// What may hold secrets is overwritten before its memory is given back, and what belongs to somebody else as well is
// not.
#include "models/wipedtext.h"

#include <QTest>

#include <algorithm>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestWipedText : public QObject
{
    Q_OBJECT

private slots:
    void leavesNothingOfItsOwn()
    {
        QString text = u"a password"_s.repeated(3);
        wipe(text);
        QVERIFY(text.isEmpty());
        QByteArray bytes = QByteArray("a password").repeated(3);
        wipe(bytes);
        QVERIFY(bytes.isEmpty());
    }

    // Qt takes off a front by moving the beginning: the room before it has the text still, and is ours to its last
    // byte.
    void overwritesAllOfItsRoom()
    {
        QString text = u"the head of a password and its end"_s.repeated(3);
        text.remove(0, 9);
        const QChar *begin = text.constData() - text.data_ptr().freeSpaceAtBegin();
        QVERIFY(begin < text.constData());
        QCOMPARE(*begin, u't');
        overwrite(text);
        QVERIFY(std::all_of(begin, begin + text.capacity(), [](QChar c) { return c.isNull(); }));
        QByteArray bytes = QByteArray("the head of a password and its end").repeated(3);
        bytes.remove(0, 9);
        const char *start = bytes.constData() - bytes.data_ptr().freeSpaceAtBegin();
        QVERIFY(start < bytes.constData());
        overwrite(bytes);
        QVERIFY(std::all_of(start, start + bytes.capacity(), [](char c) { return c == '\0'; }));
        wipe(text); // under AddressSanitizer: no byte beyond the room
        wipe(bytes);
        QVERIFY(text.isEmpty() && bytes.isEmpty());
    }

    // The clipboard's text is shared by whoever reads it.
    void leavesWhatIsShared()
    {
        const QString text = u"a password"_s.repeated(3);
        QString copy = text;
        wipe(copy);
        QVERIFY(copy.isEmpty());
        QCOMPARE(text, u"a password"_s.repeated(3));
        const QByteArray bytes = QByteArray("a password").repeated(3);
        QByteArray same = bytes;
        wipe(same);
        QVERIFY(same.isEmpty());
        QCOMPARE(bytes, QByteArray("a password").repeated(3));
    }

    void leavesLiteralsAndNothing()
    {
        QString literal = u"a password"_s;
        wipe(literal);
        QCOMPARE(u"a password"_s.size(), 10);
        QByteArray rawBytes = QByteArray::fromRawData("a password", 10);
        wipe(rawBytes);
        QString none;
        wipe(none);
        QVERIFY(none.isEmpty() && literal.isEmpty() && rawBytes.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestWipedText)
#include "tst_wipedtext.moc"
