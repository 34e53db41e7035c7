// Unpacks one archive with all that is nested in it (archivewalk.h). Internal to the folder.
#pragma once

#include "checks/secrets/archivereader.h"
#include "checks/secrets/archivewalk.h"
#include "checks/secrets/unpacked.h"

#include <functional>
#include <optional>
#include <vector>

namespace cockpit {

class Inflater;

class ArchiveUnpacker
{
public:
    ArchiveUnpacker(const ArchiveLimits &limits, const OnArchiveEntry &onEntry, const CancelToken &cancel)
        : m_limits(limits),
          m_onEntry(onEntry),
          m_cancel(cancel),
          m_deadline(Deadline::in(limits.longest)),
          m_piece(qsizetype(kPiece), '\0')
    {
    }
    ArchiveUnpacker(const ArchiveUnpacker &) = delete;
    ArchiveUnpacker &operator=(const ArchiveUnpacker &) = delete;
    ~ArchiveUnpacker() { Unpacked::wipe(m_piece); }

    // beginning: of the file, for what stands in the clear before what is packed.
    Result<ArchiveReport> run(archive *reader, int opened, const QString &name, QByteArrayView beginning);
    // isCut: there is more of it.
    Result<ArchiveReport> runDeflated(QByteArrayView packed, bool isCut, const QString &name);

private:
    // Between two looks at the token and the limits.
    static constexpr size_t kPiece = size_t(128) << 10;

    Result<ArchiveReport> finished(const QString &name);
    enum class Read { Whole, Cut, Encrypted, Broken, Stopped };
    struct Piece
    {
        qint64 size = 0; // 0: none
        std::optional<Read> end = {};
    };
    using ReadPiece = std::function<Piece(char *to, size_t most)>;

    // False for what is no archive at all.
    bool walk(archive *reader, const QString &name, int depth);
    void takeEntry(archive *reader, archive_entry *entry, const QString &name, int depth);
    void takeFile(const ReadPiece &read, const QString &path, int depth);
    // The ranges that were unpacked of what is to be handed out itself, too.
    std::vector<PackedRange> walkDeflated(QByteArrayView packed, const QString &name, int depth);
    void walkStreams(QByteArrayView packed, const QString &name, int depth);
    std::vector<PackedRange> walkPdf(QByteArrayView packed, const QString &name, int depth);
    void takeStream(Inflater &inflater, const QString &path, int depth, ArchiveEntryKind kind);
    void handRest(QByteArrayView rest, std::optional<qsizetype> damagedAt, const QString &name, int depth);
    Read readAll(const ReadPiece &read, Unpacked &unpacked);
    qint64 packedBytes() const;
    void hand(const Unpacked &unpacked, const QString &path, bool isCut, int depth);
    bool walkNested(const Unpacked &unpacked, const QString &path, int depth, std::vector<PackedRange> &ranges);
    bool mayGoOn();
    void stop(const QString &sentence);
    void note(qint64 &count, const QString &path);

    const ArchiveLimits &m_limits;
    const OnArchiveEntry &m_onEntry;
    CancelToken m_cancel;
    Deadline m_deadline;
    QByteArray m_piece;
    ArchiveReport m_report;
    archive *m_outermost = nullptr; // null: what is packed is no archive of the library's
    qint64 m_packed = 0;            // then its bytes
    ArchiveEntryKind m_kind = ArchiveEntryKind::File;
};

} // namespace cockpit
