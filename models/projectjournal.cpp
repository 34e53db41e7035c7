#include "models/projectjournal.h"

#include "models/store/projectfile.h"
#include "models/store/rows.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace cockpit {

using store::Connection;
using store::Statements;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ProjectJournal)
};

} // namespace

ProjectJournal::ProjectJournal(QString path)
    : m_run(newJournalId()), m_path(std::move(path)), m_identity(store::fileIdentity(m_path))
{
}

void ProjectJournal::follow(const QString &path)
{
    const std::lock_guard lock(m_mutex);
    m_path = path;
    m_identity = store::fileIdentity(path);
}

template<typename Work>
Result<void> ProjectJournal::change(const Work &work)
{
    const std::lock_guard lock(m_mutex);
    if (m_identity == 0 || store::fileIdentity(m_path) != m_identity)
        return failure(ErrorKind::Storage,
                       Text::tr("%1 has been moved, replaced or removed, so nothing can be saved to "
                                "it.")
                           .arg(QFileInfo(m_path).fileName()));
    auto connection = Connection::open(m_path, store::Access::Write);
    if (!connection)
        return tl::unexpected<Error>(connection.error());
    return (*connection)->write(work);
}

Result<void> ProjectJournal::write(const JournalEntry &entry)
{
    JournalEntry own = entry;
    own.run = m_run;
    return change([&](Statements &statements) { store::writeJournalEntry(statements, own); });
}

Result<void> ProjectJournal::strike(const QString &entryId)
{
    return change([&](Statements &statements) { store::strikeJournalEntry(statements, entryId); });
}

Result<void> ProjectJournal::end(RunEnd how)
{
    return change([&](Statements &statements) {
        if (how == RunEnd::Complete)
            store::strikeAccountsOf(statements, m_run);
        store::endJournalOf(statements, m_run);
    });
}

} // namespace cockpit
