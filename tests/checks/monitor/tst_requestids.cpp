#include "checks/monitor/requestids.h"

#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

QString said(const Judged &judged)
{
    QStringList words{toWord(judged.outcome)};
    for (const Finding &finding : judged.findings)
        words << finding.code + u':' + toWord(finding.severity);
    return words.join(u' ');
}

} // namespace

class RequestIdsTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<IdsSeen>("seen");
        QTest::addColumn<QString>("expected");
        // product, access, requests, errors, distinct, shared
        const auto row = [](const char *name, const IdsSeen &seen, const QString &expected) {
            QTest::newRow(name) << seen << expected;
        };
        row("all", {{100, 100}, {}, {20, 20}, {10, 10}, 20, 20}, u"pass"_s);
        row("four of five", {{100, 80}, {}, {20, 20}, {}, 20, 20}, u"pass"_s);
        row("fewer", {{100, 79}, {}, {20, 20}, {}, 20, 20}, u"warn few_ids:low"_s);
        row("half", {{100, 50}, {}, {20, 20}, {}, 20, 20}, u"warn few_ids:low"_s);
        row("fewer than half", {{100, 49}, {}, {20, 20}, {}, 20, 20}, u"warn few_ids:medium"_s);
        row("none, and requests are told", {{100, 0}, {}, {5, 0}, {}, 0, 0}, u"warn no_ids:medium"_s);
        row("none, and no requests are told", {{100, 0}, {}, {4, 0}, {}, 0, 0}, u"not_run"_s);
        row("too few lines", {{19, 0}, {}, {19, 0}, {}, 0, 0}, u"not_run"_s);
        row("enough lines", {{20, 0}, {}, {20, 0}, {}, 0, 0}, u"warn no_ids:medium"_s);
        row("errors without", {{100, 90}, {}, {20, 20}, {5, 3}, 20, 20}, u"warn errors_without_ids:medium"_s);
        row("errors with", {{100, 90}, {}, {20, 20}, {5, 4}, 20, 20}, u"pass"_s);
        row("few errors", {{100, 96}, {}, {20, 20}, {4, 0}, 20, 20}, u"pass"_s);
        row("an id for each line", {{100, 100}, {}, {20, 20}, {}, 100, 0}, u"warn ids_not_shared:low"_s);
        row("a line for each request", {{100, 100}, {}, {100, 100}, {}, 100, 0}, u"pass"_s);
        row("web server without", {{100, 100}, {20, 0}, {20, 20}, {}, 20, 20}, u"warn access_without_ids:low"_s);
        row("web server with", {{100, 100}, {20, 16}, {20, 20}, {}, 20, 20}, u"pass"_s);
        row("few lines of a web server", {{100, 100}, {19, 0}, {20, 20}, {}, 20, 20}, u"pass"_s);
        row("a web server alone, without", {{}, {20, 0}, {}, {}, 0, 0}, u"warn access_without_ids:low"_s);
        row("a web server alone, with", {{}, {20, 20}, {}, {}, 20, 0}, u"not_run"_s);
    }

    void judges()
    {
        QFETCH(IdsSeen, seen);
        LogDigest digest;
        digest.ids = seen;
        LogsRead read;
        read.digests = {digest};
        const Judged judged = judgeRequestIds(read);
        QTEST(said(judged), "expected");
        QCOMPARE(judged.observed["with_id"_L1].toInteger(), seen.product.withId);
    }

    void addsSources()
    {
        LogDigest digest;
        digest.ids = {{10, 10}, {}, {3, 3}, {}, 5, 5};
        LogsRead read;
        read.digests = {digest, digest};
        QCOMPARE(said(judgeRequestIds(read)), u"pass"_s);
        read.gaps = {u"b.log was left out."_s};
        const Judged judged = judgeRequestIds(read);
        QCOMPARE(said(judged), u"info"_s);
        QVERIFY(judged.observed.contains(u"not_seen"_s));
    }
};

QTEST_GUILESS_MAIN(RequestIdsTest)
#include "tst_requestids.moc"
