// A record, a header or a command to paste somewhere, with its copy button.
#pragma once

#include <QFrame>

class QPushButton;

namespace cockpit {

class PlainLabel;

class CodeBox : public QFrame
{
    Q_OBJECT

public:
    explicit CodeBox(QWidget *parent = nullptr);

    // copyText names what is copied ("Copy record"); empty hides the button.
    void setCode(const QString &code, const QString &copyText = {});
    QString code() const { return m_code; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_code;
    PlainLabel *m_text;
    QPushButton *m_copy;
};

// Puts text on the clipboard and says so on the button for a moment.
void copyWithNotice(QPushButton *button, const QString &text);

} // namespace cockpit
