// Hands one message to a mail server for submission (RFC 6409): encrypted and with a certificate that is verified, or
// not at all. Neither password nor message reaches a log or an error.
#pragma once

#include "checks/engine/observations.h"
#include "models/delivery.h"
#include "models/secret.h"

namespace cockpit {

// The server's final answer, "250 2.0.0 Ok: queued as 4F1A"; empty when the message went out whole and then nothing was
// heard (it was stopped, too slow, cut off), so that nobody knows whether it was taken. message: with its header, CRLF
// line ends. Blocks; ends within a second of a cancel. A message that was taken is reported as taken, whatever comes
// after. The secret is the user name, too, when setup says so. Errors, of what was not taken for certain: those of
// HostAddresses; BadInput for a set-up that whatIsMissing() objects to; NotPermitted: the password, the sender or the
// recipient was refused; Protocol: no encryption, no certificate that can be trusted, no SMTP; Unsupported: no way to
// sign in that is known here; TooLarge: an answer without end; Unreachable, TimedOut, Cancelled. The server's words are
// in the detail.
[[nodiscard]] Result<QString> submitMail(const DeliverySetup &setup, const Secret &password, const QByteArray &message,
                                         Observations &seen);

// Signs in as submitMail() does, says nothing about any message, and leaves: the server's answer, "235 2.7.0 …".
// Blocks; ends within a second of a cancel. Errors as above, but NotPermitted stands for a user name or a password that
// was refused for good, and for nothing else; Unsupported: also when the server asks for no password.
[[nodiscard]] Result<QString> signInToSubmission(const DeliverySetup &setup, const Secret &password,
                                                 Observations &seen);

} // namespace cockpit
