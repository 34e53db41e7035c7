// Streams of zlib, and those of a PDF.
#include "fuzz/fuzz.h"

#include "checks/secrets/archivewalk.h"
#include "checks/secrets/deflated.h"

using namespace cockpit;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const QByteArrayView packed(reinterpret_cast<const char *>(bytes), static_cast<qsizetype>(size));
    for (PdfPlace next = nextPdfStream(packed, 0); next.at >= 0; next = nextPdfStream(packed, next.at))
        promise(next.at <= packed.size(), "a place of the file");
    const Deflated form = deflatedForm(packed);
    if (form == Deflated::No) // what the archive library reads it is tried with elsewhere
        return 0;
    ArchiveLimits limits;
    limits.largestEntry = 1 << 14;
    limits.largestTotal = 1 << 16;
    const auto report = walkArchive(
        packed, QStringLiteral("a"), limits,
        [&](const ArchiveEntry &entry) {
            const bool isItself = entry.kind == ArchiveEntryKind::Container;
            promise(isItself || entry.bytes.size() <= limits.largestEntry, "no more than is read of one");
            promise(!isItself || form == Deflated::Pdf, "a PDF alone has texts beside its streams");
        },
        CancelToken());
    promise(report.has_value(), "what cannot be unpacked is in the report");
    promise(report->bytes <= limits.largestTotal + 2 * limits.largestEntry, "bounded");
    return 0;
}
