#include "checks/secrets/decodedview.h"

#include "checks/secrets/encodedparts.h"

#include <algorithm>

namespace cockpit {

namespace {

constexpr size_t kContext = 1024; // kept around what is decoded

// The units that begin in these bytes, a byte for each, in place; shift: bytes of one that began before. What is no
// ASCII becomes 0x80; of the last unit the second half may be missing, which tells nothing.
size_t narrowUtf16(WipedBytes &bytes, size_t shift)
{
    size_t units = 0;
    for (size_t low = shift; low < bytes.size(); low += 2) {
        const bool isAscii =
            static_cast<unsigned char>(bytes[low]) < 0x80 && (low + 1 == bytes.size() || bytes[low + 1] == 0);
        bytes[units++] = isAscii ? bytes[low] : '\x80';
    }
    return units;
}

// Of a place in base64, counted in the view: the bytes before it.
size_t bytesBefore(const DecodedPart &part, size_t at)
{
    return at == 0 ? 0 : part.step * at + part.shift;
}

} // namespace

bool DecodedView::build(std::string_view source)
{
    m_text.clear();
    m_parts.clear();
    EncodedParts parts(source);
    size_t done = 0;
    while (const auto found = parts.next()) {
        copyContext(source, done, found->start, false);
        if (found->through == Through::Base64) {
            appendBase64(source, *found);
        } else if (found->isBlank) {
            append(" ", found->start, found->end, found->through);
        } else if (found->through == Through::Joined) {
            m_parts.push_back({m_text.size(), m_text.size(), found->start, found->end, found->through});
        } else {
            decodePart(source.substr(found->start, found->end - found->start), found->through, m_decoded);
            append(m_decoded, found->start, found->end, found->through);
        }
        done = found->end;
    }
    if (m_parts.empty())
        return false;
    copyContext(source, done, source.size(), true);
    return true;
}

// All of a short gap between two encoded parts; of a long one the ends.
void DecodedView::copyContext(std::string_view source, size_t from, size_t to, bool isLast)
{
    const bool isFirst = m_parts.empty();
    if (to - from <= 2 * kContext) {
        append(source.substr(from, to - from), from, to, Through::Plain);
        return;
    }
    if (!isFirst)
        append(source.substr(from, kContext), from, from + kContext, Through::Plain);
    if (!isFirst && !isLast)
        append("\n", from + kContext, from + kContext, Through::Plain);
    if (!isLast)
        append(source.substr(to - kContext, kContext), to - kContext, to, Through::Plain);
}

// A part for each line: what stands between them, line ends and indents, is none of the view. All lines but the last
// are of whole groups, so that each decodes alone. A unit of UTF-16 may begin in one and end in the next.
void DecodedView::appendBase64(std::string_view source, const EncodedPart &found)
{
    size_t decoded = 0; // bytes before this line
    for (size_t start = found.start; start < found.end;) {
        const std::string_view line = lineOfBase64(source.substr(start, found.end - start));
        const size_t lineEnd = start + line.size();
        size_t next = lineEnd;
        while (next < found.end && lineOfBase64(source.substr(next, 1)).empty())
            ++next;
        decodePart(line, Through::Base64, m_decoded);
        const size_t bytes = m_decoded.size();
        const size_t shift = found.isWide ? decoded % 2 : 0;
        if (found.isWide)
            m_decoded.resize(narrowUtf16(m_decoded, shift));
        append(m_decoded, start, next < found.end ? lineEnd : found.end, Through::Base64);
        if (found.isWide && !m_decoded.empty()) {
            m_parts.back().step = 2;
            m_parts.back().shift = shift;
        }
        decoded += bytes;
        start = next;
    }
}

void DecodedView::append(std::string_view bytes, size_t sourceStart, size_t sourceEnd, Through through)
{
    if (bytes.empty())
        return;
    const size_t start = m_text.size();
    m_text.append(bytes);
    m_parts.push_back({start, m_text.size(), sourceStart, sourceEnd, through});
}

size_t DecodedView::partAt(size_t viewPosition) const
{
    const auto next = std::ranges::upper_bound(m_parts, viewPosition, {}, &DecodedPart::viewStart);
    return static_cast<size_t>(next - m_parts.begin()) - 1;
}

DecodedView::Place DecodedView::sourceOf(size_t viewStart, size_t viewEnd) const
{
    const size_t first = partAt(viewStart);
    const size_t last = partAt(std::max(viewEnd, viewStart + 1) - 1);
    const auto inside = [](const DecodedPart &part, size_t at) {
        switch (part.through) {
        case Through::Plain:
        case Through::Utf16:
        case Through::Strings:
            return part.sourceStart + at;
        case Through::Base64:
            return std::min(part.sourceEnd, part.sourceStart + (bytesBefore(part, at) + 2) / 3 * 4);
        case Through::UrlEncoded:
        case Through::Escaped:
        case Through::Joined:
            break;
        }
        return at == 0 ? part.sourceStart : part.sourceEnd;
    };
    Place place{inside(m_parts[first], viewStart - m_parts[first].viewStart),
                inside(m_parts[last], viewEnd - m_parts[last].viewStart)};
    if (m_parts[first].through == Through::Base64)
        place.start =
            m_parts[first].sourceStart + bytesBefore(m_parts[first], viewStart - m_parts[first].viewStart) / 3 * 4;
    for (size_t part = first; part <= last && place.through == Through::Plain; ++part)
        place.through = m_parts[part].through;
    return place;
}

} // namespace cockpit
