// Where the command line writes: the report to standard output or a file, everything else to standard error.
#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QString>

namespace cockpit {

// outFile empty: standard output. A file is replaced only when all of it could be written.
[[nodiscard]] Result<void> writeReport(const QByteArray &bytes, const QString &outFile);

// One line on standard error: "launch-cockpit: sentence".
void complain(const QString &sentence);

bool isTerminal(int descriptor);

// A line that is written over again and again, on a terminal only.
class ProgressLine
{
public:
    explicit ProgressLine(bool wanted);
    ~ProgressLine(); // leaves the line empty
    Q_DISABLE_COPY_MOVE(ProgressLine)

    void show(const QString &text);
    void clear();

private:
    const bool m_shown;
};

} // namespace cockpit
