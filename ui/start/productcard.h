// One kind of product on the start page: its name, and how far along it is.
#pragma once

#include <QAbstractButton>

namespace cockpit {

class ProductCard : public QAbstractButton
{
    Q_OBJECT

public:
    ProductCard(const QString &roadmapId, const QString &product, const QString &phase, QWidget *parent = nullptr);

    QString roadmapId() const { return m_roadmapId; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_roadmapId;
    QString m_phase;
};

} // namespace cockpit
