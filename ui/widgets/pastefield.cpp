#include "ui/widgets/pastefield.h"

#include "models/freedmemory.h"
#include "models/wipedtext.h"
#include "ui/theme/typescale.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMimeData>
#include <QUrl>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr qsizetype kMostShown = 100'000; // characters

// The one local file that is dropped; empty when it is something else.
QString fileIn(const QMimeData *source)
{
    const QList<QUrl> urls = source->urls();
    return urls.size() == 1 && urls.front().isLocalFile() ? urls.front().toLocalFile() : QString();
}

// A text document keeps its own ends of blocks and frames as these, and so takes each for an end of a line. A carriage
// return ends one, too, also where it stands alone.
bool hasLostCharacters(const QString &text)
{
    const bool hasBlockEnds = std::ranges::any_of(text, [](QChar c) {
        return c == QChar::ParagraphSeparator || c == QChar(0xfdd0) || c == QChar(0xfdd1); // QTextBeginningOfFrame, …
    });
    return hasBlockEnds || text.count(u'\r') != text.count(u"\r\n"_s);
}

} // namespace

PasteField::PasteField(PasteWords words, QWidget *parent) : QPlainTextEdit(parent), m_words(std::move(words))
{
    setObjectName(m_words.objectName);
    setAccessibleName(m_words.accessibleName);
    setFont(codeFont());
    setTabChangesFocus(true);
    setUndoRedoEnabled(m_words.canUndo);
    setLayoutDirection(Qt::LeftToRight); // what programs write is never mirrored
    setFixedHeight(fontMetrics().lineSpacing() * m_words.lines + 2 * frameWidth() + 16);
    showPlaceholder();
    connect(this, &QPlainTextEdit::textChanged, this, &PasteField::edited);
}

// Not toPlainText(), which makes a blank of U+00A0 and a line of U+2028: a signature holds for each byte.
QByteArray PasteField::text() const
{
    // A buffer of its own, which can be wiped while this is held here.
    return m_long.isEmpty() ? WipedCopy(shownText())->toUtf8() : QByteArray(m_long.constData(), m_long.size());
}

bool PasteField::isLongerThan(qsizetype bytes) const
{
    constexpr qsizetype mostOfOne = 3; // bytes in UTF-8 of one of a document's characters
    if (!m_long.isEmpty())
        return m_long.size() > bytes;
    return document()->characterCount() * mostOfOne > bytes && WipedCopy(text())->size() > bytes;
}

QString PasteField::shownText() const
{
    QString text = document()->toRawText();
    return text.replace(QChar::ParagraphSeparator, u'\n');
}

void PasteField::forget()
{
    clear();
    hold({});
    wipeWhatThisThreadLeft();
}

void PasteField::hold(QByteArray text)
{
    wipe(m_long);
    m_long = std::move(text);
    setReadOnly(holdsUnseen()); // a stray key must not stand in for it
    showPlaceholder();
    emit edited();
}

void PasteField::showPlaceholder()
{
    const QString hint = holdsUnseen() ? m_words.held.arg(locale().formattedDataSize(m_long.size())) : m_words.hint;
    setPlaceholderText(hint);
    setAccessibleDescription(hint);
}

// Shift and Return would type U+2028, which is no end of a line to other programs.
void PasteField::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::InsertLineSeparator) && !isReadOnly())
        insertPlainText(u"\n"_s);
    else
        QPlainTextEdit::keyPressEvent(event);
}

bool PasteField::canInsertFromMimeData(const QMimeData *source) const
{
    return !fileIn(source).isEmpty() || QPlainTextEdit::canInsertFromMimeData(source);
}

void PasteField::insertFromMimeData(const QMimeData *source)
{
    if (const QString path = fileIn(source); !path.isEmpty()) {
        emit fileDropped(path);
        return;
    }
    WipedCopy pasted(source->text()); // of the clipboard's own, unless it is shared with it
    const QString &text = *pasted;
    if (text.size() <= kMostShown && !hasLostCharacters(text)) {
        QPlainTextEdit::insertFromMimeData(source);
        return;
    }
    // It goes where it would have been shown: the header may stand there already.
    const QTextCursor cursor = textCursor();
    WipedCopy whole(shownText());
    whole->replace(cursor.selectionStart(), cursor.selectionEnd() - cursor.selectionStart(), text);
    clear();
    hold(whole->toUtf8());
}

} // namespace cockpit
