#include "models/access/journalcut.h"

#include <QCoreApplication>
#include <QLocale>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(UndoJournal)
};

} // namespace

QString whatIsNotRead(const std::vector<JournalEntry> &read)
{
    if (read.size() < kMostJournalEntries)
        return {};
    return Text::tr("These are the latest %1. There may be earlier ones; they are told once these are gone.")
        .arg(QLocale().toString(static_cast<qlonglong>(kMostJournalEntries)));
}

} // namespace cockpit
