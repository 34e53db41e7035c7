// A heading in the rail, on as many lines as it takes. The rail's width is fixed, so its height is too: a label that
// asks for its height by width makes the whole rail insist on its comfortable height, where the steps should come
// closer together instead.
#pragma once

#include <QWidget>

namespace cockpit {

class RailCaption : public QWidget
{
    Q_OBJECT

public:
    RailCaption(const QString &text, int width, QWidget *parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    int m_width;
};

} // namespace cockpit
