#include "ui/widgets/tooltips.h"

#include <QTextDocument>

namespace cockpit {

// Only what Qt would guess to be HTML is escaped: elsewhere it would show the escapes themselves.
QString plainToolTip(const QString &text)
{
    return Qt::mightBeRichText(text) ? Qt::convertFromPlainText(text) : text;
}

} // namespace cockpit
