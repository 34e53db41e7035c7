#include "app/cli/output.h"

#include "models/wholefile.h"

#include <QCoreApplication>

#include <cstdio>
#include <unistd.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

constexpr qsizetype kProgressWidth = 78;

void writeError(const QByteArray &bytes)
{
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stderr);
    std::fflush(stderr);
}

Result<void> writeStandardOutput(const QByteArray &bytes)
{
    const auto size = static_cast<size_t>(bytes.size());
    if (std::fwrite(bytes.constData(), 1, size, stdout) != size || std::fflush(stdout) != 0)
        return failure(ErrorKind::Storage, Text::tr("The report could not be written to standard output."));
    return {};
}

} // namespace

Result<void> writeReport(const QByteArray &bytes, const QString &outFile)
{
    if (outFile.isEmpty())
        return writeStandardOutput(bytes);
    return writeWholeFile(outFile, bytes);
}

void complain(const QString &sentence)
{
    writeError("launch-cockpit: " + sentence.simplified().toUtf8() + '\n');
}

bool isTerminal(int descriptor)
{
    return isatty(descriptor) == 1;
}

ProgressLine::ProgressLine(bool wanted) : m_shown(wanted && isTerminal(STDERR_FILENO)) {}

ProgressLine::~ProgressLine()
{
    clear();
}

void ProgressLine::show(const QString &text)
{
    if (m_shown)
        writeError("\r\x1b[K" + text.left(kProgressWidth).toUtf8());
}

void ProgressLine::clear()
{
    if (m_shown)
        writeError("\r\x1b[K");
}

} // namespace cockpit
