#include "checks/secrets/coderepositories.h"

#include "checks/secrets/gitrepository.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

namespace fs = std::filesystem;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CodeRepositories)
};

constexpr std::array<std::string_view, 6> kOthersPackages{
    "node_modules", "bower_components", "vendor", "site-packages", "Pods", ".venv"};

// Those below the root that have a .git, a folder or a file, in the order of their names.
QStringList foldersWithGit(const QString &root, const CancelToken &cancel)
{
    QStringList found;
    std::error_code error;
    const fs::path start(QFile::encodeName(root).toStdString());
    fs::recursive_directory_iterator at(start, fs::directory_options::skip_permission_denied, error);
    for (; !error && at != fs::recursive_directory_iterator() && !cancel.isCancelled(); at.increment(error)) {
        std::error_code unknown;
        const std::string name = at->path().filename().native();
        if (name == ".git" && !at->is_symlink(unknown) && at.depth() > 0)
            found << QFile::decodeName(at->path().parent_path().c_str());
        if (name == ".git" || std::ranges::find(kOthersPackages, name) != kOthersPackages.end())
            at.disable_recursion_pending();
    }
    found.sort();
    return found;
}

class Collector
{
public:
    explicit Collector(const CancelToken &cancel) : m_cancel(cancel) {}

    void addSource(const QString &path)
    {
        add(path);
        const qsizetype before = m_all.places.size();
        const QStringList below = QFileInfo(path).isDir() ? foldersWithGit(path, m_cancel) : QStringList();
        for (const QString &folder : below.mid(0, CodeRepositories::kMostBelow))
            add(folder);
        m_all.below += m_all.places.size() - before;
        if (below.size() > CodeRepositories::kMostBelow)
            m_all.gaps << Text::tr("%n more git repositories below %1 were not looked at: name those that matter.",
                                   nullptr, static_cast<int>(below.size() - CodeRepositories::kMostBelow))
                              .arg(path);
    }

    CodeRepositories take() { return std::move(m_all); }

private:
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
        const QString common =
            repository ? QFileInfo(repository->commonFolder()).canonicalFilePath() : QDir::cleanPath(folder);
        if (m_known.contains(common))
            return;
        m_known << common;
        m_all.places << (top.isEmpty() || top == "."_L1 ? folder : top);
    }

    const CancelToken m_cancel;
    QStringList m_known;
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
