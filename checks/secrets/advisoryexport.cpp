#include "checks/secrets/advisoryexport.h"

#include "checks/secrets/archivewalk.h"
#include "checks/secrets/descriptorreading.h"
#include "checks/secrets/shownnames.h"
#include "checks/secrets/treewalk.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Advisories)
};

constexpr qint64 kLargestRecord = qint64(8) << 20; // the largest published ones have 2 MB
constexpr qsizetype kHeadOfFile = 512;             // tells an archive
constexpr qsizetype kLongestName = 300;
constexpr qsizetype kMostGaps = 10;

// The next text that stands as the value of a member: `"name": "lodash"`. Cheaper by far than reading the whole record,
// of which one in a thousand is of interest. from moves behind it; an empty one is the end.
QByteArrayView nextValue(QByteArrayView json, QByteArrayView quotedName, qsizetype &from)
{
    while (from < json.size()) {
        const qsizetype at = json.indexOf(quotedName, from);
        if (at < 0)
            break;
        from = at + quotedName.size();
        qsizetype begin = from;
        const auto skipBlanks = [&] {
            while (begin < json.size() && (json[begin] == ' ' || json[begin] == '\n' || json[begin] == '\t'))
                ++begin;
        };
        skipBlanks();
        if (begin >= json.size() || json[begin] != ':')
            continue;
        ++begin;
        skipBlanks();
        if (begin >= json.size() || json[begin] != '"')
            continue;
        const qsizetype end = json.indexOf('"', begin + 1);
        if (end < 0 || end - begin - 1 > kLongestName)
            continue;
        from = end + 1;
        if (end > begin + 1)
            return json.sliced(begin + 1, end - begin - 1);
    }
    from = json.size();
    return {};
}

class ExportReader
{
public:
    ExportReader(const QSet<QString> &keys, const Observations &seen, ShownNames names)
        : m_keys(keys), m_seen(seen), m_names(std::move(names))
    {
        for (const QString &key : keys)
            m_wanted.insert(loose(key.sliced(key.indexOf(u':') + 1)));
    }

    void take(QByteArrayView json)
    {
        if (m_seen.isOver() || !json.contains("\"affected\"") || !noteEcosystems(json))
            return;
        ++m_read.records;
        if (!mayBeOfInterest(json))
            return;
        auto advisory = readAdvisory(json.toByteArray());
        if (!advisory || advisory->isWithdrawn || !isOfInterest(*advisory))
            return;
        if (m_read.advisories.size() < kMostKeptAdvisories)
            m_read.advisories.insert_or_assign(advisory->id, std::move(*advisory));
        else
            m_isCut = true;
    }

    // Names in it may hold a secret.
    void note(const QString &sentence)
    {
        const QString gap = m_names.text(sentence);
        if (m_read.gaps.size() < kMostGaps && !m_read.gaps.contains(gap))
            m_read.gaps += gap;
    }

    AdvisoryExport end()
    {
        if (m_isCut)
            note(Text::tr("The export has more than %1 advisories about your packages.").arg(kMostKeptAdvisories));
        if (m_seen.isOver())
            note(Text::tr("The look ended before the whole export was read."));
        return std::move(m_read);
    }

private:
    // By which spellings meet in any ecosystem; the exact look comes later.
    static QString loose(const QString &name) { return packageName(Ecosystem::PyPi, name); }

    // Records of one ecosystem also name packages of others: only what a record names alone says whose export this is,
    // and nothing is taken for looked up that is not.
    bool noteEcosystems(QByteArrayView json)
    {
        bool isAny = false;
        QSet<QString> named;
        for (qsizetype from = 0; from < json.size();) {
            const QByteArrayView word = nextValue(json, "\"ecosystem\"", from);
            if (word.isEmpty())
                continue;
            isAny = true;
            named.insert(QString::fromUtf8(word));
        }
        // What stands in a repository of its own ("Maven:https://…") says nothing of the rest.
        const QString word = named.size() == 1 ? *named.begin() : QString();
        const auto ecosystem = word.contains(u':') ? std::nullopt : ecosystemFromWord(word);
        if (ecosystem) {
            m_read.ecosystems.insert(*ecosystem);
            noteTime(json, m_read.newest[*ecosystem]);
        }
        return isAny;
    }

    static void noteTime(QByteArrayView json, QString &newest)
    {
        qsizetype from = 0;
        const QString changed = QString::fromUtf8(nextValue(json, "\"modified\"", from));
        if (changed.size() >= 20 && changed.endsWith(u'Z') && changed > newest)
            newest = changed;
    }

    bool mayBeOfInterest(QByteArrayView json) const
    {
        for (qsizetype from = 0; from < json.size();) {
            const QByteArrayView name = nextValue(json, "\"name\"", from);
            if (!name.isEmpty() && m_wanted.contains(loose(QString::fromUtf8(name).replace("\\/"_L1, "/"_L1))))
                return true;
        }
        return false;
    }

    bool isOfInterest(const Advisory &advisory) const
    {
        return std::ranges::any_of(advisory.affected, [&](const AffectedPackage &affected) {
            return m_keys.contains(packageKey(affected.ecosystem, affected.name));
        });
    }

    const QSet<QString> &m_keys;
    const Observations &m_seen;
    ShownNames m_names;
    QSet<QString> m_wanted;
    AdvisoryExport m_read;
    bool m_isCut = false;
};

ArchiveLimits limitsOf(const Observations &seen)
{
    return {.largestEntry = kLargestRecord,
            .largestTotal = qint64(16) << 30, // all ecosystems together have 4
            .mostEntries = 2'000'000,
            .deepest = 2, // a zip of all those zips
            .longest = std::max(seen.deadline().remaining(), std::chrono::milliseconds(1))};
}

Result<void> readArchive(const QString &path, const QString &shown, ExportReader &reader, const Observations &seen)
{
    const auto report = walkArchiveFile(
        path, shown, limitsOf(seen),
        [&](const ArchiveEntry &entry) {
            if (!entry.isCut && entry.path.endsWith(".json"_L1))
                reader.take(entry.bytes);
        },
        seen.token());
    if (!report)
        return tl::unexpected(report.error());
    for (const QString &gap : gapSentences(*report, shown))
        reader.note(gap);
    return {};
}

Result<QByteArray> readFile(const WalkedFile &file)
{
    QByteArray bytes(std::min(file.size, kLargestRecord), Qt::Uninitialized);
    const auto got = readFully(file.descriptor, bytes.data(), bytes.size());
    if (!got)
        return tl::unexpected(got.error());
    bytes.truncate(*got);
    return bytes;
}

} // namespace

Result<AdvisoryExport> readAdvisoryExport(const QString &path, const QSet<QString> &keys, Observations &seen)
{
    auto names = ShownNames::make(seen);
    if (!names)
        return tl::unexpected(names.error());
    ExportReader reader(keys, seen, std::move(*names));
    QList<QByteArray> archives; // opened once the walk is over
    const auto walk = walkTree(path, {1, seen.token()}, [&](const WalkedFile &file, size_t) -> Result<void> {
        if (seen.isOver())
            return {};
        if (file.path.endsWith(".json") && file.size > kLargestRecord) {
            reader.note(Text::tr("The export has files of more than %1 MB, which are not read as advisories.")
                            .arg(kLargestRecord >> 20));
        } else if (file.path.endsWith(".json")) {
            const auto bytes = readFile(file);
            if (!bytes)
                return tl::unexpected(bytes.error());
            reader.take(*bytes);
        } else {
            char head[kHeadOfFile];
            const auto got = readFully(file.descriptor, head, sizeof head);
            if (!got)
                return tl::unexpected(got.error());
            if (*got > 0 && isArchive(QByteArrayView(head, *got), QString::fromUtf8(file.path)))
                archives += file.path;
        }
        return {};
    });
    if (!walk)
        return tl::unexpected(walk.error());
    if (walk->unreadable > 0)
        reader.note(
            Text::tr("%n file(s) of the export could not be read.", nullptr, static_cast<int>(walk->unreadable)));
    const bool isFile = QFileInfo(path).isFile();
    const QString root = QFileInfo(path).canonicalFilePath();
    for (const QByteArray &name : archives) {
        const QString full = isFile ? root : root + u'/' + QFile::decodeName(name);
        // A folder on the way may have been exchanged for a link since.
        if (!isFile && QFileInfo(full).canonicalFilePath() != full)
            continue;
        if (const auto read = readArchive(full, shownPath(name), reader, seen); !read)
            reader.note(read.error().message);
    }
    AdvisoryExport all = reader.end();
    if (all.records == 0 && all.gaps.isEmpty())
        return failure(ErrorKind::BadInput,
                       Text::tr("%1 holds no advisories in OSV's form. Name the all.zip of an ecosystem, or the folder "
                                "that it was unpacked to.")
                           .arg(QDir::toNativeSeparators(path)));
    return all;
}

} // namespace cockpit
