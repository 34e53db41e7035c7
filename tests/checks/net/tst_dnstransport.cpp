// The DNS client over servers that are slow, silent, short or broken.
#include "dnsclientlab.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class DnsTransportTest : public QObject
{
    Q_OBJECT

private slots:
    void fetchesALongAnswerOverTcp();
    void saysWhenALongAnswerCannotBeFetched();
    void asksAgainWithoutEdns();
    void asksAgainAfterServFail();
    void keepsServFailWhenTheRepetitionIsSilent();
    void takesAnAuthoritativeServFailAsItIs();
    void timesOutWithinTheLimit();
    void repeatsALostQuestion();
    void tellsAClosedPortFromSilence();
    void takesTheNextResolver();
    void oneSilentAmongAHundredDelaysNobody();
    void doesNotWaitForEachQuestionToASilentServer();
    void keepsFewQuestionsInFlight();
    void asksOverTcpFromTheStart();
    void stopsWithinASecond();
};

void DnsTransportTest::fetchesALongAnswerOverTcp()
{
    const ScriptedDns server([](const DnsQuestionSeen &question) {
        if (!question.usedTcp)
            return DnsReply{.truncated = true};
        QStringList lines;
        for (int i = 0; i < 200; ++i)
            lines << u"example.com. 60 IN TXT \"token-%1\""_s.arg(i);
        return DnsReply{.answers = lines};
    });
    const Result<DnsAnswer> answer = askOnce(server, {.name = u"example.com"_s, .type = RrType::Txt});
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
    QVERIFY(answer->usedTcp);
    QCOMPARE(answer->records(RrType::Txt).size(), size_t(200));
}

void DnsTransportTest::saysWhenALongAnswerCannotBeFetched()
{
    const ScriptedDns server(always({.truncated = true}), DnsTcp::Closed);
    const Result<DnsAnswer> answer = askOnce(server, {.name = u"example.com"_s, .type = RrType::Txt});
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Unreachable);
    QVERIFY2(answer.error().message.contains(u"TCP"), qPrintable(answer.error().message));
}

void DnsTransportTest::asksAgainWithoutEdns()
{
    constexpr int formErr = 1;
    const ScriptedDns server([](const DnsQuestionSeen &question) {
        return question.ednsSize > 0 ? DnsReply{.rcode = formErr}
                                     : DnsReply{.answers = {question.name + u". 60 IN A 192.0.2.1"_s}};
    });
    std::vector<DnsLookup> questions;
    for (int i = 0; i < 5; ++i)
        questions.push_back({.name = u"host%1.example.com"_s.arg(i)});
    for (const Result<DnsAnswer> &answer : Asker(optionsFor({server.address()})).askAll(questions)) {
        QVERIFY(answer);
        QCOMPARE(answer->status, DnsStatus::Answered);
    }
}

void DnsTransportTest::asksAgainAfterServFail()
{
    std::atomic_int count = 0;
    const ScriptedDns server([&](const DnsQuestionSeen &) {
        return count++ == 0 ? DnsReply{.rcode = kServFail} : DnsReply{.answers = {u"example.com. 60 IN A 192.0.2.1"_s}};
    });
    const Result<DnsAnswer> answer = askOnce(server, {.name = u"example.com"_s});
    QVERIFY(answer);
    QCOMPARE(answer->status, DnsStatus::Answered);
    QCOMPARE(count.load(), 2);
}

void DnsTransportTest::keepsServFailWhenTheRepetitionIsSilent()
{
    std::atomic_int count = 0;
    const ScriptedDns server([&](const DnsQuestionSeen &) {
        return count++ == 0 ? DnsReply{.rcode = kServFail} : DnsReply{.silent = true};
    });
    const Result<DnsAnswer> answer = askOnce(server, {.name = u"example.com"_s});
    QVERIFY(answer);
    QCOMPARE(answer->status, DnsStatus::ServFail);
}

void DnsTransportTest::takesAnAuthoritativeServFailAsItIs()
{
    const ScriptedDns server(always({.rcode = kServFail}));
    const DnsLookup question{.name = u"example.com"_s, .server = server.address(), .recursionDesired = false};
    const Result<DnsAnswer> answer = Asker(optionsFor({})).ask(question);
    QVERIFY(answer);
    QCOMPARE(answer->status, DnsStatus::ServFail);
    QCOMPARE(server.seen().size(), size_t(1));
}

void DnsTransportTest::timesOutWithinTheLimit()
{
    const ScriptedDns server(always({.silent = true}));
    const auto begin = Clock::now();
    const Result<DnsAnswer> answer = askOnce(server, {.name = u"example.com"_s});
    const auto elapsed = Clock::now() - begin;
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::TimedOut);
    QVERIFY2(answer.error().message.contains(u"example.com"), qPrintable(answer.error().message));
    QVERIFY(elapsed >= 900ms && elapsed < 2500ms);
    QVERIFY(server.seen().size() >= 2); // a lost packet is not yet silence
}

void DnsTransportTest::repeatsALostQuestion()
{
    std::atomic_int count = 0;
    const ScriptedDns server([&](const DnsQuestionSeen &) {
        return count++ == 0 ? DnsReply{.silent = true} : DnsReply{.answers = {u"example.com. 60 IN A 192.0.2.1"_s}};
    });
    const Result<DnsAnswer> answer = askOnce(server, {.name = u"example.com"_s});
    QVERIFY(answer);
    QCOMPARE(answer->status, DnsStatus::Answered);
}

void DnsTransportTest::tellsAClosedPortFromSilence()
{
    const auto begin = Clock::now();
    const Result<DnsAnswer> answer = Asker(optionsFor({closedPort()}, 5000ms)).ask({.name = u"example.com"_s});
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Unreachable);
    QVERIFY(Clock::now() - begin < 2s);
}

void DnsTransportTest::takesTheNextResolver()
{
    const ScriptedDns server(always({.answers = {u"example.com. 60 IN A 192.0.2.1"_s}}));
    const Result<DnsAnswer> answer =
        Asker(optionsFor({closedPort(), server.address()})).ask({.name = u"example.com"_s});
    QVERIFY2(answer, answer ? "" : qPrintable(answer.error().message));
    QCOMPARE(answer->server, QString());
}

void DnsTransportTest::oneSilentAmongAHundredDelaysNobody()
{
    const ScriptedDns server([](const DnsQuestionSeen &question) {
        return question.name.startsWith(u"host7."_s) ? DnsReply{.silent = true}
                                                     : DnsReply{.answers = {question.name + u". 60 IN A 192.0.2.1"_s}};
    });
    std::vector<DnsLookup> questions;
    for (int i = 0; i < 100; ++i)
        questions.push_back({.name = u"host%1.example.com"_s.arg(i)});
    const auto begin = Clock::now();
    const auto answers = Asker(optionsFor({server.address()})).askAll(questions);
    QVERIFY(Clock::now() - begin < 2500ms);
    for (size_t i = 0; i < answers.size(); ++i)
        QCOMPARE(answers[i].has_value(), i != 7);
    QCOMPARE(answers[7].error().kind, ErrorKind::TimedOut);
    QCOMPARE(answers[42]->answers.at(0).name, u"host42.example.com"_s);
}

void DnsTransportTest::doesNotWaitForEachQuestionToASilentServer()
{
    const ScriptedDns server(always({.silent = true}));
    std::vector<DnsLookup> questions;
    for (int i = 0; i < 100; ++i)
        questions.push_back({.name = u"host%1.example.com"_s.arg(i)});
    const auto begin = Clock::now();
    const auto answers = Asker(optionsFor({server.address()})).askAll(questions);
    QVERIFY(Clock::now() - begin < 2500ms);
    for (const Result<DnsAnswer> &answer : answers)
        QCOMPARE(answer.error().kind, ErrorKind::TimedOut);
}

void DnsTransportTest::keepsFewQuestionsInFlight()
{
    const ScriptedDns server(always({.silent = true}));
    std::vector<DnsLookup> questions;
    for (int i = 0; i < 100; ++i)
        questions.push_back({.name = u"host%1.example.com"_s.arg(i)});
    const CancelToken token;
    std::thread asking([&] { Asker(optionsFor({server.address()}, 20s), token).askAll(questions); });
    const bool came = QTest::qWaitFor([&] { return server.seen().size() >= 20; }, 2000);
    QTest::qWait(200); // time in which a crowd would come
    const size_t seen = server.seen().size();
    token.cancel();
    asking.join();
    QVERIFY(came);
    QCOMPARE(seen, size_t(20));
}

void DnsTransportTest::asksOverTcpFromTheStart()
{
    const ScriptedDns open(always({.answers = {u"example.com. 60 IN A 192.0.2.1"_s}}));
    DnsLookup question{.name = u"example.com"_s, .server = open.address()};
    question.overTcp = true;
    const Result<DnsAnswer> answer = Asker(optionsFor({})).ask(question);
    QVERIFY(answer);
    QVERIFY(answer->usedTcp);
    QCOMPARE(open.seen().size(), size_t(1));

    const ScriptedDns closed(always({}), DnsTcp::Closed);
    question.server = closed.address();
    const Result<DnsAnswer> none = Asker(optionsFor({})).ask(question);
    QVERIFY(!none);
    QCOMPARE(none.error().kind, ErrorKind::Unreachable);
    QVERIFY(none.error().message.contains(u"TCP"_s));
    QVERIFY(!none.error().message.contains(u"UDP"_s));
}

void DnsTransportTest::stopsWithinASecond()
{
    const ScriptedDns server(always({.silent = true}));
    const CancelToken token;
    std::thread stopper([&token] {
        CancelToken().waitFor(200ms);
        token.cancel();
    });
    const auto begin = Clock::now();
    const Result<DnsAnswer> answer = Asker(optionsFor({server.address()}, 20s), token).ask({.name = u"example.com"_s});
    const auto elapsed = Clock::now() - begin;
    stopper.join();
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, ErrorKind::Cancelled);
    QVERIFY(elapsed < 1s);
}

QTEST_GUILESS_MAIN(DnsTransportTest)
#include "tst_dnstransport.moc"
