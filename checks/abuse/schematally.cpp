#include "checks/abuse/schematally.h"

#include "checks/actors/routeaddress.h"
#include "checks/engine/inwords.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(AbuseSchema)
};

struct RouteTally
{
    std::map<InputVerdict, int> verdicts;
    QStringList kept;   // that should have been refused
    QStringList unseen; // likewise: taken, and nothing shows whether they were kept; in words
    int sent = 0;
    int leftOut = 0;
    int fieldsLeftOut = 0;
    QStringList unanswered;

    int of(InputVerdict verdict) const
    {
        const auto it = verdicts.find(verdict);
        return it == verdicts.end() ? 0 : it->second;
    }
};

// Whether it was kept. The page of a form shows the fields that it knows: that one that it does not know shows nowhere
// is so with all forms, and no question that stays.
bool isQuestion(const Mutation &mutation, const PlaceRun &turn)
{
    return mutation.mustBeRefused && !(turn.place.isForm() && mutation.kind == MutationKind::ExtraField);
}

void add(RouteTally &tally, const PlaceRun &turn)
{
    for (const TriedMutation &one : turn.tried) {
        const InputVerdict verdict = inputVerdictOf(one, turn);
        ++tally.verdicts[verdict];
        const QString kind = toWord(one.mutation.kind);
        if (verdict == InputVerdict::Kept && one.mutation.mustBeRefused && !tally.kept.contains(kind))
            tally.kept.append(kind);
        if (verdict == InputVerdict::Unseen && isQuestion(one.mutation, turn))
            tally.unseen.append(describe(one.mutation.kind));
    }
    tally.sent += static_cast<int>(turn.tried.size());
    tally.leftOut += turn.leftOut;
    tally.fieldsLeftOut = std::max(tally.fieldsLeftOut, turn.fieldsLeftOut);
    tally.unanswered += turn.unanswered;
}

// A server that says the same to everything has refused nothing, and one that does not take the good body any more may
// have refused for another reason.
QString whyNotTested(const PlaceRun &turn)
{
    if (!turn.notTested.isEmpty())
        return turn.notTested;
    RouteTally tally;
    add(tally, turn);
    if (tally.of(InputVerdict::Refused) + tally.of(InputVerdict::Altered) + tally.of(InputVerdict::Kept) +
            tally.of(InputVerdict::Crashed) >
        0)
        return {};
    return Text::tr("%1: no answer told whether bad input is refused.").arg(routeName(turn.place.route));
}

QJsonObject rowOf(const WritePlace &place, const RouteTally &tally)
{
    return {{u"route"_s, routeName(place.route)},
            {u"kind"_s, toWord(place.kind)},
            {u"sent"_s, tally.sent},
            {u"refused"_s, tally.of(InputVerdict::Refused)},
            {u"kept"_s, QJsonArray::fromStringList(tally.kept)},
            {u"altered"_s, tally.of(InputVerdict::Altered)},
            {u"ignored"_s, tally.of(InputVerdict::Ignored)},
            {u"unseen"_s, tally.of(InputVerdict::Unseen)},
            {u"crashed"_s, tally.of(InputVerdict::Crashed)},
            {u"left_out"_s, tally.leftOut},
            {u"fields_left_out"_s, tally.fieldsLeftOut},
            {u"unanswered"_s, QJsonArray::fromStringList(tally.unanswered)}};
}

// What nobody has said yet: why a turn ended early is in its sentence.
QString leftOutWords(const PlaceRun &turn, const BadInputRun &run)
{
    if (turn.leftOut == 0 || !turn.notTested.isEmpty() || !run.brokenOff.isEmpty())
        return {};
    const QString route = routeName(turn.place.route);
    return run.isCapped
               ? Text::tr("No request was left for %n bad request(s) to %1, as one run sends %2 of this kind at "
                          "most. Mark some routes as safe to write, then others.",
                          nullptr, turn.leftOut)
                     .arg(route, QString::number(kMostInputRequests))
               : Text::tr("No request was left for %n bad request(s) to %1. Allow more on the page \"Access\".",
                          nullptr, turn.leftOut)
                     .arg(route);
}

// What is said of a route, and of which nobody was told all.
class RouteGaps
{
public:
    RouteGaps(LookGaps &gaps, QStringList &spokenOf, const Route &route)
        : m_gaps(gaps), m_spokenOf(spokenOf), m_name(routeName(route))
    {
    }
    void say(const QString &sentence)
    {
        m_gaps.say(sentence);
        if (!sentence.isEmpty())
            m_spokenOf.append(m_name);
    }
    void sayOf(const RouteTally &tally);
    void hideAll() { m_gaps.hide({.subject = m_name}); }

private:
    LookGaps &m_gaps;
    QStringList &m_spokenOf;
    const QString m_name;
};

void RouteGaps::sayOf(const RouteTally &tally)
{
    const auto unanswered = static_cast<int>(tally.unanswered.size());
    if (unanswered > 0)
        say(Text::tr("%1 gave no answer in time to %n bad request(s): %2. What that does to it is not known.", nullptr,
                     unanswered)
                .arg(m_name, tally.unanswered.join(u", "_s)));
    if (tally.fieldsLeftOut > 0)
        say(Text::tr("%1 takes more fields than a run tries: %n of them had no bad values.", nullptr,
                     tally.fieldsLeftOut)
                .arg(m_name));
    QStringList unseen = tally.unseen;
    unseen.removeDuplicates();
    if (!unseen.isEmpty())
        say(Text::tr("%1 took %n bad request(s), and nothing shows whether it kept what was wrong: %2.", nullptr,
                     static_cast<int>(tally.unseen.size()))
                .arg(m_name, namesInWords(unseen)));
}

} // namespace

void countRoute(const std::vector<const PlaceRun *> &turns, const BadInputRun &run, SchemaTally &whole,
                SchemaFindings &findings)
{
    const WritePlace &place = turns.front()->place;
    RouteTally tally;
    QStringList why, left;
    for (const PlaceRun *turn : turns) {
        add(tally, *turn);
        why.append(whyNotTested(*turn));
        left.append(leftOutWords(*turn, run));
        for (const TriedMutation &one : turn->tried)
            findings.addTried(one, *turn);
    }
    const bool hasTold = why.contains(QString());
    why.removeAll(QString());
    RouteGaps gaps(whole.cases.gaps, whole.spokenOf, place.route);
    whole.cases.addRow(rowOf(place, tally), hasTold ? QString() : why.front());
    for (const QString &sentence : why + left)
        gaps.say(sentence);
    gaps.sayOf(tally);
    if (!hasTold)
        gaps.hideAll();
}

} // namespace cockpit
