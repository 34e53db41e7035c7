#include "tests/app/heldprogram.h"

#include <QFile>

#include <algorithm>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cockpit {

using namespace Qt::StringLiterals;

HeldProgram::~HeldProgram()
{
    if (m_process) {
        m_process->kill();
        m_process->waitForFinished();
    }
    if (m_pipe >= 0)
        ::close(m_pipe);
}

bool HeldProgram::start(const QStringList &arguments)
{
    const QString path = m_home.path(u"report.pipe"_s);
    if (::mkfifo(QFile::encodeName(path).constData(), 0600) != 0)
        return false;
    m_pipe = ::open(QFile::encodeName(path).constData(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (m_pipe < 0)
        return false;
    m_process = m_home.prepared(arguments);
    m_process->setStandardOutputFile(path);
    m_process->start();
    return m_process->waitForStarted();
}

bool HeldProgram::isHeld() const
{
    int waiting = 0;
    ::ioctl(m_pipe, FIONREAD, &waiting);
    return waiting >= ::fcntl(m_pipe, F_GETPIPE_SZ);
}

QByteArray HeldProgram::beginning()
{
    QByteArray bytes(::fcntl(m_pipe, F_GETPIPE_SZ), Qt::Uninitialized);
    const ssize_t got = ::read(m_pipe, bytes.data(), static_cast<size_t>(bytes.size()));
    bytes.truncate(std::max<ssize_t>(got, 0));
    return bytes;
}

namespace {

struct Mapping
{
    quint64 from = 0;
    quint64 to = 0;
    QByteArray shown; // its rights, its size (a thread's stack is known by it) and its file
};

// "7f12-7f34 rw-p 00000000 00:00 0   /usr/lib/…" (proc(5), /proc/pid/maps).
std::vector<Mapping> mappingsOf(qint64 process, const QByteArray &notBelow)
{
    QFile maps(u"/proc/%1/maps"_s.arg(process));
    if (!maps.open(QIODevice::ReadOnly))
        return {};
    std::vector<Mapping> mappings;
    for (const QByteArray &line : maps.readAll().split('\n')) {
        const QList<QByteArray> parts = line.simplified().split(' ');
        const QList<QByteArray> range = parts.value(0).split('-');
        const QByteArray file = parts.value(5);
        if (range.size() != 2 || !parts.value(1).startsWith('r') || file.startsWith(notBelow) || file == "[vvar]")
            continue;
        const quint64 from = range[0].toULongLong(nullptr, 16);
        const quint64 to = range[1].toULongLong(nullptr, 16);
        mappings.push_back({from, to, parts.value(1) + ' ' + QByteArray::number((to - from) >> 10) + " KiB " + file});
    }
    return mappings;
}

void look(QByteArrayView bytes, const QByteArray &mapping, const PlantedTraces &traces, MemorySeen &seen)
{
    for (const QByteArray &place : traces.placesIn(bytes)) {
        const bool isName = place.startsWith("the name of a folder") || place.startsWith("the name of an author");
        if (!isName)
            ++seen.left[place + " (" + mapping + ")"];
    }
}

} // namespace

MemorySeen memoryOf(qint64 process, const PlantedTraces &traces, const QByteArray &known)
{
    constexpr quint64 step = quint64(4) << 20;
    Pieces mustBeThere;
    mustBeThere.add(known.first(Pieces::kBytes));
    MemorySeen seen;
    const int memory = ::open(u"/proc/%1/mem"_s.arg(process).toLatin1().constData(), O_RDONLY | O_CLOEXEC);
    if (memory < 0)
        return seen;
    QByteArray bytes(static_cast<qsizetype>(step + Pieces::kBytes), Qt::Uninitialized);
    for (const Mapping &mapping : mappingsOf(process, QFile::encodeName(traces.code().root()))) {
        for (quint64 at = mapping.from; at < mapping.to; at += step) {
            const quint64 wanted = std::min<quint64>(step + Pieces::kBytes, mapping.to - at);
            const ssize_t got = ::pread(memory, bytes.data(), static_cast<size_t>(wanted), static_cast<off_t>(at));
            if (got <= 0)
                continue;
            const auto part = QByteArrayView(bytes).first(got);
            seen.bytes += got;
            seen.hasKnown = seen.hasKnown || !mustBeThere.in(part).empty();
            look(part, mapping.shown + " at " + QByteArray::number((at - mapping.from) >> 10), traces, seen);
        }
    }
    ::close(memory);
    return seen;
}

} // namespace cockpit
