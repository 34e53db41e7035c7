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

constexpr int kCoverPages = 1;
constexpr qreal kGapBetweenSections = points(34);

// A paragraph that opens a section, follows a heading, or is the first word on a risk leads to what comes below it.
bool leadsOn(const Block *before, const Block &block)
{
    if (!std::holds_alternative<Paragraph>(block))
        return false;
    if (!before || std::holds_alternative<Heading>(*before))
        return true;
    const auto *line = std::get_if<StatusLine>(before);
    return line && line->keepWithNext;
}

void keepWithNext(Strips &strips)
{
    constexpr std::size_t kMostLines = 3; // a long text may stand at the end of a page
    if (!strips.empty() && strips.size() <= kMostLines)
        strips.back().keepWithNext = true;
}

Strips stripsOfSection(const Section &section, qreal width)
{
    Strips strips = sectionTitle(section.title, width);
    const Block *before = nullptr;
    for (const Block &block : section.blocks) {
        Strips more = stripsOf(block, width);
        if (leadsOn(before, block) && &block != &section.blocks.back())
            keepWithNext(more);
        append(strips, std::move(more));
        before = &block;
    }
    return strips;
}

} // namespace

HandoverPages::HandoverPages(const HandoverDocument &document, PageSize size)
    : m_document(document), m_pageSize(pageSizeInUnits(size))
{
    if (!m_document.sections.empty())
        layOut();
}

QRectF HandoverPages::area() const
{
    return QRectF(QPointF(0, 0), m_pageSize).adjusted(kMargin, kMargin + kHeaderHeight, -kMargin, -kMargin);
}

void HandoverPages::layOut()
{
    for (const Section &section : m_document.sections)
        m_sections.push_back({section.id, section.title, 0, 0});
    Paginator paginator(area());
    paginator.add(contentsStrips(m_document, m_sections, area().width())); // holds the place
    for (std::size_t i = 0; i < m_sections.size(); ++i) {
        const Strips strips = stripsOfSection(m_document.sections[i], area().width());
        const auto [page, top] = paginator.addSection(strips, kGapBetweenSections);
        m_sections[i].page = page + kCoverPages;
        m_sections[i].top = top;
    }
    m_pages = paginator.take();
    fillInContents();
}

// Page numbers are known only now.
void HandoverPages::fillInContents()
{
    const Strips contents = contentsStrips(m_document, m_sections, area().width());
    const std::size_t titleLines = contents.size() - m_sections.size();
    std::size_t strip = 0;
    for (std::size_t page = 0; page < m_pages.size() && strip < contents.size(); ++page)
        for (Placed &placed : m_pages[page]) {
            if (strip == contents.size())
                return;
            placed.strip = contents[strip];
            if (strip >= titleLines) {
                const SectionStart &section = m_sections[strip - titleLines];
                m_links.push_back({static_cast<int>(page) + kCoverPages,
                                   QRectF(placed.at, QSizeF(area().width(), placed.strip.height)), section.page,
                                   section.top});
            }
            ++strip;
        }
}

void HandoverPages::paintHeader(QPainter &painter, int page) const
{
    const QString date = QLocale().toString(m_document.preparedAt.toUTC().date(), u"d MMMM yyyy"_s);
    const QString line = Text::tr("%1 · %2 · PAGE %3 OF %4")
                             .arg(m_document.productName.left(60).toUpper(), date.toUpper(), QString::number(page + 1),
                                  QString::number(count()));
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
