// Compiled patterns kept from start to start: read back when they are the same, never trusted otherwise.
#include "tests/checks/secrets/smallrules.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

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

std::string smallText()
{
    return "x = " + stripeKey() + "\n" + privateKey(3300);
}

std::string textOfDatabases(size_t databases)
{
    std::string text;
    for (const size_t number : {size_t(0), databases * PatternSet::kRulesInDatabase - 1})
        text += "key-" + std::to_string(kFirstNumber + number) + "\n";
    return text;
}

// What a start that looks at a text compiled (databases of patterns), and how many matches it found.
struct Start
{
    int compiled = 0;
    size_t found = 0;
    bool operator==(const Start &) const = default;
};

Start startWith(const std::vector<LeakRule> &rules, const PatternKeeping &keeping,
                const std::string &text = smallText())
{
    Start start;
    const auto set = PatternSet::compile(rules, keeping, {}, [&start] {
                         ++start.compiled;
                         return Result<void>();
                     }).value();
    std::vector<PatternMatch> found;
    if (const auto searched = set->search(text, *set->makeRoom().value(), found); !searched)
        qWarning("%s", qPrintable(searched.error().message));
    start.found = found.size();
    return start;
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
    void measuresAnew_data();
    void measuresAnew();
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

// The long key needs what is kept beside the databases.
void TestPatternKeep::isReadBack()
{
    QVERIFY((startWith(smallRules(), m_keeping) == Start{1, 2}));
    const QByteArray kept = bytesOf(file());
    QVERIFY((startWith(smallRules(), m_keeping) == Start{0, 2}));
    QCOMPARE(bytesOf(file()), kept);
}

void TestPatternKeep::isOfThisUserAlone()
{
    startWith(smallRules(), m_keeping);
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
    startWith(smallRules(), m_keeping);
    const QByteArray kept = bytesOf(file());
    change(file());
    QVERIFY((startWith(smallRules(), m_keeping) == Start{1, 2}));
    QCOMPARE(bytesOf(file()), kept);
    QVERIFY(!QFileInfo(file()).isSymLink());
    QVERIFY((startWith(smallRules(), m_keeping) == Start{0, 2}));
}

// The keywords and what is kept with them.
void TestPatternKeep::measuresAnew_data()
{
    isMadeAnew_data();
}

void TestPatternKeep::measuresAnew()
{
    QFETCH(Change, change);
    startWith(smallRules(), m_keeping);
    const QString keywords = QDir(m_keeping.folder).filePath(u"secrets-keywords.patterns"_s);
    const QByteArray kept = bytesOf(keywords);
    change(keywords);
    QVERIFY((startWith(smallRules(), m_keeping) == Start{0, 2}));
    QCOMPARE(bytesOf(keywords), kept);
}

void TestPatternKeep::isOfTheseRules()
{
    startWith(smallRules(), m_keeping);
    auto rules = smallRules();
    rules.front().pattern += "x?";
    QCOMPARE(startWith(rules, m_keeping).compiled, 1);
    QCOMPARE(startWith(rules, m_keeping).compiled, 0);
    rules.front().isCaseless = true;
    QCOMPARE(startWith(rules, m_keeping).compiled, 1);
    const PatternKeeping ofAnother{m_keeping.folder, QByteArray(32, 'o')};
    QCOMPARE(startWith(rules, ofAnother).compiled, 1);
    // A keyword more is none of the patterns'.
    rules.front().keywords.push_back("another");
    QVERIFY((startWith(rules, ofAnother, "another " + smallText()) == Start{0, 2}));
}

// A start that is stopped, or killed, leaves the next one what it had done.
void TestPatternKeep::isKeptAsSoonAsItIsDone()
{
    const CancelToken token;
    int begunBefore = 0;
    const auto stopped = PatternSet::compile(rulesOfDatabases(kDatabases), m_keeping, token, [&] {
                             if (++begunBefore == 2)
                                 token.cancel();
                             return Result<void>();
                         }).value();
    std::vector<PatternMatch> found;
    const auto searched = stopped->search(textOfDatabases(kDatabases), *stopped->makeRoom(token).value(), found);
    QCOMPARE(searched.error().kind, ErrorKind::Cancelled);
    QCOMPARE(databasesKept().size(), 2);
    QVERIFY(
        (startWith(rulesOfDatabases(kDatabases), m_keeping, textOfDatabases(kDatabases)) == Start{kDatabases - 2, 2}));
    QCOMPARE(databasesKept().size(), kDatabases);
    QVERIFY((startWith(rulesOfDatabases(kDatabases), m_keeping, textOfDatabases(kDatabases)) == Start{0, 2}));
}

void TestPatternKeep::isMadeAnewAlone()
{
    startWith(rulesOfDatabases(kDatabases), m_keeping, textOfDatabases(kDatabases));
    const auto begunWith = [this](const std::vector<LeakRule> &rules) {
        std::string text =
            "key-" + std::to_string(kFirstNumber) + "\nkey-" + std::to_string(kFirstNumber + rules.size() - 1) + "\n";
        return startWith(rules, m_keeping, text);
    };
    auto rules = rulesOfDatabases(kDatabases);
    QVERIFY((begunWith(rules) == Start{0, 2}));
    flip(file(), -1);
    QVERIFY((begunWith(rules) == Start{1, 2}));
    rules.back().pattern += "x?";
    QVERIFY((begunWith(rules) == Start{1, 2}));
    // Each is of its own place among the rules, by whose numbers Hyperscan reports.
    const QDir folder(m_keeping.folder);
    QVERIFY(QFile::remove(folder.filePath(u"secrets-1.patterns"_s)));
    QVERIFY(QFile::copy(file(), folder.filePath(u"secrets-1.patterns"_s)));
    QVERIFY((begunWith(rules) == Start{1, 2}));
    rules.pop_back(); // of the last one
    QVERIFY((begunWith(rules) == Start{1, 2}));
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
    for (int start = 0; start < 2; ++start)
        QVERIFY((startWith(smallRules(), keeping) == Start{1, 2}));
    QVERIFY(!root.exists(u"cache"_s));
}

QTEST_GUILESS_MAIN(TestPatternKeep)
#include "tst_patternkeep.moc"
