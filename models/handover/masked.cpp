#include "models/handover/masked.h"

#include "models/redactor.h"

namespace cockpit::handover {

namespace {

constexpr int kLongestParagraph = 4000;
constexpr int kLongestCell = 1500;
constexpr int kLongestCode = 3000;

class Masker
{
public:
    explicit Masker(const QSet<QString> &trusted) : m_trusted(trusted) {}

    void operator()(Paragraph &block) const
    {
        mask(block.text, kLongestParagraph);
        mask(block.label, kLongestCell);
    }
    void operator()(Heading &block) const { mask(block.text, kLongestCell); }
    void operator()(StatusLine &block) const
    {
        mask(block.text, kLongestParagraph);
        mask(block.note, kLongestParagraph);
        mask(block.trailing, kLongestCell);
    }
    void operator()(Table &block) const
    {
        for (QStringList &row : block.rows)
            for (QString &cell : row)
                mask(cell, kLongestCell);
        mask(block.emptyText, kLongestParagraph);
    }
    void operator()(ImpactBars &) const {}
    void operator()(LatencyChart &block) const
    {
        mask(block.title, kLongestCell);
        mask(block.samples);
    }
    void operator()(UptimeStrip &block) const
    {
        mask(block.title, kLongestCell);
        mask(block.samples);
    }
    void operator()(CodeBlock &block) const
    {
        mask(block.title, kLongestCell);
        mask(block.text, kLongestCode);
    }

private:
    void mask(QString &text, int longest) const
    {
        if (m_trusted.contains(text))
            return;
        text = redact(text.left(qsizetype{2} * longest)); // a bound before the work as well as after it
        if (text.size() > longest)
            text = text.left(longest - 1) + QChar(0x2026);
    }
    void mask(std::vector<Sample> &samples) const
    {
        for (Sample &sample : samples)
            mask(sample.message, kLongestCell);
    }

    const QSet<QString> &m_trusted;
};

} // namespace

QSet<QString> trustedTexts(const Roadmap &roadmap)
{
    QSet<QString> texts{roadmap.title, roadmap.summary, roadmap.product};
    for (const Item *item : roadmap.items())
        texts << item->text << item->why << item->outcome;
    for (const Stage &stage : roadmap.stages)
        texts << stage.title << stage.goal;
    return texts;
}

void maskBlocks(std::vector<Block> &blocks, const QSet<QString> &trusted)
{
    const Masker masker(trusted);
    for (Block &block : blocks)
        std::visit(masker, block);
}

QString maskText(const QString &text, const QSet<QString> &trusted)
{
    return trusted.contains(text) ? text : redact(text);
}

} // namespace cockpit::handover
