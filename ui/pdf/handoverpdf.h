// The handover document as a PDF file.
#pragma once

#include "models/handoverdocument.h"
#include "models/result.h"
#include "ui/pdf/typography.h"

#include <QLocale>

#include <functional>

namespace cockpit {

using print::PageSize;

// The paper that printers hold where the locale comes from.
PageSize usualPageSize(const QLocale &locale);

struct PdfOptions
{
    PageSize pageSize = PageSize::A4;
    bool withEvidence = true; // the appendix with what was seen, request by request
};

// Called before each page; returning false stops, and nothing is written.
using PdfProgress = std::function<bool(int page, int pages)>;

// Takes the place of path in one step: a reader finds the old file or the new one, whole. Errors: NotPermitted
// (read-only folder, a folder of that name), Storage (disk full), Cancelled. May run in any thread; needs a
// QGuiApplication.
[[nodiscard]] Result<void> writeHandoverPdf(const HandoverDocument &document, const QString &path,
                                            const PdfOptions &options = {}, const PdfProgress &progress = {});

} // namespace cockpit
