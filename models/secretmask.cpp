#include "models/secretmask.h"

#include "models/redactor.h"
#include "models/redactorpasses.h"
#include "models/secret.h"

#include <QByteArray>

#include <algorithm>

namespace cockpit {

namespace {

// Masking shorter values would tear ordinary words apart.
constexpr qsizetype kShortestKnown = 4;

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

SecretMask::SecretMask(const std::vector<Secret> &known)
{
    for (const Secret &secret : known)
        m_forms += formsOf(secret);
    m_forms.removeDuplicates();
    std::ranges::stable_sort(m_forms, std::ranges::greater(), &QString::size);
}

QString SecretMask::masked(const QString &text) const
{
    QString masked = redaction::stripped(text);
    for (const QString &form : m_forms) {
        if (form.size() <= masked.size())
            masked.replace(form, redaction::dots());
    }
    return redact(masked);
}

} // namespace cockpit
