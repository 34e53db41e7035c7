#include "checks/http/redirectmapfindings.h"

#include "checks/web/loopcause.h"
#include "checks/web/movement.h"
#include "checks/web/report.h"
#include "models/redactor.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RedirectMapCheck)
};

constexpr std::size_t kMostExamples = 3;
constexpr std::size_t kMostChains = 12;
constexpr int kEffortMinutes = 20;
constexpr int kMinutesEach = 3;
constexpr int kLongestAddress = 120;

using Faulty = std::vector<const Replay *>;

Faulty inState(const std::vector<JudgedReplay> &replays, RedirectState state)
{
    Faulty faulty;
    faulty.reserve(replays.size());
    for (const JudgedReplay &one : replays) {
        if (one.state == state)
            faulty.push_back(one.replay);
    }
    return faulty;
}

QString shown(const QString &address)
{
    return plainText(redact(address), kLongestAddress);
}

QString endOf(const Replay &replay)
{
    const RedirectChain &chain = *replay.walk;
    switch (chain.end) {
    case RedirectEnd::Loop:
        return describe(loopCauseOf(chain));
    case RedirectEnd::TooManyHops:
        return Text::tr("More than %1 steps.").arg(kMaxRedirects);
    case RedirectEnd::BadLocation:
    case RedirectEnd::NotHttp:
        return Text::tr("The last step leads to “%1”.").arg(quoted(chain.hops.back().location, kLongestAddress));
    case RedirectEnd::Arrived:
        break;
    }
    return Text::tr("Ends at %1 with status %2, after %n step(s).", nullptr, static_cast<int>(chain.hops.size()) - 1)
        .arg(shown(chain.last.url.toDisplayString()), QString::number(chain.last.status));
}

QString examplesOf(const Faulty &faulty)
{
    QStringList examples;
    for (const Replay *replay : faulty) {
        if (static_cast<std::size_t>(examples.size()) == kMostExamples)
            break;
        examples << Text::tr("%1: %2").arg(shown(replay->entry.from), endOf(*replay));
    }
    return examples.join(u' ');
}

struct Kind
{
    RedirectState state;
    Severity severity;
    Impact impact;
    QString title;
    QString wanted;
};

std::vector<Kind> severeKinds()
{
    return {
        {RedirectState::Loop, Severity::High, Impact::Downtime, Text::tr("Old links go in circles, or on and on"),
         Text::tr("Wanted: each arrives at its new page.")},
        {RedirectState::Broken, Severity::Medium, Impact::Downtime, Text::tr("Old links lead to an error"),
         Text::tr("Wanted: each arrives at its new page.")},
        {RedirectState::FrontPage, Severity::Medium, Impact::Downtime, Text::tr("Old links end at the front page"),
         Text::tr("Wanted: the new page of each; search engines take the front page for an error.")},
        {RedirectState::WrongPage, Severity::Medium, Impact::Downtime, Text::tr("Old links lead to another page"),
         Text::tr("Wanted: the page that the list names for each.")},
        {RedirectState::NotMoved, Severity::Medium, Impact::Maintainability,
         Text::tr("Old pages are still there beside the new ones"),
         Text::tr("Wanted: a redirect to the page that the list names for each.")},
        {RedirectState::Insecure, Severity::Medium, Impact::AccountTakeover,
         Text::tr("Old links end without encryption"), Text::tr("Wanted: an https address at the end of each.")},
    };
}

std::vector<Kind> lightKinds()
{
    return {
        {RedirectState::QueryLost, Severity::Low, Impact::Maintainability,
         Text::tr("Old links lose a part of the address on the way"),
         Text::tr("Wanted: what follows the question mark arrives, too.")},
        {RedirectState::ByPage, Severity::Low, Impact::Maintainability,
         Text::tr("Old links are moved on by a page, not by the server"),
         Text::tr("Wanted: a redirect with status 301 or 308.")},
        {RedirectState::Temporary, Severity::Low, Impact::Maintainability,
         Text::tr("Old links are moved for a time only"),
         Text::tr("Wanted: status 301 or 308, so that search engines take over the new address.")},
        {RedirectState::ManyHops, Severity::Low, Impact::Maintainability, Text::tr("Old links take too many steps"),
         Text::tr("Wanted: one step from the old address to the new one.")},
    };
}

Evidence chainEvidence(const Replay &replay)
{
    Evidence evidence = evidenceOf(*replay.walk);
    evidence.title = shown(replay.entry.from);
    return evidence;
}

std::vector<Evidence> chainsOf(const Faulty &faulty)
{
    std::vector<Evidence> chains;
    for (const Replay *replay : faulty) {
        if (chains.size() < kMostChains && replay->walk)
            chains.push_back(chainEvidence(*replay));
    }
    return chains;
}

// A circle that a cookie would end is one for whoever brings none; a browser may fare better. Browsers also take more
// steps than we do.
Proof proofOf(const Kind &kind, const Faulty &faulty)
{
    if (kind.state != RedirectState::Loop)
        return Proof::Proven;
    const auto isEndless = [](const Replay *replay) { return replay->walk->end == RedirectEnd::TooManyHops; };
    const auto isSureCircle = [](const Replay *replay) {
        return replay->walk->end == RedirectEnd::Loop && loopCauseOf(*replay->walk) != LoopCause::MissingCookie;
    };
    if (std::ranges::any_of(faulty, isSureCircle))
        return Proof::Proven;
    return std::ranges::any_of(faulty, isEndless) ? Proof::Strong : Proof::Lead;
}

// As of the other walks: visitors who may arrive after all are no outage.
Severity severityOf(const Kind &kind, Proof proof)
{
    return kind.state == RedirectState::Loop && proof != Proof::Proven ? Severity::Medium : kind.severity;
}

Finding foundKind(const Kind &kind, const Faulty &faulty)
{
    const auto count = static_cast<int>(faulty.size());
    const Proof proof = proofOf(kind, faulty);
    Finding finding =
        makeFinding(redirectCode(kind.state), severityOf(kind, proof), proof, kind.impact, kind.title,
                    Text::tr("%n old address(es). %1 %2", nullptr, count).arg(examplesOf(faulty), kind.wanted));
    finding.evidence = chainsOf(faulty);
    finding.effortMinutes = kEffortMinutes + kMinutesEach * count;
    return finding;
}

QString lineOf(const JudgedReplay &one)
{
    const Replay &replay = *one.replay;
    const QString line = u"%1  %2"_s.arg(toWord(one.state), shown(replay.entry.from));
    if (!replay.walk)
        return line + u"  ("_s + replay.walk.error().message + u')';
    return u"%1  ->  %2  %3"_s.arg(line, QString::number(replay.walk->last.status),
                                   shown(replay.walk->last.url.toDisplayString()));
}

} // namespace

// Codes of their own, so that each has its steps in the guide.
QString redirectCode(RedirectState state)
{
    switch (state) {
    case RedirectState::Loop:
        return u"loop"_s;
    case RedirectState::Broken:
        return u"broken"_s;
    case RedirectState::FrontPage:
        return u"front_page"_s;
    case RedirectState::WrongPage:
        return u"wrong_page"_s;
    case RedirectState::NotMoved:
        return u"not_moved"_s;
    case RedirectState::Insecure:
        return u"insecure"_s;
    case RedirectState::QueryLost:
        return u"query_lost"_s;
    case RedirectState::ByPage:
        return u"by_page"_s;
    case RedirectState::Temporary:
        return u"temporary"_s;
    case RedirectState::ManyHops:
        return u"many_hops"_s;
    case RedirectState::Right:
    case RedirectState::Silent:
        return {};
    }
    Q_UNREACHABLE();
}

std::vector<Finding> redirectMapFindings(const std::vector<JudgedReplay> &replays)
{
    std::vector<Finding> findings;
    for (const std::vector<Kind> &kinds : {severeKinds(), lightKinds()}) {
        for (const Kind &kind : kinds) {
            if (const Faulty faulty = inState(replays, kind.state); !faulty.empty())
                findings.push_back(foundKind(kind, faulty));
        }
    }
    return findings;
}

std::vector<Evidence> redirectMapEvidence(const std::vector<JudgedReplay> &replays)
{
    QStringList lines;
    lines.reserve(static_cast<qsizetype>(replays.size()));
    for (const JudgedReplay &one : replays)
        lines << lineOf(one);
    return {{Text::tr("Each old address, and where it ended"), lines.join(u'\n')}};
}

} // namespace cockpit
