// Puts blocks in order: what section builders and deliverable makers write with.
#pragma once

#include "models/handoverdocument.h"

namespace cockpit::handover {

class Draft
{
public:
    void paragraph(const QString &text) { m_blocks.push_back(Paragraph{text, false}); }
    void labelled(const QString &label, const QString &text)
    {
        if (!text.isEmpty())
            m_blocks.push_back(Paragraph{text, false, label});
    }
    void note(const QString &text) { m_blocks.push_back(Paragraph{text, true}); }
    void heading(const QString &text, int level = 2) { m_blocks.push_back(Heading{text, level}); }
    void add(Block block) { m_blocks.push_back(std::move(block)); }
    void append(std::vector<Block> blocks)
    {
        m_blocks.insert(m_blocks.end(), std::make_move_iterator(blocks.begin()), std::make_move_iterator(blocks.end()));
    }
    // A sentence that says what is still missing and how to get it.
    void missing(const QString &sentence)
    {
        if (!m_missing.contains(sentence))
            m_missing.append(sentence);
    }

    const QStringList &missingSentences() const { return m_missing; }
    std::vector<Block> takeBlocks() { return std::move(m_blocks); }

private:
    std::vector<Block> m_blocks;
    QStringList m_missing;
};

} // namespace cockpit::handover
