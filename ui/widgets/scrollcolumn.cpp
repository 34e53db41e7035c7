#include "ui/widgets/scrollcolumn.h"

#include "ui/theme/tokens.h"

#include <QScrollArea>
#include <QVBoxLayout>

namespace cockpit {

QVBoxLayout *addScrollColumn(QVBoxLayout *to, QWidget *parent)
{
    auto *area = new QScrollArea(parent);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    area->setFocusPolicy(Qt::NoFocus); // its widgets take the focus and scroll into view
    auto *inner = new QWidget(area);
    inner->setProperty("plain", true);
    area->viewport()->setAutoFillBackground(false);
    inner->setAutoFillBackground(false);
    auto *column = new QVBoxLayout(inner);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::kLarge);
    area->setWidget(inner);
    to->addWidget(area, 1);
    return column;
}

} // namespace cockpit
