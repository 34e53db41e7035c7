// A list of rows as RowDelegate draws them, without a frame of its own, for use in a Card with no padding. It tells
// when it is held: the pointer is over it, so that nothing should move.
#pragma once

#include <QListView>

namespace cockpit {

class RowDelegate;

class RowList : public QListView
{
    Q_OBJECT

public:
    // leadSample: the widest text of RowLeadRole, empty for none.
    explicit RowList(const QString &leadSample = {}, QWidget *parent = nullptr);

    bool isHeld() const { return m_pointerInside; }
    // Where the row's button is, in the viewport; empty where it has none.
    QRect actionRect(const QModelIndex &index) const;

signals:
    void heldChanged(bool held);
    // The row's own button was pressed, by mouse or with Enter.
    void actionTriggered(const QModelIndex &index);

protected:
    bool viewportEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    RowDelegate *m_delegate;
    bool m_pointerInside = false;
};

} // namespace cockpit
