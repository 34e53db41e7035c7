// Takes a message by pasting, typing or dropping. A field that laid out 25 MB of text would stop the window for
// minutes: what is long is held as it is, and the field says how much it is and takes nothing else until forget().
#pragma once

#include <QPlainTextEdit>

namespace cockpit {

class PasteField : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit PasteField(QWidget *parent = nullptr);

    QByteArray message() const; // what was typed or pasted, of any length
    bool hasMessage() const { return !m_long.isEmpty() || !document()->isEmpty(); }
    bool holdsUnseen() const { return !m_long.isEmpty(); } // nothing can be typed meanwhile
    void forget();

signals:
    void messageChanged();
    void fileDropped(const QString &path);

protected:
    bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QString shownText() const;
    void hold(const QByteArray &message); // empty: shown text is taken again
    void showPlaceholder();

    QByteArray m_long; // what cannot be shown
};

} // namespace cockpit
