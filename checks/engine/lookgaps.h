// What a look did not ask, or asked and was not told. A check names it, and why; here it becomes the sentences that
// people read, the findings that stay open (models/unseen.h) and an outcome that is no pass. Pure.
#pragma once

#include "checks/engine/check.h"
#include "models/unseen.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace cockpit {

struct LookGap
{
    std::vector<Unseen> hides = {}; // the findings that it may have raised; {{}}: any. None: others hide them
    QString sentence = {};          // what was not asked or told, and why; empty: another one says it
    // What it hides stays open and takes no pass away: what was tried tells, and the summary names the rest. A sentence
    // takes it away all the same.
    bool isSlight = false;
};

// Of one look. Each sentence and each finding is kept once, also where all is hidden: the next look asks there.
class LookGaps
{
public:
    LookGaps() = default;
    // A sentence: why the look ended early. It goes first, and what was not found may be there. Empty: it did not.
    explicit LookGaps(const QString &brokenOff);

    void add(const LookGap &gap);
    void add(const std::vector<LookGap> &gaps);
    void add(const LookGaps &others);         // of a part of the look; without their end
    void say(const QString &sentence);        // hides nothing by itself; an empty one is none
    void say(const QStringList &sentences);   // each
    void hide(const Unseen &finding);         // another gap says it; there is no pass, also where none does
    void hideCodes(const QStringList &codes); // on whatever subject
    void hideAll() { hide({}); }
    void keep(const Unseen &finding); // hidden by what is slight (LookGap::isSlight)
    void keepCodes(const QStringList &codes);

    const QString &brokenOff() const { return m_brokenOff; }
    const QStringList &sentences() const { return m_sentences; } // with the one above
    const std::vector<Unseen> &hidden() const { return m_hidden; }
    bool isSaid() const { return !m_sentences.isEmpty(); }
    bool hidesAll() const;
    bool takesPass() const { return isSaid() || m_isGrave; } // something is said, or hidden by more than what is slight

    // As observed.not_seen, beside what is there; observed.broken_off; and observed.left_open: all sentences, where a
    // reason has no place for them.
    void noteIn(QJsonObject &observed) const;

private:
    QString m_brokenOff;
    QStringList m_sentences;
    std::vector<Unseen> m_hidden;
    bool m_isGrave = false;
};

// Of what was not read, a sentence each: anything may be there.
LookGaps anyBehind(const QStringList &sentences);

// To a judgement that is made: its reason (sentencesInWords()), and its facts (noteIn()). What would pass is info when
// the gaps take that away (takesPass()); where nobody says why, the reason says that something stays open.
void leaveOpen(Judged &judged, const LookGaps &gaps);
void leaveOpen(Judged &judged, const LookGap &gap);

// "One look tries 3 of them at most. Not tried, 4 more routes: a, b, and 2 more." Each is the subject of what it may
// hide. code: of these findings alone. No gap without any route.
LookGap leftOutGap(const QStringList &routes, int most, const QString &code = {});

// What an earlier look found, or did not see either, and this one did not ask about again: that nobody asked is no
// mend. Each once and in their order; isAnswered: this look asked there, or it can be there no more.
template<typename List, typename IsAnswered>
List notAskedAgain(const List &before, IsAnswered isAnswered)
{
    List owed;
    for (const auto &one : before) {
        if (!isAnswered(one) && std::find(owed.begin(), owed.end(), one) == owed.end())
            owed.push_back(one);
    }
    return owed;
}

// Of what the last look noted as not seen. isOfPart: of the part of the check that asks for it.
template<typename IsOfPart>
std::vector<Unseen> unseenBefore(const QJsonObject &before, IsOfPart isOfPart)
{
    std::vector<Unseen> gaps = unseenIn(before);
    std::erase_if(gaps, [&](const Unseen &gap) { return !isOfPart(gap); });
    return gaps;
}

// "An earlier look found something at a, b, or could not tell. …" places: for people; empty without any.
QString notAskedAgainText(const QStringList &places);

} // namespace cockpit
