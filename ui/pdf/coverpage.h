// The first page: what was looked at, and the verdict with the facts that decided it.
#pragma once

#include "models/handoverdocument.h"

#include <QPainter>

namespace cockpit::print {

void paintCover(QPainter &painter, const HandoverDocument &document, const QSizeF &pageSize);

} // namespace cockpit::print
