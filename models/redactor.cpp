#include "models/redactor.h"

#include "models/redactorpasses.h"
#include "models/secret.h"

#include <QByteArray>
#include <QSet>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kShown = 4;
// Four characters of a short password would be most of it.
constexpr qsizetype kShortestShown = 12;
// Masking shorter values would tear ordinary words apart.
constexpr qsizetype kShortestKnown = 4;

constexpr int kMostRounds = 8;

QString maskedOnce(const QString &text)
{
    using namespace redaction;
    return maskTokensByShape(maskAuthSchemes(maskNamedValues(maskUserInfo(maskPrivateKeys(text)))));
}

// Base64 of a value that starts somewhere inside a longer one ("user:" before the password in Basic authorization):
// three alignments, each without the characters that depend on its neighbours.
QStringList base64Forms(const QByteArray &value, QByteArray::Base64Options options)
{
    QStringList forms;
    for (qsizetype shift = 0; shift < 3; ++shift) {
        const QByteArray encoded = (QByteArray(shift, '\0') + value).toBase64(options | QByteArray::OmitTrailingEquals);
        const qsizetype first = shift == 0 ? 0 : shift + 1;
        const qsizetype last = (shift + value.size()) / 3 * 4;
        // What is shorter could stand in any text by chance.
        if (last - first >= 6)
            forms.append(QString::fromLatin1(encoded.mid(first, last - first)));
        forms.append(QString::fromLatin1(value.toBase64(options)));
    }
    return forms;
}

QStringList formsOf(const Secret &secret)
{
    const QByteArray &value = secret.reveal();
    const QString plain = redaction::stripped(QString::fromUtf8(value));
    if (plain.size() < kShortestKnown || redaction::isMasked(plain))
        return {};
    const QByteArray percent = value.toPercentEncoding();
    return QStringList{plain, QString::fromLatin1(percent), QString::fromLatin1(percent).toLower()} +
           base64Forms(value, QByteArray::Base64Encoding) + base64Forms(value, QByteArray::Base64UrlEncoding);
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
    QStringList forms;
    for (const Secret &secret : known)
        forms += formsOf(secret);
    // Longer forms first: one value may be the beginning of another.
    std::ranges::stable_sort(forms, std::ranges::greater(), &QString::size);

    QString masked = redaction::stripped(text);
    for (const QString &form : forms)
        masked.replace(form, redaction::dots());
    return redact(masked);
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
