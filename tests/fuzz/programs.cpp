// Compiled programs, resources and property lists: the texts in them.
#include "fuzz/fuzz.h"

#include "checks/secrets/programstrings.h"
#include "checks/secrets/propertylist.h"

using namespace cockpit;

namespace {

void lookAtPropertyList(std::string_view file)
{
    PropertyList list(file);
    size_t characters = 0;
    while (list.next()) {
        for (size_t i = 0; i < list.pieces().size(); ++i) {
            const std::string_view piece = list.pieces()[i];
            characters += piece.size();
            for (size_t at = 0; at < piece.size(); at += 1 + piece.size() / 16) {
                const auto place = list.placeOf(i, at, piece.size());
                promise(place.start <= place.end && place.end <= file.size(), "a place of the list");
            }
        }
    }
    // Objects may be named again and again.
    promise(characters <= (size_t(64) << 20) + 128 * file.size(), "bounded by the list");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const std::string_view program(reinterpret_cast<const char *>(bytes), size);
    isProgram(program.substr(0, 16));
    lookAtPropertyList(program);
    ProgramStrings strings(program);
    size_t characters = 0;
    while (strings.next()) {
        for (size_t i = 0; i < strings.pieces().size(); ++i) {
            const std::string_view piece = strings.pieces()[i];
            const ProgramStrings::Place place = strings.placeOf(i, 0, piece.size());
            promise(place.start < place.end && place.end <= size, "a place of the program");
            promise(piece.size() >= ProgramStrings::kShortest, "no shorter than a text");
            characters += piece.size();
        }
        // A table may name the same bytes again and again.
        promise(characters <= 16 * size + 4096, "linear in the program");
    }
    return 0;
}
