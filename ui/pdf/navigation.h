// What QPdfWriter cannot write: bookmarks, links inside the document, title and language for readers of any kind.
#pragma once

#include "models/result.h"
#include "ui/pdf/handoverpages.h"

#include <QByteArray>

namespace cockpit::print {

struct DocumentFacts
{
    QString title;
    QString language; // BCP 47
};

[[nodiscard]] Result<QByteArray> withNavigation(const QByteArray &pdf, const HandoverPages &pages,
                                                const DocumentFacts &facts);

} // namespace cockpit::print
