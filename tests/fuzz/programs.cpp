// Compiled programs and resources: the texts in them.
#include "fuzz/fuzz.h"

#include "checks/secrets/programstrings.h"

using namespace cockpit;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const std::string_view program(reinterpret_cast<const char *>(bytes), size);
    isProgram(program.substr(0, 16));
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
