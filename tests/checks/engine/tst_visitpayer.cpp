// Who pays for what is probed on a thread, and what becomes of answers that nobody had leave for.
#include "checks/engine/observations.h"

#include <QTest>

#include <array>
#include <thread>

using namespace cockpit;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

// Lets out so many.
class Purse final : public VisitPayer
{
public:
    explicit Purse(int coins) : m_coins(coins) {}
    void ended(const Visit &, const Result<int> &, std::chrono::milliseconds) override {}

protected:
    Result<void> leaveFor(const Visit &) override
    {
        return m_coins-- > 0 ? Result<void>() : Result<void>(failure(ErrorKind::NotPermitted, u"no leave"_s));
    }
    Result<void> leaveToGoOn() override { return {}; }

private:
    std::atomic_int m_coins;
};

std::atomic_int g_sent = 0;
std::atomic_bool g_mayAnswer = true;
std::atomic_int g_waiting = 0;

// As an HTTP probe does.
Result<int> visited(int number)
{
    if (VisitPayer *payer = VisitPayer::here()) {
        ++g_waiting;
        while (!g_mayAnswer)
            std::this_thread::yield();
        if (auto leave = payer->letOut({"GET", {}, {}}); !leave)
            return tl::unexpected<Error>(leave.error());
    }
    ++g_sent;
    return number;
}

struct Page
{
    using Answer = int;
    int number = 0;
    QString key() const { return QString::number(number); }
};

Result<int> probe(const Page &question, ProbeContext &)
{
    return visited(question.number);
}

// Many go out together.
struct Script
{
    using Answer = int;
    int number = 0;
    QString key() const { return QString::number(number); }
};

std::vector<Result<int>> probeAll(std::span<const Script> questions, ProbeContext &)
{
    std::vector<Result<int>> answers;
    for (const Script &one : questions)
        answers.push_back(visited(one.number));
    return answers;
}

Result<int> probe(const Script &question, ProbeContext &context)
{
    return probeAll({&question, 1}, context).front();
}

// How many pages of so many came: an answer whatever is missing.
struct Site
{
    using Answer = int;
    int pages = 0;
    QString key() const { return QString::number(pages); }
};

Result<int> probe(const Site &question, ProbeContext &context)
{
    std::vector<Page> pages;
    for (int i = 0; i < question.pages; ++i)
        pages.push_back({i});
    int came = 0;
    for (const auto &answer : context.observations.askAll(pages))
        came += *answer ? 1 : 0;
    return came;
}

} // namespace

class VisitPayerTest : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        g_sent = 0;
        g_waiting = 0;
        g_mayAnswer = true;
    }

    void standsForAThread()
    {
        Purse outer(1);
        Purse inner(1);
        QVERIFY(!VisitPayer::here());
        {
            const PaidHere first(&outer);
            {
                const PaidHere second(&inner);
                QCOMPARE(VisitPayer::here(), &inner);
                const PaidHere third(nullptr);
                QVERIFY(!VisitPayer::here());
                QCOMPARE(VisitPayer::withheldHere(), 0);
            }
            QCOMPARE(VisitPayer::here(), &outer);
            VisitPayer *other = &inner;
            std::thread([&] { other = VisitPayer::here(); }).join();
            QVERIFY(!other);
        }
        QVERIFY(!VisitPayer::here());
    }

    void whatLacksLeaveIsTheAskersAlone()
    {
        Observations seen(NetOptions(), CancelToken(), Deadline::in(30s), nullptr);
        Purse empty(0);
        {
            const PaidHere paid(&empty);
            QVERIFY(!*seen.ask(Page{3}));
        }
        QCOMPARE(empty.withheld(), 1);
        QCOMPARE(seen.ask(Page{3})->value(), 3);
        const PaidHere paid(&empty);
        QCOMPARE(seen.ask(Page{3})->value(), 3); // from memory
        QCOMPARE(g_sent.load(), 1);
    }

    void soIsWhatWasPutTogetherWithoutAPart()
    {
        Observations seen(NetOptions(), CancelToken(), Deadline::in(30s), nullptr);
        Purse some(2);
        {
            const PaidHere paid(&some);
            QCOMPARE(seen.ask(Site{3})->value(), 2);
        }
        QCOMPARE(seen.ask(Site{3})->value(), 3);
        QCOMPARE(g_sent.load(), 3);
    }

    void whatCameOfManyIsKept()
    {
        Observations seen(NetOptions(), CancelToken(), Deadline::in(30s), nullptr);
        Purse some(2);
        const std::vector<Script> all{{1}, {2}, {3}};
        {
            const PaidHere paid(&some);
            const auto answers = seen.askAll(all);
            QVERIFY(*answers[0] && *answers[1] && !*answers[2]);
        }
        for (const auto &answer : seen.askAll(all))
            QVERIFY(*answer);
        QCOMPARE(g_sent.load(), 3);
    }

    // Who waits for an answer that another has no leave for asks for himself.
    void whoWaitsAsksForHimself()
    {
        Observations seen(NetOptions(), CancelToken(), Deadline::in(30s), nullptr);
        g_mayAnswer = false;
        Purse empty(0);
        std::thread poor([&] {
            const PaidHere paid(&empty);
            QVERIFY(!*seen.ask(Page{3}));
        });
        while (g_waiting == 0)
            std::this_thread::yield();
        std::array<int, 3> got{};
        std::vector<std::jthread> others;
        for (int &one : got)
            others.emplace_back([&] { one = seen.ask(Page{3})->value(); });
        g_mayAnswer = true;
        others.clear(); // waits for them
        poor.join();
        QCOMPARE(got, (std::array<int, 3>{3, 3, 3}));
        QCOMPARE(g_sent.load(), 1);
    }

    void helpersAreOnTheSameAccount()
    {
        QThreadPool pool;
        pool.setMaxThreadCount(4);
        Observations seen(NetOptions(), CancelToken(), Deadline::in(30s), &pool);
        Purse some(5);
        {
            const PaidHere paid(&some);
            QCOMPARE(seen.ask(Site{8})->value(), 5);
        }
        QCOMPARE(some.withheld(), 3);
        QCOMPARE(seen.ask(Site{8})->value(), 8);
        QCOMPARE(g_sent.load(), 8);
    }
};

QTEST_GUILESS_MAIN(VisitPayerTest)
#include "tst_visitpayer.moc"
