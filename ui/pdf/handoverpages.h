// The handover document laid out on pages: for the PDF, for the window's preview, for tests. Build and use it in one
// thread at a time; it needs a QGuiApplication, and no window.
#pragma once

#include "models/handoverdocument.h"
#include "ui/pdf/paginator.h"
#include "ui/pdf/typography.h"

#include <QImage>

namespace cockpit::print {

struct SectionStart
{
    QString id;
    QString title;
    int page = 0;  // 0-based
    qreal top = 0; // of its title, in layout units
};

// A line of the contents, and where it leads.
struct ContentsLink
{
    int page = 0;
    QRectF box; // in layout units, from the top left
    int targetPage = 0;
    qreal targetTop = 0;
};

class HandoverPages
{
public:
    HandoverPages(const HandoverDocument &document, PageSize size);

    int count() const { return static_cast<int>(m_pages.size()) + 1; } // and the cover
    QSizeF pageSize() const { return m_pageSize; }                     // in layout units
    const std::vector<SectionStart> &sections() const { return m_sections; }
    const std::vector<ContentsLink> &links() const { return m_links; }

    // The painter's coordinates are layout units.
    void paint(QPainter &painter, int page) const;
    QImage image(int page, int width) const;

private:
    QRectF area() const;
    void layOut();
    void fillInContents();
    void paintHeader(QPainter &painter, int page) const;

    HandoverDocument m_document;
    QSizeF m_pageSize;
    std::vector<Page> m_pages; // after the cover
    std::vector<SectionStart> m_sections;
    std::vector<ContentsLink> m_links;
};

} // namespace cockpit::print
