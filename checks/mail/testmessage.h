// The test message that a product sends to somebody who reads it, and its way out.
#pragma once

#include "checks/engine/messagework.h"

#include <QByteArray>

namespace cockpit {

// A whole message: RFC 5322 with CRLF, nothing in its header but ASCII (RFC 2047), marked as automatic (RFC 3834).
// Line breaks and control characters in what a person typed never reach it.
QByteArray composeTestMessage(const DeliverySetup &setup, const QString &token, const QDateTime &now);

// ASCII as it is, anything else as encoded words of at most 75 characters, folded.
QByteArray encodedHeaderText(const QString &text);

// Blocks. Errors: those of submitMail().
[[nodiscard]] Result<SentMessage> sendTestMessage(const DeliverySetup &setup, const Secret &password,
                                                  const NetOptions &net, const CancelToken &token);

// Blocks. Errors: those of signInToSubmission().
[[nodiscard]] Result<QString> tryMailAccount(const DeliverySetup &setup, const Secret &password, const NetOptions &net,
                                             const CancelToken &token);

} // namespace cockpit
