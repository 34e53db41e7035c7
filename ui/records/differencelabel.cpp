#include "ui/records/differencelabel.h"

#include "ui/theme/tokens.h"
#include "ui/theme/typescale.h"

#include <QEvent>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

// Much of it comes from a stranger's server, so that nothing in it may be taken for HTML. Long words wrap behind their
// marks, as everywhere where records are shown.
QString escaped(const QString &word)
{
    QString text = word.toHtmlEscaped();
    for (const auto mark : {u'/', u',', u'-', u'.', u'='})
        text.replace(mark, QString(QChar(mark)) + QChar(0x200B));
    return text;
}

} // namespace

DifferenceLabel::DifferenceLabel(QWidget *parent) : QLabel(parent)
{
    setObjectName(u"difference"_s);
    setTextFormat(Qt::RichText);
    setTextInteractionFlags(Qt::NoTextInteraction);
    setWordWrap(true);
    setFont(codeFont());
    setLayoutDirection(Qt::LeftToRight); // records are never mirrored
    setAlignment(Qt::AlignLeft | Qt::AlignTop);
}

void DifferenceLabel::setDifference(const std::vector<DiffWord> &words)
{
    m_words = words;
    QStringList said;
    for (const DiffWord &word : words) {
        said << (word.mark == DiffMark::Same      ? word.text
                 : word.mark == DiffMark::Removed ? tr("removed: %1").arg(word.text)
                                                  : tr("added: %1").arg(word.text));
    }
    setAccessibleName(said.join(u' '));
    paintWords();
}

void DifferenceLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintWords();
}

void DifferenceLabel::paintWords()
{
    const Tokens &tokens = tokensFor(palette());
    QStringList parts;
    for (const DiffWord &word : m_words) {
        switch (word.mark) {
        case DiffMark::Same:
            parts << escaped(word.text);
            break;
        case DiffMark::Removed:
            parts << u"<s style=\"color:%1\">%2</s>"_s.arg(tokens.fail.name(), escaped(word.text));
            break;
        case DiffMark::Added:
            parts << u"<b><u style=\"color:%1\">%2</u></b>"_s.arg(tokens.pass.name(), escaped(word.text));
            break;
        }
    }
    setText(parts.join(u' '));
}

} // namespace cockpit
