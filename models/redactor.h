// The one place that masks secrets in text that leaves a probe: log lines, evidence, JSON, PDF, clipboard.
#pragma once

#include <QString>

#include <vector>

namespace cockpit {

class Secret;

// Masks what looks like a credential (Authorization and Cookie values, tokens and keys by shape, passwords in URLs and
// in key=value or JSON form, private key blocks), keeping at most the first 4 characters, and removes control and
// bidirectional characters. Idempotent: redact(redact(x)) == redact(x). Never lengthens beyond a small constant factor.
QString redact(const QString &text);

// Same, and also masks these exact values (test accounts' credentials in use) wherever they stand, in plain, base64 and
// percent-encoded form.
QString redact(const QString &text, const std::vector<Secret> &known);

// First four characters and dots: how a single secret value is shown.
QString maskValue(const QString &value);

// Without control and bidirectional formatting characters, cut to maxLength with an ellipsis.
QString plainText(const QString &text, int maxLength = 4000);

} // namespace cockpit
