// Takes a text by pasting, typing or dropping: a message, a log. A field that laid out 25 MB of text would stop the
// window for minutes: what is long is held as it is, and the field says how much it is and takes nothing else until
// forget().
#pragma once

#include <QPlainTextEdit>
#include <QString>

namespace cockpit {

struct PasteWords
{
    QString objectName;
    QString accessibleName;
    QString hint; // while it is empty
    QString held; // with %1 for the size of what is not shown
    int lines = 5;
    bool canUndo = true; // false: of a text that may hold secrets, for undo keeps what was taken out of the field
};

class PasteField : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit PasteField(PasteWords words, QWidget *parent = nullptr);

    // What was typed or pasted, of any length, in UTF-8. A copy: who needs it no more wipes it (models/wipedtext.h).
    QByteArray text() const;
    bool hasText() const { return !m_long.isEmpty() || !document()->isEmpty(); }
    bool isLongerThan(qsizetype bytes) const;              // in UTF-8
    bool holdsUnseen() const { return !m_long.isEmpty(); } // nothing can be typed meanwhile
    // Overwrites what is held here. What the document had is overwritten as it is given back, as far as the system does
    // so (models/freedmemory.h). The clipboard stays as it is.
    void forget();

signals:
    void edited();
    void fileDropped(const QString &path);

protected:
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QString shownText() const;
    void hold(QByteArray text); // empty: shown text is taken again
    void showPlaceholder();

    const PasteWords m_words;
    QByteArray m_long; // what cannot be shown
};

} // namespace cockpit
