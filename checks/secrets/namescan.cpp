#include "checks/secrets/namescan.h"

namespace cockpit {

namespace {

constexpr qsizetype kAtATime = qsizetype(256) << 10;

} // namespace

void NameScan::addName(const QByteArray &path, qsizetype from)
{
    if (from >= path.size())
        return;
    m_names.push_back({path, from});
    m_bytes += path.size();
}

void NameScan::add(const QByteArray &path)
{
    const qsizetype slash = path.lastIndexOf('/');
    const QByteArray folder = path.first(slash + 1);
    if (folder != m_folder) {
        for (qsizetype from = 0; from < folder.size();) {
            const qsizetype end = folder.indexOf('/', from);
            const QByteArray upTo = folder.first(end + 1);
            if (!m_folder.startsWith(upTo))
                addName(upTo.chopped(1), from);
            from = end + 1;
        }
        m_folder = folder;
    }
    addName(path, slash + 1);
    if (m_bytes >= kAtATime)
        look();
}

Result<void> NameScan::finish()
{
    look();
    return m_looked;
}

void NameScan::look()
{
    std::vector<std::string_view> pieces;
    pieces.reserve(m_names.size());
    for (const Name &name : m_names)
        pieces.push_back(std::string_view(name.path.constData(), static_cast<size_t>(name.path.size()))
                             .substr(static_cast<size_t>(name.from)));
    auto looked = m_scanner.scanNames(pieces, [this](size_t piece, TextScan &scan) {
        for (SecretHit &hit : scan.hits) {
            hit.line = 1;
            hit.column = 1;
            m_onName(m_names[piece].path, std::move(hit));
        }
    });
    if (!looked && m_looked)
        m_looked = std::move(looked);
    m_names.clear();
    m_bytes = 0;
}

} // namespace cockpit
