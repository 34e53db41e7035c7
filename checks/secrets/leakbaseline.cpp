#include "checks/secrets/leakbaseline.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LeakBaseline)
};

constexpr int kSchema = 2;
constexpr int kWithoutSlow = 1;
constexpr qsizetype kKeyBytes = 32;
constexpr qsizetype kFingerprintDigits = 64;
constexpr qint64 kLargestFile = 64 << 20;

// As the scan writes them: others would be compared and never found.
bool isFingerprint(const QByteArray &text)
{
    return text.size() == kFingerprintDigits &&
           std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

// What the file before has by its fingerprint is told already, unless its form was what is mended.
bool isSlowBeside(const LeakBaseline &kept, const SecretHit &hit)
{
    return hit.mayBeGuessed && (kept.isGuessable || !kept.fingerprints.contains(hit.fingerprint));
}

// False: it is none.
bool takeEntry(const QJsonObject &json, LeakBaseline &baseline)
{
    const auto entry = baselineEntryIn(json);
    if (!entry || (entry->isSlow && baseline.hashing.salt.isEmpty()))
        return false;
    (entry->isSlow ? baseline.slow : baseline.fingerprints).insert(entry->hash);
    if (entry->isSlow) {
        baseline.slowRules.insert(json.value("rule"_L1).toString());
        baseline.slowFiles.insert(json.value("file"_L1).toString().toUtf8());
    }
    return true;
}

} // namespace

std::optional<BaselineEntry> baselineEntryIn(const QJsonObject &entry)
{
    const bool isSlow = entry.contains("slow"_L1);
    const QByteArray hash = entry.value(isSlow ? "slow"_L1 : "fingerprint"_L1).toString().toLatin1();
    if (!isFingerprint(hash) || (isSlow && entry.contains("fingerprint"_L1)))
        return std::nullopt;
    return BaselineEntry{hash, isSlow};
}

bool accepts(const LeakBaseline &baseline, const BaselineEntry &entry)
{
    return (entry.isSlow ? baseline.slow : baseline.fingerprints).contains(entry.hash);
}

Result<LeakBaseline> readLeakBaseline(const QString &file)
{
    const QString shown = QDir::toNativeSeparators(file);
    QFile stored(file);
    if (!stored.open(QIODevice::ReadOnly))
        return failure(ErrorKind::NotFound, Text::tr("The baseline %1 cannot be read.").arg(shown));
    return parseLeakBaseline(stored.read(kLargestFile), shown);
}

Result<LeakBaseline> parseLeakBaseline(const QByteArray &bytes, const QString &shown)
{
    const QJsonObject json = QJsonDocument::fromJson(bytes).object();
    const int schema = json.value("schema"_L1).toInt();
    if (schema > kSchema)
        return failure(ErrorKind::BadInput, Text::tr("The baseline %1 is of a later version.").arg(shown));
    LeakBaseline baseline;
    baseline.key = QByteArray::fromHex(json.value("key"_L1).toString().toLatin1());
    const auto hashing = slowHashingIn(json.value("scrypt"_L1).toObject());
    baseline.hashing = hashing.value_or(SlowHashing());
    bool isWhole =
        baseline.key.size() == kKeyBytes && json.value("accepted"_L1).isArray() && (hashing || schema == kWithoutSlow);
    for (const QJsonValue value : json.value("accepted"_L1).toArray())
        isWhole = takeEntry(value.toObject(), baseline) && isWhole;
    if (!isWhole)
        return failure(ErrorKind::BadInput, Text::tr("%1 is no baseline of secrets.").arg(shown));
    baseline.isGuessable = schema == kWithoutSlow && !baseline.isEmpty();
    return baseline;
}

Result<std::set<QByteArray>> acceptedOf(const LeakBaseline &baseline, const std::vector<const FoundSecret *> &found,
                                        SlowHashes &hashes)
{
    std::set<QByteArray> accepted;
    std::set<QByteArray> asked;
    for (const FoundSecret *one : found) {
        const QByteArray &fingerprint = one->hit.fingerprint;
        if (baseline.fingerprints.contains(fingerprint))
            accepted.insert(fingerprint);
        else if (baseline.slowRules.contains(one->hit.rule->id) ||
                 (!baseline.slow.empty() && baseline.slowFiles.contains(shownPath(one->path).toUtf8())))
            asked.insert(fingerprint);
    }
    const std::vector<QByteArray> inputs(asked.begin(), asked.end());
    const auto hashed = hashes.of(inputs, baseline.hashing);
    if (!hashed)
        return tl::unexpected(hashed.error());
    for (size_t i = 0; i < inputs.size(); ++i) {
        if (baseline.slow.contains((*hashed)[i]))
            accepted.insert(inputs[i]);
    }
    return accepted;
}

Result<QByteArray> leakBaselineFile(const LeakBaseline &kept, const std::vector<FoundSecret> &accepted,
                                    SlowHashes &hashes)
{
    const SlowHashing hashing = kept.hashing.salt.isEmpty() ? newSlowHashing() : kept.hashing;
    std::set<QByteArray> written;
    std::vector<const FoundSecret *> each;
    std::vector<QByteArray> guessable;
    for (const FoundSecret &secret : accepted) {
        if (!written.insert(secret.hit.fingerprint).second)
            continue;
        each.push_back(&secret);
        if (isSlowBeside(kept, secret.hit))
            guessable.push_back(secret.hit.fingerprint);
    }
    const auto hashed = hashes.of(guessable, hashing);
    if (!hashed)
        return tl::unexpected(hashed.error());
    QJsonArray entries;
    auto slow = hashed->begin();
    for (const FoundSecret *secret : each) {
        const bool isSlow = isSlowBeside(kept, secret->hit);
        entries.append(QJsonObject{
            {isSlow ? u"slow"_s : u"fingerprint"_s, QString::fromLatin1(isSlow ? *slow++ : secret->hit.fingerprint)},
            {u"rule"_s, secret->hit.rule->id},
            {u"file"_s, shownPath(secret->path)},
            {u"line"_s, secret->hit.line}});
    }
    return QJsonDocument(QJsonObject{{u"schema"_s, kSchema},
                                     {u"key"_s, QString::fromLatin1(kept.key.toHex())},
                                     {u"scrypt"_s, toJson(hashing)},
                                     {u"accepted"_s, entries}})
        .toJson();
}

} // namespace cockpit
