#include "checks/secrets/walkedfolder.h"

#include <algorithm>
#include <array>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#ifdef Q_OS_LINUX
#include <linux/magic.h>
#include <sys/vfs.h>
#endif

namespace cockpit {

Descriptor openBelow(const Descriptor &root, const QByteArray &path)
{
    constexpr int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    Descriptor folder(::openat(root.number(), ".", flags));
    for (qsizetype from = 0; from < path.size() && folder.isOpen();) {
        const qsizetype slash = path.indexOf('/', from);
        const qsizetype end = slash < 0 ? path.size() : slash;
        folder = Descriptor(::openat(folder.number(), path.sliced(from, end - from).constData(), flags));
        from = end + 1;
    }
    return folder;
}

Descriptor openFileIn(const OpenFolder &folder, const QByteArray &name)
{
    constexpr int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    return Descriptor(::openat(::dirfd(folder.get()), name.constData(), flags));
}

unsigned char typeOf(const OpenFolder &folder, const dirent &entry)
{
    if (entry.d_type != DT_UNKNOWN)
        return entry.d_type;
    struct stat status
    {
    };
    if (::fstatat(::dirfd(folder.get()), entry.d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return DT_REG; // opening it will say what is wrong
    return static_cast<unsigned char>(IFTODT(status.st_mode));
}

bool isOfKernel([[maybe_unused]] const Descriptor &folder)
{
#ifdef Q_OS_LINUX
    constexpr std::array<unsigned long, 11> magics{
        PROC_SUPER_MAGIC, SYSFS_MAGIC,        DEBUGFS_MAGIC, TRACEFS_MAGIC,  CGROUP_SUPER_MAGIC, CGROUP2_SUPER_MAGIC,
        SECURITYFS_MAGIC, DEVPTS_SUPER_MAGIC, BPF_FS_MAGIC,  PSTOREFS_MAGIC, EFIVARFS_MAGIC};
    struct statfs system
    {
    };
    if (::fstatfs(folder.number(), &system) != 0)
        return false;
    return std::ranges::find(magics, static_cast<unsigned long>(system.f_type)) != magics.end();
#else
    return false;
#endif
}

QString systemReason(int error)
{
    return QString::fromLocal8Bit(std::strerror(error));
}

} // namespace cockpit
