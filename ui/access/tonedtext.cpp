#include "ui/access/tonedtext.h"

#include "ui/widgets/labels.h"

#include <QStyle>

namespace cockpit {

void say(PlainLabel *label, const QString &tone, const QString &sentence)
{
    label->setMuted(tone.isEmpty());
    if (label->property("tone").toString() != tone) {
        label->setProperty("tone", tone);
        label->style()->unpolish(label); // the style sheet looks at properties only then
        label->style()->polish(label);
    }
    label->setText(sentence);
    label->setVisible(!sentence.isEmpty());
}

} // namespace cockpit
