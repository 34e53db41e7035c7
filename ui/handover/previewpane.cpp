#include "ui/handover/previewpane.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

constexpr double kSheetRatio = 1.4142; // of A4, until an image tells
constexpr int kShadowSteps = 6;

} // namespace

PreviewPane::PreviewPane(QWidget *parent)
    : QWidget(parent),
      m_previous(makeSecondaryButton(tr("‹ Page before"), u"previousPage"_s, this)),
      m_next(makeSecondaryButton(tr("Next page ›"), u"nextPage"_s, this)),
      m_position(new PlainLabel(this))
{
    setMinimumWidth(fontMetrics().averageCharWidth() * 40);
    m_position->setMuted().setAlignment(Qt::AlignCenter);
    m_position->setObjectName(u"previewPosition"_s);
    auto *row = new QHBoxLayout;
    row->addWidget(m_previous);
    row->addWidget(m_position, 1);
    row->addWidget(m_next);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::kLarge, space::kLarge, space::kLarge, space::kMedium);
    column->addStretch(1);
    column->addLayout(row);
    connect(m_previous, &QPushButton::clicked, this, [this] { showPage(m_page - 1); });
    connect(m_next, &QPushButton::clicked, this, [this] { showPage(m_page + 1); });
    showPosition();
}

void PreviewPane::setPageCount(int pages)
{
    m_pages = pages;
    m_page = std::clamp(m_page, 0, std::max(0, pages - 1));
    if (pages == 0)
        m_image = {};
    showPosition();
    ask();
    update();
}

void PreviewPane::showPage(int page)
{
    if (page < 0 || page >= m_pages)
        return;
    m_page = page;
    showPosition();
    ask();
}

void PreviewPane::setImage(int page, const QImage &image)
{
    if (page != m_page)
        return;
    m_image = image;
    update();
}

void PreviewPane::ask()
{
    if (m_pages > 0)
        emit pageWanted(m_page, qRound(paperRect().width() * devicePixelRatioF()));
}

void PreviewPane::showPosition()
{
    m_previous->setEnabled(m_page > 0);
    m_next->setEnabled(m_page + 1 < m_pages);
    m_position->setText(m_pages == 0 ? tr("Preparing the preview…")
                                     : tr("Page %1 of %2").arg(QString::number(m_page + 1), QString::number(m_pages)));
}

void PreviewPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    ask();
}

QRect PreviewPane::paperRect() const
{
    const double ratio = m_image.isNull() ? kSheetRatio : double(m_image.height()) / m_image.width();
    const QRect room(space::kWide, space::kWide, width() - 2 * space::kWide, m_next->y() - 2 * space::kWide);
    const int paperWidth = std::max(1, std::min(room.width(), static_cast<int>(room.height() / ratio)));
    const QSize paper(paperWidth, static_cast<int>(std::lround(paperWidth * ratio)));
    return {QPoint(room.center().x() - paper.width() / 2, room.top()), paper};
}

void PreviewPane::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = tokensFor(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.idleSoft);
    painter.drawRoundedRect(rect(), kCardRadius, kCardRadius);
    if (m_image.isNull())
        return;
    const QRect paper = paperRect();
    QColor shade = tokens.text;
    shade.setAlphaF(0.02F);
    painter.setBrush(shade);
    for (int step = kShadowSteps; step > 0; --step)
        painter.drawRoundedRect(paper.adjusted(-step, -step + 2, step, step + 2), step, step);
    painter.drawImage(paper, m_image);
}

} // namespace cockpit
