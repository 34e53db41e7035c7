#include "checks/actors/undonotes.h"

#include "checks/actors/canary.h"
#include "checks/actors/wire.h"
#include "models/redactor.h"

#include <QCoreApplication>
#include <QLoggingCategory>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(UndoNotes)
};

Q_LOGGING_CATEGORY(journalLog, "cockpit.undojournal")

void noteFailure(const Result<void> &written)
{
    if (!written)
        qCWarning(journalLog).noquote() << redact(written.error().message);
}

} // namespace

UndoNote::UndoNote(std::shared_ptr<UndoJournal> journal, JournalEntry entry)
    : m_journal(std::move(journal)), m_entry(std::move(entry))
{
}

void UndoNote::learn(const JournalEntry &entry)
{
    if (m_isStruck || entry == m_entry)
        return;
    m_entry = entry;
    if (m_journal)
        noteFailure(m_journal->write(m_entry));
}

void UndoNote::strike()
{
    if (std::exchange(m_isStruck, true) || !m_journal)
        return;
    noteFailure(m_journal->strike(m_entry.id));
}

Result<std::shared_ptr<UndoNote>> UndoNotes::write(JournalEntry entry) const
{
    entry.id = newJournalId();
    entry.at = QDateTime::currentDateTimeUtc();
    entry.checkId = common.checkId;
    entry.actorId = common.actorId;
    entry.account = common.account;
    entry.isRemovedByAdmin = common.isRemovedByAdmin;
    if (const auto written = journal ? journal->write(entry) : Result<void>(); !written)
        return failure(ErrorKind::NotPermitted,
                       Text::tr("Nothing was made or changed in your product, as it could not be written down in the "
                                "project first, where it would be found after a crash: %1")
                           .arg(written.error().message));
    return std::make_shared<UndoNote>(journal, std::move(entry));
}

Result<std::shared_ptr<UndoNote>> UndoNotes::writeRecord(const CanaryPlan &plan, const QString &text,
                                                         bool hasText) const
{
    JournalEntry entry;
    entry.text = text;
    entry.hasText = hasText;
    entry.isShownAlone = false; // until the text is seen there
    entry.create = plan.create;
    entry.remove = plan.remove;
    entry.read = plan.read;
    entry.list = plan.list;
    entry.contentType = plan.contentType;
    return write(std::move(entry));
}

Result<std::shared_ptr<UndoNote>> UndoNotes::writeValue(const Route &create, const std::optional<Route> &read,
                                                        const QByteArray &contentType, const QByteArray &oldBody) const
{
    JournalEntry entry;
    entry.kind = LeftKind::Value;
    entry.create = create;
    entry.read = read;
    setOldValue(entry, contentType, oldBody);
    return write(std::move(entry));
}

Result<std::shared_ptr<UndoNote>> UndoNotes::writeAccount(const Route &create, const QString &address) const
{
    JournalEntry entry;
    entry.kind = LeftKind::Account;
    entry.create = create;
    entry.text = address;
    return write(std::move(entry));
}

UndoNotes notesOf(const Wire &wire, const TestActor *actor)
{
    UndoNotes notes;
    if (const ActiveGate *gate = wire.gate())
        notes.journal = gate->journal();
    notes.common.checkId = wire.checkId();
    if (actor) {
        notes.common.actorId = actor->id;
        notes.common.account = actor->name;
    }
    return notes;
}

} // namespace cockpit
