// What secrets that were found say about a launch: one finding for each value, however many places it stands in.
#include "checks/secrets/history.h"
#include "checks/secrets/leakjudge.h"
#include "models/unseen.h"
#include "tests/checks/secrets/smallrules.h"
#include "tests/checks/web/pages.h"

#include <QJsonArray>
#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

Leak leak(const QByteArray &fingerprint = "f1", LeakKind kind = LeakKind::Secret,
          Severity severity = Severity::Critical)
{
    Leak leak;
    leak.ruleId = u"stripe-live-secret"_s;
    leak.name = u"Stripe secret key (live)"_s;
    leak.kind = kind;
    leak.severity = severity;
    leak.opens = {Opens::Money};
    leak.masked = u"sk_l…9xyz"_s;
    leak.fingerprint = fingerprint;
    leak.places = {{u"config/prod.js"_s, 12}};
    return leak;
}

Leak allowed(Leak leak)
{
    leak.allowed = u"an example"_s;
    return leak;
}

LeakReport report(const std::vector<Leak> &leaks, const QStringList &gaps = {})
{
    return {.leaks = leaks, .files = 3, .bytes = 100, .gaps = gaps};
}

FoundSecret found(const QByteArray &path, const QByteArray &fingerprint, Severity severity = Severity::Critical,
                  const std::optional<QString> &allowed = {})
{
    FoundSecret found;
    found.hit.rule = &smallSet()->rules().front();
    found.hit.severity = severity;
    found.hit.line = 7;
    found.hit.masked = u"sk_l…9xyz"_s;
    found.hit.fingerprint = fingerprint;
    found.hit.allowed = allowed;
    found.path = path;
    return found;
}

} // namespace

class TestLeakJudge : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<std::vector<Leak>>("leaks");
        QTest::addColumn<QStringList>("gaps");
        QTest::addColumn<QString>("expected");
        const QStringList none;
        const QStringList some{u"One file could not be read."_s};
        QTest::newRow("nothing") << std::vector<Leak>{} << none << u"pass"_s;
        QTest::newRow("nothing in what was seen") << std::vector<Leak>{} << some << u"info"_s;
        QTest::newRow("one") << std::vector{leak()} << none << u"secret:critical"_s;
        QTest::newRow("one, and a gap") << std::vector{leak()} << some << u"secret:critical"_s;
        QTest::newRow("two values") << std::vector{leak("a"), leak("b")} << none
                                    << u"secret:critical secret:critical"_s;
        QTest::newRow("of a practice account")
            << std::vector{leak("a", LeakKind::TestMode, Severity::Low)} << none << u"test_key:low"_s;
        QTest::newRow("made for browsers")
            << std::vector{leak("a", LeakKind::PublicByDesign, Severity::Low)} << none << u"pass"_s;
        QTest::newRow("allowed on its line") << std::vector{allowed(leak())} << none << u"pass"_s;
        QTest::newRow("one allowed, one not")
            << std::vector{allowed(leak("a")), leak("b")} << none << u"secret:critical"_s;
    }

    void judges()
    {
        QFETCH(std::vector<Leak>, leaks);
        QFETCH(QStringList, gaps);
        const Judged judged = judgeLeaks(report(leaks, gaps), LeakGround::Tree);
        QTEST(said(judged), "expected");
        QCOMPARE(judged.reason.isEmpty(), gaps.isEmpty());
        CheckResult result;
        result.checkId = u"secrets.tree"_s;
        result.outcome = judged.outcome;
        result.observed = judged.observed;
        Finding earlier;
        earlier.code = u"secret"_s;
        QCOMPARE(hasSeen(result, earlier), gaps.isEmpty()); // what was not looked at keeps its findings
    }

    void weighsWhoCanReadIt_data()
    {
        QTest::addColumn<int>("audience");
        QTest::addColumn<int>("ground");
        QTest::addColumn<int>("reach"); // -1: git was not asked
        QTest::addColumn<QString>("expected");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *name, CodeAudience audience, LeakGround ground, int reach,
                            const QString &expected, const QString &words) {
            QTest::newRow(name) << static_cast<int>(audience) << static_cast<int>(ground) << reach << expected << words;
        };
        using enum CodeAudience;
        const QString ask = u"Is the repository, or any fork of it, public"_s;
        const QString taken = u"count it as taken"_s;
        const QString team = u"replace it this week"_s;
        const QString local = u"if that commit was ever pushed"_s;
        row("nobody said", NotSaid, LeakGround::Tree, -1, u"secret:medium"_s, ask);
        row("public", Public, LeakGround::Tree, -1, u"secret:high"_s, taken);
        row("the team", Team, LeakGround::Tree, -1, u"secret:medium"_s, team);
        row("history, nobody said", NotSaid, LeakGround::History, 0, u"secret:medium"_s, ask);
        row("history, public", Public, LeakGround::History, 0, u"secret:high"_s, taken);
        row("history, the team", Team, LeakGround::History, 0, u"secret:medium"_s, team);
        row("stash, public", Public, LeakGround::History, 1, u"secret_kept_by_git:medium"_s, local);
        row("reflog, public", Public, LeakGround::History, 2, u"secret_kept_by_git:medium"_s, local);
        row("nothing leads to it, public", Public, LeakGround::History, 3, u"secret_kept_by_git:medium"_s, local);
        row("built files are handed out anyway", NotSaid, LeakGround::Build, -1, u"secret:medium"_s, {});
        row("an app, too", Public, LeakGround::Package, -1, u"secret:medium"_s, {});
    }

    void weighsWhoCanReadIt()
    {
        QFETCH(int, audience);
        QFETCH(int, ground);
        QFETCH(int, reach);
        QFETCH(QString, words);
        Leak one = leak("a", LeakKind::Secret, Severity::Medium);
        if (reach >= 0)
            one.history = LeakHistory{.reach = static_cast<Reach>(reach), .commits = 1};
        const Judged judged =
            judgeLeaks(report({one}), static_cast<LeakGround>(ground), static_cast<CodeAudience>(audience));
        QTEST(said(judged), "expected");
        const QString saw = judged.findings.front().whatWeSaw;
        QVERIFY2(words.isEmpty() ? !saw.contains("public"_L1) : saw.contains(words), qPrintable(saw));
    }

    // The worst there is stays what it is; a key of a practice account opens nothing real.
    void weighsNoHigherThanCritical()
    {
        QCOMPARE(said(judgeLeaks(report({leak()}), LeakGround::Tree, CodeAudience::Public)), u"secret:critical"_s);
        const Leak practice = leak("a", LeakKind::TestMode, Severity::Low);
        QCOMPARE(said(judgeLeaks(report({practice}), LeakGround::Tree, CodeAudience::Public)), u"test_key:low"_s);
        QVERIFY(!judgeLeaks(report({practice}), LeakGround::Tree).findings.front().whatWeSaw.contains("public"_L1));
    }

    void tellsNothingOfALookThatWasStopped()
    {
        Leak one = leak();
        one.history = LeakHistory{.placing = Placing::Stopped};
        const Judged judged = judgeLeaks(report({one}), LeakGround::History);
        QCOMPARE(said(judged), u"secret:critical"_s);
        QVERIFY(judged.findings.front().whatWeSaw.contains("was not looked up"_L1));
    }

    void judgesSettingsFiles_data()
    {
        QTest::addColumn<GitStanding>("standing");
        QTest::addColumn<std::vector<Leak>>("leaks");
        QTest::addColumn<QString>("expected"); // with the proof
        const auto row = [](const char *name, GitStanding standing, std::vector<Leak> leaks, const QString &expected) {
            QTest::newRow(name) << standing << std::move(leaks) << expected;
        };
        const auto byName = [] {
            Leak known = leak();
            known.isGeneric = true;
            return known;
        };
        using enum GitStanding;
        row("ignored", Ignored, {leak()}, u"pass"_s);
        row("not ignored", Untracked, {leak()}, u"not_ignored:high:strong"_s);
        row("not ignored, two keys", Untracked, {leak("a"), leak("b")}, u"not_ignored:high:strong"_s);
        row("not ignored, known by its name", Untracked, {byName()}, u"not_ignored:high:lead"_s);
        row("not ignored, a key for tests", Untracked, {leak("a", LeakKind::TestMode, Severity::Low)},
            u"not_ignored:low:strong"_s);
        row("not ignored, made for browsers", Untracked, {leak("a", LeakKind::PublicByDesign, Severity::Low)},
            u"pass"_s);
        row("not ignored, allowed", Untracked, {allowed(leak())}, u"pass"_s);
        row("without git", NoRepository, {leak()}, u"outside_git:high:lead"_s);
    }

    void judgesSettingsFiles()
    {
        QFETCH(GitStanding, standing);
        QFETCH(std::vector<Leak>, leaks);
        LeakReport seen = report({});
        seen.ownSettings = {{u".env"_s, standing, leaks}};
        const Judged judged = judgeLeaks(seen, LeakGround::Tree);
        const QString proof = judged.findings.empty() ? QString() : u':' + toWord(judged.findings.front().proof);
        QTEST(said(judged) + proof, "expected");
        for (const Finding &finding : judged.findings)
            QCOMPARE(finding.subject, u".env"_s);
    }

    void neverPassesWithoutFiles()
    {
        QCOMPARE(judgeLeaks({}, LeakGround::Tree).outcome, Outcome::NotRun); // an empty folder
        LeakReport empty = report({}, {u"The folder could not be read."_s});
        empty.files = 0;
        QCOMPARE(judgeLeaks(empty, LeakGround::Tree).outcome, Outcome::Error);
    }

    void saysWhatAndWhere()
    {
        Leak one = leak();
        one.placeCount = 3;
        one.rotate = QUrl(u"https://dashboard.stripe.com/apikeys"_s);
        one.places = {{u"a.js"_s, 5, u"0123456789abcdef"_s, u"Ada"_s, QDateTime(QDate(2026, 3, 1), {}), false}};
        const Finding finding = judgeLeaks(report({one}), LeakGround::History).findings.front();
        QVERIFY2(finding.whatWeSaw.contains(u"sk_l…9xyz"_s), qPrintable(finding.whatWeSaw));
        QVERIFY2(finding.whatWeSaw.contains(u"2 more"_s), qPrintable(finding.whatWeSaw));
        QVERIFY2(finding.whatWeSaw.contains(u"money"_s), qPrintable(finding.whatWeSaw));
        QVERIFY2(finding.whatWeSaw.contains(u"0123456789 of"_s), qPrintable(finding.whatWeSaw));
        QCOMPARE(finding.location, (Location{u"a.js"_s, 5, u"0123456789abcdef"_s}));
        QCOMPARE(finding.proof, Proof::Strong);
        QCOMPARE(finding.impact, Impact::CostAbuse);
        QCOMPARE(finding.fix.paste, one.rotate.toString());
    }

    // What somebody wrote there, and why it does not count; and what needs no finding.
    void saysWhatARemarkLacks()
    {
        FoundSecret remarked = found("a.js", "x");
        remarked.hit.markTrouble = MarkTrouble::InText;
        FoundSecret weak = found("b.js", "y");
        weak.hit.isWeak = true;
        const Judged judged = judgeLeaks(report(leaksOf({remarked, weak})), LeakGround::Tree);
        QCOMPARE(judged.findings.size(), size_t(2));
        QVERIFY2(judged.findings[0].whatWeSaw.contains(u"has no effect: it stands in a text"_s),
                 qPrintable(judged.findings[0].whatWeSaw));
        QVERIFY2(judged.findings[1].whatWeSaw.contains(u"tries this one first"_s),
                 qPrintable(judged.findings[1].whatWeSaw));
    }

    // A name alone is no proof: it may be the password of nothing.
    void genericIsALead()
    {
        Leak one = leak();
        one.isGeneric = true;
        QCOMPARE(judgeLeaks(report({one}), LeakGround::Tree).findings.front().proof, Proof::Lead);
    }

    void listsTheWorstAndCountsTheRest()
    {
        std::vector<Leak> many;
        for (size_t i = 0; i < kMostLeakFindings + 2; ++i)
            many.push_back(leak("f" + QByteArray::number(static_cast<int>(i))));
        const Judged judged = judgeLeaks(report(many), LeakGround::Tree);
        QCOMPARE(judged.findings.size(), kMostLeakFindings + 1);
        QCOMPARE(judged.findings.back().code, u"more"_s);
        QVERIFY2(judged.findings.back().title.startsWith(u"2 "_s), qPrintable(judged.findings.back().title));
        many.resize(kMostLeakFindings);
        QCOMPARE(judgeLeaks(report(many), LeakGround::Tree).findings.size(), kMostLeakFindings);
    }

    void oneValueIsOneLeak()
    {
        const auto leaks =
            leaksOf({found("z.js", "same", Severity::High), found("a.js", "same"), found("b.js", "other")});
        QCOMPARE(leaks.size(), 2u);
        const Leak &same = leaks.front().fingerprint == "same" ? leaks.front() : leaks.back();
        QCOMPARE(same.placeCount, 2);
        QCOMPARE(same.severity, Severity::Critical);   // the gravest of its places…
        QCOMPARE(same.places.front().path, u"a.js"_s); // …which stands first
        QCOMPARE(same.places.back().path, u"z.js"_s);
    }

    // The remark on one line says nothing of another.
    void oneRemarkIsNotForAll()
    {
        QVERIFY(leaksOf({found("a", "x", Severity::High, u"why"_s)}).front().allowed);
        QVERIFY(!leaksOf({found("a", "x", Severity::High, u"why"_s), found("b", "x")}).front().allowed);
    }

    // The same characters for browsers in one place, and for the server in another.
    void theGraverKindCounts()
    {
        FoundSecret open = found("firebase.js", "x", Severity::Low);
        open.hit.kind = LeakKind::PublicByDesign;
        const FoundSecret secret = found("server.js", "x");
        for (const auto &order : {std::vector{open, secret}, std::vector{secret, open}}) {
            const Leak leak = leaksOf(order).front();
            QCOMPARE(leak.kind, LeakKind::Secret);
            QCOMPARE(leak.severity, Severity::Critical);
            QCOMPARE(leak.places.front().path, u"server.js"_s);
            QCOMPARE(leak.placeCount, 2);
        }
        QCOMPARE(leaksOf({open, open}).front().kind, LeakKind::PublicByDesign);
        const FoundSecret allowed = found("server.js", "x", Severity::Critical, u"why"_s);
        QVERIFY(leaksOf({open, allowed}).front().allowed); // where it is public it needs no remark
    }

    // Of one severity: "token = …" stands first, and the rule of the service says whose it is.
    void theNamedKindCounts()
    {
        static const LeakRule byName{.id = u"generic-token"_s, .name = u"Token"_s};
        FoundSecret generic = found("a.py", "x");
        generic.hit.rule = &byName;
        const FoundSecret named = found("z.py", "x");
        for (const auto &order : {std::vector{generic, named}, std::vector{named, generic}}) {
            const Leak leak = leaksOf(order).front();
            QVERIFY(!leak.isGeneric);
            QCOMPARE(leak.places.front().path, u"z.py"_s);
        }
    }

    void mergesTwoSources()
    {
        const auto merged = mergedLeaks(leaksOf({found("a", "x")}), leaksOf({found("b", "x"), found("c", "y")}));
        QCOMPARE(merged.size(), 2u);
        QCOMPARE(merged.front().placeCount + merged.back().placeCount, 3);
    }

    void pastIsWhatFilesLack()
    {
        const LeakReport past = onlyInHistory(report({leak("kept"), leak("gone")}), {leak("kept")});
        QCOMPARE(past.leaks.size(), 1u);
        QCOMPARE(past.leaks.front().fingerprint, QByteArray("gone"));
    }

    void harmIsTheGravest_data()
    {
        QTest::addColumn<std::vector<Opens>>("opens");
        QTest::addColumn<Impact>("impact");
        QTest::newRow("nothing") << std::vector<Opens>{} << Impact::Maintainability;
        QTest::newRow("AI bills") << std::vector{Opens::AiBills} << Impact::CostAbuse;
        QTest::newRow("mail") << std::vector{Opens::SendingMail, Opens::Logs} << Impact::EmailDelivery;
        QTest::newRow("data") << std::vector{Opens::Money, Opens::CustomerData} << Impact::DataExposure;
        QTest::newRow("sign-in") << std::vector{Opens::CustomerData, Opens::SignIn} << Impact::AccountTakeover;
    }

    void harmIsTheGravest()
    {
        QFETCH(std::vector<Opens>, opens);
        QTEST(impactOf(opens), "impact");
    }
};

QTEST_GUILESS_MAIN(TestLeakJudge)
#include "tst_leakjudge.moc"
