// Runner: what a look is given, and what is kept of it.
#include "tests/checks/engine/runbench.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QThread>

#include <atomic>
#include <memory>
#include <utility>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class TestRunMemory : public QObject
{
    Q_OBJECT

private slots:
    void findingsKnowTheirCheckHostAndItems()
    {
        Bench bench(
            {fakeCheck(u"mail.dmarc"_s, Scope::Target, raises), fakeCheck(u"http.hsts"_s, Scope::EachHost, raises)});
        const Run run = bench.finish();
        QCOMPARE(run.results.size(), size_t(3));
        const Finding &mail = run.results.at(0).findings.front();
        QCOMPARE(mail.checkId, u"mail.dmarc"_s);
        QVERIFY(mail.items.contains(u"internal-ops-saas.bar.12"_s));
        QCOMPARE(run.results.at(2).findings.front().host, u"api.acme.test"_s);
        QVERIFY(run.results.at(1).findings.front().id() != run.results.at(2).findings.front().id());
    }

    void findingsWithoutEvidenceShowWhatTheLookSaw()
    {
        Bench bench({fakeCheck(u"mail.dmarc"_s, Scope::Target, [](const Look &look) {
            Judged judged = raises(look);
            judged.findings.push_back(judged.findings.front());
            judged.findings.back().subject = u"another"_s;
            judged.findings.back().evidence = {{u"its own"_s, {}}};
            judged.evidence = {{u"the look"_s, {}}};
            return judged;
        })});
        const Run run = bench.finish();
        const std::vector<Finding> &findings = run.results.front().findings;
        QCOMPARE(findings.at(0).evidence.front().title, u"the look"_s);
        QCOMPARE(findings.at(1).evidence.front().title, u"its own"_s);
    }

    // Whatever a judge quotes: the engine lets no key out, and the id is made of what is let out.
    void resultsLeaveMasked()
    {
        static const QString secret = u"sk_live_4eC39HqLyjWDarjtT1zdp7dc"_s;
        Bench bench({fakeCheck(u"mail.dmarc"_s, Scope::Target, [](const Look &look) {
            Judged judged = raises(look);
            Finding &finding = judged.findings.front();
            for (QString *text : {&finding.subject, &finding.title, &finding.whatWeSaw, &finding.fix.paste,
                                  &judged.summary, &judged.reason})
                *text = u"is %1"_s.arg(secret);
            finding.evidence = {{secret, secret}};
            judged.evidence = finding.evidence;
            judged.observed = {{u"list"_s, QJsonArray{secret}}, {secret, u"named"_s}};
            return judged;
        })});
        const Run run = bench.finish();
        const CheckResult &result = run.results.front();
        const QByteArray all = QJsonDocument(toJson(result)).toJson();
        QVERIFY2(!all.contains("4eC39H"), all.constData());
        QVERIFY(result.findings.front().id().endsWith(u"#is sk_l••••"_s));
        QVERIFY(result.findings.front().fix.aiPrompt.contains(u"sk_l••••"_s));
    }

    // Where it lies may hang: whoever owns the runner never waits for it, nor does a check that reads no files.
    void theKeyOfFingerprintsIsFetchedByAWorker()
    {
        std::atomic_int asked = 0;
        std::atomic_bool isHere = false;
        std::atomic_bool isOpen = false;
        const auto key = [&, owner = QThread::currentThread()] {
            ++asked;
            isHere = QThread::currentThread() == owner;
            while (!isOpen)
                QThread::msleep(1);
            return QByteArray(32, 'k');
        };
        const auto readsFiles = [](const QString &id) {
            Check check = fakeCheck(id, Scope::Target, [](const Look &look) -> Judged {
                Judged judged;
                judged.summary = QString::fromLatin1(look.facts.fingerprintKey);
                return judged;
            });
            check.sources = {SourceKind::Code};
            return check;
        };
        Bench bench({readsFiles(u"secrets.tree"_s), readsFiles(u"secrets.history"_s),
                     fakeCheck(u"mail.mx"_s, Scope::Target, passes)},
                    false, key);
        bench.request.plan.facts.sources = {{SourceKind::Code, u"/srv/shop"_s, {}}};
        QSignalSpy finished(&bench.runner, &Runner::finished);
        QSignalSpy results(&bench.runner, &Runner::resultsReady);
        QVERIFY(bench.runner.start(bench.request));
        QTRY_VERIFY(!results.isEmpty());
        const auto first = results.front().front().value<std::vector<CheckResult>>();
        QCOMPARE(first.front().checkId, u"mail.mx"_s);
        isOpen = true;
        QVERIFY(finished.wait(20000));
        QCOMPARE(asked.load(), 1);
        QVERIFY(!isHere);
        for (const CheckResult &result : finished.front().front().value<Run>().results)
            QCOMPARE(result.summary == QString(32, u'k'), result.checkId != "mail.mx"_L1);
    }

    // Pasted sessions are recognised by it, whether the project has files or not.
    void theKeyOfFingerprintsGoesToWhoSaysSo()
    {
        Check check = fakeCheck(u"access.session-expiry"_s, Scope::Target, [](const Look &look) -> Judged {
            Judged judged;
            judged.summary = QString::fromLatin1(look.facts.fingerprintKey);
            return judged;
        });
        check.needsFingerprintKey = true;
        Bench bench({check}, false, [] { return QByteArray(32, 'k'); });
        QCOMPARE(bench.finish().results.front().summary, QString(32, u'k'));
    }

    void theKeyOfFingerprintsIsLeftAloneWithoutFiles()
    {
        int asked = 0;
        Check check = fakeCheck(u"secrets.tree"_s, Scope::Target, passes);
        check.sources = {SourceKind::Code};
        Bench bench({check}, false, [&] {
            ++asked;
            return QByteArray();
        });
        bench.finish();
        QCOMPARE(asked, 0);
    }

    void aPastedTextIsASourceOfOneRun()
    {
        Check check = fakeCheck(u"secrets.logs"_s, Scope::Target, [](const Look &look) -> Judged {
            Judged judged;
            const PastedText pasted = pastedOf(SourceKind::Log, look.seen);
            judged.summary = pasted.text ? QString::fromUtf8(pasted.text->reveal()) : u"nothing"_s;
            judged.summary += QString::number(look.facts.fingerprintKey.size());
            return judged;
        });
        check.needs = {Need::Folder};
        check.sources = {SourceKind::Log};
        Bench bench({check}, false, [] { return QByteArray(32, 'k'); });
        QCOMPARE(bench.finish().results.front().outcome, Outcome::NotRun);
        auto text = std::make_shared<const Secret>("a line");
        const std::weak_ptr<const Secret> left = text;
        bench.request.plan.pasted = {SourceKind::Log, std::exchange(text, nullptr)};
        QCOMPARE(bench.finish().results.front().summary, u"a line32"_s);
        bench.request.plan.pasted.kind = SourceKind::CiLog; // which this check does not read
        QCOMPARE(bench.finish().results.front().outcome, Outcome::NotRun);
        bench.request.plan.pasted = {};
        QTRY_VERIFY(left.expired()); // nobody has it any more
    }
};

QTEST_GUILESS_MAIN(TestRunMemory)
#include "tst_runmemory.moc"
