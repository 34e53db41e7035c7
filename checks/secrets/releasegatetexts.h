// The words of the jobs that try sign-in, permissions and limits before each release: the regression suite of
// models/regressionsuite.h, run by one command, whose failure stops what waits for it; a case that could not be tried
// is a failure (status 3).
#pragma once

#include <QByteArray>
#include <QByteArrayList>

namespace cockpit {

// secretVariables: of the test accounts (secretVariable()), named alike at the host of the code. Their values are
// nowhere in the text.
QByteArray gitHubReleaseGate(const QByteArrayList &secretVariables); // a workflow that others call
QByteArray gitLabReleaseGate(const QByteArrayList &secretVariables); // a job in a file of its own

// Whether a text tries a product with this program, in a line that is no comment.
bool callsAudit(const QByteArray &text);

} // namespace cockpit
