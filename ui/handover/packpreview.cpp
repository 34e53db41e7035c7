#include "ui/handover/packpreview.h"

#include "checks/engine/guarded.h"
#include "ui/widgets/whendone.h"

#include <QtConcurrentRun>

#include <algorithm>

namespace cockpit {

PackPreview::PackPreview(QObject *parent) : QObject(parent)
{
    m_worker.setMaxThreadCount(1);
}

PackPreview::~PackPreview()
{
    m_building.cancel();
    m_painting.cancel();
    m_worker.waitForDone(); // at most one page that is being painted
}

void PackPreview::build(const HandoverInput &input, PageSize size)
{
    const quint64 number = ++m_buildNumber;
    m_building.cancel(); // nobody needs the older one
    m_building = QtConcurrent::run(&m_worker, [input, size] {
        return guarded([&]() -> Result<Built> {
            Built result{buildHandover(input), {}};
            result.pages = std::make_shared<const print::HandoverPages>(result.document, size);
            return result;
        });
    });
    whenDone(m_building, this, [this, number](const Result<Built> &result) {
        if (number != m_buildNumber)
            return;
        if (!result) {
            emit failed(result.error());
            return;
        }
        m_document = result->document;
        m_pages = result->pages;
        emit built();
    });
}

void PackPreview::forget()
{
    ++m_buildNumber;
    ++m_paintNumber;
    m_building.cancel();
    m_painting.cancel();
    m_document = {};
    m_pages.reset();
}

void PackPreview::paintPage(int page, int widthInPixels)
{
    if (page < 0 || page >= pageCount() || widthInPixels <= 0)
        return;
    const quint64 number = ++m_paintNumber;
    m_painting.cancel();
    m_painting = QtConcurrent::run(
        &m_worker, [pages = m_pages, page, widthInPixels] { return pages->image(page, widthInPixels); });
    whenDone(m_painting, this, [this, number, page](const QImage &image) {
        if (number == m_paintNumber)
            emit pageReady(page, image);
    });
}

int PackPreview::pageOf(const QString &sectionId) const
{
    if (!m_pages)
        return -1;
    const auto &sections = m_pages->sections();
    const auto it = std::ranges::find(sections, sectionId, &print::SectionStart::id);
    return it == sections.end() ? -1 : it->page;
}

} // namespace cockpit
