#include "ui/message/pastefield.h"

#include "ui/theme/typescale.h"

#include <QLocale>
#include <QMimeData>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr qsizetype kMostShown = 100'000; // characters
constexpr int kLinesShown = 5;

// The one local file that is dropped; empty when it is something else.
QString fileIn(const QMimeData *source)
{
    const QList<QUrl> urls = source->urls();
    return urls.size() == 1 && urls.front().isLocalFile() ? urls.front().toLocalFile() : QString();
}

} // namespace

PasteField::PasteField(QWidget *parent) : QPlainTextEdit(parent)
{
    setObjectName(u"messageText"_s);
    setAccessibleName(tr("The message as it came"));
    setPlaceholderText(tr("Paste the whole message here, from its first line (\"Show original\" in your mail program), "
                          "or drop its file."));
    setFont(codeFont());
    setTabChangesFocus(true);
    setLayoutDirection(Qt::LeftToRight); // headers are never mirrored
    setFixedHeight(fontMetrics().lineSpacing() * kLinesShown + 2 * frameWidth() + 16);
    connect(this, &QPlainTextEdit::textChanged, this, [this] {
        if (!document()->isEmpty())
            m_long.clear();
        emit messageChanged();
    });
}

QByteArray PasteField::message() const
{
    return m_long.isEmpty() ? toPlainText().toUtf8() : m_long;
}

void PasteField::forget()
{
    m_long.clear();
    clear();
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
    const QString text = source->text();
    if (text.size() <= kMostShown) {
        QPlainTextEdit::insertFromMimeData(source);
        return;
    }
    clear();
    m_long = text.toUtf8();
    setPlaceholderText(tr("A message of %1 is taken. It is too long to be shown here.")
                           .arg(locale().formattedDataSize(m_long.size())));
    emit messageChanged();
}

} // namespace cockpit
