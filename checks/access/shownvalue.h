// What an old value of the journal is beside what its route shows now. Pure.
#pragma once

#include "checks/net/httpclient.h"
#include "models/access/undojournal.h"

#include <QStringList>

namespace cockpit {

// Members of the old value that `shown` does not show, where it shows each other one as it was: a list or an
// administrator alone may see them, and nobody can say here whether they are as they were. Empty where all are shown,
// where another one differs, and for a form.
QStringList unseenMembers(const JournalEntry &entry, const HttpResponse &shown);

// Why such a value stays on the list, and what to do. wasSent: the old value, just now.
Error unseenError(const JournalEntry &entry, const QStringList &unseen, bool wasSent);

} // namespace cockpit
