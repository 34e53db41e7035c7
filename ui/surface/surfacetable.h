// The view of the surface matrix, as the page and the presentation show it: cells are chosen one by one with the arrow
// keys, and where there is no room for all columns it scrolls.
#pragma once

#include <QTableView>

namespace cockpit {

class SurfaceModel;

class SurfaceTable : public QTableView
{
    Q_OBJECT

public:
    SurfaceTable(SurfaceModel *model, const QString &objectName, QWidget *parent = nullptr);

    // Rows and columns fit the font, which a presentation makes larger.
    void fitFont();
    // As high as all rows, at most.
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;

private:
    int heightOf(int rows) const;
};

} // namespace cockpit
