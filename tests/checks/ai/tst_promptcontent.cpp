#include "checks/ai/promptcontent.h"
#include "checks/engine/observations.h"
#include "checks/engine/pastedtext.h"
#include "checks/secrets/compiledrules.h"
#include "checks/secrets/logread/linefeed.h"
#include "checks/secrets/logread/pastedlook.h"
#include "checks/secrets/textscanner.h"
#include "checks/secrets/unsearched.h"
#include "models/pastedfindings.h"
#include "tests/checks/secrets/smallrules.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

const QDateTime kNow(QDate(2026, 11, 29), QTime(10, 0), Qt::UTC);

Result<PromptDigest> digestOf(const QString &path, PromptLimits limits = {}, const CancelToken &token = {},
                              std::function<void(qint64)> onProgress = {},
                              const std::shared_ptr<const PatternSet> &patterns = test::smallSet())
{
    Observations seen(NetOptions{}, token, Deadline::never(), nullptr);
    seen.put(CompiledRules{}, patterns);
    return *seen.ask(PromptReading{.source = {SourceKind::Prompts, path, {}},
                                   .fingerprintKey = QByteArray(32, 'k'),
                                   .startedAt = kNow,
                                   .limits = limits,
                                   .onProgress = std::move(onProgress)});
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

PromptsRead readOf(PromptRole role, qint64 messages)
{
    PromptDigest digest;
    digest.files = 1;
    digest.roles[role].messages = messages;
    PromptsRead read;
    read.digests = {digest};
    return read;
}

QString said(const Judged &judged)
{
    QStringList words{toWord(judged.outcome)};
    for (const Finding &finding : judged.findings)
        words << finding.code + u':' + toWord(finding.severity);
    return words.join(u' ');
}

} // namespace

class PromptContentTest : public QObject
{
    Q_OBJECT

private slots:
    // As a file of the same bytes is.
    void readsWhatIsPasted()
    {
        const QByteArray chat = "{\"role\":\"user\",\"content\":\"I am anna@firm.io, password: Tulip7!\"}\n";
        Observations seen(NetOptions{}, {}, Deadline::never(), nullptr);
        seen.put(CompiledRules{}, test::smallSet());
        seen.put(PastedSource{}, PastedText{SourceKind::Prompts, std::make_shared<const Secret>(chat)});
        const Target target;
        const Policy policy;
        const ProjectFacts facts;
        const Judged judged = promptContentCheck().look({seen, target, nullptr, policy, facts, kNow});
        QStringList codes;
        for (const Finding &finding : judged.findings) {
            codes << finding.code;
            QVERIFY(isOfPasted(finding, judged.observed));
        }
        QCOMPARE(codes, QStringList({u"credentials"_s, u"personal_data"_s}));
        QCOMPARE(judged.findings.front().location->file, pastedName());
    }

    void countsByRole()
    {
        QTemporaryDir folder;
        const QByteArray key = QByteArray::fromStdString(test::stripeKey());
        write(folder.filePath(u"chat.jsonl"_s),
              "{\"role\":\"system\",\"content\":\"Use " + key +
                  "\"}\n"
                  "{\"role\":\"user\",\"content\":\"I am anna@firm.io, password: Tulip7!\"}\n"
                  "{\"role\":\"tool\",\"content\":\"{\\\"iban\\\":\\\"DE89370400440532013000\\\"}\"}\n");
        const auto digest = digestOf(folder.path());
        QVERIFY2(digest.has_value(), qPrintable(digest ? QString() : digest.error().message));
        QCOMPARE(digest->roles.at(PromptRole::System).rules.at(u"stripe-live-secret"_s).count, qint64(1));
        QCOMPARE(digest->roles.at(PromptRole::System).kinds.size(), 0U);
        QCOMPARE(digest->roles.at(PromptRole::User).kinds.at(SensitiveKind::Mail).count, qint64(1));
        QCOMPARE(digest->roles.at(PromptRole::User).kinds.at(SensitiveKind::Password).count, qint64(1));
        const KindSeen &identity = digest->roles.at(PromptRole::Tool).kinds.at(SensitiveKind::Identity);
        QCOMPARE(identity.samples, (std::vector<LogSample>{{u"chat.jsonl"_s, 3, u"iban=••••"_s}}));
        const Judged judged = judgePrompts({.digests = {*digest}});
        QCOMPARE(said(judged), u"fail keys:critical credentials:high personal_data:high"_s);
        const QString all = QString::fromUtf8(QJsonDocument(judged.observed).toJson()) + judged.findings[0].whatWeSaw +
                            judged.evidence[0].body;
        QVERIFY(!all.contains(QString::fromUtf8(key)));
        QVERIFY(!all.contains("anna@firm.io"_L1));
    }

    // No memory for the search: what stands in the lines is counted, and no key is promised to be missing.
    void saysWhatWasNotSearchedForKeys()
    {
        QTemporaryDir folder;
        const QByteArray key = QByteArray::fromStdString(test::stripeKey());
        write(folder.filePath(u"chat.jsonl"_s), "{\"role\":\"user\",\"content\":\"I am anna@firm.io, " + key + "\"}\n");
        const auto digest = digestOf(folder.path(), {}, {}, {}, test::setWithoutRoom());
        QVERIFY2(digest.has_value(), qPrintable(digest ? QString() : digest.error().message));
        QCOMPARE(digest->roles.at(PromptRole::User).kinds.at(SensitiveKind::Mail).count, qint64(1));
        QCOMPARE(digest->gaps, QStringList(unsearchedSentence(u"chat.jsonl"_s, {ErrorKind::Storage, test::noRoom()})));
        const Judged judged = judgePrompts({.digests = {*digest}});
        QVERIFY(judged.outcome != Outcome::Pass);
    }

    // A key of many lines, and one that the line before tells.
    void readsTextAcrossItsLines()
    {
        QTemporaryDir folder;
        const QByteArray key = QByteArray::fromStdString(test::privateKey(400));
        const QByteArray near = "AI: Which secret of AWS?\nUser: my aws secret is\n\n" +
                                QByteArray::fromStdString(test::noise(40, 3)) + "\n";
        write(folder.filePath(u"chat.txt"_s), "User: why does this fail?\n" + key + near);
        const auto digest = digestOf(folder.path());
        QVERIFY(digest.has_value());
        const RoleSeen &user = digest->roles.at(PromptRole::User);
        QCOMPARE(user.messages, qint64(2));
        QCOMPARE(user.rules.at(u"private-key"_s).count, qint64(1));
        QCOMPARE(user.rules.at(u"private-key"_s).samples.front().line, qint64(2));
        QCOMPARE(user.rules.at(u"aws-secret"_s).count, qint64(1));
        const auto line = 1 + key.count('\n') + 4;
        QCOMPARE(user.rules.at(u"aws-secret"_s).samples.front().line, qint64(line));
        // What one says does not tell of what the other one did.
        QVERIFY(!digest->roles.contains(PromptRole::Assistant) ||
                digest->roles.at(PromptRole::Assistant).rules.empty());
    }

    void readsWideText()
    {
        QTemporaryDir folder;
        QByteArray wide("\xff\xfe");
        for (const char c : std::string("User: I am anna@firm.io\n"))
            wide += QByteArray(1, c) + '\0';
        write(folder.filePath(u"notes.txt"_s), wide);
        const auto digest = digestOf(folder.path());
        QVERIFY(digest.has_value());
        QCOMPARE(digest->files, qint64(1));
        QCOMPARE(digest->roles.at(PromptRole::User).kinds.at(SensitiveKind::Mail).count, qint64(1));
    }

    // Two keys in one value are taken away once, and the other value of the line keeps its place.
    void takesAwayOnce()
    {
        QTemporaryDir folder;
        const QByteArray two = QByteArray::fromStdString(test::stripeKey(1) + "," + test::stripeKey(2));
        write(folder.filePath(u"a.txt"_s), "User: token=" + two + " api_key=abcd1234efgh5678\n");
        const auto digest = digestOf(folder.path());
        QVERIFY(digest.has_value());
        const RoleSeen &user = digest->roles.at(PromptRole::User);
        QCOMPARE(user.rules.at(u"stripe-live-secret"_s).count, qint64(2));
        QCOMPARE(user.kinds.at(SensitiveKind::Token).count, qint64(1));
        QCOMPARE(user.kinds.at(SensitiveKind::Token).samples,
                 (std::vector<LogSample>{{u"a.txt"_s, 1, u"api_key=abcd••••"_s}}));
    }

    void saysWhenItCountedNoFurther()
    {
        QTemporaryDir folder;
        QByteArray keys = "User: ";
        for (unsigned i = 0; i < TextScanner::kMostHits + 1; ++i)
            keys += QByteArray::fromStdString(test::stripeKey(i)) + '\n';
        write(folder.filePath(u"a.txt"_s), keys);
        const auto digest = digestOf(folder.path());
        QVERIFY(digest.has_value());
        QCOMPARE(digest->gaps.size(), 1);
        QVERIFY(digest->gaps.front().contains("a.txt"_L1));
    }

    void masksNamesOfFiles()
    {
        QTemporaryDir folder;
        const QString key = QString::fromStdString(test::stripeKey());
        QVERIFY(QDir(folder.path()).mkdir(key));
        write(folder.filePath(key + u"/chat.txt"_s), "User: I am anna@firm.io\n");
        write(folder.filePath(key + u"/large.txt"_s), QByteArray(200, 'a'));
        const auto digest = digestOf(folder.path(), {.largestFile = 100});
        QVERIFY(digest.has_value());
        const QString shown = digest->roles.at(PromptRole::User).kinds.at(SensitiveKind::Mail).samples.front().file;
        QVERIFY2(!shown.contains(key) && shown.endsWith("/chat.txt"_L1), qPrintable(shown));
        QCOMPARE(digest->gaps.size(), 1);
        QVERIFY(!digest->gaps.front().contains(key));
    }

    // A message without a line end is read in pieces: wherever one ends, what lies there is found, and once.
    void tearsNothing()
    {
        QTemporaryDir folder;
        const QByteArray text = "password: Tulip7!x, mail anna@firm.io and card 4539 1488 0343 6467";
        const auto piece = static_cast<qsizetype>(LineFeed::kLongestPiece);
        for (qsizetype before = piece - text.size() - 2; before <= piece + 1; before += 3) {
            const QByteArray words = QByteArray("word ").repeated(before / 5 + 1).right(before);
            write(folder.filePath(u"chat.json"_s),
                  "{\"role\":\"user\",\"content\":\"" + words + ' ' + text + ' ' + words.left(200) + "\"}");
            const auto digest = digestOf(folder.path());
            QVERIFY(digest.has_value());
            QStringList kinds;
            for (const auto &[kind, seen] : digest->roles.at(PromptRole::User).kinds)
                kinds << toWord(kind) + u':' + QString::number(seen.count);
            QVERIFY2(kinds.join(u' ') == "password:1 card:1 email:1"_L1,
                     qPrintable(QString::number(before - piece) + u": "_s + kinds.join(u' ')));
        }
    }

    // One message of many megabytes, with as much in it as can be.
    void stopsWithinAMessage()
    {
        QTemporaryDir folder;
        QByteArray text = "{\"role\":\"user\",\"content\":\"";
        const QByteArray piece = "iban=A12345678 a@bc.de token=abcd1234efgh5678 ";
        text += piece.repeated((24 << 20) / static_cast<int>(piece.size())) + "\"}";
        write(folder.filePath(u"conv.json"_s), text);
        const CancelToken token;
        QElapsedTimer sinceStop;
        const auto digest = digestOf(folder.path(), {}, token, [&](qint64 pieces) {
            if (pieces == 1) { // one was read, and there are more
                sinceStop.start();
                token.cancel();
            }
        });
        QVERIFY(sinceStop.isValid());
        QVERIFY(!digest.has_value());
        QCOMPARE(digest.error().kind, ErrorKind::Cancelled);
        QVERIFY2(sinceStop.elapsed() < 1000, qPrintable(QString::number(sinceStop.elapsed())));
    }

    void keepsToItsBounds()
    {
        QTemporaryDir folder;
        write(folder.filePath(u"a.txt"_s), "hello\nworld\n");
        const auto large = digestOf(folder.path(), {.largestFile = 5});
        QVERIFY(large.has_value());
        QCOMPARE(large->files, qint64(0));
        QCOMPARE(large->gaps.size(), 1);
        const auto whole = digestOf(folder.path(), {.largestFile = 12});
        QVERIFY(whole.has_value());
        QVERIFY(whole->gaps.isEmpty());
        QCOMPARE(whole->roles.at(PromptRole::Unknown).messages, qint64(2));
        QTemporaryDir empty;
        const auto nothing = digestOf(empty.path());
        QVERIFY(!nothing.has_value());
        QCOMPARE(nothing.error().kind, ErrorKind::NotFound);
    }

    void judges_data()
    {
        QTest::addColumn<QList<int>>("kinds");
        QTest::addColumn<QString>("expected");
        using enum SensitiveKind;
        const auto row = [](const char *name, std::initializer_list<SensitiveKind> kinds, const QString &expected) {
            QList<int> numbers;
            for (const SensitiveKind kind : kinds)
                numbers << static_cast<int>(kind);
            QTest::newRow(name) << numbers << expected;
        };
        row("nothing", {}, u"pass"_s);
        row("token and password are one finding", {Token, Password}, u"fail credentials:high"_s);
        row("card", {Card}, u"fail cards:high"_s);
        row("test card", {TestCard}, u"pass"_s);
        row("e-mail", {Mail}, u"warn personal_data:medium"_s);
        row("phone and date of birth", {Phone, Identity}, u"fail personal_data:high"_s);
    }

    void judges()
    {
        QFETCH(QList<int>, kinds);
        PromptsRead read = readOf(PromptRole::Tool, kFewestMessages);
        for (const int kind : kinds)
            read.digests.front().roles[PromptRole::Tool].kinds[static_cast<SensitiveKind>(kind)].count = 1;
        QTEST(said(judgePrompts(read)), "expected");
    }

    void passesOnlyWhatItSaw()
    {
        QCOMPARE(said(judgePrompts(readOf(PromptRole::Tool, kFewestMessages - 1))), u"info"_s);
        QCOMPARE(said(judgePrompts(readOf(PromptRole::Tool, kFewestMessages))), u"pass"_s);
        for (const PromptRole role : {PromptRole::User, PromptRole::System, PromptRole::Unknown}) {
            const Judged withoutTools = judgePrompts(readOf(role, kFewestMessages));
            QCOMPARE(said(withoutTools), u"info"_s);
            QVERIFY(withoutTools.reason.contains("tool"_L1));
            QVERIFY(withoutTools.observed.contains(u"not_seen"_s));
        }
        // A find is one, and what was not looked at is said beside it.
        PromptsRead found = readOf(PromptRole::User, 1);
        found.digests.front().roles[PromptRole::User].kinds[SensitiveKind::Card].count = 1;
        QCOMPARE(said(judgePrompts(found)), u"fail cards:high"_s);
        QVERIFY(judgePrompts(found).reason.contains("tool"_L1));
        QVERIFY(!judgePrompts(readOf(PromptRole::User, 0)).reason.contains("result of a tool"_L1)); // nothing was read
        PromptsRead cut = readOf(PromptRole::Tool, kFewestMessages);
        cut.gaps = {u"b.json was left out."_s};
        const Judged judged = judgePrompts(cut);
        QCOMPARE(said(judged), u"info"_s);
        QVERIFY(judged.observed.contains(u"not_seen"_s));
        PromptsRead failed;
        failed.failed = Error{ErrorKind::NotFound, u"gone"_s};
        QCOMPARE(said(judgePrompts(failed)), u"error"_s);
    }
};

QTEST_GUILESS_MAIN(PromptContentTest)
#include "tst_promptcontent.moc"
