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

constexpr int kSchema = 1;
constexpr qsizetype kKeyBytes = 32;
constexpr qsizetype kFingerprintDigits = 64;
constexpr qint64 kLargestFile = 64 << 20;

// As the scan writes them: others would be compared and never found.
bool isFingerprint(const QByteArray &text)
{
    return text.size() == kFingerprintDigits &&
           std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

} // namespace

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
    if (json.value("schema"_L1).toInt() > kSchema)
        return failure(ErrorKind::BadInput, Text::tr("The baseline %1 is of a later version.").arg(shown));
    LeakBaseline baseline;
    baseline.key = QByteArray::fromHex(json.value("key"_L1).toString().toLatin1());
    bool isWhole = baseline.key.size() == kKeyBytes && json.value("accepted"_L1).isArray();
    for (const QJsonValue value : json.value("accepted"_L1).toArray()) {
        const QByteArray fingerprint = value.toObject().value("fingerprint"_L1).toString().toLatin1();
        isWhole = isWhole && isFingerprint(fingerprint);
        baseline.fingerprints.insert(fingerprint);
    }
    if (!isWhole)
        return failure(ErrorKind::BadInput, Text::tr("%1 is no baseline of secrets.").arg(shown));
    return baseline;
}

QByteArray leakBaselineFile(const QByteArray &key, const std::vector<FoundSecret> &accepted)
{
    QJsonArray entries;
    std::set<QByteArray> written;
    for (const FoundSecret &secret : accepted) {
        if (!written.insert(secret.hit.fingerprint).second)
            continue;
        entries.append(QJsonObject{{u"fingerprint"_s, QString::fromLatin1(secret.hit.fingerprint)},
                                   {u"rule"_s, secret.hit.rule->id},
                                   {u"file"_s, shownPath(secret.path)},
                                   {u"line"_s, secret.hit.line}});
    }
    return QJsonDocument(QJsonObject{{u"schema"_s, kSchema},
                                     {u"key"_s, QString::fromLatin1(key.toHex())},
                                     {u"accepted"_s, entries}})
        .toJson();
}

} // namespace cockpit
