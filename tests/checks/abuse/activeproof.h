// What every active check has to hold, whatever it looks for: it ends within a second of Stop, keeps its budget, and is
// not fooled by servers that lie. Each function gives a sentence for the test's log; an empty one is good.
#pragma once

#include "tests/checks/abuse/badscene.h"
#include "tests/checks/abuse/lyingshop.h"
#include "tests/checks/stoppedlook.h"

#include <QTest>

#include <functional>

namespace cockpit::lab {

struct AllowedRequests
{
    int least = 0;
    int most = 0;
    int tooFew = 0; // a run's budget with which the check sends nothing
};

// newRun: with that many requests.
template<typename Scene>
QString budgetProblem(Scene &scene, const Check &check, const AllowedRequests &allowed,
                      const std::function<AttackRun(int requests)> &newRun)
{
    constexpr int kEnough = 600;
    AttackRun run = newRun(kEnough);
    const Judged judged = scene.judged(run, check);
    const int sent = run.gate->sentBy(check.id);
    if (sent < allowed.least || sent > allowed.most)
        return u"%1 requests were sent: "_s.arg(sent) + told(judged);
    if (judged.observed["requests"_L1].toInt() != sent)
        return u"%1 requests were sent, and others told: "_s.arg(sent) + told(judged);
    AttackRun poor = newRun(allowed.tooFew);
    const Judged refused = scene.judged(poor, check);
    if (refused.outcome != Outcome::NotRun || poor.gate->sent() != 0)
        return u"%1 requests were sent of a budget that is too small: "_s.arg(poor.gate->sent()) + told(refused);
    return {};
}

template<typename Scene>
QString budgetProblem(Scene &scene, const Check &check, const AllowedRequests &allowed)
{
    return budgetProblem(scene, check, allowed, [&](int requests) { return scene.newRun(requests); });
}

// Rows of a test with the column "lie".
inline void addLieRows()
{
    using enum ShopLie;
    QTest::addColumn<ShopLie>("lie");
    QTest::newRow("always 200") << AlwaysOk;
    QTest::newRow("always the same page") << AlwaysOkPage;
    QTest::newRow("always 403") << AlwaysRefused;
    QTest::newRow("to the login page") << ToLogin;
    QTest::newRow("limits us") << Limits;
    QTest::newRow("logs us out") << LogsOut;
    QTest::newRow("changes ids") << ChangesIds;
    QTest::newRow("breaks for good") << Breaks;
    QTest::newRow("always broken") << AlwaysBroken;
    QTest::newRow("garbage") << Garbage;
}

// Of a liar nothing is said but that something of ours may be left there, and why nothing could be told.
inline QString fooledBy(const Judged &judged)
{
    QStringList codes = codesOf(judged);
    codes.removeAll(u"test_record_left"_s);
    if (!codes.isEmpty() || judged.reason.isEmpty())
        return told(judged);
    return judged.outcome == Outcome::NotRun || !judged.findings.empty() ? QString() : told(judged);
}

// Nothing that opens an account stands in the evidence.
inline QString secretIn(const Finding &finding, const AttackRun &run)
{
    for (const Secret &secret : run.gate->knownSecrets()) {
        for (const Evidence &evidence : finding.evidence) {
            if (evidence.body.contains(QString::fromUtf8(secret.reveal())))
                return u"a secret stands in the evidence of "_s + finding.code;
        }
    }
    return {};
}

} // namespace cockpit::lab
