#include "checks/access/filelinks.h"
#include "checks/actors/casetally.h"
#include "checks/actors/requestproof.h"
#include "checks/actors/signin.h"
#include "checks/net/urlhost.h"
#include "checks/web/denial.h"
#include "checks/web/obstacle.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(FileLinks)
};

QString toWord(FileWho who)
{
    return who == FileWho::Outsider ? u"outsider"_s : u"nobody"_s;
}

QString toWord(FileHow how)
{
    switch (how) {
    case FileHow::AsIs:
        return u"as_is"_s;
    case FileHow::Unsigned:
        return u"unsigned"_s;
    case FileHow::Altered:
        return u"altered"_s;
    }
    Q_UNREACHABLE();
}

QString toWord(FileResult result)
{
    switch (result) {
    case FileResult::Opened:
        return u"opened"_s;
    case FileResult::Kept:
        return u"kept"_s;
    case FileResult::Unclear:
        return u"unclear"_s;
    }
    Q_UNREACHABLE();
}

QString addressOf(const QUrl &url)
{
    return url.toDisplayString(QUrl::RemoveQuery);
}

bool isPicture(const HttpResponse &file)
{
    return file.header("content-type").value_or(QByteArray()).toLower().startsWith("image/");
}

// A signed link is made to be handed on: whoever has it may open it, as it is.
bool isByDesign(const FileTry &file, const FileAsk &ask)
{
    return ask.how == FileHow::AsIs && isSigned(file.url);
}

// What a stranger gets in the same way, everybody gets: it is said once.
bool isToldBefore(const FileLook &look, const FileTry &file, const FileAsk &ask)
{
    return ask.who == FileWho::Outsider && std::ranges::any_of(file.asks, [&](const FileAsk &other) {
               return other.who == FileWho::Nobody && other.how == ask.how &&
                      resultOf(look, file, other) == FileResult::Opened;
           });
}

QString codeOf(const FileAsk &ask)
{
    if (ask.how != FileHow::AsIs)
        return u"signature_ignored"_s;
    return ask.who == FileWho::Nobody ? u"file_open"_s : u"file_crosses"_s;
}

QString titleOf(const FileAsk &ask)
{
    if (ask.how != FileHow::AsIs)
        return Text::tr("Links to private files open without their signature");
    return ask.who == FileWho::Nobody ? Text::tr("Private files open without signing in")
                                      : Text::tr("One customer can open another customer's files");
}

// An account without files is shown no terms of use either: what it may open all the same may be meant for all, unless
// the owner's own texts stand in it or a signature should keep it.
bool mayBeShared(const FileLook &look, const FileAsk &ask)
{
    return ask.how == FileHow::AsIs && !look.othersHaveFiles && !look.markers.areIn(ask.answer);
}

Finding findingFor(const FileLook &look, const FileTry &file, const FileAsk &ask)
{
    // Pictures of people and shops are often meant for everybody.
    const bool isLead = (isPicture(file.good) && ask.who == FileWho::Nobody) || mayBeShared(look, ask);
    // Whoever was never given the address will not find it; a link that was passed on opens for ever.
    const Severity serious = isUnguessable(file.url) ? Severity::High : Severity::Critical;
    const QString who = ask.who == FileWho::Nobody ? Text::tr("a stranger") : look.outsider;
    Finding finding = makeFinding(
        codeOf(ask), isLead ? Severity::Medium : serious, isLead ? Proof::Lead : Proof::Proven, Impact::DataExposure,
        titleOf(ask),
        Text::tr("%1 is a file of %2. %3 asked for it and got the same %n byte(s). Wanted: 401, 403 or 404.", nullptr,
                 static_cast<int>(file.good.body.size()))
            .arg(addressOf(ask.request.url), look.owner, who));
    finding.host = hostOf(file.url);
    finding.subject = folderOf(file.url);
    finding.evidence = {requestProof(ask.request, ask.answer,
                                     {.actor = ask.who == FileWho::Nobody ? QString() : look.outsider,
                                      .markers = look.markers.in(ask.answer),
                                      .known = look.known})};
    finding.effortMinutes = 90;
    return finding;
}

// False: the answer did not tell.
bool countAsk(CaseTally &tally, const FileLook &look, const FileTry &file, const FileAsk &ask)
{
    switch (resultOf(look, file, ask)) {
    case FileResult::Kept:
        ++tally.told;
        return true;
    case FileResult::Unclear:
        tally.gaps.hide({.subject = folderOf(file.url)});
        return false;
    case FileResult::Opened:
        if (!isByDesign(file, ask) && !isToldBefore(look, file, ask))
            addOnce(tally.findings, findingFor(look, file, ask));
        return true;
    }
    Q_UNREACHABLE();
}

QJsonObject rowOf(const FileLook &look, const FileTry &file)
{
    QJsonArray asks;
    for (const FileAsk &ask : file.asks)
        asks.append(QJsonObject{{u"who"_s, toWord(ask.who)},
                                {u"how"_s, toWord(ask.how)},
                                {u"status"_s, ask.answer.status},
                                {u"result"_s, toWord(resultOf(look, file, ask))}});
    return {{u"address"_s, addressOf(file.url)},
            {u"shown_at"_s, file.shownAt},
            {u"signed"_s, isSigned(file.url)},
            {u"asks"_s, asks}};
}

QStringList whatIsOpen(const FileLook &look, int told, int untold)
{
    QStringList open;
    if (look.files.empty() && look.unsent.empty())
        open.append(Text::tr("No file was found that only %1 has. Put one into that account, and add the route that "
                             "lists it.")
                        .arg(look.owner));
    else if (told == 0 && !look.files.empty())
        open.append(Text::tr("No answer told whether the files are kept back."));
    else if (untold > 0)
        open.append(Text::tr("%n answer(s) did not tell, or did not come.", nullptr, untold));
    if (!look.foreign.isEmpty())
        open.append(Text::tr("Files at %1 were not tried: that host is not in your list of addresses.")
                        .arg(look.foreign.join(u", "_s)));
    return open;
}

} // namespace

FileResult resultOf(const FileLook &look, const FileTry &file, const FileAsk &ask)
{
    const HttpResponse &answer = ask.answer;
    const bool isSuccess = answer.status >= 200 && answer.status < 300;
    const InventedAnswers invented(look.invented);
    if (isSuccess && !answer.body.isEmpty() && answer.body == file.good.body && !invented.haveSame(answer))
        return FileResult::Opened;
    // The same document made anew differs in a byte or two; what only its owner has stands in both.
    const auto private_ = look.markers.in(answer, ask.request.url.toEncoded());
    if (isSuccess && !private_.empty() && proofOf(private_) != Proof::Lead)
        return FileResult::Opened;
    const auto obstacle = obstacleIn(answer);
    if (obstacle && *obstacle != Obstacle::Refused)
        return FileResult::Unclear;
    const bool isRefused = answer.status == 401 || answer.status == 403 || answer.status == 404 || answer.status == 410;
    return isRefused || looksSignedOut(answer) || admissionOf(answer, invented) == Admission::Denied ||
                   (isSuccess && invented.haveSame(answer))
               ? FileResult::Kept
               : FileResult::Unclear;
}

Judged judgeFileLinks(const FileLook &look)
{
    CaseTally tally{.gaps = LookGaps(look.brokenOff)};
    int untold = 0;
    for (const FileTry &file : look.files) {
        for (const FileAsk &ask : file.asks)
            untold += countAsk(tally, look, file, ask) ? 0 : 1;
        if (file.unanswered > 0) {
            tally.gaps.hide({.subject = folderOf(file.url)});
            ++untold;
        }
        tally.rows.append(rowOf(look, file));
    }
    tally.gaps.say(whatIsOpen(look, tally.told, untold));
    tally.gaps.add(look.unsent);
    QJsonObject observed{{u"owner"_s, look.owner},
                         {u"outsider"_s, look.outsider},
                         {u"files"_s, tally.rows},
                         {u"folders"_s, look.folders},
                         {u"foreign"_s, QJsonArray::fromStringList(look.foreign)},
                         {u"requests"_s, look.requests}};
    if (!look.owed.isEmpty())
        observed.insert(u"not_tried_again"_s, look.owed);
    const QString summary = Text::tr("%n file(s) of %1 asked for as another customer and as a stranger", nullptr,
                                     static_cast<int>(look.files.size()))
                                .arg(look.owner);
    Judged judged = judgedFrom(std::move(tally), summary, observed);
    judged.hasNothingToTry = look.files.empty() && look.foreign.isEmpty() && look.unsent.empty() &&
                             look.brokenOff.isEmpty() && !look.hasGaps;
    return judged;
}

} // namespace cockpit
