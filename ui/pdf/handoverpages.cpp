#include "ui/pdf/handoverpages.h"

#include "ui/pdf/blockstrips.h"
#include "ui/pdf/contents.h"
#include "ui/pdf/coverpage.h"
#include "ui/pdf/printpalette.h"
#include "ui/pdf/textlines.h"

#include <QCoreApplication>
#include <QLocale>

namespace cockpit::print {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(HandoverPdf)
};

constexpr int kPagesBeforeContents = 1; // the cover
constexpr qreal kGapBetweenSections = points(40);

Strips stripsOfSection(const Section &section, qreal width)
{
    Strips strips = sectionTitle(section.title, width);
    for (const Block &block : section.blocks)
        append(strips, stripsOf(block, width));
    return strips;
}

} // namespace

HandoverPages::HandoverPages(const HandoverDocument &document, PageSize size)
    : m_document(document), m_pageSize(pageSizeInUnits(size))
{
    layOutSections();
    layOutContents();
}

QRectF HandoverPages::area() const
{
    return QRectF(QPointF(0, 0), m_pageSize).adjusted(kMargin, kMargin + kHeaderHeight, -kMargin, -kMargin);
}

void HandoverPages::layOutSections()
{
    if (m_document.sections.empty())
        return;
    Paginator paginator(area());
    for (const Section &section : m_document.sections) {
        const auto [page, top] = paginator.addSection(stripsOfSection(section, area().width()), kGapBetweenSections);
        m_sections.push_back({section.id, section.title, page, top});
    }
    m_pages = paginator.take();
}

void HandoverPages::layOutContents()
{
    // Laid out twice: how many pages the contents take decides the numbers in them.
    const auto contentsPages =
        static_cast<int>(paginate(contentsStrips(m_document, m_sections, area().width()), area()).size());
    for (SectionStart &section : m_sections)
        section.page += kPagesBeforeContents + contentsPages;
    std::vector<Page> contents = paginate(contentsStrips(m_document, m_sections, area().width()), area());
    std::size_t entry = 0;
    for (std::size_t page = 0; page < contents.size(); ++page)
        for (const Placed &placed : contents[page]) {
            if (placed.strip.height != kContentsRow || entry == m_sections.size())
                continue;
            m_links.push_back({kPagesBeforeContents + static_cast<int>(page),
                               QRectF(placed.at, QSizeF(area().width(), placed.strip.height)), m_sections[entry].page,
                               m_sections[entry].top});
            ++entry;
        }
    m_pages.insert(m_pages.begin(), std::make_move_iterator(contents.begin()), std::make_move_iterator(contents.end()));
}

void HandoverPages::paintHeader(QPainter &painter, int page) const
{
    const QString date = QLocale().toString(m_document.preparedAt.toUTC().date(), u"d MMMM yyyy"_s);
    const QString line = Text::tr("%1 · %2 · PAGE %3 OF %4")
                             .arg(m_document.productName.left(60).toUpper(), date.toUpper())
                             .arg(page + 1)
                             .arg(count());
    drawElided(painter, line, Face::Caption, kMuted,
               QRectF(kMargin, kMargin, m_pageSize.width() - 2 * kMargin, points(12)));
}

void HandoverPages::paint(QPainter &painter, int page) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    if (page == 0) {
        paintCover(painter, m_document, m_pageSize);
        return;
    }
    paintHeader(painter, page);
    for (const Placed &placed : m_pages.at(static_cast<std::size_t>(page - 1)))
        placed.strip.draw(painter, placed.at);
}

QImage HandoverPages::image(int page, int width) const
{
    const qreal scale = width / m_pageSize.width();
    QImage image(QSize(width, qRound(m_pageSize.height() * scale)), QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::TextAntialiasing);
    painter.scale(scale, scale);
    paint(painter, page);
    return image;
}

} // namespace cockpit::print
