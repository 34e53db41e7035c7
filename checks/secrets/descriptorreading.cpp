#include "checks/secrets/descriptorreading.h"

#include <QString>

#include <cerrno>
#include <cstring>

#include <unistd.h>

namespace cockpit {

Result<qint64> readSome(int descriptor, char *to, qint64 most)
{
    for (;;) {
        const ssize_t got = ::read(descriptor, to, static_cast<size_t>(most));
        if (got >= 0)
            return got;
        if (errno != EINTR)
            return failure(ErrorKind::NotPermitted, QString::fromLocal8Bit(std::strerror(errno)));
    }
}

Result<qint64> readFully(int descriptor, char *to, qint64 size)
{
    qint64 held = 0;
    while (held < size) {
        auto got = readSome(descriptor, to + held, size - held);
        if (!got)
            return got;
        if (*got == 0)
            break;
        held += *got;
    }
    return held;
}

} // namespace cockpit
