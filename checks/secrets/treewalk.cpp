#include "checks/secrets/treewalk.h"

#include "checks/secrets/walkedfolder.h"
#include "models/freedmemory.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TreeWalk)
};

constexpr qsizetype kDeepest = 500;  // folders in folders; nobody's product has more, and each costs an open
constexpr size_t kFilesPerJob = 32;  // so that the files of one large folder keep all threads busy
constexpr int kEntriesAtATime = 256; // read of a folder, before they are looked at

class Walk
{
public:
    Walk(Descriptor root, const WalkSettings &settings, const FileVisitor &visit)
        : m_root(std::move(root)), m_settings(settings), m_visit(visit)
    {
    }

    WalkTotals run()
    {
        m_jobs.add({WalkJob{}});
        std::vector<std::thread> threads;
        try {
            for (int more = 1; more < m_settings.threads; ++more)
                threads.emplace_back([this, more] {
                    work(static_cast<size_t>(more));
                    wipeUnusedStack();
                });
        } catch (const std::system_error &) {
            // Fewer threads take longer, nothing else.
        }
        work(0);
        for (std::thread &thread : threads)
            thread.join();
        m_totals.isStopped = m_settings.token.isCancelled();
        return m_totals;
    }

private:
    void work(size_t worker)
    {
        WalkTotals own;
        for (WalkJob job; m_jobs.take(job, m_settings.token); m_jobs.finish()) {
            if (!job.files.empty())
                visitFiles(job, worker, own);
            else if (job.open || open(job, own))
                readOn(job, own);
            job = {};
        }
        const std::lock_guard lock(m_mutex);
        add(own);
    }

    void add(const WalkTotals &own)
    {
        m_totals.files += own.files;
        m_totals.folders += own.folders;
        m_totals.links += own.links;
        m_totals.special += own.special;
        m_totals.unreadable += own.unreadable;
        const size_t room = WalkTotals::kMostProblems - m_totals.problems.size();
        const auto taken = static_cast<std::ptrdiff_t>(std::min(room, own.problems.size()));
        m_totals.problems.insert(m_totals.problems.end(), own.problems.begin(), own.problems.begin() + taken);
    }

    static void noteUnreadable(WalkTotals &own, const QByteArray &path, const QString &why)
    {
        ++own.unreadable;
        if (own.problems.size() < WalkTotals::kMostProblems)
            own.problems.push_back({path.isEmpty() ? u"."_s : shownPath(path), why});
    }

    // False where there is nothing to read.
    bool open(WalkJob &job, WalkTotals &own) const
    {
        Descriptor folder = openBelow(m_root, job.folder);
        if (!folder.isOpen()) {
            if (errno == ELOOP || errno == ENOTDIR) // exchanged since its name was read
                ++own.links;
            else
                noteUnreadable(own, job.folder, systemReason(errno));
            return false;
        }
        if (isOfKernel(folder)) {
            ++own.special;
            return false;
        }
        ++own.folders;
        OpenFolder entries(::fdopendir(folder.number()));
        if (!entries) {
            noteUnreadable(own, job.folder, systemReason(errno));
            return false;
        }
        folder.release(); // closedir() closes it
        job.open = std::make_shared<const OpenFolder>(std::move(entries));
        return true;
    }

    // A part of the folder, and its rest for later.
    void readOn(const WalkJob &job, WalkTotals &own)
    {
        std::vector<WalkJob> found{{job.folder, job.open}};
        WalkJob files = found.front();
        for (int entries = 0; entries < kEntriesAtATime && !m_settings.token.isCancelled(); ++entries) {
            errno = 0;
            const dirent *entry = ::readdir(job.open->get());
            if (!entry) {
                if (errno != 0)
                    noteUnreadable(own, job.folder, systemReason(errno));
                found.erase(found.begin()); // there is no rest
                break;
            }
            readEntry(*entry, files, found, own);
        }
        if (!files.files.empty())
            found.push_back(std::move(files));
        m_jobs.add(std::move(found));
    }

    void readEntry(const dirent &entry, WalkJob &files, std::vector<WalkJob> &found, WalkTotals &own)
    {
        const QByteArray name(entry.d_name);
        const QByteArray &path = files.folder;
        if (name == "." || name == "..")
            return;
        const unsigned char type = typeOf(*files.open, entry);
        if (name == ".git" && (type == DT_DIR || type == DT_REG) && m_settings.sawGit)
            m_settings.sawGit(path);
        switch (type) {
        case DT_REG:
            if (m_visit)
                files.files.push_back(name);
            break;
        case DT_DIR:
            addFolder(path, name, found, own);
            break;
        case DT_LNK:
            ++own.links;
            if (m_settings.sawLink)
                m_settings.sawLink(path.isEmpty() ? name : path + '/' + name);
            break;
        default:
            ++own.special;
        }
        if (files.files.size() == kFilesPerJob)
            found.push_back(std::exchange(files, WalkJob{path, files.open}));
    }

    void addFolder(const QByteArray &path, const QByteArray &name, std::vector<WalkJob> &found, WalkTotals &own) const
    {
        if (name == ".git" || m_settings.passedOver.contains(name))
            return;
        const QByteArray below = path.isEmpty() ? name : path + '/' + name;
        if (m_settings.enters && !m_settings.enters(below))
            return;
        if (below.count('/') >= kDeepest)
            noteUnreadable(own, path, Text::tr("There are more than %1 folders in each other.").arg(kDeepest));
        else
            found.push_back({below});
    }

    void visitFiles(const WalkJob &job, size_t worker, WalkTotals &own)
    {
        for (const QByteArray &name : job.files) {
            if (m_settings.token.isCancelled())
                return;
            visitFile(*job.open, name, job.folder.isEmpty() ? name : job.folder + '/' + name, worker, own);
        }
    }

    void visitFile(const OpenFolder &folder, const QByteArray &name, const QByteArray &path, size_t worker,
                   WalkTotals &own)
    {
        const Descriptor file = openFileIn(folder, name);
        struct stat status
        {
        };
        if (!file.isOpen() || ::fstat(file.number(), &status) != 0) {
            if (errno == ELOOP)
                ++own.links;
            else
                noteUnreadable(own, path, systemReason(errno));
            return;
        }
        if (!S_ISREG(status.st_mode)) {
            ++own.special;
            return;
        }
        if (const auto visited = m_visit({path, file.number(), status.st_size}, worker); !visited) {
            noteUnreadable(own, path, visited.error().message);
            return;
        }
        ++own.files;
    }

    const Descriptor m_root;
    const WalkSettings &m_settings;
    const FileVisitor &m_visit;
    WalkJobs m_jobs;
    std::mutex m_mutex; // of the totals
    WalkTotals m_totals;
};

Result<WalkTotals> visitAlone(const WalkedFile &file, const WalkSettings &settings, const FileVisitor &visit)
{
    WalkTotals totals;
    if (!visit)
        return totals;
    const auto visited = visit(file, 0);
    totals.isStopped = settings.token.isCancelled();
    if (!visited && !totals.isStopped)
        return tl::unexpected(visited.error());
    totals.files = visited ? 1 : 0;
    return totals;
}

} // namespace

Result<WalkTotals> walkTree(const QString &root, const WalkSettings &settings, const FileVisitor &visit)
{
    const QString shown = QDir::toNativeSeparators(root);
    Descriptor start(::open(QFile::encodeName(root).constData(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    struct stat status
    {
    };
    if (!start.isOpen() || ::fstat(start.number(), &status) != 0) {
        const int error = errno;
        if (error == ENOENT)
            return failure(ErrorKind::NotFound, Text::tr("%1 is not there.").arg(shown));
        return failure(ErrorKind::NotPermitted, Text::tr("%1 cannot be read: %2.").arg(shown, systemReason(error)));
    }
    if (S_ISREG(status.st_mode))
        return visitAlone({QFile::encodeName(QFileInfo(root).fileName()), start.number(), status.st_size}, settings,
                          visit);
    if (!S_ISDIR(status.st_mode))
        return failure(ErrorKind::BadInput, Text::tr("%1 is neither a folder nor a file.").arg(shown));
    return Walk(std::move(start), settings, visit).run();
}

} // namespace cockpit
