// How a scanner goes over a text. Internal to the folder.
#pragma once

#include "checks/secrets/candidate.h"
#include "checks/secrets/linecounter.h"
#include "checks/secrets/narrowsource.h"
#include "checks/secrets/textscanner.h"

namespace cockpit {

struct FileStrings;

struct TextScanner::Work
{
    Work(std::shared_ptr<const PatternSet> set, ScanSettings given, std::unique_ptr<PatternSet::Room> itsRoom)
        : patterns(std::move(set)), settings(std::move(given)), room(std::move(itsRoom))
    {
    }

    // A judgement of the view, and where the source has it.
    struct Encoded
    {
        JudgedSecret at;
        std::string_view value;
        Through through = Through::Plain;
    };

    void look(const TextBlock &block, TextScan &scan);
    BlockMarks marksOf(const TextBlock &block, const std::vector<Encoded> &all) const;
    void judge(std::string_view text, std::vector<JudgedSecret> &judged, bool &isCut);
    void lookDecoded(const TextBlock &block, bool &isCut);
    static bool tellsBetter(const Encoded &hit, const JudgedSecret &cover);
    bool takeOver(const JudgedSecret &cover, const std::vector<Encoded> &over);
    SecretHit hitOf(const TextBlock &block, const JudgedSecret &judged, std::string_view value, Through through);
    std::optional<Error> ended() const;
    bool isOver(TextScan &scan) const;
    TextScan scanText(std::string_view text, Programs programs);
    Result<TextScan> scanSourceOf(const FormFound &form, NarrowSource &source, Programs programs);
    TextScan scanBytes(std::string_view text);
    Result<void> scanSource(NarrowSource &source, TextScan &scan);
    Result<void> scanPieces(std::span<const std::string_view> pieces, const OnPiece &onPiece);
    Result<void> scanJoined(std::span<const std::string_view> pieces, size_t first, const OnPiece &onPiece);
    void markTouched(const std::vector<size_t> &ends, size_t from, size_t to, std::vector<size_t> &touched) const;
    // Of a file that is no text.
    TextScan scanProgram(std::string_view bytes);
    Result<TextScan> scanProgramSource(NarrowSource &source);
    Result<TextScan> scanParts(NarrowSource &source, FileStrings &file);
    // Reads on until the part is full or the file ends.
    Result<void> fillPart(NarrowSource &source, size_t &held, size_t most);
    TextScan scanPart(std::string_view part, FileStrings &file);
    // Strings: ProgramStrings or DatabaseRows. keep: of each hit, with its place in the part and the letters it has.
    template<typename Strings, typename Keep>
    void scanStrings(Strings strings, KeyEdges edgesIn, TextScan &scan, const Keep &keep);

    const std::shared_ptr<const PatternSet> patterns;
    const ScanSettings settings;
    const std::unique_ptr<PatternSet::Room> room;
    KeyEdges edges = KeyEdges::OfText;
    std::optional<Language> language = Language::Unknown;
    DecodedView view;
    std::vector<PatternMatch> matches;
    std::vector<JudgedSecret> plain;
    std::vector<JudgedSecret> decoded;
    std::vector<Encoded> encoded;
    LineCounter lines;
    WipedBytes buffer;            // of a stream
    WipedBytes joined;            // pieces, a line each
    std::optional<Error> trouble; // of the search: nothing is searched any more
};

} // namespace cockpit
