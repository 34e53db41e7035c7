#include "checks/abuse/inputverdict.h"

#include "checks/actors/answertext.h"
#include "checks/actors/likeness.h"
#include "checks/web/denial.h"
#include "checks/web/obstacle.h"
#include "models/wordtable.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

using enum InputVerdict;

constexpr std::array kVerdicts{
    WordRow<InputVerdict>{Refused, "refused"},    WordRow<InputVerdict>{Kept, "kept"},
    WordRow<InputVerdict>{Altered, "altered"},    WordRow<InputVerdict>{Ignored, "ignored"},
    WordRow<InputVerdict>{Unseen, "unseen"},      WordRow<InputVerdict>{Crashed, "crashed"},
    WordRow<InputVerdict>{HeldBack, "held_back"}, WordRow<InputVerdict>{TookDown, "took_down"},
};

bool isHeldBack(const HttpResponse &answer)
{
    const auto obstacle = obstacleIn(answer);
    return obstacle == Obstacle::TooManyRequests || obstacle == Obstacle::Challenge ||
           (answer.status == 503 && answer.header("retry-after"));
}

bool isWholeBody(MutationKind kind)
{
    switch (kind) {
    case MutationKind::Malformed:
    case MutationKind::TrailingComma:
    case MutationKind::EmptyBody:
    case MutationKind::ListBody:
    case MutationKind::TextType:
    case MutationKind::FormBody:
    case MutationKind::JsonBody:
    case MutationKind::XmlBody:
    case MutationKind::OtherCharset:
    case MutationKind::HugeBody:
    case MutationKind::VastBody:
    case MutationKind::DeepBody:
    case MutationKind::ManyItems:
    case MutationKind::PrototypeNull:
    case MutationKind::DoubledField:
        return true;
    case MutationKind::WrongType:
    case MutationKind::WrongFlag:
    case MutationKind::WrongNumber:
    case MutationKind::WrongList:
    case MutationKind::WrongObject:
    case MutationKind::Operator:
    case MutationKind::Null:
    case MutationKind::Missing:
    case MutationKind::Empty:
    case MutationKind::TooShort:
    case MutationKind::TooLong:
    case MutationKind::OverLongest:
    case MutationKind::Negative:
    case MutationKind::Zero:
    case MutationKind::UnderLeast:
    case MutationKind::OverMost:
    case MutationKind::PastInt32:
    case MutationKind::HugeNumber:
    case MutationKind::Infinite:
    case MutationKind::NanText:
    case MutationKind::InfinityText:
    case MutationKind::NanToken:
    case MutationKind::OtherWord:
    case MutationKind::BadFormat:
    case MutationKind::Quote:
    case MutationKind::Marks:
    case MutationKind::Nul:
    case MutationKind::Surrogate:
    case MutationKind::OddLetters:
    case MutationKind::PathUp:
    case MutationKind::ExtraField:
        return false;
    }
    Q_UNREACHABLE();
}

// Of a form everything that shows is a text on a page.
InputVerdict seenOnPage(const Mutation &mutation, const HttpResponse &after)
{
    const QString sent =
        mutation.sent.isDouble() ? QString::number(mutation.sent.toDouble(), 'g', 17) : mutation.sent.toString();
    if (sent.isEmpty())
        return Unseen;
    const AnswerText text = AnswerText::of(after);
    const bool isLong = sent.size() > 200;
    return (isLong ? text.repeats(sent) : text.holds(sent)) ? Kept : Unseen;
}

// Written as it was read: what shows the record is no JSON any more, and the word stands where the number was. A page,
// no content, another format or a list that was cut is no JSON either, and shows nothing of it.
bool showsNan(const TriedMutation &one, const PlaceRun &run, const HttpResponse &after)
{
    const auto &usual = run.control->after;
    if (!usual || !jsonOf(*usual) || after.bodyTruncated || one.mutation.path.isEmpty())
        return false;
    const QRegularExpression written(
        u"\"%1\"\\s*:\\s*NaN\\b"_s.arg(QRegularExpression::escape(one.mutation.path.constLast())));
    return written.match(QString::fromUtf8(after.body)).hasMatch();
}

InputVerdict seenInRecord(const TriedMutation &one, const PlaceRun &run, const HttpResponse &after)
{
    const Mutation &mutation = one.mutation;
    const auto now = valueAt(after, mutation.path);
    if (mutation.kind == MutationKind::Missing)
        return now && !now->isNull() && run.place.kind != WriteKind::Create ? Ignored : Kept;
    if (!now && mutation.kind == MutationKind::NanToken && !isPage(after) && !jsonOf(after))
        return showsNan(one, run, after) ? Kept : Unseen;
    if (!now)
        return isPage(after) ? seenOnPage(mutation, after) : Ignored;
    if (mutation.sent.isUndefined())
        return Unseen;
    if (*now == mutation.sent)
        return Kept;
    const auto usual = run.control->after ? valueAt(*run.control->after, mutation.path) : std::nullopt;
    return usual && *usual == *now ? Ignored : Altered;
}

InputVerdict seenAfterwards(const TriedMutation &one, const PlaceRun &run)
{
    const auto &after = one.tried.after;
    if (!after || after->status < 200 || after->status >= 300)
        return Unseen;
    if (!isWholeBody(one.mutation.kind))
        return seenInRecord(one, run, *after);
    const QString sent = one.mutation.sent.toString();
    if (sent.isEmpty())
        return Unseen;
    return AnswerText::of(*after).holds(sent) ? Kept : Ignored;
}

QString databaseTextIn(const HttpResponse &answer, const std::vector<PageLeakRule> &rules)
{
    const auto leaks = leaksIn(answer.body, rules);
    const auto it = std::ranges::find(leaks, PageLeakKind::Database, &PageLeak::kind);
    return it == leaks.end() ? QString() : it->shown;
}

bool holdsElement(const HttpResponse &answer)
{
    return isPage(answer) && answer.body.contains(kHtmlMark.toUtf8());
}

bool holdsResult(const HttpResponse &answer)
{
    return answer.body.contains((kBeforeMark + u"49"_s).toUtf8());
}

} // namespace

QString toWord(InputVerdict value)
{
    return wordOf(kVerdicts, value);
}

std::optional<QJsonValue> valueAt(const HttpResponse &answer, const QStringList &path)
{
    if (path.isEmpty())
        return std::nullopt;
    std::optional<QJsonValue> value = memberIn(answer, path.constFirst());
    for (const QString &name : path.mid(1)) {
        if (!value)
            return std::nullopt;
        const QJsonValue inner = value->isArray() ? value->toArray().at(name.toInt()) : value->toObject().value(name);
        value = inner.isUndefined() ? std::nullopt : std::optional(inner);
    }
    return value;
}

InputVerdict inputVerdictOf(const TriedMutation &one, const PlaceRun &run)
{
    const HttpResponse &answer = one.tried.answer;
    if (isHeldBack(answer))
        return HeldBack;
    if (answer.status >= 500 && answer.status != 501) // 501: says that it does not know how
        return one.tookDown ? TookDown : Crashed;
    return one.tried.wasTaken ? seenAfterwards(one, run) : Refused;
}

InputMarks inputMarksOf(const TriedMutation &one, const std::vector<PageLeakRule> &rules)
{
    InputMarks marks;
    const auto &after = one.tried.after;
    if (one.mutation.kind == MutationKind::Marks) {
        marks.isEvaluated = holdsResult(one.tried.answer) || (after && holdsResult(*after));
        marks.isReflected = holdsElement(one.tried.answer);
        marks.isStoredInPage = after && holdsElement(*after);
    }
    if (one.mutation.kind == MutationKind::Quote)
        marks.databaseText = databaseTextIn(one.tried.answer, rules);
    return marks;
}

InputMarks inputMarksOf(const AskedRead &read, const std::vector<PageLeakRule> &rules)
{
    InputMarks marks;
    marks.isEvaluated = holdsResult(read.answer);
    marks.isReflected = holdsElement(read.answer) && !holdsElement(read.control);
    if (databaseTextIn(read.control, rules).isEmpty())
        marks.databaseText = databaseTextIn(read.answer, rules);
    return marks;
}

} // namespace cockpit
