#include "ui/charts/impactbarsview.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/stateicon.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ImpactBars)
};

constexpr std::array kImpacts{Impact::AccountTakeover, Impact::DataExposure, Impact::BrokenLogin,
                              Impact::EmailDelivery,   Impact::Downtime,     Impact::CostAbuse,
                              Impact::Maintainability};
constexpr int kBarHeight = 12;
constexpr int kWidestUnit = 44; // of one finding, so that a single finding does not fill the row
constexpr int kSegmentGap = 2;

QString countText(Severity severity, int count)
{
    switch (severity) {
    case Severity::Critical:
        return Text::tr("%n critical", nullptr, count);
    case Severity::High:
        return Text::tr("%n high", nullptr, count);
    case Severity::Medium:
        return Text::tr("%n medium", nullptr, count);
    case Severity::Low:
        return Text::tr("%n low", nullptr, count);
    }
    Q_UNREACHABLE();
}

int total(const std::map<Severity, int> &counts)
{
    int sum = 0;
    for (const auto &[severity, count] : counts)
        sum += count;
    return sum;
}

const std::map<Severity, int> &countsOf(const ImpactCounts &all, Impact impact)
{
    static const std::map<Severity, int> kNone;
    const auto found = all.find(impact);
    return found == all.end() ? kNone : found->second;
}

} // namespace

ImpactCounts countByImpact(const std::vector<Risk> &risks)
{
    ImpactCounts counts;
    for (const Risk &risk : risks)
        ++counts[risk.finding.impact][risk.finding.severity];
    return counts;
}

QString countsText(const std::map<Severity, int> &counts)
{
    QStringList parts;
    for (const auto &[severity, count] : counts) {
        if (count > 0)
            parts += countText(severity, count);
    }
    return parts.isEmpty() ? Text::tr("none") : parts.join(u", "_s);
}

ImpactBarsView::ImpactBarsView(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(Text::tr("Risks by business impact"));
}

void ImpactBarsView::setCounts(const ImpactCounts &counts)
{
    m_counts = counts;
    QStringList spoken;
    for (const Impact impact : kImpacts)
        spoken += Text::tr("%1: %2").arg(labelOf(impact), countsText(countsOf(counts, impact)));
    setAccessibleDescription(spoken.join(u"; "_s));
    update();
}

QSize ImpactBarsView::sizeHint() const
{
    return {labelWidth() * 3, rowHeight() * int(kImpacts.size())};
}

QSize ImpactBarsView::minimumSizeHint() const
{
    return {labelWidth() * 2, rowHeight() * int(kImpacts.size())};
}

int ImpactBarsView::rowHeight() const
{
    return std::max(fontMetrics().height(), kBarHeight) + space::kSmall;
}

int ImpactBarsView::labelWidth() const
{
    int width = 0;
    for (const Impact impact : kImpacts)
        width = std::max(width, fontMetrics().horizontalAdvance(labelOf(impact)));
    return width + space::kLarge;
}

void ImpactBarsView::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = tokensFor(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (layoutDirection() == Qt::RightToLeft) { // mirrored geometry; text is drawn in visual rectangles below
        painter.translate(width(), 0);
    }
    const auto placed = [&](const QRect &rect) {
        return layoutDirection() == Qt::RightToLeft
                   ? QRect(-rect.left() - rect.width(), rect.top(), rect.width(), rect.height())
                   : rect;
    };
    int most = 1;
    int widestText = 0;
    for (const Impact impact : kImpacts) {
        const auto &counts = countsOf(m_counts, impact);
        most = std::max(most, total(counts));
        widestText = std::max(widestText, fontMetrics().horizontalAdvance(countsText(counts)));
    }
    const int label = labelWidth();
    const int unit = std::clamp((width() - label - widestText - space::kLarge) / most, 2, kWidestUnit);
    for (int row = 0; row < int(kImpacts.size()); ++row) {
        const auto &counts = countsOf(m_counts, kImpacts[std::size_t(row)]);
        const QRect line(0, row * rowHeight(), width(), rowHeight());
        painter.setPen(tokens.text);
        painter.drawText(placed({0, line.top(), label, line.height()}), Qt::AlignVCenter | Qt::AlignLeading,
                         labelOf(kImpacts[std::size_t(row)]));
        int x = label;
        for (const auto &[severity, count] : counts) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(toneColors(tokens, toneFor(severity)).ink);
            const int bar = count * unit - kSegmentGap;
            painter.drawRoundedRect(placed({x, line.center().y() - kBarHeight / 2, bar, kBarHeight}), 3, 3);
            x += count * unit;
        }
        const int gap = counts.empty() ? 0 : space::kSmall;
        painter.setPen(tokens.muted);
        painter.drawText(placed({x + gap, line.top(), width() - x - gap, line.height()}),
                         Qt::AlignVCenter | Qt::AlignLeading, countsText(counts));
    }
}

} // namespace cockpit
