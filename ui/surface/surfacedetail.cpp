#include "ui/surface/surfacedetail.h"

#include "models/checkcatalog.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/statusrow.h"

#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace cockpit {

SurfaceDetail::SurfaceDetail(const CheckCatalog &catalog, QWidget *parent)
    : Card(parent), m_catalog(catalog), m_title(new PlainLabel), m_about(new PlainLabel), m_lines(new QVBoxLayout)
{
    column()->setSpacing(space::kSmall);
    m_title->setObjectName(u"surfaceDetailTitle"_s);
    column()->addWidget(&m_title->setScale(TextSize::Section, QFont::DemiBold));
    column()->addWidget(&m_about->setMuted());
    m_lines->setSpacing(0);
    column()->addLayout(m_lines);
    showNothing();
}

void SurfaceDetail::clear()
{
    while (QLayoutItem *item = m_lines->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // its button may be what was just pressed
        delete item;
    }
}

void SurfaceDetail::showNothing()
{
    m_shown.reset();
    clear();
    m_title->setText(tr("Choose a field of the table"));
    m_about->setText(tr("What was looked at there, and what was seen, stands here. Enter opens the finding."));
    m_about->show();
}

void SurfaceDetail::show(const Host &host, const SurfaceCell &cell)
{
    const auto wanted = std::pair(host, cell);
    if (m_shown == wanted)
        return;
    m_shown = wanted;
    clear();
    m_title->setText(tr("%1 · %2: %3").arg(displayName(host.name), labelOf(cell.column), wordOf(cell)));
    m_about->setText(cell.lines.empty() ? tr("Nothing was looked at here yet. Run the checks.") : QString());
    m_about->setVisible(cell.lines.empty());
    int number = 0;
    for (const SurfaceLine &line : cell.lines)
        addLine(line, ++number);
}

void SurfaceDetail::addLine(const SurfaceLine &line, int number)
{
    const CatalogEntry *entry = m_catalog.find(line.checkId);
    auto *row = new StatusRow(entry ? entry->title : line.checkId, line.words);
    row->setState(shapeFor(line.outcome), labelOf(line.outcome));
    row->setRule(number < static_cast<int>(m_shown->second.lines.size()));
    if (!line.findingId.isEmpty()) {
        auto *open = makeLinkButton(tr("Open the finding"), u"openFinding-%1"_s.arg(number));
        open->setAccessibleDescription(line.words);
        connect(open, &QPushButton::clicked, this, [this, id = line.findingId] { emit findingChosen(id); });
        row->addAction(open);
    }
    m_lines->addWidget(row);
}

} // namespace cockpit
