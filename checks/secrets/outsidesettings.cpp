#include "checks/secrets/outsidesettings.h"

#include "checks/secrets/gitentries.h"
#include "checks/secrets/ownsettings.h"
#include "checks/secrets/treewalk.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TreeWalk)
};

} // namespace

OutsideSettings::OutsideSettings(const QString &root) : m_root(QFileInfo(root).canonicalFilePath()) {}

void OutsideSettings::note(const QByteArray &path)
{
    if (!mayBeOwnSettings(path))
        return;
    const QString leadsTo = QFileInfo(m_root + u'/' + QFile::decodeName(path)).canonicalFilePath();
    const bool isMet = isSameOrBelow(leadsTo, m_root) && !(leadsTo + u'/').contains("/.git/"_L1);
    if (leadsTo.isEmpty() || isMet)
        return;
    const std::lock_guard lock(m_mutex);
    ++m_files.count;
    if (m_files.names.size() < OutsideFiles::kMostNamed)
        m_files.names += shownPath(path);
}

OutsideFiles OutsideSettings::files() const
{
    const std::lock_guard lock(m_mutex);
    OutsideFiles files = m_files;
    files.names.sort();
    return files;
}

QString sentenceOf(const OutsideFiles &files)
{
    if (files.count == 0)
        return {};
    constexpr qsizetype shown = 5;
    return Text::tr("%n file(s) of settings lead out of the folder by a link and were not looked at: %1.", nullptr,
                    static_cast<int>(files.count))
        .arg(files.names.mid(0, shown).join(u", "_s) + (files.count > shown ? u", …"_s : QString()));
}

} // namespace cockpit
