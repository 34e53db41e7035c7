#include "ui/stage/blockwidgets.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/codebox.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/stateicon.h"
#include "ui/widgets/statusrow.h"

#include <QCoreApplication>
#include <QGridLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Document)
};

PlainLabel *label(const QString &text, QFont::Weight weight = QFont::Normal, TextSize size = TextSize::Body)
{
    auto *made = new PlainLabel(text);
    made->setScale(size, weight).setSelectable();
    return made;
}

QString countOf(const std::vector<Sample> &samples)
{
    return Text::tr("%n sample(s), drawn as a chart in the PDF.", nullptr, static_cast<int>(samples.size()));
}

// A column gets room by its longest text, within bounds: numbers need little, and one long cell must not take all.
int stretchOf(const Table &table, int column)
{
    qsizetype longest = table.header.value(column).size();
    for (const QStringList &row : table.rows)
        longest = std::max(longest, row.value(column).size());
    return static_cast<int>(std::clamp<qsizetype>(longest, 4, 40));
}

QWidget *makeTableWidget(const Table &table)
{
    if (table.rows.empty())
        return &label(table.emptyText)->setMuted();
    auto *holder = new QWidget;
    auto *grid = new QGridLayout(holder);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space::kLarge);
    grid->setVerticalSpacing(space::kSmall);
    for (int column = 0; column < table.header.size(); ++column) {
        grid->addWidget(&label(table.header[column], QFont::DemiBold)->setMuted(), 0, column);
        grid->setColumnStretch(column, stretchOf(table, column));
    }
    int row = 1;
    for (const QStringList &cells : table.rows) {
        for (int column = 0; column < cells.size(); ++column)
            grid->addWidget(label(cells[column]), row, column, Qt::AlignTop);
        ++row;
    }
    return holder;
}

struct ToWidget
{
    QWidget *operator()(const Paragraph &block) const { return &label(plainTextOf(block))->setMuted(block.muted); }
    QWidget *operator()(const Heading &block) const
    {
        return label(block.text, QFont::DemiBold, block.level > 2 ? TextSize::Body : TextSize::Section);
    }
    QWidget *operator()(const StatusLine &block) const
    {
        const QString trailing = block.trailing.isEmpty() ? QString() : u" · "_s + block.trailing;
        auto *row = new StatusRow(block.text, block.note + trailing);
        row->setState(shapeFor(block.state), labelOf(block.state));
        return row;
    }
    QWidget *operator()(const Table &block) const { return makeTableWidget(block); }
    QWidget *operator()(const CodeBlock &block) const
    {
        auto *box = new CodeBox;
        box->setCode(block.text, Text::tr("Copy"));
        box->setAccessibleName(block.title);
        return box;
    }
    QWidget *operator()(const ImpactBars &block) const { return label(plainTextOf(block)); }
    QWidget *operator()(const LatencyChart &block) const { return label(plainTextOf(block)); }
    QWidget *operator()(const UptimeStrip &block) const { return label(plainTextOf(block)); }
};

struct ToText
{
    QString operator()(const Paragraph &block) const
    {
        return block.label.isEmpty() ? block.text : Text::tr("%1: %2").arg(block.label, block.text);
    }
    QString operator()(const Heading &block) const { return block.text; }
    QString operator()(const StatusLine &block) const
    {
        QStringList parts{Text::tr("%1: %2").arg(labelOf(block.state), block.text), block.note, block.trailing};
        parts.removeAll(QString());
        return parts.join(u" · "_s);
    }
    QString operator()(const Table &block) const
    {
        QStringList lines{block.header.join(u'\t')};
        for (const QStringList &row : block.rows)
            lines << row.join(u'\t');
        return block.rows.empty() ? block.emptyText : lines.join(u'\n');
    }
    QString operator()(const CodeBlock &block) const { return block.text; }
    QString operator()(const ImpactBars &block) const
    {
        QStringList lines;
        for (const ImpactBars::Bar &bar : block.bars) {
            int count = 0;
            for (const auto &[severity, of] : bar.counts)
                count += of;
            lines << Text::tr("%1: %2").arg(labelOf(bar.impact), QString::number(count));
        }
        return lines.join(u'\n');
    }
    QString operator()(const LatencyChart &block) const { return block.title + u": "_s + countOf(block.samples); }
    QString operator()(const UptimeStrip &block) const { return block.title + u": "_s + countOf(block.samples); }
};

} // namespace

QWidget *makeBlockWidget(const Block &block)
{
    return std::visit(ToWidget(), block);
}

QString plainTextOf(const Block &block)
{
    return std::visit(ToText(), block);
}

} // namespace cockpit
