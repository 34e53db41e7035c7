#include "models/redactor.h"

#include "models/redactorpasses.h"
#include "models/secretmask.h"

#include <QSet>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kShown = 4;
// Four characters of a short password would be most of it.
constexpr qsizetype kShortestShown = 12;

constexpr int kMostRounds = 8;

QString maskedOnce(const QString &text)
{
    using namespace redaction;
    return maskTokensByShape(maskAuthSchemes(maskNamedValues(maskUserInfo(maskPrivateKeys(text)))));
}

} // namespace

QString redact(const QString &text)
{
    // One pass can take away what another judged by; foreign text rarely needs a second round.
    QString masked = redaction::stripped(text);
    for (int round = 0; round < kMostRounds; ++round) {
        const QString before = masked;
        masked = maskedOnce(before);
        if (masked == before)
            break;
    }
    return masked;
}

QString redact(const QString &text, const std::vector<Secret> &known)
{
    return SecretMask(known).masked(text);
}

QString maskValue(const QString &value)
{
    if (redaction::isMasked(value))
        return value;
    // Separators are not shown: what is left of a value must not read as a name and a value of its own.
    const QString start = value.left(value.size() >= kShortestShown ? kShown : 0);
    return (std::ranges::all_of(start, redaction::isTokenChar) ? start : QString()) + redaction::dots();
}

QString plainText(const QString &text, int maxLength)
{
    // Twice the length is more than enough to fill it, and keeps a hostile megabyte from being looked at.
    QString plain = redaction::stripped(text.left(qsizetype(2) * maxLength + 16));
    if (plain.size() <= maxLength)
        return plain;
    plain.truncate(std::max(0, maxLength - 1));
    if (!plain.isEmpty() && plain.back().isHighSurrogate())
        plain.chop(1);
    return plain + u'…';
}

} // namespace cockpit
