// Exact values that are masked wherever they stand, made ready once for many texts: a result has thousands of them, and
// a run that signs in often knows hundreds of values.
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace cockpit {

class Secret;

class SecretMask
{
public:
    explicit SecretMask(const std::vector<Secret> &known);

    // As redact() with these values: in plain, base64 and percent-encoded form, and what looks like a credential.
    QString masked(const QString &text) const;

private:
    QStringList m_forms; // longest first: one value may be the beginning of another
};

} // namespace cockpit
