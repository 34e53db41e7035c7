// One page of the pack on a quiet ground, with the way to the next one.
#pragma once

#include <QImage>
#include <QWidget>

class QPushButton;

namespace cockpit {

class PlainLabel;

class PreviewPane : public QWidget
{
    Q_OBJECT

public:
    explicit PreviewPane(QWidget *parent = nullptr);

    void setPageCount(int pages); // zero: there is nothing to show yet
    void showPage(int page);      // asks for its image
    void setImage(int page, const QImage &image);
    int page() const { return m_page; }

signals:
    void pageWanted(int page, int widthInPixels);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QRect paperRect() const;
    void ask();
    void showPosition();

    QImage m_image;
    int m_page = 0;
    int m_pages = 0;
    QPushButton *m_previous;
    QPushButton *m_next;
    PlainLabel *m_position;
};

} // namespace cockpit
