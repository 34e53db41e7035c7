// Who can read the code: from the answer that is kept, and back.
#include "models/codeaudience.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestCodeAudience : public QObject
{
    Q_OBJECT

private slots:
    void readsWhatIsKept_data()
    {
        QTest::addColumn<bool>("isKept");
        QTest::addColumn<int>("value");
        QTest::addColumn<int>("expected");
        const auto row = [](const char *name, bool isKept, AnswerValue value, CodeAudience expected) {
            QTest::newRow(name) << isKept << static_cast<int>(value) << static_cast<int>(expected);
        };
        row("nobody was asked", false, AnswerValue::Holds, CodeAudience::NotSaid);
        row("public", true, AnswerValue::Holds, CodeAudience::Public);
        row("the team", true, AnswerValue::DoesNotHold, CodeAudience::Team);
        row("a word of another program", true, AnswerValue::NotApplicable, CodeAudience::NotSaid);
    }

    void readsWhatIsKept()
    {
        QFETCH(bool, isKept);
        QFETCH(int, value);
        Answer answer;
        answer.value = static_cast<AnswerValue>(value);
        std::map<QString, Answer> answers{{u"secrets.tree"_s, Answer()}}; // another question
        if (isKept)
            answers.emplace(codeAudienceSubject(), answer);
        QTEST(static_cast<int>(codeAudienceOf(answers)), "expected");
    }

    void keepsWhatIsSaid()
    {
        const QDateTime at(QDate(2026, 11, 30), QTime(10, 0), Qt::UTC);
        for (const CodeAudience audience : {CodeAudience::Team, CodeAudience::Public}) {
            const Answer answer = codeAudienceAnswer(audience, at);
            QCOMPARE(answer.subject, codeAudienceSubject());
            QCOMPARE(answer.answeredAt, at);
            QCOMPARE(answer.text, labelOf(audience));
            QVERIFY(codeAudienceOf({{answer.subject, answer}}) == audience);
        }
    }
};

QTEST_GUILESS_MAIN(TestCodeAudience)
#include "tst_codeaudience.moc"
