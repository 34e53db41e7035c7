#include "ui/pdf/paginator.h"

#include <algorithm>

namespace cockpit::print {

namespace {

// A section that would begin lower down begins on the next page: a title wants some of its text beside it.
constexpr qreal kLeastOfPage = 0.15;

// From the first strip to the last one that must stay with it.
std::span<const Strip> groupAt(std::span<const Strip> all, std::size_t begin)
{
    std::size_t end = begin;
    while (end + 1 < all.size() && all[end].keepWithNext)
        ++end;
    return all.subspan(begin, end - begin + 1);
}

} // namespace

void Paginator::add(const Strips &strips)
{
    const std::span<const Strip> all(strips);
    for (std::size_t begin = 0; begin < all.size();) {
        const std::span<const Strip> group = groupAt(all, begin);
        place(group);
        begin += group.size();
    }
}

Paginator::Start Paginator::addSection(const Strips &strips, qreal gap)
{
    if (strips.empty())
        return {static_cast<int>(m_pages.size()) - 1, m_y};
    const qreal below = m_y + gap;
    const qreal firstGroup = heightOf(groupAt(strips, 0));
    const bool fitsWhole = below + heightOf(strips) <= m_area.bottom();
    const bool hasRoom = below + std::max(firstGroup, kLeastOfPage * m_area.height()) <= m_area.bottom();
    if (!isTopOfPage() && (fitsWhole || hasRoom))
        m_y = below;
    else if (!isTopOfPage())
        startPage();
    const Start start{static_cast<int>(m_pages.size()) - 1, m_y};
    add(strips);
    return start;
}

void Paginator::place(std::span<const Strip> group)
{
    const auto breakBefore = [this](const Strip &strip) {
        startPage();
        if (strip.repeatedAbove)
            put(*strip.repeatedAbove);
    };
    if (!fits(heightOf(group)) && !isTopOfPage())
        breakBefore(group.front());
    for (const Strip &strip : group) {
        if (!fits(gapOf(strip) + strip.height) && !isTopOfPage())
            breakBefore(strip);
        m_y += gapOf(strip);
        put(strip);
    }
}

qreal Paginator::heightOf(std::span<const Strip> group) const
{
    qreal height = 0;
    for (const Strip &strip : group)
        height += (height == 0 ? gapOf(strip) : strip.gapBefore) + strip.height;
    return height;
}

void Paginator::startPage()
{
    m_pages.emplace_back();
    m_y = m_area.top();
}

void Paginator::put(const Strip &strip)
{
    m_pages.back().push_back({strip, QPointF(m_area.left(), m_y)});
    m_y += strip.height;
}

std::vector<Page> paginate(const Strips &strips, const QRectF &area)
{
    Paginator paginator(area);
    paginator.add(strips);
    return paginator.take();
}

} // namespace cockpit::print
