// Lays the pack out and paints its pages in a worker, for the window's preview.
#pragma once

#include "models/handoverdocument.h"
#include "models/result.h"
#include "ui/pdf/handoverpages.h"
#include "ui/pdf/handoverpdf.h"

#include <QFuture>
#include <QImage>
#include <QObject>
#include <QThreadPool>

#include <memory>

namespace cockpit {

// Results come on the thread that owns it; the newest request wins.
class PackPreview : public QObject
{
    Q_OBJECT

public:
    explicit PackPreview(QObject *parent = nullptr);
    ~PackPreview() override;

    void build(const HandoverInput &input, PageSize size);
    void forget(); // what was built, and what is going on: it is of another project
    void paintPage(int page, int widthInPixels);

    const HandoverDocument &document() const { return m_document; }
    int pageCount() const { return m_pages ? m_pages->count() : 0; }
    int pageOf(const QString &sectionId) const; // 0-based; -1 when unknown

signals:
    void built();
    void failed(const cockpit::Error &error); // what was built before, of the same project, stays
    void pageReady(int page, const QImage &image);

private:
    struct Built
    {
        HandoverDocument document;
        std::shared_ptr<const print::HandoverPages> pages;
    };

    QThreadPool m_worker; // one thread: pages are used in one at a time
    // Cancelled when nobody needs it any more. (What is cleared out of a pool never finishes: who watches it, watches
    // for ever.)
    QFuture<Result<Built>> m_building;
    QFuture<QImage> m_painting;
    HandoverDocument m_document;
    std::shared_ptr<const print::HandoverPages> m_pages;
    quint64 m_buildNumber = 0;
    quint64 m_paintNumber = 0;
};

} // namespace cockpit
