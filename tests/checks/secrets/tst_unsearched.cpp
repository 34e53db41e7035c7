// A search that cannot go on (no memory): each reader of texts says so, and none takes them for clean.
#include "checks/engine/observations.h"
#include "checks/secrets/blobwalk.h"
#include "checks/secrets/compiledrules.h"
#include "checks/secrets/historyscan.h"
#include "checks/secrets/logread/logreading.h"
#include "checks/secrets/maskednames.h"
#include "checks/secrets/pipeline/pipelinereading.h"
#include "checks/secrets/settings/readsettings.h"
#include "checks/secrets/shownnames.h"
#include "checks/secrets/treescan.h"
#include "checks/secrets/unsearched.h"
#include "tests/checks/secrets/gitfixture.h"
#include "tests/checks/secrets/smallrules.h"
#include "tests/checks/secrets/zipmade.h"

#include <QTest>

#include <cstring>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QDateTime kNow(QDate(2026, 11, 29), QTime(10, 0), Qt::UTC);

ScanSettings settings()
{
    return {.key = QByteArray(32, 'k'), .token = CancelToken(), .now = kNow};
}

TextScanner withoutRoom()
{
    return TextScanner::make(setWithoutRoom(), settings()).value();
}

QByteArray keyLine()
{
    return "const key = '" + QByteArray::fromStdString(stripeKey()) + "';\n";
}

} // namespace

class TestUnsearched : public QObject
{
    Q_OBJECT

private slots:
    // Temporary folders are called after the program, and its own name has a keyword in it: a name with one is masked.
    void initTestCase() { QCoreApplication::setApplicationName(u"readers"_s); }
    // So may have the letters that are drawn by lot.
    void init()
    {
        do
            m_git = std::make_unique<GitFixture>();
        while (withoutRoom().scan(m_git->root().toStdString()).ended);
    }

    // What has no keyword needs no database, and is whole.
    void isSaidOfATextAndOfAllBehindIt()
    {
        TextScanner scanner = withoutRoom();
        const TextScan plain = scanner.scan("nothing of the kind");
        QVERIFY(!plain.ended);
        for (const std::string &text : {stripeKey(), std::string("nothing of the kind")}) {
            const TextScan scan = scanner.scan(text);
            QVERIFY(scan.trouble());
            QCOMPARE(scan.trouble()->message, noRoom());
            QVERIFY(scan.hits.empty());
        }
    }

    void isSaidOfAStream()
    {
        const std::string text = stripeKey() + "\n";
        size_t at = 0;
        const auto scan = withoutRoom().scanStream([&](char *to, qint64 most) -> Result<qint64> {
            const size_t some = std::min(static_cast<size_t>(most), text.size() - at);
            std::memcpy(to, text.data() + at, some);
            at += some;
            return static_cast<qint64>(some);
        });
        QVERIFY(scan && scan->trouble());
        QCOMPARE(scan->trouble()->message, noRoom());
    }

    // A text of another one of the pieces could be searched alone.
    void isSaidOfNames()
    {
        const std::string key = stripeKey();
        const std::vector<std::string_view> names{"readme.md", key};
        const auto looked = withoutRoom().scanNames(names, [](size_t, TextScan &) { QFAIL("nothing was searched"); });
        QVERIFY(!looked);
        QCOMPARE(looked.error().message, noRoom());
    }

    void countsAsUnreadableInATree()
    {
        m_git->write(u"key.js"_s, keyLine());
        m_git->write(u"plain.js"_s, "let x;\n");
        TreeProgress progress;
        const TreeScan scan = scanTree(m_git->root(), setWithoutRoom(), settings(), progress).value();
        QVERIFY(scan.walk.unreadable >= 1);
        QVERIFY(std::ranges::any_of(scan.walk.problems, [](const WalkProblem &problem) {
            return problem.place.contains("key.js"_L1) && problem.why.contains(noRoom());
        }));
    }

    void isAGapOfAnArchive()
    {
        m_git->write(u"app.zip"_s, zipMade({{"key.js", keyLine()}}));
        TreeProgress progress;
        const TreeScan scan = scanTree(m_git->root(), setWithoutRoom(), settings(), progress).value();
        QVERIFY2(scan.archiveGaps.contains(unsearchedSentence(u"app.zip"_s, {ErrorKind::Storage, noRoom()})),
                 qPrintable(scan.archiveGaps.join(u'|')));
    }

    // Whoever guards a change by it must not let it pass.
    void endsALookAtHistory()
    {
        m_git->init();
        m_git->write(u"key.js"_s, keyLine());
        m_git->commitAll(u"key"_s);
        const GitRepository repository = GitRepository::open(m_git->root(), CancelToken()).value();
        const BlobWalk walk = BlobWalk::history(repository, CancelToken()).value();
        HistoryProgress progress;
        const auto scan = scanHistory(repository, walk, setWithoutRoom(), settings(), progress);
        QVERIFY(!scan);
        QCOMPARE(scan.error().message, noRoom());
    }

    // What is found line by line is counted all the same.
    void isAGapOfALog()
    {
        m_git->write(u"app.log"_s, "paid with " + QByteArray::fromStdString(stripeKey()) + "\n" +
                                       QByteArray("x\n").repeated(500'000) + "mail=anna@firm.io\n");
        const auto digest = ask(LogReading{.source = {SourceKind::Log, m_git->path(u"app.log"_s), {}},
                                           .fingerprintKey = QByteArray(32, 'k'),
                                           .startedAt = kNow});
        QVERIFY2(digest.has_value(), qPrintable(digest ? QString() : digest.error().message));
        QCOMPARE(digest->gaps, QStringList(unsearchedSentence(u"app.log"_s, {ErrorKind::Storage, noRoom()})));
        QCOMPARE(digest->bytes, QFileInfo(m_git->path(u"app.log"_s)).size());
    }

    void isAGapOfAPipeline()
    {
        const QString workflow = u".github/workflows/deploy.yml"_s;
        m_git->write(workflow, "on: push\nenv:\n  KEY: " + QByteArray::fromStdString(stripeKey()) + "\n");
        const auto digest = ask(PipelineReading{
            .source = {SourceKind::Code, m_git->root(), {}}, .fingerprintKey = QByteArray(32, 'k'), .startedAt = kNow});
        QVERIFY2(digest.has_value(), qPrintable(digest ? QString() : digest.error().message));
        QCOMPARE(digest->gaps, QStringList(unsearchedSentence(workflow, {ErrorKind::Storage, noRoom()})));
    }

    // Of settings all is compared with all: a value that may be a secret or not would make each verdict a guess.
    void endsAReadingOfSettings()
    {
        m_git->write(u".env"_s, "KEY=" + QByteArray::fromStdString(stripeKey()) + "\n");
        const auto read = ask(
            env::ReadSettings{.sources = {{SourceKind::Settings, m_git->path(u".env"_s), Environment::Production}}});
        QVERIFY(!read);
        QCOMPARE(read.error().message, noRoom());
    }

    // A name that could not be looked at may hold anything.
    void showsDotsForAName()
    {
        Observations seen({}, {}, Deadline::never(), nullptr);
        seen.put(CompiledRules{}, setWithoutRoom());
        ShownNames names = ShownNames::make(seen).value();
        QCOMPARE(names.text(u"readme.md"_s), u"readme.md"_s);
        QCOMPARE(names.text(QString::fromStdString(stripeKey())), maskedSecret({}));
    }

    void masksNoReport()
    {
        TextScanner scanner = withoutRoom();
        TreeScan scan;
        scan.archiveGaps = {QString::fromStdString(stripeKey())};
        const auto masked = NameMask(scanner).mask(scan);
        QVERIFY(!masked);
        QCOMPARE(masked.error().message, noRoom());
    }

private:
    template<typename Question>
    static Result<typename Question::Answer> ask(const Question &question)
    {
        Observations seen({}, {}, Deadline::never(), nullptr);
        seen.put(CompiledRules{}, setWithoutRoom());
        return *seen.ask(question);
    }

    std::unique_ptr<GitFixture> m_git;
};

QTEST_GUILESS_MAIN(TestUnsearched)
#include "tst_unsearched.moc"
