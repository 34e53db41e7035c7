#include "models/handover/riskgroups.h"
#include "models/handover/sections.h"
#include "models/handover/shortevidence.h"

#include <QCoreApplication>

namespace cockpit::handover {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Handover)
};

// An appendix is for looking something up; the whole of it stays in the project file.
constexpr std::size_t kMostPiecesPerFinding = 2;
constexpr std::size_t kMostPiecesInGroup = 1; // of each finding: what is true of one is true of all
constexpr std::size_t kMostPiecesInAll = 200;

// Many findings rest on the same answer: it is printed once. What was seen, in words, stands beside each risk.
class EvidencePrinter
{
public:
    explicit EvidencePrinter(Draft &draft) : m_draft(draft) {}

    void write(const RiskGroup &group)
    {
        m_draft.heading(group.isOne() ? Text::tr("Risk %1: %2").arg(group.ranks(), group.title())
                                      : Text::tr("Risks %1: %2").arg(group.ranks(), group.title()),
                        3);
        QStringList places;
        for (const Risk *risk : group.risks)
            places << placeOf(risk->finding);
        places.removeDuplicates();
        m_draft.note(places.join(u", "_s));
        for (const Risk *risk : group.risks)
            writePieces(*risk, group.isOne() ? kMostPiecesPerFinding : kMostPiecesInGroup);
    }

private:
    static QString placeOf(const Finding &finding)
    {
        return finding.host.isEmpty() ? finding.checkId : Text::tr("%1 on %2").arg(finding.checkId, finding.host);
    }

    void writePieces(const Risk &risk, std::size_t most)
    {
        std::size_t count = 0;
        for (const Evidence &piece : risk.finding.evidence) {
            if (count == most || m_printed.size() == kMostPiecesInAll) {
                if (most == kMostPiecesPerFinding) // of a group it goes without saying
                    m_draft.note(Text::tr("More evidence is in the project file."));
                return;
            }
            ++count;
            const auto [first, isNew] = m_printed.try_emplace({piece.title, piece.body}, risk.rank);
            if (isNew)
                m_draft.add(CodeBlock{piece.title, shortEvidence(risk.finding, piece)});
            else if (first->second != risk.rank)
                m_draft.note(Text::tr("%1: as printed for risk %2").arg(piece.title, QString::number(first->second)));
        }
    }

    Draft &m_draft;
    std::map<std::pair<QString, QString>, int> m_printed; // title and body: the risk it was printed for
};

} // namespace

Section evidenceSection(const Context &context)
{
    Draft draft;
    if (context.risks.empty())
        draft.paragraph(Text::tr("There is no open finding to show evidence for."));
    else
        draft.paragraph(
            Text::tr("What each risk rests on, as it was seen at the time, with secrets masked. Headers that "
                     "show nothing are left out; the whole of it is in the project file."));
    EvidencePrinter printer(draft);
    for (const RiskGroup &group : groupsOf(context.risks))
        printer.write(group);
    return finished(u"evidence"_s, Text::tr("Evidence"), std::move(draft));
}

} // namespace cockpit::handover
