// A pasted text as a source: read as a file is, and what it showed stays until it is read again.
#include "checks/engine/observations.h"
#include "checks/engine/pastedtext.h"
#include "checks/secrets/compiledrules.h"
#include "checks/secrets/logread/logreading.h"
#include "checks/secrets/logread/pastedlook.h"
#include "checks/secrets/logs.h"
#include "models/pastedfindings.h"
#include "models/projectstate.h"
#include "tests/checks/secrets/smallrules.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QDateTime kNow(QDate(2026, 11, 29), QTime(10, 0), Qt::UTC);
const QByteArray kQuiet = "2026-11-29T10:00:00Z INFO started in 12 ms\n";
const QByteArray kCard = "2026-11-29T10:00:01Z INFO paid with 4539578763621486 thanks\n";

std::shared_ptr<const Secret> pasted(const QByteArray &text)
{
    return std::make_shared<const Secret>(text);
}

Result<LogDigest> digestOf(const LogReading &question, const CancelToken &token = {})
{
    Observations seen(NetOptions{}, token, Deadline::never(), nullptr);
    seen.put(CompiledRules{}, test::smallSet());
    return *seen.ask(question);
}

LogReading ofPasted(const QByteArray &text, SourceKind kind = SourceKind::Log)
{
    return {.source = {kind, {}, {}}, .fingerprintKey = QByteArray(32, 'k'), .startedAt = kNow, .pasted = pasted(text)};
}

struct Project
{
    QTemporaryDir folder;
    ProjectState state;
    Target target;
    Policy policy;

    void writeLog(const QByteArray &text)
    {
        QFile file(folder.filePath(u"app.log"_s));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(text) == text.size());
        state.sources = {{SourceKind::Log, file.fileName(), {}}};
    }

    // Folds what the check says into the project, as a run does.
    CheckResult look(const QByteArray &paste = {})
    {
        Observations seen(NetOptions{}, {}, Deadline::never(), nullptr);
        seen.put(CompiledRules{}, test::smallSet());
        if (!paste.isEmpty())
            seen.put(PastedSource{}, PastedText{SourceKind::Log, pasted(paste)});
        const ProjectFacts facts = projectFactsOf(state);
        const Judged judged = logsCheck().look({seen, target, nullptr, policy, facts, kNow});
        CheckResult result;
        result.checkId = u"secrets.logs"_s;
        result.outcome = judged.outcome;
        result.reason = judged.reason;
        result.observed = judged.observed;
        result.findings = judged.findings;
        for (Finding &finding : result.findings)
            finding.checkId = result.checkId;
        applyResults(state, {result}, kNow);
        return result;
    }

    QStringList open() const
    {
        QStringList codes;
        for (const Finding &finding : openFindings(state))
            codes << finding.code;
        codes.sort();
        return codes;
    }
};

} // namespace

class PastedLookTest : public QObject
{
    Q_OBJECT

private slots:
    void isReadAsAFileIs_data();
    void isReadAsAFileIs();
    void isBounded();
    void stops();
    void whatItShowedStaysUntilItIsReadAgain();
    void whatFilesShowIsJudgedByFiles();
    void aTextTakesThePlaceOfTheOneBefore();
};

void PastedLookTest::isReadAsAFileIs_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("one line") << kCard;
    QTest::newRow("no line end") << kCard.chopped(1);
    QTest::newRow("lines of a terminal") << QByteArray(kQuiet + kCard).replace("\n", "\r\n");
    QTest::newRow("a key") << "key=" + QByteArray::fromStdString(test::stripeKey()) + "\n" + kQuiet;
    QTest::newRow("a long line") << QByteArray(600'000, 'x') + ' ' + kCard;
    QTest::newRow("many lines") << kQuiet.repeated(20'000) + kCard + kQuiet.repeated(20'000);
}

void PastedLookTest::isReadAsAFileIs()
{
    QFETCH(QByteArray, text);
    QTemporaryDir folder;
    QFile file(folder.filePath(u"app.log"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    file.close();
    LogReading ofFile = ofPasted({});
    ofFile.pasted.reset();
    ofFile.source.path = file.fileName();
    const auto fromFile = digestOf(ofFile);
    const auto fromPaste = digestOf(ofPasted(text));
    QVERIFY(fromFile && fromPaste);
    QVERIFY(fromPaste->isPasted && !fromFile->isPasted);
    QCOMPARE(fromPaste->root, pastedName());
    QCOMPARE(fromPaste->lines, fromFile->lines);
    QCOMPARE(fromPaste->bytes, fromFile->bytes);
    QCOMPARE(fromPaste->kinds.size(), fromFile->kinds.size());
    for (const auto &[kind, seen] : fromFile->kinds) {
        const KindSeen &other = fromPaste->kinds.at(kind);
        QCOMPARE(other.count, seen.count);
        for (size_t i = 0; i < seen.samples.size(); ++i) {
            QCOMPARE(other.samples[i].line, seen.samples[i].line);
            QCOMPARE(other.samples[i].shown, seen.samples[i].shown);
            QCOMPARE(other.samples[i].file, pastedName());
        }
    }
    QCOMPARE(fromPaste->rules.size(), fromFile->rules.size());
    for (const auto &[id, seen] : fromFile->rules)
        QCOMPARE(fromPaste->rules.at(id).count, seen.count);
}

// As many bytes as are taken, in no more time than such a file takes.
void PastedLookTest::isBounded()
{
    const auto digest = digestOf(ofPasted(QByteArray(kLargestPaste, 'y')));
    QVERIFY(digest);
    QCOMPARE(digest->bytes, qint64(kLargestPaste));
    const auto none = digestOf(ofPasted(QByteArray("\x7f"
                                                   "ELF\0\0\0\0",
                                                   8)));
    QVERIFY(!none);
    QCOMPARE(none.error().kind, ErrorKind::BadInput);
}

void PastedLookTest::stops()
{
    const LogReading question = ofPasted(kCard.repeated(kLargestPaste / kCard.size()));
    CancelToken token;
    std::jthread stopper([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(30));
        token.cancel();
    });
    QElapsedTimer clock;
    clock.start();
    const auto digest = digestOf(question, token);
    if (digest) // a fast machine
        QSKIP("it was read before the stop");
    QCOMPARE(digest.error().kind, ErrorKind::Cancelled);
    QVERIFY2(clock.elapsed() < 1000, qPrintable(QString::number(clock.elapsed())));
}

void PastedLookTest::whatItShowedStaysUntilItIsReadAgain()
{
    Project project;
    project.writeLog(kQuiet.repeated(200));
    QCOMPARE(project.look().outcome, Outcome::Pass);
    const CheckResult found = project.look(kCard);
    QCOMPARE(project.open(), QStringList{u"cards"_s});
    QVERIFY(isOfPasted(found.findings.front(), found.observed));
    QCOMPARE(found.findings.front().location->file, pastedName());
    for (int look = 0; look < 2; ++look) { // each looks at the files alone, and they are clean
        const CheckResult later = project.look();
        QCOMPARE(later.outcome, Outcome::Info);
        QVERIFY2(later.reason.contains(u"was not read again"_s), qPrintable(later.reason));
        QCOMPARE(project.open(), QStringList{u"cards"_s});
    }
    project.look(kQuiet.repeated(200));
    QCOMPARE(project.open(), QStringList());
    QCOMPARE(project.look().outcome, Outcome::Pass); // nothing of it is left to be said
}

void PastedLookTest::whatFilesShowIsJudgedByFiles()
{
    Project project;
    project.writeLog(kQuiet.repeated(200) + "login password=Tulip7!x9\n");
    project.look(kCard);
    QCOMPARE(project.open(), QStringList({u"cards"_s, u"passwords"_s}));
    project.writeLog(kQuiet.repeated(200));
    project.look();
    QCOMPARE(project.open(), QStringList{u"cards"_s}); // the password is gone from where it stood
}

void PastedLookTest::aTextTakesThePlaceOfTheOneBefore()
{
    Project project;
    project.writeLog(kQuiet.repeated(200));
    project.look(kCard);
    project.look("login password=Tulip7!x9\n");
    QCOMPARE(project.open(), QStringList{u"passwords"_s});
    project.look();
    QCOMPARE(project.open(), QStringList{u"passwords"_s});
}

QTEST_GUILESS_MAIN(PastedLookTest)
#include "tst_pastedlook.moc"
