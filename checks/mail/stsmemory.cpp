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

StsMemory memoryOf(const QString &id, const QByteArray &text, const StsPolicy &policy, const QDateTime &seenAt)
{
    return {id, stsDigest(text), policy.mode, policy.mx, policy.maxAge, seenAt};
}

StsMemory remembered(const std::optional<StsMemory> &known, const StsMemory &seen)
{
    if (!known || known->id != seen.id || known->digest == seen.digest)
        return seen;
    StsMemory replaced = *known;
    if (!replaced.replacedAt.isValid())
        replaced.replacedAt = seen.lastSeen;
    return replaced.mayBeHeld(seen.lastSeen) ? replaced : seen;
}

void remember(const StsMemory &memory, QJsonObject &observed)
{
    QJsonObject object{{u"id"_s, memory.id},
                       {u"digest"_s, memory.digest},
                       {u"mode"_s, toWord(memory.mode)},
                       {u"mx"_s, QJsonArray::fromStringList(memory.mx)},
                       {u"max_age"_s, memory.maxAge},
                       {u"last_seen"_s, memory.lastSeen.toString(Qt::ISODate)}};
    if (memory.replacedAt.isValid())
        object.insert(u"replaced_at"_s, memory.replacedAt.toString(Qt::ISODate));
    observed.insert(kPlace, object);
}

std::optional<StsMemory> stsMemoryIn(const QJsonObject &observed)
{
    const QJsonObject object = observed.value(kPlace).toObject();
    const auto mode = stsModeOf(object["mode"_L1].toString());
    const auto timeIn = [&](QLatin1StringView place) {
        return QDateTime::fromString(object[place].toString(), Qt::ISODate);
    };
    StsMemory memory{.id = object["id"_L1].toString(),
                     .digest = object["digest"_L1].toString(),
                     .mode = mode.value_or(StsMode::None),
                     .mx = {},
                     .maxAge = object["max_age"_L1].toInteger(),
                     .lastSeen = timeIn("last_seen"_L1),
                     .replacedAt = timeIn("replaced_at"_L1)};
    if (!mode || memory.id.isEmpty() || memory.digest.isEmpty() || !memory.lastSeen.isValid())
        return std::nullopt;
    const QJsonArray mx = object["mx"_L1].toArray();
    for (const QJsonValue pattern : mx)
        memory.mx << pattern.toString();
    return memory;
}

} // namespace cockpit
