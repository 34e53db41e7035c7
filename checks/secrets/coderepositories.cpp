#include "checks/secrets/coderepositories.h"

#include "checks/secrets/gitrepository.h"
#include "checks/secrets/packagefolders.h"
#include "checks/secrets/treewalk.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <optional>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CodeRepositories)
};

struct Sighted
{
    QStringList folders; // below the root, with a .git, in the order of their names
    QStringList others;  // the same, in folders of others' packages
    std::optional<WalkProblem> problem;
    qint64 problems = 0;
    qint64 read = 0; // folders
};

// Reads the folders alone, one at a time: however deep they are, few are open.
Sighted foldersWithGit(const QString &root, const CancelToken &cancel)
{
    Sighted sighted;
    PackageFolders packages(root);
    WalkSettings settings{.threads = 1, .token = cancel};
    settings.enters = [&](const QByteArray &folder) { return packages.isWorthEntering(folder); };
    settings.sawGit = [&](const QByteArray &folder) {
        if (!folder.isEmpty())
            (PackageFolders::isAmongPackages(folder) ? sighted.others : sighted.folders)
                << QDir(root).filePath(QFile::decodeName(folder));
    };
    const auto walked = walkTree(root, settings, {});
    if (!walked)
        sighted.problem = WalkProblem{u"."_s, walked.error().message};
    else if (!walked->problems.empty())
        sighted.problem = walked->problems.front();
    sighted.problems = walked ? walked->unreadable : 1;
    sighted.read = walked ? walked->folders : 0;
    sighted.folders.sort();
    sighted.others.sort();
    return sighted;
}

class Collector
{
public:
    explicit Collector(const CancelToken &cancel) : m_cancel(cancel) {}

    void addSource(const QString &path)
    {
        add(path);
        const qsizetype before = m_all.places.size();
        const Sighted sighted = QFileInfo(path).isDir() ? foldersWithGit(path, m_cancel) : Sighted();
        const QStringList &below = sighted.folders;
        m_all.foldersRead += sighted.read;
        for (const QString &folder : below.mid(0, CodeRepositories::kMostBelow))
            add(folder);
        m_all.below += m_all.places.size() - before;
        if (below.size() > CodeRepositories::kMostBelow)
            m_beyond.emplace_back(path, below.mid(CodeRepositories::kMostBelow));
        m_others += sighted.others;
        noteUnread(path, sighted);
    }

    CodeRepositories take()
    {
        for (const auto &[path, folders] : m_beyond) {
            if (const QStringList left = notLookedAt(folders); !left.isEmpty())
                m_all.gaps << Text::tr("%n more git repositories below %1 were not looked at: name those that matter.",
                                       nullptr, static_cast<int>(left.size()))
                                  .arg(path);
        }
        noteOthers(notLookedAt(m_others));
        return std::move(m_all);
    }

private:
    // Known when all sources are: whoever named one of these by itself has it looked at, and its gap is none.
    QStringList notLookedAt(QStringList folders) const
    {
        folders.sort();
        folders.removeDuplicates(); // a source may stand in another one
        folders.removeIf([this](const QString &folder) {
            const auto repository = GitRepository::open(folder, m_cancel);
            return repository && m_known.contains(commonOf(*repository));
        });
        return folders;
    }

    static QString commonOf(const GitRepository &repository)
    {
        return QFileInfo(repository.commonFolder()).canonicalFilePath();
    }

    void noteUnread(const QString &path, const Sighted &sighted)
    {
        if (sighted.problem)
            m_all.gaps << Text::tr(
                              "%n folder(s) below %1 could not be looked through for git repositories. The first is "
                              "%2: %3",
                              nullptr, static_cast<int>(sighted.problems))
                              .arg(path, sighted.problem->place, sighted.problem->why);
    }

    void noteOthers(const QStringList &others)
    {
        if (others.isEmpty())
            return;
        constexpr qsizetype named = 3;
        m_all.gaps << Text::tr("%n git repositories in folders for other people's packages were not looked at: %1. If "
                               "one is yours, name it on the page Code and files.",
                               nullptr, static_cast<int>(others.size()))
                          .arg(others.mid(0, named).join(u", "_s));
    }

    void add(const QString &folder)
    {
        const auto repository = GitRepository::open(folder, m_cancel);
        const bool isThere = QFileInfo::exists(folder);
        const bool isNone = !repository && repository.error().kind == ErrorKind::NotFound && isThere;
        const QString top = repository ? QDir::cleanPath(repository->workTree()) : QString();
        // git goes on upwards from a .git that is none: what is found then is another one.
        const bool hasGit = QFileInfo::exists(QDir(folder).filePath(u".git"_s));
        const bool isItsOwn = repository && QFileInfo(top).canonicalFilePath() == QFileInfo(folder).canonicalFilePath();
        if (hasGit && (isNone || (repository && !top.isEmpty() && !isItsOwn)))
            m_all.gaps << Text::tr("The .git in %1 is no repository that can be read: what it was has not been looked "
                                   "at.")
                              .arg(folder);
        if (isNone)
            return; // a folder without a repository has no history
        // Working trees that share a repository share its history.
        const QString common = repository ? commonOf(*repository) : QDir::cleanPath(folder);
        if (m_known.contains(common))
            return;
        m_known << common;
        m_all.places << (top.isEmpty() || top == "."_L1 ? folder : top);
    }

    const CancelToken m_cancel;
    QStringList m_known;
    std::vector<std::pair<QString, QStringList>> m_beyond; // by source: more than kMostBelow
    QStringList m_others;                                  // among others' packages, of all sources
    CodeRepositories m_all;
};

} // namespace

CodeRepositories codeRepositories(const std::vector<LocalSource> &code, const CancelToken &cancel)
{
    Collector collector(cancel);
    for (const LocalSource &source : code)
        collector.addSource(source.path);
    return collector.take();
}

} // namespace cockpit
