#include "models/codeaudience.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CodeAudience)
};

} // namespace

QString codeAudienceSubject()
{
    return u"code.audience"_s;
}

CodeAudience codeAudienceOf(const std::map<QString, Answer> &answers)
{
    const auto said = answers.find(codeAudienceSubject());
    if (said == answers.end())
        return CodeAudience::NotSaid;
    switch (said->second.value) {
    case AnswerValue::Holds:
        return CodeAudience::Public;
    case AnswerValue::DoesNotHold:
        return CodeAudience::Team;
    case AnswerValue::NotApplicable:
        return CodeAudience::NotSaid;
    }
    Q_UNREACHABLE();
}

Answer codeAudienceAnswer(CodeAudience audience, const QDateTime &at)
{
    Answer answer;
    answer.subject = codeAudienceSubject();
    answer.value = audience == CodeAudience::Public ? AnswerValue::Holds : AnswerValue::DoesNotHold;
    answer.text = labelOf(audience);
    answer.answeredAt = at;
    return answer;
}

QString labelOf(CodeAudience audience)
{
    switch (audience) {
    case CodeAudience::NotSaid:
        return Text::tr("Not said");
    case CodeAudience::Team:
        return Text::tr("Only the team: the repository and its forks were never public");
    case CodeAudience::Public:
        return Text::tr("Everybody: the repository or a fork of it is public, or was once");
    }
    Q_UNREACHABLE();
}

QString codeAudienceTopic()
{
    return Text::tr("Who can read the code");
}

} // namespace cockpit
