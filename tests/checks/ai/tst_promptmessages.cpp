#include "checks/ai/jsontree.h"
#include "checks/ai/promptmessages.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<size_t>(bytes.size())};
}

} // namespace

class PromptMessagesTest : public QObject
{
    Q_OBJECT

private slots:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("expected"); // role@line:text
        QTest::newRow("OpenAI") << QByteArray("{\"messages\":[{\"role\":\"system\",\"content\":\"s\"},"
                                              "{\"role\":\"user\",\"content\":\"u\"},"
                                              "{\"content\":\"a\",\"role\":\"assistant\"}]}")
                                << u"system@1:s user@1:u assistant@1:a"_s;
        QTest::newRow("developer") << QByteArray("{\"role\":\"developer\",\"content\":\"s\"}") << u"system@1:s"_s;
        QTest::newRow("lines") << QByteArray("{\"role\":\"user\",\"content\":\"u\"}\n\n{\"role\":\"tool\",\"content\":"
                                             "\"t\"}\n")
                               << u"user@1:u tool@3:t"_s;
        QTest::newRow("parts") << QByteArray("{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"u\"},"
                                             "{\"type\":\"tool_result\",\"tool_use_id\":\"x\",\"content\":\"t\"}]}")
                               << u"user@1:u tool@1:t"_s;
        QTest::newRow("call of a tool")
            << QByteArray(
                   "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"type\":\"function\",\"function\":"
                   "{\"name\":\"f\",\"arguments\":\"{\\\"q\\\":1}\"}}]}")
            << u"assistant@1:f assistant@1:{\"q\":1}"_s;
        QTest::newRow("Anthropic") << QByteArray(
                                          "{\"system\":\"s\",\"messages\":[{\"role\":\"user\",\"content\":\"u\"}]}")
                                   << u"system@1:s user@1:u"_s;
        QTest::newRow("export of ChatGPT")
            << QByteArray("[{\"title\":\"x\",\"mapping\":{\"n1\":{\"message\":{\"author\":{\"role\":\"user\"},"
                          "\"content\":{\"content_type\":\"text\",\"parts\":[\"u\"]}}}}}]")
            << u"unknown@1:x user@1:u"_s;
        QTest::newRow("export of Claude")
            << QByteArray("[{\"name\":\"x\",\"chat_messages\":[{\"sender\":\"human\",\"text\":\"u\"},"
                          "{\"sender\":\"assistant\",\"text\":\"a\"}]}]")
            << u"unknown@1:x user@1:u assistant@1:a"_s;
        QTest::newRow("ShareGPT") << QByteArray("{\"conversations\":[{\"from\":\"human\",\"value\":\"u\"},"
                                                "{\"from\":\"gpt\",\"value\":\"a\"}]}")
                                  << u"user@1:u assistant@1:a"_s;
        QTest::newRow("prompt and completion")
            << QByteArray("{\"prompt\":\"u\",\"completion\":\"a\"}") << u"user@1:u assistant@1:a"_s;
        QTest::newRow("over several lines")
            << QByteArray(
                   "[\n {\"role\":\"user\",\n  \"content\":\"u\"},\n {\"role\":\"assistant\",\"content\":\"a\"}\n]")
            << u"user@3:u assistant@4:a"_s;
        QTest::newRow("escapes") << QByteArray("{\"role\":\"user\",\"content\":\"a\\nb \\u00e9\"}")
                                 << u"user@1:a\nb \u00e9"_s;
        QTest::newRow("escaped quotes and slashes")
            << QByteArray("{\"role\":\"user\",\"content\":\"a \\\"b\\\" \\\\\",\"x\":\"\\\\\\\"\"}")
            << u"user@1:a \"b\" \\ user@1:\\\""_s;
        QTest::newRow("text with speakers") << QByteArray("System: s\nUser: u\nmore\nAssistant: a")
                                            << u"system@1:System: s user@2:User: u\nmore assistant@4:Assistant: a"_s;
        QTest::newRow("an empty line in what one says")
            << QByteArray("User: my key is\n\nabc\n\nAI: a\n") << u"user@1:User: my key is\n\nabc assistant@5:AI: a"_s;
        QTest::newRow("text without") << QByteArray("\nYou are a bot.\nA\n\nBe kind.\n\n")
                                      << u"unknown@2:You are a bot.\nA\n\nBe kind. x3"_s;
        QTest::newRow("JSON between") << QByteArray("User: u\n{\"role\":\"tool\",\"content\":\"t\"}\nmore")
                                      << u"user@1:User: u tool@2:t user@3:more"_s;
        QTest::newRow("empty lines alone") << QByteArray("\n \n") << QString();
        QTest::newRow("broken JSON is text") << QByteArray("{\"role\":\"user\"") << u"unknown@1:{\"role\":\"user\""_s;
        QTest::newRow("empty") << QByteArray() << QString();
    }

    void reads()
    {
        QFETCH(QByteArray, file);
        QStringList said;
        readPromptMessages(viewOf(file), [&said](const PromptMessage &message) {
            said << toWord(message.role) + u'@' + QString::number(message.line) + u':' +
                        QString::fromUtf8(message.text.data(), static_cast<qsizetype>(message.text.size())) +
                        (message.count > 1 ? u" x%1"_s.arg(message.count) : QString());
            return true;
        });
        QTEST(said.join(u' '), "expected");
    }

    void endsWhenNoMoreAreWanted_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::newRow("JSON") << QByteArray("[\"a\",[\"b\",{\"x\":\"c\"}],\"d\"]");
        QTest::newRow("lines of JSON") << QByteArray("[\"a\"]\n[\"b\"]\n[\"c\"]\n");
        QTest::newRow("text") << QByteArray("User: a\nAI: b\nUser: c\n");
    }

    void endsWhenNoMoreAreWanted()
    {
        QFETCH(QByteArray, file);
        int count = 0;
        readPromptMessages(viewOf(file), [&count](const PromptMessage &) { return ++count < 2; });
        QCOMPARE(count, 2);
    }

    void parsesJson_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("expected");
        QTest::newRow("object") << QByteArray("{\"a\":[1,true,null,\"x\"],\"b\":{}}") << true;
        QTest::newRow("blanks around") << QByteArray(" [ ] \n") << true;
        QTest::newRow("more behind") << QByteArray("{} {}") << false;
        QTest::newRow("cut off") << QByteArray("{\"a\":\"b") << false;
        QTest::newRow("cut off in an escape") << QByteArray("[\"\\") << false;
        QTest::newRow("cut off behind one") << QByteArray("[\"\\\"]") << false;
        QTest::newRow("no comma") << QByteArray("[1 2]") << false;
        QTest::newRow("no colon") << QByteArray("{\"a\" 1}") << false;
        QTest::newRow("word") << QByteArray("[yes]") << false;
        QTest::newRow("nothing") << QByteArray() << false;
        QTest::newRow("deep enough") << QByteArray(JsonTree::kDeepest, '[') + QByteArray(JsonTree::kDeepest, ']')
                                     << true;
        QTest::newRow("too deep") << QByteArray(100'000, '[') + QByteArray(100'000, ']') << false;
    }

    void parsesJson()
    {
        QFETCH(QByteArray, text);
        QTEST(JsonTree::parse(viewOf(text)).has_value(), "expected");
    }
};

QTEST_GUILESS_MAIN(PromptMessagesTest)
#include "tst_promptmessages.moc"
