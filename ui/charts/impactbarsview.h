// Open risks as horizontal bars, one per impact; a bar's segments are its severities, worst first.
#pragma once

#include "models/risk.h"

#include <QWidget>

#include <array>
#include <map>

namespace cockpit {

using ImpactCounts = std::map<Impact, std::map<Severity, int>>;
ImpactCounts countByImpact(const std::vector<Risk> &risks);

class ImpactBarsView : public QWidget
{
    Q_OBJECT

public:
    explicit ImpactBarsView(QWidget *parent = nullptr);

    void setCounts(const ImpactCounts &counts);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int rowHeight() const;
    int labelWidth() const;

    ImpactCounts m_counts;
};

// "1 critical, 2 medium", worst first; "none" when all are zero.
QString countsText(const std::map<Severity, int> &counts);

} // namespace cockpit
