// What was decided about a secret that stands in the code holds for the same secret when git alone remembers it.
#include "models/carrieddecision.h"
#include "models/projectstate.h"
#include "models/projectstore.h"

#include "tests/models/samplestate.h"
#include "tests/models/storefixtures.h"

#include <QTemporaryDir>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QString kPrint = u"0123456789abcdef"_s;
const QString kOther = u"fedcba9876543210"_s;

// "secrets.tree:secret", of this fingerprint.
Finding findingOf(const QString &words, const QString &subject = kPrint)
{
    Finding finding = sample::finding(words.section(u':', 0, 0), Severity::High);
    finding.code = words.section(u':', 1);
    finding.subject = subject;
    return finding;
}

Decision accepted(const Finding &finding)
{
    Decision decision = sample::decision(finding.id(), DecisionKind::Accepted);
    decision.reason = u"replaced in May"_s;
    decision.by = u"Dana"_s;
    decision.decidedAt = sample::noon().addDays(-30);
    return decision;
}

Run runWith(const Finding &finding, const QDateTime &at)
{
    Run run;
    run.started = at;
    run.finished = at;
    run.roadmapId = test::settings().roadmapId;
    run.results = {sample::result(finding.checkId, Outcome::Fail, {}, {finding})};
    return run;
}

} // namespace

class TestCarriedDecision : public QObject
{
    Q_OBJECT

private slots:
    void goesWithTheSecret_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("now");
        QTest::addColumn<QString>("subject");
        QTest::addColumn<bool>("isCarried");
        const auto row = [](const char *before, const char *now, bool isCarried, const QString &subject = kPrint) {
            QTest::addRow("%s to %s of %s", before, now, qPrintable(subject))
                << QString::fromLatin1(before) << QString::fromLatin1(now) << subject << isCarried;
        };
        row("secrets.tree:secret", "secrets.history:secret", true);
        row("secrets.tree:secret", "secrets.history:secret_kept_by_git", true);
        row("secrets.tree:secret", "secrets.history:secret_in_git_config", true);
        row("secrets.history:secret", "secrets.history:secret_kept_by_git", true);
        row("secrets.history:secret_kept_by_git", "secrets.history:secret_in_git_config", true);
        row("secrets.tree:test_key", "secrets.history:test_key", true);
        // Another secret.
        row("secrets.tree:secret", "secrets.history:secret", false, kOther);
        row("secrets.tree:secret", "secrets.history:secret", false, u"src/pay.js"_s);
        row("secrets.tree:secret", "secrets.history:secret", false, QString());
        // More people see it than when it was decided.
        row("secrets.history:secret", "secrets.tree:secret", false);
        row("secrets.history:secret_kept_by_git", "secrets.history:secret", false);
        row("secrets.history:test_key", "secrets.tree:test_key", false);
        // Something else was said of it.
        row("secrets.tree:test_key", "secrets.history:secret", false);
        row("secrets.tree:secret", "secrets.history:test_key", false);
        row("secrets.tree:not_ignored", "secrets.history:secret", false);
        row("secrets.tree:secret", "secrets.build-output:secret", false);
        row("secrets.tree:secret", "secrets.app-package:secret", false);
        row("secrets.tree:secret", "secrets.history:more", false);
    }

    void goesWithTheSecret()
    {
        QFETCH(QString, before);
        QFETCH(QString, now);
        QFETCH(QString, subject);
        QFETCH(bool, isCarried);
        const Decision decided = accepted(findingOf(before));
        const Finding finding = findingOf(now, subject);
        const auto carried = carriedDecision(finding, {{decided.findingId, decided}});
        QCOMPARE(carried.has_value(), isCarried);
        if (!carried)
            return;
        Decision wanted = decided;
        wanted.findingId = finding.id();
        QCOMPARE(*carried, wanted);
    }

    void takesTheNearest()
    {
        const Decision first = accepted(findingOf(u"secrets.tree:secret"_s));
        Decision second = accepted(findingOf(u"secrets.history:secret"_s));
        second.reason = u"seen refused"_s;
        const auto carried = carriedDecision(findingOf(u"secrets.history:secret_kept_by_git"_s),
                                             {{first.findingId, first}, {second.findingId, second}});
        QVERIFY(carried.has_value());
        QCOMPARE(carried->reason, u"seen refused"_s);
    }

    void isAskedForOnceAlone()
    {
        const Finding inTree = findingOf(u"secrets.tree:secret"_s);
        const Finding inHistory = findingOf(u"secrets.history:secret"_s);
        ProjectState state;
        sample::open(state, inTree);
        state.decisions[inTree.id()] = accepted(inTree);
        sample::open(state, inHistory);
        QCOMPARE(state.decisions.at(inHistory.id()).reason, u"replaced in May"_s);
        QCOMPARE(state.history.back().event, u"carried"_s);
        // Whoever takes it back wants to be asked again, also while the finding stays open.
        state.decisions.erase(inHistory.id());
        sample::open(state, inHistory);
        QVERIFY(!state.decisions.contains(inHistory.id()));
    }

    void keepsWhatWasDecidedOfTheFindingItself()
    {
        const Finding inTree = findingOf(u"secrets.tree:secret"_s);
        const Finding inHistory = findingOf(u"secrets.history:secret"_s);
        ProjectState state;
        state.decisions[inTree.id()] = accepted(inTree);
        state.decisions[inHistory.id()] = sample::decision(inHistory.id(), DecisionKind::FixNow);
        sample::open(state, inHistory);
        QCOMPARE(state.decisions.at(inHistory.id()).kind, DecisionKind::FixNow);
    }

    void standsInTheFile()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"acme.cockpit"_s);
        const Finding inTree = findingOf(u"secrets.tree:secret"_s);
        const Finding inHistory = findingOf(u"secrets.history:secret"_s);
        {
            const auto store = ProjectStore::create(path, test::settings()).value();
            QVERIFY(store->saveRun(runWith(inTree, sample::noon())));
            QVERIFY(store->saveDecision(accepted(inTree)));
            QVERIFY(store->saveRun(runWith(inHistory, sample::noon().addDays(1))));
            QCOMPARE(store->load().value().decisions.at(inHistory.id()).by, u"Dana"_s);
            // Taken back it stays so while the finding is open.
            QVERIFY(store->removeDecision(inHistory.id(), sample::noon().addDays(2)));
            const auto later = store->saveRun(runWith(inHistory, sample::noon().addDays(3)));
            QVERIFY(later && !later->decisions.contains(inHistory.id()));
        }
        const ProjectState state = ProjectStore::open(path, OpenMode::ReadOnly).value()->load().value();
        QVERIFY(!state.decisions.contains(inHistory.id()));
        QCOMPARE(state.decisions.at(inTree.id()).by, u"Dana"_s);
    }
};

QTEST_GUILESS_MAIN(TestCarriedDecision)
#include "tst_carrieddecision.moc"
