// What is said of backend services whose words differ from kind to kind.
#pragma once

#include "checks/access/backendreads.h"

namespace cockpit {

// By its name, of people or of what they trusted the product with.
bool isPrivateName(const QString &name);

// Why anybody is, or can become, its administrator.
QString unclaimedWords(BackendKind kind);

// Why nobody was asked whether anybody can sign up, and why queries were not run: sentences; empty for HeldBack::No.
// How many parts gave an answer that does not tell, and how many questions about what is no record (a description, the
// settings, a setup, a console): a sentence each; none without any.
QStringList describeUntold(int parts, int questions);
QString whyHeldBack(HeldBack why);
QString whyNotRun(HeldBack why);

} // namespace cockpit
