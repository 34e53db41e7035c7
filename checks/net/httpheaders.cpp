#include "checks/net/httpheaders.h"

#include <algorithm>

namespace cockpit {

namespace {

QByteArrayView withoutLineEnd(QByteArrayView line)
{
    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    return line;
}

bool isFolded(QByteArrayView line)
{
    return line.startsWith(' ') || line.startsWith('\t');
}

} // namespace

bool HeaderCollector::take(QByteArrayView line)
{
    m_bytes += line.size();
    ++m_lines;
    m_isFlooded = m_isFlooded || m_bytes > kHeaderCap || m_lines > kHeaderLineCap;
    if (m_isFlooded)
        return false;

    const QByteArrayView text = withoutLineEnd(line);
    if (m_isComplete && m_status >= 200)
        return true; // a trailer
    if (text.startsWith("HTTP/"))
        startResponse(text);
    else if (text.isEmpty())
        m_isComplete = true;
    else
        addField(text);
    return true;
}

void HeaderCollector::startResponse(QByteArrayView statusLine)
{
    m_headers.clear();
    m_isComplete = false;
    const qsizetype space = statusLine.indexOf(' ');
    m_version = statusLine.sliced(5, (space < 0 ? statusLine.size() : space) - 5).toByteArray();
    const QByteArrayView code = space < 0 ? QByteArrayView() : statusLine.sliced(space + 1).trimmed();
    m_status = code.first(std::min<qsizetype>(code.size(), 3)).toInt();
}

void HeaderCollector::addField(QByteArrayView line)
{
    if (isFolded(line) && !m_headers.empty()) {
        m_headers.back().value += ' ' + line.trimmed().toByteArray();
        return;
    }
    // A line without a colon is kept as a name, so that evidence shows what came.
    const qsizetype colon = line.indexOf(':');
    if (colon < 0)
        m_headers.push_back({line.trimmed().toByteArray(), {}});
    else
        m_headers.push_back(
            {line.first(colon).trimmed().toByteArray(), line.sliced(colon + 1).trimmed().toByteArray()});
}

} // namespace cockpit
