#include "models/hostguards.h"

#include <QCoreApplication>
#include <QLocale>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(HostGuards)
};

QString standingOf(AnswerValue value)
{
    switch (value) {
    case AnswerValue::Holds:
        return Text::tr("It is switched on");
    case AnswerValue::DoesNotHold:
        return Text::tr("It is switched off");
    case AnswerValue::NotApplicable:
        return Text::tr("The code is not hosted at GitHub");
    }
    Q_UNREACHABLE();
}

} // namespace

QString pushProtectionSubject()
{
    return u"guard.github-push-protection"_s;
}

QString pushProtectionName()
{
    return Text::tr("GitHub push protection");
}

QString pushProtectionQuestion()
{
    return Text::tr("GitHub's push protection is switched on for every repository of the product (at GitHub: Settings, "
                    "Advanced Security, Push protection).");
}

std::optional<Answer> pushProtectionAnswer(const std::map<QString, Answer> &answers)
{
    const auto found = answers.find(pushProtectionSubject());
    return found == answers.end() ? std::nullopt : std::optional(found->second);
}

QString pushProtectionSaid(const std::optional<Answer> &answer)
{
    if (!answer)
        return Text::tr(
            "No file of the code shows whether it is on, and nobody said so. Say it under Guards on the page "
            "Code and files.");
    const QString day = QLocale().toString(answer->answeredAt.toLocalTime().date(), QLocale::ShortFormat);
    return answer->by.isEmpty() ? Text::tr("%1, as somebody said on %2.").arg(standingOf(answer->value), day)
                                : Text::tr("%1, as %2 said on %3.").arg(standingOf(answer->value), answer->by, day);
}

} // namespace cockpit
