// Compiled patterns kept from start to start: read back when they are the same, never trusted otherwise.
#include "tests/checks/secrets/smallrules.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <atomic>
#include <functional>
#include <string>

#include <unistd.h>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

using Change = std::function<void(const QString &file)>;

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void replace(const QString &path, const QByteArray &bytes)
{
    QFile::remove(path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

void flip(const QString &path, qsizetype at)
{
    QByteArray bytes = bytesOf(path);
    bytes[at < 0 ? bytes.size() + at : at] = static_cast<char>(bytes[at < 0 ? bytes.size() + at : at] ^ 1);
    replace(path, bytes);
}

constexpr int kDatabases = 5;
constexpr size_t kFirstNumber = 1000;

std::vector<LeakRule> rulesOfDatabases(int databases)
{
    std::vector<LeakRule> rules(static_cast<size_t>(databases) * PatternSet::kRulesInDatabase);
    for (size_t number = 0; number < rules.size(); ++number) {
        rules[number].id = QString::number(number);
        rules[number].keywords = {"key"};
        rules[number].pattern = "key-" + QByteArray::number(kFirstNumber + number);
    }
    return rules;
}

size_t keysFoundBy(const PatternSet &set)
{
    std::vector<PatternMatch> found;
    const auto room = set.makeRoom().value();
    set.search("x = " + stripeKey() + "\n" + privateKey(3300), *room, found);
    return found.size();
}

} // namespace

Q_DECLARE_METATYPE(Change)

class TestPatternKeep : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_root = std::make_unique<QTemporaryDir>();
        m_keeping = {QDir(m_root->path()).filePath(u"cache/of the program"_s), QByteArray(32, 'k')};
    }

    void isReadBack();
    void isOfThisUserAlone();
    void isMadeAnew_data();
    void isMadeAnew();
    void isOfTheseRules();
    void isKeptAsSoonAsItIsDone();
    void isMadeAnewAlone();
    void worksWithoutAPlace_data();
    void worksWithoutAPlace();

private:
    QString file() const { return QDir(m_keeping.folder).filePath(u"secrets-0.patterns"_s); }
    QStringList databasesKept() const
    {
        return QDir(m_keeping.folder).entryList({u"secrets-?.patterns"_s}, QDir::Files);
    }

    std::unique_ptr<QTemporaryDir> m_root;
    PatternKeeping m_keeping;
};

void TestPatternKeep::isReadBack()
{
    const auto first = PatternSet::compile(smallRules(), m_keeping).value();
    QVERIFY(!first->wasKept());
    const QByteArray kept = bytesOf(file());
    const auto second = PatternSet::compile(smallRules(), m_keeping).value();
    QVERIFY(second->wasKept());
    QCOMPARE(bytesOf(file()), kept);
    // The long key needs what is kept beside the databases.
    QCOMPARE(keysFoundBy(*first), 2U);
    QCOMPARE(keysFoundBy(*second), 2U);
}

void TestPatternKeep::isOfThisUserAlone()
{
    QVERIFY(PatternSet::compile(smallRules(), m_keeping));
    const auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther |
                        QFileDevice::WriteOther | QFileDevice::ExeOwner | QFileDevice::ExeOther;
    QCOMPARE(QFileInfo(file()).permissions() & (ownerOnly | others), ownerOnly);
    QCOMPARE(QDir(m_keeping.folder).entryList(QDir::Files | QDir::Hidden),
             (QStringList{u"secrets-0.patterns"_s, u"secrets-keywords.patterns"_s}));
}

void TestPatternKeep::isMadeAnew_data()
{
    QTest::addColumn<Change>("change");
    const auto row = [](const char *name, const Change &change) { QTest::newRow(name) << change; };
    row("removed", [](const QString &path) { QFile::remove(path); });
    row("empty", [](const QString &path) { replace(path, {}); });
    row("the seal alone", [](const QString &path) { replace(path, bytesOf(path).first(32)); });
    row("a byte is missing", [](const QString &path) { replace(path, bytesOf(path).chopped(1)); });
    row("a byte too many", [](const QString &path) { replace(path, bytesOf(path) + '\0'); });
    row("another seal", [](const QString &path) { flip(path, 0); });
    row("another identity", [](const QString &path) { flip(path, 40); });
    row("another database", [](const QString &path) { flip(path, 2000); });
    row("another last byte", [](const QString &path) { flip(path, -1); });
    row("something else", [](const QString &path) { replace(path, QByteArray(5000, 'x')); });
    row("a link to it", [](const QString &path) {
        QVERIFY(QFile::rename(path, path + u".elsewhere"_s));
        QVERIFY(QFile::link(path + u".elsewhere"_s, path));
    });
}

void TestPatternKeep::isMadeAnew()
{
    QFETCH(Change, change);
    QVERIFY(PatternSet::compile(smallRules(), m_keeping));
    const QByteArray kept = bytesOf(file());
    change(file());
    const auto set = PatternSet::compile(smallRules(), m_keeping).value();
    QVERIFY(!set->wasKept());
    QCOMPARE(keysFoundBy(*set), 2U);
    QCOMPARE(bytesOf(file()), kept);
    QVERIFY(!QFileInfo(file()).isSymLink());
    QVERIFY(PatternSet::compile(smallRules(), m_keeping).value()->wasKept());
}

void TestPatternKeep::isOfTheseRules()
{
    QVERIFY(PatternSet::compile(smallRules(), m_keeping));
    auto rules = smallRules();
    rules.front().pattern += "x?";
    QVERIFY(!PatternSet::compile(rules, m_keeping).value()->wasKept());
    QVERIFY(PatternSet::compile(rules, m_keeping).value()->wasKept());
    rules.front().keywords.push_back("another");
    QVERIFY(!PatternSet::compile(rules, m_keeping).value()->wasKept());
    rules.front().isCaseless = true;
    QVERIFY(!PatternSet::compile(rules, m_keeping).value()->wasKept());
    const PatternKeeping ofAnother{m_keeping.folder, QByteArray(32, 'o')};
    QVERIFY(!PatternSet::compile(rules, ofAnother).value()->wasKept());
}

// A start that is stopped, or killed, leaves the next one what it had done.
void TestPatternKeep::isKeptAsSoonAsItIsDone()
{
    const CancelToken token;
    const auto stopped = PatternSet::compile(rulesOfDatabases(kDatabases), m_keeping, token, [&] { token.cancel(); });
    QCOMPARE(stopped.error().kind, ErrorKind::Cancelled);
    const auto kept = static_cast<int>(databasesKept().size());
    QVERIFY2(kept >= 1 && kept < kDatabases, qPrintable(QString::number(kept)));
    std::atomic<int> begun{0};
    QVERIFY(!PatternSet::compile(rulesOfDatabases(kDatabases), m_keeping, {}, [&] { ++begun; }).value()->wasKept());
    QCOMPARE(begun, kDatabases - kept);
    QCOMPARE(databasesKept().size(), kDatabases);
    QVERIFY(PatternSet::compile(rulesOfDatabases(kDatabases), m_keeping).value()->wasKept());
}

void TestPatternKeep::isMadeAnewAlone()
{
    QVERIFY(PatternSet::compile(rulesOfDatabases(kDatabases), m_keeping));
    const auto begunWith = [this](const std::vector<LeakRule> &rules) {
        std::atomic<int> begun{0};
        const auto set = PatternSet::compile(rules, m_keeping, {}, [&] { ++begun; }).value();
        std::vector<PatternMatch> found;
        const std::string text =
            "key-" + std::to_string(kFirstNumber) + "\nkey-" + std::to_string(kFirstNumber + rules.size() - 1) + "\n";
        set->search(text, *set->makeRoom().value(), found);
        return QList<int>{begun.load(), static_cast<int>(found.size())};
    };
    auto rules = rulesOfDatabases(kDatabases);
    QCOMPARE(begunWith(rules), (QList<int>{0, 2}));
    flip(file(), -1);
    QCOMPARE(begunWith(rules), (QList<int>{1, 2}));
    rules.back().pattern += "x?";
    QCOMPARE(begunWith(rules), (QList<int>{1, 2}));
    // Each is of its own place among the rules, by whose numbers Hyperscan reports.
    const QDir folder(m_keeping.folder);
    QVERIFY(QFile::remove(folder.filePath(u"secrets-1.patterns"_s)));
    QVERIFY(QFile::copy(file(), folder.filePath(u"secrets-1.patterns"_s)));
    QCOMPARE(begunWith(rules), (QList<int>{1, 2}));
    rules.pop_back(); // of the last one
    QCOMPARE(begunWith(rules), (QList<int>{1, 2}));
}

void TestPatternKeep::worksWithoutAPlace_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QByteArray>("key");
    QTest::newRow("no folder") << QString() << QByteArray(32, 'k');
    QTest::newRow("no key") << u"cache"_s << QByteArray();
    QTest::newRow("a folder that cannot be made") << u"a file/cache"_s << QByteArray(32, 'k');
    QTest::newRow("a file system that takes nothing") << u"/proc/cache"_s << QByteArray(32, 'k');
}

void TestPatternKeep::worksWithoutAPlace()
{
    QFETCH(QString, folder);
    QFETCH(QByteArray, key);
    const QDir root(m_root->path());
    replace(root.filePath(u"a file"_s), "x");
    const PatternKeeping keeping{folder.isEmpty() ? folder : root.filePath(folder), key};
    for (int start = 0; start < 2; ++start) {
        const auto set = PatternSet::compile(smallRules(), keeping).value();
        QVERIFY(!set->wasKept());
        QCOMPARE(keysFoundBy(*set), 2U);
    }
    QVERIFY(!root.exists(u"cache"_s));
}

QTEST_GUILESS_MAIN(TestPatternKeep)
#include "tst_patternkeep.moc"
