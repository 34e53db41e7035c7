// Databases of SQLite, their logs and journals: the texts in their rows.
#include "fuzz/fuzz.h"

#include "checks/secrets/databaserows.h"

using namespace cockpit;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const std::string_view file(reinterpret_cast<const char *>(bytes), size);
    const auto pages = databasePages(file);
    if (!pages)
        return 0;
    promise(isDatabase(file), "pages are of a database");
    // The first part of a file, and one that begins further on.
    for (const qint64 base : {qint64(0), qint64(64) << 10}) {
        DatabaseRows rows(file, *pages, base);
        size_t letters = 0;
        while (rows.next()) {
            for (size_t i = 0; i < rows.pieces().size(); ++i) {
                const std::string_view piece = rows.pieces()[i];
                promise(piece.size() >= ProgramStrings::kShortest, "no shorter than a text");
                letters += piece.size();
                for (size_t at = 0; at < piece.size(); at += 1 + piece.size() / 16) {
                    const auto place = rows.placeOf(i, at, piece.size());
                    promise(place.start <= place.end && place.end <= size, "a place of the file");
                }
            }
        }
        // Pages may name the same bytes again and again.
        promise(letters <= 3 * size + 4096, "linear in the file");
    }
    return 0;
}
