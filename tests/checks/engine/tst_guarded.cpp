// Whatever a library throws, whoever waits gets an answer.
#include "checks/engine/guarded.h"

#include <QTest>

#include <functional>
#include <stdexcept>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestGuarded : public QObject
{
    Q_OBJECT

private slots:
    void handsBackWhatCame();
    void turnsWhatIsThrownIntoAnError_data();
    void turnsWhatIsThrownIntoAnError();
};

void TestGuarded::handsBackWhatCame()
{
    QCOMPARE(guarded([]() -> Result<int> { return 7; }).value(), 7);
    const Result<int> refused = guarded([]() -> Result<int> { return failure(ErrorKind::NotFound, u"No."_s); });
    QCOMPARE(refused.error(), (Error{ErrorKind::NotFound, u"No."_s}));
}

using Work = std::function<Result<int>()>;
Q_DECLARE_METATYPE(Work)

void TestGuarded::turnsWhatIsThrownIntoAnError_data()
{
    QTest::addColumn<Work>("work");
    QTest::addColumn<QString>("detail");
    QTest::newRow("an exception") << Work([]() -> Result<int> { throw std::runtime_error("out of sockets"); })
                                  << u"out of sockets"_s;
    QTest::newRow("anything else") << Work([]() -> Result<int> { throw 7; }) << QString();
}

void TestGuarded::turnsWhatIsThrownIntoAnError()
{
    QFETCH(Work, work);
    const Result<int> answer = guarded(work);
    QVERIFY(!answer);
    QVERIFY(!answer.error().message.isEmpty());
    QTEST(answer.error().detail, "detail");
}

QTEST_GUILESS_MAIN(TestGuarded)
#include "tst_guarded.moc"
