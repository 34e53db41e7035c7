#include "ui/pdf/paginator.h"

namespace cockpit::print {

namespace {

class Paginator
{
public:
    explicit Paginator(const QRectF &area) : m_area(area), m_y(area.top()) { m_pages.emplace_back(); }

    void place(std::span<const Strip> group)
    {
        if (!fits(heightOf(group)) && !isTopOfPage())
            startPage(group.front());
        for (const Strip &strip : group) {
            if (!fits(gapOf(strip) + strip.height) && !isTopOfPage())
                startPage(strip);
            m_y += gapOf(strip);
            put(strip);
        }
    }
    std::vector<Page> take() { return std::move(m_pages); }

private:
    bool isTopOfPage() const { return m_y <= m_area.top(); }
    bool fits(qreal height) const { return m_y + height <= m_area.bottom(); }
    qreal gapOf(const Strip &strip) const { return isTopOfPage() ? 0 : strip.gapBefore; }
    qreal heightOf(std::span<const Strip> group) const
    {
        qreal height = 0;
        for (const Strip &strip : group)
            height += (height == 0 ? gapOf(strip) : strip.gapBefore) + strip.height;
        return height;
    }
    void startPage(const Strip &first)
    {
        m_pages.emplace_back();
        m_y = m_area.top();
        if (first.repeatedAbove)
            put(*first.repeatedAbove);
    }
    void put(const Strip &strip)
    {
        m_pages.back().push_back({strip, QPointF(m_area.left(), m_y)});
        m_y += strip.height;
    }

    QRectF m_area;
    qreal m_y;
    std::vector<Page> m_pages;
};

} // namespace

std::vector<Page> paginate(const Strips &strips, const QRectF &area)
{
    Paginator paginator(area);
    const std::span<const Strip> all(strips);
    std::size_t begin = 0;
    while (begin < all.size()) {
        std::size_t end = begin;
        while (end + 1 < all.size() && all[end].keepWithNext)
            ++end;
        paginator.place(all.subspan(begin, end - begin + 1));
        begin = end + 1;
    }
    return paginator.take();
}

} // namespace cockpit::print
