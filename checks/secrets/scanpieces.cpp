// Many short texts in one pass: names, and the strings of programs.
#include "checks/secrets/programstrings.h"
#include "checks/secrets/scannerwork.h"

#include <algorithm>
#include <cstring>
#include <map>

namespace cockpit {

namespace {

// A stream's program is looked at in parts, which overlap by the length of a long text on either side: what stands in
// the half of it that lies at an edge is for the part that has all around it. The table of Hermes' texts needs all of
// its file; of the rest each thread holds a little.
constexpr size_t kPart = size_t(2) << 20;
constexpr size_t kHermesPart = size_t(32) << 20;
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

KeyEdges edgesOf(std::string_view beginning)
{
    constexpr std::string_view sqlite("SQLite format 3\0", 16);
    return beginning.starts_with(sqlite) ? KeyEdges::OfDatabase : KeyEdges::OfProgram;
}

// ends: of the pieces in the joined text.
void TextScanner::Work::markTouched(const std::vector<size_t> &ends, size_t from, size_t to,
                                    std::vector<size_t> &touched) const
{
    const auto first = std::ranges::upper_bound(ends, from);
    for (auto piece = first; piece != ends.end(); ++piece) {
        touched.push_back(static_cast<size_t>(piece - ends.begin()));
        if (*piece >= to)
            return;
    }
}

// All of them as one text tells which are worth a look of their own: those are few.
Result<void> TextScanner::Work::scanJoined(std::span<const std::string_view> pieces, size_t first,
                                           const OnPiece &onPiece)
{
    std::vector<size_t> ends;
    ends.reserve(pieces.size());
    joined.clear();
    for (const std::string_view piece : pieces) {
        joined.append(piece);
        joined += '\n';
        ends.push_back(joined.size());
    }
    const TextBlock block{.text = joined, .base = 0, .ownFrom = 0, .ownTo = joined.size()};
    bool isCut = false;
    std::vector<size_t> touched;
    judge(joined, plain, isCut);
    for (const JudgedSecret &judged : plain)
        markTouched(ends, judged.matchStart, judged.matchEnd, touched);
    lookDecoded(block, isCut);
    for (const Encoded &each : encoded)
        markTouched(ends, each.at.start, each.at.end, touched);
    std::ranges::sort(touched);
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    for (const size_t piece : touched) {
        TextScan scan = scanBytes(pieces[piece]);
        scan.isCut = scan.isCut || isCut;
        if (!scan.hits.empty())
            onPiece(first + piece, scan);
        if (scan.ended)
            return tl::unexpected(std::move(*scan.ended));
    }
    if (auto over = ended())
        return tl::unexpected(std::move(*over));
    return {};
}

Result<void> TextScanner::Work::scanPieces(std::span<const std::string_view> pieces, const OnPiece &onPiece)
{
    for (size_t from = 0; from < pieces.size();) {
        size_t bytes = 0;
        size_t to = from;
        while (to < pieces.size() && (to == from || bytes + pieces[to].size() < kBlock))
            bytes += pieces[to++].size() + 1;
        if (auto over = ended())
            return tl::unexpected(std::move(*over));
        if (auto looked = scanJoined(pieces.subspan(from, to - from), from, onPiece); !looked)
            return looked;
        from = to;
    }
    return {};
}

TextScan TextScanner::Work::scanProgram(std::string_view bytes, KeyEdges edgesIn)
{
    TextScan scan;
    scan.isProgram = true;
    ProgramStrings strings(bytes);
    Taken taken;
    const auto take = [&](size_t piece, TextScan &found) {
        scan.isCut = scan.isCut || found.isCut;
        scan.vainMarks += found.vainMarks;
        for (SecretHit &hit : found.hits) {
            const auto place =
                strings.placeOf(piece, static_cast<size_t>(hit.offset), static_cast<size_t>(hit.offset + hit.length));
            hit.offset = static_cast<qint64>(place.start);
            hit.length = static_cast<qint64>(place.end - place.start);
            if (hit.through == Through::Plain)
                hit.through = Through::Strings;
            if (scan.hits.size() >= kMostHits)
                scan.isCut = true;
            else if (taken.take(hit.offset, hit.offset + hit.length))
                scan.hits.push_back(std::move(hit));
        }
    };
    edges = edgesIn;
    while (!isOver(scan) && strings.next()) {
        if (auto looked = scanPieces(strings.pieces(), take); !looked)
            scan.ended = std::move(looked.error());
    }
    edges = KeyEdges::OfText;
    scan.bytes = static_cast<qint64>(bytes.size());
    setLines(bytes, scan.hits);
    return scan;
}

Result<TextScan> TextScanner::Work::scanProgramSource(NarrowSource &source)
{
    TextScan all;
    all.isProgram = true;
    qint64 base = 0;
    qint64 linesBefore = 0;
    const KeyEdges edgesIn = edgesOf(source.beginning());
    const size_t most = ProgramStrings::isHermes(source.beginning()) ? kHermesPart : kPart;
    for (size_t held = 0; !isOver(all);) {
        // Most are far smaller than a part.
        while (!source.isAtEnd() && held < most) {
            buffer.resize(std::min(most, std::max(2 * held, kBlock)));
            const auto got = source.fill(buffer.data() + held, buffer.size() - held);
            if (!got)
                return tl::unexpected(got.error());
            held += *got;
        }
        const std::string_view part = std::string_view(buffer).substr(0, held);
        TextScan scan = scanProgram(part, edgesIn);
        const auto ownFrom = static_cast<qint64>(base == 0 ? 0 : kOverlap / 2);
        const auto ownTo = static_cast<qint64>(source.isAtEnd() ? held : held - kOverlap / 2);
        for (SecretHit &hit : scan.hits) {
            if (hit.offset < ownFrom || hit.offset >= ownTo)
                continue;
            hit.offset += base;
            hit.line += linesBefore;
            all.hits.push_back(std::move(hit));
        }
        all.vainMarks += scan.vainMarks;
        all.isCut = all.isCut || scan.isCut;
        all.ended = std::move(scan.ended);
        all.bytes = base + static_cast<qint64>(held);
        if (source.isAtEnd())
            break;
        const size_t gone = held - kOverlap;
        linesBefore += lineEndsIn(part.substr(0, gone));
        std::memmove(buffer.data(), buffer.data() + gone, kOverlap);
        held = kOverlap;
        base += static_cast<qint64>(gone);
    }
    buffer = {};
    return all;
}

} // namespace cockpit
