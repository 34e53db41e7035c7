// The requests of abuse.timeouts: what the product received is what the list of requests says. Those that never end
// come to no product as whole ones (tst_access_requestcount counts these); that it waits for them, and ends them, tells
// that each was there.
#include "checks/abuse/timeouts.h"
#include "tests/checks/abuse/badscene.h"
#include "tests/checks/abuse/moodyshop.h"
#include "tests/checks/access/requestcount.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::lab;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString kId = u"abuse.timeouts"_s;
const SlowVisitTimes kQuick{.pace = {.every = 100ms, .least = 600ms, .most = 4s}, .settle = 100ms, .readLimit = 700ms};

bool isSlowRoute(const ShopRouteLine &line)
{
    return line.path == "/api/projects";
}

// One that never ends.
bool isSlow(const ExportedRequest &one)
{
    return one.note.contains("does not end"_L1) || (one.method == "POST"_L1 && one.route == "/api/projects"_L1);
}

} // namespace

class TestSlowCount : public QObject
{
    Q_OBJECT

private slots:
    void theListIsWhatTheShopReceived();

private:
    MoodyShop m_shop{Manners{.requestPatience = 1200ms, .workers = 40}};
};

void TestSlowCount::theListIsWhatTheShopReceived()
{
    QVERIFY(m_shop.isReady());
    BadShopOf scene(m_shop, isSlowRoute);
    AttackRun run = scene.newRun();
    const Target target = targetOf({scene.host});
    const Judged judged = lookAtTimeouts({.seen = run.seen,
                                          .target = target,
                                          .policy = run.policy,
                                          .facts = scene.facts,
                                          .startedAt = QDateTime::currentDateTimeUtc()},
                                         kQuick);
    QVERIFY2(judged.outcome == Outcome::Pass, qPrintable(told(judged)));
    std::vector<ExportedRequest> listed = exportedFrom(toCsv(run.gate->log()));
    QCOMPARE(listed.size(), static_cast<std::size_t>(run.gate->sent()));
    const auto ofCheck = std::ranges::count(listed, kId, &ExportedRequest::check);
    int foretold = 0;
    for (const RequestNeed &need : timeoutsCheck().requests({target, scene.facts}))
        foretold += need.most;
    QVERIFY2(ofCheck > kSlowBodies && ofCheck <= foretold, qPrintable(told(judged)));
    QCOMPARE(judged.observed["requests"_L1].toInt(), static_cast<int>(ofCheck));
    // One body and one head alone, beside those side by side; the server ended each of them.
    QCOMPARE(std::erase_if(listed, isSlow), static_cast<std::size_t>(kSlowBodies + 2));
    QCOMPARE(judged.observed["held"_L1].toInt(), kSlowBodies);
    for (const auto &alone : {"slow_body"_L1, "slow_head"_L1})
        QCOMPARE(judged.observed[alone]["end"_L1].toString(), u"cut_off"_s);
    const QStringList differences = differencesOf(m_shop.shop().journal().lines(), listed);
    QVERIFY2(differences.isEmpty(), qPrintable(differences.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestSlowCount)
#include "tst_slowcount.moc"
