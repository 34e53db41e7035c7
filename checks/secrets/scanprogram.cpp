// Files that are no text: the strings of programs, the rows of databases, the dictionaries of property lists, and the
// runs of letters in all others.
#include "checks/secrets/databaserows.h"
#include "checks/secrets/programstrings.h"
#include "checks/secrets/propertylist.h"
#include "checks/secrets/scannerwork.h"
#include "checks/secrets/wholefileroom.h"
#include "checks/secrets/wholekeys.h"

#include <algorithm>
#include <cstring>
#include <map>

namespace cockpit {

// Of the file that is searched in parts.
struct FileStrings
{
    explicit FileStrings(std::string_view beginning)
        : pages(databasePages(beginning)),
          edges(isDatabase(beginning) ? KeyEdges::OfDatabase : KeyEdges::OfProgram),
          isList(isPropertyList(beginning)),
          isWhole(isList || ProgramStrings::isHermes(beginning))
    {
    }

    std::optional<DatabasePages> pages;
    KeyEdges edges; // of its runs of letters
    bool isList;
    bool isWhole;      // it cannot be searched a part at a time
    qint64 base = 0;   // where the part at hand begins
    WholeKeys whole{}; // in its rows so far
    std::optional<WholeFileRoom> room{};
};

namespace {

// A stream's program is looked at in parts, which overlap by the length of a long text on either side: what stands in
// the half of it that lies at an edge is for the part that has all around it. The pages of a database begin at the same
// places in each part. The table of Hermes' texts needs all of its file, and so does that of a property list.
constexpr size_t kPart = size_t(2) << 20;
constexpr size_t kWholePart = size_t(32) << 20;
constexpr size_t kOverlap = size_t(64) << 10;

// Of hits that overlap the first stays.
class Taken
{
public:
    bool take(qint64 start, qint64 end)
    {
        const auto after = m_ends.lower_bound(end);
        if (after != m_ends.begin() && std::prev(after)->second > start)
            return false;
        return m_ends.try_emplace(start, end).second;
    }

private:
    std::map<qint64, qint64> m_ends; // by start
};

// Lines of a program are what `grep --text` counts.
void setLines(std::string_view bytes, std::vector<SecretHit> &hits)
{
    std::ranges::sort(hits, {}, &SecretHit::offset);
    const TextBlock whole{.text = bytes, .base = 0, .ownFrom = 0, .ownTo = bytes.size()};
    LineCounter lines;
    lines.begin(whole);
    for (SecretHit &hit : hits) {
        const auto place = lines.placeOf(whole, static_cast<size_t>(hit.offset));
        hit.line = place.line;
        hit.column = place.column;
        hit.character = place.character;
    }
}

} // namespace

template<typename Strings, typename Keep>
void TextScanner::Work::scanStrings(Strings strings, KeyEdges edgesIn, TextScan &scan, const Keep &keep)
{
    qint64 vainMarks = 0;
    const auto take = [&](size_t piece, TextScan &found) {
        scan.isCut = scan.isCut || found.isCut;
        vainMarks += found.vainMarks;
        for (SecretHit &hit : found.hits) {
            const auto letters = static_cast<size_t>(hit.length);
            const auto start = static_cast<size_t>(hit.offset);
            const auto place = strings.placeOf(piece, start, start + letters);
            hit.offset = static_cast<qint64>(place.start);
            hit.length = static_cast<qint64>(place.end - place.start);
            keep(hit, letters);
        }
    };
    edges = edgesIn;
    while (!isOver(scan) && strings.next()) {
        if (auto looked = scanPieces(strings.pieces(), take); !looked)
            scan.ended = std::move(looked.error());
    }
    edges = KeyEdges::OfText;
    // What stands in rows is looked at once more in the runs.
    scan.vainMarks = std::max(scan.vainMarks, vainMarks);
}

TextScan TextScanner::Work::scanPart(std::string_view part, FileStrings &file)
{
    TextScan scan;
    scan.isProgram = true;
    Taken taken;
    const auto keep = [&](SecretHit &hit) {
        if (hit.through == Through::Plain)
            hit.through = Through::Strings;
        if (scan.hits.size() >= kMostHits)
            scan.isCut = true;
        else if (taken.take(hit.offset, hit.offset + hit.length))
            scan.hits.push_back(std::move(hit));
    };
    const auto keepOfRow = [&](SecretHit &hit, size_t letters) {
        if (hit.through == Through::Plain)
            file.whole.add(hit, letters);
        keep(hit);
    };
    const auto keepOfRun = [&](SecretHit &hit, size_t letters) {
        const bool isAsItStands = hit.through == Through::Plain && letters == static_cast<size_t>(hit.length);
        if (file.edges == KeyEdges::OfDatabase && isAsItStands)
            file.whole.shorten(hit, part.substr(static_cast<size_t>(hit.offset), letters), settings.key);
        keep(hit);
    };
    if (file.pages)
        scanStrings(DatabaseRows(part, *file.pages, file.base), KeyEdges::OfText, scan, keepOfRow);
    if (file.isList && file.base == 0)
        scanStrings(PropertyList(part), KeyEdges::OfText, scan, keepOfRow);
    if (!scan.ended)
        scanStrings(ProgramStrings(part), file.edges, scan, keepOfRun);
    scan.bytes = static_cast<qint64>(part.size());
    setLines(part, scan.hits);
    return scan;
}

TextScan TextScanner::Work::scanProgram(std::string_view bytes)
{
    FileStrings file(bytes);
    return scanPart(bytes, file);
}

Result<TextScan> TextScanner::Work::scanProgramSource(NarrowSource &source)
{
    FileStrings file(source.beginning());
    auto scan = scanParts(source, file);
    buffer = {}; // before the room is somebody else's
    return scan;
}

// Most files are far smaller than a part.
Result<void> TextScanner::Work::fillPart(NarrowSource &source, size_t &held, size_t most)
{
    while (!source.isAtEnd() && held < most) {
        buffer.resize(std::min(most, std::max(2 * held, kBlock)));
        const auto got = source.fill(buffer.data() + held, buffer.size() - held);
        if (!got)
            return tl::unexpected(got.error());
        held += *got;
    }
    return {};
}

Result<TextScan> TextScanner::Work::scanParts(NarrowSource &source, FileStrings &file)
{
    TextScan all;
    all.isProgram = true;
    qint64 linesBefore = 0;
    size_t most = kPart;
    for (size_t held = 0; !isOver(all);) {
        if (auto filled = fillPart(source, held, most); !filled)
            return tl::unexpected(filled.error());
        if (file.isWhole && !file.room && !source.isAtEnd()) {
            file.room.emplace(settings.token);
            most = kWholePart;
            buffer.reserve(file.room->isTaken() ? most : 0); // growing would hold it twice
            continue;                                        // to hear a stop
        }
        const std::string_view part = std::string_view(buffer).substr(0, held);
        TextScan scan = scanPart(part, file);
        const auto ownFrom = static_cast<qint64>(file.base == 0 ? 0 : kOverlap / 2);
        const auto ownTo = static_cast<qint64>(source.isAtEnd() ? held : held - kOverlap / 2);
        for (SecretHit &hit : scan.hits) {
            if (hit.offset < ownFrom || hit.offset >= ownTo)
                continue;
            hit.offset += file.base;
            hit.line += linesBefore;
            all.hits.push_back(std::move(hit));
        }
        all.vainMarks += scan.vainMarks;
        all.isCut = all.isCut || scan.isCut;
        all.ended = std::move(scan.ended);
        all.bytes = file.base + static_cast<qint64>(held);
        if (source.isAtEnd())
            break;
        const size_t gone = held - kOverlap;
        linesBefore += lineEndsIn(part.substr(0, gone));
        std::memmove(buffer.data(), buffer.data() + gone, kOverlap);
        held = kOverlap;
        file.base += static_cast<qint64>(gone);
    }
    return all;
}

} // namespace cockpit
