// Many short texts in one pass: names, the strings of programs and the rows of databases.
#include "checks/secrets/scannerwork.h"

#include <algorithm>

namespace cockpit {

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

} // namespace cockpit
