// The repositories of a source, found however it is built.
#include "checks/secrets/coderepositories.h"
#include "tests/checks/secrets/gitfixture.h"

#include <QTest>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

CodeRepositories repositoriesIn(const QString &folder)
{
    return codeRepositories({{.kind = SourceKind::Code, .path = folder}}, CancelToken());
}

// Folders in folders, deeper than a path may be long.
bool dig(const QString &in, int depth)
{
    int folder = ::open(QFile::encodeName(in).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    for (int i = 0; i < depth && folder >= 0; ++i) {
        const int next =
            ::mkdirat(folder, "d", 0755) == 0 ? ::openat(folder, "d", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
        ::close(folder);
        folder = next;
    }
    if (folder >= 0)
        ::close(folder);
    return folder >= 0;
}

class FewDescriptors
{
public:
    explicit FewDescriptors(rlim_t most)
    {
        ::getrlimit(RLIMIT_NOFILE, &m_before);
        const rlimit few{most, m_before.rlim_max};
        ::setrlimit(RLIMIT_NOFILE, &few);
    }
    ~FewDescriptors() { ::setrlimit(RLIMIT_NOFILE, &m_before); }
    Q_DISABLE_COPY_MOVE(FewDescriptors)

private:
    rlimit m_before{};
};

} // namespace

class TestCodeRepositories : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_code = std::make_unique<GitFixture>(u"code"_s);
        QVERIFY(QDir().mkpath(m_code->root()));
    }
    // Qt gives up at paths of this length.
    void cleanup() { QCOMPARE(QProcess::execute(u"rm"_s, {u"-rf"_s, m_code->root()}), 0); }

    // A tree that is dug to take all descriptors hides no repository, and what was not reached is said.
    void isNotLostInTheDepth()
    {
        constexpr int repositories = 30;
        for (int i = 0; i < repositories; ++i)
            m_code->git({u"init"_s, u"-q"_s, u"shop-%1"_s.arg(i)});
        QVERIFY(QDir().mkpath(m_code->path(u"deep"_s)));
        QVERIFY(dig(m_code->path(u"deep"_s), 1300));
        const FewDescriptors few(200);
        const CodeRepositories all = repositoriesIn(m_code->root());
        QCOMPARE(all.places.size(), repositories);
        QCOMPARE(all.below, repositories);
        QCOMPARE(all.gaps.size(), 1);
        QVERIFY2(all.gaps.front().contains("more than 500 folders in each other"_L1), qPrintable(all.gaps.front()));
    }

    void saysWhatItMayNotRead()
    {
        if (::geteuid() == 0)
            QSKIP("root reads everything");
        m_code->git({u"init"_s, u"-q"_s, u"shop"_s});
        QVERIFY(QDir().mkpath(m_code->path(u"closed/inside"_s)));
        QVERIFY(QFile::setPermissions(m_code->path(u"closed"_s), {}));
        const CodeRepositories all = repositoriesIn(m_code->root());
        QVERIFY(
            QFile::setPermissions(m_code->path(u"closed"_s), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        QCOMPARE(all.places.size(), 1);
        QVERIFY2(all.gaps.join(u' ').contains("closed"_L1), qPrintable(all.gaps.join(u' ')));
    }

    // Those of other people are no part of the product, and somebody may have put an own one there.
    void namesThoseAmongPackages()
    {
        m_code->init();
        for (const QString &place : {u"api"_s, u"vendor/acme/own"_s, u"web/node_modules/left"_s, u".venv/src/tool"_s})
            m_code->git({u"init"_s, u"-q"_s, place});
        const CodeRepositories all = repositoriesIn(m_code->root());
        QCOMPARE(all.places.size(), 2);
        QCOMPARE(all.below, 1);
        QCOMPARE(all.gaps.size(), 1);
        QVERIFY2(all.gaps.front().startsWith(u'3') && all.gaps.front().contains("vendor/acme/own"_L1),
                 qPrintable(all.gaps.front()));
    }

    // Packages have thousands of folders, and a repository among them stands at the top of one; a product's own folder
    // called "vendor" has no packages.
    void looksForThemAtTheTopOfPackages_data()
    {
        QTest::addColumn<QString>("beside"); // a file
        QTest::addColumn<QString>("place");
        QTest::addColumn<bool>("isFound");
        const auto row = [](const char *place, bool isFound, const char *beside = "") {
            QTest::addRow("%s with %s", place, beside)
                << QString::fromLatin1(beside) << QString::fromLatin1(place) << isFound;
        };
        row("web/node_modules/left", true);
        row("web/node_modules/@acme/left", true);
        row("web/node_modules/left/lib", false);
        row("web/node_modules/@acme/left/lib", false);
        row("web/node_modules/left/node_modules/right", false);
        row("web/node_modules/vendor/own", false);
        row("web/node_modules", true);
        row("bower_components/left", true);
        row("ios/Pods/Left", true);
        row("ios/Pods/Left/Sources", false);
        row(".venv/src/left", true);
        row(".venv/lib/python3.12/site-packages/left", true);
        row(".venv/lib/python3.12/site-packages/left/sub", false);
        row("vendor/acme/own", true, "composer.json");
        row("vendor/github.com/acme/own", true, "go.mod");
        row("vendor/github.com/acme/own/internal", false, "go.mod");
        row("vendor/a/b/c/d/own", true);
        row("src/vendor/a/b/c/d/own", true, "composer.json"); // of another folder
        row("src/modules/a/b/c/d/own", true);
    }

    void looksForThemAtTheTopOfPackages()
    {
        QFETCH(QString, beside);
        QFETCH(QString, place);
        QFETCH(bool, isFound);
        m_code->init();
        if (!beside.isEmpty())
            m_code->write(beside, "{}");
        m_code->git({u"init"_s, u"-q"_s, place});
        const CodeRepositories all = repositoriesIn(m_code->root());
        QVERIFY(all.places.contains(m_code->root()));
        const bool isLookedAt = all.places.contains(m_code->path(place));
        const bool isNamed = all.gaps.join(u' ').contains(m_code->path(place));
        QCOMPARE(isLookedAt || isNamed, isFound);
    }

    void readsFewFoldersOfPackages()
    {
        m_code->init();
        constexpr int packages = 100;
        for (int i = 0; i < packages; ++i)
            for (const char *part : {"dist/esm", "dist/cjs", "src/lib/deep"})
                QVERIFY(QDir().mkpath(
                    m_code->path(u"web/node_modules/package-%1/%2"_s.arg(i).arg(QLatin1StringView(part)))));
        const CodeRepositories all = repositoriesIn(m_code->root());
        QCOMPARE(all.foldersRead, packages + 3); // the root, web, node_modules
        QVERIFY2(all.gaps.isEmpty(), qPrintable(all.gaps.join(u' ')));
    }

    // Whoever does what the gap asks for is rid of it, in whichever order the two are named.
    void looksAtThoseThatAreNamed()
    {
        m_code->init();
        for (const QString &place : {u"vendor/acme/own"_s, u"vendor/acme/other"_s})
            m_code->git({u"init"_s, u"-q"_s, place});
        const auto source = [this](const QString &place) {
            return LocalSource{.kind = SourceKind::Code, .path = m_code->path(place)};
        };
        const LocalSource all = source({});
        const LocalSource own = source(u"vendor/acme/own"_s);
        const LocalSource other = source(u"vendor/acme/other"_s);
        for (const std::vector<LocalSource> &sources : {std::vector{all, own, other}, std::vector{other, own, all}}) {
            const CodeRepositories found = codeRepositories(sources, CancelToken());
            QCOMPARE(found.places.size(), 3);
            QVERIFY2(found.gaps.isEmpty(), qPrintable(found.gaps.join(u' ')));
        }
        const CodeRepositories one = codeRepositories({all, own}, CancelToken());
        QCOMPARE(one.gaps.size(), 1);
        QVERIFY2(one.gaps.front().startsWith(u'1') && one.gaps.front().contains("vendor/acme/other"_L1),
                 qPrintable(one.gaps.front()));
    }

    void looksAtThoseBeyondTheMost()
    {
        constexpr qsizetype all = CodeRepositories::kMostBelow + 1;
        for (qsizetype i = 0; i < all; ++i)
            m_code->git({u"init"_s, u"-q"_s, u"shop-%1"_s.arg(i, 2, 10, QChar(u'0'))});
        const LocalSource code{.kind = SourceKind::Code, .path = m_code->root()};
        QCOMPARE(codeRepositories({code}, CancelToken()).gaps.size(), 1);
        const LocalSource last{.kind = SourceKind::Code, .path = m_code->path(u"shop-%1"_s.arg(all - 1))};
        const CodeRepositories found = codeRepositories({code, last}, CancelToken());
        QCOMPARE(found.places.size(), all);
        QVERIFY2(found.gaps.isEmpty(), qPrintable(found.gaps.join(u' ')));
    }

    // A worktree's .git is a file; a link is followed by nobody.
    void knowsEachForm()
    {
        m_code->init();
        m_code->commitAll(u"start"_s);
        m_code->git({u"worktree"_s, u"add"_s, u"-q"_s, m_code->path(u"beside"_s)});
        m_code->git({u"init"_s, u"-q"_s, u"../elsewhere"_s});
        QVERIFY(QFile::link(m_code->path(u"../elsewhere"_s), m_code->path(u"linked"_s)));
        const CodeRepositories all = repositoriesIn(m_code->root());
        QCOMPARE(all.places, QStringList{m_code->root()}); // both working trees have one history
        QVERIFY2(all.gaps.isEmpty(), qPrintable(all.gaps.join(u' ')));
    }

private:
    std::unique_ptr<GitFixture> m_code;
};

QTEST_GUILESS_MAIN(TestCodeRepositories)
#include "tst_coderepositories.moc"
