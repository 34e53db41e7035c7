#include "checks/mail/stsmemory.h"

#include <QCryptographicHash>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kPlace = "first_seen"_L1;
// Of the digest; it tells policies of one domain apart, nobody has a reason to forge it.
constexpr qsizetype kDigestLetters = 32;

} // namespace

QString stsDigest(const QByteArray &policy)
{
    QList<QByteArray> lines;
    for (const QByteArray &line : policy.split('\n')) {
        if (const QByteArray kept = line.simplified(); !kept.isEmpty())
            lines << kept;
    }
    std::ranges::sort(lines);
    const QByteArray hash = QCryptographicHash::hash(lines.join('\n'), QCryptographicHash::Sha256);
    return QString::fromLatin1(hash.toHex().left(kDigestLetters));
}

StsMemory memoryOf(const QString &id, const QByteArray &text, const StsPolicy &policy)
{
    return {id, stsDigest(text), policy.mode, policy.mx};
}

void remember(const StsMemory &memory, QJsonObject &observed)
{
    observed.insert(kPlace, QJsonObject{{u"id"_s, memory.id},
                                        {u"digest"_s, memory.digest},
                                        {u"mode"_s, toWord(memory.mode)},
                                        {u"mx"_s, QJsonArray::fromStringList(memory.mx)}});
}

std::optional<StsMemory> stsMemoryIn(const QJsonObject &observed)
{
    const QJsonObject object = observed.value(kPlace).toObject();
    const auto mode = stsModeOf(object["mode"_L1].toString());
    StsMemory memory{object["id"_L1].toString(), object["digest"_L1].toString(), mode.value_or(StsMode::None), {}};
    if (!mode || memory.id.isEmpty() || memory.digest.isEmpty())
        return std::nullopt;
    const QJsonArray mx = object["mx"_L1].toArray();
    for (const QJsonValue pattern : mx)
        memory.mx << pattern.toString();
    return memory;
}

} // namespace cockpit
