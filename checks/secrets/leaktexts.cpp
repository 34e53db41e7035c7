#include "checks/secrets/leaktexts.h"

#include "checks/secrets/marktexts.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LeakJudge)
};

constexpr size_t kPlacesShown = 10;
constexpr qsizetype kCommitDigits = 10;

QString fileOf(const LeakPlace &place)
{
    if (place.isInName)
        return Text::tr("in the name of %1").arg(place.path);
    return place.line > 0 ? Text::tr("%1, line %2").arg(place.path, QString::number(place.line)) : place.path;
}

// The file, and the commit that brought it.
QString sinceOf(const LeakPlace &place)
{
    const QString file = fileOf(place);
    const QString day = QLocale().toString(place.at.date(), QLocale::ShortFormat);
    if (place.commit.isEmpty())
        return place.at.isValid() ? Text::tr("%1, of %2 by %3").arg(file, day, place.author) : file;
    const QString commit = place.commit.left(kCommitDigits);
    if (!place.at.isValid())
        return Text::tr("%1, commit %2").arg(file, commit);
    return Text::tr("%1, since commit %2 of %3 by %4").arg(file, commit, day, place.author);
}

QString textOf(const LeakPlace &place)
{
    return place.isInHead ? Text::tr("%1; HEAD still has it").arg(sinceOf(place)) : sinceOf(place);
}

// Of a file that git does not have.
QString outsideText(const Leak &leak)
{
    if (leak.isHalfLookedUp)
        return Text::tr(
            "Git does not have that file now. Whether an earlier commit has it was not looked up, as not all "
            "of the history could be read.");
    if (leak.outsideGit == GitStanding::Untracked)
        return Text::tr("Git does not have that file yet, and does not ignore it: the next \"git add\" of all files "
                        "takes it in. Move the value out of it before.");
    return Text::tr("Git ignores that file and no commit has it: who reads the code does not see it, unless the folder "
                    "itself was handed on. Move the value out of it all the same: an archive or an AI tool takes it "
                    "along.");
}

// The one question that only a person can answer, or what follows from the answer. A built file and an app are handed
// out in any case.
QString audienceText(const Leak &leak, LeakGround ground, CodeAudience audience)
{
    const bool isOfCode = ground == LeakGround::Tree || ground == LeakGround::History;
    if (!isOfCode || leak.kind == LeakKind::TestMode)
        return {};
    if (isPublished(leak, ground, audience))
        return Text::tr("The code is public, or was: count it as taken, and replace it now.");
    if (leak.history && leak.history->placing == Placing::Known && leak.history->reach != Reach::References)
        return Text::tr("Replace it if that commit was ever pushed, or the folder was handed on.");
    if (!leak.history && leak.outsideGit)
        return outsideText(leak);
    switch (audience) {
    case CodeAudience::NotSaid:
        return Text::tr("Is the repository, or any fork of it, public, or was it once? Then count it as taken and "
                        "replace it now. Say so on the page Code and files.");
    case CodeAudience::Team:
        return Text::tr("Only your team can read the code, as you said: replace it this week, for each copy has it.");
    case CodeAudience::Public:
        break; // said above
    }
    return {};
}

} // namespace

QString titleOf(const Leak &leak, LeakGround ground)
{
    switch (ground) {
    case LeakGround::Tree:
        return Text::tr("%1 stands in the code").arg(leak.name);
    case LeakGround::History:
        return Text::tr("%1 stands in the history of the code").arg(leak.name);
    case LeakGround::Build:
        return Text::tr("%1 stands in the built files").arg(leak.name);
    case LeakGround::Package:
        return Text::tr("%1 is in the app that customers install").arg(leak.name);
    }
    Q_UNREACHABLE();
}

bool isPublished(const Leak &leak, LeakGround ground, CodeAudience audience)
{
    const bool isOfCode = ground == LeakGround::Tree || ground == LeakGround::History;
    const bool isShared = leak.history ? !leak.history->isStaged && (leak.history->placing != Placing::Known ||
                                                                     leak.history->reach == Reach::References)
                                       : !leak.outsideGit || leak.isHalfLookedUp;
    return isOfCode && isShared && audience == CodeAudience::Public && leak.kind != LeakKind::TestMode;
}

QString seenOf(const Leak &leak, LeakGround ground, CodeAudience audience)
{
    QString seen = Text::tr("%1 was found in %2.").arg(leak.masked, sinceOf(leak.places.front()));
    if (leak.history) {
        // Of a file of now the place does not say who brought it.
        if (ground == LeakGround::Tree)
            if (const QString first = firstSentence(*leak.history); !first.isEmpty())
                seen += u' ' + first;
        seen += u' ' + standingText(*leak.history);
    }
    if (leak.placeCount > 1)
        seen += u' ' + Text::tr("It stands in %n more place(s).", nullptr, static_cast<int>(leak.placeCount - 1));
    if (const QString opens = labelsOf(leak.opens); !opens.isEmpty())
        seen += u' ' + Text::tr("Whoever has it reaches: %1.").arg(opens);
    if (leak.isWeak)
        seen += u' ' + Text::tr("Everybody can ask that host, and whoever tries passwords tries this one first.");
    if (leak.markTrouble != MarkTrouble::None)
        seen += u' ' + Text::tr("The remark on its line has no effect: %1.").arg(clauseOf(leak.markTrouble));
    if (leak.isGeneric)
        seen += u' ' + Text::tr("It is known by its name alone: a person should look whether it is a real one.");
    if (const QString said = audienceText(leak, ground, audience); !said.isEmpty())
        seen += u' ' + said;
    return seen;
}

Evidence placesOf(const Leak &leak)
{
    QStringList lines;
    for (size_t i = 0; i < std::min(leak.places.size(), kPlacesShown); ++i)
        lines << textOf(leak.places[i]);
    if (const qint64 more = leak.placeCount - lines.size(); more > 0)
        lines << Text::tr("… and %n more place(s).", nullptr, static_cast<int>(more));
    return {Text::tr("Where it stands"), lines.join(u'\n')};
}

Evidence purgeOf(const LeakHistory &history)
{
    QStringList lines;
    for (const QString &step : purgeSteps(history))
        lines << u"%1. %2"_s.arg(QString::number(lines.size() + 1), step);
    return {Text::tr("After it was replaced: out of the history"), lines.join(u'\n')};
}

} // namespace cockpit
