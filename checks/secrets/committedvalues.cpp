#include "checks/secrets/committedvalues.h"

#include "checks/secrets/archivescan.h"
#include "checks/secrets/headfiles.h"
#include "checks/secrets/ownsettings.h"

#include <QCoreApplication>
#include <QFile>

#include <map>

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CommittedValues)
};

// One after the other.
class Search
{
public:
    Search(TextScanner scanner, const CancelToken &token)
        : m_scanner(std::move(scanner)), m_archives(ArchiveLimits(), token)
    {
    }

    // Adds the fingerprints in what a commit has of the file.
    [[nodiscard]] Result<void> look(const QByteArray &path, const QByteArray &bytes, std::set<QByteArray> &seen)
    {
        constexpr qsizetype decidesArchive = 512;
        if (isArchive(bytes.first(std::min(decidesArchive, bytes.size())), QFile::decodeName(path))) {
            ArchiveScan archive;
            const auto looked = m_archives.scanBytes(bytes, QString(), m_scanner, archive);
            for (const ArchivedHit &found : archive.found)
                seen.insert(found.hit.fingerprint);
            if (archive.trouble)
                return tl::unexpected<Error>(*archive.trouble);
            if (looked || looked.error().kind != ErrorKind::Protocol)
                return looked;
        }
        return lookAtText(path, bytes, seen);
    }

private:
    [[nodiscard]] Result<void> lookAtText(const QByteArray &path, const QByteArray &bytes, std::set<QByteArray> &seen)
    {
        const std::string_view text(bytes.constData(), static_cast<size_t>(bytes.size()));
        TextScan scan = m_scanner.scan(text);
        if ((scan.isBinary || scan.isProgram) && mayBeOwnSettings(path))
            scan = m_scanner.scan(text, Programs::AsText);
        for (const SecretHit &hit : scan.hits)
            seen.insert(hit.fingerprint);
        if (scan.ended)
            return tl::unexpected<Error>(*scan.ended);
        return {};
    }

    TextScanner m_scanner;
    ArchiveScanner m_archives;
};

} // namespace

bool isCommitted(const FoundSecret &place)
{
    const HistoryPlace *history = place.history.get();
    if (!history || history->isStaged || history->reach != Reach::References)
        return false;
    switch (history->kind) {
    case BlobKind::File:
    case BlobKind::LfsPointer:
    case BlobKind::CommitMessage:
    case BlobKind::TagMessage:
    case BlobKind::EntryNames:
    case BlobKind::Author:
    case BlobKind::Committer:
    case BlobKind::Tagger:
        return true;
    case BlobKind::ReferenceNames:
    case BlobKind::ReflogMessages:
    case BlobKind::Configuration:
        return false;
    }
    Q_UNREACHABLE();
}

HeadPlaces::value_type headPlaceOf(const FoundSecret &file)
{
    return {file.hit.fingerprint, file.file()};
}

Result<HeadPlaces> placesInHead(const std::vector<FoundSecret> &files, const HeadLook &look)
{
    std::map<QByteArray, std::set<QByteArray>> wanted; // fingerprints, by file
    for (const FoundSecret &file : files) {
        auto [fingerprint, path] = headPlaceOf(file);
        wanted[path].insert(fingerprint);
    }
    auto scanner = TextScanner::make(look.patterns, look.settings);
    if (!scanner)
        return tl::unexpected(scanner.error());
    Search search(std::move(*scanner), look.settings.token);
    HeadFiles heads(look.root, look.sharedBy, look.settings.token);
    HeadPlaces committed;
    for (const auto &[path, fingerprints] : wanted) {
        const auto bytes = heads.of(path);
        std::set<QByteArray> seen;
        if (bytes) {
            if (auto looked = search.look(path, *bytes, seen); !looked)
                return tl::unexpected(looked.error());
        }
        for (const QByteArray &fingerprint : fingerprints) {
            if (seen.contains(fingerprint))
                committed.emplace(fingerprint, path);
        }
    }
    if (look.settings.token.isCancelled())
        return failure(ErrorKind::Cancelled, Text::tr("The look at the last commit was stopped."));
    return committed;
}

} // namespace cockpit
