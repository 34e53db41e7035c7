#include "checks/engine/lookgaps.h"

#include "checks/engine/inwords.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LookGaps)
};

} // namespace

LookGaps::LookGaps(const QString &brokenOff) : m_brokenOff(brokenOff)
{
    if (brokenOff.isEmpty())
        return;
    say(brokenOff);
    hideAll();
}

void LookGaps::add(const LookGap &gap)
{
    say(gap.sentence);
    for (const Unseen &finding : gap.hides)
        gap.isSlight ? keep(finding) : hide(finding);
}

void LookGaps::add(const std::vector<LookGap> &gaps)
{
    for (const LookGap &gap : gaps)
        add(gap);
}

void LookGaps::add(const LookGaps &others)
{
    for (const Unseen &finding : others.m_hidden)
        keep(finding);
    m_isGrave = m_isGrave || others.m_isGrave;
    say(others.m_sentences);
}

void LookGaps::say(const QString &sentence)
{
    if (!sentence.isEmpty() && !m_sentences.contains(sentence))
        m_sentences.append(sentence);
}

void LookGaps::say(const QStringList &sentences)
{
    for (const QString &sentence : sentences)
        say(sentence);
}

void LookGaps::hide(const Unseen &finding)
{
    keep(finding);
    m_isGrave = true;
}

void LookGaps::hideCodes(const QStringList &codes)
{
    for (const QString &code : codes)
        hide({.code = code});
}

void LookGaps::keep(const Unseen &finding)
{
    if (std::ranges::find(m_hidden, finding) == m_hidden.end())
        m_hidden.push_back(finding);
}

void LookGaps::keepCodes(const QStringList &codes)
{
    for (const QString &code : codes)
        keep({.code = code});
}

bool LookGaps::hidesAll() const
{
    return std::ranges::find(m_hidden, Unseen()) != m_hidden.end();
}

void LookGaps::noteIn(QJsonObject &observed) const
{
    if (!m_brokenOff.isEmpty())
        observed.insert(u"broken_off"_s, m_brokenOff);
    if (m_sentences.size() > kMostSentencesShown) {
        QJsonArray open = observed.value(u"left_open"_s).toArray(); // of another part of the look
        for (const QString &sentence : m_sentences) {
            if (!open.contains(sentence))
                open.append(sentence);
        }
        observed.insert(u"left_open"_s, open);
    }
    LookGaps all;
    all.add(LookGap{unseenIn(observed), {}});
    all.add(LookGap{m_hidden, {}});
    noteUnseen(all.m_hidden, observed);
}

LookGaps anyBehind(const QStringList &sentences)
{
    LookGaps gaps;
    gaps.say(sentences);
    if (gaps.isSaid())
        gaps.hideAll();
    return gaps;
}

void leaveOpen(Judged &judged, const LookGaps &gaps)
{
    gaps.noteIn(judged.observed);
    const bool isPassTaken = judged.outcome == Outcome::Pass && gaps.takesPass();
    if (gaps.isSaid()) {
        if (!judged.reason.isEmpty())
            judged.reason += u' ';
        judged.reason += sentencesInWords(gaps.sentences());
    }
    if (!isPassTaken)
        return;
    judged.outcome = Outcome::Info;
    if (judged.reason.isEmpty())
        judged.reason = Text::tr("Not everything was tried, or told. What an earlier look found there stays open.");
}

void leaveOpen(Judged &judged, const LookGap &gap)
{
    LookGaps gaps;
    gaps.add(gap);
    leaveOpen(judged, gaps);
}

LookGap leftOutGap(const QStringList &routes, int most, const QString &code)
{
    if (routes.isEmpty())
        return {};
    LookGap gap;
    gap.sentence = Text::tr("One look tries %1 of them at most. Not tried, %n more route(s): %2.", nullptr,
                            static_cast<int>(routes.size()))
                       .arg(QString::number(most), namesInWords(routes));
    for (const QString &route : routes)
        gap.hides.push_back({.subject = route, .code = code});
    return gap;
}

QString notAskedAgainText(const QStringList &places)
{
    return places.isEmpty() ? QString()
                            : Text::tr("An earlier look found something at %1, or could not tell. That was not tried "
                                       "again there, and may still be open.")
                                  .arg(namesInWords(places));
}

} // namespace cockpit
