#include "app/report/secretswords.h"

#include "app/report/replacementstep.h"
#include "checks/secrets/leak.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SecretsReport)
};

bool isStagedOnly(const ReportedSecret &secret)
{
    return std::ranges::all_of(secret.places,
                               [](const FoundSecret &place) { return place.history && place.history->isStaged; });
}

bool isInFiles(const ReportedSecret &secret)
{
    return std::ranges::any_of(secret.places, [](const FoundSecret &place) { return !place.history; });
}

// Of all its places that git has.
std::optional<LeakHistory> historyOf(const ReportedSecret &secret)
{
    std::optional<LeakHistory> history;
    for (const FoundSecret &place : secret.places)
        addHistory(history, leakHistoryOf(place));
    return history;
}

} // namespace

QString toWord(Through value)
{
    switch (value) {
    case Through::Plain:
        return u"plain"_s;
    case Through::Base64:
        return u"base64"_s;
    case Through::UrlEncoded:
        return u"url"_s;
    case Through::Escaped:
        return u"escapes"_s;
    case Through::Utf16:
        return u"utf16"_s;
    case Through::Strings:
        return u"strings"_s;
    case Through::Joined:
        return u"joined"_s;
    }
    Q_UNREACHABLE();
}

QString toWord(BlobKind value)
{
    switch (value) {
    case BlobKind::File:
    case BlobKind::LfsPointer:
        return u"file"_s;
    case BlobKind::CommitMessage:
        return u"commit_message"_s;
    case BlobKind::TagMessage:
        return u"tag_message"_s;
    case BlobKind::ReferenceNames:
        return u"reference_names"_s;
    case BlobKind::ReflogMessages:
        return u"reflog"_s;
    case BlobKind::Configuration:
        return u"configuration"_s;
    case BlobKind::EntryNames:
        return u"file"_s;
    case BlobKind::Author:
        return u"author"_s;
    case BlobKind::Committer:
        return u"committer"_s;
    case BlobKind::Tagger:
        return u"tagger"_s;
    }
    Q_UNREACHABLE();
}

QString opensWord(Opens value)
{
    switch (value) {
    case Opens::Money:
        return u"money"_s;
    case Opens::CustomerData:
        return u"customer_data"_s;
    case Opens::Infrastructure:
        return u"infrastructure"_s;
    case Opens::SourceCode:
        return u"source_code"_s;
    case Opens::SendingMail:
        return u"sending_mail"_s;
    case Opens::Messages:
        return u"messages"_s;
    case Opens::AiBills:
        return u"ai_bills"_s;
    case Opens::SignIn:
        return u"sign_in"_s;
    case Opens::Domain:
        return u"domain"_s;
    case Opens::Files:
        return u"files"_s;
    case Opens::Logs:
        return u"logs"_s;
    case Opens::Nothing:
        return u"nothing"_s;
    }
    Q_UNREACHABLE();
}

QString reachWord(const HistoryPlace &place)
{
    if (place.isStaged)
        return u"staged"_s;
    return place.placing == Placing::Known ? toWord(place.reach) : QString();
}

QString linksSentence(const WalkTotals &walk)
{
    return walk.links == 0 ? QString()
                           : Text::tr("%n link(s) were not followed.", nullptr, static_cast<int>(walk.links));
}

QString specialSentence(const WalkTotals &walk)
{
    return walk.special == 0 ? QString()
                             : Text::tr("Not opened: %n pipe(s), device(s) or folder(s) of the system.", nullptr,
                                        static_cast<int>(walk.special));
}

QString binariesSentence(const SecretsReport &report)
{
    return report.binaries() == 0 ? QString()
                                  : Text::tr("%n file(s) were not wholly searched: pictures and their like, and what "
                                             "is compressed or encrypted.",
                                             nullptr, static_cast<int>(report.binaries()));
}

QString opensSentence(const LeakRule &rule)
{
    const QString opened = labelsOf(rule.opens);
    return opened.isEmpty() ? QString() : Text::tr("It opens: %1.").arg(opened);
}

// Of what stands in a file, where the history does not tell whether HEAD has it.
QString halfLookedUpText(const ReportedSecret &secret, bool isInHistory)
{
    const QString what = isInHistory ? Text::tr("The history has it; whether HEAD does was not looked up.")
                                     : Text::tr("Whether a commit has it was not looked up.");
    const QString why = secret.isPassedOver ? Text::tr("What git has of such a file is passed over as no text.")
                                            : Text::tr("Not all of the history could be read.");
    return what + u' ' + why;
}

QString historySentences(const ReportedSecret &secret)
{
    if (isStagedOnly(secret))
        return Text::tr("It is staged: the next commit would have it.");
    QStringList sentences;
    if (secret.history) {
        if (const QString first = firstSentence(secret.history->kind, *secret.history->first); !first.isEmpty())
            sentences += first;
    }
    const auto history = historyOf(secret);
    if (secret.isHalfLookedUp)
        sentences += halfLookedUpText(secret, history.has_value());
    else if (history)
        sentences += standingText(*history);
    else if (secret.isInHead && isInFiles(secret))
        sentences += Text::tr("No commit has it.");
    return sentences.join(u' ');
}

const RuleWords::Words &RuleWords::of(const LeakRule &rule)
{
    const auto known = m_words.find(&rule);
    if (known != m_words.end())
        return known->second;
    return m_words.emplace(&rule, Words{opensSentence(rule), rule.rotate.toString(), replacementStep(rule)})
        .first->second;
}

QStringList repairSteps(const ReportedSecret &secret, RuleWords &words)
{
    if (isStagedOnly(secret))
        return {Text::tr("Take it out of the file, read it from the environment instead, and stage the file again. "
                         "Nobody has seen it: it need not be replaced.")};
    QStringList steps{words.of(*secret.main().hit.rule).rotation};
    if (secret.main().isInName)
        steps += Text::tr("Give the file or folder another name: it holds the secret itself.");
    else if (isInFiles(secret) || secret.isInHead == true)
        steps += Text::tr("Take it out of the file, and let the program read the new one from its environment.");
    if (const auto history = historyOf(secret); history && !history->isStaged)
        steps += purgeText(*history);
    else if (secret.isHalfLookedUp && isInFiles(secret))
        steps += Text::tr("See whether a commit has the file: git log --all -- FILE. If one has, the value is to be "
                          "taken out of the history, too.");
    return steps;
}

QString repairOfRule(const LeakRule &rule)
{
    return QStringList{replacementStep(rule),
                       Text::tr("Take it out of the file, and let the program read the new one from its environment."),
                       purgeText({.reach = Reach::References})}
        .join(u' ');
}

} // namespace cockpit
