#include "ui/pdf/handoverpdf.h"

#include "models/wholefile.h"
#include "ui/pdf/navigation.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QPageLayout>
#include <QPdfWriter>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(HandoverPdf)
};

HandoverDocument chosenParts(HandoverDocument document, const PdfOptions &options)
{
    if (!options.withEvidence)
        std::erase_if(document.sections, [](const Section &section) { return section.id == "evidence"_L1; });
    return document;
}

QPageSize::PageSizeId pageSizeId(PageSize size)
{
    switch (size) {
    case PageSize::A4:
        return QPageSize::A4;
    case PageSize::Letter:
        return QPageSize::Letter;
    }
    Q_UNREACHABLE();
}

Result<QByteArray> printed(const print::HandoverPages &pages, const HandoverDocument &document,
                           const PdfOptions &options, const PdfProgress &progress)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(pageSizeId(options.pageSize)));
    writer.setPageMargins(QMarginsF());
    writer.setResolution(print::kUnitsPerInch);
    writer.setTitle(document.title);
    writer.setCreator(u"Launch Cockpit %1"_s.arg(document.toolVersion));
    QPainter painter(&writer);
    for (int page = 0; page < pages.count(); ++page) {
        if (progress && !progress(page, pages.count()))
            return failure(ErrorKind::Cancelled, Text::tr("Stopped before the PDF was finished; nothing was written."));
        if (page > 0)
            writer.newPage();
        pages.paint(painter, page);
    }
    painter.end();
    return bytes;
}

} // namespace

PageSize usualPageSize(const QLocale &locale)
{
    return locale.measurementSystem() == QLocale::ImperialUSSystem ? PageSize::Letter : PageSize::A4;
}

Result<void> writeHandoverPdf(const HandoverDocument &document, const QString &path, const PdfOptions &options,
                              const PdfProgress &progress)
{
    const print::HandoverPages pages(chosenParts(document, options), options.pageSize);
    const Result<QByteArray> bytes = printed(pages, document, options, progress);
    if (!bytes)
        return tl::unexpected(bytes.error());
    const QString language = document.language.isEmpty() ? u"en"_s : document.language;
    const Result<QByteArray> finished = print::withNavigation(*bytes, pages, {document.title, language});
    if (!finished)
        return tl::unexpected(finished.error());
    return writeWholeFile(path, *finished);
}

} // namespace cockpit
