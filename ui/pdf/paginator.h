// Puts strips on pages.
#pragma once

#include "ui/pdf/strip.h"

#include <QRectF>

#include <span>

namespace cockpit::print {

struct Placed
{
    Strip strip;
    QPointF at;
};

using Page = std::vector<Placed>;

// Breaks where allowed: strips that belong together move to the next page together, a table's header is repeated, and
// a group that is taller than a page is broken anyway.
class Paginator
{
public:
    explicit Paginator(const QRectF &area) : m_area(area), m_y(area.top()) { m_pages.emplace_back(); }

    // Goes on below what is there.
    void add(const Strips &strips);
    // Shares the page with what is there when all of it fits below, or when a good part of the page is free; begins a
    // new page otherwise. gap: above it on a shared page. Tells where its first strip stands.
    struct Start
    {
        int page = 0;
        qreal y = 0;
    };
    Start addSection(const Strips &strips, qreal gap);

    std::vector<Page> take() { return std::move(m_pages); }

private:
    bool isTopOfPage() const { return m_y <= m_area.top(); }
    bool fits(qreal height) const { return m_y + height <= m_area.bottom(); }
    qreal gapOf(const Strip &strip) const { return isTopOfPage() ? 0 : strip.gapBefore; }
    qreal heightOf(std::span<const Strip> group) const;
    void place(std::span<const Strip> group);
    void startPage();
    void put(const Strip &strip);

    QRectF m_area;
    qreal m_y;
    std::vector<Page> m_pages;
};

std::vector<Page> paginate(const Strips &strips, const QRectF &area);

} // namespace cockpit::print
